/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-plan-preview.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* What the preferences' pages share with their dialog. */
typedef struct
{
  AwUi *ui;
  AwPolicy *original;
  AwPolicy *policy;         /* the same object until something changes */
  AwPlanPreview *preview;
  GtkWidget *dialog;        /* weak */
  AdwToast *toast;          /* weak */
  AdwPreferencesPage *follow_up, *writing, *notifications, *accounts;

  gboolean loading;         /* rows are being set by us */
  GtkCheckButton *hr_first, *decider_first;
  GtkSpinButton *thank_you_hours, *silence_days, *min_gap_days, *after_thanks_days, *keep_in_touch_days, *stagnant_after, *timeline_days;
  GtkSwitch *handwritten, *thank_unmet, *acknowledge_rejections;
  AdwComboRow *phone, *rapport;
  GtkWidget *working_days, *holidays, *hours; /* rows */
  GtkTextView *signature;
  GtkWidget *account_list;
} AwSettings;

void aw_settings_add_pages (AwSettings *self);
void aw_settings_reload (AwSettings *self);        /* rows from self->policy */
void aw_settings_commit_texts (AwSettings *self);
void aw_settings_look_at (AwSettings *self, const char *member);

/* The dialog's. */
AwPolicy *aw_settings_edit_policy (AwSettings *self);
void aw_settings_policy_changed (AwSettings *self);
char *aw_settings_get (AwSettings *self, const char *key);
void aw_settings_set (AwSettings *self, const char *key, const char *value);

/* aw-settings-days.c: working days, holidays, the day's start and end. */
void aw_settings_add_quiet_times (AwSettings *self, AdwPreferencesPage *page);
void aw_settings_reload_quiet_times (AwSettings *self);

G_END_DECLS
