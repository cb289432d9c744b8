"""What is claimed: the statements that matter, each with its speaker, its stance and how sure it is.

A statement matters when something the frames found, or an actor, stands in it. Every hit belongs to the innermost statement
that holds its words; what nobody is said to say, the narrator says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kavass import codebook
from kavass.attribute.blame import BODIES
from kavass.attribute.certainty import Certainty
from kavass.attribute.links import BLAME
from kavass.attribute.meant import DECIDED, FIELDS, accusing, leaves_open, mains, meanings, menacing, outlaw
from kavass.attribute.reading import NEAR, Draft, Reading, join
from kavass.attribute.said import BLAMES, Said, statement
from kavass.lang import Language
from kavass.lang.clause import Analysis, Clause, Phrase, Sentence
from kavass.lang.frames import Hit, negated
from kavass.model import RETRACTION, Account, Actor, Modality, Report, Span, Stance

if TYPE_CHECKING:
    from kavass.coding import Coded
    from kavass.refer import Cast

FUTURE = ("future", "conditional", "predicted")
TOPICS = ("posture", "measure", "advisory", "relation", "driver")
OUTLOOK: Mapping[str, Modality] = {"announced": "future", "threatened": "future", "conditional": "conditional"}
OWN = ("claims_responsibility", "denies_responsibility")  # what somebody says of his own part
# What is no deed: who, where, when, and how it is said.
CIRCUMSTANCES = ("time", "place", "statement", "person", "group", "org", "state", "people", "actor")
NEAR_BLAME = 40  # characters between words of responsibility and the deed
BLAMING = ("accuses", "denies_responsibility", "denies_occurrence", "denies_account")
DONE = ("occurred", "ongoing", "attempted")
HELD = ("attributes", "denies_responsibility")  # what is said of a deed that it takes for done
SHORTEST = 8  # characters of a statement without a verb
BELIEFS = ("reports", "evaluates")  # stances of a cue that leave the stance to what is said


def drafts(
    report: Report, analysis: Analysis, hits: Sequence[Hit], cast: Cast, accounts: Sequence[Coded], said: Sequence[Said],
    certainty: Certainty, language: Language,
) -> list[Draft]:  # fmt: skip
    """The claims of a report without ids and links, in text order, none twice."""
    r = Reading(report, analysis, hits, cast, accounts, said, certainty, language)
    found = [*reported(r), *told(r), *evidence(r), *dismissals(r), *reasons(r), *narrated(r)]
    found += [draft for draft in shared(r) if not any(_holds(other, draft) for other in found)]
    found += owed(r, accounts, found)
    kept: dict[tuple[Any, ...], Draft] = {}
    for draft in found:
        if draft.field == "statement" and any(_replaces(other, draft) for other in found):
            continue
        r.weigh(draft)
        key = (
            draft.stance,
            draft.field,
            draft.value,
            draft.about,
            draft.speaker.actor,
            draft.speaker.text,
            draft.sentence.index,
        )
        kept.setdefault(key, draft)
    return sorted(kept.values(), key=lambda d: (d.span, d.cue or d.span, d.stance, d.field, d.value or "", d.about))


# --- what somebody says ----------------------------------------------------------------------------------------------


def reported(r: Reading) -> Iterator[Draft]:
    """The claims that speech makes."""
    for said in r.said:
        if said.setting("claim") == "no" and not _pointing(r, said):
            continue
        stance = _stance(r, said)
        if r.voices.narrates(said) and stance not in BLAMES:
            continue  # the report's own voice
        if stance is None or _spells_out(r, said, stance) or _names(r, said, stance) or _unsaid(said):
            continue
        if stance == "predicts" and said.clause is not None and said.clause.infinitive:
            continue  # "told drivers to expect delays"
        if stance in BELIEFS and said.setting("field") is None:
            yield from _plain(r, said, stance)
        elif ((stance != "evaluates" or said.setting("field")) and said.phrase is not None) or _bears(r, said):
            yield _marked(r, said, stance)


def _spells_out(r: Reading, said: Said, stance: Stance) -> bool:
    """Whether a statement only gives the words of another: "denied it, saying that ...", "rejects that: he says ..."."""
    if stance == "reports" and said.phrase is not None and not _tells(r, said):
        who = r.voices.speaker(said)
        if any(o.sentence is said.sentence and _pointing(r, o) and r.voices.speaker(o) == who for o in r.said):
            return True
    if stance != "reports" or said.clause is None or said.clause.kind != "participle" or said.clause.parent is None:
        return False
    if said.clause.lemma not in r.cues.get("sources", {}).get("plain", ()) or _tells(r, said):
        return False
    above = said.sentence.clauses[said.clause.parent]
    return any(
        o.clause is above and o.hit is not None and o.hit.value not in BELIEFS and o.setting("claim") != "no"
        for o in r.said
    )


def _unsaid(said: Said) -> bool:
    """Whether another denies that it was said, or only asks for it: "denied that Iran had threatened the consulate", "urged the
    government to take responsibility".
    """
    hit = said.outer.hit if said.outer is not None else None
    if hit is None or said.clause is None or said.clause.relation != "content":
        return False
    asked = hit.frame.set.get("claim") == "no" and said.hit is not None and said.hit.value == "claims_responsibility"
    return asked or hit.value.startswith("denies")


def _names(r: Reading, said: Said, stance: Stance) -> bool:
    """Whether a verb of calling only tells a name: "a crew calling itself the Owls", "a gang it calls the Night Shift"."""
    if stance != "characterises" or said.hit is None:
        return False
    labels = said.hit.roles.get("label", ())
    own = any(p.lemma in r.reflexive for p in said.hit.roles.get("about", ()))
    return own or (bool(labels) and all(p.kind == "name" for p in labels))


def _bears(r: Reading, said: Said) -> bool:
    """Whether anything told or anybody stands in what is said, or somebody is held responsible by nobody named."""
    if (
        said.phrase is None
        and said.hit is not None
        and any(r.blamed(said.sentence, p) for p in said.hit.roles.get("about", ()))
    ):
        return True
    words = (p for p in said.sentence.phrases if said.holds(p.head) and p is not said.phrase)
    return bool(r.inside(said)) or any(r.cast.actor(said.sentence, p) for p in words)


def _stance(r: Reading, said: Said) -> Stance | None:
    """The stance of the cue; None if it says nothing (a negated claim of responsibility)."""
    if said.hit is None or said.clause is None:
        return "reports"
    stance = _bent(said.hit)
    if _pointing(r, said):
        return said.setting("pointing")  # type: ignore[return-value]
    if stance == "warns" and leaves_open(r, said):
        return "caveats_evidence"
    if menacing(r, said) and (stance == "commits" or (stance == "warns" and outlaw(r, said))):
        return "threatens"
    own = said.setting("self")
    if own is not None and stance is not None and _of_itself(r, said):
        return own  # type: ignore[return-value]
    if (told := said.setting("told")) is not None and _tells(r, said):
        return told  # type: ignore[return-value]
    if (bare := said.setting("bare")) is not None and stance == said.hit.value and not _tells(r, said):
        return bare  # type: ignore[return-value]
    if stance in BELIEFS and not said.clause.parts and any(map(r.is_untrue, said.content)):
        return _untrue(r, said, said.content)
    if stance == "denies_occurrence" and _of_quarrel(r, said):
        return "denies_account"
    return _scorn(r, said) or stance if stance == "characterises" else stance


def _of_quarrel(r: Reading, said: Said) -> bool:
    """Whether what is denied is only that people are at odds: "denied that there was any dispute"."""
    return not _tells(r, said) and any(p.has("quarrel") for p in said.sentence.phrases if said.holds(p.head))


def _untrue(r: Reading, said: Said, spans: Sequence[Span]) -> Stance:
    """What it is to call something untrue: to deny what it tells, or the word of it if it is an accusation or tells nothing."""
    accounts = r.cues.get("dismissal", {}).get("accounts", ())
    held = [p for p in said.sentence.phrases if any(s.covers(p.head) for s in spans)]
    charged = any(p.lemma in accounts or p.has("account") for p in held[:1])
    told = any(h.kind == "account" and any(s.covers(h.trigger) for s in spans) for h in r.inside(said))
    return "denies_occurrence" if told and not (charged and not _of_word(r, held[0])) else "denies_account"


def _of_word(r: Reading, phrase: Phrase) -> bool:
    """Whether a word for something told is one for news rather than for a charge: "reports of a blast"."""
    return phrase.lemma in r.cues.get("dismissal", {}).get("news", ())


def _pointing(r: Reading, said: Said) -> bool:
    """Whether a cue of rejecting has a pronoun for what others said: "dismissed that"."""
    if said.setting("pointing") is None or said.hit is None:
        return False
    about = said.hit.roles.get("about", ())
    return all(p.kind == "pronoun" for p in about) if about else all(r.key(c) in r.pointers for c in said.content)


def _tells(r: Reading, said: Said) -> bool:
    """Whether an incident stands in what is said, be it one that did not happen."""
    return any(h.kind == "account" for h in r.inside(said))


def _scorn(r: Reading, said: Said) -> Stance | None:
    """What it is to call an accusation absurd, or a reason a pretext: to deny the one, to dispute the other."""
    assert said.hit is not None
    words = r.cues.get("dismissal", {})
    labels = {word for p in said.hit.roles.get("label", ()) for word in (p.lemma, *r.key(p.span).split())}
    told = said.hit.roles.get("about", ())
    named = {p.lemma for p in told}
    joined = [p for p in told if not labels and r.key(p.core).split()[0] in r.pointers]  # called this "a lie"
    labels |= {word for p in joined for word in r.key(p.core).split()[1:]}
    if (
        said.clause is not None
        and said.clause.lemma in words.get("verbs", ())
        and named.intersection(words.get("accounts", ()))
    ):
        return "denies_account"  # dismissed the charge as "a bad spy novel"
    if not labels or labels.isdisjoint((*r.scornful, *words.get("alone", ()), *words.get("lies", ()))):
        return None
    lies = labels.intersection(words.get("lies", ()))
    if all(p.kind == "pronoun" or r.key(p.core).split()[0] in r.pointers for p in said.hit.roles.get("about", ())):
        return "denies_account"  # "called this a lie"
    if named.intersection(words.get("accounts", ())) or (lies and not named.intersection(words.get("reasons", ()))):
        return "denies_account"
    return "disputes_interpretation" if named.intersection(words.get("reasons", ())) else None


def _of_itself(r: Reading, said: Said) -> bool:
    """Whether what is said is about its speaker: he is its subject, or it is an infinitive or a gerund without one.

    What only exists or happens ("that there was any dispute") is nobody's deed.
    """
    assert said.clause is not None
    for clause in said.sentence.clauses:
        if clause.parent != said.clause.index or not any(c.covers(clause.predicate) for c in said.content):
            continue
        subject = said.sentence.filler(clause, "subject")
        if subject is None or subject is said.phrase:
            return subject is said.phrase or (clause.kind == "verb" and (clause.infinitive or clause.tense == "none"))
        return r.voices.own(said, said.sentence, subject) or r.voices.of_force(said, subject)
    return False


def _marked(r: Reading, said: Said, stance: Stance) -> Draft:
    """A statement whose cue tells how it is meant: warned, blamed, denied, called."""
    assert said.hit is not None and said.clause is not None
    whole = statement(said.sentence, said.clause)
    span = join(
        said.cue, *(c for c in said.content if c.start < whole.end or c.touches(whole) or c.start >= said.cue.end)
    )
    span = join(span, Span(max(whole.start, span.start), max(whole.end, span.end)))
    targets, name = said.hit.roles.get("about", ()), _field(r, said, stance)
    if not targets and name == "perpetrator" and stance in BLAMES:
        targets = _told_doers(r, said)
    target = next(iter(targets), None)
    label = next(iter(said.hit.roles.get("label", ())), None)
    accused = r.blamed(said.sentence, target)
    value = r.words(label) if label else r.named(said.sentence, target)
    if stance in OWN:
        accused, name = r.voices.actor(said), "perpetrator"
        value = accused.name if accused else said.source and r.report.words(said.source)
    elif value is None:
        value = next((a.type for a in r.within(said.sentence, span)), None)
    owner = said.outer if said.setting("holder") == "outer" and said.outer is not None else said
    about = r.about_said(said, accused)
    if stance in OWN and said.phrase is not None:  # "guerrillas of the front claimed it"
        whose = (*r.bodies(said.of, said.phrase), *r.voiced(said.of, said.phrase))
        about = tuple(dict.fromkeys((*about, *(a.id for a in whose))))
    if name == "perpetrator":
        about = _of_deed(r, said, about, accused)
        about = (*_meant(r, said.hit, about), *_with(r, said.sentence, targets, about, said)) or r.concerned(said)
        if not any(a in r.accounts for a in about) and _by_clause(said):
            about = _bearing(r, said, about)
    elif name == RETRACTION and not any(a in r.accounts for a in about):
        last = r.before(said.sentence)
        told = r.within(said.sentence, said.sentence.span) or ([last] if last else [])
        about = _bearing(r, said, tuple(dict.fromkeys((*(a.id for a in told), *about))))
    elif stance == "denies_account" and _of_quarrel(r, said):
        about = about or r.concerned(said)
    else:
        about = _bearing(r, said, about)
    return r.draft(said.sentence, stance, name, span, owner, said.clause, value=value, about=about, accused=accused,
                       target=target, cue=said.cue, mode=r.mode(said))  # fmt: skip


def _told_doers(r: Reading, said: Said) -> tuple[Phrase, ...]:
    """Whom an accusation without an object is against: those who are told in it to have done it ("alleged that rebels fired")."""
    deeds = [h for h in r.inside(said) if h.kind == "account" and h.sentence is said.sentence]
    return tuple(p for h in deeds for p in h.roles.get("perpetrator", ()) if p.kind != "pronoun")


def _with(
    r: Reading, sentence: Sentence, targets: Sequence[Phrase], about: tuple[str, ...], said: Said | None
) -> Iterator[str]:
    """Those blamed together with the first ("the government and the army"), and the bodies whose people are blamed."""
    found = (actor.id for phrase in targets for actor in r.bodies(sentence, phrase))
    speaker = r.voices.speaker(said).actor
    yield from (i for i in dict.fromkeys(found) if i not in about and i != speaker)


def _meant(r: Reading, hit: Hit, about: tuple[str, ...]) -> tuple[str, ...]:
    """What a claim of responsibility is about: where it tells no account and no deed of another kind ("of corruption"), the
    last account told before, or the news itself.
    """
    if any(a in r.accounts for a in about) or not _points_back(r, hit):
        return about
    meant = r.before(hit.sentence) or r.news
    return about if meant is None else (meant.id, *about)


def _of_deed(r: Reading, said: Said, about: tuple[str, ...], accused: Actor | None) -> tuple[str, ...]:
    """What blame is about where the deed is a pronoun ("blamed it on the gang that ...") or the noun that the blame describes
    ("an attack that they blamed on the gang", "the massacre, for which they hold the army responsible"), which may stand for
    what its sentence tells.
    """
    assert said.hit is not None and said.clause is not None
    held = said.hit.roles.get("content", ())
    if held and all(p.kind == "pronoun" for p in held):
        about = (accused.id,) if accused else ()
    if any(a in r.accounts for a in about) or said.clause.relation != "relative" or said.clause.phrase is None:
        return about
    noun = said.sentence.phrases[said.clause.phrase]
    told = r.within(said.sentence, noun.core)
    if not told and noun.lemma in r.meaning["deed"]:  # "in an action attributed to the gang, a bomb destroyed ..."
        told = r.within(said.sentence, said.sentence.span)
    return (*(a.id for a in told), *about)


def _by_clause(said: Said) -> bool:
    """Whether the deed that somebody is blamed for or denies is told as a clause: "of using banned weapons"."""
    assert said.clause is not None
    below = (c for c in said.sentence.clauses if c.parent == said.clause.index and c.kind != "noun")
    return any(k.covers(c.predicate) for c in below for k in said.content)


def _points_back(r: Reading, hit: Hit) -> bool:
    """Whether the deed is left out, or is a pronoun or a definite event: "claimed it", "blamed for the attack"."""
    clause, phrases = hit.clause, hit.sentence.phrases
    if any(a.clause is not None for a in clause.arguments if a.function == "complement"):
        return False
    people = [p for role in ("speaker", "about", "addressee") for p in hit.roles.get(role, ())]
    beside = [
        phrases[a.phrase] for a in clause.arguments if a.function in ("object", "oblique") and a.phrase is not None
    ]
    governed = [phrases[i] for p in (*beside, *people) for _, i in p.prepositions]
    deeds = [p for p in (*beside, *governed) if p not in people and not hit.trigger.covers(p.head)]
    return all(
        p.kind in ("pronoun", "name", "time")
        or p.has(*CIRCUMSTANCES)
        or (p.definite is True and (p.has("event", "crime", "casualty") or p.lemma in r.meaning["deed"]))
        for p in deeds
    )


def _field(r: Reading, said: Said, stance: Stance) -> str:
    given = said.setting("field")
    if given == "warning" and _advises(r, said):
        return "advisory"
    if given == "account" and any(h.kind == "posture" and not r.usual(h) for h in r.inside(said)):
        return "posture"  # "denied reports that it had suspended operations"
    if given:
        return given
    kinds = {h.kind for h in r.inside(said)}
    return next(
        (k for k in ("posture", "measure", "relation") if k in kinds), "occurrence" if "account" in kinds else stance
    )


def _advises(r: Reading, said: Said) -> bool:
    """Whether an authority or a mission warns its nationals and travellers: an advisory."""
    actor = r.voices.actor(said)
    asked = said.hit.roles.get("addressee", ()) if said.hit else ()
    words = [*asked, *(p for p in said.sentence.phrases if said.holds(p.head))]
    issues = actor is not None and (actor.kind == "state" or actor.sector in ("government", "diplomatic"))
    issues = issues or (said.phrase is not None and said.phrase.has("facility.diplomatic", "org.ministry", "state"))
    return issues and any(p.lemma in r.meaning["advice"] or p.has("person.foreigner") for p in words)


def _plain(r: Reading, said: Said, stance: Stance) -> Iterator[Draft]:
    """A statement that is only said or believed: one claim for each thing it tells, or one for the whole."""
    meant = dict(meanings(r, said))
    for meaning, turned in meant.items():
        yield _turned(r, said, meaning, turned)
    told = [meaning.predicate for meaning in meant]
    untrue = [p for p in (said.clause.parts if said.clause else ()) if r.is_untrue(p)]
    for part in untrue:
        as_ = _untrue(r, said, [part])
        about = _bearing(r, said, r.about(said.sentence, part, None))
        yield r.draft(said.sentence, as_, FIELDS[as_], part, said, None, about=about, cue=said.cue, mode=r.mode(said))
    told += untrue
    blamed = [h for h in r.inside(said) if h.kind == "stance" and h.value in HELD and "speaker" not in h.frame.roles.values()
              and _bent(h) is not None]  # fmt: skip
    told += [h.trigger for h in blamed]
    for hit in r.inside(said):
        if hit.clause in meant or _twice(r, said, hit) or any(p.covers(hit.trigger) for p in untrue):
            continue
        if hit.kind in TOPICS and (r.lacking(hit) or any(above in meant for above in hit.sentence.above(hit.clause))):
            continue  # "received no such demand"
        if hit.kind == "account" and any(_of_blame(hit, h) for h in blamed):
            continue  # told by `told`
        if hit.kind == "account" and (account := r.account(hit)) and not r.supposed(hit):
            told.append(hit.trigger)
            as_ = "accuses" if accusing(r, said, hit) else _weighty(r, hit, stance)
            yield from _of_account(r, hit, account, said, as_, r.segment(said, hit.trigger))
        elif hit.kind in TOPICS and not r.usual(hit):
            told.append(hit.trigger)
            to_come = hit.kind == "posture" and (hit.clause.modality in FUTURE or hit.clause.tense == "future")
            own = to_come and r.voices.own(said, hit.sentence, hit.sentence.filler(hit.clause, "subject"))
            as_ = "commits" if own and not r.condition(hit.sentence, hit.clause) else stance
            yield _topic(r, hit, as_, said, r.segment(said, hit.trigger))
    if said.clause is not None and said.clause.parts:
        silent = [p for p in said.clause.parts if p.end - p.start > SHORTEST and not any(p.covers(t) for t in told)]
        yield from (_part(r, said, stance, part) for part in silent)
        return
    clause = _top(said)
    if not told and clause is None and said.length > SHORTEST and said.phrase is not None:
        tone = r.tone(said.content[0])
        yield _whole(
            r, said, tone or stance, FIELDS[tone] if tone else "statement", None
        )  # no verb of its own: «القتلى اثنا عشر»
    elif not told and clause is not None and not _only_reports(r, clause):
        harm = any(h.clause is clause and (h.kind == "account" or h.value == "threatens") for h in r.hits)
        tone = r.tone(r.segment(said, clause.predicate))
        as_ = "warns" if harm and clause.modality == "possible" else tone or stance
        yield _whole(r, said, as_, FIELDS[tone] if tone and as_ is tone else "statement", clause)


def _of_blame(hit: Hit, blame: Hit) -> bool:
    """Whether a deed is what words of responsibility are about: they share its clause, or it is a noun right after them."""
    near = 0 <= hit.trigger.start - blame.trigger.end <= NEAR_BLAME and hit.clause.kind == "noun"
    return blame.clause is hit.clause or blame.clause in hit.sentence.above(hit.clause) or (
        near and blame.sentence is hit.sentence)  # fmt: skip


def _part(r: Reading, said: Said, stance: Stance, part: Span) -> Draft:
    """A claim of one of several things said that tells nothing by itself: "..., and that the report was false"."""
    inside = [c for c in said.sentence.clauses if c.kind != "noun" and part.covers(c.predicate)]
    about = _bearing(r, said, r.about(said.sentence, part, None))
    tone = r.tone(part)
    name = FIELDS[tone] if tone else "statement"
    return r.draft(said.sentence, tone or stance, name, part, said, inside[0] if inside else None, about=about, cue=said.cue,
                   mode=r.mode(said))  # fmt: skip


def _twice(r: Reading, said: Said, hit: Hit) -> bool:
    """Whether a closing is told by its other half: that of a mission as posture, that of anything else as an incident."""
    others = [h for h in r.beside(hit.sentence) if h.clause is hit.clause and h is not hit]
    if hit.kind == "account" and hit.value == "closure":
        return any(h.kind == "posture" for h in others) and _of_mission(said, hit)
    if hit.kind == "posture":
        return any(h.kind == "account" and h.value == "closure" for h in others) and not _of_mission(said, hit)
    return False


def _of_mission(said: Said, hit: Hit) -> bool:
    """Whether a mission speaks or is named in the clause."""
    named = [hit.sentence.phrases[a.phrase] for a in hit.clause.arguments if a.phrase is not None]
    named += [hit.sentence.phrases[p.possessor] for p in named if p.possessor is not None]
    return any(
        p.has("facility.diplomatic", "person.diplomatic") for p in (*named, *([said.phrase] if said.phrase else []))
    )


def _turned(r: Reading, said: Said, clause: Clause, stance: Stance) -> Draft:
    """A claim of a main clause of what is said whose words tell how it is meant."""
    span = r.segment(said, clause.predicate)
    if len(mains(said)) > 1:
        span = statement(said.sentence, clause)
    own = r.voices.actor(said) if stance in OWN else None
    posture = any(h.clause is clause and h.kind == "posture" for h in r.beside(said.sentence))
    about = _bearing(r, said, r.about(said.sentence, span, None))
    name = "posture" if posture else FIELDS[stance]
    return r.draft(said.sentence, stance, name, span, said, clause, value=own.name if own else None, about=about, accused=own,
                   cue=said.cue, mode=r.mode(said))  # fmt: skip


def _whole(r: Reading, said: Said, stance: Stance, name: str, clause: Clause | None) -> Draft:
    """A claim of all that the statement says."""
    span = r.segment(said, clause.predicate) if clause is not None else said.content[0]
    about = _bearing(r, said, r.about(said.sentence, span, None))
    return r.draft(said.sentence, stance, name, span, said, clause, about=about, cue=said.cue, mode=r.mode(said))


def _topic(r: Reading, hit: Hit, stance: Stance, said: Said | None, span: Span) -> Draft:
    """A claim of a change of posture, a measure, a tie, a grievance."""
    return r.draft(hit.sentence, stance, hit.kind, join(span, hit.trigger), said, hit.clause, value=hit.value,
                       about=r.about(hit.sentence, span, None), cue=said.cue if said else hit.trigger,
                       mode=r.mode(said))  # fmt: skip


def _weighty(r: Reading, hit: Hit, stance: Stance) -> Stance:
    """Harm that may come is a warning, whatever the cue."""
    return "warns" if r.modality(hit.sentence, hit.clause) == "possible" else stance


def _only_reports(r: Reading, top: Clause) -> bool:
    """Whether a statement does nothing but report another one."""
    return any(o.clause is top and o.setting("claim") != "no" for o in r.said)


def _bearing(r: Reading, said: Said, about: tuple[str, ...]) -> tuple[str, ...]:
    """What a statement is about, the account that is being talked of first where it tells none itself."""
    speaker, about = r.voices.speaker(said).actor, about or r.concerned(said)
    account = next((a for a in about if a in r.accounts), None)
    if account is None:
        focus = r.focus.of(said, speaker, r.kinds(said), about)
        if focus is None:
            return about
        account, about = focus.id, (focus.id, *about)
    r.focus.note(speaker, account)
    return about


# --- what frames tell that name no speaker ---------------------------------------------------------------------------


def told(r: Reading) -> Iterator[Draft]:
    """Responsibility, responses, causes and evidence: claims of whoever says the sentence."""
    for hit in r.hits:
        if hit.kind != "stance" or "speaker" in hit.frame.roles.values() or hit.frame.set.get("needs") == "never":
            continue
        holder, stance = r.holder(hit.trigger), _bent(hit)
        needed = hit.frame.set.get("needs") in ("said", "deed") or stance == "threatens"
        if stance is None or (needed and holder is None) or (hit.frame.set.get("cause") and not _causes(r, hit)):
            continue
        if stance == "attributes" and holder is not None and holder.hit is not None and holder.hit.value in BLAMING:
            continue  # what is blamed or denied is told by the cue: "accused them of being behind it"
        if hit.frame.set.get("needs") == "provoked" and not _provoked(r, hit):
            continue
        clause = _bearer(hit)
        targets = hit.roles.get("about", ())
        target = next(iter(targets), None)
        if clause is not hit.clause:
            target = hit.sentence.filler(clause, "subject")
        accused, span, field = (
            r.blamed(hit.sentence, target),
            statement(hit.sentence, clause),
            hit.frame.set.get("field", stance),
        )
        if stance == "attributes" and accused is None and target is not None and target.kind == "pronoun":
            continue  # "who was behind the blast"
        own = accused is not None and accused is r.voices.actor(holder)
        about = r.about(hit.sentence, span, accused)
        if hit.frame.set.get("needs") == "deed":
            deed = _deed(r, hit, stance, own)
            if deed is None:
                continue
            about = tuple(dict.fromkeys((*deed, *about)))
        if field == "perpetrator":
            about = (*_meant(r, hit, about), *_with(r, hit.sentence, targets, about, holder))
        if stance == "denies_responsibility" and accused is None and target is not None and target.kind != "pronoun":
            stance = "disputes_interpretation"  # "politics had nothing to do with it"
        if stance == "attributes" and own and not hit.frame.set.get("cause"):
            stance = "claims_responsibility"
        yield r.draft(hit.sentence, stance, field, span, holder, clause, value=r.named(hit.sentence, target),
                      about=about, accused=accused, target=target, cue=hit.trigger, mode=r.mode(holder))  # fmt: skip


def _bearer(hit: Hit) -> Clause:
    """The clause that says whom it is about: an infinitive that describes a noun leaves that to the clause above."""
    above = next(iter(hit.sentence.above(hit.clause)), None)
    return above if above is not None and hit.clause.infinitive and hit.clause.relation == "relative" else hit.clause


def _deed(r: Reading, hit: Hit, stance: Stance, own: bool) -> tuple[str, ...] | None:
    """The accounts that a word of responsibility bears on; None if it is for no deed ("responsible for education").

    A deed is an account or an event, told here or meant by a pronoun; whoever owns up owns up to an account.
    """
    s, deeds = hit.sentence, _deeds(hit)
    below = [c.span for c in s.clauses if c.kind != "noun" and any(above is hit.clause for above in s.above(c))]
    inside = [a.id for p in deeds for a in r.within(s, p.span)] or [a.id for span in below for a in r.within(s, span)]
    back = not deeds or any(
        p.kind == "pronoun" or (p.definite and (p.has("event") or p.lemma in r.meaning["deed"])) for p in deeds
    )
    if not inside and back and (last := r.before(s)) is not None:
        inside = [last.id]
    if inside:
        return tuple(dict.fromkeys(inside))
    if own and stance != "denies_responsibility":
        return None
    told = any(p.has("event", "casualty") for p in deeds) or (not deeds and stance == "threatens")
    return () if told else None


def _deeds(hit: Hit) -> list[Phrase]:
    """What a word of responsibility is said to be for: the frame's own role, or what its predicative or object governs."""
    phrases = hit.sentence.phrases
    governors = [
        a.phrase for a in hit.clause.arguments if a.function in ("predicative", "object") and a.phrase is not None
    ]
    return [*hit.roles.get("deed", ()), *(phrases[i] for g in governors for _, i in phrases[g].prepositions)]


