"""The gate: a line of the account passes only if its numbers, names and quoted words stand in what it cites.

The checks, in the order in which they run (`CHECKS` of one line):

1. it cites something, and every citation's spans and words are those of its report;
2. what it says of itself (framing) is made of closed words and of counts that the citations bear out;
3. words in quotation marks stand so in one citation;
4. numbers stand in the cited spans, or are dates of the cited reports;
5. names stand in the cited spans, or are the cited outlets;
6. no negation is lost, and none is added.

A span that names the actor must be among the cited spans if the line names the actor: where a statement's
own words say "he", cite the mention that gives the name as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from sayso.account import gate_names, gate_negation
from sayso.account.gate_framing import FRAMING_WORDS, STANDING_PHRASES, KnownDates, Tally, counted_phrase
from sayso.account.gate_names import Word, words_of
from sayso.account.gate_numbers import Number, NumberKind, numbers_in, numbers_within, stands_among
from sayso.model import Account, Citation, Line, Origin, Span

#: What joins the words of several spans in `Citation.exact`.
JOINT = " … "


class Check(StrEnum):
    """Which rule a line broke."""

    UNCITED = "uncited"
    SPANS = "spans"
    EXACT = "exact"
    FRAMING = "framing"
    QUOTATION = "quotation"
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class GateFailure:
    """Why a line is refused: the rule it broke, the words that broke it, and what to do, in one sentence."""

    line: str
    check: Check
    words: str
    what: str


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation that holds, with the text of its report."""

    citation: Citation
    text: str

    @property
    def passages(self) -> list[str]:
        return [span.of(self.text) for span in self.citation.spans]


def check_line(
    line: Line,
    texts: Mapping[str, str],
    *,
    framing: tuple[str, ...] = (),
    as_of: str | None = None,
    origins: Sequence[Origin] = (),
) -> list[GateFailure]:
    """Every reason to refuse ``line``; an empty list lets it pass. Never raises.

    ``texts`` gives the canonical text of each report by its id. ``framing`` names substrings of the line that
    are the composer's own ("3 independent origins"): they may hold words of `FRAMING_WORDS`, the cited outlets,
    dates of the cited reports or ``as_of``, and counts that the citations bear out. With ``origins``, a count of
    origins must be exactly that of the cited reports; without, it may not exceed the number of those reports.
    """
    failures: list[GateFailure] = []
    cited = list(_sound_citations(line, texts, failures))
    if not line.citations:
        what = "cite the statement that asks" if line.status.value == "open" else "cite what it rests on, or drop it"
        failures.append(GateFailure(line.id, Check.UNCITED, line.text, f"The line cites nothing: {what}."))
    tally = Tally.of(line.citations, origins)
    stamps = [(item.citation.published, " ".join(item.passages)) for item in cited]
    dates = KnownDates.of([*stamps, (as_of, "")])

    framed = list(_framing(line, framing, tally, dates, failures))
    quoted = list(_quotations(line, cited, failures))
    ours = [*framed, *dates.regions(line.text)]
    failures.extend(_check_numbers(line, cited, [*ours, *quoted], tally))
    failures.extend(_check_names(line, cited, [*ours, *quoted]))
    failures.extend(_check_negations(line, cited, framed))
    return failures


def check_account(
    account: Account,
    texts: Mapping[str, str],
    *,
    framing: Mapping[str, tuple[str, ...]] | None = None,
    origins: Sequence[Origin] = (),
) -> list[GateFailure]:
    """The failures of every line, and of the account's own counts; ``framing`` is by line id."""
    failures: list[GateFailure] = []
    cited: set[str] = set()
    for section in account.sections:
        for line in section.lines:
            own = (framing or {}).get(line.id, ())
            failures.extend(check_line(line, texts, framing=own, as_of=account.as_of, origins=origins))
            cited.update(citation.report for citation in line.citations)
    if account.reports < len(cited):
        what = f"The account says it rests on {account.reports} reports and cites {len(cited)}: count them again."
        failures.append(GateFailure("", Check.COUNT, str(account.reports), what))
    if account.origins > account.reports:
        what = f"The account counts {account.origins} origins in {account.reports} reports: there cannot be more."
        failures.append(GateFailure("", Check.COUNT, str(account.origins), what))
    return failures


