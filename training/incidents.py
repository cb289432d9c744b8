"""Trains `lang/en/roles.npz` and `lang/en/sense.npz`: who has a part in an incident, and which words of violence tell of one.

    python -m training.incidents read MUC4_FOLDER BBC_FOLDER PLV_FOLDER --out FOLDER    # codes the reports, keeps what they offer
    python -m training.incidents learn FOLDER --out src/kavass/lang/en

From MUC-4's 1,300 training reports with their keys (DARPA/NRaD, 1992) and, for the sense alone, the training part of the BBC
relevance set, the sentences of Zero-Shot-PLOVER's training part that tell an assault, and the project's own reports that may be
looked at (`evals/sets/en-seen.toml`). Neither development parts nor unseen reports are ever read here. Needs the `train` extra.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
import re
import string
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from evals import sets
from kavass import coding, lang, refer, situate
from kavass.clean import clean
from kavass.codebook import load as codebook
from kavass.coding.evidence import ROLES, Candidate, Evidence
from kavass.coding.mentions import VIOLENT
from kavass.coding.sense import SENSES, features, spoken, told_of
from kavass.coding.unify import Story
from kavass.lang import weights
from kavass.mark import mark, worth_parsing
from kavass.model import RawReport

SEEN = Path(__file__).parent.parent / "evals" / "sets" / "en-seen.toml"
OWN_WEIGHT = 2.0  # 44 reports of today's news beside 3,000 of other kinds
MOST_BBC = 10_000
HAPPENED = ("occurred", "ongoing", "attempted")
SLOTS = {"6": "weapon", "9": "person", "10": "organisation", "12": "thing", "18": "victim", "19": "victim"}
ALIKE = {"suicide_bombing": "bombing", "air_strike": "bombing"}


# --- what the keys say ------------------------------------------------------------------------------------------------


def keys(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The templates of each report: its types, and for each part the entities as sets of words."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted(folder.glob("key-dev-*.muc4")):
        report, slot, rows = "", "", dict[str, list[str]]()
        for line in [*file.read_text("latin-1").splitlines(), "0. MESSAGE: ID"]:
            if line.lstrip().startswith(";"):
                continue
            if head := re.match(r"(\d+)\.\s+[A-Z: ]+?(?:\s{2,}|\t|$)(.*)", line):
                slot = head[1]
                if slot == "0":
                    if rows.get("4") and rows["4"][0].strip() not in ("*", ""):
                        found[report].append(_template(rows))
                    rows, report = {}, head[2].split()[0] if head[2].split() else ""
                    found.setdefault(report, [])
                rows.setdefault(slot, []).append(head[2])
            elif line.strip():
                rows.setdefault(slot, []).append(line.strip())
    found.pop("", None)
    return found


def _template(rows: dict[str, list[str]]) -> dict[str, Any]:
    template: dict[str, Any] = {
        "types": set(re.findall(r"[a-z]+(?: [a-z]+)*", rows["4"][0].lower())),
        **{r: [] for r in ROLES[1:]},
    }
    for slot, role in SLOTS.items():
        for value in rows.get(slot, ()):
            names = [norm(n) for n in re.findall(r'"((?:[^"\\]|\\.)*)"', value)]
            if not (names := [n for n in names if n]):
                continue
            held = next((e for e in template[role] if slot == "19" and e & set(names)), None)
            if held is not None:
                held.update(names)
            else:
                template[role].append(set(names))
    return template


def norm(words: str) -> str:
    """Lower case, without punctuation and articles, as the scorers of this set compare."""
    bare = "".join(c for c in words.lower() if c not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", bare).split())


# --- what the reports offer -------------------------------------------------------------------------------------------


class Read:
    """One report with its stories, its candidates and their features."""

    def __init__(self, text: str, title: str | None = None, published: str | None = None):
        language = lang.load("en")
        stamps = (("caller", published),) if published else ()
        report = clean(RawReport(id="x", key="x", text=text, title=title, stamps=stamps))
        marks = mark(report, language)
        places = situate.places(report, marks, language)
        self.stories: list[Story] = []
        self.report = report
        chosen = worth_parsing(language.split(report), marks)
        if not chosen:
            return
        analysis = language.analyse(report, chosen, [m.span for m in marks.of("actor")])
        hits = language.frames.match(analysis)
        cast = refer.refer(report, analysis, marks, places, language)
        self.stories = coding.stories(report, analysis, hits, cast, language)
        self.evidence = Evidence(report, analysis, hits, cast, language, self.violent())
        self.spoken = spoken(report, analysis, language)
        self.language = language

    def violent(self) -> list[Story]:
        return [s for s in self.stories if s.type in VIOLENT]


def read(muc: Path, bbc: Path, plv: Path, out: Path) -> None:
    gold = keys(muc / "keys")
    roles: list[tuple[int, frozenset[str], str]] = []
    senses: list[tuple[int, frozenset[str], bool, float]] = []
    rows = [json.loads(line) for line in (muc / "train.jsonl").open(encoding="utf8")]
    for number, row in enumerate(rows):
        done = Read(row["doctext"])
        templates = gold[row["docid"]]
        if bool(templates) != bool(row["templates"]):
            print(row["docid"], "templates differ", file=sys.stderr)
        meant = align(done, templates)
        violent = done.violent()
        for story in violent:
            sure = id(story) in meant or not templates
            told = frozenset(features(story, done.stories, done.language))
            senses.append((number, told | done.spoken, id(story) in meant, 1.0 if sure else 0.5))
        meant_of = [(story, meant.get(id(story))) for story in violent if id(story) in meant or not templates]
        for candidate in done.evidence.candidates if meant_of else ():
            what = done.evidence.own(candidate) | done.evidence.among(candidate, violent)
            for story, template in meant_of:
                role = part(done, candidate, [template]) if template else ""
                roles.append((number, frozenset(what | done.evidence.pair(story, candidate)), role))
        if number % 100 == 0:
            print(number, len(roles), Counter(r for _, _, r in roles), file=sys.stderr)
    with (bbc / "train.tsv").open(encoding="utf8", newline="") as lines:
        for number, (text, relevant) in enumerate(csv.reader(lines, delimiter="\t"), len(rows)):
            done = Read(text)
            for story in done.violent():
                told = frozenset(features(story, done.stories, done.language))
                senses.append((number, told | done.spoken, relevant == "1", 0.3 if relevant == "1" else 1.0))
    with (plv / "PLV_train.tsv").open(encoding="utf8", newline="") as lines:
        for number, line in enumerate(csv.DictReader(lines, delimiter="\t"), len(rows) + MOST_BBC):
            if line["gold_root"] != "ASSAULT":
                continue
            done = Read(line["sentence"])
            for story in done.violent():
                told = frozenset(features(story, done.stories, done.language))
                senses.append((number, told | done.spoken, True, 0.5))
    for number, row in enumerate(sets.read(SEEN), len(rows) + 2 * MOST_BBC):
        done = Read(sets.raw(row).text, title=row.get("title"), published=row["published"])
        open_ones = [set(i["types"]) for i in row["incidents"] if i.get("status", "occurred") in HAPPENED]
        for story in done.violent():
            found = next((types for types in open_ones if story.type in types), None)
            if found is not None:
                open_ones.remove(found)
            told = frozenset(features(story, done.stories, done.language))
            senses.append((number, told | done.spoken, found is not None, OWN_WEIGHT))
    out.mkdir(exist_ok=True)
    (out / "roles.pickle").write_bytes(pickle.dumps(roles))
    (out / "senses.pickle").write_bytes(pickle.dumps(senses))


def align(done: Read, templates: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Which template each story tells: the best pairs first, then those that share somebody with a template."""
    from scipy.optimize import linear_sum_assignment

    stories = done.violent()
    if not stories or not templates:
        return {}
    worth = np.array([[_shared(done, s, t) for t in templates] for s in stories], dtype=float)
    found = {
        id(stories[i]): templates[j] for i, j in zip(*linear_sum_assignment(-worth), strict=True) if worth[i, j] > 0
    }
    for i, story in enumerate(stories):
        if id(story) not in found and worth[i].max() >= 3:
            found[id(story)] = templates[int(worth[i].argmax())]
    return found


