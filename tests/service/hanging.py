#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notification servers that are there and do not answer: that swallow Notify,
that swallow every call, that die in the middle of one, that answer after half a
minute. The agent answers on the bus all the while; nothing is lost, nothing
comes twice. Prints TAP."""

import os
import signal
import time

from desk import act, add, agent_id, has_name, ok, play, run, sql, start_agent, wait
from server import HANDED, NAME, Server


def answers(what):
    """The agent does something for a caller, in a time that nobody notices."""
    begin = time.monotonic()
    answer = run('gdbus', 'call', '--session', '--timeout', '20', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m', 'org.gtk.Actions.Describe', 'test')
    seconds = time.monotonic() - begin
    ok(answer.startswith('((true') and seconds < 5, f'the agent answers {what} ({seconds:.2f} s)', answer)


def numbers(id):
    return [row[0] for row in sql('SELECT server_id FROM reminder WHERE opportunity = ? AND shown_at IS NOT NULL AND key <> ?', id, '')]


def main():
    # One that swallows Notify.
    server = Server('hangs')
    agent, _ = start_agent()
    add('o1')
    act('refresh')
    ok(wait(lambda: len(server.calls('Notify')) == 1, 20), 'a server is told of one follow-up, and hangs', server.calls(''))
    answers('while the server hangs')
    ok(numbers('o1') == [HANDED], 'the row is marked', numbers('o1'))
    act('test')
    ok(wait(lambda: "'?'" in run('gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m',
                                 'org.gtk.Actions.Describe', 'test'), 20), 'of a test reminder it says that there is no answer yet')
    add('o2')
    act('refresh')
    ok(wait(lambda: len([c for c in server.calls('Notify') if '<o2>' in c]) == 1, 20), 'another follow-up does not wait for the first')
    sql("INSERT INTO decision (id, opportunity, position, key, what, \"at\") VALUES ('d2', 'o2', 1, 'thank-you/o2-p/o2-i', 'done', '2026-03-04T12:00:00Z')")
    act('refresh')
    ok(wait(lambda: numbers('o2') == [None], 20), 'what is done meanwhile is not waited for', sql('SELECT * FROM reminder'))
    answers('after that')
    server.end()
    ok(wait(lambda: sql("SELECT shown_at FROM reminder WHERE key LIKE 'thank-you/o1%'") == [(None,)], 20), 'the server is killed: what it did not take is due again',
       sql('SELECT * FROM reminder'))
    server = Server('good')
    ok(wait(lambda: len([c for c in server.calls('Notify') if '<o1>' in c]) == 1, 20), 'and comes with the next one', server.calls(''))
    ok(wait(lambda: numbers('o1') == [1], 20), 'which is noted with its number', numbers('o1'))
    act('refresh')
    answers('with the good one')
    ok(len(server.calls('Notify')) == 1, 'once, and what was done not at all', server.calls(''))
    server.end()

    # One that hangs, while the agent is killed.
    server = Server('hangs')
    add('o3')
    act('refresh')
    wait(lambda: len(server.calls('Notify')) == 1, 20)
    agent.send_signal(signal.SIGKILL)
    agent.wait()
    ok(numbers('o3') == [HANDED], 'a killed agent leaves word that nobody answered', numbers('o3'))
    server.end()
    server = Server('good')
    agent, _ = start_agent()
    ok(wait(lambda: len([c for c in server.calls('Notify') if '<o3>' in c]) == 1, 20), 'the next agent shows it', server.calls(''))
    wait(lambda: len(numbers('o3')) == 1 and numbers('o3')[0] < HANDED, 20)
    act('refresh')
    answers('then')
    ok(len([c for c in server.calls('Notify') if '<o3>' in c]) == 1, 'once', server.calls(''))
    server.end()

    # One that dies in the middle of the call.
    server = Server('dies')
    add('o4')
    act('refresh')
    server.child.wait(20)
    ok(len(server.calls('Notify')) == 1 and wait(lambda: not has_name(NAME), 20), 'a server dies of the call')
    ok(wait(lambda: sql("SELECT shown_at FROM reminder WHERE key LIKE 'thank-you/o4%'") == [(None,)], 20), 'the reminder is due again')
    server = Server('good')
    ok(wait(lambda: [n for n in numbers('o4') if n and n < HANDED], 20) and len([c for c in server.calls('Notify') if '<o4>' in c]) == 1,
       'and comes once with the next one', server.calls(''))
    server.end()

    # One that answers nothing at all.
    server = Server('mute')
    add('o5')
    act('refresh')
    ok(wait(lambda: server.calls('GetCapabilities'), 20), 'a server does not even say what it can do')
    answers('while it is mute')
    server.end()
    server = Server('good')
    ok(wait(lambda: [n for n in numbers('o5') if n and n < HANDED], 20) and len([c for c in server.calls('Notify') if '<o5>' in c]) == 1,
       'what was due comes once with the next one', server.calls(''))
    server.end()

    # One that takes half a minute: longer than the bus's libraries wait.
    late = float(os.environ['AW_LATE_SECONDS'])
    server = Server('late', late)
    add('o6')
    begin = time.monotonic()
    act('refresh')
    wait(lambda: server.calls('Notify'), 20)
    answers('while the server thinks')
    act('refresh')
    ok(wait(lambda: numbers('o6') == [1], late + 30), 'an answer after half a minute is taken', numbers('o6'))
    ok(time.monotonic() - begin >= late - 1, f'({time.monotonic() - begin:.0f} s)')
    act('refresh')
    answers('after it')
    ok(len(server.calls('Notify')) == 1, 'and nothing came twice', server.calls(''))
    sql("DELETE FROM opportunity WHERE id = 'o6'")
    act('refresh')
    ok(wait(lambda: server.calls('Close') == ['Close 1'], 20), 'its number is the one that is withdrawn', server.calls(''))
    ok(agent.poll() is None, 'the agent lives')


play(main)
