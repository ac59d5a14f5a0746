"""Web pages: article, quotations, furniture, metadata."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.making import ARTICLE, blocks_of, only_problem, only_report, write


def test_article_and_metadata(tmp_path: Path) -> None:
    report = only_report(write(tmp_path, "a.html", ARTICLE))
    assert report.published is not None
    assert (report.outlet, report.byline, report.language) == ("Velmark Courier", "Iva Marek", "en")
    assert report.title == "Dam at Ostrel holds after night of rain"
    assert report.url == "https://courier.example/ostrel-dam"
    assert (report.published.value, report.published.precision.value) == ("2031-04-02T07:30:00Z", "second")
    found = blocks_of(report)
    assert found[0] == ("headline", report.title)
    assert [kind for kind, _ in found].count("headline") == 1
    assert ("quote", "We never had to open the third gate, and that was the plan all along.") in found
    assert all(kind == "boilerplate" for kind, words in found if words == "Leave a Comment")
    assert "never run" not in report.text
    assert "Sport" not in report.text


def test_quotations_stand_where_the_page_has_them(tmp_path: Path) -> None:
    quotes = "".join(
        f"<p>Paragraph number {i} of the report says at some length what the witness number {i} saw at the dam.</p>"
        f"<blockquote class='pull'>Witness {i} speaks of gate {i}</blockquote>"
        for i in range(5)
    )
    page = f"<html><body><main><article><h1>What five witnesses saw</h1>{quotes}</article></main></body></html>"
    words = [w for _, w in blocks_of(only_report(write(tmp_path, "a.html", page)))]
    spoken = [w for w in words if w.startswith(("Paragraph", "Witness"))]
    assert [w.split()[0] for w in spoken] == ["Paragraph", "Witness"] * 5
    assert [w[-1] for w in spoken if w.startswith("Witness")] == list("01234")


def test_readers_comments_are_not_put_back_as_quotations(tmp_path: Path) -> None:
    page = ARTICLE.replace(
        "<footer>", "<div id='comments'><blockquote>I never liked that dam</blockquote></div><footer>"
    )
    assert "never liked" not in only_report(write(tmp_path, "a.html", page)).text


@pytest.mark.parametrize(
    ("markup", "value"),
    [
        ('<meta property="article:published_time" content="2031-04-02T00:00:00Z">', "2031-04-02"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",'
            '"datePublished":"2031-04-02T08:00:00Z"}]}</script>',
            "2031-04-02T08:00:00Z",
        ),
        ('<meta name="date" content="2031-04-02">', "2031-04-02"),
        ('<script type="application/ld+json">{"@graph":' + "[" * 5000 + "</script>", None),
        ("", None),
    ],
)
def test_when_a_page_was_published(tmp_path: Path, markup: str, value: str | None) -> None:
    bare = ARTICLE.replace('<meta property="article:published_time" content="2031-04-02T09:30:00+02:00">', markup)
    report = only_report(write(tmp_path, "a.html", bare))
    assert (report.published.value if report.published else None) == value


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16"])
def test_a_page_says_its_encoding(tmp_path: Path, encoding: str) -> None:
    words = "Плотина выше города выдержала ночь сильного дождя, сообщило речное управление в среду утром. "
    head = f"<html><head><meta charset='{encoding}'></head>"
    page = f"{head}<body><article><p>{words * 3}</p><p>{words * 2}</p></article></body></html>"
    assert words.strip() in only_report(write(tmp_path, "a.html", page.encode(encoding))).text


def test_a_page_without_an_article_is_taken_whole_or_refused(tmp_path: Path) -> None:
    assert "no text" in only_problem(write(tmp_path, "a.html", "<html><body><script>x()</script></body></html>")).what
    report = only_report(write(tmp_path, "b.html", "<html><body><p>Dam holds.</p></body></html>"))
    assert report.text == "Dam holds."


def test_scripts_are_neither_run_nor_kept(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    page = ARTICLE.replace("Velmark Courier", f"Velmark{evil}").replace("The dam above", f"{evil}The dam above")
    report = only_report(write(tmp_path, "a.html", page))
    assert "alert" not in report.text
