"""The account: lines written from records, checked by the gate, rendered as Markdown, HTML and JSON."""

from __future__ import annotations

from sayso.account.compose import compose
from sayso.account.gate import Check, GateFailure, check_account, check_line
from sayso.account.html import to_html
from sayso.account.markdown import to_markdown

__all__ = ["Check", "GateFailure", "check_account", "check_line", "compose", "to_html", "to_markdown"]
