"""How the claims about one incident bear on each other, within a report and across reports, each with a reason.

contradicts   a denial of what another speaker tells; two tolls that cannot both be right; two doers who have nothing to do with
              each other. Both stay, with their speakers.
supersedes    what a speaker, or a carrier in its own voice, says later in place of what it said first; a denial of one's own word
              takes it back. It travels: whoever passed the first word on, then or later, and a report that has its own figure from
              that speaker alone, rests on what no longer stands.
repeats       the same value by the same speaker, or in a copy; supports: by another.
qualifies     the deed done and the deed attempted; what a report itself says of its claims is taken over.

A value is as old as its first telling by that speaker: an outlet that still gives Monday's toll on Thursday does not make it newer
than Tuesday's. Every claim is linked to the first telling of the other value, or of its own; not to each of its echoes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from kavass.gazetteer import actors
from kavass.merge.compare import Said, Telling
from kavass.model import RETRACTION, AccountRef, Claim, CountField, LinkRel
from kavass.reasons import Code, Reason, Value

COUNTED = frozenset(get_args(CountField))
TELLS = frozenset({"reports", "attributes", "accuses", "claims_responsibility", "evaluates"})
BLAME = frozenset({"reports", "attributes", "accuses", "claims_responsibility"})
DENIES = {
    "denies_occurrence": "occurrence",
    "denies_responsibility": "perpetrator",
    "disputes_interpretation": "reason",
}
NAMED = frozenset({"named", "institution", "document"})
PUBLIC = frozenset({"government", "state_forces", "police", "diplomatic"})
STEPS_UP = 3  # ties from a group to those behind it
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """`source` bears on `target`; both are `report-id:claim-id`, or `report-id:account-id` for what an account tells unsaid."""

    source: str
    rel: LinkRel
    target: str
    said: Said

    @property
    def reason(self) -> Reason:
        """Why, in a sentence."""
        key, values = self.said
        return Reason(key, **values)


@dataclass(frozen=True, slots=True)
class _Word:
    """A claim as it is compared: `speaker` and `value` are what makes two the same, `at` when it was said or published."""

    ref: str
    field: str
    value: Key | None
    shown: Value
    speaker: Key
    who: Value
    at: str
    telling: Telling
    claim: Claim | None

    @property
    def affirmed(self) -> bool:
        return self.claim is None or (
            self.claim.stance in TELLS and self.claim.polarity == "affirmed" and self.claim.modality == "actual"
        )

    @property
    def narrated(self) -> bool:
        return self.claim is None or self.claim.speaker.anonymity == "narrator"


def bearings(tellings: Sequence[Telling], origins: Mapping[AccountRef, int]) -> tuple[Bearing, ...]:
    """The bearings among the claims of an incident's tellings, each pair once, in order of their references."""
    carriers = {t.source.casefold(): origins[t.ref] for t in tellings if t.source}
    words = [w for t in tellings for w in _words(t, origins, carriers)]
    found: dict[tuple[str, str], Bearing] = {}
    taken_back = dict[str, Bearing]()
    for one in (*_own(tellings), *_later(words), *_taken_back(words)):
        found.setdefault((one.source, one.target), one)
        if one.rel == "supersedes":
            taken_back.setdefault(one.target, one)
    standing = [w for w in words if w.ref not in taken_back]
    for one in (*_denied(standing), *_told_otherwise(standing), *_attempted(standing), *_told_again(words)):
        if (one.target, one.source) not in found:
            found.setdefault((one.source, one.target), one)
    return tuple(sorted(found.values(), key=lambda b: (b.source, b.target)))


def superseded(found: Iterable[Bearing]) -> frozenset[str]:
    """The references that no longer stand."""
    return frozenset(b.target for b in found if b.rel == "supersedes")


def stands(telling: Telling, gone: Collection[str]) -> bool:
    """Whether anybody who tells that it happened still says so."""
    told = {f"{telling.ref.report}:{c.id}" for c in telling.claims if c.field == "occurrence" and c.stance in TELLS}
    return not told or not told <= set(gone)


