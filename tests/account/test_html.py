"""The page of an account, read as HTML; what a browser makes of it is tested in tests/browser."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from lxml import html as lxml_html

from sayso.account.html import CITATIONS_SHOWN, to_html
from sayso.account.labels import STATUS_WORDS, date_words, rule_words, visible, web_link
from sayso.account.passages import Mark, Shown, passages
from sayso.model import Account, Block, BlockKind, Citation, Line, Linked, Report, Span

if TYPE_CHECKING:
    from tests.account.bridge_incident import Incident


def page_of(account: Account, reports: Sequence[Report], linked: Linked | None = None) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(to_html(account, reports, linked=linked))


def words_of(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def href(link: lxml_html.HtmlElement) -> str:
    """Where a link leads; a link that leads nowhere fails the test."""
    value = link.get("href")
    assert value
    return value


def marked(page: lxml_html.HtmlElement, key: str) -> str:
    """The words that are marked for one citation."""
    return "".join(mark.text_content() for mark in page.iter("mark") if key in mark.get("data-c", "").split())


def test_the_page_says_what_it_rests_on(bridge: Incident) -> None:
    page = page_of(bridge.account, bridge.reports)
    assert words_of(page.find_class("standing")[0]) == (
        "As of 13 March 2031, 21:00 UTC 9 reports 7 independent origins 6 outlets cited"
    )
    assert [words_of(link) for link in page.cssselect(".contents a")] == [s.heading for s in bridge.account.sections]


def test_every_line_stands_with_its_status_and_rule(bridge: Incident) -> None:
    rows = page_of(bridge.account, bridge.reports, bridge.linked).find_class("line")
    assert len(rows) == len(bridge.lines)
    for row, line in zip(rows, bridge.lines, strict=True):
        assert words_of(row.find_class("text")[0]) == line.text
        assert words_of(row.cssselect(".status > summary")[0]) == STATUS_WORDS[line.status].name
        assert rule_words(line.rule) in words_of(row.find_class("rule")[0])
    assert "3 reports, going back to 2 origins" in words_of(rows[0])


def test_every_citation_leads_to_its_words_and_back(bridge: Incident) -> None:
    page = page_of(bridge.account, bridge.reports)
    for row, line in zip(page.find_class("line"), bridge.lines, strict=True):
        links = row.find_class("cite")
        assert len(links) == len(line.citations)
        reports = [citation.report for citation in line.citations]
        by_report = sorted(line.citations, key=lambda citation: reports.index(citation.report))
        for link, citation in zip(links, by_report, strict=True):
            key = href(link)[1:]
            assert page.get_element_by_id(key) is not None
            assert marked(page, key) == "".join(citation.exact.split(" … "))
            backs = [back.get("href") for back in page.find_class("back")]
            assert f"#{row.get('id')}" in backs


def test_ids_are_unique_and_every_inner_link_has_its_target(bridge: Incident, hostile: Incident) -> None:
    for incident in (bridge, hostile):
        page = page_of(incident.account, incident.reports, incident.linked)
        ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
        assert max(ids.values()) == 1
        inner = {href(link)[1:] for link in page.iter("a") if href(link).startswith("#")}
        assert inner <= set(ids)


def test_nothing_is_fetched_and_only_our_own_script_and_style_may_run(bridge: Incident, hostile: Incident) -> None:
    for incident in (bridge, hostile):
        text = to_html(incident.account, incident.reports, linked=incident.linked)
        page = lxml_html.document_fromstring(text)
        policy = page.cssselect("meta[http-equiv]")[0].get("content") or ""
        assert policy.startswith("default-src 'none'; img-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        for tag, directive in (("style", "style-src"), ("script", "script-src")):
            (element,) = page.iter(tag)
            digest = b64encode(hashlib.sha256((element.text or "").encode("utf-8")).digest()).decode("ascii")
            assert f"{directive} 'sha256-{digest}'" in policy
        assert not [
            element for element in page.iter() if element.get("src") or element.tag in ("img", "link", "iframe")
        ]
        assert not [element for element in page.iter() if any(name.startswith("on") for name in element.attrib)]
        assert not [element for element in page.iter() if element.get("style")]
        assert "url(" not in text
        assert "@import" not in text


def test_only_web_addresses_become_links(bridge: Incident, hostile: Incident) -> None:
    outside = [link.get("href") for link in page_of(bridge.account, bridge.reports).iter("a") if link.get("rel")]
    assert outside == [
        "https://herald.example/news/brackwater-bridge?ref=front",
        "https://northwire.example/a/88121",
        "https://marrentoday.example/tarrel",
    ]
    assert not [link for link in page_of(hostile.account, hostile.reports).iter("a") if href(link)[0] != "#"]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://x.example/a?b=c#d", "https://x.example/a?b=c#d"),
        ("http://x.example/ö", "http://x.example/%C3%B6"),
        ("HTTPS://x.example", "HTTPS://x.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//x.example/a", None),
        ("https:///nohost", None),
        ('https://x.example/" onclick="x', None),
        ("https://x.example/a b", None),
        ("https://x.example/\u202e", None),
        ("https://[broken", None),
        ("\tjavascript:alert(1)", None),
        ("", None),
        (None, None),
    ],
)
def test_web_link(url: str | None, link: str | None) -> None:
    assert web_link(url) == link


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        ("2031", "2031"),
        ("2031-03", "March 2031"),
        ("2031-03-09", "9 March 2031"),
        ("2031-03-09T14:05:00Z", "9 March 2031, 14:05 UTC"),
        ("2031-03-09T14:05+02:00", "9 March 2031, 14:05 +02:00"),
        ("2031-13-09", "2031-13-09"),
        ("last week", "last week"),
        (None, ""),
    ],
)
def test_dates_are_written_as_finely_as_they_are_known(stamp: str | None, words: str) -> None:
    assert date_words(stamp, clock=True) == words


def test_characters_that_act_are_shown() -> None:
    assert visible("a\u202eb\x00c\ud800d\te\nf\u200fg") == "a[U+202E]b\u2400c\ufffdd\te\nf\u200fg"


def test_hostile_text_stands_as_text(hostile: Incident) -> None:
    text = to_html(hostile.account, hostile.reports, linked=hostile.linked)
    page = lxml_html.document_fromstring(text)
    assert [element.tag for element in page.iter("script", "style", "h1", "main")] == ["style", "main", "h1", "script"]
    assert "{{ 7 * 191 }}" in page.text_content()
    assert "1337" not in text
    assert "\u202e" not in text
    text.encode("utf-8")


def test_many_citations_fold(bridge: Incident, made: ModuleType) -> None:
    incident = made.many(CITATIONS_SHOWN + 4)
    citations = tuple(line.citations[0] for line in incident.lines)
    one = made.line("Crews reached the pier.", *citations)
    account = replace(incident.account, sections=(replace(incident.account.sections[0], lines=(one,)),))
    (row,) = page_of(account, incident.reports).find_class("line")
    assert words_of(row.cssselect(".more > summary")[0]) == "and 4 more"
    assert len(row.find_class("cite")) == CITATIONS_SHOWN + 4


def test_an_empty_account_says_so(bridge: Incident) -> None:
    page = page_of(replace(bridge.account, sections=()), bridge.reports)
    assert "There is nothing to say yet" in words_of(page.find_class("nothing")[0])
    assert not page.find_class("reports")


def test_a_section_without_lines_is_left_out(bridge: Incident) -> None:
    first, *rest = bridge.account.sections
    page = page_of(replace(bridge.account, sections=(replace(first, lines=()), *rest)), bridge.reports)
    assert first.heading not in [words_of(heading) for heading in page.iter("h2")]


def test_kinship_of_reports_is_told_with_its_reasons(bridge: Incident) -> None:
    page = page_of(bridge.account, bridge.reports, bridge.linked)
    notes = [words_of(note) for note in page.find_class("kinship")]
    assert any(
        note.startswith("Rewording of Northwire, 12 March 2031: credits Northwire in its first") for note in notes
    )
    assert not page_of(bridge.account, bridge.reports).find_class("kinship")


def test_a_report_that_is_not_at_hand_is_shown_by_its_cited_words(bridge: Incident) -> None:
    page = page_of(bridge.account, ())
    assert len(page.find_class("line")) == len(bridge.lines)
    for row, line in zip(page.find_class("line"), bridge.lines, strict=True):
        key = href(row.find_class("cite")[0])[1:]
        assert marked(page, key) == line.citations[0].exact


def test_a_large_ledger_stays_a_small_page(made: ModuleType) -> None:
    incident = made.many(300)
    assert sum(len(report.text) for report in incident.reports) > 1_000_000
    text = to_html(incident.account, incident.reports)
    assert len(text) < 1_500_000
    page = lxml_html.document_fromstring(text)
    assert words_of(page.find_class("gap")[0]).startswith("… ")
    for row in page.find_class("line"):
        assert marked(page, href(row.find_class("cite")[0])[1:]) in words_of(row)


def test_the_same_account_gives_the_same_bytes(bridge: Incident, made: ModuleType) -> None:
    again = made.bridge()
    assert to_html(bridge.account, bridge.reports) == to_html(again.account, tuple(reversed(again.reports)))


# ---------------------------------------------------------------------------------------------------
# Passages


def shown(report: Report, *spans: tuple[int, int], whole: bool = True) -> str:
    """A report's passages as text: cited words in brackets with their keys, gaps and folds named."""
    marks = [Mark(Span(*span), f"c{at}") for at, span in enumerate(spans)]
    parts = []
    for passage in passages(report, marks, whole=whole):
        if passage.shown is Shown.GAP:
            parts.append(f"<{passage.left_out}>")
            continue
        words = "".join(f"[{'+'.join(p.keys)}:{p.text}]" if p.keys else p.text for p in passage.pieces)
        parts.append(f"({words})" if passage.shown is Shown.FOLDED else words)
    return " | ".join(parts)


