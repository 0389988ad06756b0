/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-message-builder.h"

#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>
#include <string.h>

#include "mail/aw-address.h"

#define REFERENCES_AT_MOST 20

AwAttachment *
aw_attachment_new (const char *name,
                   const char *type,
                   GBytes *data)
{
  AwAttachment *attachment = g_new0 (AwAttachment, 1);

  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->data = g_bytes_ref (data);
  return attachment;
}

void
aw_attachment_free (AwAttachment *attachment)
{
  g_free (attachment->name);
  g_free (attachment->type);
  g_bytes_unref (attachment->data);
  g_free (attachment);
}

/* Ids ---------------------------------------------------------------------- */

static gboolean
id_is_valid (const char *id)
{
  gsize length = strlen (id);
  guint ats = 0;

  if (length == 0 || length > 250)
    return FALSE;
  for (const char *p = id; *p != '\0'; p++)
    {
      if (*p <= ' ' || *p >= 0x7f || strchr ("<>\"(),;\\", *p) != NULL)
        return FALSE;
      ats += *p == '@';
    }
  return ats == 1 && id[0] != '@' && id[length - 1] != '@';
}

static char *
bare_id (const char *id)
{
  g_autofree char *copy = g_strstrip (g_strdup (id));
  gsize length = strlen (copy);

  if (length > 2 && copy[0] == '<' && copy[length - 1] == '>')
    return g_strndup (copy + 1, length - 2);
  return g_steal_pointer (&copy);
}

/**
 * aw_message_id_new:
 * @from: the sender's address, normalized
 *
 * Returns: (transfer full): a new id, of random and the sender's domain: the
 *   name of this machine is nobody's business
 */
char *
aw_message_id_new (const char *from)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strdup_printf ("%s@%s", uuid, aw_address_domain (from));
}

/**
 * aw_message_references:
 * @references: (nullable): the thread's ids so far
 * @message_id: (nullable): the one that is answered
 *
 * Returns: (transfer full) (nullable): the ids for References, in angle
 *   brackets with spaces between, at most 20: the first and the last
 */
char *
aw_message_references (const char *references,
                       const char *message_id)
{
  g_auto (GStrv) words = g_strsplit_set (references != NULL ? references : "", " \t\r\n", -1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *id = bare_id (words[i]);

      if (id_is_valid (id) && g_strcmp0 (id, message_id) != 0)
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  if (message_id != NULL && id_is_valid (message_id))
    g_ptr_array_add (ids, g_strdup (message_id));
  if (ids->len > REFERENCES_AT_MOST)
    g_ptr_array_remove_range (ids, 1, ids->len - REFERENCES_AT_MOST);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s<%s>", i > 0 ? " " : "", (char *) g_ptr_array_index (ids, i));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* Parts -------------------------------------------------------------------- */

static void
ensure_gmime (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_mime_init ();
      g_once_init_leave (&once, 1);
    }
}

static void
add_mailbox (InternetAddressList *list,
             const char *name,
             const char *address)
{
  InternetAddress *mailbox = internet_address_mailbox_new (name != NULL && *name != '\0' ? name : NULL, address);

  /* Otherwise GMime writes ISO 8859-1 where that is enough. */
  internet_address_set_charset (mailbox, "utf-8");
  internet_address_list_add (list, mailbox);
  g_object_unref (mailbox);
}

/* Lines ended by LF, no control characters, a line end at the end. */
static char *
clean_body (const char *body,
            const char *signature)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *whole = NULL;

  if (signature != NULL && *signature != '\0')
    whole = g_strconcat (body, g_str_has_suffix (body, "\n") ? "" : "\n", "\n-- \n", signature, NULL);
  else
    whole = g_strdup (body);
  for (const char *p = whole; *p != '\0'; p++)
    if (*p == '\r')
      {
        if (p[1] != '\n')
          g_string_append_c (text, '\n');
      }
    else if ((guchar) *p >= 0x20 || *p == '\n' || *p == '\t')
      g_string_append_c (text, *p);
  while (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
  return g_strdup (text->str);
}

static void
set_content (GMimePart *part,
             const void *data,
             gsize length,
             GMimeContentEncoding encoding)
{
  /* An empty file has no buffer. */
  GMimeStream *stream = length > 0 ? g_mime_stream_mem_new_with_buffer (data, length) : g_mime_stream_mem_new ();
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, encoding);
  g_object_unref (content);
  g_object_unref (stream);
}

static GMimePart *
make_text (const AwMessageParts *parts)
{
  GMimePart *part = g_mime_part_new_with_type ("text", "plain");
  g_autofree char *body = clean_body (parts->body, parts->signature);

  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", "utf-8");
  set_content (part, body, strlen (body), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return part;
}

static void
set_charset (GMimeParamList *list)
{
  for (int i = 0; list != NULL && i < g_mime_param_list_length (list); i++)
    g_mime_param_set_charset (g_mime_param_list_get_parameter_at (list, i), "UTF-8");
}

static GMimePart *
make_attachment (const AwAttachment *attachment)
{
  g_auto (GStrv) type = g_strsplit (attachment->type != NULL ? attachment->type : "", "/", 2);
  gboolean known = type[0] != NULL && type[1] != NULL && *type[0] != '\0' && *type[1] != '\0' &&
                   strspn (attachment->type, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+./_") ==
                     strlen (attachment->type) &&
                   g_ascii_strcasecmp (type[0], "multipart") != 0 && g_ascii_strcasecmp (type[0], "message") != 0;
  GMimePart *part = known ? g_mime_part_new_with_type (type[0], type[1])
                          : g_mime_part_new_with_type ("application", "octet-stream");
  g_autofree char *name = g_path_get_basename (attachment->name);
  gsize length;
  const void *data = g_bytes_get_data (attachment->data, &length);

  g_mime_object_set_disposition (GMIME_OBJECT (part), "attachment");
  g_mime_part_set_filename (part, name);
  set_charset (g_mime_content_disposition_get_parameters (g_mime_object_get_content_disposition (GMIME_OBJECT (part))));
  set_charset (g_mime_content_type_get_parameters (g_mime_object_get_content_type (GMIME_OBJECT (part))));
  set_content (part, data, length, GMIME_CONTENT_ENCODING_BASE64);
  return part;
}

/* Of the id, so that the same message has the same bytes. */
static char *
make_boundary (const char *message_id)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, message_id, -1);

  return g_strdup_printf ("=-%.32s", hash);
}

