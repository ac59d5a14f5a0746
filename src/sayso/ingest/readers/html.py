"""A web page: trafilatura finds the article; block quotes that it lost are put back where they stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html

from sayso.errors import InputError
from sayso.ingest.blocks import mark_units, same_title
from sayso.ingest.context import Context, Found
from sayso.ingest.decode import decode
from sayso.ingest.markup import Piece, assemble, pieces_of, tidy_piece
from sayso.ingest.page_metadata import DATE_PARAMETERS, page_metadata
from sayso.ingest.reports import make_captured
from sayso.model import BlockKind, Problem

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^\w]+")
_NEAR = 4  # pieces between a lost quotation and one that was kept; further away it belongs to something else
_SHORTEST_ARTICLE = 2  # words


def read_html(raw: bytes, context: Context) -> Found:
    """One report: title, article text with its quotations, metadata. The page as a whole stays in the raw bytes."""
    page, note = _decode_page(raw, context)
    tree = load_html(page)
    if tree is None:
        raise InputError("no HTML page", where=context.where, remedy="Give the page as a browser saves it.")
    document = bare_extraction(
        deepcopy(tree),
        url=context.url,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params=DATE_PARAMETERS,
    )
    if isinstance(document, dict):  # only with as_dict, which we do not ask for
        document = None
    found = page_metadata(tree, document, address=context.url)
    pieces = _article_pieces(document.body) if document is not None and document.body is not None else []
    problems = [note] if note else []
    if not pieces:
        pieces = pieces_of(tree, without_clutter=True)
        if pieces:
            problems.append(
                Problem(
                    "no article was found on the page, so its whole text was taken",
                    context.where,
                    "Give the page of one article if this one lists many.",
                )
            )
    elif tree.find(".//blockquote") is not None:
        pieces = _with_quotes(pieces, pieces_of(tree, without_clutter=True))
    pieces = _with_kinds_of_page(pieces, tree)
    title = context.given.title or found.title
    if sum(len(piece.text.split()) for piece in pieces) >= _SHORTEST_ARTICLE:
        pieces = _with_title(pieces, title)
    text, units = assemble(pieces)
    yield make_captured(
        raw,
        text,
        mark_units(text, units, title=title),
        context=context,
        media_type="text/html",
        found=found,
        problems=tuple(problems),
    )


def _decode_page(raw: bytes, context: Context) -> tuple[str, Problem | None]:
    """The page's characters: by its mark, the server's word, the page's own word, or a guess."""
    declared = context.charset
    if declared is None and (meta := _META_CHARSET.search(raw[:4096])):
        declared = meta[1].decode("ascii")
    text, _, note = decode(raw, where=context.where, declared=declared)
    return text, note


def _article_pieces(body: etree._Element) -> list[Piece]:
    """The pieces of trafilatura's own tree."""
    pieces: list[Piece] = []
    for element in body:
        pieces += _pieces_below(element, None)
    return pieces


def _pieces_below(element: etree._Element, kind: BlockKind | None) -> list[Piece]:
    tag = element.tag if isinstance(element.tag, str) else ""
    kind = {"head": BlockKind.HEADLINE, "quote": BlockKind.QUOTE, "item": BlockKind.LIST}.get(tag, kind)
    pieces: list[Piece] = []
    words: list[str] = [element.text or ""]

    def flush() -> None:
        text = tidy_piece("".join(words))
        words.clear()
        if text:
            pieces.append(Piece(text, kind))

    for child in element:
        child_tag = child.tag if isinstance(child.tag, str) else ""
        if child_tag in {"p", "list", "item", "quote", "table", "row", "head", "div"}:
            flush()
            pieces += _pieces_below(child, kind)
        elif child_tag == "lb":
            words.append("\n")
        elif child_tag == "cell":
            words.append(" ".join("".join(child.itertext()).split()) + " ")
        elif child_tag:
            words.append("".join(child.itertext()))
        words.append(child.tail or "")
    flush()
    return pieces


def _with_quotes(pieces: Sequence[Piece], whole: Sequence[Piece]) -> list[Piece]:
    """Puts back block quotes that stand on the page beside kept text, and were not kept themselves."""
    kept = [_bare(piece.text) for piece in pieces]
    all_kept = " ".join(kept)
    place_of = {words: at for at, words in reversed(list(enumerate(kept))) if words}
    bare = [_bare(piece.text) for piece in whole]
    additions: dict[int, list[Piece]] = {}
    quoted: set[str] = set()
    for at, piece in enumerate(whole):
        if piece.kind is not BlockKind.QUOTE or not bare[at]:
            continue
        quoted.add(bare[at])
        if bare[at] in all_kept:
            continue
        before = next((place_of[b] for b in reversed(bare[max(0, at - _NEAR) : at]) if b in place_of), None)
        after = next((place_of[b] for b in bare[at + 1 : at + 1 + _NEAR] if b in place_of), None)
        if before is not None:
            additions.setdefault(before, []).append(piece)
        elif after is not None:
            additions.setdefault(after - 1, []).append(piece)
    out = list(additions.get(-1, ()))
    for at, piece in enumerate(pieces):
        is_quote = piece.kind is None and kept[at] in quoted
        out.append(Piece(piece.text, BlockKind.QUOTE) if is_quote else piece)
        out += additions.get(at, ())
    return out


def _with_kinds_of_page(pieces: Sequence[Piece], tree: HtmlElement) -> list[Piece]:
    """Captions and credits that came through as paragraphs get the kind that the page's markup gives them."""
    captions = _texts_of(tree, "//figcaption | //*[contains(concat(' ', @class, ' '), ' wp-caption-text ')]")
    credits = _texts_of(tree, "//figure//*[contains(@class, 'credit') or contains(@class, 'copyright')]")
    out: list[Piece] = []
    for piece in pieces:
        words = _bare(piece.text)
        if piece.kind is None and words in credits:
            out.append(Piece(piece.text, BlockKind.CREDIT))
        elif piece.kind is None and words in captions:
            out.append(Piece(piece.text, BlockKind.CAPTION))
        else:
            out.append(piece)
    return out


def _with_title(pieces: Sequence[Piece], title: str | None) -> list[Piece]:
    """The title as the first piece, unless it is among the first already."""
    out = list(pieces)
    if not title:
        return out
    for at, piece in enumerate(out[:3]):
        if same_title(piece.text, title):
            out[at] = Piece(piece.text, BlockKind.HEADLINE)
            return out
    return [Piece(title, BlockKind.HEADLINE), *out]


def _texts_of(tree: HtmlElement, path: str) -> set[str]:
    found = tree.xpath(path)
    return (
        {_bare(" ".join(e.itertext())) for e in found if isinstance(e, etree._Element)} - {""}
        if isinstance(found, list)
        else set()
    )


def _bare(words: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", words).split()).casefold()
