/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/aw-matcher.h"

#include <string.h>

#include "core/aw-dossier-private.h"

/* Shorter names ("HP", "AI") are found in too many texts. */
#define MIN_MENTION 4

struct _AwMatcher
{
  AwDatabase *database;
  GHashTable *companies; /* folded company → GPtrArray of opportunities' ids, the newest last */
  GHashTable *dossiers;  /* id → AwDossier, as of the items so far */
  GHashTable *added;     /* id → AwRecord, as it was added */
  GHashTable *mine;      /* folded addresses of my accounts */
  GError *error;
};

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : text, -1);

  return g_strdup (g_strstrip (folded));
}

static void
remember_company (AwMatcher *self,
                  AwOpportunity *opportunity)
{
  g_autofree char *key = NULL;
  GPtrArray *ids;

  if (opportunity->company == NULL)
    return;
  key = fold (opportunity->company);
  ids = g_hash_table_lookup (self->companies, key);
  if (ids == NULL)
    {
      ids = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->companies, g_steal_pointer (&key), ids);
    }
  g_ptr_array_add (ids, g_strdup (AW_ID (opportunity)));
}

static AwDossier *
get_dossier (AwMatcher *self,
             const char *id)
{
  AwDossier *dossier = g_hash_table_lookup (self->dossiers, id);

  if (dossier != NULL || self->error != NULL)
    return dossier;
  dossier = aw_database_load_dossier (self->database, id, &self->error);
  if (dossier != NULL)
    g_hash_table_insert (self->dossiers, g_strdup (id), dossier);
  return dossier;
}

static gboolean
same (const char *a,
      const char *b)
{
  g_autofree char *x = a != NULL ? fold (a) : NULL;
  g_autofree char *y = b != NULL ? fold (b) : NULL;

  return g_strcmp0 (x, y) == 0;
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* One id by a query with one text. */
static char *
query_id (AwMatcher *self,
          const char *sql,
          const char *text)
{
  sqlite3_stmt *statement = NULL;
  char *id = NULL;

  if (sqlite3_prepare_v2 (aw_database_get_handle (self->database), sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    id = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  else if (self->error == NULL && sqlite3_errcode (aw_database_get_handle (self->database)) != SQLITE_DONE)
    aw_database_set_error (self->database, &self->error);
  sqlite3_finalize (statement);
  return id;
}

/* What the items before have added is not in the database yet. */
static AwDossier *
find_among_new (AwMatcher *self,
                const char *email,
                const char *uid,
                AwInterview **found)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->dossiers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (email != NULL)
        AW_RECORDS_FOREACH (AwPerson, person, aw_dossier_get_list (value, AW_RECORD_PERSON))
          if (same (person->email, email))
            return value;
      if (uid != NULL)
        AW_RECORDS_FOREACH (AwInterview, interview, aw_dossier_get_list (value, AW_RECORD_INTERVIEW))
          if (g_strcmp0 (interview->uid, uid) == 0)
            {
              *found = interview;
              return value;
            }
    }
  return NULL;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_matcher_new:
 * @database: what is here
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a matcher
 */
AwMatcher *
aw_matcher_new (AwDatabase *database,
                GError **error)
{
  g_autoptr (AwMatcher) self = g_new0 (AwMatcher, 1);
  g_autoptr (GPtrArray) opportunities = aw_database_load_opportunities (database, error);
  g_autoptr (GPtrArray) accounts = NULL;

  self->database = g_object_ref (database);
  self->companies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->dossiers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->added = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->mine = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (opportunities == NULL)
    return NULL;
  accounts = aw_database_load_kind (database, AW_RECORD_ACCOUNT, error);
  if (accounts == NULL)
    return NULL;

  for (guint i = 0; i < opportunities->len; i++)
    remember_company (self, g_ptr_array_index (opportunities, i));
  for (guint i = 0; i < accounts->len; i++)
    {
      AwAccount *account = g_ptr_array_index (accounts, i);

      if (account->address != NULL)
        g_hash_table_add (self->mine, fold (account->address));
    }
  return g_steal_pointer (&self);
}

void
aw_matcher_free (AwMatcher *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->database);
  g_hash_table_unref (self->companies);
  g_hash_table_unref (self->dossiers);
  g_hash_table_unref (self->added);
  g_hash_table_unref (self->mine);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * aw_matcher_take_error:
 * @self: a matcher
 * @error: return location
 *
 * Returns: whether what is here could not be read
 */
gboolean
aw_matcher_take_error (AwMatcher *self,
                       GError **error)
{
  if (self->error == NULL)
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return TRUE;
}

/**
 * aw_matcher_find_company:
 * @self: a matcher
 * @company: a company
 * @role: (nullable): the job
 *
 * Returns: (transfer none) (nullable): the opportunity there for that job; the
 *   newest one if no job is said, or if that one names none
 */
AwDossier *
aw_matcher_find_company (AwMatcher *self,
                         const char *company,
                         const char *role)
{
  g_autofree char *key = fold (company);
  GPtrArray *ids = g_hash_table_lookup (self->companies, key);
  AwDossier *unnamed = NULL;

  for (guint i = ids != NULL ? ids->len : 0; i > 0; i--)
    {
      AwDossier *dossier = get_dossier (self, g_ptr_array_index (ids, i - 1));
      const char *there = dossier != NULL ? aw_dossier_get_opportunity (dossier)->role : NULL;

      if (dossier == NULL)
        continue;
      if (is_empty (role) || same (there, role))
        return dossier;
      if (is_empty (there) && unnamed == NULL)
        unnamed = dossier;
    }
  return unnamed;
}

/**
 * aw_matcher_find_mention:
 * @self: a matcher
 * @text: a text
 *
 * Returns: (transfer none) (nullable): the opportunity whose company's name
 *   stands in @text, the longest such name
 */
AwDossier *
aw_matcher_find_mention (AwMatcher *self,
                         const char *text)
{
  g_autofree char *folded = fold (text);
  const char *best = NULL;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->companies);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const char *at = strstr (folded, key);
      gsize length = strlen (key);

      if (at == NULL || g_utf8_strlen (key, -1) < MIN_MENTION || (best != NULL && strlen (best) >= length))
        continue;
      /* As a word of its own. */
      if ((at == folded || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)))) &&
          !g_unichar_isalnum (g_utf8_get_char (at + length)))
        best = key;
    }
  return best != NULL ? aw_matcher_find_company (self, best, NULL) : NULL;
}

