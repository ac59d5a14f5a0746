"""Keeping what is derived in step with the records: each story linked when it is stale, and read as it was saved when not.

Linking a story is a pure function of its reports, their readings, the judgements, and which paragraphs are furniture; and
which reports are one story depends on nothing but the reports (`filing`). So it does not matter in which order, or in how
many sittings, the reports came.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sayso import pipeline
from sayso.errors import LedgerFull, LedgerLocked
from sayso.ledger.filing import (
    FURNITURE_STORIES,
    Filed,
    file_all,
    file_pending,
    homes,
    joined_reports,
    report_of,
    stories_joined,
)
from sayso.ledger.kept import Kept
from sayso.ledger.lately import touched, unlinked_before
from sayso.ledger.one_story import Linkers, Outcome, Unlinked, link_story, story_key, unlinked, words_key
from sayso.ledger.state import State
from sayso.model import Extraction, Linked, Problem, Report, Statement
from sayso.pipeline import Filing, Steps
from sayso.store import Shelved, Store
from sayso.store.moments import was_out

if TYPE_CHECKING:
    from sayso.pipeline import Vector

log = logging.getLogger(__name__)

#: Claims of what linking gave that are kept in memory, for as many stories and states of them as that is: some 200 MB.
_KEPT_CLAIMS = 40_000
_LINKED: Kept[Linked] = Kept(_KEPT_CLAIMS)

_SHARED_FROM = 100  # reports beside those of the largest story: fewer are linked here before a worker has started
_TRIES = 20  # stories that another process keeps changing are linked in memory after so many


class Linking:
    """What is derived from the records of one store by the given steps."""

    def __init__(self, store: Store, steps: Steps) -> None:
        self._store = store
        self._steps = steps

    def linked(self) -> Linked:
        """Origins, questions, claims and relations as the records give them now."""
        self.refresh()
        with self._store.snapshot():
            if self._is_fresh():
                return self._store.derived.linked()
        return self._in_memory(None).linked

    def state(self) -> State:
        """Everything, linked; linked anew, and saved where that is possible, where what was saved is stale."""
        self.refresh()
        with self._store.snapshot():
            if self._is_fresh():
                every = tuple(self._store.reports())
                reports, extractions = self._standing(every)
                stories = self._store.derived.stories_of({report.id for report in every})
                return State(reports, extractions, stories, self._saved(self._store.derived.stories()))
        return self._in_memory(None)

    def state_of(self, story: str) -> State | None:
        """The same for one story alone, without looking at the others, by its whole id; without reports where none of it counts any
        more. None where that cannot be."""
        self.refresh()
        with self._store.snapshot():
            if self._is_fresh():
                (members,) = self._store.derived.members([story]).values()
                reports, extractions = self._standing(tuple(self._store.reports(members)))
                if members:
                    part = {story: self._part(story)} if reports else {}
                    return State(reports, extractions, dict.fromkeys(members, story), part)
        return None

    def state_at(self, moment: datetime) -> State:
        """The same for only those reports that were out by then; nothing of it is saved."""
        self.refresh()
        return self._in_memory(moment)

    def state_without(self, later: Collection[str]) -> State:
        """The same without these reports and judgements, by id: what there was before they came; nothing of it is saved."""
        self.refresh()
        return self._in_memory(None, without=frozenset(later))

    def states_around(self, later: Collection[str]) -> tuple[State, State] | None:
        """`state_without` these reports and judgements, by id, which are the last that came, and the state as it is: both of only those
        stories that can differ. None where that may be any story."""
        self.refresh()
        with self._store.snapshot():
            found = touched(self._store, self._steps.filing, frozenset(later)) if self._is_fresh() else None
            if found is None:
                return None
            was, now = homes(found.before), homes(found.after)
            then = self._standing(tuple(self._store.reports(was.keys())), without=later)
            waiting = unlinked_before(self._store, self._steps.filing, found, *then)
            standing = self._standing(tuple(self._store.reports(now.keys())))
            after = State(*standing, now, {story: self._part(story) for story in found.after})
        return State(*then, was, {story: self._link(each) for story, each in waiting.items()}), after

    def state_joined_by(self, report: Report, moment: datetime | None) -> tuple[State, frozenset[str]]:
        """The stories that a report would join, as they are (none: a state without reports), and the paragraphs that would be
        furniture of it and them; as of ``moment``, None is now. Nothing is filed or saved."""
        if moment is None:
            self.refresh()
            with self._store.snapshot():
                if self._is_fresh():
                    joined = sorted(stories_joined(self._store, self._steps.filing, report))
                    members = self._store.derived.members(joined)
                    held = {member: story for story, reports in members.items() for member in reports}
                    reports, extractions = self._standing(tuple(self._store.reports(held.keys())))
                    parts = {story: self._part(story) for story in joined}
                    return State(reports, extractions, held, parts), self._furniture_with(report, reports, held)
        state = self._in_memory(moment)
        with self._store.snapshot():
            every = {r.id: r for r in self._store.reports(state.stories.keys())} | {report.id: report}
            joined_by_people = joined_reports(
                self._steps.filing, self._store.judgements(), partial(report_of, self._store)
            )
        filed = file_all(tuple(every.values()), self._steps.filing, joined_by_people)
        home = {state.stories[i] for i in filed.members[filed.stories[report.id]] if i in state.stories}
        return state.of(*home), filed.furniture

    def _furniture_with(self, report: Report, others: Sequence[Report], held: Mapping[str, str]) -> frozenset[str]:
        """The furniture of these reports, and what one more report makes furniture: a paragraph printed in enough other stories."""
        derived, own = self._store.derived, self._steps.filing.paragraphs(report)
        printed = derived.printed_in(own, enough=FURNITURE_STORIES)
        homes = set(held.values())
        more = {key for key in own if len(printed.get(key, frozenset()) - homes) + 1 >= FURNITURE_STORIES}
        return derived.furniture(self._paragraphs(others) | own) | more

    def linked_with(self, state: State, report: Report, extraction: Extraction, furniture: frozenset[str]) -> Linked:
        """What linking gives for the reports of a state and one more; nothing of it is saved, no vector either."""
        reports = (*(r for r in state.reports if r.id != report.id), report)
        extractions = (*(x for x in state.extractions if x.report != report.id), extraction)
        return self._link(unlinked(reports, extractions, self._store.judgements(), furniture), keep=False)

    def rebuild(self, linkers: Linkers | None = None) -> tuple[Problem, ...]:
        """Files and links everything anew, fresh or not, and makes the search index again; as `refresh`."""
        self._store.derived.forget(self._steps.linker)
        _LINKED.clear()
        pipeline.forget()
        problems = self._bring_up_to_date(linkers)
        self._store.note_rebuild()
        return problems

    def refresh(self, linkers: Linkers | None = None) -> tuple[Problem, ...]:
        """Files and links what came in since, and saves it. Not saving is no loss, as whoever reads next links again: so a
        ledger that may only be read, that another process is writing to, or whose disk is full, is no reason to fail.

        ``linkers`` link where there is enough for several of them. Given back are the stories that none of them lived to link.
        """
        if self._store.writable and not self._is_fresh():
            with suppress(LedgerLocked, LedgerFull):
                return self._bring_up_to_date(linkers)
        return ()

    # -----------------------------------------------------------------------------------------------

    def _is_fresh(self) -> bool:
        derived = self._store.derived
        if derived.linker() != self._steps.linker:
            return False
        return not derived.pending(limit=1) and not derived.stories(stale=True)

    def _bring_up_to_date(self, linkers: Linkers | None = None) -> tuple[Problem, ...]:
        if self._store.derived.linker() != self._steps.linker:
            self._store.derived.forget(self._steps.linker)
        given_up: dict[Shelved, Problem] = {}
        for _ in range(_TRIES):
            while file_pending(self._store, self._steps.filing):
                pass
            every = self._store.derived.stories(stale=True)
            stale = [story for story in every if story not in given_up]
            if not stale:
                return tuple(given_up[story] for story in every)
            largest_first = self._to_share(stale) if linkers else []
            if linkers and largest_first:
                given_up |= self._link_apart(largest_first, linkers)
            else:
                for story in stale:
                    self._store.derived.save(story, self._link(self._gathered(story)))
        return tuple(given_up.values())

    def _to_share(self, stale: Sequence[Shelved]) -> list[Shelved]:
        """These stories, the largest first, where they are worth handing out to workers; else none."""
        held = {story: len(reports) for story, reports in self._store.derived.members([s.id for s in stale]).items()}
        if sum(held.values()) - max(held.values()) < _SHARED_FROM:
            return []
        return sorted(stale, key=lambda story: -held[story.id])

    def _link_apart(self, stories: Sequence[Shelved], linkers: Linkers) -> dict[Shelved, Problem]:
        """Has workers link these stories, and saves what they give; those that none of them lived to link."""
        given_up: dict[Shelved, Problem] = {}
        jobs = ([self._with_vectors(self._gathered(story))] for story in stories)
        for number, (outcome,) in linkers.run.as_done(linkers.task, jobs):
            story = stories[number]
            if outcome.died:
                given_up[story] = _nobody_linked(story, outcome.failed)
                continue
            linked = outcome.linked
            if linked is None:
                log.warning("A worker could not link a story (%s); it is linked here.", outcome.failed)
                linked = self._link(self._gathered(story))
            self._keep_vectors(outcome.vectors)
            self._store.derived.save(story, linked)
        return given_up

    def _gathered(self, story: Shelved) -> Unlinked:
        """What linking a story depends on, as it is now; without vectors."""
        with self._store.snapshot():
            (members,) = self._store.derived.members([story.id]).values()
            reports, extractions = self._standing(tuple(self._store.reports(members)))
            furniture = self._store.derived.furniture(self._paragraphs(reports))
            return unlinked(reports, extractions, self._store.judgements(), furniture)

    def _standing(
        self, reports: Sequence[Report], moment: datetime | None = None, *, without: Collection[str] = ()
    ) -> tuple[tuple[Report, ...], tuple[Extraction, ...]]:
        """These reports without those that were withdrawn by then (None is now), and their readings as people corrected them; as if
        the judgements of the ids in ``without`` had not been made."""
        judgements = tuple(judgement for judgement in self._store.judgements() if judgement.id not in without)
        gone = pipeline.withdrawals(judgements, at=moment)
        standing = tuple(report for report in reports if report.id not in gone)
        extractions = self._store.extractions({report.id for report in standing})
        return standing, tuple(pipeline.corrected(extractions, judgements))

    def _paragraphs(self, reports: Sequence[Report]) -> set[str]:
        return {key for report in reports for key in self._steps.filing.paragraphs(report)}

    def _in_memory(self, moment: datetime | None, *, without: Collection[str] = frozenset()) -> State:
        """Everything filed and linked without saving; what was saved is taken for stories that are as they were."""
        with self._store.snapshot():
            out = [r for r in self._store.reports() if r.id not in without and (moment is None or was_out(r, moment))]
            reports, extractions = self._standing(out, moment, without=without)
            every = self._store.judgements()
            judgements = tuple(judgement for judgement in every if judgement.id not in without)
            joined = joined_reports(self._steps.filing, judgements, partial(report_of, self._store))
            filed = file_all(out, self._filing(out), joined)
            gone = pipeline.withdrawals(judgements, at=None).keys() ^ pipeline.withdrawals(judgements, at=moment).keys()
            # A judgement may bear on any story: where one is left out, what was saved with it is no guide.
            usable = self._is_fresh() and len(judgements) == len(every)
            parts = self._unchanged(filed, gone) if usable else {}
        read = {extraction.report: extraction for extraction in extractions}
        by_id = {report.id: report for report in reports}
        printed: dict[str, set[str]] = {}  # the furniture of each report: a story is known again by what is in it alone
        for key in filed.furniture:
            for member in filed.paragraphs[key]:
                printed.setdefault(member, set()).add(key)
        for story, members in filed.members.items():
            if story not in parts:
                mine = [read[report] for report in members if report in read]
                here = [by_id[report] for report in members if report in by_id]
                furniture = frozenset(key for report in here for key in printed.get(report.id, ()))
                parts[story] = self._link(unlinked(here, mine, judgements, furniture))
        return State(reports, extractions, filed.stories, {story: parts[story] for story in filed.members})

    def _saved(self, stories: Iterable[Shelved]) -> dict[str, Linked]:
        return {story.id: self._part(story.id) for story in stories}

    def _part(self, story: str) -> Linked:
        """What was saved of a story that is not stale."""
        return self._store.derived.linked([story])

    def _unchanged(self, filed: Filed, touched: Collection[str]) -> dict[str, Linked]:
        """What was saved of the stories that have the same reports, none of them ``touched``, and among whose paragraphs the
        same are furniture."""
        derived = self._store.derived
        changed = filed.furniture ^ derived.furniture(filed.paragraphs.keys())
        touched = {*touched, *(report for key in changed for report in filed.paragraphs[key])}
        shelved = {story.id: story for story in derived.stories()}
        members = derived.members(filed.members.keys() & shelved.keys())
        same = [story for story, reports in members.items() if reports == filed.members[story]]
        return self._saved(shelved[story] for story in same if touched.isdisjoint(members[story]))

    def _link(self, story: Unlinked, *, keep: bool = True) -> Linked:
        """Links a story, or takes what linking the very same gave before: it is a pure function of this."""
        key = story_key(self._steps, story)
        linked = _LINKED.get(key)
        if linked is None:
            linked = self._made(story, keep=keep).linked
            assert linked is not None
            _LINKED.put(key, linked, 1 + len(linked.claims))
        return linked

    def _made(self, story: Unlinked, *, keep: bool = True) -> Outcome:
        outcome = link_story(self._steps.embed, self._steps.link, self._with_vectors(story))
        if keep:
            self._keep_vectors(outcome.vectors)
        return outcome

    def _filing(self, reports: Sequence[Report]) -> Filing:
        """The steps of filing, with the gists of these reports as they were saved, where they are of this linker."""
        filing = self._steps.filing
        if self._store.derived.linker() != self._steps.linker:
            return filing
        known = self._store.derived.gists({report.id for report in reports})
        return replace(filing, gist=lambda report: known.get(report.id) or filing.gist(report))

    def vectors(self, state: State) -> Mapping[str, Vector]:
        """The vectors of all statements of a state, by id; none where this ledger links without."""
        if self._steps.embed is None:
            return {}
        statements = [statement for extraction in state.extractions for statement in extraction.statements]
        known = self._known_vectors(state.reports, statements)
        vectors = self._steps.embed(state.reports, statements, known=known)
        texts = {report.id: report.text for report in state.reports}
        new = [s for s in statements if s.id in vectors and s.id not in known]
        self._keep_vectors({words_key(texts[s.report], s): vectors[s.id] for s in new})
        return vectors

    def _with_vectors(self, story: Unlinked) -> Unlinked:
        """With the vectors that are saved: they are made once for the same words."""
        if self._steps.embed is None:
            return story
        statements = [statement for extraction in story.extractions for statement in extraction.statements]
        return replace(story, vectors=self._known_vectors(story.reports, statements))

    def _known_vectors(self, reports: Sequence[Report], statements: Sequence[Statement]) -> Mapping[str, Vector]:
        texts = {report.id: report.text for report in reports}
        keys = {statement.id: words_key(texts[statement.report], statement) for statement in statements}
        cached = self._store.derived.vectors(self._steps.embedder, keys.values())
        return {statement: cached[key] for statement, key in keys.items() if key in cached}

    def _keep_vectors(self, vectors: Mapping[str, Vector]) -> None:
        """Saves vectors, by the keys of their words."""
        if vectors and self._store.writable:
            with suppress(LedgerLocked, LedgerFull):  # they are only a cache
                self._store.derived.save_vectors(self._steps.embedder, vectors)


def _nobody_linked(story: Shelved, how: str) -> Problem:
    return Problem(
        f"the story is not linked yet: whoever links it dies ({how})",
        story.id,
        "All else is linked. Whoever reads the ledger next tries again, alone; report it as a defect of sayso if that dies too.",
    )
