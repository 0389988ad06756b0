#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent with a real bus and a real notification server (dunst under Xvfb):
shown on time, buttons pressed, withdrawn when done elsewhere, one summary for
many, killed and started again, no server, memory and wake-ups. Prints TAP."""

import os
import signal
import subprocess
import sys
import time

from desk import (DUNST, WINDOW, act, add, agent_id, agent_program, app_id, displayed, has_name, heard, home, memory, notified, ok,
                  play, press, run, sql, start, start_agent, start_dunst, status_of, wait)


def search(method, *arguments):
    """What GNOME Shell's overview asks for while somebody types."""
    return run('gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/') + '/SearchProvider', '-m',
               'org.gnome.Shell.SearchProvider2.' + method, *arguments)


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
    number = wait(lambda: sql("SELECT server_id FROM reminder WHERE key LIKE 'thank-you/o5%' AND server_id < 4294967294"))
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
    lines = autostart.read_text().splitlines()
    ok(lines[0] == '[Desktop Entry]' and {'Type=Application', f'Exec="{agent_program}"', 'NoDisplay=true'} <= set(lines) and
       subprocess.run(['desktop-file-validate', autostart], capture_output=True).returncode == 0, 'which is a desktop entry as it should be', lines)
    ok(wait(lambda: sql("SELECT value FROM setting WHERE key = 'background-state'") == [('granted',)]), 'which is recorded')
    sql("UPDATE setting SET value = '0' WHERE key = 'background'")
    act('refresh')
    ok(wait(lambda: not autostart.exists()), 'and is taken away')
    ok("'name': <'Harbor & <o1>'>" in search('GetResultMetas', "['o1', 'nobody']") and search('GetResultMetas', "['o1', 'nobody']").count("'id'") == 1,
       'the overview gets what it shows', search('GetResultMetas', "['o1', 'nobody']"))
    answer = search('GetInitialResultSet', "['nothing like this']")
    ok(answer == '(@as [],)', 'and an answer when nothing is found', answer)
    search('ActivateResult', 'o3', "['harb']", '0')
    ok(wait(lambda: 'open o3' in heard.read_text()), 'and the window opens what is chosen there', heard.read_text())

    # Waiting costs nothing. GLib ends threads of its pool after 15 idle seconds: a long look begins after that.
    seconds = float(os.environ['AW_IDLE_SECONDS'])
    time.sleep(1 if seconds < 15 else 20)
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


play(main)
