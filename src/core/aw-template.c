/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/aw-template.h"

#include <string.h>

#include "core/aw-template-private.h"
#include "core/aw-template-resource.h"

struct _AwTemplates
{
  char *language;
  GKeyFile *file;
  GPtrArray *builtin; /* AwTemplate, as shipped, in the file's order */
  GPtrArray *shown;   /* AwTemplate, the user's in their places, then the added ones */
  guint n_hidden;
};

/* Groups of the file that are no templates. */
static const char *const other_groups[] = { "Letter", "Prompts", "Questions", "Calls", NULL };

static const char *const placeholders[] = {
  "first_name", "full_name", "company", "role", "topic", "topic_2", "can_do", "day_met", "date_promised", "my_deadline",
  "interviewer", "article_title", "article_url", "article_why", "times", "step", "question", "link",
  "signature", "never_thanked", NULL,
};

/* Reading ------------------------------------------------------------------ */

/* "de_AT" has the templates of "de", and a language without any those of English. */
static GKeyFile *
load_language (const char *language,
               char **found)
{
  g_autofree char *plain = g_strdup (language != NULL ? language : "en");
  GKeyFile *file;

  plain[strcspn (plain, "_-.@")] = '\0';
  file = aw_template_load_file (plain);
  if (file == NULL)
    {
      g_free (plain);
      plain = g_strdup ("en");
      file = aw_template_load_file (plain);
    }
  *found = g_steal_pointer (&plain);
  return file;
}

static AwTemplate *
read_template (GKeyFile *file,
               const char *group,
               const char *language)
{
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_TEMPLATE, NULL);
  AwTemplate *template_ = (AwTemplate *) record;
  g_autofree char *kind = g_key_file_get_string (file, group, "Kind", NULL);
  g_autofree char *greeting = g_key_file_get_string (file, "Letter", "Greeting", NULL);
  g_autofree char *closing = g_key_file_get_string (file, "Letter", "Closing", NULL);
  g_autoptr (GString) body = g_string_new (greeting);
  int value;

  if (!aw_word_parse (&aw_touch_kinds, kind, &value))
    {
      g_warning ("Template %s has no kind that is known", group);
      return NULL;
    }

  g_free (record->id);
  record->id = g_strdup (group);
  template_->kind = value;
  template_->language = g_strdup (language);
  template_->audience = g_key_file_get_string (file, group, "Audience", NULL);
  template_->name = g_key_file_get_string (file, group, "Name", NULL);
  template_->subject = g_key_file_get_string (file, group, "Subject", NULL);

  for (guint i = 1;; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      g_autofree char *paragraph = g_key_file_get_string (file, group, key, NULL);

      if (paragraph == NULL)
        break;
      g_string_append_printf (body, "\n\n%s", paragraph);
    }
  g_string_append_printf (body, "\n\n%s\n{signature}", closing);
  template_->body = g_strdup (body->str);

  return (AwTemplate *) g_steal_pointer (&record);
}

static AwTemplate *
find_in (GPtrArray *list,
         const char *id)
{
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (AW_ID (g_ptr_array_index (list, i)), id) == 0)
      return g_ptr_array_index (list, i);
  return NULL;
}

/* Filling ------------------------------------------------------------------ */

/* Whether what follows @out begins a sentence. */
static gboolean
at_sentence_start (const GString *out)
{
  gsize n = out->len;

  while (n > 0 && g_ascii_isspace (out->str[n - 1]))
    n--;
  return n == 0 || strchr (".!?", out->str[n - 1]) != NULL ||
         (n < out->len && out->str[out->len - 1] == '\n');
}

static void
append_value (GString *out,
              const char *value)
{
  gunichar first = g_utf8_get_char (value);

  if (*value != '\0' && at_sentence_start (out) && g_unichar_islower (first))
    {
      g_string_append_unichar (out, g_unichar_totitle (first));
      value = g_utf8_next_char (value);
    }
  g_string_append (out, value);
}

