"""The account: sections of lines, each with the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sayso.ids import make_id
from sayso.model.claims import Status
from sayso.model.values import Span


class SectionKey(StrEnum):
    ESTABLISHED = "established"
    EACH_SIDE = "each_side"
    DISPUTED = "disputed"
    FIGURES = "figures"
    UNVERIFIED = "unverified"
    CHANGED = "changed"
    OPEN = "open"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Citation:
    """The spans of one report that a line rests on. ``exact`` is the words of those spans, joined by " … "."""

    statement: str
    report: str
    outlet: str | None
    url: str | None
    published: str | None
    spans: tuple[Span, ...]
    exact: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the account, with all it rests on."""

    id: str
    text: str
    status: Status
    rule: str
    question: str | None
    claims: tuple[str, ...]
    citations: tuple[Citation, ...]

    @staticmethod
    def make_id(*, section: SectionKey, text: str, claims: tuple[str, ...]) -> str:
        return make_id("l", section.value, text, *claims)


@dataclass(frozen=True, slots=True)
class Section:
    key: SectionKey
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What is established, who says what, what is disputed, what changed, what nobody knows."""

    title: str
    as_of: str | None
    reports: int
    origins: int
    sections: tuple[Section, ...]
