/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/aw-duty-row.h"

#include <glib/gi18n-lib.h>

#include "ui/aw-duty-actions.h"

#define SLIDE_MS 200

struct _AwDutyRow
{
  GtkListBoxRow parent_instance;

  AwUi *ui;
  AwDuty *duty;
  GtkWidget *revealer;
  GtkWidget *upper;  /* avatar, texts; when wide also pill and buttons */
  GtkWidget *lower;  /* when narrow: the buttons */
  GtkWidget *texts;
  GtkWidget *pill;
  GtkWidget *button; /* NULL: none */
  GtkWidget *menu;
  gboolean narrow;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AwDutyRow, aw_duty_row, GTK_TYPE_LIST_BOX_ROW)

const char *
aw_duty_row_pill_class (AwDuty *duty)
{
  switch (aw_duty_get_follow_up (duty)->state)
    {
    case AW_STATE_OVERDUE:
      return "error";
    case AW_STATE_DUE:
    case AW_STATE_MISSING:
      return "warning";
    case AW_STATE_UPCOMING:
    case AW_STATE_WAITING:
    default:
      return "neutral";
    }
}

/* What comes without a person shows what it is. */
static const char *
icon_of (AwDutyKind kind)
{
  if (kind == AW_DUTY_PREPARE)
    return "aw-today-symbolic";
  if (kind == AW_DUTY_DEBRIEF || kind == AW_DUTY_COMPLETE)
    return "document-edit-symbolic";
  return "aw-task-symbolic";
}

static char *
make_caption (AwDuty *duty)
{
  const char *parts[4] = { aw_duty_get_company (duty), NULL };
  guint n = 1;

  if (aw_duty_get_role (duty) != NULL)
    parts[n++] = aw_duty_get_role (duty);
  if (aw_duty_get_person_role (duty) != NULL)
    parts[n++] = aw_duty_get_person_role (duty);
  return g_strjoinv (" · ", (char **) parts);
}

static void
create_menu (GtkMenuButton *button,
             gpointer data)
{
  AwDutyRow *self = data;
  g_autoptr (GMenuModel) menu = aw_duty_actions_menu (self->ui, self->duty, TRUE);

  gtk_menu_button_set_menu_model (button, menu);
}

static guint
on_leaving (GtkWidget *widget,
            gboolean leaving)
{
  AwDutyRow *self = AW_DUTY_ROW (widget);
  gboolean animations = TRUE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &animations, NULL);
  if (!animations)
    return 0;
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), !leaving);
  return SLIDE_MS;
}

static void
move (GtkWidget *widget,
      GtkWidget *to,
      gboolean first)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  g_object_ref (widget);
  if (parent != NULL)
    gtk_box_remove (GTK_BOX (parent), widget);
  if (first)
    gtk_box_prepend (GTK_BOX (to), widget);
  else
    gtk_box_append (GTK_BOX (to), widget);
  g_object_unref (widget);
}

