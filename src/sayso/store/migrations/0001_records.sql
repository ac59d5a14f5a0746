-- The records: what was captured, what was read out of it, what people judged, and the journal of it all.
-- Every table here only ever grows; the triggers refuse to change or remove a row.

CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY,           -- of the bytes as captured
    size INTEGER NOT NULL,             -- bytes before compression
    bytes BLOB NOT NULL                -- zlib
);

CREATE TABLE reports (
    seq INTEGER PRIMARY KEY,           -- the order of arrival; means nothing else
    id TEXT NOT NULL UNIQUE,
    outlet TEXT,
    title TEXT,
    published TEXT,
    published_precision TEXT,
    url TEXT,
    byline TEXT,
    edited TEXT,
    edited_precision TEXT,
    language TEXT,
    media_type TEXT NOT NULL,
    forwarded_from TEXT,
    reply_to TEXT,
    captured_at TEXT NOT NULL,
    capture_method TEXT NOT NULL,
    capture_place TEXT NOT NULL,
    container_sha256 TEXT,
    locator TEXT,
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    text TEXT NOT NULL,                -- canonical; every span counts code points in it
    blocks TEXT NOT NULL,              -- JSON
    problems TEXT NOT NULL             -- JSON
);
CREATE INDEX reports_by_url ON reports (url);
CREATE INDEX reports_by_published ON reports (published);

CREATE TABLE extractions (
    seq INTEGER PRIMARY KEY,           -- the highest of a report is the one that counts
    report TEXT NOT NULL REFERENCES reports (id),
    reader TEXT NOT NULL,              -- which version of the reader
    sha256 TEXT NOT NULL,              -- of the whole extraction, statements included
    times TEXT NOT NULL,               -- JSON
    places TEXT NOT NULL,              -- JSON
    actors TEXT NOT NULL,              -- JSON
    problems TEXT NOT NULL             -- JSON
);
CREATE INDEX extractions_by_report ON extractions (report, seq);

CREATE TABLE statements (
    seq INTEGER PRIMARY KEY,
    extraction INTEGER NOT NULL REFERENCES extractions (seq),
    position INTEGER NOT NULL,         -- within its extraction
    id TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id),
    actor_name TEXT,
    act TEXT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,               -- of the content spans, broken ones joined by " … "
    source_words TEXT NOT NULL,
    cue_words TEXT NOT NULL,
    negated INTEGER NOT NULL,
    hedge_word TEXT,
    medium TEXT,
    said_value TEXT,
    actor_id TEXT,
    actor_type TEXT,
    actor_role TEXT,
    confidence REAL NOT NULL,
    source TEXT NOT NULL,              -- JSON: spans [[start, end], ...]
    cue TEXT NOT NULL,                 -- JSON: spans
    content TEXT NOT NULL,             -- JSON: spans
    hedge TEXT,                        -- JSON
    relay TEXT NOT NULL,               -- JSON
    said TEXT,                         -- JSON
    happened TEXT NOT NULL,            -- JSON
    places TEXT NOT NULL,              -- JSON
    quantities TEXT NOT NULL           -- JSON
);
CREATE UNIQUE INDEX statements_in_order ON statements (extraction, position);
CREATE INDEX statements_by_id ON statements (id);
CREATE INDEX statements_by_report ON statements (report);
CREATE INDEX statements_by_actor ON statements (actor_id);

CREATE TABLE judgements (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    verdict TEXT NOT NULL,
    subject TEXT NOT NULL,
    other TEXT,
    value TEXT,
    author TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX judgements_by_subject ON judgements (subject);

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                  -- ISO 8601 in UTC
    kind TEXT NOT NULL,                -- init, report, extraction, judgement, rebuild
    payload TEXT NOT NULL,             -- canonical JSON
    prev TEXT NOT NULL,                -- the hash of the row before
    hash TEXT NOT NULL                 -- of this row with that hash
);