@pytest.mark.parametrize(
    ("spans", "text"),
    [
        ([(0, 3)], "[c0:one] two three"),
        ([(0, 7), (4, 13)], "[c0:one ][c0+c1:two][c1: three]"),
        ([(0, 13), (4, 7)], "[c0:one ][c0+c1:two][c0: three]"),
        ([(4, 7), (4, 7)], "one [c0+c1:two] three"),
        ([(0, 3), (3, 4)], "[c0:one][c1: ]two three"),
    ],
)
def test_marks_may_overlap_and_nest(made: ModuleType, spans: list[tuple[int, int]], text: str) -> None:
    report = made.report("Herald", None, (BlockKind.PARAGRAPH, "one two three"))
    assert shown(report, *spans) == text


def test_a_citation_over_two_blocks_lands_once(made: ModuleType) -> None:
    report = made.report("Herald", None, (BlockKind.PARAGRAPH, "one"), (BlockKind.PARAGRAPH, "two"))
    found = passages(report, [Mark(Span(0, 8), "c0")], whole=True)
    pieces = [piece for passage in found for piece in passage.pieces]
    assert [(piece.text, piece.lands, piece.ends) for piece in pieces] == [("one", ("c0",), ()), ("two", (), ("c0",))]


def test_text_that_no_block_covers_is_shown(made: ModuleType) -> None:
    report = replace(made.report("Herald", None, (BlockKind.PARAGRAPH, "one two three")), blocks=())
    assert shown(report, (4, 7)) == "one [c0:two] three"
    part = replace(report, blocks=(Block(BlockKind.PARAGRAPH, Span(4, 7)), Block(BlockKind.CAPTION, Span(5, 99))))
    assert shown(part) == "one  | two |  three"


