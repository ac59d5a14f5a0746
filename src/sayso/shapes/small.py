"""The small shapes inside the others: spans, times, places, quantities, answers, numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sayso.model import Actor, Answer, ClaimOrigin, Edge, Event, PlaceMention, Quantity, Said, Span, TimeMention
from sayso.shapes.writing import Json

_SCORE_DIGITS = 4  # scores come from float32 arithmetic, whose last digits differ between machines


def words(text: str, spans: Iterable[Span]) -> str:
    """The words of ``text`` that stand in ``spans``, white space folded, pieces joined by " … "."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)


def spans_list(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def actor_dict(actor: Actor) -> Json:
    return {"id": actor.id, "name": actor.name, "type": actor.type.value, "role": actor.role}


def said_dict(time: Said) -> Json:
    return {"value": time.value, "precision": time.precision.value, "span": list(time.span)}


def time_dict(time: TimeMention) -> Json:
    return {
        "span": list(time.span),
        "type": time.type,
        "value": time.value,
        "earliest": time.earliest,
        "latest": time.latest,
        "precision": time.precision.value,
    }


def place_dict(place: PlaceMention) -> Json:
    return {
        "span": list(place.span),
        "name": place.name,
        "lat": number(place.lat),
        "lon": number(place.lon),
        "precision_km": number(place.precision_km),
        "gazetteer_id": place.gazetteer_id,
        "within": list(place.within),
    }


def quantity_dict(quantity: Quantity) -> Json:
    return {
        "span": list(quantity.span),
        "low": number(quantity.low),
        "best": number(quantity.best),
        "high": number(quantity.high),
        "unit": quantity.unit,
        "counted": quantity.counted,
        "vague": quantity.vague,
        "measure": quantity.measure.value if quantity.measure else None,
    }


def event_dict(event: Event) -> Json:
    parts = ("predicate", "agent", "patient", "place", "time", "quantity", "told_by")
    spans = {part: getattr(event, part) for part in parts}
    return {
        "lemma": event.lemma,
        **{part: None if span is None else list(span) for part, span in spans.items()},
        "negated": event.negated,
        "modality": event.modality.value,
        "certainty": event.certainty.value,
    }


def answer_dict(answer: Answer) -> Json:
    return {
        "text": answer.text,
        "low": number(answer.low),
        "best": number(answer.best),
        "high": number(answer.high),
        "unit": answer.unit,
        "counted": answer.counted,
        "measure": answer.measure.value if answer.measure else None,
        "holds": answer.holds,
    }


def edge_dict(edge: Edge) -> Json:
    return {
        "from": edge.derived,
        "to": edge.base,
        "kind": edge.kind.value,
        "score": score(edge.score),
        "reasons": list(edge.reasons),
    }


def number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point ("12", not "12.0"); no JSON has infinity, so that is null."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def score(value: float) -> float:
    return round(float(value), _SCORE_DIGITS)


def known_by_dict(origin: ClaimOrigin) -> Json:
    """One independent way in which a claim is known."""
    return {
        "type": origin.type.value,
        "name": origin.name,
        "first_hand": origin.first_hand,
        "statements": list(origin.statements),
        "reasons": list(origin.reasons),
    }
