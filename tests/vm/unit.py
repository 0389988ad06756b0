#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's user unit under a real systemd user manager of its own: started by
a call on the bus, started again after it was killed, when it catches up with what
is due, and left alone when it ended as asked. unit.py AGENT APP_ID TEMPLATE
DATA_FOLDER; prints TAP. Where systemd does not run the machine it must be root's,
for a mount namespace in which systemd believes that it does."""

import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

agent_program, app_id, template, data_folder = sys.argv[1:5]
agent_id = app_id + '.Agent'
BOOTED = pathlib.Path('/run/systemd/system')

if not BOOTED.exists():
    if '--unshared' in sys.argv:
        subprocess.run(['mount', '-t', 'tmpfs', 'tmpfs', '/run'], check=True)
        BOOTED.mkdir(parents=True)
    else:
        sys.exit(subprocess.run(['unshare', '-m', sys.executable, *sys.argv, '--unshared']).returncode)

UNITS = {
    'dbus.socket': '[Socket]\nListenStream=%t/bus\n',
    'dbus.service': '[Unit]\nRequires=dbus.socket\n[Service]\nType=notify\nNotifyAccess=main\n'
                    'ExecStart=/usr/bin/dbus-daemon --session --address=systemd: --nofork --nopidfile --systemd-activation\n',
    'test.target': '[Unit]\nRequires=dbus.socket dbus.service\nAfter=dbus.service\nAllowIsolate=yes\n',
}
# Writes down what it is asked to show.
SERVER = """
import sys, dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName('org.freedesktop.Notifications', bus)
class Server(dbus.service.Object):
    @dbus.service.method('org.freedesktop.Notifications', out_signature='as')
    def GetCapabilities(self):
        return ['body']
    @dbus.service.method('org.freedesktop.Notifications', in_signature='susssasa{sv}i', out_signature='u')
    def Notify(self, name, replaces, icon, title, body, actions, hints, timeout):
        with open(sys.argv[1], 'a') as out:
            print(title, file=out, flush=True)
        return replaces or 1
    @dbus.service.method('org.freedesktop.Notifications', in_signature='u')
    def CloseNotification(self, number):
        pass
Server(bus, '/org/freedesktop/Notifications')
GLib.MainLoop().run()
"""
count = 0
failed = False


def ok(good, what, detail=''):
    global count, failed
    count += 1
    failed |= not good
    print(f"{'ok' if good else 'not ok'} {count} - {what}", flush=True)
    if detail and not good:
        print('# ' + str(detail).replace('\n', '\n# '), flush=True)


def wait(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    return condition()


home = pathlib.Path(tempfile.mkdtemp(prefix='afterword-unit-'))
env = {'PATH': os.environ['PATH'], 'HOME': str(home), 'XDG_RUNTIME_DIR': str(home / 'run'), 'XDG_DATA_HOME': str(home / 'data'),
       'XDG_CONFIG_HOME': str(home / 'config'), 'TZ': 'UTC', 'LC_ALL': 'C.UTF-8', 'AFTERWORD_NOW': '2026-03-04T12:00:00Z',
       'AFTERWORD_SEND': '/bin/true', 'DBUS_SESSION_BUS_ADDRESS': f'unix:path={home}/run/bus'}
shown = home / 'shown'


def run(*arguments):
    done = subprocess.run(arguments, env=env, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip()


def show(name):
    return run('systemctl', '--user', 'show', '--value', '-p', name, f'{agent_id}.service')


def owner():
    """The process that has the agent's name."""
    return run('gdbus', 'call', '--session', '-d', 'org.freedesktop.DBus', '-o', '/', '-m', 'org.freedesktop.DBus.GetConnectionUnixProcessID',
               agent_id).split()[-1].strip('(),')


def act(action):
    return run('gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m', 'org.freedesktop.Application.ActivateAction', action, '[]', '{}')


