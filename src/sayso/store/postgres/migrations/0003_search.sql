-- What is looked up: the words of reports and statements, and the actors that reports name. All of it follows from the records.
-- The lexemes are made by us (src/sayso/store/postgres/words.py), not by a dictionary of the server, so that every server, and
-- SQLite, finds the same.

CREATE TABLE report_words (
    report text COLLATE "C" PRIMARY KEY REFERENCES reports (id),
    lexemes tsvector,                  -- NULL: too many for one; such a report is looked at whatever was asked
    long boolean NOT NULL              -- its positions are not all told, so that they decide about no phrase
);
CREATE INDEX report_words_lexemes ON report_words USING gin (lexemes);
CREATE INDEX report_words_without ON report_words (report) WHERE lexemes IS NULL;

CREATE TABLE statement_words (
    extraction bigint NOT NULL REFERENCES extractions (seq),
    position integer NOT NULL,
    lexemes tsvector,
    long boolean NOT NULL,
    PRIMARY KEY (extraction, position)
);
CREATE INDEX statement_words_lexemes ON statement_words USING gin (lexemes);
CREATE INDEX statement_words_without ON statement_words (extraction, position) WHERE lexemes IS NULL;

CREATE TABLE named_actors (
    extraction bigint NOT NULL REFERENCES extractions (seq),
    position integer NOT NULL,         -- among the actors of the reading
    report text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    actor text NOT NULL,               -- JSON
    PRIMARY KEY (extraction, position)
);
CREATE INDEX named_actors_by_id ON named_actors (id);
