#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the agent says to a notification server, word by word, and what it
makes of the server's signals (python-dbusmock): activation tokens, closing,
servers with fewer capabilities, that refuse, hang, die. Prints TAP."""

import json
import subprocess
import sys
import time

import dbus

from desk import WINDOW, act, add, app_id, has_name, heard, home, ok, play, sql, start, start_agent, wait

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
MOCK = 'org.freedesktop.DBus.Mock'
bus = dbus.SessionBus()


def start_server(capabilities):
    child = start(sys.executable, '-m', 'dbusmock', '--session', '--template', 'notification_daemon', '-p',
                  json.dumps({'capabilities': capabilities}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait(lambda: has_name(NAME))
    return child


def mock():
    return dbus.Interface(bus.get_object(NAME, PATH, introspect=False), MOCK)


def calls(method):
    return [[*arguments] for _, name, arguments in mock().GetCalls() if name == method]


def emit(signal, signature, arguments):
    mock().EmitSignal(NAME, signal, signature, dbus.Array(arguments, signature='v'))


def end(child):
    child.terminate()
    child.wait()
    wait(lambda: not has_name(NAME))


def main():
    heard.touch()
    start(sys.executable, '-c', WINDOW, app_id, str(heard))
    wait(lambda: has_name(app_id))
    server = start_server('body body-markup actions persistence')
    agent, _ = start_agent()

    add('o1')
    act('refresh')
    ok(wait(lambda: len(calls('Notify')) == 1), 'one call for one follow-up', calls('Notify'))
    name, replaces, icon, title, body, actions, hints, timeout = calls('Notify')[0]
    ok((str(name), int(replaces), str(icon), int(timeout)) == ('Afterword', 0, '', -1), 'name, nothing replaced, the server\'s own timeout')
    ok(str(title).startswith('Thank Dana <VP> & Sam'), 'the title', title)
    ok(str(body).startswith('Harbor &amp; &lt;o1&gt;. '), 'the body', body)
    ok([str(a) for a in actions] == ['default', 'Write', 'compose', 'Write', 'hour', 'In an Hour', 'skip', 'Skip'], 'the actions', actions)
    hints = {str(k): v for k, v in hints.items()}
    ok(str(hints['desktop-entry']) == app_id and int(hints['urgency']) == 1 and bool(hints['suppress-sound']), 'desktop entry, urgency, no sound', hints)

    number = wait(lambda: sql("SELECT server_id FROM reminder WHERE server_id < 4294967294"))[0][0]
    emit('ActivationToken', 'us', [dbus.UInt32(number), 'token-1'])
    emit('ActionInvoked', 'us', [dbus.UInt32(number), 'compose'])
    ok(wait(lambda: 'compose o1 thank-you/o1-p/o1-i token=token-1' in heard.read_text()), 'the token goes on to the window', heard.read_text())
    emit('ActionInvoked', 'us', [dbus.UInt32(number + 100), 'skip'])
    emit('ActionInvoked', 'us', [dbus.UInt32(number), 'nonsense'])
    emit('NotificationClosed', 'uu', [dbus.UInt32(number), dbus.UInt32(2)])
    ok(wait(lambda: not sql("SELECT 1 FROM reminder WHERE server_id IS NOT NULL")), 'closed is not done: only its number is forgotten')
    ok(sql("SELECT count(*) FROM decision") == [(0,)], 'and nothing was decided')
    ok(agent.poll() is None, 'unknown numbers and actions do no harm')

    # Deleted, while it stands.
    add('o2')
    act('refresh')
    wait(lambda: len(calls('Notify')) == 2)
    number = wait(lambda: sql("SELECT server_id FROM reminder WHERE opportunity = 'o2' AND server_id < 4294967294"))[0][0]
    sql("DELETE FROM opportunity WHERE id = 'o2'")
    act('refresh')
    ok(wait(lambda: [int(c[0]) for c in calls('CloseNotification')] == [number]), 'what is deleted is withdrawn, by its number')

    # The server dies; another one knows neither markup nor actions.
    end(server)
    server = start_server('body')
    add('o3')
    act('refresh')
    ok(wait(lambda: len(calls('Notify')) == 1), 'it goes on with another server', calls('Notify'))
    body, actions = calls('Notify')[0][4:6]
    ok(str(body).startswith('Harbor & <o3>. ') and not actions, 'plain text and no buttons where the server has none', (body, actions))

    # One that refuses: put back, and shown when it works.
    mock().AddMethod(NAME, 'Notify', 'susssasa{sv}i', 'u', 'raise dbus.exceptions.DBusException("full", name="org.example.Full")')
    add('o4')
    act('refresh')
    time.sleep(0.3)
    ok(sql("SELECT shown_at FROM reminder WHERE key LIKE 'thank-you/o4%'") == [(None,)], 'what a server refuses stays due')
    end(server)
    server = start_server('body')
    ok(wait(lambda: len(calls('Notify')) == 1), 'and comes when it works again')
    ok(agent.poll() is None, 'the agent lives')

    # A message that failed.
    sql("INSERT INTO message (id, opportunity, position, person, kind, channel, state) VALUES ('m1', 'o3', 1, 'o3-p', 'thank-you', 'email', 'failed')")
    sql("INSERT INTO outbox (message, mail_from, rcpt, raw, first_at, next_at, code, text) VALUES ('m1', 'a@example.com', 'b@example.com', x'00', 0, 0, 535, '5.7.8 no')")
    act('refresh')
    ok(wait(lambda: 'A message was not sent' in [str(c[3]) for c in calls('Notify')]), 'a message that failed is told of')
    ok('To Dana <VP> & Sam. The server refused the password.' in [str(c[4]) for c in calls('Notify')], 'with whom and why', calls('Notify'))
    act('refresh')
    time.sleep(0.2)
    ok([str(c[3]) for c in calls('Notify')].count('A message was not sent') == 1, 'once')
    sql("UPDATE message SET state = 'sent' WHERE id = 'm1'")
    act('refresh')
    ok(wait(lambda: len(calls('CloseNotification')) >= 1), 'and withdrawn when it was sent after all')

    # The same where others may see the screen.
    sql("INSERT INTO setting (key, value) VALUES ('hide-names', '1')")
    before = len(calls('Notify'))
    for id, code, text in (('m2', 535, '5.7.8 no'), ('m3', 0, 'Nobody like dana@example.com')):
        sql("INSERT INTO message (id, opportunity, position, person, kind, channel, state) VALUES (?, 'o3', 1, 'o3-p', 'thank-you', 'email', 'failed')", id)
        sql("INSERT INTO outbox (message, mail_from, rcpt, raw, first_at, next_at, code, text) VALUES (?, 'a@example.com', 'b@example.com', x'00', 0, 0, ?, ?)", id, code, text)
    act('refresh')
    wait(lambda: len(calls('Notify')) == before + 2)
    bodies = sorted(str(c[4]) for c in calls('Notify')[before:])
    ok(bodies == ['Open the outbox to see why.', 'The server refused the password.'], 'without names on demand', bodies)


play(main)