# ---------------------------------------------------------------------------------------------------
# 1. Citations


def _sound_citations(line: Line, texts: Mapping[str, str], failures: list[GateFailure]) -> Iterator[_Cited]:
    """The citations whose spans and words are those of their report; the others become failures."""
    for citation in line.citations:
        text = texts.get(citation.report)
        if text is None:
            what = f"Report {citation.report} is not at hand: add it, or drop the citation."
            failures.append(GateFailure(line.id, Check.SPANS, citation.exact, what))
        elif not citation.spans or any(not 0 <= span.start < span.end <= len(text) for span in citation.spans):
            what = f"The spans of {citation.statement} do not lie within report {citation.report}."
            failures.append(GateFailure(line.id, Check.SPANS, citation.exact, what))
        elif citation.exact != JOINT.join(span.of(text) for span in citation.spans):
            what = f"The cited words are not those of report {citation.report} at these spans."
            failures.append(GateFailure(line.id, Check.EXACT, citation.exact, what))
        else:
            yield _Cited(citation, text)


def _outlet_words(citation: Citation) -> Iterator[list[Word]]:
    if citation.outlet:
        yield words_of(citation.outlet)
    try:
        host = urlsplit(citation.url or "").hostname
    except ValueError:
        host = None
    if host:
        yield words_of(host)


# ---------------------------------------------------------------------------------------------------
# 2. Framing


def _framing(
    line: Line, framing: Sequence[str], tally: Tally, dates: KnownDates, failures: list[GateFailure]
) -> Iterator[Span]:
    """Where the composer's own words stand in the line; framing that says more than it may is a failure."""
    outlets = {word.key for citation in line.citations for words in _outlet_words(citation) for word in words}
    for phrase in framing:
        places = (
            [found.span() for found in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", line.text)] if phrase else []
        )
        if not places:
            what = "Framing must be whole words of the line."
            failures.append(GateFailure(line.id, Check.FRAMING, phrase, what))
            continue
        dated = list(dates.regions(phrase))
        strange = [
            word.text
            for word in words_of(phrase)
            if word.key not in FRAMING_WORDS
            and word.key not in outlets
            and not any(span.overlaps(word.span) for span in dated)
            and not any(number.span.overlaps(word.span) for number in numbers_in(phrase))
        ]
        if strange:
            what = "Framing may hold only words of the closed vocabulary: take this from the reports, or leave it out."
            failures.append(GateFailure(line.id, Check.FRAMING, " ".join(strange), what))
            continue
        for start, end in places:
            failures.extend(_check_counts(line, Span(start, end), tally, dates))
            yield Span(start, end)
    for found in STANDING_PHRASES.finditer(line.text):
        yield Span(found.start(), found.end())


def _check_counts(line: Line, framed: Span, tally: Tally, dates: KnownDates) -> Iterator[GateFailure]:
    dated = list(dates.regions(line.text))
    for number in numbers_in(line.text):
        if not framed.overlaps(number.span) or any(span.overlaps(number.span) for span in dated):
            continue
        if number.kind is NumberKind.ORDINAL and number.value in ("1", "2"):  # "first said"
            continue
        if number.value == "1" and not number.span.of(line.text).isdigit():  # "one side", "one of them"
            if counted_phrase(line.text, number, tally) is not False:
                continue
        elif counted_phrase(line.text, number, tally):
            continue
        what = "This count is not what the citations of the line show."
        yield GateFailure(line.id, Check.FRAMING, number.span.of(line.text), what)


# ---------------------------------------------------------------------------------------------------
# 3. Quotations

_MARKS = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|(?<!\w)‘.*?’(?!\w)|(?<!\w)'[^']+(?:'\w[^']*)*'(?!\w)", re.DOTALL)
_STRAY_MARK = re.compile(r"[“”\"«»]")
_CUT = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'"})


def _quotations(line: Line, cited: Sequence[_Cited], failures: list[GateFailure]) -> Iterator[Span]:
    """Where the line quotes. A quotation that no citation bears out is a failure."""
    passages = [[_plain(passage) for passage in item.passages] for item in cited]
    covered = []
    for found in _MARKS.finditer(line.text):
        span = Span(found.start(), found.end())
        covered.append(span)
        yield span
        quoted = _plain(found[0][1:-1])
        parts = [part for part in _CUT.split(quoted) if part.strip(" ,.")]
        if not parts or not any(_quotes(parts, words) for words in passages):
            what = "These words do not stand so in the cited spans: quote exactly, and mark a cut with …"
            failures.append(GateFailure(line.id, Check.QUOTATION, found[0], what))
    for stray in _STRAY_MARK.finditer(line.text):
        if not any(span.start <= stray.start() < span.end for span in covered):
            failures.append(GateFailure(line.id, Check.QUOTATION, line.text, "A quotation mark is not paired."))
            return


