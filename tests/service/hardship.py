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
import sys
import time

import dbus

from desk import act, add, agent_id, agent_program, database, home, memory, ok, play, run, sql, start, start_agent, wait
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


# Another process that holds the database until it is told to let go.
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute('BEGIN IMMEDIATE')
print('held', flush=True)
sys.stdin.readline()
connection.execute('ROLLBACK')
"""
HOLD = 7  # seconds: more than the five that SQLite waits


def hold():
    holder = start(sys.executable, '-c', HOLDER, str(database), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder.stdout.readline()
    return holder


def ticks(seconds):
    """Asks the agent something again and again; how long each answer took."""
    bus = dbus.SessionBus()
    actions = dbus.Interface(bus.get_object(agent_id, '/' + agent_id.replace('.', '/'), introspect=False), 'org.gtk.Actions')
    gaps = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begin = time.monotonic()
        actions.Describe('test', timeout=60)
        gaps.append(time.monotonic() - begin)
        time.sleep(0.005)
    return gaps


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

    # A database that another process holds, for longer than SQLite waits: the
    # main loop goes on, which a caller of the bus sees.
    agent, _ = start_agent()
    add('l0')
    act('refresh')
    wait(lambda: sql("SELECT 1 FROM reminder WHERE opportunity = 'l0' AND server_id < 4294967294"), 20)
    number = sql("SELECT server_id FROM reminder WHERE opportunity = 'l0' AND server_id IS NOT NULL")[0][0]
    add('l1')
    before = len(server.calls('Notify'))
    holder = hold()
    begin = time.monotonic()
    act('refresh')
    server.press(number, 'skip')
    gaps = ticks(HOLD)
    said = (home / 'agent.log').read_text()
    ok(max(gaps) < 1, f'a database that was held for {time.monotonic() - begin:.1f} s: the agent answered {len(gaps)} times, the longest took {max(gaps) * 1000:.0f} ms')
    ok(len(server.calls('Notify')) == before, 'it shows nothing that it could not claim')
    ok(said.count('waits until it is free') == 1, 'says once that it waits', said)
    ok(holder.poll() is None and sql('SELECT count(*) FROM decision') == [(0,)], 'and could write nothing')
    holder.communicate('\n')
    ok(wait(lambda: len(server.calls('Notify')) == before + 1, 40), 'when it is free what was due comes by itself', server.calls(''))
    ok(wait(lambda: sql('SELECT opportunity, what FROM decision') == [('l0', 'skipped')], 40), 'and what was pressed meanwhile is recorded',
       sql('SELECT * FROM decision'))
    act('refresh')
    ticks(0.5)
    ok(len(server.calls('Notify')) == before + 1 and sql('SELECT count(*) FROM decision') == [(1,)], 'each once', server.calls(''))
    holder = hold()
    server.press(sql("SELECT server_id FROM reminder WHERE opportunity = 'l1' AND server_id IS NOT NULL")[0][0], 'skip')
    ticks(0.5)
    act('quit')
    holder.communicate('\n')
    ok(wait(lambda: agent.poll() == 0, 20) and sql('SELECT count(*) FROM decision') == [(2,)], 'and it takes nothing with it when it ends')
    add('l2')
    before = len(server.calls('Notify'))
    holder = hold()
    agent, milliseconds = start_agent()
    ok(holder.poll() is None and milliseconds < 2000, f'an agent starts meanwhile, in {milliseconds:.0f} ms')
    ticks(0.5)
    holder.communicate('\n')
    ok(wait(lambda: len(server.calls('Notify')) == before + 1, 40), 'and shows what is due afterwards', server.calls(''))
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
    # What it read goes back when its sweep ends, which is after the server's answer is noted.
    wait(lambda: memory(agent.pid)['Private_Dirty'] <= 2048, 10)
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
