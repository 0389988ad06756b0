/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/aw-html-text.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_DEPTH 200

static gboolean
is_one_of (const xmlChar *name,
           const char *const *names)
{
  return name != NULL && g_strv_contains (names, (const char *) name);
}

static void
append_breaks (GString *out,
               guint n)
{
  guint have = 0;

  if (n == 0)
    return; /* an inline element */
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  while (have < out->len && have < n && out->str[out->len - 1 - have] == '\n')
    have++;
  for (; out->len > 0 && have < n; have++)
    g_string_append_c (out, '\n');
}

static void
append_text (GString *out,
             const char *text,
             gboolean preformatted)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean space = strchr (" \t\r\n", *p) != NULL;

      if (preformatted || !space)
        g_string_append_c (out, *p);
      else if (out->len > 0 && strchr (" \n", out->str[out->len - 1]) == NULL)
        g_string_append_c (out, ' ');
    }
}

static void
walk (xmlNode *node,
      GString *out,
      gboolean preformatted,
      guint depth)
{
  static const char *const hidden[] = { "head", "style", "script", "title", "template", "noscript", NULL };
  static const char *const paragraphs[] = { "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", NULL };
  static const char *const lines[] = { "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", NULL };

  for (; node != NULL; node = node->next)
    {
      guint breaks = 0;

      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        {
          append_text (out, (const char *) node->content, preformatted);
          continue;
        }
      if (node->type != XML_ELEMENT_NODE || is_one_of (node->name, hidden) || depth > MAX_DEPTH)
        continue;
      if (strcmp ((const char *) node->name, "br") == 0)
        {
          g_string_append_c (out, '\n');
          continue;
        }

      breaks = is_one_of (node->name, paragraphs) ? 2 : is_one_of (node->name, lines) ? 1 : 0;
      append_breaks (out, breaks);
      if (strcmp ((const char *) node->name, "li") == 0)
        g_string_append (out, "- ");
      walk (node->children, out, preformatted || strcmp ((const char *) node->name, "pre") == 0, depth + 1);
      append_breaks (out, breaks);
      if (strcmp ((const char *) node->name, "td") == 0)
        g_string_append_c (out, ' ');
    }
}

/* Public functions --------------------------------------------------------- */

/**
 * aw_html_text:
 * @html: HTML as other programs put it on the clipboard, UTF-8
 * @length: bytes, or -1
 *
 * Returns: (transfer full): its words as plain text, paragraphs and lines kept
 */
char *
aw_html_text (const char *html,
              gssize length)
{
  gsize n = length >= 0 ? (gsize) length : strlen (html);
  g_autoptr (GString) out = g_string_new (NULL);
  htmlDocPtr document;

  document = htmlReadMemory (html, MIN (n, G_MAXINT), NULL, "UTF-8",
                             HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER | HTML_PARSE_COMPACT);
  if (document != NULL)
    {
      walk (xmlDocGetRootElement (document), out, FALSE, 0);
      xmlFreeDoc (document);
    }
  while (out->len > 0 && g_ascii_isspace (out->str[out->len - 1]))
    g_string_truncate (out, out->len - 1);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
