"""The first page: which running affairs the ledger holds, the one that was told of last first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.account.labels import date_words
from sayso.model import StoryListing

if TYPE_CHECKING:
    from sayso.ledger import Ledger


@dataclass(frozen=True, slots=True)
class StoryItem:
    """A story in one row. ``first`` and ``last`` are ISO 8601, ``span`` the same in words."""

    id: str
    title: str
    reports: int
    outlets: tuple[str, ...]
    origins: int
    disputed_claims: int
    open_questions: int
    first: str | None
    last: str | None
    span: str


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """The stories of a ledger, and how many reports there are in all."""

    stories: tuple[StoryItem, ...]
    reports: int


def stories_page(ledger: Ledger, *, as_of: str | None = None) -> StoriesPage:
    """The context of ``/``."""
    items = tuple(_item(listing) for listing in ledger.story_listings(as_of=as_of))
    return StoriesPage(items, sum(item.reports for item in items))


def _item(listing: StoryListing) -> StoryItem:
    story = listing.story
    first, last = date_words(story.first), date_words(story.last)
    return StoryItem(
        id=story.id,
        title=story.title,
        reports=len(story.reports),
        outlets=listing.outlets,
        origins=listing.origins,
        disputed_claims=listing.disputed_claims,
        open_questions=listing.open_questions,
        first=story.first,
        last=story.last,
        span=first if first == last else f"{first} to {last}",
    )
