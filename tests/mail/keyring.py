#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The keyring in every mood: none, locked, a prompt that is dismissed or answered,
no permission, nothing in it; what is stored, found and cleared in the real one;
and what the worker makes of it. Each on a bus of its own. Prints TAP.

  keyring.py WORKER KEYRING-TOOL"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from courier import bus_command, wait
from worker import NOW_SEC, Outbox, Servers, accepted

# A secret service with one item; argv: locked|open dismiss|answer|deny
SERVICE = r'''
import sys, dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
S, C = 'org.freedesktop.Secret', '/org/freedesktop/secrets'
ITEM, PROMPT = C + '/collection/login/1', C + '/prompt/1'
locked, mood = sys.argv[1] == 'locked', sys.argv[2]
PROPERTIES = 'org.freedesktop.DBus.Properties'

class Object(dbus.service.Object):
    def all(self):
        return {}
    @dbus.service.method(PROPERTIES, in_signature='s', out_signature='a{sv}')
    def GetAll(self, interface):
        return self.all()
    @dbus.service.method(PROPERTIES, in_signature='ss', out_signature='v')
    def Get(self, interface, name):
        return self.all()[name]

class Service(Object):
    def all(self):
        return {'Collections': dbus.Array([C + '/collection/login'], signature='o')}
    @dbus.service.method(S + '.Service', in_signature='sv', out_signature='vo')
    def OpenSession(self, algorithm, data):
        if algorithm != 'plain':
            raise dbus.exceptions.DBusException('No', name='org.freedesktop.DBus.Error.NotSupported')
        return '', dbus.ObjectPath(C + '/session/1')
    @dbus.service.method(S + '.Service', in_signature='a{ss}', out_signature='aoao')
    def SearchItems(self, attributes):
        if mood == 'deny':
            raise dbus.exceptions.DBusException('No', name='org.freedesktop.DBus.Error.AccessDenied')
        mine = [ITEM] if attributes.get('account') == 'a1' else []
        none = dbus.Array([], signature='o')
        return (none, dbus.Array(mine, signature='o')) if locked else (dbus.Array(mine, signature='o'), none)
    @dbus.service.method(S + '.Service', in_signature='ao', out_signature='aoo')
    def Unlock(self, objects):
        return dbus.Array([], signature='o'), dbus.ObjectPath(PROMPT)

class Prompt(Object):
    @dbus.service.method(S + '.Prompt', in_signature='s', out_signature='')
    def Prompt(self, window):
        print('prompted', flush=True)
        GLib.timeout_add(50, self.end)
    def end(self):
        global locked
        locked = mood != 'answer'
        self.Completed(locked, dbus.Array([] if locked else [ITEM], signature='o', variant_level=1))
        return False
    @dbus.service.signal(S + '.Prompt', signature='bv')
    def Completed(self, dismissed, result):
        pass

class Item(Object):
    def all(self):
        return {'Locked': locked, 'Label': 'x', 'Attributes': dbus.Dictionary({'account': 'a1', 'protocol': 'smtp'}, signature='ss'),
                'Created': dbus.UInt64(1), 'Modified': dbus.UInt64(1)}
    @dbus.service.method(S + '.Item', in_signature='o', out_signature='(oayays)')
    def GetSecret(self, session):
        return (session, dbus.ByteArray(b''), dbus.ByteArray(b'correct horse'), 'text/plain')

Service(bus, C), Prompt(bus, PROMPT), Item(bus, ITEM)
name = dbus.service.BusName('org.freedesktop.secrets', bus)
print('ready', flush=True)
GLib.MainLoop().run()
'''


