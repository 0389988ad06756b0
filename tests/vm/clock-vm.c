/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sweep and its alarm by a kernel's own clock, which is set and put to sleep.
 * To be run as root in a virtual machine (build-aux/test-machine): it sets the
 * time of whatever it runs on. Prints TAP. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <linux/rtc.h>

#include "service/aw-notifier.h"
#include "service/aw-reminders.h"
#include "support/aw-test-files.h"

/* Wednesday 4 March 2026, 12:00 UTC. */
#define NOON 1772625600

/* Within so many milliseconds: the machine may be an emulated one, on a machine
 * that has more to do. */
#define SOON 3000

/* A server that remembers when it was asked ------------------------------------- */

#define TEST_TYPE_SCREEN (test_screen_get_type ())
G_DECLARE_FINAL_TYPE (TestScreen, test_screen, TEST, SCREEN, GObject)

struct _TestScreen
{
  GObject parent_instance;

  guint singles;
  guint summaries;
  gint64 monotonic; /* when the latest came, in milliseconds */
  gint64 wall;      /* the same, by the clock on the wall */
};

static void screen_init (AwNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestScreen, test_screen, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (AW_TYPE_NOTIFIER, screen_init))

static gint64
milliseconds (clockid_t which)
{
  struct timespec now;

  clock_gettime (which, &now);
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static gboolean
screen_is_ready (G_GNUC_UNUSED AwNotifier *notifier)
{
  return TRUE;
}

static void
screen_show (AwNotifier *notifier,
             const AwNotice *notice)
{
  TestScreen *self = TEST_SCREEN (notifier);

  if (g_str_equal (notice->id, "summary"))
    self->summaries++;
  else
    self->singles++;
  self->monotonic = milliseconds (CLOCK_BOOTTIME);
  self->wall = milliseconds (CLOCK_REALTIME);
  aw_notifier_emit_shown (notifier, notice->id, 0);
}

static void
screen_withdraw (G_GNUC_UNUSED AwNotifier *notifier,
                 G_GNUC_UNUSED const char *id,
                 G_GNUC_UNUSED guint32 server_id)
{
}

static void
screen_init (AwNotifierInterface *iface)
{
  iface->is_ready = screen_is_ready;
  iface->show = screen_show;
  iface->withdraw = screen_withdraw;
}

static void
test_screen_class_init (G_GNUC_UNUSED TestScreenClass *klass)
{
}

static void
test_screen_init (G_GNUC_UNUSED TestScreen *self)
{
}

/* The machine --------------------------------------------------------------------- */

static guint count;
static gboolean failed;

G_GNUC_PRINTF (2, 3)
static void
ok (gboolean good,
    const char *format,
    ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  count++;
  failed |= !good;
  printf ("%s %u - %s\n", good ? "ok" : "not ok", count, text);
  fflush (stdout);
}

static void
set_clock (gint64 seconds)
{
  struct timespec now = { .tv_sec = seconds };

  if (clock_settime (CLOCK_REALTIME, &now) != 0)
    g_error ("the clock cannot be set: %s", g_strerror (errno));
}

/* Puts the machine to sleep; its own clock wakes it after so many seconds. */
static gboolean
sleep_machine (int seconds)
{
  g_autofree char *text = NULL;
  time_t now = time (NULL);
  struct tm parts;
  struct rtc_time rtc;
  struct rtc_wkalrm alarm = { .enabled = 1 };
  time_t then = now + seconds;
  int fd = open ("/dev/rtc0", O_RDWR);
  gboolean good;

  gmtime_r (&now, &parts);
  memset (&rtc, 0, sizeof rtc);
  rtc = (struct rtc_time){ .tm_sec = parts.tm_sec, .tm_min = parts.tm_min, .tm_hour = parts.tm_hour, .tm_mday = parts.tm_mday,
                           .tm_mon = parts.tm_mon, .tm_year = parts.tm_year };
  good = fd >= 0 && ioctl (fd, RTC_SET_TIME, &rtc) == 0;
  gmtime_r (&then, &parts);
  alarm.time = (struct rtc_time){ .tm_sec = parts.tm_sec, .tm_min = parts.tm_min, .tm_hour = parts.tm_hour, .tm_mday = parts.tm_mday,
                                  .tm_mon = parts.tm_mon, .tm_year = parts.tm_year };
  good = good && ioctl (fd, RTC_WKALM_SET, &alarm) == 0;
  if (fd >= 0)
    close (fd);
  fd = good ? open ("/sys/power/state", O_WRONLY) : -1;
  good = fd >= 0 && write (fd, "mem", 3) == 3;
  if (!good)
    printf ("# no sleep: %s\n", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return good;
}

static gboolean
on_end (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Lets the main loop run, by a clock that nobody sets. */
static void
live (guint for_milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (for_milliseconds, on_end, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* The same, until so many came, but not longer than that is soon. */
static void
live_until (const guint *came,
            guint wanted)
{
  gint64 start = milliseconds (CLOCK_BOOTTIME);

  while (*came < wanted && milliseconds (CLOCK_BOOTTIME) - start < SOON)
    live (10);
}

/* A life with reminders ------------------------------------------------------------- */

typedef struct
{
  AwTestFolder *folder;
  AwEngine *engine;
  TestScreen *screen;
  AwReminders *reminders;
  guint n;
} Life;

static void
add (Life *life,
     gint64 due)
{
  g_autoptr(AwCommand) command = aw_command_new ("");
  g_autoptr(AwOpportunity) opportunity = AW_OPPORTUNITY (aw_record_new (AW_TYPE_OPPORTUNITY, NULL));
  g_autoptr(AwPerson) person = AW_PERSON (aw_record_new (AW_TYPE_PERSON, AW_ID (opportunity)));
  g_autoptr(AwInterview) interview = AW_INTERVIEW (aw_record_new (AW_TYPE_INTERVIEW, AW_ID (opportunity)));
  g_autoptr(GError) error = NULL;
  gint64 ended = due - AW_HOUR; /* a thank-you is due an hour after the interview */

  opportunity->company = g_strdup ("Harbor & Finch");
  person->name = g_strdup ("Ada Park");
  person->email = g_strdup_printf ("ada%u@harbor.example", life->n++);
  aw_person_set_roles (person, AW_ROLE_HIRING_MANAGER);
  interview->starts_at = aw_instant (ended - AW_HOUR);
  interview->duration_minutes = 60;
  interview->debriefed_at = aw_instant (ended);
  interview->attendees = g_strsplit (AW_ID (person), " ", 0);
  aw_command_add (command, opportunity);
  aw_command_add (command, person);
  aw_command_add (command, interview);
  if (!aw_engine_run (life->engine, command, FALSE, &error))
    g_error ("%s", error->message);
}

static Life *
begin (void)
{
  Life *life = g_new0 (Life, 1);
  g_autoptr(AwClock) clock = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  set_clock (NOON);
  clock = aw_clock_new ();
  life->folder = aw_test_folder_new ();
  path = g_build_filename (life->folder, "test.db", NULL);
  life->engine = aw_engine_open (path, clock, &error);
  if (life->engine == NULL)
    g_error ("%s", error->message);
  life->screen = g_object_new (TEST_TYPE_SCREEN, NULL);
  life->reminders = aw_reminders_new (life->engine, AW_NOTIFIER (life->screen));
  return life;
}

static void
end (Life *life)
{
  g_clear_object (&life->reminders);
  g_clear_object (&life->engine);
  g_clear_object (&life->screen);
  aw_test_folder_free (life->folder);
  g_free (life);
}

/* What takes its time only once. */
static void
warm_up (void)
{
  Life *life = begin ();

  add (life, NOON - 60);
  aw_reminders_sweep (life->reminders);
  live (200);
  end (life);
}

static void
test_exact (void)
{
  Life *life = begin ();
  gint64 due;
  gint64 late;

  due = milliseconds (CLOCK_REALTIME) / 1000 + 5;
  add (life, due);
  aw_reminders_sweep (life->reminders);
  live ((guint) MAX (due * 1000 - milliseconds (CLOCK_REALTIME) - 300, 0));
  ok (life->screen->singles == 0, "nothing before its time");
  live (300);
  live_until (&life->screen->singles, 1);
  late = life->screen->wall - due * 1000;
  ok (life->screen->singles == 1 && late >= 0 && late <= SOON, "on time: %" G_GINT64_FORMAT " ms after it", late);
  end (life);
}

static void
test_jumps (void)
{
  Life *life = begin ();
  gint64 set;

  /* The interviews are over at noon: during one nothing would come. */
  for (int i = 1; i <= 3; i++)
    add (life, NOON + i * 1200);
  aw_reminders_sweep (life->reminders);
  for (guint i = 1; i <= 2; i++)
    {
      live (200);
      set = milliseconds (CLOCK_BOOTTIME);
      set_clock (NOON + i * 1200 + 5);
      live_until (&life->screen->singles, i);
      ok (life->screen->singles == i && life->screen->monotonic - set <= SOON,
          "the clock is set on by twenty minutes: shown %" G_GINT64_FORMAT " ms after that", life->screen->monotonic - set);
    }
  set_clock (NOON + 1800);
  live (1000);
  ok (life->screen->singles == 2, "it is set back by ten: nothing comes");
  set_clock (NOON + 3000);
  live (1000);
  ok (life->screen->singles == 2, "and on again: nothing comes twice");
  set = milliseconds (CLOCK_BOOTTIME);
  set_clock (NOON + 3600);
  live_until (&life->screen->singles, 3);
  ok (life->screen->singles == 3 && life->screen->monotonic - set <= SOON, "the third comes when it is reached: %" G_GINT64_FORMAT " ms",
      life->screen->monotonic - set);
  for (int i = 0; i < 6; i++)
    {
      set_clock (i % 2 == 0 ? NOON + 10 : NOON + 3700);
      live (300);
    }
  ok (life->screen->singles == 3 && life->screen->summaries == 0, "six more jumps over all of them: none twice");
  end (life);
}

static void
test_absence (void)
{
  Life *life = begin ();
  gint64 set;

  for (int i = 1; i <= 5; i++)
    add (life, NOON + i * 600);
  aw_reminders_sweep (life->reminders);
  live (200);
  set = milliseconds (CLOCK_BOOTTIME);
  set_clock (NOON + 3300);
  live_until (&life->screen->summaries, 1);
  live (500);
  ok (life->screen->summaries == 1 && life->screen->singles == 0, "one jump over five: one summary, %" G_GINT64_FORMAT " ms after it",
      life->screen->monotonic - set);
  end (life);
}

static void
test_sleep (int seconds,
            int due)
{
  Life *life = begin ();
  gint64 asleep;
  gint64 awake;
  gint64 late;

  set_clock (NOON);
  add (life, NOON + due);
  aw_reminders_sweep (life->reminders);
  live (200);
  asleep = milliseconds (CLOCK_BOOTTIME) - milliseconds (CLOCK_MONOTONIC);
  if (!sleep_machine (seconds))
    {
      ok (FALSE, "the machine sleeps");
      end (life);
      return;
    }
  awake = milliseconds (CLOCK_BOOTTIME);
  asleep = milliseconds (CLOCK_BOOTTIME) - milliseconds (CLOCK_MONOTONIC) - asleep;
  ok (asleep >= (seconds - 3) * 1000, "the machine slept: %" G_GINT64_FORMAT " ms", asleep);
  if (due > seconds)
    live ((guint) MAX ((NOON + due) * 1000LL - milliseconds (CLOCK_REALTIME), 0));
  live_until (&life->screen->singles, 1);
  late = life->screen->wall - (NOON + due) * 1000LL;
  if (due < seconds)
    ok (life->screen->singles == 1 && life->screen->monotonic - awake <= SOON,
        "due in its sleep: shown %" G_GINT64_FORMAT " ms after it woke, %" G_GINT64_FORMAT " ms late", life->screen->monotonic - awake, late);
  else
    ok (life->screen->singles == 1 && late >= 0 && late <= SOON, "due after its sleep: %" G_GINT64_FORMAT " ms after its time", late);
  live (1000);
  ok (life->screen->singles == 1, "once");
  end (life);
}

int
main (void)
{
  if (getpid () != 1 && g_getenv ("AW_IS_VM") == NULL)
    g_error ("this sets the clock: only for a virtual machine");
  warm_up ();
  test_exact ();
  test_jumps ();
  test_absence ();
  test_sleep (10, 5);
  test_sleep (6, 9);
  printf ("1..%u\n", count);
  return failed ? 1 : 0;
}
