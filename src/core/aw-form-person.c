/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-form-person.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-plain-text.h"

#define MAX_TEXT 100000 /* bytes that are looked at; a list of people has a few hundred */
#define MAX_PEOPLE 200

AwFormPerson *
aw_form_person_copy (const AwFormPerson *person)
{
  AwFormPerson *copy = g_new0 (AwFormPerson, 1);

  copy->name = g_strdup (person->name);
  copy->title = g_strdup (person->title);
  copy->email = g_strdup (person->email);
  copy->phone = g_strdup (person->phone);
  copy->roles = person->roles;
  return copy;
}

void
aw_form_person_free (AwFormPerson *person)
{
  g_free (person->name);
  g_free (person->title);
  g_free (person->email);
  g_free (person->phone);
  g_free (person);
}

/* Addresses ------------------------------------------------------------------ */

static gboolean
domain_is_valid (const char *domain)
{
  gboolean dot = FALSE;
  char before = '.';

  for (const char *p = domain; *p != '\0'; p++)
    {
      guchar c = *p;

      if (c == '.' ? before == '.' || before == '-' : !(g_ascii_isalnum (c) || c >= 0x80 || (c == '-' && before != '.')))
        return FALSE;
      dot = dot || c == '.';
      before = c;
    }
  return before != '.' && before != '-' && (dot || g_ascii_strcasecmp (domain, "localhost") == 0);
}

/**
 * aw_form_email_is_valid:
 * @email: (nullable): what was typed
 *
 * Returns: whether it has the form of an address that one can write to. An
 *   address that exists can only be found out by writing.
 */
gboolean
aw_form_email_is_valid (const char *email)
{
  const char *at;

  if (email == NULL || strlen (email) > 254 || !g_utf8_validate (email, -1, NULL))
    return FALSE;
  at = strrchr (email, '@');
  if (at == NULL || at == email || at - email > 64 || email[0] == '.' || at[-1] == '.')
    return FALSE;
  for (const char *p = email; p < at; p++)
    if ((guchar) *p <= ' ' || *p == 0x7f || strchr ("\"(),:;<>@[\\]", *p) != NULL || (*p == '.' && p[1] == '.'))
      return FALSE;
  return domain_is_valid (at + 1);
}

/* Roles ---------------------------------------------------------------------- */

static const struct
{
  AwRoles role;
  const char *words; /* in order: "HR manager" is HR, "hiring manager" is none of it */
} role_words[] = {
  { AW_ROLE_HIRING_MANAGER, "hiring manager;line manager" },
  /* Translators: words of titles that mean the personnel department, with semicolons between, lower case */
  { AW_ROLE_HR, N_ ("hr;human resources;people partner;people team;people manager;people operations;personnel;talent;careers;jobs") },
  /* Translators: words of titles that mean a recruiter, with semicolons between, lower case */
  { AW_ROLE_RECRUITER, N_ ("recruiter;recruiting;recruitment;headhunter;sourcer;agency;search firm;staffing") },
  /* Translators: words of titles that mean who makes the decision, with semicolons between, lower case */
  { AW_ROLE_DECISION_MAKER, N_ ("decides;decider;decision maker;decision-maker;ceo;cto;cfo;coo;founder;co-founder;owner;president;managing director") },
  /* Translators: words of titles that mean the manager of the post, with semicolons between, lower case */
  { AW_ROLE_HIRING_MANAGER, N_ ("manager;head of;head;director;team lead;lead;vp;vice president;chief;boss") },
  /* Translators: words that mean somebody who asked the questions, with semicolons between, lower case */
  { AW_ROLE_INTERVIEWER, N_ ("interviewer;colleague;panel") },
};

static gboolean
is_letter (const char *p)
{
  return g_unichar_isalnum (g_utf8_get_char (p));
}

/* @word as whole words in @text, both folded. */
static gboolean
has_word (const char *text,
          const char *word)
{
  gsize length = strlen (word);

  for (const char *p = strstr (text, word); p != NULL && length > 0; p = strstr (p + 1, word))
    if ((p == text || !is_letter (g_utf8_prev_char (p))) && (p[length] == '\0' || !is_letter (p + length)))
      return TRUE;
  return FALSE;
}

