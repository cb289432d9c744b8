"""The first schema: the tables of the record, and the index for places and days."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        _number(),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("by", sa.Text),
        sa.Column("detail", sa.Text),
    )
    _reports()
    _judged_and_decided()
    _places_and_days()


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer, primary_key=True)


def _known() -> sa.Column[str]:
    return sa.Column("known_at", sa.String(32), nullable=False)


def _create(name: str, *columns: sa.Column, indexed: tuple[str, ...] = (), unique: tuple[str, ...] = ()) -> None:  # type: ignore[type-arg]
    constraints = [sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}")] if unique else []
    op.create_table(name, _number(), *columns, *constraints)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _reports() -> None:
    text = sa.Text
    _create(
        "report",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("key", text, nullable=False),
        sa.Column("uri", text),
        sa.Column("publisher", text),
        sa.Column("origin", text),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("title", text),
        sa.Column("published", text),
        _known(),
        indexed=("known_at",),
        unique=("id", "key"),
    )
    _create(
        "coding",
        sa.Column("report", sa.Integer, sa.ForeignKey("report.number"), nullable=False),
        sa.Column("version", text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("coded", text, nullable=False),
        _known(),
        indexed=("report", "known_at"),
    )
    _create(
        "account",
        sa.Column("coding", sa.Integer, sa.ForeignKey("coding.number"), nullable=False),
        sa.Column("id", text, nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("main", sa.Boolean, nullable=False),
        sa.Column("first_day", sa.Integer),
        sa.Column("last_day", sa.Integer),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        sa.Column("radius_km", sa.Float),
        sa.Column("country", sa.String(3)),
        indexed=("coding",),
    )
    op.create_index("ix_account_days", "account", ["first_day", "last_day"])
    op.create_index("ix_account_point", "account", ["lat", "lon"])
    _create(
        "claim",
        sa.Column("coding", sa.Integer, sa.ForeignKey("coding.number"), nullable=False),
        sa.Column("id", text, nullable=False),
        sa.Column("field", text, nullable=False),
        sa.Column("stance", sa.String(40), nullable=False),
        sa.Column("anonymity", sa.String(40), nullable=False),
        sa.Column("speaker", text),
        indexed=("coding",),
    )
    _create(
        "set_aside", sa.Column("key", text, nullable=False), sa.Column("reason", text, nullable=False), _known(),
        indexed=("known_at",),
    )  # fmt: skip


def _judged_and_decided() -> None:
    text = sa.Text
    _create(
        "judgement",
        *(sa.Column(f"{side}_{part}", text) for side in ("left", "right") for part in ("report", "key", "account")),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("by", text, nullable=False),
        sa.Column("why", text),
        sa.Column("withdraws", sa.Integer, sa.ForeignKey("judgement.number")),
        _known(),
        indexed=("known_at",),
    )
    _create(
        "decision",
        sa.Column("tripwire", text, nullable=False),
        sa.Column("post", text, nullable=False),
        sa.Column("kept", text, nullable=False),
        _known(),
        indexed=("known_at",),
    )
    _create(
        "posture", sa.Column("post", text, nullable=False), sa.Column("kept", text, nullable=False), _known(),
        indexed=("post", "known_at"),
    )  # fmt: skip
    for name in ("post", "tripwire"):
        _create(
            name,
            sa.Column("id", text, nullable=False),
            sa.Column("sha256", sa.String(64), nullable=False),
            sa.Column("kept", text, nullable=False),
            _known(),
            indexed=("id", "known_at"),
        )


def _places_and_days() -> None:
    """One index over place and time together: an R*Tree in SQLite, a table with a GiST index in PostgreSQL."""
    sides = ("west", "east", "south", "north")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE VIRTUAL TABLE account_box USING rtree(number, {', '.join(sides)}, first_day, last_day)")
        return
    op.create_table(
        "account_box",
        sa.Column("number", sa.Integer, sa.ForeignKey("account.number"), primary_key=True),
        *(sa.Column(side, sa.Float, nullable=False) for side in sides),
        *(sa.Column(day, sa.Integer, nullable=False) for day in ("first_day", "last_day")),
    )
    op.execute(
        "CREATE INDEX ix_account_box ON account_box USING gist"
        " (box(point(west, south), point(east, north)), int4range(first_day, last_day, '[]'))"
    )
