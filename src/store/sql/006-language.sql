-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 6. The language of an opportunity's messages, as "de"; null: as in Preferences.

ALTER TABLE opportunity ADD COLUMN language TEXT;
