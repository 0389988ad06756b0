#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cancelling while it is being sent: at every stage of a server that hangs, and
at random moments of one that does not. Whoever was told "cancelled" has a draft
that nobody received; whoever was told "too late" has sent it, once. Prints TAP.

  cancel.py WORKER OUTBOX-TOOL"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from worker import PASSWORD, RAW, Outbox, Servers, accepted, read_log

BIG = RAW + (b'x' * 70 + b'\r\n') * 280000
RACES = int(os.environ.get('AW_RACES', '20'))
# How soon the worker has ended. It promises a second; a busy machine gets more.
AT_MOST = 6
LONG = 60000
# name: (what is done wrong, what the log must show first, the message)
HANGS = {
    'banner': ('banner:hang', None, RAW), 'ehlo': ('ehlo:hang', 'EHLO', RAW), 'tls': ('tls:hang', 'STARTTLS', RAW), 'auth': ('auth:hang', 'AUTH', RAW),
    'mail': ('mail:hang', 'MAIL', RAW), 'rcpt': ('rcpt:hang', 'RCPT', RAW), 'data': ('data:hang', 'DATA', RAW), 'body': ('body:hang', 'DATA', BIG),
}


def wait(what, look, seconds=30):
    end = time.monotonic() + seconds
    while not look():
        if time.monotonic() > end:
            raise AssertionError(f'{what}: not within {seconds} s')
        time.sleep(0.01)


class Play:
    def __init__(self, worker, tool):
        self.worker, self.tool = worker, tool
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='aw-cancel-'))
        self.first = Outbox(worker, self.folder / 'template')
        self.first.add_facts()
        self.first.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        self.servers = Servers()
        self.number = 0

    def case(self, name, *faults, raw=RAW, tls='none'):
        log = self.folder / f'{name}.jsonl'
        arguments = ['--log', str(log), '--auth', 'PLAIN', '--user', 'sam', '--password', PASSWORD, '--tls', tls]
        for fault in faults:
            arguments += ['--fault', fault]
        _, _, port = self.servers.start(*arguments)
        outbox = Outbox(self.worker, self.folder / name, self.first.path)
        outbox.add_account(port, 'starttls' if tls == 'starttls' else 'none')
        outbox.add_message(raw=raw)
        return outbox, log

    def cancel(self, outbox):
        done = subprocess.run([self.tool, str(outbox.path), 'cancel', 'm1'], capture_output=True, text=True, env=outbox.environment(), timeout=60)
        return done.returncode == 0, done.stderr

    def report(self, name, problems):
        self.number += 1
        print(f"{'not ok' if problems else 'ok'} {self.number} {name}", *[f'\n# {p}' for p in problems], sep='', flush=True)
        return bool(problems)

    def state(self, outbox):
        return outbox.execute("SELECT state FROM message WHERE id = 'm1'")[0][0]

    def hang(self, name):
        fault, shown, raw = HANGS[name]
        outbox, log = self.case(name, fault, raw=raw, tls='starttls' if name == 'tls' else 'none')
        process = outbox.start(timeout=LONG, final=LONG)
        wait('the server', lambda: any(e['event'] == ('connect' if shown is None else 'command') and e.get('line', '').startswith(shown or '')
                                       for e in read_log(log)))
        begun = time.monotonic()
        ok, words = self.cancel(outbox)
        problems = [] if ok and self.state(outbox) == 'draft' else [f'{ok} {words} {self.state(outbox)}']
        out, err = process.communicate(timeout=LONG / 1000)
        seconds = time.monotonic() - begun
        if seconds > AT_MOST:
            problems.append(f'the worker ended after {seconds:.1f} s')
        if process.returncode != 0 or err:
            problems.append(f'the worker said: {process.returncode} {err.decode()}')
        if self.state(outbox) != 'draft' or outbox.execute('SELECT count(*) FROM outbox') != [(0,)] or accepted(log) or outbox.touches():
            problems.append(f'{self.state(outbox)}, {len(accepted(log))} copies')
        return self.report(f'cancelled while the server hangs at {name}: {seconds:.1f} s', problems)

    def too_late(self):
        outbox, log = self.case('late', 'eod:accept+delay=2+250 2.0.0 Ok')
        process = outbox.start(timeout=LONG, final=LONG)
        wait('the message', lambda: accepted(log))
        ok, words = self.cancel(outbox)
        process.communicate(timeout=LONG / 1000)
        problems = [] if not ok and 'too late' in words else [f'{ok}: {words}']
        if self.state(outbox) != 'sent' or len(accepted(log)) != 1 or len(outbox.touches()) != 1:
            problems.append(f'{self.state(outbox)}, {len(accepted(log))} copies')
        return self.report('refused once it was handed over, and it is sent', problems)

    def told_by_signal(self):
        outbox, log = self.case('signal', 'eod:accept+delay=2+250 2.0.0 Ok')
        process = outbox.start(timeout=LONG, final=LONG)
        wait('the message', lambda: accepted(log))
        process.terminate()
        process.communicate(timeout=LONG / 1000)
        problems = [] if self.state(outbox) == 'sent' and len(accepted(log)) == 1 else [f'{self.state(outbox)}, {len(accepted(log))} copies']
        outbox, log = self.case('signal2', 'rcpt:hang')
        process = outbox.start(timeout=LONG, final=LONG)
        wait('the server', lambda: any(e.get('line', '').startswith('RCPT') for e in read_log(log)))
        process.terminate()
        process.communicate(timeout=LONG / 1000)
        if self.state(outbox) != 'queued' or accepted(log):
            problems.append(f'ended before the dot: {self.state(outbox)}')
        return self.report('SIGTERM: before the dot it is queued again, after it the answer is waited for', problems)

    def races(self):
        seed = int(os.environ.get('AW_SEED', random.randrange(1 << 30)))
        rand, problems, early = random.Random(seed), [], 0
        span = 0.5
        for i in range(RACES):
            outbox, log = self.case(f'race{i}', 'rcpt:delay=0.02', 'data:delay=0.02', 'eod:delay=0.02+accept+delay=0.02+250 2.0.0 Ok')
            begun = time.monotonic()
            process = outbox.start(timeout=LONG, final=LONG)
            if i > 0:
                time.sleep(rand.uniform(0, span))
                ok, words = self.cancel(outbox)
            process.communicate(timeout=LONG / 1000)
            if i == 0:
                span = time.monotonic() - begun
                continue
            early += ok
            seen = (self.state(outbox), len(accepted(log)), len(outbox.touches()))
            if seen != (('draft', 0, 0) if ok else ('sent', 1, 1)):
                problems.append(f'{i}: cancelled: {ok} {words}, but {seen}')
            shutil.rmtree(outbox.folder)
        return self.report(f'at {RACES - 1} random moments: {early} cancelled, {RACES - 1 - early} sent, seed {seed}', problems)

    def all(self):
        print(f'1..{len(HANGS) + 3}')
        bad = sum(self.hang(name) for name in HANGS) + self.too_late() + self.told_by_signal() + self.races()
        shutil.rmtree(self.folder, ignore_errors=True)
        return bad


sys.exit(1 if Play(sys.argv[1], sys.argv[2]).all() else 0)
