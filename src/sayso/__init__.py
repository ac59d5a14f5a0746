"""sayso: on whose say-so do we know this?

    import sayso
    from sayso.account import to_markdown

    with sayso.open("flood.db", create=True) as ledger:
        ledger.add(["reports/"])
        print(to_markdown(ledger.account()))

    for found in sayso.read(["page.html"]):  # needs no ledger: each report with who says what in it
        ...

``__all__`` names the public API. Each name is imported when it is first used, so that `import sayso` costs nothing. The
steps one by one are `sayso.ingest.read_sources`, `sayso.extract.extract`, `sayso.link.link`, `sayso.account.compose`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.errors import (
        InputError,
        LedgerDamaged,
        LedgerError,
        LedgerFull,
        LedgerLocked,
        LedgerNotFound,
        RecordNotFound,
        SaysoError,
        UsageError,
    )
    from sayso.ledger import AddResult, Ledger, RebuildResult, open
    from sayso.model import (
        Account,
        Act,
        Actor,
        ActorChain,
        ActorType,
        Answer,
        Asked,
        Block,
        BlockKind,
        Capture,
        Captured,
        Change,
        ChangeKind,
        Changes,
        ChangeWeight,
        Check,
        Citation,
        Claim,
        Comparison,
        Derivation,
        Direction,
        Edge,
        EdgeKind,
        Extraction,
        Hedge,
        Hop,
        HopKind,
        Instant,
        Judgement,
        Kind,
        KnownActor,
        Line,
        Linked,
        Measure,
        Membership,
        Origin,
        Outcome,
        PairKind,
        Passage,
        PlaceMention,
        Precision,
        Problem,
        Quantity,
        Question,
        Relation,
        RelationKind,
        Report,
        Said,
        Section,
        SectionKey,
        Slot,
        Span,
        Statement,
        Status,
        Story,
        TakenSide,
        TimeMention,
        Verdict,
        Withdrawal,
    )
    from sayso.pipeline import Steps, read

    __version__: str

__all__ = [
    "Account",
    "Act",
    "Actor",
    "ActorChain",
    "ActorType",
    "AddResult",
    "Answer",
    "Asked",
    "Block",
    "BlockKind",
    "Capture",
    "Captured",
    "Change",
    "ChangeKind",
    "ChangeWeight",
    "Changes",
    "Check",
    "Citation",
    "Claim",
    "Comparison",
    "Derivation",
    "Direction",
    "Edge",
    "EdgeKind",
    "Extraction",
    "Hedge",
    "Hop",
    "HopKind",
    "InputError",
    "Instant",
    "Judgement",
    "Kind",
    "KnownActor",
    "Ledger",
    "LedgerDamaged",
    "LedgerError",
    "LedgerFull",
    "LedgerLocked",
    "LedgerNotFound",
    "Line",
    "Linked",
    "Measure",
    "Membership",
    "Origin",
    "Outcome",
    "PairKind",
    "Passage",
    "PlaceMention",
    "Precision",
    "Problem",
    "Quantity",
    "Question",
    "RebuildResult",
    "RecordNotFound",
    "Relation",
    "RelationKind",
    "Report",
    "Said",
    "SaysoError",
    "Section",
    "SectionKey",
    "Slot",
    "Span",
    "Statement",
    "Status",
    "Steps",
    "Story",
    "TakenSide",
    "TimeMention",
    "UsageError",
    "Verdict",
    "Withdrawal",
    "__version__",
    "open",
    "read",
]

# Where a name lives; all others of __all__ are core types.
_HOMES = {
    "open": "sayso.ledger",
    "Ledger": "sayso.ledger",
    "AddResult": "sayso.ledger",
    "RebuildResult": "sayso.ledger",
    "read": "sayso.pipeline",
    "Steps": "sayso.pipeline",
    "SaysoError": "sayso.errors",
    "InputError": "sayso.errors",
    "RecordNotFound": "sayso.errors",
    "UsageError": "sayso.errors",
    "LedgerError": "sayso.errors",
    "LedgerNotFound": "sayso.errors",
    "LedgerLocked": "sayso.errors",
    "LedgerFull": "sayso.errors",
    "LedgerDamaged": "sayso.errors",
}

_FOLDERS = ("account", "extract", "ingest", "ledger", "link")
"""Subpackages that may be used after a bare ``import sayso``, as in ``sayso.extract.extract(report)``."""


def __getattr__(name: str) -> Any:
    """PEP 562: a public name is imported when it is first asked for, and kept."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("sayso")
    elif name in _FOLDERS:
        value = import_module(f"sayso.{name}")
    elif name in __all__:
        value = getattr(import_module(_HOMES.get(name, "sayso.model")), name)
    else:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_FOLDERS})
