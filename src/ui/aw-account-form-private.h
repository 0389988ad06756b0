/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/aw-discovery.h"
#include "ui/aw-account-form.h"

G_BEGIN_DECLS

struct _AwAccountForm
{
  GtkBox parent_instance;

  GtkWidget *name;
  GtkWidget *address;
  GtkWidget *password;
  GtkWidget *hint;
  GtkWidget *how;     /* the provider's page about it */
  GtkWidget *chooser;
  GtkWidget *incoming;
  GtkWidget *host;
  GtkWidget *security;
  GtkSpinButton *port;
  GtkWidget *user;
  GtkSwitch *copy;
  GtkSwitch *ask;
  GtkWidget *ca_row;
  GtkWidget *ca_clear;
  char *ca;  /* PEM */
  char *pin;
  char *goa; /* the account of GNOME's that gives the password, NULL: none */
  GtkWidget *ask_row;
  gboolean guessed;   /* the server was filled in by us */
  char *asked;        /* the address whose server was looked for last */
  GCancellable *asking;
  GPtrArray *proposals; /* AwProposal, for the address in "asked" */
  AwProposal *found;    /* the one that is filled in, NULL: none */
  gboolean with_none; /* whether "None" is offered */
  gboolean setting;
};

const char *aw_account_form_text (GtkWidget *row);
void aw_account_form_emit_changed (AwAccountForm *self);

/* The server of an address: aw-account-server.c */
gboolean aw_account_form_is_address (const char *text);
void aw_account_form_set_goa (AwAccountForm *self, const char *goa);
void aw_account_form_guess (AwAccountForm *self);           /* of a known provider, as the address is typed */
void aw_account_form_look_for_server (AwAccountForm *self); /* of another one, when it is complete */
void aw_account_form_stop_asking (AwAccountForm *self);
void aw_account_form_choose (AwAccountForm *self, int which); /* of what was found */

G_END_DECLS
