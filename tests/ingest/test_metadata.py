"""Sidecars and front matter: what they give, and what is said when they cannot be read."""

from __future__ import annotations

import pytest

from sayso.errors import InputError
from sayso.ingest.metadata import (
    Metadata,
    from_options,
    language_code,
    read_front_matter,
    read_sidecar,
    tidy,
    web_address,
)
from tests.ingest.making import options


def test_the_stronger_voice_wins_field_by_field() -> None:
    joined = Metadata(outlet="A").over(Metadata(outlet="B", title="T"))
    assert (joined.outlet, joined.title) == ("A", "T")


def test_a_sidecar_gives_its_fields() -> None:
    raw = (
        b'{"outlet": "Velmark Courier", "published": "2031-04-02", "url": "https://courier.example/1", '
        b'"language": "en-GB", "x": 1}'
    )
    found, problems = read_sidecar(raw, where="a.meta.json")
    assert problems == ()
    assert found.published is not None
    assert (found.outlet, found.published.value, found.language) == ("Velmark Courier", "2031-04-02", "en")


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'"text"', b"{" + b" " * (2 << 20)])
def test_a_broken_sidecar_is_a_problem_that_names_it(raw: bytes) -> None:
    found, problems = read_sidecar(raw, where="a.meta.json")
    assert found == Metadata()
    assert [p.where for p in problems] == ["a.meta.json"]


@pytest.mark.parametrize(
    "field", ['"published": "soon"', '"url": "javascript:alert(1)"', '"outlet": 7', '"url": "file:///etc/passwd"']
)
def test_one_bad_field_does_not_lose_the_others(field: str) -> None:
    found, problems = read_sidecar(('{"title": "T", ' + field + "}").encode(), where="a")
    assert found == Metadata(title="T")
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("---\noutlet: Courier\npublished: 2031-04-02\n---\nBody: yes", "Body: yes"),
        ("---\r\ntitle: 'x'\r\noutlet: \"Courier\"\r\ndate: 2031-04-02\r\n---\r\nText", "Text"),
        ("outlet: Courier\npublished: 2031-04-02\n\nText", "\nText"),
        ("Published: 2031-04-02\nOutlet: Courier\nText: more", "Text: more"),
    ],
)
def test_front_matter(text: str, rest: str) -> None:
    front = read_front_matter(text, where="a")
    assert text[front.end :] == rest
    assert front.metadata.outlet == "Courier"
    assert front.metadata.published is not None


@pytest.mark.parametrize(
    "text",
    [
        "Title: a play\nText",
        "---\nNo field\n---\nText",
        "---\noutlet: never closed\nText",
        "Text\noutlet: X",
        "Date: today\n",
        "",
        "---",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text: str) -> None:
    assert read_front_matter(text, where="a").end == 0


def test_an_option_that_cannot_be_read_is_named() -> None:
    with pytest.raises(InputError, match="--published"):
        from_options(options(published="last week"))


def test_values_are_one_clean_line() -> None:
    assert tidy("  a\nb\x00\x1b[31m\ud800 ") == "a b\ufffd [31m\ufffd"
    assert tidy("   ") is None
    assert tidy(3) is None


@pytest.mark.parametrize(
    ("tag", "code"), [("en", "en"), ("pt_BR", "pt"), ("EN-gb", "en"), ("english", None), ("", None), ("<b>", None)]
)
def test_language_codes(tag: str, code: str | None) -> None:
    assert language_code(tag) == code


@pytest.mark.parametrize(
    "words",
    ["javascript:alert(1)", "data:text/html,x", "//x.example", "https://", "https://a b", "ftp://x.example/1", None],
)
def test_only_web_addresses_are_addresses(words: str | None) -> None:
    assert web_address(words) is None
