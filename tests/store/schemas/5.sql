-- SPDX-License-Identifier: GPL-3.0-or-later
-- A database of schema 4, as it was when that schema landed. Never changed.
CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT
) WITHOUT ROWID;

CREATE TABLE opportunity (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL,
  company TEXT,
  role TEXT,
  status TEXT,
  status_changed_at TEXT,
  strategy TEXT,
  rapport TEXT,
  promised_date TEXT,
  promised_by TEXT,
  promise_firm INTEGER NOT NULL DEFAULT 0,
  follow_up TEXT,
  follow_up_after TEXT,
  follow_up_person TEXT,
  my_decision_date TEXT,
  decision_date_told TEXT,
  qualifications TEXT,
  source TEXT,
  notes TEXT,
  archived INTEGER NOT NULL DEFAULT 0,
  extra TEXT
);
CREATE INDEX opportunity_by_position ON opportunity (position);

CREATE TABLE person (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT,
  title TEXT,
  roles TEXT,
  email TEXT,
  phone TEXT,
  address TEXT,
  time_zone TEXT,
  extra TEXT
);
CREATE INDEX person_by_opportunity ON person (opportunity, position);

CREATE TABLE interview (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  starts_at TEXT,
  time_zone TEXT,
  duration_minutes INTEGER,
  stage TEXT,
  format TEXT,
  location TEXT,
  attendees TEXT,
  debriefed_at TEXT,
  topics TEXT,
  can_do TEXT,
  forgot TEXT,
  said_wrong TEXT,
  cancelled INTEGER NOT NULL DEFAULT 0,
  uid TEXT,
  sequence INTEGER,
  extra TEXT
);
CREATE INDEX interview_by_opportunity ON interview (opportunity, position);

CREATE TABLE touch (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "at" TEXT,
  direction TEXT,
  channel TEXT,
  kind TEXT,
  people TEXT,
  subject TEXT,
  "text" TEXT,
  needs_answer INTEGER NOT NULL DEFAULT 0,
  promised_date TEXT,
  overruled TEXT,
  message_id TEXT,
  extra TEXT
);
CREATE INDEX touch_by_opportunity ON touch (opportunity, position);

CREATE TABLE step (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT,
  title TEXT,
  asked_at TEXT,
  asked_by TEXT,
  due TEXT,
  done_at TEXT,
  extra TEXT
);
CREATE INDEX step_by_opportunity ON step (opportunity, position);

CREATE TABLE article (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT,
  url TEXT,
  why TEXT,
  mine INTEGER NOT NULL DEFAULT 0,
  sent_to TEXT,
  saved_at TEXT,
  extra TEXT
);
CREATE INDEX article_by_opportunity ON article (opportunity, position);

CREATE TABLE call (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person TEXT,
  wanted_at TEXT,
  offered_at TEXT,
  offered TEXT,
  agreed_at TEXT,
  done_at TEXT,
  extra TEXT
);
CREATE INDEX call_by_opportunity ON call (opportunity, position);

CREATE TABLE question (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "text" TEXT,
  asked_at TEXT,
  asked_of TEXT,
  answer TEXT,
  extra TEXT
);
CREATE INDEX question_by_opportunity ON question (opportunity, position);

CREATE TABLE decision (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "key" TEXT,
  what TEXT,
  "at" TEXT,
  until TEXT,
  extra TEXT
);
CREATE INDEX decision_by_opportunity ON decision (opportunity, position);

