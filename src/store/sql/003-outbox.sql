-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 3. Why a message is where it is, as a word of mail/aw-mail-result.c,
-- and whether the user has said that it shall leave although the check at the
-- last moment had something against it.

ALTER TABLE outbox ADD COLUMN fault TEXT;
ALTER TABLE outbox ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;

-- A reminder whose opening moved on is to be shown again; this is the opening
-- for which it was shown, should it move back.
ALTER TABLE reminder ADD COLUMN shown_before INTEGER;
