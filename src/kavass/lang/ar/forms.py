"""How Arabic words may stand in a text: inflection by rule from a dictionary form, and back.

Dictionary forms are unvowelled, with hamza and taa marbuta as spelt: verbs in the perfect, third person masculine singular
(«أطلق»), verbal nouns as such («قصف»), nouns and adjectives in the singular («صاروخ», «إيراني»). Broken plurals are given in the
lexicon (`plural=`), imperfects that no rule gives in verbs.toml. All forms here are folded (see fold.toml), so «نفى» is written
with a final yaa and «أصيب» without hamza.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from kavass.lang.text import Rules, fold_words

HERE = Path(__file__).parent
PRONOUNS = ("هما", "هم", "هن", "ها", "كما", "كم", "نا", "ني", "ه", "ك")  # longest first


@dataclass(frozen=True, slots=True)
class Form:
    """What one written form can be. `voice` is `active`, `passive` or `either`; `bound` forms need an attached pronoun."""

    lemma: str
    pos: Literal["verb", "noun", "participle"]
    tense: Literal["perfect", "imperfect", "none"] = "none"
    person: int = 3
    number: Literal["singular", "dual", "plural"] = "singular"
    gender: Literal["m", "f"] = "m"
    voice: Literal["active", "passive", "either"] = "active"
    bound: bool = False
    open: bool = False  # a noun form that cannot be followed by its genitive: nun kept, or tanwin


def surfaces(words: str, part: str) -> Iterator[str]:
    """The folded forms under which a frame's words or a name may be found, particles attached.

    >>> {"وقصفت", "سيقصف", "قصفوا"} <= set(surfaces("قصف", "verb"))
    True
    >>> {"والحشد", "للحشد", "بالحشد"} <= set(surfaces("الحشد", "name"))
    True
    """
    if part == "verb":
        yield from _verb_surfaces(words)
    elif part == "name":
        yield from _name_surfaces(key(words))
    elif part in ("light", "modify"):
        yield from _noun_surfaces(words.split(" ", 1)[1])
    else:
        yield from _noun_surfaces(words)


@lru_cache(maxsize=1 << 16)
def key(words: str) -> str:
    """Words folded as the language folds them."""
    return fold_words(words, _rules())


@cache
def _rules() -> Rules:
    return Rules(tables("fold")["fold"])


@cache
def tables(name: str) -> dict[str, Any]:
    """A TOML file of this folder."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


# surfaces

CONJUNCTIONS = ("", "و", "ف")
ATTACHED = ("", "و", "ب", "ل")


def _verb_surfaces(lemma: str) -> Iterator[str]:
    for form, is_ in verb_forms(lemma):
        if is_.person == 2:
            continue
        before = CONJUNCTIONS if is_.tense == "perfect" else (*CONJUNCTIONS, "س", "وس", "ل")
        after = (
            ("ه", "ها", "هم")
            if is_.bound
            else ("", "ه", "ها", "هم")
            if is_.number == "singular" or is_.person == 1
            else ("",)
        )
        yield from (b + form + a for b in before for a in after)
    for form, _ in participle_forms(lemma):
        yield from (form, "و" + form)


def _noun_surfaces(words: str) -> Iterator[str]:
    first, *rest = words.split(" ")
    forms = dict.fromkeys((f, is_.bound) for f, is_ in noun_forms(first, plurals().get(key(first), ())))
    if rest:
        folded = [key(w) for w in rest]
        tails = {" ".join(folded), " ".join((*folded[:-1], "ال" + folded[-1])), " ".join("ال" + w for w in folded)}
        heads = [b + f for f, bound in forms if not bound for b in (*ATTACHED, "ال", "بال", "وال")]
        yield from (f"{h} {t}" for h in heads for t in sorted(tails))
        return
    for form, bound in forms:
        if not bound:
            yield from (b + form for b in (*ATTACHED, "ال", "وال", "بال", "لل"))
        if bound or (not first.endswith("ة") and form == key(first)):
            yield from (b + form + a for b in ATTACHED for a in ("ه", "ها", "هم"))


