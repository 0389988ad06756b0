#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the house rules that a compiler does not: which room may include
which, no circles, one clock, one place that knows library versions, no GTK
below ui, no colours outside the theme. Prints TAP; exits 1 on a finding."""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
src = root / 'src'
below = {
    'core': [],
    'store': ['core'],
    'mail': ['core'],
    'exchange': ['core', 'store'],
    'service': ['core', 'store', 'mail', 'exchange'],
    'ui': ['core', 'store', 'mail', 'exchange', 'service'],
    'app': ['core', 'store', 'mail', 'exchange', 'service', 'ui'],
    'agent': ['core', 'store', 'service'],
    'send': ['core', 'store', 'mail', 'exchange', 'service'],
}
findings = {}


def strip_comments(text):
    """Comments away, lines kept; strings stay, since includes are strings."""
    text = re.sub(r'/\*.*?\*/', lambda m: re.sub(r'[^\n]', ' ', m.group(0)), text, flags=re.S)
    return re.sub(r'(?m)(^|[^:"])//.*$', r'\1', text)


def find(rule, path, line, what):
    findings.setdefault(rule, []).append(f'{path.relative_to(root)}:{line}: {what}')


def lines_with(pattern, text):
    for match in re.finditer(pattern, text):
        yield text.count('\n', 0, match.start()) + 1, match.group(0)


sources = {p: strip_comments(p.read_text()) for p in sorted(src.rglob('*.[ch]'))}
rules = ['layers', 'circles', 'private setters', 'one clock', 'no GTK below ui', 'versions only in aw-compat',
         'settings of the window', 'default application', 'no network or keyring in the agent', 'long files', 'licence line',
         'no colour codes', 'no deprecated widgets']



def module(path):
    """A .c with its .h and its -private.h are one module."""
    name = path.with_suffix('')
    return name.with_name(name.name.removesuffix('-private'))


includes = {}
for path, text in sources.items():
    room = path.relative_to(src).parts[0]
    for line, what in lines_with(r'#include\s+"[^"]+"', text):
        name = what.split('"')[1]
        target = src / name
        if not target.exists():
            continue  # generated: config.h, resources
        other = pathlib.Path(name).parts[0]
        includes.setdefault(module(path), set()).add(module(target))
        if other != room and other not in below.get(room, []):
            find('layers', path, line, f'{room} may not include {name}')
        if room in ('ui', 'app', 'agent') and name.endswith('-private.h') and other in ('core', 'store'):
            find('private setters', path, line, f'{name} is for the store, the parser and the engine')

# A module that reaches itself is a circle.
for start in includes:
    stack, seen = [t for t in includes[start] if t != start], set()
    while stack:
        here = stack.pop()
        if here in seen:
            continue
        seen.add(here)
        stack.extend(t for t in includes.get(here, ()) if t != here)
    if start in seen:
        find('circles', start.with_suffix('.c') if start.with_suffix('.c').exists() else start.with_suffix('.h'), 1,
             'includes itself by way of others')

clock = (r'\b(g_get_real_time|g_get_current_time|g_date_time_new_now\w*|clock_gettime|gettimeofday|localtime(_r)?|'
         r'g_time_zone_new_local|g_date_time_new_from_unix_local\w*|g_date_time_to_local|time)\s*\((?!\s*s\b)')
versions = r'\b(ADW_CHECK_VERSION|GTK_CHECK_VERSION|ADW_MINOR_VERSION|GTK_MINOR_VERSION|GDK_AVAILABLE\w+)\b'
deprecated = (r'\b(GtkDialog|GtkMessageDialog|GtkFileChooser\w*|GtkTreeView|GtkListStore|GtkComboBox\w*|GtkEntryCompletion|GtkInfoBar|'
              r'GtkAssistant|GtkStatusbar|GtkLockButton|GtkAppChooser\w*|GtkColorButton|GtkFontButton|gtk_show_uri|'
              r'gtk_widget_get_style_context|GtkShortcutsWindow|gtk_application_window_set_help_overlay|AdwSqueezer|AdwViewSwitcherTitle|'
              r'AdwLeaflet|AdwFlap|AdwMessageDialog|AdwAboutWindow|AdwPreferencesWindow|adw_message_dialog\w*|adw_leaflet\w*)\b')
for path, text in sources.items():
    name = path.relative_to(src).as_posix()
    room = name.split('/')[0]
    compat = name.startswith('ui/aw-compat')
    if name != 'core/aw-clock.c':
        for line, what in lines_with(clock, text):
            find('one clock', path, line, f'{what.strip()}…: only core/aw-clock.c asks for the time')
    if room not in ('ui', 'app'):
        for line, what in lines_with(r'#include\s+<(gtk|adwaita|gdk)[^>]*>', text):
            find('no GTK below ui', path, line, what)
        for line, what in lines_with(r'\bg_settings_new\w*', text):
            find('settings of the window', path, line, f'{what}: GSettings holds only the window\'s own state')
    if room not in ('ui', 'app', 'agent'):
        for line, what in lines_with(r'\bg_application_get_default\b', text):
            find('default application', path, line, what)
    if room == 'agent':
        for line, what in lines_with(r'#include\s+<(curl|gmime|libsecret)[^>]*>', text):
            find('no network or keyring in the agent', path, line, what)
    if not compat:
        for line, what in lines_with(versions, text):
            find('versions only in aw-compat', path, line, what)
        for line, what in lines_with(deprecated, text):
            find('no deprecated widgets', path, line, what)
    if path.suffix == '.c' and text.count('\n') > 900:
        find('long files', path, 1, f'{text.count(chr(10))} lines: it has two subjects')
    if 'SPDX-License-Identifier: GPL-3.0-or-later' not in path.read_text()[:200]:
        find('licence line', path, 1, 'the SPDX line is missing')

for path in sorted((root / 'data').rglob('*.css')):
    for line, what in lines_with(r'#[0-9a-fA-F]{3,8}\b(?=[^{]*;)', path.read_text()):
        find('no colour codes', path, line, f'{what}: named colours only')
for path in sorted(src.rglob('*.ui')):
    for line, what in lines_with(deprecated, path.read_text()):
        find('no deprecated widgets', path, line, what)

print(f'1..{len(rules)}')
for number, rule in enumerate(rules, 1):
    print(f"{'not ok' if rule in findings else 'ok'} {number} - {rule}")
    for finding in findings.get(rule, []):
        print(f'# {finding}')
sys.exit(1 if findings else 0)
