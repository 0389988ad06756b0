/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/aw-exporter.h"

#include "exchange/aw-export.h"

/**
 * aw_export_form_of:
 * @filename: a file's name
 * @form: (out): the form that its ending stands for
 *
 * Returns: whether the ending is one of .json, .csv and .ics, in either case
 */
gboolean
aw_export_form_of (const char *filename,
                   AwExportForm *form)
{
  const struct
  {
    const char *ending;
    AwExportForm form;
  } forms[] = {
    { ".json", AW_EXPORT_DOCUMENT },
    { ".csv", AW_EXPORT_TABLE },
    { ".ics", AW_EXPORT_CALENDAR },
  };
  g_autofree char *lower = g_ascii_strdown (filename, -1);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_has_suffix (lower, forms[i].ending))
      {
        *form = forms[i].form;
        return TRUE;
      }
  return FALSE;
}

static GBytes *
export_calendar (AwEngine *engine,
                 AwDocument *document,
                 GError **error)
{
  g_autoptr (GPtrArray) duties = aw_engine_agenda (engine, aw_engine_now (engine), AW_NEVER, error);
  g_autoptr (GArray) tasks = g_array_new (FALSE, FALSE, sizeof (AwExportTask));

  if (duties == NULL)
    return NULL;
  for (guint i = 0; i < duties->len; i++)
    {
      AwDuty *duty = g_ptr_array_index (duties, i);
      const AwFollowUp *item = aw_duty_get_follow_up (duty);
      AwExportTask task = {
        .opportunity = item->opportunity,
        .key = item->key,
        .title = aw_duty_get_title (duty),
        .reason = aw_duty_get_reason (duty),
        .opens = item->opens,
        .due = item->due,
      };

      g_array_append_val (tasks, task);
    }
  return aw_export_calendar (document, (const AwExportTask *) tasks->data, tasks->len, aw_engine_now (engine));
}

/**
 * aw_engine_export_interviews:
 * @engine: the facts
 * @opportunity: id
 * @error: return location for an error; its message is one sentence
 *
 * Its interviews for a calendar; what is to be done stays here.
 *
 * Returns: (transfer full): a file's content, or %NULL
 */
GBytes *
aw_engine_export_interviews (AwEngine *engine,
                             const char *opportunity,
                             GError **error)
{
  g_autoptr (AwDossier) dossier = aw_engine_ref_dossier (engine, opportunity, error);
  g_autoptr (AwDocument) document = NULL;

  if (dossier == NULL)
    return NULL;
  document = aw_document_new (NULL, NULL);
  aw_document_add (document, dossier);
  return aw_export_calendar (document, NULL, 0, aw_engine_now (engine));
}

/**
 * aw_engine_export:
 * @engine: the facts
 * @form: in which form
 * @error: return location for an error; its message is one sentence
 *
 * Returns: (transfer full): a file's content, or %NULL
 */
GBytes *
aw_engine_export (AwEngine *engine,
                  AwExportForm form,
                  GError **error)
{
  g_autoptr (AwDocument) document = aw_export_document (aw_engine_get_database (engine), error);

  if (document == NULL)
    return NULL;
  switch (form)
    {
    case AW_EXPORT_TABLE:
      return aw_export_table (document, aw_calendar_get_zone (aw_engine_get_calendar (engine)));
    case AW_EXPORT_CALENDAR:
      return export_calendar (engine, document, error);
    case AW_EXPORT_DOCUMENT:
    default:
      return aw_document_to_bytes (document);
    }
}
