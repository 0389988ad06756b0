#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that Afterword can be translated and is: every file with text is in
po/POTFILES.in, no text of the screens is unmarked, xgettext has nothing to say,
and the languages in COMPLETE lack nothing. Prints TAP; exits 1 on a finding."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

COMPLETE = ['de']
root = pathlib.Path(sys.argv[1])
po = root / 'po'
findings = {}
rules = ['POTFILES.in lists every file with text', 'no unmarked text', 'xgettext has no warning', 'LINGUAS names every language',
         'catalogues hold', 'languages are complete', 'placeholders, mnemonics and ellipses survive']

MARKS = {'_', 'N_', 'C_', 'NC_', 'ngettext', 'gettext', 'g_dgettext', 'g_dngettext', 'g_dpgettext2', 'PLURAL'}
# Calls whose text nobody sees on a screen: the log, names for the system, and
# words that are looked for in what somebody else wrote.
UNSEEN = re.compile(r'^(g_(debug|info|message|warning|critical|error|log\w*|assert\w*|test_\w+|return_\w+|str_has_\w+|strcmp0|str_equal|'
                    r'ascii_\w+|object_\w+|signal_\w+|variant_\w+|key_file_\w+|hash_table_\w+|resources_\w+|param_spec_\w+|dbus_\w+|'
                    r'intern_\w+|print\w*|build_filename|checksum_\w+|environ_\w+|getenv|regex_\w+|utf8_\w+)|str\w*cmp|strn?str|G_\w+|AW_\w+|'
                    r'Q_|exec\w*|sqlite3_\w+|curl_\w+|g_mime_\w+|icalproperty_\w+|secret_\w+|u\w+_\w+|setlocale|soup_\w+)$')
# Words that are the same in every language: programs, formats, keys.
NAMES = re.compile(r'^(Re: %s|Menu <Shift>F10|Afterword( [\d.]+)?|STARTTLS|TLS|JSON|CSV|URL|ID|Europe/\w+|Cantarell.*|Return|Escape|Delete|Menu|Tab|F\d+|Page_\w+|'
                   r'GtkButton|Gtk\w+|Adw\w+|Aw\w+|UTC|GMT|PEM.*|SHA-?256|X-\w+|Message-ID|Date|From|To|Content-\w+|Content)$')


def find(rule, where, what):
    findings.setdefault(rule, []).append(f'{where}: {what}')


def without_comments(text):
    return re.sub(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\]|\\.)\'|/\*.*?\*/|//[^\n]*',
                  lambda m: m.group(0) if m.group(0)[0] in '"\'' else re.sub(r'[^\n]', ' ', m.group(0)), text, flags=re.S)


def literals(text):
    """Yields (line, literal, name of the call it is an argument of)."""
    stack, name, line = [], '', 1
    for m in re.finditer(r'"((?:[^"\\\n]|\\.)*)"|\'(?:[^\'\\]|\\.)\'|([A-Za-z_]\w*)|(\n)|(.)', text):
        if m.group(1) is not None:
            yield line, m.group(1), (stack[-1] if stack else ''), stack
            name = ''
        elif m.group(2):
            name = m.group(2)
        elif m.group(3):
            line += 1
        elif m.group(4) == '(':
            stack.append(name)
            name = ''
        elif m.group(4) == ')':
            if stack:
                stack.pop()
            name = ''
        elif m.group(4) and not m.group(4).isspace():
            name = ''


listed = [line for line in (po / 'POTFILES.in').read_text().splitlines() if line and not line.startswith('#')]
for name in listed:
    if not (root / name).exists():
        find(rules[0], 'po/POTFILES.in', f'{name} does not exist')
if listed != sorted(set(listed)):
    find(rules[0], 'po/POTFILES.in', 'is not sorted, or has a file twice')
expected = [f'data/{p.name}' for p in (root / 'data').iterdir() if p.name.endswith(('.desktop.in', '.metainfo.xml.in', '.gschema.xml.in'))]
expected += [p.relative_to(root).as_posix() for p in root.rglob('src/**/*.ui')]

