/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/aw-certificate.h"

#include <string.h>

#define SHA256_LENGTH 32
#define PIN_PREFIX "sha256//"

static GByteArray *
get_der (GTlsCertificate *certificate)
{
  GByteArray *der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return der;
}

static void
hash (const guint8 *data,
      gsize length,
      guint8 digest[SHA256_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = SHA256_LENGTH;

  g_checksum_update (checksum, data, length);
  g_checksum_get_digest (checksum, digest, &size);
}

/* One element of DER: where its content begins and where it ends. */
static gboolean
read_element (const guint8 *at,
              const guint8 *end,
              const guint8 **content,
              const guint8 **next)
{
  gsize length;

  if (end - at < 2)
    return FALSE;
  at++;
  length = *at++;
  if (length & 0x80)
    {
      guint n = length & 0x7f;

      if (n == 0 || n > 4 || (gsize) (end - at) < n)
        return FALSE;
      for (length = 0; n > 0; n--)
        length = length << 8 | *at++;
    }
  if (length > (gsize) (end - at))
    return FALSE;
  *content = at;
  *next = at + length;
  return TRUE;
}

/* Certificate { tbsCertificate { [0] version, serial, signature, issuer,
 * validity, subject, subjectPublicKeyInfo … (RFC 5280 4.1) */
static gboolean
find_public_key (const GByteArray *der,
                 const guint8 **key,
                 gsize *length)
{
  const guint8 *end = der->data + der->len;
  const guint8 *at = der->data;
  const guint8 *content, *next;

  if (!read_element (at, end, &content, &next)) /* Certificate */
    return FALSE;
  if (!read_element (content, next, &at, &end)) /* tbsCertificate */
    return FALSE;
  if (at < end && *at == 0xa0) /* version */
    {
      if (!read_element (at, end, &content, &next))
        return FALSE;
      at = next;
    }
  for (int i = 0; i < 5; i++)
    {
      if (!read_element (at, end, &content, &next))
        return FALSE;
      at = next;
    }
  if (!read_element (at, end, &content, &next))
    return FALSE;
  *key = at;
  *length = next - at;
  return TRUE;
}

/**
 * aw_certificate_pin:
 * @certificate: a server's certificate that the user accepted
 *
 * Returns: (transfer full) (nullable): the pin of its public key
 */
char *
aw_certificate_pin (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = get_der (certificate);
  g_autofree char *encoded = NULL;
  guint8 digest[SHA256_LENGTH];
  const guint8 *key;
  gsize length;

  if (der == NULL || !find_public_key (der, &key, &length))
    return NULL;
  hash (key, length, digest);
  encoded = g_base64_encode (digest, sizeof digest);
  return g_strconcat (PIN_PREFIX, encoded, NULL);
}

/**
 * aw_certificate_fingerprint:
 * @certificate: a server's certificate
 *
 * Returns: (transfer full) (nullable): its SHA-256 fingerprint, for people
 */
char *
aw_certificate_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = get_der (certificate);
  GString *text;
  guint8 digest[SHA256_LENGTH];

  if (der == NULL)
    return NULL;
  hash (der->data, der->len, digest);
  text = g_string_new (NULL);
  for (guint i = 0; i < sizeof digest; i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", digest[i]);
  return g_string_free (text, FALSE);
}

gboolean
aw_pin_is_valid (const char *pin)
{
  g_autofree guchar *digest = NULL;
  gsize length;

  if (pin == NULL || !g_str_has_prefix (pin, PIN_PREFIX))
    return FALSE;
  digest = g_base64_decode (pin + strlen (PIN_PREFIX), &length);
  return length == SHA256_LENGTH;
}
