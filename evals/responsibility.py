"""How responsibility stands in coded reports, against slot 11 of the MUC-4 keys (PERP: ORGANIZATION CONFIDENCE).

    python -m evals.responsibility OUT.jsonl KEYS...

OUT holds coded reports, KEYS are files of MUC-4 templates; reports without a key, and keys without a report, are left out. Accounts
are paired with key templates one to one by what type and fillers they share.A filler is right when its organisation has, under
one of the names that the report has for it, one of the key's wordings, and its confidence is one of the key's alternatives. As
the task document has it, a filler with a question mark and a template marked optional are rewarded where found and not missed
where not.

The confidence of an organisation is read off the claims about the account, after the document's decision tree: claimed by itself,
else in doubt (accused or suspected, by an authority or somebody else; or only possible), else told as a fact. Nobody is read as
acquitted: no claim says so.
"""

from __future__ import annotations

import argparse
import json
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals import f1
from kavass import codebook
from kavass.gazetteer import actors as register

SLOTS = {6: "weapon", 9: "individual", 10: "organisation", 12: "target", 18: "victim"}
FACT, CLAIMED = "REPORTED AS FACT", "CLAIMED OR ADMITTED"
ACCUSED, BY_AUTHORITIES, POSSIBLE = "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES", "POSSIBLE"
# Sectors of an actor that make it an authority figure (government, military, police, or other).
AUTHORITIES = {"government", "state_forces", "military", "police", "security", "judicial", "diplomatic"}
BLAME = {"attributes", "accuses"}
UNTOLD = {"conditional", "denied"}  # statuses of accounts that tell of no incident


@dataclass(kw_only=True)
class Filler:
    """One filler of a slot: its wordings, folded; whether it may be left out; the confidences that are right for it."""

    words: frozenset[str]
    optional: bool = False
    confidences: frozenset[str] = frozenset()


@dataclass(kw_only=True)
class Template:
    """One incident: MUC-4 types that are right for it, and its fillers by slot."""

    types: frozenset[str]
    optional: bool = False
    slots: dict[str, list[Filler]] = field(default_factory=lambda: {name: [] for name in SLOTS.values()})


def fold(words: str) -> str:
    """Without case, marks, articles and a short form in brackets behind a name."""
    bare = re.sub(r"(?<=\w) *[\[(][^\])]*[\])]", "", words.casefold())
    return " ".join(
        w for w in bare.translate({ord(c): None for c in string.punctuation}).split() if w not in ("a", "an", "the")
    )


# --- the keys --------------------------------------------------------------------------------------------------------


def keys(text: str) -> dict[str, list[Template]]:
    """The templates of a key file by message id; a message without an incident has none."""
    found: dict[str, list[Template]] = {}
    for block in re.split(r"(?m)^(?=0\. )", text):
        slots: dict[int, list[str]] = {}
        number = -1
        for line in block.splitlines():
            if head := re.match(r"(\d+)\. +[A-Z:/ ]+?  +(.*)", line):
                number = int(head[1])
            if not line.startswith(";") and (rest := (head[2] if head else line).strip()):
                slots.setdefault(number, []).append(rest)
        if 0 in slots:
            told = found.setdefault(slots[0][0].split(" (")[0].strip(), [])
            if 4 in slots and slots[4][0] != "*" and (one := _template(slots)) not in told:
                told.append(one)
    return found


def _template(slots: Mapping[int, Sequence[str]]) -> Template:
    types = slots[4][0].removeprefix("?").replace("(OPTIONAL)", "").lower().split("/")
    made = Template(types=frozenset(t.strip() for t in types), optional="OPTIONAL" in slots.get(1, [""])[0])
    for number, name in SLOTS.items():
        made.slots[name] = [_filler(line) for line in slots.get(number, ()) if '"' in line]
    for line in slots.get(11, ()):
        confidences, _, rest = line.partition(":")
        whose = _filler(rest)
        for filler in made.slots["organisation"]:
            if filler.words & whose.words:
                filler.confidences |= {c.strip(" ?") for c in confidences.split("/")}
                filler.optional |= "?" in confidences or "OPTIONAL" in rest
    return made


def _filler(line: str) -> Filler:
    """The alternatives of one line of a key: strings in quotation marks, with slashes between them."""
    wordings = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    return Filler(words=frozenset(map(fold, wordings)), optional=line.startswith("?") or "OPTIONAL" in line)


# --- the coded reports -----------------------------------------------------------------------------------------------


def told(record: Mapping[str, Any]) -> list[Template]:
    """The accounts of a coded report as templates, as far as the task asks for them."""
    found = []
    for account in record["accounts"]:
        muc = codebook.load()[account["type"]].crosswalk.muc4
        if not muc or account["status"] in UNTOLD:
            continue
        made = Template(types=frozenset((muc,)))
        for role in account["roles"]:
            if slot := _slot(role):
                filler = Filler(words=frozenset((fold(role["text"]),)))
                if slot == "organisation":
                    filler.words |= named(record, role)
                    filler.confidences = frozenset((confidence(record, account, role),))
                made.slots[slot].append(filler)
        found.append(made)
    return found


def named(record: Mapping[str, Any], role: Mapping[str, Any]) -> frozenset[str]:
    """The names that the report has for a known organisation: the keys give the one or the other of them."""
    actor = next((a for a in record["actors"] if a["id"] == role["actor"]), None)
    if actor is None or not actor["known_as"]:
        return frozenset()
    known = {fold(name) for names in register.lookup(actor["known_as"]).names.values() for name in names}
    return frozenset(fold(record["report"]["text"][start:end]) for start, end in role["mentions"]) & known


