"""Arabic words -> the letters they share with their kin: «ارتفاع», «يرتفعون» and «المرتفعة» give one root, near enough.

A shallow guess by pattern: attached particles and endings off, the letters of the derived forms off, weak letters off. It is for
asking whether two words are of one family, not for reading what a word is (words.py does that).
"""

from __future__ import annotations

BEFORE = ("وبال", "فبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
AFTER = (
    "تهما", "اتها", "اتهم", "اته", "تهم", "تها", "هما", "يات", "يين", "يون", "تان", "تين", "ات", "ون", "ين", "ان", "وا", "ها", "هم",
    "هن", "نا", "يه", "ته", "ه", "ي", "ت", "ا",
)  # fmt: skip
LEAST = 3  # letters that stay
WEAK = "اويء"


def stems(word: str) -> tuple[str, str]:
    """A folded word without what is attached to it, and what it shares with its kin.

    >>> {stems(w)[1] for w in ("ارتفاع", "يرتفع", "والمرتفعه", "ترتفعان")}
    {'رفع'}
    >>> [stems(w)[1] for w in ("انخفاض", "الاستقرار", "مقتل", "اعتقلت", "هبوط", "قتلي")]
    ['خفض', 'قرر', 'قتل', 'عقل', 'هبط', 'قتل']
    >>> stems("بالمطارات")
    ('مطار', 'طر')
    """
    stem = _stem(word)
    return stem, _bare(_derived(stem))


def _stem(word: str) -> str:
    for piece in BEFORE:
        if word.startswith(piece) and len(word) - len(piece) >= LEAST:
            word = word[len(piece) :]
            break
    else:
        if len(word) > 4 and word[0] in "وف" and word[1] not in "اوي":
            word = word[1:]
        if len(word) > 4 and word[0] in "بلكس" and word[1] in "يتام":
            word = word[1:]
    for piece in AFTER:
        if word.endswith(piece) and len(word) - len(piece) >= LEAST:
            return word[: -len(piece)]
    return word


def _derived(stem: str) -> str:
    """The stem without the letters that derived forms add before and among those of the root."""
    for piece in ("است", "يست", "تست", "مست", "نست"):
        if stem.startswith(piece) and len(stem) - 3 >= 2:
            return stem[3:]
    if len(stem) >= 5 and stem[0] in "ايتمن" and stem[1] == "ن" and stem[2] not in WEAK:
        return stem[2:]
    if len(stem) >= 5 and stem[0] in "ايتمن" and stem[2] in "تطد" and not (stem[2] != "ت" and stem[1] not in "صضزد"):
        return stem[1] + stem[3:]
    if len(stem) >= 4 and stem[0] in "ايتمن":
        stem = stem[1:]
        if len(stem) >= 4 and stem[0] == "ت" and stem[1] not in "اي":
            return stem[1:]
    return stem


def _bare(stem: str) -> str:
    kept = "".join(c for i, c in enumerate(stem) if c not in WEAK or (i == 0 and c == "و"))
    return kept if len(kept) >= 2 else stem