def _provoked(r: Reading, hit: Hit) -> bool:
    """Whether an answer is one to harm, or the same speaker said just before that it would be."""
    if _to_harm(r, hit):
        return True
    who, near = r.voices.actor(r.holder(hit.trigger)), range(hit.sentence.index - NEAR, hit.sentence.index + 1)
    return who is not None and any(
        h.frame is hit.frame and h.trigger < hit.trigger and h.sentence.index in near
        and r.voices.actor(r.holder(h.trigger)) is who and _to_harm(r, h) for h in r.hits)  # fmt: skip


def _to_harm(r: Reading, hit: Hit) -> bool:
    """Whether an answer is one to violence, to a state or an armed group, or under the condition of violence."""
    s, asked = hit.sentence, hit.roles.get("about", ())
    if any(p.has("group", "state", "person.fighter") for p in asked):
        return True
    if any(actor.kind == "state" for p in asked if (actor := r.cast.actor(s, p))):
        return True
    spans = [p.span for p in asked] + [c.span for c in s.clauses if c.parent == hit.clause.index and r.supposing(c)]
    violent = (h for h in r.hits if h.kind == "account" and h.sentence is s and codebook.family(h.value) == "violence")
    return any(span.covers(h.trigger) for h in violent for span in spans)


def _causes(r: Reading, hit: Hit) -> bool:
    """Whether a cause or its effect is something told: an incident or a grievance, not just anything."""
    near = statement(hit.sentence, hit.clause)
    described = [hit.sentence.phrases[hit.clause.phrase].span] if hit.clause.phrase is not None else []
    spans = [near, *described]
    return any(h.kind in ("account", "driver") and h.sentence is hit.sentence and any(s.touches(h.trigger) for s in spans)
               for h in r.hits)  # fmt: skip


