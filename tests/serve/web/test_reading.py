"""The desk over HTTP: every page answers, HTML and JSON say the same, nothing acts, and what is not there says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.serve.desk import Desk
from sayso.serve.web.app import make_app

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def client(demo_ledger: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Desk(str(demo_ledger)), name="demo", user="Mo"), base_url="http://localhost") as opened:
        yield opened


@pytest.fixture(scope="module")
def story(client: TestClient) -> str:
    found: str = client.get("/api/v1/stories").json()["stories"][0]["id"]
    return found


def test_the_first_page_of_one_story_is_its_account(client: TestClient, story: str) -> None:
    answer = client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/stories/{story}")
    assert client.get("/stories").status_code == 200


def test_every_line_of_the_account_stands_on_the_page_and_leads_to_its_words(client: TestClient, story: str) -> None:
    told = client.get(f"/api/v1/stories/{story}").json()
    page = client.get(f"/stories/{story}").text
    lines = [line for section in told["sections"] for line in section["lines"]]
    assert len(lines) > 15
    for line in lines:
        assert f'id="{line["id"]}"' in page
        for cite in line["citations"]:
            assert f"/reports/{cite['report']}?statement={cite['statement']}#{cite['statement']}" in page
    cite = lines[0]["citations"][0]
    report = client.get(f"/reports/{cite['report']}").text
    assert f'id="{cite["statement"]}"' in report or f"{cite['statement']}" in report


def test_every_question_claim_and_report_answers_as_page_and_as_json(client: TestClient, story: str) -> None:
    questions = client.get(f"/api/v1/stories/{story}/questions").json()["questions"]
    reports = client.get(f"/api/v1/stories/{story}/reports").json()["reports"]
    paths = [f"/questions/{q['id']}" for q in questions[:12]]
    paths += [f"/claims/{claim['id']}" for q in questions[:12] for claim in q["answers"][:2]]
    paths += [f"/reports/{item['report']['id']}" for item in reports]
    for path in paths:
        page, told = client.get(path), client.get(f"/api/v1{path}")
        assert (page.status_code, told.status_code) == (200, 200), path
        assert told.json()["story"] == story


def test_the_question_of_the_dead_tells_its_revision_and_who_gave_which(client: TestClient, story: str) -> None:
    questions = client.get(f"/api/v1/stories/{story}/questions").json()["questions"]
    asked = next(q for q in questions if q["text"] == "How many civilians were killed?")
    page = client.get(f"/api/v1/questions/{asked['id']}").json()
    answers = [answer["claim"]["answer"] for answer in page["answers"]]
    ties = {(answers[t["start"]], t["relation"]["kind"], answers[t["end"]]) for t in page["ties"]}
    assert ("3 people killed", "revises", "1 farmer killed") in ties
    given = {giver["name"] for side in page["sides"] for giver in side["givers"]}
    assert "Davin Orsel" in given
    assert not given & {"I", "preliminary information"}


def test_the_past_shows_what_was_out_by_then_and_says_so(client: TestClient, story: str) -> None:
    told = client.get(f"/api/v1/stories/{story}").json()
    first = told["moments"][0]["value"]
    assert client.get(f"/api/v1/stories/{story}?as_of={first}").status_code == 200  # waits until it is worked out
    then = client.get(f"/stories/{story}?as_of={first}").text
    assert "As of" in then
    assert "what was out by then" in then
    assert len(client.get(f"/api/v1/stories/{story}?as_of={first}").json()["sections"]) < len(told["sections"])
    assert f"as_of={first.replace(':', '%3A')}" in then, "links stay in the past"
    assert 'action="/judge"' not in then, "nobody judges there"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/claims/c-none", 404),
        ("/stories/y-none", 404),
        ("/stories/%2e%2e%2fetc", 404),
        ("/reports/r-none/raw", 404),
        ("/static/x/..%2fapp.py", 404),
        ("/static/x/app.py", 404),
        ("/stories/STORY?as_of=tomorrow", 400),
        ("/stories/STORY?as_of=1999", 404),
        ("/search?q=%22", 200),
    ],
)
def test_what_is_not_there_says_so_in_both_ways(client: TestClient, story: str, path: str, status: int) -> None:
    path = path.replace("STORY", story)
    answer = client.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    if path.startswith(("/claims", "/stories")):
        told = client.get(f"/api/v1{path}")
        assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
        assert set(told.json()) == {"type", "title", "status", "detail", "instance"}


def test_every_answer_is_guarded(client: TestClient, story: str) -> None:
    for path in ("/", f"/stories/{story}", "/api/v1/stories", "/nothing", "/static/x/desk.css"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_has_a_script_or_style_of_its_own(client: TestClient, story: str) -> None:
    for path in (f"/stories/{story}", f"/stories/{story}/review", f"/stories/{story}/questions", "/search?q=bridge"):
        page = client.get(path).text
        assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
        assert re.findall(r"<[^>]*\s(?:on\w+|style)=", page) == []
        assert "<style" not in page


def test_raw_bytes_are_handed_out_as_a_file_that_cannot_act(client: TestClient, story: str) -> None:
    report = client.get(f"/api/v1/stories/{story}/reports").json()["reports"][0]["report"]["id"]
    answer = client.get(f"/reports/{report}/raw")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "sandbox"


def test_the_api_documents_itself(client: TestClient) -> None:
    spec = client.get("/api/v1/openapi.json").json()
    paths = {path for path in spec["paths"] if path.startswith("/api/v1/")}
    assert {"/api/v1/stories/{story}", "/api/v1/claims/{record}", "/api/v1/judgements", "/api/v1/check"} <= paths
    assert paths == set(spec["paths"]), "pages are no part of the API"


def test_a_rewording_stands_beside_what_it_rewords(client: TestClient, story: str) -> None:
    reports = client.get(f"/api/v1/stories/{story}/reports").json()["reports"]
    item = next(i for i in reports if i["report"]["outlet"] == "The Pallant Post")
    path = f"/reports/{item['report']['id']}/beside/{item['derives_from'][0]['id']}"
    told = client.get(f"/api/v1{path}").json()
    assert told["words"] == "rewords"
    numbers = [{piece["passage"] for piece in text if piece["passage"]} for text in told["texts"]]
    assert len(numbers[0] & numbers[1]) > 10
    assert min(told["shared"]) > 0.5
    assert f'href="#p2-{min(numbers[0])}"' in client.get(path).text
    assert path in client.get(f"/reports/{item['report']['id']}").text
    assert client.get(f"/reports/{item['report']['id']}/beside/r-none").status_code == 404