def _name_surfaces(name: str) -> Iterator[str]:
    yield from (b + name for b in ("", "و", "ب"))
    if name.startswith("ال") and len(name) > 4:
        yield "لل" + name[2:]
    else:
        yield "ل" + name


@cache
def plurals() -> dict[str, tuple[str, ...]]:
    """Broken plurals of the lexicon by folded singular, folded."""
    return {key(term): broken for term, _, broken, _ in entries() if broken}


@cache
def entries() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], str], ...]:
    """(term, classes, folded broken plurals, gender or "") of the lexicon, in file order."""
    found = []
    for line in (HERE / "lexicon.tsv").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            term, classes, *rest = line.split("\t")
            values = dict(pair.split("=", 1) for pair in rest if "=" in pair)
            broken = tuple(key(p) for p in values.get("plural", "").split("|") if p)
            found.append((term, tuple(c.strip() for c in classes.split(",")), broken, values.get("g", "")))
    return tuple(found)


# nouns


def noun_forms(lemma: str, broken: Collection[str] = (), *, person: bool = False) -> Iterator[tuple[str, Form]]:
    """(folded form without article, what it is) of a noun or adjective; `person` adds masculine plurals and the feminine."""
    k = key(lemma)
    female = lemma.endswith("ة")
    g: Literal["m", "f"] = "f" if female else "m"
    yield k, Form(lemma, "noun", gender=g)
    base = k[:-1] + "ت" if female else k
    if female:
        yield base, Form(lemma, "noun", gender="f", bound=True)
        yield k[:-1] + "ات", Form(lemma, "noun", number="plural", gender="f")
    else:
        yield k + "ا", Form(lemma, "noun", open=True)
        if len(k) > 3:
            yield k + "ات", Form(lemma, "noun", number="plural", gender="f")
    sound = person and not female
    yield from _numbers(lemma, base, g, sound, dual=not sound or any(not b.endswith(("ون", "ين")) for b in broken))
    for form in broken:
        kept = form.endswith(("ون", "ين")) and form.startswith(k.removesuffix("ي"))
        yield form, Form(lemma, "noun", number="plural", gender=g if person else "f", open=kept)
        if form.endswith("ه"):
            yield form[:-1] + "ت", Form(lemma, "noun", number="plural", gender=g, bound=True)
        elif not form.endswith(("ا", "ء", "ي")):
            yield form + "ا", Form(lemma, "noun", number="plural", gender=g, open=True)
    if k.endswith(("ا", "ي")):
        yield k[:-1] + "ا", Form(lemma, "noun", gender=g, bound=True)


def _numbers(lemma: str, base: str, g: Literal["m", "f"], sound: bool, dual: bool) -> Iterator[tuple[str, Form]]:
    """Dual and sound plural. `dual`: of two readings of one form («جنديين») the dual, for a noun with a broken plural («جنود»)."""
    yield base + "ان", Form(lemma, "noun", number="dual", gender=g, open=True)
    yield base + "ين", Form(lemma, "noun", number="dual" if dual else "plural", gender=g, open=True)
    if g == "f":
        yield base + "ا", Form(lemma, "noun", number="dual", gender=g)  # «قذيفتا هاون»
    if not sound and g == "m":
        yield base + "ي", Form(lemma, "noun", number="dual", bound=True)  # «نفسيهما»
    if sound or g == "f":
        yield base + "ي", Form(lemma, "noun", number="plural" if sound else "dual", gender=g)
    if sound:
        yield base + "ون", Form(lemma, "noun", number="plural", open=True)
        yield base + "و", Form(lemma, "noun", number="plural")
        yield base + "ه", Form(lemma, "noun", gender="f")
        yield base + "ت", Form(lemma, "noun", gender="f", bound=True)
        yield base + "تان", Form(lemma, "noun", number="dual", gender="f", open=True)
        yield base + "تين", Form(lemma, "noun", number="dual", gender="f", open=True)


# verbs


