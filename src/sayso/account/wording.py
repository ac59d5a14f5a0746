"""Words for a line: what somebody said, in the words of the report it stands in.

A line keeps the report's own words and only puts the speaker's name and role where the report may say "he", and
"said" where the cue has no verb. So there is little that the gate could refuse, and nothing that is not cited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sayso.account.gate_framing import FRAMING_WORDS
from sayso.account.other_news import other_news
from sayso.model import ActorChain, ActorType, BlockKind, Citation, Extraction, Kind, Report, Span, Statement

_ADVERBS = 3  # words that may stand between a speaker and the cue without a verb of their own ("on Tuesday also")
_MAX_WORDS = 42  # a sentence of a news report seldom has more; longer content is cut at a clause
_PLAIN_CUES = re.compile(
    r"^(?:has |have |had )?(?:said|says|say|saying|told|according to|added|adding|put it|noted|continued)$", re.I
)
_QUOTED = re.compile(r"^(?:quot|cit)(?:e|es|ed)$|^as saying$", re.I)  # "the agency quotes her as saying": she said it
_BE_BEFORE = re.compile(r"(?:\b(?:has|have|had|is|are|was|were|been)\s+)+$")  # "but has been |unable to verify"
_CLAUSE_END = re.compile(r"[;:–—]|, (?=(?:and|but|which|who|while|although|though|as|after|with|where)\b)")
_SPEAKERS = (ActorType.PERSON, ActorType.ORGANIZATION, ActorType.PLACE, ActorType.GROUP)
# A reporting noun in its verb's past tense, so that "Belmark's denial that …" reads "Belmark denied that …".
_NOUN_CUES = {
    "denial": "denied",
    "claim": "claimed",
    "charge": "alleged",
    "allegation": "alleged",
    "accusation": "alleged",
    "assertion": "said",
    "statement": "said",
    "announcement": "announced",
    "admission": "admitted",
    "confirmation": "confirmed",
    "warning": "warned",
    "promise": "promised",
    "pledge": "pledged",
    "threat": "threatened",
    "belief": "believed",
}
# First words that are no names, beside those of the gate's framing; else a capital is kept.
_COMMON_OPENERS = frozenset(
    """in several some we our many his her my police troops soldiers people civilians gunmen rescuers seven eight nine
    ten dozens hundreds thousands""".split()
)
# A sentence that begins so speaks of something told before it, which a line does not show.
_POINTS_BACK = re.compile(
    r"^(?:(?:however|whatever|whichever|whether or not) (?:that|this|these|those|it)\b|he|she|they|his|her|their|this|that|these|those|both|such|its)\b"
    r"|^it (?!(?:is|was|remains|remained) (?:not|un|still))",
    re.I,
)
# What a body agrees "to reveal his name" about is somebody whom a line does not show.
_ANOTHERS = re.compile(r"(?:not )?to \w+ (?:his|her|him)\b", re.I)
_SUBORDINATE = re.compile(r"^(?:after|as|while|when|if|although|though|because|since|despite|with|before)\b", re.I)
_QUOTE_MARKS = '"“”„«»'


@dataclass(frozen=True)
class Desk:
    """What wording needs to look up: the reports and their readings, by id."""

    reports: Mapping[str, Report]
    statements: Mapping[str, Statement]
    chains: Mapping[tuple[str, str], ActorChain]  # (report, actor) -> its mentions there
    other_news: frozenset[str] = frozenset()  # statements of round-ups that tell of something else

    @staticmethod
    def of(reports: Mapping[str, Report], extractions: Mapping[str, Extraction]) -> Desk:
        return Desk(
            reports,
            {s.id: s for x in extractions.values() for s in x.statements},
            {(x.report, c.actor.id): c for x in extractions.values() for c in x.actors},
            other_news(list(reports.values()), list(extractions.values())),
        )

    def text(self, statement: Statement) -> str:
        return self.reports[statement.report].text


@dataclass(frozen=True)
class Worded:
    """A clause ready for a line, with the spans of its report that it rests on and the words that are ours."""

    text: str
    spans: tuple[Span, ...]
    framing: tuple[str, ...] = ()


def cite(desk: Desk, statement: Statement, spans: tuple[Span, ...]) -> Citation:
    """A citation of these spans of the statement's report, with their exact words."""
    report = desk.reports[statement.report]
    ordered = _disjoint(spans)
    return Citation(
        statement=statement.id,
        report=report.id,
        outlet=report.outlet,
        url=report.url,
        published=report.published.value if report.published else None,
        spans=ordered,
        exact=" … ".join(s.of(report.text) for s in ordered),
    )