def evidence(r: Reading) -> Iterator[Draft]:
    """What is said of evidence: that there is none, that it is firm."""
    words = r.cues.get("evidence", {})
    nouns, firm, weak = (frozenset(words.get(k, ())) for k in ("nouns", "firm", "weak"))
    for sentence in r.analysis.sentences:
        for phrase in sentence.phrases:
            if phrase.lemma not in nouns and not phrase.has("evidence"):
                continue
            clause = r.clause_of(sentence, phrase)
            if clause is None or any(h.clause is clause and h.value == "caveats_evidence" for h in r.hits):
                continue
            stance = _evidence_stance(r, sentence, clause, phrase, firm, weak)
            if stance:
                span = join(statement(sentence, clause), phrase.span)
                holder = r.holder(phrase.head)
                yield r.draft(sentence, stance, "evidence", span, holder, clause, about=r.about(sentence, span, None),
                                  cue=phrase.head, mode=r.mode(holder), target=phrase)  # fmt: skip


def _evidence_stance(
    r: Reading, sentence: Sentence, clause: Clause, phrase: Phrase, firm: frozenset[str], weak: frozenset[str]
) -> Stance | None:
    if phrase.negated:
        return "caveats_evidence"
    if sentence.filler(clause, "subject") is not phrase and sentence.filler(clause, "object") is not phrase:
        return None
    rest = {clause.lemma, *r.language.key(r.report.text[clause.predicate.start : clause.span.end]).split()}
    if rest & weak or (rest & firm and clause.negated):
        return "caveats_evidence"
    return "evaluates" if rest & firm and sentence.filler(clause, "subject") is phrase else None


