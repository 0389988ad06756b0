/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/aw-types.h"

G_BEGIN_DECLS

/**
 * AwRecord:
 *
 * One recorded fact: an opportunity, a person, a touch and so on. A record is
 * a value: whoever shares one never changes it. To change a fact, copy the
 * record, set the copy's members, and hand both to the engine as a change.
 *
 * What a type consists of stands in a table of fields, which the store, the
 * interchange document, undo and the properties are all driven by. So a new
 * member is one line here and one column in a migration.
 */
#define AW_TYPE_RECORD (aw_record_get_type ())
GType aw_record_get_type (void);

typedef struct _AwRecord AwRecord;
typedef struct _AwRecordClass AwRecordClass;

/* The kinds, in the order in which they must be written (owners first). */
typedef enum
{
  AW_RECORD_OPPORTUNITY,
  AW_RECORD_PERSON,
  AW_RECORD_INTERVIEW,
  AW_RECORD_TOUCH,
  AW_RECORD_STEP,
  AW_RECORD_ARTICLE,
  AW_RECORD_CALL,
  AW_RECORD_QUESTION,
  AW_RECORD_DECISION,
  AW_RECORD_MESSAGE, /* the last that belongs to an opportunity */
  AW_RECORD_ACCOUNT,
  AW_RECORD_TEMPLATE,
  AW_RECORD_POLICY,
  AW_N_RECORD_KINDS,
} AwRecordKind;

#define AW_N_DOSSIER_KINDS (AW_RECORD_MESSAGE + 1)

typedef enum
{
  AW_FIELD_TEXT,     /* char *, NULL if absent */
  AW_FIELD_BOOL,     /* gboolean */
  AW_FIELD_INT,      /* int, -1 if absent */
  AW_FIELD_ENUM,     /* int with a vocabulary */
  AW_FIELD_INSTANT,  /* AwInstant */
  AW_FIELD_DATE,     /* AwDate */
  AW_FIELD_STRV,     /* GStrv, NULL if empty */
  AW_FIELD_PAIRS,    /* GPtrArray of AwPair, NULL if empty */
  AW_FIELD_INSTANTS, /* GArray of AwInstant, NULL if empty */
  AW_FIELD_INTS,     /* GArray of int, NULL if absent */
  AW_FIELD_DATES,    /* GArray of AwDate, NULL if empty */
} AwFieldKind;

typedef enum
{
  AW_FIELD_NONE = 0,
  AW_FIELD_REQUIRED = 1 << 0, /* the document must have it */
  AW_FIELD_PERSON = 1 << 1,   /* holds ids of people of the same opportunity */
  AW_FIELD_TOLD = 1 << 2,     /* pairs of person and instant, not person and text */
  AW_FIELD_CLOCK = 1 << 3,    /* text as HH:MM */
  AW_FIELD_WORDS = 1 << 4,    /* strv whose words must be of the vocabulary */
} AwFieldFlags;

/**
 * AwField:
 * @name: member of the document and column of the store
 * @kind: which C type stands at @offset
 * @offset: where, in bytes from the start of the record
 * @flags: what the document may hold
 * @vocabulary: (nullable): for %AW_FIELD_ENUM and %AW_FIELD_WORDS
 * @min: least allowed int or enum value
 * @max: greatest allowed int or enum value; 0: no limits
 * @initial: value of a new record, for bool, int and enum
 * @initial_text: (nullable): value of a new record, for text
 */
typedef struct
{
  const char *name;
  AwFieldKind kind;
  gsize offset;
  AwFieldFlags flags;
  const AwVocabulary *vocabulary;
  int min, max;
  int initial;
  const char *initial_text;
} AwField;

struct _AwRecord
{
  GObject parent_instance;

  char *id;
  char *opportunity; /* whose it is; NULL for an opportunity and what has no owner */
  gint64 position;   /* place in its list: rises, gaps allowed; 0: at the end when first stored */
  char *extra;       /* members that this version does not know, a JSON object as text, or NULL */
};

struct _AwRecordClass
{
  GObjectClass parent_class;

  AwRecordKind kind;
  const char *member; /* the list's name in the document; NULL: not part of it */
  const char *table;  /* in the store */
  gboolean has_id;    /* whether the document gives it an id */
  const AwField *fields;
  guint n_fields;
};

#define AW_RECORD(record) (G_TYPE_CHECK_INSTANCE_CAST ((record), AW_TYPE_RECORD, AwRecord))
#define AW_IS_RECORD(record) (G_TYPE_CHECK_INSTANCE_TYPE ((record), AW_TYPE_RECORD))
#define AW_RECORD_CLASS(klass) (G_TYPE_CHECK_CLASS_CAST ((klass), AW_TYPE_RECORD, AwRecordClass))
#define AW_RECORD_GET_CLASS(record) (G_TYPE_INSTANCE_GET_CLASS ((record), AW_TYPE_RECORD, AwRecordClass))
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwRecord, g_object_unref)

#define AW_FIELD_AT(record, field, type) (*(type *) ((guint8 *) (record) + (field)->offset))

/**
 * AwPair:
 * @person: (nullable): a person's id
 * @text: (nullable): what belongs to that person
 * @at: when, for pairs that tell when somebody was told
 * @extra: (nullable): unknown members, a JSON object as text
 */
typedef struct
{
  char *person;
  char *text;
  AwInstant at;
  char *extra;
} AwPair;

AwPair *aw_pair_new (const char *person, const char *text);
AwPair *aw_pair_copy (const AwPair *pair);
void aw_pair_free (AwPair *pair);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwPair, aw_pair_free)

void aw_record_class_install (AwRecordClass *klass,
                              AwRecordKind kind,
                              const char *member,
                              const char *table,
                              gboolean has_id,
                              const AwField *fields,
                              guint n_fields);

AwRecord *aw_record_new (GType type, const char *opportunity);
AwRecord *aw_record_copy (AwRecord *record);
gboolean aw_record_equal (AwRecord *a, AwRecord *b);
gboolean aw_record_field_equal (AwRecord *a, AwRecord *b, const AwField *field);
AwRecordKind aw_record_get_kind (AwRecord *record);

/* A typed copy: aw_record_edit (person) is an AwPerson to be changed. */
#define aw_record_edit(record) ((__typeof__ (record)) (gpointer) aw_record_copy (AW_RECORD (record)))

G_END_DECLS
