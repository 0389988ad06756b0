/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mail/aw-imap.h"

/* What comes in is anybody's: mail has been written by strangers. It is counted,
 * bounded, and never taken for more than text. */
#define LITERAL_AT_MOST (256 * 1024)
#define LINE_AT_MOST (1024 * 1024)
#define RESPONSES_AT_MOST 5000
#define BYTES_AT_MOST (16 * 1024 * 1024)

struct _AwImapReader
{
  GPtrArray *responses;
  GString *response; /* the one that is coming in */
  gsize line;        /* where its last line begins */
  gsize literal;     /* bytes of a literal that are still to come */
  gsize bytes;
};

static void
string_free (gpointer data)
{
  g_string_free (data, TRUE);
}

AwImapReader *
aw_imap_reader_new (void)
{
  AwImapReader *self = g_new0 (AwImapReader, 1);

  self->responses = g_ptr_array_new_with_free_func (string_free);
  self->response = g_string_new (NULL);
  return self;
}

void
aw_imap_reader_free (AwImapReader *self)
{
  g_ptr_array_unref (self->responses);
  g_string_free (self->response, TRUE);
  g_free (self);
}

void
aw_imap_reader_clear (AwImapReader *self)
{
  g_ptr_array_set_size (self->responses, 0);
  g_string_truncate (self->response, 0);
  self->line = self->literal = self->bytes = 0;
}

GPtrArray *
aw_imap_reader_get_responses (AwImapReader *self)
{
  return self->responses;
}

gboolean
aw_imap_reader_is_inside (AwImapReader *self)
{
  return self->literal > 0 || self->response->len > 0;
}

/* "{123}" at the end of a line: so many bytes follow. */
static gboolean
find_literal (const char *line,
              gsize length,
              gsize *literal)
{
  gsize i = length;
  guint64 n = 0;
  gsize begin;

  while (i > 0 && (line[i - 1] == '\n' || line[i - 1] == '\r'))
    i--;
  if (i < 3 || line[i - 1] != '}')
    return FALSE;
  for (begin = i - 1; begin > 0 && g_ascii_isdigit (line[begin - 1]); begin--)
    ;
  if (begin == i - 1 || begin == 0 || line[begin - 1] != '{' || i - 1 - begin > 12)
    return FALSE;
  for (gsize k = begin; k < i - 1; k++)
    n = n * 10 + (guint64) (line[k] - '0');
  *literal = (gsize) n;
  return TRUE;
}

static gboolean
end_line (AwImapReader *self)
{
  if (self->response->len - self->line > LINE_AT_MOST)
    return FALSE;
  if (find_literal (self->response->str + self->line, self->response->len - self->line, &self->literal))
    {
      if (self->literal > LITERAL_AT_MOST)
        return FALSE;
      self->line = self->response->len + self->literal;
      return TRUE;
    }
  if (self->responses->len >= RESPONSES_AT_MOST)
    return FALSE;
  g_ptr_array_add (self->responses, self->response);
  self->response = g_string_new (NULL);
  self->line = 0;
  return TRUE;
}

/**
 * aw_imap_reader_feed:
 * @self: a reader
 * @data: bytes of the server
 * @length: how many
 *
 * Returns: %FALSE if it is more than a mail server has to say
 */
gboolean
aw_imap_reader_feed (AwImapReader *self,
                     const char *data,
                     gsize length)
{
  self->bytes += length;
  if (self->bytes > BYTES_AT_MOST)
    return FALSE;
  while (length > 0)
    {
      const char *end;
      gsize n;

      if (self->literal > 0)
        {
          n = MIN (self->literal, length);
          g_string_append_len (self->response, data, (gssize) n);
          self->literal -= n;
          data += n;
          length -= n;
          continue;
        }
      end = memchr (data, '\n', length);
      n = end != NULL ? (gsize) (end - data) + 1 : length;
      g_string_append_len (self->response, data, (gssize) n);
      data += n;
      length -= n;
      if (end != NULL ? !end_line (self) : self->response->len - MIN (self->line, self->response->len) > LINE_AT_MOST)
        return FALSE;
    }
  return TRUE;
}

