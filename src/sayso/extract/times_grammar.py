"""What a time expression looks like: one regular expression per form, over the words of the lexicon.

A form is a pattern with named groups; `times_find` scans with them and `times_resolve` gives the groups a meaning
by the form's name. To read a new kind of expression, add a `Form` here and its reading there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sayso.extract.times_calendar import LEXICON


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first, in which a space stands for any run of white space."""
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in sorted(words, key=lambda w: (-len(w), w))
    )


_DIGIT_WORDS = [w for w, n in LEXICON["numbers"].items() if w not in ("a", "an")]
_SMALL = _any(w for w, n in LEXICON["numbers"].items() if n < 10 and w not in ("a", "an"))
_EDGE_NOUNS = _any(w for w in LEXICON["edges"] if w not in ("early", "late", "mid"))
_TENS = _any(w for w, n in LEXICON["numbers"].items() if 20 <= n < 100)

_WORDS: Final[dict[str, str]] = {
    "MONTH": rf"(?:{_any(w for w in LEXICON['months'] if len(w) > 4 or w in ('june', 'july', 'may'))}"
    rf"|(?:{_any(w for w in LEXICON['months'] if len(w) <= 4 and w not in ('june', 'july', 'may'))})\b\.?)",
    "WEEKDAY": rf"(?:{_any(LEXICON['weekdays'])})",
    "SHORTDAY": r"(?:mon|tues?|weds?|thu(?:rs)?|fri|sat|sun)\b\.?",
    "PART": rf"(?:{_any(LEXICON['parts'])})",
    "SEASON": rf"(?:{_any(LEXICON['seasons'])})",
    "UNIT": rf"(?:{_any(LEXICON['units'])})",
    "NUMBER": rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{_TENS})[-\s](?:{_SMALL})|{_any(_DIGIT_WORDS)})",
    "VAGUE": rf"(?:{_any(LEXICON['vague']['words'])})",
    "ORDINAL": rf"(?:{_any(LEXICON['ordinals'])}|\d{{1,2}}(?:st|nd|rd|th))",
    "EDGE": rf"(?:{_any(LEXICON['edges'])})\b",
    "EDGENOUN": rf"(?:{_EDGE_NOUNS})\b",
    "DAYNUM": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
    "YEAR": r"(?:1\d{3}|20\d{2}|2100)",
    "ZONE": rf"(?:\(?(?:{_any(w for w in LEXICON['zones'] if w != 'z')})\b\)?|z\b)",
    "HOLIDAY": rf"(?:{_any(LEXICON['holidays'])})",
    "NAMEDDAY": rf"(?:{_any(LEXICON['named_days'])})",
    "DECADEWORD": rf"(?:{_any(LEXICON['decades'])})",
    "REFERENCE": rf"(?:{_any(LEXICON['references'])})",
    "SETWORD": rf"(?:{_any(LEXICON['sets'])})",
    "BC": r"(?:b\.c\.(?:e\.)?|bce?)(?!\w)",
    "APPROX": r"(?:(?:just\s+|only\s+)?(?:about|around|approximately|roughly|some|nearly|almost|over|under|exactly|barely)"
    r"|(?:no\s+)?(?:more|less|fewer|longer)\s+than|at\s+(?:least|most)|up\s+to|only|just|another|as\s+many\s+as|well\s+over)",
}

