"""Protected actors and reports: judgements that say so, and all the names that follow from them.

To protect is a judgement like any other: appended, by a person, at a time, and undone by rejecting it. Its value holds the names that the
person knew and a secret drawn by chance, so that neither its id nor its hash can be guessed from a name.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sayso import pipeline
from sayso.ledger.masking import Mask
from sayso.ledger.names_hidden import NamesHidden
from sayso.model import ActorType, Extraction, Judgement, KnownActor
from sayso.store import Store

ACTOR = "actor:"
NOBODY = "a redacted person"
"""Stands for whoever was redacted, where a name stood that no span leads to."""

_LETTERS = "bcdfghjkmnpqrstvwxz"  # without vowels: no word comes of them
_SECRET = 24  # letters: 100 bits
_LABEL = 4  # letters of the secret that everybody sees
_ROUNDS = 3  # a name leads to reports, those to further names
_REPORTS = 5000  # looked through for further names, of each word
_PEOPLE = (ActorType.PERSON.value, ActorType.UNKNOWN.value)


@dataclass(frozen=True, slots=True)
class Protection:
    """Something protected: ``kind`` is "person", "body" or "report", ``label`` what stands for it wherever it is shown. ``names`` are
    those that were known when it was said, ``report`` the id of a report; both are empty where they may not be told."""

    judgement: str
    kind: str
    label: str
    author: str
    at: str
    reason: str | None = None
    names: tuple[str, ...] = ()
    report: str | None = None
    secret: str = ""


def value_of(kind: str, names: Collection[str], reason: str | None) -> str:
    """The value of the judgement that protects somebody of these names, or a report."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(_SECRET))
    says = {"kind": kind, "names": sorted(set(names)), "reason": reason, "secret": drawn}
    return json.dumps(says, ensure_ascii=False, sort_keys=True)


def protection(judgement: Judgement) -> Protection:
    """What a judgement says that protects. One of another's making, whose value is no such thing, protects its subject all the same."""
    report = None if judgement.subject.startswith(ACTOR) else judgement.subject
    subject = judgement.subject.removeprefix(ACTOR).partition("@r-")[0]
    says: dict[str, object] = {}
    try:
        read = json.loads(judgement.value or "")
        says = read if isinstance(read, dict) else {}
    except ValueError:
        pass
    given = says.get("names")
    names = [str(name) for name in given] if isinstance(given, list) else []
    secret = str(says.get("secret") or judgement.id.partition("-")[2])
    kind = "report" if report else str(says.get("kind") if says.get("kind") in ("person", "body") else "person")
    return Protection(
        judgement=judgement.id,
        kind=kind,
        label=f"a protected {kind} ({secret[:_LABEL]})",
        author=judgement.author,
        at=judgement.at,
        reason=str(says["reason"]) if says.get("reason") else None,
        names=() if report else tuple(sorted({subject, *names})),
        report=report,
        secret=secret,
    )


def protections(judgements: Sequence[Judgement]) -> tuple[Protection, ...]:
    """What is protected, oldest first; what was undone is not."""
    found = (protection(judgement) for judgement in pipeline.protections(judgements))
    return tuple(each for each in found if each.names != (NOBODY,))  # who was redacted since needs no protection


def kind_of(actor: KnownActor | None) -> str:
    return "person" if actor is None or actor.type.value in _PEOPLE else "body"


def make_mask(store: Store, found: Sequence[Protection]) -> Mask:
    """The mask for what is protected: with every name that the readings of reports give the protected actors."""
    reports = {each.report for each in found if each.report}
    statements = {s.id for x in store.extractions(reports) for s in x.statements} if reports else set()
    names = {each.secret: set(each.names) for each in found if each.report is None}
    kinds = {each.secret: each.kind for each in found}
    actors: dict[str, str] = {}
    others: set[str] = set()
    looked: set[str] = set()
    for _ in range(_ROUNDS):
        before = {secret: len(each) for secret, each in names.items()}
        hidden = _hidden(names, kinds)
        ids = set(_naming(store, names, looked))
        for extraction in store.extractions(ids):
            _take(extraction, hidden, names, actors, others)
        if before == {secret: len(each) for secret, each in names.items()}:
            break
    return Mask(
        _hidden(names, kinds, others=others),
        labels={each.secret: each.label for each in found},
        secrets={each.secret: each.secret for each in found},
        actors=actors,
        reports=reports,
        statements=statements,
    )


def _hidden(names: dict[str, set[str]], kinds: dict[str, str], *, others: Collection[str] = ()) -> NamesHidden:
    sorted_names = [(secret, sorted(each)) for secret, each in sorted(names.items())]
    return NamesHidden(
        [(secret, each) for secret, each in sorted_names if kinds[secret] != "body"],
        [(secret, each) for secret, each in sorted_names if kinds[secret] == "body"],
        others=others,
    )


def _naming(store: Store, names: dict[str, set[str]], looked: set[str]) -> Iterable[str]:
    """The reports in which a word of these names stands; each word is looked for once."""
    words = {word for each in names.values() for name in each for word in name.split() if len(word) > 1}
    for word in sorted(words - looked):
        looked.add(word)
        yield from (hit.report for hit in store.search(f'"{word.replace(chr(34), " ")}"', limit=_REPORTS))


def _take(
    extraction: Extraction, hidden: NamesHidden, names: dict[str, set[str]], actors: dict[str, str], others: set[str]
) -> None:
    """The further names, and the ids, that one report gives to protected actors; and the whole names of others."""
    speakers = [s.actor for s in extraction.statements if s.actor]
    called = [(chain.actor, (chain.actor.name, *chain.names)) for chain in extraction.actors]
    for actor, given in [*called, *((actor, (actor.name,)) for actor in speakers)]:
        keys = [key for name in telling(given) if (key := hidden.key_of(name))]
        if keys:
            actors.setdefault(actor.id, keys[0])
            names[keys[0]].update(name for name in given if is_name(name))
        elif len(actor.name.split()) > 1:
            others.add(actor.name)


def telling(names: Sequence[str]) -> list[str]:
    """Of the names of one actor, the shown one first, those that tell who it is: a surname alone is that of a brother too."""
    return [name for at, name in enumerate(names) if at == 0 or len(name.split()) > 1]


def is_name(words: str) -> bool:
    """Whether a mention is a name: no pronoun and no description ("the mayor"), whose words would be hidden everywhere."""
    parts = [part for part in words.split() if part[:1].isalpha()]
    return 0 < len(parts) <= 4 and all(part[:1].isupper() for part in parts) and parts[0].lower() not in _NO_NAME


_NO_NAME = frozenset(
    "he she they it i we you his her their him them who the a an this that these those our my your its one someone".split()
)
