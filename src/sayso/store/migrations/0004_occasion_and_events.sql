-- To whom and where something was said, and the events in brief of what it says; statements read before have none, as they
-- were read without.

ALTER TABLE statements ADD COLUMN audience TEXT;                     -- JSON: a span
ALTER TABLE statements ADD COLUMN said_in TEXT;                      -- JSON: a place
ALTER TABLE statements ADD COLUMN events TEXT NOT NULL DEFAULT '[]'; -- JSON
