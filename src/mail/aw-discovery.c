/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-discovery.h"

#include <string.h>

#include "mail/aw-address.h"
#include "mail/aw-autoconfig.h"
#include "mail/aw-goa.h"

/* Who has not answered by then is not waited for. */
#define SECONDS 10

typedef enum
{
  SUBMISSIONS,
  SUBMISSION,
  IMAPS,
  N_SERVICES,
} Service;

static const char *const services[N_SERVICES] = { "submissions", "submission", "imaps" };

typedef struct
{
  char *address;
  char *domain;
  GCancellable *inner; /* ends the questions: cancelled by the caller, or by time */
  GCancellable *outer;
  gulong handler;
  guint timer;
  guint open; /* questions without an answer */
  AwProposal *mx;
  AwProposal *autoconfig;
  AwProposal *goa;
  char *hosts[N_SERVICES];
  int ports[N_SERVICES];
} Search;

typedef struct
{
  GTask *task;
  Service service;
} Question;

static void
search_free (Search *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_disconnect (self->outer, self->handler);
  g_clear_object (&self->outer);
  g_clear_object (&self->inner);
  g_clear_pointer (&self->mx, aw_proposal_free);
  g_clear_pointer (&self->autoconfig, aw_proposal_free);
  g_clear_pointer (&self->goa, aw_proposal_free);
  for (guint i = 0; i < N_SERVICES; i++)
    g_free (self->hosts[i]);
  g_free (self->address);
  g_free (self->domain);
  g_free (self);
}

static AwProposal *
proposal_new (AwOrigin origin,
              const char *source)
{
  AwProposal *proposal = g_new0 (AwProposal, 1);

  proposal->origin = origin;
  proposal->source = g_strdup (source);
  proposal->account = (AwAccount *) aw_record_new (AW_TYPE_ACCOUNT, NULL);
  return proposal;
}

void
aw_proposal_free (AwProposal *proposal)
{
  g_free (proposal->source);
  g_object_unref (proposal->account);
  g_free (proposal);
}

static void
replace (char **to,
         const char *text)
{
  g_free (*to);
  *to = g_strdup (text);
}

/**
 * aw_proposal_fill:
 * @proposal: what was found
 * @account: where it goes
 */
void
aw_proposal_fill (const AwProposal *proposal,
                  AwAccount *account)
{
  const AwAccount *found = proposal->account;

  replace (&account->host, found->host);
  account->port = found->port;
  account->security = found->security;
  replace (&account->user, found->user);
  replace (&account->imap_host, found->imap_host);
  account->imap_port = found->imap_port;
  account->imap_security = found->imap_security;
  replace (&account->imap_user, found->imap_user);
  replace (&account->goa, found->goa);
  account->save_sent = found->save_sent;
}

/* The end -------------------------------------------------------------------- */

/* Encrypted from the first byte comes first (RFC 8314). */
static AwProposal *
propose_srv (Search *self)
{
  Service service = self->hosts[SUBMISSIONS] != NULL ? SUBMISSIONS : SUBMISSION;
  AwProposal *proposal;

  if (self->hosts[service] == NULL)
    return NULL;
  proposal = proposal_new (AW_ORIGIN_SRV, self->domain);
  proposal->account->host = g_strdup (self->hosts[service]);
  proposal->account->port = self->ports[service];
  proposal->account->security = service == SUBMISSIONS ? AW_SECURITY_TLS : AW_SECURITY_STARTTLS;
  proposal->account->user = g_strdup (self->address);
  if (self->hosts[IMAPS] != NULL)
    {
      proposal->account->imap_host = g_strdup (self->hosts[IMAPS]);
      proposal->account->imap_port = self->ports[IMAPS];
      proposal->account->imap_security = AW_SECURITY_TLS;
      proposal->account->imap_user = g_strdup (self->address);
      proposal->account->save_sent = TRUE;
    }
  return proposal;
}

