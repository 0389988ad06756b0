#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak, inside its sandbox and with real portals: which rights it
has, the main job, the keyring by the Secret portal over a restart, the agent
by the Background portal. Prints each step; exits 1 at the first that fails."""

import argparse
import json
import os
import pathlib
import shutil
import sys

from main_job import Job
from session import Failure, Session, wait_for

ID = 'app.afterword.Afterword'
here = pathlib.Path(__file__).resolve().parent
PORTALS = pathlib.Path('/usr/share/xdg-desktop-portal/portals')
STUB = '''[portal]
DBusName=org.freedesktop.impl.portal.desktop.stub
Interfaces=org.freedesktop.impl.portal.Background;
UseIn=gnome
'''
RIGHTS = {'shared=network;ipc;', 'sockets=x11;wayland;fallback-x11;', 'devices=dri;'}


def say(title, seen):
    print(f'{title}: {seen}', flush=True)


def rights(s):
    lines = set(s.run(['flatpak', 'info', '--user', '-m', ID]).stdout.split('[Context]')[1].split('[')[0].split())
    if lines != RIGHTS:
        raise Failure(f'other rights than agreed: {sorted(lines)}')
    names = s.run(['flatpak', 'run', '--user', '--command=sh', ID, '-c', 'echo $HOME; ls /home /root 2>/dev/null; ls -a ~']).stdout
    return f"{', '.join(sorted(lines))}; of the home folder it sees: {' '.join(names.split()[1:])}"


def folder_of_portals(s):
    """Copies of the system's, and the stub that says yes to running in the background."""
    folder = s.home / 'portals'
    folder.mkdir()
    for path in PORTALS.glob('*.portal'):
        shutil.copy(path, folder)
    (folder / 'stub.portal').write_text(STUB)
    return folder


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--work', required=True, type=pathlib.Path)
    options = parser.parse_args()
    extra = {'FLATPAK_USER_DIR': os.environ['FLATPAK_USER_DIR'], 'XDG_CURRENT_DESKTOP': 'GNOME', 'GTK_USE_PORTAL': '1'}
    try:
        # The system's own prefix: nothing of Afterword is outside the sandbox.
        with Session('/usr', extra=extra) as s:
            s.env['XDG_DESKTOP_PORTAL_DIR'] = str(folder_of_portals(s))
            s.run(['dbus-update-activation-environment', '--all'], check=False)
            s.spawn(['/usr/bin/python3', str(here.parent / 'support' / 'portal-stub')], name='portal-stub')
            say('Rights', rights(s))
            job = Job(s, options.work / 'screenshots', say, ['flatpak', 'run', '--user', ID])
            job.play()
            say('Secret portal', f"{(s.home / '.var/app' / ID / 'data/keyrings').is_dir()}")
    except Failure as failure:
        print(f'FAILED: {failure}')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
