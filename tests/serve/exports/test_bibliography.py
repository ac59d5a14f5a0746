"""The cited reports as BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from jsonschema import Draft7Validator

from sayso.serve.exports.bibtex import bibtex, escaped
from sayso.serve.exports.csl import csl
from sayso.serve.exports.gathered import cited_reports
from tests.serve.exports.making import HOSTILE, World, world

# Of the schema of CSL 1.0.2 ("csl-data.json"), written from its specification, what our items can hold.
_CSL_DATE = {
    "type": "object",
    "required": ["date-parts"],
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": ["article-newspaper", "post", "post-weblog", "webpage"]},
            "id": {"type": ["string", "number"]},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {name: {"type": "string"} for name in ("family", "given", "literal")},
                },
            },
            "issued": _CSL_DATE,
            "accessed": _CSL_DATE,
            **{name: {"type": "string"} for name in ("title", "container-title", "language", "note", "URL")},
        },
    },
}


def as_bibtex(of: World) -> str:
    return "".join(bibtex(of.told, cited_reports(of.account)))


def as_csl(of: World) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads("".join(csl(of.told, cited_reports(of.account))))
    return read


@pytest.mark.parametrize("evil", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_bibtex_reads_back_with_as_many_entries_as_are_cited(evil: str) -> None:
    of = world(evil)
    text = as_bibtex(of)
    library = parse_string(text)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == sorted(cited_reports(of.account))
    assert len(library.blocks) == len(library.entries)
    assert text.count("{") == text.count("}")
    for entry in library.entries:
        fields = {field.key: field.value for field in entry.fields}
        assert fields.keys() <= {"author", "title", "howpublished", "date", "year", "month", "url", "urldate", "note"}
        assert entry.key in fields["note"]
        for value in (value for name, value in fields.items() if name != "url"):
            bare = re.sub(r"\\(?:[#$%&_]|[a-z]+\{\})", "", value)  # what is escaped, taken away
            assert not re.search(r"[\\#$%&_~^<>|]", bare), value
            assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", value)


def test_a_bibtex_entry() -> None:
    entries = {entry.key: entry for entry in parse_string(as_bibtex(world())).entries}
    (weir,) = (entry for entry in entries.values() if entry["howpublished"] == "{Tarn Post}")
    assert weir.entry_type == "misc"
    assert weir["author"] == "{Mara Lind and Bo Ek}"  # not two authors of our guessing
    assert weir["title"] == r"{Weir breaks: 50\% \& rising}"
    assert (weir["date"], weir["year"], weir["month"], weir["urldate"]) == ("2031-04-08", "2031", "apr", "2031-04-10")
    assert weir["url"] == "https://tarn.example/weir?a=1&b=2"


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("50% & 3_4", r"50\% \& 3\_4"),
        ("{a}", r"\textbraceleft{}a\textbraceright{}"),
        (r"\end{document}", r"\textbackslash{}end\textbraceleft{}document\textbraceright{}"),
        ("a < b > c | ~ ^", r"a \textless{} b \textgreater{} c \textbar{} \textasciitilde{} \textasciicircum{}"),
        ("two\nlines\x00\u202e", "two lines"),
        ("Козинка", "Козинка"),
    ],
)
def test_tex_acts_on_nothing(text: str, tex: str) -> None:
    assert escaped(text) == tex


@pytest.mark.parametrize("evil", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_csl_is_valid_and_holds_no_markup(evil: str) -> None:
    of = world(evil)
    items = as_csl(of)
    Draft7Validator(CSL).validate(items)
    assert [item["id"] for item in items] == sorted(cited_reports(of.account))
    whole = json.dumps(items, ensure_ascii=False)
    assert not re.search(r"</?(i|b|sc|sub|sup|span)\b", whole, re.I)
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\u202e]", "".join(str(value) for item in items for value in item.values())
    )


def test_a_csl_item() -> None:
    (weir,) = (item for item in as_csl(world()) if item["container-title"] == "Tarn Post")
    (echo,) = (item for item in as_csl(world()) if item["container-title"] == "Hill Echo")
    assert weir["type"] == "article-newspaper"
    assert weir["author"] == [{"literal": "Mara Lind and Bo Ek"}]
    assert weir["issued"] == {"date-parts": [[2031, 4, 8]]}
    assert weir["accessed"] == {"date-parts": [[2031, 4, 10]]}
    assert weir["title"] == "Weir breaks: 50% & rising"
    assert weir["note"].startswith(f"sayso {weir['id']}; SHA-256 ")
    assert echo["type"] == "post"  # it was forwarded
    assert "URL" not in echo
