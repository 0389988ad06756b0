/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/aw-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/aw-dossier-private.h"
#include "core/aw-record-json.h"
#include "core/aw-references.h"

G_DEFINE_QUARK (aw-exchange-error-quark, aw_exchange_error)

#define VERSION_KNOWN 1

struct _AwDocument
{
  AwPolicy *policy;
  char *extra;
  GPtrArray *dossiers;
  GPtrArray *remarks;
};

static const char *const document_names[] = { "format", "version", "policy", "opportunities", NULL };

/* Parsing ------------------------------------------------------------------ */

typedef struct
{
  AwDocument *document;
  GHashTable *places;                    /* id → path, over the whole document */
  GHashTable *values;                    /* AwRecord → its AwJson, for the lines of bad references */
  GStrv known[AW_N_RECORD_KINDS];        /* the members that somebody reads */
  GString *place;
  GError **error;
} Reader;

static gboolean
fail (Reader *reader,
      const AwJson *json,
      const char *what)
{
  /* Translators: a line's number, the path to a member, what is wrong there. */
  g_set_error (reader->error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_PLACE, _("Line %u, %s: %s"),
               json->line, reader->place->str, what);
  return FALSE;
}

static char **
list_known (AwRecordKind kind)
{
  const AwRecordClass *klass = aw_record_kind_get_class (kind);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (klass->has_id)
    g_strv_builder_add (builder, "id");
  for (guint i = 0; i < klass->n_fields; i++)
    g_strv_builder_add (builder, klass->fields[i].name);
  if (kind == AW_RECORD_OPPORTUNITY)
    for (guint i = AW_RECORD_OPPORTUNITY + 1; i < AW_N_DOSSIER_KINDS; i++)
      if (aw_record_kind_get_class (i)->member != NULL)
        g_strv_builder_add (builder, aw_record_kind_get_class (i)->member);
  return g_strv_builder_end (builder);
}

static gboolean
read_id (Reader *reader,
         const AwJson *json,
         AwRecord *record)
{
  const AwJson *id = aw_json_get_member (json, "id");
  const char *first;

  g_string_append (reader->place, ".id");
  if (id == NULL)
    return fail (reader, json, _("this member must be there."));
  if (id->type != AW_JSON_STRING)
    return fail (reader, id, _("a text in quotation marks is expected here."));
  if (*id->text == '\0' || strchr (id->text, '/') != NULL)
    return fail (reader, id, _("an id must not be empty or contain “/”."));
  if (strcmp (id->text, "-") == 0)
    return fail (reader, id, _("“-” cannot be an id: it stands for nobody."));

  first = g_hash_table_lookup (reader->places, id->text);
  if (first != NULL)
    {
      g_autofree char *what = g_strdup_printf (_("the id “%s” is taken already, by %s."), id->text, first);

      return fail (reader, id, what);
    }
  record->id = g_strdup (id->text);
  g_string_truncate (reader->place, reader->place->len - strlen (".id"));
  g_hash_table_insert (reader->places, record->id, g_strdup (reader->place->str));
  return TRUE;
}

static gboolean
read_field (Reader *reader,
            const AwJson *json,
            AwRecord *record,
            const AwField *field)
{
  const AwJson *value = aw_json_get_member (json, field->name);
  g_autoptr (GError) error = NULL;
  gsize length = reader->place->len;

  g_string_append_printf (reader->place, ".%s", field->name);
  if (!aw_field_read_json (record, field, value, reader->place, &error))
    {
      if (aw_record_get_kind (record) != AW_RECORD_POLICY || error->code != AW_FIELD_ERROR_RANGE)
        return fail (reader, value != NULL ? value : json, error->message);
      g_ptr_array_add (reader->document->remarks,
                       g_strdup_printf (_("Line %u, %s: %s The default is used instead."),
                                        value->line, reader->place->str, error->message));
    }
  g_string_truncate (reader->place, length);
  return TRUE;
}

