#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent in bad circumstances: no bus, a zone that does not exist, a database
that another process holds, thousands of reminders due at once. There is no
display in all of it. Prints TAP.

AW_MANY says how many are due at once: 5000; the benchmark takes 10000."""

import os
import signal
import sqlite3
import subprocess
import time

from desk import act, add, agent_id, agent_program, database, home, memory, ok, play, run, sql, start_agent, wait
from server import Server


def add_many(n):
    with sqlite3.connect(database, timeout=10) as connection:
        connection.execute('PRAGMA foreign_keys = ON')
        ids = [(f'x{i}', i + 100) for i in range(n)]
        connection.executemany("INSERT INTO opportunity (id, position, company, status) VALUES (?1, ?2, 'Company ' || (?2 % 700), 'active')", ids)
        connection.executemany("INSERT INTO person (id, opportunity, position, name, roles, email) VALUES (?1 || '-p', ?1, 1, 'Ada Park', '[\"hr\"]', ?1 || '@example.com')",
                               [(i,) for i, _ in ids])
        connection.executemany("INSERT INTO interview (id, opportunity, position, starts_at, duration_minutes, stage, format, attendees, debriefed_at) "
                               "VALUES (?1 || '-i', ?1, 1, '2026-03-04T09:00:00Z', 60, 'first', 'video', '[\"' || ?1 || '-p\"]', '2026-03-04T10:00:00Z')",
                               [(i,) for i, _ in ids])
        connection.executemany("INSERT INTO touch (id, opportunity, position, \"at\", direction, channel, kind, people, text) "
                               "VALUES (?1 || '-t' || ?2, ?1, ?2, '2026-02-0' || ?2 || 'T12:00:00Z', 'out', 'email', 'note', '[\"' || ?1 || '-p\"]', ?3)",
                               [(i, k, 'The part about the nightly batch stayed with me. ' * 20) for i, _ in ids for k in range(1, 6)])
    connection.close()


def main():
    for name in ('DISPLAY', 'WAYLAND_DISPLAY'):
        os.environ.pop(name, None)

    # No bus.
    alone = {k: v for k, v in os.environ.items() if k not in ('DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR')}
    done = subprocess.run([agent_program], env=alone, capture_output=True, text=True, timeout=60)
    ok(done.returncode == 1 and done.stderr.strip().endswith('There is no session bus, so reminders cannot be shown. Start it from a desktop session.')
       and len(done.stderr.strip().splitlines()) == 1, 'without a bus it says so in one sentence', (done.returncode, done.stderr))

    # A zone that does not exist.
    server = Server('good')
    os.environ['TZ'] = 'Nowhere/Land'
    agent, _ = start_agent()
    os.environ['TZ'] = 'UTC'
    add('z1')
    act('refresh')
    ok(wait(lambda: len(server.calls('Notify')) == 1, 20), 'in a zone that does not exist reminders come all the same', server.calls(''))
    act('quit')
    ok(wait(lambda: agent.poll() == 0, 20), 'and it ends when asked')
    sql('DELETE FROM opportunity')

    # A database that another process holds, for longer than anybody waits.
    agent, _ = start_agent()
    add('l1')
    before = len(server.calls('Notify'))
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    other.execute('BEGIN IMMEDIATE')
    begin = time.monotonic()
    act('refresh')
    answer = run('gdbus', 'call', '--session', '--timeout', '60', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m', 'org.gtk.Actions.Describe', 'test')
    seconds = time.monotonic() - begin
    ok(answer.startswith('((true') and seconds < 20, f'with a locked database it answers, after {seconds:.1f} s at the most')
    ok(len(server.calls('Notify')) == before, 'and shows nothing that it could not claim')
    other.execute('ROLLBACK')
    other.close()
    act('refresh')
    ok(wait(lambda: len(server.calls('Notify')) == before + 1, 20), 'which comes when the database is free', server.calls(''))
    ok('looked at again in 30 seconds' in (home / 'agent.log').read_text(), 'by itself in half a minute')
    act('quit')
    wait(lambda: agent.poll() == 0, 20)
    sql('DELETE FROM opportunity')

    # Thousands at once.
    many = int(os.environ['AW_MANY'])
    add_many(many)
    before = len(server.calls('Notify'))
    agent, _ = start_agent()
    begin = time.monotonic()
    act('refresh')
    ok(wait(lambda: len(server.calls('Notify')) > before, 120), f'{many} due at once')
    wait(lambda: sql("SELECT value FROM setting WHERE key = 'agent-summary'"), 20)
    seconds = time.monotonic() - begin
    calls = server.calls('Notify')[before:]
    ok(len(calls) == 1 and f'{many} follow-ups are due' in calls[0] and ' and 696 more' in calls[0], 'come as one summary', calls)
    sums = memory(agent.pid)
    peak = next(int(line.split()[1]) for line in open(f'/proc/{agent.pid}/status') if line.startswith('VmHWM'))
    print(f"# {many} due: {seconds:.2f} s; private dirty {sums['Private_Dirty']} kB, PSS {sums['Pss']} kB, at most {peak} kB were resident", flush=True)
    if not os.environ['ASAN_OPTIONS']:
        ok(sums['Private_Dirty'] <= 2560, 'after which private dirty memory is at most 2.5 MB', sums)
    act('refresh')
    run('gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m', 'org.gtk.Actions.Describe', 'test')
    ok(len(server.calls('Notify')) == before + 1, 'and nothing comes twice')

    # The summary says how many are left, also by the next agent.
    number = calls and sql("SELECT value FROM setting WHERE key = 'agent-summary'")[0][0]
    sql("DELETE FROM opportunity WHERE id IN ('x1', 'x2')")
    act('refresh')
    ok(wait(lambda: server.calls(f'Notify {number} {many - 2} follow-ups are due'), 20), 'what is done is not counted any longer', server.calls(f'Notify {number}'))
    agent.send_signal(signal.SIGKILL)
    agent.wait()
    sql("DELETE FROM opportunity WHERE id = 'x3'")
    agent, _ = start_agent()
    ok(wait(lambda: server.calls(f'Notify {number} {many - 3} follow-ups are due'), 60), 'a new agent takes the summary over', server.calls('Notify')[-2:])
    wait(lambda: sql("SELECT value FROM setting WHERE key = 'agent-summary'"), 20)
    sql('DELETE FROM opportunity')
    act('refresh')
    ok(wait(lambda: server.calls(f'Close {number}'), 60), 'and it goes when all is done', server.calls('Close'))


play(main)
