"""What a search found: statements in their sentence first, then reports; narrowed by who, where, when and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sayso.account.labels import STATUS_WORDS, date_words, outlet_words
from sayso.errors import UsageError
from sayso.model import Act, Report, Span, Statement, Status
from sayso.serve.pages.paging import Paging, part_of
from sayso.serve.pages.parts import ACT_WORDS, Piece, StatusView, pieces

if TYPE_CHECKING:
    from sayso.ledger import Ledger

#: Hits on one page: what a person looks through before asking anew.
MOST = 50
#: Hits that are fetched, the best first. Filters and their counts speak of these alone, so that a search of a ledger of any size
#: takes no longer than finding them: the counts are of what was found, not of what there is.
FETCHED = 300
#: Values of one filter that are offered, those with most hits.
MOST_VALUES = 30


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit: the words around what was found, with what was found under the role "content".

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
    """The hits for ``query``, best first. ``found`` were fetched, ``more`` says that there are others that were not; ``hits`` are
    the part that ``paging`` tells of those that pass the ``filters``. ``problem`` says what was wrong with what was asked."""

    query: str
    as_of: str | None
    hits: tuple[HitView, ...]
    more: bool
    problem: str | None
    found: int
    paging: Paging
    facets: tuple[Facet, ...]
    filters: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit with all that filters look at."""

    report: Report
    statement: Statement | None
    snippet: Span
    marks: tuple[Span, ...]
    outlet: str
    statuses: frozenset[Status]

    @property
    def actor(self) -> str | None:
        return self.statement.actor.name if self.statement and self.statement.actor else None

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(" ".join(p.name.split()) for p in self.statement.places)) if self.statement else ()

    @property
    def day(self) -> str | None:
        return self.report.published.value[:10] if self.report.published else None


def search_page(ledger: Ledger, asked: Asked, *, start: int = 0, as_of: str | None = None) -> SearchPage:
    """The context of ``/search``. Without words there must be an outlet, an actor or an act to begin with."""
    try:
        _check_days(asked)
        found = list(islice(_find(ledger, asked, as_of), FETCHED + 1))
    except UsageError as error:
        problem = " ".join(part for part in (f"{error.problem.what}.", error.problem.remedy) if part)
        return _nothing(asked, as_of, problem)
    more = len(found) > FETCHED
    found = found[:FETCHED]
    passing = [each for each in found if all(test(each) for test in _tests(asked).values())]
    shown, paging = part_of(passing, start, size=MOST)
    return SearchPage(
        query=asked.query,
        as_of=as_of,
        hits=tuple(_hit(each) for each in shown),
        more=more,
        problem=None,
        found=len(found),
        paging=paging,
        facets=tuple(_facets(asked, found, as_of)),
        filters=asked.filters,
    )


def _nothing(asked: Asked, as_of: str | None, problem: str | None) -> SearchPage:
    _, paging = part_of((), 0)
    return SearchPage(asked.query, as_of, (), False, problem, 0, paging, (), asked.filters)


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


def _find(ledger: Ledger, asked: Asked, as_of: str | None) -> Iterator[_Found]:
    """What holds the words, best first; without words, the statements of an outlet, an actor or an act, by report."""
    if asked.query.strip():
        yield from _found_by_words(ledger, asked.query, as_of)
        return
    if not (asked.outlet or asked.actor or asked.act):
        if asked.filters:
            raise UsageError(
                "there is nothing to look for", where="", remedy="Give a word, an outlet, an actor or an act."
            )
        return
    act = next((each for each in Act if each.value == asked.act), None)
    if asked.act and act is None:
        return
    said = ledger.statements(outlet=asked.outlet or None, actor=asked.actor or None, act=act, as_of=as_of)
    first = list(islice(said, FETCHED + 1))
    statuses = _statuses(ledger, [statement.id for statement in first], as_of)
    reports: dict[str, Report] = {}
    for statement in first:
        report = _report(ledger, statement.report, reports)
        snippet = Span(min(s.start for s in statement.content), max(s.end for s in statement.content))
        yield _made(report, statement, snippet, statement.content, statuses)


def _found_by_words(ledger: Ledger, query: str, as_of: str | None) -> Iterator[_Found]:
    hits = ledger.search(query, limit=FETCHED + 1, as_of=as_of)
    statuses = _statuses(ledger, [hit.statement for hit in hits if hit.statement], as_of)
    reports: dict[str, Report] = {}
    for hit in hits:
        yield _made(_report(ledger, hit.report, reports), hit.said, hit.snippet, hit.marks, statuses)


def _report(ledger: Ledger, report: str, kept: dict[str, Report]) -> Report:
    if report not in kept:
        kept[report] = ledger.report(report)
    return kept[report]


def _statuses(ledger: Ledger, statements: list[str], as_of: str | None) -> Mapping[str, frozenset[Status]]:
    """Statuses are looked up as they are now; of earlier times they would have to be worked out for the whole ledger."""
    return ledger.statuses(statements) if as_of is None else {}


def _made(
    report: Report,
    statement: Statement | None,
    snippet: Span,
    marks: tuple[Span, ...],
    statuses: Mapping[str, frozenset[Status]],
) -> _Found:
    standing = statuses.get(statement.id, frozenset()) if statement else frozenset()
    return _Found(report, statement, snippet, marks, outlet_words(report.outlet, report.url, report.id), standing)


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
            return (hit.actor,) if hit.actor else ()
        case "act":
            return (hit.statement.act.value,) if hit.statement else ()
        case "place":
            return hit.places
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


def _hit(found: _Found) -> HitView:
    report, statement = found.report, found.statement
    return HitView(
        report=report.id,
        statement=statement.id if statement else None,
        outlet=found.outlet,
        when=date_words(report.published.value, clock=True) if report.published else "",
        who=found.actor,
        act_words=ACT_WORDS[statement.act] if statement else None,
        places=found.places,
        statuses=tuple(
            StatusView(status, words.name, words.meaning, "")
            for status, words in STATUS_WORDS.items()
            if status in found.statuses
        ),
        words=pieces(report.text, found.snippet, (("content", found.marks),)),
    )
