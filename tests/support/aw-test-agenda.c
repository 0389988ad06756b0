/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-test-agenda.h"

#include <string.h>

#include "core/aw-dossier-private.h"
#include "exchange/aw-document.h"

gint64
aw_test_instant (const char *text)
{
  AwInstant instant;

  if (!aw_instant_parse (text, &instant))
    g_error ("%s is no instant", text);
  return instant.sec;
}

static AwTestAgenda *
agenda_new (GBytes *bytes)
{
  AwTestAgenda *self = g_new0 (AwTestAgenda, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AwDocument) document = aw_document_parse (bytes, &error);
  g_autoptr (AwPolicy) policy = NULL;

  g_assert_no_error (error);
  policy = aw_document_get_policy (document);
  policy = policy != NULL ? g_object_ref (policy) : AW_POLICY (aw_record_new (AW_TYPE_POLICY, NULL));
  self->calendar = aw_calendar_new (policy, "UTC");
  self->elsewhere = aw_elsewhere_new ();
  self->dossiers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < aw_document_get_n_dossiers (document); i++)
    {
      AwDossier *dossier = aw_document_get_dossier (document, i);

      /* A document may not refer to what is not there; a database may. */
      aw_record_list_remove (aw_dossier_get_list (dossier, AW_RECORD_PERSON), "gone");
      g_ptr_array_add (self->dossiers, g_object_ref (dossier));
      aw_elsewhere_add_dossier (self->elsewhere, dossier);
    }
  self->plans = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_plan_unref);
  return self;
}

AwTestAgenda *
aw_test_agenda_new (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

  return agenda_new (bytes);
}

AwTestAgenda *
aw_test_agenda_new_from_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (data, length);
  return agenda_new (bytes);
}

void
aw_test_agenda_free (AwTestAgenda *self)
{
  g_ptr_array_unref (self->plans);
  g_ptr_array_unref (self->dossiers);
  aw_elsewhere_unref (self->elsewhere);
  aw_calendar_unref (self->calendar);
  g_free (self);
}

void
aw_test_agenda_plan_at (AwTestAgenda *self,
                        gint64 at)
{
  self->now = at;
  g_ptr_array_set_size (self->plans, 0);
  for (guint i = 0; i < self->dossiers->len; i++)
    g_ptr_array_add (self->plans, aw_plan_new (g_ptr_array_index (self->dossiers, i), self->elsewhere, self->calendar, at));
}

void
aw_test_agenda_plan (AwTestAgenda *self,
                     const char *at)
{
  aw_test_agenda_plan_at (self, aw_test_instant (at));
}

const AwFollowUp *
aw_test_agenda_find (AwTestAgenda *self,
                     const char *key)
{
  const char *colon = strchr (key, ':');
  g_autofree char *opportunity = colon != NULL ? g_strndup (key, (gsize) (colon - key)) : NULL;

  for (guint i = 0; i < self->plans->len; i++)
    {
      const AwFollowUp *found = aw_plan_find (g_ptr_array_index (self->plans, i), colon != NULL ? colon + 1 : key);

      if (found != NULL && (opportunity == NULL || g_str_equal (found->opportunity, opportunity)))
        return found;
    }
  return NULL;
}

static void
append_instant (GString *text,
                gint64 at)
{
  g_autofree char *formatted = at != AW_NEVER ? aw_time_format_utc (at) : g_strdup ("-");

  g_string_append_printf (text, " %s", formatted);
}

char *
aw_test_follow_up_to_text (const AwFollowUp *follow_up)
{
  GString *text = g_string_new (NULL);

  if (follow_up == NULL)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  g_string_append (text, aw_word (&aw_duty_states, (int) follow_up->state));
  append_instant (text, follow_up->opens);
  append_instant (text, follow_up->due);
  append_instant (text, follow_up->closes);
  for (guint i = 0; follow_up->rules[i] != NULL; i++)
    g_string_append_printf (text, "%c%s", i == 0 ? ' ' : ',', follow_up->rules[i]);
  if (follow_up->waiting != NULL)
    {
      g_string_append_printf (text, " %s", follow_up->waiting);
      append_instant (text, follow_up->waiting_until);
    }
  for (guint i = 0; i < aw_missing_words.n_names; i++)
    if ((guint) follow_up->missing & (1u << i))
      g_string_append_printf (text, " !%s", aw_missing_words.names[i]);
  return g_string_free (text, FALSE);
}

static const char people[] =
  "'people':["
  "{'id':'h','name':'Hanna Hr','roles':['hr'],'email':'h@x.example'},"
  "{'id':'m','name':'Mia Manager','roles':['hiring-manager'],'email':'m@x.example'},"
  "{'id':'d','name':'Dora Decider','roles':['decision-maker'],'email':'d@x.example'},"
  "{'id':'i','name':'Ira Interviewer','email':'i@x.example'},"
  "{'id':'gone','name':'Gone'}]";

AwTestAgenda *
aw_test_agenda_new_for_case (const char *policy,
                             const char *facts)
{
  g_autofree char *opportunities = NULL;
  g_autofree char *text = NULL;

  if (*facts == '[')
    opportunities = g_strdup (facts);
  else
    opportunities = g_strdup_printf ("[{'id':'o1','company':'Northwind'%s%s%s%s%s}]",
                                     strstr (facts, "'status'") != NULL ? "" : ",'status':'active'",
                                     strstr (facts, "'people':[{") != NULL ? "" : ",",
                                     strstr (facts, "'people':[{") != NULL ? "" : people,
                                     *facts == '\0' ? "" : ",", facts);
  text = g_strdup_printf ("{'format':'afterword','version':1,'policy':{'time_zone':'Europe/Berlin'%s%s},'opportunities':%s}",
                          policy != NULL ? "," : "", policy != NULL ? policy : "", opportunities);
  return aw_test_agenda_new (text);
}

static void
run_case (gconstpointer data)
{
  const AwTestCase *c = data;
  g_autoptr (AwTestAgenda) agenda = aw_test_agenda_new_for_case (c->policy, c->facts);
  g_autofree char *is = NULL;

  aw_test_agenda_plan (agenda, c->at);
  is = aw_test_follow_up_to_text (aw_test_agenda_find (agenda, c->key));
  if (g_strcmp0 (is, c->expected) != 0)
    for (guint i = 0; i < agenda->plans->len; i++)
      for (guint k = 0; k < aw_plan_get_length (g_ptr_array_index (agenda->plans, i)); k++)
        {
          const AwFollowUp *other = aw_plan_get (g_ptr_array_index (agenda->plans, i), k);
          g_autofree char *text = aw_test_follow_up_to_text (other);

          g_test_message ("%s %s", other->key, text);
        }
  g_assert_cmpstr (is, ==, c->expected);
}

void
aw_test_agenda_add_cases (const AwTestCase *cases,
                          gsize n_cases)
{
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strconcat ("/plan/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], run_case);
    }
}