def add(id):
    with sqlite3.connect(home / 'data' / data_folder / 'afterword.db', timeout=10) as connection:
        connection.execute("INSERT INTO opportunity (id, position, company, status) VALUES (?1, 1 + (SELECT count(*) FROM opportunity), 'Harbor', 'active')", (id,))
        connection.execute("INSERT INTO person (id, opportunity, position, name, roles, email) VALUES (?1 || '-p', ?1, 1, 'Person of ' || ?1, '[\"hr\"]', ?1 || '@example.com')", (id,))
        connection.execute("INSERT INTO interview (id, opportunity, position, starts_at, duration_minutes, stage, format, attendees, debriefed_at) "
                           "VALUES (?1 || '-i', ?1, 1, '2026-03-04T09:00:00Z', 60, 'first', 'video', '[\"' || ?1 || '-p\"]', '2026-03-04T10:00:00Z')", (id,))
    connection.close()


def heard(id):
    return [line for line in shown.read_text().splitlines() if f'Person of {id}' in line]


def main():
    begin = time.monotonic()
    started = act('refresh')
    ok(started == '()', 'a call on the bus starts the agent', started)
    pid = show('MainPID')
    ok(pid not in ('', '0') and owner() == pid, f'as a unit of systemd ({(time.monotonic() - begin) * 1000:.0f} ms)', (pid, owner(), show('ActiveState')))
    ok(show('ActiveState') == 'active' and show('NRestarts') == '0', 'which is active')
    add('o1')
    act('refresh')
    ok(wait(lambda: heard('o1')), 'it shows what is due', shown.read_text())

    add('o2')
    begin = time.monotonic()
    os.kill(int(pid), signal.SIGKILL)
    again = wait(lambda: (show('MainPID') not in ('0', pid) and show('ActiveState') == 'active') and show('MainPID'))
    ok(again and owner() == again and show('NRestarts') == '1', f'killed, it is started again ({time.monotonic() - begin:.1f} s)', (again, show('NRestarts')))
    ok(wait(lambda: heard('o2')), 'and catches up without being called', shown.read_text())

    os.kill(int(show('MainPID')), signal.SIGABRT)
    ok(wait(lambda: show('NRestarts') == '2' and show('ActiveState') == 'active'), 'so it is after a crash', show('NRestarts'))
    ok(not list(home.rglob('core*')), 'which leaves no core with names in it')

    act('quit')
    ok(wait(lambda: show('ActiveState') == 'inactive' and show('Result') == 'success'), 'it ends when asked', show('ActiveState'))
    time.sleep(3)
    ok(show('ActiveState') == 'inactive' and show('MainPID') == '0', 'and is then left alone')


manager = server = None
try:
    (home / 'run').mkdir(mode=0o700)
    units = home / 'config/systemd/user'
    units.mkdir(parents=True)
    services = home / 'data/dbus-1/services'
    services.mkdir(parents=True)
    for name, text in UNITS.items():
        (units / name).write_text(text)
    unit = pathlib.Path(template).read_text().replace('@agent_id@', agent_id).replace('@agent_exec@', os.path.abspath(agent_program))
    (units / f'{agent_id}.service').write_text(unit)
    (services / f'{agent_id}.service').write_text(f'[D-BUS Service]\nName={agent_id}\nExec=/bin/false\nSystemdService={agent_id}.service\n')
    shown.touch()
    log = open(home / 'systemd.log', 'w')
    systemd = next(p for p in ('/usr/lib/systemd/systemd', '/lib/systemd/systemd') if os.path.exists(p))
    manager = subprocess.Popen([systemd, '--user', '--unit=test.target'], env={**env, 'SYSTEMD_LOG_TARGET': 'console'}, stdout=log, stderr=log)
    if not wait(lambda: 'active' == run('systemctl', '--user', 'is-active', 'dbus.service')):
        print(f'# no user manager: exit {manager.poll()}: ' + (home / 'systemd.log').read_text()[-500:].replace('\n', '\n# ') + run('systemctl', '--user', 'status').replace('\n', '\n# '))
    server = subprocess.Popen([sys.executable, '-c', SERVER, str(shown)], env=env)
    main()
finally:
    if server is not None:
        server.terminate()
        server.wait()
    if manager is not None and manager.poll() is None:
        run('systemctl', '--user', 'exit')
        try:
            manager.wait(20)
        except subprocess.TimeoutExpired:
            manager.kill()
            manager.wait()
    shutil.rmtree(home, ignore_errors=True)
    print(f'1..{count}', flush=True)
sys.exit(1 if failed else 0)
