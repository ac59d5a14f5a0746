"""Markdown: rendered to plain text, so that marks and link targets do not stand among the words."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sayso.ingest.blocks import mark_units
from sayso.ingest.context import Context, Found
from sayso.ingest.decode import decode
from sayso.ingest.markup import Piece, assemble, parse_fragment, pieces_of, tidy_piece
from sayso.ingest.metadata import read_front_matter
from sayso.ingest.reports import check_text, make_captured
from sayso.model import BlockKind


def read_markdown(raw: bytes, context: Context) -> Found:
    """One report. Front matter gives its fields and is no part of the text."""
    source, _, note = decode(raw, where=context.where, declared=context.charset)
    check_text(source, context)
    front = read_front_matter(source, where=context.where)
    tokens = MarkdownIt("commonmark").enable("table").parse(source[front.end :])
    text, units = assemble(_pieces(tokens))
    yield make_captured(
        raw,
        text,
        mark_units(text, units, title=context.given.over(front.metadata).title),
        context=context,
        media_type="text/markdown",
        found=front.metadata,
        problems=(*((note,) if note else ()), *front.problems),
    )


def _pieces(tokens: Sequence[Token]) -> list[Piece]:
    pieces: list[Piece] = []
    quotes = lists = headings = 0
    for token in tokens:
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        lists += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        headings += {"heading_open": 1, "heading_close": -1}.get(token.type, 0)
        if quotes:
            kind: BlockKind | None = BlockKind.QUOTE
        elif headings:
            kind = BlockKind.HEADLINE
        else:
            kind = BlockKind.LIST if lists else None
        if token.type == "html_block":
            tree = parse_fragment(token.content)
            pieces += pieces_of(tree) if tree is not None else []
        elif token.type in {"fence", "code_block"}:
            pieces += _piece(token.content, kind)
        elif token.type == "inline":
            children = token.children or []
            only_image = [c.type for c in children if c.content.strip() or c.type == "image"] == ["image"]
            pieces += _piece(_words(children), BlockKind.CAPTION if only_image else kind)
    return pieces


def _piece(words: str, kind: BlockKind | None) -> list[Piece]:
    text = tidy_piece(words)
    return [Piece(text, kind)] if text else []


def _words(tokens: Sequence[Token]) -> str:
    words: list[str] = []
    for token in tokens:
        if token.type == "softbreak":
            words.append(" ")
        elif token.type == "hardbreak":
            words.append("\n")
        elif token.type in {"text", "code_inline", "image", "text_special"}:
            words.append(token.content)
    return "".join(words)
