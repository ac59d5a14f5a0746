"""One home for the defaults of the run and the store; whoever needs another value passes it by keyword.

The thresholds of reading, linking and wording live with their stages. Nothing here is read from the environment.
"""

from __future__ import annotations

READER = "tagger-7"
"""Names how reports are read; raise the number whenever the same report could be read otherwise."""

RULES_READER = "rules-9"
"""The same for the reading by rules alone."""

LINKER = "stories-7"
"""Names how statements are linked; raise the number whenever the same statements could be linked otherwise.

A ledger whose derived tables were made by another linker is stale and is linked again when it is next read."""

EMBEDDER = "all-MiniLM-L6-v2-int8"
"""Names the sentence model whose vectors are kept; vectors of another name are never mixed with them."""

BATCH_REPORTS = 32
"""Reports that land in the ledger together. A crash loses the reading of at most one batch; 32 keeps the cost of the
one disk flush per batch far below the cost of parsing 32 reports."""

BATCH_CHARACTERS = 2_000_000
"""Characters of text after which a batch is closed early, so that long reports do not pile up in memory."""

CHUNK_REPORTS = 8
"""Reports sent to a worker process at once: enough for the parser to batch, few enough to keep workers busy."""

WORKERS = 1
"""Processes that read reports. One: each more costs its own copy of the models (about 550 MB in all)."""

WORKER_TRIES = 3
"""Workers that an input may take along before it is given up by name. More than one, as a worker may die of something else: of a
machine that is switched off, or that has no memory left."""

BUSY_TIMEOUT_S = 30.0
"""Seconds to wait for another process that is writing to the same ledger; one batch lands in far less."""

SEARCH_LIMIT = 20
"""Hits that a search gives unless told."""

SNIPPET_CHARACTERS = 200
"""Characters of a report shown around the first word found: about two lines on a terminal."""

PAIRS_AT_ONCE = 256
"""Pairs of short texts that are read and embedded together: enough for full batches, few enough for results to stream."""
