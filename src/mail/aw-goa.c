/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mail/aw-goa.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mail/aw-address.h"

G_DEFINE_QUARK (aw-goa-error-quark, aw_goa_error)

#define NAME "org.gnome.OnlineAccounts"
#define ROOT "/org/gnome/OnlineAccounts"
#define ACCOUNT NAME ".Account"
#define MAIL NAME ".Mail"
#define OAUTH2 NAME ".OAuth2Based"
#define PASSWORD NAME ".PasswordBased"

/* It may have to ask a provider in the web. */
#define ANSWER_AT_MOST (30 * 1000)

static gboolean
fail (GError **error,
      AwGoaError code)
{
  const char *sentence = _("GNOME Online Accounts cannot be reached.");

  if (code == AW_GOA_ERROR_GONE)
    sentence = _("The account is not in GNOME Online Accounts any more.");
  else if (code == AW_GOA_ERROR_ATTENTION)
    sentence = _("GNOME Online Accounts wants you to sign in again; open Settings.");
  g_set_error_literal (error, AW_GOA_ERROR, (int) code, sentence);
  return FALSE;
}

/* Its own errors are told apart; all others mean that it is not there. */
static void
translate (const GError *local,
           GError **error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (local);

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (local));
  else if (name != NULL && g_str_has_prefix (name, NAME ".Error."))
    fail (error, AW_GOA_ERROR_ATTENTION);
  else
    fail (error, AW_GOA_ERROR_NOT_THERE);
}

static GVariant *
call (GDBusConnection *bus,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters,
      const char *reply_type,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GError) local = NULL;
  GVariant *reply = g_dbus_connection_call_sync (bus, NAME, path, interface, method, parameters, G_VARIANT_TYPE (reply_type),
                                                 G_DBUS_CALL_FLAGS_NONE, ANSWER_AT_MOST, cancellable, &local);

  if (reply == NULL)
    translate (local, error);
  return reply;
}

static GDBusConnection *
get_bus (GCancellable *cancellable,
         GError **error)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, cancellable, NULL);
  GDBusConnection *bus = address != NULL ? g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL) : NULL;

  if (bus == NULL)
    fail (error, AW_GOA_ERROR_NOT_THERE);
  return bus;
}

static GVariant *
get_objects (GDBusConnection *bus,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GVariant) reply = call (bus, ROOT, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL,
                                     "(a{oa{sa{sv}}})", cancellable, error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

/* The properties of one interface of an object, or NULL. */
static GVariant *
get_interface (GVariant *object,
               const char *interface)
{
  return g_variant_lookup_value (object, interface, G_VARIANT_TYPE_VARDICT);
}

static char *
get_text (GVariant *properties,
          const char *name)
{
  const char *text = NULL;

  g_variant_lookup (properties, name, "&s", &text);
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
get_flag (GVariant *properties,
          const char *name)
{
  gboolean value = FALSE;

  g_variant_lookup (properties, name, "b", &value);
  return value;
}

/* "mail.example.org:587"; encrypted or not at all. */
static gboolean
read_server (GVariant *mail,
             const char *protocol,
             int tls_port,
             int starttls_port,
             char **host,
             int *port,
             AwSecurity *security)
{
  g_autofree char *host_name = g_strconcat (protocol, "Host", NULL);
  g_autofree char *ssl_name = g_strconcat (protocol, "UseSsl", NULL);
  g_autofree char *tls_name = g_strconcat (protocol, "UseTls", NULL);
  g_autofree char *text = get_text (mail, host_name);
  gboolean ssl = get_flag (mail, ssl_name);
  char *colon = text != NULL ? strrchr (text, ':') : NULL;

  if (text == NULL || (!ssl && !get_flag (mail, tls_name)))
    return FALSE;
  *port = ssl ? tls_port : starttls_port;
  *security = ssl ? AW_SECURITY_TLS : AW_SECURITY_STARTTLS;
  if (colon != NULL && strchr (text, ':') == colon)
    {
      guint64 number;

      if (!g_ascii_string_to_unsigned (colon + 1, 10, 1, 65535, &number, NULL))
        return FALSE;
      *port = (int) number;
      *colon = '\0';
    }
  *host = aw_host_clean (text);
  return *host != NULL;
}

static gboolean
fill (GVariant *object,
      AwAccount *account)
{
  g_autoptr (GVariant) mail = get_interface (object, MAIL);
  g_autoptr (GVariant) base = get_interface (object, ACCOUNT);
  g_autoptr (GVariant) oauth2 = get_interface (object, OAUTH2);
  g_autoptr (GVariant) password = get_interface (object, PASSWORD);
  g_autofree char *id = get_text (base, "Id");

  /* A token is worth nothing where only passwords are taken, and the other way round. */
  if (id == NULL || !get_flag (mail, "SmtpSupported") || (oauth2 != NULL ? !get_flag (mail, "SmtpAuthXoauth2") : password == NULL))
    return FALSE;
  if (!read_server (mail, "Smtp", 465, 587, &account->host, &account->port, &account->security))
    return FALSE;
  account->user = get_flag (mail, "SmtpUseAuth") || oauth2 != NULL ? get_text (mail, "SmtpUserName") : NULL;
  if (get_flag (mail, "ImapSupported") &&
      read_server (mail, "Imap", 993, 143, &account->imap_host, &account->imap_port, &account->imap_security))
    account->imap_user = get_text (mail, "ImapUserName");
  /* Who signs in through the web files what is sent: Google and Microsoft do. */
  account->save_sent = account->imap_host != NULL && oauth2 == NULL;
  account->goa = g_steal_pointer (&id);
  return TRUE;
}

/**
 * aw_goa_find:
 * @address: an e-mail address
 * @account: (inout): a new one, to be filled
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: whether there is such an account for mail, that is not switched off
 */
gboolean
aw_goa_find (const char *address,
             AwAccount *account,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GDBusConnection) bus = get_bus (cancellable, error);
  g_autoptr (GVariant) objects = bus != NULL ? get_objects (bus, cancellable, error) : NULL;
  GVariantIter iter;
  GVariant *object;

  if (objects == NULL)
    return FALSE;
  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_next (&iter, "{&o@a{sa{sv}}}", NULL, &object))
    {
      g_autoptr (GVariant) each = object;
      g_autoptr (GVariant) mail = get_interface (each, MAIL);
      g_autoptr (GVariant) base = get_interface (each, ACCOUNT);
      g_autofree char *its = mail != NULL ? get_text (mail, "EmailAddress") : NULL;
      g_autofree char *normal = its != NULL ? aw_address_normalize (its, NULL) : NULL;

      if (base == NULL || normal == NULL || get_flag (base, "MailDisabled") || g_ascii_strcasecmp (normal, address) != 0)
        continue;
      if (fill (each, account))
        return TRUE;
    }
  return FALSE;
}

