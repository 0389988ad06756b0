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
from session import SMTP_PASSWORD, SMTP_USER, Failure, Session, wait_for

PEOPLE = [('p1', 'Marcus Bell', 'hiring-manager'), ('p2', 'Aiko Tanaka', 'hr'), ('p3', 'Ines Roth', 'interviewer'), ('p4', 'Omar Haddad', 'interviewer')]


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
        if not (s.home / 'facts.json').exists():
            (s.home / 'facts.json').write_text(json.dumps(facts()))
            s.run(['afterword', f'--import={s.home}/facts.json'])
        self.window = s.spawn(['afterword'])
        import screen
        self.ui = screen
        screen.find('button', re.compile('Main Menu|Menu'), timeout=30)
        screen.activate_window('Afterword')

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
        ui.find('entry', 'Password')
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
        ui.click('button', 'Save')

    def without_keyring(self):
        s, ui = self.s, None
        self.port, self.ca, self.accepted = s.start_mail_server('--tls', 'implicit')
        self.start()
        ui = self.ui
        self.make_account()
        ui.see('no keyring is running', timeout=20)
        self.shot('no-keyring')
        ui.click('button', re.compile('Save Without'))
        ui.gone('button', re.compile('Save Without'))
        self.ok('an account is tried, its certificate looked at and accepted, and saved without a keyring')

        self.write('p1')
        wait_for('the message', lambda: self.arrived('p1'), 60)
        self.ok('what was typed in the dialog is kept for the session: nothing is asked, and the message arrives')

        self.close()
        self.start()
        name = self.write('p2')
        self.type_password()
        ui.see(f'Sending to {name}', timeout=20)
        wait_for('the message', lambda: self.arrived('p2'), 60)
        self.ok('in the next session Send asks first, and the message arrives')

        self.close()
        self.start()
        self.write('p3')
        self.type_password()
        ui.see('Sending to Ines Roth', timeout=20)
        self.close()
        wait_for('a message that waits', lambda: self.states().get('p3') == 'queued' and 'asked for each session' in str(self.outbox()), 60)
        wait_for('the notification', lambda: 'A message waits for you' in self.s.run(['dunstctl', 'history']).stdout or self.notified(), 30)
        if self.arrived('p3'):
            raise Failure('it was sent without a password')
        self.ok('with the window closed the message waits, and a notification says so')

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
    options = parser.parse_args()
    options.screenshots.mkdir(parents=True, exist_ok=True)
    number = 0
    try:
        with Bare(options.prefix, keyring=None) as s:
            play = Play(s, options.screenshots, number)
            try:
                play.without_keyring()
            except BaseException:
                play.tell()
                raise
            number = play.finish()
    except Failure as failure:
        print(f'not ok {number + 1} - {failure}')
        return 1
    print(f'1..{number}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
