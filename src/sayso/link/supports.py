"""What a confirmation bears out: "verified the video", "confirmed the report", "damage consistent with shelling".

A claim supports another when an independent statement says that it holds up, without itself giving the answer: whoever confirms *that*
nine died gives the answer, and is one more who says so. What is checked is tied to the statement it speaks of, as a failed check
is: footage to the statement that tells of footage, a figure to the number before it, an account to whoever gave it. A confirmation
by the same actor or of its own side is none; nor is one that is negated, hedged, asked for or still to come. Where nothing is near
enough it is tied to nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.link.actors import fold, same_party
from sayso.link.contents import Bond
from sayso.link.denials import LEAST, NEXT_TO, calls, could_not_verify, counts, one_side, overlaps, roots
from sayso.link.denying import how_it_denies
from sayso.link.told import Told
from sayso.link.words import Words
from sayso.model import Act, RelationKind

BESIDE = 400  # characters within which "it" and "the report" point back
_CHECKED = r"(?:verified|authenticated|geo-?located|corroborated|confirmed|fact-checked)"
_DETERMINER = r"(?:(?:the )?(?:[\w-]+ ){0,3}?[\w-]+['’]s?|the|this|that|these|those|its|their|his|her|all|both|(?=(?:news )?(?:reports|claims|news)\b))"
_FOOTAGE = r"(?:videos?|footage|clips?|films?|recordings?|photos?|photographs?|pictures?|images?|documents?|letters?)"
_FIGURE = r"(?:figures?|numbers?|tolls?|counts?|tally)"
_WORDS = (
    r"(?:accounts?|claims?|versions?|statements?|reports?|allegations?|accusations?|testimony|descriptions?|stor(?:y|ies)|news|"
    r"information|estimates?|findings?|conclusions?)"
)
_OBJECT = rf"(?P<whose>{_DETERMINER}) ?(?:[\w-]+ ){{0,3}}?(?:(?P<footage>{_FOOTAGE})|(?P<figure>{_FIGURE})|(?P<words>{_WORDS}))\b"
_OF_IT = r"(?:the )?(?:authenticity|location|date|time|place|veracity|accuracy|truth) of "
# An object that goes on ("the report's author", "the video game") is another thing.
_ENDS = r"(?![\w'’-]|\s+(?:of (?:the )?(?:first|second)|games?|conference|authors?)\b)"
_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!several )(?<!the )(?<!of )(?<!new )(?<!first )\b{_CHECKED} (?:{_OF_IT})?{_OBJECT}{_ENDS}",
        rf"\b(?<!to )confirms? {_OBJECT}{_ENDS}",
        rf"\b{_OBJECT}\b(?:,? [^.;,]{{0,60}}?,?)? (?:has been|have been|had been|was|were) (?:\w+ly )?{_CHECKED}\b",
        rf"\b(?:consistent with|bears? out|bore out|borne out|lends? \w+ to|lent \w+ to|corroborat(?:es?|ed)|tall(?:y|ies|ied) with|"
        rf"in line with) {_OBJECT}{_ENDS}",
        # Only what shows something supports an account; a minister who supports a report approves of it.
        rf"\b(?:images?|imagery|footage|videos?|photos?|data|records|documents|evidence|analysis|photographs?|witness\w*|residents|survivors|logs)\b[^.;]{{0,80}}?"
        rf"\b(?:supports?|supported|back(?:s|ed)? up|match(?:es|ed)?) {_OBJECT}{_ENDS}",
    )
)
_IT = re.compile(r"^\W*(?:it|this|as much|so much)\W*$", re.IGNORECASE)
_CONFIRM = re.compile(
    r"\b(?:confirm|verif|corroborat|authenticat)\w*", re.IGNORECASE
)  # who agrees or admits checks nothing
# What is seen bears out what was said of it, though it names nobody's account: "damage consistent with shelling".
_SEEN = re.compile(
    r"\b(?:images?|imagery|footage|videos?|photos?|wounds?|injuries|damage|craters?|debris|fragments?)\b[^.;]{0,80}?\bconsistent with (?P<what>[^.;,]{4,80})",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\s+(?:of|that|about|on|from)\s+([^.;,]{4,120})", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:not|never|no|none|cannot|neither|nor|without|yet|unable|impossible|un(?:verified|confirmed|able)|if|whether|until|unless|once|will|only|may|might|would|"
    r"could|should|must|appear\w*|seem\w*|partly|partially|tr(?:y|ying|ied)|seek\w*|sought|working|hop(?:e|es|ing)|need\w*|wait\w*|await\w*|"
    r"refus\w+|declin\w+|fail\w*|ask\w*|deny|denied|denies|false|fake|claims? to have)\b|n['’]t\b|"
    r"(?<!able )\bto (?:be )?(?:\w+ly )?(?:verif|confirm|authentic|corrobor)",
    re.IGNORECASE,
)
_NO_TARGET = frozenset(
    (
        Act.CANNOT_VERIFY,
        Act.ASK,
        Act.DECLINE_COMMENT,
        Act.DECLINE_RESPONSIBILITY,
        Act.DENY,
        Act.PROMISE,
        Act.ORDER,
        Act.PREDICT,
    )
)
# Words of a confirmation that say nothing of what is confirmed.
_POINTING = Words(
    """account claim version statement report allegation accusation testimony description story news information video footage clip
    film recording photo photograph picture image document letter figure number toll count tally verified authenticated geolocated
    corroborated confirmed confirms independently authenticity location date time place accuracy consistent with bears out lends
    weight credence support matches agency said says has had been show shows"""
).stems
_KINDS = ((re.compile(r"\b(?:videos?|footage|clips?|films?|recordings?)\b", re.IGNORECASE), "video"),
          (re.compile(r"\b(?:photos?|photographs?|pictures?|images?)\b", re.IGNORECASE), "picture"),
          (re.compile(r"\b(?:documents?|letters?)\b", re.IGNORECASE), "document"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Check:
    """What a confirmation speaks of: its kind (footage, figure, words, it, seen), whose it is, the words that say so, and those that
    say what it is about ("reports of clashes in Varn"), if any."""

    kind: str
    whose: str
    words: str
    about: str = ""


def tie_supports(told: Sequence[Told], idf: Mapping[str, float]) -> list[Bond]:
    """A bond from each confirmation to what it bears out, where that stands before it in its report."""
    by_report: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_report[one.report.id].append(one)
    checks = {one.id: check for one in told if (check := confirms(one)) is not None}
    bonds = []
    for one in told:
        check = checks.get(one.id)
        if check is None or (one.twin is not None and confirms(one.twin) is not None):
            continue
        if any(t.id in checks and overlaps(t, one) and len(t.text) < len(one.text) for t in by_report[one.report.id]):
            continue  # "confirmed the toll", in "confirmed the toll and said that …", is the confirmation
        target = _target(one, check, by_report[one.report.id], idf)
        if target is not None:
            other, score, reasons = target
            bonds.append(Bond(one.id, other.id, RelationKind.SUPPORTS, score, reasons, check.kind == "figure"))
    return bonds


def confirms(one: Told) -> _Check | None:
    """What a statement says was verified, confirmed or borne out; None if it says of nothing that it was."""
    if one.statement.negated or could_not_verify(one) or how_it_denies(one) is not None:
        return None
    if one.statement.act in (Act.ASK, Act.DECLINE_COMMENT, Act.PREDICT, Act.PROMISE, Act.ORDER):
        return None
    sentence, around = _said(one), _around(one)
    if _NOT_SO.search(around):
        return None
    if one.statement.act is Act.CONFIRM and _IT.match(one.text):
        checks = _CONFIRM.search(sentence) and not _NOT_SO.search(sentence)
        return _Check("it", "", sentence[-60:]) if checks else None
    for form in _FORMS:
        for found in form.finditer(sentence):
            if _NOT_SO.search(sentence[max(0, found.start() - 70) : found.end()]):
                continue
            kind = next(k for k in ("footage", "figure", "words") if found[k])
            about = _ABOUT.match(sentence[found.end() :])
            return _Check(kind, found["whose"], " ".join(found.group().split()[-8:]), about[1] if about else "")
    seen = _SEEN.search(sentence)
    if seen and not _NOT_SO.search(sentence[max(0, seen.start() - 70) : seen.end()]):
        return _Check("seen", "", " ".join(seen.group().split()[-8:]), seen["what"])
    return None


def _said(one: Told) -> str:
    """Source, cue and content as the report has them, without what stands between them and belongs to another statement."""
    text = one.report.text
    spans = sorted({*one.statement.source, *one.statement.cue, *one.statement.content})
    return " ".join(" ".join(span.of(text) for span in spans).split())


def _whole(one: Told) -> str:
    """The statement with the words before it in its sentence: "posted a video that it said showed"."""
    text, spans = one.report.text, (*one.statement.source, *one.statement.cue, *one.statement.content)
    start = min(span.start for span in spans)
    return text[max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1 : max(span.end for span in spans)]


def _around(one: Told) -> str:
    """The words around the cue, where a "not" may stand; "" for a statement without one."""
    text = one.report.text
    return " ".join(text[max(text.rfind(". ", 0, c.start) + 1, c.start - 25) : c.end] for c in one.statement.cue)


Found = tuple[Told, float, tuple[str, ...]]


def _target(one: Told, check: _Check, there: Sequence[Told], idf: Mapping[str, float]) -> Found | None:
    before = [t for t in there if t.start < one.start <= t.start + NEXT_TO and _may_be_meant(t, one)]
    before.sort(key=lambda t: (-t.start, t.id))
    before = _of_whom(check, before)
    words = f"says so: “{check.words}”"
    if check.kind == "figure":
        given = [t for t in before if counts(t) and (not one.words.numbers or t.words.numbers & one.words.numbers)]
        return (given[0], 0.75, (words, "the number told before it", "in the same report")) if given else None
    if check.kind == "footage":
        shown = {kind for pattern, kind in _KINDS if pattern.search(check.words)}
        given = [t for t in before if shown & {kind for pattern, kind in _KINDS if pattern.search(_whole(t))}]
        return (given[0], 0.75, (words, f"the {min(shown)} told of before it", "in the same report")) if given else None
    if own := Words(check.about).stems - _POINTING:
        return _sharing(own, before, idf, words)
    near = [t for t in before if one.start - t.start <= BESIDE]
    return (near[0], 0.6, (words, "what is told just before it", "in the same report")) if near else None


def _sharing(own: frozenset[str], before: Sequence[Told], idf: Mapping[str, float], words: str) -> Found | None:
    """The statement before it that shares most of the words which say what is confirmed."""
    total = sum(idf.get(s, 1.0) for s in sorted(own)) or 1.0
    scored = []
    for other in before:
        shared = own & other.words.stems
        # In a story of a few statements what two share is rare nowhere: there most of the words must be shared, whatever they weigh.
        share = max(
            sum(idf.get(s, 1.0) for s in sorted(shared)) / total, len(shared) / len(own) if len(shared) > 1 else 0.0
        )
        scored.append((share, other.start, other.id, other))
    best = max((s for s in scored if s[0] >= LEAST), key=lambda s: s[:3], default=None)
    if best is None:
        return None
    telling = min(own & best[3].words.stems, key=lambda s: (-idf.get(s, 0.0), s))
    return best[3], round(0.5 + 0.4 * best[0], 4), (words, f"shares “{telling}”", "in the same report")


def _may_be_meant(other: Told, one: Told) -> bool:
    """Whether ``one`` can bear ``other`` out: said by another, not of its side, and itself neither a check nor a denial."""
    if other.statement.act in _NO_TARGET or how_it_denies(other) is not None or could_not_verify(other):
        return False
    if overlaps(other, one) or same_party(other.party, one.party) or one_side(other, one) or one_side(one, other):
        return False
    return not (other.voice and one.voice) and confirms(other) is None


def _of_whom(check: _Check, before: Sequence[Told]) -> list[Told]:
    """Those of whoever the check names ("the Brigade's account", or "their account", of who spoke last); all where it names nobody."""
    whose = check.whose.casefold()
    if whose in ("its", "their", "his", "her"):
        return [t for t in before if not t.voice][:1]
    if not re.search(r"['’]s?$", whose):
        return list(before)
    named = roots(" ".join(fold(whose)))
    return [t for t in before if named & roots(" ".join(calls(t)))]
