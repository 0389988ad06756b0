/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-imap-private.h"

#include <curl/curl.h>
#include <string.h>

#include "mail/aw-certificate.h"
#include "mail/aw-curl.h"

/* As much as libcurl takes: an answer is a line, and lines may be long. */
#define BUFFER (512 * 1024L)

#define USUAL_MECHANISMS "AUTH=PLAIN;AUTH=LOGIN"
#define OTHER_MECHANISM "AUTH=+LOGIN" /* the command */

struct _AwImap
{
  AwAccount *account;
  char *password; /* not ours */
  gboolean is_token;
  GCancellable *cancellable;
  gboolean (*is_interrupted) (gpointer data);
  gpointer data;
  gint64 asked; /* when it was, last */
  AwCurlLimits limits;
  CURL *curl;
  AwImapReader *reader;
  char *root;       /* the server's URL, with a slash */
  const char *mechanisms;
  GString *last;    /* the last line that came in */
  GString *verdict; /* the server's answer to the last command, without its tag */
  AwSmtpDialogue seen;
  gint64 since;
  curl_off_t uploaded;
  gboolean too_much;
  gboolean leaving;       /* LOGOUT was sent: what follows says nothing */
  gboolean login_offered; /* only as a command */
  GBytes *bytes;          /* to upload */
  gsize position;
};

/* libcurl tags its commands: "A003 ". */
static gboolean
is_tagged (const char *line,
           gsize length)
{
  return length > 6 && g_ascii_isupper (line[0]) && g_ascii_isdigit (line[1]) && g_ascii_isdigit (line[2]) &&
         g_ascii_isdigit (line[3]) && line[4] == ' ' &&
         (strncmp (line + 5, "OK", 2) == 0 || strncmp (line + 5, "NO", 2) == 0 || strncmp (line + 5, "BA", 2) == 0);
}

static void
feed (AwImap *self,
      const char *data,
      gsize length)
{
  if (!self->too_much && !aw_imap_reader_feed (self->reader, data, length))
    self->too_much = TRUE;
}

static gboolean
has_word (const char *data,
          gsize length,
          const char *word)
{
  return g_strstr_len (data, (gssize) length, word) != NULL;
}

/* All that the server says passes here, whatever libcurl makes of it: it knows
 * no answer with literals but that to its own FETCH. */
static int
on_debug (G_GNUC_UNUSED CURL *curl,
          curl_infotype type,
          char *data,
          size_t size,
          void *user_data)
{
  AwImap *self = user_data;

  if (type == CURLINFO_HEADER_OUT)
    {
      self->since = g_get_monotonic_time ();
      if (has_word (data, size, " AUTHENTICATE ") || has_word (data, size, " LOGIN "))
        self->seen.auth_sent = TRUE;
      else if (has_word (data, size, " STARTTLS"))
        self->seen.stage = AW_STAGE_SMTP_STARTTLS;
      else if (has_word (data, size, " LOGOUT"))
        self->leaving = TRUE;
    }
  else if (type == CURLINFO_HEADER_IN && !self->leaving)
    {
      gboolean inside = aw_imap_reader_is_inside (self->reader);

      g_string_truncate (self->last, 0);
      g_string_append_len (self->last, data, (gssize) size);
      if (!inside && is_tagged (data, size))
        {
          g_string_truncate (self->verdict, 0);
          g_string_append_len (self->verdict, data + 5, (gssize) size - 5);
        }
      if (!inside && size > 2 && data[0] == '*' && has_word (data, size, "CAPABILITY") && !has_word (data, size, "LOGINDISABLED"))
        self->login_offered = TRUE;
      feed (self, data, size);
    }
  return 0;
}

/* The same lines once more; but newer versions hand literals out here. */
static size_t
on_write (char *data,
          size_t size,
          size_t n,
          void *user_data)
{
  AwImap *self = user_data;
  gsize length = size * n;

  if (length != self->last->len || memcmp (data, self->last->str, length) != 0)
    feed (self, data, length);
  return length;
}

static size_t
on_read (char *buffer,
         size_t size,
         size_t n,
         void *user_data)
{
  AwImap *self = user_data;
  gsize length;
  const char *data = g_bytes_get_data (self->bytes, &length);
  gsize part = MIN (size * n, length - self->position);

  memcpy (buffer, data + self->position, part);
  self->position += part;
  return part;
}

static gboolean
is_cancelled (AwImap *self)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_is_cancelled (self->cancellable))
    return TRUE;
  if (self->is_interrupted == NULL || now - self->asked < G_USEC_PER_SEC / 4)
    return FALSE;
  self->asked = now;
  return self->is_interrupted (self->data);
}

