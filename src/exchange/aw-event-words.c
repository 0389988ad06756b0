/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/aw-event-words.h"

#include <string.h>

/* Invitations come in any language, whatever the user's is. */
#define INTERVIEW "interview|interviews|vorstellungsgespräch|bewerbungsgespräch|kennenlerngespräch|entretien|entrevista|" \
                  "colloquio|sollicitatiegesprek|intervju|jobsamtale|rozmowa kwalifikacyjna|pohovor|haastattelu|面接|собеседование"
#define ROUNDS "phone screen|phone screening|screening|recruiter call|recruiter screen|hiring manager call|onsite|on-site|" \
               "first round|second round|third round|final round|1st round|2nd round|3rd round|erste runde|zweite runde"
#define FILLERS "job|video|phone|telephone|virtual|remote|technical|final|panel|first|second|third|1st|2nd|3rd|initial|round|call|" \
                "screen|screening|invitation|invite|meeting|confirmed|your|the|for|position|role|einladung|zum|das|bei der"

static gboolean
has_word (const char *text,
          const char *words)
{
  g_autofree char *pattern = g_strdup_printf ("(?<!\\pL)(%s)(?!\\pL)", words);

  return text != NULL && g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static char *
replace (const char *text,
         const char *pattern,
         const char *by)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  char *result = g_regex_replace_literal (regex, text, -1, 0, by, 0, NULL);

  return result != NULL ? result : g_strdup (text);
}

/* A separator at an end is left from what was taken away. */
static char *
trim (const char *text)
{
  return replace (text, "^[\\s:;,/|()\\[\\]–—-]+|[\\s:;,/|(\\[–—-]+$", "");
}

/**
 * aw_event_looks_like_interview:
 * @summary: (nullable): an event's title
 * @description: (nullable): its text
 *
 * Returns: whether it is likely a job interview
 */
gboolean
aw_event_looks_like_interview (const char *summary,
                               const char *description)
{
  return has_word (summary, INTERVIEW "|" ROUNDS) || has_word (description, INTERVIEW);
}

AwStage
aw_event_guess_stage (const char *summary)
{
  if (has_word (summary, "phone screen|phone screening|screening|recruiter call|recruiter screen|telefoninterview"))
    return AW_STAGE_PHONE_SCREEN;
  if (has_word (summary, "panel"))
    return AW_STAGE_PANEL;
  if (has_word (summary, "technical|technisches"))
    return AW_STAGE_TECHNICAL;
  if (has_word (summary, "final|last round"))
    return AW_STAGE_FINAL;
  if (has_word (summary, "second|2nd|zweites|zweite|deuxième|segunda"))
    return AW_STAGE_SECOND;
  if (has_word (summary, "first|1st|initial|erstes|erste|premier"))
    return AW_STAGE_FIRST;
  return AW_STAGE_UNSET;
}

AwFormat
aw_event_guess_format (const char *summary,
                       const char *location,
                       const char *description)
{
  static const char video[] = "zoom\\.us|teams\\.microsoft|meet\\.google|webex|whereby|jitsi|video|virtual|skype|teams|zoom";

  if (has_word (location, video) || has_word (summary, "video|virtual|zoom|teams"))
    return AW_FORMAT_VIDEO;
  if (has_word (summary, "phone|telephone|telefon|call") || has_word (location, "phone|telefon|call"))
    return AW_FORMAT_PHONE;
  if (location != NULL && *location != '\0' && strstr (location, "://") == NULL)
    return AW_FORMAT_ON_SITE;
  return has_word (description, "zoom\\.us|teams\\.microsoft|meet\\.google|webex|whereby") ? AW_FORMAT_VIDEO : AW_FORMAT_UNSET;
}

/**
 * aw_event_guess_company:
 * @summary: an event's title
 *
 * Returns: (transfer full) (nullable): the company it names: what follows "at"
 *   or "with", else what is left without the words of interviews
 */
char *
aw_event_guess_company (const char *summary)
{
  g_autoptr (GRegex) at = g_regex_new ("(?:(?<!\\pL)(?:at|with|bei|chez|presso|mit)\\s+|@\\s*)(\\S[^:|–—()\\[\\]]*?)"
                                       "(?:\\s*(?:$|[:|–—()\\[\\]]|\\s-\\s|,|(?<!\\pL)(?:for|interview|zoom|teams)(?!\\pL)))",
                                       G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *fewer = NULL;
  g_autofree char *company = NULL;

  if (g_regex_match (at, summary, 0, &match))
    {
      g_autofree char *found = g_match_info_fetch (match, 1);

      company = trim (found);
      if (*company != '\0')
        return g_steal_pointer (&company);
      g_clear_pointer (&company, g_free);
    }

  plain = replace (summary, "(?<!\\pL)(" INTERVIEW "|" ROUNDS ")(?!\\pL)", " ");
  fewer = replace (plain, "(?<!\\pL)(" FILLERS ")(?!\\pL)", " ");
  g_free (plain);
  plain = replace (fewer, "\\s+", " ");
  company = trim (plain);
  /* "Northwind: Data engineer": the company comes first as a rule. */
  g_strdelimit (company, "|:", '\0');
  g_strstrip (company);
  return *company != '\0' ? g_steal_pointer (&company) : NULL;
}

gboolean
aw_address_is_private (const char *email)
{
  return g_regex_match_simple ("@(?:[^@]*\\.)?(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|"
                               "t-online|freenet|proton|protonmail|pm|fastmail|mail|posteo|mailbox|orange|free|laposte|libero|"
                               "zoho|yandex|qq|163|comcast|verizon|att|btinternet)\\.[a-z.]+$",
                               email, G_REGEX_CASELESS, 0);
}

/**
 * aw_address_guess_company:
 * @email: an address
 *
 * Returns: (transfer full) (nullable): "Northwind" of ada@hr.northwind.example
 */
char *
aw_address_guess_company (const char *email)
{
  const char *at = strrchr (email, '@');
  g_auto (GStrv) labels = NULL;
  guint n, i;

  if (at == NULL || aw_address_is_private (email))
    return NULL;
  labels = g_strsplit (at + 1, ".", -1);
  n = g_strv_length (labels);
  if (n < 2)
    return NULL;

  /* "co.uk", "com.au": a short label before the last one belongs to it. */
  i = n - 2;
  if (i > 0 && strlen (labels[i]) <= 3 && strlen (labels[n - 1]) == 2)
    i--;
  if (*labels[i] == '\0' || !g_utf8_validate (labels[i], -1, NULL))
    return NULL;
  {
    g_autofree char *first = g_utf8_substring (labels[i], 0, 1);
    g_autofree char *upper = g_utf8_strup (first, -1);

    return g_strconcat (upper, g_utf8_next_char (labels[i]), NULL);
  }
}
