/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/aw-store-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sqlite3.h>

G_DEFINE_QUARK (aw-store-error-quark, aw_store_error)

/**
 * aw_store_set_error:
 * @error: return location
 * @code: SQLite's (extended) result
 * @system_errno: what the system said, or 0
 * @path: the file
 *
 * Makes one sentence of what SQLite said, with the code that tells the caller
 * what to do next.
 */
void
aw_store_set_error (GError **error,
                    int code,
                    int system_errno,
                    const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  if (system_errno == ENOSPC || system_errno == EDQUOT)
    code = SQLITE_FULL;

  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_BUSY,
                   _("Another program is using “%s”; try again in a moment."), name);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_DAMAGED,
                   _("“%s” is damaged or no database of Afterword; restore a backup or choose another file."), name);
      break;
    case SQLITE_FULL:
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL,
                   _("The disk that holds “%s” is full; nothing was saved. Make room and try again."), name);
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL,
                   _("“%s” or its folder is read-only; nothing can be saved there."), name);
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL, _("“%s” cannot be opened (%s)."), name,
                   system_errno != 0 ? g_strerror (system_errno) : sqlite3_errstr (code));
      break;
    case SQLITE_CONSTRAINT:
      g_set_error_literal (error, AW_STORE_ERROR, AW_STORE_ERROR_CONFLICT,
                           _("This was changed or removed somewhere else in the meantime."));
      break;
    case SQLITE_IOERR:
    default:
      g_set_error (error, AW_STORE_ERROR, AW_STORE_ERROR_TELL, _("“%s” cannot be read or written (%s)."), name,
                   system_errno != 0 ? g_strerror (system_errno) : sqlite3_errstr (code));
      break;
    }
}
