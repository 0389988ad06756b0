/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AwApplication:
 *
 * The window program: makes clock, engine, outbox and window, and carries out
 * the actions that notifications call over the bus.
 */
#define AW_TYPE_APPLICATION (aw_application_get_type ())
G_DECLARE_FINAL_TYPE (AwApplication, aw_application, AW, APPLICATION, AdwApplication)

AwApplication *aw_application_new (void);

G_END_DECLS
