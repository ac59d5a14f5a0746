"""How a reader sees statuses, dates, counts and citations: one place for the words of every rendering."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from sayso.account.gate_framing import MONTHS
from sayso.model import Account, BlockKind, Citation, OriginType, Report, Status


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What a status is called, and what it means, for someone who has never read our documentation."""

    name: str
    meaning: str


STATUS_WORDS: dict[Status, StatusWords] = {
    Status.AGREED: StatusWords(
        "Agreed", "Actors on different sides say the same, or one admits it against their own interest."
    ),
    Status.CORROBORATED: StatusWords("Corroborated", "More than one independent origin says so, and none disputes it."),
    Status.REPORTED: StatusWords("Reported", "One origin says so, and none disputes it."),
    Status.CLAIMED: StatusWords("Claimed by one side", "Only actors on one side say so, and it serves that side."),
    Status.DISPUTED: StatusWords("Disputed", "Actors contradict each other, and the reports do not settle it."),
    Status.REVISED: StatusWords("Revised", "Whoever said it first has since said otherwise."),
    Status.WITHDRAWN: StatusWords("Withdrawn", "Whoever said it has taken it back."),
    Status.OPEN: StatusWords("Not known", "The reports raise the question and do not answer it."),
}

ORIGIN_WORDS: dict[OriginType, str] = {
    OriginType.WITNESS: "who saw it",
    OriginType.OWN_REPORTING: "own reporting",
    OriginType.PARTY: "a party to the matter",
    OriginType.OFFICIAL_RECORD: "whose office it is",
    OriginType.ANALYST: "who studies such things",
    OriginType.REHASH: "passed on",
    OriginType.UNKNOWN: "how they know it is not told",
}

_OUTLET_CHARACTERS = 60  # a name longer than two lines on a phone is damage or an attack, not a name

_OPENING_CHARACTERS = 70  # of a report's beginning that stand for a title it lacks: about a line of a list of reports

_STAMP = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<clock>\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?"
)


def rule_words(rule: str) -> str:
    """A rule's name as words: ``two_origins`` becomes "two origins"; a rule written as a sentence stays."""
    return rule if " " in rule else rule.replace("_", " ").replace("-", " ")


def date_words(stamp: str | None, *, year: bool = True, clock: bool = False) -> str:
    """An ISO 8601 time as a reader writes it ("23 May 2023"), no finer than it is known; "" if there is none.

    A stamp that is no ISO time is given back as it is: better odd than lost.
    """
    read = _STAMP.fullmatch(stamp or "")
    if read is None or (read["month"] and not 1 <= int(read["month"]) <= 12):
        return stamp or ""
    if read["month"] is None:
        return read["year"]
    words = MONTHS[int(read["month"]) - 1]
    if read["day"]:
        words = f"{int(read['day'])} {words}"
    if year or not read["day"]:
        words += f" {read['year']}"
    if clock and read["clock"]:
        zone = {"Z": " UTC", "+00:00": " UTC", "+0000": " UTC"}.get(read["zone"] or "", f" {read['zone'] or ''}")
        words += f", {read['clock']}{zone}".rstrip()
    return words


def year_of(stamp: str | None) -> str | None:
    return stamp[:4] if stamp and _STAMP.fullmatch(stamp) else None


def counted(number: int, noun: str) -> str:
    """ "1 report", "2 reports"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def cited_outlets(account: Account) -> str:
    """ "9 outlets cited": how many outlets the lines of an account rest on; "" where none is named."""
    outlets = {c.outlet for section in account.sections for line in section.lines for c in line.citations if c.outlet}
    return f"{counted(len(outlets), 'outlet')} cited" if outlets else ""


def web_link(url: str | None) -> str | None:
    """The address, made safe to stand in a link, if it is one of the web; else None.

    Only http and https with a host pass: never javascript:, data:, file: or a relative path.
    """
    if not url or any(ord(letter) < 33 or letter in "\"'<>\\^`{|}" or is_control(letter) for letter in url):
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        return quote(url, safe="%/:=&?~#+!$,;@()*[]-._")
    except (ValueError, UnicodeError):
        return None


def outlet_words(outlet: str | None, url: str | None, report: str) -> str:
    """The outlet's name; failing that the site, failing that the report's id."""
    if outlet and outlet.strip():
        name = " ".join(outlet.split())
        return name if len(name) <= _OUTLET_CHARACTERS else f"{name[:_OUTLET_CHARACTERS]}…"
    link = web_link(url)
    if link:
        return (urlsplit(link).hostname or report).removeprefix("www.")
    return f"report {report}"


def report_title(report: Report) -> str:
    """What tells a report from the next one of its outlet: title, else headline, else how it begins."""
    headline = next((block.span.of(report.text) for block in report.blocks if block.kind is BlockKind.HEADLINE), "")
    for words in (report.title or "", headline):
        if words.strip():
            return " ".join(words.split())
    opening = " ".join(report.text[: 2 * _OPENING_CHARACTERS].split())
    return opening if len(opening) <= _OPENING_CHARACTERS else opening[:_OPENING_CHARACTERS].rsplit(" ", 1)[0] + " …"


def citation_words(citation: Citation, *, this_year: str | None = None) -> str:
    """What a citation is called: "The Corran Herald, 12 March"; with the year if it is not ``this_year``."""
    outlet = outlet_words(citation.outlet, citation.url, citation.report)
    when = date_words(citation.published, year=this_year is None or year_of(citation.published) != this_year)
    return f"{outlet}, {when}" if when else outlet


def quoted(words: str) -> str:
    """Words of a report in quotation marks, unless they hold some themselves: then they stand as they are."""
    return words if any(mark in words for mark in '“”"„«»') else f"“{words}”"


# Overrides and isolates can make a passage read as what it does not say; the marks for a single letter's
# direction (U+200E, U+200F, U+061C) are harmless and needed in right-to-left text.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_control(letter: str) -> bool:
    """Whether a character acts on the text around it instead of standing in it."""
    return letter in _REORDERING or unicodedata.category(letter) in ("Cc", "Cs")


def visible(text: str) -> str:
    """Text with every acting character but tab and line break made visible, so that none can act.

    A control character becomes its picture, a reordering character its code in brackets, half a surrogate
    pair the replacement character.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(letter) for letter in text)


def _shown(letter: str) -> str:
    if letter in "\n\t" or not is_control(letter):
        return letter
    if letter in _REORDERING:
        return f"[U+{ord(letter):04X}]"
    if unicodedata.category(letter) == "Cs":
        return "\ufffd"
    code = ord(letter)
    if letter == "\r":
        return "\n"
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
