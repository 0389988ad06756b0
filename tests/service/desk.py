# SPDX-License-Identifier: GPL-3.0-or-later
"""A bus, a home and an agent of one's own for the tests of this folder. The
test is called with AGENT APP_ID DATA_FOLDER and starts itself again inside."""

import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""
DUNST = """[global]
    dmenu = {folder}/menu
    mouse_left_click = do_action, close_current
    notification_limit = 20
    idle_threshold = 0
    sort = no
    markup = full
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
"""
# A program that has the window's name and writes down what it is asked to do.
WINDOW = """
import sys, dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName(sys.argv[1], bus)
class Window(dbus.service.Object):
    @dbus.service.method('org.freedesktop.Application', in_signature='sava{sv}')
    def ActivateAction(self, action, parameters, platform):
        text = [str(x) for p in parameters for x in p]
        with open(sys.argv[2], 'a') as out:
            print(str(action), *text, 'token=' + str(platform.get('activation-token', '')), file=out)
Window(bus, '/' + sys.argv[1].replace('.', '/'))
def changed(*_):
    with open(sys.argv[2], 'a') as out:
        print('Changed', file=out)
bus.add_signal_receiver(changed, 'Changed', 'app.afterword.Agent')
GLib.MainLoop().run()
"""
NOON = '2026-03-04T12:00:00Z'  # a Wednesday

agent_program, app_id, data_folder = sys.argv[1:4]
agent_program = os.path.abspath(agent_program)
agent_id = app_id + '.Agent'

if '--inside' not in sys.argv:
    missing = [p for p in ('dunst', 'dunstctl', 'Xvfb', 'dbus-run-session', 'gdbus') if not shutil.which(p)]
    if subprocess.run([sys.executable, '-c', 'import dbus, dbusmock, gi'], stderr=subprocess.DEVNULL).returncode:
        missing.append('python3-dbusmock')
    if missing:
        print('1..0 # SKIP missing: ' + ', '.join(missing))
        sys.exit(0)
    home = pathlib.Path(tempfile.mkdtemp(prefix='afterword-agent-'))
    (home / 'run').mkdir(mode=0o700)
    (home / 'bus.conf').write_text(BUS.format(folder=home))
    env = {'PATH': os.environ['PATH'], 'HOME': str(home), 'XDG_RUNTIME_DIR': str(home / 'run'),
           'XDG_DATA_HOME': str(home / 'data'), 'XDG_CONFIG_HOME': str(home / 'config'), 'TZ': 'UTC', 'LC_ALL': 'C.UTF-8',
           'AFTERWORD_NOW': NOON, 'AFTERWORD_SEND': '/bin/true', 'AFTERWORD_APP': '', 'G_DEBUG': 'fatal-criticals',
           'AW_IDLE_SECONDS': os.environ.get('AW_IDLE_SECONDS', '10'), 'AW_MANY': os.environ.get('AW_MANY', '5000'),
           'AW_LATE_SECONDS': os.environ.get('AW_LATE_SECONDS', '30'), 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '')}
    try:
        done = subprocess.run(['dbus-run-session', f'--config-file={home}/bus.conf', '--', sys.executable, os.path.abspath(sys.argv[0]), agent_program, app_id, data_folder, '--inside'],
                              env=env, cwd=home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(done.returncode)

home = pathlib.Path(os.environ['HOME'])
database = home / 'data' / data_folder / 'afterword.db'
heard = home / 'heard'
count = 0
failed = False
children = []


def start(*arguments, **keywords):
    child = subprocess.Popen(arguments, **keywords)
    children.append(child)
    return child


def ok(good, what, detail=''):
    global count, failed
    count += 1
    failed |= not good
    print(f"{'ok' if good else 'not ok'} {count} - {what}", flush=True)
    if detail and not good:
        print('# ' + str(detail).replace('\n', '\n# '), flush=True)


def wait(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    return condition()


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True).stdout.strip()


def sql(text, *values):
    with sqlite3.connect(database, timeout=10) as connection:
        connection.execute('PRAGMA foreign_keys = ON')
        rows = connection.execute(text, values).fetchall()
    connection.close()
    return rows


def has_name(name):
    return 'true' in run('gdbus', 'call', '--session', '-d', 'org.freedesktop.DBus', '-o', '/', '-m',
                         'org.freedesktop.DBus.NameHasOwner', name)


def act(action, parameters='[]'):
    return run('gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m',
               'org.freedesktop.Application.ActivateAction', action, parameters, '{}')


def displayed():
    return int(run('dunstctl', 'count', 'displayed') or 0)


def add(id, ended='2026-03-04T09:00:00Z'):
    sql("INSERT INTO opportunity (id, position, company, status) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM opportunity), ?, 'active')", id, 'Harbor & <' + id + '>')
    sql("INSERT INTO person (id, opportunity, position, name, roles, email) VALUES (?, ?, 1, 'Dana <VP> & Sam', '[\"hr\"]', ?)", id + '-p', id, id + '@example.com')
    sql("INSERT INTO interview (id, opportunity, position, starts_at, duration_minutes, stage, format, attendees, debriefed_at) VALUES (?, ?, 1, ?, 60, 'first', 'video', ?, ?)",
        id + '-i', id, ended, f'["{id}-p"]', ended)
    key = f'thank-you/{id}-p/{id}-i'
    return key


def start_agent():
    begin = time.monotonic()
    child = start(agent_program, stdout=subprocess.DEVNULL, stderr=open(home / 'agent.log', 'a'))
    while not has_name(agent_id) and child.poll() is None and time.monotonic() - begin < 5:
        time.sleep(0.005)
    milliseconds = (time.monotonic() - begin) * 1000
    # It has its name before it has its database: what it is asked it answers afterwards.
    run('gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m', 'org.gtk.Actions.List')
    return child, milliseconds


def start_dunst():
    child = start('dunst', '-conf', str(home / 'dunstrc'), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait(lambda: has_name('org.freedesktop.Notifications'))
    return child


def press(label):
    """Presses a named button: dunst asks a menu program which one."""
    (home / 'label').write_text(label)
    run('dunstctl', 'context')


def notified():
    """What the bus saw of Notify calls, newest last: the whole log."""
    return (home / 'monitor').read_text(errors='replace')


def status_of(pid):
    text = {}
    for task in pathlib.Path(f'/proc/{pid}/task').iterdir():
        for line in (task / 'status').read_text().splitlines():
            if 'voluntary_ctxt_switches' in line:
                name, value = line.split(':')
                text[name] = text.get(name, 0) + int(value)
    return text


def memory(pid):
    sums = {}
    for line in pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text().splitlines()[1:]:
        name, value = line.split(':')
        sums[name] = int(value.split()[0])
    return sums


def play(main):
    """Runs the test, ends what it started, and says how it went."""
    try:
        main()
    finally:
        for child in reversed(children):
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(3)
                except subprocess.TimeoutExpired:
                    child.kill()
        log = home / 'agent.log'
        if log.exists():
            for line in log.read_text(errors='replace').splitlines():
                print('# agent: ' + line)
        print(f'1..{count}', flush=True)
    sys.exit(1 if failed else 0)
