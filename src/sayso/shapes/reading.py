"""One report and what stands in it: `sayso extract`, and the rows of reports and statements."""

from __future__ import annotations

import re

from sayso.model import ActorChain, Extraction, Judgement, Problem, Report, Statement
from sayso.shapes.small import (
    actor_dict,
    event_dict,
    place_dict,
    quantity_dict,
    said_dict,
    score,
    spans_list,
    time_dict,
    words,
)
from sayso.shapes.writing import Json


def extract_line(report: Report, extraction: Extraction) -> Json:
    """One line of `sayso extract`: a report, and all that was read out of it."""
    return {
        "report": report_dict(report),
        "statements": [statement_dict(statement) for statement in extraction.statements],
        "times": [time_dict(time) for time in extraction.times],
        "places": [place_dict(place) for place in extraction.places],
        "actors": [_chain(chain) for chain in extraction.actors],
        "problems": [problem_dict(problem) for problem in (*report.problems, *extraction.problems)],
    }


def report_dict(report: Report) -> Json:
    """A report with its text, and the path or URL that it was read from."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "path": _path(report),
        "url": report.url,
        **_particulars(report),
        **_text(report),
    }


def statement_dict(statement: Statement) -> Json:
    """A statement as it stands in a line of `sayso extract`; its report is the one of that line."""
    return {
        "id": statement.id,
        "source": spans_list(statement.source),
        "cue": spans_list(statement.cue),
        "content": spans_list(statement.content),
        "kind": statement.kind.value,
        "act": statement.act.value,
        "negated": statement.negated,
        "hedge": None
        if statement.hedge is None
        else {"word": statement.hedge.word, "span": list(statement.hedge.span), "band": statement.hedge.band},
        "actor": None if statement.actor is None else actor_dict(statement.actor),
        "relay": [{"name": hop.name, "kind": hop.kind.value, "span": list(hop.span)} for hop in statement.relay],
        "medium": statement.medium,
        "audience": None if statement.audience is None else list(statement.audience),
        "said": None if statement.said is None else said_dict(statement.said),
        "said_in": None if statement.said_in is None else place_dict(statement.said_in),
        "happened": [said_dict(time) for time in statement.happened],
        "places": [place_dict(place) for place in statement.places],
        "quantities": [quantity_dict(quantity) for quantity in statement.quantities],
        "events": [event_dict(event) for event in statement.events],
        "confidence": score(statement.confidence),
    }


def problem_dict(problem: Problem) -> Json:
    return {"what": problem.what, "where": problem.where, "remedy": problem.remedy}


def report_row(report: Report, withdrawn: Judgement | None = None) -> Json:
    """What a report is and says, without where and when we came by it: the same on every machine."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "url": report.url,
        **_particulars(report),
        **_text(report),
        "withdrawn": _withdrawn(withdrawn),
    }


def report_listing(report: Report, withdrawn: Judgement | None = None) -> Json:
    """A report without its text, with its capture: a line of `sayso reports --json`."""
    return {
        "id": report.id,
        "sha256": report.sha256,
        "path": _path(report),
        "url": report.url,
        **_particulars(report),
        "characters": len(report.text),
        "captured": {
            "at": report.capture.captured_at,
            "method": report.capture.method,
            "place": report.capture.place,
            "container_sha256": report.capture.container_sha256,
            "locator": report.capture.locator,
        },
        "withdrawn": _withdrawn(withdrawn),
    }


def statement_row(report: Report, statement: Statement, withdrawn: Judgement | None = None) -> Json:
    """A statement on its own: with its report, whether that was withdrawn, and the words of its spans."""
    return {
        **statement_dict(statement),
        "report": report.id,
        "outlet": report.outlet,
        "published": report.published.value if report.published else None,
        "source_words": words(report.text, statement.source),
        "content_words": words(report.text, statement.content),
        "withdrawn": withdrawn is not None,
    }


def _withdrawn(judgement: Judgement | None) -> Json | None:
    """From when on nothing rests on a report, and why; null while it counts."""
    if judgement is None:
        return None
    return {"at": judgement.at, "reason": judgement.value, "author": judgement.author, "judgement": judgement.id}


def _particulars(report: Report) -> Json:
    """What a report's page says about itself."""
    return {
        "outlet": report.outlet,
        "byline": report.byline,
        "title": report.title,
        "published": report.published.value if report.published else None,
        "published_precision": report.published.precision.value if report.published else None,
        "edited": report.edited.value if report.edited else None,
        "edited_precision": report.edited.precision.value if report.edited else None,
        "language": report.language,
        "media_type": report.media_type,
        "forwarded_from": report.forwarded_from,
        "reply_to": report.reply_to,
    }


def _text(report: Report) -> Json:
    return {
        "text": report.text,
        "blocks": [
            {"kind": block.kind.value, "start": block.span.start, "end": block.span.end} for block in report.blocks
        ],
    }


def _path(report: Report) -> str | None:
    """The path it was read from, or None for what came from the network."""
    place = report.capture.place
    return None if re.match(r"(?i)https?://", place) else place


def _chain(chain: ActorChain) -> Json:
    return {
        "id": chain.actor.id,
        "name": chain.actor.name,
        "type": chain.actor.type.value,
        "role": chain.actor.role,
        "mentions": spans_list(chain.mentions),
        "names": list(chain.names),
    }
