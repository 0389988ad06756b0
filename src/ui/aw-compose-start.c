/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-compose-start.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_nobody (const char *person)
{
  return person == NULL || *person == '\0' || strcmp (person, "-") == 0;
}

/* Whom to ask for addresses and documents: HR, else the recruiter. */
static const char *
find_helper (AwDossier *dossier)
{
  AwRecordList *people = aw_dossier_get_list (dossier, AW_RECORD_PERSON);
  const char *found = NULL;

  AW_RECORDS_FOREACH (AwPerson, person, people)
  {
    AwRoles roles = aw_person_get_roles (person);

    if (person->email == NULL)
      continue;
    if (roles & AW_ROLE_HR)
      return AW_ID (person);
    if (found == NULL && (roles & AW_ROLE_RECRUITER))
      found = AW_ID (person);
  }
  return found;
}

static const char *
find_article (AwDossier *dossier,
              const char *person)
{
  AW_RECORDS_FOREACH (AwArticle, article, aw_dossier_get_list (dossier, AW_RECORD_ARTICLE))
  if (!article->mine && !aw_strv_has (article->sent_to, person))
    return AW_ID (article);
  return NULL;
}

/* An own earlier mail to the same person is continued, so that the reader's
 * program shows both together; an answer continues what they wrote. */
static void
continue_thread (AwMessage *message,
                 AwDossier *dossier)
{
  gboolean answers = message->kind == AW_TOUCH_ANSWER || message->kind == AW_TOUCH_ACKNOWLEDGEMENT || message->kind == AW_TOUCH_FEEDBACK;
  AwTouch *last = NULL;

  if (!answers && message->kind != AW_TOUCH_CHECK_IN)
    return;
  AW_RECORDS_FOREACH (AwTouch, touch, aw_dossier_get_list (dossier, AW_RECORD_TOUCH))
  {
    if (touch->channel != AW_CHANNEL_EMAIL || touch->message_id == NULL || !aw_strv_has (touch->people, message->person))
      continue;
    if (!answers && touch->direction != AW_DIRECTION_OUT)
      continue;
    if (last == NULL || touch->at.sec > last->at.sec)
      last = touch;
  }
  if (last == NULL)
    return;

  g_free (message->in_reply_to);
  message->in_reply_to = g_strdup (last->message_id);
  g_free (message->thread_references);
  message->thread_references = g_strdup (last->message_id);
  if (last->subject != NULL && *last->subject != '\0')
    {
      gboolean reply = g_ascii_strncasecmp (last->subject, "Re:", 3) == 0;

      g_free (message->subject);
      message->subject = reply ? g_strdup (last->subject) : g_strdup_printf ("Re: %s", last->subject);
    }
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_compose_load_templates:
 * @engine: the engine
 * @opportunity: (nullable): what the message is about; NULL: nothing yet
 *
 * Returns: (transfer full): the templates in the language that its messages are
 *   to be in: the opportunity's, else that of Preferences, else the interface's
 */
AwTemplates *
aw_compose_load_templates (AwEngine *engine,
                           AwOpportunity *opportunity)
{
  g_autofree char *language = opportunity != NULL && opportunity->language != NULL ? g_strdup (opportunity->language)
                                                                                   : aw_engine_get_setting (engine, AW_LANGUAGE_SETTING);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) own = aw_database_load_kind (aw_engine_get_database (engine), AW_RECORD_TEMPLATE, &error);

  if (own == NULL)
    g_warning ("The user's templates cannot be read: %s", error->message);
  /* Nothing chosen: letters begin in the language of the interface. */
  if (language == NULL || *language == '\0')
    for (const char *const *name = g_get_language_names (); *name != NULL; name++)
      if (aw_templates_exist (*name))
        {
          g_free (language);
          language = g_strdup (*name);
          break;
        }
  return aw_templates_new (language, own);
}

/**
 * aw_compose_find_account:
 * @engine: the engine
 * @id: (nullable): the account wanted
 *
 * Returns: (transfer full) (nullable): that account, else the first
 */
