"""Names in letters that look like others are flagged, and those of real outlets in any script are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.ingest.lookalikes import deceiving, oddities
from tests.ingest.making import only_report, write

ENGLISH = "The dam at Ostrel held through the night, the river authority said on Wednesday."
RUSSIAN = "Плотина выстояла, сообщило управление реки в среду утром."


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("\u0412\u0412\u0421", "looks like 'BBC' and is written in Cyrillic"),
        ("\u0412\u0412\u0421 News", "looks like 'BBC'"),
        ("The D\u0430ily Karsk", "mixes letters of Cyrillic and Latin"),
        ("Velm\u03b1rk Courier", "mixes letters of Greek and Latin"),
        ("Velmark\u200b Courier", "cannot be seen"),
        ("\u0410\u0420", "looks like 'AP'"),
    ],
)
def test_a_name_that_deceives(name: str, told: str) -> None:
    assert told in (deceiving(name, ENGLISH) or "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BBC News", ENGLISH),
        ("Le Courrier d’Été", ENGLISH),
        ("Новая газета", ENGLISH),
        ("Известия", RUSSIAN),
        ("\u0412\u0412\u0421", RUSSIAN),  # an air force, in its own language
        ("Η Καθημερινή", ENGLISH),
        ("中国日报 China Daily", ENGLISH),
        ("Radio Свобода", ENGLISH),
        ("24 Kanal", ENGLISH),
        ("", ENGLISH),
    ],
)
def test_a_name_that_is_as_it_looks(name: str, text: str) -> None:
    assert deceiving(name, text) is None


def test_the_site_of_a_report_is_looked_at_too() -> None:
    (problem,) = oddities(text=ENGLISH, outlet=None, byline=None, url="https://xn--pple-43d.example/1", where="x")
    assert "the name of its site mixes letters" in problem.what


def test_a_report_keeps_its_name_and_says_what_is_odd(tmp_path: Path) -> None:
    report = only_report(write(tmp_path, "a.txt", f"{ENGLISH} \u202eDorn said so.\u202c"), outlet="\u0412\u0412\u0421")
    assert report.outlet == "\u0412\u0412\u0421"
    assert [problem.what.split(":")[0] for problem in report.problems] == [
        "the name of its outlet looks like 'BBC' and is written in Cyrillic",
        "its text holds 2 characters that turn the order of letters around",
    ]
    assert all(problem.remedy and problem.where for problem in report.problems)
    assert only_report(write(tmp_path, "b.txt", ENGLISH), outlet="Courier").problems == ()