def outlet_of(desk: Desk, statement: Statement) -> str | None:
    return desk.reports[statement.report].outlet


_OPENS = re.compile(r"(?:^|[.!?\n][\"”’)]*\s*)$")
# "one of its fighters": whose, only the report tells.
_SOMEBODYS = re.compile(r"^((?:\w+ of )?)(?:its|their|his|her|our|whose) ", re.IGNORECASE)
_KIN = re.compile(
    r"^(?:its|their|his|her|our|whose) (?:\w+ )?(?:wife|husband|mother|father|son|daughter|sister|brother|cousin)\b",
    re.I,
)


def speaker(desk: Desk, statement: Statement, *, with_role: bool = True) -> Worded:
    """The speaker as a line names them: the full name with the role, from wherever the report gives it."""
    actor = statement.actor
    text = desk.text(statement)
    own = Span(statement.source[0].start, statement.source[-1].end) if statement.source else None
    if actor is None or own is None:
        return Worded("", ())
    written = _flat(own.of(text))
    if actor.name.lower() in written.lower():
        name_spans: tuple[Span, ...] = (own,)
    else:
        mention = _naming_mention(desk, statement, actor.name)
        if mention is None:
            return Worded(written, (own,))
        name_spans = (mention, own)
    if not with_role and actor.type is ActorType.PERSON:
        return Worded(actor.name, name_spans)
    role = actor.role if actor.role and not _KIN.search(actor.role) else None
    if actor.type is not ActorType.PERSON or not role or len(role.split()) > 12:
        if written.lower().endswith(actor.name.lower()) and len(written.split()) <= 8:
            return Worded(written, name_spans)
        return Worded(_article(text, actor.name) + actor.name, name_spans)
    role_at = _role_mention(desk, statement, role)
    if role_at is None:
        return Worded(actor.name, name_spans)
    spans = (*name_spans, role_at)
    if _SOMEBODYS.match(role):
        theirs = _SOMEBODYS.sub(r"\1the ", role)
        return Worded(f"{actor.name}, {theirs},", spans)
    before = re.search(rf"{re.escape(role)},? {re.escape(actor.name)}", text)
    if before and len(role.split()) <= 4 and " of " not in role:
        return Worded(f"{role} {actor.name}", spans)
    return Worded(f"{actor.name}, {_article(text, role)}{role},", spans)


def said(desk: Desk, statement: Statement, *, with_role: bool = True, most: int = _MAX_WORDS) -> Worded | None:
    """ "Who said what", as one clause without a full stop; None where the words do not make one."""
    who = speaker(desk, statement, with_role=with_role)
    text = desk.text(statement)
    content = tuple(s for s in statement.content if s.of(text).strip())
    if not who.text or not content or not statement.cue:
        return None
    if any(span.contains(own) for span in content for own in statement.source):
        return _whole(text, content, most)
    cue = Span(statement.cue[0].start, statement.cue[-1].end)
    source_end = max(s.end for s in statement.source)
    cue_words = _flat(cue.of(text))
    first = content[0]
    if statement.actor is not None and statement.actor.type is not ActorType.PERSON and _ANOTHERS.match(first.of(text)):
        return None
    if cue_words.endswith("ing") and cue.start - source_end > 3:
        return None  # "…, announcing an inquiry": the verb before it is the line
    if cue_words.lower() == "according to" and (statement.actor is None or statement.actor.type not in _SPEAKERS):
        words = f"according to {who.text.rstrip(',')}, {_lower_first(_content_words(text, content), text)}"
        outlet = outlet_of(desk, statement)
        named = (f"{outlet}: ",) if outlet else ()
        return Worded(_cut("".join(named) + words, most), (*who.spans, *content, cue), tuple(n.strip() for n in named))
    verb_of_noun = _NOUN_CUES.get(re.sub(r"^\W*s\b", "", cue_words).strip(" ’'").lower().rstrip("s"))
    if verb_of_noun:
        body = _content_words(text, content)
        return _finish(who, f"{verb_of_noun} {_lower_first(body, text)}", (*content, cue), (verb_of_noun,), most)
    if not any(c.isalpha() for c in cue_words):  # a transcript's label, "ANA DORN, HOST:", "DORN (voice-over):"
        name = re.sub(r"\s*\([^()]*\)?[\s:)]*$", "", who.text)
        label = replace(who, text=name + ("," if "," in name and not name.endswith(",") else ""))
        return _finish(label, f"said: {_content_words(text, content)}", (*content, cue), ("said",), most)
    between = text[source_end : first.start]
    in_order = source_end <= cue.start and cue.end <= first.start and len(between) < 160
    if in_order and not any(m in between for m in ".!?\n") and "(" not in between:
        # "X admitted the loss and denied that …": what stands between the speaker and this cue is another statement.
        begin = source_end if len(text[source_end : cue.start].split()) <= _ADVERBS else cue.start
        if begin == cue.start and (be := _BE_BEFORE.search(text, source_end, cue.start)):
            begin = be.start()
        words = _flat(text[begin : first.start]).lstrip(", –—-")
        words = re.sub(r"^(?:which|who|that)\s+", "", words)
        if re.match(r"to [a-z]", words):
            return None  # "tunes in to ask whether …": the verb before it is the line
        words, finite = _finite(words, statement)
        spans = (Span(begin, first.end), *content[1:], cue)
        return _finish(who, f"{words} {_content_words(text, content)}", spans, finite, most)
    # Only a plain cue may become "said": "denies", "warned" or "confirmed" carry the meaning of the line.
    handed_on = cue.end <= statement.source[0].start and _QUOTED.match(cue_words)
    verb = "said" if handed_on or _PLAIN_CUES.match(cue_words) else cue_words
    body = _content_words(text, content)
    # A content that opens its sentence is a clause: "Armed men crossed the river, Kell acknowledged".
    clause = (
        verb != "said" and _OPENS.search(text[: first.start]) is not None and not body.startswith(("“", '"', "that "))
    )
    told = f"{verb} that {_lower_first(body, text)}" if clause else f"{verb} {_lower_first(body, text)}"
    joined = f"{verb}: {body}" if statement.kind is Kind.DIRECT else told
    return _finish(who, joined, (*content, cue), ("said",) if "said" not in cue_words.lower() else (), most)


