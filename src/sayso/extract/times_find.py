"""Where the time expressions of a text stand, and what surrounds each.

One scan for trigger words ("Tuesday", "hours", "1994") passes over most of a text; around each trigger the forms of
`times_grammar` are tried from left to right and the longest match is kept. The parse then rules out what only looks like a time
("may", "a second man", "1,900 of them") and tells the tense of the verb that the expression belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from spacy.tokens import Doc, Token

from sayso.extract.times_grammar import FORMS, TRIGGER

_REACH: Final = 52  # characters that an expression may begin before its first trigger: "in the early morning hours of"
_STOP: Final = re.compile(r"\n|[.!?]['\"”’)]*\s+(?=[A-Z“\"‘'])|[;:]\s")
_WORD: Final = re.compile(r"(?<![\w'’])(?<![A-Za-z]-)[\w'’]")
_MORE_DAYS: Final = re.compile(
    r"\s*(?:-|–|—|/|,|\bto\b|\band\b|\bor\b|,\s*and\b|\bthrough\b)\s*(?:the\s+)?((?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)"
    r"(?:\s*,\s*((?:1[5-9]|20)\d\d))?(?![\d:%\w])(?!\s*(?:[-–/]\d|(?!and|or|to|when|after|where|but|in|at|as|by|for|on|with)[a-z]{3,}))"
)
_DAYS_BEFORE: Final = re.compile(
    r"(?<![\w,.$€£-])((?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)\s*(?:-|–|—|/|,|\bto\b|\band\b|\bor\b|\bthrough\b)\s*(?:the\s+)?$"
)
_RANGE: Final = re.compile(r"\s*(?:-|–|—|/|to|and|or|until|till|through)\s*(?:the\s+)?")
_SHORT_YEAR: Final = re.compile(r"[-–/](\d\d)(?![\d-])(?!\s*(?:%|percent|km|miles))")
_CLOCK_THEN_DATE: Final = re.compile(r"\s*,?\s*(?:on\s+|of\s+)?(?:the\s+)?")
_DATE_THEN_CLOCK: Final = re.compile(r"\s*,?\s*(?:at\s+|around\s+|by\s+)?(?:about\s+|around\s+)?")
_DAYS: Final = frozenset({"date", "weekday", "day_turn", "iso", "numeric", "part"})
_BEFORE: Final = re.compile(r"([\w'’]+|[($€£,.–-])\s*$")

_SAYING: Final = frozenset(
    {"say", "tell", "report", "announce", "add", "claim", "write", "note", "deny", "confirm", "state", "warn", "insist"}
)
_COMING: Final = frozenset(
    {"plan", "schedule", "expect", "due", "set", "vow", "intend", "hope", "aim", "want", "slate"}
)
_SCHEDULED: Final = frozenset(
    """election vote summit deadline trial hearing referendum meeting match launch debate conference runoff primary ballot session congress
    inauguration ceremony festival game race final talks""".split()
)
_TIME_PREPOSITIONS: Final = frozenset(
    """in on by since until till from to during before after of through around about between late early mid and or
    circa throughout over for into within at as the for year years toward towards till summer spring autumn fall winter""".split()
)


class Tense(StrEnum):
    """What the verb says about which side of the present a time lies on."""

    PAST = "past"
    FUTURE = "future"
    SCHEDULED = "scheduled"  # it says when a planned event is: "the November election"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression as found: offsets into the Doc's text, the form it has, and its named groups in lower case.

    ``previous`` is the word or mark before it. ``sentence`` is the offset at which its sentence begins.
    """

    start: int
    end: int
    form: str
    groups: dict[str, str]
    tense: Tense
    previous: str
    sentence: int