static void
arrange (AwDutyRow *self)
{
  GtkWidget *buttons = self->narrow ? self->lower : self->upper;

  move (self->pill, self->narrow ? self->texts : self->upper, self->narrow);
  gtk_widget_set_halign (self->pill, self->narrow ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  if (self->button != NULL)
    {
      move (self->button, buttons, FALSE);
      gtk_widget_set_hexpand (self->button, self->narrow);
      move (self->menu, buttons, FALSE);
    }
  else
    move (self->menu, self->upper, FALSE);
  gtk_widget_set_visible (self->lower, self->narrow && self->button != NULL);
}

static void
aw_duty_row_dispose (GObject *object)
{
  AwDutyRow *self = AW_DUTY_ROW (object);

  g_clear_object (&self->duty);
  g_clear_object (&self->ui);
  G_OBJECT_CLASS (aw_duty_row_parent_class)->dispose (object);
}

static void
aw_duty_row_set_property (GObject *object,
                          guint id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    aw_duty_row_set_narrow (AW_DUTY_ROW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
aw_duty_row_get_property (GObject *object,
                          guint id,
                          GValue *value,
                          GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, AW_DUTY_ROW (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
on_menu_key (GtkWidget *widget,
             const char *name G_GNUC_UNUSED,
             GVariant *parameter G_GNUC_UNUSED)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (AW_DUTY_ROW (widget)->menu));
}

static void
aw_duty_row_class_init (AwDutyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = aw_duty_row_dispose;
  object_class->set_property = aw_duty_row_set_property;
  object_class->get_property = aw_duty_row_get_property;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "row.menu", NULL, on_menu_key);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "duty.done", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "duty.snooze-menu", NULL);
}

static void
aw_duty_row_init (AwDutyRow *self G_GNUC_UNUSED)
{
}

GtkWidget *
aw_duty_row_new (AwUi *ui,
                 AwDuty *duty)
{
  AwDutyRow *self = g_object_new (AW_TYPE_DUTY_ROW, NULL);
  const AwFollowUp *item = aw_duty_get_follow_up (duty);
  const char *name = aw_duty_get_person_name (duty);
  g_autofree char *caption = make_caption (duty);
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *avatar, *title, *reason, *company;

  self->ui = g_object_ref (ui);
  self->duty = g_object_ref (duty);

  self->upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->lower = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (self->texts, TRUE);
  gtk_widget_set_valign (self->texts, GTK_ALIGN_CENTER);
  avatar = name != NULL ? aw_ui_avatar (name, 40) : aw_ui_avatar_icon (icon_of (item->kind), aw_duty_get_company (duty), 40);
  gtk_box_append (GTK_BOX (self->upper), avatar);
  gtk_box_append (GTK_BOX (self->upper), self->texts);

  title = aw_ui_label (NULL, "heading");
  aw_ui_label_set (title, aw_duty_get_title (duty));
  company = aw_ui_label (NULL, "aw-caption");
  aw_ui_label_set (company, caption);
  reason = aw_ui_label (NULL, "aw-reason");
  aw_ui_label_set (reason, aw_duty_get_reason (duty));
  gtk_label_set_ellipsize (GTK_LABEL (company), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (company), FALSE);
  gtk_widget_set_margin_top (reason, 3);
  gtk_widget_set_visible (reason, aw_duty_get_reason (duty) != NULL);
  gtk_box_append (GTK_BOX (self->texts), title);
  gtk_box_append (GTK_BOX (self->texts), company);
  gtk_box_append (GTK_BOX (self->texts), reason);

  self->pill = aw_ui_pill (aw_duty_get_pill (duty), aw_duty_row_pill_class (duty));
  if (aw_duty_get_button (duty) != NULL)
    {
      self->button = gtk_button_new_with_label (aw_duty_get_button (duty));
      gtk_widget_add_css_class (self->button, "aw-main-button");
      gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "duty.act");
      aw_ui_set_description (self->button, aw_duty_get_title (duty));
    }
  self->menu = aw_ui_menu_button ("view-more-symbolic", _("More Actions"), NULL);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu), create_menu, self, NULL);

  gtk_widget_add_css_class (outer, "aw-row");
  gtk_box_append (GTK_BOX (outer), self->upper);
  gtk_box_append (GTK_BOX (outer), self->lower);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_duration (GTK_REVEALER (self->revealer), SLIDE_MS);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), outer);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->revealer);

  aw_duty_actions_attach (GTK_WIDGET (self), ui, duty, self->menu, on_leaving);
  aw_ui_set_name (GTK_WIDGET (self), aw_duty_get_label (duty));
  aw_ui_set_description (GTK_WIDGET (self), aw_duty_get_reason (duty));
  arrange (self);
  return GTK_WIDGET (self);
}

AwDuty *
aw_duty_row_get_duty (AwDutyRow *self)
{
  g_return_val_if_fail (AW_IS_DUTY_ROW (self), NULL);
  return self->duty;
}

void
aw_duty_row_set_narrow (AwDutyRow *self,
                        gboolean narrow)
{
  g_return_if_fail (AW_IS_DUTY_ROW (self));
  narrow = narrow != FALSE;
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  arrange (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

void
aw_duty_row_set_suggested (AwDutyRow *self,
                           gboolean suggested)
{
  g_return_if_fail (AW_IS_DUTY_ROW (self));
  if (self->button == NULL)
    return;
  if (suggested)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}

/* Return on the row: the main button, or the interview where there is none. */
void
aw_duty_row_activate (AwDutyRow *self)
{
  g_return_if_fail (AW_IS_DUTY_ROW (self));
  gtk_widget_activate_action (GTK_WIDGET (self), self->button != NULL ? "duty.act" : "duty.open", NULL);
}
