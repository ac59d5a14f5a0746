"""The desk in a real Chromium: read, followed, gone back in time, judged by keyboard alone, by two at once, and handed a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.model]

REPORT = """Governor Davin Orsel said on Thursday that five civilians were killed in Tessrick.
Officials said a school in Lower Pellin had been damaged."""


class Visitor:
    """A browser of one person, and what it complained about."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        options.setdefault("reduced_motion", "reduce")
        self.context = browser.new_context(base_url=address, **options)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda r: None if r.url.startswith(address) else self.complaints.append(r.url))


@pytest.fixture(scope="module")
def desk(demo_ledger: Path) -> Iterator[str]:
    with served(demo_ledger) as address:
        yield address


@pytest.fixture
def own_desk(own_demo: Path) -> Iterator[str]:
    with served(own_demo) as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Any]:
    opened: list[Visitor] = []

    def visiting(address: str, **options: Any) -> Visitor:
        opened.append(Visitor(browser, address, **options))
        return opened[-1]

    yield visiting
    for visitor in opened:
        visitor.context.close()
        assert visitor.complaints == []


def test_a_line_leads_to_its_marked_words_and_back_by_keyboard(desk: str, visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit(desk).page
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("border")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".line").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    lit = page.locator("#pane mark.lit").first
    expect(lit).to_be_in_viewport()
    assert len(lit.inner_text()) > 20
    page.keyboard.press("b")
    expect(page.locator(".line").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()


def test_without_a_script_the_same_link_leads_to_the_report(desk: str, visit: Any) -> None:
    page = visit(desk, java_script_enabled=False).page
    page.goto("/")
    page.locator(".line a[data-pane]").first.click()
    assert "/reports/" in page.url
    target = page.url.split("#")[1]
    assert page.locator(f"#{target}").count() == 1
    assert page.locator(f'mark[data-s~="{target}"]').count() >= 1


def test_two_answers_stand_beside_each_other_with_who_gave_them(desk: str, visit: Any) -> None:
    page = visit(desk).page
    page.goto("/")
    page.locator(".line", has_text="Three people are dead").locator(".doors a").first.click()
    page.wait_for_url("**/questions/**")
    assert page.locator("h1").inner_text() == "How many civilians were killed?"
    boxes = [box.bounding_box() for box in page.locator(".answer").all()[:2]]
    assert boxes[0]["y"] == boxes[1]["y"], "side by side on a desk"
    assert "revises" in page.locator(".tie-words").inner_text()
    assert page.get_by_role("rowheader", name="Davin Orsel", exact=True).count() == 1
    assert page.locator(".ties svg path.tie.revises").count() >= 2


def test_the_slider_goes_back_to_the_first_morning(desk: str, visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit(desk).page
    page.goto("/")
    now = page.locator(".line").count()
    slider = page.get_by_role("slider", name="As of")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**as_of=**")
    expect(page.locator(".notice.past")).to_be_visible(timeout=60_000)  # the page says so while it is worked out
    assert page.locator(".line").count() < now
    page.get_by_role("link", name="Go to now").click()
    page.wait_for_url(re.compile(r"/stories/[^?]*$"))
    assert page.locator(".line").count() == now


def test_twenty_decisions_by_keyboard_alone_and_one_taken_back(own_desk: str, visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit(own_desk).page
    page.goto("/")
    page.get_by_role("link", name="Review").click()
    page.wait_for_selector(".item")
    before = page.locator(".item").count()
    assert before >= 20
    page.keyboard.press("j")
    for number in range(1, 21):
        page.keyboard.press(
            "a" if number % 4 else "x" if page.locator(".item:focus button[data-key=x]").count() else "a"
        )
        expect(page.locator(".item[data-done]")).to_have_count(number)
    page.keyboard.press("u")
    expect(page.locator(".item[data-done]")).to_have_count(19)
    page.reload()
    expect(page.locator("#decided > li")).to_have_count(19)


def test_a_correction_and_a_note_by_keyboard(own_desk: str, visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit(own_desk).page
    page.goto("/")
    page.get_by_role("link", name="Review").click()
    page.wait_for_selector(".item")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("act: deny")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("Kept: correct “act: deny”")
    page.keyboard.press("n")
    page.keyboard.type("ask the ministry")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text("Kept: note “ask the ministry”")


def test_two_editors_see_each_other_and_nothing_is_written_over(own_desk: str, visit: Any) -> None:
    from playwright.sync_api import expect

    first, second = visit(own_desk).page, visit(own_desk).page
    for page in (first, second):
        page.goto("/")
        page.get_by_role("link", name="Review").click()
        page.wait_for_selector(".item")
    first.keyboard.press("j")
    first.keyboard.press("a")
    expect(first.locator(".item[data-done]")).to_have_count(1)
    expect(second.locator("#live")).to_be_visible(timeout=10_000)
    second.locator("#live a").click()
    expect(second.locator("#decided > li")).to_have_count(1)


def test_a_dropped_report_shows_what_is_new_and_then_what_changed(own_desk: str, visit: Any) -> None:
    from playwright.sync_api import expect

    page = visit(own_desk).page
    page.goto("/")
    page.wait_for_timeout(300)  # what was seen is kept on the first visit
    page.get_by_role("link", name="Check a report").click()
    page.wait_for_url("**/check")
    page.wait_for_load_state()
    page.evaluate(
        """text => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], "note.txt", {type: "text/plain"}));
          document.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
        }""",
        REPORT,
    )
    expect(page.locator("h2", has_text="New")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Add it to the ledger").click()
    page.wait_for_url("**/reports/**", timeout=20_000)
    assert page.locator("mark").count() >= 2


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits_its_width(desk: str, visit: Any, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is in the dev extra")
    page = visit(desk, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True).page
    page.goto("/")
    story = page.url
    tabs = [link.get_attribute("href") for link in page.locator(".bar nav a").all()]
    page.goto(f"{story}/questions")
    question = page.locator(".items a").first.get_attribute("href")
    page.goto(f"{story}/reports")
    report = page.locator(".items a").first.get_attribute("href")
    wrong: dict[str, list[tuple[str, str, str]]] = {}
    for path in [*tabs, question, report, "/search?q=bridge", "/check", "/stories"]:
        page.goto(path)
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
        grave = [v["id"] for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
        if grave:
            wrong[path] = [
                (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0].get("failureSummary", "")[:200])
                for v in found.response["violations"]
                if v["id"] in grave
            ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.setdefault(path, []).append(("wider than the window", "", ""))
    assert wrong == {}
