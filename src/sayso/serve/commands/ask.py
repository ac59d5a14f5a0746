"""`sayso ask`: a question in plain English, answered from the claims of a ledger alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sayso.serve.options import as_of_option, json_option, ledger_argument, story_option
from sayso.serve.output import write_json
from sayso.serve.terminal import one_line

if TYPE_CHECKING:
    from sayso.model import Asked, Citation

_WORDS = 240  # characters of a quotation, about three lines of a terminal; --json has all, with its spans


@click.command()
@ledger_argument
@click.argument("question", metavar="QUESTION...", nargs=-1, required=True)
@as_of_option
@story_option
@json_option
def ask(ledger: str, question: tuple[str, ...], as_of: str | None, story: str | None, as_json: bool) -> None:
    """Answer a question from the claims, each answer with its status, its independent origins and the words it rests on; or
    say that it is not known from these reports.

    How many, who, whether, where, when, and what somebody said. An answer must hold every name and every telling word of the
    question; what is not sure is not answered. A number that was revised comes with what it was before, a dispute with both sides. No
    language model has a part in it.

    \b
    Examples:
      sayso ask flood.db "how many people were killed in Ullock?"
      sayso ask flood.db "did the mayor confirm that the dam broke?" --as-of 2024-03-02
      sayso ask flood.db who opened the gates --json | jq .outcome
    """
    from sayso import ledger as ledgers
    from sayso.shapes import asked_dict

    with ledgers.open(ledger) as opened:
        asked = opened.ask(" ".join(question), as_of=as_of, story=story)
    if as_json:
        write_json(asked_dict(asked))
        return
    for line in _in_words(asked):
        click.echo(line)


def _in_words(asked: Asked) -> Iterator[str]:
    from sayso.account.labels import counted

    yield click.style(one_line(asked.words), bold=True)
    for given in asked.given:
        before = ", before" if given.before else ""
        yield ""
        yield f"{one_line(given.answer)}{before}: {given.claim.id} {given.claim.status.value}, {counted(given.claim.origins, 'origin')}"
        yield from (f"    {_cited(citation)}" for citation in given.citations)
    if asked.nearest is not None:
        yield ""
        label = "They ask" if asked.citations else "Nearest"
        yield f"{label}: {one_line(asked.nearest.text)}  {asked.nearest.id}"
        yield from (f"    {_cited(citation)}" for citation in asked.citations)
    for question in asked.others:
        yield f"May also be meant: {one_line(question.text)}  {question.id}"
    if not asked.given and asked.reasons:
        yield f"Why: {one_line('; '.join(asked.reasons))}"


def _cited(citation: Citation) -> str:
    from sayso.account.labels import citation_words

    words = one_line(citation.exact)
    return f"{one_line(citation_words(citation))}: “{words if len(words) <= _WORDS else words[:_WORDS].rsplit(' ', 1)[0] + ' …'}”"
