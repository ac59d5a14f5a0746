"""Actors, timeline, map, flow, changes and search over HTTP: each as page and as JSON, in parts, in the past, and under attack."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso import ledger as ledgers
from sayso.model import Changes
from sayso.serve.desk import Desk
from sayso.serve.pages.view import View
from sayso.serve.web.app import make_app
from tests.store.making import STEPS, captured

PAGES = (
    "actors",
    "timeline",
    "timeline?part=background",
    "map",
    "map?extent=world",
    "flow",
    "changes",
    "changes?everything=yes",
)
ATTACK = "\"><script>hack(1)</script><img src=x onerror=hack(2)>{{7*7}}\u202e'<svg onload=alert(1)>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Two reports whose every field attacks; read and linked by the rules of the tests, without any model."""
    place = str(tmp_path_factory.mktemp("hostile") / "h.db")
    with ledgers.open(place, create=True, steps=STEPS) as opened:
        opened.add_captured(
            [
                captured(
                    f"Ada said {ATTACK} held {n}. Bo said {ATTACK} broke.",
                    outlet=f"Post {ATTACK} {n}",
                    title=ATTACK,
                    published=at,
                )
                for n, at in enumerate(("2031-03-11", "2031-03-12", "2031-03-13"))
            ]
        )
    with TestClient(make_app(Desk(place, steps=STEPS), name=ATTACK, user="Mo"), base_url="http://localhost") as client:
        yield client


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def story_of(client: TestClient) -> str:
    found: str = client.get("/api/v1/stories").json()["stories"][0]["id"]
    return found


def paths_of(client: TestClient) -> list[str]:
    root = f"/stories/{story_of(client)}"
    actor = client.get(f"/api/v1{root}/actors").json()["actors"][0]["actor"]["id"]
    return [*(f"{root}/{page}" for page in PAGES), f"{root}/actors/{actor}"]


def test_nothing_that_a_report_holds_can_act(hostile: TestClient) -> None:
    searches = [
        "/search?q=held",
        "/search",
        "/search?q=held&outlet=%22%3E%3Cscript%3E&from=%22%3E",
        '/search?q="><script>',
    ]
    for path in [*paths_of(hostile), *searches]:
        answer = hostile.get(path)
        assert answer.status_code == 200, path
        for tag, attributes in Tags(answer.text).found:
            assert tag != "script" or (attributes.get("src") or "").startswith("/static/"), path
            assert tag != "img", path
            assert not [name for name in attributes if name.startswith("on") or name == "style"], path
            assert not (attributes.get("href") or "").lower().startswith(("javascript:", "data:", "//")), path
        assert "\u202e" not in answer.text
        assert "{{7*7}}" in answer.text or "hack" not in answer.text, path


def test_a_choice_without_a_meaning_is_said_as_a_page_and_as_json(hostile: TestClient) -> None:
    root = f"/stories/{story_of(hostile)}"
    for path in (
        f"{root}/actors?start=-1",
        f"{root}/flow?start=ten",
        f"{root}/changes?since=soon",
    ):
        answer = hostile.get(path)
        assert (answer.status_code, "<h1>" in answer.text) == (400, True), path
    for path in (f"{root}/actors/p-none", f"{root}/map/l-none", "/stories/y-none/flow"):
        assert hostile.get(path).status_code == 404, path
        assert hostile.get(f"/api/v1{path}").headers["content-type"] == "application/problem+json", path


