"""Why a message did not get there."""

from __future__ import annotations


class NotSent(Exception):
    """A message that did not get to where it should; it is tried again. The words say why, on one line, without any secret."""
