"""Logging in with a real Chromium at a real server: what a browser sends by itself is what the desk's locks look at."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from argon2 import PasswordHasher

from sayso import ledger as ledgers
from sayso.serve.desk import Desk
from sayso.serve.people import audit
from sayso.serve.people.passwords import Passwords
from sayso.serve.people.roles import Role
from sayso.serve.people.store import PeopleStore, open_people, people_path
from sayso.serve.web.app import make_app
from tests.store.making import STEPS, captured

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PASSWORD = "nine plain words"


class Desked:
    """A server with accounts on a free port of this machine."""

    def __init__(self, address: str, people: PeopleStore) -> None:
        self.address = address
        self.people = people


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desked]:
    path = str(tmp_path_factory.mktemp("desk") / "flood.db")
    with ledgers.open(path, create=True, steps=STEPS) as ledger:
        ledger.add_captured([captured("Ada said 3 fell.", published="2031-04-08"), captured("Cy said 4 fell.")])
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people = open_people(people_path(path), create=True)
    for name, role in (("Rea", Role.READER), ("Ed", Role.EDITOR), ("Ada", Role.ADMIN)):
        people.add(name, role, passwords.hash(PASSWORD))
    listening = socket.create_server(("127.0.0.1", 0))
    app = make_app(Desk(path, steps=STEPS), name="flood", people=people, passwords=passwords)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield Desked(f"http://127.0.0.1:{listening.getsockname()[1]}", people)
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(java_script_enabled=request.param)
    yield made
    made.close()


def log_in(page: Page, desk: Desked, name: str, path: str = "/") -> None:
    page.goto(desk.address + path)
    page.fill("main [name=name]", name)
    page.fill("main [name=password]", PASSWORD)
    page.click("main button")


def test_from_a_page_through_the_login_and_out_again(desk: Desked, context: BrowserContext) -> None:
    page = context.new_page()
    log_in(page, desk, "Rea", "/stories")
    assert page.url == f"{desk.address}/stories"
    assert page.locator(".person").inner_text().split() == ["Rea", "Log", "out"]
    (cookie,) = [each for each in context.cookies() if "session" in each["name"]]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    page.click("text=Log out")
    assert page.url == f"{desk.address}/login"
    page.goto(f"{desk.address}/stories")
    assert page.url.startswith(f"{desk.address}/login")


def test_an_admin_lets_somebody_in_and_puts_them_out(desk: Desked, browser: Browser, context: BrowserContext) -> None:
    page, name = context.new_page(), f"Kit{len(desk.people.people(removed=True))}"
    log_in(page, desk, "Ada", "/people")
    adding = page.locator("form", has_text="First password")
    adding.locator("[name=name]").fill(name)
    adding.locator("[name=password]").fill(PASSWORD)
    adding.locator("button").click()
    other = browser.new_context()
    theirs = other.new_page()
    log_in(theirs, desk, name)
    assert theirs.locator(".person").get_by_text(name).count() == 1
    page.reload()
    row = page.locator("li.row", has_text=name)
    row.locator("summary", has_text="Remove").click()
    row.get_by_role("button", name="sessions and tokens end").click()
    theirs.reload()
    assert theirs.url.startswith(f"{desk.address}/login")
    assert audit.check(audit.entries(desk.people)) is None
    other.close()


def test_a_page_of_another_site_can_send_nothing_as_me(desk: Desked, context: BrowserContext, tmp_path: Path) -> None:
    page = context.new_page()
    log_in(page, desk, "Ed")
    trap = tmp_path / "trap.html"
    trap.write_text(
        f'<form method="post" action="{desk.address}/logout"><button>win</button></form>'
        f'<form method="post" action="{desk.address}/me/tokens"><input name="name" value="x"><button>key</button></form>'
    )
    for button in ("win", "key"):
        page.goto(trap.as_uri())
        page.click(f"text={button}")
        assert "refused" in page.content()
    page.goto(f"{desk.address}/me")
    assert page.locator("h1").inner_text() == "Ed", "still logged in"
    assert page.locator("main").get_by_text("There is none.").count() == 1
