"""The account's page in a real Chromium: opened from disk, with no network, read, followed, printed, attacked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.account.html import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.account.bridge_incident import Incident

pytestmark = pytest.mark.browser

Open = Callable[..., "Opened"]


class Opened:
    """A page from disk, and what it asked for and complained about."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.goto(path.as_uri())
        self.own = path.as_uri()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def opened(incident: Incident, *, width: int = 1280, height: int = 900, **options: Any) -> Opened:
        path = tmp_path / "account.html"
        path.write_text(to_html(incident.account, incident.reports, linked=incident.linked), encoding="utf-8")
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        return Opened(context.new_page(), path)

    yield opened
    for context in contexts:
        context.close()


def in_view(page: Page, selector: str) -> bool:
    found: bool = page.evaluate(
        """selector => {
            const [box] = document.querySelector(selector).getClientRects(); // its first line
            const hit = document.elementFromPoint(box.left + 2, box.top + Math.min(box.height / 2, 10));
            return box.top >= 0 && box.top < innerHeight && hit?.closest(selector) !== null;
        }""",
        selector,
    )
    return found


def background(page: Page, selector: str) -> str:
    colour: str = page.locator(selector).first.evaluate("element => getComputedStyle(element).backgroundColor")
    return colour


LIT = "rgb(255, 213, 74)"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_citation_opens_its_passage_with_the_words_lit(
    open_page: Open, bridge: Incident, width: int, script: bool
) -> None:
    page = open_page(bridge, width=width, java_script_enabled=script).page
    for index in (0, 4, 9, 20):
        link = page.locator("a.cite").nth(index)
        target = link.get_attribute("href")
        assert target is not None
        link.click()
        page.wait_for_timeout(60)
        assert page.locator(f"mark{target}").is_visible()
        assert background(page, f"mark{target}") == LIT
        if script:  # evaluating in the page needs one
            assert in_view(page, f"mark{target}")
        page.go_back()


def test_all_the_pieces_of_a_citation_light_up_together(open_page: Open, bridge: Incident) -> None:
    page = open_page(bridge).page
    link = page.locator(".line").nth(11).locator("a.cite").first  # its words stand in three places
    link.click()
    key = (link.get_attribute("href") or "")[1:]
    pieces = page.locator(f'mark[data-c~="{key}"]')
    assert pieces.count() >= 3
    assert {background(page, f'mark[data-c~="{key}"] >> nth={at}') for at in range(pieces.count())} == {LIT}


def test_reading_the_evidence_on_a_desk_does_not_move_the_account(open_page: Open, bridge: Incident) -> None:
    page = open_page(bridge).page
    line = page.locator(".line").nth(8)
    line.scroll_into_view_if_needed()
    before = line.bounding_box()
    line.locator("a.cite").first.click()
    page.wait_for_timeout(60)
    assert line.bounding_box() == before


def test_the_way_back_leads_to_the_line(open_page: Open, bridge: Incident) -> None:
    page = open_page(bridge, width=390).page
    link = page.locator(".line").nth(13).locator("a.cite")
    link.click()
    page.locator(f"mark{link.get_attribute('href')} ~ a.back").first.click()
    page.wait_for_timeout(60)
    assert in_view(page, ".line:target")
    assert page.locator(".line:target .number").inner_text() == "14"


def test_the_same_citation_opens_again_after_its_report_was_folded(open_page: Open, bridge: Incident) -> None:
    page = open_page(bridge).page
    link = page.locator("a.cite").first
    link.click()
    page.locator(".report > details > summary").first.click()
    assert not page.locator(f"mark{link.get_attribute('href')}").is_visible()
    link.click()
    assert page.locator(f"mark{link.get_attribute('href')}").is_visible()


def test_without_script_every_report_stands_open(open_page: Open, bridge: Incident) -> None:
    page = open_page(bridge, java_script_enabled=False).page
    assert page.locator("mark").count() == page.locator("mark:visible").count() > 0


def test_a_link_with_a_fragment_opens_at_the_passage(open_page: Open, bridge: Incident) -> None:
    opened = open_page(bridge)
    opened.page.goto("about:blank")
    opened.page.goto(f"{opened.own}#c20")
    opened.page.wait_for_timeout(60)
    assert in_view(opened.page, "#c20")


