"""The score itself: full marks for the truth of the reports, none for nothing, less for each mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

import pytest

from sayso.demo import load_truth
from sayso.demo.truth import Passage
from sayso.model import (
    Account,
    Act,
    Actor,
    Answer,
    Capture,
    Citation,
    Claim,
    Extraction,
    Hop,
    HopKind,
    Instant,
    Kind,
    Line,
    Linked,
    Origin,
    Precision,
    Question,
    Relation,
    RelationKind,
    Report,
    Section,
    SectionKey,
    Slot,
    Span,
    Statement,
    Status,
)
from tests.demo.matching import fits, places_of, share_inside
from tests.demo.score import BCubed, Part, Score, b_cubed, score, table
from tests.demo.test_truth import TEXT

TRUTH = load_truth()
Made = tuple[Sequence[Report], Sequence[Extraction], Linked, Account]


# ---------------------------------------------------------------------------------------------------
# A perfect reader, linker and writer, made from the truth


def perfect() -> Made:
    reports = [_report(key) for key in TRUTH.reports]
    statements = {true.id: _statement(true.id) for true in TRUTH.statements}
    raised = [(each.id, passage) for each in TRUTH.open for passage in each.raised]
    told = [(each.id, passage) for each in TRUTH.background for passage in each.told]
    voices = {(key, passage): _voice(passage) for key, passage in (*raised, *told)}
    extractions = [
        Extraction(
            report=key,
            statements=tuple(s for s in (*statements.values(), *voices.values()) if s.report == key),
        )
        for key in TRUTH.reports
    ]
    origins = {report.origin for report in TRUTH.reports.values()}
    linked = Linked(
        origins=tuple(
            Origin(id=o, reports=tuple(k for k, r in TRUTH.reports.items() if r.origin == o)) for o in sorted(origins)
        ),
        questions=(
            *(
                Question(q.id, q.text, q.slot, tuple(f"{q.id}:{a.key}" for a in q.answers), False)
                for q in TRUTH.questions
            ),
            *(
                Question(o.id, o.text, o.slot, (), True, tuple(voices[o.id, p].id for p in o.raised))
                for o in TRUTH.open
            ),
        ),
        claims=tuple(_claims()),
        relations=tuple(
            Relation(f"{q.id}:{r.answer}", f"{q.id}:{r.to}", r.kind, q.slot, 1.0, ("by the truth",))
            for q in TRUTH.questions
            for r in q.relations
        ),
    )
    sections = {
        SectionKey.FIGURES: [_cites(q.id, *_all(q.id)) for q in TRUTH.questions if Status.REVISED in q.status],
        SectionKey.DISPUTED: [_cites(q.id, *_all(q.id)) for q in TRUTH.questions if Status.DISPUTED in q.status],
        SectionKey.OPEN: [_cites(o.id, *(voices[o.id, p] for p in o.raised)) for o in TRUTH.open],
        SectionKey.BACKGROUND: [_cites(b.id, *(voices[b.id, p] for p in b.told)) for b in TRUTH.background],
    }
    account = Account(
        title=TRUTH.incident.title,
        as_of=None,
        reports=len(reports),
        origins=len(origins),
        sections=tuple(Section(key, key, tuple(lines)) for key, lines in sections.items()),
    )
    return reports, extractions, linked, account


def _report(key: str) -> Report:
    true = TRUTH.reports[key]
    return Report(
        id=key,
        sha256="",
        text=TEXT[key],
        blocks=(),
        media_type="text/plain",
        capture=Capture("2025-10-16T08:00:00Z", "file", f"/anywhere/{true.file}"),
        outlet=true.outlet,
        published=Instant(true.published, Precision.SECOND),
        edited=Instant(true.edited, Precision.SECOND) if true.edited else None,
    )


def _statement(key: str) -> Statement:
    true = TRUTH.statement(key)
    actor = TRUTH.actors[true.actor]
    voice = true.actor == "voice" or true.own_channel
    return Statement(
        id=key,
        report=true.report,
        source=() if voice else (Span(0, 1),),
        cue=(),
        content=tuple(places_of(true.quote, TEXT[true.report])),
        kind=Kind.VOICE if voice else Kind.INDIRECT,
        act=true.act[0],
        negated=bool(true.negated),
        actor=None if voice else Actor(true.actor, actor.name, actor.type),
        relay=tuple(Hop(name, HopKind.AGENCY, Span(0, 1)) for name in true.relay),
    )


def _voice(passage: Passage) -> Statement:
    spans = tuple(places_of(passage.quote, TEXT[passage.report]))
    return Statement(f"{passage.report}:{passage.quote}", passage.report, (), (), spans, Kind.VOICE)


def _claims() -> list[Claim]:
    claims = []
    for question in TRUTH.questions:
        for answer in question.answers:
            number = float(answer.value) if question.slot is Slot.HOW_MANY else None
            origins = 1 if question.sole_origin else question.independent_origins or 1
            claims.append(
                Claim(
                    id=f"{question.id}:{answer.key}",
                    question=question.id,
                    wording=str(answer.value),
                    statements=answer.statements,
                    answer=Answer(str(answer.value), low=number, best=number, high=number),
                    status=answer.status[0],
                    rule="truth",
                    origins=origins,
                    unverified_by=tuple(u.statement for u in TRUTH.unverified if set(u.about) & set(answer.statements)),
                )
            )
    return claims


def _all(question: str) -> list[Statement]:
    return [_statement(key) for q in TRUTH.questions if q.id == question for a in q.answers for key in a.statements]


def _cites(key: str, *statements: Statement) -> Line:
    citations = tuple(Citation(s.id, s.report, None, None, None, s.content, "") for s in statements)
    return Line(key, key, Status.REPORTED, "truth", None, (), citations)


# ---------------------------------------------------------------------------------------------------
# Full marks, none, and less


def marks(result: Score) -> dict[str, float]:
    values = {each.name: getattr(result, each.name) for each in fields(result)}
    return {name: value.share for name, value in values.items() if isinstance(value, Part | BCubed)}


def test_the_truth_itself_gets_full_marks() -> None:
    result = score(TRUTH, *perfect())
    assert marks(result) == pytest.approx(dict.fromkeys(marks(result), 1.0)), table(result)


def test_nothing_gets_no_marks() -> None:
    nothing = score(TRUTH, [], [], Linked((), (), (), ()), Account("", None, 0, 0, ()))
    # what was not said cannot be wrong either, and alone every report is its own origin
    harmless = {"furniture", "false_conflicts", "other_conflicts", "closed", "background_kept", "acts", "negations"}
    harmless |= {"dispute_lines", "not_established"}
    assert {name for name, share in marks(nothing).items() if share > 0} == harmless | {"origins"}


def _relation(kind: RelationKind, one: str, other: str) -> Relation:
    return Relation(one, other, kind, Slot.HOW_MANY, 1.0, ())


def _wrong_speaker(made: Made) -> Made:
    reports, extractions, linked, account = made
    stranger = Actor("x", "Somebody Else", TRUTH.actors["orsel"].type)
    spoilt = [
        replace(e, statements=tuple(replace(s, actor=stranger) if s.actor else s for s in e.statements))
        for e in extractions
    ]
    return reports, spoilt, linked, account


def _no_denials(made: Made) -> Made:
    reports, extractions, linked, account = made
    spoilt = [
        replace(e, statements=tuple(replace(s, act=Act.PROMISE, negated=not s.negated, relay=()) for s in e.statements))
        for e in extractions
    ]
    return reports, spoilt, linked, account


def _one_origin(made: Made) -> Made:
    reports, extractions, linked, account = made
    claims = tuple(replace(claim, origins=9) for claim in linked.claims)
    return reports, extractions, replace(linked, origins=(Origin("o", tuple(TRUTH.reports)),), claims=claims), account


def _all_conflicts(made: Made) -> Made:
    reports, extractions, linked, account = made
    ids = [claim.id for claim in linked.claims]
    relations = tuple(_relation(RelationKind.CONTRADICTS, a, b) for a in ids for b in ids if a < b)
    return reports, extractions, replace(linked, relations=relations), account


def _other_numbers(made: Made) -> Made:
    reports, extractions, linked, account = made
    claims = tuple(replace(c, answer=replace(c.answer, low=7.0, best=7.0, high=7.0)) for c in linked.claims)
    return reports, extractions, replace(linked, claims=claims), account


def _all_in_one_section(made: Made) -> Made:
    reports, extractions, linked, account = made
    lines = tuple(line for section in account.sections for line in section.lines)
    return reports, extractions, linked, replace(account, sections=(Section(SectionKey.ESTABLISHED, "", lines),))


def _all_disputed(made: Made) -> Made:
    reports, extractions, linked, account = made
    lines = tuple(line for section in account.sections for line in section.lines)
    return reports, extractions, linked, replace(account, sections=(Section(SectionKey.DISPUTED, "", lines),))


def _wrong_times(made: Made) -> Made:
    reports, extractions, linked, account = made
    return [replace(r, published=Instant("2025-10-14", Precision.DAY)) for r in reports], extractions, linked, account


@pytest.mark.parametrize(
    ("spoil", "falls"),
    [
        (_all_disputed, {"dispute_lines"}),
        (_wrong_times, {"reports"}),
        (_wrong_speaker, {"speakers", "revisions", "disputes", "statuses", "joined"}),
        (_no_denials, {"acts", "negations", "relays", "unverified"}),
        (_one_origin, {"origins", "origin_counts"}),
        (_all_conflicts, {"false_conflicts", "other_conflicts", "revisions"}),
        (_other_numbers, {"revisions", "joined", "statuses"}),
        (
            _all_in_one_section,
            {
                "revisions_shown",
                "disputes_shown",
                "not_established",
                "open_shown",
                "background_shown",
                "background_kept",
            },
        ),
    ],
)
def test_a_mistake_costs_what_it_spoils(spoil: Callable[[Made], Made], falls: set[str]) -> None:
    result = marks(score(TRUTH, *spoil(perfect())))
    assert {name for name in falls if result[name] == 1.0} == set()


def test_a_miss_is_named() -> None:
    result = score(TRUTH, *_other_numbers(perfect()))
    assert "killed-tessrick: 3 revises 1" in result.revisions.missed
    assert "missed: killed-tessrick: 3 revises 1" in table(result)
    assert "missed" not in table(result, misses=False)


# ---------------------------------------------------------------------------------------------------
# The parts


def test_b_cubed() -> None:
    """Two groups of two, given as one group of four: every report shares its group with two right of four."""
    true = {"a": "1", "b": "1", "c": "2", "d": "2"}
    assert b_cubed(dict.fromkeys(true, "x"), true) == BCubed(0.5, 1.0)
    assert b_cubed({key: key for key in true}, true) == BCubed(1.0, 0.5)


@pytest.mark.parametrize(
    ("name", "actor", "right"),
    [
        ("Davin Orsel", "orsel", True),
        ("Governor Davin Orsel of Ilvane", "orsel", True),
        ("the governor", "orsel", True),
        ("the governor of another province", "orsel", False),
        ("the Defence Ministry", "defence-ministry", True),
        ("the Foreign Ministry", "defence-ministry", False),
        ("Free Highland Brigade", "brigade", True),
        ("Orselline", "orsel", False),
        ("", "orsel", False),
    ],
)
def test_names_fit_with_more_words_and_descriptions_only_whole(name: str, actor: str, right: bool) -> None:
    assert fits(TRUTH.actors[actor], name) is right


def test_overlapping_spans_count_once() -> None:
    assert share_inside(Span(0, 10), [Span(0, 4), Span(2, 6)]) == pytest.approx(0.6)
    assert share_inside(Span(0, 10), []) == 0.0
