"""The frame around every page: which story, as of when, where the reader can go from here."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.serve.pages.view import View
from sayso.serve.web.rendering import address

#: The pages of a story, in the order of the bar: the end of the path, and what it is called.
TABS = (
    ("", "Account"),
    ("/questions", "Questions"),
    ("/reports", "Reports"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    path: str
    words: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What the layout needs. ``here`` is the path of the page; ``newest`` is False where something is still being brought together."""

    name: str
    head: str
    here: str
    as_of: str | None = None
    story: str | None = None
    newest: bool = True
    query: str = ""
    tabs: tuple[Tab, ...] = ()

    def link(self, path: str, **asked: str | None) -> str:
        """An address of ours at the time that this page shows."""
        return address(path, **{"as_of": self.as_of, **asked})


def frame(name: str, head: str, here: str, *, view: View | None = None, newest: bool = True, query: str = "") -> Frame:
    """The frame of a page of ``view``, or of a page outside any story."""
    if view is None:
        return Frame(name, head, here, query=query)
    root = f"/stories/{view.story.id}"
    tabs = tuple(Tab(root + end, words, here == root + end) for end, words in TABS)
    return Frame(name, view.head, here, view.as_of, view.story.id, newest, query, tabs)
