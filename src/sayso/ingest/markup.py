"""Marked-up text -> pieces: paragraphs, headings, list items, quotations and captions, in reading order.

Used for what an extractor cannot be asked: fragments in feeds, the block quotes that it lost, pages in which it
finds no article. Scripts and styles are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree, html

from sayso.ingest.metadata import clean
from sayso.ingest.paragraphs import Unit
from sayso.model import BlockKind, Span

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "head", "title"}
    | {"button", "select", "option", "textarea", "canvas", "audio", "video"}
)
_CLUTTER = frozenset({"nav", "aside", "footer", "form", "header", "dialog", "menu"})
_CLUTTER_NAMES = re.compile(
    r"(^|[\s_-])(comments?|disqus|related|newsletter|promo|sharing|share|sidebar|menu)($|[\s_-])", re.I
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADLINE),
    "li": BlockKind.LIST,
    "dt": BlockKind.LIST,
    "dd": BlockKind.LIST,
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
}
_BREAKING = frozenset(
    {"html", "body", "center", "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "form"}
    | {"ul", "ol", "dl", "table", "caption", "thead", "tbody", "tr", "td", "th", "pre", "hr", "address", "figure"}
    | {"fieldset", "details", "summary", *_KINDS}
)
_SPACE = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph-like piece of a page; ``kind`` is None for an ordinary paragraph."""

    text: str
    kind: BlockKind | None = None


def parse_fragment(markup: str) -> html.HtmlElement | None:
    """The tree of a piece of HTML; None when there is nothing in it."""
    markup = clean(markup)
    if not markup.strip():
        return None
    try:
        tree: html.HtmlElement = html.fromstring(
            f"<div>{markup}</div>", parser=html.HTMLParser(recover=True, no_network=True)
        )
    except (etree.LxmlError, ValueError):
        return None
    return tree


def pieces_of(tree: html.HtmlElement, *, without_clutter: bool = False) -> list[Piece]:
    """The pieces of a tree. ``without_clutter`` leaves out menus, side bars, forms and readers' comments."""
    return list(_walk(tree, without_clutter))


def assemble(pieces: Iterable[Piece]) -> tuple[str, list[Unit]]:
    """The canonical text of a page, its pieces joined by blank lines, and the pieces as units of it."""
    parts: list[str] = []
    units: list[Unit] = []
    at = 0
    for piece in pieces:
        if parts:
            parts.append("\n\n")
            at += 2
        parts.append(piece.text)
        units.append(Unit(Span(at, at + len(piece.text)), piece.kind, 1 if units else 0))
        at += len(piece.text)
    return "".join(parts), units


def tidy_piece(words: str) -> str:
    """Runs of white space as one space, line breaks kept, nothing at the ends."""
    lines = (_SPACE.sub(" ", line).strip() for line in clean(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(tree: html.HtmlElement, without_clutter: bool) -> Iterator[Piece]:
    """Text between block-level tags is one piece, of the kind of the innermost block that has one."""
    words: list[str] = []
    kinds: list[BlockKind] = []

    def flush() -> Iterator[Piece]:
        text = tidy_piece("".join(words))
        words.clear()
        if text:
            # A paragraph or list within a quotation is part of the quotation.
            quoted = BlockKind.QUOTE if BlockKind.QUOTE in kinds else None
            yield Piece(text, quoted or (kinds[-1] if kinds else None))

    skipping: etree._Element | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is None and (tag in _SKIPPED or (without_clutter and _is_clutter(element, tag))):
                skipping = element
            if skipping is not None:
                continue
            if tag in _BREAKING:
                yield from flush()
            if tag in _KINDS:
                kinds.append(_KINDS[tag])
            if tag == "br":
                words.append("\n")
            words.append(_flat(element.text))
            continue
        if event == "end":
            if skipping is element:
                skipping = None
                if tag in _BREAKING:
                    yield from flush()
            elif skipping is None:
                if tag in _BREAKING:
                    yield from flush()
                if tag in _KINDS:
                    kinds.pop()
        if skipping is None and element is not tree:
            words.append(_flat(element.tail))
    yield from flush()


def _flat(words: str | None) -> str:
    """Line breaks of the markup are only spaces; those of the page are <br>."""
    return words.replace("\n", " ").replace("\r", " ") if words else ""


def _is_clutter(element: etree._Element, tag: str) -> bool:
    if tag in _CLUTTER:
        return True
    if tag in {"html", "body", "article", "main"}:
        return False
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return len(names) > 1 and bool(_CLUTTER_NAMES.search(names))
