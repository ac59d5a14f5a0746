"""What page furniture, credits and captions look like, read from ``data/furniture.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from sayso.ingest.paragraphs import ends_sentence

_LONGEST = 600  # characters; no furniture is longer, and the patterns stay quick

_TRIM = " \t\u00a0.!…:»>›→|-–—*#"


class Furniture(NamedTuple):
    """The compiled lists. `boilerplate`, `credit` and `caption` each judge one whole paragraph."""

    phrases: frozenset[str]
    openings: tuple[str, ...]
    boilerplate_patterns: re.Pattern[str]
    boilerplate_words: int
    credit_patterns: re.Pattern[str]
    credit_words: int
    caption_patterns: re.Pattern[str]
    beside_picture: re.Pattern[str]
    caption_words: int
    agencies: frozenset[str]
    dateline: re.Pattern[str]
    agency_dateline: re.Pattern[str]  # one that tells by itself wherever it stands: "Arlen, Kesta (AP) -- "

    def is_boilerplate(self, words: str) -> bool:
        """A player's label, a comment link, a promotion: nothing that the report tells."""
        line = fold(words)
        if len(words) > _LONGEST or line.count(" ") >= self.boilerplate_words:
            return False
        if line.strip(_TRIM) in self.phrases or self.boilerplate_patterns.fullmatch(line):
            return True
        return line.startswith(self.openings) and not ends_as_statement(line)

    def is_credit(self, words: str) -> bool:
        """Who made a picture or wrote the text, on a line of its own."""
        line = " ".join(words.split())
        if len(words) > _LONGEST or line.count(" ") >= self.credit_words:
            return False
        return bool(self.credit_patterns.fullmatch(line)) or self._is_agency_line(line)

    def is_caption(self, words: str) -> bool:
        """A caption by its own words."""
        return self._fits(self.caption_patterns, words)

    def may_be_caption(self, words: str) -> bool:
        """One sentence that tells what a picture shows; a caption only where the layout agrees."""
        line = " ".join(words.split())
        inner = re.sub(r"[.!?…][\"'”’»)]*$", "", line)
        one_sentence = not re.search(r"[.!?…][\"'”’»)]*\s+[A-ZÀ-ÞА-Я“\"]", re.sub(r"\b[A-Z][a-z]{0,3}\.", "", inner))
        return one_sentence and self._fits(self.beside_picture, words)

    def _fits(self, pattern: re.Pattern[str], words: str) -> bool:
        line = " ".join(words.split())
        return len(line) <= _LONGEST and line.count(" ") < self.caption_words and bool(pattern.fullmatch(line))

    def _is_agency_line(self, line: str) -> bool:
        """ "Iva Marek/Reuters", or "Getty Images" alone: short, no sentence, a known agency among its parts."""
        if len(line) > 90 or line.count(" ") >= 10 or re.search(r"[.!?:;\"“”](\s|$)", line):
            return False
        parts = [part.strip(" ()").casefold() for part in re.split(r"[/|]", line)]
        if len(parts) > 1:
            return all(parts) and any(part in self.agencies for part in parts)
        return len(parts[0]) > 2 and parts[0] in self.agencies and line[0] != "x"


def fold(words: str) -> str:
    """Case and white space do not matter to furniture."""
    return " ".join(words.split()).casefold()


def ends_as_statement(line: str) -> bool:
    """Whether a line ends as a written sentence; a promotion may end in "…", ":" or "!" and is still one."""
    return ends_sentence(line) and not line.endswith(("…", "...", ":", "!", "»"))


@lru_cache(maxsize=1)
def furniture() -> Furniture:
    """The lists, compiled once."""
    data: dict[str, Any] = tomllib.loads(files("sayso.ingest").joinpath("data/furniture.toml").read_text("utf-8"))
    boilerplate, credit, caption = data["boilerplate"], data["credit"], data["caption"]
    return Furniture(
        phrases=frozenset(fold(p).strip(_TRIM) for p in boilerplate["phrases"]),
        openings=tuple(fold(p) for p in boilerplate["openings"]),
        boilerplate_patterns=_any_of(boilerplate["patterns"]),
        boilerplate_words=boilerplate["max_words"],
        credit_patterns=_any_of(credit["patterns"]),
        credit_words=credit["max_words"],
        caption_patterns=_any_of(caption["patterns"]),
        beside_picture=_any_of(caption["beside_picture"]),
        caption_words=caption["max_words"],
        agencies=frozenset(name.casefold() for name in data["agencies"]["names"]),
        dateline=_dateline(data["dateline"]),
        agency_dateline=_agency_dateline(data["dateline"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def _agency_dateline(data: dict[str, list[str]]) -> re.Pattern[str]:
    """A dateline with an agency in brackets, behind other words."""
    agency = "(?i:" + "|".join(sorted(map(re.escape, data["agencies"]), key=len, reverse=True)) + ")"
    word = r"[A-ZÀ-Þ][\w.’'-]*"
    place = rf"(?!(?:[ECMP][DS]T|GMT|BST|UTC|CET)\b){word}(?:[ ](?:{word}|of|de|la|al|el|upon|on)){{0,3}}(?:,[ ]{word}(?:[ ]{word}){{0,2}})?"
    return re.compile(rf"(?<=\S ){place}[ ]*\({agency}\)[ ]*[-–—]{{1,2}}[ ]+(?=[“\"]?[A-ZÀ-Þ])")


def _dateline(data: dict[str, list[str]]) -> re.Pattern[str]:
    """A dateline at the head of a paragraph: place, then date or agency or both, then a dash.

    A place in capitals may stand alone before the dash; one in small letters needs a date or an agency, for else
    it could be any subject ("The mayor - a former teacher - said").
    """
    agency = "(?i:" + "|".join(sorted(map(re.escape, data["agencies"]), key=len, reverse=True)) + ")"
    month = "(?i:" + "|".join(sorted(map(re.escape, data["months"]), key=len, reverse=True)) + r")\.?"
    date = rf"(?:{month}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}\.?\s+{month})(?:,?\s+\d{{4}})?(?:\s*года|\s*року)?"
    # Behind a place in capitals or a date, whatever stands in brackets is the agency or outlet.
    bracket = rf"(?:\([^()]{{2,40}}\)|[/]{agency}[/]\.?|{agency})"
    upper = r"[A-ZÀ-ÞА-ЯҐЄІЇ]"
    loud = rf"{upper}[{upper[1:-1]}.’'-]+(?:[ ]{upper}[{upper[1:-1]}.’'-]*){{0,3}}"
    quiet = rf"{upper}[\w.’'-]+(?:[ ](?:{upper}[\w.’'-]*|of|de|la|al|el|upon|on)){{0,3}}"
    within = rf"(?:[,/][ ]*{upper}[\w.’'-]+(?:[ ]{upper}[\w.’'-]+){{0,2}})"
    tail = rf"(?:,?[ ]*{date})?(?:[.,]?[ ]*{bracket})?"
    dash = r"[ ]*(?:[-–—]{1,2}|(?<=/)\.|(?<=/\.))[ ]+"
    sure = rf"(?:,?[ ]*{date}(?:[.,]?[ ]*{bracket})?|[.,]?[ ]*\({agency}[^()]{{0,24}}\)|[.,]?[ ]*/{agency}/\.?)"
    return re.compile(rf"(?:{loud}{within}{{0,2}}?{tail}|{quiet}{within}{{0,2}}?{sure}){dash}(?=\S)")
