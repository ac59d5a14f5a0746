"""Grades, sides and sign-offs by keyboard alone, on the pages where they belong and in the review queue; each can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from tests.browser.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.model]


@pytest.fixture
def desk(own_demo: Path) -> Iterator[str]:
    with served(own_demo) as address:
        yield address


@pytest.fixture
def page(browser: Browser, desk: str) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(base_url=desk, reduced_motion="reduce")
    complaints: list[str] = []
    made = context.new_page()
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    made.goto("/")
    yield made
    context.close()
    assert complaints == []


def asked(desk: str, path: str) -> Any:
    with urlopen(f"{desk}/api/v1/{path}") as answer:
        return json.load(answer)


def decided(desk: str) -> list[tuple[str, str, str | None]]:
    """What people decided, the latest first."""
    return [(j["verdict"], j["subject"], j["value"]) for j in asked(desk, "judgements")["judgements"]]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def told(page: Page, words: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator("#told")).to_contain_text(words)


def first_report(page: Page) -> str:
    page.goto(f"{page.url}/reports")
    press(page, "j", "Enter")
    page.wait_for_url("**/reports/r-*")
    return page.url.rpartition("/")[2]


def test_a_report_and_its_outlet_are_graded_and_both_taken_back(desk: str, page: Page) -> None:
    report = first_report(page)
    outlet = page.locator(".crumb strong").first.inner_text()
    press(page, "g", "2", "Enter")
    told(page, "Kept: grade “2”")
    press(page, "G", "b", "Enter")  # in either case of letters
    told(page, "Kept: grade “B”")
    assert sorted(decided(desk)) == [("grade", f"outlet:{outlet}", "B"), ("grade", report, "2")]
    page.reload()
    assert page.locator(".tag.grade").all_inner_texts() == ["outlet graded B", "report graded 2"]
    assert "(now B)" in (page.locator(".decide").text_content() or ""), "whoever opens the page next sees it"
    press(page, "u")
    told(page, "Taken back: grade “B”")
    press(page, "u")
    told(page, "Taken back: grade “2”")
    page.reload()
    assert "(now" not in (page.locator(".decide").text_content() or "")
    assert [verdict for verdict, _, _ in decided(desk)][:2] == ["reject", "reject"]


def test_a_grade_that_is_none_is_not_sent(desk: str, page: Page) -> None:
    first_report(page)
    press(page, "g", "9", "Enter")
    assert page.locator("input:invalid").count() >= 1
    press(page, "Escape")
    assert page.evaluate("document.activeElement.id") == "main"
    assert decided(desk) == []


def test_the_side_of_an_actor(desk: str, page: Page) -> None:
    story = page.url.rpartition("/")[2]
    page.goto(f"{page.url}/actors")
    press(page, "j", "Enter")
    page.wait_for_url("**/actors/p-*")
    name = page.locator("h1").inner_text()
    press(page, "p")
    page.keyboard.type("Norland")
    press(page, "Enter")
    told(page, "Kept: correct “side: Norland”")
    assert decided(desk)[0] == ("correct", f"actor:{name}", "side: Norland")
    page.wait_for_function(
        """async ([story, name]) => {
          const page = await (await fetch(`/api/v1/stories/${story}/actors`)).json();
          return page.actors.find((each) => each.actor.name === name)?.actor.side === "Norland";
        }""",
        arg=[story, name],
    )  # the story is linked anew
    press(page, "u")
    told(page, "Taken back: correct “side: Norland”")


def test_a_line_of_the_account_is_signed_off_as_it_stands(desk: str, page: Page) -> None:
    from playwright.sync_api import expect

    press(page, "y")
    told(page, "Choose a line first")
    press(page, "j", "y")
    expect(page.locator(".line").first.locator(".verdict")).to_have_text("Decided: Sign off")
    expect(page.locator(".line").first).to_be_focused()
    press(page, "j", "y")
    expect(page.locator(".line .verdict")).to_have_count(2)
    press(page, "u")
    told(page, "Taken back: accept")
    expect(page.locator(".line .verdict")).to_have_count(1)
    page.reload()
    signed = page.locator(".signed")
    expect(signed).to_have_count(1)
    expect(signed).to_contain_text("Signed off by Mo")
    ((_, _, value), *_) = [row for row in decided(desk) if row[0] == "accept"][-1:]
    assert value is not None
    assert "origin" in value


def test_a_claim_is_signed_off_and_its_statement_corrected(desk: str, page: Page) -> None:
    page.locator(".line", has_text="Three people are dead").locator(".doors a").last.click()
    page.wait_for_url("**/claims/**")
    press(page, "y")
    told(page, "Kept: accept")
    press(page, "j", "e", "Control+a")
    page.keyboard.type("negated: no")
    press(page, "Enter")
    told(page, "Kept: correct “negated: no”")
    assert [verdict for verdict, _, _ in decided(desk)] == ["correct", "accept"]


def test_in_the_queue_the_same_keys_and_the_item_stays(desk: str, page: Page) -> None:
    from playwright.sync_api import expect

    page.get_by_role("link", name="Review").click()
    page.wait_for_selector(".item")
    before = page.locator(".item").count()
    press(page, "j")
    item = page.locator(".item").first
    for keys, words in ((("g", "3", "Enter"), "grade “3”"), (("G", "c", "Enter"), "grade “C”")):
        press(page, *keys)
        told(page, f"Kept: {words}")
        expect(item).to_be_focused()
    press(page, "p")
    page.keyboard.type("Norland")
    press(page, "Enter")
    told(page, "Kept: correct “side: Norland”")
    press(page, "y")
    told(page, "Kept: accept")
    press(page, "n", "Escape")
    expect(item).to_be_focused()
    assert page.locator(".item[data-done]").count() == 0, "none of these decides what the queue asks"
    for words in ("accept", "correct “side: Norland”", "grade “C”", "grade “3”"):
        press(page, "u")
        told(page, f"Taken back: {words}")
    page.reload()
    assert page.locator(".item").count() == before


def test_what_was_decided_on_one_page_is_taken_back_on_another(desk: str, page: Page) -> None:
    story = page.url
    first_report(page)
    press(page, "n")
    page.keyboard.type("ask the desk")
    press(page, "Tab", "Enter")
    told(page, "Kept: note “ask the desk”")
    page.goto(story)
    press(page, "u")
    told(page, "Taken back: note “ask the desk”")


def test_the_help_lists_the_keys_of_the_page_and_no_other(page: Page) -> None:
    def listed() -> list[str]:
        page.keyboard.press("?")
        found = page.locator("#keys kbd").all_inner_texts()
        page.keyboard.press("Escape")
        return found

    account = listed()
    assert {"j", "k", "q", "y", "u"} <= set(account)
    assert not {"g", "p", "a"} & set(account)
    first_report(page)
    report = listed()
    assert {"g", "G", "w", "n", "u"} <= set(report)
    assert not {"y", "m", "q"} & set(report)
    assert len(report) == len(set(report))


def test_without_a_script_the_same_form_is_sent(desk: str, browser: Browser) -> None:
    context = browser.new_context(base_url=desk, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.goto(f"{page.url}/reports")
    page.locator(".items a").first.click()
    page.locator(".decide > summary").click()
    form = page.locator('form[data-key="G"]')
    form.locator("input[name=value]").fill("b")
    form.locator("button").click()
    assert "(now B)" in (page.locator(".decide").text_content() or "")
    context.close()
