"""What a question is held against: the claims with their statements, the names that the reports know, who speaks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from sayso.link.asked.alike import alike
from sayso.link.embed import Vector, cosines, embed_texts, lattice
from sayso.link.scope import Figure, read_figures
from sayso.link.told import Told, read_statements
from sayso.link.words import NEGATIONS, NUMBER_WORDS, STOP, Words, begins_sentence, stem, word_matches
from sayso.model import (
    Claim,
    Comparison,
    Extraction,
    Instant,
    Linked,
    Outcome,
    Precision,
    Question,
    Relation,
    Report,
    Status,
    Wanted,
)

Compare = Callable[[Sequence[tuple[str, str]]], Sequence[Comparison]]

COMMON = 0.30  # of the reports: a place that so many name is where the story plays, and a claim need not name it
_ASKING = frozenset(
    stem(w)
    for w in """who whom whose what which where when why how many much number toll count people person anybody anyone somebody someone any
    happen happened true confirmed latest current total official kind sort exactly actually really take place did does""".split()
)
_DEMONYMS = frozenset("n an ian i is ish ese ns ans ian".split())
_EARLIER = re.compile(r"(?:an |the )?(?:earlier|previous|first) (?:version|report)", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|at|near|outside|around) (?:the (?:town|village|city) of )?([A-Z][\w-]+)")
_POSSESSIVE = re.compile(r"['’]s?$")
_BESIDE = re.compile(
    r"\b(?:advis|aide|assistant|former|ex-|lawyer|critic|rival|opponent)", re.IGNORECASE
)  # of somebody else
_OVER = (Status.REVISED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Answering:
    """A claim that answers, with its answer in short."""

    answer: str
    claim: Claim
    told: tuple[Told, ...]  # the statements to be shown for it
    words: str | None = None  # those in which the answer stands, where the claim's own wording is not them
    outdated: bool = False  # whoever says it has said otherwise since

    @property
    def before(self) -> bool:
        return self.outdated or self.claim.status in _OVER


@dataclass(frozen=True)
class Found:
    """What a question came to. ``question`` is the ledger's own that it was taken for, or that comes nearest; ``others`` are
    further ones that may be meant; ``sure`` is False where an open question in the same words goes before."""

    outcome: Outcome
    answers: tuple[Answering, ...] = ()
    question: Question | None = None
    others: tuple[Question, ...] = ()
    reasons: tuple[str, ...] = ()
    sure: bool = True


def nothing(reason: str) -> Found:
    return Found(Outcome.UNKNOWN, reasons=(reason,))


@lru_cache(maxsize=100_000)
def same_name(a: str, b: str) -> bool:
    """Whether two stems are one name, or a state and its people ("drevan", "drevani")."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and long.startswith(short) and long[len(short) :] in _DEMONYMS


def named_in(name: str, stems: frozenset[str]) -> bool:
    return name in stems or any(same_name(name, other) for other in stems)


def covered(word: str, stems: frozenset[str]) -> bool:
    """Whether a word of a question stands among these stems: itself, a form of the name, or a word for the same thing."""
    return named_in(word, stems) or not alike(word).isdisjoint(stems)


def told_stems(told: Told) -> frozenset[str]:
    """The stems of a statement's sentence, and of its verbs' plain forms ("sank": sink)."""
    return frozenset(stem(w) for w in Words(told.sentence).tokens) | {stem(e.lemma) for e in told.statement.events}