AwAccount *
aw_compose_find_account (AwEngine *engine,
                         const char *id)
{
  GListModel *accounts = aw_engine_get_accounts (engine);
  guint n = g_list_model_get_n_items (accounts);
  g_autofree char *chosen = aw_engine_get_setting (engine, AW_DEFAULT_ACCOUNT);
  const char *wanted[] = { id, chosen };

  for (guint w = 0; w < G_N_ELEMENTS (wanted); w++)
    for (guint i = 0; wanted[w] != NULL && i < n; i++)
      {
        g_autoptr (AwAccount) account = g_list_model_get_item (accounts, i);

        if (g_strcmp0 (AW_ID (account), wanted[w]) == 0)
          return g_steal_pointer (&account);
      }
  return n > 0 ? g_list_model_get_item (accounts, 0) : NULL;
}

/**
 * aw_compose_dup_signature:
 * @engine: the engine
 * @account: (nullable): the account that sends
 *
 * Returns: (transfer full) (nullable): what stands below the closing
 */
char *
aw_compose_dup_signature (AwEngine *engine,
                          AwAccount *account)
{
  g_autofree char *setting = NULL;

  if (account != NULL && account->signature != NULL && *account->signature != '\0')
    return g_strdup (account->signature);
  setting = aw_engine_get_setting (engine, "signature");
  if (setting != NULL && *setting != '\0')
    return g_steal_pointer (&setting);
  return account != NULL ? g_strdup (account->name) : NULL;
}

/**
 * aw_compose_kind_of_key:
 * @key: (nullable): a follow-up's key
 * @channel: (out): how it is written
 *
 * Returns: what a message for that follow-up is about
 */
AwTouchKind
aw_compose_kind_of_key (const char *key,
                        AwChannel *channel)
{
  g_autofree char *word = key != NULL ? g_strndup (key, strcspn (key, "/")) : NULL;
  int value;

  *channel = AW_CHANNEL_EMAIL;
  if (word == NULL || *word == '\0')
    return AW_TOUCH_OTHER;
  if (strcmp (word, "letter") == 0)
    {
      *channel = AW_CHANNEL_LETTER;
      return AW_TOUCH_THANK_YOU;
    }
  if (strcmp (word, "complete") == 0)
    return AW_TOUCH_REQUEST;
  if (aw_word_parse (&aw_touch_kinds, word, &value))
    return value;
  return AW_TOUCH_OTHER;
}

/**
 * aw_compose_find_draft:
 * @dossier: the opportunity's facts
 * @person: (nullable): the recipient
 * @kind: what it is about
 * @key: (nullable): the follow-up
 *
 * Returns: (transfer none) (nullable): a draft that was begun for the same
 */
AwMessage *
aw_compose_find_draft (AwDossier *dossier,
                       const char *person,
                       AwTouchKind kind,
                       const char *key)
{
  AwRecordList *list = aw_dossier_get_list (dossier, AW_RECORD_MESSAGE);

  AW_RECORDS_FOREACH (AwMessage, message, list)
  {
    if (message->state != AW_MESSAGE_DRAFT || message->kind != kind)
      continue;
    if (key != NULL && *key != '\0' && g_strcmp0 (message->follow_up, key) == 0)
      return message;
    if (!is_nobody (person) && g_strcmp0 (message->person, person) == 0)
      return message;
  }
  return NULL;
}

/**
 * aw_compose_template_facts:
 *
 * Returns: what a template for @message is filled from; borrows all of it
 */
AwTemplateFacts
aw_compose_template_facts (AwEngine *engine,
                           AwDossier *dossier,
                           AwMessage *message,
                           const char *signature)
{
  return (AwTemplateFacts){
    .dossier = dossier,
    .person = message->person,
    .calendar = aw_engine_get_calendar (engine),
    .now = aw_engine_now (engine),
    .signature = signature,
    .article = message->article,
  };
}

/**
 * aw_compose_new_message:
 * @engine: the engine
 * @templates: the templates
 * @dossier: the opportunity's facts
 * @person: (nullable): the recipient
 * @kind: what it is about; %AW_TOUCH_UNSET: as @key says
 * @key: (nullable): the follow-up it is for
 *
 * Returns: (transfer full): a message that is not stored yet, with a template
 *   that suits the recipient
 */
