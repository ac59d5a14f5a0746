"""A whole ledger in the formats of the field, each written by a module of this folder.

To add a format: write its module, one function from plain values to text or bytes, and add one line to DOCUMENTS. A module
is imported when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.model import Verdict
from sayso.serve.exports.gathered import Which, about, cited_reports, ids_in, told

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.model import Account, Judgement, Linked

Pieces = Iterable[str] | Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Document:
    """A format that holds a whole ledger, or one story of it: what it is for, and what writes it, in pieces."""

    purpose: str
    media_type: str
    write: Callable[[Ledger, Which], Pieces]

    @property
    def binary(self) -> bool:
        """Whether it is bytes that no terminal shows."""
        return self.media_type == "application/pdf"

    @property
    def json(self) -> bool:
        return "json" in self.media_type


def _account(ledger: Ledger, which: Which) -> Account:
    return ledger.account(as_of=which.as_of, story=which.story)


def _linked(ledger: Ledger, which: Which) -> Linked:
    return ledger.linked(as_of=which.as_of, story=which.story)


def _judgements(ledger: Ledger, which: Which) -> list[Judgement]:
    """What people decided; a withdrawal only from its time on, and of one story what speaks of its own records."""
    withdrawn = {judgement.id for judgement in ledger.withdrawals(as_of=which.as_of).values()}
    found = [
        judgement
        for judgement in ledger.judgements()
        if which.as_of is None or judgement.verdict is not Verdict.WITHDRAW or judgement.id in withdrawn
    ]
    return found if which.story is None else about(found, ids_in(ledger, which))


def _geojson(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.geojson import geojson

    return geojson(told(ledger, which), _linked(ledger, which))


def _timelinejs(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.timelinejs import timelinejs

    return timelinejs(told(ledger, which), _account(ledger, which), _linked(ledger, which))


def _webannotation(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.webannotation import webannotation

    return webannotation(told(ledger, which), _linked(ledger, which))


def _prov(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.prov import prov

    actors = ledger.actors(as_of=which.as_of, story=which.story)
    return prov(told(ledger, which), _linked(ledger, which), actors, _judgements(ledger, which))


def _schemaorg(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.schemaorg import schemaorg

    return schemaorg(told(ledger, which), _linked(ledger, which), ledger.judgements())


def _ftm(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.ftm import ftm

    actors = ledger.actors(as_of=which.as_of, story=which.story)
    incidents = ledger.incidents(as_of=which.as_of, story=which.story)
    return ftm(told(ledger, which), _linked(ledger, which), actors, incidents)


def _bibtex(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.bibtex import bibtex

    return bibtex(told(ledger, which), cited_reports(_account(ledger, which)))


def _csl(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.csl import csl

    return csl(told(ledger, which), cited_reports(_account(ledger, which)))


def _html(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.pages import html

    reports = tuple(ledger.reports(as_of=which.as_of, story=which.story))
    return [html(_account(ledger, which), reports, _linked(ledger, which))]


def _markdown(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.pages import markdown

    return [markdown(_account(ledger, which))]


def _pdf(ledger: Ledger, which: Which) -> Pieces:
    from sayso.serve.exports.pages import html
    from sayso.serve.exports.pdf import pdf

    reports = tuple(ledger.reports(as_of=which.as_of, story=which.story))
    return [pdf(html(_account(ledger, which), reports, _linked(ledger, which)))]


DOCUMENTS: dict[str, Document] = {
    "geojson": Document("places, each with its claims, for a map", "application/geo+json", _geojson),
    "timelinejs": Document("the account in time, for TimelineJS", "application/json", _timelinejs),
    "webannotation": Document("statements as W3C Web Annotations", "application/ld+json", _webannotation),
    "prov": Document("where everything comes from, as W3C PROV-O", "application/ld+json", _prov),
    "schemaorg": Document("Claim and ClaimReview of schema.org", "application/ld+json", _schemaorg),
    "ftm": Document("FollowTheMoney entities, for Aleph", "application/x-ndjson", _ftm),
    "bibtex": Document("the cited reports, for LaTeX", "application/x-bibtex", _bibtex),
    "csl-json": Document("the cited reports, for Zotero and Pandoc", "application/vnd.citationstyles.csl+json", _csl),
    "html": Document("the account as one page that needs no network", "text/html", _html),
    "md": Document("the account as Markdown with footnotes", "text/markdown", _markdown),
    "pdf": Document("the account on paper", "application/pdf", _pdf),
}
"""The formats of a whole ledger, by the name that ``--format`` takes."""
