"""Times, places, quantities and events of a whole report, found once per passage and asked for by span."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.extract.events import find_events
from sayso.extract.gazetteer import default_gazetteer
from sayso.extract.parse import Passage
from sayso.extract.places import find_report_places
from sayso.extract.places_outlet import homes_of
from sayso.extract.quantities import find_quantities
from sayso.extract.times import find_times, start_context
from sayso.model import Event, PlaceMention, Problem, Quantity, Report, Span, TimeMention


@dataclass(frozen=True)
class Grounding:
    """What a report names of times, places, numbers and events, each in the order of the text."""

    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    quantities: tuple[Quantity, ...]
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()

    def times_in(self, span: Span) -> tuple[TimeMention, ...]:
        return tuple(t for t in self.times if span.contains(t.span))

    def times_within(self, spans: Iterable[Span]) -> tuple[TimeMention, ...]:
        spans = tuple(spans)
        return tuple(t for t in self.times if any(s.contains(t.span) for s in spans))

    def places_within(self, spans: Iterable[Span]) -> tuple[PlaceMention, ...]:
        spans = tuple(spans)
        return tuple(p for p in self.places if any(s.contains(p.span) for s in spans))

    def quantities_within(self, spans: Iterable[Span]) -> tuple[Quantity, ...]:
        spans = tuple(spans)
        return tuple(q for q in self.quantities if any(s.contains(q.span) for s in spans))

    def events_within(self, spans: Iterable[Span]) -> tuple[Event, ...]:
        spans = tuple(spans)
        return tuple(e for e in self.events if any(s.contains(e.predicate) for s in spans))


def ground(report: Report, passages: Sequence[Passage]) -> Grounding:
    """Read the times, places, quantities and events of one report."""
    times: list[TimeMention] = []
    quantities: list[Quantity] = []
    events: list[Event] = []
    gazetteer = default_gazetteer()
    context = start_context(report.published)
    # Places of one report help to choose one another ("Dorn" beside its river); a later time leans on the one before.
    homes = homes_of(report.outlet, report.url, gazetteer)
    places = find_report_places([(p.doc, p.start) for p in passages], gazetteer=gazetteer, homes=homes)
    for passage in passages:
        here = find_times(passage.doc, published=report.published, offset=passage.start, context=context)
        counted = find_quantities(passage.doc, offset=passage.start)
        whole = passage.span(0, len(passage.text))
        named = [p for p in places if whole.contains(p.span)]
        times += here
        quantities += counted
        events += find_events(passage.doc, offset=passage.start, times=here, places=named, quantities=counted)
    problems: tuple[Problem, ...] = ()
    if report.published is None and any(t.earliest is None and t.type in ("DATE", "TIME") for t in times):
        problems = (
            Problem(
                what="relative times such as weekdays could not be dated: the report has no published time",
                where=report.capture.place,
                remedy="Give it with --published, in front matter, or in a sidecar NAME.meta.json.",
            ),
        )
    return Grounding(tuple(times), tuple(places), tuple(quantities), tuple(events), problems)