static AwRecord *
read_record (Reader *reader,
             const AwJson *json,
             AwRecordKind kind,
             const char *opportunity)
{
  const AwRecordClass *klass = aw_record_kind_get_class (kind);
  g_autoptr (AwRecord) record = g_object_new (aw_record_kind_get_type (kind), NULL);

  if (json->type != AW_JSON_OBJECT)
    {
      fail (reader, json, _("an object in braces is expected here."));
      return NULL;
    }
  record->opportunity = g_strdup (opportunity);
  if (!klass->has_id)
    record->id = kind == AW_RECORD_POLICY ? g_strdup ("policy") : g_uuid_string_random ();
  else if (!read_id (reader, json, record))
    return NULL;
  for (guint i = 0; i < klass->n_fields; i++)
    if (!read_field (reader, json, record, &klass->fields[i]))
      return NULL;
  record->extra = aw_json_collect_extra (json, (const char *const *) reader->known[kind]);
  return g_steal_pointer (&record);
}

static gboolean
read_list (Reader *reader,
           const AwJson *json,
           AwRecordKind kind,
           AwDossier *dossier)
{
  gsize length = reader->place->len;

  if (json->type != AW_JSON_ARRAY)
    return fail (reader, json, _("a list in brackets is expected here."));
  for (guint i = 0; i < json->items->len; i++)
    {
      AwJson *item = g_ptr_array_index (json->items, i);
      AwRecord *record;

      g_string_append_printf (reader->place, "[%u]", i);
      record = read_record (reader, item, kind, aw_dossier_get_id (dossier));
      if (record == NULL)
        return FALSE;
      g_hash_table_insert (reader->values, record, item);
      aw_record_list_append (aw_dossier_get_list (dossier, kind), record);
      g_string_truncate (reader->place, length);
    }
  return TRUE;
}

typedef struct
{
  Reader *reader;
  AwDossier *dossier;
  gboolean failed;
} References;

static void
on_bad_reference (AwRecord *record,
                  const AwField *field,
                  const char *place,
                  const char *message,
                  gpointer data)
{
  References *references = data;
  Reader *reader = references->reader;
  const AwJson *json = g_hash_table_lookup (reader->values, record);
  AwRecordKind kind = aw_record_get_kind (record);
  guint index = 0;

  if (references->failed)
    return;
  references->failed = TRUE;

  if (kind != AW_RECORD_OPPORTUNITY)
    {
      AwRecordList *list = aw_dossier_get_list (references->dossier, kind);

      while (aw_record_list_peek (list, index) != record)
        index++;
      g_string_append_printf (reader->place, ".%s[%u]", aw_record_kind_get_class (kind)->member, index);
    }
  g_string_append_printf (reader->place, ".%s%s", field->name, place);
  fail (reader, aw_json_get_member (json, field->name), message);
}

static AwDossier *
read_dossier (Reader *reader,
              AwJson *json)
{
  g_autoptr (AwRecord) opportunity = read_record (reader, json, AW_RECORD_OPPORTUNITY, NULL);
  g_autoptr (AwDossier) dossier = NULL;
  References references = { reader, NULL, FALSE };

  if (opportunity == NULL)
    return NULL;
  dossier = aw_dossier_new (AW_OPPORTUNITY (opportunity));
  g_hash_table_remove_all (reader->values);
  g_hash_table_insert (reader->values, opportunity, json);

  for (guint kind = AW_RECORD_OPPORTUNITY + 1; kind < AW_N_DOSSIER_KINDS; kind++)
    {
      const char *member = aw_record_kind_get_class (kind)->member;
      AwJson *list = member != NULL ? aw_json_get_member (json, member) : NULL;
      gsize length = reader->place->len;

      if (list == NULL)
        continue;
      g_string_append_printf (reader->place, ".%s", member);
      if (!read_list (reader, list, kind, dossier))
        return NULL;
      g_string_truncate (reader->place, length);
    }

  references.dossier = dossier;
  aw_dossier_check_references (dossier, on_bad_reference, &references);
  return references.failed ? NULL : g_steal_pointer (&dossier);
}

static gboolean
read_opportunities (Reader *reader,
                    const AwJson *root)
{
  const AwJson *list = aw_json_get_member (root, "opportunities");

  if (list == NULL)
    return TRUE;
  g_string_assign (reader->place, "opportunities");
  if (list->type != AW_JSON_ARRAY)
    return fail (reader, list, _("a list in brackets is expected here."));
  for (guint i = 0; i < list->items->len; i++)
    {
      AwDossier *dossier;

      g_string_printf (reader->place, "opportunities[%u]", i);
      dossier = read_dossier (reader, g_ptr_array_index (list->items, i));
      if (dossier == NULL)
        return FALSE;
      g_ptr_array_add (reader->document->dossiers, dossier);
    }
  return TRUE;
}

