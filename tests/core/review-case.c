/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review-case.h"

#include <string.h>

#include "core/aw-fold.h"
#include "exchange/aw-document.h"

struct _ReviewWorld
{
  AwDocument *document;
  AwCalendar *calendar;
  AwElsewhere *elsewhere;
  GPtrArray *opportunities;
  GPtrArray *people;
};

ReviewWorld *
review_world_load (const char *path)
{
  ReviewWorld *self = g_new0 (ReviewWorld, 1);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  AwPolicy *policy;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&content), length);
  self->document = aw_document_parse (bytes, &error);
  g_assert_no_error (error);
  policy = aw_document_get_policy (self->document);
  g_assert_nonnull (policy);
  self->calendar = aw_calendar_new (policy, "UTC");
  self->elsewhere = aw_elsewhere_new ();
  self->opportunities = g_ptr_array_new ();
  self->people = g_ptr_array_new ();
  for (guint i = 0; i < aw_document_get_n_dossiers (self->document); i++)
    {
      AwDossier *dossier = aw_document_get_dossier (self->document, i);

      aw_elsewhere_add_dossier (self->elsewhere, dossier);
      g_ptr_array_add (self->opportunities, aw_dossier_get_opportunity (dossier));
      for (guint j = 0; j < aw_record_list_get_length (aw_dossier_get_list (dossier, AW_RECORD_PERSON)); j++)
        g_ptr_array_add (self->people, aw_record_list_peek (aw_dossier_get_list (dossier, AW_RECORD_PERSON), j));
    }
  return self;
}

void
review_world_free (ReviewWorld *self)
{
  g_ptr_array_unref (self->opportunities);
  g_ptr_array_unref (self->people);
  aw_elsewhere_unref (self->elsewhere);
  aw_calendar_unref (self->calendar);
  aw_document_free (self->document);
  g_free (self);
}

AwDossier *
review_world_get_dossier (ReviewWorld *self,
                          const char *opportunity)
{
  for (guint i = 0; i < aw_document_get_n_dossiers (self->document); i++)
    if (strcmp (aw_dossier_get_id (aw_document_get_dossier (self->document, i)), opportunity) == 0)
      return aw_document_get_dossier (self->document, i);
  return NULL;
}

GPtrArray *
review_world_review (ReviewWorld *self,
                     const char *opportunity,
                     AwReviewInput *input)
{
  g_autoptr (GPtrArray) colleagues = g_ptr_array_new ();
  AwReviewFacts facts = { 0 };
  AwDossier *dossier = review_world_get_dossier (self, opportunity);
  g_autofree char *company = NULL;

  g_assert_nonnull (dossier);
  company = aw_fold (aw_dossier_get_opportunity (dossier)->company);
  for (guint i = 0; i < aw_document_get_n_dossiers (self->document); i++)
    {
      AwDossier *other = aw_document_get_dossier (self->document, i);
      g_autofree char *name = aw_fold (aw_dossier_get_opportunity (other)->company);

      if (other != dossier && strcmp (name, company) == 0)
        g_ptr_array_add (colleagues, other);
    }
  facts.dossier = dossier;
  facts.opportunities = self->opportunities;
  facts.colleagues = colleagues;
  facts.people = self->people;
  facts.elsewhere = self->elsewhere;
  facts.calendar = self->calendar;
  facts.language = aw_dossier_get_opportunity (dossier)->language;
  return aw_review (&facts, input);
}

AwSeverity
review_severity_of (GPtrArray *findings,
                    const char *id)
{
  int severity = -1;

  for (guint i = 0; i < findings->len; i++)
    {
      const AwFinding *finding = g_ptr_array_index (findings, i);

      if (strcmp (finding->id, id) == 0)
        severity = MAX (severity, (int) finding->severity);
    }
  g_assert_cmpint (severity, >=, 0);
  return (AwSeverity) severity;
}

/* What was found, for whoever reads the test's output. */
void
review_show (const char *name,
             GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const AwFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity != AW_SEVERITY_OK)
        g_test_message ("%s: %s %s [%d, %d] %s", name, finding->id, aw_word (&aw_severities, finding->severity), finding->start,
                        finding->end, finding->sentence);
    }
}