static gboolean
has_any (const char *folded,
         const char *list,
         gboolean whole)
{
  g_auto (GStrv) words = g_strsplit (list, ";", -1);

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *w = g_utf8_casefold (g_strstrip (*word), -1);

      if (whole ? strcmp (folded, w) == 0 : has_word (folded, w))
        return TRUE;
    }
  return FALSE;
}

static AwRoles
guess (const char *words,
       gboolean whole)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);

  for (guint i = 0; i < G_N_ELEMENTS (role_words); i++)
    if (has_any (folded, role_words[i].words, whole) || has_any (folded, _(role_words[i].words), whole))
      return role_words[i].role;
  return 0;
}

/**
 * aw_form_roles_guess:
 * @words: (nullable): a title: "Head of Data"
 *
 * Returns: one role, or 0 if nothing speaks for one
 */
AwRoles
aw_form_roles_guess (const char *words)
{
  return words != NULL ? guess (words, FALSE) : 0;
}

/* People --------------------------------------------------------------------- */

static char *
take (const char *start,
      const char *end)
{
  char *text = g_strstrip (g_strndup (start, end - start));
  gsize length = strlen (text);

  if (length >= 2 && (text[0] == '"' || text[0] == '\'') && text[length - 1] == text[0])
    {
      text[length - 1] = '\0';
      memmove (text, text + 1, length - 1);
      g_strstrip (text);
    }
  return text;
}

static void
add_words (GString *words,
           const char *start,
           const char *end)
{
  g_autofree char *text = take (start, end);

  if (*text == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, ", ");
  g_string_append (words, text);
}

/* "aiko.tanaka@…" is Aiko Tanaka; "jobs@…" is nobody's name. */
static char *
name_from_email (const char *email)
{
  g_autofree char *local = g_strndup (email, strcspn (email, "@+"));
  g_auto (GStrv) parts = g_strsplit_set (local, "._", -1);
  guint n = g_strv_length (parts);

  if (n < 2 || n > 3)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folded = NULL;
      char first[8] = { 0 };

      for (const char *p = parts[i]; *p != '\0'; p = g_utf8_next_char (p))
        if (!g_unichar_isalpha (g_utf8_get_char (p)) && *p != '-')
          return NULL;
      if (*parts[i] == '\0')
        return NULL;
      g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (parts[i])), first);
      folded = g_steal_pointer (&parts[i]);
      parts[i] = g_strconcat (first, g_utf8_next_char (folded), NULL);
    }
  return g_strjoinv (" ", parts);
}

typedef struct
{
  GString *name;
  GString *words; /* what stands beside the name */
  char *email;
} Draft;

static void
finish (Draft *draft,
        GPtrArray *people)
{
  AwFormPerson *person;

  if (draft->name->len == 0 && draft->email == NULL && draft->words->len > 0)
    {
      g_string_assign (draft->name, draft->words->str);
      g_string_truncate (draft->words, 0);
    }
  if ((draft->name->len > 0 || draft->email != NULL) && people->len < MAX_PEOPLE)
    {
      person = g_new0 (AwFormPerson, 1);
      person->roles = aw_form_roles_guess (draft->words->str);
      if (draft->words->len > 0 && !guess (draft->words->str, TRUE))
        person->title = g_strdup (draft->words->str);
      person->email = g_steal_pointer (&draft->email);
      if (draft->name->len > 0)
        person->name = g_strdup (draft->name->str);
      else
        person->name = name_from_email (person->email);
      if (person->name == NULL && person->roles == 0)
        {
          g_autofree char *local = g_strndup (person->email, strcspn (person->email, "@"));

          person->roles = aw_form_roles_guess (local);
        }
      g_ptr_array_add (people, person);
    }
  g_string_truncate (draft->name, 0);
  g_string_truncate (draft->words, 0);
  g_clear_pointer (&draft->email, g_free);
}

