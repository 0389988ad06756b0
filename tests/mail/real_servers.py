#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""afterword-send against a real postfix (STARTTLS and TLS, SASL through dovecot)
and a real dovecot: sending, refusals, the copy in the Sent folder, and the check
for replies with an answer, an out-of-office, a bounce, somebody of the company.
Both servers have folders, settings and ports of their own below a temporary
folder; the system's are neither read nor touched. Needs root, for postfix does.
Prints TAP. Without the servers it fails in CI (CI is set) and is skipped elsewhere.

  real_servers.py WORKER"""

import email
import email.policy
import os
import pathlib
import shutil
import smtplib
import socket
import ssl
import subprocess
import sys
import tempfile
import time

from worker import NOW_SEC, PASSWORD, RAW, Outbox, make_certificates

OWN, OTHER = 'sam@verhoeven.example', 'marcus@harbor.example'
MID = '11111111-2222-4333-8444-555555555555@verhoeven.example'

DOVECOT = '''
base_dir = {folder}/dovecot/run
state_dir = {folder}/dovecot/state
log_path = {folder}/dovecot/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{certificate}
disable_plaintext_auth = yes
auth_mechanisms = plain login
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%n
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/dovecot/users
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/mail/%n allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  mailbox Gesendet {{
    auto = create
    special_use = \\Sent
  }}
  mailbox Sent {{
    auto = create
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service auth {{
  unix_listener {folder}/dovecot/auth {{
    mode = 0666
  }}
}}
'''

MAIN = '''
compatibility_level = 3.6
queue_directory = {folder}/postfix/queue
data_directory = {folder}/postfix/data
maillog_file = {folder}/postfix/log
maillog_file_prefixes = {folder}
myhostname = mail.test
mydomain = mail.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = verhoeven.example, harbor.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/postfix/mailboxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 1
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {certificate}
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/dovecot/auth
smtpd_sender_login_maps = texthash:{folder}/postfix/logins
smtpd_sender_restrictions = reject_authenticated_sender_login_mismatch
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
'''

MASTER = '''
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
127.0.0.1:{submissions} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_reject_unlisted_recipient=no
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
'''


def wait(what, look, seconds=60):
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f'{what}: not within {seconds} s')
        time.sleep(0.05)


def free_ports(n):
    sockets = [socket.socket() for _ in range(n)]
    for each in sockets:
        each.bind(('127.0.0.1', 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def answers(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(('127.0.0.1', port)) == 0


class Real:
    """postfix and dovecot in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.certificates = make_certificates(folder / 'certs')
        self.imap, self.imaps, self.submission, self.submissions = free_ports(4)
        self.values = {'folder': folder, 'certificate': self.certificates / 'good.pem', 'imap': self.imap, 'imaps': self.imaps,
                       'submission': self.submission, 'submissions': self.submissions}
        self.dovecot = None
        self.log = ''

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def start(self):
        os.chmod(self.folder, 0o755)
        (self.folder / 'mail').mkdir()
        os.chown(self.folder / 'mail', 65534, 65534)
        self.write('dovecot/users', f'sam:{PASSWORD}\nmarcus:{PASSWORD}\n')
        config = self.write('dovecot/dovecot.conf', DOVECOT.format(**self.values))
        self.dovecot = subprocess.Popen(['dovecot', '-F', '-c', str(config)], stderr=subprocess.PIPE)
        wait('dovecot', lambda: self.dovecot.poll() is not None or (answers(self.imap) and answers(self.imaps)))
        if self.dovecot.poll() is not None:
            raise AssertionError(f'dovecot did not start: {self.dovecot.stderr.read().decode()}')
        self.write('postfix/mailboxes', f'{OWN} sam/\n{OTHER} marcus/\n')
        self.write('postfix/logins', f'{OWN} sam\n{OTHER} marcus\njo@harbor.example marcus\n')
        self.write('postfix/conf/main.cf', MAIN.format(**self.values))
        self.write('postfix/conf/master.cf', MASTER.format(**self.values))
        (self.folder / 'postfix/queue').mkdir()
        (self.folder / 'postfix/data').mkdir()
        shutil.chown(self.folder / 'postfix/data', 'postfix')
        done = self.postfix('start')
        if done.returncode != 0:
            raise AssertionError(f'postfix did not start: {done.stdout}{done.stderr}{self.logs()}')
        wait('postfix', lambda: answers(self.submission) and answers(self.submissions))

    def postfix(self, command):
        return subprocess.run(['postfix', '-c', str(self.folder / 'postfix/conf'), command], capture_output=True, text=True, timeout=60)

    def stop(self):
        if (self.folder / 'postfix/conf/main.cf').exists():
            self.postfix('stop')
        if self.dovecot and self.dovecot.poll() is None:
            self.dovecot.terminate()
            self.dovecot.wait(30)

    def logs(self):
        return ''.join(f'\n== {p}\n' + p.read_text(errors='replace')[-3000:]
                       for p in (self.folder / 'postfix/log', self.folder / 'dovecot/log') if p.exists())

    def mails(self, user, mailbox=''):
        """(file's name, bytes) of what is in a mailbox."""
        return [(p.name, p.read_bytes()) for part in ('new', 'cur') for p in sorted((self.folder / 'mail' / user / mailbox / part).glob('*'))]

    def write_mail(self, headers, to=OWN, user='marcus', sender=OTHER):
        """As somebody at the company would, by postfix."""
        message = email.message.EmailMessage()
        for name, value in headers.items():
            message[name] = value
        message.set_content('Nobody reads this.')
        before = len(self.mails(to.split('@')[0]))
        context = ssl.create_default_context(cafile=str(self.certificates / 'ca.pem'))
        with smtplib.SMTP_SSL('localhost', self.submissions, context=context) as smtp:
            smtp.login(user, PASSWORD)
            smtp.send_message(message, sender, [to])
        wait('the delivery', lambda: len(self.mails(to.split('@')[0])) > before)


