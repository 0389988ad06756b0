#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""GNOME Online Accounts: found for an address, and asked by the worker for a
token or a password. On a bus of its own python-dbusmock stands for them, with
the interfaces of libgoa 3.46. Prints TAP.

  goa.py WORKER GOA-TOOL"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from courier import bus_command, wait
from worker import NOW_SEC, Outbox, Servers, accepted, read_log

NAME = 'org.gnome.OnlineAccounts'
ROOT = '/org/gnome/OnlineAccounts'
ADDRESS = 'sam@verhoeven.example'


class Goa:
    """A bus with accounts on it, or without."""

    def __init__(self, home):
        self.children = []
        self.env = {'PATH': os.environ['PATH'], 'HOME': str(home), 'XDG_RUNTIME_DIR': str(home), 'LC_ALL': 'C.UTF-8'}
        bus = self.spawn(bus_command(home), stdout=subprocess.PIPE)
        self.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()

    def spawn(self, arguments, **keywords):
        keywords.setdefault('stdout', subprocess.DEVNULL)
        keywords.setdefault('stderr', subprocess.DEVNULL)
        self.children.append(subprocess.Popen(arguments, env=self.env, **keywords))
        return self.children[-1]

    def start(self):
        import dbus
        import dbus.bus
        self.spawn([sys.executable, '-m', 'dbusmock', '-m', NAME, ROOT, 'x.Unused'])
        self.bus = dbus.bus.BusConnection(self.env['DBUS_SESSION_BUS_ADDRESS'])
        wait('the service', lambda: self.bus.name_has_owner(NAME))
        self.root = dbus.Interface(self.bus.get_object(NAME, ROOT), 'org.freedesktop.DBus.Mock')

    def add(self, id, address, mail, ensure='ret = 3600', token=None, password=None, disabled=False):
        import dbus
        path = f'{ROOT}/Accounts/{id}'
        self.root.AddObject(path, f'{NAME}.Account', {'Id': id, 'ProviderType': 'x', 'MailDisabled': disabled},
                            dbus.Array([('EnsureCredentials', '', 'i', ensure)], signature='(ssss)'))
        mock = dbus.Interface(self.bus.get_object(NAME, path), 'org.freedesktop.DBus.Mock')
        mock.AddProperties(f'{NAME}.Mail', {'EmailAddress': address, 'SmtpSupported': True, 'ImapSupported': True, 'SmtpAcceptSslErrors': True, **mail})
        if token:
            mock.AddProperties(f'{NAME}.OAuth2Based', {'ClientId': 'x'})
            mock.AddMethod(f'{NAME}.OAuth2Based', 'GetAccessToken', '', 'si', token)
        if password:
            mock.AddProperties(f'{NAME}.PasswordBased', {'Unused': 'x'})
            mock.AddMethod(f'{NAME}.PasswordBased', 'GetPassword', 's', 's', password)

    def close(self):
        for child in reversed(self.children):
            child.terminate()
            child.wait(10)


