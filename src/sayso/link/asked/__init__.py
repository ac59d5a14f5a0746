"""Answering a question from the claims of a ledger alone: which of them answer it, or that nothing surely does.

    1. names      a name that no report has: not known                                       holding
    2. by slot    how many: figures; who: doers; whether: what bears it out or speaks against it; where, when, what said
    3. open       what the reports themselves ask and do not answer                          open
    4. nearest    the question of the ledger that comes nearest, where nothing answers

Every step prefers no answer to one that is not sure: a claim must hold every name of the question, and what is left of its words.
"""

from __future__ import annotations

from sayso.link.asked.doers import doers
from sayso.link.asked.figures import figures
from sayso.link.asked.holding import Compare, Found, Holding, nothing
from sayso.link.asked.occasions import occasions
from sayso.link.asked.open import nearest, open_question
from sayso.link.asked.sayings import sayings
from sayso.link.asked.telling import tell
from sayso.link.asked.whether import whether
from sayso.model import Asked, Outcome, Slot, Wanted

__all__ = ["Compare", "Holding", "answer"]


def answer(wanted: Wanted, held: Holding) -> Asked:
    """What the claims of ``held`` answer to a question, not yet worded."""
    return tell(wanted, _find(wanted, held), held)


def _find(wanted: Wanted, held: Holding) -> Found:
    if wanted.slot is None:
        return nothing("nothing in the words says what is asked: who, what, where, when, how many, or whether")
    if strange := held.unheard_of(wanted):
        return nothing(f"no report names {', '.join(sorted(strange))}")
    found = _by_slot(wanted, held)
    asked = open_question(wanted, held)
    if found.outcome is Outcome.UNKNOWN and asked is not None:
        return asked
    if asked is not None and not found.sure:  # what happened to the bridge: the reports call it unknown themselves
        return Found(Outcome.OPEN, question=asked.question, reasons=asked.reasons)
    if found.outcome is Outcome.UNKNOWN:
        return Found(found.outcome, question=nearest(wanted, held), reasons=found.reasons)
    return found


def _by_slot(wanted: Wanted, held: Holding) -> Found:
    match wanted.slot:
        case Slot.HOW_MANY:
            return figures(wanted, held)
        case Slot.WHO | Slot.WHOSE:
            return doers(wanted, held)
        case Slot.WHETHER:
            return figures(wanted, held) if wanted.number is not None else whether(wanted, held)
        case Slot.WHERE | Slot.WHEN:
            return occasions(wanted, held)
        case _:
            return sayings(wanted, held)
