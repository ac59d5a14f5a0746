"""One story of a ledger at one moment, held in memory with what pages look up in it: nothing in it ever changes.

A page's context is made from a `View` alone, so the page in HTML and the same page in JSON can never disagree, and a view can
be shared by every reader until something was put into the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from sayso.errors import RecordNotFound
from sayso.model import (
    Account,
    Claim,
    Edge,
    Extraction,
    Judgement,
    KnownActor,
    Linked,
    Origin,
    Question,
    Relation,
    Report,
    Statement,
    Story,
    Verdict,
)

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.serve.pages.flow import Flow
    from sayso.serve.pages.places import Gathered
    from sayso.serve.pages.timeline import Tellings

Each = TypeVar("Each")

_OF_JUDGEMENTS = ("standing", "signed", "grades")
"""What a view looks up in its judgements; everything else in it holds whatever people remark."""


@dataclass(frozen=True)
class View:
    """All that the pages of one story show. ``head`` is the journal's last row at the time, ``as_of`` None for now.

    ``reports`` holds those that were withdrawn too; ``withdrawals`` says which, by report id.
    """

    head: str
    as_of: str | None
    story: Story
    account: Account
    linked: Linked
    reports: Mapping[str, Report]
    extractions: Mapping[str, Extraction]
    actors: tuple[KnownActor, ...]
    judgements: tuple[Judgement, ...]
    withdrawals: Mapping[str, Judgement]

    @staticmethod
    def of(ledger: Ledger, story: str, *, as_of: str | None = None) -> View:
        """The view of a story of ``ledger`` as of the end of a time. Raises RecordNotFound for a story that there is not, then."""
        head = ledger.head()
        with ledger.still():  # a report that comes in meanwhile is in all of it or in nothing
            state = ledger.state(as_of=as_of, story=story)
            extractions = {extraction.report: extraction for extraction in state.extractions}
            withdrawals = ledger.withdrawals(as_of=as_of)
            reports = ledger.reports(as_of=as_of, story=story)
            return View(
                head=head,
                as_of=as_of,
                story=ledger.story(story, as_of=as_of),
                account=ledger.account(as_of=as_of, story=story),
                linked=state.linked,
                reports={r.id: r for r in reports if r.id in extractions or r.id in withdrawals},
                extractions=extractions,
                actors=ledger.actors(as_of=as_of, story=story),
                judgements=ledger.judgements(),
                withdrawals=withdrawals,
            )

    def remarked(self, head: str, judgements: tuple[Judgement, ...]) -> View:
        """The same view after people said what changes nothing else in it (`Ledger.same_since`): what was looked up in it is kept."""
        made = replace(self, head=head, judgements=judgements)
        kept = {name: value for name, value in vars(self).items() if name not in (*vars(made), *_OF_JUDGEMENTS)}
        vars(made).update(kept)
        return made

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        return {s.id: s for extraction in self.extractions.values() for s in extraction.statements}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self.linked.claims}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.linked.questions}

    @cached_property
    def claims_of(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims that rest on a statement, or that it speaks of having failed to verify, by statement id."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.linked.claims:
            for statement in dict.fromkeys((*claim.statements, *claim.unverified_by)):
                found[statement].append(claim)
        return {statement: tuple(claims) for statement, claims in found.items()}

    @cached_property
    def relations_of(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations that a claim stands in, on either end, by claim id."""
        found: dict[str, list[Relation]] = defaultdict(list)
        for relation in self.linked.relations:
            for claim in {relation.from_claim, relation.to_claim}:
                found[claim].append(relation)
        return {claim: tuple(relations) for claim, relations in found.items()}

    @cached_property
    def origin_of(self) -> Mapping[str, Origin]:
        """The origin of each report that counts, by report id."""
        return {report: origin for origin in self.linked.origins for report in origin.reports}

    @cached_property
    def edges_of(self) -> Mapping[str, tuple[Edge, ...]]:
        """The derivation edges that a report stands in, on either end, by report id."""
        found: dict[str, list[Edge]] = defaultdict(list)
        for origin in self.linked.origins:
            for edge in origin.edges:
                for report in {edge.derived, edge.base}:
                    found[report].append(edge)
        return {report: tuple(edges) for report, edges in found.items()}

    @cached_property
    def actor_of(self) -> Mapping[tuple[str, str], KnownActor]:
        """The actor across reports, by report id and the id of the actor as that report names it."""
        return {(member.report, member.actor): actor for actor in self.actors for member in actor.members}

    @cached_property
    def known(self) -> Mapping[str, KnownActor]:
        """The actors across reports, by their ids."""
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def said_by(self) -> Mapping[str, tuple[Statement, ...]]:
        """What each actor across reports said, by its id: by time of publication, then as it stands in the text."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements.values():
            speaker = self.speaker(statement)
            if speaker is not None:
                found[speaker.id].append(statement)
        return {actor: tuple(sorted(said, key=self.place_in_time)) for actor, said in found.items()}

    @cached_property
    def tellings(self) -> Tellings:
        """What the statements tell of times."""
        from sayso.serve.pages.timeline import tellings

        return tellings(self)

    @cached_property
    def places(self) -> Mapping[str, Gathered]:
        """The places that statements tell of, by id, those with most claims first."""
        from sayso.serve.pages.places import gather_places

        return gather_places(self)

    @cached_property
    def flow(self) -> Flow:
        """Who has it from whom."""
        from sayso.serve.pages.flow import make_flow

        return make_flow(self)

    def place_in_time(self, statement: Statement) -> tuple[str, str, int, str]:
        """What sorts statements by time of publication, then by report and place in its text."""
        report = self.reports.get(statement.report)
        published = report.published.value if report and report.published else ""
        first = min((span.start for span in statement.content), default=0)
        return published, statement.report, first, statement.id

    @cached_property
    def _made(self) -> dict[str, object]:
        return {}

    def once(self, name: str, make: Callable[[], Each]) -> Each:
        """What ``make`` gives, made the first time that it is asked for under this name: a view never changes."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]  # type: ignore[return-value]

    def speaker(self, statement: Statement) -> KnownActor | None:
        """Who said it, as an actor across reports; None for the outlet's own voice."""
        return self.actor_of.get((statement.report, statement.actor.id)) if statement.actor else None

    def side(self, actor: KnownActor) -> str | None:
        """The side of an actor in this story; None where nobody knows it."""
        return next((s.side for s in actor.sides if s.story == self.story.id and s.side != "unknown"), None)

    @cached_property
    def standing(self) -> tuple[Judgement, ...]:
        """What people judged and nobody took back, oldest first."""
        against: dict[str, list[str]] = defaultdict(list)
        for judgement in self.judgements:
            if judgement.verdict is Verdict.REJECT and judgement.subject.startswith("j-"):
                against[judgement.subject].append(judgement.id)

        def stands(judgement: str) -> bool:
            return not any(stands(other) for other in against.get(judgement, ()))

        return tuple(j for j in self.judgements if not j.subject.startswith("j-") and stands(j.id))

    @cached_property
    def signed(self) -> Mapping[str, tuple[Judgement, ...]]:
        """Who signed off a claim, by the statement that stood for it then."""
        from sayso.serve.pages.deciding import sign_offs

        return sign_offs(self.standing)

    @cached_property
    def grades(self) -> Mapping[str, str]:
        """The last grade of each record, outlet ("outlet:…") and actor ("actor:…") that has one."""
        return {j.subject: j.value for j in self.standing if j.verdict is Verdict.GRADE and j.value}

    def about(self, *ids: str) -> tuple[Judgement, ...]:
        """What people judged of any of these records and did not take back, oldest first."""
        return tuple(j for j in self.standing if j.subject in ids or (j.other or "") in ids)

    def claim(self, claim_id: str) -> Claim:
        return _found(self.claims, claim_id, "claim", self)

    def question(self, question_id: str) -> Question:
        return _found(self.questions, question_id, "question", self)

    def actor(self, actor_id: str) -> KnownActor:
        return _found(self.known, actor_id, "actor", self)

    def report(self, report_id: str) -> Report:
        return _found(self.reports, report_id, "report", self)


def _found(records: Mapping[str, Each], record_id: str, kind: str, view: View) -> Each:
    if record_id not in records:
        when = f" as of {view.as_of}" if view.as_of else ""
        raise RecordNotFound(
            f"this story has no such {kind}{when}",
            where=record_id,
            remedy="It may stand in the story at another time: leave the time out, or search for its words.",
        )
    return records[record_id]
