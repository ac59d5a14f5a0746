"""How a judgement calls an actor: by a name that stays when other reports come, whatever a person pointed at.

"Ada Quill"              every actor of that name
"Ada Quill@r-k3v"        the one of that name in one report, where several bear it
p-…                      an actor across reports, by its id: called by the name it is shown under
a-…                      an actor of a report, by its id: called by its name
actor:Ada Quill          as it is, whether the ledger knows the name or not
outlet:Daily Mirror      an outlet by its name, to say of which publisher's family it is
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sayso.errors import UsageError
from sayso.model import Act, Actor, KnownActor, RelationKind, Verdict
from sayso.store import Store

ACTOR = "actor:"
OUTLET = "outlet:"
CORRECTED = ("side", "state", "body")
_AN_ID = re.compile(r"[a-z]-[a-z2-7]+")
_GRADE_OF_WHOM = re.compile("[A-F]")
_GRADE_OF_WHAT = re.compile("[A-F]?[1-6]")
_REMEDY = "`sayso actors` lists the names that there are."
_ABOUT_ACTORS = (Verdict.MERGE, Verdict.SPLIT, Verdict.CORRECT)


class Naming:
    """The actors of one store, as judgements call them; ``actors`` are made when they are needed."""

    def __init__(self, store: Store, whole_id: Callable[..., str], actors: Callable[[], Sequence[KnownActor]]) -> None:
        self._store = store
        self._whole_id = whole_id
        self._actors = actors

    def subject(self, given: str, verdict: Verdict) -> str:
        """The subject of a judgement: an actor's name with "actor:" before it, or the whole id of another record.

        Raises UsageError for a name that nobody has, or an id that there is not.
        """
        if given.startswith((ACTOR, OUTLET)):
            return given
        if not _AN_ID.fullmatch(given):
            return ACTOR + self._known_name(given)
        if given.startswith("p-"):
            return ACTOR + self._shown_name(self._actor(given))
        whole = self._whole_id(given)
        if given.startswith("a-") and verdict in _ABOUT_ACTORS:
            found = self._store.actor(whole)
            assert isinstance(found, Actor), given
            return ACTOR + found.name
        return whole

    def _known_name(self, given: str) -> str:
        name, _, report = given.partition("@r-")
        whole = self._whole_id(f"r-{report}", kind="r") if report else None
        for actor in self._actors():
            for member in actor.members:
                if member.name.casefold() == name.strip().casefold() and whole in (None, member.report):
                    return f"{member.name}@{whole}" if whole else member.name
        raise UsageError("no actor has this name", where=repr(given), remedy=_REMEDY)

    def _shown_name(self, actor: KnownActor) -> str:
        """The name an actor is shown under; with its report where others have that name too."""
        others = {m.name for other in self._actors() if other.id != actor.id for m in other.members}
        member = next((m for m in actor.members if m.name == actor.name), actor.members[0])
        return f"{member.name}@{member.report}" if member.name in others else member.name

    def _actor(self, given: str) -> KnownActor:
        found = [actor for actor in self._actors() if actor.id.startswith(given)]
        exact = [actor for actor in found if actor.id == given] or found
        if len(exact) != 1:
            what = "several ids begin so" if found else "there is no actor with this id"
            raise UsageError(what, where=repr(given), remedy=_REMEDY)
        return exact[0]


def check(verdict: Verdict, subject: str, other: str | None, value: str | None) -> None:
    """Raises UsageError for a judgement of actors that would say nothing: of an actor and a claim, or a wrong correction."""
    if verdict in (Verdict.MERGE, Verdict.SPLIT) and subject.startswith(ACTOR) != (other or "").startswith(ACTOR):
        raise UsageError(
            f"to {verdict} takes two of one kind", where=subject, remedy="Name two actors, or two statements."
        )
    if verdict is Verdict.WITHDRAW and other is not None:
        raise UsageError("to withdraw takes one report", where=other, remedy="Withdraw the other one as well.")
    if verdict is Verdict.CORRECT and subject.startswith(OUTLET):
        what, _, family = (value or "").partition(":")
        if what.strip().casefold() != "family" or not family.strip():
            raise UsageError(
                "of an outlet only its family can be corrected",
                where=repr(value),
                remedy='Write it as in "family: Reach", or "family: none".',
            )
    if verdict is Verdict.CORRECT and subject.startswith("s-"):
        _check_statement(value)
    if verdict is Verdict.GRADE and not subject.startswith("c-"):  # a claim is graded in the words of who checked it
        _check_grade(subject, value)
    if verdict is Verdict.ACCEPT and other is not None and value and value not in set(RelationKind):
        raise UsageError(
            "this is no relation between two claims",
            where=repr(value),
            remedy=f"Choose among {', '.join(RelationKind)}, or leave it out to accept the relation there is.",
        )
    if verdict is Verdict.CORRECT and subject.startswith(ACTOR):
        what = (value or "").partition(":")[0].strip().casefold()
        if what not in CORRECTED or not (value or "").partition(":")[2].strip():
            raise UsageError(
                "of an actor only side, state and body can be corrected",
                where=repr(value),
                remedy='Write it as in "side: Norland".',
            )
        if other is not None and not other.startswith("r-"):
            raise UsageError(
                "a correction holds in the story of a report", where=other, remedy="Name a report, or leave it out."
            )


def _check_statement(value: str | None) -> None:
    what, _, told = (value or "").partition(":")
    what, told = what.strip().casefold(), told.strip()
    fits = {"speaker": bool(told), "act": told in set(Act), "negated": told in ("yes", "no")}
    if not fits.get(what, False):
        raise UsageError(
            "of a statement only its speaker, its act and whether it denies can be corrected",
            where=repr(value),
            remedy='Write it as in "speaker: Ada Quill", "speaker: none", "act: deny" or "negated: yes".',
        )


def _check_grade(subject: str, value: str | None) -> None:
    """Grades are those of the Admiralty system (NATO AJP-2.1): an outlet or actor A to F by how reliable it was so far, a report or
    statement 1 to 6 by how credible it is; both may stand together."""
    pattern = _GRADE_OF_WHOM if subject.startswith((ACTOR, OUTLET)) else _GRADE_OF_WHAT
    if not pattern.fullmatch(value or ""):
        raise UsageError(
            "this is no grade of the Admiralty system",
            where=repr(value),
            remedy="An outlet or actor is graded A to F, a report or statement 1 to 6, or both as in B2.",
        )
