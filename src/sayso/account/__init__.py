"""The account: lines written from records, checked by the gate, rendered as Markdown, HTML and JSON."""

from __future__ import annotations

from sayso.account.gate import Check, GateFailure, check_account, check_line

__all__ = ["Check", "GateFailure", "check_account", "check_line"]
