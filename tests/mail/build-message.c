/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds a message from a key file on standard input, for messages.py: the
 * bytes go to standard output, a refusal to standard error. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mail/aw-address.h"
#include "mail/aw-message-builder.h"

static char *
get (GKeyFile *file,
     const char *key)
{
  g_autofree char *encoded = g_key_file_get_value (file, "message", key, NULL);
  gsize length;

  return encoded != NULL ? (char *) g_base64_decode (encoded, &length) : NULL;
}

int
main (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GString) input = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_attachment_free);
  g_autofree char *from = NULL, *to = NULL, *name = NULL, *file_name = NULL, *data = NULL;
  AwMessageParts parts = { 0 };
  char buffer[4096];
  gssize n;

  while ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0)
    g_string_append_len (input, buffer, n);
  if (!g_key_file_load_from_data (file, input->str, input->len, G_KEY_FILE_NONE, NULL))
    return 2;
  name = get (file, "from");
  from = aw_address_normalize (name, &error);
  g_free (g_steal_pointer (&name));
  if (from != NULL)
    {
      name = get (file, "to");
      to = aw_address_normalize (name, &error);
    }
  if (to != NULL)
    {
      parts.from = from;
      parts.to = to;
      parts.from_name = get (file, "from_name");
      parts.to_name = get (file, "to_name");
      parts.subject = get (file, "subject");
      parts.body = get (file, "body");
      parts.signature = get (file, "signature");
      parts.message_id = get (file, "message_id");
      parts.in_reply_to = get (file, "in_reply_to");
      parts.references = get (file, "references");
      parts.at = g_key_file_get_int64 (file, "message", "at", NULL);
      parts.offset = g_key_file_get_integer (file, "message", "offset", NULL);
      file_name = get (file, "file_name");
      data = get (file, "file");
      if (file_name != NULL)
        {
          g_autoptr (GBytes) content = g_bytes_new (data != NULL ? data : "", data != NULL ? strlen (data) : 0);

          g_ptr_array_add (attachments, aw_attachment_new (file_name, "application/pdf", content));
          parts.attachments = attachments;
        }
      bytes = aw_message_build (&parts, &error);
    }
  if (bytes == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), stdout);
  return 0;
}
