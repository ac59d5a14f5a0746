"""What changed in a ledger since people were last told, and which of it each rule wants told.

Changes are counted by the journal: from the row up to which people were told to its end now. A report of yesterday that comes in today
is told of today, and whatever happens in between, each change is told of once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from sayso.errors import RecordNotFound, UsageError
from sayso.ids import make_id
from sayso.ledger import Ledger
from sayso.model import Change, ChangeKind, ChangeWeight, Claim, KnownActor, Question, Statement, Story
from sayso.watch.settings import Rule

_WORD = re.compile(r"\w+")
# Kinds that are a change of how something stands, whatever the statuses say.
_OF_STANDING = frozenset(
    {
        ChangeKind.WITHDRAWN,
        ChangeKind.REVISED,
        ChangeKind.DISPUTED,
        ChangeKind.UNDISPUTED,
        ChangeKind.UNVERIFIED,
        ChangeKind.ANSWERED,
        ChangeKind.OPENED,
    }
)
# What no editor may miss, even where the account does not tell the claim.
_GRAVE = frozenset({ChangeKind.WITHDRAWN, ChangeKind.REVISED, ChangeKind.DISPUTED, ChangeKind.UNDISPUTED})


@dataclass(frozen=True, slots=True)
class Noticed:
    """A change that somebody wants to be told of. ``channels`` are told; ``rules`` are the names of those that want it."""

    id: str
    change: Change
    channels: tuple[str, ...]
    rules: tuple[str, ...]
    urgent: bool
    story: Story | None
    question: str | None  # its text


def notice(ledger: Ledger, rules: Sequence[Rule], row: str) -> tuple[str, tuple[Noticed, ...]]:
    """The end of the journal now, and what came up to there since ``row`` that the rules want told, the gravest first.

    Raises RecordNotFound for a row that is not in this ledger's journal.
    """
    while True:
        head = ledger.head()
        if head == row or not rules:
            return head, ()
        since = ledger.since(row)
        if ledger.head() == head:
            break
    about = About(ledger, [*since.before.linked.questions, *since.after.linked.questions])
    noticed = []
    for change in since.changes.changes:
        wanting = [rule for rule in rules if wants(rule, change, about)]
        if wanting:
            channels = tuple(sorted({channel for rule in wanting for channel in rule.to}))
            noticed.append(
                Noticed(
                    id=_id(row, change),
                    change=change,
                    channels=channels,
                    rules=tuple(rule.name for rule in wanting),
                    urgent=any(rule.urgent for rule in wanting),
                    story=about.story(change),
                    question=about.question(change),
                )
            )
    return head, tuple(noticed)


def wants(rule: Rule, change: Change, about: About) -> bool:
    """Whether a rule wants a change told: it is of the kind, and of everything that the rule names."""
    return (
        _is_of_kind(rule, change)
        and _is_told(rule, change)
        and (rule.question is None or about.is_of_question(change, rule.question))
        and (rule.words is None or about.has_words(change, rule.words))
        and (rule.actor is None or about.has_actor(change, rule.actor))
        and (rule.place is None or about.has_place(change, rule.place))
        and (rule.story is None or about.is_of_story(change, rule.story))
    )


def _is_of_kind(rule: Rule, change: Change) -> bool:
    before = change.before[0].status.value if change.before else None
    after = change.after[0].status.value if change.after else None
    if change.kind is ChangeKind.WITHDRAWN and after is None:
        after = "withdrawn"
    if change.kind is ChangeKind.OPENED:
        after = "open"
    moved = before != after
    if rule.becomes and not (moved and after in rule.becomes):
        return False
    if rule.kinds:
        return change.kind.value in rule.kinds
    if rule.becomes:
        return change.kind is not ChangeKind.UNVERIFIED  # it is told beside what made the claim so
    return change.kind in _OF_STANDING or (moved and before is not None and after is not None)


def _is_told(rule: Rule, change: Change) -> bool:
    """Whether the account tells it, or it is grave: what merely colours the page wakes nobody unless asked for."""
    return (
        rule.lesser
        or change.weight is ChangeWeight.MAIN
        or (change.kind in _GRAVE and change.weight is ChangeWeight.LESSER)
    )


class About:
    """What changes are about, looked up in the ledger when a rule asks; ``questions`` are those of both states, as the question of a
    claim may have gone with it."""

    def __init__(self, ledger: Ledger, questions: Iterable[Question]) -> None:
        self._ledger = ledger
        self._questions = {question.id: question.text for question in questions}
        self._statements: dict[str, Statement | None] = {}
        self._stories: dict[str, Story | None] = {}
        self._known_as: dict[str, tuple[Set[str], Set[str]]] = {}

    def is_of_question(self, change: Change, given: str) -> bool:
        if given.startswith("q-"):
            ids = {claim.question for claim in _claims(change)} | ({change.question.id} if change.question else set())
            return any(each.startswith(given) for each in ids)
        return has_words(self.question(change) or "", given)

    def question(self, change: Change) -> str | None:
        if change.question is not None:
            return change.question.text
        claims = [*change.after, *change.before]
        return next((self._questions[c.question] for c in claims if c.question in self._questions), None)

    def has_words(self, change: Change, given: str) -> bool:
        texts = [claim.wording for claim in _claims(change)]
        return has_words(" ".join([*texts, self.question(change) or ""]), given)

    def has_actor(self, change: Change, given: str) -> bool:
        """Whether the actor speaks in it, or is named in its words, by whichever of its names. These are looked up over all stories, which
        takes a look at all of them: only where the name that was given does not tell already."""
        if self._names(change, {folded(given)}, set()) or self.has_words(change, given):
            return True
        return self._names(change, *self._called(given))

    def _names(self, change: Change, names: Set[str], members: Set[str]) -> bool:
        """Whether an actor of these folded names, or these ids, speaks in it, or is named in its claims."""
        for statement in self._of(change):
            if statement.actor and (statement.actor.id in members or folded(statement.actor.name) in names):
                return True
        return any(has_words(claim.wording, name) for claim in _claims(change) for name in names if " " in name)

    def _called(self, given: str) -> tuple[Set[str], Set[str]]:
        """All names of the actors of this name or id, folded, and their ids in single reports."""
        if given not in self._known_as:
            wanted = folded(given)
            names, members = {wanted}, set()
            for known in self._actors:
                if given == known.id or wanted in map(folded, (known.name, *known.names)):
                    names |= {folded(name) for name in (known.name, *known.names)}
                    members |= {member.actor for member in known.members}
            self._known_as[given] = (names, members)
        return self._known_as[given]

    def has_place(self, change: Change, given: str) -> bool:
        """Whether its statements name the place, or one within it."""
        wanted = folded(given)
        return any(
            wanted in map(folded, (place.name, *place.within))
            for statement in self._of(change)
            for place in (*statement.places, *((statement.said_in,) if statement.said_in else ()))
        ) or self.has_words(change, given)

    def is_of_story(self, change: Change, given: str) -> bool:
        story = self.story(change)
        if story is None:
            return False
        return story.id.startswith(given) if given.startswith("y-") else has_words(story.title, given)

    def story(self, change: Change) -> Story | None:
        ids = [claim.id for claim in change.after] + ([change.question.id] if change.question else [])
        ids += [statement for claim in _claims(change) for statement in claim.statements][:1]
        for each in ids:
            home = self._ledger.home(each)
            if home is not None and (story := self._story(home)) is not None:
                return story
        return None

    def _story(self, home: str) -> Story | None:
        """A story by its whole id, without a look at the others; None for one all of whose reports are withdrawn."""
        if home not in self._stories:
            try:
                self._stories[home] = self._ledger.story(home)
            except UsageError:
                self._stories[home] = None
        return self._stories[home]

    def _of(self, change: Change) -> Iterable[Statement]:
        ids = dict.fromkeys([*change.statements, *(s for claim in _claims(change) for s in claim.statements)])
        for each in ids:
            if each not in self._statements:
                try:
                    found = self._ledger.show(each)
                except RecordNotFound:
                    found = None
                self._statements[each] = found if isinstance(found, Statement) else None
            if (statement := self._statements[each]) is not None:
                yield statement

    @cached_property
    def _actors(self) -> tuple[KnownActor, ...]:
        return self._ledger.actors()


def has_words(text: str, wanted: str) -> bool:
    """Whether every word of ``wanted`` stands in ``text``, whatever their order, case and accents."""
    return set(_WORD.findall(folded(wanted))) <= set(_WORD.findall(folded(text)))


def folded(text: str) -> str:
    """Text as names are compared: without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def _claims(change: Change) -> tuple[Claim, ...]:
    return (*change.after, *change.before)


def _id(row: str, change: Change) -> str:
    before, after = (" ".join(claim.id for claim in claims) for claims in (change.before, change.after))
    return make_id("n", row, change.kind.value, before, after, change.question.id if change.question else None)
