"""The rules and the words of the product, from where they stand in the code: pieces that a page asks for by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from making.prose import cell, fields_of, table
from sayso.account.labels import ORIGIN_WORDS, STATUS_WORDS, rule_words
from sayso.link import likeness, same_event
from sayso.link.compare.features import COMPARISONS
from sayso.link.status import RULES
from sayso.model import (
    ActorType,
    HopKind,
    Kind,
    Measure,
    OriginType,
    PairKind,
    Slot,
    Verdict,
)
from sayso.serve.changed import HEADINGS
from sayso.serve.pages.parts import ACT_WORDS, RELATION_WORDS
from sayso.serve.pages.report import EDGE_WORDS


def statuses() -> str:
    """Every status with what a reader is told it means."""
    rows = [(f"`{each.value}`", words.name, cell(words.meaning)) for each, words in STATUS_WORDS.items()]
    return table(("Status", "Called", "What a reader is told"), rows)


def status_rules() -> str:
    """The rules in the order in which they are asked."""
    rows = [
        (str(n), f"`{status.value}`", f"{rule_words(rule.__name__)} (`{rule.__name__}`)", cell(rule.__doc__))
        for n, (rule, status) in enumerate(RULES, 1)
    ]
    return table(("", "Status", "Rule", "In its own words"), rows)


def origin_types() -> str:
    """How whoever stands at the beginning knows it."""
    comments = _comments(OriginType)
    rows = [(f"`{each.value}`", words, cell(comments[each.value])) for each, words in ORIGIN_WORDS.items()]
    return table(("Type", "Called", "Who"), rows)


def acts() -> str:
    return table(("Act", "As the pages say it"), [(f"`{act.value}`", cell(words)) for act, words in ACT_WORDS.items()])


def relation_kinds() -> str:
    rows = [(f"`{each.value}`", cell(words), cell(back)) for each, (words, back) in RELATION_WORDS.items()]
    return table(("Relation", "One claim", "The other"), rows)


def edge_kinds() -> str:
    rows = [(f"`{each.value}`", cell(words), cell(back)) for each, (words, back) in EDGE_WORDS.items()]
    return table(("Kind", "One report", "The other"), rows)


def change_kinds() -> str:
    return table(("Change", "Called"), [(f"`{kind.value}`", cell(words)) for kind, words in HEADINGS.items()])


def likeness_measures() -> str:
    return _measures(likeness.MEASURES)


def same_event_measures() -> str:
    return _measures(same_event.MEASURES)


def comparison_measures() -> str:
    rows = [(f"`{name}`", cell(inspect.getdoc(getattr(each, "func", each)))) for name, each in COMPARISONS.items()]
    return table(("Comparison", "What it looks for"), rows)


def _measures(measures: Iterable[Callable[..., Any]]) -> str:
    return table(("Measure", "What it is"), [(f"`{each.__name__}`", cell(each.__doc__)) for each in measures])


def _comments(values: type[StrEnum]) -> dict[str, str]:
    module = inspect.getmodule(values)
    assert module is not None, values
    return {each.default: each.words for each in fields_of(module, values.__name__)}


def _values(values: type[StrEnum]) -> Callable[[], str]:
    """The values of an enumeration in a line, each with its comment where it has one."""

    def made() -> str:
        comments = _comments(values)
        told = [
            f"`{each.value}`" + (f" ({cell(comments[each.value])})" * bool(comments[each.value])) for each in values
        ]
        return ", ".join(told) + ".\n"

    return made


PIECES: Mapping[str, Callable[[], str]] = {
    "statuses": statuses,
    "status_rules": status_rules,
    "origin_types": origin_types,
    "likeness_measures": likeness_measures,
    "same_event_measures": same_event_measures,
    "comparison_measures": comparison_measures,
    "acts": acts,
    "actor_types": _values(ActorType),
    "change_kinds": change_kinds,
    "edge_kinds": edge_kinds,
    "hop_kinds": _values(HopKind),
    "statement_kinds": _values(Kind),
    "measures": _values(Measure),
    "pair_kinds": _values(PairKind),
    "relation_kinds": relation_kinds,
    "slots": _values(Slot),
    "verdicts": _values(Verdict),
}
"""What a page may ask for: a line ``{{ name }}`` becomes the piece of that name."""
