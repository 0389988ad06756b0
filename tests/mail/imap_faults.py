#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies in the Sent folder and the check for replies against an IMAP server that
fails in every way, and mail from strangers who try to be clever. Whatever happens
to either, what was sent is sent, once; nothing is filed twice and nothing is noted
that did not come. At the end the agent starts the check and tells. Prints TAP.

  imap_faults.py WORKER [AGENT AGENT_ID DATA_FOLDER]"""

import asyncio
import concurrent.futures
import itertools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from courier import Desktop, wait
from worker import NOW_SEC, PASSWORD, RAW, Outbox, Servers, accepted

import faultimap

MID = 'm1@verhoeven.example'
THREAD = b'In-Reply-To: <' + MID.encode() + b'>\r\n'


def mail(headers, body=b'Nobody reads this.\r\n'):
    return headers + b'\r\n' + body


ANSWER = mail(b'From: Marcus Bell <marcus@harbor.example>\r\nSubject: Re: Thank you\r\nMessage-ID: <answer@harbor.example>\r\n' + THREAD)
BOUNCE = mail(b'From: MAILER-DAEMON@mail.test\r\nSubject: Undelivered\r\nMessage-ID: <b@mail.test>\r\nAuto-Submitted: auto-replied\r\n'
              b'Content-Type: multipart/report; report-type=delivery-status; boundary=part\r\n',
              b'--part\r\n\r\nSorry.\r\n--part\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.test\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n'
              b'Diagnostic-Code: smtp; 550 5.1.1 gone\r\n--part\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <' + MID.encode() + b'>\r\nSubject: x\r\n\r\ny\r\n--part--\r\n')
# name: (mails, kinds that are noted, answers that are touches)
STRANGERS = {
    'an answer': ([ANSWER], ['answer'], 1),
    'the same twice': ([ANSWER, ANSWER], ['answer'], 1),
    'a bounce': ([BOUNCE], ['bounce'], 0),
    'out of office': ([ANSWER.replace(b'From:', b'Auto-Submitted: auto-replied\r\nFrom:')], ['automatic'], 0),
    'an answer to somebody else': ([ANSWER.replace(b'<m1@', b'<m9@').replace(b'marcus@harbor', b'x@elsewhere')], [], 0),
    'one whose subject ends the command': ([ANSWER.replace(b'Re: Thank', b'x\r\n A004 OK done\r\n * SEARCH 1 2 3\r\n ')], ['answer'], 1),
    'one whose header is a command': ([ANSWER.replace(b'Subject:', b'References: \r\n <a@b> A004 OK\r\nSubject:')], ['answer'], 1),
    'a header of 100 kB': ([ANSWER.replace(b'Re: Thank', b'Re: ' + b'y' * 100000)], None, None),
    'a literal of half a megabyte': ([ANSWER.replace(b'Re: Thank', b'Re: ' + (b'y' * 70 + b'\r\n ') * 8000)], [], 0),
    'bytes that are no text': ([ANSWER.replace(b'Re: Thank', b'\xff\xfe\x00\x01\xe2\x80\xae')], ['answer'], 1),
    'a name with line ends': ([ANSWER.replace(b'Marcus Bell', b'=?utf-8?q?Marcus=0D=0ABcc=3A_x?=')], ['answer'], 1),
    'no Message-ID': ([ANSWER.replace(b'Message-ID: <answer@harbor.example>\r\n', b'')], ['answer'], 1),
    'from nobody': ([ANSWER.replace(b'From: Marcus Bell <marcus@harbor.example>\r\n', b'')], ['answer'], 1),
    'from oneself': ([ANSWER.replace(b'marcus@harbor.example', b'Sam@Verhoeven.example')], [], 0),
    'somebody of the company': ([ANSWER.replace(THREAD, b'').replace(b'marcus@', b'jo@')], ['someone'], 0),
    'a list of the company': ([ANSWER.replace(THREAD, b'List-Id: <x>\r\n').replace(b'marcus@', b'jo@')], [], 0),
}
# what goes wrong, and the word that says so; None: it goes well all the same
CHECKS = {
    'greeting=close': 'connection-lost', 'greeting=garbage': ('connection-lost', 'not-a-mail-server', 'no-answer'), 'greeting=hang': 'no-answer', 'greeting=bye': 'connection-lost',
    'login=no': 'busy', 'login=close': ('connection-lost',), 'login=hang': 'no-answer', 'list=no': 'later', 'list=close': 'connection-lost', 'examine=no': 'later',
    'examine=hang': 'no-answer', 'search=no': 'later', 'search=flood': ('not-a-mail-server', 'connection-lost'), 'search=close': 'connection-lost', 'fetch=no': 'later', 'fetch=hang': 'no-answer',
    'fetch=close': 'connection-lost', 'fetch=flood': ('not-a-mail-server', 'connection-lost'), 'fetch=garbage': ('no-answer', 'connection-lost', 'not-a-mail-server'),
}
COPIES = ['greeting=close', 'login=no', 'login=hang', 'list=no', 'list=close', 'search=no', 'append=no', 'append=close', 'append=hang', 'appended=close', 'appended=hang', 'appended=no']


class Suite:
    def __init__(self, worker):
        self.worker = worker
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='aw-imap-'))
        self.servers = Servers()
        self.first = Outbox(worker, self.folder / 'template')
        self.first.add_facts()
        self.first.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        self.number, self.bad, self.cases = 0, 0, itertools.count(1)

    def ok(self, good, name, *details):
        self.number += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.number} {name}", flush=True)
        if not good:
            print('#', *details)

    def imap(self, mails=(), fault=None):
        faults = dict([fault.split('=')]) if fault else {}
        return asyncio.run_coroutine_threadsafe(faultimap.start(mails, faults), self.servers.loop).result(10)

    def outbox(self, imap_port, state='sent', **flags):
        case = next(self.cases)
        log = self.folder / f'{case}.jsonl'
        _, _, port = self.servers.start('--log', str(log), '--auth', 'PLAIN', '--user', 'sam', '--password', PASSWORD)
        outbox = Outbox(self.worker, self.folder / str(case), self.first.path)
        outbox.log = log
        outbox.add_account(port)
        outbox.execute("UPDATE account SET ask_password = 0, imap_host = '127.0.0.1', imap_port = ?, imap_security = 'none', imap_user = 'sam'", imap_port)
        for name in flags:
            outbox.execute(f'UPDATE account SET {name} = 1')
        outbox.add_message()
        if state == 'sent':
            outbox.execute("UPDATE message SET state = 'sent'")
            outbox.execute('UPDATE outbox SET sent_at = ?', NOW_SEC - 60)
        return outbox

    def strangers(self):
        for name, (mails, kinds, touches) in STRANGERS.items():
            server, port = self.imap(mails)
            outbox = self.outbox(port, check_replies=1)
            status, out, err = outbox.run()
            seen = [row[0] for row in outbox.execute('SELECT kind FROM incoming ORDER BY rowid')]
            noted = outbox.execute("SELECT subject FROM touch WHERE direction = 'in'")
            texts = [t for row in outbox.execute('SELECT name, address, subject FROM incoming') for t in row if t]
            clean = all(c.isprintable() for t in texts for c in t)
            good = status == 0 and clean and (kinds is None or seen == kinds) and (touches is None or len(noted) == touches)
            outbox.execute('UPDATE mail_check SET next_at = 0, uid_validity = 99')
            outbox.run()
            again = [row[0] for row in outbox.execute('SELECT kind FROM incoming ORDER BY rowid')]
            self.ok(good and again == seen, f'mail: {name}: {seen}', seen, noted, texts, again, out, err, outbox.execute('SELECT * FROM mail_check'))
            writes = [c for c in server.commands if c.upper().startswith(('SELECT', 'UID STORE', 'STORE', 'APPEND', 'UID COPY', 'EXPUNGE')) or ('BODY[' in c.upper())]
            if writes:
                self.ok(False, 'only read', writes)
            server.listener.close()

    def together(self, play, items):
        """Most of these wait for somebody who does not answer: side by side."""
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            for good, name, *details in pool.map(play, items):
                self.ok(good, name, *details)

    def check(self, item):
        fault, word = item
        server, port = self.imap([ANSWER], fault)
        outbox = self.outbox(port, check_replies=1)
        status, out, err = outbox.run(timeout=1500)
        row = outbox.execute('SELECT fault, next_at, uid_next FROM mail_check')[0]
        words = word if isinstance(word, tuple) else (word,)
        good = status == 0 and row[0] in words and row[1] >= NOW_SEC + 1200 and row[2] == 0 and outbox.execute('SELECT * FROM incoming') == []
        server.faults.clear()
        outbox.run('--hurry')
        after = outbox.execute('SELECT fault FROM mail_check'), outbox.execute('SELECT kind FROM incoming')
        return (good and after == ([(None,)], [('answer',)]) and outbox.state()[0] == 'sent', f'check: {fault}: {row[0]}; then it is made up for', row, after, out, err)

    def copy(self, fault):
        server, port = self.imap((), fault)
        outbox = self.outbox(port, 'queued', save_sent=1)
        outbox.execute('UPDATE outbox SET raw = ?', RAW.replace(b'11111111-2222-4333-8444-555555555555', b'm1'))
        status, out, err = outbox.run(timeout=1500)
        row = outbox.execute('SELECT sent_copy, copy_next_at, copy_text FROM outbox')[0]
        good = status == 0 and outbox.state()[0] == 'sent' and len(accepted(outbox.log)) == 1 and row[0] == 'pending' and row[1] > NOW_SEC and row[2]
        server.faults.clear()
        outbox.run('--hurry')
        after = outbox.execute('SELECT sent_copy FROM outbox')[0][0], len(server.appended), len(accepted(outbox.log)), len(outbox.touches())
        return good and after == ('done', 1, 1, 1), f'copy: {fault}: sent all the same; then filed, once', row, after, outbox.state(), out, err

    def copies(self):
        server, port = self.imap((), 'append=no')
        outbox = self.outbox(port, 'queued', save_sent=1)
        for _ in range(8):
            outbox.run('--hurry')
        row = outbox.execute('SELECT sent_copy, copy_attempts FROM outbox')[0]
        self.ok(row == ('failed', 5) and outbox.state()[0] == 'sent', 'copy: refused five times, given up', row)
        server, port = self.imap()
        server.special = False
        outbox = self.outbox(port, 'queued', save_sent=1)
        outbox.run()
        row = outbox.execute('SELECT sent_copy, copy_text FROM outbox')[0]
        self.ok(row[0] == 'pending' and 'Sent' in row[1] and server.appended == [], 'copy: an account without such a folder is told of', row)
        outbox = self.outbox(port, 'queued', check_replies=1)
        outbox.run()
        self.ok(outbox.execute('SELECT sent_copy FROM outbox') == [('none',)] and server.appended == [], 'copy: none where none is wanted')

    def password(self):
        server, port = self.imap([ANSWER])
        outbox = self.outbox(port, check_replies=1)
        outbox.run(password='wrong')
        row = outbox.execute('SELECT fault, next_at FROM mail_check')
        n = server.connections
        outbox.run(now='2026-03-05T10:00:00Z')
        self.ok(row == [('password', None)] and server.connections == n and outbox.state()[6] is None, 'check: a refused password is not tried again, and stops no sending', row)
        self.ok(not any(PASSWORD in c for c in server.commands), 'and is not seen')

    def hanging(self):
        for flag, fault in (('check_replies', 'search=hang'), ('save_sent', 'append=hang')):
            server, port = self.imap([ANSWER], fault)
            outbox = self.outbox(port, 'sent' if flag == 'check_replies' else 'queued', **{flag: 1})
            process = outbox.start(timeout=60000)
            wait('the mailbox', lambda: any(c.upper().startswith(('UID SEARCH', 'APPEND')[flag == 'save_sent']) for c in server.commands))
            begun = time.monotonic()
            outbox.add_message('m2', kind='request')
            wait('the other message', lambda: outbox.state('m2')[0] == 'sent', 30)
            seconds = time.monotonic() - begun
            # Now it hangs again, over the same copy, or the same check.
            process.terminate()
            process.communicate(timeout=60)
            self.ok(seconds < 20 and process.returncode == 0 and len(outbox.execute("SELECT 1 FROM message WHERE state = 'sent'")) == 2,
                    f'{fault}: a message that is to leave meanwhile does not wait: {seconds:.1f} s', outbox.state('m2'))

    def agent(self, agent, agent_id, data_folder):
        desktop = Desktop(agent, self.worker, data_folder)
        try:
            desktop.spawn([sys.executable, '-m', 'dbusmock', '-t', 'notification_daemon', '-l', str(desktop.home / 'notified')])
            someone = ANSWER.replace(THREAD, b'').replace(b'marcus@', b'jo@').replace(b'Marcus Bell', b'Jo Finch').replace(b'<answer@', b'<jo@').replace(b'Re: Thank you', b'Friday')
            server, port = self.imap([ANSWER, someone])
            outbox = Outbox(self.worker, desktop.path.parent)
            outbox.add_facts()
            outbox.add_account(1)
            outbox.execute("UPDATE account SET ask_password = 0, user = NULL, imap_host = '127.0.0.1', imap_port = ?, imap_security = 'none', imap_user = NULL", port)
            outbox.add_message()
            now = int(time.time())
            outbox.execute("UPDATE message SET state = 'sent'")
            outbox.execute('UPDATE outbox SET sent_at = ?, next_at = ?', now - 60, now - 60)
            server.validity = 8
            server.date = time.strftime('%d-%b-%Y %H:%M:%S +0000', time.gmtime(now)).encode()
            desktop.agent()

            def notified():
                path = desktop.home / 'notified'
                return path.read_text() if path.exists() else ''

            wait('the agent', lambda: subprocess.run(['gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m',
                                                      'org.freedesktop.DBus.Peer.Ping'], env=desktop.env, capture_output=True).returncode == 0)
            self.ok(server.connections == 0, 'agent: nothing is checked that nobody asked for')
            outbox.execute('UPDATE account SET check_replies = 1')
            desktop.call(agent_id, 'refresh')
            wait('the check', lambda: outbox.execute('SELECT kind FROM incoming'))
            wait('the notices', lambda: 'answered' in notified() and 'wrote: Friday' in notified())
            self.ok('Harbor' in notified(), 'agent: starts the check by itself and tells of an answer and of a question', notified())
            question = outbox.execute("SELECT id FROM incoming WHERE kind = 'someone'")[0][0]
            subprocess.run(['gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m', 'org.freedesktop.Application.ActivateAction',
                            'is-answer', f"[<('o1', '{question}')>]", '{}'], env=desktop.env, capture_output=True)
            wait('the word', lambda: outbox.execute("SELECT settled FROM incoming WHERE kind = 'someone'") == [(1,)])
            self.ok(len(outbox.execute("SELECT * FROM touch WHERE direction = 'in'")) == 2, 'agent: Yes makes it a touch')
            answer = outbox.execute("SELECT id FROM incoming WHERE kind = 'answer'")[0][0]
            subprocess.run(['gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m', 'org.freedesktop.Application.ActivateAction',
                            'no-answer', f"[<('o1', '{answer}')>]", '{}'], env=desktop.env, capture_output=True)
            wait('the word', lambda: len(outbox.execute("SELECT * FROM touch WHERE direction = 'in'")) == 1)
            outbox.execute('UPDATE mail_check SET next_at = 0, uid_validity = 99')
            desktop.call(agent_id, 'refresh')
            wait('another check', lambda: outbox.execute('SELECT uid_validity FROM mail_check') == [(8,)])
            self.ok(len(outbox.execute("SELECT * FROM touch WHERE direction = 'in'")) == 1, 'agent: No Answer takes it back, and it stays so')
            tries = server.connections
            desktop.call(agent_id, 'refresh')
            outbox.execute('UPDATE mail_check SET next_at = ?', int(time.time()) + 3)
            desktop.call(agent_id, 'refresh')
            wait('the next check', lambda: server.connections > tries, 30)
            self.ok(outbox.execute('SELECT next_at FROM mail_check')[0][0] > 0, 'agent: and checks again when its time has come')
        finally:
            desktop.close()

    def all(self, arguments):
        self.strangers()
        self.together(self.check, CHECKS.items())
        self.together(self.copy, COPIES)
        self.copies()
        self.password()
        self.hanging()
        if arguments:
            self.agent(*arguments)
        print(f'1..{self.number}')
        shutil.rmtree(self.folder, ignore_errors=True)
        return 1 if self.bad else 0


def main():
    arguments = [os.path.abspath(sys.argv[2]), *sys.argv[3:5]] if len(sys.argv) > 4 else []
    if arguments and subprocess.run([sys.executable, '-c', 'import dbusmock'], stderr=subprocess.DEVNULL).returncode:
        if os.environ.get('CI'):
            print('1..1\nnot ok 1 needs python3-dbusmock')
            return 1
        print('# the part with the agent is left out: it needs python3-dbusmock')
        arguments = []
    return Suite(os.path.abspath(sys.argv[1])).all(arguments)


sys.exit(main())
