-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 4. GNOME Online Accounts, copies in the Sent folder, and what comes in.

ALTER TABLE account ADD COLUMN goa TEXT;

-- The copy in the Sent folder (sent_copy says how it stands).
ALTER TABLE outbox ADD COLUMN copy_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN copy_next_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN copy_text TEXT;

-- What was sent and came back: when, and in the words of the server that gave it back.
ALTER TABLE outbox ADD COLUMN bounced_at INTEGER;
ALTER TABLE outbox ADD COLUMN bounce_text TEXT;

-- A mail that the check for replies found, by its headers; "mail" is its
-- Message-ID, or what stands for one. An answer was noted as a touch; "someone"
-- is a question to the user as long as it is not settled. Rows stay, so that
-- what the user took back is not noted again.
CREATE TABLE incoming (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  mail TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('answer', 'automatic', 'bounce', 'someone')),
  message TEXT,
  person TEXT,
  name TEXT,
  address TEXT,
  subject TEXT,
  at INTEGER NOT NULL,
  touch TEXT,
  settled INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 0,
  UNIQUE (opportunity, mail)
);

-- How far the check of an account came. No next_at: not by itself, because the
-- server refused to let us in; that ends when the account is changed.
CREATE TABLE mail_check (
  account TEXT PRIMARY KEY NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  mailbox TEXT,
  uid_validity INTEGER NOT NULL DEFAULT 0,
  uid_next INTEGER NOT NULL DEFAULT 0,
  checked_at INTEGER,
  next_at INTEGER DEFAULT 0,
  fault TEXT,
  code INTEGER,
  text TEXT
) WITHOUT ROWID;
CREATE TRIGGER mail_check_again AFTER UPDATE ON account BEGIN
  UPDATE mail_check SET next_at = 0 WHERE account = NEW.id;
END;

CREATE TRIGGER revision_incoming_insert AFTER INSERT ON incoming BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_incoming_update AFTER UPDATE OF settled ON incoming BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;

-- Attachments no longer go with their message at once: Undo brings a deleted
-- draft back, and they must be there then. The window drops what is left over
-- when it starts.
CREATE TABLE attachment_kept (
  id TEXT PRIMARY KEY NOT NULL,
  message TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  data BLOB NOT NULL
);
INSERT INTO attachment_kept SELECT id, message, position, name, type, data FROM attachment;
DROP TABLE attachment;
ALTER TABLE attachment_kept RENAME TO attachment;
CREATE INDEX attachment_by_message ON attachment (message, position);
