-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 5. A message that belongs to no opportunity: the test of an account,
-- which goes to its own address. SQLite takes no NOT NULL from a column, so the
-- table is made anew, and that of the outbox, which refers to it, before it goes.

CREATE TABLE message_kept (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person TEXT,
  kind TEXT,
  channel TEXT,
  account TEXT,
  follow_up TEXT,
  article TEXT,
  questions TEXT,
  subject TEXT,
  body TEXT,
  in_reply_to TEXT,
  thread_references TEXT,
  message_id TEXT,
  overruled TEXT,
  begun_at TEXT,
  changed_at TEXT,
  state TEXT,
  scheduled_at TEXT,
  extra TEXT
);
INSERT INTO message_kept SELECT id, opportunity, position, person, kind, channel, account, follow_up, article, questions, subject,
  body, in_reply_to, thread_references, message_id, overruled, begun_at, changed_at, state, scheduled_at, extra
  FROM message ORDER BY rowid;

CREATE TABLE outbox_kept (
  message TEXT PRIMARY KEY NOT NULL REFERENCES message_kept (id) ON DELETE CASCADE,
  mail_from TEXT NOT NULL,
  rcpt TEXT NOT NULL,
  bcc TEXT,
  raw BLOB NOT NULL,
  stage TEXT NOT NULL DEFAULT 'pre' CHECK (stage IN ('pre', 'dot')),
  attempts INTEGER NOT NULL DEFAULT 0,
  first_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  code INTEGER,
  text TEXT,
  lease_pid INTEGER,
  lease_boot TEXT,
  sent_at INTEGER,
  accepted_reply TEXT,
  sent_copy TEXT NOT NULL DEFAULT 'none' CHECK (sent_copy IN ('none', 'pending', 'done', 'failed')),
  fault TEXT,
  confirmed INTEGER NOT NULL DEFAULT 0,
  copy_attempts INTEGER NOT NULL DEFAULT 0,
  copy_next_at INTEGER NOT NULL DEFAULT 0,
  copy_text TEXT,
  bounced_at INTEGER,
  bounce_text TEXT
) WITHOUT ROWID;
INSERT INTO outbox_kept SELECT message, mail_from, rcpt, bcc, raw, stage, attempts, first_at, next_at, code, text, lease_pid, lease_boot,
  sent_at, accepted_reply, sent_copy, fault, confirmed, copy_attempts, copy_next_at, copy_text, bounced_at, bounce_text
  FROM outbox;

-- Their indexes and triggers go with them.
DROP TABLE outbox;
DROP TABLE message;
ALTER TABLE message_kept RENAME TO message;
ALTER TABLE outbox_kept RENAME TO outbox;

CREATE INDEX message_by_opportunity ON message (opportunity, position);
CREATE INDEX message_by_state ON message (state);
CREATE INDEX outbox_by_next ON outbox (next_at);

CREATE TRIGGER revision_message_insert AFTER INSERT ON message BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (coalesce (NEW.opportunity, ''), (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_message_update AFTER UPDATE ON message BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (coalesce (NEW.opportunity, ''), (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_message_delete AFTER DELETE ON message BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (coalesce (OLD.opportunity, ''), (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_outbox_insert AFTER INSERT ON outbox BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (coalesce ((SELECT opportunity FROM message WHERE id = NEW.message), ''), (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_outbox_update AFTER UPDATE ON outbox BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (coalesce ((SELECT opportunity FROM message WHERE id = NEW.message), ''), (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_outbox_delete AFTER DELETE ON outbox BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (coalesce ((SELECT opportunity FROM message WHERE id = OLD.message), ''), (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
