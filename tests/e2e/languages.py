#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed programs in other countries: the agenda's days and times, the
calendar's first day and the clock's hours by the locale, and the window in
German, out of the installed catalogue. (What a text looks like in other
languages, tests/ui/languages.py sees.) Prints TAP."""

import argparse
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from session import Failure, Session, wait_for

root = pathlib.Path(__file__).resolve().parents[2]

# How the agenda writes days and times: patterns that must be there. Then the first day of the week in
# the calendar of Add Interview, and how its button tells the time.
COUNTRIES = {
    'de_DE': ((r'\bbis \d+\. [A-Z]\S+ zugesagt', r'gestern um 14:30', r'\b(Mo|Di|Mi|Do|Fr|Sa|So), \d+\. '), 'Mo', r'^Heute, 10:00$'),
    'en_US': ((r'decide by [A-Z][a-z]+ \d+\.', r'yesterday at 2:30 PM', r'\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d+'), 'Sun', r'^Today, 10:00 AM$'),
    'en_GB': ((r'decide by \d+ [A-Z][a-z]+\.', r'yesterday at 14:30', r'\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2}'), 'Mon', r'^Today, 10:00$'),
}


def fresh(document):
    """The sample data as if its fifth of March were today."""
    days = (datetime.date.today() - datetime.date(2026, 3, 5)).days
    return re.sub(r'\b2026-\d\d-\d\d', lambda m: str(datetime.date.fromisoformat(m.group(0)) + datetime.timedelta(days)), document)


def weekdays(texts):
    """The names over a calendar: seven short ones in a row."""
    for i in range(len(texts) - 6):
        week = texts[i:i + 7]
        if len(set(week)) == 7 and all(re.match(r'^[A-Z][a-z]{1,2}\.?$', t) for t in week):
            return week
    return []


def country(options, name, locales, document):
    patterns, first, clock = COUNTRIES[name]
    extra = {'LC_ALL': f'{name}.UTF-8', 'LANG': f'{name}.UTF-8', 'LOCPATH': str(locales)}
    with Session(options.prefix, zone='UTC', keyring='none', notifications=False, extra=extra) as s:
        file = s.home / 'six.json'
        file.write_text(document)
        s.run(['afterword', f'--import={file}'])
        agenda = s.run(['afterword', '--agenda']).stdout
        for pattern in patterns:
            if not re.search(pattern, agenda):
                raise Failure(f'nothing in the agenda looks like {pattern}: {agenda[:600]}')
        # The same catalogues and the same code as the window's, looked at from inside.
        s.env.update(AW_ADD_ONLY='1', AW_WIDTHS='1100', AFTERWORD_NOW='2026-03-05T10:00:00Z', G_TEST_SRCDIR=str(root / 'tests'),
                     XDG_DATA_HOME=str(s.home / 'look'), AW_FACTS='six', GSETTINGS_BACKEND='memory', DBUS_SESSION_BUS_ADDRESS='disabled:',
                     NO_AT_BRIDGE='1', GTK_A11Y='test')
        texts = [line.split('\t')[4] for line in s.run([options.look]).stdout.splitlines() if line.count('\t') == 4]
        week = weekdays(texts)
        if not week or week[0].rstrip('.') != first:
            raise Failure(f'the week begins with {week[:1]} instead of {first}: {week or texts}')
        if not any(re.match(clock, t) for t in texts):
            raise Failure(f'nothing looks like {clock}: {texts[:40]}')


def german(options, locales, document):
    """The window as it is installed: its texts, and nothing that GTK complains about."""
    extra = {'LC_ALL': 'de_DE.UTF-8', 'LANG': 'de_DE.UTF-8', 'LOCPATH': str(locales)}
    with Session(options.prefix, zone='UTC', keyring='none', notifications=False, size='1280x800', extra=extra) as s:
        file = s.home / 'six.json'
        file.write_text(document)
        s.run(['afterword', f'--import={file}'])
        s.spawn(['afterword'], name='afterword')
        import screen
        wait_for('the window', screen.application, 40)
        for words in ('Heute', 'Gespräche', 'Übersicht', re.compile('^Marcus Bell danken')):
            screen.see(words, timeout=40)
        s.screenshot(options.screenshots / 'german.png')
        complaint = re.search(r'.*(CRITICAL|Gtk-WARNING|Adwaita-WARNING).*', s.log('afterword'))
        if complaint:
            raise Failure(complaint.group(0))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    parser.add_argument('--look', required=True, type=pathlib.Path, help='the program built from tests/ui/look.c')
    parser.add_argument('--screenshots', required=True, type=pathlib.Path)
    options = parser.parse_args()
    for name in ('prefix', 'look', 'screenshots'):
        setattr(options, name, getattr(options, name).resolve())
    options.screenshots.mkdir(parents=True, exist_ok=True)
    document = fresh((root / 'tests/ui/data/six.json').read_text())
    failed = False
    print(f'1..{len(COUNTRIES) + 1}', flush=True)
    with tempfile.TemporaryDirectory(prefix='aw-locale-') as folder:
        folder = pathlib.Path(folder)
        for name in COUNTRIES:
            subprocess.run(['localedef', '-i', name, '-f', 'UTF-8', folder / f'{name}.UTF-8'], check=True)
        parts = [(f'days, weeks and hours of {name}', country, (options, name, folder, document)) for name in COUNTRIES]
        parts.append(('the window in German', german, (options, folder, document)))
        for number, (what, function, arguments) in enumerate(parts, 1):
            try:
                function(*arguments)
                print(f'ok {number} - {what}', flush=True)
            except Failure as failure:
                failed = True
                print(f'not ok {number} - {what}: {failure}', flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    os.environ.setdefault('NO_AT_BRIDGE', '0')
    sys.exit(main())
