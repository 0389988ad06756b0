#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens between the user's word and the sending: the check at the last
moment for messages that were scheduled or had to be tried again, Send Later that
was missed, tries that spread, an account that is not let in, clocks that jump.
Each by afterword-send itself, at times that the test gives it. Prints TAP.

  last_moment.py WORKER"""

import datetime
import json
import pathlib
import shutil
import sys
import tempfile

from worker import NOW, NOW_SEC, PASSWORD, Outbox, Servers, accepted, read_log


def at(seconds):
    return datetime.datetime.fromtimestamp(NOW_SEC + seconds, datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


HOUR, DAY = 3600, 86400
PLAIN = 'Dear Marcus,\n\nThank you for your time.\n\nSam'
YESTERDAY = 'Dear Marcus,\n\nThank you for your time yesterday.\n\nSam'


class Play:
    def __init__(self, worker):
        self.worker = worker
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='aw-moment-'))
        self.first = Outbox(worker, self.folder / 'template')
        self.first.add_facts()
        self.first.execute("INSERT INTO interview (id, opportunity, position, starts_at, duration_minutes, attendees)"
                           " VALUES ('i1', 'o1', 1, '2026-03-02T15:00:00Z', 60, '[\"p1\"]')")
        # Somebody whom anything may be written to.
        self.first.execute("UPDATE person SET roles = '[\"hr\"]'")
        self.first.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        self.servers = Servers()
        self.number, self.bad, self.cases = 0, 0, 0

    def ok(self, good, name, *details):
        self.number += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.number} {name}", flush=True)
        if not good:
            print('#', *details)

    def case(self, *faults, body=PLAIN, state='queued', scheduled=None, kind='thank-you'):
        self.cases += 1
        folder = self.folder / str(self.cases)
        log = self.folder / f'{self.cases}.jsonl'
        arguments = ['--log', str(log), '--auth', 'PLAIN', '--user', 'sam', '--password', PASSWORD]
        for fault in faults:
            arguments += ['--fault', fault]
        _, _, port = self.servers.start(*arguments)
        outbox = Outbox(self.worker, folder, self.first.path)
        outbox.log = log
        outbox.add_account(port)
        outbox.add_message(kind=kind)
        outbox.execute('UPDATE message SET body = ?, state = ?, scheduled_at = ?', body, state, scheduled)
        if state != 'queued':
            outbox.execute('DELETE FROM outbox')
        return outbox

    def touch(self, outbox, direction, when, kind='other', people=('p1',)):
        outbox.execute('INSERT INTO touch (id, opportunity, position, "at", direction, channel, kind, people)'
                       " VALUES ('t' || hex (randomblob (4)), 'o1', 1, ?, ?, 'email', ?, ?)", when, direction, kind, json.dumps(list(people)))

    def state(self, outbox):
        rows = outbox.execute("SELECT m.state, o.fault, o.text FROM message m LEFT JOIN outbox o ON o.message = m.id WHERE m.id = 'm1'")
        return rows[0] + (len(accepted(outbox.log)),)

    def tried_again(self):
        changes = {
            'nothing has changed: it leaves': (PLAIN, lambda o: None, True),
            'nor for a check-in: it leaves': (PLAIN, lambda o: None, True),
            '"yesterday" was the day before yesterday: it stays': (YESTERDAY, lambda o: None, False),
            'they answered meanwhile: it stays': (PLAIN, lambda o: self.touch(o, 'in', at(3 * HOUR)), False),
            'another address meanwhile: it stays': (PLAIN, lambda o: o.execute("UPDATE person SET email = 'bell@elsewhere.example'"), False),
            'the person is gone: it stays': (PLAIN, lambda o: o.execute("DELETE FROM person WHERE id = 'p1'"), False),
            'another one was sent to them meanwhile (M8): it stays': (PLAIN, lambda o: self.touch(o, 'out', at(3 * HOUR), 'check-in'), False),
            'the job was closed meanwhile: it stays':
                (PLAIN, lambda o: o.execute("UPDATE opportunity SET status = 'rejected', status_changed_at = ?", at(HOUR)), False),
        }
        for name, (body, change, leaves) in changes.items():
            kind = 'check-in' if 'M8' in name or 'check-in' in name else 'thank-you'
            outbox = self.case('1@rcpt:451 4.3.0 Later', body=body, kind=kind)
            outbox.run()
            queued = self.state(outbox)
            change(outbox)
            outbox.run(now=at(20 * HOUR))
            state = self.state(outbox)
            good = queued[0] == 'queued' and (state[0] == 'sent' and state[3] == 1 if leaves else state[:2] == ('failed', 'check') and state[2] and state[3] == 0)
            self.ok(good, f'tried again the next day, {name}{"" if leaves else ": " + str(state[2])}', queued, state)
            if name.startswith('"yesterday"'):
                outbox.run('--retry=m1', now=at(20 * HOUR))
                self.ok(self.state(outbox)[::3] == ('sent', 1), "the user's word sends it all the same", self.state(outbox))

    def scheduled(self):
        outbox = self.case(state='scheduled', scheduled=at(HOUR))
        outbox.run()
        early = self.state(outbox)
        outbox.run(now=at(HOUR + 30))
        self.ok(early[0] == 'scheduled' and self.state(outbox)[::3] == ('sent', 1), 'Send Later: not before its time, and then', early, self.state(outbox))
        outbox = self.case(state='scheduled', scheduled=at(HOUR))
        self.touch(outbox, 'in', at(60))
        outbox.run(now=at(HOUR + 30))
        self.ok(self.state(outbox)[:2] == ('failed', 'check') and self.state(outbox)[3] == 0, f'Send Later, they answered: it stays: {self.state(outbox)[2]}',
                self.state(outbox))
        outbox = self.case(state='scheduled', scheduled=at(HOUR), body=YESTERDAY)
        outbox.run(now=at(HOUR + 11 * HOUR))
        same = self.state(outbox)
        outbox = self.case(state='scheduled', scheduled=at(HOUR + 8 * HOUR), body=YESTERDAY)
        outbox.run(now=at(HOUR + 8 * HOUR + 6 * HOUR))
        self.ok(same[0] == 'sent' and self.state(outbox)[:2] == ('failed', 'check'), 'Send Later, late by a night: "yesterday" is not true any more',
                same, self.state(outbox))
        outbox = self.case(state='scheduled', scheduled=at(HOUR))
        outbox.run(now=at(HOUR + 12 * HOUR + 60))
        missed = self.state(outbox)
        self.ok(missed[0] == 'scheduled' and missed[3] == 0, 'Send Later, missed by more than 12 hours: asked, not sent', missed)
        outbox.run('--retry=m1', now=at(HOUR + 12 * HOUR + 90))
        self.ok(self.state(outbox)[::3] == ('sent', 1), "and sent by the user's word", self.state(outbox))
        outbox = self.case('1@rcpt:451 4.3.0 Later', state='scheduled', scheduled=at(HOUR))
        outbox.run(now=at(HOUR + 5))
        self.touch(outbox, 'in', at(HOUR + 20))
        outbox.run(now=at(HOUR + 200))
        self.ok(self.state(outbox)[:2] == ('failed', 'check'), 'Send Later, tried again after three minutes, answered between: it stays', self.state(outbox))

    def retries(self):
        waits = []
        for _ in range(12):
            outbox = self.case('rcpt:451 4.3.0 Later')
            outbox.run()
            waits.append(outbox.state()[3] - NOW_SEC)
        self.ok(all(46 <= w <= 78 for w in waits) and len(set(waits)) > 3, 'tries spread around a minute', waits)
        outbox = self.case('rcpt:451 4.3.0 Later')
        now, gaps = 0, []
        for _ in range(9):
            outbox.run(now=at(now))
            gaps.append(outbox.state()[3] - NOW_SEC - now)
            now = outbox.state()[3] - NOW_SEC + 1
        wanted = [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
        self.ok(all(w * 0.75 <= g <= w * 1.25 + 5 for g, w in zip(gaps, wanted)) and outbox.state()[2] == 9, '1, 2, 4 … 32, 60 minutes', gaps)
        outbox.run(now=at(25 * HOUR))
        self.ok(outbox.state()[:2] == ('failed', 'gave-up') or outbox.state()[1] == 'check', 'a thank-you is given up after a day', outbox.state())
        outbox = self.case('rcpt:451 4.3.0 Later', kind='request')
        outbox.run()
        outbox.run(now=at(2 * DAY))
        later = outbox.state()
        outbox.run(now=at(3 * DAY + HOUR))
        self.ok(later[0] == 'queued' and outbox.state()[:2] == ('failed', 'gave-up'), 'anything else after three', later, outbox.state())

    def clocks(self):
        outbox = self.case('1@rcpt:451 4.3.0 Later')
        outbox.run()
        outbox.run(now=at(10))
        waits = outbox.state()
        outbox.run(now=at(-30 * DAY))
        self.ok(waits[2] == 1 and self.state(outbox)[::3] == ('sent', 1), 'a clock that was set back by a month holds nothing up', waits, outbox.state())
        outbox.run(now=at(0))
        outbox.run(now=at(400 * DAY))
        self.ok(self.state(outbox)[::3] == ('sent', 1) and len(outbox.touches()) == 1, 'and nothing is sent twice when it is right again', self.state(outbox))
        outbox = self.case('1@rcpt:451 4.3.0 Later', '2@rcpt:451 4.3.0 Later', kind='request')
        outbox.run()
        outbox.run(now=at(DAY))
        ahead = outbox.state()
        outbox.run(now=at(120))
        self.ok(ahead[0] == 'queued' and ahead[2] == 2 and self.state(outbox)[::3] == ('sent', 1), 'nor one that was a day ahead', ahead, self.state(outbox))

    def paused(self):
        outbox = self.case('auth:535 5.7.8 No')
        outbox.add_message('m2')
        outbox.run()
        states = outbox.execute('SELECT id, state FROM message ORDER BY id')
        tries = len([e for e in read_log(outbox.log) if e.get('line', '').startswith('AUTH')])
        outbox.run(now=at(2 * HOUR))
        again = len([e for e in read_log(outbox.log) if e.get('line', '').startswith('AUTH')])
        self.ok(dict(states) in ({'m1': 'failed', 'm2': 'queued'}, {'m1': 'queued', 'm2': 'failed'}) and tries == again == 1,
                'a refused password stops the account: one knock, the rest waits', states, tries, again)

    def all(self):
        self.tried_again()
        self.scheduled()
        self.retries()
        self.clocks()
        self.paused()
        print(f'1..{self.number}')
        shutil.rmtree(self.folder, ignore_errors=True)
        return 1 if self.bad else 0


sys.exit(Play(sys.argv[1]).all())