AwMessage *
aw_compose_new_message (AwEngine *engine,
                        AwTemplates *templates,
                        AwDossier *dossier,
                        const char *person,
                        AwTouchKind kind,
                        const char *key)
{
  g_autoptr (AwRecord) record = aw_record_new (AW_TYPE_MESSAGE, aw_dossier_get_id (dossier));
  AwMessage *message = (AwMessage *) record;
  g_autoptr (AwAccount) account = aw_compose_find_account (engine, NULL);
  g_autofree char *signature = aw_compose_dup_signature (engine, account);
  AwTemplateFacts facts;
  AwTemplate *template_;
  AwChannel channel;
  AwTouchKind meant = aw_compose_kind_of_key (key, &channel);

  message->kind = kind != AW_TOUCH_UNSET ? kind : meant;
  message->channel = channel;
  if (!is_nobody (person) && aw_dossier_find_person (dossier, person) != NULL)
    message->person = g_strdup (person);
  else if (message->kind == AW_TOUCH_REQUEST)
    message->person = g_strdup (find_helper (dossier));
  if (key != NULL && *key != '\0')
    message->follow_up = g_strdup (key);
  if (message->kind == AW_TOUCH_ARTICLE)
    message->article = g_strdup (find_article (dossier, message->person));
  if (account != NULL)
    message->account = g_strdup (AW_ID (account));
  message->begun_at = message->changed_at = aw_instant (aw_engine_now (engine));

  facts = aw_compose_template_facts (engine, dossier, message, signature);
  template_ = aw_templates_choose (templates, message->kind, channel == AW_CHANNEL_LETTER ? "letter" : NULL, &facts);
  if (template_ != NULL)
    aw_templates_fill (templates, template_, &facts, &message->subject, &message->body);
  continue_thread (message, dossier);
  return (AwMessage *) g_steal_pointer (&record);
}

const char *
aw_compose_kind_title (AwTouchKind kind)
{
  switch (kind)
    {
    case AW_TOUCH_THANK_YOU:
      return _("Thank-You Note");
    case AW_TOUCH_CHECK_IN:
      return _("Check-In");
    case AW_TOUCH_ESCALATION:
      return _("To the Manager");
    case AW_TOUCH_ARTICLE:
      return _("Article");
    case AW_TOUCH_TIMELINE:
      return _("Own Deadline");
    case AW_TOUCH_KEEP_IN_TOUCH:
      return _("News");
    case AW_TOUCH_CALL:
      return _("Call Request");
    case AW_TOUCH_REQUEST:
      return _("Request");
    case AW_TOUCH_FEEDBACK:
      return _("Feedback");
    case AW_TOUCH_ANSWER:
      return _("Answer");
    case AW_TOUCH_ACKNOWLEDGEMENT:
      return _("Gracious Line");
    case AW_TOUCH_UNSET:
    case AW_TOUCH_OTHER:
    default:
      return _("Message");
    }
}

/**
 * aw_compose_change_greeting:
 * @body: the text
 * @old_name: (nullable): the recipient's name so far
 * @new_name: (nullable): the one from now on
 *
 * Returns: (transfer full) (nullable): @body with the greeting turned to the
 *   new recipient, %NULL if its first line names neither the old one nor a prompt
 */
char *
aw_compose_change_greeting (const char *body,
                            const char *old_name,
                            const char *new_name)
{
  g_autofree char *old_first = aw_template_first_name (old_name);
  g_autofree char *new_first = aw_template_first_name (new_name);
  gsize line = strcspn (body, "\n");
  g_autoptr (GString) greeting = g_string_new_len (body, line);
  int start, end;
  guint n = 0;

  if (new_first == NULL || line > 200)
    return NULL;
  if (old_first != NULL)
    n = g_string_replace (greeting, old_first, new_first, 1);
  else if ((start = aw_template_next_prompt (greeting->str, 0, &end)) >= 0)
    {
      g_autofree char *prompt = g_utf8_substring (greeting->str, start, end);

      n = g_string_replace (greeting, prompt, new_first, 1);
    }
  return n > 0 ? g_strconcat (greeting->str, body + line, NULL) : NULL;
}