/* Whether text[i…] is "{name}"; @name gets it, @after what follows. */
static gboolean
read_placeholder (const char *text,
                  char **name,
                  const char **after)
{
  const char *end;

  if (*text != '{')
    return FALSE;
  for (end = text + 1; g_ascii_islower (*end) || g_ascii_isdigit (*end) || *end == '_'; end++)
    ;
  if (*end != '}' || end == text + 1)
    return FALSE;
  *name = g_strndup (text + 1, end - text - 1);
  *after = end + 1;
  return TRUE;
}

/* Fills @text into @out; returns whether every fact was there. Inside a prompt
 * (@nested) a missing fact is named without brackets of its own. */
static gboolean
fill_into (AwTemplates *self,
           const AwTemplateFacts *facts,
           const char *text,
           GString *out)
{
  gboolean complete = TRUE;
  int brackets = 0;

  while (*text != '\0')
    {
      g_autofree char *name = NULL;
      const char *after;

      if (g_str_has_prefix (text, "[["))
        {
          const char *end = strstr (text + 2, "]]");

          if (end != NULL)
            {
              g_autofree char *part = NULL;
              gsize before = out->len;

              /* A prompt may end right before the double bracket: "[…]]]". */
              while (end[2] == ']')
                end++;
              part = g_strndup (text + 2, end - text - 2);
              if (!fill_into (self, facts, part, out))
                g_string_truncate (out, before);
              text = end + 2;
              continue;
            }
        }

      if (read_placeholder (text, &name, &after))
        {
          g_autofree char *value = aw_template_find_fact (self, facts, name);
          const char *words;

          if (value != NULL)
            {
              gboolean prompt = brackets > 0 && *value == '[' && value[strlen (value) - 1] == ']';
              g_autofree char *bare = prompt ? g_strndup (value + 1, strlen (value) - 2) : NULL;

              append_value (out, prompt ? bare : value);
            }
          else
            {
              complete = FALSE;
              words = aw_templates_get_word (self, "Prompts", name);
              if (words == NULL)
                g_string_append_len (out, text, after - text);
              else
                g_string_append_printf (out, brackets > 0 ? "%s" : "[%s]", words);
            }
          text = after;
          continue;
        }

      if (*text == '[')
        brackets++;
      else if (*text == ']')
        brackets--;
      g_string_append_c (out, *text++);
    }
  return complete;
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_templates_new:
 * @language: (nullable): the language of the messages, "en"
 * @own: (nullable): (element-type AwTemplate): the user's records
 *
 * Returns: (transfer full): the templates in that language; English where
 *   there are none in it
 */
AwTemplates *
aw_templates_new (const char *language,
                  GPtrArray *own)
{
  AwTemplates *self = g_atomic_rc_box_new0 (AwTemplates);
  g_auto (GStrv) groups = NULL;

  self->builtin = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->file = load_language (language, &self->language);
  if (self->file == NULL)
    self->file = g_key_file_new ();

  groups = g_key_file_get_groups (self->file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      AwTemplate *template_;

      if (g_strv_contains (other_groups, *group))
        continue;
      template_ = read_template (self->file, *group, self->language);
      if (template_ != NULL)
        g_ptr_array_add (self->builtin, template_);
    }

  for (guint i = 0; i < self->builtin->len; i++)
    {
      AwTemplate *builtin = g_ptr_array_index (self->builtin, i);
      AwTemplate *changed = own != NULL ? find_in (own, AW_ID (builtin)) : NULL;

      if (changed == NULL)
        g_ptr_array_add (self->shown, g_object_ref (builtin));
      else if (changed->body != NULL)
        g_ptr_array_add (self->shown, g_object_ref (changed));
      else
        self->n_hidden++;
    }
  for (guint i = 0; own != NULL && i < own->len; i++)
    {
      AwTemplate *template_ = g_ptr_array_index (own, i);

      if (find_in (self->builtin, AW_ID (template_)) == NULL && template_->body != NULL)
        g_ptr_array_add (self->shown, g_object_ref (template_));
    }
  return self;
}

AwTemplates *
aw_templates_ref (AwTemplates *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
aw_templates_clear (AwTemplates *self)
{
  g_free (self->language);
  g_key_file_unref (self->file);
  g_ptr_array_unref (self->builtin);
  g_ptr_array_unref (self->shown);
}

void
aw_templates_unref (AwTemplates *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) aw_templates_clear);
}

