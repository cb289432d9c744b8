"""The worked example's merged incidents against those of a careful reader (`[[incident]]` of `tests/example_truth.toml`).

Accounts are matched with what their report tells as in `evals.incidents`; an account that matches nothing is left out here, for
coding it is not merging's part. So what is measured is whether accounts rightly coded stand together rightly.

B-cubed          of the accounts that stand with an account, the share that should (precision), and the other way round (recall)
pair             the same over pairs of accounts, so that large incidents weigh more
origins right    of the true incidents told by any matched account, the share whose sources are counted right: copies of a
                 wire count once, and so does an agency that reports twice
contested found  of the fields that a reader finds contested, the share that the desk's incident shows as dissent
"""

from __future__ import annotations

import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals import f1
from evals.incidents import TRUTH, tells
from kavass import example, pipeline
from kavass.desk import Desk, Filters
from kavass.model import AccountRef, CodedReport, Incident, RawReport

ONE_WIRE = {
    "en-06-consulate-burnt-copy": "en-05-consulate-burnt",
    "en-07-consulate-burnt-copy": "en-05-consulate-burnt",
}
FIELD = {"start": "when"}  # what the desk calls a contested field of the truth


def score(say: Callable[[str], None] | None = None) -> dict[str, float]:
    """The measures over both languages together, for a merge knows no language."""
    coded = [pipeline.tell(raw) for raw in example.reports() if isinstance(raw, RawReport)]
    return of(coded, say or (lambda _: None))


def of(coded: Sequence[CodedReport], say: Callable[[str], None]) -> dict[str, float]:
    """The measures of a desk that holds these reports."""
    truth = tomllib.loads(TRUTH.read_text("utf-8"))
    meant = matched(coded, {row["key"]: row for row in truth["report"]})
    with Desk(f"sqlite:///{Path(tempfile.mkdtemp(prefix='kavass-')) / 'merging.db'}") as desk:
        desk.ingest(coded, learned="published")
        found = desk.incidents(Filters(every=True)).incidents
    stands = {ref: incident.id for incident in found for ref in incident.accounts}
    wanted = {row["id"]: row for row in truth["incident"]}
    _tell_faults(meant, stands, say)
    sources = {one.report.key: one.report.origin or one.report.publisher or one.report.key for one in coded}
    main = {name: _main(name, meant, found) for name in wanted if name in meant.values()}
    return {
        **_b_cubed(meant, stands),
        **_pairs(meant, stands),
        "origins right": _share([_origins_right(name, meant, sources, one, say) for name, one in main.items()]),
        "contested found": _share([
            hit for name, row in wanted.items() if name in main for hit in _contested(row, main[name], say)
        ]),
    }  # fmt: skip


def matched(coded: Sequence[CodedReport], truth: Mapping[str, Mapping[str, Any]]) -> dict[AccountRef, str]:
    """Account -> the true incident that it tells: each matched with at most one, those told as news first."""
    found: dict[AccountRef, str] = {}
    for one in coded:
        free = list(one.accounts)
        rows = truth[one.report.key].get("incidents", []) if one.report.key in truth else []
        for expected in sorted(rows, key=lambda e: (e.get("optional", False), not e.get("primary", True))):
            account = next((a for a in free if tells(a, expected)), None)
            if account:
                free.remove(account)
                ref = AccountRef(report=one.report.id, key=one.report.key, account=account.id)
                found[ref] = expected["is"]
    return found


def _b_cubed(meant: Mapping[AccountRef, str], stands: Mapping[AccountRef, str]) -> dict[str, float]:
    precision = recall = 0.0
    for ref in meant:
        together = {r for r in meant if stands[r] == stands[ref]}
        should = {r for r in meant if meant[r] == meant[ref]}
        precision += len(together & should) / len(together)
        recall += len(together & should) / len(should)
    p, r = precision / max(len(meant), 1), recall / max(len(meant), 1)
    return {"B-cubed precision": p, "B-cubed recall": r, "B-cubed F1": f1(p, r)}


def _pairs(meant: Mapping[AccountRef, str], stands: Mapping[AccountRef, str]) -> dict[str, float]:
    def of_groups(groups: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in groups.values())

    both = of_groups(Counter((stands[r], meant[r]) for r in meant))
    told, true = of_groups(Counter(stands[r] for r in meant)), of_groups(Counter(meant.values()))
    return {"pair precision": both / max(told, 1), "pair recall": both / max(true, 1)}


def _main(name: str, meant: Mapping[AccountRef, str], found: Sequence[Incident]) -> Incident:
    """The desk's incident that holds most of the accounts of a true one."""
    return max(found, key=lambda i: (sum(meant.get(ref) == name for ref in i.accounts), i.id))


def _origins_right(
    name: str, meant: Mapping[AccountRef, str], sources: Mapping[str, str], one: Incident, say: Callable[[str], None]
) -> bool:
    """Whether the sources of the incident are those of all the reports that were coded to tell it."""
    keys = {ONE_WIRE.get(ref.key, ref.key) for ref, meaning in meant.items() if meaning == name}
    true = len({sources[key] for key in keys})
    if one.origins != true:
        say(f"{name}: {one.origins} origins for {true}")
    return one.origins == true


def _contested(row: Mapping[str, Any], one: Incident, say: Callable[[str], None]) -> list[bool]:
    hits = [FIELD.get(field, field) in one.dissent for field in row["contested"]]
    for field, hit in zip(row["contested"], hits, strict=True):
        if not hit:
            say(f"{row['id']}: {field} is not contested; contested are {', '.join(one.dissent) or 'none'}")
    return hits


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / max(len(hits), 1)


def _tell_faults(meant: Mapping[AccountRef, str], stands: Mapping[AccountRef, str], say: Callable[[str], None]) -> None:
    apart: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    mixed: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for ref, name in meant.items():
        said = f"{ref.key[:5]}:{ref.account}"
        apart[name][stands[ref]].append(said)
        mixed[stands[ref]][name].append(said)
    for name, groups in apart.items():
        if len(groups) > 1:
            say(f"{name} is apart: {' | '.join(' '.join(g) for g in groups.values())}")
    for groups in mixed.values():
        if len(groups) > 1:
            say(f"wrongly one: {' | '.join(f'{n} ' + ' '.join(g) for n, g in groups.items())}")
