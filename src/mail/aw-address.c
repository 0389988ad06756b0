/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-address.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (aw-mail-error-quark, aw_mail_error)

/* RFC 5321 4.5.3.1: with the brackets a path has 256. */
#define MAX_ADDRESS 254
#define MAX_LOCAL 64
#define MAX_LABEL 63

/* What an unquoted local part may hold besides letters and digits. Quoted ones
 * are legal, nobody has one, and every parser of them has had holes. */
#define ATEXT "!#$%&'*+-/=?^_`{|}~."

/* Turns the writing direction round, so that a name reads as another one. */
static gboolean
is_bidi (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

static gboolean
is_refused (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || is_bidi (c);
}

static gboolean
local_part_is_valid (const char *local,
                     gsize length)
{
  if (length == 0 || length > MAX_LOCAL || local[0] == '.' || local[length - 1] == '.')
    return FALSE;
  for (const char *p = local; p < local + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 ? !g_ascii_isalnum ((char) c) && strchr (ATEXT, (int) c) == NULL
                   : is_refused (c) || g_unichar_isspace (c) || !g_unichar_isgraph (c))
        return FALSE;
      if (c == '.' && p[1] == '.')
        return FALSE;
    }
  return TRUE;
}

static gboolean
domain_is_valid (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);

  if (strlen (domain) > 253)
    return FALSE;
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > MAX_LABEL || labels[i][0] == '-' || labels[i][length - 1] == '-')
        return FALSE;
      for (gsize k = 0; k < length; k++)
        if (!g_ascii_isalnum (labels[i][k]) && labels[i][k] != '-')
          return FALSE;
    }
  return labels[0] != NULL;
}

/**
 * aw_address_normalize:
 * @address: (nullable): what was typed or imported
 * @error: return location; its message is a sentence for the user
 *
 * Checks strictly that @address is one address and nothing else (no name, no
 * quotes, no comments), so that nothing in it can become a header or a command.
 *
 * Returns: (transfer full): the address without spaces around it and with its
 *   domain in ASCII, or %NULL with @error set
 */
char *
aw_address_normalize (const char *address,
                      GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *result = NULL;
  char *at;

  if (address == NULL || *address == '\0')
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_ADDRESS, _("There is no e-mail address."));
      return NULL;
    }
  if (!g_utf8_validate (address, -1, NULL))
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_ADDRESS, _("The e-mail address is not valid text."));
      return NULL;
    }
  text = g_strdup (address);
  for (gsize length = strlen (text); length > 0 && text[length - 1] == ' '; length--)
    text[length - 1] = '\0';
  at = text + strspn (text, " ");
  memmove (text, at, strlen (at) + 1);

  at = strrchr (text, '@');
  if (at != NULL && local_part_is_valid (text, at - text))
    domain = g_hostname_to_ascii (at + 1);
  if (domain != NULL && domain_is_valid (domain))
    result = g_strdup_printf ("%.*s@%s", (int) (at - text), text, domain);
  if (result == NULL || strlen (result) > MAX_ADDRESS)
    {
      g_autoptr (GString) shown = g_string_new (NULL);

      /* What is shown may be anything: it must not break the sentence. */
      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        g_string_append_unichar (shown, is_refused (g_utf8_get_char (p)) ? 0xfffd : g_utf8_get_char (p));
      g_set_error (error, AW_MAIL_ERROR, AW_MAIL_ERROR_ADDRESS, _("“%s” is not an e-mail address."),
                   g_utf8_strlen (shown->str, -1) > 80 ? _("This") : shown->str);
      return NULL;
    }
  return g_steal_pointer (&result);
}

/**
 * aw_address_needs_utf8:
 * @address: a normalized address
 *
 * Returns: whether only servers with SMTPUTF8 can take it
 */
gboolean
aw_address_needs_utf8 (const char *address)
{
  return !g_str_is_ascii (address);
}

const char *
aw_address_domain (const char *address)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  return at != NULL && at[1] != '\0' ? at + 1 : NULL;
}

char *
aw_address_local_part (const char *address)
{
  const char *at = strrchr (address, '@');

  return at != NULL ? g_strndup (address, at - address) : g_strdup (address);
}

/**
 * aw_header_text_check:
 * @text: (nullable): what is to stand in a header
 * @what: what it is, translated, as it stands in a sentence ("subject")
 * @error: return location
 *
 * Returns: whether it holds nothing but visible text of one line
 */
gboolean
aw_header_text_check (const char *text,
                      const char *what,
                      GError **error)
{
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    {
      /* Translators: %s is "subject", "name" or "file name" */
      g_set_error (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TEXT, _("The %s is not valid text."), what);
      return FALSE;
    }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_refused (g_utf8_get_char (p)))
      {
        /* Translators: %s is "subject", "name" or "file name" */
        g_set_error (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TEXT,
                     _("The %s has a line break or another invisible character in it."), what);
        return FALSE;
      }
  /* ASCII travels as it is, and the reader's program would decode this: into
   * anything, line breaks too. Nobody writes it on purpose. */
  if (strstr (text, "=?") != NULL)
    {
      /* Translators: %s is "subject", "name" or "file name" */
      g_set_error (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TEXT, _("The %s may not have “=?” in it."), what);
      return FALSE;
    }
  return TRUE;
}

/**
 * aw_host_clean:
 * @host: a name
 *
 * Returns: (transfer full) (nullable): it without the last dot, in lower case;
 *   %NULL if it is not the full name of a host
 */
char *
aw_host_clean (const char *host)
{
  g_autofree char *clean = g_ascii_strdown (host, -1);
  gsize length = strlen (clean);

  if (length > 0 && clean[length - 1] == '.')
    clean[--length] = '\0';
  if (length == 0 || length > 253 || clean[0] == '.' || clean[0] == '-' || strchr (clean, '.') == NULL ||
      strstr (clean, "..") != NULL || strspn (clean, "abcdefghijklmnopqrstuvwxyz0123456789-.") != length ||
      g_hostname_is_ip_address (clean))
    return NULL;
  return g_steal_pointer (&clean);
}
