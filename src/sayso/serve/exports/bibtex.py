"""The cited reports as BibTeX: one ``@misc`` each, which every bibliography style knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.account.labels import web_link
from sayso.serve.exports.gathered import Told
from sayso.serve.exports.times import iso, numbers
from sayso.serve.terminal import one_line

# A backslash before a brace hides it from LaTeX and not from BibTeX, which counts braces: hence words for them.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    **{letter: f"\\{letter}" for letter in "#$%&_"},
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(told: Iterable[Told], cited: frozenset[str]) -> Iterator[str]:
    """An entry for each report of ``cited``, by its id, which is its key. UTF-8, as biber and current BibTeX styles read it."""
    for each in told:
        if each.report.id in cited:
            yield _entry(each)


def _entry(told: Told) -> str:
    report = told.report
    published = numbers(report.published.value if report.published else None)
    accessed = numbers(report.capture.captured_at)
    note = f"sayso {report.id}, SHA-256 {report.sha256}"
    fields = {
        "author": _whole(report.byline and without_by(report.byline)),
        "title": _whole(report.title),
        "howpublished": _whole(report.outlet),
        "date": iso(published[:3]) if published else None,
        "year": f"{published[0]:04d}" if published else None,
        "month": _MONTHS[published[1] - 1] if len(published) > 1 else None,
        "url": web_link(report.url),
        "urldate": iso(accessed[:3]) if accessed else None,
        "note": escaped(f"Withdrawn. {note}" if told.withdrawn else note),
    }
    lines = [
        f"  {name} = {value if name == 'month' else '{' + value + '}'},\n" for name, value in fields.items() if value
    ]
    return f"@misc{{{report.id},\n{''.join(lines)}}}\n\n"


def _whole(text: str | None) -> str | None:
    """Text that a style leaves as it is: no capital lowered, no name taken apart at an "and"."""
    line = escaped(text or "")
    return f"{{{line}}}" if line else None


def escaped(text: str) -> str:
    """``text`` on one line, with nothing in it that TeX or BibTeX would act on."""
    return "".join(_SPECIAL.get(letter, letter) for letter in one_line(text))


def without_by(byline: str) -> str:
    return byline[3:].strip() if byline[:3].casefold() == "by " else byline
