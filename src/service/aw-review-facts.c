/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/aw-dossier-private.h"
#include "service/aw-engine.h"

#include <glib/gi18n-lib.h>

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_strstrip (g_utf8_casefold (normal != NULL ? normal : text, -1));
}

/**
 * aw_engine_gather_review_facts:
 * @self: an engine
 * @opportunity: the id of the opportunity that the message is about
 * @error: return location
 *
 * Returns: (transfer full): what a review looks at besides the text: copies
 *   that nobody else holds, so that it may run in another thread; %NULL with
 *   @error set
 */
AwReviewFacts *
aw_engine_gather_review_facts (AwEngine *self,
                               const char *opportunity,
                               GError **error)
{
  AwDatabase *database;
  g_autoptr(AwReviewFacts) facts = NULL;
  g_autofree char *company = NULL;
  g_autofree char *zone = NULL;

  g_return_val_if_fail (AW_IS_ENGINE (self), NULL);

  database = aw_engine_get_database (self);
  facts = g_new0 (AwReviewFacts, 1);
  facts->dossier = aw_database_load_dossier (database, opportunity, error);
  if (facts->dossier == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT, _("There is no opportunity “%s”."), opportunity);
      return NULL;
    }
  facts->opportunities = aw_database_load_opportunities (database, error);
  if (facts->opportunities == NULL)
    return NULL;

  facts->colleagues = g_ptr_array_new_with_free_func (g_object_unref);
  if (aw_dossier_get_opportunity (facts->dossier)->company != NULL)
    company = fold (aw_dossier_get_opportunity (facts->dossier)->company);
  for (guint i = 0; company != NULL && i < facts->opportunities->len; i++)
    {
      AwOpportunity *other = g_ptr_array_index (facts->opportunities, i);
      g_autofree char *name = other->company != NULL ? fold (other->company) : NULL;
      AwDossier *dossier;

      if (g_strcmp0 (name, company) != 0 || g_strcmp0 (AW_ID (other), opportunity) == 0)
        continue;
      dossier = aw_database_load_dossier (database, AW_ID (other), NULL);
      if (dossier != NULL)
        g_ptr_array_add (facts->colleagues, dossier);
    }

  facts->people = aw_database_load_kind (database, AW_RECORD_PERSON, error);
  if (facts->people == NULL)
    return NULL;
  facts->elsewhere = aw_database_load_elsewhere (database, error);
  if (facts->elsewhere == NULL)
    return NULL;
  facts->language = g_strdup (aw_dossier_get_opportunity (facts->dossier)->language);
  if (facts->language == NULL)
    facts->language = aw_engine_get_setting (self, "language");
  zone = aw_clock_dup_zone (aw_engine_get_clock (self));
  facts->calendar = aw_calendar_new (aw_engine_get_policy (self), zone);
  return g_steal_pointer (&facts);
}

/**
 * aw_review_facts_free:
 * @facts: (nullable): facts
 */
void
aw_review_facts_free (AwReviewFacts *facts)
{
  if (facts == NULL)
    return;
  g_clear_object (&facts->dossier);
  g_clear_pointer (&facts->opportunities, g_ptr_array_unref);
  g_clear_pointer (&facts->colleagues, g_ptr_array_unref);
  g_clear_pointer (&facts->people, g_ptr_array_unref);
  g_clear_pointer (&facts->elsewhere, aw_elsewhere_unref);
  g_clear_pointer (&facts->calendar, aw_calendar_unref);
  g_free (facts->language);
  g_free (facts);
}
