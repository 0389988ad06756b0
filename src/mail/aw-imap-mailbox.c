/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "mail/aw-imap-private.h"

/* What is said to a mailbox; how it is said is aw-imap.c. */

/**
 * aw_imap_quote:
 * @text: a text
 *
 * Returns: (transfer full) (nullable): it as a quoted string; %NULL if it holds
 *   what a command must not
 */
char *
aw_imap_quote (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > 900)
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    if (*p < 0x20 || *p > 0x7e || *p == '"' || *p == '\\')
      return NULL;
  return g_strdup_printf ("\"%s\"", text);
}

/* A name that the server gave, for a command of ours. */
static char *
quote_mailbox (const char *name)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');
  return g_strdup (quoted->str);
}

/**
 * aw_imap_find_mailbox:
 * @self: a conversation
 * @use: its SPECIAL-USE
 * @mailbox: (out) (nullable): its name, as the server writes it
 * @result: (out): why not
 *
 * A server that knows nothing of uses has a mailbox "Sent" as a rule.
 *
 * Returns: whether the server answered
 */
gboolean
aw_imap_find_mailbox (AwImap *self,
                      const char *use,
                      char **mailbox,
                      AwMailResult *result)
{
  GPtrArray *responses = aw_imap_get_responses (self);
  g_autofree char *usual = NULL;

  *mailbox = NULL;
  /* RFC 6154 lets a server tell uses without being asked; those that want to be asked know how. */
  if (!aw_imap_command (self, result, "LIST \"\" \"*\" RETURN (SPECIAL-USE)"))
    {
      if (result->fault != AW_FAULT_LATER)
        return FALSE;
      aw_mail_result_clear (result);
      if (!aw_imap_command (self, result, "LIST \"\" \"*\""))
        return FALSE;
    }
  for (guint i = 0; i < responses->len && *mailbox == NULL; i++)
    {
      const GString *response = g_ptr_array_index (responses, i);
      g_autofree char *any = NULL;

      *mailbox = aw_imap_parse_list (response->str, response->len, use);
      any = aw_imap_parse_list (response->str, response->len, "");
      if (any != NULL && usual == NULL && (g_ascii_strcasecmp (any, "Sent") == 0 || g_ascii_strcasecmp (any, "INBOX.Sent") == 0 ||
                                           g_ascii_strcasecmp (any, "INBOX/Sent") == 0))
        usual = g_steal_pointer (&any);
    }
  if (*mailbox == NULL && strcmp (use, "\\Sent") == 0)
    *mailbox = g_steal_pointer (&usual);
  return TRUE;
}

static gint64
find_number (GPtrArray *responses,
             const char *word)
{
  for (guint i = 0; i < responses->len; i++)
    {
      const GString *response = g_ptr_array_index (responses, i);
      const char *found = g_str_has_prefix (response->str, "* OK [") ? strstr (response->str, word) : NULL;

      if (found != NULL)
        return g_ascii_strtoll (found + strlen (word), NULL, 10);
    }
  return 0;
}

/**
 * aw_imap_examine:
 * @self: a conversation
 * @mailbox: its name, as the server writes it
 * @uid_validity: (out) (optional): as long as it is the same, UIDs are
 * @uid_next: (out) (optional): the UID that the next mail will have, 0: not said
 * @result: (out): why not
 *
 * Opens it for reading only.
 *
 * Returns: whether it is open
 */
gboolean
aw_imap_examine (AwImap *self,
                 const char *mailbox,
                 gint64 *uid_validity,
                 gint64 *uid_next,
                 AwMailResult *result)
{
  g_autofree char *quoted = quote_mailbox (mailbox);
  GPtrArray *responses = aw_imap_get_responses (self);

  if (!aw_imap_command (self, result, "EXAMINE %s", quoted))
    return FALSE;
  if (uid_validity != NULL)
    *uid_validity = find_number (responses, "[UIDVALIDITY ");
  if (uid_next != NULL)
    *uid_next = find_number (responses, "[UIDNEXT ");
  return TRUE;
}

/**
 * aw_imap_search:
 * @self: a conversation with a mailbox open
 * @criteria: what is looked for
 * @uids: (out) (element-type gint64): what was found
 * @result: (out): why not
 *
 * Returns: whether the server answered
 */
gboolean
aw_imap_search (AwImap *self,
                const char *criteria,
                GArray **uids,
                AwMailResult *result)
{
  GPtrArray *responses = aw_imap_get_responses (self);

  *uids = NULL;
  if (!aw_imap_command (self, result, "UID SEARCH %s", criteria))
    return FALSE;
  *uids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < responses->len; i++)
    {
      const GString *response = g_ptr_array_index (responses, i);
      const char *p = response->str + strlen ("* SEARCH");

      if (!g_str_has_prefix (response->str, "* SEARCH"))
        continue;
      for (;;)
        {
          char *end;
          gint64 uid = g_ascii_strtoll (p, &end, 10);

          if (end == p)
            break;
          if (uid > 0)
            g_array_append_val (*uids, uid);
          p = end;
        }
    }
  return TRUE;
}

/**
 * aw_imap_fetch:
 * @self: a conversation with a mailbox open
 * @uids: which mails; not many
 * @parts: (array zero-terminated=1): what of them
 * @mails: (out) (element-type AwImapMail): them, as far as they are still there
 * @result: (out): why not
 *
 * Nothing is marked as read.
 *
 * Returns: whether the server answered
 */
gboolean
aw_imap_fetch (AwImap *self,
               const GArray *uids,
               const char *const *parts,
               GPtrArray **mails,
               AwMailResult *result)
{
  GPtrArray *responses = aw_imap_get_responses (self);
  g_autoptr (GString) set = g_string_new (NULL);
  g_autoptr (GString) items = g_string_new ("INTERNALDATE");
  guint n_parts = 0;

  *mails = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_imap_mail_free);
  if (uids->len == 0)
    return TRUE;
  for (guint i = 0; i < uids->len; i++)
    g_string_append_printf (set, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (uids, gint64, i));
  for (; parts[n_parts] != NULL; n_parts++)
    g_string_append_printf (items, " BODY.PEEK%s", parts[n_parts]);
  if (!aw_imap_command (self, result, "UID FETCH %s (UID %s)", set->str, items->str))
    {
      g_clear_pointer (mails, g_ptr_array_unref);
      return FALSE;
    }
  for (guint i = 0; i < responses->len; i++)
    {
      const GString *response = g_ptr_array_index (responses, i);
      AwImapMail *mail = aw_imap_parse_fetch (response->str, response->len, n_parts);

      if (mail != NULL)
        g_ptr_array_add (*mails, mail);
    }
  return TRUE;
}
