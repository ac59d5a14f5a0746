-- What linking made of the records. All of it can be dropped and made again (`sayso rebuild`).
-- ``position`` keeps the order that linking gave.

CREATE TABLE origins (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    reports TEXT NOT NULL              -- JSON: ids
);

CREATE TABLE edges (
    origin TEXT NOT NULL REFERENCES origins (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,         -- within its origin
    derived TEXT NOT NULL REFERENCES reports (id),
    base TEXT NOT NULL REFERENCES reports (id),
    kind TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,             -- JSON
    PRIMARY KEY (origin, position)
);

CREATE TABLE questions (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    slot TEXT NOT NULL,
    open INTEGER NOT NULL,
    claims TEXT NOT NULL,              -- JSON: ids
    asked_by TEXT NOT NULL             -- JSON: ids of statements
);

CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    question TEXT NOT NULL REFERENCES questions (id) DEFERRABLE INITIALLY DEFERRED,
    wording TEXT NOT NULL,
    status TEXT NOT NULL,
    rule TEXT NOT NULL,
    origins INTEGER NOT NULL,
    answer_text TEXT NOT NULL,
    answer TEXT NOT NULL,              -- JSON
    sides TEXT NOT NULL                -- JSON
);
CREATE INDEX claims_by_question ON claims (question);

CREATE TABLE claim_statements (
    claim TEXT NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL,                -- rests_on, unverified_by
    position INTEGER NOT NULL,
    statement TEXT NOT NULL,
    PRIMARY KEY (claim, role, position)
);
CREATE INDEX claim_statements_by_statement ON claim_statements (statement);

CREATE TABLE relations (
    position INTEGER PRIMARY KEY,
    from_claim TEXT NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
    to_claim TEXT NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    slot TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,             -- JSON
    judge TEXT NOT NULL
);

CREATE TABLE statement_vectors (       -- a cache; not part of what is derived from a set of reports
    model TEXT NOT NULL,
    words_sha256 TEXT NOT NULL,
    vector BLOB NOT NULL,              -- little-endian float32
    PRIMARY KEY (model, words_sha256)
) WITHOUT ROWID;

CREATE TABLE derived_state (           -- one row, or none: what the tables above were made from
    only INTEGER PRIMARY KEY CHECK (only = 1),
    fingerprint TEXT NOT NULL,         -- of the reports, their readings and the judgements
    linker TEXT NOT NULL,
    sha256 TEXT NOT NULL               -- of all that was derived
);

CREATE VIEW claim_view AS
    SELECT c.id, q.text AS question, c.wording, c.status, c.rule, c.origins, c.answer_text,
           (SELECT count(*) FROM claim_statements AS s WHERE s.claim = c.id AND s.role = 'rests_on') AS statements,
           q.slot
    FROM claims AS c JOIN questions AS q ON q.id = c.question
    ORDER BY c.position;