static void
answered (GTask *task)
{
  Search *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) proposals = NULL;
  AwProposal *srv;

  if (--self->open > 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_proposal_free);
  if (self->goa != NULL)
    g_ptr_array_add (proposals, g_steal_pointer (&self->goa));
  if (self->mx != NULL)
    g_ptr_array_add (proposals, g_steal_pointer (&self->mx));
  if (self->autoconfig != NULL)
    g_ptr_array_add (proposals, g_steal_pointer (&self->autoconfig));
  srv = propose_srv (self);
  if (srv != NULL)
    g_ptr_array_add (proposals, srv);
  /* Gives the cancellation instead, if there was one. */
  g_task_return_pointer (task, g_steal_pointer (&proposals), (GDestroyNotify) g_ptr_array_unref);
}

/* The questions ---------------------------------------------------------------- */

static void
on_service (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autofree Question *question = data;
  g_autoptr (GTask) task = question->task;
  Search *self = g_task_get_task_data (task);
  GList *targets = g_resolver_lookup_service_finish (G_RESOLVER (source), result, NULL);

  /* They are in order already; a lone dot says that there is no such service. */
  if (targets != NULL)
    {
      self->hosts[question->service] = aw_host_clean (g_srv_target_get_hostname (targets->data));
      self->ports[question->service] = g_srv_target_get_port (targets->data);
      if (self->ports[question->service] == 0)
        g_clear_pointer (&self->hosts[question->service], g_free);
    }
  g_resolver_free_targets (targets);
  answered (task);
}

static void
on_mx (GObject *source,
       GAsyncResult *result,
       gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *self = g_task_get_task_data (task);
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (source), result, NULL);
  guint best = G_MAXUINT;

  for (GList *l = records; l != NULL; l = l->next)
    {
      guint16 preference;
      const char *host;
      const AwPreset *preset;

      g_variant_get (l->data, "(q&s)", &preference, &host);
      preset = preference < best ? aw_preset_find_by_mx (host) : NULL;
      if (preset == NULL)
        continue;
      best = preference;
      g_clear_pointer (&self->mx, aw_proposal_free);
      self->mx = proposal_new (AW_ORIGIN_MX, host);
      self->mx->preset = preset;
      aw_preset_fill (preset, self->address, self->mx->account);
    }
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  answered (task);
}

static void
fetch_thread (GTask *task,
              G_GNUC_UNUSED gpointer source,
              gpointer data,
              GCancellable *cancellable)
{
  const char *address = data;
  const char *domain = strrchr (address, '@') + 1;
  g_autofree char *own = g_strdup_printf ("https://autoconfig.%s/mail/config-v1.1.xml", domain);
  g_autofree char *known = g_strdup_printf ("https://%s/.well-known/autoconfig/mail/config-v1.1.xml", domain);
  const char *urls[] = { own, known };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      gsize length;
      g_autofree char *text = aw_autoconfig_fetch (urls[i], NULL, cancellable, &length, NULL);
      g_autoptr (AwProposal) proposal = text != NULL ? proposal_new (AW_ORIGIN_AUTOCONFIG, urls[i]) : NULL;

      if (proposal == NULL || !aw_autoconfig_parse (text, length, address, proposal->account))
        continue;
      proposal->account->save_sent = proposal->account->imap_host != NULL;
      g_task_return_pointer (task, g_steal_pointer (&proposal), (GDestroyNotify) aw_proposal_free);
      return;
    }
  g_task_return_pointer (task, NULL, NULL);
}

static void
on_fetched (G_GNUC_UNUSED GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *self = g_task_get_task_data (task);

  self->autoconfig = g_task_propagate_pointer (G_TASK (result), NULL);
  answered (task);
}