def dismissals(r: Reading) -> Iterator[Draft]:
    """Words that brush aside what others say: "a laughable justification", "baseless accusations"."""
    words = r.cues.get("dismissal", {})
    reasons, accounts, alone = (frozenset(words.get(k, ())) for k in ("reasons", "accounts", "alone"))
    for sentence in r.analysis.sentences:
        for phrase in sentence.phrases:
            if phrase.lemma not in reasons | accounts | alone:
                continue
            said_of = [c for c in sentence.clauses if c.kind == "copula" and sentence.filler(c, "subject") is phrase]
            scorned = r.scornful.intersection(
                (*phrase.modifiers, *r.key(phrase.core).split(), *(c.lemma for c in said_of))
            )
            holder = r.holder(phrase.head, claiming=False)
            if holder is None or not (scorned or phrase.lemma in alone):
                continue
            if holder.hit is not None and holder.hit.value == "characterises" and _scorn(r, holder) == "denies_account":
                continue  # told by the cue
            reading = phrase.lemma not in words.get("lies", ()) and (phrase.lemma not in accounts or not scorned)
            stance: Stance = "disputes_interpretation" if reading else "denies_account"
            clause = r.clause_of(sentence, phrase)
            span = join(phrase.span, *(statement(sentence, c) for c in said_of))
            about = _bearing(r, holder, r.about(sentence, span, None))
            yield r.draft(sentence, stance, "reason" if reading else "account", span, holder, clause,
                              value=r.words(phrase), about=about, cue=phrase.head, target=phrase, mode=r.mode(holder))  # fmt: skip


