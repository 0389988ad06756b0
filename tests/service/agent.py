#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent with a real bus and a real notification server (dunst under Xvfb):
shown on time, buttons pressed, withdrawn when done elsewhere, one summary for
many, killed and started again, no server, memory and wake-ups. Prints TAP.

usage: agent.py AGENT APP_ID DATA_FOLDER"""

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
    if missing:
        print('1..0 # SKIP missing: ' + ', '.join(missing))
        sys.exit(0)
    home = pathlib.Path(tempfile.mkdtemp(prefix='afterword-agent-'))
    (home / 'run').mkdir(mode=0o700)
    (home / 'bus.conf').write_text(BUS.format(folder=home))
    env = {'PATH': os.environ['PATH'], 'HOME': str(home), 'XDG_RUNTIME_DIR': str(home / 'run'),
           'XDG_DATA_HOME': str(home / 'data'), 'XDG_CONFIG_HOME': str(home / 'config'), 'TZ': 'UTC', 'LC_ALL': 'C.UTF-8',
           'AFTERWORD_NOW': NOON, 'AFTERWORD_SEND': '/bin/true', 'AFTERWORD_APP': '', 'G_DEBUG': 'fatal-criticals',
           'AW_IDLE_SECONDS': os.environ.get('AW_IDLE_SECONDS', '10'), 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '')}
    try:
        done = subprocess.run(['dbus-run-session', f'--config-file={home}/bus.conf', '--', sys.executable, os.path.abspath(__file__), agent_program, app_id, data_folder, '--inside'],
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
    return child, (time.monotonic() - begin) * 1000


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


def main():
    (home / 'dunstrc').write_text(DUNST.format(folder=home))
    (home / 'menu').write_text(f'#!/bin/sh\ngrep -F -m1 "$(cat {home}/label)"\n')
    (home / 'menu').chmod(0o755)
    heard.touch()
    read, write = os.pipe()
    start('Xvfb', '-displayfd', str(write), '-screen', '0', '1280x800x24', '-nolisten', 'tcp', pass_fds=[write],
          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ['DISPLAY'] = ':' + os.read(read, 16).decode().strip()
    start('dbus-monitor', '--session', "interface='org.freedesktop.Notifications'", stdout=open(home / 'monitor', 'w'),
          stderr=subprocess.DEVNULL)
    start(sys.executable, '-c', WINDOW, app_id, str(heard))
    wait(lambda: has_name(app_id))

    # No server yet: nothing is lost.
    agent, milliseconds = start_agent()
    ok(has_name(agent_id), 'the agent starts without a notification server')
    key = add('o1')
    act('refresh')
    ok(wait(lambda: 'Changed' in heard.read_text(), 2), 'an open window is told of a commit')
    ok(wait(lambda: sql("SELECT shown_at FROM reminder WHERE key = ?", key) == [(None,)]), 'what cannot be shown stays due',
       sql("SELECT * FROM reminder"))
    dunst = start_dunst()
    ok(wait(lambda: displayed() == 1), 'it is shown when the server appears', notified())
    text = notified()
    ok('Dana <VP> & Sam' in text, 'the title is plain text', text)
    ok('Harbor &amp; &lt;o1&gt;' in text, 'the body is escaped for a server that has markup', text)
    ok(f'"{app_id}"' in text and 'desktop-entry' in text, 'the desktop entry is named')
    ok(text.index('"Write"') < text.index('"In an Hour"') < text.index('"Skip"'), 'buttons: Write, In an Hour, Skip')

    # Buttons.
    press('In an Hour')
    ok(wait(lambda: sql("SELECT what, until FROM decision WHERE key = ?", key)), 'In an Hour is recorded')
    rows = sql("SELECT what, until FROM decision WHERE key = ?", key)
    ok(rows and rows[0][0] == 'snoozed' and rows[0][1].startswith('2026-03-04T13:0'), 'for an hour', rows)
    ok(wait(lambda: displayed() == 0), 'and the notification goes')
    ok(wait(lambda: [r for r in sql("SELECT remind_at, shown_at FROM reminder WHERE key = ?", key) if r[1] is None]),
       'and it will come again', sql("SELECT * FROM reminder"))

    add('o2')
    act('refresh')
    wait(lambda: displayed() == 1)
    run('dunstctl', 'action', '0')
    ok(wait(lambda: 'compose o2 thank-you/o2-p/o2-i' in heard.read_text()), 'a click opens the compose window', heard.read_text())
    run('dunstctl', 'close-all')
    wait(lambda: displayed() == 0)

    key = add('o3')
    act('refresh')
    wait(lambda: displayed() == 1)
    press('Skip')
    ok(wait(lambda: sql("SELECT what FROM decision WHERE key = ?", key) == [('skipped',)]), 'Skip is recorded')
    ok(wait(lambda: displayed() == 0), 'and the notification goes')

    # Done elsewhere.
    add('o4')
    act('refresh')
    wait(lambda: displayed() == 1)
    sql("INSERT INTO touch (id, opportunity, position, \"at\", direction, channel, kind, people) VALUES ('t4', 'o4', 1, '2026-03-04T11:59:00Z', 'out', 'email', 'thank-you', '[\"o4-p\"]')")
    act('refresh')
    ok(wait(lambda: displayed() == 0), 'what is done elsewhere is withdrawn')

    # Killed while a notification stands.
    add('o5')
    act('refresh')
    wait(lambda: displayed() == 1)
    number = wait(lambda: sql("SELECT server_id FROM reminder WHERE key LIKE 'thank-you/o5%' AND server_id IS NOT NULL"))
    agent.send_signal(signal.SIGKILL)
    agent.wait()
    agent, milliseconds = start_agent()
    time.sleep(0.5)
    again = sql("SELECT server_id FROM reminder WHERE key LIKE 'thank-you/o5%'")
    ok(displayed() == 1 and again == number, 'a new agent takes over what a killed one showed', str((displayed(), number, again)) + notified()[-3500:])
    press('Skip')
    ok(wait(lambda: sql("SELECT what FROM decision WHERE key LIKE 'thank-you/o5%'") == [('skipped',)]), 'and its buttons')
    wait(lambda: displayed() == 0)

    # A second one finds the first.
    second = subprocess.run([agent_program], timeout=5)
    ok(second.returncode == 0 and agent.poll() is None, 'there is only one')

    # Many at once.
    for i in range(5):
        add(f'm{i}')
    act('refresh')
    ok(wait(lambda: displayed() == 1) and '5 follow-ups are due' in notified(), 'five at once are one summary')
    run('dunstctl', 'action', '0')
    ok(wait(lambda: 'today' in heard.read_text()), 'which opens Today')
    run('dunstctl', 'close-all')

    # A test reminder, hidden names.
    act('test')
    ok(wait(lambda: 'Reminders work' in notified()), 'a test reminder comes')
    run('dunstctl', 'close-all')
    sql("INSERT INTO setting (key, value) VALUES ('hide-names', '1')")
    before = len(notified())
    add('h1')
    act('refresh')
    ok(wait(lambda: 'A follow-up is due' in notified()[before:]) and 'Dana' not in notified()[before:], 'names are hidden on demand',
       notified()[before:])

    # Off.
    sql("INSERT INTO setting (key, value) VALUES ('remind', '0')")
    run('dunstctl', 'close-all')
    wait(lambda: displayed() == 0)
    add('h2')
    act('refresh')
    time.sleep(0.3)
    ok(displayed() == 0, 'nothing comes when reminders are off')
    sql("UPDATE setting SET value = '1' WHERE key = 'remind'")
    act('refresh')
    ok(wait(lambda: displayed() == 1), 'and it comes when they are on again')

    # Starting at login, and the overview's search.
    autostart = home / 'config' / 'autostart' / (agent_id + '.desktop')
    sql("INSERT INTO setting (key, value) VALUES ('background', '1')")
    act('refresh')
    ok(wait(autostart.exists) and f'TryExec={agent_program}' in autostart.read_text(), 'a file starts it at login')
    ok(wait(lambda: sql("SELECT value FROM setting WHERE key = 'background-state'") == [('granted',)]), 'which is recorded')
    sql("UPDATE setting SET value = '0' WHERE key = 'background'")
    act('refresh')
    ok(wait(lambda: not autostart.exists()), 'and is taken away')
    answer = run('gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/') + '/SearchProvider', '-m',
                 'org.gnome.Shell.SearchProvider2.GetResultMetas', "['o1', 'nobody']")
    ok("'name': <'Harbor & <o1>'>" in answer and answer.count("'id'") == 1, 'the overview gets what it shows', answer)
    answer = run('gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/') + '/SearchProvider', '-m',
                 'org.gnome.Shell.SearchProvider2.GetInitialResultSet', "['nothing like this']")
    ok(answer == '(@as [],)', 'and an answer when nothing is found', answer)

    # Waiting costs nothing.
    time.sleep(1)
    seconds = float(os.environ['AW_IDLE_SECONDS'])
    before = status_of(agent.pid)
    time.sleep(seconds)
    after = status_of(agent.pid)
    ok(after == before, f'no thread wakes up in {seconds:g} s', (before, after))
    sums = memory(agent.pid)
    private = sums['Private_Dirty']
    print(f"# start to name on the bus {milliseconds:.0f} ms; private dirty {private} kB, PSS {sums['Pss']} kB, RSS {sums['Rss']} kB")
    if not os.environ['ASAN_OPTIONS']:
        ok(private <= 2560, 'private dirty memory is at most 2.5 MB', private)

    act('quit')
    ok(wait(lambda: agent.poll() == 0), 'it ends when asked', agent.poll())
    ok(wait(lambda: displayed() == 0), 'and takes along what stands')


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
