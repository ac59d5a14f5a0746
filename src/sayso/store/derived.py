"""What is made of the records, in SQL: which reports are one story, and what linking each story gave."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from typing import TYPE_CHECKING

from sayso.model import Edge, Gist, Linked, Origin, Status
from sayso.store.base import Pending, Shelved
from sayso.store.codec import digest, from_plain, to_json, to_plain
from sayso.store.database import NO_LIMIT, Database
from sayso.store.derived_rows import (
    claim_from,
    claim_row,
    edge_from,
    edge_row,
    origin_row,
    question_from,
    question_row,
    relation_from,
    relation_row,
    texts,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNDATED = -1e6  # the day of what nobody dated: it sorts before every day, and no span of days reaches it
_LINKED = ("relations", "claims", "questions", "origins")  # their parts go with them
_HOMES = {  # where the story of a record stands, by the first letter of its id: the table, and its column of ids
    "r": ("gists", "report"),
    "o": ("origins", "id"),
    "q": ("questions", "id"),
    "c": ("claims", "id"),
    "y": ("(SELECT id, id AS story FROM stories) AS each_story", "id"),
}
_MADE = (*_LINKED, "gist_keys", "gists", "paragraphs", "furniture", "stories", "pending", "derived_state")


class SqlDerived:
    """The derived tables of one ledger (see `sayso.store.base.Derived`)."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def linker(self) -> str | None:
        row = self._db.one("SELECT linker FROM derived_state")
        return row["linker"] if row else None

    def forget(self, linker: str) -> None:
        with self._db.writing():
            for table in _MADE:
                self._db.run(f"DELETE FROM {table}")
            self._db.run('INSERT INTO derived_state ("only", linker) VALUES (1, ?)', linker)
            self._db.run("INSERT INTO pending (kind, id) SELECT 'report', id FROM reports")

    def update(self) -> AbstractContextManager[None]:
        return self._db.writing()

    def pending(self, *, limit: int | None = None) -> Pending:
        reports = self._db.all("SELECT id FROM pending WHERE kind = 'report' ORDER BY id LIMIT ?", limit or NO_LIMIT)
        judgements = self._db.all(
            "SELECT pending.id FROM pending JOIN judgements ON judgements.id = pending.id"
            " WHERE kind = 'judgement' ORDER BY judgements.at, judgements.id"
        )
        return Pending(tuple(row["id"] for row in reports), tuple(row["id"] for row in judgements))

    # -----------------------------------------------------------------------------------------------
    # Stories

    def gists(self, reports: Collection[str]) -> dict[str, Gist]:
        rows = self._db.among("SELECT report, gist FROM gists WHERE report IN", sorted(reports))
        return {row["report"]: _gist(row["gist"]) for row in rows}

    def partners(self, gist: Gist, *, days: float) -> list[tuple[str, ...]]:
        shared: Counter[str] = Counter()
        home: dict[str, str] = {}
        query = (
            "SELECT gist_keys.report, story FROM gist_keys JOIN gists ON gists.report = gist_keys.report WHERE key = ?"
        )
        keys = [self._db.indexed(key) for key in gist.keys]
        if gist.day is None:
            found = self._db.each(query, [(key,) for key in keys])
        else:
            # Asked for apart: with an OR between them SQLite goes through all that hold the key, of whatever day.
            first, last = gist.day - days, gist.day + days
            found = self._db.each(f"{query} AND gist_keys.day = ?", [(key, UNDATED) for key in keys])
            found += self._db.each(f"{query} AND gist_keys.day BETWEEN ? AND ?", [(key, first, last) for key in keys])
        for row in chain.from_iterable(found):
            shared[row["report"]] += 1
            home[row["report"]] = row["story"]
        by_story: dict[str, list[str]] = defaultdict(list)
        for report in sorted(home.keys() - {gist.report}, key=lambda r: (-shared[r], r)):
            by_story[home[report]].append(report)
        return [tuple(reports) for _, reports in sorted(by_story.items())]

    def stories(self, *, stale: bool = False) -> tuple[Shelved, ...]:
        only = "WHERE stale" if stale else ""
        rows = self._db.all(f"SELECT id, version, stale FROM stories {only} ORDER BY first, id")
        return tuple(Shelved(row["id"], row["version"], bool(row["stale"])) for row in rows)

    def stories_of(self, reports: Collection[str]) -> dict[str, str]:
        rows = self._db.among("SELECT report, story FROM gists WHERE report IN", sorted(reports))
        return {row["report"]: row["story"] for row in rows}

    def stories_with(self, claims: Collection[str]) -> set[str]:
        return {row["story"] for row in self._db.among("SELECT story FROM claims WHERE id IN", sorted(claims))}

    def home(self, record: str) -> str | None:
        found = _HOMES.get(record.partition("-")[0])
        row = self._db.one(f"SELECT story FROM {found[0]} WHERE {found[1]} = ?", record) if found else None
        return row["story"] if row else None

    def members(self, stories: Collection[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {story: [] for story in sorted(stories)}
        for row in self._db.among("SELECT story, report FROM gists WHERE story IN", sorted(stories)):
            found[row["story"]].append(row["report"])
        return {story: tuple(sorted(reports)) for story, reports in found.items()}

    def file(
        self, gists: Iterable[Gist], paragraphs: Mapping[str, Collection[str]], stories: Mapping[str, str]
    ) -> None:
        with self._db.writing():
            for gist in gists:
                self._file(gist, sorted(paragraphs.get(gist.report, ())), stories[gist.report])
            left = set(self.stories_of(stories).values())
            for report, story in sorted(stories.items()):
                self._db.run("UPDATE gists SET story = ? WHERE report = ? AND story != ?", story, report, story)
            self._settle_stories({*left, *stories.values()})

    def _file(self, gist: Gist, paragraphs: Sequence[str], story: str) -> None:
        known = self._db.one("SELECT gist FROM gists WHERE report = ?", gist.report)
        text = to_json(to_plain(gist))
        if known and known["gist"] == text:
            return
        self._db.run("DELETE FROM gists WHERE report = ?", gist.report)
        self._db.insert("gists", [{"report": gist.report, "story": story, "day": _day(gist), "gist": text}])
        if known:
            old = _gist(known["gist"])
            for key in map(self._db.indexed, old.keys):
                self._db.run(
                    "DELETE FROM gist_keys WHERE key = ? AND day = ? AND report = ?", key, _day(old), old.report
                )
        keys = sorted({self._db.indexed(key) for key in gist.keys})
        rows = [{"key": key, "day": _day(gist), "report": gist.report} for key in keys]
        self._db.insert("gist_keys", rows)
        printed = ({"key": key, "report": gist.report} for key in paragraphs)
        self._db.insert("paragraphs", printed, unless_there=True)

    def _settle_stories(self, touched: set[str]) -> None:
        """Gives each story its first day and a new version; drops those without reports."""
        for story in sorted(touched):
            self._drop(story)  # a record may belong to another story now
            row = self._db.one(
                "SELECT count(*) AS reports, min(nullif(day, ?)) AS first FROM gists WHERE story = ?", UNDATED, story
            )
            if not row["reports"]:
                self._db.run("DELETE FROM stories WHERE id = ?", story)
                continue
            self._db.run(
                "INSERT INTO stories (id, first, version, stale) VALUES (?, ?, 1, true)"
                " ON CONFLICT (id) DO UPDATE SET first = excluded.first, version = stories.version + 1, stale = true",
                *(story, UNDATED if row["first"] is None else row["first"]),
            )

    def mark_stale(self, stories: Collection[str]) -> None:
        with self._db.writing():
            for story in sorted(stories):
                self._db.run("UPDATE stories SET version = version + 1, stale = true WHERE id = ?", story)

    def printed_in(self, keys: Collection[str], *, enough: int) -> dict[str, frozenset[str]]:
        query = (
            "SELECT DISTINCT story FROM paragraphs JOIN gists ON gists.report = paragraphs.report"
            " WHERE paragraphs.key = ? LIMIT ?"
        )
        enough = enough if enough >= 0 else NO_LIMIT
        every = sorted(keys)
        found = self._db.each(query, [(key, enough) for key in every])
        return {key: frozenset(row["story"] for row in rows) for key, rows in zip(every, found, strict=True)}

    def furniture(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(row["key"] for row in self._db.among("SELECT key FROM furniture WHERE key IN", sorted(keys)))

    def note_furniture(self, keys: Mapping[str, bool]) -> None:
        with self._db.writing():
            self._db.insert("furniture", ({"key": key} for key in sorted(keys) if keys[key]), unless_there=True)
            for key in sorted(key for key in keys if not keys[key]):
                self._db.run("DELETE FROM furniture WHERE key = ?", key)

    def settle(self, pending: Pending) -> None:
        with self._db.writing():
            for kind, ids in (("report", pending.reports), ("judgement", pending.judgements)):
                for identifier in ids:
                    self._db.run("DELETE FROM pending WHERE kind = ? AND id = ?", kind, identifier)

    # -----------------------------------------------------------------------------------------------
    # What linking gave

    def save(self, story: Shelved, linked: Linked) -> bool:
        with self._db.writing():
            known = self._db.one("SELECT version FROM stories WHERE id = ?", story.id)
            if known is None or known["version"] != story.version:
                return False
            self._drop(story.id)
            self._put(story.id, linked)
            self._db.run("UPDATE stories SET stale = false, sha256 = ? WHERE id = ?", digest(linked), story.id)
        return True

    def _drop(self, story: str) -> None:
        for table in _LINKED:
            self._db.run(f"DELETE FROM {table} WHERE story = ?", story)

    def _put(self, story: str, linked: Linked) -> None:
        db = self._db
        db.insert("origins", (origin_row(story, n, origin) for n, origin in enumerate(linked.origins)))
        edges = ((origin, n, edge) for origin in linked.origins for n, edge in enumerate(origin.edges))
        db.insert("edges", (edge_row(*each) for each in edges))
        db.insert("questions", (question_row(story, n, question) for n, question in enumerate(linked.questions)))
        db.insert("claims", (claim_row(story, n, claim) for n, claim in enumerate(linked.claims)))
        roles = (
            (claim.id, role, statements)
            for claim in linked.claims
            for role, statements in (("rests_on", claim.statements), ("unverified_by", claim.unverified_by))
        )
        rows = (
            {"claim": claim, "role": role, "position": n, "statement": statement}
            for claim, role, statements in roles
            for n, statement in enumerate(statements)
        )
        db.insert("claim_statements", rows)
        db.insert("relations", (relation_row(story, n, relation) for n, relation in enumerate(linked.relations)))

    def linked(self, stories: Collection[str] | None = None) -> Linked:
        with self._db.snapshot():
            found = [self._load(story) for story in self._in_order(stories)]
        return Linked(
            origins=tuple(origin for each in found for origin in each.origins),
            questions=tuple(question for each in found for question in each.questions),
            claims=tuple(claim for each in found for claim in each.claims),
            relations=tuple(relation for each in found for relation in each.relations),
        )

    def _in_order(self, stories: Collection[str] | None) -> list[str]:
        """Those of these stories (None: of all) that there are, by their first days."""
        if stories is None:
            return [story.id for story in self.stories()]
        rows = self._db.among("SELECT id, first FROM stories WHERE id IN", sorted(stories))
        return [row["id"] for row in sorted(rows, key=lambda row: (row["first"], row["id"]))]

    def _load(self, story: str) -> Linked:
        db = self._db
        edges: dict[str, list[Edge]] = defaultdict(list)
        for row in db.all(
            "SELECT edges.* FROM edges JOIN origins ON origins.id = origin WHERE story = ? ORDER BY origin, edges.position",
            story,
        ):
            edges[row["origin"]].append(edge_from(row))
        statements: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in db.all(
            "SELECT claim, role, statement FROM claim_statements JOIN claims ON claims.id = claim"
            " WHERE story = ? ORDER BY claim, role, claim_statements.position",
            story,
        ):
            statements[row["claim"], row["role"]].append(row["statement"])
        in_order = "WHERE story = ? ORDER BY position"
        return Linked(
            origins=tuple(
                Origin(row["id"], texts(row["reports"]), tuple(edges[row["id"]]))
                for row in db.all(f"SELECT * FROM origins {in_order}", story)
            ),
            questions=tuple(question_from(row) for row in db.all(f"SELECT * FROM questions {in_order}", story)),
            claims=tuple(
                claim_from(row, tuple(statements[row["id"], "rests_on"]), tuple(statements[row["id"], "unverified_by"]))
                for row in db.all(f"SELECT * FROM claims {in_order}", story)
            ),
            relations=tuple(relation_from(row) for row in db.all(f"SELECT * FROM relations {in_order}", story)),
        )

    def statuses(self, statements: Collection[str]) -> dict[str, frozenset[Status]]:
        found: dict[str, set[Status]] = defaultdict(set)
        for row in self._db.among(
            "SELECT statement, status FROM claim_statements JOIN claims ON claims.id = claim"
            " WHERE role = 'rests_on' AND statement IN",
            sorted(statements),
        ):
            found[row["statement"]].add(Status(row["status"]))
        return {statement: frozenset(statuses) for statement, statuses in found.items()}

    # -----------------------------------------------------------------------------------------------
    # Vectors

    def vectors(self, model: str, words_sha256: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        import numpy as np

        rows = self._db.among(
            "SELECT words_sha256, vector FROM statement_vectors WHERE model = ? AND words_sha256 IN",
            sorted(set(words_sha256)),
            model,
        )
        return {row["words_sha256"]: np.frombuffer(row["vector"], dtype="<f4").astype(np.float32) for row in rows}

    def save_vectors(self, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        with self._db.writing():
            rows = (
                {"model": model, "words_sha256": key, "vector": vector.astype("<f4").tobytes()}
                for key, vector in sorted(vectors.items())
            )
            self._db.insert("statement_vectors", rows, unless_there=True)


def _day(gist: Gist) -> float:
    return UNDATED if gist.day is None else gist.day


def _gist(text: str) -> Gist:
    return from_plain(json.loads(text), Gist)