/**
 * aw_matcher_find_address:
 * @self: a matcher
 * @email: an address
 *
 * Returns: (transfer none) (nullable): the newest opportunity with somebody
 *   who has that address
 */
AwDossier *
aw_matcher_find_address (AwMatcher *self,
                         const char *email)
{
  g_autofree char *id = NULL;
  AwDossier *dossier = find_among_new (self, email, NULL, NULL);

  if (dossier != NULL)
    return dossier;
  id = query_id (self,
                 "SELECT person.opportunity FROM person JOIN opportunity ON opportunity.id = person.opportunity "
                 "WHERE lower (person.email) = lower (?) ORDER BY opportunity.archived, opportunity.position DESC LIMIT 1",
                 email);
  return id != NULL ? get_dossier (self, id) : NULL;
}

/**
 * aw_matcher_find_uid:
 * @self: a matcher
 * @uid: a calendar's id of an event
 * @interview: (out) (transfer none): the interview that came from it
 *
 * Returns: (transfer none) (nullable): the opportunity of that interview
 */
AwDossier *
aw_matcher_find_uid (AwMatcher *self,
                     const char *uid,
                     AwInterview **interview)
{
  g_autofree char *id = NULL;
  AwDossier *dossier = find_among_new (self, NULL, uid, interview);

  if (dossier != NULL)
    return dossier;
  id = query_id (self, "SELECT opportunity FROM interview WHERE uid = ? LIMIT 1", uid);
  if (id != NULL && get_dossier (self, id) != NULL)
    return find_among_new (self, NULL, uid, interview);
  return NULL;
}

/**
 * aw_matcher_add_company:
 * @self: a matcher
 * @company: a company
 * @role: (nullable): the job
 *
 * Returns: (transfer none): a new opportunity
 */
