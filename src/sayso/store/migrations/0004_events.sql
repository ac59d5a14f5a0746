-- Events in brief of what each statement says; statements read before have none, as their readings were made without.

ALTER TABLE statements ADD COLUMN events TEXT NOT NULL DEFAULT '[]';  -- JSON