/* Taking responses apart ------------------------------------------------------ */

typedef struct
{
  const char *at, *end;
} Cursor;

static gboolean
skip (Cursor *cursor,
      const char *word)
{
  gsize n = strlen (word);

  if ((gsize) (cursor->end - cursor->at) < n || g_ascii_strncasecmp (cursor->at, word, n) != 0)
    return FALSE;
  cursor->at += n;
  return TRUE;
}

static void
skip_spaces (Cursor *cursor)
{
  while (cursor->at < cursor->end && *cursor->at == ' ')
    cursor->at++;
}

/* A quoted string, a literal or an atom; NULL: NIL, or nothing of them. */
static GString *
read_string (Cursor *cursor)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (cursor->at >= cursor->end)
    return NULL;
  if (*cursor->at == '"')
    {
      for (cursor->at++; cursor->at < cursor->end && *cursor->at != '"'; cursor->at++)
        {
          if (*cursor->at == '\\' && cursor->at + 1 < cursor->end)
            cursor->at++;
          g_string_append_c (text, *cursor->at);
        }
      if (cursor->at >= cursor->end)
        return NULL;
      cursor->at++;
      return g_steal_pointer (&text);
    }
  if (*cursor->at == '{')
    {
      const char *line = memchr (cursor->at, '\n', (gsize) (cursor->end - cursor->at));
      gsize literal;

      if (line == NULL || !find_literal (cursor->at, (gsize) (line + 1 - cursor->at), &literal) ||
          literal > (gsize) (cursor->end - line - 1))
        {
          cursor->at = cursor->end;
          return NULL;
        }
      g_string_append_len (text, line + 1, (gssize) literal);
      cursor->at = line + 1 + literal;
      return g_steal_pointer (&text);
    }
  while (cursor->at < cursor->end && strchr (" ()\r\n", *cursor->at) == NULL)
    g_string_append_c (text, *cursor->at++);
  return text->len > 0 && g_ascii_strcasecmp (text->str, "NIL") != 0 ? g_steal_pointer (&text) : NULL;
}

/* "(…)", of whatever. */
static void
skip_list (Cursor *cursor)
{
  int depth = 0;

  do
    {
      if (*cursor->at == '(')
        {
          depth++;
          cursor->at++;
        }
      else if (*cursor->at == ')')
        {
          depth--;
          cursor->at++;
        }
      else if (*cursor->at == ' ')
        cursor->at++;
      else
        {
          const char *before = cursor->at;
          GString *text = read_string (cursor);

          if (text != NULL)
            g_string_free (text, TRUE);
          if (cursor->at == before)
            cursor->at++;
        }
    }
  while (depth > 0 && cursor->at < cursor->end);
}

/**
 * aw_imap_parse_list:
 * @response: what the server said to LIST, one line
 * @length: its length
 * @use: "\\Sent", say; "" for whatever
 *
 * Returns: (transfer full) (nullable): the mailbox, if it has that use
 */
char *
aw_imap_parse_list (const char *response,
                    gsize length,
                    const char *use)
{
  Cursor cursor = { response, response + length };
  gboolean has = *use == '\0';
  g_autoptr (GString) name = NULL;
  GString *delimiter;

  if (!skip (&cursor, "* LIST ("))
    return NULL;
  while (cursor.at < cursor.end && *cursor.at != ')')
    {
      g_autoptr (GString) flag = NULL;

      skip_spaces (&cursor);
      flag = read_string (&cursor);
      if (flag == NULL)
        break;
      if (g_ascii_strcasecmp (flag->str, "\\Noselect") == 0 || g_ascii_strcasecmp (flag->str, "\\NonExistent") == 0)
        return NULL;
      has = has || g_ascii_strcasecmp (flag->str, use) == 0;
      skip_spaces (&cursor);
    }
  if (!skip (&cursor, ")"))
    return NULL;
  skip_spaces (&cursor);
  delimiter = read_string (&cursor);
  if (delimiter != NULL)
    g_string_free (delimiter, TRUE);
  skip_spaces (&cursor);
  name = read_string (&cursor);
  if (!has || name == NULL || name->len == 0 || strlen (name->str) != name->len || strpbrk (name->str, "\r\n") != NULL)
    return NULL;
  return g_strdup (name->str);
}

