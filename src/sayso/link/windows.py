"""In which time a number holds: "in the past week", "every year", "in 1957". Numbers of different times are never compared.

History is told beside the news, and its numbers are large: a year that stands with the number, that labels its sentence
("1957: …"), or of which the sentence goes on to tell ("In 2004 a storm struck. It killed …") is the year of the number.
"""

from __future__ import annotations

import re

from sayso.model import Span

_PERIOD = re.compile(
    r"\b(?:in|over|within|during)?\s*(?:the )?(?:past|last|previous|first)\s+(?:\w+\s+)?(?:hours?|days?|weeks?|months?|years?)\b"
    r"|\bthis (?:week|month|year)\b|\b\w+ (?:months?|years?|decades?) (?:ago|earlier)\b"
    r"|\bsince (?!then\b)(?:the )?\w+(?: \w+)?|\bso far this \w+|\bovernight\b|\b(?:in|during) (?:19|20)\d\d\b",
    re.IGNORECASE,
)
# It holds for the number beside it, and for no other in the sentence.
_RATE = re.compile(
    r"(?<!nearly )(?<!about )(?<!almost )(?<!than )(?<!around )\b(?:a|per|each|every|one) (?:day|night|week|month|year)\b"
    r"(?! (?:ago|earlier|before|later|after|since))"
    r"|\bdaily\b(?! (?:\w+ )?(?:statement|message|briefing|report|bulletin|update|conference|post)s?\b)",
    re.IGNORECASE,
)
# What is usual is no count of anything that happened: "kills thousands in an average year", "ordinary flu kills …".
_USUAL = re.compile(
    r"\b(?:in|on|during) an? (?:average|normal|typical|ordinary|usual|bad|good) (?:\w+ )?(?:day|week|month|year|season|winter|outbreak)\b"
    r"|\b(?:year after year|day after day|every [\w-]+ (?:days|weeks|months|years)|annually|yearly|routinely|on average)\b"
    r"|\b(?:seasonal|ordinary|regular|normal|common) (?:\w+ ){0,2}?(?:flu|influenza|colds?|illness\w*|infections?)\b",
    re.IGNORECASE,
)
_EVENT = (
    r"(?:(?:earth)?quake|attack|raid|incursion|assault|shelling|strike|bombardment|operation|disaster|flood|storm|hurricane|cyclone|"
    r"explosion|blast|collapse|crash|fire|landslide|tsunami|eruption|outbreak|epidemic|pandemic|invasion|war|shooting|bombing|accident)"
)
_HAPPENED = (
    r"(?:exploded|blew up|went off|burst|collapsed|sank|capsized|crashed|collided|derailed|erupted|struck|hit|broke out|caught fire|burned down|"
    r"opened fire|invaded|attacked|ruptured)"
)
# "Since the flood", "a month since the dam burst" is no window: it is all of the event.
_SINCE_EVENT = re.compile(
    rf"(?:\b\w+ (?:days?|weeks?|months?) )?\bsince (?:(?:\S+ ){{0,5}}?{_EVENT}s?|(?:[^\s,;]+ ){{1,7}}?{_HAPPENED})\b",
    re.IGNORECASE,
)
# "The dam burst two weeks ago, killing nine", "the blast last month": when the one event was, and no window that its dead are counted in.
# Years ago it is another event.
_MOMENT = r"(?:\w+ (?:days?|weeks?|months?) (?:ago|earlier)|last (?:week|month)|earlier (?:this|last) (?:week|month|year)|this (?:week|month)|overnight)"
_SUDDEN = r"(?:(?:earth)?quake|attack|raid|strike|explosion|blast|collapse|crash|fire|landslide|tsunami|eruption|shooting|bombing|accident)"
_ONE_EVENT = rf"(?:\b(?:an?|the|this|that|\w+['’]s) (?:[\w-]+ ){{0,4}}?{_SUDDEN}\b|\b{_HAPPENED}\b)"
_DATES_EVENT = re.compile(
    rf"(?P<first>{_ONE_EVENT}(?: [^\s,;.]+){{0,6}}?),? (?:early |late )?{_MOMENT}\b|^\W*{_MOMENT},? (?P<then>(?:[^\s;.]+ ){{0,6}}?{_ONE_EVENT})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)s?\b|\b(?:in|of|until|from|around|circa) (1[0-7]\d\d)\b", re.IGNORECASE)
