/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-letter-date.h"

#include <locale.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>

#define MAX_CHARS 160

/* The locale to write dates in: the user's if it speaks the letter's language
 * (a New Yorker writes "March 5"), else the language's own. */
static char *
letter_locale (const char *language)
{
  const char *locale = setlocale (LC_TIME, NULL);
  g_autofree char *plain = NULL;
  gsize length;

  if (language == NULL || *language == '\0')
    language = "en";
  length = strcspn (language, "_-");
  if (locale != NULL && strncmp (locale, language, length) == 0 && locale[length] == '_')
    {
      plain = g_strdup (locale);
      plain[strcspn (plain, ".@")] = '\0';
      return g_steal_pointer (&plain);
    }
  if (length == strlen (language) && strcmp (language, "en") == 0)
    return g_strdup ("en_GB");
  return g_strdup (language);
}

static UChar *
to_utf16 (const char *text)
{
  return (UChar *) g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
}

/* @sec as the pattern that the locale has for @skeleton; @zone NULL: UTC. */
static char *
format (gint64 sec,
        const char *zone,
        const char *skeleton,
        const char *language)
{
  g_autofree char *locale = letter_locale (language);
  g_autofree UChar *zone16 = to_utf16 (zone != NULL ? zone : "Etc/UTC");
  g_autofree UChar *skeleton16 = to_utf16 (skeleton);
  UErrorCode status = U_ZERO_ERROR;
  UDateTimePatternGenerator *generator = udatpg_open (locale, &status);
  UDateFormat *formatter = NULL;
  UChar pattern[MAX_CHARS];
  UChar text[MAX_CHARS];
  char *result = NULL;
  int32_t n = 0;

  if (U_SUCCESS (status))
    n = udatpg_getBestPattern (generator, skeleton16, -1, pattern, MAX_CHARS, &status);
  if (U_SUCCESS (status))
    formatter = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, zone16, -1, pattern, n, &status);
  if (U_SUCCESS (status))
    n = udat_format (formatter, (UDate) sec * 1000.0, text, MAX_CHARS, NULL, &status);
  if (U_SUCCESS (status))
    result = g_utf16_to_utf8 ((gunichar2 *) text, n, NULL, NULL, NULL);

  udat_close (formatter);
  udatpg_close (generator);

  /* Without data for the locale the date still has to be right. */
  return result != NULL ? result : aw_time_format_utc (sec);
}

/* "Thursday, 5 March" reads better without its comma inside a sentence that
 * has commas of its own; "Thursday, March 5" needs it. */
static char *
without_comma (char *text)
{
  char *comma = strstr (text, ", ");

  if (comma != NULL && g_ascii_isdigit (comma[2]))
    memmove (comma, comma + 1, strlen (comma));
  return text;
}

/* Public functions --------------------------------------------------------- */

char *
aw_letter_date (AwDate date,
                const char *language)
{
  return format ((gint64) date * AW_DAY, NULL, "MMMMd", language);
}

char *
aw_letter_weekday (AwDate date,
                   const char *language)
{
  return format ((gint64) date * AW_DAY, NULL, "EEEE", language);
}

char *
aw_letter_weekday_date (AwDate date,
                        const char *language)
{
  return without_comma (format ((gint64) date * AW_DAY, NULL, "EEEEMMMMd", language));
}

/**
 * aw_letter_time:
 * @calendar: resolves the zone
 * @zone: (nullable): whose time; %NULL or unknown: the user's
 * @sec: an instant
 * @language: the letter's
 *
 * Returns: (transfer full): the time of day
 */
char *
aw_letter_time (AwCalendar *calendar,
                const char *zone,
                gint64 sec,
                const char *language)
{
  gint64 minutes = aw_calendar_minute_of (calendar, zone, sec);
  char *text = format (minutes * 60, NULL, "jm", language);
  char *space;

  /* Newer locale data puts a narrow no-break space before "AM", which plain
   * mail programs show as a box. */
  while ((space = strstr (text, "\342\200\257")) != NULL)
    {
      *space = ' ';
      memmove (space + 1, space + 3, strlen (space + 3) + 1);
    }
  return text;
}

/**
 * aw_letter_zone:
 * @zone: an IANA name
 * @sec: an instant, unused by names that hold all year
 * @language: the letter's
 *
 * Returns: (transfer full): the city people name the zone by, "New York"
 */
char *
aw_letter_zone (const char *zone,
                gint64 sec,
                const char *language)
{
  g_autofree char *locale = letter_locale (language);
  g_autofree UChar *zone16 = to_utf16 (zone);
  g_autofree UChar *pattern = to_utf16 ("VVV");
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *formatter = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, zone16, -1, pattern, 3, &status);
  UChar text[MAX_CHARS];
  char *city = NULL;
  int32_t n = 0;

  if (U_SUCCESS (status))
    n = udat_format (formatter, (UDate) sec * 1000.0, text, MAX_CHARS, NULL, &status);
  if (U_SUCCESS (status))
    city = g_utf16_to_utf8 ((gunichar2 *) text, n, NULL, NULL, NULL);
  udat_close (formatter);

  /* "Unknown City": UTC and its kind, which are names of their own. */
  if (city == NULL || strchr (zone, '/') == NULL || g_str_has_prefix (zone, "Etc/"))
    {
      const char *slash = strrchr (zone, '/');

      g_free (city);
      return g_strdup (slash != NULL ? slash + 1 : zone);
    }
  return city;
}