@cache
def verb_forms(lemma: str) -> tuple[tuple[str, Form], ...]:
    """(folded form, what it is) of a verb, each pair once."""
    k = key(lemma)
    stem = imperfect_stem(lemma)
    found = [*_perfect(lemma, k, "active"), *_imperfect(lemma, stem, "active")]
    other, other_stem = _passive_perfect(k), _passive_imperfect(k, stem)
    same = {"perfect": other == k, "imperfect": other_stem == stem}
    found = [(f, _either(is_) if same[is_.tense] else is_) for f, is_ in found]
    if other != k:
        found += _perfect(lemma, other, "passive")
    if other_stem != stem:
        found += _imperfect(lemma, other_stem, "passive")
    return tuple(dict.fromkeys(found))


def imperfect_stem(lemma: str) -> str:
    """The imperfect without its prefix.

    >>> [imperfect_stem(v) for v in ("استهدف", "أصاب", "قال", "وصف", "نفى", "تظاهر")]
    ['ستهدف', 'صيب', 'قول', 'صف', 'نفي', 'تظاهر']
    """
    k = key(lemma)
    listed = tables("verbs")["imperfect"].get(lemma)
    if listed:
        return key(listed)[1:]
    if lemma.endswith("أ") and len(k) <= 4:
        return k
    if k.startswith("ا") and len(k) >= 4:
        if (len(k) == 4 and k[2] == "ا") or (k.startswith("است") and k[-2] == "ا"):
            return k[1:-2] + "ي" + k[-1]
        return k[1:]
    if len(k) == 3 and k[0] == "و":
        return k[1:]
    if len(k) == 3 and k[1] == "ا":
        return k[0] + "و" + k[2]
    if len(k) == 3 and k[2] == "ا":
        return k[:2] + "و"
    return k


def _either(is_: Form) -> Form:
    return Form(is_.lemma, is_.pos, is_.tense, is_.person, is_.number, is_.gender, "either", is_.bound)


def _hollow(k: str) -> bool:
    """Whether the letter before the last is the weak one of a hollow verb."""
    return len(k) >= 3 and k[-2] in "اي" and (len(k) == 3 or k.startswith("ا")) and k[-1] not in "اي"


def _perfect(lemma: str, k: str, voice: Literal["active", "passive"]) -> list[tuple[str, Form]]:
    def form(text: str, **has: Any) -> tuple[str, Form]:
        return text, Form(lemma, "verb", "perfect", voice=voice, **has)

    weak = k[-1] in "اي" and not lemma.endswith(("أ", "ئ"))
    short = k[:-1] if weak else k
    link = short + ("و" if k[-1] == "ا" and len(k) == 3 else "ي") if weak else (k[:-2] + k[-1] if _hollow(k) else k)
    found = [
        form(k), form(short + "ت", gender="f"), form(short + "وا", number="plural"),
        form((link if weak else k) + "ا", number="dual"), form(short + "تا", number="dual", gender="f"),
        form(link + "نا", person=1, number="plural"), form(short + "و", number="plural", bound=True),
        form(link + "ت", person=1), form(link + "تم", person=2, number="plural"), form(link + "ن", number="plural", gender="f"),
    ]  # fmt: skip
    if weak:
        found.append(form(short + "ا", bound=True))
    return found


def _imperfect(lemma: str, stem: str, voice: Literal["active", "passive"]) -> list[tuple[str, Form]]:
    def form(text: str, **has: Any) -> tuple[str, Form]:
        return text, Form(lemma, "verb", "imperfect", voice=voice, **has)

    weak = stem[-1] in "ويا" and len(stem) > 1 and not lemma.endswith(("أ", "ئ"))
    short = stem[:-1] if weak else stem
    found = [
        form("ي" + stem),
        form("ت" + stem, gender="f"),
        form("ن" + stem, person=1, number="plural"),
        form("ا" + stem, person=1),
    ]
    for prefix in ("ي", "ت"):
        person = 3 if prefix == "ي" else 2
        found += [form(prefix + short + end, person=person, number="plural") for end in ("ون", "وا")]
        found += [form(prefix + short + "و", person=person, number="plural", bound=True)]
        found += [form(prefix + stem + end, number="dual", gender="m" if person == 3 else "f") for end in ("ان", "ا")]
        if weak:  # jussive, and the final vowel written as alif before a pronoun
            found += [form(prefix + short, gender="m" if person == 3 else "f"), form(prefix + short + "ا", bound=True)]
        elif len(stem) >= 3 and stem[-2] in "ويا" and key(lemma)[-2] == "ا":
            found.append(form(prefix + stem[:-2] + stem[-1], gender="m" if person == 3 else "f"))
    found.append(form("ي" + stem + "ن", number="plural", gender="f"))
    return found


