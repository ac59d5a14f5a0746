"""The account as data: `sayso account --format json`."""

from __future__ import annotations

from sayso.model import Account, Citation, Line, Section
from sayso.shapes.small import spans_list
from sayso.shapes.writing import Json


def account_dict(account: Account) -> Json:
    """What `sayso account --format json` prints."""
    return {
        "title": account.title,
        "as_of": account.as_of,
        "reports": account.reports,
        "origins": account.origins,
        "sections": [_section(section) for section in account.sections],
    }


def _section(section: Section) -> Json:
    return {"key": section.key.value, "heading": section.heading, "lines": [line_dict(line) for line in section.lines]}


def line_dict(line: Line) -> Json:
    return {
        "id": line.id,
        "text": line.text,
        "status": line.status.value,
        "rule": line.rule,
        "question": line.question,
        "claims": list(line.claims),
        "citations": [citation_dict(citation) for citation in line.citations],
    }


def citation_dict(citation: Citation) -> Json:
    return {
        "statement": citation.statement,
        "report": citation.report,
        "outlet": citation.outlet,
        "url": citation.url,
        "published": citation.published,
        "spans": spans_list(citation.spans),
        "exact": citation.exact,
    }
