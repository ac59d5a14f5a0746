"""Which judgements change what is linked. A grade, a note, a sign-off is kept and shown; nothing is linked anew for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sayso.model import Judgement, Verdict

SAYS_NOTHING = (Verdict.GRADE, Verdict.NOTE, Verdict.PROTECT)
"""Verdicts of which linking takes no notice."""

_OF_ONE_STORY = ("s-", "r-")  # how the ids of statements and reports begin
_AGAINST_IT = (Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT)


def meant(judgement: Judgement, every: Mapping[str, Judgement]) -> Judgement:
    """What it is about in the end: of one that rejects a judgement, that one; of a ring of them, one of the ring."""
    seen: set[str] = set()
    while judgement.subject in every and judgement.id not in seen:
        seen.add(judgement.id)
        judgement = every[judgement.subject]
    return judgement


def bears(judgement: Judgement, every: Mapping[str, Judgement]) -> bool:
    """Whether linking may give something else for it, or for what it takes back. ``every`` holds all judgements by id.

    To accept a record alone says nothing, unless it takes the place of what somebody decided against it.
    """
    said = meant(judgement, every)
    if said.verdict in SAYS_NOTHING:
        return False
    if said.verdict is not Verdict.ACCEPT or said.other is not None:
        return True
    return any(j.subject == said.subject and j.other is None and j.verdict in _AGAINST_IT for j in every.values())


def bearing_on(judgements: Iterable[Judgement], records: Collection[str]) -> list[Judgement]:
    """Those that may bear on a story with these statements and reports: what speaks of others' statements and reports alone
    does not, names of actors and outlets may stand anywhere."""
    every = {judgement.id: judgement for judgement in judgements}
    return [each for each in every.values() if bears(each, every) and _touches(meant(each, every), records)]


def spoken_of(judgements: Iterable[Judgement], later: Collection[str]) -> frozenset[str] | None:
    """The statements and reports that linking may take otherwise for the judgements of the ids ``later``; None where these may bear on
    any story: they speak of an actor or an outlet, or of one of them an earlier judgement was made already."""
    every = {judgement.id: judgement for judgement in judgements}
    if any(each.subject in later for each in every.values() if each.id not in later):
        return None  # handed in from another ledger before what it rejects: without that, it means something else
    found: set[str] = set()
    for each in (every[i] for i in later if i in every):
        if bears(each, every):
            said = meant(each, every)
            found |= {record for record in (said.subject, said.other) if record}
    return frozenset(found) if all(record.startswith(_OF_ONE_STORY) for record in found) else None


def _touches(judgement: Judgement, records: Collection[str]) -> bool:
    named = [each for each in (judgement.subject, judgement.other) if each]
    return any(each in records or not each.startswith(_OF_ONE_STORY) for each in named)
