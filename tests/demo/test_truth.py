"""The demonstration and its truth agree with each other, before any of sayso has read a word of it."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sayso.demo import Truth, copy_reports, load_truth, reports
from sayso.demo.truth import Passage, TrueStatement
from sayso.model import Act, RelationKind, Slot, Status
from tests.demo.matching import places_of

TRUTH = load_truth()
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def texts() -> dict[str, list[str]]:
    """The reports of each file as plain words, read by nothing of ours."""
    found = {}
    for name in {report.file for report in TRUTH.reports.values()}:
        text = reports().joinpath(name).read_text("utf-8")
        if name.endswith(".html"):
            found[name] = [stripped(text[text.index("<body") :])]
        elif name.endswith(".xml"):
            found[name] = [stripped(item.findtext(CONTENT) or "") for item in ElementTree.fromstring(text).iter("item")]
        elif name.endswith(".json"):
            found[name] = [
                "".join(entity["text"] for entity in message["text_entities"])
                for message in json.loads(text)["messages"]
                if message["type"] == "message"
            ]
        else:
            found[name] = [re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)]
    return found


def stripped(markup: str) -> str:
    """The words of a page. Tags between words leave a space; those inside a sentence leave none before a full stop."""
    words = re.sub(r"</?(?:a|b|em|i|strong|span)\b[^>]*>", "", markup)
    return html.unescape(re.sub(r"<[^>]+>", " ", words))


TEXTS = texts()
TEXT = {
    key: text for key, report in TRUTH.reports.items() for text in TEXTS[report.file] if places_of(report.marker, text)
}


# ---------------------------------------------------------------------------------------------------
# The words


@pytest.mark.parametrize("key", TRUTH.reports)
def test_a_marker_names_one_report_of_its_file(key: str) -> None:
    report = TRUTH.reports[key]
    assert sum(bool(places_of(report.marker, text)) for text in TEXTS[report.file]) == 1


@pytest.mark.parametrize("key", TRUTH.reports)
def test_every_quote_stands_once_in_its_report(key: str) -> None:
    quotes = [passage.quote for passage in TRUTH.passages() if passage.report == key]
    assert {quote: len(places_of(quote, TEXT[key])) for quote in quotes} == dict.fromkeys(quotes, 1)


@pytest.mark.parametrize("passage", TRUTH.furniture, ids=lambda passage: f"{passage.report}: {passage.quote}")
def test_furniture_stands_on_its_page(passage: Passage) -> None:
    assert places_of(passage.quote, TEXT[passage.report])


def test_every_report_of_every_file_is_in_the_truth() -> None:
    written = Counter(report.file for report in TRUTH.reports.values())
    assert {name: len(found) for name, found in TEXTS.items()} == dict(written)
    named = set(written) | {name for name in files_of(reports()) if name.endswith(".meta.json")}
    assert files_of(reports()) == named


def files_of(folder: Traversable, above: str = "") -> set[str]:
    found: set[str] = set()
    for entry in folder.iterdir():
        name = f"{above}{entry.name}"
        found |= files_of(entry, f"{name}/") if entry.is_dir() else {name}
    return found


def test_the_verbatim_copy_is_verbatim_and_the_rewordings_are_not() -> None:
    wire = [" ".join(line.split()) for line in TEXT["aldgrave-wire"].splitlines() if line.strip()]
    carried = {key: " ".join(TEXT[key].split()) for key in ("anserre-echo", "pallant-post", "worldbriefly24")}
    kept = {key: sum(line in text for line in wire) for key, text in carried.items()}
    assert kept == {"anserre-echo": len(wire), "pallant-post": 0, "worldbriefly24": 0}


def test_the_mangled_text_has_quotations_that_do_not_close() -> None:
    paragraphs = TEXT["worldbriefly24"].splitlines()
    assert sum(paragraph.count("“") != paragraph.count("”") for paragraph in paragraphs) >= 2


def test_a_quotation_runs_over_paragraphs_without_closing() -> None:
    for key in ("ilvane-today", "hallorn-observer"):
        paragraphs = re.findall(r"“[^”“]*(?=\s*\n\s*“)", TEXT[key])
        assert len(paragraphs) >= 2, key


# ---------------------------------------------------------------------------------------------------
# The records


def test_records_name_only_records_that_exist() -> None:
    statements = {statement.id for statement in TRUTH.statements}
    assert len(statements) == len(TRUTH.statements)
    assert {s.actor for s in TRUTH.statements} == set(TRUTH.actors)
    assert {actor.side for actor in TRUTH.actors.values()} - {None} == set(TRUTH.sides)
    named = [
        *(key for q in TRUTH.questions for answer in q.answers for key in answer.statements),
        *(key for pair in TRUTH.not_conflicts for key in (pair.a, pair.b)),
        *(key for drift in TRUTH.drift for key in (*drift.wordings, drift.first)),
        *(each.statement for each in TRUTH.against_interest),
        *(key for each in TRUTH.unverified for key in (each.statement, *each.about)),
    ]
    assert set(named) <= statements
    assert {passage.report for passage in TRUTH.passages()} <= set(TRUTH.reports)
    assert {each.question for each in TRUTH.answered_later} <= {question.id for question in TRUTH.questions}
    origins = {report.origin for report in TRUTH.reports.values()}
    assert {question.sole_origin for question in TRUTH.questions} - {None} <= origins


def test_relations_and_current_answers_name_answers_of_their_question() -> None:
    for question in TRUTH.questions:
        keys = [answer.key for answer in question.answers]
        assert len(set(keys)) == len(keys)
        assert {r.answer for r in question.relations} | {r.to for r in question.relations} <= set(keys), question.id
        assert question.current is None or question.current in keys
        assert len({type(answer.value) for answer in question.answers}) == 1


def test_no_statement_gives_two_answers_to_one_question() -> None:
    for question in TRUTH.questions:
        given = [key for answer in question.answers for key in answer.statements]
        assert len(set(given)) == len(given), question.id


def test_what_derives_is_no_older_than_its_base_and_of_its_origin() -> None:
    for key, report in TRUTH.reports.items():
        if report.derived_from is not None:
            base = TRUTH.reports[report.derived_from]
            assert datetime.fromisoformat(base.published) <= datetime.fromisoformat(report.published), key
            assert base.origin == report.origin, key
            assert report.derivation == "partial" or report.edge is not None, key


def test_an_outlet_is_one_origin_but_for_what_it_forwards() -> None:
    origins: dict[str, set[str]] = {}
    for report in TRUTH.reports.values():
        if report.forwarded_from is None:
            origins.setdefault(report.outlet, set()).add(report.origin)
    assert {outlet: found for outlet, found in origins.items() if len(found) != 1} == {}


def test_one_origin_means_one() -> None:
    """What the truth says of the origins of a claim follows from who speaks and who copies whom."""
    for question in TRUTH.questions:
        if question.sole_origin is not None:
            answer = next(a for a in question.answers if a.key == question.current)
            assert len({TRUTH.statement(key).actor for key in answer.statements}) == 1, question.id
        if question.independent_origins is not None:
            holders = {
                TRUTH.reports[s.report].origin if s.actor == "voice" else s.actor
                for s in map(TRUTH.statement, question.answers[-1].statements)
            }
            assert len(holders) == question.independent_origins, question.id


def test_agreement_and_dispute_are_between_sides() -> None:
    for question in TRUTH.questions:
        sides = [
            {TRUTH.actors[TRUTH.statement(key).actor].side for key in answer.statements} - {None}
            for answer in question.answers
        ]
        if Status.AGREED in question.status:
            assert len(sides[0]) >= 2, question.id
        if Status.DISPUTED in question.status:
            assert len(sides) == 2, question.id
            assert not sides[0] & sides[1], question.id


def test_revised_counts_are_of_one_actor_and_later() -> None:
    for question in TRUTH.questions:
        answers = {answer.key: [TRUTH.statement(key) for key in answer.statements] for answer in question.answers}
        for relation in question.relations:
            if relation.kind is RelationKind.REVISES:
                newer, older = answers[relation.answer], answers[relation.to]
                assert {s.actor for s in newer} == {s.actor for s in older}
                assert min(map(told, newer)) > min(map(told, older)), question.id


def told(statement: TrueStatement) -> datetime:
    report = TRUTH.reports[statement.report]
    return datetime.fromisoformat(report.edited or report.published)


# ---------------------------------------------------------------------------------------------------
# All that the demonstration has to show


def _twice_revised(truth: Truth) -> bool:
    revisions = [[r for r in q.relations if r.kind is RelationKind.REVISES] for q in truth.questions]
    return any(len(found) >= 2 for found in revisions)


SHOWS: dict[str, Callable[[Truth], bool]] = {
    "16 reports of 10 outlets": lambda t: len(t.reports) >= 16 and len({r.outlet for r in t.reports.values()}) >= 10,
    "a copy, three rewordings or cuts": lambda t: (
        Counter(
            r.derivation for r in t.reports.values() if r.derived_from == "aldgrave-wire" and r.outlet != "Aldgrave"
        )
        == {"copy": 1, "reword": 2, "partial": 1}
    ),
    "an edit, a reply and a forward": lambda t: all(
        any(getattr(r, name) for r in t.reports.values()) for name in ("edited", "reply_to", "forwarded_from")
    ),
    "a page that was corrected": lambda t: any(q.corrected_by and Status.WITHDRAWN in q.status for q in t.questions),
    "a count revised twice": _twice_revised,
    "disputes": lambda t: sum(Status.DISPUTED in q.status for q in t.questions) >= 4,
    "something agreed": lambda t: any(Status.AGREED in q.status for q in t.questions),
    "something corroborated": lambda t: any(q.status == (Status.CORROBORATED,) for q in t.questions),
    "a denial of an accusation": lambda t: any(r.kind is RelationKind.DENIES for q in t.questions for r in q.relations),
    "a claim of responsibility": lambda t: any(Act.CLAIM_RESPONSIBILITY in s.act for s in t.statements),
    "could not verify": lambda t: sum(bool(each.about) for each in t.unverified) >= 3,
    "a correction": lambda t: any(Act.CORRECT in s.act for s in t.statements),
    "no comment": lambda t: any(Act.DECLINE_COMMENT in s.act for s in t.statements),
    "a hedged assessment": lambda t: any(s.hedge and Act.ASSESS in s.act for s in t.statements),
    "a relay": lambda t: any(s.relay for s in t.statements),
    "nested statements": lambda t: any(s.nested for s in t.statements),
    "words against one's interest": lambda t: len(t.against_interest) >= 3,
    "quotations that drift": lambda t: len(t.drift) >= 3,
    "open questions": lambda t: len(t.open) >= 3,
    "a question that got its answer": lambda t: len(t.answered_later) >= 1,
    "older incidents": lambda t: len(t.background) >= 3,
    "pairs that are no conflict": lambda t: len(t.not_conflicts) >= 8,
    "numbers, names, yes and no": lambda t: {Slot.HOW_MANY, Slot.WHO, Slot.WHETHER} <= {q.slot for q in t.questions},
}


@pytest.mark.parametrize("what", SHOWS)
def test_the_demonstration_shows(what: str) -> None:
    assert SHOWS[what](TRUTH)


def test_reports_are_copied_whole(tmp_path: Path) -> None:
    written = copy_reports(tmp_path / "reports")
    assert {path.relative_to(tmp_path / "reports").as_posix() for path in written} == files_of(reports())
    page = tmp_path / "reports" / "telegram" / "result.json"
    assert page.read_bytes() == reports().joinpath("telegram/result.json").read_bytes()