def find_expressions(doc: Doc) -> list[Expression]:
    """The time expressions of ``doc``, in order, never overlapping."""
    text = doc.text
    starts = [token.idx for token in doc]
    found: list[Expression] = []
    end = 0
    has_bc = "BC" in text or "B.C" in text
    for trigger in TRIGGER.finditer(text):
        if trigger.start() < end:
            continue
        match = _longest(text, _floor(text, end, trigger.start()), trigger.start(), trigger.end())
        if match is None:
            continue
        form, m = match
        token = doc[max(bisect_right(starts, trigger.start()) - 1, 0)]
        groups = {name: " ".join(value.lower().split()) for name, value in m.groupdict().items() if value is not None}
        before = _BEFORE.search(text, max(end - 1, m.start() - 24, 0), m.start())
        previous = before[1].lower() if before else ""
        follows_date = bool(found) and _DATE_THEN_CLOCK.fullmatch(text, found[-1].end, m.start()) is not None
        if not (form == "clock" and follows_date) and not _plausible(form, groups, m, text, previous, token, has_bc):
            continue
        start, stop = _trim(text, m.start(), m.end())
        expression = Expression(start, stop, form, groups, _tense(token), previous, token.sent.start_char)
        if form == "date":
            found.extend(_days_before(text, expression, end))
        found.append(expression)
        end = stop
        if (
            form in ("year", "season")
            and (short := _SHORT_YEAR.match(text, stop))
            and int(short[1]) > int(groups["year"][2:] or 99)
        ):
            groups = {"year": groups["year"][:2] + short[1]}
            found.append(
                Expression(short.start(1), short.end(1), "year", groups, expression.tense, "-", expression.sentence)
            )
            end = short.end(1)
        if form == "date" and text[start:stop].rstrip()[-1:].isdigit() and "year" not in groups:
            for more in _days_after(text, expression):
                found.append(more)
                end = more.end
    return _joined(found, text)


def _joined(found: list[Expression], text: str) -> list[Expression]:
    """ "3 a.m. on Monday", "Monday at 16:53": a day and a clock time that touch are one expression."""
    joined: list[Expression] = []
    for e in found:
        last = joined[-1] if joined else None
        if last is not None and last.form in ("month", "date") and e.form in ("month", "date") and "year" in e.groups:
            if not last.groups.keys() & {"year", "bc", "year_turn"} and _RANGE.fullmatch(text, last.end, e.start):
                joined[-1] = last = replace(
                    last, groups=last.groups | {"year_of": e.groups["year"], "month_of": e.groups["month"]}
                )
        if (
            last is not None
            and last.form == "clock"
            and e.form in _DAYS
            and _CLOCK_THEN_DATE.fullmatch(text, last.end, e.start)
        ):
            joined[-1] = replace(e, start=last.start, groups=e.groups | last.groups, previous=last.previous)
        elif (
            last is not None
            and last.form in _DAYS
            and e.form == "clock"
            and _DATE_THEN_CLOCK.fullmatch(text, last.end, e.start)
        ):
            joined[-1] = replace(last, end=e.end, groups=e.groups | last.groups)
        else:
            joined.append(e)
    return joined


def _floor(text: str, end: int, at: int) -> int:
    """The first offset at which an expression with a trigger at ``at`` may begin."""
    floor = max(end, at - _REACH)
    for stop in _STOP.finditer(text, floor, at):
        floor = stop.end()
    return floor


def _longest(text: str, floor: int, at: int, trigger_end: int) -> tuple[str, re.Match[str]] | None:
    limit = min(len(text), trigger_end + 80)
    starts = [word.start() for word in _WORD.finditer(text, floor, at + 1)]
    if text[at - 1 : at] in ("-", "–") and at - 1 <= floor:  # the second half of "July-November 1954"
        starts.append(at)
    for start in starts:
        best: tuple[str, re.Match[str]] | None = None
        for form in FORMS:
            m = form.pattern.match(text, start, limit)
            if m is not None and m.end() >= trigger_end and (best is None or m.end() > best[1].end()):
                best = form.name, m
        if best is not None:
            return best
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",-–"):
        end -= 1
    if text[start:end].endswith(("'s", "’s")) and not text[start:end].lower().endswith(
        ("year's", "year’s", "0's", "0’s")
    ):
        end -= 2
    return start, end


def _days_after(text: str, expression: Expression) -> Iterator[Expression]:
    """ "April 26 and 29": the days that share the month of the one just found."""
    at = expression.end
    while (m := _MORE_DAYS.match(text, at)) is not None:
        groups = {"month": expression.groups["month"], "day": m[1], "shared": "after"}
        if m[2]:
            groups["year"] = m[2]
        yield Expression(m.start(1), m.end(), "date", groups, expression.tense, "and", expression.sentence)
        at = m.end()


