#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of afterword-send, and of the agent with it or alone, at random moments
of a send, then another run, or another agent: no message is lost, none arrives
twice without the user's word, and what is not known is called uncertain.
AW_KILLS=300 for a long run, of which a third is with the agent. Prints TAP and counts.

  kill_send.py WORKER [AGENT AGENT_ID DATA_FOLDER]"""

import collections
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import time

from courier import Desktop, wait
from worker import RAW, Outbox, Servers, accepted

KILLS = int(os.environ.get('AW_KILLS', '24'))
# Slow where it matters: the time between the dot and the answer is the window.
FAULTS = ['--fault', 'rcpt:delay=0.02', '--fault', 'data:delay=0.02', '--fault', 'eod:delay=0.03+accept+delay=0.03+250 2.0.0 Ok']




def judge(outbox, log, what, wrong, states):
    """What became of it, and then of what the user says of an uncertain one."""
    state, copies, touches = outbox.state()[0], len(accepted(log)), len(outbox.touches())
    states[state] += 1
    good = {'sent': copies == 1 and touches == 1, 'uncertain': copies <= 1 and touches == 0}.get(state, False)
    if not good:
        wrong.append(f'{what}: {state} in the end, {copies} copies, {touches} touches')
    if state == 'uncertain':
        outbox.run('--was-sent=m1' if copies else '--retry=m1')
        state, copies, touches = outbox.state()[0], len(accepted(log)), len(outbox.touches())
        if (state, copies, touches) != ('sent', 1, 1):
            wrong.append(f'{what}: after the user said so: {state}, {copies} copies, {touches} touches')


def of_worker(worker, folder, rand, kills, wrong, states):
    first = Outbox(worker, folder / 'template')
    first.add_facts()
    first.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    servers = Servers()
    span = None
    for i in range(kills):
        log = folder / f'{i}.jsonl'
        _, _, port = servers.start('--log', str(log), '--auth', 'PLAIN', '--user', 'sam', *FAULTS)
        outbox = Outbox(worker, folder / str(i), first.path)
        outbox.add_account(port)
        outbox.add_message(raw=RAW)
        begun = time.monotonic()
        process = outbox.start()
        if span is None:  # the first one is let live, to know how long it takes
            process.communicate(timeout=30)
            span = time.monotonic() - begun
        else:
            time.sleep(rand.uniform(0, span * 1.05))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        killed = outbox.state()[0]
        time.sleep(0.1)  # the server may still be storing
        outbox.run()
        judge(outbox, log, f'{i}, {killed} when killed', wrong, states)
        shutil.rmtree(outbox.folder)


def programs_of(desktop, program):
    """The workers, or the agents, of this desktop that run now; a worker that finds no agent starts one itself."""
    found = []
    for entry in pathlib.Path('/proc').glob('[0-9]*'):
        try:
            if (entry / 'comm').read_text().strip() == program and f'HOME={desktop.home}\0'.encode() in (entry / 'environ').read_bytes():
                found.append(int(entry.name))
        except OSError:
            pass
    return found


def kill(desktop, program):
    for pid in programs_of(desktop, program):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def of_agent(worker, agent, agent_id, data_folder, folder, rand, kills, wrong, states):
    servers = Servers()
    desktop = Desktop(agent, worker, data_folder)
    try:
        span = None
        for i in range(kills):
            log = folder / f'agent{i}.jsonl'
            _, _, port = servers.start('--log', str(log), '--auth', '', *FAULTS)
            for path in desktop.path.parent.glob('*'):
                path.unlink()
            outbox = Outbox(worker, desktop.path.parent)
            outbox.add_facts()
            outbox.add_account(port, user=None)
            now = int(time.time())
            outbox.add_message(raw=RAW, next_at=now)
            outbox.execute('UPDATE outbox SET first_at = ?', now)
            outbox.execute("UPDATE message SET changed_at = strftime ('%Y-%m-%dT%H:%M:%SZ')")
            begun = time.monotonic()
            process = desktop.agent()
            what = rand.choice(['the agent', 'both', 'the worker'])
            if span is None:
                wait('the first one', lambda: outbox.state()[0] == 'sent')
                span = time.monotonic() - begun
                what = 'nobody'
            else:
                time.sleep(rand.uniform(0, span * 1.05))
            if what in ('both', 'the worker'):
                kill(desktop, 'afterword-send')
            if what in ('the agent', 'both', 'nobody'):
                kill(desktop, 'afterword-agent')
                process.wait()
            killed = outbox.state()[0]
            def ended():
                nonlocal process
                # The bus may not have noticed yet that the old one is gone: then a new one finds it, and ends.
                if process.poll() is not None:
                    process = desktop.agent()
                return outbox.state()[0] in ('sent', 'uncertain', 'failed') and not programs_of(desktop, 'afterword-send')

            # The next agent sees to it by itself; one whose worker died rests first, unless it is told to send.
            if what == 'the worker':
                desktop.call(agent_id, 'send')
            else:
                process = desktop.agent()
            try:
                try:
                    wait('an end', ended, 30)
                except AssertionError:
                    # A worker that could not begin is let rest for five minutes: nobody waits for that here.
                    print(f'# {i}: told to send again; said {(desktop.home / "said").read_text()[-500:]!r}', flush=True)
                    desktop.call(agent_id, 'send')
                wait(f'{i}: an end after {what} was killed', ended, 60)
            except AssertionError as error:
                raise AssertionError(f'{error}: {killed} when killed, now {outbox.state()}, workers {programs_of(desktop, "afterword-send")}, agent {process.poll()},'
                                     f' {len(accepted(log))} copies, lease {outbox.execute("SELECT lease_pid FROM outbox")},'
                                     f' said {(desktop.home / "said").read_text()[-2000:]!r}') from error
            # All of them: the next round has another database under the same name.
            while programs_of(desktop, 'afterword-agent') or programs_of(desktop, 'afterword-send'):
                kill(desktop, 'afterword-agent')
                kill(desktop, 'afterword-send')
                time.sleep(0.02)
            process.wait()
            time.sleep(0.1)
            judge(outbox, log, f'{i}, {what} killed while {killed}', wrong, states)
    finally:
        desktop.close()


def main():
    worker = os.path.abspath(sys.argv[1])
    folder = pathlib.Path(tempfile.mkdtemp(prefix='aw-kill-'))
    seed = int(os.environ.get('AW_SEED', random.randrange(1 << 30)))
    with_agent = KILLS // 3 if len(sys.argv) > 4 else 0
    parts = [('the worker', KILLS - with_agent, of_worker, [])]
    if with_agent:
        parts.append(('the agent, the worker, or both', with_agent, of_agent, [os.path.abspath(sys.argv[2]), *sys.argv[3:5]]))
    bad = 0
    try:
        print(f'1..{len(parts)}')
        for number, (name, kills, play, arguments) in enumerate(parts, 1):
            states, wrong = collections.Counter(), []
            try:
                play(worker, *arguments, folder, random.Random(seed), kills, wrong, states)
            except AssertionError as error:
                wrong.append(str(error))
            for line in wrong:
                print('# ' + line)
            bad += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} {name} killed {kills - 1} times: {states['sent']} sent, {states['uncertain']} uncertain,"
                  f' seed {seed}', flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if bad else 0)


main()
