"""Names written in letters that only look like those of another script, and characters that turn the order of letters around.

"ВВС" in Cyrillic looks like a broadcaster of Britain and is none. Nothing is changed or refused: a report that carries such a name keeps it,
with a problem that says what is odd, so that whoever reads the report sees it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from sayso.model import Problem

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
# Letters of Cyrillic, Greek and Armenian that most typefaces draw as these letters of Latin.
_LOOKS_LATIN = dict(
    zip(
        "АВЕЅZІЈКМНОРСТУХЬаеѕіјорсухԁԛԝһӏӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧοινυօոսцԍ",
        "ABESZIJKMHOPCTYXbaesijopcyxdqwhlIABEZHIKMNOPTYXoivuonsug",
        strict=True,
    )
)
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 2000  # characters that tell in which script a report is written


def oddities(*, text: str, outlet: str | None, byline: str | None, url: str | None, where: str) -> Iterator[Problem]:
    """What is odd in the letters of a report and of the names it gives; ``where`` names the report."""
    for what, name in (("outlet", outlet), ("byline", byline)):
        if name and (told := deceiving(name, text)):
            yield Problem(
                f"the name of its {what} {told}", where, "Make sure who published it before you rely on the name."
            )
    if url and (host := _host(url)) and (told := deceiving(host, text)):
        yield Problem(f"the name of its site {told}", where, "Make sure whose site it is before you rely on the name.")
    if count := len(_REORDERING.findall(text)):
        yield Problem(
            f"its text holds {count:,} {'character' if count == 1 else 'characters'} that turn the order of letters around",
            where,
            "They are shown as codes, [U+202E]; read the words in the order of the report itself.",
        )


def deceiving(name: str, text: str) -> str | None:
    """What is odd about a name in a report with this text, in words that follow it; None where nothing is.

    A word of letters of two scripts is, and so is one that is wholly of letters that look like Latin, in a report that is not written in
    their script, where no other word of the name shows in which script it is; and letters that cannot be seen.
    """
    for word in _WORD.findall(name):
        scripts = {script for script in map(_script, word) if script}
        if len(scripts) > 1:
            others = " and ".join(sorted(script.title() for script in scripts))
            return f"mixes letters of {others}: {word!a}"
        (script,) = scripts or {"LATIN"}
        like = _in_latin(word)
        honest = any(_in_latin(other) is None for other in _WORD.findall(name) if _script(other[0]) == script)
        if script != "LATIN" and like and not honest and not _written_in(text, script):
            return f"looks like {like!r} and is written in {script.title()}: {word!a}"
    if _INVISIBLE.search(name):
        return f"holds letters that cannot be seen: {name!a}"
    return None


def _in_latin(word: str) -> str | None:
    """The letters of Latin that a word looks like; None where it has one that looks like none."""
    like = [_LOOKS_LATIN.get(letter) for letter in word]
    return None if None in like else "".join(letter for letter in like if letter)


def _script(letter: str) -> str | None:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), None)


def _written_in(text: str, script: str) -> bool:
    letters = [_script(letter) for letter in text[:_SAMPLE] if letter.isalpha()]
    return letters.count(script) * 2 > len(letters)


def _host(url: str) -> str | None:
    """The host as a person would see it: of an encoded name the letters that it stands for."""
    try:
        host = urlsplit(url).hostname or ""
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except (ValueError, UnicodeError):
        return None