/* "17-Jul-1996 02:44:25 -0700"; AW_NEVER: it is none. */
static gint64
parse_date (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  int day, year, hour, minute, second, offset;
  char month[4], sign;
  const char *found;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (sscanf (text, " %2d-%3c-%4d %2d:%2d:%2d %c%4d", &day, month, &year, &hour, &minute, &second, &sign, &offset) != 8)
    return AW_NEVER;
  month[3] = '\0';
  found = strstr (months, month);
  if (found == NULL || (sign != '+' && sign != '-') || offset < 0 || offset > 1500)
    return AW_NEVER;
  zone = g_time_zone_new_offset ((sign == '-' ? -1 : 1) * (offset / 100 * 3600 + offset % 100 * 60));
  date = g_date_time_new (zone, year, (int) (found - months) / 3 + 1, day, hour, minute, second);
  return date != NULL ? g_date_time_to_unix (date) : AW_NEVER;
}

void
aw_imap_mail_free (AwImapMail *mail)
{
  for (guint i = 0; i < mail->parts->len; i++)
    if (g_ptr_array_index (mail->parts, i) != NULL)
      g_string_free (g_ptr_array_index (mail->parts, i), TRUE);
  g_ptr_array_unref (mail->parts);
  g_free (mail);
}

/* The name of an item: "UID", "BODY[HEADER.FIELDS (FROM)]<0>". */
static gboolean
read_item (Cursor *cursor,
           GString *name)
{
  int brackets = 0;

  g_string_truncate (name, 0);
  for (; cursor->at < cursor->end && (brackets > 0 || strchr (" ()\r\n", *cursor->at) == NULL); cursor->at++)
    {
      brackets += *cursor->at == '[' ? 1 : *cursor->at == ']' ? -1 : 0;
      if (*cursor->at == '\n')
        return FALSE;
      g_string_append_c (name, *cursor->at);
    }
  return name->len > 0;
}

/**
 * aw_imap_parse_fetch:
 * @response: what the server said to FETCH, with its literals
 * @length: its length
 * @n_parts: how many sections were asked for; they come in that order
 *
 * Returns: (transfer full) (nullable): a mail; %NULL if it is none
 */
AwImapMail *
aw_imap_parse_fetch (const char *response,
                     gsize length,
                     guint n_parts)
{
  Cursor cursor = { response, response + length };
  g_autoptr (GString) name = g_string_new (NULL);
  AwImapMail *mail;

  if (!skip (&cursor, "* "))
    return NULL;
  while (cursor.at < cursor.end && g_ascii_isdigit (*cursor.at))
    cursor.at++;
  if (!skip (&cursor, " FETCH ("))
    return NULL;
  mail = g_new0 (AwImapMail, 1);
  mail->at = AW_NEVER;
  mail->parts = g_ptr_array_new ();
  while (cursor.at < cursor.end && *cursor.at != ')')
    {
      skip_spaces (&cursor);
      if (!read_item (&cursor, name))
        break;
      skip_spaces (&cursor);
      if (cursor.at < cursor.end && *cursor.at == '(')
        skip_list (&cursor);
      else
        {
          GString *value = read_string (&cursor);

          if (g_ascii_strncasecmp (name->str, "BODY[", 5) == 0)
            {
              g_ptr_array_add (mail->parts, value);
              value = NULL;
            }
          else if (value != NULL && g_ascii_strcasecmp (name->str, "UID") == 0)
            mail->uid = g_ascii_strtoll (value->str, NULL, 10);
          else if (value != NULL && g_ascii_strcasecmp (name->str, "INTERNALDATE") == 0)
            mail->at = parse_date (value->str);
          if (value != NULL)
            g_string_free (value, TRUE);
        }
      skip_spaces (&cursor);
    }
  if (mail->uid > 0 && mail->parts->len == n_parts)
    return mail;
  aw_imap_mail_free (mail);
  return NULL;
}
