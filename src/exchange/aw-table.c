/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/aw-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "exchange/aw-text.h"

#define MAX_COLUMNS 1000

typedef struct
{
  guint line;
  GStrv cells; /* NULL: not readable */
} Row;

struct _AwTable
{
  Row head;
  GArray *rows;
};

static void
row_clear (gpointer data)
{
  g_strfreev (((Row *) data)->cells);
}

/* The one that stands most often in the first line, outside quotes. */
static char
find_separator (const char *text)
{
  static const char separators[] = ",;\t";
  guint counts[3] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (const char *c = text; *c != '\0' && (quoted || *c != '\n'); c++)
    if (*c == '"')
      quoted = !quoted;
    else if (!quoted && strchr (separators, *c) != NULL)
      counts[strchr (separators, *c) - separators]++;
  for (guint i = 1; i < G_N_ELEMENTS (counts); i++)
    if (counts[i] > counts[best])
      best = i;
  return separators[best];
}

/* A spreadsheet would take a text that begins so for a formula; the quote that
 * keeps it from doing that is no part of the text. */
static char *
finish_cell (GString *cell)
{
  char *text = g_strdup (cell->str);

  g_strstrip (text);
  if (text[0] == '\'' && text[1] != '\0' && strchr ("=+-@", text[1]) != NULL)
    memmove (text, text + 1, strlen (text));
  g_string_truncate (cell, 0);
  return text;
}

/* One cell; FALSE: a quote that is opened and not closed, or text after one. */
static gboolean
parse_cell (const char **cursor,
            char separator,
            guint *line,
            GString *cell)
{
  const char *c = *cursor;

  if (*c != '"')
    {
      while (*c != '\0' && *c != '\n' && *c != separator)
        g_string_append_c (cell, *c++);
      *cursor = c;
      return TRUE;
    }

  for (c++; *c != '\0'; c++)
    {
      if (*c == '\n')
        (*line)++;
      if (*c != '"')
        g_string_append_c (cell, *c);
      else if (c[1] == '"')
        g_string_append_c (cell, *++c);
      else
        {
          c++;
          while (*c == ' ')
            c++;
          *cursor = c;
          return *c == '\0' || *c == '\n' || *c == separator;
        }
    }
  return FALSE;
}

/* One row, from @cursor to behind its end. What is not readable ends with its
 * first line, so that one open quote does not swallow the rest. */
static void
parse_row (const char **cursor,
           char separator,
           guint *line,
           Row *row)
{
  const char *start = *cursor;
  guint first = *line;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GString) cell = g_string_new (NULL);

  row->line = first;
  row->cells = NULL;
  for (guint n = 0; n < MAX_COLUMNS; n++)
    {
      g_autofree char *text = NULL;

      if (!parse_cell (cursor, separator, line, cell))
        break;
      text = finish_cell (cell);
      g_strv_builder_add (builder, text);
      if (**cursor != separator)
        {
          row->cells = g_strv_builder_end (builder);
          if (**cursor == '\n')
            (*cursor)++;
          (*line)++;
          return;
        }
      (*cursor)++;
    }

  *line = first + 1;
  *cursor = start + strcspn (start, "\n");
  if (**cursor == '\n')
    (*cursor)++;
}

static gboolean
is_blank (GStrv cells)
{
  for (; *cells != NULL; cells++)
    if (**cells != '\0')
      return FALSE;
  return TRUE;
}

/**
 * aw_table_parse:
 * @bytes: a file's content
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the table
 */
AwTable *
aw_table_parse (GBytes *bytes,
                GError **error)
{
  g_autofree char *text = aw_text_read (bytes, error);
  g_autoptr (AwTable) self = NULL;
  const char *cursor = text;
  guint line = 1;
  char separator;

  if (text == NULL)
    return NULL;

  self = g_new0 (AwTable, 1);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, row_clear);
  while (*cursor == '\n')
    {
      cursor++;
      line++;
    }
  separator = find_separator (cursor);
  parse_row (&cursor, separator, &line, &self->head);
  if (self->head.cells == NULL || is_blank (self->head.cells))
    {
      g_set_error (error, AW_EXCHANGE_ERROR, AW_EXCHANGE_ERROR_FORMAT,
                   _("Line %u: the first row must name the columns, such as Company, Role and Date."), self->head.line);
      return NULL;
    }

  while (*cursor != '\0')
    {
      Row row;

      parse_row (&cursor, separator, &line, &row);
      if (row.cells != NULL && is_blank (row.cells))
        g_strfreev (row.cells);
      else
        g_array_append_val (self->rows, row);
    }
  return g_steal_pointer (&self);
}

void
aw_table_free (AwTable *self)
{
  if (self == NULL)
    return;
  row_clear (&self->head);
  g_array_unref (self->rows);
  g_free (self);
}

guint
aw_table_get_n_columns (AwTable *self)
{
  return g_strv_length (self->head.cells);
}

