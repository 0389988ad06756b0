#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs into a folder and looks: exactly the files of installed.txt are there
and say what they should, desktop, AppStream, settings, D-Bus and manual files hold
at the strictest, and uninstalling leaves nothing. install.py BUILD ID PREFIX SYSTEMD;
prints TAP."""

import configparser
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

here = pathlib.Path(__file__).resolve().parent
build, app_id, prefix, systemd = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4] == 'true'
agent_id = app_id + '.Agent'
number, failed = 0, False


def ok(what, findings):
    global number, failed
    number += 1
    failed |= bool(findings)
    print(f"{'not ok' if findings else 'ok'} {number} - {what}")
    for finding in findings:
        print(f'# {finding}')


def output(*command):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(os.environ, LC_ALL='C.UTF-8'))
    return done.returncode, done.stdout.strip()


def key_file(path, *wanted):
    """What is wrong in it: wanted are (group, key, value)."""
    parser = configparser.ConfigParser(interpolation=None, delimiters='=')
    parser.optionxform = str
    try:
        parser.read(path)
    except configparser.Error as error:
        return [f'{path.name}: {error}']
    return [f'{path.name}: {key} is {parser.get(group, key, fallback=None)}, not {value}' for group, key, value in wanted
            if parser.get(group, key, fallback=None) != value]


def files_below(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob('*') if p.is_symlink() or not p.is_dir()}


expected = set()
for line in (here / 'installed.txt').read_text().splitlines():
    if line and not line.startswith('#') and (systemd or not line.startswith('systemd ')):
        expected.add(line.removeprefix('systemd ').replace('AGENT', agent_id).replace('ID', app_id))

# "ninja uninstall" goes by the log of the last installation, which is not ours to lose.
log = build / 'meson-logs/install-log.txt'
kept = log.read_bytes() if log.exists() else None
with tempfile.TemporaryDirectory() as folder:
    destination = pathlib.Path(folder)
    try:
        code, text = output('meson', 'install', '-C', str(build), '--no-rebuild', '--destdir', folder)
        ok('installs', [] if code == 0 else text.splitlines()[-5:])
        top = destination / prefix.relative_to('/')
        found = files_below(top)
        ok('exactly the files that it should', [f'{f} is missing' for f in sorted(expected - found)] + [f'{f} is not in installed.txt' for f in sorted(found - expected)])
        ok('nothing outside the prefix', sorted(files_below(destination) - {f'{prefix.relative_to("/")}/{f}' for f in found}))
        ok('programs can be run and nothing else, and all can be read', [
            f'{f}: mode {stat.S_IMODE((top / f).stat().st_mode):o}' for f in found
            if stat.S_IMODE((top / f).stat().st_mode) != (0o755 if f.startswith('bin/') else 0o644)])

        desktop = top / f'share/applications/{app_id}.desktop'
        code, text = output('desktop-file-validate', '--warn-kde', str(desktop))
        # KDE is one desktop more than asked; of its remarks only errors count.
        ok('the desktop file holds', [line for line in text.splitlines() if 'error' in line or code] + key_file(
            desktop, ('Desktop Entry', 'Exec', f'{prefix}/bin/afterword %U'), ('Desktop Entry', 'TryExec', f'{prefix}/bin/afterword'),
            ('Desktop Entry', 'Icon', app_id), ('Desktop Entry', 'DBusActivatable', 'true')))

        metainfo = top / f'share/metainfo/{app_id}.metainfo.xml'
        code, text = output('appstreamcli', 'validate', '--no-net', '--pedantic', '--no-color', str(metainfo))
        # Our id has a capital, as GNOME's have; AppStream before 1.0 does not know <developer>.
        remarks = [line for line in text.splitlines() if re.match(r'^\s*[EWIP]: ', line) and 'cid-contains-uppercase' not in line and
                   not re.search(r'unknown-tag developer|developer-info-missing', line)]
        component = xml.etree.ElementTree.parse(metainfo).getroot()
        lacking = [name for name in ('id', 'name', 'summary', 'developer', 'description', 'launchable', 'screenshots/screenshot/image',
                                     'screenshots/screenshot/caption', 'branding/color', 'content_rating', 'releases/release/description',
                                     'url[@type="homepage"]', 'translation') if component.find(name) is None]
        ok('AppStream’s file holds, and lacks nothing', remarks + [f'{name} is missing' for name in lacking] +
           ([] if component.findtext('id') == app_id else ['another id']))

        code, text = output('glib-compile-schemas', '--strict', '--dry-run', str(top / 'share/glib-2.0/schemas'))
        ok('the settings hold', text.splitlines() if code or text else [])

        services = top / 'share/dbus-1/services'
        findings = key_file(services / f'{app_id}.service', ('D-BUS Service', 'Name', app_id), ('D-BUS Service', 'Exec', f'{prefix}/bin/afterword --gapplication-service'))
        findings += key_file(services / f'{agent_id}.service', ('D-BUS Service', 'Name', agent_id), ('D-BUS Service', 'Exec', f'{prefix}/bin/afterword-agent'))
        findings += key_file(top / f'share/gnome-shell/search-providers/{app_id}.search-provider.ini', ('Shell Search Provider', 'DesktopId', f'{app_id}.desktop'),
                             ('Shell Search Provider', 'BusName', agent_id), ('Shell Search Provider', 'Version', '2'))
        if systemd:
            findings += key_file(services / f'{agent_id}.service', ('D-BUS Service', 'SystemdService', f'{agent_id}.service'))
            findings += key_file(top / f'lib/systemd/user/{agent_id}.service', ('Service', 'BusName', agent_id), ('Service', 'LimitCORE', '0'))
        ok('the bus finds window, agent and search', findings)

        icons = []
        for name, size in ((f'scalable/apps/{app_id}.svg', '128'), (f'symbolic/apps/{app_id}-symbolic.svg', '16')):
            svg = xml.etree.ElementTree.parse(top / 'share/icons/hicolor' / name).getroot()
            if (svg.get('width'), svg.get('height')) != (size, size):
                icons.append(f'{name}: {svg.get("width")}×{svg.get("height")}')
        ok('icons have their sizes', icons)

        findings = []
        for page in sorted((top / 'share/man/man1').iterdir()):
            code, text = output('mandoc', '-T', 'lint', '-W', 'warning', str(page))
            findings += text.splitlines()
            program = page.name.removesuffix('.1')
            code, text = output(str(next(p for p in (build / 'src').glob(f'*/{program}') if p.is_file())), '--help')
            words = page.read_text().replace('\\-', '-')
            findings += [f'{program}: {option} is not in its manual page' for option in sorted(set(re.findall(r'^  (?:-\w, )?(--[a-z-]+)', text, re.M)))
                         if option not in words and not option.startswith('--help')]
        ok('manual pages are clean and name every option', findings)

        code, text = subprocess.run(['meson', '--internal', 'uninstall'], cwd=build, text=True, capture_output=True).returncode, ''
        ok('uninstalling leaves nothing', sorted(files_below(destination)) + ([] if code == 0 else ['it fails']))
    finally:
        if kept is not None:
            log.write_bytes(kept)
        elif log.exists():
            log.unlink()
print(f'1..{number}')
sys.exit(1 if failed else 0)
