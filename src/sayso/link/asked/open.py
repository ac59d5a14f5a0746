"""What the reports themselves ask and do not answer; and the question that comes nearest to one that nothing answers."""

from __future__ import annotations

from sayso.link.asked.holding import Found, Holding, named_in
from sayso.link.words import Words, stem
from sayso.model import Outcome, Question, Slot, Wanted

OPEN_NEAR = 0.62  # of the two questions, in meaning
OPEN_SHARE = 0.5  # of the words of the shorter of the two
NEAREST = 0.40  # below this nothing is near
_AKIN = frozenset((Slot.WHO, Slot.WHOSE))


def open_question(wanted: Wanted, held: Holding) -> Found | None:
    """The open question that asks the same, or None."""
    names = held.names(wanted)
    asked = frozenset(held.content(wanted) | names)
    best: tuple[float, Question] | None = None
    some = [q for q in held.linked.questions if q.open and (q.slot is wanted.slot or {q.slot, wanted.slot} <= _AKIN)]
    for question, cosine in zip(some, held.near(wanted.text, [q.text for q in some]), strict=True):
        own = Words(question.text).stems
        around = frozenset(stem(w) for t in held.asking(question) for w in Words(t.sentence).tokens)
        if cosine < OPEN_NEAR or not held.holds_names(names, own | around):
            continue
        shared = {word for word in asked if named_in(word, own)}
        least = min(len(own), len(asked))
        if least and len(shared) >= OPEN_SHARE * least and (best is None or cosine > best[0]):
            best = cosine, question
    if best is None:
        return None
    return Found(
        Outcome.OPEN,
        question=best[1],
        reasons=(f"the reports ask it and do not answer it ({best[0]:.2f} near in meaning)",),
    )


def nearest(wanted: Wanted, held: Holding) -> Question | None:
    """The question of the ledger that comes nearest in meaning; one that asks for the same kind of answer before others."""
    some = [q for q in held.linked.questions if q.slot is not Slot.WHAT or q.open]
    found = zip(some, held.near(wanted.text, [q.text for q in some]), strict=True)
    best = max(
        found,
        key=lambda each: (each[1] >= NEAREST, each[0].slot is wanted.slot, round(each[1], 2), each[0].id),
        default=None,
    )
    return best[0] if best is not None and best[1] >= NEAREST else None
