"""Scores what sayso made of the demonstration against its truth, each part by itself, and names every miss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from sayso.demo.truth import Passage, TrueQuestion, Truth
from sayso.model import (
    Account,
    Act,
    Claim,
    Extraction,
    Linked,
    RelationKind,
    Report,
    SectionKey,
    Slot,
    Status,
)
from tests.demo.matching import HOLDS, Found, find, share_inside
from tests.demo.shown import Shown

CONFLICTS = {RelationKind.CONTRADICTS, RelationKind.DENIES}
RIVALS = CONFLICTS | {RelationKind.REVISES}


class Part(NamedTuple):
    """How many of the true things were got, out of how many, and which were not."""

    got: int
    of: int
    missed: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """0 to 1; 1 where there was nothing to get."""
        return self.got / self.of if self.of else 1.0


class BCubed(NamedTuple):
    """B-cubed precision, recall and their F1 of the grouping of reports by origin; Bagga and Baldwin 1998."""

    precision: float
    recall: float

    @property
    def share(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """One figure for each thing that the account of a developing event must get right, by stage."""

    # ingest
    reports: Part  # found, with outlet and published time
    furniture: Part  # words of the page's furniture that no statement holds
    # extract
    contents: Part  # true statements whose words some statement holds
    speakers: Part  # of all true statements, those in the mouth of their speaker
    acts: Part  # of those, the ones with the right act
    negations: Part  # of those, the ones rightly negated or not
    relays: Part
    unverified: Part  # "could not verify", read as such
    # link
    origins: BCubed
    origin_counts: Part  # claims that rest on the right number of origins
    joined: Part  # answers of one question that stand under one question
    revisions: Part
    disputes: Part
    statuses: Part
    false_conflicts: Part  # pairs that only look like conflicts, and are not taken for any
    other_conflicts: Part  # of all conflicts found between true statements, those that are true
    unverified_tied: Part  # "could not verify", tied to what could not be verified
    open_linked: Part
    # account
    revisions_shown: Part  # both figures of a revision in lines of Figures or What has changed
    disputes_shown: Part  # both answers of a dispute in lines of Disputed; of numbers, in lines of Figures
    dispute_lines: Part  # lines of Disputed that set two answers of a true dispute against each other
    not_established: Part  # answers that are disputed, claimed, revised or withdrawn, and not cited as established
    open_shown: Part
    closed: Part  # what was answered later does not stand under the open questions
    background_shown: Part
    background_kept: Part  # passages told as background that no line of another section cites
    lines: int


def score(
    truth: Truth, reports: Sequence[Report], extractions: Sequence[Extraction], linked: Linked, account: Account
) -> Score:
    """Scores the whole way from reports to account."""
    found = find(truth, reports, extractions, linked)
    shown = Shown(found, account)
    return Score(
        reports=_reports(found),
        furniture=_furniture(found, extractions),
        contents=_part((s.id, bool(found.holding[s.id])) for s in truth.statements),
        speakers=_part(
            (f"{s.id} ({s.actor}, got {_names(found, s.id)})", bool(found.right[s.id])) for s in truth.statements
        ),
        acts=_part(
            (f"{s.id} ({s.act[0]}, got {found.right[s.id][0].act})", any(r.act in s.act for r in found.right[s.id]))
            for s in truth.statements
            if found.right[s.id]
        ),
        negations=_part(
            (s.id, any(r.negated == s.negated for r in found.right[s.id]))
            for s in truth.statements
            if found.right[s.id] and s.negated is not None
        ),
        relays=_part(
            (f"{s.id} ({name})", any(name in hop.name for r in found.right[s.id] for hop in r.relay))
            for s in truth.statements
            for name in s.relay
        ),
        unverified=_part(
            (u.statement, any(h.act is Act.CANNOT_VERIFY for h in found.holding[u.statement])) for u in truth.unverified
        ),
        origins=_origins(found, linked),
        origin_counts=_part(_origin_counts(found)),
        joined=_part(_joined(found)),
        revisions=_part(_revisions(found, linked)),
        disputes=_part(_disputes(found, linked)),
        statuses=_part(_statuses(found)),
        false_conflicts=_part(
            (f"{p.a} / {p.b} ({p.why})", not _any_rivals(found.claims_of(p.a), found.claims_of(p.b), linked))
            for p in truth.not_conflicts
        ),
        other_conflicts=_part(_other_conflicts(found, linked)),
        unverified_tied=_part(_unverified_tied(found)),
        open_linked=_part(_open_linked(found, extractions, linked)),
        revisions_shown=_part(
            (q.id, shown.answers(q, SectionKey.FIGURES, SectionKey.CHANGED) >= 2)
            for q in truth.questions
            if Status.REVISED in q.status
        ),
        disputes_shown=_part(
            (q.id, shown.answers(q, *_told_in(q)) >= 2) for q in truth.questions if Status.DISPUTED in q.status
        ),
        dispute_lines=_part(shown.dispute_lines()),
        not_established=_part(shown.doubtful_answers()),
        open_shown=_part((o.id, any(shown.cited(p, SectionKey.OPEN) for p in o.raised)) for o in truth.open),
        closed=_part(
            (f"{p.report}: {p.quote}", not shown.cited(p, SectionKey.OPEN))
            for a in truth.answered_later
            for p in a.raised
        ),
        background_shown=_part(
            (b.id, any(shown.cited(p, SectionKey.BACKGROUND) for p in b.told)) for b in truth.background
        ),
        background_kept=_part(
            (f"{p.report}: {p.quote}", not shown.cited(p, *(k for k in SectionKey if k is not SectionKey.BACKGROUND)))
            for b in truth.background
            for p in b.told
        ),
        lines=sum(len(section.lines) for section in account.sections),
    )


def table(score: Score, *, misses: bool = True) -> str:
    """The score as a table in plain text, with what was missed under each line."""
    rows = []
    for name in (each.name for each in fields(score)):
        value = getattr(score, name)
        if isinstance(value, Part):
            rows.append(f"{name:<18}{value.share:6.2f}   {value.got} of {value.of}")
            rows += [f"    missed: {miss}" for miss in value.missed] if misses else []
        elif isinstance(value, BCubed):
            rows.append(f"{name:<18}{value.share:6.2f}   B3 P {value.precision:.2f} R {value.recall:.2f}")
        else:
            rows.append(f"{name:<18}{value:6d}")
    return "\n".join(rows)


# ---------------------------------------------------------------------------------------------------
# Ingest and extract


def _part(judged: Iterable[tuple[str, bool]]) -> Part:
    judged = list(judged)
    return Part(sum(right for _, right in judged), len(judged), tuple(name for name, right in judged if not right))


def _names(found: Found, key: str) -> str:
    names = {h.actor.name if h.actor else "voice" if not h.source else "?" for h in found.holding[key]}
    return ", ".join(sorted(names)) or "nothing"


def _reports(found: Found) -> Part:
    def right(key: str) -> bool:
        report, true = found.reports.get(key), found.truth.reports[key]
        return (
            report is not None
            and report.outlet == true.outlet
            and report.published is not None
            and same_moment(report.published.value, true.published)
            and (true.edited is None or (report.edited is not None and same_moment(report.edited.value, true.edited)))
        )

    return _part((key, right(key)) for key in found.truth.reports)


def same_moment(given: str, true: str) -> bool:
    """Whether two ISO 8601 times are one moment, each in any zone; to the minute, as many a page tells it."""
    try:
        return abs((datetime.fromisoformat(given) - datetime.fromisoformat(true)).total_seconds()) < 60
    except (ValueError, TypeError):  # a bare date, or a time without its zone
        return False


def _furniture(found: Found, extractions: Sequence[Extraction]) -> Part:
    read = {extraction.report: extraction.statements for extraction in extractions}

    def held(passage: Passage) -> bool:
        report, places = found.spans(passage)
        return any(share_inside(place, s.content) > 0 for place in places for s in read.get(report, ()))

    return _part((f"{p.report}: {p.quote}", not held(p)) for p in found.truth.furniture)


# ---------------------------------------------------------------------------------------------------
# Link


def _origins(found: Found, linked: Linked) -> BCubed:
    keys = {report.id: key for key, report in found.reports.items()}
    group = {keys[r]: origin.id for origin in linked.origins for r in origin.reports if r in keys}
    true = {key: report.origin for key, report in found.truth.reports.items()}
    return b_cubed({key: group.get(key, key) for key in true}, true)


def b_cubed(given: Mapping[str, str], true: Mapping[str, str]) -> BCubed:
    """B-cubed of one grouping of the same keys against another."""
    precision = recall = 0.0
    for key in true:
        mine = {k for k in given if given[k] == given[key]}
        right = {k for k in true if true[k] == true[key]}
        precision += len(mine & right) / len(mine)
        recall += len(mine & right) / len(right)
    return BCubed(precision / len(true), recall / len(true))


def _origin_counts(found: Found) -> Iterator[tuple[str, bool]]:
    for question in found.truth.questions:
        wanted = 1 if question.sole_origin else question.independent_origins
        if wanted is None:
            continue
        answer = next((a for a in question.answers if a.key == question.current), question.answers[-1])
        claim = found.claim_for(answer, question.slot)
        yield (
            f"{question.id} = {answer.key} ({wanted}, got {claim.origins if claim else 'no claim'})",
            claim is not None and claim.origins == wanted,
        )


def _joined(found: Found) -> Iterator[tuple[str, bool]]:
    for question in found.truth.questions:
        for one, other in combinations(question.answers, 2):
            mine = {c.question for c in found.claims_for(one, question.slot)}
            theirs = {c.question for c in found.claims_for(other, question.slot)}
            yield f"{question.id}: {one.key} and {other.key}", bool(mine & theirs)


def _revisions(found: Found, linked: Linked) -> Iterator[tuple[str, bool]]:
    for question in found.truth.questions:
        answers = {answer.key: found.claims_for(answer, question.slot) for answer in question.answers}
        for relation in question.relations:
            if relation.kind is RelationKind.REVISES:
                ends = {(newer.id, older.id) for newer in answers[relation.answer] for older in answers[relation.to]}
                yield (
                    f"{question.id}: {relation.answer} revises {relation.to}",
                    any(
                        r.kind is RelationKind.REVISES and (r.from_claim, r.to_claim) in ends for r in linked.relations
                    ),
                )


def _disputes(found: Found, linked: Linked) -> Iterator[tuple[str, bool]]:
    for question in found.truth.questions:
        if Status.DISPUTED not in question.status:
            continue
        one, other = (found.claims_for(answer, question.slot) for answer in question.answers)
        related = any(r.kind in CONFLICTS and _between(r.from_claim, r.to_claim, one, other) for r in linked.relations)
        both = any(
            a.question == b.question and a.status is b.status is Status.DISPUTED and a.id != b.id
            for a in one
            for b in other
        )
        yield question.id, related or both


def _told_in(question: TrueQuestion) -> tuple[SectionKey, ...]:
    """Two numbers that cannot both hold stand in one line of Figures, marked as disputed, and are not told twice."""
    return (SectionKey.DISPUTED, SectionKey.FIGURES) if question.slot is Slot.HOW_MANY else (SectionKey.DISPUTED,)


def _between(first: str, second: str, one: set[Claim], other: set[Claim]) -> bool:
    mine, theirs = {c.id for c in one}, {c.id for c in other}
    return (first in mine and second in theirs) or (first in theirs and second in mine)


def _statuses(found: Found) -> Iterator[tuple[str, bool]]:
    for question in found.truth.questions:
        for answer in question.answers:
            claim = found.claim_for(answer, question.slot)
            wanted, got = "/".join(answer.status), claim.status if claim else "no claim"
            yield (
                f"{question.id} = {answer.key} ({wanted}, got {got})",
                claim is not None and claim.status in answer.status,
            )


def _any_rivals(one: set[Claim], other: set[Claim], linked: Linked) -> bool:
    related = any(r.kind in RIVALS and _between(r.from_claim, r.to_claim, one, other) for r in linked.relations)
    marked = {Status.DISPUTED, Status.REVISED}
    return related or any(
        a.id != b.id and a.question == b.question and a.status in marked and b.status in marked
        for a in one
        for b in other
    )


def _other_conflicts(found: Found, linked: Linked) -> Iterator[tuple[str, bool]]:
    """Every conflict found between two claims of which the truth knows what they say."""
    known: dict[str, set[str]] = {}
    for true in found.truth.statements:
        for claim in found.claims_of(true.id):
            known.setdefault(claim.id, set()).add(true.id)
    answers = {
        key: (question.id, answer.key)
        for question in found.truth.questions
        for answer in question.answers
        for key in answer.statements
    }
    for relation in linked.relations:
        mine, theirs = known.get(relation.from_claim), known.get(relation.to_claim)
        if relation.kind not in RIVALS or not mine or not theirs:
            continue
        pairs = [(answers[a], answers[b]) for a in mine for b in theirs if a in answers and b in answers]
        expected = any(a[0] == b[0] and a[1] != b[1] for a, b in pairs)
        yield f"{min(mine)} {relation.kind} {min(theirs)}", expected


def _unverified_tied(found: Found) -> Iterator[tuple[str, bool]]:
    for each in found.truth.unverified:
        if each.about:
            marks = {s.id for s in found.holding[each.statement]}
            claims = set().union(*(found.claims_of(key) for key in each.about))
            yield each.statement, any(marks & set(claim.unverified_by) for claim in claims)


def _open_linked(found: Found, extractions: Sequence[Extraction], linked: Linked) -> Iterator[tuple[str, bool]]:
    spans = {s.id: (e.report, (*s.cue, *s.content)) for e in extractions for s in e.statements}
    asked = [spans[key] for question in linked.questions if question.open for key in question.asked_by if key in spans]
    for each in found.truth.open:
        places = [found.spans(passage) for passage in each.raised]
        yield (
            each.id,
            any(
                report == where and share_inside(place, inside) >= HOLDS
                for where, spots in places
                for place in spots
                for report, inside in asked
            ),
        )