# --- the rules --------------------------------------------------------------------------------------------------------


def _own(tellings: Sequence[Telling]) -> Iterator[Bearing]:
    """What the reports themselves say of their claims."""
    for telling in tellings:
        held = {c.id for c in telling.claims}
        for claim in telling.claims:
            for link in claim.links:
                if link.claim in held:
                    of, to = (f"{telling.ref.report}:{i}" for i in (claim.id, link.claim))
                    yield Bearing(source=of, rel=link.rel, target=to, said=("own_link", {}))


def _later(words: Sequence[_Word]) -> Iterator[Bearing]:
    """A speaker's later value in place of its earlier ones, and of what rests on those."""
    for said in _by(
        words, lambda w: (w.speaker, w.field) if w.affirmed and w.value and w.field != "occurrence" else None
    ):
        values = _in_time(said)
        new = _first(values[-1])
        beside = {w.value for w in said if w.telling.ref == new.telling.ref}
        gone = [w for group in values[:-1] for w in group if _differ(w, new) and _before(_first(group), new)]
        if len(beside) > 1 and not beside & {w.value for w in gone}:
            continue  # parts of a whole, told side by side
        for old in gone:
            if old.telling.ref != new.telling.ref:
                yield _bearing(new, "supersedes", old, "later_word", a=new.who, x=old.shown, y=new.shown)
        for resting in _resting(gone, words):
            yield _bearing(new, "supersedes", resting, "rests_on", a=new.who, x=resting.shown, y=new.shown)


def _resting(gone: Sequence[_Word], words: Sequence[_Word]) -> Iterator[_Word]:
    """What reports say in their own voice and have, of all they cite, only from words that no longer stand.

    A figure or a name is had from somebody; that a thing happened an outlet may have seen itself.
    """
    refs = {w.ref for w in gone}
    for old in gone:
        if old.narrated or old.field == "occurrence":
            continue
        own = [w for w in words if w.telling.ref == old.telling.ref and w.field == old.field and w.value == old.value]
        if all(w.narrated or w.ref in refs for w in own):
            yield from (w for w in own if w.narrated and w.ref not in refs)


def _taken_back(words: Sequence[_Word]) -> Iterator[Bearing]:
    """A speaker that denies what it told, or takes its word back."""
    for said in _by(words, lambda w: w.speaker):
        for denial in said:
            old = [w for w in said if _before(w, denial) and _unsays(denial, w)]
            yield from (_bearing(denial, "supersedes", w, "taken_back", a=denial.who) for w in old)
            yield from (
                _bearing(denial, "supersedes", w, "rests_on_nothing", a=denial.who) for w in _resting(old, words)
            )


def _unsays(denial: _Word, told: _Word) -> bool:
    """Whether a word of a speaker undoes one that it said before: a retraction any, a denial what it is a denial of."""
    if denial.claim is None or told.claim is None or not told.affirmed:
        return False
    match denial.claim.stance:
        case "denies_account":
            return denial.field == RETRACTION
        case "denies_occurrence":
            return told.field == "occurrence"
        case "denies_responsibility":
            return told.claim.stance == "claims_responsibility"
        case _:
            return False


def _denied(words: Sequence[_Word]) -> Iterator[Bearing]:
    """A denial against what others tell."""
    for denial in words:
        if denial.claim is None:
            continue
        negated = denial.claim.polarity == "negated" and denial.field == "occurrence" and denial.claim.stance in TELLS
        field = "occurrence" if negated else DENIES.get(denial.claim.stance)
        for told in words if field else ():
            if told.field != field or not told.affirmed or told.speaker == denial.speaker or told.claim is None:
                continue
            if field == "perpetrator" and not _blames(told, denial):
                continue
            key = {"occurrence": "denied_happened", "perpetrator": "denied_part"}.get(field or "", "denied_reading")
            yield _bearing(denial, "contradicts", told, key, a=denial.who, b=told.who)


