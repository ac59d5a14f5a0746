"""What each tool gives: plain JSON made from a ledger, a page at a time, with the words of the reports only as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sayso import pipeline
from sayso.errors import UsageError
from sayso.model import Captured, Claim, Linked, Report, Statement, Status
from sayso.shapes import Json, asked_dict, change_dict, check_dict, claim_in_brief, line_dict, words
from sayso.shapes.linked import question_row, relation_row
from sayso.shapes.small import known_by_dict, spans_list

if TYPE_CHECKING:
    from sayso.ledger import Ledger

NOT_KNOWN = "Not known from these reports."
MOST_WORDS = 600  # characters of a quotation; the spans lead to the rest
MOST_STATEMENTS = 10  # of one claim
FOUND_AT_ONCE = 2000  # statements in which one word is looked for
Item = TypeVar("Item")


def search_claims(
    ledger: Ledger,
    query: str,
    status: Status | None,
    story: str | None,
    as_of: str | None,
    limit: int,
    cursor: str | None,
) -> Json:
    """Claims in whose statements most of the words stand, those with more of them first, then those with more origins."""
    linked = ledger.linked(as_of=as_of, story=story)
    asked = [word for word in dict.fromkeys(query.casefold().split()) if any(c.isalnum() for c in word)]
    if not asked:
        raise UsageError("there is no word in the query", where=repr(query), remedy="Give one word or more.")
    holds: Counter[str] = Counter()
    for word in asked:
        holds.update({hit.statement for hit in ledger.search(word, limit=FOUND_AT_ONCE, as_of=as_of) if hit.statement})
    scored = [(max((holds[s] for s in claim.statements), default=0), claim) for claim in linked.claims]
    found = [(n, claim) for n, claim in scored if 2 * n > len(asked) and (status is None or claim.status is status)]
    found.sort(key=lambda each: (-each[0], -each[1].origins, each[1].id))
    page, after = _page(ledger, [claim for _, claim in found], limit, cursor)
    return _known(bool(found)) | {"total": len(found), "claims": [claim_in_brief(c) for c in page], "next": after}


def get_claim(ledger: Ledger, claim: str, as_of: str | None) -> Json:
    """One claim with its statements, the ways in which it is known, and how it stands to others."""
    found = ledger.show(claim, as_of=as_of)
    if not isinstance(found, Claim):
        raise UsageError(
            "this is no claim", where=claim, remedy='The id of a claim begins with "c-": search_claims gives them.'
        )
    linked = ledger.linked(as_of=as_of)
    question = next(q for q in linked.questions if q.id == found.question)
    relations = [r for r in linked.relations if found.id in (r.from_claim, r.to_claim)]
    claims = {c.id: c for c in linked.claims}
    others = {i for r in relations for i in (r.from_claim, r.to_claim)} - {found.id}
    statements = [s for i in found.statements if isinstance(s := ledger.show(i), Statement)]
    return _known(True) | {
        "claim": claim_in_brief(found),
        "question": {key: question_row(question)[key] for key in ("id", "text", "slot", "open")},
        "known_by": [known_by_dict(origin) for origin in found.known_by],
        "unverified_by": list(found.unverified_by),
        "statements": [_said(ledger, s, linked) for s in statements[:MOST_STATEMENTS]],
        "statements_left_out": max(0, len(statements) - MOST_STATEMENTS),
        "relations": [relation_row(relation) for relation in relations],
        "others": [claim_in_brief(claims[i]) for i in sorted(others) if i in claims],
    }


def who_said(
    ledger: Ledger, speaker: str | None, about: str | None, as_of: str | None, limit: int, cursor: str | None
) -> Json:
    """Statements of a speaker, of some words, or both, the latest first, each with the claims that rest on it."""
    if not (speaker or about):
        raise UsageError("nothing is asked for", where="who_said", remedy='Give "speaker", "about", or both.')
    hits = None
    if about:
        hits = {hit.statement for hit in ledger.search(about, limit=FOUND_AT_ONCE, as_of=as_of) if hit.statement}
    called = (speaker or "").casefold()
    found = [
        statement
        for statement in ledger.statements(as_of=as_of)
        if (hits is None or statement.id in hits) and (not called or _is_of(ledger, statement, called))
    ]
    reports = {statement.report: ledger.report(statement.report) for statement in found}
    found.sort(key=lambda s: (_published(reports[s.report]), s.id), reverse=True)
    page, after = _page(ledger, found, limit, cursor)
    linked = ledger.linked(as_of=as_of)
    return _known(bool(found)) | {
        "total": len(found),
        "statements": [_said(ledger, s, linked) for s in page],
        "next": after,
    }


def what_changed(
    ledger: Ledger, since: str, until: str | None, story: str | None, everything: bool, limit: int, cursor: str | None
) -> Json:
    """What changed between two times, the weightiest first."""
    changes = ledger.changes(since=since, until=until, story=story)
    told = [c for c in changes.changes if everything or c.weight.value == "main"]
    page, after = _page(ledger, told, limit, cursor)
    return _known(bool(told)) | {
        "came": len(changes.came),
        "withdrawn": list(changes.withdrawn),
        "total": len(told),
        "changes": [_cut(change_dict(change)) for change in page],
        "next": after,
    }


def account(
    ledger: Ledger, section: str | None, story: str | None, as_of: str | None, limit: int, cursor: str | None
) -> Json:
    """The account, line by line, each with the words it rests on."""
    made = ledger.account(as_of=as_of, story=story)
    lines = [(s.key.value, line) for s in made.sections for line in s.lines if section in (None, s.key.value)]
    page, after = _page(ledger, lines, limit, cursor)
    return _known(bool(lines)) | {
        "title": made.title,
        "reports": made.reports,
        "origins": made.origins,
        "sections": {s.key.value: len(s.lines) for s in made.sections},
        "total": len(lines),
        "lines": [{"section": key, **_cut(line_dict(line))} for key, line in page],
        "next": after,
    }


def check_text(
    ledger: Ledger,
    text: str,
    outlet: str | None,
    published: str | None,
    as_of: str | None,
    limit: int,
    cursor: str | None,
) -> Json:
    """What a text says against what the ledger holds; nothing of it is kept."""
    try:
        report = pipeline.text_report(text, place="the text given", outlet=outlet, published=published)
    except ValueError as error:
        raise UsageError(
            str(error), where="check_text", remedy='Write a time as in "2023-05-23" or "2023-05-23T14:00Z".'
        ) from None
    whole = check_dict(ledger.check(Captured(report, text.encode("utf-8", "replace")), as_of=as_of))
    page, after = _page(ledger, whole["statements"], limit, cursor)
    return (
        _known(bool(whole["statements"]))
        | whole
        | {"statements": page, "total": len(whole["statements"]), "next": after}
    )


def ask(ledger: Ledger, question: str, story: str | None, as_of: str | None) -> Json:
    """A question answered from the claims alone."""
    return _cut(asked_dict(ledger.ask(question, as_of=as_of, story=story)))


# ---------------------------------------------------------------------------------------------------


def _known(known: bool) -> Json:
    """Whether anything was found; what was not is said in words, never only by an empty list."""
    return {"known": known, "note": None if known else NOT_KNOWN}


def _page(ledger: Ledger, found: Sequence[Item], limit: int, cursor: str | None) -> tuple[list[Item], str | None]:
    """A page of what was found, and the cursor of the next one. Raises UsageError for a cursor of an earlier state of the ledger."""
    head = ledger.head()[:12]
    start = 0
    if cursor is not None:
        place, _, of = cursor.partition(".")
        if not place.isdecimal() or of != head:
            raise UsageError(
                "this cursor is not one of the ledger as it is now", where=f"cursor {cursor!r}", remedy="Ask again without a cursor."
            )  # fmt: skip
        start = int(place)
    end = start + limit
    return list(found[start:end]), f"{end}.{head}" if end < len(found) else None


def _said(ledger: Ledger, statement: Statement, linked: Linked) -> Json:
    """A statement with its words, where they stand, and the claims that rest on it."""
    report = ledger.report(statement.report)
    return {
        "id": statement.id,
        "report": report.id,
        "outlet": report.outlet,
        "url": report.url,
        "published": _published(report) or None,
        "speaker": statement.actor.name if statement.actor else None,
        "role": statement.actor.role if statement.actor else None,
        "act": statement.act.value,
        "negated": statement.negated,
        "kind": statement.kind.value,
        "content": spans_list(statement.content),
        "words": _short(words(report.text, statement.content)),
        "claims": [claim_in_brief(c) for c in linked.claims if statement.id in c.statements],
    }


def _is_of(ledger: Ledger, statement: Statement, called: str) -> bool:
    """Whether whoever said it is called so, by name or role; an outlet speaks in its own voice."""
    if statement.actor is None:
        return called in (ledger.report(statement.report).outlet or "").casefold()
    return called in f"{statement.actor.role or ''} {statement.actor.name}".casefold()


def _published(report: Report) -> str:
    return report.published.value if report.published else ""


def _short(text: str) -> str:
    return text if len(text) <= MOST_WORDS else text[:MOST_WORDS].rsplit(" ", 1)[0] + " …"


def _cut(value: Json) -> Json:
    """Long quotations of citations cut; their spans stay."""
    for citation in _citations(value):
        citation["exact"] = _short(citation["exact"])
    return value


def _citations(value: object) -> Iterable[Json]:
    if isinstance(value, dict):
        if "exact" in value:
            yield value
        for each in value.values():
            yield from _citations(each)
    elif isinstance(value, list):
        for each in value:
            yield from _citations(each)
