/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* Which toast makes way for which. */
typedef enum
{
  AW_TOAST_PLAIN,  /* only said: makes way for what can be undone */
  AW_TOAST_UNDO,   /* the last change: makes way for the next one */
  AW_TOAST_STAYS,  /* until it is closed: nothing replaces it */
} AwToastKind;

typedef void (*AwToastAdd) (GtkWidget *place, AdwToast *toast);

void aw_toasts_add (GtkWidget *place, AwToastAdd add, AwToastKind kind, AdwToast *toast);
void aw_toasts_withdraw (GtkWidget *place, AdwToast *toast);