_AGO = re.compile(r"\b\w+ (?:months?|years?|decades?) (?:ago|earlier)\b", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|[\s(])(?:1\d|20)\d\d: ")
# A sentence that goes on telling of what the one before it told of, and not of what has happened by now.
_GOES_ON = re.compile(
    r"^\W*(?:It|That|This|These|Those|They|There (?:was|were))\b"
    r"(?! (?:\w+ )?(?:has|have|is|are|may|might|could|will|would|means?|comes?|says?)\b)"
)
_BACK_THEN = re.compile(
    r"\b(?:on that occasion|back then|in that (?:year|outbreak|epidemic|pandemic|quake|disaster|war)|(?:of|in) (?:that|the same) year)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|today|tonight|yesterday|since then|so far|on \w+day|this (?:week|month|year|time))\b", re.IGNORECASE
)
BACK = 400  # characters of its paragraph that such a sentence may go on from
_SENTENCES = 3


def period_of(text: str, beside: str | None = None) -> str | None:
    """The words of a period that a number in ``text`` holds for ("in the past week", "per day"), or None; a rate only where it stands
    ``beside`` the number, in its part of the sentence (all of it if left out). When the event was that the number is of ("the dam burst
    two weeks ago") is no period."""
    text = _DATES_EVENT.sub(lambda m: m["first"] or m["then"], _SINCE_EVENT.sub(" ", text))
    found = [_PERIOD.search(text), _RATE.search(text if beside is None else beside)]
    first = next((m for m in found if m), None)
    return " ".join(first.group().casefold().split()) if first else None


def is_of_a_past_event(text: str) -> bool:
    """Whether a number in ``text`` is told as of an event of some time ago: "the blast last month killed 20"."""
    return _DATES_EVENT.search(text) is not None


def window_of(text: str, beside: str) -> str | None:
    """The same, with one word for all that is told as what usually happens: "usually"."""
    return "usually" if _USUAL.search(text) else period_of(text, beside)


def own_years(clause: str, segment: str, published: str) -> tuple[str, ...]:
    """The years other than that of publication which the words around a number name, sorted: those in its part of the sentence
    (``segment``), else in all of it (``clause``). A number of people ("1,900") is no year."""
    for words in (segment, clause):
        found = _years(words, published)
        if found:
            return found
    return ()


def _years(words: str, published: str) -> tuple[str, ...]:
    return tuple(sorted({a or b for a, b in _YEAR.findall(words) if _is_past(a or b, published)}))


def _is_past(year: str, published: str) -> bool:
    """Whether a year lies before that of publication; one after it is the clock of a live page ("2050") or a forecast."""
    return not published or year < published[:4]


def label_bounds(text: str, number: Span) -> tuple[int, int]:
    """Where the entry of a list of years that a number stands in begins and ends ("1918: … 1957: …"); the whole text if there is
    none near it."""
    begin, end = max(0, number.start - BACK), min(len(text), number.end + BACK)
    before = [m.start() for m in _LABEL.finditer(text, begin, number.start)]
    after = [m.start() for m in _LABEL.finditer(text, number.end, end)]
    return (before[-1] if before else 0), (after[0] if after else len(text))


def goes_on_from(text: str, number: Span) -> str:
    """What was told just before the sentence of a number, if that sentence goes on from it and tells of what is past; else ""."""
    start = max(text.rfind(mark, 0, number.start) + len(mark) for mark in (". ", "! ", "? ", "\n", "* ", "“"))
    sentence = text[start : number.end + 80]
    if not (_GOES_ON.match(sentence) or _BACK_THEN.search(sentence)):
        return ""
    paragraph = text[max(text.rfind("\n", 0, start) + 1, start - BACK) : start]
    back = re.split(r"(?<=[.!?])\s+", paragraph.strip())[-_SENTENCES:]
    return "" if any(_NOW.search(s) for s in back) else " ".join(back)


def ago_before(told: str) -> str | None:
    """How long ago what was told before (`goes_on_from`) was, in its last words of the kind "six years ago"; None if it has none."""
    last = _AGO.findall(told)[-1:]
    return " ".join(last[0].casefold().split()) if last else None


def years_before(told: str, published: str) -> tuple[str, ...]:
    """The year that what was told before (`goes_on_from`) is of: the last one that it names."""
    last = [a or b for a, b in _YEAR.findall(told)][-1:]
    return tuple(year for year in last if _is_past(year, published))
