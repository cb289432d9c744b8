"""Arabic tokens: words with offsets into the unchanged text, particles split off, and what each word can be.

A letter is split off as a particle only when the rest is known and the whole is not, or the article shows it («وال», «بال»,
«لل»). Which of several readings holds is decided by the words before: after a preposition «قتل» is a noun, after «قد» or at
the start of a clause it is a verb.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from kavass.gazetteer import places as gazetteer
from kavass.lang.ar.forms import (
    PRONOUNS,
    Form,
    entries,
    imperfect_stem,
    key,
    masdars,
    noun_forms,
    participle_forms,
    tables,
    verb_forms,
)
from kavass.lang.frames import Frames
from kavass.lang.text import HOUR
from kavass.model import Span

Pos = Literal[
    "verb", "noun", "participle", "unknown", "number", "preposition", "content", "adverbial", "contrast", "relative", "negation",
    "particle", "determiner", "pronoun", "adverb", "conjunction", "punctuation", "name",
]  # fmt: skip
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad"
WORD = re.compile(rf"\d+(?:[.,٫٬]\d+)*|(?:(?![\d_])[\w{MARKS}])+|[^\w\s]")
DAMMA = "\u064f"
TATWEEL = "\u0640"
PREPOSITIONS_LIKE_VERBS = ("تحت",)  # «فتحت النار»
REACH = 14  # words over which a deed told by a noun is joined to the next
SHORTEST, LONG, KNOWN_ABROAD = 4, 5, 60_000  # letters of a town's name, of one that is no verb; people of a town abroad
ATTACHABLE = ("ب", "ل", "ك")
SHADDA = "\u0651"
DROP = re.compile(rf"[{MARKS}]")
SPLITS = (  # conjunction, preposition, article, longest first; "س" is the future
    "وبال", "ولل", "وكال", "فبال", "وال", "فال", "بال", "كال", "لل", "ال",
    "وب", "ول", "وس", "فس", "فل", "فب", "و", "ف", "ب", "ل", "ك", "س",
)  # fmt: skip


@dataclass(slots=True)
class Token:
    """A word: `span` as it stands, `core` without attached particles and pronoun, `stem` the folded rest."""

    span: Span
    core: Span
    key: str
    stem: str
    pos: Pos = "unknown"
    form: Form | None = None
    lemma: str = ""
    conjunction: str = ""
    preposition: str = ""
    future: bool = False
    definite: bool = False
    pronoun: str = ""
    value: int | None = None
    theirs: bool = False  # written with haa, not taa marbuta, at its end: «قتله» rather than «قتلة»
    marbuta: bool = False  # written with taa marbuta: no pronoun follows
    dotted: bool = False  # ends with the yaa that has its dots: «تلقي» is no «تلقى»
    below: bool = False  # written with hamza below the alif: «إن» and its like, after which no verb stands
    passive: bool = False  # written with the vowel of the passive
    doubled: bool = False  # written with a doubled letter
    lasting: bool = False  # written with an alif in the form of yaa at its end, as few nouns without article are: «نفى»
    others: list[Form] = field(default_factory=list)

    @property
    def nominal(self) -> bool:
        """Whether it can stand in a noun phrase."""
        return self.pos in ("noun", "unknown", "number", "determiner", "pronoun", "name", "participle")


def tokens(text: str, span: Span, frames: Frames) -> list[Token]:
    """The words and marks of a stretch of text, each read as what it most likely is."""
    known = vocabulary(frames)
    found = [_token(text, m, span.start, known) for m in WORD.finditer(text[span.start : span.end])]
    if hour := HOUR.match(text, span.start, span.end):
        found = [t for t in found if t.span.start >= hour.end()]  # of an entry of a live page: no number of anything
    for i, token in enumerate(found):
        if SHADDA in (raw := text[token.span.start : token.span.end]) and not (
            i and _classed(found[i - 1], "weapon.air")
        ):
            _double(token, raw)
        _choose(found, i, token, known)
    return found


def letters(text: str) -> str:
    """A word as it would be listed: vowel signs, stretching and invisible marks dropped, hamza kept."""
    return DROP.sub("", text)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded forms and what they can be; closed words by folded form."""

    forms: dict[str, tuple[Form, ...]]
    closed: dict[str, Pos]
    numbers: dict[str, int]
    adjectives: frozenset[str]
    pairs: frozenset[tuple[str, str]]  # first two words of terms and of frames' nouns