guint
aw_table_get_n_rows (AwTable *self)
{
  return self->rows->len;
}

const char *
aw_table_get_name (AwTable *self,
                   guint column)
{
  g_return_val_if_fail (column < aw_table_get_n_columns (self), NULL);

  return self->head.cells[column];
}

/**
 * aw_table_is_readable:
 * @self: a table
 * @row: a row
 *
 * Returns: whether its quotes match, and it has no cell beyond the last column
 */
gboolean
aw_table_is_readable (AwTable *self,
                      guint row)
{
  GStrv cells;

  g_return_val_if_fail (row < self->rows->len, FALSE);

  cells = g_array_index (self->rows, Row, row).cells;
  if (cells == NULL)
    return FALSE;
  return g_strv_length (cells) <= aw_table_get_n_columns (self) || is_blank (cells + aw_table_get_n_columns (self));
}

const char *
aw_table_get_cell (AwTable *self,
                   guint row,
                   guint column)
{
  GStrv cells;

  g_return_val_if_fail (row < self->rows->len, "");

  cells = g_array_index (self->rows, Row, row).cells;
  return cells != NULL && column < g_strv_length (cells) ? cells[column] : "";
}

guint
aw_table_get_line (AwTable *self,
                   guint row)
{
  g_return_val_if_fail (row < self->rows->len, 0);

  return g_array_index (self->rows, Row, row).line;
}

/* Columns ------------------------------------------------------------------ */

static const struct
{
  const char *title;
  const char *words; /* in the languages that tables come in, folded */
} columns[AW_N_COLUMNS] = {
  [AW_COLUMN_NONE] = { N_("Leave Out"), "" },
  [AW_COLUMN_COMPANY] = { N_("Company"), "company|company name|firm|employer|organization|organisation|firma|unternehmen|arbeitgeber|entreprise|"
                                         "société|empresa|azienda|bedrijf" },
  [AW_COLUMN_ROLE] = { N_("Role"), "role|position|job|job title|title of job|stelle|poste|puesto|cargo|posizione|functie" },
  [AW_COLUMN_STATUS] = { N_("Status"), "status|state|stand|statut|estado|stato" },
  [AW_COLUMN_SOURCE] = { N_("Source"), "source|link|url|job link|posting|quelle|fuente|fonte" },
  [AW_COLUMN_DATE] = { N_("Interview"), "interview|date|interview date|when|start|starts|datum|termin|wann|date de l'entretien|fecha|data" },
  [AW_COLUMN_TIME] = { N_("Time of Day"), "time|interview time|start time|uhrzeit|zeit|heure|hora|ora|tijd" },
  [AW_COLUMN_DURATION] = { N_("Minutes"), "duration|minutes|length|dauer|durée|duración|durata" },
  [AW_COLUMN_STAGE] = { N_("Round"), "stage|round|runde|étape|ronda" },
  [AW_COLUMN_FORMAT] = { N_("Format"), "format|type|art" },
  [AW_COLUMN_LOCATION] = { N_("Place"), "location|place|where|ort|lieu|lugar|luogo" },
  [AW_COLUMN_PEOPLE] = { N_("People"), "people|person|name|contact|contact name|contacts|interviewer|interviewers|recruiter|hiring manager|"
                                       "ansprechpartner|kontakt|personen|contacto|contatto" },
  [AW_COLUMN_TITLE] = { N_("Person’s Title"), "title|person's title|contact title|titel" },
  [AW_COLUMN_EMAIL] = { N_("E-mail"), "email|e-mail|mail|email address|e-mail address|contact email|correo|courriel|e-mail-adresse" },
  [AW_COLUMN_PHONE] = { N_("Telephone"), "phone|telephone|phone number|mobile|telefon|téléphone|teléfono|telefono" },
  [AW_COLUMN_NOTES] = { N_("Notes"), "notes|note|comments|comment|remarks|notizen|bemerkungen|kommentar|notas" },
};

const char *
aw_column_get_title (AwColumn column)
{
  g_return_val_if_fail (column < AW_N_COLUMNS, NULL);

  return _(columns[column].title);
}

static AwColumn
guess_by_name (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = AW_COLUMN_COMPANY; i < AW_N_COLUMNS; i++)
    {
      g_auto (GStrv) words = g_strsplit (columns[i].words, "|", -1);

      if (g_strv_contains ((const char *const *) words, folded))
        return i;
    }
  return AW_COLUMN_NONE;
}

/**
 * aw_table_guess_column:
 * @self: a table
 * @column: a column
 *
 * Returns: what its name says that it is about; of several the first
 */
AwColumn
aw_table_guess_column (AwTable *self,
                       guint column)
{
  AwColumn found;

  g_return_val_if_fail (column < aw_table_get_n_columns (self), AW_COLUMN_NONE);

  found = guess_by_name (self->head.cells[column]);
  for (guint i = 0; i < column; i++)
    if (guess_by_name (self->head.cells[i]) == found)
      return AW_COLUMN_NONE;
  return found;
}
