-- What linking made of the records, story by story. All of it can be dropped and made again (`sayso rebuild`).
-- ``position`` keeps the order that linking gave, within a story.

CREATE TABLE derived_state (           -- one row, or none while nothing was ever derived
    "only" integer PRIMARY KEY CHECK ("only" = 1),
    linker text NOT NULL
);

CREATE TABLE pending (                 -- what came in and is in no story yet
    kind text COLLATE "C" NOT NULL,    -- report, judgement
    id text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE TABLE stories (
    id text COLLATE "C" PRIMARY KEY,   -- made of the id of its earliest report
    first double precision NOT NULL,   -- the day of its earliest report; -1e6 for none that is dated
    version bigint NOT NULL,           -- raised whenever it must be linked anew
    stale boolean NOT NULL,
    sha256 text                        -- of what was linked last
);
CREATE INDEX stale_stories ON stories (id) WHERE stale;

CREATE TABLE gists (                   -- what each report is known by when stories are sought
    report text COLLATE "C" PRIMARY KEY REFERENCES reports (id),
    story text COLLATE "C" NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    day double precision NOT NULL,     -- since 1970; -1e6 for none
    gist text NOT NULL                 -- JSON
);
CREATE INDEX gists_by_story ON gists (story);

CREATE TABLE gist_keys (
    key text COLLATE "C" NOT NULL,     -- the hash of one that is too long for an index
    day double precision NOT NULL,
    report text COLLATE "C" NOT NULL,
    PRIMARY KEY (key, day, report)
);

CREATE TABLE paragraphs (              -- who prints which paragraph, to tell furniture from news
    key text COLLATE "C" NOT NULL,     -- hash of the outlet and the paragraph's words
    report text COLLATE "C" NOT NULL,
    PRIMARY KEY (key, report)
);

CREATE TABLE furniture (               -- paragraphs that an outlet prints in several stories
    key text COLLATE "C" PRIMARY KEY
);

CREATE TABLE origins (
    id text COLLATE "C" PRIMARY KEY,
    story text COLLATE "C" NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    position integer NOT NULL,
    reports text NOT NULL              -- JSON: ids
);
CREATE INDEX origins_by_story ON origins (story, position);

CREATE TABLE edges (
    origin text COLLATE "C" NOT NULL REFERENCES origins (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    position integer NOT NULL,         -- within its origin
    derived text COLLATE "C" NOT NULL REFERENCES reports (id),
    base text COLLATE "C" NOT NULL REFERENCES reports (id),
    kind text NOT NULL,
    score double precision NOT NULL,
    reasons text NOT NULL,             -- JSON
    PRIMARY KEY (origin, position)
);

CREATE TABLE questions (
    id text COLLATE "C" PRIMARY KEY,
    story text COLLATE "C" NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    position integer NOT NULL,
    text text NOT NULL,
    slot text NOT NULL,
    open integer NOT NULL,
    claims text NOT NULL,              -- JSON: ids
    asked_by text NOT NULL             -- JSON: ids of statements
);
CREATE INDEX questions_by_story ON questions (story, position);

CREATE TABLE claims (
    id text COLLATE "C" PRIMARY KEY,
    story text COLLATE "C" NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    position integer NOT NULL,
    question text COLLATE "C" NOT NULL REFERENCES questions (id) DEFERRABLE INITIALLY DEFERRED,
    wording text NOT NULL,
    status text NOT NULL,
    rule text NOT NULL,
    origins integer NOT NULL,
    answer_text text NOT NULL,
    answer text NOT NULL,              -- JSON
    sides text NOT NULL,               -- JSON
    known_by text NOT NULL             -- JSON: the independent ways in which it is known
);
CREATE INDEX claims_by_story ON claims (story, position);
CREATE INDEX claims_by_question ON claims (question);

CREATE TABLE claim_statements (
    claim text COLLATE "C" NOT NULL REFERENCES claims (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    role text COLLATE "C" NOT NULL,    -- rests_on, unverified_by
    position integer NOT NULL,
    statement text COLLATE "C" NOT NULL,
    PRIMARY KEY (claim, role, position)
);
CREATE INDEX claim_statements_by_statement ON claim_statements (statement);

CREATE TABLE relations (
    story text COLLATE "C" NOT NULL REFERENCES stories (id) DEFERRABLE INITIALLY DEFERRED,
    position integer NOT NULL,
    from_claim text COLLATE "C" NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
    to_claim text COLLATE "C" NOT NULL REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
    kind text NOT NULL,
    slot text NOT NULL,
    score double precision NOT NULL,
    reasons text NOT NULL,             -- JSON
    judge text NOT NULL,
    PRIMARY KEY (story, position)
);
CREATE INDEX relations_from ON relations (from_claim);
CREATE INDEX relations_to ON relations (to_claim);

CREATE TABLE statement_vectors (       -- a cache; not part of what is derived from a set of reports
    model text COLLATE "C" NOT NULL,
    words_sha256 text COLLATE "C" NOT NULL,
    vector bytea NOT NULL,             -- little-endian float32
    PRIMARY KEY (model, words_sha256)
);

CREATE VIEW claim_view AS
    SELECT c.id, q.text AS question, c.wording, c.status, c.rule, c.origins, c.answer_text,
           (SELECT count(*) FROM claim_statements AS s WHERE s.claim = c.id AND s.role = 'rests_on') AS statements,
           q.slot, c.story
    FROM claims AS c JOIN questions AS q ON q.id = c.question JOIN stories AS y ON y.id = c.story
    ORDER BY y.first, c.story, c.position;