/* One part between commas: a name, an address, a title, or several of them. */
static void
read_part (Draft *draft,
           const char *part,
           GPtrArray *people)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) beside = g_string_new (NULL);
  g_autofree char *email = NULL;
  g_autofree char *rest = NULL;

  for (const char *p = part; *p != '\0';)
    {
      const char *close = *p == '<' ? strchr (p, '>') : *p == '(' ? strchr (p, ')') : NULL;

      if (close != NULL && *p == '<' && email == NULL)
        {
          email = take (p + 1, close);
          /* What follows the address is not the name. */
          add_words (beside, close + 1, close + strlen (close));
          break;
        }
      if (close != NULL && *p == '(')
        {
          add_words (beside, p + 1, close);
          p = close + 1;
          continue;
        }
      g_string_append_c (plain, *p++);
    }
  if (email == NULL)
    {
      g_auto (GStrv) words = g_strsplit_set (plain->str, " \t", -1);
      g_autoptr (GStrvBuilder) others = g_strv_builder_new ();
      g_auto (GStrv) left = NULL;

      for (char **word = words; *word != NULL; word++)
        if (email == NULL && strchr (*word, '@') != NULL && strlen (*word) > 1)
          email = g_strdup (*word);
        else if (**word != '\0')
          g_strv_builder_add (others, *word);
      left = g_strv_builder_end (others);
      if (email != NULL)
        {
          g_autofree char *joined = g_strjoinv (" ", left);

          g_string_assign (plain, joined);
        }
    }
  if (email != NULL && g_ascii_strncasecmp (email, "mailto:", 7) == 0)
    memmove (email, email + 7, strlen (email) - 6);
  if (email != NULL && draft->email != NULL)
    finish (draft, people);
  rest = take (plain->str, plain->str + plain->len);
  if (draft->name->len == 0 && draft->email == NULL)
    g_string_assign (draft->name, rest);
  else if (*rest != '\0')
    add_words (draft->words, rest, rest + strlen (rest));
  if (email != NULL && *email != '\0')
    draft->email = g_steal_pointer (&email);
  if (beside->len > 0)
    add_words (draft->words, beside->str, beside->str + beside->len);
}

/* "- Aiko", "* Aiko", "2. Aiko": what lists begin with. */
static const char *
skip_bullet (const char *line)
{
  const char *p = line;

  while (*p == ' ' || *p == '\t')
    p++;
  if (g_str_has_prefix (p, "\342\200\242")) /* a bullet */
    return p + 3;
  if ((*p == '-' || *p == '*') && p[1] == ' ')
    return p + 2;
  if (g_ascii_isdigit (*p))
    {
      const char *q = p;

      while (g_ascii_isdigit (*q))
        q++;
      if ((*q == '.' || *q == ')') && q[1] == ' ')
        return q + 2;
    }
  return p;
}

/* Commas and semicolons divide, but not in quotes or brackets; a semicolon
 * ends a person, as in the To: line of a mail program. */
static void
read_line (const char *line,
           GPtrArray *people)
{
  Draft draft = { g_string_new (NULL), g_string_new (NULL), NULL };
  g_autoptr (GString) part = g_string_new (NULL);
  char quote = '\0';

  for (const char *p = skip_bullet (line);; p++)
    {
      if (*p == '"' && strchr (p + 1, '"') != NULL)
        quote = '"';
      else if (*p == '"')
        quote = '\0';
      if (*p == '\0' || (quote == '\0' && (*p == ',' || *p == ';')))
        {
          g_strstrip (part->str);
          part->len = strlen (part->str);
          if (part->len > 0)
            read_part (&draft, part->str, people);
          g_string_truncate (part, 0);
          if (*p == ';')
            finish (&draft, people);
          if (*p == '\0')
            break;
        }
      else
        g_string_append_c (part, *p);
    }
  finish (&draft, people);
  g_string_free (draft.name, TRUE);
  g_string_free (draft.words, TRUE);
}

/* vCards ---------------------------------------------------------------------- */

