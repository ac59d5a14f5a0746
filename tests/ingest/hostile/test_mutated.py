"""Valid files that were broken in any way: a named problem or a clean report, soon; never an error that nobody foresaw."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.ingest import read_upload
from sayso.ingest.dates import read_instant
from sayso.ingest.fetch import checked_url, read_content_type, retry_after
from sayso.ingest.metadata import read_front_matter, read_sidecar
from sayso.model import Captured, Problem
from tests.ingest.hostile.mutated import FILES, TOKENS, changed, edits
from tests.ingest.hostile.test_hostile import CONTROL, within
from tests.ingest.making import options

SEVERAL = settings(max_examples=60)


@pytest.mark.parametrize("name", sorted(FILES))
def test_as_they_are_they_are_read(name: str) -> None:
    found = list(read_upload(FILES[name], name=name, options=options(follow_links=False)))
    assert found
    assert all(isinstance(each, Captured) for each in found), found


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_problem_or_a_clean_report(name: str) -> None:
    @SEVERAL
    @given(edits)
    def try_it(many: list[tuple[str, float, object]]) -> None:
        raw = changed(FILES[name], many)
        with within(20):
            found = list(read_upload(raw, name=name, options=options(follow_links=False)))
        for each in found:
            if isinstance(each, Problem):
                assert each.what
                assert each.remedy
                assert "\n" not in each.what
                assert "defect of sayso" not in each.remedy, each
            else:
                look_at(each)

    try_it()


def look_at(captured: Captured) -> None:
    report = captured.report
    assert report.sha256 == hashlib.sha256(captured.raw).hexdigest()
    for words in (report.text, report.title, report.byline, report.outlet, report.url, report.capture.place):
        (words or "").encode("utf-8")
    for line in (report.title, report.byline, report.outlet, report.url):
        assert line is None or (line.strip() and not CONTROL.search(line))
    assert report.url is None or report.url.startswith(("http://", "https://"))
    at = 0
    for block in report.blocks:
        assert at <= block.span.start < block.span.end <= len(report.text)
        at = block.span.end


texts = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from([t.decode("utf-8", "replace") for t in TOKENS])).map("".join)
)


@settings(max_examples=300)
@given(texts)
def test_what_stands_beside_a_text_is_read_or_named(text: str) -> None:
    read_front_matter(f"---\n{text}\n---\nThe dam held.", where="x")
    read_front_matter(text, where="x")
    read_sidecar(text.encode("utf-8", "replace"), where="x")
    read_instant(text)
    read_content_type(text)
    assert retry_after(text) is None or retry_after(text) >= 0  # type: ignore[operator]
    try:
        parts = checked_url(f"http://{text}", where="x")
    except InputError:
        return
    assert parts.scheme == "http"
    assert "@" not in parts.netloc
    assert not CONTROL.search(parts.geturl())
