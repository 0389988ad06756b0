#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, by the application's real window: an interview goes in, a
reminder comes, a thank-you goes out. Prints each step with what was seen, and
exits 1 at the first that fails. With --tap it is a test; with --sandbox it is
played inside Flatpak."""

import argparse
import email
import email.policy
import pathlib
import sys
import time
import traceback

from session import SMTP_PASSWORD, SMTP_USER, Failure, Session, tell, wait_for

COMPANY, ROLE = 'Harbor & Finch', 'Backend Developer'
MANAGER, MANAGER_MAIL = 'Marcus Bell', 'marcus.bell@harborfinch.example'
HR, HR_MAIL = 'Aiko Tanaka', 'aiko.tanaka@harborfinch.example'
SUBJECT = 'Thank you for the talk about order intake'
LETTER = '''Dear Marcus,

Thank you for taking the time to show me how your team moved order intake to an event queue. Your point about replaying a day of orders in the test bench stayed with me.

At Bramble I built a similar replay tool, and it cut the time to find a fault from hours to minutes. I would enjoy doing that work with your team.

I remain very interested in the Backend Developer position and look forward to hearing from you.

Kind regards,
Sam Verhoeven
'''


class Job:
    def __init__(self, session, screenshots, say, program=('afterword',)):
        self.s, self.shots, self.say, self.program = session, screenshots, say, list(program)
        self.number = 0

    def shot(self, name, window=True):
        """Of the active window without what lies over it, or of the whole screen."""
        self.number += 1
        path = self.shots / f'{self.number:02d}-{name}.png'
        active = self.s.run(['xdotool', 'getactivewindow'], check=False).stdout.strip() if window else ''
        if not active:
            return self.s.screenshot(path)
        self.s.run(['dunstctl', 'set-paused', 'true'])
        wait_for('the notifications to step aside', lambda: self.s.run(['dunstctl', 'count', 'displayed']).stdout.strip() == '0')
        self.s.screenshot(path, active)
        self.s.run(['dunstctl', 'set-paused', 'false'])
        return path

    def account(self):
        """A sending account, by the command line: its password goes to the keyring."""
        port, ca, self.accepted = self.s.start_mail_server()
        self.s.run([*self.program, f'--add-account={SMTP_USER}', f'--server=smtp://localhost:{port}', '--name=Sam Verhoeven', f'--ca={ca}'],
                   input=SMTP_PASSWORD + '\n')
        return f'{SMTP_USER} sends through localhost:{port} (STARTTLS, AUTH), password in the keyring'

    def first_run(self):
        self.ui.see('Follow Up Well', timeout=30)
        self.shot('first-run')
        return 'the window says: Follow Up Well'

    def add_interview(self):
        ui = self.ui
        started = time.time() - 3 * 3600  # of one hour: it ended two hours ago
        ui.activate_window('Afterword')
        ui.keys('ctrl+n')
        ui.see('Who Did You Meet?')
        ui.type_words(COMPANY)
        ui.keys('Tab')
        ui.type_words(ROLE)
        # Today, three hours ago, typed into the date's popover; then on to the names.
        ui.keys('Tab', 'space')
        ui.type_words(f'today {self.local(started)}')
        ui.keys('Return')
        ui.see(ui.re.compile(f'Today, {self.local(started)}'))
        ui.keys('Tab')
        for words in (f'{MANAGER} <{MANAGER_MAIL}>, hiring manager', f'{HR} <{HR_MAIL}>, HR'):
            ui.type_words(words)
            ui.keys('Return')
        ui.see(MANAGER)
        ui.see(HR)
        self.shot('add-interview')
        ui.keys('ctrl+Return')
        ui.see(ui.re.compile('Interview added'))
        self.shot('detail')
        return f'{COMPANY}, {ROLE}, with {MANAGER} (hiring manager) and {HR} (HR)'

    def local(self, seconds):
        import datetime
        import zoneinfo
        return datetime.datetime.fromtimestamp(seconds, zoneinfo.ZoneInfo(self.s.zone)).strftime('%H:%M')

    def today(self):
        ui = self.ui
        ui.keys('ctrl+1')
        ui.see(f'Thank {MANAGER}')
        ui.see(f'Thank {HR}')
        self.shot('today')
        return f'Today lists: Thank {MANAGER}; Thank {HR}'

    def notification(self):
        def seen():
            shown = [n for n in self.s.notifications_shown() if n != 'displayed']
            return shown or ('displayed' in self.s.notifications_shown() and [{'summary': '(on the screen)', 'body': ''}])
        wait_for('a notification', seen, 20)
        self.shot('notification', window=False)
        return 'the desktop shows a reminder'

    def write(self):
        """By the notification's own button, as a tired user would."""
        ui = self.ui
        self.s.press_notification_button('#Write (')  # and not Write Down
        ui.see(ui.re.compile('Thank-You Note'), timeout=20)
        ui.activate_window('Thank-You')
        return 'the notification’s Write opens the note'

    def send(self):
        ui = self.ui
        editor = ui.find('entry', ui.re.compile(f'^Message to '))
        self.to = MANAGER if MANAGER in editor.name else HR
        self.other = HR if self.to == MANAGER else MANAGER
        self.letter = LETTER if self.to == MANAGER else LETTER.replace('Dear Marcus', 'Dear Aiko')
        ui.set_text(ui.find('entry', ui.re.compile('^Subject')), SUBJECT)
        ui.set_text(editor, self.letter)
        ui.see(ui.re.compile('Before You Send'))
        ui.see('Draft saved')
        ui.see('Fine: Length')  # the checks come 300 ms after the last key
        self.shot('compose')
        ui.keys('ctrl+Return')
        ui.see(ui.re.compile(f'Sending to {self.to}'))
        self.shot('sending')
        wait_for('the message at the server', self.accepted, 40)
        return f'sent to {self.to} after ten seconds in which it could be taken back'

    def at_the_server(self):
        entry = self.accepted()
        if len(entry) != 1:
            raise Failure(f'{len(entry)} messages at the server instead of one')
        stored = sorted((self.s.home / 'mail').iterdir())[0].read_bytes()
        message = email.message_from_bytes(stored, policy=email.policy.default)
        body = message.get_content().replace('\r\n', '\n')
        if message['Subject'] != SUBJECT or body.strip() != self.letter.strip():
            raise Failure(f'another message arrived: {message["Subject"]}: {body}')
        return '; '.join(f'{name}: {message[name]}' for name in ('From', 'To', 'Subject', 'Message-ID'))

    def history(self):
        ui = self.ui
        ui.activate_window('Afterword')
        ui.keys('ctrl+1')
        wait_for(f'the end of “Thank {self.to}” in Today', lambda: f'Thank {self.to}' not in ui.words_on_screen(), 15)
        ui.see(f'Thank {self.other}')
        self.shot('today-after')
        ui.keys('alt+Down')
        seen = ui.see(ui.re.compile(f'Thank-you note to {self.to}'), timeout=15)
        ui.see(SUBJECT)
        ui.scroll_down()
        self.shot('history')
        return f'History says: {seen}; still due: Thank {self.other}'

    def close(self):
        self.ui.keys('ctrl+w')
        return 'the window is closed'

    steps = [
        ('Mail account', 'account'), ('First run', 'first_run'), ('Add Interview', 'add_interview'), ('Today', 'today'),
        ('Reminder', 'notification'), ('Write', 'write'), ('Send', 'send'), ('At the server', 'at_the_server'),
        ('History', 'history'), ('Close', 'close'),
    ]

    def play(self):
        self.say('Mail account', self.account())
        self.s.spawn(self.program, name='afterword')
        import screen
        import re
        self.ui = screen
        screen.re = re
        for title, name in self.steps[1:]:
            self.say(title, getattr(self, name)())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    parser.add_argument('--screenshots', required=True, type=pathlib.Path)
    parser.add_argument('--tap', action='store_true')
    options = parser.parse_args()
    options.screenshots.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    done = []

    def say(title, seen):
        done.append(title)
        print(f'ok {len(done)} - {title}: {seen}' if options.tap else f'{title}: {seen}', flush=True)

    if options.tap:
        print(f'1..{len(Job.steps)}', flush=True)
    try:
        with Session(options.prefix) as s:
            job = Job(s, options.screenshots, say)
            try:
                job.play()
            except BaseException as failure:
                try:
                    job.shot('failure', window=False)
                    import screen
                    print('# on the screen:\n# ' + screen.words_on_screen().replace('\n', '\n# '), file=sys.stderr)
                except Exception:
                    pass
                for name in ('afterword', 'smtp', 'dunst', 'dbus'):
                    print(f'# {name}: ' + s.log(name)[-1500:].replace('\n', '\n# '), file=sys.stderr)
                raise failure
            for name in ('afterword', 'dbus'):
                for word in ('CRITICAL', 'Gtk-WARNING', 'Adwaita-WARNING'):
                    if word in s.log(name):
                        raise Failure(f'{name} complained: {s.log(name)[-800:]}')
    except Failure as failure:
        title = Job.steps[min(len(done), len(Job.steps) - 1)][0]
        if options.tap:
            tell(len(done) + 1, title, failure)
        else:
            print(f'{title}: FAILED: {failure}')
        return 1
    except Exception:
        traceback.print_exc()
        return 1
    print(f'{"# " if options.tap else ""}The main job works ({time.monotonic() - started:.0f} s). Screenshots: {options.screenshots}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
