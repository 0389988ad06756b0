/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/aw-ui.h"

G_BEGIN_DECLS

typedef enum
{
  AW_LOG_REPLY,    /* they wrote, by whatever channel */
  AW_LOG_CALL,     /* I called, or they did */
  AW_LOG_LETTER,   /* I wrote by hand */
  AW_LOG_ANYTHING, /* sent elsewhere, said in person */
} AwLog;

/* @person NULL: nobody chosen yet. */
void aw_log_dialog_present (AwUi *ui, GtkWidget *parent, const char *opportunity, AwLog what, const char *person);

/* Log a Call with the reason of a follow-up on its sheet. */
void aw_log_dialog_present_sheet (AwUi *ui, GtkWidget *parent, const char *opportunity, const char *person, const char *key);

G_END_DECLS