class Suite:
    def __init__(self, worker, tool):
        self.worker, self.tool = worker, tool
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='aw-goa-'))
        self.goa = Goa(self.folder)
        self.servers = Servers()
        self.number, self.bad, self.cases = 0, 0, 0
        self.first = Outbox(worker, self.folder / 'template')
        self.first.add_facts()
        self.first.execute('PRAGMA wal_checkpoint(TRUNCATE)')

    def ok(self, good, name, *details):
        self.number += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.number} {name}", flush=True)
        if not good:
            print('#', *details)

    def find(self, address):
        out = subprocess.run([self.tool, address], env={**self.goa.env, 'G_DEBUG': 'fatal-criticals'}, capture_output=True, text=True, timeout=60)
        return dict(line.split('=', 1) for line in out.stdout.splitlines())

    def send(self, id, auth, secret):
        self.cases += 1
        log = self.folder / f'{self.cases}.jsonl'
        _, _, port = self.servers.start('--log', str(log), '--auth', auth, '--user', 'sam', '--password', secret)
        outbox = Outbox(self.worker, self.folder / str(self.cases), self.first.path)
        outbox.add_account(port)
        outbox.execute('UPDATE account SET ask_password = 0, goa = ?', id)
        outbox.add_message()
        done = subprocess.run([self.worker, f'--database={outbox.path}'], env={**outbox.environment(timeout=20000), **self.goa.env}, capture_output=True,
                              text=True, timeout=120)
        return outbox, log, done

    def all(self):
        self.ok(self.find(ADDRESS) == {}, 'where nobody answers nothing is proposed')
        outbox, log, done = self.send('account_1', 'PLAIN', 'x')
        state = outbox.state()
        self.ok(state[:2] == ('queued', 'online-accounts') and state[3] > NOW_SEC and state[6] is None, 'and what was to be sent waits', state, done)

        self.goa.start()
        google = {'SmtpHost': 'smtp.example.org', 'SmtpUserName': ADDRESS, 'SmtpUseAuth': True, 'SmtpAuthXoauth2': True, 'SmtpUseSsl': True, 'SmtpUseTls': False,
                  'ImapHost': 'imap.example.org', 'ImapUserName': ADDRESS, 'ImapUseSsl': True, 'ImapUseTls': False}
        own = {'SmtpHost': 'mail.example.net:2587', 'SmtpUserName': 'sam', 'SmtpUseAuth': True, 'SmtpAuthPlain': True, 'SmtpUseSsl': False, 'SmtpUseTls': True,
               'ImapHost': 'mail.example.net', 'ImapUserName': 'sam', 'ImapUseSsl': False, 'ImapUseTls': True}
        self.goa.add('account_0', ADDRESS, google, token="ret = ('no', 1)", disabled=True)
        self.goa.add('account_1', ADDRESS, google, token="ret = ('token one', 3600)")
        self.goa.add('account_2', 'sam@own.example', own, password="ret = 'correct ' + args[0]")
        self.goa.add('account_3', 'sam@clear.example', {**own, 'SmtpUseTls': False}, password="ret = 'x'")
        self.goa.add('account_4', 'sam@away.example', own, password="ret = 'x'",
                     ensure='raise dbus.exceptions.DBusException("No", name="org.gnome.OnlineAccounts.Error.NotAuthorized")')
        self.goa.add('account_5', 'sam@late.example', google, token="self.n = getattr(self, 'n', 0) + 1; ret = ('token %d' % self.n, 3600)")
        self.ok(self.find(ADDRESS) == {'goa': 'account_1', 'host': 'smtp.example.org', 'port': '465', 'security': 'tls', 'user': ADDRESS, 'imap_host': 'imap.example.org',
                                       'imap_port': '993', 'imap_security': 'tls', 'imap_user': ADDRESS, 'save_sent': '0'},
                'an account with a token is proposed, not one that is switched off', self.find(ADDRESS))
        self.ok(self.find('sam@own.example') == {'goa': 'account_2', 'host': 'mail.example.net', 'port': '2587', 'security': 'starttls', 'user': 'sam',
                                                 'imap_host': 'mail.example.net', 'imap_port': '143', 'imap_security': 'starttls', 'imap_user': 'sam', 'save_sent': '1'},
                'one with a password, with a port of its own', self.find('sam@own.example'))
        self.ok(self.find('sam@clear.example') == {}, 'none without encryption', self.find('sam@clear.example'))

        outbox, log, done = self.send('account_1', 'PLAIN,XOAUTH2', 'token one')
        auth = [e for e in read_log(log) if e['event'] == 'auth']
        self.ok(outbox.state()[0] == 'sent' and len(accepted(log)) == 1 and [e['mechanism'] for e in auth] == ['XOAUTH2'], 'sent with a token', outbox.state(), auth, done)
        outbox, log, done = self.send('account_2', 'PLAIN', 'correct smtp-password')
        self.ok(outbox.state()[0] == 'sent' and len(accepted(log)) == 1, 'sent with a password', outbox.state(), done)
        outbox, log, done = self.send('account_5', 'XOAUTH2', 'token 2')
        auth = [e['ok'] for e in read_log(log) if e['event'] == 'auth']
        self.ok(outbox.state()[0] == 'sent' and len(accepted(log)) == 1 and auth == [False, True], 'a token that had run out is renewed once', outbox.state(), auth)
        outbox, log, done = self.send('account_5', 'XOAUTH2', 'never')
        auth = [e['ok'] for e in read_log(log) if e['event'] == 'auth']
        state = outbox.state()
        self.ok(state[:2] == ('failed', 'password') and state[6] and auth == [False, False], 'and no more than once', state, auth)
        for id, name in (('account_4', 'it wants the user'), ('account_9', 'the account is gone there')):
            outbox, log, done = self.send(id, 'PLAIN', 'x')
            state = outbox.state()
            self.ok(state[:2] == ('failed', 'online-accounts-attention') and state[6] and not read_log(log), f'{name}: told, and the account is stopped: {state[6]}', state, done)
        self.ok(not any(secret in p.read_bytes() for p in self.folder.glob('*/afterword.db*') for secret in (b'token one', b'correct smtp', b'token 2')),
                'no secret is kept')
        print(f'1..{self.number}')
        return 1 if self.bad else 0


def main():
    if subprocess.run([sys.executable, '-c', 'import dbusmock'], stderr=subprocess.DEVNULL).returncode:
        print('1..0 # SKIP needs python3-dbusmock' if not os.environ.get('CI') else '1..1\nnot ok 1 needs python3-dbusmock')
        return 1 if os.environ.get('CI') else 0
    suite = Suite(*(os.path.abspath(a) for a in sys.argv[1:3]))
    try:
        return suite.all()
    finally:
        suite.goa.close()
        shutil.rmtree(suite.folder, ignore_errors=True)


sys.exit(main())
