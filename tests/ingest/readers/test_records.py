"""Records: JSON, JSON lines and CSV in the shapes of other tools, and Telegram exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.model import Captured, Problem
from tests.ingest.making import blocks_of, only_problem, only_report, read, reports, write

BODY = "The dam above Ostrel held, the river authority said.\n\nNobody was hurt, Pavel Dorn told reporters."
TRAFILATURA = {
    "title": "Dam holds",
    "author": "Iva Marek; Jon Vey",
    "hostname": "courier.example",
    "date": "2031-04-02",
    "fingerprint": "1",
    "id": None,
    "source-hostname": "Velmark Courier",
    "source": "https://courier.example/1",
    "language": "en",
    "text": BODY,
    "raw_text": "x",
    "comments": "",
}
NEWS_PLEASE = {
    "authors": ["Iva Marek", "Jon Vey"],
    "date_download": "2031-04-03 00:00:00",
    "date_modify": "2031-04-02 12:00:00",
    "date_publish": "2031-04-02 09:30:00",
    "maintext": BODY,
    "source_domain": "courier.example",
    "title": "Dam holds",
    "url": "https://courier.example/1",
    "language": "en",
    "text": None,
}
FUNDUS = {
    "title": "Dam holds",
    "authors": ["Iva Marek", "Jon Vey"],
    "publishing_date": "2031-04-02 09:30:00+02:00",
    "publisher": "Velmark Courier",
    "topics": [],
    "body": {
        "summary": ["In short."],
        "sections": [
            {"headline": [], "paragraphs": BODY.split("\n\n")},
            {"headline": ["Before"], "paragraphs": ["It rained."]},
        ],
    },
    "html": {
        "requested_url": "https://courier.example/1?x",
        "responded_url": "https://courier.example/1",
        "content": "<p>",
    },
}


@pytest.mark.parametrize(
    ("record", "outlet", "published"),
    [
        (TRAFILATURA, "Velmark Courier", "2031-04-02"),
        (NEWS_PLEASE, "courier.example", "2031-04-02T09:30:00"),
        (FUNDUS, "Velmark Courier", "2031-04-02T07:30:00Z"),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "list.json"])
def test_the_shapes_of_other_tools(
    tmp_path: Path, record: dict[str, Any], outlet: str, published: str, name: str
) -> None:
    content = json.dumps([record] if name == "list.json" else record)
    report = only_report(write(tmp_path, name, content))
    assert report.published is not None
    assert (report.outlet, report.published.value) == (outlet, published)
    assert (report.title, report.byline, report.url) == ("Dam holds", "Iva Marek, Jon Vey", "https://courier.example/1")
    for paragraph in BODY.split("\n\n"):
        assert ("paragraph", paragraph) in blocks_of(report)


def test_fundus_keeps_its_sections(tmp_path: Path) -> None:
    found = blocks_of(only_report(write(tmp_path, "a.json", json.dumps(FUNDUS))))
    assert found[0] == ("headline", "Dam holds")
    assert ("headline", "Before") in found


def test_a_bad_line_does_not_lose_the_others(tmp_path: Path) -> None:
    lines = ['{"text": "Dam holds."}', "{oops", "[1]", '{"n": 1}', "", '{"text": "Dam still holds."}']
    path = write(tmp_path, "a.jsonl", "\r\n".join(lines))
    found = read(path)
    assert [type(f) for f in found] == [Captured, Problem, Problem, Problem, Captured]
    assert [f.where for f in found if isinstance(f, Problem)] == [f"{path} (line {n})" for n in (2, 3, 4)]
    first = found[0]
    assert isinstance(first, Captured)
    assert first.raw == lines[0].encode()
    assert first.report.capture.locator == "line 1"


def test_the_same_record_elsewhere_is_the_same_report(tmp_path: Path) -> None:
    one = only_report(write(tmp_path, "a.jsonl", '{"text": "Dam holds."}\n'))
    _, again = reports(read(write(tmp_path, "b.jsonl", '{"text": "First."}\n{"text": "Dam holds."}')))
    assert again.id == one.id
    assert again.capture != one.capture


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        "3",
        "null",
        '"x"',
        "[" * 100_000,
        '{"a":' * 100_000,
        "{",
        '{"text": ""}',
        '{"text": 5}',
        '{"text": "  "}',
        "1" * 10_000,
        "[[]]",
    ],
)
def test_json_that_holds_no_report_is_named(tmp_path: Path, content: str) -> None:
    found = read(write(tmp_path, "a.json", content))
    assert found
    assert all(isinstance(f, Problem) for f in found)


def test_half_a_surrogate_pair_reaches_no_store(tmp_path: Path) -> None:
    report = only_report(write(tmp_path, "a.json", r'{"text": "Dam \ud800 holds\u0000.", "title": "\udfff"}'))
    assert report.text == "Dam \ufffd holds\ufffd."
    json.dumps([report.title, report.text]).encode()
    report.text.encode("utf-8")


def test_csv_rows(tmp_path: Path) -> None:
    content = 'Title;Text;Date\r\nDam holds;"It held,\r\nsaid ""Dorn"".";2031-04-02\r\n;;\r\nSiren;Tested.;soon\r\n'
    dam, siren = reports(read(write(tmp_path, "a.csv", content)))
    assert dam.text == 'It held,\nsaid "Dorn".'
    assert (dam.title, dam.capture.locator, siren.capture.locator) == ("Dam holds", "line 2", "line 5")
    assert dam.published is not None
    assert dam.published.value == "2031-04-02"
    assert siren.published is None
    assert "published time 'soon'" in siren.problems[0].what


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "text\n", "\n\n"])
def test_csv_without_use_is_named(tmp_path: Path, content: str) -> None:
    assert isinstance(only_problem(write(tmp_path, "a.csv", content)), Problem)


def message(number: int, text: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2031-04-02T12:00:00",
        "date_unixtime": "1932890400",
        "from": "Karsk Now",
        "text": text,
    } | more


def export(*messages: dict[str, Any], **more: Any) -> str:
    return json.dumps({"name": "Karsk Now", "type": "public_channel", "id": 77, "messages": list(messages)} | more)


def test_telegram_messages_keep_forwards_replies_and_edits(tmp_path: Path) -> None:
    content = export(
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        message(2, ["Siren in ", {"type": "bold", "text": "Karsk"}, " right now."], edited_unixtime="1932894000"),
        message(3, "Seen as well.", reply_to_message_id=2, forwarded_from="Ostrel Live", author="Lena"),
        message(4, "", photo="photos/1.jpg"),
        message(5, "From nobody.", forwarded_from=None),
    )
    siren, seen, hidden = reports(read(write(tmp_path, "result.json", content)))
    assert (siren.text, siren.outlet, siren.url, siren.byline) == ("Siren in Karsk right now.", "Karsk Now", None, None)
    assert siren.published is not None
    assert siren.edited is not None
    assert (siren.published.value, siren.edited.value) == ("2031-04-02T10:00:00Z", "2031-04-02T11:00:00Z")
    assert (seen.reply_to, seen.forwarded_from, seen.byline) == ("2", "Ostrel Live", "Lena")
    assert (seen.capture.locator, seen.capture.method) == ("message 3", "telegram")
    assert hidden.forwarded_from == "unknown"


def test_telegram_addresses_come_from_the_export_only(tmp_path: Path) -> None:
    named = only_report(write(tmp_path, "a.json", export(message(9, "Siren."), username="karsk_now")))
    assert named.url == "https://t.me/karsk_now/9"
    odd = only_report(write(tmp_path, "b.json", export(message(9, "Siren."), username="../evil?")))
    assert odd.url is None


def test_a_full_telegram_export_and_equal_messages_of_two_chats(tmp_path: Path) -> None:
    chats = [json.loads(export(message(9, "Siren."), id=n, name=f"Chat {n}")) for n in (1, 2)]
    one, two = reports(read(write(tmp_path, "a.json", json.dumps({"about": "x", "chats": {"list": chats}}))))
    assert one.sha256 == two.sha256
    assert one.id != two.id
    assert one.capture.locator == "Chat 1, message 9"


@pytest.mark.parametrize("text", [None, 5, {"x": 1}, [None, 5, {"type": "bold"}, [["x"]]], "   "])
def test_odd_telegram_messages_are_passed_over(tmp_path: Path, text: Any) -> None:
    assert read(write(tmp_path, "a.json", export(message(1, text)))) == []


def test_a_record_with_an_address_only_is_fetched(tmp_path: Path) -> None:
    problem = only_problem(write(tmp_path, "a.csv", "url\nhttp://127.0.0.1:9/x\n"))
    assert "not a public address" in problem.what
