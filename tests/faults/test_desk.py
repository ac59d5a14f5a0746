"""A desk that cannot write just now: whoever writes is told so, nothing is lost, and whoever reads is served."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso import ledger as ledgers
from sayso.errors import LedgerFull, LedgerLocked
from sayso.ledger import Ledger
from sayso.serve import desk as desks
from sayso.serve.desk import Behind, Desk
from sayso.serve.web.app import make_app
from tests.faults.making import given
from tests.store.making import STEPS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with ledgers.open(str(tmp_path / "ledger.db"), create=True, steps=STEPS) as ledger:
        ledger.add_captured(given())
    return tmp_path / "ledger.db"


@pytest.fixture
def desk(path: Path) -> Desk:
    return Desk(str(path), steps=STEPS)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(make_app(desk, name="made", user="Mo"), base_url="http://localhost") as opened:
        yield opened


def test_too_many_who_write_are_told_to_come_again_and_readers_read(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "WAITING", 2)
    going, go = threading.Event(), threading.Event()

    def slowly(_: Ledger) -> int:
        going.set()
        go.wait(20)
        return 1

    new = {"text": "Dee said 7 drowned.", "outlet": "Late Post"}
    with ThreadPoolExecutor(2) as others:
        waiting = [others.submit(desk.write, slowly) for _ in range(2)]
        going.wait(20)
        while desk._waiting < 2:
            pass
        answer = client.post("/api/v1/reports", json=new)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert "behind" in answer.json()["title"]
        assert client.get("/api/v1/stories").json()["reports"] == 10
        with pytest.raises(Behind):
            desk.write(lambda ledger: ledger.head())
        go.set()
        assert [each.result(20) for each in waiting] == [1, 1]
    again = client.post("/api/v1/reports", json=new)
    assert again.status_code == 201
    assert client.get(f"/api/v1/reports/{again.json()['added'][0]}").status_code == 200


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (LedgerFull("the disk is full", where="x.db", remedy="Free some space."), 507),
        (LedgerLocked("busy", where="x.db", remedy="Wait."), 503),
    ],
)
def test_what_cannot_be_written_is_told(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fails(_: Callable[[Ledger], object]) -> None:
        raise error

    monkeypatch.setattr(desk, "write", fails)
    answer = client.post("/api/v1/reports", json={"text": "Dee said 7 drowned."})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert client.get("/api/v1/stories").status_code == 200
