"""How whoever stands at the beginning of a claim knows it: who saw it, who has a side in it, whose office it is, who passes it on.

The words that tell are data (`data/origin_types.toml`). Where nothing tells, the type is unknown; it never changes who is
independent of whom, only what the rules of `status` may make of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from sayso.link.eyewitness import is_sight
from sayso.link.told import Told
from sayso.model import Act, OriginType

Sided = Callable[[Told], bool]
"""Whether the speaker of a statement has a side in its story."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BY_WORDS = (
    ("witness", OriginType.WITNESS),
    ("analyst", OriginType.ANALYST),
    ("official_record", OriginType.OFFICIAL_RECORD),
    ("office", OriginType.OFFICIAL_RECORD),
)
# Of several statements the one that is nearest to the matter tells how the origin knows it.
_NEAREST = (
    OriginType.WITNESS,
    OriginType.PARTY,
    OriginType.OFFICIAL_RECORD,
    OriginType.OWN_REPORTING,
    OriginType.ANALYST,
    OriginType.UNKNOWN,
    OriginType.REHASH,
)


def type_of(statements: Sequence[Told], sided: Sided) -> OriginType:
    """The type of an origin: of its statements' types the one nearest to the matter; but who has a side stays a party, though
    others carry what they said."""
    types = {type_of_statement(one, sided) for one in statements if one.twin is None or len(statements) == 1}
    types = types or {type_of_statement(one, sided) for one in statements}
    if OriginType.PARTY in types:
        return OriginType.PARTY
    return next(each for each in _NEAREST if each in types)


def type_of_statement(one: Told, sided: Sided) -> OriginType:
    """How the one who makes this statement knows it."""
    if one.voice:
        if one.statement.relay:
            return OriginType.REHASH
        return OriginType.WITNESS if is_sight(one) else OriginType.OWN_REPORTING
    if sided(one) or one.statement.act in (Act.CLAIM_RESPONSIBILITY, Act.DECLINE_RESPONSIBILITY):
        return OriginType.PARTY
    words = _words_of(one)
    for name, kind in _BY_WORDS:
        if words & _telling()[name]:
            return kind
    return OriginType.REHASH if one.statement.relay and not one.party.named else OriginType.UNKNOWN


def is_first_hand(one: Told, sided: Sided) -> bool:
    """Somebody answers for it by name and from near: a named actor who is no analyst, or an outlet in its own name with no
    relay; not one who passes it on."""
    kind = type_of_statement(one, sided)
    return one.party.named and kind not in (OriginType.ANALYST, OriginType.REHASH)


def name_of(statements: Sequence[Told]) -> str | None:
    """Who stands at the beginning: the first named speaker, else the outlet that tells it; None where nobody is named.
    ``statements`` are in the order of the ledger."""
    spoken = [one for one in statements if not one.voice and one.party.named]
    told = [one for one in statements if one.voice and one.party.named and not one.statement.relay]
    return next((one.party.name for one in (*spoken, *told)), None)


def _words_of(one: Told) -> frozenset[str]:
    """The words by which the speaker is called: name, role, and the source as it stands in the text."""
    actor = one.statement.actor
    source = " ".join(span.of(one.report.text) for span in one.statement.source)
    said = " ".join(filter(None, (source, actor.role if actor else None, actor.name if actor else None)))
    return frozenset(word.casefold() for word in _WORD.findall(said))


@lru_cache(maxsize=1)
def _telling() -> Mapping[str, frozenset[str]]:
    data = tomllib.loads(files("sayso.link").joinpath("data/origin_types.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in data.items()}
