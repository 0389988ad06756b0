#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications and their buttons, with the installed programs on a desktop of
their own and the window closed: the agent is started by the bus, dunst shows,
and each button does what it says, in the database or in a window that the bus
starts. Prints TAP."""

import argparse
import datetime
import json
import pathlib
import re
import sqlite3
import sys
import time

from session import Failure, Session, tell, wait_for

EMPTY = ''
BUTTON = re.compile('^Send a Test Reminder')  # its row's title follows


def facts(now):
    """One interview, three hours ago, with three people; one reminder each."""
    start = now - datetime.timedelta(hours=3)
    people = [{'id': f'p{n}', 'name': name, 'roles': [role], 'email': f'p{n}@harborfinch.example'}
              for n, (name, role) in enumerate([('Marcus Bell', 'hiring-manager'), ('Aiko Tanaka', 'hr'), ('Ines Roth', 'interviewer')], 1)]
    return {'format': 'afterword', 'version': 1, 'opportunities': [{
        'id': 'hf', 'company': 'Harbor & Finch', 'role': 'Backend Developer', 'status': 'active', 'people': people,
        'interviews': [{'id': 'i', 'starts_at': start.strftime('%Y-%m-%dT%H:%M:%SZ'), 'duration_minutes': 60, 'attendees': ['p1', 'p2', 'p3'],
                        'debriefed_at': now.strftime('%Y-%m-%dT%H:%M:%SZ'), 'topics': [{'person': 'p1', 'text': 'the event queue'}]}],
    }]}


class Play:
    def __init__(self, session, shots):
        self.s, self.shots, self.n = session, shots, 0

    def ok(self, what):
        self.n += 1
        print(f'ok {self.n} - {what}', flush=True)

    def decisions(self):
        with sqlite3.connect(f'file:{self.s.database}?mode=ro', uri=True) as database:
            return dict((key, (what, until)) for key, what, until in database.execute('SELECT key, what, until FROM decision'))

    def displayed(self):
        return int(self.s.run(['dunstctl', 'count', 'displayed']).stdout or 0)

    def windows(self, title):
        return self.s.run(['xdotool', 'search', '--onlyvisible', '--name', title], check=False).stdout.split()

    def press(self, person, words):
        """The button of that person's notification: dunst's menu says which one it belongs to."""
        chooser = self.s.home / 'chooser'
        chooser.write_text(f'#!/bin/sh\ncat > {self.s.home}/offered\ngrep -F -- "{words}" {self.s.home}/offered | grep -F -m1 -- "{person}"\n')
        self.s.run(['dunstctl', 'context'])

    def play(self):
        s = self.s
        now = datetime.datetime.now(datetime.timezone.utc)
        (s.home / 'facts.json').write_text(json.dumps(facts(now)))
        s.run(['afterword', f'--import={s.home}/facts.json'])
        wait_for('three notifications', lambda: self.displayed() == 3, 20)
        if self.windows('Afterword'):
            raise Failure('there is a window')
        s.screenshot(self.shots / 'notifications.png')
        self.ok('the bus starts the agent, and three reminders come without a window')

        # GNOME's overview, while somebody types: the agent answers, and no window comes.
        agent = next(name for name in self.names() if name.endswith('.Agent'))

        def overview(method, *arguments):
            return s.run(['gdbus', 'call', '--session', '--dest', agent, '--object-path', '/' + agent.replace('.', '/') + '/SearchProvider',
                          '--method', 'org.gnome.Shell.SearchProvider2.' + method, *arguments]).stdout.strip()

        for found in (overview('GetInitialResultSet', "['harbor', 'fin']"), overview('GetSubsearchResultSet', "['hf']", "['tanak']")):
            if found != "(['hf'],)":
                raise Failure('the overview was told ' + found)
        metas = overview('GetResultMetas', "['hf']")
        if "'name': <'Harbor & Finch'>" not in metas or "'description': <'Backend Developer'>" not in metas:
            raise Failure('the overview was told ' + metas)
        if self.windows('Afterword'):
            raise Failure('a window came for a search')
        self.ok('the overview finds the interview by its company and its people')

        self.press('Aiko Tanaka', 'In an Hour')
        found = wait_for('the snooze', lambda: self.decisions().get('thank-you/p2/i'))
        until = datetime.datetime.fromisoformat(found[1].replace('Z', '+00:00'))
        if found[0] != 'snoozed' or abs((until - now).total_seconds() - 3600) > 120:
            raise Failure(f'In an Hour recorded {found}')
        wait_for('the notification’s end', lambda: self.displayed() == 2)
        self.ok('In an Hour snoozes for an hour, and the notification goes')

        self.press('Ines Roth', 'Skip')
        wait_for('the skip', lambda: self.decisions().get('thank-you/p3/i', EMPTY)[:1] == ('skipped',))
        wait_for('the notification’s end', lambda: self.displayed() == 1)
        if self.windows('Afterword'):
            raise Failure('a window came for what needs none')
        self.ok('Skip skips without a question and without a window')

        self.press('Marcus Bell', 'Write')
        import screen
        screen.see('Thank-You Note', timeout=20)
        if 'Message to Marcus Bell' not in screen.words_on_screen():
            raise Failure('the note is for somebody else: ' + screen.words_on_screen())
        title = wait_for('the window’s title', lambda: self.windows('Thank-You'))
        active = wait_for('the focus', lambda: s.run(['xdotool', 'getactivewindow'], check=False).stdout.strip() in title)
        if not active:
            raise Failure('the note is not in front')
        s.screenshot(self.shots / 'compose-from-notification.png')
        self.ok('Write starts the window, with the note for Marcus Bell in front')

        # What the bus carries, as another desktop's notification service would send it.
        application = self.application_id()
        path = '/' + application.replace('.', '/')

        def action(name, key):
            s.run(['gdbus', 'call', '--session', '--dest', application, '--object-path', path, '--method',
                   'org.freedesktop.Application.ActivateAction', name, f'[<("hf", "{key}")>]', '{}'])

        action('done', 'thank-you/p1/i')
        wait_for('the decision', lambda: self.decisions().get('thank-you/p1/i', EMPTY)[:1] == ('done',))
        wait_for('the notification’s end', lambda: self.displayed() == 0)
        self.ok('the action “done” over the bus marks it, and the notification goes')
        screen.activate_window('Afterword')
        screen.keys('ctrl+1')
        action('open', '')
        screen.see('Backend Developer', timeout=15)
        screen.see('Timeline', timeout=15)
        self.ok('the action “open” shows the interview')

        self.test_reminder(screen)

        # With nothing to do the window does nothing: no frame, no polling.
        screen.keys('ctrl+1')
        pid = self.s.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus', '--method',
                          'org.freedesktop.DBus.GetConnectionUnixProcessID', application]).stdout.split()[-1].strip('(),')

        def woken_in_five_seconds():
            before = self.switches(pid)
            time.sleep(5)
            return self.switches(pid) - before

        wait_for('five seconds in which the idle window wakes no more than 25 times', lambda: woken_in_five_seconds() <= 25, 10)
        self.ok('the idle window sleeps')

    def test_reminder(self, screen):
        """From Preferences to the agent, to dunst, and by its button back to Preferences."""
        screen.activate_window('Afterword')
        screen.keys('ctrl+comma')
        screen.press(screen.find('page tab', 'Notifications', timeout=15))
        row = 'Send a test reminder'
        screen.see(row)
        screen.click('button', BUTTON)
        wait_for('the test reminder', lambda: self.displayed() == 1)
        screen.see(re.compile('^Sent. Click it'))
        self.s.screenshot(self.shots / 'test-reminder.png')
        self.ok('Send a Test Reminder in Preferences: it stands in dunst, and Preferences says so')
        self.press('Reminders work', 'Open')
        screen.see('The whole way works: it was shown, and what you pressed came back.')
        wait_for('the notification’s end', lambda: self.displayed() == 0)
        self.s.screenshot(self.shots / 'test-reminder-answered.png')
        self.ok('its button comes back: Preferences says that the whole way works')

        screen.keys('Escape')
        screen.gone('button', BUTTON)

    @staticmethod
    def switches(pid):
        """Of the main thread; others come and go."""
        for line in pathlib.Path(f'/proc/{pid}/task/{pid}/status').read_text().splitlines():
            if line.startswith('voluntary_ctxt_switches'):
                return int(line.split()[1])
        raise Failure('the window is gone')

    def names(self):
        names = self.s.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
                            '--method', 'org.freedesktop.DBus.ListNames']).stdout
        return [name.strip(" '[](),\n") for name in names.split(',') if 'app.afterword.Afterword' in name]

    def application_id(self):
        return next(name for name in self.names() if 'Agent' not in name)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    parser.add_argument('--screenshots', required=True, type=pathlib.Path)
    options = parser.parse_args()
    print('1..10', flush=True)
    play = None
    try:
        with Session(options.prefix) as s:
            play = Play(s, options.screenshots)
            try:
                play.play()
            except BaseException:
                for name in ('dunst', 'dbus', 'afterword'):
                    print(f'# {name}: ' + s.log(name)[-1500:].replace('\n', '\n# '), file=sys.stderr)
                offered = s.home / 'offered'
                print('# offered: ' + (offered.read_text() if offered.exists() else 'nothing').replace('\n', '\n# '), file=sys.stderr)
                s.screenshot(options.screenshots / 'notify-failure.png')
                raise
    except Failure as failure:
        tell((play.n if play else 0) + 1, 'the reminder', failure)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