static char *
vcard_value (const char *value)
{
  GString *text = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    if (*p == '\\' && p[1] != '\0')
      {
        p++;
        g_string_append_c (text, *p == 'n' || *p == 'N' ? ' ' : *p);
      }
    else
      g_string_append_c (text, *p);
  return g_strstrip (g_string_free (text, FALSE));
}

static gboolean
set_once (char **member,
          const char *value)
{
  if (*member == NULL && *value != '\0')
    *member = vcard_value (value);
  return TRUE;
}

static void
read_vcards (const char *text,
             GPtrArray *people)
{
  g_autoptr (GRegex) fold = g_regex_new ("\n[ \t]", 0, 0, NULL);
  g_autofree char *unfolded = g_regex_replace_literal (fold, text, -1, 0, "", 0, NULL);
  g_auto (GStrv) lines = g_strsplit (unfolded != NULL ? unfolded : text, "\n", -1);
  g_autoptr (AwFormPerson) person = NULL;

  for (char **line = lines; *line != NULL; line++)
    {
      char *colon = strchr (*line, ':');
      char *name = *line;

      if (colon == NULL)
        continue;
      *colon = '\0';
      name[strcspn (name, ";")] = '\0';
      if (strchr (name, '.') != NULL)
        name = strchr (name, '.') + 1; /* item1.EMAIL */
      if (g_ascii_strcasecmp (name, "BEGIN") == 0)
        {
          g_clear_pointer (&person, aw_form_person_free);
          person = g_new0 (AwFormPerson, 1);
        }
      else if (person == NULL)
        continue;
      else if (g_ascii_strcasecmp (name, "FN") == 0)
        set_once (&person->name, colon + 1);
      else if (g_ascii_strcasecmp (name, "EMAIL") == 0)
        set_once (&person->email, colon + 1);
      else if (g_ascii_strcasecmp (name, "TITLE") == 0)
        set_once (&person->title, colon + 1);
      else if (g_ascii_strcasecmp (name, "TEL") == 0)
        set_once (&person->phone, g_str_has_prefix (colon + 1, "tel:") ? colon + 5 : colon + 1);
      else if (g_ascii_strcasecmp (name, "END") == 0)
        {
          person->roles = aw_form_roles_guess (person->title);
          if ((person->name != NULL || person->email != NULL) && people->len < MAX_PEOPLE)
            g_ptr_array_add (people, g_steal_pointer (&person));
          g_clear_pointer (&person, aw_form_person_free);
        }
    }
}

/**
 * aw_form_people_parse:
 * @text: a name, an address, lines of both, or a vCard
 *
 * Reads what people have at hand: "Aiko Tanaka <aiko@…>, HR", one a line or
 * several with semicolons between, as mail programs copy them; and vCards.
 * Nothing is refused; what is not understood is a name.
 *
 * Returns: (transfer full) (element-type AwFormPerson): who was found
 */
GPtrArray *
aw_form_people_parse (const char *text)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_form_person_free);
  g_autofree char *clean = aw_plain_text_clean (text, strnlen (text, MAX_TEXT), FALSE);
  g_auto (GStrv) lines = NULL;

  if (g_ascii_strncasecmp (clean, "BEGIN:VCARD", 11) == 0)
    {
      read_vcards (clean, people);
      return people;
    }
  lines = g_strsplit (clean, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    read_line (*line, people);
  return people;
}

static gboolean
same (const char *a,
      const char *b)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (a == NULL || b == NULL || *a == '\0' || *b == '\0')
    return FALSE;
  x = g_utf8_casefold (a, -1);
  y = g_utf8_casefold (b, -1);
  return strcmp (x, y) == 0;
}

/**
 * aw_form_person_is:
 * @person: as typed
 * @name: (nullable): somebody's name
 * @email: (nullable): somebody's address
 *
 * Two people may have one name, so the address decides where both have one.
 *
 * Returns: whether it is the same person, as far as one can tell
 */
gboolean
aw_form_person_is (const AwFormPerson *person,
                   const char *name,
                   const char *email)
{
  if (person->email != NULL && email != NULL && *email != '\0')
    return same (person->email, email);
  return same (person->name, name);
}
