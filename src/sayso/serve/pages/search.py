"""What a search found: statements in their sentence first, then reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.account.labels import date_words, outlet_words
from sayso.errors import UsageError
from sayso.model import Span
from sayso.serve.pages.parts import Piece, pieces

if TYPE_CHECKING:
    from sayso.ledger import Ledger

#: Hits on one page: what a person looks through before asking anew.
MOST = 50


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit: the words around what was found, with what was found under the role "content"."""

    report: str
    statement: str | None
    outlet: str
    when: str
    who: str | None
    words: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The hits for ``query``, best first; ``more`` says that there are others. ``problem`` says what was wrong with the query."""

    query: str
    as_of: str | None
    hits: tuple[HitView, ...]
    more: bool
    problem: str | None


def search_page(ledger: Ledger, query: str, *, as_of: str | None = None) -> SearchPage:
    """The context of ``/search``."""
    if not query.strip():
        return SearchPage(query, as_of, (), False, None)
    try:
        hits = ledger.search(query, limit=MOST + 1, as_of=as_of)
    except UsageError as error:
        return SearchPage(query, as_of, (), False, f"{error.problem.what}. {error.problem.remedy}")
    shown = []
    for hit in hits[:MOST]:
        report = ledger.report(hit.report)
        statement = ledger.show(hit.statement) if hit.statement else None
        actor = getattr(statement, "actor", None)
        shown.append(
            HitView(
                report=hit.report,
                statement=hit.statement,
                outlet=outlet_words(report.outlet, report.url, report.id),
                when=date_words(report.published.value, clock=True) if report.published else "",
                who=actor.name if actor else None,
                words=pieces(report.text, Span(*hit.snippet), (("content", hit.marks),)),
            )
        )
    return SearchPage(query, as_of, tuple(shown), len(hits) > MOST, None)