@dataclass(frozen=True)
class Holding:
    """The claims of a ledger, or of one story of it, as questions are held against them."""

    reports: Sequence[Report]
    extractions: Sequence[Extraction]
    linked: Linked
    vectors: Mapping[str, Vector]  # of statements, by id
    compare: Compare
    _rows: dict[str, Vector] = field(default_factory=dict)

    @cached_property
    def told(self) -> Mapping[str, Told]:
        by_id = {report.id: report for report in self.reports}
        return {t.id: t for t in read_statements(by_id, self.extractions)}

    @cached_property
    def superseded(self) -> frozenset[str]:
        """Reports of which a later version stands at the same address: what only they say, their outlet no longer says."""
        latest: dict[str, tuple[str, str]] = {}
        for report in self.reports:
            if report.url:
                when = (report.edited or report.published or Instant("", Precision.DAY)).value
                latest[report.url] = max(latest.get(report.url, ("", "")), (when, report.id))
        return frozenset(r.id for r in self.reports if r.url and latest[r.url][1] != r.id)

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self.linked.claims}

    @cached_property
    def claims_of(self) -> Mapping[str, Sequence[Claim]]:
        """The claims that each statement is of, by its id."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.linked.claims:
            for statement in claim.statements:
                found[statement].append(claim)
        return found

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.linked.questions}

    @cached_property
    def relations(self) -> Mapping[str, Sequence[Relation]]:
        found: dict[str, list[Relation]] = defaultdict(list)
        for relation in self.linked.relations:
            found[relation.from_claim].append(relation)
            found[relation.to_claim].append(relation)
        return found

    def statements(self, claim: Claim) -> list[Told]:
        return [self.told[i] for i in claim.statements if i in self.told]

    def asking(self, question: Question) -> list[Told]:
        return [self.told[i] for i in question.asked_by if i in self.told]

    # -----------------------------------------------------------------------------------------------
    # Words

    @cached_property
    def _seen(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Stems of all words of the reports; of names; and of those names that are never written small."""
        every: set[str] = set()
        small: set[str] = set()
        names: set[str] = set()
        for report in self.reports:
            for match in word_matches(report.text, 0, len(report.text)):
                word = match.group()
                root = stem(word)
                every.add(root)
                if not word[0].isupper():
                    small.add(root)
                elif not begins_sentence(report.text, match.start()) and word.casefold() not in STOP:
                    names.add(root)
        return frozenset(every), frozenset(names), frozenset(names - small)

    @property
    def vocabulary(self) -> frozenset[str]:
        return self._seen[0]

    @cached_property
    def common(self) -> frozenset[str]:
        """Names that so many reports have that a claim need not repeat them."""
        counts: dict[str, int] = defaultdict(int)
        proper = self._seen[2]
        for report in self.reports:
            for root in {stem(m.group()) for m in word_matches(report.text, 0, len(report.text))} & proper:
                counts[root] += 1
        least = max(2.0, COMMON * len(self.reports))
        return frozenset(root for root, count in counts.items() if count >= least)

    @cached_property
    def places(self) -> frozenset[str]:
        """Names that stand behind "in", "at" or "near": places, whether a gazetteer knows them or not."""
        known = {stem(w) for x in self.extractions for p in x.places for w in Words(p.name).tokens}
        found = {stem(m[1]) for report in self.reports for m in _IN.finditer(report.text)}
        return frozenset((found | known) & self._seen[2])

    def possible(self, told: Told) -> bool:
        """Whether the figures of a statement are only feared, estimated or possible."""
        return told.id in self._possible

    @cached_property
    def _figures(self) -> Sequence[Figure]:
        return read_figures(list(self.told.values()))

    @cached_property
    def _possible(self) -> frozenset[str]:
        sure = {f.told.id for f in self._figures if not (f.possible or f.feared)}
        return frozenset(f.told.id for f in self._figures) - sure

    def where(self, told: Told) -> tuple[frozenset[str], frozenset[str]]:
        """Where the figures of a statement may be of, by its words, and where they surely are of: what the number itself is said of,
        or what hardly any other report names."""
        return self._where.get(told.id, (frozenset(), frozenset()))

    @cached_property
    def _where(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        for figure in self._figures:
            local = frozenset(stem(w) for place in figure.local for w in Words(place).tokens)
            named = frozenset(stem(w) for place in figure.places for w in Words(place).tokens)
            named |= frozenset(stem(w) for w in figure.told.words.tokens) & self.places
            may, surely = found.get(figure.told.id, (frozenset(), frozenset()))
            found[figure.told.id] = may | named | local, surely | (local or named - self.common)
        return found

    def names(self, wanted: Wanted) -> frozenset[str]:
        """The names in the matter of a question, however they are written: those with a capital, and words that the reports only
        know as names."""
        words = Words(wanted.matter)
        small = {w.casefold() for w in Words(wanted.speaker or "").tokens}
        capital = {n for n in Words(wanted.text).names if n not in {stem(w) for w in small}}
        every = {stem(w) for w in words.tokens if w.casefold() not in STOP}
        found = (capital & every) | {root for root in every if root in self._seen[2]}
        return frozenset(found - _ASKING)

    def proper(self, text: str) -> frozenset[str]:
        """The words of a text that the reports only know as names."""
        return frozenset(stem(w) for w in Words(text).tokens) & self._seen[2]

    def unheard_of(self, wanted: Wanted) -> frozenset[str]:
        """Names of a question that no report has."""
        every, asked = self.vocabulary, self.names(wanted)
        missing = {name for name in asked if not named_in(name, every)}
        return frozenset(w for w in Words(wanted.text).tokens if stem(w) in missing)

    def content(self, wanted: Wanted) -> frozenset[str]:
        """The stems of what is asked about, without names and without the words of asking."""
        return self.content_of(wanted.matter, wanted)

    def content_of(self, matter: str, wanted: Wanted) -> frozenset[str]:
        words = Words(matter)
        kept = {
            stem(w)
            for w in words.tokens
            if w.casefold() not in STOP | NEGATIONS | NUMBER_WORDS.keys() and len(w) > 2 and not w[0].isdigit()
        }
        return frozenset(kept - self.names(wanted) - _ASKING)

    def stems(self, claim: Claim) -> frozenset[str]:
        """All stems of the sentences in which a claim is told."""
        return frozenset(root for t in self.statements(claim) for root in told_stems(t))

    def holds_names(self, names: frozenset[str], stems: frozenset[str]) -> bool:
        """Whether a claim of these stems is about whatever is named: it names it, or it is where the whole story plays."""
        return all(named_in(name, stems) or (name in self.places and named_in(name, self.common)) for name in names)

    # -----------------------------------------------------------------------------------------------
    # Speakers

    @cached_property
    def _called(self) -> Mapping[str, frozenset[str]]:
        """All that each party is called: its names and roles."""
        found: dict[str, set[str]] = defaultdict(set)
        for t in self.told.values():
            words = [t.party.name]
            if t.statement.actor is not None and not t.voice:
                role = t.statement.actor.role or ""
                words += [t.statement.actor.name, "" if _BESIDE.search(role) else role]
            # "Quill's lawyer" is not Quill
            found[t.party.key] |= {stem(w) for text in words for w in Words(text).tokens if not _POSSESSIVE.search(w)}
        return {key: frozenset(stems) for key, stems in found.items()}

    def spoken_by(self, speaker: str, told: Told) -> bool:
        """Whether a statement is of whoever the question calls so: every word of it is among the party's names and roles."""
        asked = {
            stem(w)
            for w in Words(speaker).tokens
            if w.casefold() not in ("the", "a", "an", "of", "in", "for", "’s", "s")
        }
        called = self.called(told)
        if (
            asked and asked <= self._seen[2]
        ):  # a name alone is no part of somebody's description ("exiles based in Norland")
            called = self._named.get(told.party.key, frozenset())
        return bool(asked) and all(named_in(word, called) for word in asked)

    @cached_property
    def _named(self) -> Mapping[str, frozenset[str]]:
        """The same by names alone."""
        found: dict[str, set[str]] = defaultdict(set)
        for t in self.told.values():
            own = t.statement.actor.name if t.statement.actor is not None and not t.voice else ""
            found[t.party.key] |= {
                stem(w) for text in (t.party.name, own) for w in Words(text).tokens if not _POSSESSIVE.search(w)
            }
        return {key: frozenset(stems) for key, stems in found.items()}

    def called(self, told: Told) -> frozenset[str]:
        """The stems of all names and roles of whoever made a statement, over all reports."""
        return self._called.get(told.party.key, frozenset())

    def who(self, told: Sequence[Told]) -> tuple[str, ...]:
        """Those who say it: the speakers by name, and outlets where it is their own voice."""
        return tuple(dict.fromkeys(t.party.name for t in sorted(told, key=lambda t: (t.voice, t.order))))

    # -----------------------------------------------------------------------------------------------
    # Nearness

    def near(self, text: str, others: Sequence[str]) -> list[float]:
        """The cosines of a text with each of the others."""
        missing = [t for t in dict.fromkeys([text, *others]) if t not in self._rows]
        self._rows.update(zip(missing, embed_texts(missing), strict=True))
        if not others:
            return []
        rows = lattice(np.stack([self._rows[other] for other in others]))
        return [float(c) for c in cosines(lattice(self._rows[text][None]), rows)[0]]

    def near_claims(self, text: str, claims: Sequence[Claim]) -> list[tuple[float, Claim, Told]]:
        """Claims by how near their nearest statement is in meaning, the nearest first; without what an outlet has corrected since."""
        pairs = [
            (claim, t)
            for claim in claims
            for t in self.statements(claim)
            if t.id in self.vectors and t.report.id not in self.superseded and not _EARLIER.match(t.party.name)
        ]
        if not pairs:
            return []
        self.near(text, [])
        rows = lattice(np.stack([self.vectors[t.id] for _, t in pairs]))
        found = cosines(lattice(self._rows[text][None]), rows)[0]
        best: dict[str, tuple[float, Claim, Told]] = {}
        for (claim, t), cosine in zip(pairs, found, strict=True):
            if claim.id not in best or float(cosine) > best[claim.id][0]:
                best[claim.id] = float(cosine), claim, t
        return sorted(best.values(), key=lambda each: (-each[0], each[1].id))


def ordered(answers: Sequence[Answering]) -> tuple[Answering, ...]:
    """Those that stand first; of these what more origins say, and what was told last."""

    def key(a: Answering) -> tuple[bool, int, float, str]:
        latest = max((t.day for t in a.told if t.day is not None), default=0.0)
        return a.before, -a.claim.origins, -latest, a.claim.id

    return tuple(sorted(answers, key=key))