def test_lists_go_on_where_they_ended(hostile: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.serve.pages.actors.SAID_SIZE", 2)
    path = next(each for each in paths_of(hostile) if "/actors/" in each)
    first = hostile.get(path).text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = hostile.get(following[1])
    assert 'rel="prev"' in second.text
    assert hostile.get(f"/api/v1{path}").json()["paging"]["next"] == 2


@pytest.mark.parametrize("since", ["2031-03-11", "2031-03-12"])
def test_changes_begin_at_the_time_that_is_chosen(hostile: TestClient, since: str) -> None:
    path = f"/stories/{story_of(hostile)}/changes?since={since}"
    assert f'<option value="{since}" selected>' in hostile.get(path).text
    told = hostile.get(f"/api/v1{path}").json()
    assert (told["since"], len(told["came"])) == (since, {"2031-03-11": 2, "2031-03-12": 1}[since])


def test_changes_that_take_long_say_that_they_are_coming(hostile: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    work_out = ledgers.Ledger.changes

    def slowly(self: ledgers.Ledger, **asked: str) -> Changes:
        begun.set()
        go_on.wait(20)
        return work_out(self, **asked)

    monkeypatch.setattr(ledgers.Ledger, "changes", slowly)
    monkeypatch.setattr("sayso.serve.web.routes.PATIENCE_S", 0.05)
    path = f"/stories/{story_of(hostile)}/changes?since=2031-03-10"
    waiting = hostile.get(path)
    assert begun.wait(10)
    assert (waiting.status_code, waiting.headers["refresh"]) == (200, "3")
    assert "being worked out" in waiting.text
    assert hostile.get("/search?q=held").status_code == 200, "nobody else waits"
    go_on.set()
    assert len(hostile.get(f"/api/v1{path}").json()["came"]) == 3
    ready = hostile.get(path)
    assert "refresh" not in ready.headers
    assert "being worked out" not in ready.text


def test_a_past_that_takes_long_says_that_it_is_coming(hostile: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    make = View.of

    def slowly(ledger: ledgers.Ledger, story: str, *, as_of: str | None = None) -> View:
        if as_of:
            begun.set()
            go_on.wait(20)
        return make(ledger, story, as_of=as_of)

    monkeypatch.setattr(View, "of", staticmethod(slowly))
    monkeypatch.setattr("sayso.serve.web.routes.PAST_PATIENCE_S", 0.05)
    path = f"/stories/{story_of(hostile)}?as_of=2031-03-12T10:00Z&q=%22%3Cscript%3E"
    waiting = hostile.get(path)
    assert begun.wait(10)
    assert (waiting.status_code, waiting.headers["refresh"]) == (200, "3")
    assert "is being worked out" in waiting.text
    assert "<script>" not in waiting.text.replace('<script type="module"', "")
    assert hostile.get(path.partition("?")[0]).status_code == 200, "nobody who reads of now waits"
    go_on.set()
    assert hostile.get(f"/api/v1{path}").status_code == 200
    ready = hostile.get(path)
    assert "refresh" not in ready.headers
    assert "what was out by then." in ready.text


def test_the_filters_of_a_search_are_a_plain_form(hostile: TestClient) -> None:
    page = hostile.get("/search?q=held&actor=Ada").text
    names = {attributes.get("name") for tag, attributes in Tags(page).found if tag in ("select", "input")}
    assert {"q", "outlet", "actor", "act", "status", "from", "to"} <= names
    assert '<option value="Ada" selected>Ada (3)</option>' in page


# ---------------------------------------------------------------------------------------------------
# The demonstration


@pytest.fixture(scope="module")
def client(demo_ledger: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Desk(str(demo_ledger)), name="demo", user="Mo"), base_url="http://localhost") as opened:
        yield opened


@pytest.mark.model
def test_every_page_answers_now_and_in_the_past(client: TestClient) -> None:
    for path in paths_of(client):
        assert client.get(path).status_code == 200, path
        assert client.get(f"/api/v1{path}").json()["story"] == story_of(client)
    root = f"/stories/{story_of(client)}"
    assert client.get(f"{root}/changes?since=2040&as_of=2025-10-15").status_code == 400, "it ends before it begins"
    for page in PAGES:
        client.get(f"/api/v1{root}?as_of=2025-10-15")  # waits until it is worked out
        then = client.get(f"{root}/{page}{'&' if '?' in page else '?'}as_of=2025-10-15")
        assert then.status_code == 200, page
        assert "what was out by then" in then.text


@pytest.mark.model
def test_the_demonstration_tells_its_truth_here_too(client: TestClient) -> None:
    """The governor revised himself; a copy is a copy; a village that nobody knows is on no map."""
    root = f"/api/v1/stories/{story_of(client)}"
    actors = client.get(f"{root}/actors").json()["actors"]
    governor = next(item["actor"]["id"] for item in actors if item["actor"]["name"] == "Davin Orsel")
    told = client.get(f"{root}/actors/{governor}").json()
    assert {conflict["kind"] for conflict in told["conflicts"]} == {"revises"}
    assert [side["side"] for side in told["sides"]] == ["Kelmora"]
    edges = client.get(f"{root}/flow").json()["edges"]
    assert ("The Anserre Echo", "Aldgrave", "copy") in {
        (edge["derived"]["outlet"], edge["base"]["outlet"], edge["kind"]) for edge in edges
    }
    places = client.get(f"{root}/map").json()
    assert "Tessrick" in {place["name"] for place in places["unresolved"]}
    days = client.get(f"{root}/timeline").json()["days"]
    assert "14 October 2025" in {day["words"] for day in days}


@pytest.mark.model
def test_every_place_of_a_drawing_leads_somewhere_on_its_page(client: TestClient) -> None:
    root = f"/stories/{story_of(client)}"
    for page in ("timeline", "map", "flow"):
        text = client.get(f"{root}/{page}").text
        ids = set(re.findall(r'\bid="([^"]+)"', text))
        for target in re.findall(r'<a href="#([^"]+)"><(?:title|circle)', text):
            assert target in ids, (page, target)
