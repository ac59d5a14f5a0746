-- Linking is kept per story: a report that comes in re-links only the story it joins. What was derived before is dropped
-- and made again when somebody next reads.

DROP VIEW claim_view;
DROP TABLE relations;
DROP TABLE claim_statements;
DROP TABLE claims;
DROP TABLE questions;
DROP TABLE edges;
DROP TABLE origins;
DROP TABLE derived_state;

CREATE TABLE derived_state (           -- one row, or none while nothing was ever derived
    only INTEGER PRIMARY KEY CHECK (only = 1),
    linker TEXT NOT NULL
);

CREATE TABLE pending (                 -- what came in and is in no story yet
    kind TEXT NOT NULL,                -- report, judgement
    id TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE TABLE stories (
    id TEXT PRIMARY KEY,               -- made of the id of its earliest report
    first REAL NOT NULL,               -- the day of its earliest report; -1e6 for none that is dated
    version INTEGER NOT NULL,          -- raised whenever it must be linked anew
    stale INTEGER NOT NULL,
    sha256 TEXT                        -- of what was linked last
);
CREATE INDEX stale_stories ON stories (id) WHERE stale;

CREATE TABLE gists (                   -- what each report is known by when stories are sought
    report TEXT PRIMARY KEY REFERENCES reports (id),
    story TEXT NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    day REAL NOT NULL,                 -- since 1970; -1e6 for none
    gist TEXT NOT NULL                 -- JSON
);
CREATE INDEX gists_by_story ON gists (story);

CREATE TABLE gist_keys (
    key TEXT NOT NULL,
    day REAL NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (key, day, report)
) WITHOUT ROWID;

CREATE TABLE paragraphs (              -- who prints which paragraph, to tell furniture from news
    key TEXT NOT NULL,                 -- hash of the outlet and the paragraph's words
    report TEXT NOT NULL,
    PRIMARY KEY (key, report)
) WITHOUT ROWID;

CREATE TABLE furniture (               -- paragraphs that an outlet prints in several stories
    key TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE origins (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,         -- within its story, here and below
    reports TEXT NOT NULL              -- JSON: ids
);
CREATE INDEX origins_by_story ON origins (story, position);

CREATE TABLE edges (
    origin TEXT NOT NULL REFERENCES origins (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,         -- within its origin
    derived TEXT NOT NULL REFERENCES reports (id),
    base TEXT NOT NULL REFERENCES reports (id),
    kind TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,             -- JSON
    PRIMARY KEY (origin, position)
) WITHOUT ROWID;

CREATE TABLE questions (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    slot TEXT NOT NULL,
    open INTEGER NOT NULL,
    claims TEXT NOT NULL,              -- JSON: ids
    asked_by TEXT NOT NULL             -- JSON: ids of statements
);
CREATE INDEX questions_by_story ON questions (story, position);

CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    story TEXT NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    question TEXT NOT NULL REFERENCES questions (id) DEFERRABLE INITIALLY DEFERRED,
    wording TEXT NOT NULL,
    status TEXT NOT NULL,
    rule TEXT NOT NULL,
    origins INTEGER NOT NULL,
    answer_text TEXT NOT NULL,
    answer TEXT NOT NULL,              -- JSON
    sides TEXT NOT NULL,               -- JSON
    known_by TEXT NOT NULL             -- JSON: the independent ways in which it is known
);
CREATE INDEX claims_by_story ON claims (story, position);
CREATE INDEX claims_by_question ON claims (question);

CREATE TABLE claim_statements (
    claim TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL,                -- rests_on, unverified_by
    position INTEGER NOT NULL,
    statement TEXT NOT NULL,
    PRIMARY KEY (claim, role, position)
) WITHOUT ROWID;
CREATE INDEX claim_statements_by_statement ON claim_statements (statement);

CREATE TABLE relations (
    story TEXT NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    from_claim TEXT NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
    to_claim TEXT NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    slot TEXT NOT NULL,
    score REAL NOT NULL,
    reasons TEXT NOT NULL,             -- JSON
    judge TEXT NOT NULL,
    PRIMARY KEY (story, position)
) WITHOUT ROWID;
CREATE INDEX relations_from ON relations (from_claim);
CREATE INDEX relations_to ON relations (to_claim);

CREATE VIEW claim_view AS
    SELECT c.id, q.text AS question, c.wording, c.status, c.rule, c.origins, c.answer_text,
           (SELECT count(*) FROM claim_statements AS s WHERE s.claim = c.id AND s.role = 'rests_on') AS statements,
           q.slot, c.story
    FROM claims AS c JOIN questions AS q ON q.id = c.question JOIN stories AS y ON y.id = c.story
    ORDER BY y.first, c.story, c.position;

INSERT INTO pending (kind, id) SELECT 'report', id FROM reports;