def _shared(done: Read, story: Story, template: dict[str, Any]) -> float:
    kind = codebook()[story.type].crosswalk.muc4 or "attack"
    if kind not in template["types"]:
        return 0
    worth = 1.0
    for filler in (f for m in story.mentions for f in m.fillers):
        words = norm(done.report.words(filler.phrase.name or filler.phrase.core))
        worth += 2 * any(same(words, name) for role in ROLES[1:] for entity in template[role] for name in entity)
    return worth


def part(done: Read, candidate: Candidate, templates: list[dict[str, Any]]) -> str:
    """The part that the keys give a candidate, "" for none."""
    votes = Counter[str]()
    for seen in candidate.seen:
        if seen.phrase.kind == "pronoun":
            continue
        for span in {s for s in (seen.phrase.core, seen.phrase.name) if s is not None}:
            words = norm(done.report.words(span))
            for role in ROLES[1:]:
                votes[role] += any(same(words, n) for t in templates for entity in t[role] for n in entity)
    role, most = votes.most_common(1)[0] if votes else ("", 0)
    return role if most else ""


def same(words: str, name: str) -> bool:
    """Whether two ways of writing a filler have the same head and no word against each other."""
    if words == name:
        return True
    a, b = (
        words.split(),
        re.split(r" (?:of|in|at|from|on|near|belonging|owned|who|that|which|located) ", name)[0].split(),
    )
    return bool(a and b and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a)))


