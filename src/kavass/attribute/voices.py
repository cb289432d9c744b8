"""Who speaks, and on what footing: the `Speaker` of a reported statement.

A bare mention ("the official", "he") is shown with the fullest words that the report has for the same actor, and takes its
footing from them. A paper speaks for its issuer where the report names one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kavass.attribute.said import PEOPLE, Said
from kavass.lang import Language
from kavass.lang.clause import Analysis, Phrase, Sentence
from kavass.model import Actor, Anonymity, Report, Span, Speaker

if TYPE_CHECKING:
    from kavass.refer import Cast

NARRATOR = Speaker(anonymity="narrator")
FORCES = (
    "person.military",
    "person.police",
    "person.security",
    "group.military",
    "group.police",
    "org.military",
    "org.police",
)
MANY = ("person.crowd", "people", "group")
HIS = (*FORCES, "group", "org", "part", "state", "person.fighter", "facility.diplomatic")  # what a speaker answers for
FOOTING: tuple[Anonymity, ...] = (
    "named", "institution", "titled_unnamed", "role_unnamed", "collective_unnamed", "document", "narrator",
)  # fmt: skip


class Voices:
    """The speakers of one report."""

    def __init__(self, report: Report, analysis: Analysis, cast: Cast, language: Language):
        self.report, self.cast = report, cast
        words = language.table("cues").get("anonymity", {})
        self.documents, self.sources = frozenset(words.get("documents", ())), frozenset(words.get("sources", ()))
        self.ranks, self.titles = frozenset(words.get("ranks", ())), frozenset(words.get("titles", ()))
        self.parts = frozenset(language.profile.get("classes", {}).get("quantifiers", ()))
        self.ours = frozenset(language.table("refer").get("pronouns", {}).get("speaker", ()))
        meaning = language.table("cues").get("meaning", {})
        self.forces, self.whose = frozenset(meaning.get("forces", ())), frozenset(meaning.get("whose", ()))
        self._mentions: dict[str, list[tuple[Sentence, Phrase]]] = {}
        for sentence in analysis.sentences:
            for phrase in sentence.phrases:
                if phrase.kind != "pronoun" and (actor := cast.actor(sentence, phrase)):
                    self._mentions.setdefault(actor.id, []).append((sentence, phrase))

    def speaker(self, said: Said | None) -> Speaker:
        """Who makes the statement; the narrator where nobody does."""
        if said is None or self.narrates(said):
            return NARRATOR
        if said.phrase is None:
            return NARRATOR if said.outer is None else self.speaker(said.outer)
        if said.outer is not None and said.outer.phrase is not None and not self._somebody(said.phrase):
            return self.speaker(said.outer)  # "the official said the inspection suggested ..."
        sentence, phrase = said.of, self._issuer(said.of, said.phrase) or said.phrase
        actor = self.cast.actor(sentence, phrase)
        text, anonymity = self._shown(sentence, phrase, actor, said)
        chain = [*self._chain(said.outer), *([actor.id] if actor else [])]
        return Speaker(
            actor=actor.id if actor else None, text=text, anonymity=anonymity, chain=tuple(dict.fromkeys(chain))
        )

    def narrates(self, said: Said) -> bool:
        """Whether the report itself says it: the "we" of a statement or an editorial."""
        if said.phrase is None:
            return said.clause is not None and said.clause.first and not said.quoted and said.outer is None
        return not said.quoted and said.phrase.lemma in self.ours

    def _somebody(self, phrase: Phrase) -> bool:
        """Whether a noun is known for one who can speak, or is a name or a pronoun."""
        return (
            phrase.has(*PEOPLE, "facility", "proper") or phrase.kind in ("name", "pronoun") or phrase.label is not None
        )

    def actor(self, said: Said | None) -> Actor | None:
        """The actor who makes the statement, if the report makes one of the speaker."""
        id = self.speaker(said).actor
        return self.cast.by_id(id) if id else None

    def own(self, said: Said, sentence: Sentence, phrase: Phrase | None) -> bool:
        """Whether a phrase means the speaker or somebody or something of his: "he", "our men", "the ministry" of its spokesman."""
        if phrase is None:
            return False
        if phrase is said.phrase or phrase.whose == "we":
            return True
        if phrase.lemma in self.parts and phrase.possessor is None and not phrase.prepositions:
            return False  # «أحدها»: one of whatever was told
        opens = any(0 <= phrase.span.start - c.start <= 4 for c in said.content)
        if opens and phrase.kind == "pronoun" and phrase.gender is not None and said.phrase is not None:
            return said.phrase.gender in (None, phrase.gender) or said.phrase.kind == "name"  # «إنها ستغلق»
        if opens and phrase.kind == "pronoun" and phrase.number == "plural" and said.phrase is not None:
            speakers = (said.phrase, *(said.of.phrases[i] for i in said.phrase.appositions))
            if any(p.has("person.spokesman", *MANY) for p in speakers) or self._many(said):
                return True  # «قال المتحدث باسم المعتصمين إنهم لن يرحلوا»
        if phrase.whose is not None and said.phrase is not None and phrase.has(*HIS):
            near = [*(i for _, i in said.phrase.prepositions), *filter(None, [said.phrase.possessor])]
            for_whom = (said.phrase, *(said.of.phrases[i] for i in near))  # «المتحدث باسم الجماعة إن قواتها»
            return phrase.whose == "p" or any(p.gender in (None, phrase.whose) or p.has("proper") for p in for_whom)
        if self.report.words(phrase.core).split()[0].lower() in self.whose:
            return True
        near = [phrase.possessor] if phrase.possessor is not None else []
        for other in (phrase, *(sentence.phrases[i] for i in (*near, *(i for _, i in phrase.prepositions)))):
            if other.lemma in self.ours:
                return True
            actor = self.cast.actor(sentence, other)
            if actor is None or other.kind == "time":
                continue
            if actor is self.actor(said) or (said.source and any(said.source.covers(Span(*m)) for m in actor.mentions)):
                return True
        return False

    def _many(self, said: Said) -> bool:
        """Whether several people speak."""
        actor = self.actor(said)
        return (said.phrase is not None and said.phrase.number == "plural") or (
            actor is not None and actor.kind in ("group", "crowd")
        )

    def answers(self, said: Said) -> bool:
        """Whether the speaker is one who answers for a body, whose "we have never" denies, where a victim's only tells."""
        actor = self.actor(said)
        return actor is not None and (
            actor.kind in ("group", "state", "organisation") or actor.sector not in (None, "civilian", "unidentified")
        )

    def of_men(self, sentence: Sentence, phrase: Phrase) -> bool:
        """Whether a phrase means men under arms: "our troops", "none of its units"."""
        return any(p.has(*FORCES) for p in (phrase, *(sentence.phrases[i] for _, i in phrase.prepositions)))

    def of_force(self, said: Said, phrase: Phrase) -> bool:
        """Whether a phrase means men of the force that the speaker belongs to, as "no officer" does of a police spokesman."""
        actor = self.actor(said)
        serves = said.phrase is not None and (
            said.phrase.has(*FORCES) or self.forces.intersection(said.phrase.modifiers)
        )
        return phrase.has(*FORCES) and bool(
            serves or (actor is not None and actor.sector in ("state_forces", "police"))
        )

    def _chain(self, said: Said | None) -> Iterator[str]:
        """The actors that report the statement, outermost first."""
        if said is None:
            return
        yield from self._chain(said.outer)
        if said.phrase is not None and (actor := self.cast.actor(said.of, said.phrase)):
            yield actor.id

    def _issuer(self, sentence: Sentence, phrase: Phrase) -> Phrase | None:
        """Who put out the paper that speaks: its possessor, or somebody in a phrase attached to it."""
        if phrase.lemma not in self.documents or phrase.has("person"):
            return None
        near = [phrase.possessor] if phrase.possessor is not None else []
        for index in (*near, *(i for _, i in phrase.prepositions)):
            other = sentence.phrases[index]
            if other.kind != "time" and self.cast.actor(sentence, other) and not other.has("place"):
                return other
        return None

    def _shown(
        self, sentence: Sentence, phrase: Phrase, actor: Actor | None, said: Said
    ) -> tuple[str | None, Anonymity]:
        """The fullest words for the speaker and the footing they give."""
        own = self.report.words(said.source or phrase.core)
        known = (
            [] if actor is None else [(s, p) for s, p in self._mentions.get(actor.id, ()) if s.index <= sentence.index]
        )
        ranked = sorted(((self._footing(s, p, actor), n) for n, (s, p) in enumerate(known)),
                        key=lambda r: (FOOTING.index(r[0]), r[1]))  # fmt: skip
        footing = self._footing(sentence, phrase, actor)
        if phrase.kind != "pronoun" and not (ranked and self._bare(phrase) and ranked[0][0] != footing):
            better = ranked[0][0] if ranked and phrase.number != "plural" else footing
            if not self._bare(phrase) or not ranked or len(known) < 2:
                return own, min(footing, better, key=FOOTING.index)
        if not ranked:
            named = actor is not None and actor.known_as is not None
            return (actor.name if actor else own), "institution" if named else "role_unnamed"
        best, first = ranked[0]
        return self.report.words(known[first][1].core), best

    def _bare(self, phrase: Phrase) -> bool:
        """Whether the words only point back: "the official"."""
        plain = (
            phrase.kind == "noun" and phrase.definite is not False and not phrase.modifiers and not phrase.appositions
        )
        return plain and not phrase.has("org", "state") and not (phrase.has("group") and phrase.possessor is not None)

    def _footing(self, sentence: Sentence, phrase: Phrase, actor: Actor | None) -> Anonymity:
        """What the words of one mention let know of who speaks."""
        appositions = [sentence.phrases[i] for i in phrase.appositions]
        plural = phrase.number in ("plural", "dual") and phrase.kind != "name"
        person = phrase.has("person") or phrase.label == "PERSON" or (actor is not None and actor.kind == "person")
        if phrase.lemma in self.documents and not person:
            return "document"
        body = actor is not None and actor.kind in ("organisation", "state") and actor.known_as is not None
        if body or phrase.has("org.police", "org.military", "state"):
            return "institution"
        if (
            plural
            or phrase.has("person.crowd", "people")
            or bool(phrase.conjuncts and person and phrase.kind != "name")
        ):
            return "collective_unnamed"
        if person and (
            phrase.kind == "name" or any(p.kind == "name" and p.label in (None, "PERSON") for p in appositions)
        ):
            return "named"
        if (
            phrase.has("org", "state")
            or (actor is not None and actor.kind in ("organisation", "state"))
            or phrase.kind == "name"
        ):
            return "institution"
        if phrase.has("group"):
            return "collective_unnamed"
        if phrase.lemma in self.titles or self.ranks.intersection(phrase.modifiers):
            return "titled_unnamed"
        return "role_unnamed"
