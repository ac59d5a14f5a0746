"""Where and when? The place or time that hangs on the very event that is asked about."""

from __future__ import annotations

from sayso.link.asked.holding import Answering, Found, Holding, named_in, nothing, ordered
from sayso.link.told import Told
from sayso.link.words import Words, stem
from sayso.model import Event, Outcome, Slot, Span, Wanted


def occasions(wanted: Wanted, held: Holding) -> Found:
    """The places or times of events with the verb and every other word of the question."""
    rest, names = held.content(wanted), held.names(wanted)
    found: dict[str, Answering] = {}
    for claim in held.linked.claims:
        for t in held.statements(claim):
            stems = frozenset(stem(w) for w in Words(t.sentence).tokens)
            if not held.holds_names(names, stems) or (wanted.speaker and not held.spoken_by(wanted.speaker, t)):
                continue
            for event in t.statement.events:
                span = _asked(wanted.slot, event)
                if span is None or event.negated or not _about(event, t, rest):
                    continue
                found.setdefault(claim.id, Answering(" ".join(span.of(t.report.text).split()), claim, (t,)))
    if not found:
        return nothing("no report says when" if wanted.slot is Slot.WHEN else "no report says where")
    answers = ordered(list(found.values()))
    several = len({a.answer.casefold() for a in answers if not a.before}) > 1
    return Found(
        Outcome.SEVERAL if several else Outcome.ANSWERED, answers, held.questions.get(answers[0].claim.question)
    )


def _asked(slot: Slot | None, event: Event) -> Span | None:
    return event.place if slot is Slot.WHERE else event.time


def _about(event: Event, told: Told, rest: frozenset[str]) -> bool:
    """Whether the event has the question's verb, and its parts all other words."""
    text = told.report.text
    parts = [
        event.lemma,
        *(span.of(text) for span in (event.predicate, event.agent, event.patient, event.place) if span),
    ]
    stems = frozenset(stem(w) for part in parts for w in Words(part).tokens)
    return stem(event.lemma) in rest and all(named_in(word, stems) for word in rest)
