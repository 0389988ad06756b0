# SPDX-License-Identifier: GPL-3.0-or-later
"""A notification server that behaves as it is told, and writes down what it is asked."""

import sys

from desk import has_name, home, run, start, wait

NAME = 'org.freedesktop.Notifications'
HANDED = 4294967294  # the mark of a row whose server has not answered
# How it behaves is an argument; each call is a line in a file.
SERVER = """
import os, sys, dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
manner, log, late = sys.argv[1], sys.argv[2], float(sys.argv[3])
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName('org.freedesktop.Notifications', bus)
def write(*words):
    with open(log, 'a') as out:
        print(*words, file=out, flush=True)
class Server(dbus.service.Object):
    count = 0
    @dbus.service.method('org.freedesktop.Notifications', out_signature='as', async_callbacks=('answer', 'fail'))
    def GetCapabilities(self, answer, fail):
        write('GetCapabilities')
        if manner != 'mute':
            answer(['body', 'actions'])
    @dbus.service.method('org.freedesktop.Notifications', in_signature='susssasa{sv}i', out_signature='u', async_callbacks=('answer', 'fail'))
    def Notify(self, name, replaces, icon, title, body, actions, hints, timeout, answer, fail):
        write('Notify', int(replaces), title + ': ' + body)
        if manner == 'dies':
            os._exit(1)
        Server.count += 1
        number = int(replaces) or Server.count
        if manner == 'late':
            GLib.timeout_add(int(late * 1000), lambda: (answer(number), False)[1])
        elif manner == 'good':
            answer(number)
    @dbus.service.method('org.freedesktop.Notifications', in_signature='u')
    def CloseNotification(self, number):
        write('Close', int(number))
    @dbus.service.signal('org.freedesktop.Notifications', signature='us')
    def ActionInvoked(self, number, action):
        pass
    @dbus.service.signal('org.freedesktop.Notifications', signature='uu')
    def NotificationClosed(self, number, reason):
        pass
    @dbus.service.method('org.example.Test', in_signature='us')
    def Press(self, number, action):
        self.ActionInvoked(number, action)
        self.NotificationClosed(number, 2)
Server(bus, '/org/freedesktop/Notifications')
GLib.MainLoop().run()
"""
servers = 0


class Server:
    def __init__(self, manner, late=0):
        global servers
        servers += 1
        self.log = home / f'server-{servers}'
        self.log.touch()
        self.child = start(sys.executable, '-c', SERVER, manner, str(self.log), str(late))
        wait(lambda: has_name(NAME), 20)

    def calls(self, what):
        return [line for line in self.log.read_text().splitlines() if line.startswith(what)]

    def press(self, number, action):
        """The user presses a button, which closes the notification too."""
        run('gdbus', 'call', '--session', '-d', NAME, '-o', '/org/freedesktop/Notifications', '-m', 'org.example.Test.Press', str(number), action)

    def end(self):
        self.child.kill()
        self.child.wait()
        wait(lambda: not has_name(NAME), 20)
