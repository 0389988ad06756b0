/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/aw-search-provider.h"

#include <string.h>

#include "agent/aw-window-client.h"
#include "config.h"
#include "core/aw-words.h"
#include "store/aw-search.h"

/* The overview shows no more. */
#define AT_MOST 10

struct _AwSearchProvider
{
  GObject parent_instance;

  AwEngine *engine;
  GDBusConnection *bus;
  guint registration;
};

G_DEFINE_FINAL_TYPE (AwSearchProvider, aw_search_provider, G_TYPE_OBJECT)

static const char introspection[] = "<node><interface name='org.gnome.Shell.SearchProvider2'>"
                                    "<method name='GetInitialResultSet'><arg type='as' direction='in'/>"
                                    "<arg type='as' direction='out'/></method>"
                                    "<method name='GetSubsearchResultSet'><arg type='as' direction='in'/>"
                                    "<arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
                                    "<method name='GetResultMetas'><arg type='as' direction='in'/>"
                                    "<arg type='aa{sv}' direction='out'/></method>"
                                    "<method name='ActivateResult'><arg type='s' direction='in'/>"
                                    "<arg type='as' direction='in'/><arg type='u' direction='in'/></method>"
                                    "<method name='LaunchSearch'><arg type='as' direction='in'/>"
                                    "<arg type='u' direction='in'/></method>"
                                    "</interface></node>";

/* Ids of the opportunities that the words are about. */
static GVariant *
search (AwSearchProvider *self,
        const char **terms)
{
  g_autofree char *words = g_strjoinv (" ", (char **) terms);
  g_autoptr(GPtrArray) hits = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GError) error = NULL;
  GVariantBuilder ids;

  g_variant_builder_init (&ids, G_VARIANT_TYPE ("as"));
  hits = aw_search (aw_engine_get_database (self->engine), words, &error);
  if (error != NULL)
    g_message ("The overview's search failed: %s", error->message);
  for (guint i = 0; hits != NULL && i < hits->len && g_hash_table_size (seen) < AT_MOST; i++)
    {
      AwSearchHit *hit = g_ptr_array_index (hits, i);

      if (hit->opportunity != NULL && g_hash_table_add (seen, hit->opportunity))
        g_variant_builder_add (&ids, "s", hit->opportunity);
    }
  return g_variant_new ("(as)", &ids);
}

static GVariant *
describe (AwSearchProvider *self,
          const char **ids)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr(AwRecord) record =
        aw_database_load_record (aw_engine_get_database (self->engine), AW_RECORD_OPPORTUNITY, ids[i], NULL);
      AwOpportunity *opportunity = record != NULL ? AW_OPPORTUNITY (record) : NULL;

      if (opportunity == NULL)
        continue;
      g_variant_builder_open (&metas, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (ids[i]));
      g_variant_builder_add (&metas, "{sv}", "name",
                             g_variant_new_string (opportunity->company != NULL ? opportunity->company : ""));
      g_variant_builder_add (
        &metas, "{sv}", "description",
        g_variant_new_string (opportunity->role != NULL ? opportunity->role : aw_words_status (opportunity->status)));
      g_variant_builder_add (&metas, "{sv}", "gicon", g_variant_new_string (APP_ID));
      g_variant_builder_close (&metas);
    }
  return g_variant_new ("(aa{sv})", &metas);
}

static void
on_call (GDBusConnection *bus,
         G_GNUC_UNUSED const char *sender,
         G_GNUC_UNUSED const char *path,
         G_GNUC_UNUSED const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  AwSearchProvider *self = AW_SEARCH_PROVIDER (data);
  g_autofree const char **first = NULL;
  g_autofree const char **second = NULL;
  const char *id;

  if (strcmp (method, "GetInitialResultSet") == 0)
    {
      g_variant_get (parameters, "(^a&s)", &first);
      g_dbus_method_invocation_return_value (invocation, search (self, first));
    }
  else if (strcmp (method, "GetSubsearchResultSet") == 0)
    {
      g_variant_get (parameters, "(^a&s^a&s)", &first, &second);
      g_dbus_method_invocation_return_value (invocation, search (self, second));
    }
  else if (strcmp (method, "GetResultMetas") == 0)
    {
      g_variant_get (parameters, "(^a&s)", &first);
      g_dbus_method_invocation_return_value (invocation, describe (self, first));
    }
  else if (strcmp (method, "ActivateResult") == 0)
    {
      g_variant_get (parameters, "(&s^a&su)", &id, &first, NULL);
      aw_window_client_activate (bus, "open", id, "", NULL);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else
    {
      aw_window_client_activate (bus, "open", "", "", NULL);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static void
aw_search_provider_finalize (GObject *object)
{
  AwSearchProvider *self = AW_SEARCH_PROVIDER (object);

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->bus, self->registration);
  g_clear_object (&self->bus);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (aw_search_provider_parent_class)->finalize (object);
}

static void
aw_search_provider_class_init (AwSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_search_provider_finalize;
}

static void
aw_search_provider_init (G_GNUC_UNUSED AwSearchProvider *self)
{
}

/**
 * aw_search_provider_new:
 *
 * Returns: (transfer full): a search provider
 */
AwSearchProvider *
aw_search_provider_new (void)
{
  return g_object_new (AW_TYPE_SEARCH_PROVIDER, NULL);
}

/**
 * aw_search_provider_set_engine:
 * @self: a search provider
 * @engine: where to search
 *
 * The object must be on the bus before the name is, the facts need not.
 */
void
aw_search_provider_set_engine (AwSearchProvider *self,
                               AwEngine *engine)
{
  g_set_object (&self->engine, engine);
}

/**
 * aw_search_provider_export:
 * @self: a search provider
 * @bus: the session bus
 * @path: the object's path
 * @error: return location
 *
 * Returns: whether it can be called
 */
gboolean
aw_search_provider_export (AwSearchProvider *self,
                           GDBusConnection *bus,
                           const char *path,
                           GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, error);

  if (node == NULL)
    return FALSE;
  self->bus = g_object_ref (bus);
  self->registration = g_dbus_connection_register_object (bus, path, node->interfaces[0], &vtable, self, NULL, error);
  return self->registration != 0;
}