# "early", "mid-", "the beginning of", "late in": which third of the time that follows.
_WORDS["EDGED"] = (
    r"(?:(?:the\s+)?(?:very\s+)?(?P<edge>early|late|mid)\b(?:\s+part|\s+stages?)?(?:\s+(?:of|in)\b|\s*-)?\s*(?:the\s+)?"
    rf"|(?:the\s+)?(?:very\s+)?(?P<edge_noun>{_EDGE_NOUNS})(?:\s+part|\s+half|\s+stages?)?\s+of\s+(?:the\s+)?)"
)
# "the morning of", "in the early hours of", "on the night of".
_WORDS["PARTOF"] = (
    r"(?:(?:the\s+)?(?:(?P<part_edge>early|late|mid)[-\s]+(?:in\s+the\s+)?)?(?:(?P<part>{PART})(?:\s+hours)?|(?P<small_hours>early\s+hours|small\s+hours))"
    r"\s+(?:of|on)\s+(?:the\s+)?)".replace("{PART}", _WORDS["PART"])
)
# The clock of wires, four digits without a mark: after a preposition, and no year, by its 0 or by the day beside it.
_TELEX = (
    r"(?:(?<=\bat\s)|(?<=\bby\s)|(?<=\bto\s)|(?<=\band\s)|(?<=\bfrom\s)|(?<=\bsince\s)|(?<=\bafter\s)|(?<=\buntil\s)|(?<=\bbefore\s)"
    r"|(?<=\baround\s)|(?<=\bbetween\s))(?P<hour0>0\d)(?P<minute0>[0-5]\d)(?![\d:])(?!\s+[a-z]+s\b)"
    r"|(?:(?<=\bat\s)(?P<hour1>1\d|2[0-4])(?P<minute1>[0-5]\d)(?=\s+(?:today|yesterday|tomorrow|this|on|the\s+same)\b)"
    r"|(?:(?<=\b0\d{3}\sand\s)|(?<=\b0\d{3}\sto\s))(?P<hour2>1\d|2[0-4])(?P<minute2>[0-5]\d)(?![\d:])(?!\s+[a-z]+s\b))"
)
_WORDS["CLOCK"] = (
    (
        r"(?:(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?\s*(?P<half>a\.m\.|p\.m\.|a\.m\b|p\.m\b|[ap]m\b)"
        r"|(?P<hour24>[01]?\d|2[0-4]):(?P<minute24>[0-5]\d)(?::(?P<second24>[0-5]\d))?(?:\s*(?:hours|hrs?)\b)?"
        r"|(?P<hour4>[01]\d|2[0-4])(?P<minute4>[0-5]\d)(?=\s*(?:hours\b|hrs?\b|gmt\b|utc\b|local\b|z\b|[(\[]\d{4}\s*(?:gmt|utc)\b))(?:\s*(?:hours|hrs?)\b)?"
        r"|{TELEX}"
        r"|(?P<oclock>{NUMBER})\s+o['’]clock(?:\s+in\s+the\s+(?P<oclock_part>morning|afternoon|evening))?"
        r"|(?P<noon>noon|midday|midnight))"
        r"(?:\s*\(?(?P<local>local(?:\s+time)?|[A-Z][a-z]+\s+time)\b\)?|\s*(?P<zone>{ZONE}))?"
    )
    .replace("{NUMBER}", _WORDS["NUMBER"])
    .replace("{ZONE}", _WORDS["ZONE"])
    .replace("{TELEX}", _TELEX)
)


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of expression: its name (which says how it is read) and its pattern."""

    name: str
    pattern: re.Pattern[str]


def _form(name: str, pattern: str) -> Form:
    filled = pattern
    for _ in range(2):  # the larger pieces hold smaller ones
        filled = re.sub(r"\{([A-Z]+\d*)\}", lambda m: _WORDS[m[1]], filled)
    return Form(name, re.compile(filled + r"(?!\w)", re.IGNORECASE))


_COUNT = r"(?P<count>{NUMBER}|{VAGUE}|an?(?=\s)|(?:a\s+)?single(?=[-\s]))"
_THE = r"(?:(?P<det>the|this|that|these|those|its|his|her|their)\s+)?"
_DATE_TAIL = r"(?:\s*(?:,|\bon\b|\bof\b|,\s*on\b)?\s*(?:the\s+)?)"

# Longest match wins; of equally long ones, the first in this list.
FORMS: Final[tuple[Form, ...]] = (
    # 2023-05-23, 2023-05-23T14:05Z
    _form(
        "iso",
        r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
        r"(?:[T ](?P<hour24>[01]\d|2[0-3]):(?P<minute24>[0-5]\d)(?::(?P<second24>[0-5]\d)(?:\.\d+)?)?"
        r"\s*(?P<offset>Z|[+-]\d\d:?\d\d)?)?",
    ),
    # 23.05.2023, 5/23/2023
    _form("numeric", r"(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:1[89]|20)\d\d)"),
    # the September 11 attacks
    _form("named_day", r"(?P<named>{NAMEDDAY})(?=(?:\s+(?:terror|terrorist))?\s+attacks\b)"),
    # [the morning of] [Tuesday,] May 23[rd][, 2023]
    _form(
        "date",
        r"(?:{PARTOF}|{EDGED})?(?:(?P<weekday>{WEEKDAY}|{SHORTDAY})(?:\s+(?P<weekday_part>morning|afternoon|evening|night))?,?\s+(?:the\s+)?)?"
        r"(?P<month>{MONTH})\s*(?:the\s+)?(?P<day>{DAYNUM})(?![\d:%]|[.,]\d|(?:st|nd|rd|th)\b)"
        r"(?:\s*,?\s*(?:of\s+|in\s+)?(?P<year>{YEAR})(?![\d-]\d)|\s+(?:of\s+)?(?P<year_turn>that|the\s+same|this|last|next|the\s+following)\s+year\b|\s+(?P<after_part>morning|afternoon|evening|night)\b)?",
    ),
    # [the night of] [Tuesday,] [the] 23[rd] [of] May[, 2023]
    _form(
        "date",
        r"(?:{PARTOF}|{EDGED})?(?:(?P<weekday>{WEEKDAY}|{SHORTDAY})(?:\s+(?P<weekday_part>morning|afternoon|evening|night))?,?\s+)?(?:the\s+)?"
        r"(?P<day>{DAYNUM})\s*(?:of\s+)?(?P<month>{MONTH})(?:\s*,?\s*(?:of\s+|in\s+)?(?P<year>{YEAR})(?![\d-]\d))?",
    ),
    # [early] May[,] 2023; [the end of] May
    _form(
        "month",
        r"{EDGED}?(?P<month>{MONTH})(?:(?:\s+of|\s*,|\s+in)?\s*(?:(?P<year>{YEAR})(?![\d-]\d)|(?P<bc>\d{1,4})\s+{BC}))?",
    ),
    # last March, next December, this August, the following May, May of that year
    _form(
        "month_turn",
        r"(?:the\s+)?(?:{EDGED})?(?P<turn>last|past|next|this|this\s+past|this\s+coming|the\s+following|following|the\s+previous|previous|the\s+same)\s+(?P<month>{MONTH})",
    ),
    _form(
        "month_of",
        r"{EDGED}?(?P<month>{MONTH})(?:\s+of)?\s+(?:(?P<turn>last|next|this|that|the\s+same|the\s+following|the\s+previous)\s+)year",
    ),
    # [early on] [last] Tuesday [morning]
    _form(
        "weekday",
        r"(?:(?:the\s+)?(?P<part_of>{PART}|early\s+hours|small\s+hours)\s+(?:of|on)\s+)?(?:(?P<edge>early|late|earlier|later|mid)(?:\s+on)?\s+)?"
        r"(?:(?:on\s+)?(?P<turn>last|next|this|this\s+past|this\s+coming|past|coming|the\s+following|the\s+next|the\s+previous|that|the\s+same)\s+)?"
        r"(?P<weekday>{WEEKDAY})(?:['’]s)?(?:\s+(?P<part>(?:early\s+)?morning|afternoon|evening|night)\b|\s+(?P<dawn>at\s+dawn|before\s+dawn))?"
        r"(?:,?\s+(?P<week_turn>last|next)\s+week)?",
    ),
    _form(
        "weekday_set",
        r"(?:(?P<every>every|each)\s+(?P<weekday>{WEEKDAY})|(?P<weekdays>(?:mon|tues|wednes|thurs|fri|satur|sun)days))(?:\s+(?P<part>morning|afternoon|evening|night)s?)?",
    ),
    # yesterday evening, the day before yesterday, last night, overnight, tonight
    _form(
        "day_turn",
        r"(?:(?P<edge>early|late|earlier|later)\s+)?(?P<turn>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow)"
        r"(?:['’]s)?(?:\s+(?P<part>morning|afternoon|evening|night)\b)?",
    ),
    _form(
        "night", r"(?:(?P<edge>early|late|earlier|later)\s+)?(?P<turn>overnight|tonight|last\s+night|last\s+evening)"
    ),
    _form(
        "night_between",
        r"(?:the\s+)?(?P<night>overnight|night)\s+(?:from|between|of)?\s*(?P<weekday>{WEEKDAY})\s+(?:to|into|and)\s+(?P<weekday2>{WEEKDAY})",
    ),
    # this morning, that same afternoon, the next morning, one night, in the morning, early the next morning
    _form(
        "part",
        r"(?:(?P<edge>early|late|earlier|later|mid)[-\s]+(?:in\s+)?)?(?:(?P<turn>this|that\s+same|that|the\s+same|the\s+next|the\s+following|the\s+previous|the|one|each|every|yesterday|tomorrow)\s+)?"
        r"(?:(?P<edge2>early|late|mid)[-\s]+)?(?:(?P<part>{PART})(?:\s+hours)?|(?P<small_hours>early\s+hours|small\s+hours))(?:\s+(?:of\s+)?(?P<that_day>(?:that|the\s+same|the\s+following|the\s+next)\s+day))?",
    ),
    # 15 months ago, two days earlier, just hours later, a year and a half ago
    _form(
        "shift",
        rf"(?:{{APPROX}}\s+)?(?:{_COUNT}\s+(?:more\s+)?)?(?P<unit>{{UNIT}})(?P<and_half>\s+and\s+a\s+half)?\s+"
        r"(?P<side>ago|earlier|later|before(?!\s+(?:the|a|an|his|her|its|their|that|it|he|she|they|being|\w+ing)\b)|previously|prior|beforehand"
        r"|after(?=\s*[,.;)]|\s*$)|afterwards?|hence|from\s+now|on(?=\s*[,.;)]))",
    ),
    _form("shift_holiday", r"(?P<turn>last|next|this)\s+(?P<holiday>{HOLIDAY})"),
    # the following day, the previous week, next month, last year, this week, the same day, that year
    _form(
        "turn",
        r"(?:(?P<edge>early|late|later|earlier|mid)[-\s]+(?:on\s+)?(?:in\s+)?|(?:the\s+)?(?P<edge2>{EDGENOUN})(?:\s+part|\s+half)?\s+of\s+)?"
        r"(?P<turn>the\s+(?:very\s+)?(?:following|next|previous|preceding|same|coming|current|present|past)|that\s+same|that(?:\s+very)?|this(?:\s+very|\s+same|\s+past|\s+coming)?|last|next|(?:later|earlier)\s+(?:in\s+)?the|(?<=of\s)the|(?<=in\s)the|following|previous)"
        r"\s+(?P<unit>day|weekend|week|fortnight|month|quarter|year|decade|century|{SEASON})(?:['’]s)?(?:\s+(?P<part>morning|afternoon|evening|night)\b)?(?:,?\s+(?P<year>{YEAR}))?",
    ),
    # the day before, a day after, days earlier
    _form(
        "day_side",
        r"(?:the|a|one)\s+(?P<unit>day|night|evening|week|month|year)\s+(?P<side>before|after|earlier|later)(?!\s+(?:the|a|an|his|her|its|their|that|it|he|she|they|being|\w+ing)\b)",
    ),
    _form(
        "event_day",
        r"the\s+(?P<unit>day)\s+(?P<side>before|after)(?=\s+(?:the|a|an|his|her|its|their|he|she|it|they)\b)",
    ),
    # the past 15 months, the last few days, the next two weeks, recent weeks
    _form(
        "span",
        r"(?:(?P<det>the|these|those|his|her|its|their)\s+)?(?P<turn>last|past|previous|preceding|next|coming|following|first|final|opening|closing)\s+"
        r"(?:(?P<count>{NUMBER}|{VAGUE}|couple\s+of)\s+)?(?P<unit>{UNIT})",
    ),
    _form("recent", r"(?P<recent>recent|coming)\s+(?P<unit>days|weeks|months|years|decades|hours)"),
    # 15 months, two to three days, three-day, a year and a half, half a year, months-long
    _form(
        "duration",
        rf"(?:(?:a\s+)?{{APPROX}}\s+)?(?:(?P<full>a\s+full|a\s+whole|an\s+entire|the\s+whole|the\s+entire)\s+|{_COUNT}(?:\s*(?:-|–|to|or|and)\s*(?P<high>{{NUMBER}}))?(?P<half_mid>\s+and\s+a\s+half)?(?:\s+(?:full|whole|consecutive|straight|more|long))?(?P<hyphen>\s*-\s*|\s+)|(?P<half>half\s+(?:an?|the)\s+))"
        r"(?P<unit>{UNIT})(?P<and_half>\s+and\s+a\s+half)?(?:[-\s]long\b|['’](?=\s))?",
    ),
    _form(
        "long", r"(?:an?\s+)?(?P<unit>seconds|minutes|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))-long"
    ),
    _form(
        "bare_units",
        r"(?:(?P<approx>just|only|mere)\s+)?(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries)",
    ),
    # every day, each week, every two weeks, once a month, a day, per day
    _form(
        "every",
        r"(?:every|each)\s+(?:(?P<other>other)\s+|(?P<few>few)\s+|(?P<count>{NUMBER})\s+)?(?P<unit>day|night|weekend|week|fortnight|month|quarter|year|decade|hour|minute|second|hours|minutes|days|weeks|months|years|morning|evening|afternoon|spring|summer|autumn|winter)",
    ),
    _form(
        "per",
        r"(?:(?:once|twice|(?:{NUMBER}|several|many)\s+times)\s+(?:a|an|per|every|each)|per|(?<=\w\s)an?)\s+(?P<unit>day|night|week|month|year|hour|minute|second)(?!\s*-)",
    ),
    _form("set_word", r"(?P<word>{SETWORD})"),
    # 5 p.m., 17:05, at 1705 today
    _form("clock", r"(?:(?P<approx>{APPROX}|shortly\s+(?:before|after)|just\s+(?:before|after))\s+)?{CLOCK}"),
    # in 2003, early 1941, the end of 2011, 264 BC
    _form("year", r"{EDGED}?(?:(?:the\s+)?year\s+)?(?P<year>{YEAR})(?P<era>\s+{BC})?"),
    _form("year", r"{EDGED}?(?P<year>\d{1,4})(?P<era>\s+{BC}|\s+(?:a\.d\.|ad|c\.e\.)(?!\w))"),
    _form("short_year", r"['’](?P<year>\d\d)"),
    _form(
        "fiscal",
        r"(?:the\s+)?(?:(?P<rank>first|second|third|fourth|last|latter)[-\s]+(?P<piece>half|quarter)\s+(?:of\s+(?:the\s+year\s+)?|(?=\d)))(?:(?:fiscal\s+)?(?P<year>{YEAR})|(?P<turn>the\s+year|this\s+year|last\s+year|next\s+year))",
    ),
    _form(
        "decade",
        r"(?:the\s+)?(?:(?P<edge>{EDGE})[-\s]+(?:of\s+the\s+|part\s+of\s+the\s+)?)?(?:(?P<decade>(?:1\d|20)\d0)['’]?s|['’]?(?P<short>[1-9]0)['’]?s|(?P<word>{DECADEWORD}))(?P<era>\s+b\.?c\.?(?:e\.?)?(?!\w))?",
    ),
    _form(
        "century",
        r"(?:the\s+)?(?:(?P<edge>{EDGE})[-\s]+(?:of\s+the\s+)?)?(?P<ordinal>{ORDINAL})[-\s]+century(?P<era>\s+b\.?c\.?(?:e\.?)?(?!\w))?",
    ),
    _form(
        "season",
        r"{EDGED}?(?:the\s+)?(?P<season>{SEASON})(?:(?:\s+of|,)?\s*(?P<year>{YEAR})(?:\s*[-–/]\s*\d{2,4})?|\s+(?:of\s+)?(?P<bc>\d{1,4})\s+{BC}|\s+(?:of\s+)?(?P<turn>last|next|this|that)\s+year)?",
    ),
    _form("season", r"(?P<year>{YEAR})\s+(?P<season>{SEASON})"),
    _form(
        "holiday",
        r"(?P<holiday>{HOLIDAY})(?:(?:\s+of|\s+in|,)?\s+(?P<year>{YEAR}))?(?:\s+(?P<part>morning|afternoon|evening|night)\b)?",
    ),
    _form("reference", r"(?P<word>{REFERENCE})"),
    _form(
        "same_time",
        r"the\s+same\s+time(?=\s*[,.;]|\s+as\b)|(?:that|this)\s+(?:time|period)(?=\s*[,.;)]|\s+(?:the|a|an|he|she|it|they|in|of|by|on|was|were)\b)",
    ),
)

# Words and marks without which no form matches: most of a text is passed over at the speed of one scan.
TRIGGER: Final[re.Pattern[str]] = re.compile(
    r"\b(?:"
    + "|".join(
        [
            _any(w for w in LEXICON["months"]),
            _any(
                {*LEXICON["weekdays"], *(f"{d}days" for d in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))}
            ),
            _any(LEXICON["parts"]),
            _any(LEXICON["seasons"]),
            _any(LEXICON["units"]),
            _any(LEXICON["holidays"]),
            _any(LEXICON["decades"]),
            _any(LEXICON["references"]),
            _any(LEXICON["sets"]),
            r"yesterday|today|tomorrow|overnight|tonight|noon|midday|midnight|o['’]clock|small\s+hours|each|every|per|(?:same|that|this)\s+(?:time|period)",
            r"\d{4}s?|\d{1,2}[:.]\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}\s*[ap]\.?m|[1-9]0s|\d{1,4}\s+b\.?c|\d{1,4}\s+a\.?d",
        ]
    )
    + r")(?!\w)|['’]\d\d\b",
    re.IGNORECASE,
)
