"""The stories of a ledger: finding one by its id, what belongs to it alone, and how much there is of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sayso.errors import UsageError
from sayso.ledger.linking import State
from sayso.model import Linked, Origin, Status, Story, StoryListing

_NAMED = 5  # ids named when the beginning fits several


def story_called(stories: Sequence[Story], given: str) -> Story:
    """The story with this id, or with the only id that begins so. Raises UsageError when there is none, or several."""
    found = [story for story in stories if story.id.startswith(given)]
    exact = [story for story in found if story.id == given]
    if not found or not given:
        raise UsageError(
            "there is no story with this id", where=repr(given), remedy="Ids are shown by `sayso stories`."
        )
    if len(found) > 1 and not exact:
        named = ", ".join(story.id for story in found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
        raise UsageError(
            f"several stories have ids that begin so: {named}", where=repr(given), remedy="Give more of the id."
        )
    return (exact or found)[0]


def state_of(state: State, story: Story) -> State:
    """What belongs to one story. A claim that rests on words of other stories too is left out: an account cites its own."""
    inside = frozenset(story.reports)
    reports = tuple(report for report in state.reports if report.id in inside)
    extractions = tuple(extraction for extraction in state.extractions if extraction.report in inside)
    spoken = {statement.id for extraction in extractions for statement in extraction.statements}
    linked = state.linked
    claims = tuple(claim for claim in linked.claims if spoken.issuperset((*claim.statements, *claim.unverified_by)))
    kept = {claim.id for claim in claims}
    questions = (
        replace(
            question,
            claims=tuple(claim for claim in question.claims if claim in kept),
            asked_by=tuple(statement for statement in question.asked_by if statement in spoken),
        )
        for question in linked.questions
    )
    return State(
        reports,
        extractions,
        Linked(
            origins=tuple(_part(origin, inside) for origin in linked.origins if inside.intersection(origin.reports)),
            questions=tuple(question for question in questions if question.claims or question.asked_by),
            claims=claims,
            relations=tuple(r for r in linked.relations if r.from_claim in kept and r.to_claim in kept),
        ),
    )


def _part(origin: Origin, inside: frozenset[str]) -> Origin:
    # Two reports of one publisher are one origin, whatever they tell of.
    return replace(
        origin,
        reports=tuple(report for report in origin.reports if report in inside),
        edges=tuple(edge for edge in origin.edges if {edge.derived, edge.base} <= inside),
    )


def list_stories(stories: Sequence[Story], state: State) -> tuple[StoryListing, ...]:
    """Every story with how much there is of it, the one that was told of last first."""
    home = {report: story.id for story in stories for report in story.reports}
    spoken = {s.id: home[x.report] for x in state.extractions if x.report in home for s in x.statements}
    outlets: dict[str, set[str]] = defaultdict(set)
    for report in state.reports:
        if report.outlet:
            outlets[home[report.id]].add(report.outlet)
    origins = _count([{home[report] for report in origin.reports} for origin in state.linked.origins])
    disputed = _count([_homes(c.statements, spoken) for c in state.linked.claims if c.status is Status.DISPUTED])
    claims = {claim.id: claim.statements for claim in state.linked.claims}
    unanswered = _count(
        [
            _homes((*question.asked_by, *(s for c in question.claims for s in claims.get(c, ()))), spoken)
            for question in state.linked.questions
            if question.open
        ]
    )
    listed = [
        StoryListing(
            story,
            tuple(sorted(outlets[story.id])),
            origins.get(story.id, 0),
            disputed.get(story.id, 0),
            unanswered.get(story.id, 0),
        )
        for story in sorted(stories, key=lambda story: story.id)
    ]
    return tuple(sorted(listed, key=lambda listing: listing.story.last or "", reverse=True))


def _homes(statements: Sequence[str], spoken: Mapping[str, str]) -> set[str]:
    return {spoken[statement] for statement in statements if statement in spoken}


def _count(homes: Sequence[set[str]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for stories in homes:
        for story in stories:
            counts[story] += 1
    return counts
