"""The core types as plain JSON values and back; and the canonical bytes that records are hashed over.

Fields at their default are left out. So a field that a later release adds, with a default, changes neither what old
rows mean nor what they hash to.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import Any, TypeVar

from cattrs import Converter

from sayso.model import Span

T = TypeVar("T")

_HALVES = re.compile("[\ud800-\udfff]")


def to_plain(value: object) -> Any:
    """A core type, or a tuple of them, as dicts, lists, strings, numbers and None."""
    return _converter().unstructure(value)


def from_plain(plain: object, kind: type[T]) -> T:
    """The core type that `to_plain` made ``plain`` from. Raises an exception of cattrs for anything else."""
    return _converter().structure(plain, kind)


def to_json(plain: object) -> str:
    """Canonical JSON: sorted keys, no blanks, readable letters. The same value gives the same text everywhere.

    Half of a surrogate pair (in the name of a file, say) has no UTF-8 and becomes U+FFFD, one code point for one.
    """
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _HALVES.sub("\ufffd", text)


def digest(value: object) -> str:
    """The SHA-256 of a core type's canonical JSON, in hexadecimal."""
    return hashlib.sha256(to_json(to_plain(value)).encode("utf-8")).hexdigest()


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(omit_if_default=True, forbid_extra_keys=True, detailed_validation=False)
    converter.register_unstructure_hook(Span, list)
    converter.register_unstructure_hook(float, float)  # a reader's 12 and the 12.0 that comes back are one number
    converter.register_structure_hook(Span, _span)
    return converter


def _span(plain: Any, _: type[Span]) -> Span:
    start, end = plain
    if type(start) is not int or type(end) is not int:
        raise ValueError(f"not a span: {plain!r}")
    return Span(start, end)