def _passive_perfect(k: str) -> str:
    if k[-1] == "ا" and len(k) == 3:
        return k[:-1] + "ي"  # دعي, بدئ
    if len(k) >= 4 and k[1] == "ا" and not k.startswith("ا"):
        return k[0] + "و" + k[2:]
    if len(k) == 5 and k[0] == "ت" and k[2] == "ا":
        return k[:2] + "و" + k[3:]
    if len(k) >= 3 and k[-2] == "ا" and (len(k) == 3 or k.startswith("ا")):
        return k[:-2] + "ي" + k[-1]
    return k


def _passive_imperfect(k: str, stem: str) -> str:
    if len(stem) >= 3 and stem[-2] in "وي" and k[-2] == "ا":
        return stem[:-2] + "ا" + stem[-1]
    if k[0] == "و" and len(stem) == 2:
        return "و" + stem
    if stem[-1] == "و":
        return stem[:-1] + "ي"
    return stem


@cache
def participle_forms(lemma: str) -> tuple[tuple[str, Form], ...]:
    """(folded form, what it is) of the active participle («مضيفا», «مؤكدة») of the verbs that verbs.toml lists for it."""
    table = tables("verbs")
    if lemma not in table["participle"] and lemma not in table["participles"]:
        return ()
    k, listed = key(lemma), table["participle"].get(lemma)
    rule = k[0] + "ا" + k[1:] if len(k) == 3 and lemma[0] != "أ" else "م" + imperfect_stem(lemma)
    bases = [key(b) for b in listed.split("|")] if listed else [rule]
    ends = (
        ("ا", "m", "singular"),
        ("ه", "f", "singular"),
        ("ين", "m", "plural"),
        ("ون", "m", "plural"),
        ("", "m", "singular"),
    )
    return tuple((b + end, Form(lemma, "participle", gender=g, number=n)) for b in bases for end, g, n in ends)  # type: ignore[arg-type]


def masdars(lemma: str) -> tuple[str, ...]:
    """The verbal nouns that a rule gives: derived verbs of sound roots. Others are listed in verbs.toml.

    >>> [masdars(v) for v in ("أعلن", "انسحب", "استخدم", "وفر", "قال", "هاجم", "تسلل")]
    [('إعلان',), ('انسحاب',), ('استخدام',), ('توفير',), (), ('مهاجمة',), ('تسلل',)]
    """
    if len(lemma) == 4 and lemma[1] == "ا" and lemma[0] not in "اأ" and lemma[3] not in "اىي":
        return (f"م{lemma}ة",)
    if lemma.startswith("ت") and len(lemma) in (4, 5) and lemma[-1] not in "اىيأ":
        return (lemma,)
    if (
        any(c in "اىوي" for c in lemma[2:])
        or lemma[-1] in "اىي"
        or (len(set("اى") & set(lemma[1:])) and len(lemma) < 4)
    ):
        return ()
    if lemma.startswith("أ") and len(lemma) == 4:
        return ("إ" + lemma[1:3] + "ا" + lemma[3],)
    if lemma.startswith("ا") and len(lemma) in (5, 6):
        return (lemma[:-1] + "ا" + lemma[-1],)
    if len(lemma) == 3 and lemma[0] not in "أا" and lemma[1] != "ا":
        return ("ت" + lemma[:2] + "ي" + lemma[2],)
    return ()
