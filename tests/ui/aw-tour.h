/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/aw-outbox.h"
#include "ui/aw-ui.h"

G_BEGIN_DECLS

/* The real main window over the facts of tests/ui/data/NAME.json, on Thursday
 * 5 March 2026, with an outbox that sends nothing; and hands and eyes for it. */

#define AW_TOUR_NOW 1772703600 /* 09:40 UTC */
#define AW_TOUR_WIDE 1100
#define AW_TOUR_NARROW 400
#define AW_TOUR_MOST_WAITS 1000 /* of 20 ms */

typedef enum
{
  AW_TOUR_LIGHT,
  AW_TOUR_DARK,
  AW_TOUR_SLIM, /* 400 px */
  AW_TOUR_N_LOOKS,
} AwTourLook;

typedef struct
{
  AwTourLook look;
  char *folder;
  AwClock *clock;
  AwEngine *engine;
  AwOutbox *outbox;
  AwUi *ui;
  GtkApplication *application;
  GSettings *settings;
  GtkWidget *window;
  guint looked_at;
} AwTour;

void aw_tour_begin (AwTour *tour, const char *facts, AwTourLook look); /* facts NULL: none */
void aw_tour_end (AwTour *tour);

gboolean aw_tour_keeps_pictures (void);
void aw_tour_iterate (guint ms);
void aw_tour_settle (void);

GtkWidget *aw_tour_find_type (GtkWidget *widget, const char *type); /* mapped, or NULL */
GtkWidget *aw_tour_must_find_type (GtkWidget *widget, const char *type);
GtkWidget *aw_tour_find_row (GtkWidget *widget, const char *title);
GtkWidget *aw_tour_must_find_row (AwTour *tour, const char *title);
GtkWidget *aw_tour_find_popover (GtkWidget *widget);
GtkWidget *aw_tour_top (AwTour *tour);
GtkWindow *aw_tour_top_window (AwTour *tour);

void aw_tour_activate (AwTour *tour, const char *action, const char *type, ...);
void aw_tour_open_menu (AwTour *tour, const char *type, const char *tooltip);
void aw_tour_close_top (AwTour *tour);

G_END_DECLS
