"""Claims of responsibility -> the accounts: whoever is blamed, or claims a deed, is told as its doer.

The role says that somebody is told to have done it, never that he did: who says so, and how surely, stays in the claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kavass import codebook
from kavass.attribute.links import BLAME
from kavass.model import Account, Actor, Claim, Report, Role, RoleKind, Span

if TYPE_CHECKING:
    from kavass.coding import Coded
    from kavass.refer import Cast

HELD = ("perpetrator", "victim", "target")  # nobody is made the doer of what hit him
BODIES = ("organisation", "group", "state")


def blame(report: Report, accounts: Sequence[Coded], claims: Sequence[Claim], cast: Cast) -> list[Coded]:
    """The accounts, each with the bodies that a claim about it holds responsible for violence and that no role has yet."""
    bodies = {a.id: a for a in cast.actors if a.kind in BODIES}
    told = [c for c in claims if c.stance in BLAME and c.field == "perpetrator" and c.polarity == "affirmed"]
    return [
        replace(c, account=_with(report, c.account, [t for t in told if c.account.id in t.about], bodies))
        for c in accounts
    ]


def _with(report: Report, account: Account, told: Sequence[Claim], bodies: Mapping[str, Actor]) -> Account:
    """The account with those whom the claims about it blame."""
    held = {r.actor for r in account.roles if r.role in HELD}
    blamed = dict.fromkeys(
        i for claim in told for i in claim.about if i in bodies and i not in held
        and (claim.stance == "claims_responsibility" or i != claim.speaker.actor)
    )  # fmt: skip
    if not blamed or codebook.family(account.type) != "violence":
        return account
    doers = [r for r in account.roles if r.role == "perpetrator"] + [_role(report, bodies[i]) for i in blamed]
    return replace(account, roles=(*doers, *(r for r in account.roles if r.role != "perpetrator")))


def _role(report: Report, actor: Actor) -> Role:
    """The actor as a doer, under its name."""
    span = next((m for m in actor.mentions if actor.name in report.words(m)), actor.mentions[0])
    at = max(report.words(span).find(actor.name), 0)
    name = Span(span[0] + at, span[0] + at + len(actor.name)) if actor.name in report.words(span) else Span(*span)
    kind: RoleKind = "organisation" if actor.known_as or actor.kind != "group" else "group"
    return Role(role="perpetrator", kind=kind, named=actor.known_as is not None, actor=actor.id, text=report.words(name),
                mentions=tuple(sorted({name, *actor.mentions})))  # fmt: skip
