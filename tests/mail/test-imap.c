/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an IMAP server sends, and what strangers write into headers: taken apart
 * right, and never for more than it is. */
#include <string.h>

#include "mail/aw-imap.h"
#include "mail/aw-mail-headers.h"

static void
test_list (void)
{
  const struct
  {
    const char *line, *use, *name;
  } cases[] = {
    { "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"\r\n", "\\Sent", "Sent Items" },
    { "* LIST (\\sent) NIL Gesendet\r\n", "\\Sent", "Gesendet" },
    { "* LIST (\\Sent) \".\" {7}\r\nA \"b\" c\r\n", "\\Sent", "A \"b\" c" },
    { "* LIST () \"/\" INBOX\r\n", "\\Sent", NULL },
    { "* LIST () \"/\" INBOX\r\n", "", "INBOX" },
    { "* LIST (\\Noselect \\Sent) \"/\" x\r\n", "\\Sent", NULL },
    { "* LIST (\\Sent) \"/\" {3}\r\na\r\n\r\n", "\\Sent", NULL },
    { "* LIST (\\Sent", "\\Sent", NULL },
    { "* LIST (\\Sent) \"/\" \"open", "\\Sent", NULL },
    { "* LIST (\\Sent) \"/\" {99}\r\nshort\r\n", "\\Sent", NULL },
    { "* OK\r\n", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = aw_imap_parse_list (cases[i].line, strlen (cases[i].line), cases[i].use);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static const char fetched[] = "* 3 FETCH (UID 17 INTERNALDATE \" 3-Mar-2026 11:00:00 +0100\" FLAGS (\\Seen ($x)) "
                              "BODY[HEADER.FIELDS (FROM TO)] {58}\r\n"
                              "From: a@b.example\r\nA003 OK not the end\r\n* SEARCH 1 2 3\r\n\r\n"
                              " BODY[2]<0> \"short \\\"one\\\"\" BODY[3] NIL)\r\n";

static void
assert_fetched (const GString *response)
{
  AwImapMail *mail = aw_imap_parse_fetch (response->str, response->len, 3);

  g_assert_nonnull (mail);
  g_assert_cmpint (mail->uid, ==, 17);
  g_assert_cmpint (mail->at, ==, 1772532000);
  g_assert_cmpuint (((GString *) g_ptr_array_index (mail->parts, 0))->len, ==, 58);
  g_assert_true (g_str_has_suffix (((GString *) g_ptr_array_index (mail->parts, 0))->str, "1 2 3\r\n\r\n"));
  g_assert_cmpstr (((GString *) g_ptr_array_index (mail->parts, 1))->str, ==, "short \"one\"");
  g_assert_null (g_ptr_array_index (mail->parts, 2));
  aw_imap_mail_free (mail);
  g_assert_null (aw_imap_parse_fetch (response->str, response->len, 2));
}

/* However the bytes come: what is in a literal is no answer of the server. */
static void
test_reader (void)
{
  for (gsize step = 1; step < sizeof fetched; step += 7)
    {
      g_autoptr (AwImapReader) reader = aw_imap_reader_new ();
      GPtrArray *responses = aw_imap_reader_get_responses (reader);

      for (gsize i = 0; i < sizeof fetched - 1; i += step)
        {
          g_assert_true (aw_imap_reader_feed (reader, fetched + i, MIN (step, sizeof fetched - 1 - i)));
          g_assert_true (i + step >= sizeof fetched - 1 || aw_imap_reader_is_inside (reader));
        }
      g_assert_false (aw_imap_reader_is_inside (reader));
      g_assert_cmpuint (responses->len, ==, 1);
      assert_fetched (g_ptr_array_index (responses, 0));
      g_assert_true (aw_imap_reader_feed (reader, "A004 OK done\r\n", 14));
      g_assert_cmpuint (responses->len, ==, 2);
      aw_imap_reader_clear (reader);
      g_assert_cmpuint (responses->len, ==, 0);
    }
}

static void
test_bounds (void)
{
  g_autoptr (AwImapReader) reader = aw_imap_reader_new ();
  g_autofree char *line = g_strnfill (1024 * 1024 + 10, 'x');
  gboolean ok = TRUE;

  g_assert_false (aw_imap_reader_feed (reader, "* 1 FETCH {99999999999}\r\n", 25));
  aw_imap_reader_clear (reader);
  g_assert_false (aw_imap_reader_feed (reader, line, strlen (line)));
  aw_imap_reader_clear (reader);
  for (guint i = 0; i < 100000 && ok; i++)
    ok = aw_imap_reader_feed (reader, "* FLOOD\r\n", 9);
  g_assert_false (ok);
}

static void
test_quote (void)
{
  g_autofree char *good = aw_imap_quote ("<a+b@c.example>");
  const char *const bad[] = { "", "a\"b", "a\\b", "a\r\nA9 LOGOUT", "\xc3\xbc", "a\x7f" };

  g_assert_cmpstr (good, ==, "\"<a+b@c.example>\"");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (aw_imap_quote (bad[i]));
}

static AwMailHeaders *
parse (const char *text)
{
  return aw_mail_headers_parse (text, strlen (text));
}

static void
test_nature (void)
{
  const struct
  {
    const char *line;
    AwMailNature nature;
  } cases[] = {
    { "Subject: Re: Thank you", AW_MAIL_PERSONAL },
    { "Auto-Submitted: no", AW_MAIL_PERSONAL },
    { "Auto-Submitted: auto-replied", AW_MAIL_AUTOMATIC },
    { "AUTO-SUBMITTED: Auto-Generated (rejected)", AW_MAIL_AUTOMATIC },
    { "Auto-Submitted: none-of-yours", AW_MAIL_AUTOMATIC },
    { "Precedence: bulk", AW_MAIL_AUTOMATIC },
    { "Precedence: first-class", AW_MAIL_PERSONAL },
    { "X-Autoreply: yes", AW_MAIL_AUTOMATIC },
    { "List-Id: <x.example>", AW_MAIL_AUTOMATIC },
    { "Return-Path: <>", AW_MAIL_AUTOMATIC },
    { "Return-Path: <a@b.example>", AW_MAIL_PERSONAL },
    { "Subject: Automatic reply: Thank you", AW_MAIL_AUTOMATIC },
    { "Subject: Out of office", AW_MAIL_AUTOMATIC },
    { "Subject: =?utf-8?q?Abwesenheitsnotiz?=", AW_MAIL_AUTOMATIC },
    { "Content-Type: text/plain; charset=utf-8", AW_MAIL_PERSONAL },
    { "Content-Type: multipart/report; report-type=delivery-status; boundary=x", AW_MAIL_REPORT },
    { "Content-Type: multipart/report; boundary=x\r\nAuto-Submitted: auto-replied", AW_MAIL_REPORT },
    { "Content-Type: multipart/report; report-type=disposition-notification; boundary=x", AW_MAIL_AUTOMATIC },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("From: a@b.example\r\n", cases[i].line, "\r\n\r\n", NULL);
      g_autoptr (AwMailHeaders) headers = parse (text);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpint (headers->nature, ==, cases[i].nature);
    }
}

static void
test_headers (void)
{
  g_autoptr (AwMailHeaders) headers =
    parse ("From: =?utf-8?q?Aiko_=E7=94=B0=E4=B8=AD?= <Aiko@Harbor.Example>, other@x.example\r\n"
           "Subject: =?utf-8?q?a=0D=0ABcc=3A_evil=E2=80=AEx?=\r\n"
           "Message-ID: <m@harbor.example>\r\nIn-Reply-To: <one@x> (of yesterday)\r\nReferences: <two@x>\r\n <three@x> <bro ken@x> <four\r\n\r\n");
  g_autoptr (AwMailHeaders) nothing = parse ("");

  g_assert_cmpstr (headers->name, ==, "Aiko \xe7\x94\xb0\xe4\xb8\xad");
  g_assert_cmpstr (headers->address, ==, "aiko@harbor.example");
  g_assert_null (strpbrk (headers->subject, "\r\n"));
  g_assert_null (strstr (headers->subject, "\xe2\x80\xae"));
  g_assert_cmpstr (headers->id, ==, "m@harbor.example");
  g_assert_true (g_strv_equal ((const char *const *) headers->answers, (const char *const[]){ "one@x", "two@x", "three@x", NULL }));
  g_assert_null (nothing->address);
}

static void
test_bounce (void)
{
  const char *status = "Reporting-MTA: dns; mail.test\r\n\r\nFinal-Recipient: rfc822; gone@x.example\r\nAction: Failed\r\n"
                       "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 No such\r\n user here\r\n";
  const char *late = "Reporting-MTA: dns; mail.test\r\n\r\nAction: delayed\r\nStatus: 4.0.0\r\n";
  const char *returned = "Received: from x\r\nMessage-ID: <ours@y.example>\r\nSubject: Thank you\r\n\r\nMessage-ID: <not@this>\r\n";
  g_autoptr (AwBounce) bounce = aw_bounce_parse (status, strlen (status), returned, strlen (returned));
  g_autoptr (AwBounce) delayed = aw_bounce_parse (late, strlen (late), returned, strlen (returned));
  g_autoptr (AwBounce) nothing = aw_bounce_parse ("", 0, "", 0);

  g_assert_true (bounce->failed);
  g_assert_cmpstr (bounce->text, ==, "550 5.1.1 No such user here");
  g_assert_cmpstr (bounce->message_id, ==, "ours@y.example");
  g_assert_false (delayed->failed);
  g_assert_false (nothing->failed);
  g_assert_null (nothing->message_id);
}

/* Nothing that anybody sends brings it down; what comes out is clean. */
static void
test_fuzz (void)
{
  static const char *const bits[] = { "* 1 FETCH (", "UID 1 ", "BODY[1] ", "{5}\r\n", "{0}\r\n", "\"", "\\", ")", "(", " ", "\r\n", "<", ">", "From: ", "Subject: ",
                                      "References: ", "Content-Type: ", "multipart/report", ";", "=?utf-8?b?", "?=", "\xff", "\xe2\x80\xae", ": ", "@", "INTERNALDATE ",
                                      "\"99-Feb-9999 99:99:99 +9999\" ", "* LIST (", "Message-ID: ", "{4294967297}\r\n", "NIL", "]", "[" };
  g_autofree char *seed = g_strdup (g_getenv ("AW_SEED"));
  GRand *rand = g_rand_new_with_seed (seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 11);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (AwImapReader) reader = aw_imap_reader_new ();
      g_autoptr (AwMailHeaders) headers = NULL;
      g_autoptr (AwBounce) bounce = NULL;
      g_autofree char *mailbox = NULL;
      AwImapMail *mail;

      for (int n = g_rand_int_range (rand, 1, 24); n > 0; n--)
        {
          if (g_rand_int_range (rand, 0, 20) == 0)
            g_string_append_c (text, (char) g_rand_int_range (rand, 0, 256));
          else
            g_string_append (text, bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))]);
        }
      aw_imap_reader_feed (reader, text->str, text->len);
      mailbox = aw_imap_parse_list (text->str, text->len, "");
      g_assert_true (mailbox == NULL || strpbrk (mailbox, "\r\n") == NULL);
      mail = aw_imap_parse_fetch (text->str, text->len, 1);
      if (mail != NULL)
        aw_imap_mail_free (mail);
      headers = aw_mail_headers_parse (text->str, text->len);
      g_assert_true (headers->subject == NULL || (g_utf8_validate (headers->subject, -1, NULL) && strpbrk (headers->subject, "\r\n") == NULL));
      g_assert_true (headers->address == NULL || (g_utf8_validate (headers->address, -1, NULL) && strpbrk (headers->address, "\r\n") == NULL));
      for (char **id = headers->answers; id != NULL && *id != NULL; id++)
        g_assert_true (**id != '\0' && strpbrk (*id, " \r\n<>") == NULL);
      bounce = aw_bounce_parse (text->str, text->len, text->str, text->len);
    }
  g_rand_free (rand);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/list", test_list);
  g_test_add_func ("/imap/reader", test_reader);
  g_test_add_func ("/imap/bounds", test_bounds);
  g_test_add_func ("/imap/quote", test_quote);
  g_test_add_func ("/headers/nature", test_nature);
  g_test_add_func ("/headers/members", test_headers);
  g_test_add_func ("/headers/bounce", test_bounce);
  g_test_add_func ("/headers/fuzz", test_fuzz);
  return g_test_run ();
}
