"""Redaction: a name taken out of reports for good, with a row of the journal for each that says so, and nothing else changed.

    1. every report in which it stands, of those that are meant, and those that share their bytes
    2. its text and what it says of itself, letter for letter blacked out, so that every span stays right
    3. its bytes: the same in place, or the redacted text where they cannot be read letter by letter
    4. every reading of it, the earlier ones too; judgements that hold the name
    5. all that follows is dropped, and made again

Then the file is written anew, so that what was removed is on no page of it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.errors import UsageError
from sayso.ledger.bytes_hidden import without
from sayso.ledger.linking import Linking
from sayso.ledger.masking import GONE, Mask
from sayso.ledger.names_hidden import NamesHidden
from sayso.ledger.one_story import words_key
from sayso.ledger.protecting import ACTOR, NOBODY
from sayso.model import Judgement, Report, Verdict
from sayso.store import Store

if TYPE_CHECKING:
    from sayso.store.redacting import Redaction


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction did, without the name: the reports it was taken out of, in how many places, whose bytes were replaced by their
    text, and whether the disk is known to have forgotten it."""

    reports: tuple[str, ...]
    places: int
    replaced: tuple[str, ...]
    judgements: tuple[str, ...]
    purged: bool
    left: tuple[str, ...] = ()  # reports of this ledger in which the name stands still


def redact(
    store: Store,
    linking: Linking,
    names: Sequence[str],
    *,
    reports: Collection[str] | None,
    author: str,
    reason: str,
) -> Redacted:
    """Takes ``names`` out of ``reports`` (None: out of every report in which they stand), and out of judgements once no report is left.

    Raises UsageError where the name stands nowhere in them, or in what the journal would say of it.
    """
    hidden = NamesHidden([(NOBODY, names)])
    if not hidden:
        raise UsageError("there is no name to redact", where="name", remedy="Give the name as reports write it.")
    if hidden.find(reason) or hidden.find(author):
        raise UsageError(
            "the name itself stands in what the journal would say of it",
            where="reason",
            remedy="Give a reason, and an author, without the name.",
        )
    holding = set(_holding(store, hidden))
    asked = holding if reports is None else set(store.sharing_bytes(sorted(reports)))
    chosen = sorted(asked & holding) if reports is None else sorted(asked)
    left = tuple(sorted(holding - set(chosen)))
    mask = Mask(hidden, labels={NOBODY: NOBODY}, secrets={NOBODY: secrets.token_hex(16)}, actors={})
    made = (_redaction(store, mask, report, author=author, reason=reason) for report in chosen)
    redactions = [each for each in made if each is not None]
    if not redactions:
        raise UsageError(
            "the name stands in none of these reports",
            where=", ".join(chosen) or "all reports",
            remedy="Check its spelling.",
        )
    judged = tuple(_judgements(store, mask, everywhere=not left, reports={r.report.id for r in redactions}))
    first, *more = redactions
    store.redact([replace(first, judgements=judged), *more])
    linking.rebuild()
    return Redacted(
        reports=tuple(each.report.id for each in (first, *more)),
        places=sum(len(each.spans) for each in (first, *more)),
        replaced=tuple(each.report.id for each in (first, *more) if not each.in_place),
        judgements=tuple(judgement.id for judgement in judged),
        purged=store.purge(),
        left=left,
    )


def _holding(store: Store, hidden: NamesHidden) -> Iterator[str]:
    """The reports in which a name stands: all are looked through, as an index knows no other ways to write it."""
    for report in store.reports():
        told = (report.text, report.title, report.byline, report.outlet, report.url, report.capture.place)
        if any(hidden.find(each) for each in told if each):
            yield report.id


def _redaction(store: Store, mask: Mask, report_id: str, *, author: str, reason: str) -> Redaction | None:
    from sayso.store.redacting import Redaction  # it loads what makes records of JSON

    report, raw = store.report(report_id), store.raw(report_id)
    assert report is not None, report_id
    assert raw is not None, report_id
    readings = [(number, store.reading(number)) for number in store.readings_of(report_id)]
    made = [(number, mask.value(reading)) for number, reading in readings if reading is not None]
    spans = tuple(found.span for found in mask.names.find(report.text))
    changed: Report = mask.value(report)
    if changed is GONE or (
        changed == report and not spans and all(a == b for (_, a), (_, b) in zip(made, readings, strict=True))
    ):
        return None
    freed = without(report.media_type, raw, mask.names)
    new = changed.text.encode("utf-8", "surrogatepass") if freed is None else freed
    texts = [s for _, reading in readings if reading for s in reading.statements]
    return Redaction(
        report=replace(changed, sha256=hashlib.sha256(new).hexdigest()),
        raw=new,
        readings=tuple(made),
        judgements=(),
        spans=spans,
        in_place=freed is not None,
        author=author,
        reason=reason,
        vectors=tuple(sorted({words_key(report.text, statement) for statement in texts})),
    )


def _judgements(store: Store, mask: Mask, *, everywhere: bool, reports: Collection[str]) -> Iterator[Judgement]:
    """Judgements that hold the name, as they are to stand: of the actor once no report names it, of a redacted report at once."""
    for judgement in store.judgements():
        about = judgement.subject in reports or (judgement.other or "") in reports
        if not (everywhere or about):
            continue
        parts = {
            "subject": judgement.subject,
            "other": judgement.other,
            "value": judgement.value,
            "author": judgement.author,
        }
        new = {name: mask.text(part) if part else part for name, part in parts.items()}
        if judgement.verdict is Verdict.PROTECT and new != parts:
            new["value"] = None  # the names that it knew
            new["subject"] = f"{ACTOR}{NOBODY}"
        if new != parts:
            yield replace(judgement, **new)  # type: ignore[arg-type]