def _days_before(text: str, expression: Expression, floor: int) -> list[Expression]:
    """ "26 and 29 April": the days before that share the month still to come."""
    found: list[Expression] = []
    at = expression.start
    while text[at : at + 1].isdigit() and (m := _DAYS_BEFORE.search(text, max(floor, at - 16), at)) is not None:
        groups = {k: v for k, v in expression.groups.items() if k in ("month", "year")} | {"day": m[1]}
        found.append(Expression(m.start(1), m.end(1), "date", groups, expression.tense, "", expression.sentence))
        at = m.start(1)
    return found[::-1]


# ---------------------------------------------------------------------------------------------------
# What only looks like a time


def _plausible(
    form: str, groups: dict[str, str], m: re.Match[str], text: str, previous: str, token: Token, has_bc: bool
) -> bool:
    whole = m[0]
    # "USA Today", "Election Day": the end of a name.
    if (
        form in ("day_turn", "part", "turn", "night", "duration", "shift")
        and whole[:1].isupper()
        and not whole.isupper()
    ):
        if token.i > token.sent.start and re.search(r"[A-Z][\w.’']*\s+$", text[max(0, m.start() - 24) : m.start()]):
            return False
    after = text[m.end() : m.end() + 24]
    if form in ("month", "month_turn", "month_of") and groups["month"].rstrip(".") in (
        "may",
        "march",
        "mar",
        "sep",
        "jun",
        "dec",
        "jan",
    ):
        return _is_month(groups, m, previous, token)
    if form == "month":
        return m["month"][:1].isupper() and not (groups["month"] == "august" and token.pos_ == "ADJ")
    if form == "date":
        return (m["month"][:1].isupper() or groups["month"] not in ("may", "march")) and previous not in ("$", "€", "£")
    if form == "year":
        return _is_year(groups, m, text, previous, token, has_bc)
    if form == "short_year":
        return previous in _TIME_PREPOSITIONS and not after.startswith(("s", "'"))
    if form == "season":
        return _is_season(groups, m, whole, previous, token)
    if form == "clock":
        return _is_clock(groups, previous, after, text, m)
    if form in ("duration", "shift", "span", "bare_units", "long"):
        return _is_span_of_time(form, groups, m, previous, after, token)
    if form == "part":
        return _is_part_of_day(groups, whole, previous, after, token)
    if form == "per":
        return groups["unit"] != "second" and not (
            whole.lower().startswith("a") and (previous in _TIME_PREPOSITIONS or not _is_rate(previous, token))
        )
    if form == "weekday":
        return m["weekday"][:1].isupper()
    if form == "decade":
        if "word" in groups:
            return whole.lower().startswith("the ") and not re.match(r"\s+of\b", after)
        return (
            "short" not in groups
            or "'" in whole[:5]
            or "’" in whole[:5]
            or (whole.lower().startswith(("the", "early", "mid", "late")) and not _aged(text, m.start()))
        )
    if form == "reference":
        if groups["word"] == "in the past" and re.match(
            r"\s+(?:\w+\s+)?(?:year|month|week|day|decade|hour|centur)", after
        ):
            return False
        return _is_reference(groups["word"], previous, token)
    if form == "numeric":
        return 1 <= int(groups["first"]) <= 31 and 1 <= int(groups["second"]) <= 31
    if form == "holiday":
        return m["holiday"][:1].isupper()
    if form == "turn" and groups["unit"] == "fall":
        return not re.match(r"\s+of\s+[A-Z]", after)
    return True


def _is_month(groups: dict[str, str], m: re.Match[str], previous: str, token: Token) -> bool:
    if not m["month"][:1].isupper():
        return False
    if groups.keys() & {"year", "bc", "edge", "edge_noun", "turn"}:
        return True
    if groups["month"] in ("sep", "jun", "dec", "jan", "mar"):  # names and words too, unless they stand as dates do
        return previous in _TIME_PREPOSITIONS or previous in ("(", ",")
    if token.tag_ in ("MD", "VB", "VBP"):
        return False
    return previous in _TIME_PREPOSITIONS or token.ent_type_ == "DATE"


