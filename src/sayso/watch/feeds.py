"""Feeds: which entries stand in one, and the page or the words of each. The feed reader of ingest does the reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from sayso.errors import InputError
from sayso.ingest import read_fetched
from sayso.ingest.context import Context
from sayso.ingest.context import Found as Read
from sayso.ingest.fetch import Fetched
from sayso.ingest.metadata import Metadata
from sayso.ingest.options import IngestOptions
from sayso.model import Captured, Problem
from sayso.watch.found import Found, Polled
from sayso.watch.settings import Place

_REMEDY = "Give the address of an RSS or Atom feed; for a page, the kind is pages."


def read_entries(page: Fetched, place: Place, options: IngestOptions) -> Polled:
    """The entries of a feed, in its order. Raises InputError for what is no feed, or holds nothing readable."""
    links: list[tuple[str, Metadata]] = []

    def note(url: str, context: Context) -> Iterator[Captured | Problem]:
        links.append((url, context.fallback))
        return iter(())  # the reader then gives the entry's own words

    found: list[Found] = []
    problems: list[Problem] = []
    for each in read_fetched(page, place=place.at, options=replace(options, follow_links=True), follow=note):
        link = links.pop() if links else None
        links.clear()
        if isinstance(each, Captured):
            if each.report.capture.method != "feed":
                raise InputError("this is no feed", where=place.at, remedy=_REMEDY)
            found.append(_entry(each, link, place))
        elif link is not None:  # an entry without words of its own, or with a link alone
            found.append(Found(key=_bare(link[0]), mark=_mark(link), fallback=link[1], told=_told(link[1])))
        else:
            problems.append(each)
    if not found and problems:
        raise InputError(problems[0].what, where=place.at, remedy=problems[0].remedy)
    wanted = tuple(f for f in found if not f.fetch or place.wants(f.key))
    return Polled(found=wanted, problems=tuple(problems), body=page.raw)


def own_words(raw: bytes, locator: str, place: Place, options: IngestOptions, *, missing: Problem) -> Captured | None:
    """The words of one entry in a feed that was kept, noting why its page is not there; None where there are none."""

    def refuse(url: str, context: Context) -> Read:
        yield missing

    page = Fetched(raw, place.at, "application/rss+xml", None)
    for each in read_fetched(page, place=place.at, options=replace(options, follow_links=True), follow=refuse):
        if isinstance(each, Captured) and each.report.capture.locator == locator:
            return each
    return None


def _entry(own: Captured, link: tuple[str, Metadata] | None, place: Place) -> Found:
    report = own.report
    told = report.edited or report.published
    if link is None or not place.follow:
        return Found(
            key=f"{place.at} {report.id}",
            mark=report.sha256,
            fetch=False,
            own=(own,),
            told=told.value if told else None,
        )
    return Found(
        key=_bare(link[0]),
        mark=report.sha256,
        own=(own,),
        locator=report.capture.locator,
        fallback=link[1],
        told=told.value if told else None,
    )


def _mark(link: tuple[str, Metadata]) -> str:
    return hashlib.sha256(repr((link[1].title, link[1].published, link[1].edited)).encode()).hexdigest()


def _told(found: Metadata) -> str | None:
    instant = found.edited or found.published
    return instant.value if instant else None


def _bare(url: str) -> str:
    """An address without its fragment: that is no part of the page that is asked for."""
    return url.partition("#")[0]
