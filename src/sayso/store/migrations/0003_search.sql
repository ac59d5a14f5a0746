-- Full-text search. The words live in `reports` and `statements`; these tables hold only their index.

CREATE VIRTUAL TABLE reports_fts USING fts5 (
    title, outlet, text, content = 'reports', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER index_reports AFTER INSERT ON reports
    BEGIN
        INSERT INTO reports_fts (rowid, title, outlet, text) VALUES (NEW.seq, NEW.title, NEW.outlet, NEW.text);
    END;

CREATE VIRTUAL TABLE statements_fts USING fts5 (
    words, actor_name, content = 'statements', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER index_statements AFTER INSERT ON statements
    BEGIN
        INSERT INTO statements_fts (rowid, words, actor_name) VALUES (NEW.seq, NEW.words, NEW.actor_name);
    END;
