"""Whom a report credits: agencies in its dateline, byline or credit line, and outlets it says it has things from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sayso.link.actors import fold
from sayso.model import BlockKind, Extraction, HopKind, Report

# Agencies whose copy runs in other outlets under their name. To add one, add a word.
AGENCIES = frozenset(
    """reuters afp ap upi dpa efe ansa ap tass interfax ria unian ukrinform xinhua kyodo anadolu pti ians belga apa tanjug
    cp pa bloomberg""".split()
)
# Agencies that are also credited by their full name, as `key` has it.
_FULL_NAMES = {
    "associated press": "ap", "agence france presse": "afp", "united press international": "upi", "deutsche presse agentur": "dpa",
    "canadian press": "cp", "press association": "pa", "press trust of india": "pti",
}  # fmt: skip
_BRACKETED = re.compile(r"\(([A-Z][\w.&/ ’'-]{1,30})\)")
_CREDIT = re.compile(
    r"\b(?:source|by|from|with|via|reporting by|photo|courtesy of|originally published (?:by|on|in)|according to)\s*:?\s+(?:the\s+)?"
    r"([A-Z][\w&.’'-]*(?:\s+[A-Z0-9][\w&.’'-]*){0,3})"
)
# "The Associated Press contributed to this report."
_CONTRIBUTED = re.compile(
    r"\b(?:The\s+)?([A-Z][\w&.’'-]*(?:\s+[A-Z][\w&.’'-]*){0,3})\s+(?:also\s+)?contributed\s+(?:to\s+this\s+(?:report|story|article|piece|dispatch)|reporting)\b"
)
_FIRST_WORDS = 90  # a dateline stands at the very beginning of the first paragraph


def key(name: str) -> str:
    """The name of an outlet or agency as credits are compared: folded, without what its web address adds."""
    words = [
        w
        for w in fold(re.sub(r"\.(?:com|org|net|info|example|co\.\w\w)\b", "", name))
        if w not in {"news", "agenci", "agency", "www", "state"}
    ]
    plain = " ".join(words)
    return _FULL_NAMES.get(plain.removeprefix("the "), plain)


def credited_by_form(report: Report) -> frozenset[str]:
    """Agencies and outlets named where a wire credit stands: byline, credit line, dateline, "(Norwire)" at the start."""
    found = set()
    if report.byline:
        found.add(key(report.byline))
        found.update(key(part) for part in re.split(r"[,/&;]| and | with ", report.byline))
    paragraphs = [b for b in report.blocks if b.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE)]
    for block in report.blocks:
        words = block.span.of(report.text)
        if block.kind is BlockKind.CREDIT:
            found.update(key(m) for m in _CREDIT.findall(words))
            found.update(key(part) for part in re.split(r"[,/&;]| and ", words))
        elif block.kind is BlockKind.DATELINE:
            found.update(key(m) for m in _BRACKETED.findall(words))
            found.update(key(part) for part in re.split(r"[,/&;()—–-]", words))
    for block in (*paragraphs[:1], *paragraphs[-1:]):
        words = block.span.of(report.text)
        if block is paragraphs[0]:
            found.update(key(m) for m in _BRACKETED.findall(words[:_FIRST_WORDS]))
        elif len(words) < 160:
            found.update(key(m) for m in (*_CREDIT.findall(words), *_CONTRIBUTED.findall(words)))
    return frozenset(f for f in found if f) - {key(report.outlet or "")}


def credited_by_relay(report: Report, extraction: Extraction | None) -> frozenset[str]:
    """Outlets and agencies through which statements of the report reached it ("told the Courier", "Norwire reported")."""
    hops = [hop for s in (extraction.statements if extraction else ()) for hop in s.relay]
    names = {key(hop.name) for hop in hops if hop.kind in (HopKind.OUTLET, HopKind.AGENCY, HopKind.CHANNEL)}
    return frozenset(n for n in names if n) - {key(report.outlet or "")}


def credited_in_words(report: Report, outlet: str | None) -> bool:
    """Whether a report says in its words that it has something from this outlet ("told the Courier", "the Courier reported"):
    what a relay is read from, for a report whose statements nobody has read."""
    name = (outlet or "").strip()
    if len(name) < 2 or key(name) == key(report.outlet or ""):
        return False
    named = re.escape(name.removeprefix("The ").removeprefix("the "))
    pattern = (
        rf"\b(?:told|according to|first reported by|citing|quoted by|reported by|as reported in|published by|from)\s+(?:the\s+)?{named}\b"
        rf"|\b{named}(?:['’]s \w+ \w+)?,?\s+(?:has\s+)?(?:report(?:s|ed)|said|says|wrote|quoted)\b|\({named}\)"
    )
    return re.search(pattern, report.text, re.IGNORECASE) is not None


@lru_cache(maxsize=10_000)
def is_agency(name: str) -> bool:
    return bool(AGENCIES & set(name.split()))


def known_names(reports: Iterable[Report]) -> dict[str, str]:
    """The outlets of this ledger by key, so that a credit can be followed to them."""
    return {key(r.outlet): r.outlet for r in sorted(reports, key=lambda r: r.id) if r.outlet and key(r.outlet)}
