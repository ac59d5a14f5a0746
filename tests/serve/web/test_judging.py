"""Judging on the desk: what is decided shows at once, can be taken back, survives a rebuild, and is never written over unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso import ledger
from sayso.model import Verdict
from sayso.serve.desk import Desk
from sayso.serve.web.app import make_app

pytestmark = pytest.mark.model


@pytest.fixture
def client(own_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr("sayso.serve.desk.PATIENCE_S", 30.0)  # on a busy machine too the newest view is waited for
    with TestClient(make_app(Desk(str(own_demo)), name="demo", user="Mo"), base_url="http://localhost") as opened:
        yield opened


def queue(client: TestClient) -> dict[str, Any]:
    story = client.get("/api/v1/stories").json()["stories"][0]["id"]
    page: dict[str, Any] = client.get(f"/api/v1/stories/{story}/review").json()
    return page


def decide(client: TestClient, choice: dict[str, Any], **more: Any) -> Any:
    made = {key: choice[key] for key in ("verdict", "subject", "other", "value")}
    return client.post("/api/v1/judgements", json={**made, **more})


def test_the_queue_asks_first_what_most_lines_rest_on_and_nothing_twice(client: TestClient) -> None:
    items = queue(client)["items"]
    weights = [item["weight"] for item in items]
    assert weights == sorted(weights, reverse=True)
    assert {item["kind"] for item in items} >= {"relation", "reading", "joined"}
    assert all(len({choice["key"] for choice in item["choices"]}) == len(item["choices"]) for item in items)
    assert len({item["id"] for item in items}) == len(items)


def test_a_decision_leaves_the_queue_and_comes_back_when_it_is_taken_back(client: TestClient) -> None:
    first = queue(client)["items"][0]
    made = decide(client, first["choices"][0])
    assert made.status_code == 201
    assert made.json()["judgement"]["author"] == "Mo"
    after = queue(client)
    assert first["id"] not in {item["id"] for item in after["items"]}
    assert after["decided"][0]["id"] == made.json()["judgement"]["id"]
    client.post("/api/v1/judgements", json={"verdict": "reject", "subject": made.json()["judgement"]["id"]})
    assert first["id"] in {item["id"] for item in queue(client)["items"]}
    assert queue(client)["decided"] == []


def test_a_rejected_dispute_is_none_any_more_after_a_rebuild_too(client: TestClient, own_demo: Path) -> None:
    item = next(i for i in queue(client)["items"] if "contradicts" in i["question"])
    no = next(choice for choice in item["choices"] if choice["verdict"] == "reject")
    before = {claim["id"] for claim in item["claims"] if claim["status"]["status"] == "disputed"}
    assert before
    decide(client, no)
    with ledger.open(str(own_demo)) as opened:
        opened.rebuild()
        related = {(r.from_claim, r.to_claim) for r in opened.linked().relations}
        assert opened.verify() == ()
    first, second = (claim["id"] for claim in item["claims"])
    assert (first, second) not in related
    assert (second, first) not in related


def test_who_did_not_see_what_another_decided_is_told_and_nothing_is_written(
    client: TestClient, own_demo: Path
) -> None:
    seen = client.get("/api/v1/judgements").json()["judgements"]
    assert seen == []
    item = queue(client)["items"][0]
    with ledger.open(str(own_demo)) as other:
        head = other.head()
        yes = item["choices"][0]
        other.judge(Verdict(yes["verdict"]), yes["subject"], other=yes["other"], value=yes["value"], author="Bo")
    no = item["choices"][1]
    refused = decide(client, no, seen=head)
    assert refused.status_code == 409
    assert [j["author"] for j in refused.json()["judgements"]] == ["Bo"]
    assert [j["author"] for j in client.get("/api/v1/judgements").json()["judgements"]] == ["Bo"]
    assert decide(client, no, seen=head, anyway=True).status_code == 201
    assert sorted(j["author"] for j in client.get("/api/v1/judgements").json()["judgements"]) == ["Bo", "Mo"]


def test_judgements_are_paged_from_the_last(client: TestClient) -> None:
    for item in queue(client)["items"][:3]:
        decide(client, item["choices"][0])
    page = client.get("/api/v1/judgements?limit=2").json()
    rest = client.get(f"/api/v1/judgements?limit=2&before={page['next']}").json()
    assert (len(page["judgements"]), len(rest["judgements"]), rest["next"]) == (2, 1, None)
    assert client.get("/api/v1/judgements?before=j-none").status_code == 400


def test_the_form_decides_without_a_script(client: TestClient) -> None:
    choice = queue(client)["items"][0]["choices"][0]
    fields = {k: v for k, v in choice.items() if k in ("verdict", "subject", "other", "value") and v}
    answer = client.post("/judge", data={**fields, "back": "/stories"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/stories")
    assert len(client.get("/api/v1/judgements").json()["judgements"]) == 1


@pytest.mark.parametrize(
    "judging",
    [
        {"verdict": "praise", "subject": "s-a"},
        {"verdict": "merge", "subject": "s-none", "other": "s-none"},
        {"verdict": "correct", "subject": "actor:Davin Orsel", "value": "mood: dark"},
        {"verdict": "note", "subject": "x" * 10},
    ],
)
def test_what_cannot_be_judged_is_refused(client: TestClient, judging: dict[str, str]) -> None:
    assert client.post("/api/v1/judgements", json=judging).status_code in (400, 404, 422)
    assert client.get("/api/v1/judgements").json()["judgements"] == []
