"""Numbers as they stand in English news text, each with its span and a value that can be compared.

Digits ("1,200", "1.2 million", "23rd", "12%"), words ("two", "twenty-one", "a hundred and five"), and the
vague ones ("dozens", "several"). Nothing is converted into anything else: "a dozen" is not 12, because a
line that says 12 where its report says "a dozen" is more exact than what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sayso.model import Span


class NumberKind(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    ORDINAL = "ordinal"  # in words: "third"
    DAY = "day"  # in digits: "23rd", which is a date more often than a rank
    VAGUE = "vague"  # "dozens", "several", "twice": compared as words
    CODE = "code"  # "T-72", "G7": compared as words
    CLOCK = "clock"  # "14:05"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. ``value`` is canonical ("1200000", "dozens"); ``after`` is the word that follows."""

    span: Span
    kind: NumberKind
    value: str
    after: str = ""


def word_list(text: str) -> tuple[str, ...]:
    """The words of a list that is written as running text, which is how a person reads and extends it."""
    return tuple(text.split())


_UNITS = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
_SMALL = {word: value for value, word in enumerate(_UNITS)}
_TEN = {word: 10 * (index + 2) for index, word in enumerate(_TENS)}
_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINAL = {
    word: value
    for value, word in enumerate(
        word_list(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
            " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100, "thousandth": 1000}
_VAGUE = frozenset(
    word_list(
        "dozen dozens score scores tens hundreds thousands millions billions trillions several handful couple half"
        " halves quarter quarters thirds fifths tenths twice thrice double doubled doubling triple tripled tripling"
    )
)
_DIGIT_SCALE = {"hundred": 100, **_SCALE, "bn": 10**9, "tn": 10**12, "mn": 10**6, "m": 10**6, "k": 10**3}

_TOKEN = re.compile(
    r"""
    (?P<code>\b[A-Z][A-Za-z]{0,5}-?\d+[A-Za-z0-9]*\b)
  | (?P<clock>\b\d{1,2}:\d{2}(?::\d{2})?\b)
  | (?P<digits>\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)
    (?: (?P<day>(?:st|nd|rd|th)\b)
      | (?P<percent>\s?%|\s?per\s?cent\b|\s?pct\b)
      | (?P<scale>[\s-]?(?:hundred|thousand|million|billion|trillion|bn|tn|mn)\b)
      | (?P<short>[mk]\b)
    )?
  | (?P<fraction>[¼½¾⅓⅔])
  | (?P<word>[^\W\d_]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"[\s-]*([^\W\d_]+)")
_LONGEST = 20  # digits; longer ones are serial numbers, and Decimal would round them
_MARGIN = 40  # code points read on each side of a span, so that a number cut in two by its edge is not taken whole


def numbers_in(text: str) -> list[Number]:
    """Every number of ``text``, in order; never raises."""
    tokens = list(_TOKEN.finditer(text))
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        number, at = _read(text, tokens, at)
        if number is not None:
            found.append(number)
    return found


def numbers_within(text: str, span: Span) -> Iterator[Number]:
    """The numbers of ``text`` that stand wholly inside ``span``; spans count in ``text``."""
    left = max(0, span.start - _MARGIN)
    for number in numbers_in(text[left : span.end + _MARGIN]):
        placed = Span(number.span.start + left, number.span.end + left)
        if span.contains(placed):
            yield Number(placed, number.kind, number.value, number.after)


def stands_among(number: Number, evidence: Iterable[Number]) -> bool:
    """Whether ``evidence`` holds the same number in the same sense: 12 is neither 12 % nor the twelfth."""
    return any(number.value == other.value and _same_sense(number.kind, other.kind) for other in evidence)


def _same_sense(one: NumberKind, other: NumberKind) -> bool:
    # "23rd" answers to "23" and to "twenty-third"; "third" and "three" do not answer to each other.
    return one == other or (NumberKind.DAY in (one, other) and {one, other} <= _DAY_LIKE)


_DAY_LIKE = {NumberKind.DAY, NumberKind.COUNT, NumberKind.ORDINAL}


def _read(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Number | None, int]:
    token = tokens[at]
    span = Span(token.start(), token.end())
    if token["word"]:
        return _read_words(text, tokens, at)
    if token["code"]:
        if not token["code"][0].isupper():  # "mid-2023": the number counts, the prefix is an ordinary word
            digits = re.search(r"\d+", token["code"])
            assert digits is not None
            start = token.start() + digits.start()
            return _number(text, Span(start, start + len(digits[0])), NumberKind.COUNT, digits[0]), at + 1
        return _number(text, span, NumberKind.CODE, token["code"].replace("-", "").casefold()), at + 1
    if token["clock"]:
        return _number(text, span, NumberKind.CLOCK, token["clock"].lstrip("0")), at + 1
    if token["fraction"]:
        return _number(text, span, NumberKind.VAGUE, token["fraction"]), at + 1
    digits_only = re.sub(r"[,\s]", "", token["digits"])
    if len(digits_only) > _LONGEST:
        return _number(text, span, NumberKind.CODE, digits_only), at + 1
    value = Decimal(digits_only)
    kind = NumberKind.COUNT
    if token["day"]:
        kind = NumberKind.DAY
    elif token["percent"]:
        kind = NumberKind.PERCENT
    elif token["scale"]:
        value *= _DIGIT_SCALE[token["scale"].strip(" \t\n\r\u00a0\u2009\u202f-").casefold()]
    elif token["short"]:
        if token.start() and text[token.start() - 1] in "$€£¥₴₽":  # "$5m" is money; "5m" may well be metres
            value *= _DIGIT_SCALE[token["short"].casefold()]
        else:
            span = Span(span.start, span.end - 1)
    return _number(text, span, kind, _canonical(value)), at + 1


def _read_words(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Number | None, int]:
    """A number in words that begins at token ``at``, and the index of the token after it."""
    first = tokens[at]
    word = first["word"].casefold()
    if word in _VAGUE:
        return _number(text, Span(first.start(), first.end()), NumberKind.VAGUE, word), at + 1
    if word == "one" and _is_pronoun(text, first):
        return None, at + 1
    total = current = 0
    last = ""  # what kind of word came last: unit, ten, hundred, scale, ordinal
    end, index = first.start(), at
    while index < len(tokens):
        token = tokens[index]
        word = (token["word"] or "").casefold()
        if last and not _joined(text, end, token.start()):
            break
        if word == "and" and last in ("hundred", "scale") and _small_follows(text, tokens, index):
            end, index = token.end(), index + 1
            continue
        if word in _SMALL and (last in ("", "hundred", "scale") or (last == "ten" and 0 < _SMALL[word] < 10)):
            current, last = current + _SMALL[word], "unit"
        elif word in _TEN and last in ("", "hundred", "scale"):
            current, last = current + _TEN[word], "ten"
        elif word == "hundred" and last in ("", "unit"):
            current, last = max(current, 1) * 100, "hundred"
        elif word in _SCALE and last != "ordinal":
            if last == "scale":
                break
            total, current, last = total + max(current, 1) * _SCALE[word], 0, "scale"
        elif word in _ORDINAL and (last in ("", "hundred", "scale") or (last == "ten" and _ORDINAL[word] < 10)):
            current, last = current + _ORDINAL[word], "ordinal"
            end, index = token.end(), index + 1
            break
        else:
            break
        end, index = token.end(), index + 1
    if not last:
        return None, at + 1
    span, value = Span(first.start(), end), str(total + current)
    if last == "ordinal":
        return _number(text, span, NumberKind.ORDINAL, value), index
    percent = re.match(r"\s?%|\s(?:per\s?cent|percent|pct)\b", text[end : end + 10], re.IGNORECASE)
    if percent:
        return _number(text, Span(span.start, end + percent.end()), NumberKind.PERCENT, value), index
    if (
        index < len(tokens)
        and (tokens[index]["word"] or "").casefold() == "dozen"
        and _joined(text, end, tokens[index].start())
    ):
        span = Span(span.start, tokens[index].end())
        return _number(text, span, NumberKind.VAGUE, f"{value} dozen"), index + 1
    return _number(text, span, NumberKind.COUNT, value), index


def _joined(text: str, end: int, start: int) -> bool:
    return text[end:start] in ("-", "\u2010", "\u2011") or (end < start and text[end:start].isspace())


def _small_follows(text: str, tokens: list[re.Match[str]], at: int) -> bool:
    if at + 1 >= len(tokens) or not _joined(text, tokens[at].end(), tokens[at + 1].start()):
        return False
    word = (tokens[at + 1]["word"] or "").casefold()
    return word in _SMALL or word in _TEN or word in _ORDINAL


def _is_pronoun(text: str, token: re.Match[str]) -> bool:
    """ "no one" and "one another" count nothing."""
    before = text[max(0, token.start() - 6) : token.start()].casefold()
    after = text[token.end() : token.end() + 9].casefold()
    return bool(re.search(r"\bno[\s-]$", before)) or bool(re.match(r"\sanother\b", after))


def _number(text: str, span: Span, kind: NumberKind, value: str) -> Number:
    following = _NEXT_WORD.match(text, span.end)
    return Number(span, kind, value, following[1].casefold() if following else "")


def _canonical(value: Decimal) -> str:
    whole = value.to_integral_value()
    return str(int(whole)) if value == whole else str(value.normalize())
