"""Which account a statement bears on that tells none itself: what the report is talking of when it is made.

What stands in the statement's own sentence comes before what was told last, news before background, and what the speaker spoke
of before counts. A noun that names the kind of incident ("the fire", «الهجوم») points to one of that kind, blame to violence, a
toll to what takes lives. Sharing people or places was tried and decides nothing more (own sets, both languages).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kavass import codebook
from kavass.attribute.said import Said
from kavass.lang.frames import Hit
from kavass.model import Account, Span

BESIDE, NEWS, SPOKEN_OF = 4.0, 0.5, 1.0  # beside a nearness of 2, 1, 2/3 ... for one, two, three sentences back
NEAREST = 2.0
NAMED, FIT = 3.0, 1.5  # of the kind that the statement names; of a family that what it says asks for
HARMFUL = ("violence", "hazard", "health", "unrest")
FAR = 400  # characters within a sentence


class Focus:
    """What one report talks of, asked statement by statement in text order."""

    def __init__(self, told: Sequence[tuple[Account, Sequence[Hit]]]):
        self._told = [(h.sentence.index, h.trigger, a) for a, hits in told for h in hits]
        self._spoken: dict[str, str] = {}

    def note(self, speaker: str | None, account: str) -> None:
        """Remembers what a speaker (an actor's id) last spoke of."""
        if speaker is not None:
            self._spoken[speaker] = account

    def of(
        self, said: Said, speaker: str | None, named: Collection[str] = (), families: Collection[str] = ()
    ) -> Account | None:
        """The account that the statement bears on; None in a report that tells none before it, nor any news.

        `named` are the types that nouns of the statement name, `families` those that what it says asks for.
        """
        before = [
            (
                self._weight(said, i, at, a, speaker)
                + NAMED * (a.type in named)
                + FIT * (codebook.family(a.type) in families),
                at,
                a,
            )
            for i, at, a in self._told
            if i <= said.sentence.index
        ]
        if before:
            return max(before, key=lambda b: b[:2])[2]
        return min(((at, a) for _, at, a in self._told if a.primary), key=lambda t: t[0], default=(None, None))[1]

    def _weight(self, said: Said, index: int, at: Span, account: Account, speaker: str | None) -> float:
        back = said.sentence.index - index
        near = NEAREST / back if back else BESIDE - min(abs(at.start - said.cue.start), FAR) / FAR
        spoken_of = speaker is not None and self._spoken.get(speaker) == account.id
        return near + (NEWS if account.primary else 0) + (SPOKEN_OF if spoken_of else 0)
