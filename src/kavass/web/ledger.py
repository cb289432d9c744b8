"""The claims ledger as a person reads it: matter by matter, what several reports tell alike once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kavass.desk.views import LedgerLine
from kavass.lang.text import fold_words

# Fields in the order in which a desk asks; what else is claimed follows by name.
ORDER = ("occurrence", "perpetrator", "killed", "injured", "abducted", "arrested", "ill", "participants", "munitions", "reason",
         "evidence", "account", "retraction", "threat", "posture", "advisory", "response")  # fmt: skip
OPEN = ("occurrence", "perpetrator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A claim, and those that tell the same of the same speaker: repeated, or carried by other reports."""

    line: LedgerLine
    again: tuple[LedgerLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is claimed in one field. `disputed`: something in it speaks against something; `shown`: unfolded at first."""

    field: str
    sayings: tuple[Saying, ...]
    disputed: bool

    @property
    def shown(self) -> bool:
        return self.disputed or self.field in OPEN


def matters(ledger: Sequence[LedgerLine]) -> list[Matter]:
    """The lines of a ledger, each once, by field and in the ledger's order."""
    fields = defaultdict[str, list[list[LedgerLine]]](list)
    group = dict[str, list[LedgerLine]]()  # by reference
    alike = dict[tuple[str, ...], list[LedgerLine]]()
    for line in ledger:
        claim = line.claim
        same = (
            claim.field,
            claim.stance,
            claim.polarity,
            fold_words(line.speaker),
            fold_words(claim.value or line.quote),
        )
        known = alike.get(same) or next(
            (g for ref in line.repeats if (g := group.get(ref)) and g[0].claim.field == claim.field), None
        )
        if known is None:
            known = []
            fields[claim.field].append(known)
        known.append(line)
        group[line.ref] = alike[same] = known
    ranked = sorted(fields, key=lambda f: (ORDER.index(f) if f in ORDER else len(ORDER), f))
    return [
        Matter(field=f, sayings=tuple(Saying(line=g[0], again=tuple(g[1:])) for g in fields[f]),
               disputed=any(line.contradicts or line.contradicted_by for g in fields[f] for line in g))
        for f in ranked
    ]  # fmt: skip