@cache
def vocabulary(frames: Frames) -> Vocabulary:
    """Everything known by form, for these frames; built once."""
    forms: dict[str, dict[Form, None]] = defaultdict(dict)
    verbs, nouns = _lemmas(frames)
    for verb in verbs:
        for text, form in (*verb_forms(verb), *participle_forms(verb)):
            forms[text][form] = None
    for noun, (broken, person, g) in nouns.items():
        for text, form in noun_forms(noun, broken, person=person):
            forms[text][replace(form, gender="f") if g == "f" and form.number == "singular" else form] = None
    for words in towns():  # «كادونا» is no «كاد»
        if len(words) == 1 and (
            words[0] not in forms or (len(words[0]) >= LONG and all(f.pos == "verb" for f in forms[words[0]]))
        ):
            forms[words[0]] = {Form(words[0], "noun"): None}
    for term, classes, _, _ in entries():  # «عدن» is no «عددن»
        if "proper" in classes and (read := forms.get(key(term))) and any(f.pos == "noun" for f in read):
            forms[key(term)] = {
                f: None for f in read if not (f.pos == "verb" and (f.gender, f.number) == ("f", "plural"))
            }
    for verb in verbs:  # «يصف» is from «وصف», hardly the jussive of «صفى»
        if len(verb) == 3 and verb.startswith("و"):
            for text in (prefix + imperfect_stem(verb) for prefix in "يت"):
                kept = {f: None for f in forms[text] if f.tense != "imperfect" or not f.lemma.endswith(("ى", "ا"))}
                forms[text] = kept or forms[text]
    for vague in tables("numbers")["vague"]:  # «بعشرات»
        forms[key(vague)].setdefault(Form(vague, "noun", number="plural", gender="f"))
    n = tables("numbers")
    numbers = {key(w): v for table in ("words", "multipliers") for w, v in n[table].items()}
    adjectives = frozenset(key(a) for a in tables("profile")["classes"]["adjectives"])
    adjectives |= {key(words.split(" ")[0]) for part, words in frames.triggers() if part in ("adjective", "modify")}
    return Vocabulary({k: tuple(v) for k, v in forms.items()}, _closed(), numbers, adjectives, _pairs(frames))


def _lemmas(frames: Frames) -> tuple[list[str], dict[str, tuple[tuple[str, ...], bool, str]]]:
    """The verbs and the nouns (broken plurals, whether of persons, gender) known from frames, lexicon and tables."""
    table, verbs = tables("verbs"), dict[str, None]()
    nouns: dict[str, tuple[tuple[str, ...], bool, str]] = {}
    acts = frozenset(table["common"]) | frozenset(table["transitive"]) | frozenset(table["participles"])
    for term, classes, broken, g in entries():
        if all(c.startswith(("genre.", "modal.conditional")) for c in classes):  # no nouns, or as they stand in titles
            continue
        if " " not in term and not (term in acts and all(c.startswith(("modal", "context")) for c in classes)):
            person = any(
                c.startswith(("person", "people")) or c in ("adjective", "anonymous", "generic") for c in classes
            )
            held = nouns.get(term, ((), False, ""))
            nouns[term] = ((*held[0], *broken), person or held[1], g or held[2])
    for part, words in frames.triggers():
        first, *rest = words.split(" ")
        if part in ("verb", "light"):
            verbs[first] = None
        elif part in ("noun", "modify"):
            nouns.setdefault((rest[0] if part == "modify" and rest else first), ((), False, ""))
        if part == "light" and rest:
            nouns.setdefault(rest[0], ((), False, ""))
        if part in ("modify", "adjective"):
            nouns.setdefault(first, ((), True, ""))
    for name in ("common", "transitive", "intransitive", "participles", "imperfect"):
        verbs.update(dict.fromkeys(table[name]))
    for adjective in tables("profile")["classes"]["adjectives"]:
        nouns.setdefault(adjective, ((), True, ""))
    for noun in (*table["nouns"], *(m for v in verbs for m in masdars(v))):
        nouns.setdefault(noun, ((), False, ""))
    return list(verbs), nouns


def _pairs(frames: Frames) -> frozenset[tuple[str, str]]:
    terms = [term for term, classes, *_ in entries() if not all(c.startswith("genre.") for c in classes)] + [
        words for part, words in frames.triggers() if part == "noun"
    ]
    split = [key(t).split(" ") for t in terms if " " in t]
    return frozenset((w[0], w[1].removeprefix("ال")) for w in split)


@cache
def _closed() -> dict[str, Pos]:
    p, found = tables("profile"), dict[str, Pos]()
    classes: tuple[tuple[str, Pos], ...] = (
        ("adverbs", "adverb"), ("quantifiers", "determiner"), ("determiners", "determiner"), ("pronouns", "pronoun"),
        ("name_particles", "name"), ("relative", "relative"), ("contrast", "contrast"), ("adverbial", "adverbial"),
        ("content", "content"), ("possible", "particle"), ("particles", "particle"), ("negation", "negation"),
    )  # fmt: skip
    for name, pos in classes:
        found.update((key(w), pos) for w in p["classes"][name])
    found.update((key(w), "preposition") for w in p["prepositions"])
    found.update((key(w), "conjunction") for w in ("أو", "و", "إما"))
    return found


@cache
def _with_pronoun() -> dict[str, tuple[str, str]]:
    """Prepositions with a pronoun: «منها» -> («من», «ها»)."""
    listed = tables("profile")["classes"]["with_pronouns"]
    return {
        key(preposition) + p: (preposition, p)
        for preposition in listed
        for p in PRONOUNS
        if p not in ("ني", "ك", "كما")
    }


