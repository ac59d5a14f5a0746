"""All that follows from the records of a ledger, at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.model import Extraction, Linked, Report


@dataclass(frozen=True)
class State:
    """All that an account is made from, of one moment; reports and extractions by report id. ``stories`` holds the id of the
    story of every report, withdrawn ones too, which are not among ``reports``; ``parts`` what linking gave for each story, in their order."""

    reports: tuple[Report, ...]
    extractions: tuple[Extraction, ...]
    stories: Mapping[str, str]
    parts: Mapping[str, Linked]

    @cached_property
    def linked(self) -> Linked:
        """What linking gave, of all stories."""
        return joined_up(list(self.parts.values()))

    def of(self, *stories: str) -> State:
        """What belongs to these stories."""
        reports = tuple(report for report in self.reports if self.stories[report.id] in stories)
        extractions = tuple(extraction for extraction in self.extractions if self.stories[extraction.report] in stories)
        homes = {report: home for report, home in self.stories.items() if home in stories}
        return State(
            reports, extractions, homes, {story: self.parts[story] for story in self.parts if story in stories}
        )


def joined_up(parts: Sequence[Linked]) -> Linked:
    """What linking gave for each story, as one, in the order of the stories."""
    return Linked(
        origins=tuple(origin for part in parts for origin in part.origins),
        questions=tuple(question for part in parts for question in part.questions),
        claims=tuple(claim for part in parts for claim in part.claims),
        relations=tuple(relation for part in parts for relation in part.relations),
    )
