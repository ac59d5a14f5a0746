"""The words of the pages that are ours, through one function, so that a catalogue can give them in another language.

A message is plain text: whatever is put into it is escaped with it where it is printed. (Jinja's own translation marks its result
as markup, so that words of a report put through it would act.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Catalogue = Mapping[str, str]
"""English message -> the same in another language."""


def translator(catalogue: Catalogue | None = None) -> Callable[..., str]:
    """``_``: the message in the language of the catalogue, or as it is; values fill "%(name)s" in it."""
    known = catalogue or {}

    def message(text: str, **values: object) -> str:
        told = known.get(text, text)
        return told % values if values else told

    return message