# reading one word


def _token(text: str, match: re.Match[str], offset: int, known: Vocabulary) -> Token:
    raw = match.group()
    span = Span(offset + match.start(), offset + match.end())
    folded = key(raw)
    if not folded:
        return Token(span, span, raw, raw, "punctuation")
    token = Token(span, span, folded, folded)
    token.theirs, token.marbuta = letters(raw).endswith("ه"), letters(raw).endswith("ة")
    token.lasting = letters(raw).endswith("ى")
    token.dotted = letters(raw).endswith("ي")
    if folded[0].isdigit():
        token.pos, token.value = "number", _value(raw)
        return token
    for conjunction, rest in _conjunctions(folded):
        if conjunction == "ف" and rest in PREPOSITIONS_LIKE_VERBS:
            continue
        if not _spelt_otherwise(raw) and _closed_word(token, rest, known):
            token.conjunction = conjunction
            break
        if rest[0] in ATTACHABLE and rest[1:] in _standing() and not known.forms.get(rest):  # «بعدم»
            token.conjunction, token.pos, token.stem, token.lemma = conjunction, "negation", rest[1:], rest[1:]
            token.preposition = rest[0]
            break
        if rest[0] in ATTACHABLE and rest[1:] in _demonstratives() and not known.forms.get(rest):  # «بهذه العبارة»
            token.conjunction, token.pos, token.stem, token.lemma = conjunction, "determiner", rest[1:], rest[1:]
            token.preposition = rest[0]
            break
        if rest in ATTACHABLE and raw.endswith(TATWEEL):  # «بـ«زحف»»: the preposition stands by itself before a mark
            token.conjunction, token.pos, token.stem, token.lemma = conjunction, "preposition", rest, rest
            break
    else:
        _open_word(token, raw, folded, known)
    _cores(token, raw)
    token.below = letters(text[token.core.start : token.core.end]).startswith("إ")
    token.doubled = SHADDA in raw
    token.passive = DAMMA in raw[: len(token.conjunction) + 2]
    token.lemma = token.lemma or (token.form.lemma if token.form else _dictionary(text, token))
    return token


def _double(token: Token, raw: str) -> None:
    """Reads a word by its doubled letter: «المسيّرة» is no march."""
    written = "".join(c for c in raw if c == SHADDA or not DROP.match(c))
    for marked, meant in tables("profile")["doubled"].items():
        if marked in written:
            token.stem, token.lemma = key(meant), meant
            token.others = [replace(f, lemma=meant) for f in token.others if f.pos == "noun"]


@cache
def _standing() -> frozenset[str]:
    """Words that negate and stand as nouns, so that a preposition may be written onto them."""
    return frozenset(key(w) for w in tables("profile")["classes"]["negating_nouns"])


@cache
def _terms() -> frozenset[str]:
    """The terms of the lexicon as they are spelt: «والي» is the governor, not «و» and «إلى»."""
    return frozenset(term for term, *_ in entries())


@cache
def _closed_as_spelt() -> frozenset[str]:
    p = tables("profile")
    listed = (w for words in p["classes"].values() for w in words)
    return frozenset((*listed, *p["prepositions"], *tables("numbers")["words"]))


def _spelt_otherwise(raw: str) -> bool:
    """Whether a word is a term of the lexicon to the letter and no closed word is: «إمام» is no «أمام»."""
    word = letters(raw)
    return word in _terms() and word not in _closed_as_spelt()


def _open_word(token: Token, raw: str, folded: str, known: Vocabulary) -> None:
    readings = list(_conjunctions(folded))
    rare = _rare(known.forms.get(folded, ())) or _late_shadda(raw) or folded.startswith("وو")
    if len(readings) > 1 and known.forms.get(folded[1:]) and rare:
        readings.reverse()  # «ودعا» is «و» and a verb rather than two who said farewell
    for conjunction, rest in readings:
        if _read(token, rest, known):
            token.conjunction = conjunction or token.conjunction
            break
    else:
        _guess(token, folded)


def _late_shadda(raw: str) -> bool:
    """Whether a letter after the second is doubled: «وردّت» is «و» and «ردّت», while «وجّه» is one word."""
    at = raw.find(SHADDA)
    return at > 0 and len(letters(raw[:at])) > 2


def _rare(forms: tuple[Form, ...]) -> bool:
    """Whether a word can only be a form of a verb that news seldom has: the dual or the second person."""
    return bool(forms) and all(f.pos == "verb" and (f.number == "dual" or f.person == 2) for f in forms)


def _conjunctions(folded: str) -> Iterator[tuple[str, str]]:
    yield "", folded
    if folded[0] in "وف" and (len(folded) > 2 or folded[1:] in ATTACHABLE):
        yield folded[0], folded[1:]


