"""How the claims of one report bear on each other: denials, counter-blame, caveats, firmer evidence, labels, repetition.

Every rule reads stances, fields, speakers, the accused and the order of the text; none looks at a text's words beyond the
lists of nouns that point back. A link goes from the claim that bears on another to that other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kavass.attribute.reading import Draft
from kavass.attribute.said import BLAMES
from kavass.lang.clause import Phrase
from kavass.model import RETRACTION, Actor, LinkRel, Span
from kavass.refer import Cast

BLAME = (*BLAMES, "claims_responsibility")
DENIALS = ("denies_responsibility", "denies_occurrence", "denies_account", "disputes_interpretation")
PUBLIC = ("government", "diplomatic", "state_forces", "police")  # sectors that answer for their state, and it for them
# Fields that bear on something that need be no account or actor: the record's own matters, and what is yet to come.
MATTERS = ("posture", "measure", "advisory", "relation", "driver", "evidence", "response", "reason", "grievance", "warning",
           "threat", "prediction")  # fmt: skip
BACK_SENTENCES = 4  # how far "this account" and "those charges" reach back
Found = Iterator[tuple[Draft, LinkRel, Draft]]


def link(drafts: Sequence[Draft], cast: Cast, cues: Mapping[str, Any]) -> None:
    """Adds to each draft its links, each once, in the order of the claims they lead to."""
    links = _Links(drafts, cast, cues)
    found = [
        *links.denials(),
        *links.counter_blame(),
        *links.caveats(),
        *links.firmer(),
        *links.labels(),
        *links.repetition(),
    ]
    place = {id(d): n for n, d in enumerate(drafts)}
    for source, rel, target in sorted(found, key=lambda f: (place[id(f[0])], place[id(f[2])], f[1])):
        if source is not target and all(target is not t for _, t in source.links):
            source.links.append((rel, target))


def bearing(drafts: Sequence[Draft]) -> list[Draft]:
    """The claims that bear on something: an account, an actor, another claim, or a matter of the record by itself."""
    led_to = {id(target) for draft in drafts for _, target in draft.links}
    return [d for d in drafts if d.about or d.links or d.field in MATTERS or id(d) in led_to]


class _Links:
    """The rules, over one report's claims in text order."""

    def __init__(self, drafts: Sequence[Draft], cast: Cast, cues: Mapping[str, Any]):
        self.drafts, self.cast, self.people = drafts, cast, frozenset(a.id for a in cast.actors)
        back = cues.get("back", {})
        self.accounts, self.changes = frozenset(back.get("accounts", ())), frozenset(back.get("changes", ()))

    def denials(self) -> Found:
        """A denial contradicts what it names: the last account told, or the accusations against its own side."""
        for draft in self.drafts:
            if draft.stance not in DENIALS:
                continue
            if draft.field == RETRACTION:
                yield from self._taken_back(draft)
                continue
            denied = [d for d in self.drafts if self._denied(draft, d)]
            if draft.stance == "denies_account" and (draft.target is None or self._points_back(draft.target)):
                denied = [*self._last_told(draft), *denied]
            elif draft.stance == "denies_account" and not denied:
                denied = [d for d in self._last_told(draft) if d.stance not in BLAME]
            yield from ((draft, "contradicts", d) for d in denied)

    def _taken_back(self, draft: Draft) -> Found:
        """What a speaker takes back: its own words told before, of whatever the two share."""
        for other in self.drafts:
            said_before = other.said is not None and other.span < draft.span and self._same_speaker(draft, other)
            shared = set(self._accounts(draft)) & set(self._accounts(other)) or not self._accounts(draft)
            if said_before and shared and other.stance not in DENIALS:
                yield draft, "supersedes", other

    def _denied(self, draft: Draft, other: Draft) -> bool:
        """Whether a denial is of that claim."""
        if self._same_speaker(draft, other) or other.stance in DENIALS or other.polarity == "negated":
            return False
        shared = bool(set(self._accounts(draft)) & set(self._accounts(other)))
        blamed = other.accused is not None and self._answers_for(draft, other.accused)
        match draft.stance:
            case "denies_occurrence":
                same = not shared and other.field == "occurrence" and other.value == draft.value
                return same or (shared and other.field in ("occurrence", "perpetrator"))
            case "denies_responsibility":
                blamed = blamed or (other.accused is not None and other.accused is draft.accused)
                return (
                    other.stance in BLAME
                    and blamed
                    and (shared or not (self._accounts(draft) or self._accounts(other)))
                )
            case "disputes_interpretation":
                return other.field == "reason" and other.said is not None and other.span < draft.span and (
                    blamed or other.accused is None)  # fmt: skip
            case _:
                return other.stance in BLAME and blamed and other.span < draft.span
        return False

    def counter_blame(self) -> Found:
        """A blames B's side while B blames A's."""
        blame = [d for d in self.drafts if d.stance in BLAME and d.accused is not None and d.polarity == "affirmed"]
        for n, later in enumerate(blame):
            for earlier in blame[:n]:
                one, other = self._owner(later), self._owner(earlier)
                if one is None or other is None or self._sides(one, other):
                    continue
                if self._sides(later.accused, other) and self._sides(earlier.accused, one):
                    yield later, "contradicts", earlier

    def caveats(self) -> Found:
        """Words on missing evidence qualify the blame they follow, or the blame for the same incident."""
        for draft in self.drafts:
            if draft.stance != "caveats_evidence":
                continue
            before = [d for d in self.drafts if d.stance in BLAME and d.span < draft.span and self._near(d, draft)]
            shared = [
                d for d in self.drafts if d.stance in BLAME and set(self._accounts(d)) & set(self._accounts(draft))
            ]
            last = [d for d in before if d.sentence.index == max(b.sentence.index for b in before)]
            if not shared and not last and draft.said is not None:
                shared = self._last_told(draft)
            yield from (
                (draft, "qualifies", d) for d in [*(last if draft.speaker.anonymity == "narrator" else []), *shared]
            )

    def firmer(self) -> Found:
        """A later word on the evidence takes the place of an earlier caveat."""
        for draft in self.drafts:
            if draft.stance == "evaluates" and draft.field == "evidence" and draft.polarity == "affirmed":
                earlier = [
                    d
                    for d in self.drafts
                    if d.stance == "caveats_evidence" and d.span < draft.span and d.said is not None
                ]
                yield from ((draft, "supersedes", d) for d in earlier[-1:])

    def labels(self) -> Found:
        """What an announced change is called bears on the claims that announce it."""
        for draft in self.drafts:
            if draft.stance != "characterises" or not self._names_change(draft):
                continue
            for other in self.drafts:
                if other.field == "posture" and other.span < draft.span and not self._same_speaker(draft, other):
                    yield draft, "characterises", other

    def _names_change(self, draft: Draft) -> bool:
        """Whether what is named is a change of posture: by a noun for one, or a pronoun after one was told."""
        if draft.target is None:
            return False
        return draft.target.kind == "pronoun" or draft.target.lemma in self.changes

    def repetition(self) -> Found:
        """The same claim again: `repeats` by the same speaker, `supports` by another one."""
        first: dict[tuple[Any, ...], list[Draft]] = {}
        for draft in self.drafts:
            if not self._accounts(draft) or draft.value is None or draft.field == "occurrence" or draft.said is None:
                continue
            key = (draft.field, draft.value, self._accounts(draft), draft.polarity)
            for other in first.get(key, [])[:1]:
                yield draft, ("repeats" if self._same_speaker(draft, other) else "supports"), other
            first.setdefault(key, []).append(draft)

    # --- who is whose side

    def _points_back(self, phrase: Phrase | None) -> bool:
        return phrase is not None and (
            phrase.kind == "pronoun" or (phrase.lemma in self.accounts and phrase.definite is True)
        )

    def _last_told(self, draft: Draft) -> list[Draft]:
        """The claims of the last speaker before, other than this one: what "this account" means."""
        before = [d for d in self.drafts
                  if d.span < draft.span and d.said is not None and self._near(d, draft) and not self._same_speaker(d, draft)
                  and d.sentence is not draft.sentence and d.stance not in (*DENIALS, "caveats_evidence")]  # fmt: skip
        if not before:
            return []
        last = max(before, key=lambda d: (d.sentence.index, d.span))
        chain = set(last.speaker.chain)
        return [d for d in before if self._same_speaker(d, last) or chain & set(d.speaker.chain)]

    def _near(self, earlier: Draft, later: Draft) -> bool:
        return 0 <= later.sentence.index - earlier.sentence.index <= BACK_SENTENCES

    def _accounts(self, draft: Draft) -> tuple[str, ...]:
        """The accounts a claim is about, without the actors."""
        return tuple(a for a in draft.about if a not in self.people)

    def _same_speaker(self, a: Draft, b: Draft) -> bool:
        if a.speaker.actor is None or b.speaker.actor is None:
            return a.speaker.anonymity == b.speaker.anonymity and a.speaker.text == b.speaker.text
        return a.speaker.actor == b.speaker.actor

    def _owner(self, draft: Draft) -> Actor | None:
        return self.cast.by_id(draft.speaker.actor) if draft.speaker.actor else None

    def _sides(self, a: Actor | None, b: Actor | None) -> bool:
        """Whether two actors are one, or of one country and both its authorities or of one sector."""
        if a is None or b is None:
            return False
        alike = (_public(a) and _public(b)) or (a.sector is not None and a.sector == b.sector)
        return a is b or (alike and a.country is not None and a.country == b.country)

    def _answers_for(self, draft: Draft, accused: Actor) -> bool:
        """Whether a denial speaks for the accused: itself, an authority of its own state, whoever its speaker is said to be of."""
        owner = self._owner(draft)
        if owner is accused:
            return True
        if owner is not None and _public(owner) and _public(accused):
            return owner.country is not None and owner.country == accused.country
        source = draft.said.source if draft.said is not None else None
        return source is not None and any(source.covers(Span(*m)) for m in accused.mentions)


def _public(actor: Actor) -> bool:
    return actor.kind == "state" or actor.sector in PUBLIC
