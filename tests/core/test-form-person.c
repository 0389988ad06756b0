/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "core/aw-form-person.h"
#include "core/aw-typed-date.h"

typedef struct
{
  const char *text;
  struct
  {
    const char *name, *email, *title;
    AwRoles roles;
  } people[4];
} Case;

static void
check_case (const Case *c)
{
  g_autoptr (GPtrArray) people = aw_form_people_parse (c->text);

  for (guint i = 0; i < 4; i++)
    {
      AwFormPerson *person = i < people->len ? g_ptr_array_index (people, i) : NULL;

      if (c->people[i].name == NULL && c->people[i].email == NULL)
        {
          g_assert_cmpuint (people->len, ==, i);
          return;
        }
      g_assert_nonnull (person);
      g_assert_cmpstr (person->name, ==, c->people[i].name);
      g_assert_cmpstr (person->email, ==, c->people[i].email);
      g_assert_cmpstr (person->title, ==, c->people[i].title);
      g_assert_cmpint (person->roles, ==, c->people[i].roles);
    }
}

static void
test_parse (void)
{
  static const Case cases[] = {
    { "", { { NULL } } },
    { " \n\t\n", { { NULL } } },
    { "Marcus Bell", { { "Marcus Bell", NULL, NULL, 0 } } },
    { "Aiko Tanaka <aiko@finch.example>, HR", { { "Aiko Tanaka", "aiko@finch.example", NULL, AW_ROLE_HR } } },
    { "Aiko Tanaka, HR", { { "Aiko Tanaka", NULL, NULL, AW_ROLE_HR } } },
    { "Aiko Tanaka (HR) aiko@finch.example", { { "Aiko Tanaka", "aiko@finch.example", NULL, AW_ROLE_HR } } },
    { "Aiko Tanaka, aiko@finch.example, HR manager", { { "Aiko Tanaka", "aiko@finch.example", "HR manager", AW_ROLE_HR } } },
    { "Dana Whitfield <d@x.example>, Head of Data", { { "Dana Whitfield", "d@x.example", "Head of Data", AW_ROLE_HIRING_MANAGER } } },
    { "Bo Li, CEO", { { "Bo Li", NULL, NULL, AW_ROLE_DECISION_MAKER } } },
    { "Sam Reed, Staff Engineer", { { "Sam Reed", NULL, "Staff Engineer", 0 } } },
    { "Leader Threading, Threader", { { "Leader Threading", NULL, "Threader", 0 } } }, /* whole words only */
    { "\"Tanaka, Aiko\" <aiko@finch.example>", { { "Tanaka, Aiko", "aiko@finch.example", NULL, 0 } } },
    { "mailto:aiko.tanaka@finch.example", { { "Aiko Tanaka", "aiko.tanaka@finch.example", NULL, 0 } } },
    { "jobs@finch.example", { { NULL, "jobs@finch.example", NULL, AW_ROLE_HR } } },
    { "Aiko Tanaka <aiko@finch.example>; Marcus Bell <m@finch.example>",
      { { "Aiko Tanaka", "aiko@finch.example", NULL, 0 }, { "Marcus Bell", "m@finch.example", NULL, 0 } } },
    { "Aiko Tanaka <aiko@finch.example>, HR, Marcus Bell <m@finch.example>, hiring manager",
      { { "Aiko Tanaka", "aiko@finch.example", NULL, AW_ROLE_HR }, { "Marcus Bell", "m@finch.example", NULL, AW_ROLE_HIRING_MANAGER } } },
    { "- Aiko Tanaka\r\n* Marcus Bell\n2. Priya Raman, recruiter\n",
      { { "Aiko Tanaka", NULL, NULL, 0 }, { "Marcus Bell", NULL, NULL, 0 }, { "Priya Raman", NULL, NULL, AW_ROLE_RECRUITER } } },
    { "aiko@", { { NULL, "aiko@", NULL, 0 } } },
    { "A & B <C>", { { "A & B", "C", NULL, 0 } } },
    { "\327\226\327\224\327\225\327\223\327\231 <a@b.example>", { { "\327\226\327\224\327\225\327\223\327\231", "a@b.example", NULL, 0 } } },
    { "Unclosed \"quote, HR", { { "Unclosed \"quote", NULL, NULL, AW_ROLE_HR } } },
    { "<", { { "<", NULL, NULL, 0 } } },
    { "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Aiko Ta\r\n naka\r\nN:Tanaka;Aiko\r\nTITLE:Talent Partner\\, Europe\r\nitem1.EMAIL;TYPE=work:aiko@finch.example\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\nFN:Marcus Bell\nEND:VCARD\n",
      { { "Aiko Tanaka", "aiko@finch.example", "Talent Partner, Europe", AW_ROLE_HR }, { "Marcus Bell", NULL, NULL, 0 } } },
    { "BEGIN:VCARD\nFN:Nobody's end", { { NULL } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

static void
test_long (void)
{
  g_autofree char *name = g_strnfill (10000, 'n');
  g_autoptr (GPtrArray) people = aw_form_people_parse (name);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GPtrArray) crowd = NULL;

  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (((AwFormPerson *) g_ptr_array_index (people, 0))->name, ==, name);
  for (guint i = 0; i < 100000; i++)
    g_string_append (many, "\"(<,;");
  crowd = aw_form_people_parse (many->str);
  g_assert_cmpuint (crowd->len, <=, 200);
}

static void
test_email (void)
{
  static const char *const good[] = { "a@b.co", "sam.reed+jobs@mail.example.org", "a@localhost", "a@xn--mller-kva.example", "j\303\266rg@m\303\274ller.example", "o'neil@b.example" };
  static const char *const bad[] = { "", "a", "@b.co", "a@", "a@b", "a@b..co", "a@.co", "a@b.co.", "a b@c.example", "a@b c.example", "a..b@c.example", ".a@b.example",
                                     "a@-b.example", "a@b-.example", "a@b.example>", "a@b@c.example", "a\n@b.example", "a,b@c.example" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (aw_form_email_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (aw_form_email_is_valid (bad[i]));
  g_assert_false (aw_form_email_is_valid (NULL));
}

static void
test_same (void)
{
  AwFormPerson person = { .name = (char *) "Aiko Tanaka" };

  g_assert_true (aw_form_person_is (&person, "aiko tanaka", "a@b.example"));
  g_assert_false (aw_form_person_is (&person, "Aiko", NULL));
  person.email = (char *) "a@b.example";
  g_assert_true (aw_form_person_is (&person, "Somebody", "A@B.example"));
  g_assert_false (aw_form_person_is (&person, "Aiko Tanaka", "other@b.example")); /* two of one name */
  g_assert_true (aw_form_person_is (&person, "Aiko Tanaka", NULL));
}

static void
test_typed (void)
{
  AwDate today = aw_date_from_ymd (2026, 3, 5); /* a Thursday */
  static const struct
  {
    const char *text;
    const char *date; /* "": none */
    int minute;
  } good[] = {
    { "today", "2026-03-05", AW_NO_MINUTE },
    { "Tomorrow at 9:05", "2026-03-06", 9 * 60 + 5 },
    { "yesterday 2pm", "2026-03-04", 14 * 60 },
    { "14:30", "", 14 * 60 + 30 },
    { "2:30 PM", "", 14 * 60 + 30 },
    { "12 am", "", 0 },
    { "2026-03-09", "2026-03-09", AW_NO_MINUTE },
    { "2026-03-09T14:30", NULL, 0 },
    { "2026-3-9 14:30", "2026-03-09", 14 * 60 + 30 },
    { "5 March", "2026-03-05", AW_NO_MINUTE },
    { "March 9th, 10:00", "2026-03-09", 600 },
    { "9 sep 2027", "2027-09-09", AW_NO_MINUTE },
    { "30 Dec", "2025-12-30", AW_NO_MINUTE }, /* the nearest */
    { "3 January", "2026-01-03", AW_NO_MINUTE },
    { "25.3.", "2026-03-25", AW_NO_MINUTE },
    { "25/3/27", "2027-03-25", AW_NO_MINUTE },
    { "Monday", "2026-03-09", AW_NO_MINUTE },
    { "last monday", "2026-03-02", AW_NO_MINUTE },
    { "Mon 16 March", "2026-03-16", AW_NO_MINUTE },
    { "thu", "2026-03-05", AW_NO_MINUTE },
    { "1 January 0001", "0001-01-01", AW_NO_MINUTE },
    { "31.12.9999", "9999-12-31", AW_NO_MINUTE },
  };
  static const char *const bad[] = { "", "soon", "31 February", "25:00", "14:60", "99999", "1 2 3 4", "5 March 6 April", "today 5 March", "13pm", "14:30 pm", "m", "0 March", "2026-00-01", "@" };
  AwDate date;
  int minute;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = NULL;

      if (good[i].date == NULL)
        continue;
      if (!aw_typed_date_parse (good[i].text, today, &date, &minute))
        g_error ("not understood: %s", good[i].text);
      text = date == AW_DATE_NONE ? g_strdup ("") : aw_date_format (date);
      g_assert_cmpstr (text, ==, good[i].date);
      g_assert_cmpint (minute, ==, good[i].minute);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (aw_typed_date_parse (bad[i], today, &date, &minute))
      g_error ("understood: %s", bad[i]);
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-person/parse", test_parse);
  g_test_add_func ("/form-person/long", test_long);
  g_test_add_func ("/form-person/email", test_email);
  g_test_add_func ("/form-person/same", test_same);
  g_test_add_func ("/typed-date", test_typed);
  return g_test_run ();
}