class Suite:
    def __init__(self, worker, real, folder):
        self.worker, self.real, self.folder = worker, real, folder
        self.number, self.bad = 0, 0

    def ok(self, good, name, *details):
        self.number += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.number} {name}", flush=True)
        if not good:
            for line in ' '.join(map(str, details)).splitlines():
                print('#', line)

    def outbox(self, name, port=None, security='starttls', imap=False, **message):
        outbox = Outbox(self.worker, self.folder / name)
        outbox.add_facts()
        outbox.add_account(port or self.real.submission, security, 'localhost', (self.real.certificates / 'ca.pem').read_text())
        outbox.execute('UPDATE account SET ask_password = 0')
        if imap:
            outbox.execute("UPDATE account SET imap_host = 'localhost', imap_port = ?, imap_security = ?, imap_user = 'sam'",
                           *((self.real.imaps, 'tls') if imap == 'tls' else (self.real.imap, 'starttls')))
        outbox.add_message(**message)
        return outbox

    def run(self, outbox, **options):
        return outbox.run(timeout=20000, final=40000, **options)

    def sending(self):
        real = self.real
        for name, port, security in (('STARTTLS', real.submission, 'starttls'), ('TLS', real.submissions, 'tls')):
            outbox = self.outbox(name, port, security)
            before = len(real.mails('marcus'))
            told = self.run(outbox)
            state = outbox.state()
            self.ok(state[0] == 'sent' and len(outbox.touches()) == 1, f'postfix takes it by {name}', state, told, real.logs())
            mails = wait('the delivery', lambda: len(real.mails('marcus')) > before and real.mails('marcus'))
            self.ok(len(mails) == before + 1 and mails[-1][1].replace(b'\r\n', b'\n').endswith(RAW.replace(b'\r\n', b'\n')),
                    'and delivers the very bytes, once', mails[-1])
        for name, options, expected in (
                ('a wrong password', {'password': 'wrong'}, ('failed', 'password', True)),
                ('an unknown recipient', {'rcpt': 'nobody@harbor.example'}, ('failed', 'recipient', False)),
                ("another's address as the sender", {'sender': OTHER}, ('failed', 'sender', False))):
            outbox = self.outbox(name, **({'rcpt': options['rcpt']} if 'rcpt' in options else {}))
            if 'sender' in options:
                outbox.execute('UPDATE outbox SET mail_from = ?', options['sender'])
            self.run(outbox, **({'password': options['password']} if 'password' in options else {}))
            state = outbox.state()
            self.ok((state[0], state[1], state[6] is not None) == expected, f'postfix refuses {name}: {state[5]}', state)

    def copies(self):
        for imap in ('tls', 'starttls'):
            outbox = self.outbox(f'copy-{imap}', imap=imap, raw=RAW.replace(b'11111111', imap[:3].encode()))
            raw = RAW.replace(b'11111111', imap[:3].encode())
            outbox.execute("UPDATE message SET message_id = ?", MID.replace('11111111', imap[:3]))
            outbox.execute('UPDATE account SET save_sent = 1')
            told = self.run(outbox)

            def filed():
                return [m for m in self.real.mails('sam', '.Gesendet') if m[1].replace(b'\r\n', b'\n') == raw.replace(b'\r\n', b'\n')]

            copy = outbox.execute('SELECT sent_copy, copy_text FROM outbox')[0]
            self.ok(outbox.state()[0] == 'sent' and copy == ('done', None) and len(filed()) == 1,
                    f'a copy goes into the mailbox that dovecot calls \\Sent ({imap})', outbox.state(), copy, told, self.real.logs())
            self.ok(filed() and 'S' in filed()[0][0].partition(':2,')[2], 'as one that was read', filed())
            outbox.execute("UPDATE outbox SET sent_copy = 'pending'")  # as if the answer had been lost
            self.run(outbox)
            self.ok(len(filed()) == 1 and outbox.execute('SELECT sent_copy FROM outbox') == [('done',)], 'and never a second one', filed())
        self.ok(self.real.mails('sam', '.Sent') == [], 'not into one that is only called so')
        outbox = self.outbox('copy-fails', imap='tls')
        outbox.execute('UPDATE account SET save_sent = 1, imap_port = ?', free_ports(1)[0])
        self.run(outbox)
        copy = outbox.execute('SELECT sent_copy, copy_attempts, copy_next_at, copy_text FROM outbox')[0]
        self.ok(outbox.state()[0] == 'sent' and len(outbox.touches()) == 1 and copy[0] == 'pending' and copy[2] > NOW_SEC and copy[3],
                'a copy that cannot be filed changes nothing about what was sent', outbox.state(), copy)
        outbox = self.outbox('uncertain', imap='tls', raw=RAW.replace(b'11111111', b'tls'))
        outbox.execute('UPDATE message SET message_id = ?', MID.replace('11111111', 'tls'))
        outbox.execute("UPDATE message SET state = 'uncertain'")
        outbox.execute("UPDATE outbox SET stage = 'dot'")
        outbox.execute('UPDATE account SET check_replies = 1')
        told = self.run(outbox)
        self.ok(outbox.state()[0] == 'sent', 'what the Sent folder holds was sent: nothing is uncertain any more', outbox.state(), told)

    def replies(self):
        real = self.real
        outbox = self.outbox('replies', imap='tls')
        outbox.execute('UPDATE message SET message_id = ?', MID)
        outbox.execute("INSERT INTO person (id, opportunity, position, name, email) VALUES ('p2', 'o1', 2, 'Jo Finch', 'jo@harbor.example')")

        def incoming():
            return outbox.execute('SELECT kind, person, name, subject, settled FROM incoming ORDER BY rowid')

        def touches():
            return outbox.execute("SELECT kind, people, subject FROM touch WHERE direction = 'in'")

        def check():
            outbox.execute('UPDATE mail_check SET next_at = 0')
            return self.run(outbox)

        def seen():
            return [name for name, _ in real.mails('sam') if 'S' in name.partition(':2,')[2]]

        before = len(real.mails('sam'))
        self.run(outbox)
        self.ok(outbox.execute('SELECT * FROM mail_check') == [], 'nothing is checked that nobody asked for')
        outbox.execute('UPDATE account SET check_replies = 1')
        self.run(outbox)
        state = outbox.execute('SELECT mailbox, uid_validity > 0, uid_next, next_at, fault FROM mail_check')
        self.ok(len(state) == 1 and state[0][:2] == ('INBOX', 1) and state[0][3] >= NOW_SEC + 1200 and state[0][4] is None,
                'then INBOX is looked at, and again in 20 minutes', state)
        thread = {'In-Reply-To': f'<{MID}>', 'References': f'<x@y> <{MID}>', 'To': OWN, 'Subject': 'Re: Thank you'}
        real.write_mail({'From': f'Marcus Bell <{OTHER}>', 'Message-ID': '<ooo@harbor.example>', **thread, 'Auto-Submitted': 'auto-replied',
                         'Subject': 'I am away'})
        told = check()
        self.ok(incoming() == [('automatic', 'p1', 'Marcus Bell', 'I am away', 1)] and touches() == [], 'out of office is no answer',
                incoming(), touches(), told)
        real.write_mail({'From': f'Jo Finch <jo@harbor.example>', 'To': OWN, 'Subject': 'Lunch\u202e?', 'Message-ID': '<lunch@harbor.example>'},
                        sender='jo@harbor.example')
        check()
        self.ok(incoming()[1:] == [('someone', 'p2', 'Jo Finch', 'Lunch ?', 0)] and touches() == [], 'that somebody wrote is a question',
                incoming(), touches())
        real.write_mail({'From': f'Marcus Bell <{OTHER}>', 'Message-ID': '<answer@harbor.example>', **thread})
        real.write_mail({'From': 'Shop <shop@elsewhere.example>', 'To': OWN, 'Subject': 'Buy now', 'Message-ID': '<spam@elsewhere.example>'})
        told = check()
        self.ok(touches() == [('other', '["p1"]', 'Re: Thank you')] and len(incoming()) == 3, 'an answer is one', incoming(), touches(), told)
        again = outbox.execute('SELECT uid_next FROM mail_check')
        check()
        self.ok(len(touches()) == 1 and len(incoming()) == 3 and outbox.execute('SELECT uid_next FROM mail_check') == again,
                'once', incoming(), touches())

        # Mail that nobody can deliver comes back.
        outbox.add_message('m2', RAW.replace(b'11111111', b'22222222').replace(b'marcus@', b'gone@'), rcpt='gone@harbor.example')
        outbox.execute("UPDATE message SET message_id = ? WHERE id = 'm2'", MID.replace('11111111', '22222222'))
        outbox.execute("UPDATE account SET port = ?, security = 'tls'", real.submissions)
        before = len(real.mails('sam'))
        told = self.run(outbox)
        self.ok(outbox.state('m2')[0] == 'sent', 'postfix takes what it cannot deliver', outbox.state('m2'), told)
        wait('the bounce', lambda: len(real.mails('sam')) > before)
        told = check()
        row = outbox.execute("SELECT bounced_at, bounce_text FROM outbox WHERE message = 'm2'")[0]
        self.ok(row[0] and 'gone@harbor.example' in (row[1] or '') and outbox.state('m2')[0] == 'sent', f'and it is shown as what it is: {row[1]}',
                row, incoming(), told)
        self.ok(len(touches()) == 1 and ('bounce', None) == incoming()[-1][:2], 'which is no answer', incoming())

        # Other UIDs: everything is looked at again, and nothing is noted twice.
        for path in (real.folder / 'mail' / 'sam').glob('dovecot*'):
            path.unlink()
        validity = outbox.execute('SELECT uid_validity FROM mail_check')
        time.sleep(1.1)  # dovecot's number is the second
        check()
        self.ok(outbox.execute('SELECT uid_validity FROM mail_check') != validity and len(touches()) == 1 and len(incoming()) == 4,
                'new UIDs bring nothing twice', outbox.execute('SELECT uid_validity FROM mail_check'), incoming(), touches())
        self.ok(seen() == [], 'nothing is marked as read', seen())
        self.ok(b'Nobody reads this' not in outbox.path.read_bytes() and
                not any(b'Nobody reads this' in p.read_bytes() for p in outbox.folder.glob('afterword.db*')), 'and no text was kept')

        # Refused: not again by itself.
        told = outbox.execute("UPDATE mail_check SET next_at = 0"), outbox.run(timeout=20000, password='wrong')
        row = outbox.execute('SELECT fault, next_at FROM mail_check')
        self.ok(row == [('password', None)], 'who is not let in does not knock again', row, told)
        outbox.execute('UPDATE account SET paused = NULL')
        self.run(outbox)
        row = outbox.execute('SELECT fault FROM mail_check')
        self.ok(row == [(None,)], 'until the account was changed', row)

    def all(self):
        self.sending()
        self.copies()
        self.replies()
        print(f'1..{self.number}')
        return self.bad


def main():
    missing = [name for name in ('postfix', 'dovecot', 'openssl') if not shutil.which(name, path=os.environ['PATH'] + ':/usr/sbin')]
    if os.getuid() != 0:
        missing.append('root')
    if missing:
        print(f"1..{1 if os.environ.get('CI') else 0}" + ('' if os.environ.get('CI') else f" # SKIP needs {', '.join(missing)}"))
        if os.environ.get('CI'):
            print(f"not ok 1 needs {', '.join(missing)}")
        return 1 if os.environ.get('CI') else 0
    os.environ['PATH'] += ':/usr/sbin:/sbin'
    folder = pathlib.Path(tempfile.mkdtemp(prefix='aw-real-'))
    real = Real(folder)
    try:
        real.start()
        bad = Suite(sys.argv[1], real, folder / 'outboxes').all()
        if bad:
            print('\n'.join('# ' + line for line in real.logs().splitlines()))
        return 1 if bad else 0
    except AssertionError as error:
        print('Bail out!', str(error).replace('\n', '\n# '))
        return 1
    finally:
        real.stop()
        shutil.rmtree(folder, ignore_errors=True)


sys.exit(main())