def _blames(told: _Word, denial: _Word) -> bool:
    """Whether a denial of one's part answers a word of blame: nothing is known of whom either means, or it is one side."""
    if told.claim is None or told.claim.stance not in BLAME or denial.claim is None:
        return False
    about = set(denial.claim.about) | {denial.claim.speaker.actor}
    mine = {i for a in denial.telling.actors.values() if a.id in about for i in _sides(a.known_as, a.country, a.sector)}
    known = str(told.value[1]) if told.value and told.value[0] == "known" else None
    return not mine or known is None or bool(mine & _behind(known)) or any(known in _behind(i) for i in mine)


def _told_otherwise(words: Sequence[_Word]) -> Iterator[Bearing]:
    """Tolls that cannot both be right, and doers who are not of one side, by different speakers."""
    for told in _by(words, lambda w: w.field if w.affirmed and w.value and w.field != "occurrence" else None):
        values = _in_time(told)
        for n, later in enumerate(values):
            for first in (_first(v) for v in values[:n] if _differ(v[0], later[0])):
                for word in (w for w in later if w.speaker != first.speaker):
                    yield _apart(word, first)


def _apart(word: _Word, first: _Word) -> Bearing:
    values: dict[str, Value] = {"a": word.who, "x": word.shown, "b": first.who, "y": first.shown}
    if word.field == "perpetrator":
        return _bearing(word, "contradicts", first, "doers_told", **values)
    return _bearing(word, "contradicts", first, "tolls_told", field=Code("field", word.field), **values)


def _attempted(words: Sequence[_Word]) -> Iterator[Bearing]:
    """The deed attempted against the deed done."""
    told = [w for w in words if w.field == "occurrence" and w.affirmed]
    done = [w for w in told if w.telling.account.status in ("occurred", "ongoing")]
    for word in told if done else ():
        if word.telling.account.status == "attempted" and word.speaker != (first := _first(done)).speaker:
            yield _bearing(word, "qualifies", first, "attempt_told", a=word.who, b=first.who)


def _told_again(words: Sequence[_Word]) -> Iterator[Bearing]:
    """The same value again: by the same speaker or in a copy `repeats`, by another `supports`."""
    for told in _by(words, lambda w: (w.field, w.value) if w.affirmed and w.value and w.claim else None):
        first = _first(told)
        for word in told:
            if word.telling.ref == first.telling.ref:
                continue
            if word.speaker == first.speaker:
                yield _bearing(word, "repeats", first, "told_again", a=word.who, x=first.shown)
            else:
                yield _bearing(word, "supports", first, "told_alike", a=word.who, b=first.who, x=first.shown)


# --- words ------------------------------------------------------------------------------------------------------------


def _words(telling: Telling, origins: Mapping[AccountRef, int], carriers: Mapping[str, int]) -> Iterator[_Word]:
    """The claims about an account, and the counts that no claim tells."""
    report, at = telling.ref.report, telling.published or telling.known_at
    carrier: Value = telling.source or Code("speaker", "report")
    for claim in telling.claims:
        value, shown = _value(telling, claim)
        speaker, who = _speaker(telling, claim, origins, carriers)
        yield _Word(f"{report}:{claim.id}", claim.field, value, shown, speaker, who or carrier,
                    claim.said_at or at, telling, claim)  # fmt: skip
    claimed = {c.field for c in telling.claims}
    ref, own = f"{report}:{telling.ref.account}", ("origin", origins[telling.ref])
    for count in (c for c in telling.account.counts if c.field not in claimed):
        value = ("count", count.low or 0, count.high)
        yield _Word(ref, count.field, value, count.text, own, carrier, at, telling, None)


