"""Values as they may be shown where something is protected: names of protected actors masked, protected reports left out.

One walk over any value of the model, so that what is served is masked in one place, whatever it is. Text in which spans count keeps its
length: each letter of a name becomes "█", and every offset stays right. Elsewhere a name becomes a label, "a protected person (bkqz)".
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from sayso.ids import make_id
from sayso.ledger.names_hidden import Hidden, NamesHidden
from sayso.model import (
    Actor,
    ActorChain,
    Answer,
    Capture,
    Citation,
    Claim,
    ClaimOrigin,
    Event,
    Extraction,
    Given,
    Hedge,
    Hop,
    Judgement,
    KnownActor,
    Membership,
    PlaceMention,
    Quantity,
    Report,
    Said,
    Span,
    Statement,
    TimeMention,
    Verdict,
)
from sayso.store import Found, Hit

BLOCK = "█"
"""Stands for each letter of a name, in text that spans count in."""

GONE: Any = object()
"""What a value of a protected report becomes: nothing that holds it keeps it."""

# Fields whose words stand in a report, so that their length must stay; of a report, all that it says.
_VERBATIM: Mapping[type, Collection[str]] = {
    Report: ("text", "title", "byline", "outlet", "url", "forwarded_from", "reply_to"),
    Capture: ("place", "locator"),
    Citation: ("exact", "outlet", "url"),
    Hit: ("words",),
    Claim: ("wording",),
    Answer: ("text", "counted"),
    Given: ("words",),
    Event: ("lemma",),
    Hedge: ("word",),
    Quantity: ("counted", "unit"),
    PlaceMention: ("name", "within"),
    TimeMention: ("value",),
    Said: ("value",),
}
# Ids and hashes are made of letters too, and say nothing.
_MADE = re.compile(r"(?<![a-z0-9])[a-z]{1,2}-[a-z2-7]{16}(?![a-z0-9])|(?<![0-9a-f])[0-9a-f]{32,}(?![0-9a-f])")


class Mask:
    """What is protected in one ledger at one moment. ``labels`` and ``secrets`` are by the key that `NamesHidden` gives for a name;
    ``actors`` are the ids of protected actors, with their keys; ``reports`` the ids of protected reports, ``statements`` of theirs."""

    def __init__(
        self,
        names: NamesHidden,
        *,
        labels: Mapping[str, str],
        secrets: Mapping[str, str],
        actors: Mapping[str, str],
        reports: Collection[str] = (),
        statements: Collection[str] = (),
    ) -> None:
        self.names = names
        self.reports = frozenset(reports)
        self.statements = frozenset(statements)
        self._labels = labels
        self._secrets = secrets
        self._actors = dict(actors)
        self._shown: dict[str, str] = {}  # ids that were handed out, with those they stand for
        for real in self._actors:
            self._pseudonym(real)
        self._long = lru_cache(maxsize=256)(self._found)

    def text(self, text: str, *, keep_length: bool = False) -> str:
        """``text`` without protected names."""
        if not self.names or not text:
            return text
        pieces, at = [], 0
        for found in self._long(text) if len(text) > 200 else self._found(text):
            pieces += [text[at : found.span.start]]
            pieces += [BLOCK * (found.span.end - found.span.start) if keep_length else self._labels[found.key]]
            at = found.span.end
        return "".join([*pieces, text[at:]]) if at else text

    def touches(self, text: str) -> bool:
        """Whether a protected name stands in it."""
        return bool(self.names) and bool(self._found(text))

    def real_id(self, shown: str) -> str:
        """The id that one handed out in its place stands for, or the only one that begins so; any other as it is, but for those of
        protected actors themselves, which nobody is told."""
        if shown in self._actors:
            return f"{shown[0]}-{'0' * 16}"
        real = {self._shown[each] for each in self._shown if each.startswith(shown)}
        return real.pop() if len(real) == 1 else shown

    def value(self, value: Any) -> Any:
        """The same value as it may be shown, or `GONE`; the very same object where nothing in it is protected."""
        if value is None or isinstance(value, (bool, int, float, bytes, Enum, Span)):
            return value
        if isinstance(value, str):
            return self._word(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return self._record(value)
        if isinstance(value, Mapping):
            pairs = [(self.value(key), self.value(each)) for key, each in value.items() if not self._is_gone(key)]
            return {key: each for key, each in pairs if each is not GONE}
        if isinstance(value, (tuple, list, set, frozenset)):
            made = [each for each in map(self.value, value) if each is not GONE and not self._is_gone(each)]
            same = len(made) == len(value) and all(a is b for a, b in zip(made, value, strict=True))
            return value if same else type(value)(made)
        if isinstance(value, Iterator):
            return self._each(value)
        raise TypeError(f"nobody said how to mask a {type(value).__name__}")

    # -----------------------------------------------------------------------------------------------

    def _each(self, values: Iterator[Any]) -> Iterator[Any]:
        return (made for made in map(self.value, values) if made is not GONE)

    def _found(self, text: str) -> list[Hidden]:
        found = self.names.find(text)
        if found and (made := [match.span() for match in _MADE.finditer(text)]):
            found = [f for f in found if not any(a <= f.span.start and f.span.end <= b for a, b in made)]
        return found

    def _is_gone(self, value: object) -> bool:
        return isinstance(value, str) and value in self.reports | self.statements

    def _word(self, value: str, *, keep_length: bool = False) -> str:
        if value in self._actors:
            return self._pseudonym(value)
        return self.text(value, keep_length=keep_length)

    def _pseudonym(self, real: str) -> str:
        """An id that tells nothing of the one it stands for, as that is made of the name."""
        made = make_id(real.partition("-")[0], "protected", self._secrets[self._actors[real]], real)
        self._shown[made] = real
        return made

    def _record(self, record: Any) -> Any:
        if self._belongs_to_gone(record):
            return GONE
        special = _SPECIAL.get(type(record).__name__)
        return special(self, record) if special else self._fields(record)

    def _belongs_to_gone(self, record: Any) -> bool:
        match record:
            case Report():
                return record.id in self.reports
            case Statement() | Citation() | Hit() | Found() | Extraction() | Membership():
                return record.report in self.reports
            case _:
                return False

    def _fields(self, record: Any, **given: Any) -> Any:
        """The record with every field masked; ``given`` are those that are known already."""
        verbatim = _VERBATIM.get(type(record), ())
        changed: dict[str, Any] = {}
        kind: Any = type(record)
        for name in _names_of(kind):
            before = getattr(record, name)
            if name in given:
                after = given[name]
            elif name in verbatim:
                after = self._verbatim(before)
            else:
                after = self.value(before)
            if after is GONE:
                return GONE
            if after is not before and after != before:
                changed[name] = after
        return dataclasses.replace(record, **changed) if changed else record

    def _verbatim(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._word(value, keep_length=True)
        if isinstance(value, tuple):
            return tuple(self._verbatim(each) for each in value)
        return value

    def _key(self, actor_id: str | None, *names: str) -> str | None:
        """Whose it is; an id once found to be somebody's is theirs from then on."""
        key = self._actors.get(actor_id or "")
        for name in names:
            key = key or self.names.key_of(name)
        if key is not None and actor_id is not None:
            self._actors[actor_id] = key
        return key

    def _actor(self, actor: Actor) -> Any:
        key = self._key(actor.id, actor.name)
        if key is None:
            return self._fields(actor)
        return Actor(self._pseudonym(actor.id), self._labels[key], actor.type, None)

    def _chain(self, chain: ActorChain) -> Any:
        key = self._key(chain.actor.id, chain.actor.name)
        return self._fields(chain) if key is None else self._fields(chain, names=(self._labels[key],))

    def _known(self, actor: KnownActor) -> Any:
        from sayso.ledger.protecting import telling

        key = self._key(actor.id, *telling((actor.name, *actor.names)))
        if key is None:
            return self._fields(actor)
        for member in actor.members:
            self._actors.setdefault(member.actor, key)
        given = {
            "id": self._pseudonym(actor.id),
            "name": self._labels[key],
            "names": (self._labels[key],),
            "bodies": (),
        }
        return self._fields(actor, **given)

    def _member(self, member: Membership) -> Any:
        key = self._key(member.actor, member.name)
        if key is None:
            return self._fields(member)
        given = {"actor": self._pseudonym(member.actor), "name": self._labels[key], "role": None}
        return self._fields(member, **given)

    def _called(self, record: Hop | ClaimOrigin) -> Any:
        key = self.names.key_of(record.name) if record.name else None
        return self._fields(record) if key is None else self._fields(record, name=self._labels[key])

    def _row(self, row: Any) -> Any:
        """A proof is of hashes and certificates: letters in which a name would be found by chance."""
        return row if row.kind == "proof" else self._fields(row)

    def _protection(self, protection: Any) -> Any:
        reason = self.text(protection.reason) if protection.reason else None
        return dataclasses.replace(protection, names=(), secret="", reason=reason)

    def _judgement(self, judgement: Judgement) -> Any:
        """Who is protected, by label; what else was judged of what is protected is left out, as its id is made of the name."""
        if judgement.verdict is Verdict.PROTECT:
            from sayso.ledger.protecting import protection

            told = protection(judgement)
            why = self.text(told.reason) if told.reason else None
            return dataclasses.replace(judgement, subject=told.label, value=why)
        parts = (judgement.subject, judgement.other, judgement.value, judgement.author)
        if any(self._is_gone(part) or (part in self._actors) or self.touches(part) for part in parts if part):
            return GONE
        return judgement

    def _hit(self, hit: Hit) -> Any:
        """A hit that was found by a protected name would tell that the name stands there."""
        hidden = [found.span for found in self._found(hit.words)]
        marks = [Span(mark.start - hit.snippet.start, mark.end - hit.snippet.start) for mark in hit.marks]
        if any(mark.overlaps(span) for mark in marks for span in hidden):
            return GONE
        if self.names and not marks:  # it was found by a name or a title
            speaker = hit.said.actor if hit.said else None
            if speaker is None or self._key(speaker.id, speaker.name):
                return GONE
        return self._fields(hit)


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind) if field.init)


_SPECIAL: Mapping[str, Callable[[Mask, Any], Any]] = {
    "Actor": Mask._actor,
    "ActorChain": Mask._chain,
    "KnownActor": Mask._known,
    "Membership": Mask._member,
    "Hop": Mask._called,
    "ClaimOrigin": Mask._called,
    "Judgement": Mask._judgement,
    "Hit": Mask._hit,
    "JournalRow": Mask._row,
    "Protection": Mask._protection,
}