def test_the_keys_move_between_lines(open_page: Open, bridge: Incident) -> None:
    page = open_page(bridge).page
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.querySelector('.number').textContent") == "2"


def test_a_status_tells_its_rule_on_demand(open_page: Open, bridge: Incident) -> None:
    page = open_page(bridge, width=390).page
    rule = page.locator(".line").first.locator(".rule")
    assert not rule.is_visible()
    page.locator(".line").first.locator(".status > summary").click()
    assert rule.is_visible()
    assert "two or more origins" in rule.inner_text()


@pytest.mark.parametrize("width", [320, 390, 820, 1056, 1280, 1920])
@pytest.mark.parametrize("which", ["bridge", "hostile"])
def test_nothing_scrolls_sideways(open_page: Open, request: pytest.FixtureRequest, which: str, width: int) -> None:
    page = open_page(request.getfixturevalue(which), width=width).page
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "one => one.scrollWidth <= one.clientWidth + 1"
    assert page.locator("main, .reports").evaluate_all(f"all => all.every({wide})")


@pytest.mark.parametrize("width", [390, 1280])
def test_links_are_large_enough_for_a_thumb(open_page: Open, bridge: Incident, width: int) -> None:
    """24 CSS pixels, the minimum of WCAG 2.2 (2.5.8), for what stands alone; links within text are exempt there."""
    page = open_page(bridge, width=width).page
    heights = page.locator("a.cite, .status > summary, .contents a, .report > details > summary").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 23.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_at_least_aa(open_page: Open, bridge: Incident, scheme: str) -> None:
    """4.5 to 1 for every piece of text, against the nearest background behind it."""
    page = open_page(bridge, color_scheme=scheme).page
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    poor = page.evaluate(
        """() => {
            const read = colour => colour.match(/[\\d.]+/g).map(Number);
            const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = element => {
                for (let at = element; at; at = at.parentElement) {
                    const [r, g, b, a = 1] = read(getComputedStyle(at).backgroundColor);
                    if (a > 0) return [r, g, b];
                }
                return [255, 255, 255];
            };
            const poor = [];
            for (const element of document.querySelectorAll("body *:not(script)")) {
                const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
                if (!own) continue;
                const [a, b] = [light(read(getComputedStyle(element).color)), light(behind(element))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < 4.5) poor.push([element.className || element.localName, ratio]);
            }
            return poor;
        }"""
    )
    assert poor == []


def test_nothing_is_requested_and_nothing_complains(open_page: Open, bridge: Incident) -> None:
    opened = open_page(bridge)
    for at in range(opened.page.locator("a.cite").count()):
        opened.page.locator("a.cite").nth(at).click()
    assert {request.split("#")[0] for request in opened.requests} == {opened.own}
    assert opened.complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_hostile_text_never_runs_and_breaks_nothing(open_page: Open, hostile: Incident, script: bool) -> None:
    opened = open_page(hostile, java_script_enabled=script)
    page = opened.page
    for at in range(page.locator("a.cite").count()):
        page.locator("a.cite").nth(at).click()
    page.wait_for_timeout(100)
    assert {request.split("#")[0] for request in opened.requests} == {opened.own}
    assert opened.complaints == []
    assert page.locator("h1").count() == 1
    assert page.locator("main .line").count() == len(hostile.lines)
    assert page.locator(".reports mark").count() >= len(hostile.lines)
    assert "{{ 7 * 191 }}" in page.locator(".line").nth(5).inner_text()
    if script:
        assert page.evaluate("'hacked' in window") is False


def test_paper_carries_the_account_and_the_cited_passages(open_page: Open, bridge: Incident) -> None:
    page = open_page(bridge).page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("mark:visible").count() == page.locator("mark").count()
    assert page.locator(".words > p:not(.cited):visible").count() == 0
    assert page.locator(".rule:visible, .contents:visible, .furniture:visible").count() == 0
    assert page.locator(".reports").evaluate("one => getComputedStyle(one).position") == "static"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".report > details[open]").count() == 0
    assert page.pdf(format="A4").startswith(b"%PDF")
