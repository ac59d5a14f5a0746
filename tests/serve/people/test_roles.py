"""Who may do what: every route of the app, asked by nobody, a reader, an editor and an admin, and by tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from sayso.serve.people import tokens
from sayso.serve.people.roles import SAFE, SCOPES, Role, needed, rule_for
from tests.serve.people.conftest import PEOPLE, Browser, Served

LET_IN = {"/login", "/static/{version}/{file}"}
"""The only routes that answer somebody who is not logged in."""


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every (method, path) of the app, those of included routers too."""

    def walk(routes: list[Any]) -> Iterator[tuple[str, str]]:
        for route in routes:
            if hasattr(route, "effective_route_contexts"):
                yield from walk(list(route.effective_route_contexts()))
            elif hasattr(route, "path"):
                for method in sorted(route.methods or ()):
                    if method != "HEAD":
                        yield method, route.path
            else:
                raise AssertionError(f"a kind of route that this test does not know: {route!r}")

    return walk(list(app.routes))


def filled(path: str) -> str:
    """The path with something in each of its parameters."""
    return re.sub(r"\{[^}]+\}", "0", path)


def test_the_walk_sees_every_route(desk: Served) -> None:
    found = set(routes_of(desk.app))
    assert {
        ("GET", "/"),
        ("POST", "/people/{person}/remove"),
        ("GET", "/api/v1/stories/{story}"),
        ("POST", "/judge"),
    } <= found
    assert len(found) > 30


def test_every_route_has_a_rule(desk: Served) -> None:
    """A new page needs a row in `sayso.serve.people.roles.RULES`; without one it is for admins alone."""
    assert [path for _, path in routes_of(desk.app) if rule_for(filled(path)) is None] == []


def test_only_the_login_and_our_own_files_are_open(desk: Served) -> None:
    assert {path for method, path in routes_of(desk.app) if needed(method, filled(path))[0] is None} == LET_IN


def test_everything_that_changes_something_needs_an_editor_or_is_ones_own(desk: Served) -> None:
    for method, path in routes_of(desk.app):
        role, in_person = needed(method, filled(path))
        if method in SAFE or role is None:
            continue
        own = in_person and path.startswith(("/me", "/logout"))
        assert own or role >= Role.EDITOR, path


def test_nobody_is_let_in_anywhere_else(desk: Served) -> None:
    browser = desk.client()
    for method, path in routes_of(desk.app):
        answer = browser.request(method, filled(path))
        if path in LET_IN:
            assert answer.status_code not in (303, 500), path
        elif method == "GET" and not path.startswith("/api/"):
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/login")
        else:
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert "flood" not in answer.text, "a stranger does not even learn the name of the ledger"


def statuses(desk: Served, browser: Browser, headers: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """What each route but those that end the session answers; nothing is sent that could do anything."""
    for method, path in routes_of(desk.app):
        if path in LET_IN or path in ("/logout", "/api/v1/events") or path.endswith("/logout"):
            continue
        yield method, path, browser.request(method, filled(path), headers=headers).status_code


@pytest.mark.parametrize("name", PEOPLE)
def test_a_session_may_do_what_its_role_says(desk: Served, name: str) -> None:
    browser = desk.client().log_in(name)
    form = {"x-csrf-token": browser.token("/me")}
    for method, path, status in statuses(desk, browser, form):
        role, _ = needed(method, filled(path))
        assert role is not None
        assert (status == 403) is (PEOPLE[name] < role) or path == "/me/password", (method, path, status)
        assert status != 401, (method, path)


@pytest.mark.parametrize("scope", ["read", "write", "admin"])
def test_a_token_may_do_what_its_scope_says_and_nothing_that_makes_keys(desk: Served, scope: str) -> None:
    _, secret = tokens.make(desk.store, desk.store.person("Ada"), name="x", scope=scope)
    for method, path, status in statuses(desk, desk.client(), {"authorization": f"Bearer {secret}"}):
        role, in_person = needed(method, filled(path))
        assert role is not None
        assert (status == 403) is (SCOPES[scope] < role or in_person), (method, path, status)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/", (Role.READER, False)),
        ("GET", "/stories/y-1", (Role.READER, False)),
        ("POST", "/judge", (Role.EDITOR, False)),
        ("DELETE", "/api/v1/anything", (Role.EDITOR, False)),
        ("GET", "/people", (Role.ADMIN, True)),
        ("GET", "/people/", (Role.ADMIN, True)),
        ("POST", "/people/1/role", (Role.ADMIN, True)),
        ("GET", "/peopleextra", (Role.ADMIN, True)),
        ("GET", "//people", (Role.ADMIN, True)),
        ("GET", "/nobody/thought/of/it", (Role.ADMIN, True)),
        ("GET", "/static/v/desk.css", (None, False)),
        ("GET", "/staticky", (Role.ADMIN, True)),
        ("GET", "/login/../people", (None, False)),  # no such route: the app does not walk folders
        ("GET", "", (Role.READER, False)),
    ],
)
def test_what_an_address_needs(method: str, path: str, expected: tuple[Role | None, bool]) -> None:
    assert needed(method, path) == expected


@pytest.mark.parametrize(
    "path",
    ["/login/../people", "/static/../people", "/login//people", "/static/%2e%2e/people", "/login/%2e%2e%2fpeople"],
)
def test_an_open_address_is_no_way_round(desk: Served, path: str) -> None:
    answer = desk.client().get(path)
    assert answer.status_code in (303, 404)
    assert "Rea" not in answer.text
