"""English words -> the letters they share with their kin: "closed", "closure" and "closing" give one, near enough.

For asking whether two words are of one family, not for reading what a word is (analyse.py does that).
"""

from __future__ import annotations

import simplemma

ENDINGS = (
    "ations", "ation", "ments", "ment", "ances", "ance", "ence", "ures", "ure", "sions", "sion", "tions", "tion", "ings", "ing",
    "ers", "er", "ors", "or", "als", "al", "ies", "ed", "es", "ly", "y", "e", "s",
)  # fmt: skip
LEAST = 4  # letters that stay


def stems(word: str) -> tuple[str, str]:
    """A folded word in its dictionary form, and what it shares with its kin.

    >>> {stems(w)[1] for w in ("closed", "closure", "closing", "closes")}
    {'clos'}
    >>> stems("fell")
    ('fall', 'fall')
    """
    lemma = IRREGULAR.get(word) or simplemma.lemmatize(word, lang="en")
    return lemma, next((lemma[: -len(e)] for e in ENDINGS if lemma.endswith(e) and len(lemma) - len(e) >= LEAST), lemma)


IRREGULAR = {
    "rose": "rise",
    "fell": "fall",
    "felt": "feel",
    "left": "leave",
    "found": "find",
    "won": "win",
    "lost": "lose",
}