def _value(telling: Telling, claim: Claim) -> tuple[Key | None, Value]:
    """What makes two values of a field the same, and how it is shown."""
    shown: Value = claim.value or ""
    if claim.field in COUNTED:
        held = [c for c in telling.account.counts if c.field == claim.field]
        count = next((c for c in held if c.text == claim.value), held[0] if len(held) == 1 else None)
        return (("count", count.low or 0, count.high), shown) if count else (None, shown)
    if claim.field == "perpetrator" and claim.value:
        named = (a for a in telling.actors.values() if a.id in claim.about and a.name == claim.value)
        known = next((a.known_as for a in named if a.known_as), None)
        return ("known", known) if known else ("words", telling.language, claim.value.casefold()), shown
    if claim.field == "occurrence":
        return ("happened",), Code("type", telling.account.type)
    return None, shown


def _speaker(
    telling: Telling, claim: Claim, origins: Mapping[AccountRef, int], carriers: Mapping[str, int]
) -> tuple[Key, Value]:
    """Who speaks: a known or named one wherever it is quoted, an unnamed one and a report's own voice within their origin.

    An outlet that is spoken of by its name is that origin's own voice.
    """
    speaker, actor = claim.speaker, telling.actors.get(claim.speaker.actor or "")
    name = actor.name if actor else speaker.text or ""
    if speaker.anonymity == "narrator":
        return ("origin", origins[telling.ref]), ""
    if name.casefold() in carriers:
        return ("origin", carriers[name.casefold()]), name
    if actor and actor.known_as:
        return ("known", actor.known_as), name
    if speaker.anonymity in NAMED and name:
        return ("named", telling.language, name.casefold()), name
    return ("unnamed", origins[telling.ref], name.casefold()), name


def _differ(one: _Word, other: _Word) -> bool:
    """Whether two values of a field cannot both be right."""
    a, b = one.value, other.value
    if a is None or b is None or a == b or a[0] != b[0]:
        return False
    if a[0] == "count":
        (_, low, high), (_, least, most) = a, b
        return _above(low, most) or _above(least, high)
    return a[0] == "known" and not (str(a[1]) in _behind(str(b[1])) or str(b[1]) in _behind(str(a[1])))


def _above(low: object, high: object) -> bool:
    return high is not None and isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high


def _behind(id: str) -> frozenset[str]:
    """A register id with all that it is part of, is backed by or belongs to."""
    found, edge = {id}, {id}
    for _ in range(STEPS_UP):
        edge = {up for one in edge for up in _ties(one)} - found
        found |= edge
    return frozenset(found)


def _ties(id: str) -> Iterator[str]:
    try:
        known = actors.lookup(id)
    except KeyError:
        return
    for name in ("part_of", "backed_by", "office_of"):
        yield from known.ties.get(name, ())
    yield from _sides(None, known.country, known.sector)


def _sides(known_as: str | None, country: str | None, sector: str | None) -> Iterator[str]:
    """An actor's id, and its state's where it is one of its authorities."""
    if known_as:
        yield known_as
    if country and sector in PUBLIC:
        yield f"state:{country}"


def _first(words: Iterable[_Word]) -> _Word:
    return min(words, key=lambda w: (w.at, w.ref))


def _before(one: _Word, other: _Word) -> bool:
    """Whether one was said before the other, as far as both times are told: a day is not before an hour of it."""
    known = min(len(one.at), len(other.at))
    return one.at[:known] < other.at[:known]


def _in_time(words: Iterable[_Word]) -> list[list[_Word]]:
    """The words by their values, in the order in which those were first told."""
    return sorted(_by(words, lambda w: w.value), key=lambda group: (_first(group).at, _first(group).ref))


def _by(words: Iterable[_Word], key: Callable[[_Word], object]) -> list[list[_Word]]:
    """The words in groups by a key, those without one left out."""
    found: dict[object, list[_Word]] = defaultdict(list)
    for word in words:
        if (at := key(word)) is not None:
            found[at].append(word)
    return list(found.values())


def _bearing(source: _Word, rel: LinkRel, target: _Word, key: str, **values: Value) -> Bearing:
    return Bearing(source=source.ref, rel=rel, target=target.ref, said=(key, values))
