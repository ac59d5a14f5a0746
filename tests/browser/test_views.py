"""Actors, timeline, map, flow, changes and search in a real Chromium: on a phone and on a desk, by keyboard, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.model]

PAGES = ("actors", "timeline", "map", "flow", "changes")


@pytest.fixture(scope="module")
def desk(demo_ledger: Path) -> Iterator[str]:
    with served(demo_ledger) as address:
        yield address


@pytest.fixture
def opening(browser: Browser, desk: str) -> Iterator[Any]:
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options: Any) -> Page:
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(base_url=desk, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: None if r.url.startswith(desk) else complaints.append(r.url))
        page.goto("/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def go(page: Page, end: str) -> None:
    page.locator(f'.bar nav a[href$="/{end}"]').click()
    page.wait_for_url(f"**/{end}")


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways(opening: Any, width: int, scheme: str) -> None:
    page = opening(viewport={"width": width, "height": 900}, color_scheme=scheme)
    root = page.url
    for end in (*PAGES, "../../search?q=died"):
        page.goto(f"{root}/{end}")
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, end


def test_a_mark_of_the_timeline_leads_to_what_is_told_of_it(opening: Any) -> None:
    page = opening(java_script_enabled=False)
    go(page, "timeline")
    mark = page.locator("figure a").first
    target = mark.get_attribute("href")
    mark.click()
    assert page.url.endswith(target)
    assert page.locator(f"{target} a.claim-line").first.is_visible()


def test_a_report_of_the_flow_leads_to_its_page(opening: Any) -> None:
    page = opening()
    go(page, "flow")
    page.locator("figure a").first.press("Enter")
    page.wait_for_url("**/reports/r-*")


def test_the_slider_chooses_the_moment_from_which_on(opening: Any) -> None:
    page = opening()
    go(page, "changes")
    before = page.locator("main section").count()
    page.locator("input[type=range]").press("Home")
    page.wait_for_url("**since=*")
    assert page.locator("main section").count() != before or "14 October" in page.locator("h1").inner_text()


def test_filters_work_without_a_script(opening: Any) -> None:
    page = opening(java_script_enabled=False)
    page.goto("/search?q=killed")
    many = page.locator(".items > li").count()
    page.locator("select[name=outlet]").select_option(index=1)
    page.locator(".filters button").click()
    assert 0 < page.locator(".items > li").count() < many
    page.locator(".filters a").click()
    assert page.locator(".items > li").count() == many


def test_the_keys_move_through_what_an_actor_said(opening: Any) -> None:
    page = opening()
    go(page, "actors")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/p-*")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.classList.contains('row')")


def test_words_of_a_statement_open_beside_the_changes(opening: Any) -> None:
    page = opening(viewport={"width": 1280, "height": 900})
    go(page, "changes")
    page.locator("main a.cite").first.click()
    page.locator("#pane mark.lit").first.wait_for()
