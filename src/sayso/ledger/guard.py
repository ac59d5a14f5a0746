"""The boundary of the ledger: what is protected is masked in whatever a public method of `Ledger` gives, and asked for by none.

`guarded` wraps every public method of the class, those that are yet to be written too; a method is left as it is only where `_OPEN` names
it. So nothing that serves people or machines needs to know of protection, and none of it can forget.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from sayso.errors import RecordNotFound
from sayso.ledger.bytes_hidden import may_hold
from sayso.ledger.masking import GONE, Mask
from sayso.model import Report

Class = TypeVar("Class", bound=type[Any])

_OPEN = {
    "close",
    "head",
    "still",
    "wait_for_change",
}  # hashes, or nothing: asked so often that a look for protection would tell
_CHANGING = {"judge", "protect", "redact", "take_judgements", "unprotect"}
"""Methods after which something else may be protected than before."""

_ASKED = {("search", "query"), ("find", "query"), ("find", "actor"), ("hits", "query"), ("statements", "actor")}
"""Where such an argument comes near a protected name nothing is found: the answer, or how many there are, would tell where it stands."""

_IN_WORDS = {("ask", "question")}  # arguments that are masked themselves
_AN_ID = re.compile(r"[ap]-[a-z2-7]{1,16}")


class Guard:
    """What stands between a ledger and whoever asks it, as long as something is protected."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask
        self._met = False  # every actor, once

    def given(self, value: Any) -> Any:
        """A value as it may be shown. Raises RecordNotFound for one that may not be shown at all."""
        made = self.mask.value(value)
        if made is GONE:
            raise protected("what was asked for")
        return made

    def whole(self, value: Any) -> bool:
        """Whether a value may be shown as it is."""
        made = self.mask.value(value)
        return made is value or bool(made == value)

    def taken(self, method: str, arguments: dict[str, Any], actors: Callable[[], object]) -> bool:
        """Puts real ids in the place of those that were handed out; False where nothing may be told. ``actors`` gives all actors across
        reports, whose ids another process may have handed out."""
        for name, value in arguments.items():
            if not isinstance(value, str):
                continue
            if _AN_ID.fullmatch(value):
                if value.startswith("p-") and not self._met and self.mask.real_id(value) == value:
                    self._met = True
                    self.mask.value(actors())
                arguments[name] = self.mask.real_id(value)
            elif (method, name) in _ASKED and self.mask.names.near(value):
                return False
            elif (method, name) in _IN_WORDS:
                arguments[name] = self.mask.text(value)
        return True

    def release(self, report: Report, raw: bytes) -> bytes:
        """The bytes of a report. Raises RecordNotFound where they are those of a protected one, or may hold a protected name."""
        held = bool(self.mask.names) and may_hold(report.media_type, raw, self.mask.touches)
        if held or report.id in self.mask.reports or not self.whole(report):
            raise protected(report.id)
        return raw


def protected(where: str) -> RecordNotFound:
    """The error for what may not be shown."""
    return RecordNotFound(
        "this is protected", where=where, remedy="Whoever keeps the ledger can show it with --reveal."
    )


def guarded(kind: Class) -> Class:
    """The class with every public method wrapped; it has ``_attend``, which gives the guard that holds now, or None."""
    for base in reversed(kind.__mro__[:-1]):
        for name, function in list(vars(base).items()):
            if not name.startswith("_") and name not in _OPEN and inspect.isfunction(function):
                setattr(kind, name, _served(name, function))
    return kind


def _served(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(function)

    @wraps(function)
    def served(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self._inside:  # one method of the ledger asks another: only what leaves it is masked
            return function(self, *args, **kwargs)
        guard: Guard | None = self._attend()
        bound = signature.bind(self, *args, **kwargs)
        self._inside = True
        try:
            if guard is not None and not guard.taken(name, bound.arguments, self.actors):
                return iter(()) if name == "statements" else ()
            value = function(*bound.args, **bound.kwargs)
        finally:
            self._inside = False
        if name in _CHANGING:
            guard = self._attend()  # what was just protected too
        return value if guard is None else guard.given(value)

    return served
