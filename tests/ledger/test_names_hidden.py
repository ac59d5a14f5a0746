"""Where a protected name stands, however it is written; and where the same letters are something else."""

from __future__ import annotations

import unicodedata

import pytest

from sayso.ledger.names_hidden import NamesHidden

ADA = NamesHidden([("ada", ["Ada Quill", "A. Quill"])], [("trust", ["Harbour Trust"])], others=["Ada Lovelace"])
OTHERS = NamesHidden([("may", ["Theresa May"]), ("wide", ["Ольга Квилл"]), ("li", ["Li Bo"])])

FOUND: list[tuple[NamesHidden, str, list[str]]] = [
    (ADA, "Ada Quill said so", ["Ada Quill"]),
    (ADA, "ADA QUILL and ada  quill", ["ADA QUILL", "ada  quill"]),
    (ADA, "Quill, Ada", ["Quill", "Ada"]),
    (ADA, "Mr Quill's boat, the Quills", ["Quill", "Quills"]),
    (ADA, "quill said", ["quill"]),
    (ADA, "A\u00adda\u200b Qu\u200bill", ["A\u00adda\u200b Qu\u200bill"]),
    (ADA, "Ａｄａ　Ｑｕｉｌｌ", ["Ａｄａ　Ｑｕｉｌｌ"]),
    (ADA, unicodedata.normalize("NFD", "Adá Quíll"), [unicodedata.normalize("NFD", "Adá Quíll")]),
    (ADA, "https://post.example/ada-quill?by=Ada%20Quill", ["ada-quill", "Ada%20Quill"]),
    (ADA, "#FreeAda @adaquill quill@post.example", ["Ada", "adaquill", "quill"]),
    (ADA, "Ada Quillane", ["Ada Quillane"]),  # another spelling tells as much
    (ADA, "Ada Lovelace and Ada", ["Ada"]),
    (ADA, "Boris Quill", ["Quill"]),
    (ADA, "Harbour  Trust's; a trust of the harbour", ["Harbour  Trust"]),
    (ADA, "Canada, tranquillity, Quillington", []),
    (ADA, "", []),
    (OTHERS, "Theresa said that she may go. May went.", ["Theresa", "May"]),
    (OTHERS, "сказала Квилла", ["Квилла"]),
    (OTHERS, "Li said to Bo: li bo bo", ["Li", "Bo", "li bo"]),
    (NamesHidden([]), "Ada Quill", []),
]


@pytest.mark.parametrize(("names", "text", "expected"), FOUND, ids=[text for _, text, _ in FOUND])
def test_names_are_found(names: NamesHidden, text: str, expected: list[str]) -> None:
    assert [found.span.of(text) for found in names.find(text)] == expected


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("Ada Quill", "ada"),
        ("Mr Quill", "ada"),
        ("QUILL", "ada"),
        ("Harbour Trust", "trust"),
        ("Ada Lovelace", None),
        ("Boris Quill", None),
        ("Ada Quill's lawyer", None),
        ("", None),
    ],
)
def test_whose_name_it_is(name: str, whose: str | None) -> None:
    assert ADA.key_of(name) == whose


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("quill", True),
        ("Quills", True),
        ("quilled boats", True),
        ("quil", True),
        ("ada", True),
        ("boats", False),
        ("qu", False),
    ],
)
def test_what_is_looked_for_near_a_name(asked: str, near: bool) -> None:
    assert ADA.near(asked) is near