def reasons(r: Reading) -> Iterator[Draft]:
    """Why a post changes, where the clause gives it after a preposition: "following threats"."""
    openers = frozenset(r.language.key(p) for p in r.cues.get("reasons", {}).get("prepositions", ()))
    for hit in r.hits:
        if hit.kind != "posture" or r.usual(hit):
            continue
        for argument in hit.sentence.arguments(hit.clause, "oblique"):
            if argument.phrase is None or r.language.key(argument.preposition or "") not in openers:
                continue
            phrase = hit.sentence.phrases[argument.phrase]
            if phrase.kind == "time" or phrase.has("time", "place"):
                continue
            holder = r.holder(hit.trigger)
            accused = r.blamed(hit.sentence, phrase)
            yield r.draft(hit.sentence, "attributes", "reason", argument.span, holder, hit.clause,
                              value=r.words(phrase), about=r.about(hit.sentence, argument.span, accused),
                              accused=accused, target=phrase,
                              cue=hit.trigger, mode=r.mode(holder))  # fmt: skip


def shared(r: Reading) -> Iterator[Draft]:
    """Who is said to have had a part in a deed that a noun tells: "involved in the massacre", "suspected of the raid"."""
    for hit in r.hits:
        stance: Stance | None = hit.frame.set.get("stance") if hit.kind == "part" else None  # type: ignore[assignment]
        if stance is None or hit.clause.negated or hit.clause.modality not in ("actual", "possible"):
            continue
        s, doers = hit.sentence, [p for p in hit.roles.get("doer", ()) if p.kind != "pronoun" and not p.negated]
        named = [a.span for a in hit.clause.arguments if a.span.start > hit.clause.predicate.start]
        deeds = [a for span in (*(p.span for p in hit.roles.get("deed", ())), *named) for a in r.within(s, span)]
        held = {role.actor for a in deeds for role in a.roles if role.role == "perpetrator"}
        bodies = {b.id: b for p in doers for b in r.bodies(s, p) if b.id in held}
        if not bodies:
            continue
        accused, holder = next(iter(bodies.values())), r.holder(hit.trigger)
        about = tuple(dict.fromkeys((*(a.id for a in deeds), *bodies)))
        yield r.draft(s, stance, "perpetrator", statement(s, hit.clause), holder, hit.clause, value=accused.name, about=about,
                      accused=accused, target=doers[0], cue=hit.trigger, mode=r.mode(holder))  # fmt: skip