def _slot(role: Mapping[str, Any]) -> str | None:
    match role["role"], role["kind"]:
        case "perpetrator", kind:
            return "organisation" if kind == "organisation" else "individual"
        case "weapon", _:
            return "weapon"
        case "victim" | "affected" | "target", "person" | "group":
            return "victim" if role["named"] else None
        case "target" | "affected", _:
            return "target"
    return None


def confidence(record: Mapping[str, Any], account: Mapping[str, Any], role: Mapping[str, Any]) -> str:
    """How an organisation stands to an account, after the decision tree of the task document."""
    sectors = {actor["id"]: actor["sector"] for actor in record["actors"]}
    names = {fold(role["text"])} | {fold(a["name"]) for a in record["actors"] if a["id"] == role["actor"]}
    about = [c for c in record["claims"] if account["id"] in c["about"] and c["polarity"] == "affirmed"]
    whose = [
        c
        for c in about
        if role["actor"] in c["about"] or (c["field"] == "perpetrator" and fold(c["value"] or "") in names)
    ]
    if any(c["stance"] == "claims_responsibility" or _own(c, role) for c in whose):
        return CLAIMED
    doubted = [c for c in whose if c["stance"] in BLAME or c["hedge"] or c["modality"] == "possible"]
    if not doubted:
        return FACT
    if all(c["stance"] not in BLAME and c["modality"] == "possible" for c in doubted):
        return POSSIBLE
    return BY_AUTHORITIES if any(sectors.get(c["speaker"]["actor"]) in AUTHORITIES for c in doubted) else ACCUSED


def _own(claim: Mapping[str, Any], role: Mapping[str, Any]) -> bool:
    """Whether an organisation says of itself what it did."""
    return bool(role["actor"]) and claim["speaker"]["actor"] == role["actor"] and claim["field"] == "perpetrator"


# --- the score -------------------------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class Sums:
    """Counts over reports: fillers told, fillers asked for, and those that are right; `named` counts organisations alone."""

    told: int = 0
    asked: int = 0
    right: int = 0
    named: int = 0

    def line(self, right: int) -> str:
        precision, recall = right / max(self.told, 1), right / max(self.asked, 1)
        return f"P {100 * precision:.1f}, R {100 * recall:.1f}, F1 {100 * f1(precision, recall):.1f}"


def add(sums: Sums, given: Sequence[Template], key: Sequence[Template]) -> None:
    """Counts one report."""
    pairs = dict(_paired(given, key))
    for n, template in enumerate(given):
        sums.told += len(template.slots["organisation"])
        asked = key[pairs[n]].slots["organisation"] if n in pairs else []
        free = list(asked)
        for filler in template.slots["organisation"]:
            if (found := next((f for f in free if f.words & filler.words), None)) is not None:
                free.remove(found)
                sums.named += 1
                sums.right += bool(found.confidences & filler.confidences)
                sums.asked += found.optional or key[pairs[n]].optional
    sums.asked += sum(not (t.optional or f.optional) for t in key for f in t.slots["organisation"])


def _paired(given: Sequence[Template], key: Sequence[Template]) -> list[tuple[int, int]]:
    """Which template is which: one to one, so that as much as can agrees; types must."""
    best: dict[frozenset[int], tuple[int, list[tuple[int, int]]]] = {frozenset(): (0, [])}
    weights = {(i, j): w for i, g in enumerate(given) for j, k in enumerate(key) if (w := _agreement(g, k))}
    for i in range(len(given)):
        for used, (sum, pairs) in list(best.items()):
            for j in {j for n, j in weights if n == i} - used:
                more = used | {j}
                if sum + weights[i, j] > best.get(more, (0, []))[0]:
                    best[more] = (sum + weights[i, j], [*pairs, (i, j)])
    return max(best.values(), key=lambda b: b[0])[1]


def _agreement(given: Template, key: Template) -> int:
    """How many fillers two templates share, counted from either side, the type among them; 0 where the types differ."""
    if not given.types & key.types:
        return 0
    pairs = [(f, k) for name in SLOTS.values() for f in given.slots[name] for k in key.slots[name] if f.words & k.words]
    return 2 + len({id(f) for f, _ in pairs}) + len({id(k) for _, k in pairs})


def score(records: Iterable[Mapping[str, Any]], asked: Mapping[str, Sequence[Template]]) -> dict[str, Sums]:
    """The counts of all reports, and of those in even and odd rows."""
    sums = {part: Sums() for part in ("all", "even", "odd")}
    for row, record in enumerate(records):
        key = asked.get(record["report"]["key"])
        for part in ("all", ("even", "odd")[row % 2]) if key is not None else ():
            add(sums[part], told(record), key or ())
    return sums


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.responsibility", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("keys", type=Path, nargs="+")
    given = parser.parse_args()
    asked = {id: templates for file in given.keys for id, templates in keys(file.read_text("latin-1")).items()}
    records = (json.loads(line) for line in given.out.read_text("utf-8").splitlines() if line)
    for part, sums in score(records, asked).items():
        found = f"{part:5} confidence {sums.line(sums.right)}   organisation {sums.line(sums.named)}"
        print(f"{found}   ({sums.told} told, {sums.asked} asked)")


if __name__ == "__main__":
    main()