def _is_year(groups: dict[str, str], m: re.Match[str], text: str, previous: str, token: Token, has_bc: bool) -> bool:
    if "era" in groups or "edge" in groups or "edge_noun" in groups or m[0].lower().startswith(("the year", "year")):
        return True
    if len(groups["year"]) != 4 or previous in ("$", "€", "£", "#", "no", "flight", "unit", "room"):
        return False
    start, end = m.span("year")
    if text[start - 1 : start] in (".", ",", "/", ":") and start > 1 and text[start - 2].isalnum():
        return False
    if re.match(
        r"[,.:]\d|\s*(?:%|percent|per\s+cent|kilomet|km\b|miles|met(?:er|re)s|feet|yards|tons|tonnes|hours|hrs|gmt|utc)",
        text[end : end + 12],
        re.I,
    ):
        return False
    if re.match(r"-[A-Za-z]", text[end : end + 2]) and not re.match(
        r"-(?:era|style|vintage|born)", text[end : end + 8]
    ):
        return False
    if token.ent_type_ == "DATE":
        return True
    if previous in _TIME_PREPOSITIONS or previous in ("(", "–", "-"):
        return not (token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in ("NNS", "NNPS"))
    return token.dep_ != "nummod" or token.head.i < token.i or token.head.tag_ not in ("NNS", "NNPS")


def _is_season(groups: dict[str, str], m: re.Match[str], whole: str, previous: str, token: Token) -> bool:
    if groups.keys() & {"year", "bc", "turn"}:
        return True
    if token.pos_ in ("VERB", "AUX", "ADJ"):
        return False
    word = m["season"]
    if groups["season"] == "fall":
        return (
            whole.lower() in ("the fall", "early fall", "late fall", "fall")
            and previous in ("in", "during", "by", "since", "until")
            and (token.i + 1 >= len(token.doc) or token.nbor(1).lower_ != "of")
        )
    if word[:1].isupper() and token.i > token.sent.start and previous not in _TIME_PREPOSITIONS and not word.isupper():
        return False
    return groups["season"] != "spring" or token.pos_ in ("NOUN", "PROPN")


_CLOCK_WORDS: Final = frozenset(
    {"at", "by", "until", "till", "from", "since", "before", "after", "around", "about", "between", "to", "and"}
)


def _is_clock(groups: dict[str, str], previous: str, after: str, text: str, m: re.Match[str]) -> bool:
    """A bare 16:53 is a clock time only where a word says so: players' labels and scores look the same."""
    if "oclock" in groups or "half" in groups or "local" in groups or "zone" in groups or "hour4" in groups:
        return True
    if "noon" in groups:
        return groups["noon"] != "noon" or previous != "high"
    if re.search(r"(?:hours|hrs?)\s*$", m[0], re.I) or "approx" in groups:
        return True
    if re.match(r"\s*[-–—]\s*(?:source|video|duration)", after, re.I):
        return False
    return previous in _CLOCK_WORDS or re.match(r"\s+on\s+(?:[A-Z][a-z]+day\b|\d|[A-Z][a-z]+\s+\d)", after) is not None


def _is_span_of_time(
    form: str, groups: dict[str, str], m: re.Match[str], previous: str, after: str, token: Token
) -> bool:
    unit = groups["unit"]
    if re.match(r"(?:[-\s]olds?\b|\s+of\s+age\b)", after) or previous in ("aged", "age"):
        return False
    if form == "bare_units":
        return previous in (
            "for",
            "in",
            "within",
            "after",
            "over",
            "last",
            "lasted",
            "took",
            "of",
            "through",
        ) and not re.match(r"\s+of\s+(?:the|a)\b", after)
    if unit in ("second", "minute", "quarter", "quarters", "min", "mins"):
        if unit.startswith("quarter"):
            return (groups.get("count", "a") not in ("a", "an", "one", "three") and form != "span") or (
                form == "span" and re.match(r"\s+of\b", after) is None
            )
        if unit == "second" and groups.get("count") not in ("one",) and not groups.get("count", "").isdigit():
            return False
    if form == "duration":
        if (
            groups.get("count") in ("a", "an")
            and unit in ("day", "night", "week", "month", "year", "hour", "minute")
            and _is_rate(previous, token)
        ):
            return True
        hyphen = "-" in groups.get("hyphen", "") or "-" in m["hyphen"] if m["hyphen"] else False
        if hyphen and re.match(r"-?\s*olds?\b", after):
            return False
    return True


