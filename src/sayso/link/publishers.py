"""Which outlets are one publisher's: what they report on their own is one way of knowing.

The table is data (`data/publishers.toml`) and a person's to change, for one ledger, by a judgement on "outlet:NAME".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from sayso.link.credits import key
from sayso.link.judged import Judged

NONE = "none"
"""What a person writes for an outlet that is nobody's but its own."""


class Publishers:
    """The publisher of an outlet, where it has others of one family."""

    def __init__(self, judged: Judged | None = None) -> None:
        said = judged.families if judged is not None else {}
        self._said = {key(outlet): family for outlet, family in said.items()}

    def of(self, outlet: str | None) -> str | None:
        """The family of an outlet; None for one that has none."""
        name = key(outlet or "")
        if not name:
            return None
        if name in self._said:
            return None if self._said[name].casefold() == NONE else self._said[name]
        return _families().get(name)


@lru_cache(maxsize=1)
def _families() -> Mapping[str, str]:
    data = tomllib.loads(files("sayso.link").joinpath("data/publishers.toml").read_text("utf-8"))
    return {key(outlet): family for family, outlets in data["families"].items() for outlet in outlets}