# --- learning ---------------------------------------------------------------------------------------------------------


def learn(folder: Path, out: Path) -> None:
    """Fits both; the parts are told how sure the sense was of the report, as it judged without having seen it."""
    roles, senses = (pickle.loads((folder / f"{n}.pickle").read_bytes()) for n in ("roles", "senses"))
    yes = [int(s[2]) for s in senses]
    said = fit(
        out / "sense.npz", SENSES, [s[0] for s in senses], [s[1] for s in senses], yes, [s[3] for s in senses], 0.05, 6
    )
    surest: dict[int, float] = defaultdict(float)
    for (number, *_), shares in zip(senses, said, strict=True):
        surest[number] = max(surest[number], float(shares[1]))
    rows = [row | told_of(surest[number]) for number, row, _ in roles]
    fit(out / "roles.npz", ROLES, [r[0] for r in roles], rows, [ROLES.index(r[2]) for r in roles], None, 0.3, 4)


def fit(file: Path, labels: tuple[str, ...], groups: list[int], rows: list[frozenset[str]], truth: list[int],
        weight: list[float] | None, c: float, least: int) -> Any:  # fmt: skip
    """Logistic regression over features seen in at least so many reports. Gives, and prints the worth of, what it says of reports
    that it was not fitted to."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    seen: dict[str, set[int]] = defaultdict(set)
    for group, row in zip(groups, rows, strict=True):
        for name in row:
            if len(held := seen[name]) < least:
                held.add(group)
    names = sorted(n for n, held in seen.items() if len(held) >= least)
    column = {n: i for i, n in enumerate(names)}
    entries = [(r, column[n]) for r, row in enumerate(rows) for n in sorted(row) if n in column]
    ones = np.ones(len(entries), dtype=np.float32)
    x = csr_matrix((ones, tuple(zip(*entries, strict=True))), shape=(len(rows), len(names)))
    y = np.array(truth)
    model = LogisticRegression(C=c, max_iter=200)
    params = {"sample_weight": weight} if weight else None
    said = cross_val_predict(
        model, x, y, groups=groups, cv=GroupKFold(4), n_jobs=2, params=params, method="predict_proba"
    )
    print(f"{file.name}: {len(rows)} rows, {len(names)} features")
    for n, label in enumerate(labels):
        f1, least_share = surest_cut(said[:, n], y == n)
        print(f"  {label or 'none':14} {int((y == n).sum()):6}  F1 {f1:.3f} at {least_share:.2f}")
    model.fit(x, y, sample_weight=weight)
    table, bias = model.coef_, model.intercept_
    if len(labels) == 2:
        table, bias = np.vstack([-table / 2, table / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    weights.save(file, labels, names, table.T, bias)
    print(f"  {file.stat().st_size / 1e6:.2f} MB")
    return said


def surest_cut(shares: Any, truth: Any) -> tuple[float, float]:
    """The best F1 and the share from which on it is reached."""
    cuts = np.arange(0.05, 0.95, 0.01)
    right = np.array([(truth & (shares >= c)).sum() for c in cuts])
    told = np.array([(shares >= c).sum() for c in cuts])
    f1 = 2 * right / np.maximum(told + truth.sum(), 1)
    return float(f1.max()), float(cuts[f1.argmax()])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("read", "learn"))
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    if given.what == "read":
        read(*given.folders, given.out)
    else:
        learn(*given.folders, given.out)


if __name__ == "__main__":
    main()