for path in sorted((root / 'src').rglob('*.[ch]')):
    name = path.relative_to(root).as_posix()
    room = path.relative_to(root / 'src').parts[0]
    text = without_comments(path.read_text())
    marked = False
    for line, literal, call, stack in literals(text):
        if call in MARKS:
            marked = True
            continue
        # Text: begins with a capital and a small letter, or ends in an ellipsis, and has more than a name's shape.
        if room not in ('ui', 'app', 'agent') and (' ' not in literal or '\\r' in literal):
            continue
        if not (re.match(r'_?[A-Z][a-z]+( |$|[.,:?…])', literal) or literal.endswith('…') and len(literal) > 1) or NAMES.match(literal):
            continue
        if any(UNSEEN.match(c) for c in stack):
            continue
        if not re.search(r'^#|^\s*#', text.splitlines()[line - 1]):
            find(rules[1], f'{name}:{line}', f'"{literal}" in {call or "a table"}()')
    if marked:
        expected.append(name)
for name in sorted(set(expected) - set(listed)):
    find(rules[0], 'po/POTFILES.in', f'{name} is missing')
for name in sorted(set(listed) - set(expected)):
    find(rules[0], 'po/POTFILES.in', f'{name} has no text for translators')

ARGUMENTS = ['--from-code=UTF-8', '--add-comments', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
             '--keyword=g_dcgettext:2', '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3', '--keyword=PLURAL:1,2',
             '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format', '--flag=NC_:2:pass-c-format', '--flag=g_dngettext:2:pass-c-format',
             '--flag=g_strdup_printf:1:c-format', '--flag=g_string_printf:2:c-format', '--flag=g_string_append_printf:2:c-format',
             '--flag=g_error_new:3:c-format', '--flag=g_set_error:4:c-format']


def entries(text):
    """The messages of a catalogue: (context, id, plural, translations, flags)."""
    def unquote(block):
        return ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', block))
    for block in re.split(r'\n\s*\n', text):
        block = '\n'.join(line for line in block.splitlines() if not line.startswith('#~'))
        fields = {k: unquote(v) for k, v in re.findall(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.M)}
        if fields.get('msgid'):
            yield fields, [v for k, v in fields.items() if k.startswith('msgstr')], re.findall(r'^#, (.*)$', block, re.M)


languages = (po / 'LINGUAS').read_text().split()
if sorted(languages) != sorted(p.stem for p in po.glob('*.po')):
    find(rules[3], 'po/LINGUAS', 'does not name the catalogues that are there')

tools = all(shutil.which(tool) for tool in ('xgettext', 'msgfmt'))
if tools:
    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder, 'afterword.pot')
        run = subprocess.run(['xgettext', *ARGUMENTS, f'--output={pot}', *listed], cwd=root, text=True, stderr=subprocess.PIPE)
        if run.returncode or run.stderr.strip():
            find(rules[2], 'xgettext', run.stderr.strip().replace('\n', ' '))
        messages = [(f.get('msgctxt'), f['msgid']) for f, _, _ in entries(pot.read_text())] if pot.exists() else []
        for path in sorted(po.glob('*.po')):
            run = subprocess.run(['msgfmt', '--check', '-o', '/dev/null', path], text=True, stderr=subprocess.PIPE)
            if run.returncode or run.stderr.strip():
                find(rules[4], path.name, run.stderr.strip().replace('\n', ' '))
            text = path.read_text()
            catalogue = {(f.get('msgctxt'), f['msgid']): (f, t, flags) for f, t, flags in entries(text)}
            for key in messages if path.stem in COMPLETE else []:
                if key not in catalogue or not all(catalogue[key][1]):
                    find(rules[5], path.name, f'no translation for "{key[1]}"')
            for fields, translations, flags in catalogue.values():
                here, say = fields['msgid'], f'po/{path.name}'
                if any('fuzzy' in flag for flag in flags):
                    find(rules[4], say, f'"{here}" is marked as fuzzy')
                for text in filter(None, translations):
                    if re.search(r'(^| )_\w', here) and '{' not in here and '_' not in text:
                        find(rules[6], say, f'"{text}" lost the mnemonic of "{here}"')
                    if '{words}' in here and '[' not in here and '{words}' not in text:
                        find(rules[6], say, f'"{text}" lost the placeholder of "{here}"')
                    if here.endswith('…') != text.endswith('…'):
                        find(rules[6], say, f'"{text}": the ellipsis of "{here}"')

print(f'1..{len(rules)}')
for number, rule in enumerate(rules, 1):
    skip = ' # SKIP gettext is not installed' if not tools and rule in rules[2:] and rule != rules[3] else ''
    print(f"{'not ok' if rule in findings else 'ok'} {number} - {rule}{skip}")
    for finding in findings.get(rule, []):
        print(f'# {finding}')
sys.exit(1 if findings else 0)