def _is_part_of_day(groups: dict[str, str], whole: str, previous: str, after: str, token: Token) -> bool:
    if token.pos_ == "VERB" or (token.ent_type_ in ("ORG", "WORK_OF_ART", "PERSON", "FAC") and "turn" not in groups):
        return False
    if groups.get("turn") or "edge" in groups or "edge2" in groups or "that_day" in groups or "small_hours" in groups:
        return not (groups.get("turn") == "the" and re.match(r"\s+(?:sky|shift|club|watch)", after))
    if groups.get("part") in ("dawn", "dusk", "sunset", "sunrise", "nightfall", "daybreak", "night"):
        return previous in ("at", "before", "by", "after", "until", "till", "since", "from", "all", "to", "around")
    return previous in ("in", "by", "during", "until", "of", "every", "since") or groups.get("part") in (
        "mornings",
        "afternoons",
        "evenings",
    )


def _is_rate(previous: str, token: Token) -> bool:
    """Whether "a day" tells a rate ("50 barrels a day"): it hangs on a noun or a number."""
    return token.dep_ in ("npadvmod", "prep", "quantmod", "nmod") and token.head.pos_ in ("NOUN", "NUM", "PROPN", "SYM")


def _is_reference(word: str, previous: str, token: Token) -> bool:
    if word == "now":
        return (
            previous not in ("until", "by", "till", "from") and token.tag_ == "RB" and token.dep_ != "mark"
        ) or previous in ("until", "by", "till", "from")
    return not (word == "recent" and token.pos_ != "ADJ")


def _aged(text: str, start: int) -> bool:
    """ "in his 30s", "a woman in her late 60s": an age, not a decade."""
    return re.search(r"\b(?:his|her|their|my|your|our)\s*$", text[max(0, start - 8) : start], re.I) is not None


# ---------------------------------------------------------------------------------------------------
# The verb


def _tense(token: Token) -> Tense:
    """The tense of the nearest verb above the expression; UNKNOWN where it does not tell past from future."""
    noun = token.head
    if noun.i > token.i and noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() in _SCHEDULED:
        return Tense.SCHEDULED
    verb, through_noun = token, False
    for _ in range(8):
        if verb.pos_ in ("VERB", "AUX") and verb is not token:
            break
        if verb.head == verb:
            return Tense.UNKNOWN
        verb = verb.head
        through_noun = through_noun or verb.pos_ == "NOUN"
    else:
        return Tense.UNKNOWN
    tense = _tense_of(verb, depth=0)
    # "praised the debate, Oct. 9": the verb's past says nothing of the noun's day.
    return Tense.UNKNOWN if through_noun and tense is Tense.PAST else tense


def _tense_of(verb: Token, depth: int) -> Tense:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {helper.lower_ for helper in helpers}
    if words & {"will", "shall", "'ll", "’ll", "wo"} or (verb.tag_ == "VBG" and words & {"is", "are", "'s", "’s"}):
        return Tense.FUTURE
    if verb.tag_ == "VBD" or words & {"was", "were", "had", "has", "have", "did", "'ve", "’ve"}:
        return Tense.FUTURE if verb.lemma_ in _COMING and depth else Tense.PAST
    if "to" in words and depth < 3:  # an infinitive lies ahead of the verb that governs it
        governor = verb.head
        if governor != verb and (governor.lemma_ in _COMING or governor.lower_ in _COMING or governor.lemma_ == "be"):
            return Tense.FUTURE
        return (
            _tense_of(governor, depth + 1) if governor != verb and governor.pos_ in ("VERB", "AUX") else Tense.UNKNOWN
        )
    if verb.tag_ in ("VBZ", "VBP") and not helpers and verb.lemma_ not in _SAYING and verb.lemma_ != "be":
        return Tense.FUTURE
    if (
        verb.tag_ in ("VBG", "VBN", "VB")
        and verb.head != verb
        and verb.head.pos_ in ("VERB", "AUX")
        and depth < 3
        and not helpers
    ):
        return _tense_of(verb.head, depth + 1)
    return Tense.UNKNOWN
