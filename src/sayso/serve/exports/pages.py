"""The account for people: one self-contained HTML page, or Markdown, as `sayso account` writes them."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.account import to_html, to_markdown
from sayso.model import Account, Linked, Report
from sayso.serve.terminal import plain


def html(account: Account, reports: Sequence[Report], linked: Linked) -> str:
    """One HTML file that needs no network: every citation opens the passage in its report."""
    return to_html(account, reports, linked=linked)


def markdown(account: Account) -> str:
    """Markdown with footnotes."""
    return plain(to_markdown(account))
