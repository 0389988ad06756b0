-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 2: the index of all words, for search. aw-search-index.c keeps it at
-- each write: triggers may not write to a virtual table as long as the schema
-- is not trusted. The texts stand here a second time so that the index can be
-- taken back exactly, whatever happened to the rows they came from; entries
-- have numbers of their own because VACUUM may renumber other tables' rows.

CREATE TABLE search_entry (
  entry INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  opportunity TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (type, id)
);
CREATE INDEX search_entry_by_opportunity ON search_entry (opportunity);

CREATE VIRTUAL TABLE search_words USING fts5 (
  name, body,
  content = 'search_entry',
  content_rowid = 'entry',
  prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2"
);

-- Imported calendars find their interviews again.
CREATE INDEX interview_by_uid ON interview (uid) WHERE uid IS NOT NULL;
