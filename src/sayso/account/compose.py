"""The account: which claims a reader should see, in which section, in which order, and in which words.

    1. numbers that were given for the same thing        -> figures (what was revised says so)
    2. claims that cannot both hold                      -> disputed
    3. claims somebody took back or changed              -> changed
    4. what an outlet tried to verify and could not      -> unverified
    5. what several independent origins say              -> established
    6. what is asked and not answered                    -> open
    7. older incidents told beside the story             -> background
    8. everything else that matters: who says what       -> each_side

A claim is told once. Every line passes the gate or is left out; nothing is worded that no record holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.account.editor import Editor
from sayso.account.sections import WRITERS
from sayso.account.title import title_of
from sayso.model import Account, Extraction, Line, Linked, Report, Section, SectionKey

HEADINGS = {
    SectionKey.ESTABLISHED: "What is established",
    SectionKey.FIGURES: "Figures",
    SectionKey.CHANGED: "What changed",
    SectionKey.DISPUTED: "What is disputed",
    SectionKey.EACH_SIDE: "Who says what",
    SectionKey.UNVERIFIED: "What could not be verified",
    SectionKey.OPEN: "What is not known",
    SectionKey.BACKGROUND: "Background",
}
"""Sections in the order of the page."""

# A reader's page, not a dump: lines a section may have. Together about 30, what two screens hold.
_MOST = {
    SectionKey.ESTABLISHED: 6,
    SectionKey.FIGURES: 5,
    SectionKey.CHANGED: 4,
    SectionKey.DISPUTED: 5,
    SectionKey.EACH_SIDE: 12,
    SectionKey.UNVERIFIED: 3,
    SectionKey.OPEN: 4,
    SectionKey.BACKGROUND: 3,
}


def compose(
    reports: Sequence[Report],
    extractions: Sequence[Extraction],
    linked: Linked,
    *,
    title: str | None = None,
    as_of: str | None = None,
) -> Account:
    """The account of these reports. The same records give the same account, in whatever order they come."""
    editor = Editor.of(reports, extractions, linked)
    lines: dict[SectionKey, list[Line]] = {}
    for key, writer in WRITERS:
        kept: list[Line] = []
        for draft in writer(editor):
            line = None if editor.repeats(draft) else editor.pass_gate(key, draft)
            if line is not None:
                editor.tell(line)
                kept.append(line)
            if len(kept) >= _MOST[key]:
                break
        lines[key] = kept
    return Account(
        title=title or title_of(editor),
        as_of=as_of,
        reports=len(reports),
        origins=len(linked.origins),
        sections=tuple(Section(key, heading, tuple(lines[key])) for key, heading in HEADINGS.items() if lines[key]),
    )
