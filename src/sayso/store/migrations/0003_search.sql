-- Full-text search. The words live in `reports` and `statements`; these tables hold only their index. No trigger fills
-- them: we open a ledger with trusted_schema=OFF, where a trigger may not write to a virtual table.

CREATE VIRTUAL TABLE reports_fts USING fts5 (
    title, outlet, text, content = 'reports', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE statements_fts USING fts5 (
    words, actor_name, content = 'statements', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2'
);