static gboolean
read_document (Reader *reader,
               const AwJson *root)
{
  const AwJson *policy = aw_json_get_member (root, "policy");

  if (policy != NULL)
    {
      g_string_assign (reader->place, "policy");
      reader->document->policy = (gpointer) read_record (reader, policy, AW_RECORD_POLICY, NULL);
      if (reader->document->policy == NULL)
        return FALSE;
    }
  reader->document->extra = aw_json_collect_extra (root, document_names);
  return read_opportunities (reader, root);
}

/* Whether it is a document of ours, and one that this version can read. */
static gboolean
check_head (const AwJson *root,
            GError **error)
{
  const AwJson *format = aw_json_get_member (root, "format");
  const AwJson *version = aw_json_get_member (root, "version");
  gint64 number = 0;

  if (format == NULL || format->type != AW_JSON_STRING || strcmp (format->text, "afterword") != 0)
    {
      g_set_error_literal (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                           _("This is JSON, but no document of Afterword: “format” must be “afterword”."));
      return FALSE;
    }
  if (version == NULL || !aw_json_get_int (version, &number) || number < 1)
    {
      g_set_error_literal (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                           _("The document does not say which version it has: “version” must be 1."));
      return FALSE;
    }
  if (number > VERSION_KNOWN)
    {
      g_set_error_literal (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                           _("The document was made by a newer version of Afterword; please update Afterword to import it."));
      return FALSE;
    }
  return TRUE;
}

/* Writing ------------------------------------------------------------------ */

static void
append_fields (GString *out,
               AwRecord *record,
               int indent,
               gboolean *first)
{
  const AwRecordClass *klass = AW_RECORD_GET_CLASS (record);

  if (klass->has_id)
    {
      aw_json_append_name (out, "id", indent, first);
      aw_json_append_string (out, record->id);
    }
  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (aw_field_is_absent (record, &klass->fields[i]))
        continue;
      aw_json_append_name (out, klass->fields[i].name, indent, first);
      aw_field_append_json (out, record, &klass->fields[i], indent);
    }
}

static void
append_record (GString *out,
               AwRecord *record,
               int indent)
{
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  append_fields (out, record, indent + 1, &first);
  aw_json_append_extra (out, record->extra, indent + 1, &first);
  aw_json_append_break (out, indent);
  g_string_append_c (out, '}');
}

static void
append_list (GString *out,
             AwRecordList *list,
             int indent)
{
  guint i = 0;

  g_string_append_c (out, '[');
  for (i = 0; i < aw_record_list_get_length (list); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      aw_json_append_break (out, indent + 1);
      append_record (out, aw_record_list_peek (list, i), indent + 1);
    }
  aw_json_append_break (out, indent);
  g_string_append_c (out, ']');
}

