"""A situation report as Markdown in one language: every sentence about an incident cites the claims and accounts it rests on.

Nothing is said that the record does not say: what is contested is marked so, a single source is called one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from kavass.publish import Edition, Entry, PostState, headline, named, sources_line, word
from kavass.publish import title as called
from kavass.reasons import say


def write(edition: Edition, out: TextIO, *, lang: str) -> None:
    """Posts first (posture, rules, decisions owed), then the incidents with their claims, then the sources by number."""
    numbers: dict[str, int] = {}
    out.write(f"# {word(lang, 'text', 'sitrep')}\n\n{word(lang, 'column', 'as_of')}: {edition.as_of}\n")
    if edition.posts:
        out.write(f"\n## {word(lang, 'text', 'posts')}\n")
    for state in edition.posts:
        out.write("\n" + "\n".join(_post(state, lang)) + "\n")
    out.write(f"\n## {word(lang, 'text', 'incidents')}\n")
    for entry in edition.entries:
        out.write("\n" + "\n".join(_incident(entry, numbers, lang)) + "\n")
    if numbers:
        out.write(f"\n## {word(lang, 'text', 'sources')}\n\n")
    for ref, number in numbers.items():
        out.write(f"[^{number}]: {ref}\n")


def _post(state: PostState, lang: str) -> Iterator[str]:
    posture = word(lang, "posture", state.posture.status if state.posture else "unknown")
    yield f"### {_plain(state.post.name.get(lang) or state.post.id)}"
    yield ""
    since = f" ({state.posture.valid_from[:10]})" if state.posture else ""
    yield f"- {word(lang, 'field', 'posture')}: {posture}{since}"
    for rule in state.rules:
        if rule.trip.result != "not_crossed":
            owed = f" **{word(lang, 'text', 'owed')}**" if rule.owed else ""
            title = _plain(rule.tripwire.title.get(lang) or rule.tripwire.id)
            counted = [
                f"{called(rule.incidents[i], lang)} ({i})" if i in rule.incidents else i for i in rule.trip.counted
            ]
            missing = [say(m, lang, name=named(rule.incidents, lang)) for m in rule.trip.missing]
            because = _plain("; ".join(counted or missing))
            yield f"- {word(lang, 'result', rule.trip.result)}: {title} ({because}){owed}"
    yield from (f"- {warning}" for warning in state.warnings)


def _incident(entry: Entry, numbers: dict[str, int], lang: str) -> Iterator[str]:
    incident = entry.incident
    accounts = [f"{ref.report}:{ref.account}" for ref in incident.accounts]
    yield f"### {_plain(headline(entry, lang))}"
    yield ""
    yield f"- {_plain(sources_line(entry, lang))} {_cited(accounts, numbers)}"
    for name, refs in incident.dissent.items():
        yield f"- {word(lang, 'column', 'contested')}: {word(lang, 'field', name)} {_cited(refs, numbers)}"
    for said in entry.claims:
        speaker = _plain(said.speaker) or word(lang, "anonymity", "narrator")
        yield f"- {speaker} ({word(lang, 'stance', said.claim.stance)}): “{_plain(said.quote)}” {_cited([said.ref], numbers)}"
    yield from (f"- {_plain(say(e.reason, lang))} ({e.post}) {_cited(e.basis, numbers)}" for e in entry.exposures)


def _cited(refs: tuple[str, ...] | list[str], numbers: dict[str, int]) -> str:
    """Footnote marks, each reference under one number throughout."""
    return "".join(f"[^{numbers.setdefault(ref, len(numbers) + 1)}]" for ref in dict.fromkeys(refs))


def _plain(text: str) -> str:
    """One line in which nothing is Markdown or HTML by accident."""
    line = " ".join(text.split())
    return "".join(f"\\{c}" if c in "\\`*_[]#|" else {"<": "&lt;", ">": "&gt;"}.get(c, c) for c in line)
