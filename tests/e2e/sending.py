#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending as the user meets it, by the installed window and a real SMTP server:
an account made in its dialog, a desktop without a keyring, a message that waits
for its password with the window closed. Prints TAP."""

import argparse
import datetime
import json
import pathlib
import re
import subprocess
import sys

from main_job import LETTER
from session import SMTP_PASSWORD, SMTP_USER, Failure, Session, tell, wait_for

PEOPLE = [('p1', 'Marcus Bell', 'hiring-manager'), ('p2', 'Aiko Tanaka', 'hr'), ('p3', 'Ines Roth', 'interviewer'), ('p4', 'Omar Haddad', 'interviewer'),
          ('p5', 'Lena Fischer', 'recruiter'), ('p6', 'Tom Okafor', 'interviewer'), ('p7', 'Priya Raman', 'hiring-manager')]


def facts():
    """Interviews at companies of their own, so that no message holds up another."""
    now = datetime.datetime.now(datetime.timezone.utc)
    start = now - datetime.timedelta(hours=3)
    return {'format': 'afterword', 'version': 1, 'opportunities': [{
        'id': f'o{id}', 'company': f'Harbor & Finch {id}', 'role': 'Backend Developer', 'status': 'active',
        'people': [{'id': id, 'name': name, 'roles': [role], 'email': f'{id}@harborfinch.example'}],
        'interviews': [{'id': f'i{id}', 'starts_at': start.strftime('%Y-%m-%dT%H:%M:%SZ'), 'duration_minutes': 60, 'attendees': [id],
                        'debriefed_at': now.strftime('%Y-%m-%dT%H:%M:%SZ'), 'topics': [{'person': id, 'text': 'the event queue'}]}],
    } for id, name, role in PEOPLE]}


CONFIG = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''


class Bare(Session):
    """Without a keyring: not even one that the bus could start."""

    def start_bus(self):
        services = self.home / 'run' / 'services'
        services.mkdir()
        for folder in (pathlib.Path('/usr/share/dbus-1/services'), self.prefix / 'share/dbus-1/services'):
            for file in folder.glob('*.service'):
                text = file.read_text()
                if 'org.freedesktop.secrets' not in text and 'org.gnome.keyring' not in text and 'portal' not in file.name:
                    (services / file.name).write_text(text)
        config = self.home / 'run' / 'bus.conf'
        config.write_text(CONFIG.format(folder=self.home / 'run'))
        bus = self.spawn(['dbus-daemon', f'--config-file={config}', '--nofork', '--print-address=1'], name='dbus', stdout=subprocess.PIPE)
        self.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()


class Play:
    def __init__(self, session, shots, number):
        self.s, self.shots, self.n = session, shots, number

    def ok(self, what):
        self.n += 1
        print(f'ok {self.n} - {what}', flush=True)

    def shot(self, name):
        active = self.s.run(['xdotool', 'getactivewindow'], check=False).stdout.strip()
        self.s.screenshot(self.shots / f'{name}.png', active or None)

    def start(self):
        """The window, with the facts in it."""
        s = self.s
        self.write_facts()
        self.window = s.spawn(['afterword'])
        import screen
        self.ui = screen
        screen.find('button', re.compile('Main Menu|Menu'), timeout=30)
        screen.activate_window('Afterword')

    def write_facts(self):
        s = self.s
        if not (s.home / 'facts.json').exists():
            (s.home / 'facts.json').write_text(json.dumps(facts()))
            s.run(['afterword', f'--import={s.home}/facts.json'])

    def close(self):
        self.ui.activate_window('Afterword')
        self.ui.keys('ctrl+w')
        wait_for('the window’s end', lambda: self.window.poll() is not None)

    def action(self, name, parameter):
        application = 'app.afterword.Afterword.Devel' if self.s.has_name('app.afterword.Afterword.Devel') else 'app.afterword.Afterword'
        self.s.run(['gdbus', 'call', '--session', '--dest', application, '--object-path', '/' + application.replace('.', '/'), '--method',
                    'org.freedesktop.Application.ActivateAction', name, f'[<{parameter}>]', '{}'])

    def outbox(self):
        return json.loads(self.s.run(['afterword', '--outbox', '--json']).stdout)

    def states(self):
        listed = self.outbox()
        return {entry['to'].split('@')[0]: entry['state'] for entry in (listed['messages'] if isinstance(listed, dict) else listed) if entry['to']}

    def write(self, person, send=True):
        """The thank-you note for that person, up to Send."""
        ui = self.ui
        name = next(name for id, name, role in PEOPLE if id == person)
        self.action('compose', f'("o{person}", "thank-you/{person}/i{person}")')
        editor = ui.find('entry', f'Message to {name}', timeout=20)
        ui.activate_window('Thank-You')
        ui.set_text(ui.find('entry', re.compile('^Subject')), f'Thank you, {name}')
        ui.set_text(editor, LETTER.replace('Dear Marcus', f'Dear {name.split()[0]}'))
        if send:
            ui.keys('ctrl+Return')
        return name

    def type_password(self, password=SMTP_PASSWORD):
        ui = self.ui
        wait_for('the focus in the entry', lambda: 'password' in (getattr(ui.focused(), 'getRoleName', str)() or ''))
        ui.type_words(password)
        ui.keys('Return')

    def arrived(self, person):
        return [entry for entry in self.accepted() if any(f'{person}@' in to for to in entry['rcpt'])]

    # Steps ------------------------------------------------------------------

    def make_account(self):
        """In the dialog; the server's certificate is by nobody that is known here."""
        ui = self.ui
        self.action('account', '""')
        ui.find('button', 'Test', timeout=20)
        for label, words in (('Your name', 'Sam Verhoeven'), ('E-mail address', SMTP_USER), ('Password', SMTP_PASSWORD), ('Outgoing server', 'localhost')):
            ui.set_text(ui.find('entry', label), words)
        ui.set_text(ui.find('spin button', 'Port'), str(self.port))
        self.shot('account-filled')
        ui.click('button', 'Test')
        ui.see('was made by an authority that is not known here', timeout=20)
        ui.see('Nothing was sent.')
        self.shot('account-certificate')
        ui.click('button', 'Look at the Certificate…')
        shown = '\n'.join(ui.find('label', re.compile('SHA-256')).name.split('\n'))
        for words in ('CN=good', 'Afterword test authority', '2099', 'SHA-256: '):
            if words not in shown:
                raise Failure(f'the certificate is shown without {words}: {shown}')
        self.shot('certificate')
        ui.click('button', re.compile('Accept This Certificate'))
        ui.click('button', re.compile('^Test'))
        ui.see(f'Signed in as {SMTP_USER}', timeout=20)
        self.shot('account-tested')

    def see_test_sent(self):
        """It went through the outbox as all do, to nobody else, and is no contact."""
        ui = self.ui
        ui.see(f'Test sent to {SMTP_USER}', timeout=30)
        ui.see('Check your inbox.')
        ui.scroll_down()
        self.shot('account-test-sent')
        if [entry['rcpt'] for entry in self.accepted()] != [[f'RCPT TO:<{SMTP_USER}>']]:
            raise Failure(f'the test message went elsewhere: {self.accepted()}')
        listed = [(entry['state'], entry['to'], entry['subject']) for entry in self.outbox()]
        if listed != [('sent', SMTP_USER, 'Test of Afterword')]:
            raise Failure(f'the outbox has {listed}')
        if self.count('touch'):
            raise Failure('the test counts as a contact')
        ui.click('button', 'Cancel')
        ui.gone('button', 'Test Again')

    def without_keyring(self):
        s, ui = self.s, None
        self.port, self.ca, self.accepted = s.start_mail_server('--tls', 'implicit')
        self.start()
        ui = self.ui
        self.make_account()
        ui.click('button', 'Save and Send Me a Test')
        ui.see('no keyring is running', timeout=20)
        self.shot('no-keyring')
        ui.click('button', re.compile('Save Without'))
        ui.gone('button', re.compile('Save Without'))
        self.ok('an account is tried, its certificate looked at and accepted, and saved without a keyring')
        self.see_test_sent()
        self.ok('a message to oneself goes through the outbox with what was typed')

        self.write('p1')
        wait_for('the message', lambda: self.arrived('p1'), 60)
        self.ok('what was typed in the dialog is kept for the session: nothing is asked, and the message arrives')

        self.close()
        self.start()
        name = self.write('p2')
        self.type_password()
        wait_for(f'the message to {name}', lambda: self.arrived('p2'), 60)
        self.ok('in the next session Send asks first, and the message arrives')

        self.close()
        said = self.send('p3')
        if not said.startswith('queued'):
            raise Failure(f'without a window: {said}')
        wait_for('a message that waits', lambda: self.states().get('p3') == 'queued' and 'asked for each session' in str(self.outbox()), 60)
        wait_for('the notification', lambda: 'A message waits for you' in self.s.run(['dunstctl', 'history']).stdout or self.notified(), 30)
        if self.arrived('p3'):
            raise Failure('it was sent without a password')
        self.ok('with the window closed the message waits, and a notification says so')

        self.start()
        ui.find('entry', 'Password', timeout=20)
        ui.click('button', re.compile('Not Now'))
        ui.gone('button', re.compile('Not Now'))
        ui.activate_window('Afterword')
        ui.keys('ctrl+2')
        self.expect('p3', 'password is asked for each session; the message waits for it.')
        ui.see(f'1 message waits for the password of {SMTP_USER}.')
        self.shot('outbox-password')
        self.press_row('Enter Password…', 'p3')
        self.type_password('wrong')
        self.expect('p3', 'The server refused the password (535)')
        self.press_row('Try Again', 'p3')
        self.type_password()
        wait_for('the message', lambda: self.arrived('p3'), 60)
        self.ok('the window asks when it opens and by the row; a refused password is forgotten and asked for again')

    # The account's life ------------------------------------------------------

    def count(self, table):
        import sqlite3
        path = self.s.database
        with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as database:
            return database.execute(f'SELECT count(*) FROM {table}').fetchone()[0]

    def secrets(self):
        """What the keyring holds of ours: secret-tool asks the daemon itself."""
        found = self.s.run(['secret-tool', 'search', '--all', 'xdg:schema', 'app.afterword.Afterword.Account'], check=False)
        return re.findall(r'^secret = (.*)$', found.stdout, re.M)

    def start_network(self):
        """NetworkManager, by python-dbusmock, on a system bus of our own."""
        s = self.s
        bus = s.spawn(['dbus-daemon', '--session', '--nofork', '--print-address=1'], name='system-bus', stdout=subprocess.PIPE)
        s.env['DBUS_SYSTEM_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()
        s.env['GIO_USE_NETWORK_MONITOR'] = 'networkmanager'
        s.spawn([sys.executable, '-m', 'dbusmock', '--system', '-t', 'networkmanager'], name='network')
        wait_for('NetworkManager', lambda: self.network('org.freedesktop.DBus.Properties.Get', "'org.freedesktop.NetworkManager'", "'State'"))
        self.connect(True)

    def network(self, *call):
        return self.s.run(['gdbus', 'call', '--system', '-d', 'org.freedesktop.NetworkManager', '-o', '/org/freedesktop/NetworkManager', '-m', *call],
                          check=False).returncode == 0

    def connect(self, connected):
        for method, value in (('SetConnectivity', 4 if connected else 1), ('SetGlobalConnectionState', 70 if connected else 20)):
            if not self.network(f'org.freedesktop.DBus.Mock.{method}', f'uint32 {value}'):
                raise Failure(f'NetworkManager does not take {method}')

    def account(self):
        s = self.s
        self.port, self.ca, self.accepted = s.start_mail_server('--tls', 'implicit', '--fault', 'rcpt/*p1@*:450 4.2.0 Greylisted')
        self.start_network()
        self.start()
        ui = self.ui
        self.make_account()
        ui.click('button', 'Save and Send Me a Test')
        self.see_test_sent()
        if self.secrets() != [SMTP_PASSWORD]:
            raise Failure(f'the keyring holds {self.secrets()}')
        ui.keys('ctrl+2')
        ui.find('row', re.compile(f'^Test of Afterword, {SMTP_USER} · Sent'), timeout=20)
        self.shot('outbox-test')
        self.ok('a message to oneself goes through the outbox; its password is in the keyring')

        said = self.send('p1')
        if not said.startswith('queued 450'):
            raise Failure(f'greylisted: {said}')
        self.expect('p1', 'does not take mail for this recipient now (450)')
        self.connect(False)
        ui.see('You are offline. 1 message waits.', timeout=20)
        self.shot('outbox-offline')
        self.connect(True)
        ui.gone('label', re.compile('You are offline'))
        self.ok('the Outbox tells when there is no network, and when it is back')

        self.action('account', f'"{self.outbox_account()}"')
        ui.click('button', 'Delete Account…', timeout=20)
        ui.see('Its password is taken out of the keyring. 1 message still waits for this account and will not be sent.')
        self.shot('account-delete')
        ui.keys('Escape')
        ui.gone('button', 'Delete')
        if self.secrets() != [SMTP_PASSWORD] or self.count('account') != 1:
            raise Failure('Cancel deletes')
        ui.click('button', 'Delete Account…')
        ui.click('button', 'Delete')
        wait_for('an account that is gone', lambda: self.count('account') == 0)
        wait_for('a keyring without its password', lambda: self.secrets() == [])
        ui.gone('button', 'Delete Account…')
        ui.activate_window('Afterword')
        ui.keys('ctrl+z')
        if self.count('account') or self.secrets():
            raise Failure('Undo brings back an account without its password')
        self.ok('an account that is deleted takes its password out of the keyring; a question says so, and no Undo brings back half of it')

    def outbox_account(self):
        import sqlite3
        path = self.s.database
        with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as database:
            return database.execute('SELECT id FROM account').fetchone()[0]

    # The Outbox ------------------------------------------------------------

    def add_account(self, address=SMTP_USER, password=SMTP_PASSWORD):
        self.s.run(['afterword', f'--add-account={address}', f'--server=smtp://localhost:{self.port}', '--name=Sam Verhoeven', f'--ca={self.ca}'],
                   input=password + '\n')

    def send(self, person, account=SMTP_USER):
        """By the command line; gives the outcome of the first attempt."""
        name = next(name for id, name, role in PEOPLE if id == person)
        # By standard input: a sandbox sees no file of this session.
        done = self.s.run(['afterword', '--send=-', f'--opportunity=o{person}', f'--person={person}', f'--subject=Thank you, {name}',
                           '--kind=thank-you', f'--account={account}', '--anyway', '--wait'],
                          input=LETTER.replace('Dear Marcus', f'Dear {name.split()[0]}'), check=False)
        if not done.stdout:
            raise Failure(f'--send says only: {done.stderr}')
        return done.stdout.strip().split('\n')[-1]

    def rcpts(self, person):
        """How often the server was asked to take mail for that person."""
        log = self.s.home / 'smtp.jsonl'
        return sum(f'{person}@' in line and '"rcpt' in line.lower() for line in log.read_text().splitlines() if 'command' in line or 'line' in line)

    def row(self, person):
        name = next(name for id, name, role in PEOPLE if id == person)
        return self.ui.find('row', re.compile(f'^Thank you, {name}'), timeout=20)

    def expect(self, person, *words):
        wanted = re.compile('.*'.join(map(re.escape, words)))
        name = next(name for id, name, role in PEOPLE if id == person)
        self.ui.find('row', re.compile(f'^Thank you, {name}.*{wanted.pattern}'), timeout=30)

    def press_row(self, label, person):
        name = next(name for id, name, role in PEOPLE if id == person)
        self.ui.click('button', re.compile(f'^{label}: Thank you, {name}'))

    def unfold(self, label):
        """By the keyboard: expanders have no action in GTK 4.8."""
        ui = self.ui
        for _ in range(60):
            focused = ui.focused()
            names = [node.name for node in ui.walk(focused)] if focused is not None else []
            if label in names and not any(name.startswith('Thank you') for name in names):
                ui.keys('space')
                return
            ui.keys('Tab')
        raise Failure(f'Tab does not reach “{label}”')

    def outbox_states(self):
        s = self.s
        self.port, self.ca, self.accepted = s.start_mail_server(
            '--fault', '1@eod:accept+reset', '--fault', 'rcpt/*p2@*:550 5.1.1 No such user here', '--fault', 'rcpt/*p3@*:450 4.2.0 Greylisted',
            '--fault', 'rcpt/*p4@*:hang')
        self.write_facts()
        self.add_account()
        for person, outcome in (('p1', 'uncertain'), ('p2', 'failed 550'), ('p3', 'queued 450')):
            said = self.send(person)
            if not said.startswith(outcome):
                raise Failure(f'the message to {person}: {said} instead of {outcome}')
        self.start()
        ui = self.ui
        ui.keys('ctrl+2')
        self.expect('p1', 'It is not known whether this was sent. Check your Sent folder.')
        self.expect('p2', 'The server refused the recipient', '(550)')
        self.expect('p3', 'does not take mail for this recipient now (450)', 'Tries again')
        ui.find('row', re.compile('^Outbox, 2'))
        self.shot('outbox')
        self.ok('the Outbox tells a refused, an uncertain and a waiting message apart, and the badge counts two')

        self.unfold('What the Server Said')
        ui.see('No such user here')
        self.shot('outbox-server-words')
        self.ok('the server’s own words are in the expander')

        before = self.rcpts('p2')
        self.s.press_notification_button('Try Again')
        wait_for('another attempt', lambda: self.rcpts('p2') > before, 30)
        self.expect('p2', 'The server refused the recipient', '(550)')
        self.ok('Try Again on the notification tries again, and the row says what came of it')

        self.press_row('It Was Sent', 'p1')
        self.expect('p1', 'Sent')
        if self.states()['p1'] != 'sent' or len(self.arrived('p1')) != 1:
            raise Failure(f"after It Was Sent: {self.states()['p1']}, {len(self.arrived('p1'))} copies")
        self.ok('It Was Sent settles the uncertain one without a second copy')

        self.write('p4')
        ui.activate_window('Afterword')
        ui.keys('ctrl+2')
        self.expect('p4', 'Sending…')
        self.shot('outbox-sending')
        self.press_row('Stop', 'p4')
        wait_for('the draft', lambda: self.states().get('p4') == 'draft', 15)
        if self.arrived('p4'):
            raise Failure('it was sent all the same')
        self.ok('Stop takes back a message that a hanging server holds up')

        self.add_account('other@verhoeven.example', 'wrong')
        said = self.send('p5', 'other@verhoeven.example')
        if not said.startswith('failed 535'):
            raise Failure(f'a wrong password: {said}')
        self.expect('p5', 'The server refused the password (535)')
        ui.find('button', re.compile('^Edit Account: Thank you, Lena'))
        self.press_row('Try Again', 'p5')
        wait_for('the same answer', lambda: self.states().get('p5') == 'failed', 30)
        self.expect('p5', 'The server refused the password (535)')
        self.ok('a refused password offers the account')

        self.close()
        self.late('p6')
        self.start()
        ui.keys('ctrl+2')
        self.expect('p6', 'Was to leave', 'when this computer was off. Send it now?')
        if self.arrived('p6'):
            raise Failure('it left silently, a day late')
        self.shot('outbox-missed')
        self.press_row('Send Now', 'p6')
        wait_for('the message', lambda: self.arrived('p6'), 40)
        self.ok('what was missed by more than twelve hours is asked about, and leaves when told')

        self.lock()
        self.send('p7')
        self.expect('p7', 'The keyring with the password is locked.')
        ui.see(re.compile('The keyring is locked. (1 message waits|2 messages wait).'))  # the greylisted one may be due, too
        self.shot('outbox-locked')
        self.unlock()
        self.press_row('Unlock…', 'p7')
        wait_for('the message', lambda: self.arrived('p7'), 40)
        ui.gone('label', re.compile('The keyring is locked'))
        self.ok('a locked keyring is told in row and banner, and Unlock has it sent')

    def late(self, person):
        """A message that was to leave yesterday, as one finds it after a day without this computer."""
        import sqlite3
        yesterday = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=25)).strftime('%Y-%m-%dT%H:%M:%SZ')
        path = self.s.database
        name = next(name for id, name, role in PEOPLE if id == person)
        with sqlite3.connect(path, timeout=20) as database:
            account, = database.execute('SELECT id FROM account WHERE address = ?', [SMTP_USER]).fetchone()
            database.execute("INSERT INTO message (id, opportunity, position, person, kind, channel, account, subject, body, state, scheduled_at, changed_at)"
                             " VALUES ('late', ?, 0, ?, 'thank-you', 'email', ?, ?, ?, 'scheduled', ?, ?)",
                             [f'o{person}', person, account, f'Thank you, {name}', LETTER.replace('Dear Marcus', f'Dear {name.split()[0]}'), yesterday, yesterday])

    def lock(self):
        self.s.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets', '--method',
                    'org.freedesktop.Secret.Service.Lock', "['/org/freedesktop/secrets/collection/login']"])

    def unlock(self):
        """As its own prompt would, which is not installed everywhere."""
        from gi.repository import Gio, GLib
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)

        def call(interface, method, parameters):
            return bus.call_sync('org.freedesktop.secrets', '/org/freedesktop/secrets', interface, method, parameters, None, 0, 10000, None)

        session = call('org.freedesktop.Secret.Service', 'OpenSession', GLib.Variant('(sv)', ('plain', GLib.Variant('s', '')))).unpack()[1]
        call('org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface', 'UnlockWithMasterPassword',
             GLib.Variant('(o(oayays))', ('/org/freedesktop/secrets/collection/login', (session, b'', b'login', 'text/plain'))))

    def notified(self):
        """dunst tells only of what is no longer shown: what is shown is put aside for a moment."""
        self.s.run(['dunstctl', 'close-all'])
        return 'A message waits for you' in self.s.run(['dunstctl', 'history']).stdout

    def tell(self):
        try:
            self.s.screenshot(self.shots / 'sending-failure.png')
            print('# on the screen:\n# ' + self.ui.words_on_screen().replace('\n', '\n# '), file=sys.stderr)
        except Exception:
            pass
        for name in ('afterword', 'dbus', 'smtp'):
            print(f'# {name}: ' + self.s.log(name)[-1500:].replace('\n', '\n# '), file=sys.stderr)

    def finish(self):
        for name in ('afterword', 'dbus'):
            for word in ('CRITICAL', 'Gtk-WARNING', 'Adwaita-WARNING'):
                if word in self.s.log(name):
                    raise Failure(f'{name} complained: {self.s.log(name)[-800:]}')
        return self.n


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    parser.add_argument('--screenshots', required=True, type=pathlib.Path)
    parser.add_argument('part', nargs='*')
    options = parser.parse_args()
    options.screenshots.mkdir(parents=True, exist_ok=True)
    number = 0
    parts = {'without-keyring': (Bare, {'keyring': None}, Play.without_keyring), 'outbox': (Session, {}, Play.outbox_states),
             'account': (Session, {}, Play.account)}
    try:
        for name in options.part or parts:
            kind, how, steps = parts[name]
            with kind(options.prefix, **how) as s:
                play = Play(s, options.screenshots, number)
                try:
                    steps(play)
                except BaseException:
                    number = play.n
                    play.tell()
                    raise
                number = play.finish()
    except Failure as failure:
        tell(number + 1, 'sending', failure)
        return 1
    print(f'1..{number}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
