"""What the lines of an account rest on, in the terms of the truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.demo.truth import Passage, TrueAnswer, TrueQuestion
from sayso.model import Account, Line, SectionKey, Status
from tests.demo.matching import HOLDS, Found, share_inside

DOUBTFUL = {Status.DISPUTED, Status.CLAIMED, Status.REVISED, Status.WITHDRAWN}


class Shown:
    """The account of the demonstration, asked where it shows what."""

    def __init__(self, found: Found, account: Account) -> None:
        self._found = found
        self._sections: dict[SectionKey, tuple[Line, ...]] = {}
        for section in account.sections:
            self._sections[section.key] = (*self._sections.get(section.key, ()), *section.lines)

    def answers(self, question: TrueQuestion, *sections: SectionKey) -> int:
        """How many answers of a question are cited in these sections."""
        return self._answers_in(question, self._lines(sections))

    def cited(self, passage: Passage, *sections: SectionKey) -> bool:
        """Whether a line of these sections cites the passage."""
        report, places = self._found.spans(passage)
        spans = [
            span
            for line in self._lines(sections)
            for citation in line.citations
            if citation.report == report
            for span in citation.spans
        ]
        return any(share_inside(place, spans) >= HOLDS for place in places)

    def dispute_lines(self) -> Iterator[tuple[str, bool]]:
        """Each line of Disputed, and whether it cites two answers of one question that is truly disputed."""
        disputed = [q for q in self._found.truth.questions if Status.DISPUTED in q.status]
        for line in self._lines([SectionKey.DISPUTED]):
            yield line.text[:120], any(self._answers_in(question, [line]) >= 2 for question in disputed)

    def doubtful_answers(self) -> Iterator[tuple[str, bool]]:
        """Each answer that nobody may call established, and whether no line of that section cites it."""
        cited = _statements(self._lines([SectionKey.ESTABLISHED]))
        for question in self._found.truth.questions:
            for answer in question.answers:
                if DOUBTFUL & set(answer.status):
                    yield f"{question.id} = {answer.key}", not self._given(answer, cited)

    def _lines(self, sections: Iterable[SectionKey]) -> list[Line]:
        return [line for key in sections for line in self._sections.get(key, ())]

    def _answers_in(self, question: TrueQuestion, lines: Iterable[Line]) -> int:
        cited = _statements(lines)
        return sum(self._given(answer, cited) for answer in question.answers)

    def _given(self, answer: TrueAnswer, cited: set[str]) -> bool:
        return any(s.id in cited for key in answer.statements for s in self._found.right[key])


def _statements(lines: Iterable[Line]) -> set[str]:
    return {citation.statement for line in lines for citation in line.citations}