_GERUND = re.compile(r"[a-z]{2,}ing\b")


def _finite(words: str, statement: Statement) -> tuple[str, tuple[str, ...]]:
    """ "a remark by the preacher suggesting that …" is no sentence: he "is quoted as suggesting" it, the first three words ours."""
    gerund = _GERUND.match(words)
    if gerund is None:
        return words, ()
    if gerund[0] == "saying":
        return "said" + words[gerund.end() :], ("said",)
    several = statement.actor is not None and statement.actor.type is ActorType.GROUP
    framing = "are quoted as" if several else "is quoted as"
    return f"{framing} {words}", (framing,)


def _whole(text: str, content: tuple[Span, ...], most: int) -> Worded | None:
    """A sentence that was read as content with its speaker in it: it says who speaks as it stands."""
    words = _cut(_flat(_content_words(text, content)), most)
    return None if len(words.split()) < 4 or _POINTS_BACK.match(words) else Worded(words, content)


def told(desk: Desk, statement: Statement, *, most: int = _MAX_WORDS) -> Worded | None:
    """The outlet's own voice: the sentence as it stands, cut at a clause where it is long."""
    text = desk.text(statement)
    whole = _flat(_content_words(text, statement.content))
    words = _cut(whole, most)
    # A sentence cut before its main clause, or at no clause at all, would say less than half of what it says.
    if len(words.split()) < 4 or (words != whole and (_SUBORDINATE.match(words) or words.endswith("…"))):
        return None
    if _POINTS_BACK.match(words):
        return None
    words = re.sub(r"^(?:But|And|However,|Meanwhile,|Still,|Yet|So|Now|Also,)\s+", "", words)
    return Worded(words[:1].upper() + words[1:], statement.content)


def reported(desk: Desk, statement: Statement, *, most: int = _MAX_WORDS) -> Worded | None:
    """The outlet's own voice with its name before it: "The Dorn Courier: two houses burned"."""
    words, outlet = told(desk, statement, most=most), outlet_of(desk, statement)
    if desk.reports[statement.report].forwarded_from:
        return None  # the channel that passed it on did not say it
    if words is None or not outlet:
        return words
    return Worded(f"{outlet}: {words.text}", words.spans, (f"{outlet}:",))


def after_semicolon(words: Worded) -> str:
    """A clause that follows another: a small article at its beginning, unless it belongs to an outlet's name."""
    return words.text if any(words.text.startswith(f) for f in words.framing if f) else _lower_first(words.text)


def in_headline(desk: Desk, statement: Statement) -> bool:
    """Whether a statement stands in a headline: the body tells the same with its speaker and its terms."""
    blocks = desk.reports[statement.report].blocks
    return any(b.kind is BlockKind.HEADLINE and b.span.contains(statement.content[0]) for b in blocks)


