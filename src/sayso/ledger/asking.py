"""Answering a question from the claims of a ledger: read by `extract`, held against the claims by `link`, told with citations.

No language model has a part in it. What is not surely answered is not answered: a wrong answer is far worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sayso import pipeline, short_texts
from sayso.errors import UsageError
from sayso.ledger.linking import Linking
from sayso.ledger.past import Past
from sayso.model import Asked, Comparison, Given, Outcome, Slot
from sayso.store import Store

if TYPE_CHECKING:
    from sayso.pipeline import Holding

LONGEST = 400  # characters of a question: one sentence
_WORDS = 160  # characters of a claim's words within a sentence of ours


class Asking:
    """Questions to one store. What they are held against takes longest to make, and is kept as long as nothing comes in."""

    def __init__(self, store: Store, past: Past, linking: Linking) -> None:
        self._store = store
        self._past = past
        self._linking = linking
        self._kept: tuple[tuple[str, str | None, str | None], Holding] | None = None

    def ask(self, question: str, *, as_of: str | None, story: str | None) -> Asked:
        """What the claims answer. Raises UsageError for a question without a word, or one longer than a sentence."""
        if not any(c.isalpha() for c in question):
            raise UsageError(
                "there is no word in the question", where=repr(question), remedy='Ask as in "who attacked the bridge?".'
            )
        if len(question) > LONGEST:
            raise UsageError(
                f"the question has {len(question):,} characters",
                where=repr(question[:40] + "…"),
                remedy=f"Ask in one sentence of at most {LONGEST}.",
            )
        found = pipeline.answer(pipeline.read_question(question), self._holding(as_of, story))
        return replace(found, words=_sentence(found), as_of=as_of)

    def _holding(self, as_of: str | None, story: str | None) -> Holding:
        key = (self._store.head(), as_of, story)
        if self._kept is None or self._kept[0] != key:
            state = self._past.state(as_of, story)
            vectors = self._linking.vectors(state)
            held = pipeline.holding(state.reports, state.extractions, state.linked, vectors=vectors, compare=_compare)
            self._kept = key, held
        return self._kept[1]


def _compare(pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
    """What the two of each pair are to each other. A claim always has a word in it, and the question was looked at."""
    return list(short_texts.compare((short_texts.short_text(a), short_texts.short_text(b)) for a, b in pairs))


def _sentence(found: Asked) -> str:
    """The answer in a sentence of ours, with the words of the claims between quotation marks."""
    given = found.given
    standing = [g for g in given if not g.before]
    said = partial(_said, slot=found.slot)
    match found.outcome:
        case Outcome.UNKNOWN:
            return "Not known from these reports."
        case Outcome.OPEN:
            return "Not known: these reports say so."
        case Outcome.SEVERAL:
            return (
                "These reports tell of several: " + "; ".join(dict.fromkeys(said(g) for g in standing or given)) + "."
            )
        case Outcome.DISPUTED:
            return "Disputed: " + "; ".join(dict.fromkeys(said(g) for g in standing)) + "."
        case _:
            now = "; ".join(dict.fromkeys(said(g) for g in standing[:3])) or "Nothing that still stands"
            before = ", ".join(dict.fromkeys(_short(g, found.slot) for g in given if g.before))
            return now[:1].upper() + now[1:] + (f". Before: {before}." if before else ".")


def _said(given: Given, slot: Slot | None) -> str:
    words = " ".join(given.words.split())
    if len(words) > _WORDS:
        words = words[:_WORDS].rsplit(" ", 1)[0] + " …"
    who = ", ".join(given.by[:3]) + (" and others" if len(given.by) > 3 else "")
    from sayso.account.labels import STATUS_WORDS, counted

    origins = counted(given.claim.origins, "origin")
    standing = f"({who}; {STATUS_WORDS[given.claim.status].name.lower()}, {origins})"
    answer = _short(given, slot)
    alike = answer.casefold() == words.casefold() or (answer in words and len(answer) > len(words) // 2)
    return f"“{words}” {standing}" if alike else f"{answer}: “{words}” {standing}"


def _short(given: Given, slot: Slot | None) -> str:
    """The answer in few words; a number in figures where the report's words ("a farmer") do not tell it."""
    answer, best = " ".join(given.answer.split()), given.claim.answer.best
    if slot is not Slot.HOW_MANY or best is None or any(c.isdigit() for c in answer):
        return answer
    low = answer.casefold()
    plain = low in ("no", "none", "nobody", "zero") or low.startswith(("a ", "an "))
    return f"{best:g} (“{answer}”)" if plain else answer