static void
goa_thread (GTask *task,
            G_GNUC_UNUSED gpointer source,
            gpointer data,
            GCancellable *cancellable)
{
  g_autoptr (AwProposal) proposal = proposal_new (AW_ORIGIN_GOA, "GNOME Online Accounts");

  if (aw_goa_find (data, proposal->account, cancellable, NULL))
    g_task_return_pointer (task, g_steal_pointer (&proposal), (GDestroyNotify) aw_proposal_free);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
on_goa (G_GNUC_UNUSED GObject *source,
        GAsyncResult *result,
        gpointer data)
{
  g_autoptr (GTask) task = data;
  Search *self = g_task_get_task_data (task);

  self->goa = g_task_propagate_pointer (G_TASK (result), NULL);
  answered (task);
}

static gboolean
on_time (gpointer data)
{
  Search *self = data;

  self->timer = 0;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (G_GNUC_UNUSED GCancellable *cancellable,
              gpointer inner)
{
  g_cancellable_cancel (inner);
}

/**
 * aw_discover_async:
 * @address: an address
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @data: for @callback
 *
 * Looks for the server of an address: what the desktop knows, who receives its mail (MX), what the
 * domain's name service says, and what a file at the domain says. Only the
 * domain is told to anybody, never the address.
 */
void
aw_discover_async (const char *address,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GTask) fetch = NULL;
  g_autoptr (GTask) goa = NULL;
  g_autofree char *normal = aw_address_normalize (address, NULL);
  Search *self;

  g_task_set_source_tag (task, aw_discover_async);
  if (normal == NULL)
    {
      g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  self = g_new0 (Search, 1);
  self->address = g_steal_pointer (&normal);
  self->domain = g_strdup (strrchr (self->address, '@') + 1);
  self->inner = g_cancellable_new ();
  g_task_set_task_data (task, self, (GDestroyNotify) search_free);
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), g_object_ref (self->inner), g_object_unref);
    }
  self->timer = g_timeout_add_seconds (SECONDS, on_time, self);

  self->open = N_SERVICES + 3;
  for (guint i = 0; i < N_SERVICES; i++)
    {
      Question *question = g_new (Question, 1);

      question->task = g_object_ref (task);
      question->service = i;
      g_resolver_lookup_service_async (resolver, services[i], "tcp", self->domain, self->inner, on_service, question);
    }
  g_resolver_lookup_records_async (resolver, self->domain, G_RESOLVER_RECORD_MX, self->inner, on_mx, g_object_ref (task));
  fetch = g_task_new (NULL, self->inner, on_fetched, g_object_ref (task));
  g_task_set_task_data (fetch, g_strdup (self->address), g_free);
  g_task_run_in_thread (fetch, fetch_thread);
  goa = g_task_new (NULL, self->inner, on_goa, g_object_ref (task));
  g_task_set_task_data (goa, g_strdup (self->address), g_free);
  g_task_run_in_thread (goa, goa_thread);
}

static void
on_desktop (G_GNUC_UNUSED GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (GTask) task = data;
  const char *address = g_task_get_task_data (task);
  AwProposal *goa = g_task_propagate_pointer (G_TASK (result), NULL);
  const AwPreset *preset = aw_preset_find (address);
  g_autoptr (GPtrArray) proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) aw_proposal_free);

  if (goa != NULL)
    {
      g_ptr_array_add (proposals, goa);
      if (preset != NULL)
        {
          AwProposal *known = proposal_new (AW_ORIGIN_PRESET, preset->name);

          known->preset = preset;
          aw_preset_fill (preset, address, known->account);
          g_ptr_array_add (proposals, known);
        }
    }
  g_task_return_pointer (task, g_steal_pointer (&proposals), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * aw_discover_desktop_async:
 * @address: an address
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @data: for @callback
 *
 * Nobody outside this computer is asked.
 */
void
aw_discover_desktop_async (const char *address,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autofree char *normal = aw_address_normalize (address, NULL);
  g_autoptr (GTask) goa = NULL;

  g_task_set_source_tag (task, aw_discover_desktop_async);
  if (normal == NULL)
    {
      g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  g_task_set_task_data (task, g_strdup (normal), g_free);
  goa = g_task_new (NULL, cancellable, on_desktop, g_object_ref (task));
  g_task_set_task_data (goa, g_steal_pointer (&normal), g_free);
  g_task_run_in_thread (goa, goa_thread);
}

GPtrArray *
aw_discover_finish (GAsyncResult *result,
                    GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