def owed(r: Reading, accounts: Sequence[Coded], found: Sequence[Draft]) -> Iterator[Draft]:
    """The bodies that did violence, where no claim says so yet: held responsible by those who blame them in the words that they
    were read from, else, if they have a name, told by whoever says the words.
    """
    for coded in accounts:
        if codebook.family(coded.account.type) != "violence" or coded.account.status not in DONE:
            continue
        doers = {f.actor.id: f.actor for f in coded.doers if f.actor is not None and f.actor.kind in BODIES}
        for actor in doers.values():
            if any(_tells_of(d, actor) and coded.account.id in d.about for d in found):
                continue
            words = [f for f in coded.doers if f.actor is actor]
            places = [f.sentence for f in words]
            blame = [d for d in found if d.stance in BLAME and d.sentence in places and _tells_of(d, actor)]
            yield from (replace(d, about=(coded.account.id, actor.id), accused=actor, value=actor.name) for d in blame)
            if blame or not (actor.kind == "organisation" or any(f.named or f.phrase.kind == "name" for f in words)):
                continue
            denied = [d.sentence for d in found if d.stance.startswith("denies")]
            told = [h.sentence for h in coded.hits if h.sentence not in denied]
            if (first := next((f for f in words if f.sentence in told), None)) is not None:
                yield from _of_words(r, coded.account, first.sentence, first.phrase, actor)