def _closed_word(token: Token, word: str, known: Vocabulary) -> bool:
    """Whether the word is one of a closed class, a number or a preposition with its pronoun."""
    if word in known.closed:
        token.pos, token.stem, token.lemma = known.closed[word], word, word
        token.others = [f for f in known.forms.get(word, ()) if not f.bound]
        if word in known.numbers:
            token.pos, token.value = "number", known.numbers[word]
        return True
    if word in known.numbers:
        token.pos, token.stem, token.value = "number", word, known.numbers[word]
        return True
    if word[0] in "بل" and word[1:] == "عدم":
        token.pos, token.stem, token.lemma, token.preposition = "negation", word[1:], word[1:], word[0]
        return True
    if word in _with_pronoun():
        token.pos, (token.lemma, token.pronoun) = "preposition", _with_pronoun()[word]
        token.stem = word
        return True
    return False


def _read(token: Token, word: str, known: Vocabulary) -> bool:
    """Whether the word, with or without particles, is known; what it can be is noted."""
    article = word.startswith("ال") and _nouns(word[2:], known) and not _nouns(word, known)
    listed = any(key(f.lemma) == word and not f.lemma.endswith("ة") for f in known.forms.get(word, ()))
    theirs = token.theirs and not listed and any(f.pos == "verb" for f in known.forms.get(word[:-1], ()))
    for bound in (True, False) if theirs else (False, True):
        if bound and token.marbuta:
            break
        for prefix in ("", *SPLITS):
            if not word.startswith(prefix) or len(word) - len(prefix) < 2 or (article and not prefix):
                continue
            if _unprefixed(token, prefix, word, known, bound=bound):
                return True
    return False


def _nouns(word: str, known: Vocabulary) -> bool:
    return any(f.pos == "noun" and not f.bound for f in known.forms.get(word, ()))


def _unprefixed(token: Token, prefix: str, word: str, known: Vocabulary, *, bound: bool) -> bool:
    article = prefix.endswith(("ال", "لل"))
    rest = word[len(prefix) :]
    bare = prefix.removesuffix("ال").removesuffix("لل") if article else prefix
    if article and rest in known.numbers:
        token.pos, token.value = "number", known.numbers[rest]
        found: list[Form] = []
        pronoun = ""
    else:
        found, pronoun = _forms(rest, known, article=article, bound=bound)
        found = [f for f in found if _allows(prefix, bare, f, article=article)]
        if not found and not (not article and bare in ("ب", "ل") and rest in known.numbers):
            return False
        if not found:
            token.pos, token.value = "number", known.numbers[rest]
        else:
            token.pos, token.others = "noun", found
    token.stem, token.pronoun = rest[: len(rest) - len(pronoun)], pronoun
    token.definite = article or any(f.lemma.startswith("ال") and rest.startswith("ال") for f in found)
    token.preposition = "ل" if prefix.endswith("لل") else next((c for c in reversed(bare) if c in "بلك"), "")
    token.conjunction = next((c for c in bare if c in "وف"), "")
    token.future = bare.endswith("س")
    return True


def _forms(rest: str, known: Vocabulary, *, article: bool, bound: bool) -> tuple[list[Form], str]:
    """What a word without prefixes can be, and its attached pronoun if one is looked for."""
    if not bound:
        return [
            f
            for f in known.forms.get(rest, ())
            if not f.bound and not (f.tense == "imperfect" and rest.startswith("ال"))
        ], ""
    if article:
        return [], ""
    for pronoun in PRONOUNS:
        if rest.endswith(pronoun) and len(rest) - len(pronoun) >= 2:
            stem = rest[: -len(pronoun)]
            found = [f for f in known.forms.get(stem, ()) if not f.open and (f.bound or not stem.endswith("ه"))]
            if found:
                return found, pronoun
    return [], ""


def _allows(prefix: str, bare: str, form: Form, *, article: bool) -> bool:
    """Whether a particle can stand before such a word."""
    if form.pos == "verb":
        if article or bare[-1:] in ("ب", "ك"):
            return False
        return form.tense == "imperfect" if bare[-1:] in ("س", "ل") else True
    if form.pos == "participle" and bare[-1:] in ("ب", "ل", "ك"):
        return False
    return not prefix.endswith("س")


def _guess(token: Token, folded: str) -> None:
    """Particles of an unknown word, as far as its letters show them."""
    for prefix in ("وبال", "ولل", "وكال", "وال", "فال", "بال", "كال", "لل", "ال"):
        if folded.startswith(prefix) and len(folded) - len(prefix) >= 2:
            token.definite, token.stem = True, folded[len(prefix) :]
            token.conjunction = prefix[0] if prefix[0] in "وف" else ""
            token.preposition = next((c for c in prefix if c in "بك"), "ل" if "لل" in prefix else "")
            return
    if folded[0] == "و" and len(folded) >= 5:
        token.conjunction, token.stem = "و", folded[1:]
    if (
        token.stem.startswith(("ي", "سي", "ست"))
        and token.stem.endswith(("ون", "وا", "ونه", "ونها"))
        and len(token.stem) >= 5
    ):
        token.pos = "verb"
        token.form = Form(token.stem, "verb", "imperfect", number="plural")


