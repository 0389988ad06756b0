/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-mail-headers.h"

#include <gmime/gmime.h>
#include <string.h>

#include "mail/aw-mail-result.h"

/* Headers that are longer are nobody's who answers. */
#define HEADERS_AT_MOST (64 * 1024)
#define ANSWERS_AT_MOST 200
#define ID_AT_MOST 250

static void
ensure_gmime (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      g_mime_init ();
      g_once_init_leave (&once, 1);
    }
}

static GMimeMessage *
parse (const char *text,
       gsize length)
{
  g_autoptr (GString) whole = g_string_new_len (text, (gssize) MIN (length, HEADERS_AT_MOST));
  GMimeStream *stream;
  GMimeParser *parser;
  GMimeMessage *message;

  ensure_gmime ();
  g_string_append (whole, "\r\n\r\n");
  stream = g_mime_stream_mem_new_with_buffer (whole->str, whole->len);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  g_object_unref (parser);
  g_object_unref (stream);
  return message;
}

static const char *
get_header (GMimeMessage *message,
            const char *name)
{
  return g_mime_object_get_header (GMIME_OBJECT (message), name);
}

static char *
clean (const char *text)
{
  g_autofree char *words = text != NULL ? aw_mail_clean_words (text) : NULL;

  return words != NULL && *words != '\0' ? g_steal_pointer (&words) : NULL;
}

/* Printable, without blanks: it goes into comparisons and the database. */
static gboolean
is_id (const char *id,
       gsize length)
{
  if (length == 0 || length > ID_AT_MOST)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (id[i] <= 0x20 || id[i] > 0x7e)
      return FALSE;
  return TRUE;
}

/* All "<…>" of a header. */
static void
add_ids (GStrvBuilder *builder,
         guint *n,
         const char *text)
{
  for (const char *p = text; p != NULL && *n < ANSWERS_AT_MOST;)
    {
      const char *begin = strchr (p, '<');
      const char *end = begin != NULL ? strchr (begin, '>') : NULL;

      if (end == NULL)
        return;
      if (is_id (begin + 1, (gsize) (end - begin - 1)))
        {
          g_autofree char *id = g_strndup (begin + 1, (gsize) (end - begin - 1));

          g_strv_builder_add (builder, id);
          (*n)++;
        }
      p = end + 1;
    }
}

static char *
first_id (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;
  g_auto (GStrv) ids = NULL;

  add_ids (builder, &n, text);
  ids = g_strv_builder_end (builder);
  return g_strdup (ids[0]);
}

static void
read_from (GMimeMessage *message,
           AwMailHeaders *headers)
{
  InternetAddressList *list = g_mime_message_get_from (message);
  InternetAddress *from = list != NULL && internet_address_list_length (list) > 0 ? internet_address_list_get_address (list, 0) : NULL;
  const char *address;

  if (!INTERNET_ADDRESS_IS_MAILBOX (from))
    return;
  headers->name = clean (internet_address_get_name (from));
  address = internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (from));
  if (address != NULL && g_utf8_validate (address, -1, NULL) && strlen (address) < 255)
    {
      g_autofree char *lower = g_utf8_strdown (address, -1);

      headers->address = clean (lower);
    }
}

static gboolean
begins (const char *text,
        const char *const *words)
{
  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (g_ascii_strncasecmp (text, words[i], strlen (words[i])) == 0)
      return TRUE;
  return FALSE;
}

/* RFC 3834 and what came before it. */
static gboolean
is_automatic (GMimeMessage *message,
              const char *subject)
{
  static const char *const precedences[] = { "bulk", "junk", "auto", "list", NULL };
  static const char *const subjects[] = { "automatic reply:", "auto reply:", "autoreply:", "auto-reply:", "out of office", "automatische antwort:",
                                          "abwesenheitsnotiz", "automatisch antwoord", "r\xc3\xa9ponse automatique", "respuesta autom", NULL };
  const char *submitted = get_header (message, "Auto-Submitted");
  const char *path = get_header (message, "Return-Path");

  if (submitted != NULL)
    {
      while (g_ascii_isspace (*submitted))
        submitted++;
      if (g_ascii_strncasecmp (submitted, "no", 2) != 0 || g_ascii_isalnum (submitted[2]))
        return TRUE;
    }
  if (begins (get_header (message, "Precedence"), precedences) || begins (subject, subjects))
    return TRUE;
  if (get_header (message, "X-Autoreply") != NULL || get_header (message, "X-Autorespond") != NULL || get_header (message, "List-Id") != NULL)
    return TRUE;
  /* Nobody to answer to. */
  return path != NULL && strstr (path, "<>") != NULL;
}