static GMimeObject *
make_content (const AwMessageParts *parts)
{
  GMimePart *text = make_text (parts);
  GMimeMultipart *mixed;
  g_autofree char *boundary = NULL;

  if (parts->attachments == NULL || parts->attachments->len == 0)
    return GMIME_OBJECT (text);

  mixed = g_mime_multipart_new_with_subtype ("mixed");
  boundary = make_boundary (parts->message_id);
  g_mime_multipart_set_boundary (mixed, boundary);
  g_mime_multipart_add (mixed, GMIME_OBJECT (text));
  g_object_unref (text);
  for (guint i = 0; i < parts->attachments->len; i++)
    {
      GMimePart *part = make_attachment (g_ptr_array_index (parts->attachments, i));

      g_mime_multipart_add (mixed, GMIME_OBJECT (part));
      g_object_unref (part);
    }
  return GMIME_OBJECT (mixed);
}

static gboolean
check (const AwMessageParts *parts,
       GError **error)
{
  g_autofree char *from = aw_address_normalize (parts->from, error);
  g_autofree char *to = from != NULL ? aw_address_normalize (parts->to, error) : NULL;

  if (to == NULL)
    return FALSE;
  if (!aw_header_text_check (parts->subject, _("subject"), error) ||
      !aw_header_text_check (parts->from_name, _("sender's name"), error) ||
      !aw_header_text_check (parts->to_name, _("recipient's name"), error))
    return FALSE;
  for (guint i = 0; parts->attachments != NULL && i < parts->attachments->len; i++)
    if (!aw_header_text_check (((AwAttachment *) g_ptr_array_index (parts->attachments, i))->name, _("file name"), error))
      return FALSE;
  if (parts->body == NULL || !g_utf8_validate (parts->body, -1, NULL) ||
      (parts->signature != NULL && !g_utf8_validate (parts->signature, -1, NULL)))
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TEXT, _("The text is not valid text."));
      return FALSE;
    }
  if (!id_is_valid (parts->message_id))
    {
      g_set_error_literal (error, AW_MAIL_ERROR, AW_MAIL_ERROR_TELL, _("The message has no valid id."));
      return FALSE;
    }
  return TRUE;
}

static GBytes *
serialize (GMimeMessage *message)
{
  GMimeFormatOptions *format = g_mime_format_options_new ();
  GByteArray *bytes = g_byte_array_new ();
  GMimeStream *stream = g_mime_stream_mem_new ();

  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (stream), bytes);
  g_mime_format_options_set_newline_format (format, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_format_options_set_param_encoding_method (format, GMIME_PARAM_ENCODING_METHOD_RFC2231);
  g_mime_format_options_add_hidden_header (format, "Bcc");
  g_mime_object_encode (GMIME_OBJECT (message), GMIME_ENCODING_CONSTRAINT_7BIT);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), format, stream);
  g_object_unref (stream);
  g_mime_format_options_free (format);
  if (bytes->len < 2 || bytes->data[bytes->len - 2] != '\r' || bytes->data[bytes->len - 1] != '\n')
    g_byte_array_append (bytes, (const guint8 *) "\r\n", 2);
  return g_byte_array_free_to_bytes (bytes);
}

/**
 * aw_message_build:
 * @parts: what the message is made of
 * @error: return location; its message is a sentence for the user
 *
 * Returns: (transfer full): the message's bytes, or %NULL with @error set if
 *   something in @parts cannot stand in a message
 */
GBytes *
aw_message_build (const AwMessageParts *parts,
                  GError **error)
{
  GMimeMessage *message;
  GMimeObject *content;
  g_autofree char *answered = parts->in_reply_to != NULL ? bare_id (parts->in_reply_to) : NULL;
  g_autofree char *references = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) date = NULL;
  GBytes *bytes;

  if (!check (parts, error))
    return NULL;
  ensure_gmime ();

  message = g_mime_message_new (FALSE);
  add_mailbox (g_mime_message_get_from (message), parts->from_name, parts->from);
  add_mailbox (g_mime_message_get_to (message), parts->to_name, parts->to);
  g_mime_message_set_subject (message, parts->subject != NULL ? parts->subject : "", "utf-8");
  /* Whole minutes: RFC 5322 has no others. */
  zone = g_time_zone_new_offset (parts->offset / 60 * 60);
  utc = g_date_time_new_from_unix_utc (parts->at);
  date = g_date_time_to_timezone (utc, zone);
  g_mime_message_set_date (message, date);
  g_mime_message_set_message_id (message, parts->message_id);
  if (answered != NULL && id_is_valid (answered))
    {
      g_autofree char *value = g_strdup_printf ("<%s>", answered);

      references = aw_message_references (parts->references, answered);
      g_mime_object_set_header (GMIME_OBJECT (message), "In-Reply-To", value, NULL);
      g_mime_object_set_header (GMIME_OBJECT (message), "References", references, NULL);
    }
  content = make_content (parts);
  g_mime_message_set_mime_part (message, content);
  g_object_unref (content);
  bytes = serialize (message);
  g_object_unref (message);
  return bytes;
}