def sentence(text: str) -> str:
    """A clause as a sentence: capital letter, full stop, no doubled marks."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:–—-")
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    if not text:
        return text
    start = next((i for i, c in enumerate(text) if c.isalnum()), 0)
    text = text[:start] + text[start].upper() + text[start + 1 :]
    text = re.sub(r",(?=[”\"]+$)", "", text)
    closed = text.rstrip("”\"’'")
    return text if closed.endswith((".", "!", "?", "…")) else text + "."


def _finish(who: Worded, words: str, spans: tuple[Span, ...], framing: tuple[str, ...], most: int) -> Worded | None:
    words = re.sub(r",(?=[”\"]+$)", "", _cut(re.sub(r"\s+", " ", words).strip(), most))
    if len(words.split()) < 2:
        return None
    return Worded(f"{who.text} {words}", (*who.spans, *spans), framing)


def _content_words(text: str, content: tuple[Span, ...]) -> str:
    """The content's words; quotation marks that damage left open are closed, stray ones dropped."""
    pieces = [_flat(s.of(text)) for s in content]
    joined = " … ".join(p.rstrip(" ,;") for p in pieces if p)
    joined = re.sub(r"([”\"]) … ([“\"])", r"\1 … \2", joined)
    return _balance(joined)


def _balance(words: str) -> str:
    """All quotation marks in pairs of curly ones; a lone opening one is closed at the end, a closing one dropped."""
    out: list[str] = []
    opened = False
    for i, char in enumerate(words):
        if char not in _QUOTE_MARKS:
            out.append(char)
            continue
        if not opened and any(c in _QUOTE_MARKS for c in words[i + 1 :]):
            out.append("“")
            opened = True
        elif opened:
            while out and out[-1] == " ":
                out.pop()
            out.append("”")
            opened = False
        elif char in "“„«" or not "".join(out).strip():
            out.append("“")
            opened = True
    words = "".join(out)
    words = re.sub(r"“\s+", "“", words)
    return (words.rstrip(" ,") + "”") if opened else words


def _cut(words: str, most: int = _MAX_WORDS) -> str:
    """At most ``most`` words, ended at a sentence or clause; a quotation cut short is closed after an ellipsis."""
    if len(words.split()) <= most:
        return words.rstrip(" ,;")
    limit = len(" ".join(words.split()[:most]))
    words = re.sub(r"\s+", " ", words)
    ends = [m.end() for m in re.finditer(r"(?<!\.\.)[.!?](?=[”\"]?\s)", words[:limit]) if m.end() > 40]
    clauses = [m.start() for m in _CLAUSE_END.finditer(words[:limit]) if m.start() > 60]
    at = ends[-1] if ends else clauses[-1] if clauses else limit
    short = words[:at].rstrip(" ,;–—")
    if not ends:
        short += " …"
    if short.count("“") > short.count("”"):
        short += "”"
    return short


def _naming_mention(desk: Desk, statement: Statement, name: str) -> Span | None:
    actor = statement.actor
    chain = desk.chains.get((statement.report, actor.id)) if actor else None
    text = desk.text(statement)
    mentions = [m for m in chain.mentions if name.lower() in _flat(m.of(text)).lower()] if chain else []
    if mentions:
        return min(mentions, key=lambda m: (abs(m.start - statement.content[0].start), m))
    at = text.find(name)
    return Span(at, at + len(name)) if at >= 0 else None


def _role_mention(desk: Desk, statement: Statement, role: str) -> Span | None:
    text = desk.text(statement)
    at = text.find(role)
    return Span(at, at + len(role)) if at >= 0 else None


def _article(text: str, role: str) -> str:
    match = re.search(rf"\b(the|a|an) {re.escape(role)}", text, re.I)
    return match.group(1).lower() + " " if match else ""


def _lower_first(words: str, text: str = "") -> str:
    """The first word in lower case unless it looks like a name or an acronym: a word that the report also writes small, with no
    capital behind it, is none."""
    first, _, rest = words.partition(" ")
    plain = first.lower()
    common = not rest[:1].isupper() and re.search(rf"\b{re.escape(plain)}\b", text) is not None
    return f"{plain} {rest}" if plain in FRAMING_WORDS | _COMMON_OPENERS or common else words


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _disjoint(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones joined, so that a passage is marked once."""
    joined: list[Span] = []
    for span in sorted(set(spans)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
