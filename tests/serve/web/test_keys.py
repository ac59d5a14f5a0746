"""The table of keys: no key twice, and every key that a page carries stands in it."""

from __future__ import annotations

import re
from importlib.resources import files

from sayso.serve.pages import review

WEB = files("sayso.serve.web")
TABLE = re.findall(r'^  \["([^"]+)", "[^"]+", [^\n]*\],$', WEB.joinpath("static/keytable.js").read_text(), re.M)


def test_no_key_means_two_things() -> None:
    assert len(TABLE) == len(set(TABLE)) >= 20


def test_every_key_of_a_form_stands_in_the_table() -> None:
    carried = set()
    for file in WEB.joinpath("templates").iterdir():
        text = file.read_text("utf-8")
        carried |= set(re.findall(r'data-key="([^"{]+)"', text)) | set(re.findall(r'\bkey="(\w)"', text))
    assert carried == {"e", "g", "G", "m", "n", "p", "w", "y"}
    assert carried <= set(TABLE)


def test_every_choice_of_the_review_queue_stands_in_the_table() -> None:
    source = files("sayso.serve.pages").joinpath("review.py").read_text("utf-8")
    keys = {*re.findall(r'Choice\(\s*"(\w)"', source), *(key for key, _, _ in review._OTHER_KINDS)}
    assert len(keys) >= 8
    assert keys <= set(TABLE)
    assert not keys & {"e", "g", "G", "n", "p", "y", "u", "j", "k", "b", "q"}, "an item carries these as well"
