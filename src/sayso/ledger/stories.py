"""The stories of a ledger: finding one by its id, and how much there is of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sayso.errors import RecordNotFound, UsageError
from sayso.ledger.state import State
from sayso.model import Status, Story, StoryListing

_NAMED = 5  # ids named when the beginning fits several


def story_called(ids: Sequence[str], given: str) -> str:
    """The id of the story that ``given`` is, or is the only beginning of. Raises UsageError when there is none, or several."""
    found = [story for story in ids if story.startswith(given)]
    if not found or not given:
        raise RecordNotFound(
            "there is no story with this id", where=repr(given), remedy="Ids are shown by `sayso stories`."
        )
    if len(found) > 1 and given not in found:
        named = ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")
        raise UsageError(
            f"several stories have ids that begin so: {named}", where=repr(given), remedy="Give more of the id."
        )
    return given if given in found else found[0]


def list_stories(stories: Sequence[Story], state: State) -> tuple[StoryListing, ...]:
    """Every story with how much there is of it, the one that was told of last first."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for report in state.reports:
        if report.outlet:
            outlets[state.stories[report.id]].add(report.outlet)
    listed = [
        StoryListing(
            story,
            tuple(sorted(outlets[story.id])),
            origins=len(state.parts[story.id].origins),
            disputed_claims=sum(claim.status is Status.DISPUTED for claim in state.parts[story.id].claims),
            open_questions=sum(question.open for question in state.parts[story.id].questions),
        )
        for story in sorted(stories, key=lambda story: story.id)
    ]
    return tuple(sorted(listed, key=lambda listing: listing.story.last or "", reverse=True))