def _cores(token: Token, raw: str) -> None:
    """`core`: the word without attached conjunction, preposition and pronoun. «للـ» stays, its article has no letter of its own."""
    count = len(token.conjunction)
    if token.future:
        count += 1
    if token.preposition and not token.key[count:].startswith("لل"):
        count += 1
    start, end = _skip(raw, count), len(raw)
    for _ in token.pronoun:
        end -= 1
        while end > start and not key(raw[end : end + 1]):
            end -= 1
    token.core = Span(token.span.start + start, token.span.start + end)


def _skip(raw: str, count: int) -> int:
    at = 0
    while count and at < len(raw):
        count -= bool(key(raw[at]))
        at += 1
    while at < len(raw) and not key(raw[at]) and at:
        at += 1
    return at


def _dictionary(text: str, token: Token) -> str:
    """The best dictionary form of an unknown word: no article, no feminine or plural ending of a relational adjective."""
    word = letters(text[token.core.start : token.core.end])
    if token.definite:
        word = re.sub("^(ال|لل|ل)", "", word)
    word = word.replace("ى", "ي") if word.endswith("ى") and len(word) > 4 else word
    for ending in ("يتان", "يتين", "يات", "يان", "يين", "يون", "ية", "يا"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)] + "ي"
    return word


def _value(raw: str) -> int | None:
    digits = "".join(str(int(c)) for c in re.split(r"[.٫]\d{1,2}$", raw)[0] if c.isdigit())
    return int(digits) if digits and len(digits) < 12 else None


# choosing between readings


def _choose(found: list[Token], i: int, token: Token, known: Vocabulary) -> None:
    """Settles `pos` and `form` of a known word by the words before and after it."""
    if token.pos == "conjunction" and token.stem == "و" and i + 1 < len(found):
        found[i + 1].conjunction = found[i + 1].conjunction or "و"
    if token.pos == "preposition" and token.others:
        _adverb_or_noun(found, i, token)
    if _named_by_next(found, i, token) and token.pos in ("noun", "verb", "unknown", "preposition"):
        token.pos, token.stem, token.conjunction, token.form, token.others = "unknown", token.key, "", None, []
        token.lemma, token.core = token.key, token.span
        return
    if token.conjunction == "" and token.stem in _of_things() and _somebody_next(found, i):
        token.conjunction, token.stem = "و", token.stem[1:]
        token.others = list(known.forms.get(token.stem, ())) or token.others
        token.core = Span(token.span.start + 1, token.span.end)
    if token.pos == "unknown":
        _guess_verb(found, i, token)
    if not token.others or token.pos not in ("noun", "verb", "participle"):
        return
    verbs = [f for f in token.others if f.pos == "verb"]
    nouns = [f for f in token.others if f.pos == "noun"]
    if verbs and not nouns and not token.conjunction and _town_after(found, i):
        nouns, verbs = [Form(token.key, "noun")], []
    if nouns and not token.passive and not _two_before(found, i):  # «حظرا» is the noun, not the dual of the verb
        verbs = [f for f in verbs if f.number != "dual" or f.tense != "perfect"]
    participles = [f for f in token.others if f.pos == "participle"]
    if verbs and not (nouns or participles):
        chosen = _best_verb(found, i, verbs)
    elif participles and _continues(found, i, token):
        chosen = participles[0]
    elif nouns and not verbs:
        chosen = _best_noun(nouns)
    elif (verbs and nouns and not token.preposition and not token.definite and _before_doers(found, i)) or (
        verbs and not _starts_term(found, i, token, known) and _verbal_place(found, i, token)
    ):
        chosen = _best_verb(found, i, verbs)
    else:
        chosen = _best_noun(nouns) if nouns else (participles or verbs)[0]
    token.form, token.pos, token.lemma = chosen, chosen.pos, chosen.lemma
    if chosen.pos == "participle" and not _continues(found, i, token):
        token.pos = "noun"


def _named_by_next(found: list[Token], i: int, token: Token) -> bool:
    """Whether the letters make a man's name with the next word: «فخر الدين»; or «علي», spelt as the name, before one unknown."""
    after = found[i + 1] if i + 1 < len(found) else None
    if after is None or token.definite or token.pronoun:
        return False
    if after.key in ("الدين", "الله") and not after.conjunction:
        return token.conjunction == "ف"
    plain = after.pos == "unknown" and not (after.definite or after.preposition or after.conjunction)
    return token.key == "علي" and not token.lasting and plain


@cache
def _of_things() -> frozenset[str]:
    """Verbs that begin with waw and that nobody does: before somebody they are «و» and another verb («ورد الوزير»)."""
    return frozenset(tables("verbs")["things"])


def _somebody_next(found: list[Token], i: int) -> bool:
    after = found[i + 1] if i + 1 < len(found) else None
    return after is not None and not after.preposition and (
        _classed(after, "person", "org", "group") or after.pos == "unknown")  # fmt: skip


