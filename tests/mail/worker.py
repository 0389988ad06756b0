# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the worker share: a database with an account and a message
in its outbox, a scripted server in this process, and runs of afterword-send.
Passwords are handed to the worker, so no keyring is needed."""

import asyncio
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'support'))
import faultsmtp  # noqa: E402

support = pathlib.Path(__file__).resolve().parent.parent / 'support'
NOW = '2026-03-03T10:00:00Z'
NOW_SEC = 1772532000
PASSWORD = 'correct horse'
RAW = (b'From: Sam Verhoeven <sam@verhoeven.example>\r\nTo: Marcus Bell <marcus@harbor.example>\r\nSubject: Thank you\r\n'
       b'Message-ID: <11111111-2222-4333-8444-555555555555@verhoeven.example>\r\nDate: Tue, 03 Mar 2026 10:00:00 +0000\r\n'
       b'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
       b'Dear Marcus,\r\n.\r\n..\r\nFrom me\r\nThank you.\r\n')


class Servers:
    """Servers in a thread with a loop of its own."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(lambda *_: None)
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def start(self, *arguments):
        options = faultsmtp.make_parser().parse_args(list(arguments))
        return asyncio.run_coroutine_threadsafe(faultsmtp.start(options), self.loop).result(10)


class Outbox:
    """One database in a folder of its own."""

    def __init__(self, worker, folder, template=None):
        self.worker, self.folder = worker, pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.path = self.folder / 'afterword.db'
        if template:
            shutil.copy(template, self.path)
        else:
            self.run(check=True)

    def execute(self, sql, *values):
        connection = sqlite3.connect(self.path, timeout=20)
        with connection:
            rows = connection.execute(sql, values).fetchall()
        connection.close()
        return rows

    def add_facts(self):
        self.execute("INSERT INTO opportunity (id, position, company, status) VALUES ('o1', 1, 'Harbor', 'active')")
        self.execute("INSERT INTO person (id, opportunity, position, name, email) VALUES ('p1', 'o1', 1, 'Marcus Bell', 'marcus@harbor.example')")

    def add_account(self, port, security='none', host='127.0.0.1', ca=None, pin=None, user='sam'):
        self.execute('INSERT INTO account (id, position, name, address, host, port, security, user, ca, pin, ask_password)'
                     " VALUES ('a1', 1, 'Sam Verhoeven', 'sam@verhoeven.example', ?, ?, ?, ?, ?, ?, 1)", host, port, security, user, ca, pin)

    def add_message(self, id='m1', raw=RAW, rcpt='marcus@harbor.example', bcc=None, next_at=NOW_SEC, kind='thank-you'):
        self.execute('INSERT INTO message (id, opportunity, position, person, kind, channel, account, subject, body, message_id, state, changed_at)'
                     " VALUES (?, 'o1', 1, 'p1', ?, 'email', 'a1', 'Thank you', 'Dear Marcus', ?, 'queued', ?)", id, kind, id + '@verhoeven.example', NOW)
        self.execute('INSERT INTO outbox (message, mail_from, rcpt, bcc, raw, first_at, next_at)'
                     " VALUES (?, 'sam@verhoeven.example', ?, ?, ?, ?, ?)", id, rcpt, bcc, raw, NOW_SEC, next_at)

    def environment(self, now=NOW, timeout=2500, final=4000):
        return {'PATH': os.environ['PATH'], 'HOME': str(self.folder), 'XDG_DATA_HOME': str(self.folder), 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC',
                'AFTERWORD_NOW': now, 'AFTERWORD_MAIL_TIMEOUT': str(timeout), 'AFTERWORD_MAIL_FINAL_TIMEOUT': str(final),
                'GIO_USE_VFS': 'local', 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '')}

    def start(self, *arguments, password=PASSWORD, **options):
        process = subprocess.Popen([self.worker, f'--database={self.path}', '--passwords', *arguments], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment(**options))
        try:
            process.stdin.write(b'a1\0' + password.encode() + b'\0')
            process.stdin.close()
        except BrokenPipeError:
            pass
        process.stdin = None
        return process

    def run(self, *arguments, check=False, **options):
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=60)
        if check and process.returncode != 0:
            raise AssertionError(f'afterword-send: {process.returncode}: {err.decode()}')
        return process.returncode, out.decode(), err.decode()

    def state(self, id='m1'):
        """(state, fault, attempts, next_at, code, text, paused)"""
        return self.execute('SELECT m.state, o.fault, o.attempts, o.next_at, o.code, o.text, a.paused FROM message m'
                            ' JOIN outbox o ON o.message = m.id LEFT JOIN account a ON a.id = m.account WHERE m.id = ?', id)[0]

    def touches(self):
        return self.execute('SELECT kind, channel, people, message_id FROM touch')


def read_log(path):
    path = pathlib.Path(path)
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def accepted(path):
    return [entry for entry in read_log(path) if entry['event'] == 'accepted']


def make_certificates(folder):
    subprocess.run(['sh', str(support / 'mkcerts.sh'), str(folder)], check=True)
    return pathlib.Path(folder)