def _tells_of(draft: Draft, actor: Actor) -> bool:
    """Whether a claim tells that an actor did something."""
    mine = draft.accused is actor or actor.id in draft.about or draft.value == actor.name
    return draft.field == "perpetrator" and mine


def _of_words(r: Reading, account: Account, sentence: Sentence, phrase: Phrase, actor: Actor) -> Iterator[Draft]:
    """That an actor did it, as the clause around him is said: blamed in a statement that blames, else reported."""
    if (clause := r.clause_of(sentence, phrase)) is None:
        return
    holder = r.holder(phrase.head)
    cue = holder.hit.value if holder is not None and holder.hit is not None else None
    stance: Stance = cue if cue in BLAMES else "reports"  # type: ignore[assignment]
    if any(s.clause is clause for s in r.said):
        return
    yield r.draft(sentence, stance, "perpetrator", statement(sentence, clause), holder, clause,
                  value=actor.name, about=(account.id,), accused=actor, target=phrase,
                  cue=holder.cue if holder is not None else None, mode=r.mode(holder))  # fmt: skip


def _holds(other: Draft, draft: Draft) -> bool:
    """Whether a claim of the same sentence already holds the same responsible for the same, or denies it."""
    same = other.sentence is draft.sentence and other.field == draft.field and set(other.about) & set(draft.about)
    return bool(same) and (
        other.stance.startswith("denies") or (draft.accused is not None and draft.accused.id in other.about)
    )