const char *
aw_templates_get_language (AwTemplates *self)
{
  return self->language;
}

guint
aw_templates_get_length (AwTemplates *self)
{
  return self->shown->len;
}

AwTemplate *
aw_templates_get (AwTemplates *self,
                  guint i)
{
  return g_ptr_array_index (self->shown, i);
}

AwTemplate *
aw_templates_find (AwTemplates *self,
                   const char *id)
{
  return find_in (self->shown, id);
}

/**
 * aw_templates_find_builtin:
 * @self: templates
 * @id: a template's id
 *
 * Returns: (transfer none) (nullable): the template as it was shipped, %NULL
 *   for one the user added
 */
AwTemplate *
aw_templates_find_builtin (AwTemplates *self,
                           const char *id)
{
  return find_in (self->builtin, id);
}

guint
aw_templates_get_n_hidden (AwTemplates *self)
{
  return self->n_hidden;
}

/**
 * aw_templates_get_word:
 * @self: templates
 * @group: "Prompts", "Calls" …
 * @key: which
 *
 * Returns: (transfer none) (nullable): a phrase in the language of the templates
 */
const char *
aw_templates_get_word (AwTemplates *self,
                       const char *group,
                       const char *key)
{
  g_autofree char *text = g_key_file_get_string (self->file, group, key, NULL);

  return text != NULL ? g_intern_string (text) : NULL;
}

/**
 * aw_template_audience:
 * @dossier: what is recorded
 * @person: (nullable): id of the recipient
 * @kind: what the message is about
 * @now: when it is written
 *
 * Returns: which templates suit: "interviewer", "hr", "recruiter", "panel",
 *   "hiring-manager", "decision-maker", "unmet", "offer" or "anyone"
 */
const char *
aw_template_audience (AwDossier *dossier,
                      const char *person,
                      AwTouchKind kind,
                      gint64 now)
{
  AwPerson *record = person != NULL ? aw_dossier_find_person (dossier, person) : NULL;
  AwInterview *met = record != NULL ? aw_template_last_interview (dossier, person, now) : NULL;
  AwRoles roles = record != NULL ? aw_person_get_roles (record) : 0;

  if (kind == AW_TOUCH_ANSWER && aw_dossier_get_opportunity (dossier)->status == AW_STATUS_OFFER)
    return "offer";
  if (record == NULL)
    return "anyone";
  if (kind == AW_TOUCH_THANK_YOU && met == NULL && (roles & (AW_ROLE_DECISION_MAKER | AW_ROLE_HIRING_MANAGER)))
    return "unmet";
  if (roles & AW_ROLE_HIRING_MANAGER)
    return "hiring-manager";
  if (roles & AW_ROLE_DECISION_MAKER)
    return "decision-maker";
  if (roles & AW_ROLE_HR)
    return "hr";
  if (roles & AW_ROLE_RECRUITER)
    return "recruiter";
  if (met != NULL && met->stage == AW_STAGE_PANEL && g_strv_length (met->attendees) > 2)
    return "panel";
  return "interviewer";
}

