"""Logging in and out over HTTP, forms, tokens and the pages of accounts, and what attackers try with them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sayso.serve.people import audit, sessions, throttle, tokens
from sayso.serve.people.passwords import Passwords
from sayso.serve.people.roles import Role
from sayso.serve.web.people_routes import ours
from tests.serve.people.conftest import PASSWORD, Browser, Served

SESSION = "sayso-session"


def last_of(desk: Served) -> audit.Entry:
    return audit.entries(desk.store, last=1)[0]


def cookies_set(answer: Any) -> dict[str, str]:
    """The Set-Cookie lines of an answer, by name."""
    return {line.split("=", 1)[0]: line for line in answer.headers.get_list("set-cookie")}


# ---------------------------------------------------------------------------------------------------
# Logging in


def test_a_page_leads_to_the_login_and_back(desk: Served) -> None:
    browser = desk.client()
    sent = browser.get("/search?q=rain&as_of=2031")
    assert sent.headers["location"] == "/login?next=%2Fsearch%3Fq%3Drain%26as_of%3D2031"
    page = browser.get(sent.headers["location"])
    assert 'value="/search?q=rain&amp;as_of=2031"' in page.text
    done = browser.try_in("Rea", PASSWORD, next="/search?q=rain&as_of=2031")
    assert (done.status_code, done.headers["location"]) == (303, "/search?q=rain&as_of=2031")
    assert browser.get("/search?q=rain").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nset-cookie: x=1",
        "",
        "x",
        "/\t/evil",
    ],
)
def test_no_login_leads_to_another_site(address: str) -> None:
    assert ours(address) == "/"


@pytest.mark.parametrize(
    ("name", "password"), [("Rea", "another password"), ("Nobody", PASSWORD), ("", ""), ("' OR 1=1 --", PASSWORD)]
)
def test_a_refusal_tells_nothing_about_which_was_wrong(desk: Served, name: str, password: str) -> None:
    answer = desk.client().try_in(name, password)
    assert answer.status_code == 401
    assert "This name and password do not go together." in answer.text
    assert SESSION not in cookies_set(answer)
    assert PASSWORD not in answer.text


def test_an_unknown_name_costs_the_same_work(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    real = Passwords.fits

    def watched(self: Passwords, kept: str | None, password: str) -> bool:
        asked.append(kept is None)
        return real(self, kept, password)

    monkeypatch.setattr(Passwords, "fits", watched)
    for name in ("Rea", "Nobody"):
        desk.client().try_in(name, "another password")
    assert asked == [False, True]


def test_the_cookie_is_for_this_desk_alone(desk: Served) -> None:
    browser = desk.client()
    line = cookies_set(browser.try_in("Rea", PASSWORD))[SESSION]
    parts = {part.strip().lower() for part in line.split(";")[1:]}
    assert {"httponly", "path=/", "samesite=strict"} <= parts
    assert not any(part.startswith("domain") for part in parts)
    assert "secure" not in parts, "over http a browser would drop it"


def test_with_https_the_cookie_is_bound_to_the_host(desk: Served) -> None:
    browser = desk.client(base_url="https://localhost")
    line = cookies_set(browser.try_in("Rea", PASSWORD))["__Host-sayso-session"]
    parts = {part.strip().lower() for part in line.split(";")[1:]}
    assert {"secure", "httponly", "path=/", "samesite=strict"} <= parts
    assert browser.get("/stories").status_code == 200


def test_a_session_that_somebody_else_chose_is_never_taken_up(desk: Served) -> None:
    browser = desk.client()
    browser.cookies.set(SESSION, "chosen-by-another", domain="localhost.local")
    browser.log_in("Rea")
    held = browser.cookies.get(SESSION)
    assert held not in (None, "chosen-by-another")
    assert sessions.find(desk.store, "chosen-by-another") is None


def test_logging_in_again_gives_another_id_and_ends_the_one_before(desk: Served) -> None:
    browser = desk.client().log_in("Rea")
    first = browser.cookies[SESSION]
    opened = Browser(desk.app)  # the login page as a stale tab has it: it sends the cookies of now
    token = opened.token()
    browser.cookies.set("sayso-login", opened.cookies["sayso-login"])
    answer = browser.post("/login", data={"name": "Ed", "password": PASSWORD, "csrf": token})
    assert answer.status_code == 303
    assert sessions.find(desk.store, first) is None
    assert desk.client().get("/stories", headers={"cookie": f"{SESSION}={first}"}).status_code == 303


def test_a_login_form_of_another_site_logs_nobody_in(desk: Served) -> None:
    browser = desk.client()
    sent = {"name": "Rea", "password": PASSWORD}
    assert browser.post("/login", data=sent).status_code == 403
    assert browser.post("/login", data={**sent, "csrf": "x"}).status_code == 403
    token = browser.token()
    assert desk.client().post("/login", data={**sent, "csrf": token}).status_code == 403, "of another browser"
    there = {"origin": "https://evil.example"}
    assert browser.post("/login", data={**sent, "csrf": token}, headers=there).status_code == 403
    assert desk.store.rows("SELECT * FROM sessions") == []


def test_names_are_found_however_they_are_typed(desk: Served) -> None:
    browser = desk.client().log_in("  aDA ")
    assert browser.get("/api/v1/me").json() == {"name": "Ada", "role": "admin", "how": "session"}


def test_a_stranger_may_send_little(desk: Served) -> None:
    browser = desk.client()
    answer = browser.post("/login", data={"name": "x" * 100_000, "password": "y", "csrf": browser.token()})
    assert answer.status_code in (400, 413, 422)
    chunks = (b"name=" + b"x" * 50_000 for _ in range(3))
    assert browser.post(
        "/login", content=chunks, headers={"content-type": "application/x-www-form-urlencoded"}
    ).status_code in (400, 413)
    assert browser.post("/judge", content=b"x" * 30_000_000).status_code == 413


# ---------------------------------------------------------------------------------------------------
# Too many tries


def test_after_a_few_failures_even_the_right_password_waits(desk: Served) -> None:
    for n in range(throttle.NAME.free):
        assert desk.client(address=f"10.0.0.{n}").try_in("Rea", "another password").status_code == 401
    told = desk.client(address="10.1.1.1").try_in("Rea", PASSWORD)
    assert (told.status_code, told.headers["retry-after"]) == (429, "1")
    assert "Wait 1 seconds" in told.text or "Wait 1 second" in told.text
    unknown = desk.client(address="10.1.1.1")
    for _ in range(throttle.NAME.free):
        unknown.try_in("Nobody", "another password")
    assert unknown.try_in("Nobody", "another password").status_code == 429, "a name that nobody has waits as well"
    desk.clock.forward(1)
    desk.client().log_in("Rea")


def test_an_address_that_tries_many_names_waits(desk: Served) -> None:
    for n in range(throttle.ADDRESS.free):
        desk.client(address="10.0.0.9").try_in(f"Name {n}", "another password")
    assert desk.client(address="10.0.0.9").try_in("Rea", PASSWORD).status_code == 429
    assert desk.client(address="10.0.0.8").try_in("Rea", PASSWORD).status_code == 303


def test_the_old_password_cannot_be_guessed_from_inside(desk: Served) -> None:
    browser = desk.client().log_in("Rea")
    sent = {
        "old": "another password",
        "new": "some other words",
        "again": "some other words",
        "csrf": browser.token("/me"),
    }
    tried = [browser.post("/me/password", data=sent).status_code for _ in range(throttle.NAME.free + 1)]
    assert tried == [403] * throttle.NAME.free + [429]


# ---------------------------------------------------------------------------------------------------
# Sessions


def test_two_browsers_of_one_person_are_two_sessions(desk: Served) -> None:
    one, two = desk.client().log_in("Rea"), desk.client().log_in("Rea")
    assert one.cookies[SESSION] != two.cookies[SESSION]
    assert one.post("/logout", data={"csrf": one.token("/me")}).headers["location"] == "/login"
    assert [each.get("/stories").status_code for each in (one, two)] == [303, 200]


def test_logging_out_everywhere_ends_every_browser_of_mine_alone(desk: Served) -> None:
    one, two, other = desk.client().log_in("Rea"), desk.client().log_in("Rea"), desk.client().log_in("Ed")
    one.post("/logout", data={"csrf": one.token("/me"), "everywhere": "yes"})
    assert [each.get("/stories").status_code for each in (one, two, other)] == [303, 303, 200]
    assert last_of(desk).what == "logged out everywhere"


def test_a_session_that_was_logged_out_is_dead_on_the_server(desk: Served) -> None:
    browser = desk.client().log_in("Rea")
    stolen = browser.cookies[SESSION]
    browser.post("/logout", data={"csrf": browser.token("/me")})
    assert desk.client().get("/stories", headers={"cookie": f"{SESSION}={stolen}"}).status_code == 303


def test_it_ends_by_itself(desk: Served) -> None:
    browser = desk.client().log_in("Rea")
    desk.clock.forward(sessions.IDLE_S + 1)
    assert browser.get("/stories").status_code == 303


def test_a_new_password_ends_every_other_browser(desk: Served, request: pytest.FixtureRequest) -> None:
    one, two = desk.client().log_in("Rea"), desk.client().log_in("Rea")
    before = one.cookies[SESSION]
    sent = {"old": PASSWORD, "new": "some other words", "again": "some other words", "csrf": one.token("/me")}
    try:
        assert one.post("/me/password", data=sent).headers["location"] == "/me"
        assert one.cookies[SESSION] != before
        assert [each.get("/stories").status_code for each in (one, two)] == [200, 303]
        assert desk.client().try_in("Rea", PASSWORD).status_code == 401
        desk.client().log_in("Rea", "some other words")
    finally:
        passwords = request.getfixturevalue("passwords")
        desk.store.set_password(desk.store.person("Rea").id, passwords.hash(PASSWORD))


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"old": "another password"}, 403, "The old password is another"),
        ({"new": "short", "again": "short"}, 400, "fewer than 12"),
        ({"again": "something else!"}, 400, "typed in two ways"),
    ],
)
def test_a_password_is_not_changed_by_halves(desk: Served, sent: dict[str, str], status: int, words: str) -> None:
    browser = desk.client().log_in("Rea")
    whole = {"old": PASSWORD, "new": "some other words", "again": "some other words", "csrf": browser.token("/me")}
    answer = browser.post("/me/password", data={**whole, **sent})
    assert answer.status_code == status
    assert re.search(words, answer.text, re.I)
    desk.client().log_in("Rea")


def test_pages_of_people_stay_in_no_cache(desk: Served) -> None:
    browser = desk.client().log_in("Rea")
    for path in ("/me", "/stories", "/api/v1/stories", "/login"):
        assert browser.get(path).headers["cache-control"] == "no-store", path


def test_a_session_sees_nothing_more_the_moment_its_person_is_removed(desk: Served) -> None:
    store = desk.store
    store.add("Tem", Role.EDITOR, store.rows("SELECT password FROM people WHERE name = 'Rea'")[0]["password"])
    browser = desk.client().log_in("Tem")
    admin = desk.client().log_in("Ada")
    person = store.person("Tem").id
    assert admin.post(f"/people/{person}/remove", data={"csrf": admin.token("/people")}).status_code == 303
    assert browser.get("/stories").status_code == 303
    assert last_of(desk).what == "removed a person"


# ---------------------------------------------------------------------------------------------------
# Forms


def judged(browser: Browser, **sent: str) -> Any:
    return browser.post("/judge", data={"verdict": "note", "subject": "c-none", "value": "x", **sent})


def test_every_form_that_changes_something_holds_the_token(desk: Served) -> None:
    browser = desk.client().log_in("Ada")
    story = browser.get("/api/v1/stories").json()["stories"][0]["id"]
    claim = browser.get(f"/api/v1/stories/{story}/questions").json()["questions"][0]["answers"][0]["id"]
    forms = 0
    for path in ("/people", "/me", f"/stories/{story}", f"/stories/{story}/review", f"/claims/{claim}", "/check"):
        page = browser.get(path).text
        for form in re.findall(r'<form[^>]*method="post".*?</form>', page, re.S):
            forms += 1
            assert re.search(r'name="csrf" value="[0-9a-f]{64}"', form), (path, form)
        assert re.search(r'<body[^>]* data-csrf="[0-9a-f]{64}"', page), "scripts find it here"
    assert forms > 10


@pytest.mark.parametrize("how", ["missing", "empty", "of another session", "of another person", "wrong"])
def test_a_form_without_the_token_of_its_session_does_nothing(desk: Served, how: str) -> None:
    browser, other = desk.client().log_in("Ed"), desk.client().log_in("Ed" if how == "of another session" else "Ada")
    given = {
        "missing": {},
        "empty": {"csrf": ""},
        "wrong": {"csrf": "0" * 64},
    }.get(how, {"csrf": other.token("/me")})
    before = len(browser.get("/api/v1/judgements").json()["judgements"])
    assert judged(browser, **given).status_code == 403
    for header in [{"x-csrf-token": value} for value in given.values()]:
        sent = {"verdict": "note", "subject": "c-none", "value": "x"}
        assert browser.post("/api/v1/judgements", json=sent, headers=header).status_code == 403
    assert browser.post("/api/v1/judgements", json={"verdict": "note", "subject": "x"}).status_code == 403
    assert len(browser.get("/api/v1/judgements").json()["judgements"]) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_right_token_from_another_site_does_nothing_either(desk: Served, headers: dict[str, str]) -> None:
    browser = desk.client().log_in("Ed")
    sent = {"verdict": "note", "subject": "c-none", "value": "x", "csrf": browser.token("/me")}
    assert browser.post("/judge", data=sent, headers=headers).status_code == 403


def test_an_editor_judges_under_their_own_name(desk: Served) -> None:
    browser = desk.client().log_in("Ed")
    story = browser.get("/api/v1/stories").json()["stories"][0]["id"]
    claim = browser.get(f"/api/v1/stories/{story}/questions").json()["questions"][0]["answers"][0]["id"]
    sent = {"verdict": "note", "subject": claim, "value": "seen", "author": "Ada"}
    made = browser.post("/api/v1/judgements", json=sent, headers={"x-csrf-token": browser.token("/me")})
    assert made.status_code == 201, made.text
    assert made.json()["judgement"]["author"] == "Ed"
    entry = last_of(desk)
    assert (entry.who, entry.what, entry.about) == ("Ed", "sent", "POST /api/v1/judgements")
    by_form = browser.post(
        "/judge",
        data={"verdict": "note", "subject": claim, "value": "again", "back": "/", "csrf": browser.token("/me")},
    )
    assert by_form.status_code == 303


def test_a_file_upload_is_checked_like_any_form(desk: Served) -> None:
    browser = desk.client().log_in("Ed")
    token = browser.token("/check")
    files = {"file": ("../../etc/passwd", b"Dee said it snows.", "text/plain")}
    assert browser.post("/check", files=files).status_code == 403
    assert browser.post("/check", files=files, data={"csrf": "0" * 64}).status_code == 403
    assert browser.post("/check", files=files, data={"csrf": token}).status_code not in (403, 500)
    broken = browser.post(
        "/check", content=b"--x\r\nnot a form", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert broken.status_code == 403


def test_a_reader_finds_no_form_to_judge_with(desk: Served) -> None:
    reader, editor = desk.client().log_in("Rea"), desk.client().log_in("Ed")
    story = reader.get("/api/v1/stories").json()["stories"][0]["id"]
    claim = reader.get(f"/api/v1/stories/{story}/questions").json()["questions"][0]["answers"][0]["id"]
    assert 'action="/judge"' in editor.get(f"/claims/{claim}").text
    assert 'action="/judge"' not in reader.get(f"/claims/{claim}").text
    assert 'href="/people"' not in editor.get("/me").text


# ---------------------------------------------------------------------------------------------------
# Refusals


def test_a_refusal_is_a_page_for_people_and_a_problem_for_programs(desk: Served) -> None:
    browser = desk.client().log_in("Rea")
    page = browser.get("/people")
    assert (page.status_code, page.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert "It needs the role admin." in page.text
    assert last_of(desk).what == "was refused"
    _, secret = tokens.make(desk.store, desk.store.person("Rea"), name="x", scope="read")
    answer = desk.client().post(
        "/api/v1/judgements", json={"verdict": "note", "subject": "x"}, headers={"authorization": f"Bearer {secret}"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert answer.json()["detail"] == "It needs the role editor."


# ---------------------------------------------------------------------------------------------------
# Tokens


def test_a_token_is_made_shown_once_used_and_revoked(desk: Served) -> None:
    browser = desk.client().log_in("Ed")
    form = browser.token("/me")
    page = browser.post("/me/tokens", data={"name": "export <b>", "scope": "write", "days": "7", "csrf": form})
    assert page.status_code == 201
    (secret,) = re.findall(r"sayso_[\w-]{43}", page.text)
    assert "export &lt;b&gt;" in page.text
    assert secret not in browser.get("/me").text
    script = desk.client()
    script.headers["authorization"] = f"Bearer {secret}"
    assert script.get("/api/v1/me").json() == {"name": "Ed", "role": "editor", "how": "token"}
    assert script.post("/api/v1/judgements", json={"verdict": "note", "subject": "zzz"}).status_code not in (401, 403)
    (made,) = tokens.tokens(desk.store)
    assert made.used_at is not None
    assert browser.post(f"/me/tokens/{made.id}/revoke", data={"csrf": form}).status_code == 303
    assert script.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer nonsense", "Basic QWRhOnBhc3M=", "", "sayso_x"])
def test_a_wrong_token_is_refused_even_beside_a_good_cookie(desk: Served, given: str) -> None:
    browser = desk.client().log_in("Ada")
    assert browser.get("/api/v1/stories", headers={"authorization": given}).status_code == 401


def test_other_peoples_tokens_are_out_of_reach(desk: Served) -> None:
    made, secret = tokens.make(desk.store, desk.store.person("Ada"), name="mine", scope="admin")
    editor = desk.client().log_in("Ed")
    form = editor.token("/me")
    assert made.id not in editor.get("/me").text
    assert editor.post(f"/me/tokens/{made.id}/revoke", data={"csrf": form}).status_code == 404
    assert editor.post(f"/people/tokens/{made.id}/revoke", data={"csrf": form}).status_code == 403
    assert editor.post("/me/tokens", data={"name": "x", "scope": "admin", "csrf": form}).status_code == 400
    assert tokens.find(desk.store, secret) is not None
    admin = desk.client().log_in("Ada")
    assert admin.post(f"/people/tokens/{made.id}/revoke", data={"csrf": admin.token("/people")}).status_code == 303
    assert tokens.find(desk.store, secret) is None


@pytest.mark.parametrize("token", ["t-none", "..%2f..%2fme", "' OR 1=1 --", "%00"])
def test_a_token_that_is_none_is_not_found(desk: Served, token: str) -> None:
    browser = desk.client().log_in("Ada")
    assert browser.post(f"/me/tokens/{token}/revoke", data={"csrf": browser.token("/me")}).status_code == 404


# ---------------------------------------------------------------------------------------------------
# The page of people


def test_an_admin_adds_and_changes_people(desk: Served) -> None:
    admin = desk.client().log_in("Ada")
    form = {"csrf": admin.token("/people")}
    assert (
        admin.post("/people", data={**form, "name": "Kit", "role": "reader", "password": PASSWORD}).status_code == 303
    )
    kit = desk.store.person("Kit")
    assert kit.role is Role.READER
    browser = desk.client().log_in("Kit")
    admin.post(f"/people/{kit.id}/role", data={**form, "role": "editor"})
    assert browser.get("/api/v1/me").json()["role"] == "editor", "from the next request on"
    admin.post(f"/people/{kit.id}/password", data={**form, "password": "entirely new words"})
    assert browser.get("/stories").status_code == 303
    again = desk.client().log_in("Kit", "entirely new words")
    admin.post(f"/people/{kit.id}/logout", data=form)
    assert again.get("/stories").status_code == 303
    admin.post(f"/people/{kit.id}/remove", data=form)
    told = [(entry.who, entry.what, entry.about) for entry in audit.entries(desk.store) if entry.about == "Kit"]
    assert told == [
        ("Ada", "added a person (reader)", "Kit"),
        ("Ada", "made a person editor", "Kit"),
        ("Ada", "changed the password", "Kit"),
        ("Ada", "ended all sessions", "Kit"),
        ("Ada", "removed a person", "Kit"),
    ]
    assert audit.check(audit.entries(desk.store)) is None


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "../../x"}, "cannot be a person"),
        ({"name": "<script>alert(1)</script>"}, "cannot be a person"),
        ({"name": "rea"}, "Somebody has this name"),
        ({"role": "owner"}, "no such role"),
        ({"password": "short"}, "fewer than 12"),
    ],
)
def test_what_cannot_be_is_said_and_not_done(desk: Served, sent: dict[str, str], words: str) -> None:
    admin = desk.client().log_in("Ada")
    whole = {"name": "Newt", "role": "reader", "password": PASSWORD, "csrf": admin.token("/people")}
    answer = admin.post("/people", data={**whole, **sent})
    assert answer.status_code == 400
    assert words in answer.text
    assert "<script>alert" not in answer.text
    assert len(desk.store.people()) == 3


def test_the_last_admin_cannot_lock_everybody_out(desk: Served) -> None:
    admin = desk.client().log_in("Ada")
    form, ada = {"csrf": admin.token("/people")}, desk.store.person("Ada").id
    for path, sent in ((f"/people/{ada}/remove", {}), (f"/people/{ada}/role", {"role": "reader"})):
        assert admin.post(path, data={**form, **sent}).status_code == 400
    assert admin.get("/people").status_code == 200


@pytest.mark.parametrize("person", ["0", "-1", "999", "1e3", "Ada", "1%2f..%2f2", "9" * 30])
def test_a_person_that_is_none_is_not_found(desk: Served, person: str) -> None:
    admin = desk.client().log_in("Ada")
    assert admin.post(f"/people/{person}/remove", data={"csrf": admin.token("/people")}).status_code in (400, 404, 422)


def test_the_log_tells_who_tried_but_never_what_was_typed(desk: Served) -> None:
    desk.client(address="10.2.3.4").try_in("my secret words", "x")
    assert (last_of(desk).who, last_of(desk).what, last_of(desk).address) == (
        "somebody",
        "refused at the login",
        "10.2.3.4",
    )
    desk.client(address="10.2.3.4").try_in("rea", "x")
    assert (last_of(desk).who, last_of(desk).what) == ("Rea", "refused at the login")
    desk.client().log_in("Rea")
    assert (last_of(desk).who, last_of(desk).what) == ("Rea", "logged in")


# ---------------------------------------------------------------------------------------------------
# Everybody's accounts, for programs


def test_an_admins_token_reads_the_log_and_puts_people_out(desk: Served, passwords: Passwords) -> None:
    _, secret = tokens.make(desk.store, desk.store.person("Ada"), name="x", scope="admin")
    script = desk.client()
    script.headers["authorization"] = f"Bearer {secret}"
    lou = desk.store.add("Lou", Role.EDITOR, passwords.hash(PASSWORD))
    _, theirs = tokens.make(desk.store, lou, name="y", scope="write")
    browser = desk.client().log_in("Lou")
    assert [row["name"] for row in script.get("/api/v1/people").json()] == ["Ada", "Ed", "Lou", "Rea"]
    listed = script.get("/api/v1/people/tokens")
    assert {(row["person"], row["scope"], row["state"]) for row in listed.json()} == {
        ("Ada", "admin", "valid"),
        ("Lou", "write", "valid"),
    }
    assert secret not in listed.text
    assert script.delete(f"/api/v1/people/{lou.id}").json()["name"] == "Lou"
    assert browser.get("/stories").status_code == 303
    assert tokens.find(desk.store, theirs) is None
    rows = script.get("/api/v1/people/audit").json()
    assert ("Ada", "removed a person", "Lou") in [(row["who"], row["what"], row["about"]) for row in rows]
    assert audit.check([audit.Entry(**row) for row in rows]) is None
    assert script.get(f"/api/v1/people/audit?after={rows[-1]['seq'] - 1}&limit=1").json() == rows[-1:]
    assert script.delete(f"/api/v1/people/{desk.store.person('Ada').id}").status_code == 400, "the last admin"


def test_a_session_of_an_admin_needs_the_form_token_there_too(desk: Served) -> None:
    admin = desk.client().log_in("Ada")
    rea = desk.store.person("Rea").id
    assert admin.get("/api/v1/people").status_code == 200
    assert admin.delete(f"/api/v1/people/{rea}").status_code == 403
    assert desk.store.person("Rea").id == rea


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, "1;DROP TABLE audit"])
def test_what_is_no_row_of_the_log_is_refused(desk: Served, after: str) -> None:
    admin = desk.client().log_in("Ada")
    assert admin.get("/api/v1/people/audit", params={"after": after}).status_code in (400, 422)