static GVariant *
find_object (GVariant *objects,
             const char *goa,
             char **path)
{
  GVariantIter iter;
  GVariant *object;
  const char *its;

  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_next (&iter, "{&o@a{sa{sv}}}", &its, &object))
    {
      g_autoptr (GVariant) each = object;
      g_autoptr (GVariant) base = get_interface (each, ACCOUNT);
      g_autofree char *id = base != NULL ? get_text (base, "Id") : NULL;

      if (g_strcmp0 (id, goa) != 0)
        continue;
      *path = g_strdup (its);
      return g_steal_pointer (&each);
    }
  return NULL;
}

/**
 * aw_goa_get_secret:
 * @goa: an account's id there
 * @protocol: "smtp" or "imap"
 * @is_token: (out): whether it is a token (XOAUTH2), not a password
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a token or a password that is good now
 */
char *
aw_goa_get_secret (const char *goa,
                   const char *protocol,
                   gboolean *is_token,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GDBusConnection) bus = get_bus (cancellable, error);
  g_autoptr (GVariant) objects = bus != NULL ? get_objects (bus, cancellable, error) : NULL;
  g_autofree char *path = NULL;
  g_autoptr (GVariant) object = objects != NULL ? find_object (objects, goa, &path) : NULL;
  g_autoptr (GVariant) oauth2 = NULL, ensured = NULL, reply = NULL;
  g_autofree char *id = g_strconcat (protocol, "-password", NULL);
  char *secret = NULL;

  *is_token = FALSE;
  if (objects == NULL)
    return NULL;
  if (object == NULL)
    {
      fail (error, AW_GOA_ERROR_GONE);
      return NULL;
    }
  /* Renews what has run out. */
  ensured = call (bus, path, ACCOUNT, "EnsureCredentials", NULL, "(i)", cancellable, error);
  if (ensured == NULL)
    return NULL;
  oauth2 = get_interface (object, OAUTH2);
  if (oauth2 != NULL)
    reply = call (bus, path, OAUTH2, "GetAccessToken", NULL, "(si)", cancellable, error);
  else
    reply = call (bus, path, PASSWORD, "GetPassword", g_variant_new ("(s)", id), "(s)", cancellable, error);
  if (reply == NULL)
    return NULL;
  g_variant_get_child (reply, 0, "s", &secret);
  *is_token = oauth2 != NULL;
  if (*secret != '\0')
    return secret;
  g_free (secret);
  fail (error, AW_GOA_ERROR_ATTENTION);
  return NULL;
}