# --- what the narrator tells -----------------------------------------------------------------------------------------


def narrated(r: Reading) -> Iterator[Draft]:
    """What nobody is said to say."""
    voiced = {id(s.clause) for s in r.said}
    for account, hits in r.tellings:
        free = [h for h in hits if r.holder(h.trigger, claiming=False) is None and not r.supposed(h)
                and id(h.clause) not in voiced]  # fmt: skip
        named = set[str | None]()
        for hit in free:
            for draft in _of_account(r, hit, account, None, "reports", statement(hit.sentence, hit.clause)):
                if hit is free[0] or (draft.field == "perpetrator" and draft.value not in named):
                    yield draft
                if draft.field == "perpetrator":
                    named.add(draft.value)
    for hit in r.hits:
        if (
            hit.kind in TOPICS
            and hit.kind != "driver"
            and not r.usual(hit)
            and r.holder(hit.trigger, claiming=False) is None
        ):
            yield _topic(r, hit, "reports", None, statement(hit.sentence, hit.clause))


def _of_account(
    r: Reading, hit: Hit, account: Account, said: Said | None, stance: Stance, span: Span
) -> Iterator[Draft]:
    """That it happened, who did it and how many it hit, as far as this clause says so."""
    cue, mode = (said.cue if said else None), r.mode(said)
    if said is None and any(q.covers(hit.trigger) for q in hit.sentence.quotes):
        mode = "direct"
    whole = join(statement(hit.sentence, hit.clause), hit.trigger)

    def one(name: str, value: str | None, accused: Actor | None = None, clause: Clause = hit.clause) -> Draft:
        words = span if clause is hit.clause else join(span, statement(hit.sentence, clause))
        draft = r.draft(hit.sentence, stance, name, words, said, clause, value=value, about=(account.id,),
                            accused=accused, cue=cue, mode=mode)  # fmt: skip
        if draft.modality == "actual":
            draft.modality = OUTLOOK.get(account.status, "actual")
        return draft

    yield one("occurrence", account.type)
    doers = {role.actor for role in account.roles if role.role == "perpetrator"}
    for phrase in hit.roles.get("perpetrator", ()):
        for actor in r.bodies(hit.sentence, phrase):
            if actor.id in doers:
                draft = one("perpetrator", actor.name, actor, _carrying(hit, phrase))
                decided = codebook.family(account.type) in DECIDED  # a curfew is imposed, not owned up to
                if stance == "reports" and said is not None and not decided and r.speaks_for(said, actor):
                    draft.stance = "claims_responsibility"
                yield draft
    told: dict[tuple[str, str], Span] = {(c.field, c.text): c.span for c in account.counts}
    told |= {(name, words): span for name, words, span in r.counted(hit, account)}
    for (name, words), span in told.items():
        if whole.covers(span) or (said is not None and said.holds(span) and hit.sentence.span.covers(span)):
            yield one(name, words)


def _carrying(hit: Hit, doer: Phrase) -> Clause:
    """The clause that tells who did it: the deed's own, or that which has its noun and the doer beside each other ("the raid
    was presumably carried out by rebels").
    """
    above = next(iter(hit.sentence.above(hit.clause)), None) if hit.clause.kind == "noun" else None
    beside = (
        above is not None
        and above.kind == "verb"
        and not hit.clause.span.covers(doer.head)
        and any(a.phrase == doer.index for a in above.arguments)
    )
    return above if above is not None and beside else hit.clause


def _bent(hit: Hit) -> Stance | None:
    """The stance of a frame in this clause: what it becomes under negation or in the future; None if it says nothing."""
    bent: str = hit.value
    if (turned := hit.frame.set.get("negated")) and negated(hit.sentence, hit.clause):
        bent = turned
    elif (later := hit.frame.set.get("future")) and (hit.clause.modality in FUTURE or hit.clause.tense == "future"):
        bent = later
    return None if bent == "none" else bent  # type: ignore[return-value]


def _top(said: Said) -> Clause | None:
    """The main clause of a content: the first that stands in it and hangs on nothing in it."""
    inside = [c for c in said.sentence.clauses if c is not said.clause and c.kind != "noun" and said.holds(c.predicate)]
    held = {c.index for c in inside}
    return next((c for c in sorted(inside, key=lambda c: c.predicate) if c.parent not in held), None)


def _replaces(other: Draft, draft: Draft) -> bool:
    """Whether a claim of the same statement tells most of it more exactly."""
    if other is draft or other.said is not draft.said:
        return False
    shared = min(other.span.end, draft.span.end) - max(other.span.start, draft.span.start)
    return shared > 0.75 * (draft.span.end - draft.span.start)
