/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/aw-reviewer.h"

#define PAUSE_MS 300

/* Shared with the thread; whoever comes last frees it. */
typedef struct
{
  AwReviewFacts *facts;
} Facts;

typedef struct
{
  Facts *facts;
  AwMessage *message; /* immutable copy */
  guint n_attachments;
  gint64 at;
  guint64 generation;
} Job;

struct _AwReviewer
{
  GObject parent_instance;

  AwEngine *engine;
  char *opportunity;
  AwMessage *message;
  guint n_attachments;
  Facts *facts; /* NULL: to be gathered again */
  GPtrArray *findings;
  guint64 generation; /* rises with every change */
  gboolean running;
  guint timer;
};

G_DEFINE_FINAL_TYPE (AwReviewer, aw_reviewer, G_TYPE_OBJECT)

enum
{
  REVIEWED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
facts_clear (Facts *facts)
{
  aw_review_facts_free (facts->facts);
}

static void
facts_unref (Facts *facts)
{
  g_atomic_rc_box_release_full (facts, (GDestroyNotify) facts_clear);
}

static void
job_free (Job *job)
{
  facts_unref (job->facts);
  g_object_unref (job->message);
  g_free (job);
}

static gboolean
gather (AwReviewer *self,
        GError **error)
{
  AwReviewFacts *facts;

  if (self->facts != NULL)
    return TRUE;
  facts = aw_engine_gather_review_facts (self->engine, self->opportunity, error);
  if (facts == NULL)
    return FALSE;
  self->facts = g_atomic_rc_box_new0 (Facts);
  self->facts->facts = facts;
  return TRUE;
}

static GPtrArray *
review (Facts *facts,
        AwMessage *message,
        guint n_attachments,
        gint64 at)
{
  AwReviewInput input = {
    .person = message->person,
    .kind = message->kind,
    .channel = message->channel,
    .subject = message->subject,
    .text = message->body != NULL ? message->body : "",
    .n_attachments = n_attachments,
    .at = at,
    .begun = aw_instant_is_set (message->begun_at) ? message->begun_at.sec : at,
    .article = message->article,
  };

  return aw_review (facts->facts, &input);
}

static void
review_thread (GTask *task,
               G_GNUC_UNUSED gpointer source,
               gpointer data,
               G_GNUC_UNUSED GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, review (job->facts, job->message, job->n_attachments, job->at), (GDestroyNotify) g_ptr_array_unref);
}

static void start (AwReviewer *self);

static void
reviewed_cb (GObject *source,
             GAsyncResult *result,
             G_GNUC_UNUSED gpointer data)
{
  AwReviewer *self = AW_REVIEWER (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) findings = g_task_propagate_pointer (G_TASK (result), NULL);

  self->running = FALSE;
  if (job->generation != self->generation)
    {
      /* Written on meanwhile: these places are no longer right. */
      if (self->timer == 0)
        start (self);
      return;
    }
  if (findings == NULL)
    return;
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = g_steal_pointer (&findings);
  g_signal_emit (self, signals[REVIEWED], 0);
}

static void
start (AwReviewer *self)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Job *job;

  if (self->running || self->message == NULL)
    return; /* reviewed_cb() goes on */
  if (!gather (self, &error))
    {
      g_debug ("No review: %s", error != NULL ? error->message : "the interview is gone");
      return;
    }

  job = g_new0 (Job, 1);
  job->facts = g_atomic_rc_box_acquire (self->facts);
  job->message = g_object_ref (self->message);
  job->n_attachments = self->n_attachments;
  job->at = aw_engine_now (self->engine);
  job->generation = self->generation;

  self->running = TRUE;
  task = g_task_new (self, NULL, reviewed_cb, NULL);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, review_thread);
}

static gboolean
timer_cb (gpointer data)
{
  AwReviewer *self = data;

  self->timer = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

static void
start_later (AwReviewer *self)
{
  self->generation++;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (PAUSE_MS, timer_cb, self);
}

/* Overrides ---------------------------------------------------------------- */

static void
aw_reviewer_finalize (GObject *object)
{
  AwReviewer *self = AW_REVIEWER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->engine);
  g_clear_object (&self->message);
  g_clear_pointer (&self->facts, facts_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self->opportunity);

  G_OBJECT_CLASS (aw_reviewer_parent_class)->finalize (object);
}

static void
aw_reviewer_class_init (AwReviewerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = aw_reviewer_finalize;

  signals[REVIEWED] = g_signal_new ("reviewed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
aw_reviewer_init (G_GNUC_UNUSED AwReviewer *self)
{
}

/* Public functions --------------------------------------------------------- */

static gpointer
warm_up_thread (G_GNUC_UNUSED gpointer data)
{
  aw_review_warm_up (NULL);
  return NULL;
}

AwReviewer *
aw_reviewer_new (AwEngine *engine,
                 const char *opportunity)
{
  static gsize warm = 0;
  AwReviewer *self = g_object_new (AW_TYPE_REVIEWER, NULL);

  /* While the window opens, so that neither the first review nor a quick Send waits for it. */
  if (g_once_init_enter (&warm))
    {
      g_thread_unref (g_thread_new ("phrases", warm_up_thread, NULL));
      g_once_init_leave (&warm, 1);
    }

  self->engine = g_object_ref (engine);
  self->opportunity = g_strdup (opportunity);
  return self;
}

/**
 * aw_reviewer_set_message:
 * @self: a reviewer
 * @message: the message as it stands; a copy is taken
 *
 * Reviews it after a pause without further calls.
 */
void
aw_reviewer_set_message (AwReviewer *self,
                         AwMessage *message)
{
  g_clear_object (&self->message);
  self->message = aw_record_edit (message);
  start_later (self);
}

/**
 * aw_reviewer_set_attachments:
 * @self: a reviewer
 * @n_attachments: how many files go with the message
 */
void
aw_reviewer_set_attachments (AwReviewer *self,
                             guint n_attachments)
{
  self->n_attachments = n_attachments;
  if (self->message != NULL)
    start_later (self);
}

/**
 * aw_reviewer_facts_changed:
 * @self: a reviewer
 *
 * Something was committed: the facts are gathered again.
 */
void
aw_reviewer_facts_changed (AwReviewer *self)
{
  g_clear_pointer (&self->facts, facts_unref);
  if (self->message != NULL)
    start_later (self);
}

GPtrArray *
aw_reviewer_get_findings (AwReviewer *self)
{
  return self->findings;
}

/**
 * aw_reviewer_review_now:
 * @self: a reviewer
 * @at: when the message is to leave
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type AwFinding): the findings
 *   for what was set last, with facts gathered anew
 */
GPtrArray *
aw_reviewer_review_now (AwReviewer *self,
                        gint64 at,
                        GError **error)
{
  g_autoptr (AwReviewFacts) facts = NULL;
  Facts fresh;

  g_return_val_if_fail (self->message != NULL, NULL);

  facts = aw_engine_gather_review_facts (self->engine, self->opportunity, error);
  if (facts == NULL)
    return NULL;
  fresh.facts = facts;
  return review (&fresh, self->message, self->n_attachments, at);
}
