"""Opening hours and holidays of posts: what tells of no change ("closed on Fridays", "was not open on Sunday")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavass.lang.frames import Hit
from kavass.model import Report

if TYPE_CHECKING:
    from kavass.lang import Language


def routine(report: Report, hit: Hit, language: Language) -> bool:
    """Whether a clause about a post only says when it is open, or denies a state that it is in.

    The words are those of posture.toml, `routine`, in any part of the clause but its subject and object.
    """
    if hit.clause.negated and hit.clause.kind == "copula":
        return True
    words = {language.key(w) for w in language.table("posture").get("routine", {}).get("words", ())}
    spans = [a.span for a in hit.clause.arguments if a.function not in ("subject", "object") and a.clause is None]
    return any(not words.isdisjoint(language.key(report.words(span)).split()) for span in spans)