static AwMailNature
find_nature (GMimeMessage *message,
             const char *subject)
{
  /* GMime takes what is about the content out of the message's headers. */
  GMimeObject *part = g_mime_message_get_mime_part (message);
  GMimeContentType *type = part != NULL ? g_mime_object_get_content_type (part) : NULL;
  AwMailNature nature = is_automatic (message, subject) ? AW_MAIL_AUTOMATIC : AW_MAIL_PERSONAL;

  if (type != NULL && g_mime_content_type_is_type (type, "multipart", "report"))
    {
      const char *report = g_mime_content_type_get_parameter (type, "report-type");

      /* A receipt for reading is a report, too. */
      nature = report == NULL || g_ascii_strcasecmp (report, "delivery-status") == 0 ? AW_MAIL_REPORT : AW_MAIL_AUTOMATIC;
    }
  return nature;
}

/**
 * aw_mail_headers_parse:
 * @text: headers, as a server gives them
 * @length: their length
 *
 * Returns: (transfer full): what is in them; empty if it makes no sense
 */
AwMailHeaders *
aw_mail_headers_parse (const char *text,
                       gsize length)
{
  AwMailHeaders *headers = g_new0 (AwMailHeaders, 1);
  GMimeMessage *message = parse (text, length);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *bracketed = NULL;
  guint n = 0;

  if (message == NULL)
    {
      headers->nature = AW_MAIL_AUTOMATIC;
      return headers;
    }
  headers->id = first_id (get_header (message, "Message-ID"));
  headers->subject = clean (g_mime_message_get_subject (message));
  read_from (message, headers);
  add_ids (builder, &n, get_header (message, "In-Reply-To"));
  add_ids (builder, &n, get_header (message, "References"));
  headers->answers = g_strv_builder_end (builder);
  headers->nature = find_nature (message, headers->subject);
  g_object_unref (message);
  return headers;
}

void
aw_mail_headers_free (AwMailHeaders *headers)
{
  g_free (headers->id);
  g_free (headers->name);
  g_free (headers->address);
  g_free (headers->subject);
  g_strfreev (headers->answers);
  g_free (headers);
}

/* A field of message/delivery-status, in whichever of its blocks. */
static char *
find_field (const char *text,
            const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 400);
  gsize length = strlen (name);

  for (char **line = lines; *line != NULL; line++)
    if (g_ascii_strncasecmp (*line, name, length) == 0)
      {
        g_autoptr (GString) value = g_string_new (g_strchomp (*line + length));

        /* Folded. */
        while (line[1] != NULL && (line[1][0] == ' ' || line[1][0] == '\t') && value->len < 2000)
          g_string_append (value, g_strchomp (*++line));
        return clean (value->str);
      }
  return NULL;
}

/**
 * aw_bounce_parse:
 * @status: what the server says of the delivery
 * @status_length: its length
 * @returned: the message that came back, or its headers
 * @returned_length: its length
 *
 * Returns: (transfer full): what became of which message
 */
AwBounce *
aw_bounce_parse (const char *status,
                 gsize status_length,
                 const char *returned,
                 gsize returned_length)
{
  AwBounce *bounce = g_new0 (AwBounce, 1);
  g_autofree char *text = g_strndup (status, MIN (status_length, HEADERS_AT_MOST));
  g_autofree char *action = find_field (text, "Action:");
  g_autofree char *code = find_field (text, "Status:");
  g_autofree char *diagnostic = find_field (text, "Diagnostic-Code:");
  GMimeMessage *message = parse (returned, returned_length);

  if (message != NULL)
    {
      bounce->message_id = first_id (get_header (message, "Message-ID"));
      g_object_unref (message);
    }
  bounce->failed = action != NULL ? g_ascii_strcasecmp (action, "failed") == 0 : code != NULL && *code == '5';
  if (diagnostic != NULL && g_ascii_strncasecmp (diagnostic, "smtp;", 5) == 0)
    bounce->text = clean (diagnostic + 5);
  else
    bounce->text = g_strdup (diagnostic != NULL ? diagnostic : code);
  return bounce;
}

void
aw_bounce_free (AwBounce *bounce)
{
  g_free (bounce->message_id);
  g_free (bounce->text);
  g_free (bounce);
}
