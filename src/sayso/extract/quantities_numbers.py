"""Numbers as they are written: digits, words, vague words, bounds, ranges, fractions, money, units.

Only the characters are read here; what is counted and what befell it is read from the parse in `quantities`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from math import ceil, floor, inf
from typing import Any, Final

LEXICON: Final[dict[str, dict[str, Any]]] = tomllib.loads(
    files("sayso.extract").joinpath("data/quantities_lexicon.toml").read_text("utf-8")
)
_UNIT_OF: Final = {spelling: unit for unit, spellings in LEXICON["units"].items() for spelling in spellings}


def _any(words: Iterable[str]) -> str:
    return "|".join(
        re.escape(w).replace(r"\ ", r"[\s-]+" if w == "no one" else r"\s+")
        for w in sorted(words, key=lambda w: (-len(w), w))
    )


_NUMBERS = LEXICON["numbers"]
_LONG_MAGNITUDES = [w for w in LEXICON["magnitudes"] if len(w) > 3]
_SHORT_MAGNITUDES = [w for w in LEXICON["magnitudes"] if len(w) <= 3]
_BOUND_OF: Final = {w: kind for kind, words in LEXICON["bounds"].items() for w in words}

_SCALE = rf"(?:{_any(_LONG_MAGNITUDES)})"
_SHORT_SCALE = rf"(?:{_any(_SHORT_MAGNITUDES)})"
_WORD_NUMBER = (
    rf"(?:{_any(_NUMBERS)}"
    rf"|(?:an?|half\s+an?|several|a\s+few|a\s+couple(?:\s+of)?|few|many)(?=\s+{_SCALE}\b))"
)
_SPELLED = (
    rf"{_WORD_NUMBER}(?:(?:[-\s]+|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+)(?:{_any(_NUMBERS)}|{_SCALE})\b)*"
    rf"(?:\s+and\s+a\s+half(?:\s+{_SCALE})?)?"
)
_DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s*-?\s*{_SCALE}\b|\s?{_SHORT_SCALE}\b)?"
)
_CORE = rf"(?:{_DIGITS}|{_SPELLED})"
_MONEY = _any(w for w in LEXICON["currencies"] if not w[-1].isalpha())

PHRASE: Final = re.compile(
    rf"""(?<![\w$€£¥₽₴₹])(?<!\d[.,:])(?<!\w[-/])
    (?:(?P<between>between|from)\s+)?
    (?:(?P<bound>{_any(_BOUND_OF)})\s+)?
    (?:(?P<and_bound>(?:at\s+least|about|around|some|an?\s+estimated))\s+)?
    (?:
        (?P<share>
            (?:(?:an?|one|two|three|four|nine)[\s-]+)(?:third|quarter|fifth|sixth|tenth)s?(?=\s+of\b|\s*[,.;]|\s+the\b)
          | (?<!and\sa\s)(?<!-)half(?=\s+(?:of|the|its|their|his|her)\b)
        )
      | (?P<vague>(?:{_any(LEXICON["vague"])}))(?!\s+(?:{_any(_LONG_MAGNITUDES)})\b)
      | (?P<none>{_any(LEXICON["none"]["words"])})
      | (?:(?P<money>{_MONEY})\s?)?(?P<core>{_CORE})
        (?:\s*(?P<to>-|–|—|\bto\b|\bor\b|\band\b)\s*(?:(?:{_MONEY})\s?)?(?P<core2>{_CORE}))?
    )(?:(?!\w)|(?=(?:mm|cm|km|kg|kt|m)\b))
    (?:[-\s]*(?P<unit>%|(?:{_any(s for s in _UNIT_OF if s != "%")})\b(?!\s+(?:of\s+the\s+)?(?:old\b))))?
    (?:\s+(?:(?P<moneyword>(?:U\.?S\.?\s+)?(?:{_any(w for w in LEXICON["currencies"] if w[-1].isalpha())})\b)))?
    (?P<more>\s+or\s+more\b|\s+or\s+(?:fewer|less)\b|\s+or\s+so\b|\+)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "one in five", "eight out of 10"