def test_a_large_report_shows_what_is_cited_and_its_neighbours(made: ModuleType) -> None:
    blocks = [(BlockKind.PARAGRAPH, f"p{number:02}") for number in range(12)]
    report = made.report("Herald", None, *blocks)
    at = report.text.index("p06")
    assert shown(report, (at, at + 3), whole=False) == "<5> | p05 | [c0:p06] | p07 | <4>"


def test_boilerplate_folds_unless_it_is_cited(made: ModuleType) -> None:
    report = made.report("Herald", None, (BlockKind.BOILERPLATE, "Menu"), (BlockKind.PARAGRAPH, "News"))
    assert shown(report) == "(Menu) | News"
    assert shown(report, (0, 4)) == "[c0:Menu] | News"


def test_one_enormous_line_is_cut_around_the_cited_words(made: ModuleType) -> None:
    report = made.report("Herald", None, (BlockKind.PARAGRAPH, "x" * 100_000 + " here " + "y" * 100_000))
    text = shown(report, (100_001, 100_005), whole=True)
    assert len(text) < 3_000
    assert "[c0:here]" in text
    assert "characters not shown" in text


def test_spans_outside_the_text_are_shown_as_words(bridge: Incident, made: ModuleType) -> None:
    report = bridge.reports[0]
    stray: Citation = replace(made.cite(report, "Governor"), spans=(Span(10**6, 10**6 + 3),), exact="lost words")
    line: Line = made.line("It was said.", stray)
    account = replace(bridge.account, sections=(replace(bridge.account.sections[0], lines=(line,)),))
    page = page_of(account, [report])
    assert marked(page, href(page.find_class("cite")[0])[1:]) == "lost words"