-- What counts: of several readings of a report, the latest.
CREATE VIEW current_extractions AS
    SELECT extractions.* FROM extractions
    WHERE seq = (SELECT max(seq) FROM extractions AS later WHERE later.report = extractions.report);

CREATE VIEW current_statements AS
    SELECT statements.* FROM statements JOIN current_extractions ON current_extractions.seq = statements.extraction;

-- For a person who opens the file: who said what, where, with the page it stands on.
CREATE VIEW statement_view AS
    SELECT s.id, r.outlet, r.published, coalesce(s.actor_name, r.outlet) AS said_by, s.actor_role, s.act, s.negated,
           s.kind, s.hedge_word, s.words, r.title, r.url, s.report
    FROM current_statements AS s JOIN reports AS r ON r.id = s.report;

-- INSERT OR REPLACE removes rows without asking the delete triggers, hence the insert triggers.
CREATE TRIGGER keep_blobs_update BEFORE UPDATE ON blobs
    BEGIN SELECT raise(ABORT, 'blobs are append-only'); END;
CREATE TRIGGER keep_blobs_delete BEFORE DELETE ON blobs
    BEGIN SELECT raise(ABORT, 'blobs are append-only'); END;
CREATE TRIGGER keep_blobs_insert BEFORE INSERT ON blobs
    WHEN EXISTS (SELECT 1 FROM blobs WHERE sha256 = NEW.sha256)
    BEGIN SELECT raise(ABORT, 'blobs are append-only'); END;

CREATE TRIGGER keep_reports_update BEFORE UPDATE ON reports
    BEGIN SELECT raise(ABORT, 'reports are append-only'); END;
CREATE TRIGGER keep_reports_delete BEFORE DELETE ON reports
    BEGIN SELECT raise(ABORT, 'reports are append-only'); END;
CREATE TRIGGER keep_reports_insert BEFORE INSERT ON reports
    WHEN EXISTS (SELECT 1 FROM reports WHERE id = NEW.id OR seq = NEW.seq)
    BEGIN SELECT raise(ABORT, 'reports are append-only'); END;

CREATE TRIGGER keep_extractions_update BEFORE UPDATE ON extractions
    BEGIN SELECT raise(ABORT, 'extractions are append-only'); END;
CREATE TRIGGER keep_extractions_delete BEFORE DELETE ON extractions
    BEGIN SELECT raise(ABORT, 'extractions are append-only'); END;
CREATE TRIGGER keep_extractions_insert BEFORE INSERT ON extractions
    WHEN EXISTS (SELECT 1 FROM extractions WHERE seq = NEW.seq)
    BEGIN SELECT raise(ABORT, 'extractions are append-only'); END;

CREATE TRIGGER keep_statements_update BEFORE UPDATE ON statements
    BEGIN SELECT raise(ABORT, 'statements are append-only'); END;
CREATE TRIGGER keep_statements_delete BEFORE DELETE ON statements
    BEGIN SELECT raise(ABORT, 'statements are append-only'); END;
CREATE TRIGGER keep_statements_insert BEFORE INSERT ON statements
    WHEN EXISTS (SELECT 1 FROM statements
                 WHERE seq = NEW.seq OR (extraction = NEW.extraction AND position = NEW.position))
    BEGIN SELECT raise(ABORT, 'statements are append-only'); END;

CREATE TRIGGER keep_judgements_update BEFORE UPDATE ON judgements
    BEGIN SELECT raise(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER keep_judgements_delete BEFORE DELETE ON judgements
    BEGIN SELECT raise(ABORT, 'judgements are append-only'); END;
CREATE TRIGGER keep_judgements_insert BEFORE INSERT ON judgements
    WHEN EXISTS (SELECT 1 FROM judgements WHERE id = NEW.id OR seq = NEW.seq)
    BEGIN SELECT raise(ABORT, 'judgements are append-only'); END;

CREATE TRIGGER keep_journal_update BEFORE UPDATE ON journal
    BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER keep_journal_delete BEFORE DELETE ON journal
    BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER keep_journal_insert BEFORE INSERT ON journal
    WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq)
    BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
