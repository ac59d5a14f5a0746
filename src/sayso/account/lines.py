"""Claims as lines: one claim in its best statement's words, or two that stand against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.account.background import is_background
from sayso.account.editor import Draft, Editor
from sayso.account.wording import Worded, after_semicolon, cite, reported, said, told
from sayso.model import Claim, Kind, Relation, Statement, Status

MOST_CITED = 6  # citations on one line; the rest stay with the claim
_LEAST_WORDS = 6  # of each side of a dispute: fewer do not tell what it is about


def word(editor: Editor, statement: Statement, *, named: bool = False) -> Worded | None:
    """The words of a statement; ``named`` puts the outlet before its own voice, as a line of two sides needs."""
    if statement.kind is not Kind.VOICE:
        return said(editor.desk, statement)
    own_channel = statement.actor is not None
    return reported(editor.desk, statement) if named or own_channel else told(editor.desk, statement)


def one_claim(editor: Editor, claim: Claim, statements: Sequence[Statement]) -> Iterator[Draft]:
    """One claim as a line: its best statement's words, the others cited beside it."""
    for n, statement in enumerate(statements):
        words = word(editor, statement)
        if words is None:
            continue
        citations = [cite(editor.desk, statement, words.spans)]
        for other in [*statements[:n], *statements[n + 1 :]]:
            if len(citations) >= MOST_CITED:
                break
            citations.append(cite(editor.desk, other, (*other.source, *other.cue, *other.content)))
        yield Draft(words.text, claim.status, claim.rule, claim.question, (claim.id,), tuple(citations), words.framing)
        return


def first_wording(
    editor: Editor, claim: Claim, *, named: bool = False, near: Statement | None = None
) -> tuple[Statement, Worded] | None:
    """The best statement of a claim that can be worded; those of the report that ``near`` stands in come first."""
    best = editor.best(editor.statements(claim))
    for statement in sorted(best, key=lambda s: near is not None and s.report != near.report):
        words = word(editor, statement, named=named)
        if words is not None:
            return statement, words
    return None


def pair(editor: Editor, first: Claim, second: Claim, relation: Relation, joint: str) -> Draft | None:
    one, two = first_wording(editor, first, named=True), first_wording(editor, second, named=True)
    if one is None or two is None:
        return None
    status, rule = worst([first, second])
    if min(len(one[1].text.split()), len(two[1].text.split())) < _LEAST_WORDS:
        return None
    text = re.sub(r",(?=[”\"]+$)", "", one[1].text).rstrip(".") + joint + after_semicolon(two[1])
    return Draft(
        text, status, rule, first.question, (first.id, second.id),
        (cite(editor.desk, one[0], one[1].spans), cite(editor.desk, two[0], two[1].spans)),
        (*one[1].framing, *two[1].framing, joint.strip("; ,") or "said"),
    )  # fmt: skip


def worst(claims: Sequence[Claim]) -> tuple[Status, str]:
    """The status that a reader must not miss among those of several claims."""
    order = (
        Status.DISPUTED,
        Status.REVISED,
        Status.WITHDRAWN,
        Status.CLAIMED,
        Status.REPORTED,
        Status.CORROBORATED,
        Status.AGREED,
        Status.OPEN,
    )
    worst = min(claims, key=lambda c: (order.index(c.status), c.id))
    return worst.status, worst.rule


def is_old(editor: Editor, claim: Claim) -> bool:
    return all(is_background(s, editor.desk.reports[s.report]) for s in editor.statements(claim))


def words_told(editor: Editor, statement: Statement) -> bool:
    """Whether a line already quotes these very words (a headline repeated, a copy of the same sentence)."""
    text = editor.desk.text(statement)
    words = " ".join(" ".join(s.of(text) for s in statement.content).lower().split())
    return any(words in told_words or told_words in words for told_words in editor.said_words)
