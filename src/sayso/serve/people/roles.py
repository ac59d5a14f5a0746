"""What a person may do: three roles, and the one table that says which addresses need which.

An address whose beginning stands in no row needs an admin: a new page that nobody thought of is closed, not open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sayso.errors import UsageError


class Role(IntEnum):
    """A higher role may do all that a lower one may."""

    READER = 1
    EDITOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        return self.name.lower()

    @staticmethod
    def of(word: str) -> Role:
        """The role of that name. Raises UsageError for a name that is none."""
        try:
            return Role[word.upper()]
        except KeyError:
            raise UsageError("there is no such role", where=repr(word), remedy="Say reader, editor or admin.") from None


#: What a token may be made for, and the most that whoever holds it may do then.
SCOPES = {"read": Role.READER, "write": Role.EDITOR, "admin": Role.ADMIN}


@dataclass(frozen=True, slots=True)
class Person:
    """Who sent a request. ``how`` is "session", "token", or "local" on a desk without accounts; ``id`` is None there."""

    name: str
    role: Role
    how: str
    id: int | None = None

    @property
    def edits(self) -> bool:
        """Whether they may judge and add reports."""
        return self.role >= Role.EDITOR

    @property
    def manages(self) -> bool:
        """Whether they may manage people and tokens."""
        return self.role >= Role.ADMIN


@dataclass(frozen=True, slots=True)
class Rule:
    """What an address needs to be read, and to change something. None lets everybody in.

    With ``in_person`` a token will not do: nobody's script makes itself another key.
    """

    reading: Role | None
    changing: Role | None
    in_person: bool = False


_OPEN = Rule(None, None)
_PAGES = Rule(Role.READER, Role.EDITOR)
_EDITING = Rule(Role.EDITOR, Role.EDITOR)
_OWN = Rule(Role.READER, Role.READER, in_person=True)

#: The beginnings of addresses, the longest that fits first.
RULES = {
    "/static": _OPEN,
    "/login": _OPEN,
    "/logout": _OWN,
    "/me": _OWN,
    "/people": Rule(Role.ADMIN, Role.ADMIN, in_person=True),
    "/": _PAGES,  # this page alone
    "/stories": _PAGES,
    "/questions": _PAGES,
    "/claims": _PAGES,
    "/reports": _PAGES,
    "/search": _PAGES,
    "/judge": _PAGES,
    "/check": _EDITING,
    "/api/v1": _PAGES,
    "/api/v1/people": Rule(Role.ADMIN, Role.ADMIN),
}
_UNKNOWN = Rule(Role.ADMIN, Role.ADMIN, in_person=True)

SAFE = ("GET", "HEAD", "OPTIONS")
"""The methods that change nothing."""


def rule_for(path: str) -> Rule | None:
    """The rule of an address, or None where nobody wrote one."""
    if path in ("", "/"):
        return RULES["/"]
    parts = path.rstrip("/").split("/")
    begins = ("/".join(parts[:end]) for end in range(len(parts), 1, -1))
    return next((RULES[begin] for begin in begins if begin != "/" and begin in RULES), None)


def needed(method: str, path: str) -> tuple[Role | None, bool]:
    """The least role that a request needs, None for none at all, and whether a token will not do."""
    rule = rule_for(path) or _UNKNOWN
    return (rule.reading if method in SAFE else rule.changing), rule.in_person