AwDossier *
aw_matcher_add_company (AwMatcher *self,
                        const char *company,
                        const char *role)
{
  g_autoptr (AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  AwDossier *dossier;

  opportunity->company = g_strdup (company);
  opportunity->role = is_empty (role) ? NULL : g_strdup (role);
  dossier = aw_dossier_new (opportunity);
  g_hash_table_insert (self->dossiers, g_strdup (AW_ID (opportunity)), dossier);
  g_hash_table_insert (self->added, g_strdup (AW_ID (opportunity)), g_object_ref (opportunity));
  remember_company (self, opportunity);
  return dossier;
}

gboolean
aw_matcher_is_new (AwMatcher *self,
                   gpointer record)
{
  return g_hash_table_contains (self->added, AW_ID (record));
}

/**
 * aw_matcher_is_mine:
 * @self: a matcher
 * @email: an address
 *
 * Returns: whether it is the user's own, as far as accounts tell
 */
gboolean
aw_matcher_is_mine (AwMatcher *self,
                    const char *email)
{
  g_autofree char *key = fold (email);

  return g_hash_table_contains (self->mine, key);
}

/**
 * aw_matcher_require:
 * @self: a matcher
 * @command: an item's command
 * @record: what the item builds upon
 *
 * Adds @record, and whose it is, to @command if they are not here already.
 */
void
aw_matcher_require (AwMatcher *self,
                    AwCommand *command,
                    gpointer record)
{
  const char *owner = AW_OPPORTUNITY_ID (record);
  AwRecord *added;

  /* Owners come first. */
  added = owner != NULL ? g_hash_table_lookup (self->added, owner) : NULL;
  if (added != NULL)
    aw_command_add (command, added);
  added = g_hash_table_lookup (self->added, AW_ID (record));
  if (added != NULL)
    aw_command_add (command, added);
}

/**
 * aw_matcher_put:
 * @self: a matcher
 * @command: an item's command
 * @dossier: the opportunity
 * @before: (nullable): a record in it
 * @after: that record as it shall be, or a new one
 */
void
aw_matcher_put (AwMatcher *self,
                AwCommand *command,
                AwDossier *dossier,
                gpointer before,
                gpointer after)
{
  aw_matcher_require (self, command, aw_dossier_get_opportunity (dossier));
  if (before == NULL)
    {
      g_hash_table_insert (self->added, g_strdup (AW_ID (after)), g_object_ref (after));
      aw_command_add (command, after);
    }
  else if (!aw_record_equal (before, after))
    {
      aw_matcher_require (self, command, before);
      aw_command_change (command, before, after);
    }
  else
    return;
  aw_dossier_apply (dossier, before, after);
}

static gboolean
fill (char **member,
      const char *text)
{
  if (!is_empty (*member) || is_empty (text))
    return FALSE;
  g_free (*member);
  *member = g_strdup (text);
  return TRUE;
}

/**
 * aw_matcher_put_person:
 * @self: a matcher
 * @command: an item's command
 * @dossier: the opportunity
 * @person: somebody
 *
 * Finds who that is in @dossier and fills in what is not known yet, or adds
 * them. What is known is not overwritten.
 *
 * Returns: (transfer none): the person
 */
AwPerson *
aw_matcher_put_person (AwMatcher *self,
                       AwCommand *command,
                       AwDossier *dossier,
                       const AwFormPerson *person)
{
  AwPerson *here = NULL;
  g_autoptr (AwPerson) changed = NULL;

  AW_RECORDS_FOREACH (AwPerson, other, aw_dossier_get_list (dossier, AW_RECORD_PERSON))
    if (here == NULL && aw_form_person_is (person, other->name, other->email))
      here = other;

  changed = here != NULL ? aw_record_edit (here) : AW_PERSON (aw_record_new (AW_TYPE_PERSON, aw_dossier_get_id (dossier)));
  fill (&changed->name, person->name);
  fill (&changed->title, person->title);
  fill (&changed->email, person->email);
  fill (&changed->phone, person->phone);
  if (changed->roles == NULL && person->roles != 0)
    aw_person_set_roles (changed, person->roles);

  if (here != NULL)
    aw_matcher_require (self, command, here);
  aw_matcher_put (self, command, dossier, here, changed);
  return aw_dossier_find_person (dossier, AW_ID (changed));
}

/**
 * aw_matcher_invite:
 * @interview: an interview of one's own, not yet shared
 * @person: who was there, or will be
 */
void
aw_matcher_invite (AwInterview *interview,
                   AwPerson *person)
{
  guint n = interview->attendees != NULL ? g_strv_length (interview->attendees) : 0;

  if (aw_strv_has (interview->attendees, AW_ID (person)))
    return;
  interview->attendees = g_renew (char *, interview->attendees, n + 2);
  interview->attendees[n] = g_strdup (AW_ID (person));
  interview->attendees[n + 1] = NULL;
}