_RATIO: Final = re.compile(
    rf"\s+(?:in|out\s+of)\s+(?:every\s+)?(\d{{1,3}}|{_any(_NUMBERS)})(?![\w%-])"
    rf"(?!\s+(?:{_any(s for s in _UNIT_OF if s != '%')})\b)",
    re.IGNORECASE,
)
_LARGEST_RATIO: Final = 100
# What says that "from 214 to 340" tells of two times.
_CHANGED: Final = re.compile(
    r"\b(?:rose|risen|ris(?:es?|ing)|increas\w+|climb\w*|jump\w*|gr[eo]w\w*|soar\w*|surg\w+|doubl\w+|tripl\w+|f[ae]ll\w*|drop\w*|"
    r"declin\w+|shr[aiu]nk\w*|went|gone|go(?:es|ing)?|up|down|rais\w+|lower\w+|revis\w+|updat\w+|chang\w+|correct\w+|cut|reduc\w+)\b[^.;:!?]*$",
    re.IGNORECASE,
)
_CHANGE: Final = 60  # characters before "from" in which such a word is looked for
_LARGEST: Final = 1e18  # longer runs of digits are codes
_ALSO_PREPOSITIONS: Final = frozenset({"above", "below", "over", "under", "about", "around"})
# Figures inside these are names, dates, scores and the like: T-72, 03:14, 3rd, 12/05, 1.2.3, 192.168
_GLUED: Final = re.compile(r"(?:\w[-/:]?|\d[.,])$")
_GLUED_AFTER: Final = re.compile(r"(?:st|nd|rd|th)\b|:\d|/\d|-[A-Z]|\.\d|,\d|[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number phrase: offsets, the range it gives, and its unit where it carries one.

    ``core`` is where the number itself begins, behind "at least" and the like; ``vague`` says that it is told
    roughly.
    """

    start: int
    core: int
    end: int
    low: float
    best: float
    high: float
    unit: str | None = None
    vague: bool = False
    bound: str | None = None
    is_none: bool = False
    words: str = ""


def find_numbers(text: str) -> Iterator[Number]:
    """Every number phrase of ``text`` in order. ``high`` is inf where it is open."""
    at = 0
    while (m := PHRASE.search(text, at)) is not None:
        at = max(m.end(), m.start() + 1)
        number = _read(m, text)
        if number is not None:
            at = number.end
            yield number


def _read(m: re.Match[str], text: str) -> Number | None:
    g = m.groupdict()
    if g["share"]:
        value = _share(g["share"])
        low, best, high, vague = _bounded(_kind(m), value * 100, count=False)
        return Number(
            m.start(), m.start("share"), m.end("share"), low, best, high, "%", vague, words=g["share"].lower()
        )
    if g["vague"]:
        low, best, high = LEXICON["vague"][_plain(g["vague"])]
        kind = _kind(m)
        if m["bound"] and _plain(m["bound"]) in _ALSO_PREPOSITIONS:  # "above various roofs"
            kind = None
        if kind in ("at_most", "less_than"):
            low = 0
        words = _plain(g["vague"])
        end = m.end("vague")
        if words.endswith(" of"):
            end -= len(re.search(r"\s+of$", g["vague"], re.I)[0])  # type: ignore[index]
        unit, end2 = _unit(m)
        return Number(
            _start(m), m.start("vague"), end2 if unit else end, low, best, high, unit, words != "both", words=words
        )
    if g["none"]:
        return Number(
            m.start("none"), m.start("none"), m.end("none"), 0, 0, 0, None, False, is_none=True, words=_plain(g["none"])
        )
    return _read_figure(m, text)


def _read_figure(m: re.Match[str], text: str) -> Number | None:
    g = m.groupdict()
    core, core2 = g["core"], g["core2"]
    if (
        _GLUED.search(text[max(0, m.start("core") - 2) : m.start("core")])
        and not g["money"]
        and text[m.start("core") - 1] not in "-–—("
    ):
        return None
    value = to_number(core)
    if value is None:
        return None
    kind = _kind(m)
    if (
        core2
        and (g["between"] or "").lower() == "from"
        and _CHANGED.search(text[max(0, m.start() - _CHANGE) : m.start()])
    ):
        core2 = None  # "rose from 214 to 340": one number, then another; no range
    end = m.end("core")
    unit, unit_end = _unit(m) if core2 or not g["core2"] else (None, end)
    ratio = _RATIO.match(text, end) if unit is None and not core2 and not g["money"] else None
    if ratio and (of := to_number(ratio[1])) is not None and 0 < value < of <= _LARGEST_RATIO:
        low, best, high, vague = _bounded(kind, round(100 * value / of, 2), count=False)
        return Number(_start(m), m.start("core"), ratio.end(1), low, best, high, "%", vague, kind, words=core.lower())
    if core2 and (second := to_number(core2)) is not None and _is_range(g, value, second):
        if second < value and (scale := _magnitude(core2)) > 1 and _magnitude(core) == 1:
            value *= scale
        if _magnitude(core2) > 1 and _magnitude(core) == 1 and value * _magnitude(core2) <= second:
            value *= _magnitude(core2)  # "3 to 4 million"
        if re.search(r"[,. ]000$", core2) and "," not in core and second / 10 <= value * 1000 <= second:
            value *= 1000  # "45-50,000"
        low, best, high, vague = min(value, second), min(value, second), max(value, second), False
        end = m.end("core2")
    elif core2 and (g["to"] or "") in ("-", "–", "—"):
        return None  # a score: 3-2
    elif core2:  # "two and three": two numbers, of which this is the first
        low, best, high, vague = _bounded(kind, value, count=unit is None)
        unit = None
    else:
        low, best, high, vague = _bounded(kind, value, count=unit is None and not g["money"])
        if "several" in core.lower() or "few" in core.lower() or "many" in core.lower() or "couple" in core.lower():
            # "several hundred": as "several" with a hundred for one.
            vague, high = True, 9 * _magnitude(core) + _magnitude(core) - 1
    if _GLUED_AFTER.match(text[end : end + 3]) and unit is None:
        return None
    if unit:
        end = unit_end
    if unit is None and g["money"]:
        unit = LEXICON["currencies"][g["money"].lower()]
    more = g["more"] if m.end() > end and not (g["core2"] and end == m.end("core")) else None
    if more:
        end = m.end()
        word = more.strip().lower()
        if word in ("or more", "+"):
            high = inf
        elif word in ("or fewer", "or less"):
            low = 0
        else:
            low, best, high, vague = _bounded("about", value, count=True)
    start = _start(m) if core2 or not g["core2"] else m.start("core")
    number = Number(start, m.start("core"), end, low, best, high, unit, vague, kind, words=core.lower())
    if text[start : start + 1] and kind == "exactly":
        return replace(number, start=m.start("money") if g["money"] else m.start("core"))
    return number


def _start(m: re.Match[str]) -> int:
    for name in ("bound", "and_bound", "money", "core", "vague"):
        if m[name] is not None:
            return m.start("between") if m["between"] and m["core2"] and name != "vague" else m.start(name)
    return m.start()


def _kind(m: re.Match[str]) -> str | None:
    bound = m["bound"] or m["and_bound"]
    return _BOUND_OF.get(_plain(bound)) if bound else None


def _unit(m: re.Match[str]) -> tuple[str | None, int]:
    if m["unit"]:
        return _UNIT_OF[_plain(m["unit"])], m.end("unit")
    if m["moneyword"]:
        word = _plain(m["moneyword"]).replace("u.s.", "").replace("us ", "").strip()
        return LEXICON["currencies"].get(word), m.end("moneyword")
    return None, m.end()


def _is_range(g: dict[str, str | None], value: float, second: float) -> bool:
    joined = (g["to"] or "").lower()
    if joined == "and":
        return bool(g["between"]) and (g["between"] or "").lower() == "between"
    if joined == "or":
        return 0 < second - value <= max(1.0, value)
    return second > value or _magnitude(g["core2"] or "") > 1


def _bounded(kind: str | None, value: float, *, count: bool) -> tuple[float, float, float, bool]:
    """(low, best, high, vague) of ``value`` under a bound. Counts stay whole."""
    reach = LEXICON["approximation"]["about"]
    # Rounded before it is made whole: 200 * 1.1 is 220.00000000000003.
    down, up = round(value * (1 - reach), 4), round(value * (1 + reach), 4)
    if count:
        down, up = floor(down), ceil(up)
    match kind:
        case "at_least" | "more_than":
            return value, value, inf, False
        case "at_most" | "less_than":
            return 0, value, value, False
        case "nearly":
            return down, value, value, True
        case "about":
            return down, value, up, True
    return value, value, value, False


def to_number(words: str) -> float | None:
    """The number that digits or words spell ("1,200", "three hundred and five", "2.5 million"), or None."""
    plain = words.lower().replace("-", " ")
    digits = re.match(r"\s*(\d[\d,]*(?:\.\d+)?)\s*(\w+)?\s*$", plain)
    if digits:
        scale = LEXICON["magnitudes"].get(digits[2], 1) if digits[2] else 1
        value = float(digits[1].replace(",", "")) * scale
        return value if value < _LARGEST else None
    total = current = 0.0
    half = "and a half" in plain
    seen = False
    for word in plain.replace("and a half", " ").split():
        if word in _NUMBERS:
            current += _NUMBERS[word]
            seen = True
        elif word in ("a", "an"):
            current += 1 if current != 0.5 else 0
            seen = True
        elif word == "half":
            current = 0.5
            seen = True
        elif word in ("several", "few", "many", "couple"):
            current = 2 if word == "couple" else 3
            seen = True
        elif word in LEXICON["magnitudes"]:
            scale = LEXICON["magnitudes"][word]
            current = (current or 1) + (0.5 if half else 0)
            half = False
            if scale >= 1000:
                total += current * scale
                current = 0.0
            else:
                current *= scale
            seen = True
        elif word not in ("and", "of"):
            return None
    return total + current + (0.5 if half else 0) if seen else None


def _magnitude(words: str) -> float:
    scale = 1.0
    for word in re.findall(r"[a-z]+", words.lower()):
        scale = max(scale, float(LEXICON["magnitudes"].get(word, 1)))
    return scale


def _share(words: str) -> float:
    parts = words.lower().replace("-", " ").split()
    times = 1 if len(parts) == 1 or parts[0] in ("a", "an") else _NUMBERS.get(parts[0], 1)
    return float(round(times * LEXICON["fractions"][parts[-1]], 4))


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("no-one", "no one").split())
