"""The desk on real reports: every page of a story of two outlets is read in Chromium, and no line leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso import ledger
from tests.browser.serving import served
from timeline17 import read_event, write_article

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.data, pytest.mark.slow]

EVENTS = ("H1N1_bbc", "H1N1_reuters")
OF_EACH = 5


@pytest.fixture(scope="module")
def desk(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("real")
    for event in EVENTS:
        if not (data_dir / "timeline17" / event).is_dir():
            pytest.skip(f"no {event} in {data_dir / 'timeline17'}")
        articles = [article for article in read_event(data_dir, event) if article is not None]
        (folder / event).mkdir()
        for article in sorted(articles, key=lambda a: (a.published, a.uid))[:OF_EACH]:
            write_article(article, folder / event)
    made = folder / "real.db"
    with ledger.open(str(made), create=True) as opened:
        opened.add([str(folder / event) for event in EVENTS])
        opened.linked()
    with served(made) as address:
        yield address


def test_every_page_of_a_real_story_can_be_read_and_every_line_has_its_words(desk: str, browser: Browser) -> None:
    context = browser.new_context(base_url=desk, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith(desk) else complaints.append(r.url))
    page.goto("/stories")
    story = page.locator(".stories a").first.get_attribute("href")
    assert story is not None
    page.goto(story)
    lines = page.locator(".line").count()
    assert lines >= 8
    for number in range(min(lines, 6)):
        page.locator(".line").nth(number).locator("a[data-pane]").first.click()
        lit = page.locator("#pane mark.lit").first
        lit.wait_for()
        assert len(lit.inner_text().split()) >= 3
    for tab in [link.get_attribute("href") for link in page.locator(".bar nav a").all()]:
        answer = page.goto(tab or "/")
        assert answer is not None
        assert answer.status == 200
        assert page.locator("main h1").count() == 1
    page.goto(f"{story}/questions")
    for link in [each.get_attribute("href") for each in page.locator(".items > li > p:first-child a").all()[:4]]:
        page.goto(link or "/")
        page.locator(".answer h3 a, .statement").first.wait_for()
    assert complaints == []
    context.close()
