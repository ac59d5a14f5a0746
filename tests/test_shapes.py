"""What the writers give is what the schemas promise, for values by hand and for any value of the model types."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from importlib.resources import files
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from sayso import shapes
from sayso.errors import UsageError
from sayso.model import (
    Account,
    Act,
    Actor,
    ActorChain,
    ActorType,
    Answer,
    Asked,
    Block,
    BlockKind,
    Capture,
    Certainty,
    Change,
    ChangeKind,
    Changes,
    ChangeWeight,
    Check,
    CheckedClaim,
    CheckedStatement,
    CheckedTie,
    Citation,
    Claim,
    Comparison,
    Derivation,
    Direction,
    Edge,
    EdgeKind,
    Event,
    Extraction,
    Given,
    Hedge,
    Hop,
    HopKind,
    Incident,
    Instant,
    Judgement,
    Kind,
    KnownActor,
    Line,
    Measure,
    Membership,
    Origin,
    Outcome,
    PairKind,
    Passage,
    PlaceMention,
    Precision,
    Problem,
    Quantity,
    Question,
    Relation,
    RelationKind,
    Report,
    Said,
    Section,
    SectionKey,
    Slot,
    Span,
    Statement,
    Status,
    Story,
    StoryListing,
    TakenSide,
    TimeMention,
    Verdict,
    Withdrawal,
)

TEXT = "Mayor Ede Tarn said by radio that at least 12 houses in Ullock were probably under water on Monday."
SPAN = Span(0, 14)


def report(**changed: Any) -> Report:
    fields: dict[str, Any] = {
        "id": "r-1",
        "sha256": "ab" * 32,
        "text": TEXT,
        "blocks": (Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),),
        "media_type": "text/plain",
        "capture": Capture("2031-04-08T09:00:00Z", "file", "notes/tarn.txt"),
        "outlet": "Ullock Post",
        "published": Instant("2031-04-08", Precision.DAY),
        "problems": (Problem("no language was found", "notes/tarn.txt", "Name one."),),
    }
    return Report(**(fields | changed))


STATEMENT = Statement(
    id="s-1",
    report="r-1",
    source=(SPAN,),
    cue=(Span(15, 19),),
    content=(Span(34, 55), Span(56, 65)),
    kind=Kind.INDIRECT,
    act=Act.ASSERT,
    hedge=Hedge("probably", Span(71, 79), "likely"),
    actor=Actor("a-1", "Ede Tarn", ActorType.PERSON, "Mayor"),
    relay=(Hop("Radio Ullock", HopKind.OUTLET, Span(20, 28)),),
    medium="radio",
    audience=Span(20, 28),
    said=Said("2031-04-07", Precision.DAY, Span(92, 98)),
    said_in=PlaceMention(Span(59, 65), "Ullock"),
    happened=(Said("2031-04-07", Precision.DAY, Span(92, 98)),),
    places=(PlaceMention(Span(59, 65), "Ullock", 54.5, -3.25, 2.0, "g-9", ("Cumber", "Norland")),),
    quantities=(Quantity(Span(34, 55), 12.0, 12.0, None, None, "houses", False, Measure.AFFECTED),),
    events=(
        Event(Span(66, 70), "be", Span(34, 65), certainty=Certainty.PROBABLE, time=Span(92, 98), told_by=Span(71, 79)),
    ),
    confidence=0.87654321,
)
EXTRACTION = Extraction(
    "r-1",
    (STATEMENT,),
    (TimeMention(Span(92, 98), "DATE", "2031-04-07", "2031-04-07", "2031-04-07", Precision.DAY),),
    (PlaceMention(Span(59, 65), "Ullock"),),
    (ActorChain(Actor("a-1", "Ede Tarn", ActorType.PERSON, "Mayor"), (SPAN,), ("Ede Tarn", "Tarn")),),
    (Problem("one passage was skipped", "notes/tarn.txt", "Nothing to do."),),
)
JUDGEMENT = Judgement("j-1", Verdict.WITHDRAW, "r-1", None, "taken down", "Mo", "2031-04-09")
CLAIM = Claim("c-1", "q-1", "at least 12 houses", ("s-1",), Answer("at least 12", 12.0), Status.REPORTED, "one", 1)
LINE = Line(
    "l-1",
    "Ede Tarn says …",
    Status.REPORTED,
    "one",
    "q-1",
    ("c-1",),
    (Citation("s-1", "r-1", "Ullock Post", None, "2031-04-08", (SPAN,), "Mayor Ede Tarn"),),
)
CHANGES = Changes(
    "2031-04-08",
    None,
    ("r-1",),
    (),
    (
        Change(ChangeKind.REVISED, (CLAIM,), (CLAIM,), None, (CLAIM,), ("s-1",), ("Ede Tarn says …",), LINE.citations),
        Change(ChangeKind.OPENED, question=Question("q-2", "Who?", Slot.WHO, (), True), weight=ChangeWeight.LESSER),
    ),
)

#: Every shape that has a schema, as its name, the model types it is written from, and its writer.
WRITERS: list[tuple[str, tuple[Any, ...], Callable[..., shapes.Json]]] = [
    ("extract", (Report, Extraction), shapes.extract_line),
    ("account", (Account,), shapes.account_dict),
    ("origins", (Origin,), shapes.origin_row),
    ("questions", (Question,), shapes.question_row),
    ("claims", (Claim,), shapes.claim_row),
    ("relations", (Relation,), shapes.relation_row),
    ("judgements", (Judgement,), shapes.judgement_row),
    ("actors", (KnownActor,), shapes.known_actor_row),
    ("stories", (Story,), shapes.story_row),
    ("incidents", (Incident,), shapes.incident_row),
    ("story-listing", (StoryListing,), shapes.story_listing),
    ("comparison", (Comparison,), shapes.comparison_row),
    ("derivation", (Derivation,), shapes.derivation_row),
    ("changes", (Changes,), shapes.changes_dict),
    ("withdrawal", (Withdrawal,), shapes.withdrawal_dict),
    ("check", (Check,), shapes.check_dict),
    ("asked", (Asked,), shapes.asked_dict),
    ("reports", (Report, Judgement | None), shapes.report_row),
    ("report-listing", (Report, Judgement | None), shapes.report_listing),
    ("statements", (Report, Statement, Judgement | None), shapes.statement_row),
    ("problem", (Problem,), shapes.problem_dict),
]
BY_HAND: dict[str, tuple[Any, ...]] = {
    "check": (
        Check(
            report(),
            False,
            (Story("y-1", "Ullock under water", ("r-1", "r-2")),),
            (Edge("r-1", "r-2", EdgeKind.REWORD, 0.91, ("shared passages",)),),
            ("r-2",),
            (
                CheckedStatement(
                    STATEMENT,
                    (
                        CheckedClaim(
                            CLAIM,
                            (CLAIM,),
                            (CheckedTie(RelationKind.REVISES, False, CLAIM, Status.REVISED, 0.8, ("later",)),),
                        ),
                    ),
                    (Question("q-2", "Who?", Slot.WHO, (), True),),
                    (CLAIM,),
                ),
            ),
            (Problem("one passage was skipped", "notes/tarn.txt", "Nothing to do."),),
            "2031-04-09",
        ),
    ),
    "asked": (
        Asked(
            "How many houses?",
            Slot.HOW_MANY,
            Outcome.SEVERAL,
            "At least 12.",
            (
                Given(
                    "at least 12",
                    "at least 12 houses",
                    CLAIM,
                    Question("q-1", "How many houses?", Slot.HOW_MANY, ("c-1",), False),
                    ("Ede Tarn",),
                    False,
                    LINE.citations,
                ),
            ),
            None,
            LINE.citations,
            (Question("q-2", "Who?", Slot.WHO, (), True),),
            ("asks: How many houses?",),
            "2031-04-09",
        ),
    ),
    "extract": (report(), EXTRACTION),
    "account": (Account("Ullock", None, 1, 1, (Section(SectionKey.FIGURES, "Figures", (LINE,)),)),),
    "origins": (Origin("o-1", ("r-1", "r-2"), (Edge("r-2", "r-1", EdgeKind.REWORD, 0.91, ("shared passages",)),)),),
    "questions": (Question("q-1", "How many houses?", Slot.HOW_MANY, ("c-1",), False, ("s-1",)),),
    "claims": (CLAIM,),
    "judgements": (Judgement("j-1", Verdict.MERGE, "s-1", "s-2", None, "Mo", "2031-04-09T08:00:00Z"),),
    "relations": (Relation("c-2", "c-1", RelationKind.REVISES, Slot.HOW_MANY, 0.8, ("later",)),),
    "actors": (
        KnownActor(
            "p-1",
            "Ede Tarn",
            ActorType.PERSON,
            ("Ede Tarn", "Tarn"),
            (Membership("r-1", "a-1", "Tarn", "Mayor", 0.85, ("surname of the only person so called: Ede Tarn",)),),
            ("Ullock Council",),
            None,
            (TakenSide("y-1", "unknown"),),
        ),
    ),
    "incidents": (Incident("i-1", "y-1", ("r-1",), ("ullock",), "2031-04-07", "2031-04-07"),),
    "stories": (Story("y-1", "High water in Ullock", ("r-1", "r-2"), "2031-04-07", None),),
    "story-listing": (
        StoryListing(
            Story("y-1", "High water in Ullock", ("r-1", "r-2"), "2031-04-07", None), ("Ullock Post",), 2, 0, 1
        ),
    ),
    "comparison": (Comparison(PairKind.DENIES, Direction.A_OF_B, Slot.WHETHER, 0.91, ("a denial in one of them",)),),
    "derivation": (Derivation(EdgeKind.PARTIAL, "a_of_b", 0.91, (Passage(SPAN, Span(3, 9)),), ("one paragraph",)),),
    "changes": (CHANGES,),
    "withdrawal": (Withdrawal(JUDGEMENT, "r-1", ("r-2",), CHANGES),),
    "reports": (report(), JUDGEMENT),
    "report-listing": (report(), None),
    "statements": (report(), STATEMENT, None),
    "problem": (Problem("it is empty", "x.txt", "Give another."),),
}

# What the model types promise of these fields and their annotations cannot say. Everything else may be any value:
# "high" of a reader gone wrong is infinite, and a title is half a surrogate pair.
PROMISED = {
    "confidence": st.floats(0, 1),
    "score": st.floats(0, 1),
    "reports": st.integers(0, 10**6),
    "origins": st.integers(0, 10**6),
    "disputed_claims": st.integers(0, 10**6),
    "open_questions": st.integers(0, 10**6),
    "disputed": st.integers(0, 10**6),
    "direction": st.sampled_from(["a_of_b", "b_of_a", "none"]),
    "type": st.sampled_from(["DATE", "TIME", "DURATION", "SET"]),
}
offsets = st.integers(0, 10**9)
PLAIN: dict[object, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=()), max_size=12),
    int: st.integers(),
    float: st.floats(),
    bool: st.booleans(),
    type(None): st.none(),
    Span: st.builds(Span, offsets, offsets),
}


@cache
def any_value(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a model type, or of what a field of one is annotated with."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if isinstance(annotation, UnionType):
        return st.one_of([any_value(each) for each in get_args(annotation)])
    if get_origin(annotation) is tuple:
        return st.lists(any_value(get_args(annotation)[0]), max_size=3).map(tuple)
    if issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    fields = {
        name: PROMISED[name] if name in PROMISED and hint in (int, float, str) else any_value(hint)
        for name, hint in get_type_hints(annotation).items()
    }
    return st.builds(annotation, **fields)


def check(name: str, value: object) -> None:
    Draft202012Validator(shapes.schema(name)).validate(value)


@pytest.mark.parametrize(("name", "_", "writer"), WRITERS, ids=[name for name, *_ in WRITERS])
def test_a_value_by_hand_has_its_shape(name: str, _: object, writer: Callable[..., shapes.Json]) -> None:
    check(name, json.loads(shapes.dumps(writer(*BY_HAND[name]))))


@pytest.mark.parametrize(("name", "types", "writer"), WRITERS, ids=[name for name, *_ in WRITERS])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_any_value_has_its_shape_on_one_line(
    name: str, types: tuple[Any, ...], writer: Callable[..., shapes.Json], data: st.DataObject
) -> None:
    row = writer(*(data.draw(any_value(each)) for each in types))
    line = shapes.dumps(row)
    assert len(line.splitlines()) == 1
    line.encode("utf-8")
    assert json.loads(line) == row
    check(name, row)


@pytest.mark.parametrize(("name", "_", "writer"), WRITERS, ids=[name for name, *_ in WRITERS])
def test_a_schema_refuses_a_missing_a_foreign_and_a_mistyped_key(
    name: str, _: object, writer: Callable[..., shapes.Json]
) -> None:
    row = writer(*BY_HAND[name])
    for key in row:
        with pytest.raises(ValidationError):
            check(name, {other: value for other, value in row.items() if other != key})
        with pytest.raises(ValidationError):
            check(name, row | {key: object()})
    with pytest.raises(ValidationError, match="unexpected"):
        check(name, row | {"foreign": 1})


def test_the_writers_cover_every_schema() -> None:
    assert {name for name, *_ in WRITERS} == set(shapes.SCHEMAS)


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from _objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _objects(value)


@pytest.mark.parametrize("name", shapes.SCHEMAS)
def test_a_schema_is_valid_complete_and_closed(name: str) -> None:
    schema = shapes.schema(name)
    Draft202012Validator.check_schema(schema)
    assert "common.schema.json#" not in json.dumps(schema), "a reference out of the schema"
    for each in _objects(schema):
        assert each["additionalProperties"] is False, each
        assert each["required"] == list(each["properties"]), each


def test_every_file_of_schemas_is_one_that_we_name() -> None:
    shipped = {entry.name for entry in files("sayso").joinpath("schemas").iterdir()}
    assert shipped == {f"{name}.schema.json" for name in (*shapes.SCHEMAS, "common")}


@pytest.mark.parametrize("name", ["", "common", "../model", "claim"])
def test_another_schema_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(UsageError, match="Choose one of: extract, account"):
        shapes.schema(name)


def test_the_line_of_a_report_is_as_documented() -> None:
    line = shapes.extract_line(report(), EXTRACTION)
    assert line["report"] == {
        "id": "r-1",
        "sha256": "ab" * 32,
        "path": "notes/tarn.txt",
        "url": None,
        "outlet": "Ullock Post",
        "byline": None,
        "title": None,
        "published": "2031-04-08",
        "published_precision": "day",
        "edited": None,
        "edited_precision": None,
        "language": None,
        "media_type": "text/plain",
        "forwarded_from": None,
        "reply_to": None,
        "text": TEXT,
        "blocks": [{"kind": "paragraph", "start": 0, "end": len(TEXT)}],
    }
    (statement,) = line["statements"]
    assert statement == {
        "id": "s-1",
        "source": [[0, 14]],
        "cue": [[15, 19]],
        "content": [[34, 55], [56, 65]],
        "kind": "indirect",
        "act": "assert",
        "negated": False,
        "hedge": {"word": "probably", "span": [71, 79], "band": "likely"},
        "actor": {"id": "a-1", "name": "Ede Tarn", "type": "person", "role": "Mayor"},
        "relay": [{"name": "Radio Ullock", "kind": "outlet", "span": [20, 28]}],
        "medium": "radio",
        "audience": [20, 28],
        "said": {"value": "2031-04-07", "precision": "day", "span": [92, 98]},
        "said_in": {
            "span": [59, 65],
            "name": "Ullock",
            "lat": None,
            "lon": None,
            "precision_km": None,
            "gazetteer_id": None,
            "within": [],
        },
        "happened": [{"value": "2031-04-07", "precision": "day", "span": [92, 98]}],
        "places": [
            {
                "span": [59, 65],
                "name": "Ullock",
                "lat": 54.5,
                "lon": -3.25,
                "precision_km": 2,
                "gazetteer_id": "g-9",
                "within": ["Cumber", "Norland"],
            }
        ],
        "quantities": [
            {
                "span": [34, 55],
                "low": 12,
                "best": 12,
                "high": None,
                "unit": None,
                "counted": "houses",
                "vague": False,
                "measure": "affected",
            }
        ],
        "events": [
            {
                "lemma": "be",
                "predicate": [66, 70],
                "agent": [34, 65],
                "patient": None,
                "place": None,
                "time": [92, 98],
                "quantity": None,
                "told_by": [71, 79],
                "negated": False,
                "modality": "happened",
                "certainty": "probable",
            }
        ],
        "confidence": 0.8765,
    }
    assert line["times"][0]["value"] == "2031-04-07"
    assert line["actors"] == [
        {
            "id": "a-1",
            "name": "Ede Tarn",
            "type": "person",
            "role": "Mayor",
            "mentions": [[0, 14]],
            "names": ["Ede Tarn", "Tarn"],
        }
    ]
    assert [problem["what"] for problem in line["problems"]] == ["no language was found", "one passage was skipped"]


def test_the_row_of_a_statement_has_the_words_of_its_spans() -> None:
    row = shapes.statement_row(report(text=TEXT.replace(" Tarn", "\nTarn")), STATEMENT)
    assert row["source_words"] == "Mayor Ede Tarn"
    assert row["content_words"] == "at least 12 houses in … Ullock we"
    assert (row["report"], row["outlet"], row["published"]) == ("r-1", "Ullock Post", "2031-04-08")


@pytest.mark.parametrize(
    ("place", "method", "path"),
    [
        ("notes/tarn.txt", "file", "notes/tarn.txt"),
        ("-", "stdin", "-"),
        ("https://ullock.example/a", "http", None),
        ("HTTP://ullock.example/a.warc", "warc", None),
    ],
)
def test_the_path_is_null_for_what_came_from_the_network(place: str, method: str, path: str | None) -> None:
    read = report(capture=Capture("2031-04-08T09:00:00Z", method, place))
    assert shapes.report_dict(read)["path"] == path
    assert shapes.report_listing(read)["path"] == path


def test_an_exported_report_does_not_tell_where_and_when_it_was_captured() -> None:
    here = report()
    there = report(capture=Capture("2032-01-01T00:00:00Z", "stdin", "-"))
    assert shapes.dumps(shapes.report_row(here)) == shapes.dumps(shapes.report_row(there))
    assert shapes.report_listing(here) != shapes.report_listing(there)


def test_an_edge_runs_from_what_derives_to_what_it_derives_from() -> None:
    (edge,) = shapes.origin_row(*BY_HAND["origins"])["edges"]
    assert (edge["from"], edge["to"]) == ("r-2", "r-1")


@pytest.mark.parametrize(
    ("given", "written"), [(12.0, "12"), (12.5, "12.5"), (None, "null"), (math.inf, "null"), (math.nan, "null")]
)
def test_numbers_are_written_plainly(given: float | None, written: str) -> None:
    claim = Claim("c-1", "q-1", "w", (), Answer("a", best=given), Status.REPORTED, "one", 1)
    assert shapes.dumps(shapes.claim_row(claim)["answer"]["best"]) == written


@pytest.mark.parametrize(
    "text",
    ["Жители Козинки", "\x1b[31mred", "\x9b2J", "\u202egnp.exe", "a\u2028b", "a\x85b", "\ud800", "🜂", 'a"\\\n\t\x00'],
)
def test_what_is_dumped_reads_back_the_same_and_cannot_act(text: str) -> None:
    line = shapes.dumps({"text": text})
    assert json.loads(line) == {"text": text}
    assert line.encode("utf-8").decode("utf-8") == line
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 or letter in "\u202e\u2028" for letter in line)


def test_readable_letters_stay_readable() -> None:
    assert shapes.dumps("Козинка, Ørby") == '"Козинка, Ørby"'


def test_a_judgement_is_written_whole() -> None:
    made = Judgement("j-1", Verdict.MERGE, "c-1", "c-2", None, "Ada", "2031-04-09T08:00:00Z")
    assert shapes.judgement_row(made) == {
        "id": "j-1",
        "verdict": "merge",
        "subject": "c-1",
        "other": "c-2",
        "value": None,
        "author": "Ada",
        "at": "2031-04-09T08:00:00Z",
    }