/* Where there is no template for an audience, the next of its chain. */
static const char *
next_audience (const char *audience)
{
  static const char *const chains[][2] = {
    { "unmet", "decision-maker" },
    { "hiring-manager", "decision-maker" },
    { "decision-maker", "hiring-manager" },
    { "panel", "interviewer" },
    { "recruiter", "hr" },
    { "letter", "interviewer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (chains); i++)
    if (strcmp (chains[i][0], audience) == 0)
      return chains[i][1];
  return strcmp (audience, "anyone") == 0 ? NULL : "anyone";
}

/* How many people of the same audience come before @person in the list. */
static guint
rank_of (const AwTemplateFacts *facts,
         AwTouchKind kind,
         const char *audience)
{
  AwRecordList *people = aw_dossier_get_list (facts->dossier, AW_RECORD_PERSON);
  guint rank = 0;

  AW_RECORDS_FOREACH (AwPerson, person, people)
  {
    if (g_strcmp0 (AW_ID (person), facts->person) == 0)
      break;
    if (strcmp (aw_template_audience (facts->dossier, AW_ID (person), kind, facts->now), audience) == 0)
      rank++;
  }
  return rank;
}

/**
 * aw_templates_choose:
 * @self: templates
 * @kind: what the message is about
 * @audience: (nullable): for whom; %NULL: as aw_template_audience() says
 * @facts: the facts
 *
 * Two people of one panel get different frames: the template depends on the
 * place the person has among those it would suit.
 *
 * Returns: (transfer none) (nullable): the template to start from
 */
AwTemplate *
aw_templates_choose (AwTemplates *self,
                     AwTouchKind kind,
                     const char *audience,
                     const AwTemplateFacts *facts)
{
  const char *wanted = audience != NULL ? audience : aw_template_audience (facts->dossier, facts->person, kind, facts->now);
  const char *own = wanted;
  AwTemplate *any = NULL;

  /* Two steps lead anywhere in the chains; more would go round in a circle. */
  for (guint step = 0; wanted != NULL && step < 3; step++)
    {
      g_autoptr (GPtrArray) fitting = g_ptr_array_new ();

      for (guint i = 0; i < self->shown->len; i++)
        {
          AwTemplate *template_ = g_ptr_array_index (self->shown, i);

          if (template_->kind != kind)
            continue;
          if (any == NULL)
            any = template_;
          if (g_strcmp0 (template_->audience, wanted) == 0)
            g_ptr_array_add (fitting, template_);
        }
      if (fitting->len > 0)
        return g_ptr_array_index (fitting, rank_of (facts, kind, own) % fitting->len);
      wanted = step == 1 ? "anyone" : next_audience (wanted);
    }
  return any;
}

/**
 * aw_templates_fill_text:
 * @self: templates
 * @text: text with placeholders and prompts
 * @facts: the facts
 *
 * Returns: (transfer full): @text with the facts in it
 */
char *
aw_templates_fill_text (AwTemplates *self,
                        const char *text,
                        const AwTemplateFacts *facts)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (text != NULL)
    fill_into (self, facts, text, out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * aw_templates_fill:
 * @self: templates
 * @template_: one of them, or a changed copy
 * @facts: the facts
 * @subject: (out): the subject
 * @body: (out): the text
 */
void
aw_templates_fill (AwTemplates *self,
                   AwTemplate *template_,
                   const AwTemplateFacts *facts,
                   char **subject,
                   char **body)
{
  *subject = aw_templates_fill_text (self, template_->subject, facts);
  *body = aw_templates_fill_text (self, template_->body, facts);
}

/**
 * aw_templates_get_questions:
 * @self: templates
 * @facts: the facts
 *
 * Returns: (transfer full): the ready questions of rules.md §6
 */
char **
aw_templates_get_questions (AwTemplates *self,
                            const AwTemplateFacts *facts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 1;; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      const char *text = aw_templates_get_word (self, "Questions", key);
      g_autofree char *filled = NULL;

      if (text == NULL)
        break;
      filled = aw_templates_fill_text (self, text, facts);
      g_strv_builder_add (builder, filled);
    }
  return g_strv_builder_end (builder);
}

/**
 * aw_template_get_placeholders:
 *
 * Returns: (transfer none): the names that stand for facts, without braces
 */
const char *const *
aw_template_get_placeholders (void)
{
  return placeholders;
}
