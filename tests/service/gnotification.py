#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The notifications that Flatpak uses (GNotification), with a desktop that takes
them as GNOME does and says nothing of what becomes of them: what is asked of it,
word by word. Prints TAP."""

import os
import sys

from desk import act, add, agent_id, has_name, home, ok, play, sql, start, start_agent, wait

NAME = 'org.gtk.Notifications'
SERVER = """
import sys, dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName('org.gtk.Notifications', bus)
def write(*words):
    with open(sys.argv[1], 'a') as out:
        print(*words, file=out, flush=True)
class Server(dbus.service.Object):
    @dbus.service.method('org.gtk.Notifications', in_signature='ssa{sv}')
    def AddNotification(self, app, id, what):
        buttons = [str(b['label']) + '=' + str(b['action']) for b in what.get('buttons', [])]
        write('Add', app, id, what['priority'], what['title'] + ':', what.get('body', ''), what['default-action'], *buttons)
    @dbus.service.method('org.gtk.Notifications', in_signature='ss')
    def RemoveNotification(self, app, id):
        write('Remove', app, id)
Server(bus, '/org/gtk/Notifications')
GLib.MainLoop().run()
"""


def calls(what):
    return [line for line in (home / 'desktop').read_text().splitlines() if line.startswith(what)]


def done(id):
    sql("INSERT INTO decision (id, opportunity, position, key, what, \"at\") VALUES (?1 || '-d', ?1, 1, 'thank-you/' || ?1 || '-p/' || ?1 || '-i', 'done', '2026-03-04T12:00:00Z')", id)
    act('refresh')


def main():
    (home / 'desktop').touch()
    start(sys.executable, '-c', SERVER, str(home / 'desktop'))
    wait(lambda: has_name(NAME), 20)
    os.environ['AW_NOTIFIER'] = 'gnotification'
    agent, _ = start_agent()

    add('o1')
    act('refresh')
    ok(wait(lambda: len(calls('Add')) == 1, 20), 'one call for one follow-up', calls(''))
    line = calls('Add')[0]
    ok(line.startswith(f'Add {agent_id} duty-o1/thank-you/o1-p/o1-i normal Thank Dana <VP> & Sam') and 'Harbor & <o1>. ' in line, 'plain text under its id', line)
    ok(line.endswith('app.compose Write=app.compose In an Hour=app.hour Skip=app.skip'), 'the buttons are actions of the window’s program', line)
    done('o1')
    ok(wait(lambda: calls('Remove') == [f'Remove {agent_id} duty-o1/thank-you/o1-p/o1-i'], 20), 'done elsewhere, it is withdrawn', calls(''))

    # The summary says how many are left, and does so quietly.
    for id in 'abcdef':
        add(id)
    act('refresh')
    ok(wait(lambda: calls(f'Add {agent_id} summary normal 6 follow-ups are due'), 20), 'six at once are one summary', calls(''))
    done('a')
    ok(wait(lambda: calls(f'Add {agent_id} summary low 5 follow-ups are due'), 20), 'one is done elsewhere: it says so, quietly', calls(''))
    done('b')
    ok(wait(lambda: calls(f'Add {agent_id} summary low 4 follow-ups are due'), 20), 'and another', calls(''))
    before = len(calls('Add'))
    act('refresh')
    act('today', "[<('', '')>]")
    ok(wait(lambda: f'Remove {agent_id} summary' in calls('Remove'), 20), 'opened, it goes', calls(''))
    done('c')
    add('g')
    act('refresh')
    ok(wait(lambda: len(calls('Add')) == before + 1, 20) and 'duty-g/' in calls('Add')[-1], 'and does not come back for what is done after that', calls('Add')[before:])

    # All done: it goes.
    done('g')
    for id in 'hijk':
        add(id)
    act('refresh')
    wait(lambda: calls(f'Add {agent_id} summary normal 4 follow-ups are due'), 20)
    removed = len([c for c in calls('Remove') if c.endswith(' summary')])
    for id in 'hijk':
        done(id)
    ok(wait(lambda: len([c for c in calls('Remove') if c.endswith(' summary')]) == removed + 1, 20), 'the last one takes it along', calls(''))
    act('quit')
    ok(wait(lambda: agent.poll() == 0, 20), 'the agent ends')


play(main)
