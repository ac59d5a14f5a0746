"""Annotators' sheets: attributions written down in the words of the text, each found again or named as an error.

A sheet holds one document's attributions in the order of the text, a block of lines each, blocks parted by empty lines::

    @ 3                          number of the sentence in which the cue stands (`number_sentences`)
    S: the mayor … Kell          source; "-" when there is none
    C: said                      cue
    X: that … open || No one …   content; pieces parted by ||
    A: assert                    act
    N: yes                       only when negated
    H: may                       hedge, as it stands
    R: Radio Nord = outlet       relays, nearest to the speaker first, parted by ||
    M: briefing                  medium
    Q: two officers              on whose word the source tells it ("citing …")
    W: Ivo Kell                  whom a pronoun or description stands for, as it stands in the text

An ellipsis (… or ...) between words stands for what is between them: the span runs from the first words to the last.
`docs/annotation.md` says what to write down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sayso.model import Act, HopKind

_ACTS = {act.value for act in Act}
_HOPS = {kind.value for kind in HopKind}
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*")

Spans = list[tuple[int, int]]


class SheetError(ValueError):
    """A line of a sheet that cannot be found in the text, or is not as the rules say."""


@dataclass
class Block:
    """One attribution as written on a sheet: its fields by letter, and the line where it begins."""

    line: int
    fields: dict[str, str] = field(default_factory=dict)


def number_sentences(text: str) -> Spans:
    """Rough sentences, for numbering only: split after closing punctuation before a capital, and at line breaks."""
    bounds, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        bounds.append((start, match.start()))
        start = match.end()
    bounds.append((start, len(text)))
    return [(a, b) for a, b in bounds if text[a:b].strip()]


def read_blocks(sheet: str) -> list[Block]:
    blocks: list[Block] = []
    for number, raw in enumerate(sheet.splitlines(), 1):
        line = raw.strip()
        if line.startswith("@"):
            blocks.append(Block(number, {"@": line[1:].strip()}))
        elif line and not line.startswith("#"):
            letter, colon, value = line.partition(":")
            if not colon or letter not in "SCXANHRMQW" or not blocks:
                raise SheetError(f"line {number}: not a field: {line[:60]}")
            if letter in blocks[-1].fields:
                raise SheetError(f"line {number}: {letter} twice in one block")
            blocks[-1].fields[letter] = value.strip()
    return blocks


def find(words: str, text: str, *, near: int, within: tuple[int, int]) -> tuple[int, int]:
    """The occurrence of ``words`` inside ``within`` that begins nearest to ``near``; an ellipsis spans what is between."""
    parts = [p for p in _ELLIPSIS.split(words) if p]
    if not parts:
        raise SheetError("empty span")
    pattern = [r"\s+".join(re.escape(w) for w in p.split()) for p in parts]
    starts = [m.span() for m in re.finditer(rf"(?<!\w){pattern[0]}(?!\w)", text) if within[0] <= m.start() < within[1]]
    if not starts:
        starts = [m.span() for m in re.finditer(pattern[0], text) if within[0] <= m.start() < within[1]]
    if not starts:
        raise SheetError(f"not found here: {parts[0][:60]!r}")
    start, end = min(starts, key=lambda span: abs(span[0] - near))
    for piece in pattern[1:]:
        match = re.compile(piece).search(text, end)
        if match is None:
            raise SheetError(f"not found after {text[start:end][:30]!r}: {piece[:60]!r}")
        end = match.end()
    return start, end


def place(block: Block, text: str) -> dict[str, object]:
    """One statement with offsets from one block."""
    sentences = number_sentences(text)
    fields = block.fields
    try:
        sentence = sentences[int(fields["@"]) - 1]
    except (ValueError, IndexError):
        raise SheetError(f"no sentence {fields['@']!r}; the text has {len(sentences)}") from None
    around = (max(0, sentence[0] - 300), min(len(text), sentence[1] + 300))
    for letter in "SCXA":
        if not fields.get(letter):
            raise SheetError(f"{letter} is missing")
    if fields["A"] not in _ACTS:
        raise SheetError(f"no such act: {fields['A']}")
    content: Spans = []
    near = sentence[0]
    for piece in fields["X"].split("||"):
        wide = (max(0, sentence[0] - 1500), min(len(text), sentence[1] + 4000))
        found = find(piece.strip(), text, near=near, within=sentence if _in(piece, text, sentence) else wide)
        content.append(_closed(found, text))
        near = content[-1][1]
    cue_near = content[0][0]
    source: Spans = []
    cue = find(fields["C"], text, near=cue_near, within=sentence if _in(fields["C"], text, sentence) else around)
    if fields["S"] != "-":
        for piece in fields["S"].split("||"):
            inside = sentence if _in(piece, text, sentence) else around
            source.append(find(piece.strip(), text, near=cue[0], within=inside))
            cue = find(
                fields["C"], text, near=source[-1][1], within=sentence if _in(fields["C"], text, sentence) else around
            )
    statement: dict[str, object] = {
        "source": source,
        "cue": [cue],
        "content": content,
        "act": fields["A"],
        "negated": fields.get("N", "no").lower().startswith("y"),
        "hedge": None,
        "relay": [],
        "medium": fields.get("M") or None,
        "who": None,
        "word_of": None,
    }
    if fields.get("H"):
        statement["hedge"] = find(
            fields["H"], text, near=cue[0], within=around if not _in(fields["H"], text, sentence) else sentence
        )
    if fields.get("R"):
        hops = []
        for hop in fields["R"].split("||"):
            name, _, kind = hop.rpartition("=")
            if kind.strip() not in _HOPS:
                raise SheetError(f"no such kind of relay: {hop!r}")
            hops.append({"span": find(name.strip(), text, near=cue[0], within=(0, len(text))), "kind": kind.strip()})
        statement["relay"] = hops
    for letter, name in (("W", "who"), ("Q", "word_of")):
        if fields.get(letter):
            statement[name] = find(fields[letter], text, near=cue[0], within=(0, len(text)))
    check_apart(statement, text)
    return statement


def _closed(span: tuple[int, int], text: str) -> tuple[int, int]:
    """A quotation with its closing mark: the numbered view of a text hides one that stands behind a full stop."""
    start, end = span
    opens = text[start] in '"“' and not any(c in '"”' for c in text[start + 1 : end])
    return (start, end + 1) if opens and text[end : end + 1] in ("”", '"') else span


def _in(piece: str, text: str, sentence: tuple[int, int]) -> bool:
    first = _ELLIPSIS.split(piece.strip())[0].split()
    return bool(first) and re.search(r"\s+".join(map(re.escape, first)), text[sentence[0] : sentence[1]]) is not None


def check_apart(statement: dict[str, object], text: str) -> None:
    """Refuses a source, cue and content of one statement that share characters."""
    roles = [(r, s) for r in ("source", "cue", "content") for s in statement[r]]  # type: ignore[attr-defined]
    for i, (role, (a, b)) in enumerate(roles):
        for other, (c, d) in roles[i + 1 :]:
            if a < d and c < b:
                raise SheetError(f"{role} {text[a:b][:40]!r} and {other} {text[c:d][:40]!r} overlap")


def compile_sheet(sheet: str, text: str) -> tuple[list[dict[str, object]], list[str]]:
    """Every statement of a sheet that could be placed, and an error for each that could not."""
    statements, errors = [], []
    try:
        blocks = read_blocks(sheet)
    except SheetError as error:
        return [], [str(error)]
    for block in blocks:
        try:
            statements.append(place(block, text))
        except SheetError as error:
            errors.append(f"line {block.line}: {error}")
    return statements, errors
