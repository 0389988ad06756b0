/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-reminders-banner.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  NOTHING,
  ASK,         /* not asked yet, and there is something to remind of */
  REFUSED,     /* by the user or the desktop's settings */
  UNAVAILABLE, /* the desktop knows no such thing, or the file cannot be written */
} Need;

static Need
get_need (AwEngine *engine)
{
  g_autofree char *background = aw_engine_get_setting (engine, "background");
  g_autofree char *state = aw_engine_get_setting (engine, "background-state");

  if (background == NULL)
    return g_list_model_get_n_items (aw_engine_get_duties (engine)) > 0 ? ASK : NOTHING;
  if (g_str_equal (background, "0"))
    return NOTHING;
  if (g_strcmp0 (state, "refused") == 0)
    return REFUSED;
  return g_strcmp0 (state, "unavailable") == 0 ? UNAVAILABLE : NOTHING;
}

/* @background NULL: leave it as it is, but have it asked for again. */
static void
set_background (AwBanner *banner,
                AwUi *ui,
                const char *background)
{
  AwEngine *engine = aw_ui_engine (ui);
  g_autoptr (AwCommand) command = aw_command_new (_("Reminders"));
  g_autofree char *before = aw_engine_get_setting (engine, "background");
  g_autofree char *state = aw_engine_get_setting (engine, "background-state");

  if (background != NULL)
    aw_command_set_setting (command, "background", before, background);
  else
    aw_command_set_setting (command, "background-state", state, NULL);
  aw_ui_run_quietly (GTK_WIDGET (banner), command, NULL, NULL);
  aw_banner_set_revealed (banner, FALSE);
}

typedef struct
{
  AwBanner *banner;
  AwUi *ui;
} Asking;

static void
on_answer (const char *answer,
           gpointer data)
{
  Asking *asking = data;

  if (g_str_equal (answer, "remind"))
    set_background (asking->banner, asking->ui, "1");
  else if (g_str_equal (answer, "off"))
    set_background (asking->banner, asking->ui, "0");
  else if (g_str_equal (answer, "again"))
    set_background (asking->banner, asking->ui, NULL);
  g_object_unref (asking->banner);
  g_object_unref (asking->ui);
  g_free (asking);
}

void
aw_reminders_banner_update (AwBanner *banner,
                            AwUi *ui)
{
  Need need = get_need (aw_ui_engine (ui));

  switch (need)
    {
    case ASK:
      aw_banner_set_title (banner, _("Afterword can remind you when its window is closed."));
      aw_banner_set_button_label (banner, _("Choose"));
      break;
    case REFUSED:
      aw_banner_set_title (banner, _("Afterword may not run in the background, so reminders come only while it is open."));
      aw_banner_set_button_label (banner, _("Change"));
      break;
    case UNAVAILABLE:
      aw_banner_set_title (banner, _("Afterword cannot start at login, so reminders come only after you have opened it."));
      aw_banner_set_button_label (banner, _("Change"));
      break;
    case NOTHING:
    default:
      break;
    }
  aw_banner_set_revealed (banner, need != NOTHING);
}

void
aw_reminders_banner_act (AwBanner *banner,
                         AwUi *ui)
{
  const AwAnswer choices[] = {
    { "off", _("_Not Now"), AW_ANSWER_PLAIN },
    { "remind", _("_Remind Me"), AW_ANSWER_SUGGESTED },
    { NULL },
  };
  const AwAnswer ways[] = {
    { "close", _("_Close"), AW_ANSWER_PLAIN },
    { "off", _("_Do Without"), AW_ANSWER_PLAIN },
    { "again", _("_Try Again"), AW_ANSWER_SUGGESTED },
    { NULL },
  };
  Need need = get_need (aw_ui_engine (ui));
  Asking *asking;

  if (need == NOTHING)
    return;
  asking = g_new0 (Asking, 1);
  asking->banner = g_object_ref (banner);
  asking->ui = g_object_ref (ui);
  if (need == ASK)
    aw_confirm (GTK_WIDGET (banner), _("Remind You?"), _("May Afterword remind you when its window is closed?"), NULL, choices, on_answer, asking);
  else
    aw_confirm (GTK_WIDGET (banner), _("Reminders Come Only While Afterword Is Open"),
                need == REFUSED
                  ? _("Your desktop does not let Afterword run in the background. Allow it in the settings of your system, under Apps, "
                      "Afterword, Run in Background; then try again. What you told Afterword to send later waits, too.")
                  : _("Your desktop has no way to start Afterword at login, or its folder for that cannot be written. Make the folder "
                      "“autostart” in your settings folder writable, or add Afterword to the programs that start at login yourself; then try "
                      "again."),
                NULL, ways, on_answer, asking);
}
