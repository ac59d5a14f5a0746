"""What a search found: statements in their sentence first, then reports; narrowed by who, where, when and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.account.labels import STATUS_WORDS, date_words, outlet_words
from sayso.errors import UsageError
from sayso.model import Act, Report, Span, Statement, Status
from sayso.serve.pages.paging import Paging, part_of
from sayso.serve.pages.parts import ACT_WORDS, Piece, StatusView, pieces
from sayso.serve.passage import around

if TYPE_CHECKING:
    from sayso.ledger import Found, Hit, Ledger

#: Hits on one page: what a person looks through before asking anew.
MOST = 50
#: Values of one filter that are offered, those with most hits.
MOST_VALUES = 30


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit: the sentence, or for a report the words, around what was found, with what was found under the role "content".

    ``act_words`` say how it is said, ``statuses`` how the claims stand that rest on it now.
    """

    report: str
    statement: str | None
    outlet: str
    when: str
    who: str | None
    act_words: str | None
    places: tuple[str, ...]
    statuses: tuple[StatusView, ...]
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that hits can be narrowed to: ``count`` hits have it and pass all other filters."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values, those with most hits first. ``name`` is its name in the address, ``chosen`` its value there."""

    name: str
    words: str
    chosen: str | None
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks for. Days are ISO 8601 dates, both included; names are whole names, in any case of letters."""

    query: str = ""
    outlet: str | None = None
    actor: str | None = None
    act: str | None = None
    place: str | None = None
    status: str | None = None
    from_day: str | None = None
    to_day: str | None = None

    @property
    def filters(self) -> dict[str, str]:
        """What hits are narrowed to, by the name that stands in the address."""
        named = {
            "outlet": self.outlet,
            "actor": self.actor,
            "act": self.act,
            "place": self.place,
            "status": self.status,
            "from": self.from_day,
            "to": self.to_day,
        }
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The hits for ``query``, best first. ``found`` counts all of them, ``paging`` those that pass the ``filters``, of which ``hits`` are
    a part. ``problem`` says what was wrong with what was asked."""

    query: str
    as_of: str | None
    hits: tuple[HitView, ...]
    problem: str | None
    found: int
    paging: Paging
    facets: tuple[Facet, ...]
    filters: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit in short, with what filters look at besides."""

    short: Found
    outlet: str
    statuses: frozenset[Status]

    @property
    def day(self) -> str | None:
        return self.short.published[:10] if self.short.published else None


def search_page(ledger: Ledger, asked: Asked, *, start: int = 0, as_of: str | None = None) -> SearchPage:
    """The context of ``/search``. Without words there must be an outlet, an actor or an act to begin with.

    All hits are looked at in short, so that every count is of all of them; texts are read of those alone that are shown.
    """
    try:
        _check_days(asked)
        found = _find(ledger, asked, as_of)
    except UsageError as error:
        problem = " ".join(part for part in (f"{error.problem.what}.", error.problem.remedy) if part)
        return _nothing(asked, as_of, problem)
    passing = [each for each in found if all(test(each) for test in _tests(asked).values())]
    shown, paging = part_of(passing, start, size=MOST)
    return SearchPage(
        query=asked.query,
        as_of=as_of,
        hits=tuple(_hits(ledger, asked, shown)),
        problem=None,
        found=len(found),
        paging=paging,
        facets=tuple(_facets(asked, found, as_of)),
        filters=asked.filters,
    )


def _nothing(asked: Asked, as_of: str | None, problem: str | None) -> SearchPage:
    _, paging = part_of((), 0)
    return SearchPage(asked.query, as_of, (), problem, 0, paging, (), asked.filters)


def _check_days(asked: Asked) -> None:
    from datetime import date

    for day in (asked.from_day, asked.to_day):
        try:
            if day:
                date.fromisoformat(day)
        except ValueError as error:
            raise UsageError("this is not a day", where=repr(day), remedy='Write it as in "2023-05-23".') from error


# ---------------------------------------------------------------------------------------------------
# Finding


def _find(ledger: Ledger, asked: Asked, as_of: str | None) -> list[_Found]:
    """What holds the words, best first; without words, the statements of an outlet, an actor or an act, by report."""
    if asked.query.strip():
        found = ledger.find(asked.query, as_of=as_of)
    elif asked.outlet or asked.actor or asked.act:
        act = next((each for each in Act if each.value == asked.act), None)
        if asked.act and act is None:
            return []
        found = ledger.find(None, outlet=asked.outlet or None, actor=asked.actor or None, act=act, as_of=as_of)
    elif asked.filters:
        raise UsageError("there is nothing to look for", where="", remedy="Give a word, an outlet, an actor or an act.")
    else:
        return []
    # Statuses are looked up as they are now; of earlier times they would have to be worked out for the whole ledger.
    statuses = ledger.statuses([each.statement for each in found if each.statement]) if as_of is None else {}
    return [
        _Found(each, outlet_words(each.outlet, each.url, each.report), statuses.get(each.statement or "", frozenset()))
        for each in found
    ]


def _hits(ledger: Ledger, asked: Asked, shown: Sequence[_Found]) -> Iterator[HitView]:
    """The hits that are shown, with the words around what was found."""
    statements = [each.short.statement for each in shown if each.short.statement]
    reports: dict[str, Report] = {}
    hits: dict[str, Hit] = {}
    if asked.query.strip():
        alone = [each.short.report for each in shown if not each.short.statement]
        hits = {
            hit.statement or hit.report: hit for hit in ledger.hits(asked.query, statements=statements, reports=alone)
        }
    for each in shown:
        short = each.short
        if short.report not in reports:
            reports[short.report] = ledger.report(short.report)
        hit = hits.get(short.statement or short.report)
        report = reports[short.report]
        if hit is not None:
            yield _hit(each, report, around(report, hit.said) if hit.said else hit.snippet, hit.marks)
        elif short.statement and not asked.query.strip():
            statement = ledger.show(short.statement)
            assert isinstance(statement, Statement), short.statement
            yield _hit(each, report, around(report, statement), statement.content)


# ---------------------------------------------------------------------------------------------------
# Narrowing


def _tests(asked: Asked) -> dict[str, Callable[[_Found], bool]]:
    """What each filter asks of a hit; only of those that are set."""
    tests: dict[str, Callable[[_Found], bool]] = {}
    for name in _FACETS:
        if name in asked.filters:
            wanted = asked.filters[name].casefold()
            tests[name] = lambda hit, name=name, wanted=wanted: wanted in {v.casefold() for v in _values(hit, name)}  # type: ignore[misc]
    first, last = asked.from_day, asked.to_day
    if first:
        tests["from"] = lambda hit: hit.day is not None and hit.day >= first[: len(hit.day)]
    if last:
        tests["to"] = lambda hit: hit.day is not None and hit.day <= last
    return tests


def _values(hit: _Found, name: str) -> Iterable[str]:
    """The values of a hit under one filter."""
    match name:
        case "outlet":
            return (hit.outlet,)
        case "actor":
            return (hit.short.actor,) if hit.short.actor else ()
        case "act":
            return (hit.short.act,) if hit.short.act else ()
        case "place":
            return hit.short.places
        case _:
            return tuple(status.value for status in hit.statuses)


_FACETS = {"outlet": "Outlet", "actor": "Who says it", "act": "How", "place": "Place", "status": "Status of the claim"}


def _facets(asked: Asked, found: list[_Found], as_of: str | None) -> Iterator[Facet]:
    """Every filter with its values: each counts the hits that pass all the others, so that no choice leads to nothing."""
    tests = _tests(asked)
    for name, words in _FACETS.items():
        if name == "status" and as_of is not None:
            continue
        others = [test for other, test in tests.items() if other != name]
        counts = Counter(
            value for hit in found if all(test(hit) for test in others) for value in set(_values(hit, name))
        )
        chosen = asked.filters.get(name)
        same = next((value for value in counts if chosen and value.casefold() == chosen.casefold()), chosen)
        order = sorted(counts, key=lambda value: (value != same, -counts[value], value.casefold(), value))[:MOST_VALUES]
        if same and same not in order:
            order.insert(0, same)
        values = tuple(FacetValue(v, _value_words(name, v), counts[v], v == same) for v in order)
        if values:
            yield Facet(name, words, same, values)


def _value_words(name: str, value: str) -> str:
    if name == "act":
        return next((words for act, words in ACT_WORDS.items() if act.value == value), value)
    if name == "status":
        return next((words.name for status, words in STATUS_WORDS.items() if status.value == value), value)
    return value


def _hit(found: _Found, report: Report, snippet: Span, marks: tuple[Span, ...]) -> HitView:
    short = found.short
    return HitView(
        report=short.report,
        statement=short.statement,
        outlet=found.outlet,
        when=date_words(short.published, clock=True) if short.published else "",
        who=short.actor,
        act_words=ACT_WORDS[Act(short.act)] if short.act else None,
        places=short.places,
        statuses=tuple(
            StatusView(status, words.name, words.meaning, "")
            for status, words in STATUS_WORDS.items()
            if status in found.statuses
        ),
        words=pieces(report.text, snippet, (("content", marks),)),
    )
