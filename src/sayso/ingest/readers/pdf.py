"""PDF: the text that stands in the file, page after page. Pictures of text are not read."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from sayso.errors import InputError
from sayso.ingest.blocks import find_blocks
from sayso.ingest.context import Context, Found
from sayso.ingest.metadata import clean
from sayso.ingest.reports import make_captured
from sayso.model import Block, BlockKind, Problem

_DIGITS = re.compile(r"\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# A broken file makes pypdf warn thousands of times, of which none says more than the problem does; whoever sets up logging sees them still.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
_FEWEST_PAGES = 3  # on which a first or last line must stand to count as a running head


def read_pdf(raw: bytes, context: Context) -> Found:
    """One report. Lines that head or foot most pages are marked as boilerplate."""
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(
                "the PDF is protected by a password", where=context.where, remedy="Save a copy without the password."
            )
        count = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError) as error:
        raise InputError(
            f"the PDF is damaged ({type(error).__name__})", where=context.where, remedy="Get the file again."
        ) from error
    pages, problems = _read_pages(reader, min(count, context.options.max_pages), context)
    if count > context.options.max_pages:
        problems.append(
            Problem(f"only the first {context.options.max_pages} pages were read", context.where, "Split the file.")
        )
    running = _running_lines(pages)
    text = "\n\n".join(page for page in (_set_apart(page, running) for page in pages) if page)
    if not text:
        raise InputError(
            "no text in the PDF; it may hold pictures of its pages",
            where=context.where,
            remedy="Run text recognition (OCR) on it first.",
        )
    blocks = tuple(_marked(block, text, running) for block in find_blocks(text, title=context.given.title))
    yield make_captured(raw, text, blocks, context=context, media_type="application/pdf", problems=tuple(problems))


def _read_pages(reader: PdfReader, count: int, context: Context) -> tuple[list[str], list[Problem]]:
    pages: list[str] = []
    problems: list[Problem] = []
    size = 0
    for number in range(count):
        try:
            words = reader.pages[number].extract_text()
        except Exception as error:  # pypdf raises whatever a broken page makes of it; the other pages still count
            problems.append(
                Problem(
                    f"page {number + 1} could not be read ({type(error).__name__})",
                    context.where,
                    "Look at that page in a viewer.",
                )
            )
            continue
        lines = (_CONTROL.sub(" ", line).rstrip() for line in clean(words).splitlines())
        pages.append("\n".join(lines).strip("\n"))
        size += len(pages[-1])
        if size > context.options.max_text_chars:  # refused in `make_captured`; no need to read on
            break
    return pages, problems


def _running_lines(pages: Sequence[str]) -> frozenset[str]:
    """First and last lines that stand on most pages, whatever page number they carry."""
    count: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        count.update({_DIGITS.sub("0", line) for line in (lines[:2] + lines[-2:])})
    enough = max(_FEWEST_PAGES, len(pages) // 2)
    return frozenset(line for line, times in count.items() if times >= enough)


def _set_apart(page: str, running: frozenset[str]) -> str:
    """The page with blank lines around its running head and foot, so that no paragraph takes them in."""
    lines = page.splitlines()
    apart = (f"\n{line}\n" if _DIGITS.sub("0", line.strip()) in running else line for line in lines)
    return "\n".join(apart).strip("\n")


def _marked(block: Block, text: str, running: frozenset[str]) -> Block:
    """A running head is boilerplate; the headline of the first page stays one though it heads the others too."""
    if block.kind is not BlockKind.HEADLINE and _DIGITS.sub("0", block.span.of(text)) in running:
        return Block(BlockKind.BOILERPLATE, block.span)
    return block