static int
on_progress (void *user_data,
             G_GNUC_UNUSED curl_off_t download_total,
             curl_off_t downloaded,
             G_GNUC_UNUSED curl_off_t upload_total,
             curl_off_t uploaded)
{
  AwImap *self = user_data;

  if (is_cancelled (self))
    {
      self->seen.cancelled = TRUE;
      return 1;
    }
  if (self->too_much)
    {
      self->seen.not_smtp = TRUE;
      return 1;
    }
  if (uploaded + downloaded != self->uploaded)
    {
      self->uploaded = uploaded + downloaded;
      self->since = g_get_monotonic_time ();
    }
  if (g_get_monotonic_time () - self->since > self->limits.answer)
    {
      self->seen.timed_out = TRUE;
      return 1;
    }
  return 0;
}

static char *
make_root (AwAccount *account)
{
  g_autofree char *host = aw_curl_make_host (account->imap_host);

  if (host == NULL || account->imap_port <= 0 || account->imap_port > 65535)
    return NULL;
  return g_strdup_printf ("%s://%s:%d/", account->imap_security == AW_SECURITY_TLS ? "imaps" : "imap", host, account->imap_port);
}

/**
 * aw_imap_new:
 * @account: whose mail
 * @password: its password, which outlives it
 * @is_token: whether that is a token instead
 * @cancellable: (nullable): to stop
 *
 * Nothing happens yet.
 *
 * Returns: (transfer full): for aw_imap_free()
 */
AwImap *
aw_imap_new (AwAccount *account,
             const char *password,
             gboolean is_token,
             GCancellable *cancellable)
{
  AwImap *self = g_new0 (AwImap, 1);

  curl_global_init (CURL_GLOBAL_DEFAULT);
  self->account = g_object_ref (account);
  self->password = (char *) password;
  self->is_token = is_token;
  self->cancellable = cancellable;
  self->reader = aw_imap_reader_new ();
  self->root = make_root (account);
  self->mechanisms = USUAL_MECHANISMS;
  self->last = g_string_new (NULL);
  self->verdict = g_string_new (NULL);
  self->curl = curl_easy_init ();
  aw_curl_limits_init (&self->limits);
  return self;
}

void
aw_imap_free (AwImap *self)
{
  if (self == NULL)
    return;
  /* Not a second longer than the good-bye may take. */
  curl_easy_setopt (self->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
  curl_easy_cleanup (self->curl);
  aw_imap_reader_free (self->reader);
  g_string_free (self->last, TRUE);
  g_string_free (self->verdict, TRUE);
  g_object_unref (self->account);
  g_free (self->root);
  g_free (self);
}

void
aw_imap_set_interrupt (AwImap *self,
                       gboolean (*is_interrupted) (gpointer data),
                       gpointer data)
{
  self->is_interrupted = is_interrupted;
  self->data = data;
}

static void
set_up (AwImap *self,
        const char *url)
{
  CURL *curl = self->curl;
  const char *user = self->account->imap_user != NULL ? self->account->imap_user : self->account->user;

  curl_easy_reset (curl); /* the connection stays */
  aw_curl_set_basics (curl, "imap,imaps");
  aw_curl_set_trust (curl, self->account, self->account->imap_security, TRUE);
  if (user != NULL && self->password != NULL)
    aw_curl_set_login (curl, user, self->password, self->is_token, self->mechanisms);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_BUFFERSIZE, BUFFER);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, (long) ((self->limits.connect + 4 * self->limits.answer) / 1000));
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long) (self->limits.answer / G_USEC_PER_SEC) + 5);
  curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, on_debug);
  curl_easy_setopt (curl, CURLOPT_DEBUGDATA, self);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, self);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_write);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, self);
}

static gboolean
fail (AwMailResult *result,
      AwMailFault fault,
      const char *words)
{
  memset (result, 0, sizeof *result);
  result->fault = fault;
  result->outcome = aw_mail_fault_outcome (fault);
  result->text = words != NULL ? aw_mail_clean_words (words) : NULL;
  return FALSE;
}

static gboolean
is_allowed (AwImap *self,
            AwMailResult *result)
{
  if (self->root == NULL || (self->account->pin != NULL && !aw_pin_is_valid (self->account->pin)))
    return fail (result, AW_FAULT_SETUP, NULL);
  if (self->account->imap_security == AW_SECURITY_NONE && !aw_curl_is_loopback (self->account->imap_host))
    return fail (result, AW_FAULT_NO_ENCRYPTION, NULL);
  return TRUE;
}

