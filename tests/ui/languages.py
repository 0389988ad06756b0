#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page, dialog and menu of the application in other languages, 1100 and
400 wide: a pseudo-language (every text in brackets and 40 % longer, so that what
stands without brackets is unmarked), the same from right to left, German and
English. No text may be unmarked or cut. Weeks begin and days are told as the
country has it. languages.py LOOK [--pictures FOLDER]; prints TAP."""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
MADE_UP = 'qps'
# Nothing to translate: names, formats, figures, initials, keys.
SAME = re.compile(r'^[\W\d_]*$|^(Afterword( \(Development\))?|TLS|STARTTLS|JSON|CSV|[A-Z]{1,2}|v?\d[\d.]*)$|'
                  r'^((Shift|Ctrl|Alt)\+)*(\w|[,?]|F\d+|Return|Enter|Delete|Escape|Up|Down|Left|Right|Menu.*)$')
# Texts of GTK and libadwaita, which have their own catalogues.
TOOLKIT = {'Preferences', 'Clear entry', 'Clear Entry', 'Close', 'Minimize', 'Maximize', 'Back', 'Search', 'Menu', 'Window', 'Main Menu',
           'Ctrl', 'Shift', 'Alt', 'Up', 'Down', 'Left', 'Right', 'Delete', 'Return', 'Escape', 'Shortcuts', 'Show Text', 'Hide Text',
           'Previous year', 'Next year', 'Previous month', 'Next month', 'No Results Found', 'Try a different search',
           'Pick a Font', 'Increase', 'Decrease', 'Sidebar', 'Keyboard Shortcuts', 'Insert Emoji', 'Switch', 'More'}
# Where GTK and libadwaita put an ellipsis by themselves: see look.c.
TOOLKIT_CUTS = {'title', 'entry', 'value', 'group', 'tab', 'hinted'}


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
            # In words of seven letters, since real languages can be broken into lines.
            more = max(2, len(inner) * 2 // 5)
            return f"{begin}[{inner}{' '.join('~' * min(7, more - i) for i in range(0, more, 7))}]{end}"
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


def texts_of(value):
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts_of(v)]
    if isinstance(value, list):
        return [t for v in value for t in texts_of(v)]
    return [value] if isinstance(value, str) else []


def catalogue(folder, language, po):
    place = folder / language / 'LC_MESSAGES'
    place.mkdir(parents=True)
    subprocess.run(['msgfmt', '--check-format', '-o', place / 'afterword.mo', po], check=True)


class Run:
    """The application, looked at: lines of (width, place, kind, cut, text)."""

    def __init__(self, look, folder, locale, language, facts='six', rtl=False, pictures=None):
        environment = dict(os.environ, AW_CATALOGUES=str(folder), LC_ALL=locale, LANG=locale, LANGUAGE=language, LOCPATH=str(folder),
                           AFTERWORD_NOW='2026-03-05T10:00:00Z', AW_WIDTHS='1100 920 700 400', XDG_DATA_HOME=tempfile.mkdtemp(dir=folder))
        for name, value in (('AW_FACTS', facts), ('AW_RTL', '1' if rtl else None), ('AW_PICTURES', pictures)):
            environment.pop(name, None)
            if value:
                environment[name] = str(value)
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
        # A display each: they mostly wait for windows to come to rest, so several at once.
        done = subprocess.run([pathlib.Path(__file__).parent / 'under-x.py', look], env=environment, capture_output=True, text=True, timeout=600)
        self.lines = [line.split('\t') for line in done.stdout.splitlines() if line.count('\t') == 4]
        self.failure = None if done.returncode == 0 and done.stdout.endswith('done\n') else (done.stderr or done.stdout).strip()[-1000:]

    def places(self):
        return {line[1] for line in self.lines}

    def cut(self, data):
        """Over an edge is always wrong; an ellipsis only where it is neither the toolkit's nor the user's own text."""
        found = []
        for width, place, kind, cut, text in self.lines:
            if cut == '-' or cut == 'ellipsis' and (kind in TOOLKIT_CUTS or any(len(t) > 4 and t in text for t in data)):
                continue
            found.append(f'{place} at {width}: {cut}: {text}')
        return found

    def unmarked(self, data):
        found = {}
        for width, place, kind, _, text in self.lines:
            if '[' in text or SAME.match(text) or text in TOOLKIT or any(text in t or t in text for t in data if t):
                continue
            # A date on its own is made of the locale's names.
            if re.match(r'^(\w+ )?\d+ \w+(, [\d:]+)?$|^\w+, \w+ \d+$|^\w{3,9} \d{4}$|^(Mon|Tue|Wed|Thu|Fri|Sat|Sun|[A-Z][a-z]{2,8})$', text):
                continue
            found.setdefault(text, f'{place} at {width}: {kind}: {text}')
        return list(found.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('look')
    parser.add_argument('--pictures', type=pathlib.Path)
    options = parser.parse_args()
    number = 0
    failed = False

    def ok(what, findings):
        nonlocal number, failed
        number += 1
        failed |= bool(findings)
        print(f"{'not ok' if findings else 'ok'} {number} - {what}", flush=True)
        for finding in findings:
            print(f'# {finding}')

    def picture(name):
        return options.pictures / name if options.pictures else None

    data = set(texts_of(json.loads((root / 'tests/ui/data/six.json').read_text())))
    # Letters are written in their own language, whatever the window's.
    data.update(line.partition('=')[2] for line in (root / 'data/templates/en.ini').read_text().splitlines() if '=' in line)
    data.add('Dear ')
    with tempfile.TemporaryDirectory(prefix='aw-languages-') as folder:
        folder = pathlib.Path(folder)
        catalogue(folder, MADE_UP, pseudo(folder))
        catalogue(folder, 'de', root / 'po/de.po')
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            started = {name: pool.submit(Run, options.look, folder, *arguments, pictures=picture(name.replace(' ', '-'))) for name, arguments in {
                'pseudo': ('C.UTF-8', MADE_UP),
                'rtl': ('C.UTF-8', MADE_UP, 'six', True),
                'de': ('C.UTF-8', 'de'),
                'en': ('C.UTF-8', 'C'),
                'first run': ('C.UTF-8', MADE_UP, None),
            }.items()}
        runs = {name: future.result() for name, future in started.items()}
        for name in runs:
            ok(f'{name}: every page opens ({len(runs[name].lines)} texts in {len(runs[name].places())} places)', [runs[name].failure] if runs[name].failure else [])
        ok('no unmarked text', sum((runs[name].unmarked(data) for name in ('pseudo', 'first run', 'rtl')), []))
        for name, run in runs.items():
            ok(f'{name}: no text is cut', run.cut(data))
    print(f'1..{number}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
