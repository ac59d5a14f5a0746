"""The fence around a reader: whatever goes wrong in one input becomes a problem that names it."""

from __future__ import annotations

from collections.abc import Callable

from sayso.errors import SaysoError
from sayso.ingest.context import Context, Found
from sayso.model import Problem


def guarded(read: Callable[[bytes, Context], Found], raw: bytes, context: Context) -> Found:
    """What ``read`` finds in ``raw``, and a problem in place of any error."""
    try:
        yield from read(raw, context)
    except SaysoError as error:
        yield error.problem
    except RecursionError:
        yield Problem("nested too deeply to be read", context.where, "Give the text itself in a simpler form.")
    except MemoryError:
        yield Problem("too large for the memory of this machine", context.where, "Split it into smaller files.")
    # Parsers of broken input raise anything at all; one bad input must never end the run of a thousand.
    except Exception as error:
        yield Problem(
            f"could not be read ({type(error).__name__})",
            context.where,
            "Check that it opens elsewhere; if it does, report this as a defect of sayso.",
        )