CREATE TABLE message (
  id TEXT PRIMARY KEY NOT NULL,
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
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
CREATE INDEX message_by_opportunity ON message (opportunity, position);

CREATE TABLE account (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL,
  name TEXT,
  address TEXT,
  host TEXT,
  port INTEGER,
  security TEXT,
  user TEXT,
  ca TEXT,
  pin TEXT,
  imap_host TEXT,
  imap_port INTEGER,
  imap_security TEXT,
  imap_user TEXT,
  save_sent INTEGER NOT NULL DEFAULT 0,
  check_replies INTEGER NOT NULL DEFAULT 0,
  copy_to_self INTEGER NOT NULL DEFAULT 0,
  ask_password INTEGER NOT NULL DEFAULT 0,
  signature TEXT,
  paused TEXT,
  extra TEXT
);

CREATE TABLE template (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT,
  audience TEXT,
  language TEXT,
  name TEXT,
  subject TEXT,
  body TEXT,
  extra TEXT
);

CREATE TABLE policy (
  id TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL,
  time_zone TEXT,
  strategy TEXT,
  phone TEXT,
  escalate_rapport TEXT,
  handwritten INTEGER NOT NULL DEFAULT 0,
  thank_unmet INTEGER NOT NULL DEFAULT 0,
  acknowledge_rejections INTEGER NOT NULL DEFAULT 0,
  working_days TEXT,
  holidays TEXT,
  day_starts TEXT,
  day_ends TEXT,
  thank_you_opens_hours INTEGER,
  thank_you_hours INTEGER,
  thank_you_latest_hours INTEGER,
  silence_days INTEGER,
  min_gap_days INTEGER,
  after_thanks_days INTEGER,
  escalate_days INTEGER,
  keep_in_touch_days INTEGER,
  stagnant_after INTEGER,
  timeline_days INTEGER,
  extra TEXT
);

-- What is on its way (mail.md §3.2). The message's state stands in "message";
-- "raw" are the bytes, made once and sent exactly so.
CREATE TABLE outbox (
  message TEXT PRIMARY KEY NOT NULL REFERENCES message (id) ON DELETE CASCADE,
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
  sent_copy TEXT NOT NULL DEFAULT 'none' CHECK (sent_copy IN ('none', 'pending', 'done', 'failed'))
) WITHOUT ROWID;
CREATE INDEX outbox_by_next ON outbox (next_at);
CREATE INDEX message_by_state ON message (state);

CREATE TABLE attachment (
  id TEXT PRIMARY KEY NOT NULL,
  message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  data BLOB NOT NULL
);
CREATE INDEX attachment_by_message ON attachment (message, position);

-- A cache of the plan for the agent; only shown_at and server_id are facts. The
-- row with the empty key says when the opportunity must be planned again.
CREATE TABLE reminder (
  opportunity TEXT NOT NULL REFERENCES opportunity (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  opens INTEGER NOT NULL,
  remind_at INTEGER NOT NULL,
  shown_at INTEGER,
  server_id INTEGER,
  PRIMARY KEY (opportunity, key)
) WITHOUT ROWID;
CREATE INDEX reminder_by_time ON reminder (remind_at) WHERE shown_at IS NULL;

-- Lists and G1 look people up by address, without case.
CREATE INDEX person_by_email ON person (lower (email));
CREATE INDEX opportunity_by_company ON opportunity (company);

-- What was changed last, for other processes: each change gives its opportunity
-- ('' for what belongs to none) the next number, so that a process that saw
-- number N loads only what has a greater one. Opportunities that are gone keep
-- their row. "reminder" is the agent's cache and not among them.
CREATE TABLE revision (
  opportunity TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX revision_by_seq ON revision (seq);

CREATE TRIGGER revision_opportunity_insert AFTER INSERT ON opportunity BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.id, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_opportunity_update AFTER UPDATE ON opportunity BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.id, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_opportunity_delete AFTER DELETE ON opportunity BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.id, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_person_insert AFTER INSERT ON person BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_person_update AFTER UPDATE ON person BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_person_delete AFTER DELETE ON person BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_interview_insert AFTER INSERT ON interview BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_interview_update AFTER UPDATE ON interview BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_interview_delete AFTER DELETE ON interview BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_touch_insert AFTER INSERT ON touch BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_touch_update AFTER UPDATE ON touch BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_touch_delete AFTER DELETE ON touch BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_step_insert AFTER INSERT ON step BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_step_update AFTER UPDATE ON step BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_step_delete AFTER DELETE ON step BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_article_insert AFTER INSERT ON article BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_article_update AFTER UPDATE ON article BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_article_delete AFTER DELETE ON article BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_call_insert AFTER INSERT ON call BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_call_update AFTER UPDATE ON call BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_call_delete AFTER DELETE ON call BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_question_insert AFTER INSERT ON question BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_question_update AFTER UPDATE ON question BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_question_delete AFTER DELETE ON question BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_decision_insert AFTER INSERT ON decision BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_decision_update AFTER UPDATE ON decision BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_decision_delete AFTER DELETE ON decision BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_message_insert AFTER INSERT ON message BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_message_update AFTER UPDATE ON message BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (NEW.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_message_delete AFTER DELETE ON message BEGIN
  INSERT INTO revision (opportunity, seq) VALUES (OLD.opportunity, (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_account_insert AFTER INSERT ON account BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_account_update AFTER UPDATE ON account BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_account_delete AFTER DELETE ON account BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_template_insert AFTER INSERT ON template BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_template_update AFTER UPDATE ON template BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_template_delete AFTER DELETE ON template BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_policy_insert AFTER INSERT ON policy BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_policy_update AFTER UPDATE ON policy BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_policy_delete AFTER DELETE ON policy BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_setting_insert AFTER INSERT ON setting WHEN NEW.key NOT LIKE 'agent-%' BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_setting_update AFTER UPDATE ON setting WHEN NEW.key NOT LIKE 'agent-%' BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
    ON CONFLICT (opportunity) DO UPDATE SET seq = excluded.seq;
END;
CREATE TRIGGER revision_setting_delete AFTER DELETE ON setting WHEN OLD.key NOT LIKE 'agent-%' BEGIN
  INSERT INTO revision (opportunity, seq) VALUES ('', (SELECT coalesce (max (seq), 0) + 1 FROM revision))
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

INSERT INTO setting VALUES ('remind', '1');
INSERT INTO opportunity (id, position, company, role, status, status_changed_at, strategy, rapport, promised_date,
  promised_by, promise_firm, notes, extra) VALUES
  ('o1', 1, 'Northwind', 'Data engineer', 'active', '2026-03-02T12:00:00-05:00', 'hr-first', 'good', '2026-03-09', 'p1', 1,
   'Near the river', '{"salary":"open"}');
INSERT INTO person (id, opportunity, position, name, roles, email) VALUES
  ('p1', 'o1', 1, 'Ada Pärk', '["hiring-manager", "decision-maker"]', 'ada@northwind.example');
INSERT INTO interview (id, opportunity, position, starts_at, time_zone, duration_minutes, stage, format, attendees, topics) VALUES
  ('i1', 'o1', 1, '2026-03-02T10:00:00-05:00', 'America/New_York', 45, 'first', 'video', '["p1"]',
   '[{"person": "p1", "text": "moving the nightly batch to streams"}]');
INSERT INTO touch (id, opportunity, position, "at", direction, channel, kind, people, subject, "text") VALUES
  ('c1', 'o1', 1, '2026-03-02T16:00:00-05:00', 'out', 'email', 'thank-you', '["p1"]', 'Thank you', 'It was a pleasure.');
INSERT INTO decision (id, opportunity, position, "key", what, "at") VALUES
  ('d1', 'o1', 1, 'debrief/-/i1', 'done', '2026-03-02T17:00:00Z');
INSERT INTO message (id, opportunity, position, person, kind, channel, subject, body, state) VALUES
  ('m1', 'o1', 1, 'p1', 'check-in', 'email', 'Where it stands', 'Hello Ada', 'draft');
INSERT INTO account (id, position, name, address, host, port, security, user, imap_port, imap_security) VALUES
  ('a1', 1, 'Me', 'me@example.org', 'smtp.example.org', 465, 'tls', 'me', 0, 'tls');
INSERT INTO policy VALUES ('policy', 1, 'America/New_York', 'hr-first', 'never', 'good', 0, 1, 1, '[1, 2, 3, 4]', '["2026-12-25"]',
  '08:30', '17:00', 1, 24, 48, 9, 7, 3, 7, 21, 4, 5, NULL);
ALTER TABLE outbox ADD COLUMN fault TEXT;
ALTER TABLE outbox ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reminder ADD COLUMN shown_before INTEGER;
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
INSERT INTO message (id, opportunity, position, person, kind, channel, account, subject, body, message_id, state) VALUES
  ('m2', 'o1', 2, 'p1', 'thank-you', 'email', 'a1', 'Thank you', 'It was a pleasure.', '<m2@example.org>', 'sent');
INSERT INTO outbox (message, mail_from, rcpt, raw, stage, attempts, first_at, next_at, sent_at, accepted_reply, sent_copy, confirmed,
  copy_text, bounced_at) VALUES
  ('m2', 'me@example.org', 'ada@northwind.example', x'0D0A', 'dot', 2, 100, 200, 300, 'queued as 7', 'pending', 1, 'busy', 400);
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
PRAGMA application_id = 0x41665764;
PRAGMA user_version = 5;
