"""A bare text that somebody hands over, as a report: nothing is fetched, guessed or kept."""

from __future__ import annotations

from sayso.ingest.blocks import find_blocks
from sayso.ingest.dates import read_instant
from sayso.ingest.reports import sha256_of
from sayso.model import Capture, Report


def report_of_text(text: str, *, place: str, outlet: str | None = None, published: str | None = None) -> Report:
    """The report whose canonical text is ``text``, character for character.

    Raises ValueError where ``published`` is no time.
    """
    when = read_instant(published) if published else None
    if published and when is None:
        raise ValueError(f"{published!r} is no time")
    sha256 = sha256_of(text.encode("utf-8", "surrogatepass"))
    return Report(
        id=Report.make_id(sha256=sha256, url=None, outlet=outlet, published=when),
        sha256=sha256,
        text=text,
        blocks=find_blocks(text),
        media_type="text/plain",
        capture=Capture("", "text", place),
        outlet=outlet,
        published=when,
    )
