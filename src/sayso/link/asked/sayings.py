"""What did somebody say? Their claims about the matter, the latest first."""

from __future__ import annotations

from sayso.link.asked.holding import Answering, Found, Holding, named_in, nothing
from sayso.model import Act, Outcome, Wanted

MOST = 5  # claims that are told


def sayings(wanted: Wanted, held: Holding) -> Found:
    """What whoever is asked for says of it. "What happened" and "why" have no answer here: only open questions."""
    if wanted.speaker is None:
        return nothing("what and why are answered only where the question says whose word is asked for")
    asked = held.content(wanted) | held.names(wanted)
    found = []
    spoken = False
    for claim in held.linked.claims:
        told = tuple(t for t in held.statements(claim) if not t.voice and held.spoken_by(wanted.speaker, t))
        if wanted.saying in ("deny", "denies", "denied"):
            told = tuple(t for t in told if t.statement.act is Act.DENY)
        spoken = spoken or bool(told)
        stems = held.stems(claim)
        if told and all(named_in(word, stems) for word in asked):
            found.append(Answering(claim.wording, claim, told))
    if not found:
        return nothing(
            f"no claim of {wanted.speaker} is about this" if spoken else f"nobody called {wanted.speaker!r} speaks"
        )
    found.sort(key=lambda a: (a.before, -max(t.day or 0.0 for t in a.told), -a.claim.origins, a.claim.id))
    return Found(Outcome.ANSWERED, tuple(found[:MOST]), held.questions.get(found[0].claim.question))
