"""extract: a report -> its statements, as spans into its text. Needs no ledger.

The story of one report: parse its readable blocks (`parse`); find attributions with the trained network (`tagger`, brought
onto the parse by `tagged`) and by rules (`attribution`); resolve who speaks (`speakers`); read act, negation and hedge (`acts`),
relay and medium (`relay`); ground times, places and quantities (`grounding`); what nobody is named for is the outlet's own
voice (`voice`). `reading` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path

from sayso.extract.parse import parse_reports, readable_spans
from sayso.extract.reading import read_report
from sayso.extract.tagger import find_many
from sayso.extract.tagger.network import load_network
from sayso.model import Extraction, Report

__all__ = ["extract", "extract_by_rules", "extract_many"]


def extract(report: Report) -> Extraction:
    """All statements of one report, with the times, places and actors it names."""
    return next(extract_many([report]))


def extract_many(reports: Iterable[Report], *, weights: Path | None = None) -> Iterator[Extraction]:
    """The same for many reports, in their order, sharing the batches of the parser and the tagger.

    ``weights`` is a folder of other weights than those that come with sayso (`training/attribution` makes them).
    """
    to_parse, to_tag, to_read = tee(reports, 3)
    network = load_network(weights) if weights else None
    tagged = find_many(((report.text, readable_spans(report)) for report in to_tag), network=network)
    for report, passages, attributions in zip(to_read, parse_reports(to_parse), tagged, strict=True):
        yield read_report(report, passages, attributions)


def extract_by_rules(reports: Iterable[Report]) -> Iterator[Extraction]:
    """The same without the trained network: by rules on the parse alone."""
    to_parse, to_read = tee(reports)
    for report, passages in zip(to_read, parse_reports(to_parse), strict=True):
        yield read_report(report, passages)
