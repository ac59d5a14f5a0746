"""An account as Markdown (CommonMark with GitHub's footnotes). Report text can make no markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.account.labels import (
    STATUS_WORDS,
    citation_words,
    cited_outlets,
    counted,
    date_words,
    quoted,
    rule_words,
    visible,
    web_link,
)
from sayso.model import Account, Citation, Line

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
# What marks up only at the start of a line is escaped only there: Markdown is read as plain text, too.
_START = re.compile(r"^(\s*)(?:([-+*=#>|~]+)(?=\s|$|[-=#>])|(\d+)([.)])(?=\s|$))")
_INLINE = re.compile(r"[\\`*_\[\]<>&~|$^@]|!(?=\[)|:(?=//)|(?<=\b[wW]{3})\.|:(?=\w+:)")


def to_markdown(account: Account) -> str:
    """The whole account: what it rests on, its sections in order, then the words behind every citation."""
    notes = _Notes()
    parts = [f"# {escape(account.title)}", _standing(account)]
    sections = [section for section in account.sections if section.lines]
    for section in sections:
        parts.append(f"## {escape(section.heading)}")
        parts.append("\n".join(_line(line, notes) for line in section.lines))
    if not sections:
        parts.append("There is nothing to say yet: these reports gave no line that stands in their words.")
    used = {line.status for section in sections for line in section.lines}
    if used:
        parts.append("## What the status words mean")
        parts.append(
            "\n".join(
                f"- **{words.name}**: {words.meaning}" for status, words in STATUS_WORDS.items() if status in used
            )
        )
    parts.extend(notes.written())
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Text that Markdown shows letter for letter: no markup, no HTML, no link, one line."""
    text = " ".join(visible(text).split())
    text = _INLINE.sub(lambda found: _ENTITIES.get(found[0]) or "\\" + found[0], text)
    return _START.sub(_escape_start, text)


def _escape_start(found: re.Match[str]) -> str:
    if found[3]:
        return f"{found[1]}{found[3]}\\{found[4]}"
    return found[1] + "".join(mark if mark.isspace() else "\\" + mark for mark in found[2])


def _standing(account: Account) -> str:
    as_of = f"As of {escape(date_words(account.as_of, clock=True))}. " if account.as_of else ""
    outlets = cited_outlets(account)
    return (
        f"*{as_of}{counted(account.reports, 'report')} from {counted(account.origins, 'independent origin')}"
        f"{f', {outlets}' if outlets else ''}."
        " Every line leads to the words it rests on.*"
    )


def _line(line: Line, notes: _Notes) -> str:
    marks = "".join(f"[^{notes.number(citation)}]" for citation in line.citations)
    status = STATUS_WORDS[line.status].name
    words = rule_words(line.rule)
    # "Disputed: disputed" tells nobody anything.
    rule = f": {escape(words)}" if words and words.lower() not in status.lower() else ""
    return f"- {escape(line.text)} *({status}{rule})*{' ' if marks else ''}{marks}"


class _Notes:
    """Numbers the citations in the order of their first use; the same words of a report are one note."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, tuple[tuple[int, int], ...]], int] = {}
        self._citations: list[Citation] = []

    def number(self, citation: Citation) -> int:
        key = (citation.report, tuple((span.start, span.end) for span in citation.spans))
        if key not in self._numbers:
            self._citations.append(citation)
            self._numbers[key] = len(self._citations)
        return self._numbers[key]

    def written(self) -> Iterator[str]:
        for number, citation in enumerate(self._citations, start=1):
            link = web_link(citation.url)
            where = f"<{link}>" if link else f"report `{citation.report.replace('`', '')}`"
            yield f"[^{number}]: {escape(citation_words(citation))}: {escape(quoted(citation.exact))} {where}"