def _town_after(found: list[Token], i: int) -> bool:
    """Whether a town stands behind a preposition or a word for a place, whatever verb its letters could be: «من تدمر»."""
    before = found[i - 1] if i else None
    if before is None or found[i].stem not in _town_words():
        return False
    return (before.pos == "preposition" and not before.pronoun) or _classed(before, "place")


@cache
def _town_words() -> frozenset[str]:
    return frozenset(words[0] for words in towns() if len(words) == 1)


def _before_doers(found: list[Token], i: int) -> bool:
    """Whether people in the nominative follow, who do it: «نهب مسلحون»; a noun would have them in the genitive."""
    after = found[i + 1] if i + 1 < len(found) else None
    if after is None or after.conjunction or after.preposition:
        return False
    return any(f.pos != "verb" and f.number == "plural" and after.stem == key(f.lemma) + "ون" for f in after.others)


def _guess_verb(found: list[Token], i: int, token: Token) -> None:
    """An unknown word is a verb after «لم», «سوف», «الذي», and with the ending of one after a definite noun."""
    before = _before(found, i)
    if before is None or token.definite or token.preposition or token.form is not None:
        return
    prefixed = token.stem[0] in "يت" and len(token.stem) >= 3
    if token.stem.endswith("وا") and len(token.stem) >= LONG:  # «صعدوا»
        token.pos, token.lemma = "verb", token.stem[:-2]
        token.form = Form(token.lemma, "verb", "perfect", number="plural")
        return
    if (before.pos == "negation" and before.stem in ("لم", "لن")) or before.stem in ("سوف", "قد", "لقد"):
        token.pos, token.form = "verb", Form(token.lemma, "verb", "imperfect" if prefixed else "perfect")
    elif before.pos == "relative" and before.stem != "من" and (prefixed or token.stem.endswith("ت")):
        token.pos, token.form = (
            "verb",
            Form(
                token.lemma,
                "verb",
                "imperfect" if prefixed else "perfect",
                gender="f" if token.stem[-1] == "ت" else "m",
            ),
        )
    elif token.stem[0] == "ي" and len(token.stem) >= 3 and before.nominal and token.stem not in _names_with_yaa():
        token.pos, token.form = "verb", Form(token.lemma, "verb", "imperfect")
    elif (
        token.stem.endswith("ت")
        and not token.stem.endswith("ات")
        and len(token.stem) >= 4
        and (before.definite or _classed(before, "state", "proper"))
    ):
        token.pos, token.form, token.lemma = (
            "verb",
            Form(token.lemma[:-1], "verb", "perfect", gender="f"),
            token.lemma[:-1],
        )


@cache
def _names_with_yaa() -> frozenset[str]:
    return frozenset(key(w) for w in tables("profile")["classes"]["names_with_yaa"])


def _starts_term(found: list[Token], i: int, token: Token, known: Vocabulary) -> bool:
    """Whether the word opens a term of several words: «وقف إطلاق النار»."""
    return i + 1 < len(found) and (token.stem, found[i + 1].stem) in known.pairs and not token.passive


def _adverb_or_noun(found: list[Token], i: int, token: Token) -> None:
    """«نحو», «وسط» and the like stay prepositions; nothing to choose unless a verb must stand here."""
    before, after = found[i - 1] if i else None, found[i + 1] if i + 1 < len(found) else None
    harm = after is not None and _classed(after, "damage", "casualty")  # «خلف أضرارا»
    if (before is not None and before.pos == "particle") or token.doubled or harm:
        verbs = [f for f in token.others if f.pos == "verb"]
        if verbs:
            token.pos, token.form, token.lemma = "verb", verbs[0], verbs[0].lemma


def _best_verb(found: list[Token], i: int, forms: list[Form]) -> Form:
    """Third persons before others; after «لم» and the like imperfects."""
    before = _before(found, i)
    wants = (
        "imperfect" if before is not None and before.pos == "negation" and before.stem in ("لم", "لن", "لا") else None
    )
    short = before is not None and before.stem == "لم"
    held = before.form if before is not None and before.pos == "noun" and before.definite else None
    female = held is not None and held.gender == "f" and held.number == "singular"

    imperfect = any(f.tense == "imperfect" for f in forms) and not any(f.lemma.endswith("ي") for f in forms)

    def rank(f: Form) -> tuple[int, ...]:
        jussive = short and not (len(f.lemma) == 3 and f.lemma[1] == "ا")
        idle = bool(found[i].pronoun) and f.lemma in _intransitive()
        jussives = short or (before is not None and before.stem == "لا")
        cut = f.tense == "imperfect" and f.lemma.endswith("ى") and found[i].stem[-1] not in "يىا" and not jussives
        bare_past = found[i].passive and imperfect and f.tense == "perfect" and f.voice != "passive"  # «تُعطَّل»
        undotted = "ى" if f.tense == "perfect" else "ي"  # the verbs whose form ends in a yaa without dots
        bare = found[i].dotted and f.voice != "passive" and f.number == "singular" and f.lemma.endswith(undotted)
        return (bare_past, bare, idle, cut, female and f.gender == "m", wants is not None and f.tense != wants,
                f.person == 2, f.person != 3, wants is None and f.tense != "perfect", jussive, f.voice == "passive",
                len(f.lemma))  # fmt: skip

    return min(forms, key=rank)


