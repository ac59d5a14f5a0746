"""A desk of two small stories with three people, on a clock that tests turn, with passwords that cost no time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from sayso import ledger as ledgers
from sayso.serve.desk import Desk
from sayso.serve.people import throttle
from sayso.serve.people.passwords import Passwords
from sayso.serve.people.roles import Role
from sayso.serve.people.store import PeopleStore, open_people, people_path
from sayso.serve.web.app import make_app
from tests.store.making import STEPS

PASSWORD = "nine plain words"
PEOPLE = {"Rea": Role.READER, "Ed": Role.EDITOR, "Ada": Role.ADMIN}


class Clock:
    """Seconds since 1970, as tests set them."""

    def __init__(self) -> None:
        self.seconds = 1_900_000_000.0

    def __call__(self) -> float:
        return self.seconds

    def forward(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def store(tmp_path: Path, clock: Clock, passwords: Passwords) -> Iterator[PeopleStore]:
    """Three people, one of each role."""
    with open_people(str(tmp_path / "flood.db.people"), create=True, clock=clock) as opened:
        for name, role in PEOPLE.items():
            opened.add(name, role, passwords.hash(PASSWORD))
        yield opened


@dataclass(frozen=True, slots=True)
class Served:
    """An app with accounts, what stands behind it, and browsers to open it with."""

    app: FastAPI
    store: PeopleStore
    clock: Clock
    client: Callable[..., Browser]


class Browser(TestClient):
    """One browser: keeps its cookies, follows no redirect unless told."""

    def __init__(self, app: FastAPI, *, address: str = "127.0.0.1", base_url: str = "http://localhost") -> None:
        super().__init__(app, base_url=base_url, client=(address, 50_000), follow_redirects=False)

    def token(self, path: str = "/login") -> str:
        """The form token of a page."""
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code)
        return page.text.split('name="csrf" value="')[1].split('"')[0]

    def log_in(self, name: str, password: str = PASSWORD) -> Browser:
        answer = self.try_in(name, password)
        assert answer.status_code == 303, answer.text
        return self

    def try_in(self, name: str, password: str, **more: str) -> Any:
        return self.post("/login", data={"name": name, "password": password, "csrf": self.token(), **more})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, passwords: Passwords) -> Iterator[Served]:
    """One app for a module; `fresh` before each test forgets sessions and failures."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "reports").mkdir()
    (folder / "reports" / "a.txt").write_text("Ada said 3 fell. Then Bo said it rains.", "utf-8")
    (folder / "reports" / "b.txt").write_text("Cy said 4 fell.", "utf-8")
    path = str(folder / "flood.db")
    with ledgers.open(path, create=True, steps=STEPS) as opened:
        opened.add([str(folder / "reports")])
    clock = Clock()
    people = open_people(people_path(path), create=True, clock=clock)
    for name, role in PEOPLE.items():
        people.add(name, role, passwords.hash(PASSWORD))
    app = make_app(Desk(path, steps=STEPS), name="flood", people=people, passwords=passwords)
    with TestClient(app):  # closes the desk at the end
        yield Served(app, people, clock, lambda **how: Browser(app, **how))


@pytest.fixture
def desk(served: Served) -> Served:
    """The app, with nobody logged in and no failure remembered."""
    for table in ("sessions", "tokens", "attempts"):
        served.store.do(f"DELETE FROM {table}")
    return served


assert throttle.NAME.free < throttle.ADDRESS.free  # what the tests of both take for granted
