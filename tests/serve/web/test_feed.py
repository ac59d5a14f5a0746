"""Feeds and entity tags over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from starlette.testclient import TestClient

from sayso.model import Status
from sayso.serve.desk import Desk
from sayso.serve.pages.feed import Feed, FeedEntry
from sayso.serve.pages.moments import utc_of
from sayso.serve.pages.parts import StatusView
from sayso.serve.web.app import make_app
from sayso.serve.web.feed_routes import atom_of, json_feed_of

HOSTILE = FeedEntry(
    "s-a/disputed",
    "c-a",
    "<script>x</script> & \x00 \u202e",
    "2031-04-02T00:00:00Z",
    StatusView(Status.DISPUTED, "Disputed", "", ""),
    "]]> &amp;",
)


def test_a_hostile_entry_stays_text_in_both() -> None:
    told = Feed("y-a", "A <b> title", "2031-04-02T00:00:00Z", (HOSTILE,))
    read = feedparser.parse(atom_of(told, "http://desk.example"))
    assert not read.bozo
    assert read.entries[0].link == "http://desk.example/claims/c-a"
    top = ElementTree.fromstring(atom_of(told, "http://desk.example"))
    title = top.find("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")
    assert title is not None
    assert title.text == "<script>x</script> & \u2400 [U+202E]"
    assert json_feed_of(told, "http://desk.example")["items"][0]["tags"] == ["disputed"]


@pytest.mark.parametrize(
    ("stamp", "utc"),
    [
        ("2031", "2031-01-01T00:00:00Z"),
        ("2031-04", "2031-04-01T00:00:00Z"),
        ("2031-04-02", "2031-04-02T00:00:00Z"),
        ("2031-04-02T10:00+02:00", "2031-04-02T08:00:00Z"),
        ("soon", None),
    ],
)
def test_a_time_of_any_precision_in_utc(stamp: str, utc: str | None) -> None:
    assert utc_of(stamp) == utc


@pytest.fixture(scope="module")
def client(demo_ledger: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Desk(str(demo_ledger)), name="demo"), base_url="http://localhost") as opened:
        yield opened


@pytest.mark.model
def test_the_feeds_tell_the_same_and_the_latest_first(client: TestClient) -> None:
    story = client.get("/api/v1/stories").json()["stories"][0]["id"]
    atom = feedparser.parse(client.get(f"/api/v1/stories/{story}/feed.atom").content)
    told = client.get(f"/api/v1/stories/{story}/feed.json").json()
    assert [entry.id for entry in atom.entries] == [item["id"] for item in told["items"]]
    times = [item["date_modified"] for item in told["items"]]
    assert times == sorted(times, reverse=True)
    assert len({item["id"] for item in told["items"]}) == len(times) > 10
    assert {"disputed", "revised"} <= {tag for item in told["items"] for tag in item["tags"]}


@pytest.mark.model
def test_what_did_not_change_is_not_sent_again(client: TestClient) -> None:
    for path in ("/stories", "/api/v1/stories", "/search?q=bridge"):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": f'"x", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert "content-security-policy" in again.headers
        assert client.get(path, headers={"if-none-match": '"other"'}).content == first.content
    assert "etag" not in client.get("/nothing").headers
