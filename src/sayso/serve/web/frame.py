"""The frame around every page: which story, as of when, where the reader can go from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sayso.serve.pages.view import View
from sayso.serve.people.roles import Person
from sayso.serve.web.rendering import address, assets_version

#: The pages of a story, in the order of the bar: the end of the path, and what it is called.
TABS = (
    ("", "Account"),
    ("/questions", "Questions"),
    ("/actors", "Actors"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/flow", "Flow"),
    ("/changes", "Changes"),
    ("/reports", "Reports"),
    ("/review", "Review"),
)


Links = Callable[[str, Mapping[str, str | None]], str]
"""Makes an address of a path of ours and what is asked for behind it."""


def served(path: str, asked: Mapping[str, str | None]) -> str:
    """The address of a page on a desk that answers."""
    return address(path, **asked)


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
    writable: bool = True
    tabs: tuple[Tab, ...] = ()
    person: Person | None = None
    form_token: str = ""
    links: Links = served

    @property
    def published(self) -> bool:
        """Whether this page stands in a folder, where nothing answers: no search, no forms, no scripts."""
        return self.links is not served

    def link(self, path: str, **asked: str | None) -> str:
        """An address of ours at the time that this page shows. Every address in a page is made here."""
        return self.links(path, {"as_of": self.as_of, **asked})

    def asset(self, name: str) -> str:
        """The address of a script, style or picture of ours."""
        return self.links(f"/static/{assets_version()}/{name}", {})


def frame(
    name: str,
    head: str,
    here: str,
    *,
    view: View | None = None,
    newest: bool = True,
    query: str = "",
    writable: bool = False,
    person: Person | None = None,
    form_token: str = "",
) -> Frame:
    """The frame of a page of ``view``, or of a page outside any story. Nobody judges in the past, nor in a ledger that may only be
    read, nor anybody who is no editor."""
    writable = writable and (person is None or person.edits)
    if view is None:
        return Frame(name, head, here, query=query, writable=writable, person=person, form_token=form_token)
    root = f"/stories/{view.story.id}"
    tabs = tuple(Tab(root + end, words, here == root + end) for end, words in TABS)
    may_judge = writable and view.as_of is None
    return Frame(name, view.head, here, view.as_of, view.story.id, newest, query, may_judge, tabs, person, form_token)