class Bus:
    def __init__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix='aw-keyring-'))
        self.children = []
        self.env = {'PATH': os.environ['PATH'], 'HOME': str(self.home), 'XDG_RUNTIME_DIR': str(self.home), 'XDG_DATA_HOME': str(self.home),
                    'LC_ALL': 'C.UTF-8', 'G_DEBUG': 'fatal-criticals'}
        bus = self.spawn(bus_command(self.home))
        self.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            child.terminate()
            child.wait(10)
        shutil.rmtree(self.home, ignore_errors=True)

    def spawn(self, arguments, **keywords):
        self.children.append(subprocess.Popen(arguments, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **keywords))
        return self.children[-1]

    def stub(self, *mood):
        service = self.spawn([sys.executable, '-c', SERVICE, *mood])
        if service.stdout.readline() != b'ready\n':
            raise AssertionError('the stub did not start')
        os.set_blocking(service.stdout.fileno(), False)
        return service

    def real(self):
        keyring = self.spawn(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'], stdin=subprocess.PIPE)
        keyring.stdin.write(b'login')
        keyring.stdin.close()
        wait('the keyring', lambda: subprocess.run(['gdbus', 'call', '--session', '-d', 'org.freedesktop.DBus', '-o', '/org/freedesktop/DBus', '-m',
                                                    'org.freedesktop.DBus.NameHasOwner', 'org.freedesktop.secrets'], env=self.env,
                                                   capture_output=True, text=True).stdout.startswith('(true'))


class Suite:
    def __init__(self, worker, tool):
        self.worker, self.tool = worker, tool
        self.number, self.bad = 0, 0
        self.servers = Servers()

    def ok(self, good, name, *details):
        self.number += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.number} {name}", flush=True)
        if not good:
            print('#', *details)

    def ask(self, bus, account, how, **keywords):
        return subprocess.run([self.tool, account, how], env=bus.env, capture_output=True, text=True, timeout=60, **keywords).stdout.strip()

    def send(self, bus):
        log = bus.home / 'log.jsonl'
        _, _, port = self.servers.start('--log', str(log), '--auth', 'PLAIN', '--user', 'sam', '--password', 'correct horse')
        outbox = Outbox(self.worker, bus.home / 'outbox')
        outbox.add_facts()
        outbox.add_account(port)
        outbox.execute('UPDATE account SET ask_password = 0')
        outbox.add_message()
        subprocess.run([self.worker, f'--database={outbox.path}'], env={**outbox.environment(timeout=20000), **bus.env, 'XDG_DATA_HOME': str(outbox.folder)},
                       capture_output=True, timeout=120)
        return outbox.state(), len(accepted(log))

    def all(self):
        with Bus() as bus:
            self.ok([self.ask(bus, 'a1', how) for how in ('quiet', 'ask', 'clear')] == ['no-service'] * 3, 'no keyring is told')
            state, copies = self.send(bus)
            self.ok(state[:2] == ('queued', 'no-keyring') and state[3] > NOW_SEC and state[6] is None and copies == 0, 'the message waits', state)
        with Bus() as bus:
            service = bus.stub('locked', 'dismiss')
            self.ok(self.ask(bus, 'a1', 'quiet') == 'locked' and service.stdout.read() is None, 'a locked one is told from an empty one, and nobody is asked')
            self.ok(self.ask(bus, 'a2', 'quiet') == 'not-found', 'and from one without this password')
            said = self.ask(bus, 'a1', 'ask')
            self.ok(said == 'dismissed' and service.stdout.read() == b'prompted\n', 'a prompt that is dismissed is told, and comes once', said)
            state, copies = self.send(bus)
            self.ok(state[:2] == ('queued', 'keyring-locked') and state[6] is None and copies == 0 and service.stdout.read() is None,
                    'the worker asks nobody; the message waits', state)
        with Bus() as bus:
            bus.stub('locked', 'answer')
            said = self.ask(bus, 'a1', 'ask'), self.ask(bus, 'a1', 'quiet')
            self.ok(said == ('correct horse', 'correct horse'), 'a prompt that is answered gives the password', said)
            state, copies = self.send(bus)
            self.ok(state[0] == 'sent' and copies == 1, 'and the message leaves', state)
        with Bus() as bus:
            bus.stub('open', 'deny')
            said = self.ask(bus, 'a1', 'ask')
            self.ok(said == 'denied', 'no permission is told', said)
            state, copies = self.send(bus)
            self.ok(state[:2] == ('queued', 'keyring') and copies == 0, 'the message waits', state)
        with Bus() as bus:
            bus.real()
            said = [self.ask(bus, 'a1', 'quiet'), self.ask(bus, 'a1', 'store', input='correct horse'), self.ask(bus, 'a2', 'store', input='other'),
                    self.ask(bus, 'a1', 'quiet'), self.ask(bus, 'a1', 'clear'), self.ask(bus, 'a1', 'quiet'), self.ask(bus, 'a2', 'quiet'),
                    self.ask(bus, 'a1', 'clear')]
            self.ok(said == ['not-found', 'stored', 'stored', 'correct horse', 'cleared', 'not-found', 'other', 'cleared'],
                    "gnome-keyring: stored, found, cleared with its account, and no other's", said)
            state, copies = self.send(bus)
            self.ok(state[:2] == ('failed', 'no-password') and state[6], 'a password that is gone stops the account', state)
        print(f'1..{self.number}')
        return 1 if self.bad else 0


def main():
    missing = [p for p in ('dbus-daemon', 'gnome-keyring-daemon', 'gdbus') if not shutil.which(p)]
    if subprocess.run([sys.executable, '-c', 'import dbus, gi'], stderr=subprocess.DEVNULL).returncode:
        missing.append('python3-dbus')
    if missing:
        print(f"1..0 # SKIP needs {', '.join(missing)}" if not os.environ.get('CI') else f"1..1\nnot ok 1 needs {', '.join(missing)}")
        return 1 if os.environ.get('CI') else 0
    return Suite(*(os.path.abspath(a) for a in sys.argv[1:3])).all()


sys.exit(main())