def _plain(words: str) -> str:
    """Words with plain quotation marks and single spaces."""
    return " ".join(words.translate(_PLAIN).split())


def _quotes(parts: Sequence[str], passages: Sequence[str]) -> bool:
    """Whether the parts of a quotation stand, in this order, in the spans of one citation."""
    where, at = 0, 0
    for index, part in enumerate(parts):
        while True:
            if where >= len(passages):
                return False
            end = _find(part, passages[where], at, last=index == len(parts) - 1)
            if end >= 0:
                at = end
                break
            where, at = where + 1, 0
    return True


def _find(part: str, passage: str, at: int, *, last: bool) -> int:
    """Where ``part`` ends in ``passage``, as whole words from ``at`` on; -1 if it does not stand there.

    The comma or full stop before a closing mark is the line's own punctuation, as is usual in print.
    """
    wanted = part.rstrip(" ,.") if last else part
    found = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(passage, at) if wanted else None
    return found.end() if found else -1


# ---------------------------------------------------------------------------------------------------
# 4. to 6. Numbers, names, negations


def _check_numbers(line: Line, cited: Sequence[_Cited], exempt: Sequence[Span], tally: Tally) -> Iterator[GateFailure]:
    evidence = [number for item in cited for span in item.citation.spans for number in numbers_within(item.text, span)]
    passages = [passage for item in cited for passage in item.passages]
    for number in numbers_in(line.text):
        counted = counted_phrase(line.text, number, tally)
        if counted or any(span.overlaps(number.span) for span in exempt):
            continue
        # A wrong "2 outlets" may still be a report's own "two outlets", but never its "two men".
        told = evidence if counted is None else [other for other in evidence if other.after == number.after]
        if stands_among(number, told) or _says_in_other_words(number, passages):
            continue
        what = "This number does not stand in the cited spans."
        if counted is False:
            what = "This count is not what the citations of the line show."
        yield GateFailure(line.id, Check.NUMBER, number.span.of(line.text), what)


def _says_in_other_words(number: Number, passages: Sequence[str]) -> bool:
    """ "One civilian" for "a civilian", and 0 for "no one": the only two that change the words of a number."""
    if number.kind is not NumberKind.COUNT or number.value not in ("0", "1"):
        return False
    if number.value == "0":
        wanted = rf"\b(?:no|zero)\s+{re.escape(number.after)}\b" if number.after else r"(?!)"
        wanted += r"|\b(?:no one|nobody|none)\b"
    else:
        wanted = rf"\b(?:an?|a single)\s+{re.escape(number.after)}\b" if number.after else r"(?!)"
    return any(re.search(wanted, passage, re.IGNORECASE) for passage in passages)


def _check_names(line: Line, cited: Sequence[_Cited], exempt: Sequence[Span]) -> Iterator[GateFailure]:
    evidence = [words for item in cited for words in gate_names.name_evidence(item.text, item.citation.spans)]
    evidence += [words for item in cited for words in _outlet_words(item.citation)]
    for name in gate_names.missing_names(line.text, exempt, evidence):
        yield GateFailure(
            line.id, Check.NAME, name, "This name does not stand in the cited spans, nor is it a cited outlet."
        )


def _check_negations(line: Line, cited: Sequence[_Cited], framed: Sequence[Span]) -> Iterator[GateFailure]:
    if not cited:
        return
    said = gate_negation.read(line.text, framed)
    known = gate_negation.join([gate_negation.read_cited(item.text, item.citation.spans) for item in cited])
    for word in gate_negation.lost_negations(said, known):
        yield GateFailure(line.id, Check.NEGATION, word, "The cited words negate this, and the line does not.")
    for word in gate_negation.added_negations(said, known):
        yield GateFailure(line.id, Check.NEGATION, word, "The line negates this, and the cited words do not.")