@cache
def _intransitive() -> frozenset[str]:
    return frozenset(tables("verbs")["intransitive"])


def _best_noun(forms: list[Form]) -> Form:
    return min(forms, key=lambda f: (f.number != "singular", f.number == "dual"))


def _before(found: list[Token], i: int) -> Token | None:
    """The word before, marks of quotation left out."""
    while i > 0:
        i -= 1
        if found[i].key not in '"«»“”()':
            return found[i]
    return None


def _verbal_place(found: list[Token], i: int, token: Token) -> bool:
    """Whether a word that can be verb or noun stands where a verb is expected."""
    if token.definite or token.preposition:
        return False
    before, after = _before(found, i), found[i + 1] if i + 1 < len(found) else None
    if after is not None and _clock(token) and _clock(after):
        return False
    if after is not None and not token.passive and not after.definite and not after.conjunction and _adjective(after):
        return False
    if (
        token.future
        or token.passive
        or (after is not None and after.pos == "preposition" and after.pronoun and not token.pronoun)
    ):
        return True
    described = before is not None and before.pos == "noun" and not before.definite
    if token.pronoun and described and after is not None and _classed(after, "person", "group", "org", "state"):
        return True  # «كمين نصبه مسلحون»
    if before is None and token.conjunction and after is not None and after.key == "،":
        return True  # «وتجمع، مساء أمس، مئات»
    governed = before is not None and (before.preposition != "" or before.pos == "preposition")
    if (
        token.lasting
        and after is not None
        and after.definite
        and not (after.preposition or governed or _told_already(found, i))
    ):
        return True  # «من جهته نفى المجلس»
    if before is not None and before.pronoun and before.lemma in _sides() and token.lasting and after is not None:
        return after.pos in ("noun", "unknown") and not after.preposition  # «من جهته نفى قائد الشرطة»
    if before is None or before.pos == "punctuation":
        if after is not None and after.pos == "preposition" and _deed_at_first(token):
            return False  # «تدافع في ملعب»
        return not (after is None or after.pos == "punctuation" or after.pos == "verb")
    if before.pos in ("particle", "content", "relative", "adverbial", "negation", "contrast"):
        return before.stem != "عدم" and not (before.pos == "content" and before.below)
    if before.pos == "determiner" and before.stem in _demonstratives():
        return True  # «على خلفية ذلك فرض المحافظ»
    if before.pos in ("preposition", "determiner", "number") or (before.preposition and before.pos != "number"):
        return before.preposition != "" and before.pos in ("noun", "unknown") and _bare_verb(token)
    if token.conjunction:
        return not (before.pos == "noun" and not before.definite and _masdar(before)) and not _joins_deed(found, i)
    if before.pos == "verb":
        return before.lemma in tables("verbs")["auxiliary"]
    if before.pos == "unknown" and before.definite and not _told_already(found, i):
        return after is not None and after.pos != "punctuation" and not token.pronoun
    if before.pos == "noun" and (before.definite or _classed(before, "place", "state", "person", "group", "org")):
        if before.definite and _told_already(found, i):
            return _bare_verb(token)
        if after is not None and after.key == "،" and token.lasting and not _told_already(found, i):
            return True  # «لكن التنظيم نفى، في بيان، ...»
        if not before.definite and (_disagrees(before, token) or _done_to(found, i)):
            return False
        return after is not None and after.pos != "punctuation" and not token.pronoun
    return _bare_verb(token)


def _deed_at_first(token: Token) -> bool:
    """Whether the word that opens a headline is a noun of the lexicon, or else no more than a verb in the imperfect."""
    verbs = [f for f in token.others if f.pos == "verb"]
    return all(f.tense == "imperfect" for f in verbs) and _classed(token, "hazard", "event", "crash")


@cache
def _sides() -> frozenset[str]:
    """Nouns that, with a pronoun, only turn to somebody: «من جهته», «بدوره»."""
    return frozenset(tables("profile")["classes"]["sides"])


@cache
def _demonstratives() -> frozenset[str]:
    return frozenset(key(w) for w in tables("profile")["classes"]["determiners"])


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(tables("profile")["classes"]["adjectives"])


def _adjective(after: Token) -> bool:
    """Whether the next word can only describe this one: «نقل مؤقت»."""
    return any(
        f.pos == "noun" and f.lemma in _adjectives() and f.number == "singular" for f in after.others
    ) and not _classed(after, "person", "another")


def _two_before(found: list[Token], i: int) -> bool:
    """Whether a dual noun stands shortly before («مسؤولان، طلبا»)."""
    return any(t.pos == "noun" and t.stem.endswith(("ان", "ين")) for t in found[max(0, i - 3) : i])


