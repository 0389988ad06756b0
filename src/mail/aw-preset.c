/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-preset.h"

#include <string.h>

#include "mail/aw-address.h"
#include "mail/aw-mail-resources.h"

#define RESOURCE "/app/afterword/mail/mail-presets.ini"

static const char *const password_names[] = { "normal", "app", "bridge", "oauth" };
static const AwVocabulary passwords = { password_names, G_N_ELEMENTS (password_names) };

static void
preset_free (gpointer data)
{
  AwPreset *preset = data;

  g_free (preset->id);
  g_free (preset->name);
  g_strfreev (preset->domains);
  g_strfreev (preset->mx);
  g_free (preset->host);
  g_free (preset->imap_host);
  g_free (preset->link);
  g_free (preset->help);
  g_free (preset->checked);
  g_free (preset);
}

static char *
get (GKeyFile *file,
     const char *group,
     const char *key)
{
  g_autofree char *value = g_key_file_get_string (file, group, key, NULL);

  return value != NULL && *value != '\0' && g_utf8_validate (value, -1, NULL) ? g_steal_pointer (&value) : NULL;
}

/* HOST:PORT:tls|starttls: nothing in clear. */
static gboolean
parse_server (const char *text,
              char **host,
              int *port,
              AwSecurity *security)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ":", -1);
  guint64 number;

  if (g_strv_length (words) != 3 || *words[0] == '\0' || strpbrk (words[0], " /@\\\"'") != NULL ||
      !g_ascii_string_to_unsigned (words[1], 10, 1, 65535, &number, NULL))
    return FALSE;
  if (g_str_equal (words[2], "tls"))
    *security = AW_SECURITY_TLS;
  else if (g_str_equal (words[2], "starttls"))
    *security = AW_SECURITY_STARTTLS;
  else
    return FALSE;
  *host = g_strdup (words[0]);
  *port = (int) number;
  return TRUE;
}

static gboolean
says (GKeyFile *file,
      const char *group,
      const char *key,
      const char *word)
{
  g_autofree char *value = get (file, group, key);

  return g_strcmp0 (value, word) == 0;
}

/* GLib 2.74 warns about its own error when a value ends in the middle of an escape. */
static gboolean
ends_in_escape (GKeyFile *file,
                const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (char **key = keys; key != NULL && *key != NULL; key++)
    {
      g_autofree char *value = g_key_file_get_value (file, group, *key, NULL);
      gsize n = 0;

      for (gsize length = value != NULL ? strlen (value) : 0; n < length && value[length - 1 - n] == '\\'; n++)
        ;
      if (n % 2 == 1)
        return TRUE;
    }
  return FALSE;
}

static AwPreset *
parse_preset (GKeyFile *file,
              const char *group,
              const char **problem)
{
  AwPreset *preset = g_new0 (AwPreset, 1);
  g_autofree char *smtp = get (file, group, "smtp");
  g_autofree char *imap = get (file, group, "imap");
  g_autofree char *password = get (file, group, "password");
  int kind = AW_PRESET_PASSWORD_NORMAL;

  preset->id = g_strdup (group);
  preset->name = get (file, group, "name");
  preset->domains = g_key_file_get_string_list (file, group, "domains", NULL, NULL);
  preset->mx = g_key_file_get_string_list (file, group, "mx", NULL, NULL);
  preset->user_is_local = says (file, group, "user", "local");
  preset->imap_user_is_local = preset->user_is_local || says (file, group, "imap-user", "local");
  preset->strip_spaces = says (file, group, "spaces", "strip");
  preset->saves_sent = says (file, group, "saves-sent", "yes");
  preset->link = get (file, group, "link");
  preset->help = get (file, group, "help");
  preset->checked = get (file, group, "checked");

  if (preset->name == NULL)
    *problem = "no name";
  else if (preset->domains == NULL && preset->mx == NULL)
    *problem = "neither domains nor mx";
  else if (!parse_server (smtp, &preset->host, &preset->port, &preset->security))
    *problem = "smtp is not HOST:PORT:tls or starttls";
  else if (imap != NULL && !parse_server (imap, &preset->imap_host, &preset->imap_port, &preset->imap_security))
    *problem = "imap is not HOST:PORT:tls or starttls";
  else if (password != NULL && !aw_word_parse (&passwords, password, &kind))
    *problem = "no such kind of password";
  else if (preset->link != NULL && !g_str_has_prefix (preset->link, "https://"))
    *problem = "link is not https";
  else
    {
      preset->password = (AwPresetPassword) kind;
      return preset;
    }
  preset_free (preset);
  return NULL;
}