static void
append_dossier (GString *out,
                AwDossier *dossier,
                int indent)
{
  AwRecord *opportunity = AW_RECORD (aw_dossier_get_opportunity (dossier));
  gboolean first = TRUE;

  g_string_append_c (out, '{');
  append_fields (out, opportunity, indent + 1, &first);
  for (guint kind = AW_RECORD_OPPORTUNITY + 1; kind < AW_N_DOSSIER_KINDS; kind++)
    {
      const char *member = aw_record_kind_get_class (kind)->member;
      AwRecordList *list = aw_dossier_get_list (dossier, kind);

      if (member == NULL || aw_record_list_get_length (list) == 0)
        continue;
      aw_json_append_name (out, member, indent + 1, &first);
      append_list (out, list, indent + 1);
    }
  aw_json_append_extra (out, opportunity->extra, indent + 1, &first);
  aw_json_append_break (out, indent);
  g_string_append_c (out, '}');
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_document_new:
 * @policy: (nullable): the policy
 * @extra: (nullable): unknown members of the whole, an object as text
 *
 * Returns: (transfer full): a document without opportunities
 */
AwDocument *
aw_document_new (AwPolicy *policy,
                 const char *extra)
{
  AwDocument *self = g_new0 (AwDocument, 1);

  self->policy = policy != NULL ? g_object_ref (policy) : NULL;
  self->extra = g_strdup (extra);
  self->dossiers = g_ptr_array_new_with_free_func (g_object_unref);
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
aw_document_free (AwDocument *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->policy);
  g_free (self->extra);
  g_ptr_array_unref (self->dossiers);
  g_ptr_array_unref (self->remarks);
  g_free (self);
}

/**
 * aw_document_parse:
 * @bytes: a file's content
 * @error: return location: what is wrong and where, in one sentence
 *
 * Reads a document, or refuses it whole. A value of the policy that is out of
 * range is replaced by its default, and that is among the remarks.
 *
 * Returns: (transfer full) (nullable): the document
 */
AwDocument *
aw_document_parse (GBytes *bytes,
                   GError **error)
{
  g_autoptr (AwDocument) document = NULL;
  g_autoptr (AwJson) root = NULL;
  g_autoptr (GHashTable) places = NULL;
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (GString) place = NULL;
  Reader reader = { 0 };
  gsize length;
  const char *text;
  gboolean ok;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (length > AW_EXCHANGE_MAX_SIZE)
    {
      g_set_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                   _("The file is larger than %u MB; Afterword makes none that large."), AW_EXCHANGE_MAX_SIZE >> 20);
      return NULL;
    }
  root = aw_json_parse (text != NULL ? text : "", length, error);
  if (root == NULL || !check_head (root, error))
    return NULL;

  document = aw_document_new (NULL, NULL);
  places = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  values = g_hash_table_new (NULL, NULL);
  place = g_string_new (NULL);
  reader.document = document;
  reader.places = places;
  reader.values = values;
  reader.place = place;
  reader.error = error;
  for (guint kind = 0; kind < AW_N_RECORD_KINDS; kind++)
    reader.known[kind] = list_known (kind);

  ok = read_document (&reader, root);

  for (guint kind = 0; kind < AW_N_RECORD_KINDS; kind++)
    g_strfreev (reader.known[kind]);
  return ok ? g_steal_pointer (&document) : NULL;
}

/**
 * aw_document_to_bytes:
 * @self: a document
 *
 * Writes members in the order of the field tables, unknown ones after them,
 * and leaves out what is not recorded; so the same facts make the same bytes.
 *
 * Returns: (transfer full): the document as a file's content
 */
GBytes *
aw_document_to_bytes (AwDocument *self)
{
  GString *out = g_string_new (NULL);
  gboolean first = TRUE;

  g_return_val_if_fail (self != NULL, NULL);

  g_string_append_c (out, '{');
  aw_json_append_name (out, "format", 1, &first);
  aw_json_append_string (out, "afterword");
  aw_json_append_name (out, "version", 1, &first);
  g_string_append_printf (out, "%d", VERSION_KNOWN);
  if (self->policy != NULL)
    {
      aw_json_append_name (out, "policy", 1, &first);
      append_record (out, AW_RECORD (self->policy), 1);
    }
  aw_json_append_name (out, "opportunities", 1, &first);
  g_string_append_c (out, '[');
  for (guint i = 0; i < self->dossiers->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      aw_json_append_break (out, 2);
      append_dossier (out, g_ptr_array_index (self->dossiers, i), 2);
    }
  if (self->dossiers->len > 0)
    aw_json_append_break (out, 1);
  g_string_append_c (out, ']');
  aw_json_append_extra (out, self->extra, 1, &first);
  g_string_append (out, "\n}\n");
  return g_string_free_to_bytes (out);
}

/**
 * aw_document_add:
 * @self: a document
 * @dossier: (transfer none): an opportunity with all that belongs to it
 */
void
aw_document_add (AwDocument *self,
                 AwDossier *dossier)
{
  g_return_if_fail (self != NULL && AW_IS_DOSSIER (dossier));

  g_ptr_array_add (self->dossiers, g_object_ref (dossier));
}

AwPolicy *
aw_document_get_policy (AwDocument *self)
{
  return self->policy;
}

const char *
aw_document_get_extra (AwDocument *self)
{
  return self->extra;
}

guint
aw_document_get_n_dossiers (AwDocument *self)
{
  return self->dossiers->len;
}

AwDossier *
aw_document_get_dossier (AwDocument *self,
                         guint i)
{
  g_return_val_if_fail (i < self->dossiers->len, NULL);

  return g_ptr_array_index (self->dossiers, i);
}

GPtrArray *
aw_document_get_remarks (AwDocument *self)
{
  return self->remarks;
}