/* "NO [CODE] words": the words. */
static const char *
get_words (AwImap *self)
{
  const char *words = strchr (self->verdict->str, ' ');

  return words != NULL ? words + 1 : NULL;
}

static gboolean
conclude (AwImap *self,
          CURLcode code,
          AwMailResult *result)
{
  long os_error = 0, verify = 0;

  if (code == CURLE_OK && !self->too_much && !aw_imap_reader_is_inside (self->reader))
    return TRUE;
  curl_easy_getinfo (self->curl, CURLINFO_OS_ERRNO, &os_error);
  curl_easy_getinfo (self->curl, CURLINFO_SSL_VERIFYRESULT, &verify);
  if (code == CURLE_OK)
    return fail (result, AW_FAULT_NOT_A_MAIL_SERVER, NULL);
  if (code == CURLE_LOGIN_DENIED && self->seen.auth_sent && self->verdict->len > 0 && !self->seen.cancelled && !self->seen.timed_out)
    {
      gboolean busy = has_word (self->verdict->str, self->verdict->len, "[UNAVAILABLE]") ||
                      has_word (self->verdict->str, self->verdict->len, "[INUSE]");

      return fail (result, busy ? AW_FAULT_BUSY : AW_FAULT_PASSWORD, get_words (self));
    }
  if (code == CURLE_QUOTE_ERROR || code == CURLE_UPLOAD_FAILED || code == CURLE_REMOTE_FILE_NOT_FOUND)
    if (self->verdict->len > 0 && !g_str_has_prefix (self->verdict->str, "OK"))
      return fail (result, AW_FAULT_LATER, get_words (self));
  self->seen.curl = code;
  self->seen.os_error = (int) os_error;
  self->seen.verify = verify;
  memset (result, 0, sizeof *result);
  aw_mail_classify (&self->seen, result);
  return FALSE;
}

/* @bytes: to file them at @url; else @command is given. */
static gboolean
perform (AwImap *self,
         const char *url,
         const char *command,
         GBytes *bytes,
         AwMailResult *result)
{
  CURLcode code;

  if (!is_allowed (self, result))
    return FALSE;
  for (;;)
    {
      aw_imap_reader_clear (self->reader);
      g_string_truncate (self->verdict, 0);
      memset (&self->seen, 0, sizeof self->seen);
      self->since = g_get_monotonic_time ();
      self->uploaded = 0;
      self->position = 0;
      self->too_much = FALSE;
      self->leaving = FALSE;
      set_up (self, url);
      if (command != NULL)
        {
          /* libcurl takes it for a part of an URL. */
          g_auto (GStrv) pieces = g_strsplit (command, "%", -1);
          g_autofree char *escaped = g_strjoinv ("%25", pieces);

          curl_easy_setopt (self->curl, CURLOPT_CUSTOMREQUEST, escaped);
          code = curl_easy_perform (self->curl);
        }
      else
        {
          self->bytes = bytes;
          curl_easy_setopt (self->curl, CURLOPT_UPLOAD, 1L);
          curl_easy_setopt (self->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t) g_bytes_get_size (bytes));
          curl_easy_setopt (self->curl, CURLOPT_READFUNCTION, on_read);
          curl_easy_setopt (self->curl, CURLOPT_READDATA, self);
          code = curl_easy_perform (self->curl);
        }
      /* A server that knows only the old command for it. */
      if (code != CURLE_LOGIN_DENIED || self->seen.auth_sent || self->is_token || !self->login_offered ||
          strcmp (self->mechanisms, USUAL_MECHANISMS) != 0)
        return conclude (self, code, result);
      self->mechanisms = OTHER_MECHANISM;
    }
}

gboolean
aw_imap_command (AwImap *self,
                 AwMailResult *result,
                 const char *format,
                 ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return perform (self, self->root, text, NULL, result);
}

gboolean
aw_imap_append (AwImap *self,
                const char *mailbox,
                GBytes *bytes,
                AwMailResult *result)
{
  g_autofree char *escaped = g_uri_escape_string (mailbox, NULL, FALSE);
  g_autofree char *url = self->root != NULL ? g_strconcat (self->root, escaped, NULL) : NULL;

  return perform (self, url, NULL, bytes, result);
}

GPtrArray *
aw_imap_get_responses (AwImap *self)
{
  return aw_imap_reader_get_responses (self->reader);
}
