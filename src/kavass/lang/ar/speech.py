"""Who speaks in an Arabic sentence and where what he says stands, read off the order of the words.

A verb of speech is followed by its speaker and by «أن», a colon or a quotation; what is said runs on to the next cue, which is a
participle («نافيا»), a verb after a comma and «و», or a verb behind «فيما» and its like. A verb that names nobody goes on with
the one who spoke before, with whom it agrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Literal

from kavass.lang.ar.forms import key, tables
from kavass.lang.ar.reading import Group, Reading
from kavass.lang.clause import Argument
from kavass.lang.frames import Frames
from kavass.model import Span

SPEAKERS = ("person", "group", "org", "state", "people", "statement", "facility", "proper", "actor")
OPENS, CLOSES, EITHER = "«“„", "»", '"”'
COMMAS = "،,"
NEAR, FAR = 4, 30  # words between a comma and a cue; words in which a speaker's description may run on before «أن»
QUOTED = 3  # words of a quotation that may name something rather than say something


@cache
def speaking(frames: Frames) -> frozenset[str]:
    """The verbs of the frames that have a speaker, those left out that speak with certain objects only («وقع منشورا»)."""
    voiced = [f for f in frames.frames if "speaker" in f.roles.values()]
    voiced = [f for f in voiced if not ("object" in f.where and f.roles.get("object") == "content")]
    return frozenset(w.split(" ")[0] for f in voiced for w in (*f.verbs, *f.light))


@cache
def _only_with(frames: Frames) -> dict[str, frozenset[str]]:
    """The verbs that speak with certain nouns only («رفع تحذير»), and the words of those nouns."""
    voiced = [f for f in frames.frames if "speaker" in f.roles.values()]
    alone = {w.split(" ")[0] for f in voiced for w in f.verbs}
    found: dict[str, set[str]] = {}
    for first, *rest in (w.split(" ") for f in voiced for w in f.light):
        if first not in alone:
            found.setdefault(first, set()).update(rest)
    return {verb: frozenset(nouns) for verb, nouns in found.items()}


@cache
def _deeds() -> frozenset[str]:
    """Verbal nouns: who speaks is none of them."""
    return frozenset((*tables("verbs")["nouns"], *tables("profile")["classes"]["patient_possessor"]))


@cache
def _turns() -> frozenset[str]:
    """Words before a clause that somebody else may say: «فيما قال», «غير أن ... أقر»."""
    return frozenset(key(w) for w in tables("profile")["classes"]["turns"])


class Speech(Reading):
    """Finds speakers and contents once the arguments of the verbs are settled."""

    def _speech(self) -> None:
        """Corrects the subject of every verb of speech and notes where what is said stands."""
        self._where = {id(g.token): g for g in self.groups}
        self._place_of = {id(t): k for k, t in enumerate(self.tokens)}
        self._governed = {i for _, i in self.sources} | {i for p in self.nominals.phrases for i in p.appositions}
        self._governed |= {p.possessor for p in self.nominals.phrases if p.possessor is not None}
        for group in self.groups:
            if self._speaks(group) and group.clause.kind in ("verb", "participle"):
                self._one_speech(group)

    def _speaks(self, group: Group) -> bool:
        """Whether a verb is one of speech, with one of its nouns after it if it speaks with those only."""
        if group.clause.lemma not in speaking(self.frames):
            return False
        nouns = _only_with(self.frames).get(group.clause.lemma)
        at = self._place_of[id(group.token)]
        return nouns is None or any(
            not nouns.isdisjoint((t.lemma, t.stem)) for t in self.tokens[at + 1 : at + FAR // 2]
        )

    def _one_speech(self, group: Group) -> None:
        at = self._place_of[id(group.token)]
        reach = self._reach(group, at)
        opener = self._opener(at, reach)
        speaker = self._who(group, at, reach if opener is None else opener)
        clause, end = group.clause, at + 1
        if speaker is not None and not self._points_back(group, speaker):
            self._make_subject(group, speaker)
            self._named_after(group, speaker, at, reach)
            end = max(end, self._end_of(speaker, at, reach))
        elif clause.voice == "active" and clause.kind == "verb" and group.owner is None:
            coming = clause.relation == "content" and clause.tense == "future"  # «أنها ستسحب موظفيها» says nothing
            clause.dropped = None if coming else self._ending(group)
            if clause.dropped is not None:
                self._no_subject(group)
        if opener is not None:
            token = self.tokens[opener]
            keeps = token.pos == "content" and token.stem[-1:] != "ن"  # a pronoun written onto it is the subject
            clause.content = self._stretch(opener if keeps else opener + 1, reach)
            clause.parts = self._parts(opener, reach)
        rest = self._stretch(end, reach)
        clause.rest = (
            rest
            if rest is not None and any(c.isalnum() for c in self.text[rest.start : rest.end])
            else (self._stretch(at + 1, reach))
        )  # «رحبت بالخطوة لجنة محلية»

    # --- how far it goes

    def _reach(self, group: Group, at: int) -> int:
        """The token at which the next cue takes over, or the end of the sentence."""
        comma, told, depth = -FAR, False, 0
        for k in range(at + 1, len(self.tokens)):
            token = self.tokens[k]
            if token.key in OPENS + CLOSES + EITHER:
                depth = _depth(depth, token.key)
            if depth:
                continue
            if token.key in COMMAS + CLOSES + EITHER:
                comma = k
            told = told or token.pos == "content"
            other = self._where.get(id(token))
            if other is None or other.owner is not None or not self._speaks(other):
                continue
            if (turn := self._turn(at, k)) is not None:
                return turn
            opened = group.clause.relation == "adverbial" and k - comma <= 1 and not token.conjunction
            if opened and other.clause.kind == "verb":
                return k  # «بينما أوردت المديرية أن ...، قال المرصد»
            if other.clause.kind == "participle" and (k - comma <= 2 or not told):
                return k
            if token.conjunction and (k - comma <= 2 or not told):
                return k
        return len(self.tokens)

    def _turn(self, at: int, k: int) -> int | None:
        """Where the clause of a cue begins if a word sets it against what is said before."""
        for j in range(k - 1, max(at, k - FAR), -1):
            token = self.tokens[j]
            if token.stem in _turns() or (token.stem == "حين" and self.tokens[j - 1].stem == "في"):
                return j - (token.stem == "حين" and self.tokens[j - 1].stem == "في")
            contrast = self.tokens[j - 1].pos == "contrast" or self.tokens[j - 1].stem in _turns()
            if (token.pos == "content" and not contrast) or id(token) in self._where or token.key in COMMAS + ":":
                return None
        return None

    def _opener(self, at: int, reach: int) -> int | None:
        """The «أن» or the colon behind which what is said stands."""
        for k in range(at + 1, min(reach, at + 2 * FAR)):
            token, before = self.tokens[k], self.tokens[k - 1]
            if token.key == ":":
                return k
            other = self._where.get(id(token))
            if (
                other is not None
                and other.owner is None
                and other.clause.kind != "participle"
                and not self._aside(at, k)
            ):
                return None
            if token.pos != "content" or before.pos == "contrast":
                continue
            if before.pos == "preposition" and before.lemma in (
                *self.words["temporal"],
                *self.words["negative_prepositions"],
            ):
                continue
            return k
        return None

    def _aside(self, at: int, k: int) -> bool:
        """Whether a verb only describes a noun before it: «في بيان وصلت نسخة منه»."""
        before = self.tokens[k - 1] if k else None
        if before is not None and before.key in COMMAS and k - at < FAR // 2 and self.tokens[at + 1].key not in COMMAS:
            return not self.tokens[k].conjunction and self._opens_after(k)  # «وقال مصدر، طلب عدم ذكر اسمه، إن ...»
        return before is not None and k - 1 > at and (before.pos == "relative" or before.nominal) and k - at < FAR and (
            not self.tokens[k].conjunction) and self._opens_after(k)  # fmt: skip

    def _opens_after(self, k: int) -> bool:
        """Whether a comma and «إن» follow: what stands between is said of the speaker or of the occasion."""
        for j in range(k + 1, min(k + FAR // 2, len(self.tokens))):
            if self.tokens[j].pos == "content":
                before = self.tokens[j - 2] if self.tokens[j - 1].pos == "preposition" else self.tokens[j - 1]
                return before.key in COMMAS or self.tokens[j].below
        return False

    def _parts(self, opener: int, reach: int) -> tuple[Span, ...]:
        """Of «أن ... وأن ...» the several things said; empty if there is but one."""
        depth, starts = 0, [opener]
        for k in range(opener + 1, reach):
            depth = _depth(depth, self.tokens[k].key) if self.tokens[k].key in OPENS + CLOSES + EITHER else depth
            again = (
                self.tokens[k].pos == "content"
                and self.tokens[k].conjunction == "و"
                and self.tokens[opener].pos == "content"
            )
            if again and not depth:
                starts.append(k)
        ends = [*starts[1:], reach]
        spans = [self._stretch(a + 1, b) for a, b in zip(starts, ends, strict=True)]
        return tuple(s for s in spans if s is not None) if len(starts) > 1 else ()

    def _stretch(self, start: int, end: int) -> Span | None:
        while end > start and self.tokens[end - 1].key in COMMAS + OPENS:
            end -= 1
        return Span(self.tokens[start].span.start, self.tokens[end - 1].span.end) if start < end else None

    def _named_after(self, group: Group, speaker: int, at: int, reach: int) -> None:
        """Takes what stands between commas right after the speaker as said of him: «صاحب الشركة، غسان الحموي، ...»."""
        end = self._end_of(speaker, at, reach)
        if end <= at + 1 or end + 1 >= reach or self.tokens[end].key not in COMMAS:
            return
        beside = next(
            (i for i, head in self.nominals.token_of.items() if head == end + 1 and i not in self._governed), None
        )
        if beside is None:
            return
        phrase, close = self.nominals.phrases[beside], self.nominals.ends.get(beside, len(self.tokens))
        if (
            not (phrase.kind == "name" or phrase.has("person"))
            or close >= reach
            or self.tokens[close].key not in COMMAS
        ):
            return
        whose = self.nominals.phrases[speaker]
        whose.appositions = (*whose.appositions, beside)
        whose.span = Span(whose.span.start, phrase.span.end)
        number = group.clause.index
        left = [a for a in self.arguments.get(number, []) if a.phrase != beside]
        self.arguments[number] = [
            replace(a, function="object") if a.function == "predicative" and a.phrase in group.after else a
            for a in left
        ]

    def _end_of(self, speaker: int, at: int, reach: int) -> int:
        """The token after a speaker that follows its verb, or after the verb."""
        phrase = self.nominals.phrases[speaker]
        spans = [phrase.span, *(self.nominals.phrases[i].span for i in phrase.appositions)]
        after = [k + 1 for k in range(at + 1, reach) if any(s.covers(self.tokens[k].core) for s in spans)]
        end = max(after, default=at + 1)
        while end < reach and self.tokens[end].key in CLOSES + EITHER and after:
            end += 1
        return end

    # --- who speaks

    def _points_back(self, group: Group, speaker: int) -> bool:
        """Whether the subject is but a pronoun written onto a particle: «لكنها نبهت»."""
        phrase = self.nominals.phrases[speaker]
        return phrase.kind == "pronoun" and group.owner is None and speaker not in self.nominals.token_of

    def _no_subject(self, group: Group) -> None:
        number = group.clause.index
        self.arguments[number] = [a for a in self.arguments.get(number, []) if a.function != "subject"]

    def _who(self, group: Group, at: int, end: int) -> int | None:
        """The phrase of the speaker, if the sentence has it."""
        clause = group.clause
        if clause.voice == "passive" or group.token.passive:
            clause.voice = "passive"
            return None
        if self._impersonal(group, at, end):
            clause.voice = "passive"
            self._no_subject(group)
            return None
        given = next(iter(a.phrase for a in self.arguments.get(clause.index, ()) if a.function == "subject"), None)
        if clause.kind == "participle":
            return self._goes_with(group, at, given)
        if not group.token.conjunction and group.owner is None and (lead := self._led_by(group, at)) is not None:
            return lead
        if given in group.before and at and self.tokens[at - 1].stem == "قد" and self._fit(given):
            return given  # «تكون الحكومة قد هددت القنصلية»
        after = list(self._free(at + 1, end))
        taken = (
            after
            and after[0] in self._arguments_of(clause.index, "object")
            and clause.lemma in self.words["transitive"]
        )
        if taken and given is not None and given not in after and self._fit(given):
            return given  # «واشنطن تغلق قنصليتها وتتهم فصائل»
        beside = after and self.nominals.token_of[after[0]] == at + 1
        able = after and not self._drops(group) and (self._fit(after[0]) or (beside and self._may(after[0])))
        if able and self._agreeing(group, after[0]) and not self._oblique(after[0]):
            return after[0]
        if group.owner is not None:
            return group.owner if self._fit(group.owner) else self._outer_subject(group)
        if self._pronoun_before(at):
            return None
        if (described := self._described_before(group, at)) is not None:
            return described
        if given is not None and given not in after and self._fit(given):
            return given
        if group.token.conjunction in ("", "ف") and (topic := self._topic(group, at)) is not None:
            return topic
        if group.token.conjunction and (beside_it := self._where.get(id(self.tokens[at - 1]))) is not None:
            shared = next((i for i in self._arguments_of(beside_it.clause.index, "subject") if self._fit(i)), None)
            return shared if shared is not None and self._agreeing(group, shared) else None  # «تنفي وتقول»
        return None if group.token.conjunction else self._outer_subject(group)

    def _described_before(self, group: Group, at: int) -> int | None:
        """Somebody just named for the first time whom a verb without «الذي» describes: «بينهم فتى في العاشرة روى أن»."""
        if (
            group.token.conjunction
            or self.tokens[at - 1].key in COMMAS
            or self.tokens[at - 1].pos in ("content", "contrast")
        ):
            return None
        for k in range(at - 1, max(at - NEAR * 2, -1), -1):
            if id(self.tokens[k]) in self._where or self.tokens[k].key in COMMAS:
                return None
            index = next((i for i, head in self.nominals.token_of.items() if head == k), None)
            phrase = self.nominals.phrases[index] if index is not None else None
            if phrase is not None and index is not None and phrase.has("person", "group", "statement"):
                return (
                    index
                    if phrase.definite is False and self._agreeing(group, index) and phrase.possessor is None
                    else None
                )
        return None

    def _goes_with(self, group: Group, at: int, given: int | None) -> int | None:
        """Who says what a participle tells: its own noun behind a pronoun («واعدا إياهم الوزير»), else who spoke before."""
        pronoun = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if pronoun is not None and pronoun.pos == "pronoun":
            own = next(iter(self._free(at + 2, min(at + 4, len(self.tokens)))), None)
            if (
                own is not None
                and self.nominals.token_of[own] == at + 2
                and self._fit(own)
                and not self.tokens[at + 2].preposition
            ):
                return own
        above = self._arguments_of(group.clause.parent, "subject") if group.clause.parent is not None else []
        if (fit := next((i for i in (*above, given) if i is not None and self._fit(i)), None)) is not None:
            return fit
        gender = group.token.form.gender if group.token.form is not None else None
        for other in reversed(self.groups[: self.groups.index(group)]):
            if other.clause.kind != "verb" or other.owner is not None:
                continue
            for subject in self._arguments_of(other.clause.index, "subject"):
                if self._fit(subject) and self.nominals.phrases[subject].gender == gender:
                    return subject
        return given

    def _impersonal(self, group: Group, at: int, end: int) -> bool:
        """«يعتقد أن», «يشتبه في أنه»: a verb of belief in the present right before «أن»."""
        form = group.token.form
        if (
            form is None
            or group.clause.lemma not in _set_of("impersonal")
            or form.tense != "imperfect"
            or group.token.conjunction
        ):
            return False
        close = end < len(self.tokens) and self.tokens[end].pos == "content" and end - at <= 2
        return close and (form.person, form.number, form.gender) == (3, "singular", "m")

    def _pronoun_before(self, at: int) -> bool:
        """Whether a pronoun written onto «لكن» or «أن» is all that stands between it and the verb: «لكنها نبهت»."""
        before = self.tokens[at - 1] if at else None
        return before is not None and before.pos in ("contrast", "content") and before.stem.endswith(("ه", "ها", "هم"))

    def _drops(self, group: Group) -> bool:
        form = group.token.form
        return form is not None and (form.number != "singular" or form.person != 3)

    def _free(self, start: int, end: int) -> Iterator[int]:
        """The phrases that begin in a stretch and that nothing governs, times left out, in text order."""
        first: dict[int, int] = {}
        for index, head in self.nominals.token_of.items():
            free = index not in self._governed and self.nominals.phrases[index].kind != "time"
            if not (start <= head < end) or not free or self._bound(head):
                continue
            if not any(q.covers(self.tokens[head].core) for q in self._long()):
                first.setdefault(head, index)
        yield from (first[k] for k in sorted(first))

    def _bound(self, head: int) -> bool:
        """Whether a preposition is written onto a noun or onto a word that points to it: «بهذه العبارة»."""
        words = (self.tokens[head], self.tokens[head - 1]) if head else (self.tokens[head],)
        return any(bool(t.preposition) and (t is words[0] or t.pos == "determiner") for t in words)

    def _long(self) -> list[Span]:
        """The quotations that say something."""
        return [q for q in self.sentence.quotes if self.text[q.start : q.end].count(" ") + 1 > QUOTED]

    def _fit(self, index: int) -> bool:
        """Whether a phrase can speak: somebody, a body, a paper; or a definite noun or name of which nothing is known."""
        phrase = self.nominals.phrases[index]
        if phrase.kind in ("number", "time"):
            return False
        if phrase.kind == "pronoun":
            return phrase.lemma not in _set_of("determiners")
        if phrase.has("event", "casualty") or (phrase.lemma in _deeds() and not phrase.has(*SPEAKERS)):
            return False
        return phrase.has(*SPEAKERS) or (not phrase.classes and (phrase.kind == "name" or phrase.definite is True)) or (
            not phrase.classes and phrase.possessor is not None)  # fmt: skip

    def _agreeing(self, group: Group, index: int) -> bool:
        """Whether verb and noun agree; names that nothing is known of may be a man's whatever their ending («حمزة»)."""
        phrase, head = self.nominals.phrases[index], self.nominals.token_of.get(index)
        unknown = head is not None and self.tokens[head].form is None and not phrase.classes
        if self._surname(group, index):
            return True
        return self._agrees(group, index) or phrase.kind == "name" or unknown

    def _surname(self, group: Group, index: int) -> bool:
        """Whether a bare noun for a person right after its verb can only be a surname: «قالت خطيب», «كشف سمكة»."""
        phrase, head = self.nominals.phrases[index], self.nominals.token_of.get(index)
        bare = (
            phrase.definite is False and not phrase.modifiers and phrase.possessor is None and phrase.number != "plural"
        )
        beside = head is not None and self._place_of[id(group.token)] + 1 == head and not self.tokens[head].pronoun
        after = self.tokens[head + 1] if head is not None and head + 1 < len(self.tokens) else None
        return bare and beside and phrase.has("person") and after is not None and after.pos == "content"

    def _somebody(self, index: int) -> bool:
        """Whether a phrase is surely somebody: known for a speaker, a name, or definite by itself."""
        phrase = self.nominals.phrases[index]
        return phrase.has(*SPEAKERS) or phrase.kind == "name" or self.tokens[self.nominals.token_of[index]].definite

    def _may(self, index: int) -> bool:
        """Whether a noun right after its verb can be who speaks: it tells of no deed and of no matter."""
        phrase = self.nominals.phrases[index]
        return (
            phrase.kind not in ("number", "time", "pronoun")
            and phrase.lemma not in _deeds()
            and not phrase.has(
                "event", "casualty", "hazard", "time", "idea", "account", "evidence", "decision", "weapon", "amount"
            )
        )

    def _oblique(self, index: int) -> bool:
        """Whether the noun stands in a form that no subject has: «موظفي المكتب», «المهاجمين»."""
        at = self.nominals.token_of[index]
        token = self.tokens[at]
        if at and self.tokens[at - 1].stem in _folded("quantifiers"):
            return False  # «أحد الناجين»
        several = token.form is not None and token.form.number in ("plural", "dual")
        return several and token.stem.endswith(("ين", "ي")) and not self.nominals.phrases[index].has("proper")

    def _led_by(self, group: Group, at: int) -> int | None:
        """The noun between a particle, or the start of the sentence, and its verb: «غير أن قائد الشرطة أقر»."""
        topic = self._topic(group, at)
        if topic is None:
            return None
        first = self.nominals.token_of[topic]
        while first and (self.tokens[first - 1].key in OPENS + EITHER or self.tokens[first - 1].pos == "number"):
            first -= 1
        before = self.tokens[first - 1] if first else None
        joined = before is not None and before.key in COMMAS + "؛" and self.tokens[first].conjunction == "و"
        if joined:
            return topic  # «..., والحركة تنفي»
        if before is None or before.pos == "content" or before.stem in ("اما", "لكن") or before.key in "-–—":
            commas = sum(self.tokens[k].key in COMMAS for k in range(first, at))
            return topic if commas % 2 == 0 else None
        return None

    def _topic(self, group: Group, at: int) -> int | None:
        """What stands before its verb: «أما الشيخ، أحد الوسطاء، فيقول», «غير أن قائد الشرطة أقر»."""
        start = at
        while start > 0:
            token = self.tokens[start - 1]
            other = self._where.get(id(token))
            if token.pos == "content" or (other is not None and other.owner is None) or token.key in ":":
                break
            start -= 1
        found = [i for i in self._free(start, at) if self._fit(i) and self._agreeing(group, i) and self._somebody(i)]
        return found[0] if found else None

    def _outer_subject(self, group: Group) -> int | None:
        """Who says it in a paper that a clause describes: «تقدم صاحب المتجر ببلاغ قال فيه»."""
        parent = group.clause.parent
        if parent is None:
            return None
        return next((i for i in self._arguments_of(parent, "subject") if self._fit(i)), None)

    def _make_subject(self, group: Group, index: int) -> None:
        """The speaker is the subject of its verb, and nothing else to it."""
        number = group.clause.index
        held = self.arguments.get(number, [])
        if any(a.function == "subject" and a.phrase == index for a in held):
            return
        kept = [a for a in held if a.function != "subject" and a.phrase != index]
        self.arguments[number] = [
            *kept,
            Argument(function="subject", phrase=index, span=self.nominals.phrases[index].span),
        ]

    def _ending(self, group: Group) -> Literal["m", "f", "p"] | None:
        """What the ending of a verb without a subject tells of it: `m`, `f` or `p`."""
        form = group.token.form
        if form is None or form.person != 3:
            return None
        return "p" if form.number != "singular" else form.gender


def _depth(depth: int, mark: str) -> int:
    if mark in OPENS:
        return depth + 1
    if mark in CLOSES:
        return max(depth - 1, 0)
    return 0 if depth else 1


@cache
def _set_of(name: str) -> frozenset[str]:
    return frozenset(tables("profile")["classes"][name])


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(map(key, _set_of(name)))


__all__ = ["Speech"]
