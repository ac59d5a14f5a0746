"""Words whose speaker is told by the layout alone: a transcript's "NAME: …" and a signature "“…” — Name".

A network that reads sentences misses these half of the time; their form is plain, so rules read them. A label counts only where
two paragraphs or more have one, so that "Warning: rain" is nobody's speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.extract.cues import Cue
from sayso.extract.found import Found
from sayso.extract.parse import Passage
from sayso.model import Act, BlockKind

_LABEL = re.compile(
    r"[\"“]?(?P<who>(?:(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep)\. )?[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}|Q|A)(?P<cue>:)\s+(?P<words>\S.*)",
    re.DOTALL,
)
_LEAST_LABELS = 2
_NAME = r"[A-ZÀ-Þ][\w.’'-]*(?: (?:de|la|van|von|bin|al|el|of|the|[A-ZÀ-Þ][\w.’'-]*)){0,6}"
_SIGNED = re.compile(
    rf"(?P<words>[\"“”].{{12,}}[\"“”])\s*(?P<cue>[―—–]|--|-)\s*(?P<who>{_NAME}(?:, [^.\"“”]{{2,80}})?)\W*", re.DOTALL
)


def find_signed(passages: Sequence[Passage]) -> list[tuple[int, Found]]:
    """(number of the passage, attribution) for each label and signature."""
    labels = [
        (n, m) for n, p in enumerate(passages) if p.kind is not BlockKind.HEADLINE and (m := _LABEL.match(p.text))
    ]
    found = [(n, m) for n, p in enumerate(passages) if (m := _SIGNED.fullmatch(p.text.strip()))]
    if len(labels) >= _LEAST_LABELS:
        found += labels
    read = []
    for number, match in sorted(found, key=lambda f: f[0]):
        passage = passages[number]
        shift = len(passage.text) - len(passage.text.lstrip()) if match.re is _SIGNED else 0
        source = _tokens(passage, match, "who", shift)
        cue = _tokens(passage, match, "cue", shift)
        start, end = match.span("words")
        end -= len(match["words"]) - len(match["words"].rstrip(' "”') if match.re is _LABEL else match["words"])
        if source and cue:
            read.append(
                (
                    number,
                    Found(Cue(match["cue"], Act.ASSERT), cue[0], source, cue, ((start + shift, end + shift),), True),
                )
            )
    return read


def _tokens(passage: Passage, match: re.Match[str], name: str, shift: int) -> tuple[int, ...]:
    start, end = match.span(name)
    span = passage.doc.char_span(start + shift, end + shift, alignment_mode="expand")
    return tuple(t.i for t in span or ())
