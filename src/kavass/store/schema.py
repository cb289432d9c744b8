"""The tables of the record, through SQLAlchemy Core. Rows are appended; nothing is updated or deleted.

Every row that a view depends on carries `known_at`: when the desk learned of it. Times are kept as UTC text of one fixed width
(`2018-09-29T22:28:00.000000+00:00`), which sorts the same in SQLite and PostgreSQL. `change` numbers every append.
The migrations in `migrations/` are what makes these tables; a test holds the two together.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)


def _known() -> Column[str]:
    return Column("known_at", String(32), nullable=False, index=True)


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True)


change = Table(
    "change",
    metadata,
    _number(),
    Column("at", String(32), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject", Text, nullable=False),
    Column("by", Text),
    Column("detail", Text),
)

report = Table(
    "report",
    metadata,
    _number(),
    Column("id", String(64), nullable=False),
    Column("key", Text, nullable=False),
    Column("uri", Text),
    Column("publisher", Text),
    Column("origin", Text),
    Column("language", String(16), nullable=False),
    Column("title", Text),
    Column("published", Text),
    _known(),
    UniqueConstraint("id", "key"),
)

coding = Table(
    "coding",
    metadata,
    _number(),
    Column("report", Integer, ForeignKey("report.number"), nullable=False, index=True),
    Column("version", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("coded", Text, nullable=False),
    _known(),
)

account = Table(
    "account",
    metadata,
    _number(),
    Column("coding", Integer, ForeignKey("coding.number"), nullable=False, index=True),
    Column("id", Text, nullable=False),
    Column("type", String(40), nullable=False),
    Column("status", String(20), nullable=False),
    Column("main", Boolean, nullable=False),  # the contract's `primary`, a reserved word in SQL
    Column("first_day", Integer),  # days since 0001-01-01 (date.toordinal), None: open
    Column("last_day", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("country", String(3)),
    Index("ix_account_days", "first_day", "last_day"),
    Index("ix_account_point", "lat", "lon"),
)

claim = Table(
    "claim",
    metadata,
    _number(),
    Column("coding", Integer, ForeignKey("coding.number"), nullable=False, index=True),
    Column("id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("stance", String(40), nullable=False),
    Column("anonymity", String(40), nullable=False),
    Column("speaker", Text),
)

set_aside = Table(
    "set_aside",
    metadata,
    _number(),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    _known(),
)

judgement = Table(
    "judgement",
    metadata,
    _number(),
    *(Column(f"{side}_{part}", Text) for side in ("left", "right") for part in ("report", "key", "account")),
    Column("verdict", String(20), nullable=False),  # same, different, unsure; withdrawn: takes back `withdraws`
    Column("by", Text, nullable=False),
    Column("why", Text),
    Column("withdraws", Integer, ForeignKey("judgement.number")),
    _known(),
)

decision = Table(
    "decision",
    metadata,
    _number(),
    Column("tripwire", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("kept", Text, nullable=False),
    _known(),
)

posture = Table(
    "posture",
    metadata,
    _number(),
    Column("post", Text, nullable=False, index=True),
    Column("kept", Text, nullable=False),
    _known(),
)

post = Table(
    "post",
    metadata,
    _number(),
    Column("id", Text, nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("kept", Text, nullable=False),
    _known(),
)

tripwire = Table(
    "tripwire",
    metadata,
    _number(),
    Column("id", Text, nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("kept", Text, nullable=False),
    _known(),
)
