#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of afterword-send at random moments of a send, then another run: no
message is lost, none arrives twice without the user's word, and what is not
known is called uncertain. AW_KILLS=300 for a long run. Prints TAP and counts.

  kill_send.py WORKER"""

import collections
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import time

from worker import RAW, Outbox, Servers, accepted

KILLS = int(os.environ.get('AW_KILLS', '24'))
# Slow where it matters: the time between the dot and the answer is the window.
FAULTS = ['--fault', 'rcpt:delay=0.02', '--fault', 'data:delay=0.02', '--fault', 'eod:delay=0.03+accept+delay=0.03+250 2.0.0 Ok']


def main():
    worker = sys.argv[1]
    folder = pathlib.Path(tempfile.mkdtemp(prefix='aw-kill-'))
    seed = int(os.environ.get('AW_SEED', random.randrange(1 << 30)))
    rand = random.Random(seed)
    states, wrong = collections.Counter(), []
    try:
        first = Outbox(worker, folder / 'template')
        first.add_facts()
        first.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        servers = Servers()
        span = None
        for i in range(KILLS):
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
            state, copies, touches = outbox.state()[0], len(accepted(log)), len(outbox.touches())
            states[state] += 1
            good = {'sent': copies == 1 and touches == 1, 'uncertain': copies <= 1 and touches == 0}.get(state, False)
            if not good:
                wrong.append(f'{i}: {killed} when killed, {state} after the next run, {copies} copies, {touches} touches')
            if state == 'uncertain':
                # The user's word, the one way or the other.
                outbox.run('--was-sent=m1' if copies else '--retry=m1')
                state, copies, touches = outbox.state()[0], len(accepted(log)), len(outbox.touches())
                if (state, copies, touches) != ('sent', 1, 1):
                    wrong.append(f'{i}: after the user said so: {state}, {copies} copies, {touches} touches')
            shutil.rmtree(outbox.folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print('1..1')
    for line in wrong:
        print('# ' + line)
    print(f"{'not ok' if wrong else 'ok'} 1 killed {KILLS - 1} times: {states['sent']} sent, {states['uncertain']} uncertain, seed {seed}")
    sys.exit(1 if wrong else 0)


main()
