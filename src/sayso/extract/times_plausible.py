"""What only looks like a time: "may", "a second man", "1,900 of them", "03:14 - Video"."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Token

_TIME_PREPOSITIONS: Final = frozenset(
    """in on by since until till from to during before after of through around about between late early mid and or
    circa throughout over for into within at as the for year years toward towards till summer spring autumn fall
    winter""".split()
)

# Before a month or a day in small letters: "in march", "on 24 may", where neither is a verb.
_IN: Final = frozenset({"in", "since", "during", "until", "till", "last", "next", "early", "late"})
_ON: Final = _IN | {"on", "of", "before", "after"}

# "For hours", "lasted weeks": before a bare unit.
_SPANNING: Final = frozenset({"for", "in", "within", "after", "over", "last", "lasted", "took", "of", "through"})

# "USA Today", "Election Day": the end of a name.
_TITLE_WORDS: Final = frozenset({"day_turn", "part", "turn", "night", "duration", "shift"})
# "The index closed at 1622 on Friday": no clock.
_PRICED: Final = re.compile(
    r"\b(?:clos|end|open|trad|st[ao]nd|stood|finish|settl|fall|fell|ris|rose|pric|valu)\w*(?:\s+\w+)?\s+at\s*$", re.I
)
_TELEX_HOURS: Final = frozenset({"hour4", "hour0", "hour1", "hour2"})
_QUOTE: Final = 1  # a mark before the first word of a sentence
_CAPITAL_BEFORE: Final = re.compile(r"[A-Z][\w.’']*\s+$")


def is_plausible(
    form: str, groups: dict[str, str], m: re.Match[str], text: str, previous: str, token: Token, has_bc: bool
) -> bool:
    """Whether a match of ``form`` is a time where it stands; ``token`` is that of its trigger word."""
    whole = m[0]
    begins = m.start() - token.sent.start_char <= _QUOTE  # "He met Kell. Last week he left": no name before it
    titled = whole[:1].isupper() and not whole.isupper() and not begins
    if form in _TITLE_WORDS and titled and _CAPITAL_BEFORE.search(text[max(0, m.start() - 24) : m.start()]):
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
        return (m["month"][:1].isupper() or _is_small_month(groups["month"], previous)) and not (
            groups["month"] == "august" and token.pos_ == "ADJ"
        )
    if form == "date":
        a_word = groups["month"] in ("may", "march") and not m["month"][:1].isupper()
        return not (a_word and "year" not in groups and previous not in _ON) and previous not in ("$", "€", "£")
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
    if form == "weekday":  # "friday" in a text in small letters, or one that was in capitals, is no other word
        return m["weekday"][:1].isupper() or groups["weekday"].endswith("day")
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
        return m["holiday"][:1].isupper() or groups["holiday"].endswith((" friday", " thursday", " day", " eve"))
    if form == "turn" and groups["unit"] == "fall":
        return not re.match(r"\s+of\s+[A-Z]", after)
    return True


def _is_small_month(month: str, previous: str) -> bool:
    """Whether a month without its capital is one: in full, and where it can be no name and no other word."""
    return len(month) > 3 and month[-1] != "." and previous in _IN


def _is_month(groups: dict[str, str], m: re.Match[str], previous: str, token: Token) -> bool:
    if not m["month"][:1].isupper():
        return groups["month"] in ("may", "march") and (previous in _IN or "year" in groups)
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
    if "hour1" in groups and _PRICED.search(text, max(0, m.start() - 24), m.start()):
        return False
    if "oclock" in groups or "half" in groups or "local" in groups or "zone" in groups or groups.keys() & _TELEX_HOURS:
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
        return "approx" in groups or (previous in _SPANNING and not re.match(r"\s+of\s+(?:the|a)\b", after))
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
    if word == "to date" and previous in ("up", "-"):  # "up to date" is no time
        return False
    return not (word == "recent" and token.pos_ != "ADJ")


def _aged(text: str, start: int) -> bool:
    """ "in his 30s", "a woman in her late 60s": an age, not a decade."""
    return re.search(r"\b(?:his|her|their|my|your|our)\s*$", text[max(0, start - 8) : start], re.I) is not None