def _told_already(found: list[Token], i: int) -> bool:
    """Whether the clause has its verb («أعادت الوزارة فتح السفارة»: «فتح» is what it did)."""
    for token in reversed(found[:i]):
        if token.pos == "verb":
            return True
        if token.pos in ("content", "relative", "adverbial", "contrast") or (
            token.pos == "punctuation" and token.key in ".؛:!?؟"
        ):
            return False
    return False


def _disagrees(before: Token, token: Token) -> bool:
    """Whether no verb that the word can be agrees with a feminine noun before it: «شركة نقل»."""
    form = before.form
    female = form is not None and form.gender == "f" and form.number == "singular"
    return female and not any(f.pos == "verb" and f.gender == "f" for f in token.others)


def _done_to(found: list[Token], i: int) -> bool:
    """Whether the word is a building behind a verb and its doer: «اقتحم مسلحون سجن المدينة»."""
    return i > 1 and found[i - 2].pos == "verb" and _classed(found[i], "facility") and not found[i].pronoun


def _joins_deed(found: list[Token], i: int) -> bool:
    """Whether «و» joins the word to a deed told by a noun, with no verb since («بعد مقتل جندي وجرح آخرين»)."""
    for token in reversed(found[max(0, i - REACH) : i]):
        if token.pos == "verb" or token.pos in ("content", "relative", "adverbial") or token.key in ".؛:!?؟،":
            return False
        if token.pos == "noun" and not token.definite and token.lemma in _deeds():
            return True
    return False


@cache
def _deeds() -> frozenset[str]:
    return frozenset(tables("profile")["classes"]["patient_possessor"])


def _clock(token: Token) -> bool:
    return _classed(token, "time")


def _classed(token: Token, *classes: str) -> bool:
    """Whether the lexicon gives the word, taken alone, one of the classes."""
    held = (
        lexicon().get(token.stem)
        or lexicon().get("ال" + token.stem)
        or next(
            (lexicon()[key(f.lemma)] for f in token.others if f.pos == "noun" and key(f.lemma) in lexicon()),
            frozenset(),
        )
    )
    return any(c == w or c.startswith(w + ".") for c in held for w in classes)


@cache
def towns() -> tuple[list[str], ...]:
    """The words of the places that the gazetteer knows by an Arabic name which is no everyday word."""
    found: dict[str, list[str]] = {}
    lists = tables("places")
    everyday = {key(w) for name in ("stop", "never") for w in lists[name]}
    everyday |= {key(name) for kind, name, _ in gazetteer.names("ar") if kind == "demonym"}
    home = frozenset(gazetteer.at_home("ar"))
    for kind, name, keys in gazetteer.names("ar"):
        folded = key(name)
        if kind != "place" or folded in everyday or len(folded) < SHORTEST:
            continue
        for at in keys.split(" "):
            if not at.startswith(("gn:", "own:", "a1:", "a2:")):
                continue
            place = gazetteer.candidate(at)
            if place.country in home or at.startswith(("own:", "a1:")) or place.population >= KNOWN_ABROAD:
                found[folded] = folded.split(" ")
    return tuple(found.values())


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """Folded single terms and what they mean."""
    found: dict[str, frozenset[str]] = {}
    for term, classes, broken, _ in entries():
        for form in (key(term), *broken):
            found[form] = found.get(form, frozenset()) | set(classes)
    return found


def _bare_verb(token: Token) -> bool:
    """Whether the verb reading shows itself: an ending or a prefix that the noun of the same letters would not have."""
    verbs = [f for f in token.others if f.pos == "verb"]
    nouns = [f for f in token.others if f.pos == "noun"]
    if not nouns:
        return True
    if token.pronoun:
        return False
    return (any(f.tense == "imperfect" and f.person == 3 for f in verbs) and token.key.startswith("ي")) or (
        any(v.number == "plural" and v.tense == "perfect" for v in verbs) and token.stem.endswith("وا")
    )  # fmt: skip


def _masdar(token: Token) -> bool:
    return any(f.pos == "verb" for f in token.others)


@cache
def _objects() -> frozenset[str]:
    """Pronouns that stand alone as what is done to: «متهمة إياهما»."""
    return frozenset(key(w) for w in tables("profile")["classes"]["pronouns"] if w.startswith("إيا"))


def _continues(found: list[Token], i: int, token: Token) -> bool:
    """Whether a participle continues its speaker's clause («..., مؤكدا أن»): indefinite, after a comma or a clause."""
    if token.definite or token.preposition:
        return False
    before, after = _before(found, i), found[i + 1] if i + 1 < len(found) else None
    if after is not None and after.stem in _objects():
        return True
    opens = after is not None and (
        bool(after.preposition) or after.pos in ("content", "preposition") or after.key == ":" or after.definite
    )
    if opens or (after is not None and after.key[0] == "ب" and before is not None and before.key == "،"):
        return token.stem.endswith("ا") or before is None or before.pos == "punctuation"
    return token.stem.endswith("ا") and before is not None
