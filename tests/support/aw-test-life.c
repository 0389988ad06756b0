/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/aw-test-life.h"

GBytes *
aw_test_life_new (guint n_opportunities,
                  guint n_touches)
{
  GString *text = g_string_new ("{\"format\":\"afterword\",\"version\":1,\"opportunities\":[");

  for (guint i = 0; i < n_opportunities; i++)
    {
      g_string_append_printf (text, "%s{\"id\":\"o%u\",\"company\":\"Company %u\",\"people\":[", i > 0 ? "," : "", i, i % 4000);
      for (guint j = 0; j < 3; j++)
        g_string_append_printf (text, "%s{\"id\":\"o%up%u\",\"name\":\"Person %u\",\"email\":\"p%u@c%u.example\"}", j > 0 ? "," : "", i, j,
                                j, j, i % 4000);
      g_string_append_printf (text, "],\"interviews\":[{\"id\":\"o%ui\",\"starts_at\":\"2026-03-02T10:00:00Z\",\"attendees\":[\"o%up0\"]}],\"touches\":[",
                              i, i);
      for (guint j = 0; j < n_touches; j++)
        g_string_append_printf (text, "%s{\"id\":\"o%ut%u\",\"at\":\"2026-03-%02uT10:00:00Z\",\"direction\":\"%s\",\"channel\":\"email\","
                                      "\"kind\":\"%s\",\"people\":[\"o%up%u\"],\"subject\":\"Re: our talk\",\"text\":\"Thank you for the time you took; "
                                      "the part about the nightly batch stayed with me, and I would like to hear how it goes on.\"}",
                                j > 0 ? "," : "", i, j, 1 + j % 28, j % 2 ? "in" : "out", j % 3 ? "check-in" : "thank-you", i, j % 3);
      g_string_append (text, "]}");
    }
  g_string_append (text, "]}");
  return g_string_free_to_bytes (text);
}