/**
 * aw_presets_parse:
 * @text: a file of presets
 * @length: its length
 * @problems: (nullable) (element-type utf8): takes a line for each entry that is left out
 *
 * Returns: (transfer full) (element-type AwPreset): what is right
 */
GPtrArray *
aw_presets_parse (const char *text,
                  gsize length,
                  GPtrArray *problems)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GPtrArray *presets = g_ptr_array_new_with_free_func (preset_free);
  g_auto (GStrv) groups = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &error))
    {
      if (problems != NULL)
        g_ptr_array_add (problems, g_utf8_make_valid (error->message, -1));
      return presets;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      const char *problem = NULL;
      AwPreset *preset = NULL;

      if (ends_in_escape (file, *group))
        problem = "a value ends in a backslash";
      else
        preset = parse_preset (file, *group, &problem);
      if (preset != NULL)
        g_ptr_array_add (presets, preset);
      else if (problems != NULL)
        {
          g_autofree char *line = g_strdup_printf ("%s: %s", *group, problem);

          g_ptr_array_add (problems, g_utf8_make_valid (line, -1));
        }
    }
  return presets;
}

static GPtrArray *
get_presets (void)
{
  static GPtrArray *presets;

  if (g_once_init_enter (&presets))
    {
      g_autoptr (GBytes) bytes = g_resource_lookup_data (aw_mail_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize length = 0;
      const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : "";

      g_once_init_leave (&presets, aw_presets_parse (text, length, NULL));
    }
  return presets;
}

/**
 * aw_preset_find:
 * @address: (nullable): an e-mail address, typed so far
 *
 * Returns: (transfer none) (nullable): the provider of its domain
 */
const AwPreset *
aw_preset_find (const char *address)
{
  const char *domain = aw_address_domain (address);
  g_autofree char *folded = domain != NULL ? g_ascii_strdown (domain, -1) : NULL;
  GPtrArray *presets = get_presets ();

  for (guint i = 0; folded != NULL && i < presets->len; i++)
    {
      const AwPreset *preset = g_ptr_array_index (presets, i);

      if (aw_strv_has (preset->domains, folded))
        return preset;
    }
  return NULL;
}

/**
 * aw_preset_find_by_mx:
 * @host: who takes a domain's mail
 *
 * Returns: (transfer none) (nullable): the provider behind it
 */
const AwPreset *
aw_preset_find_by_mx (const char *host)
{
  g_autofree char *folded = g_ascii_strdown (host, -1);
  GPtrArray *presets = get_presets ();
  gsize length = strlen (folded);

  while (length > 0 && folded[length - 1] == '.')
    folded[--length] = '\0';
  for (guint i = 0; i < presets->len; i++)
    {
      const AwPreset *preset = g_ptr_array_index (presets, i);

      for (char **mx = preset->mx; mx != NULL && *mx != NULL; mx++)
        {
          g_autofree char *below = g_strconcat (".", *mx, NULL);

          if (g_str_equal (folded, *mx) || g_str_has_suffix (folded, below))
            return preset;
        }
    }
  return NULL;
}

static void
take (char **member,
      char *value)
{
  g_free (*member);
  *member = value;
}

void
aw_preset_fill (const AwPreset *preset,
                const char *address,
                AwAccount *account)
{
  take (&account->host, g_strdup (preset->host));
  account->port = preset->port;
  account->security = preset->security;
  take (&account->user, preset->user_is_local ? aw_address_local_part (address) : g_strdup (address));
  take (&account->imap_host, g_strdup (preset->imap_host));
  account->imap_port = preset->imap_port;
  account->imap_security = preset->imap_security;
  take (&account->imap_user, preset->imap_user_is_local ? aw_address_local_part (address) : g_strdup (address));
  account->save_sent = preset->imap_host != NULL && !preset->saves_sent;
}

char *
aw_preset_clean_password (const AwPreset *preset,
                          const char *password)
{
  char *clean = g_strdup (password);
  char *to = clean;

  if (preset == NULL || !preset->strip_spaces)
    return clean;
  for (const char *from = clean; *from != '\0'; from++)
    if (*from != ' ')
      *to++ = *from;
  *to = '\0';
  return clean;
}
