"""Pasting, dropping and linking a report: seen before it is added, added as it was seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.serve.desk import Desk
from sayso.serve.web.app import make_app

pytestmark = pytest.mark.model

TEXT = """Governor Davin Orsel said on Thursday that five civilians were killed in Tessrick.
The Drevani foreign ministry again denied that its army had crossed the river.
Officials said a school in Lower Pellin had been damaged. It is not clear who blew up the bridge.
"""


@pytest.fixture
def client(own_demo: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Desk(str(own_demo)), name="demo", user="Mo"), base_url="http://localhost") as opened:
        yield opened


def reports(client: TestClient) -> int:
    count: int = client.get("/api/v1/stories").json()["reports"]
    return count


def test_what_is_new_revised_against_and_asked_is_told_apart_and_nothing_is_added(client: TestClient) -> None:
    before = reports(client)
    page = client.post("/api/v1/check", json={"text": TEXT, "outlet": "Dorn Post", "published": "2025-10-16T12:00Z"})
    told = {s["quoted"].strip("“”.").removeprefix("that "): s for s in page.json()["statements"]}
    standing = {words: s["standing"] for words, s in told.items()}
    assert standing["five civilians were killed in Tessrick"] == "revises"
    assert standing["a school in Lower Pellin had been damaged"] == "new"
    assert standing["its army had crossed the river"] == "against"
    assert standing["It is not clear who blew up the bridge"] == "asks"
    assert told["its army had crossed the river"]["who"] == "Drevani foreign ministry"
    assert page.json()["stories"]
    assert reports(client) == before


def test_a_copy_is_called_one_and_what_is_held_is_known(client: TestClient, own_demo: Path) -> None:
    story = client.get("/api/v1/stories").json()["stories"][0]["id"]
    listed = client.get(f"/api/v1/stories/{story}/reports").json()["reports"]
    held = next(i["report"]["id"] for i in listed if i["report"]["outlet"] == "Aldgrave" and i["statements"] > 8)
    text = "\n\n".join(
        "".join(piece["text"] for piece in block["pieces"])
        for block in client.get(f"/api/v1/reports/{held}").json()["blocks"]
    )
    page = client.post("/api/v1/check", json={"text": text, "outlet": "Copy Daily", "published": "2025-10-17"}).json()
    assert page["kin"][0]["report"] == held
    assert "copy of" in page["kin"][0]["words"]
    assert {s["standing"] for s in page["statements"]} & {"known"}


def test_a_file_is_looked_at_and_then_added(client: TestClient) -> None:
    before = reports(client)
    page = client.post("/check", files={"file": ("../../etc/note.txt", TEXT.encode())})
    assert page.status_code == 200
    assert reports(client) == before
    key = page.text.split('action="/check/')[1].split("/add")[0]
    added = client.post(f"/check/{key}/add", follow_redirects=False)
    assert added.status_code == 303
    assert client.get(added.headers["location"]).status_code == 200
    assert reports(client) == before + 1
    assert "in the ledger already" in client.post("/check", files={"file": ("note.txt", TEXT.encode())}).text


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({}, "one text, one file or one link"),
        ({"text": "a", "url": "https://example.org"}, "one text, one file or one link"),
        ({"url": "file:///etc/passwd"}, "no address of the web"),
        ({"url": "http://127.0.0.1:9/"}, "not a public address"),
        ({"url": "http://localhost/"}, "not a public address"),
        ({"text": TEXT, "published": "soon"}, "time"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(client: TestClient, new: dict[str, str], words: str) -> None:
    for path in ("/api/v1/check", "/api/v1/reports"):
        answer = client.post(path, json=new)
        assert answer.status_code == 400
        assert words in answer.text


def test_a_forgotten_text_is_said_to_be(client: TestClient) -> None:
    answer = client.post("/check/none/add")
    assert answer.status_code == 400
    assert "no longer remembers" in answer.text


def test_hostile_text_stays_text(client: TestClient) -> None:
    text = (
        'Ada <script>alert(1)</script> said "<img src=x onerror=alert(2)>" on Monday.\nBo said {{7*7}} {% raw %} fell.'
    )
    page = client.post("/check", data={"text": text, "outlet": "<b onclick=x>"}).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b onclick" not in page
    assert "{{7*7}}" in page
