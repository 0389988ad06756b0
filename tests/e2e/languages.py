#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed application in other languages, by its real window: German, a
pseudo-language (every text in brackets and 40 % longer, so that what stands
without brackets is unmarked) and right-to-left, wide and narrow. Takes pictures
to be looked at; fails where a text is not translated. Prints TAP."""

import argparse
import datetime
import json
import multiprocessing
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from session import Failure, Session, wait_for

root = pathlib.Path(__file__).resolve().parents[2]
MADE_UP = 'qps'
# What the user's data says, and what no language translates.
SAME = re.compile(r'^[\W\d_]*$|^(Afterword|TLS|STARTTLS|JSON|CSV)\b|^(Gtk|Adw|Aw)[A-Z]\w*$|'
                  r'^((Shift|Ctrl|Alt)\+)*(\w|[,?]|F\d+|Return|Delete|Up|Down|Left|Right|Menu.*)$')
# Texts of GTK and libadwaita, which have their own catalogues.
TOOLKIT = {'Preferences', 'Clear entry', 'Close', 'Minimize', 'Maximize', 'Back', 'Search', 'Menu', 'Window'}


def fresh(document):
    """The sample data as if its fifth of March were today."""
    days = (datetime.date.today() - datetime.date(2026, 3, 5)).days
    return re.sub(r'\b2026-\d\d-\d\d', lambda m: str(datetime.date.fromisoformat(m.group(0)) + datetime.timedelta(days)), document)


def texts_of(value):
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts_of(v)]
    if isinstance(value, list):
        return [t for v in value for t in texts_of(v)]
    return [value] if isinstance(value, str) else []


def unquote(block):
    return ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', block))


def pseudo(folder):
    """Writes a catalogue of every message in brackets, 40 % longer; formats of dates stay."""
    source = pathlib.Path(root, 'po', 'de.po').read_text()
    out = []
    quoted = r'((?:"(?:[^"\\]|\\.)*"\n?)+)'
    for block in source.split('\n\n'):
        fields = {k: unquote(v) for k, v in re.findall(r'^(msgctxt|msgid|msgid_plural) ' + quoted, block, re.M)}
        if 'msgid' not in fields:
            continue
        if fields['msgid'] == '':
            out.append(block.replace('Language: de', f'Language: {MADE_UP}'))
            continue
        context = fields.get('msgctxt', '')
        # Formats of dates, and lists of words that are looked for in what was typed.
        if context.startswith('typed') or context in ('date', 'time', 'date and time', 'date and year', 'timeline date') or \
                '@' in fields['msgid'] or re.search(r';\w', fields['msgid']):
            continue

        def longer(text):
            if not re.sub(r'%[-.0-9l]*[a-zA-Z%]', '', text).strip(' ,.:·–“”\\n'):
                return text
            begin, end = (re.match(r'^(?:\\n)*', text).group(0), re.search(r'(?:\\n)*$', text).group(0))
            inner = text[len(begin):len(text) - len(end)] if end else text[len(begin):]
            return f'{begin}[{inner}{"~" * max(2, len(inner) * 2 // 5)}]{end}'
        lines = [line for line in block.splitlines() if line.startswith('#,')]
        if 'msgctxt' in fields:
            lines.append(f'msgctxt "{fields["msgctxt"]}"')
        lines.append(f'msgid "{fields["msgid"]}"')
        if 'msgid_plural' in fields:
            lines += [f'msgid_plural "{fields["msgid_plural"]}"', f'msgstr[0] "{longer(fields["msgid"])}"', f'msgstr[1] "{longer(fields["msgid_plural"])}"']
        else:
            lines.append(f'msgstr "{longer(fields["msgid"])}"')
        out.append('\n'.join(lines))
    po = folder / f'{MADE_UP}.po'
    po.write_text('\n\n'.join(out) + '\n')
    return po


def play(options, name, locale, language, size, locales, document):
    """Opens page after page; gives the lines that stand there untranslated."""
    extra = {'LC_ALL': locale, 'LANG': locale, 'LANGUAGE': language, 'LOCPATH': str(locales)}
    data = set(texts_of(json.loads(document)))
    # Letters are written in their own language, whatever the window's.
    data.update(line.partition('=')[2] for line in (root / 'data/templates/en.ini').read_text().splitlines() if '=' in line)
    data.add('Dear ')
    unmarked = {}
    with Session(options.prefix, notifications=False, size='1280x800', extra=extra) as s:
        file = s.home / 'six.json'
        file.write_text(document)
        s.run(['afterword', f'--import={file}'])
        schema = next((options.prefix / 'share/glib-2.0/schemas').glob('*Afterword*.gschema.xml')).name.removesuffix('.gschema.xml')
        s.run(['gsettings', 'set', schema, 'window-width', str(size)])
        s.run(['gsettings', 'set', schema, 'window-height', '760'])
        s.spawn(['afterword'], name='afterword')
        import screen
        wait_for('the window', lambda: len(screen.words_on_screen().split('\n')) > 5, 40)
        window = screen.activate_window('Afterword')

        def look(page, pause=1.5):
            time.sleep(pause)
            s.screenshot(options.screenshots / f'{name}-{size}-{page}.png')
            for line in screen.words_on_screen().split('\n'):
                # A date on its own is made of the locale's names and is none of ours.
                # Hebrew in the right-to-left run is the toolkit's own.
                if line and '[' not in line and not re.search('[\u05d0-\u05ea]', line) and not re.match(r'^\w+ \d+ \w+(, [\d:]+)?$|^\w+, \w+ \d+$', line) and not SAME.match(line) and line not in TOOLKIT and \
                        not any(line in t or t in line for t in data if t):
                    unmarked.setdefault(line, page)

        look('today')
        screen.keys('ctrl+3')
        look('overview')
        screen.keys('ctrl+2')
        look('outbox')
        screen.keys('ctrl+1', 'alt+Down')
        look('detail')
        screen.keys('alt+Down')
        look('detail-2')
        screen.scroll_down(12)
        look('detail-below', 0.8)
        screen.keys('ctrl+n')
        look('add')
        screen.keys('Escape')
        screen.keys('ctrl+comma')
        look('preferences', 2)
        screen.keys('Escape')
        time.sleep(0.5)
        screen.keys('ctrl+question')
        look('shortcuts')
        screen.keys('Escape')
        screen.keys('F10')
        look('menu', 0.8)
        screen.keys('Escape')
        s.run(['xdotool', 'windowactivate', '--sync', window], check=False)
        screen.keys('ctrl+1')
        time.sleep(0.5)
        screen.click('button', re.compile(r'^(Schreiben|\[Write~)'))
        time.sleep(2)
        if size < 600:
            compose = s.run(['xdotool', 'getactivewindow']).stdout.strip()
            s.run(['xdotool', 'windowsize', '--sync', compose, str(size), '700'], check=False, timeout=10)
        look('compose', 1)
        complaint = re.search(r'.*(CRITICAL|Gtk-WARNING|Adwaita-WARNING).*', s.log('afterword'))
        if complaint:
            raise Failure(f'{name}: {complaint.group(0)}')
    return unmarked


# How the agenda writes days and times: a pattern that must be there for each language.
DATES = {
    'de_DE': (r'\bbis \d+\. [A-Z]\S+ zugesagt', r'gestern um 14:30', r'\b(Mo|Di|Mi|Do|Fr|Sa|So), \d+\. '),
    'en_US': (r'decide by [A-Z][a-z]+ \d+\.', r'yesterday at 2:30 PM', r'\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d+'),
    'en_GB': (r'decide by \d+ [A-Z][a-z]+\.', r'yesterday at 14:30', r'\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2}'),
}


def dates(options, locales, document):
    """The agenda on the command line, by the country's forms of dates and of the clock."""
    for country, patterns in DATES.items():
        extra = {'LC_ALL': f'{country}.UTF-8', 'LANG': f'{country}.UTF-8', 'LOCPATH': str(locales)}
        with Session(options.prefix, zone='UTC', display=False, keyring='none', notifications=False, extra=extra) as s:
            file = s.home / 'six.json'
            file.write_text(document)
            s.run(['afterword', f'--import={file}'])
            agenda = s.run(['afterword', '--agenda']).stdout
            for pattern in patterns:
                if not re.search(pattern, agenda):
                    raise Failure(f'{country}: nothing in the agenda looks like {pattern}: {agenda[:600]}')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    parser.add_argument('--screenshots', required=True, type=pathlib.Path)
    parser.add_argument('--only', help='one of de, pseudo, rtl; none of them: only the dates')
    options = parser.parse_args()
    options.prefix = options.prefix.resolve()
    options.screenshots = options.screenshots.resolve()
    options.screenshots.mkdir(parents=True, exist_ok=True)
    document = fresh((root / 'tests/ui/data/six.json').read_text())
    runs = [('de', 'de_DE.UTF-8', 'de'), ('pseudo', 'de_DE.UTF-8', MADE_UP), ('rtl', 'he_IL.UTF-8', f'{MADE_UP}:he')]
    runs = [run for run in runs if options.only in (None, run[0])]
    sizes = {'de': (1100, 400), 'pseudo': (1100, 400), 'rtl': (1100,)}
    print(f'1..{1 + sum(len(sizes[run[0]]) for run in runs)}', flush=True)
    number, failed = 1, False
    catalogue = options.prefix / 'share/locale' / MADE_UP / 'LC_MESSAGES'
    with tempfile.TemporaryDirectory(prefix='aw-locale-') as folder:
        folder = pathlib.Path(folder)
        for locale in {run[1] for run in runs} | {f'{country}.UTF-8' for country in DATES}:
            subprocess.run(['localedef', '-i', locale.partition('.')[0], '-f', 'UTF-8', folder / locale], check=True)
        try:
            dates(options, folder, document)
            print('ok 1 - days and times by country', flush=True)
        except Failure as failure:
            failed = True
            print(f'not ok 1 - days and times by country: {failure}', flush=True)
        catalogue.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(['msgfmt', '--check-format', '-o', catalogue / 'afterword.mo', pseudo(folder)], check=True)
            for name, locale, language in runs:
                for size in sizes[name]:
                    number += 1
                    try:
                        # A process for each: the accessibility library keeps to the first bus it saw.
                        with multiprocessing.get_context('fork').Pool(1) as pool:
                            unmarked = pool.apply(play, (options, name, locale, language, size, folder, document))
                    except Failure as failure:
                        failed = True
                        print(f'not ok {number} - {name} at {size}: {failure}', flush=True)
                        continue
                    # Only the pseudo-language tells translated from not.
                    bad = unmarked if language.startswith(MADE_UP) else {}
                    failed |= bool(bad)
                    print(f"{'not ok' if bad else 'ok'} {number} - {name} at {size}", flush=True)
                    for line, page in bad.items():
                        print(f'# {page}: {line}', flush=True)
        finally:
            shutil.rmtree(catalogue.parent)
    print(f'# Pictures: {options.screenshots}')
    return 1 if failed else 0


if __name__ == '__main__':
    os.environ.setdefault('NO_AT_BRIDGE', '0')
    sys.exit(main())
