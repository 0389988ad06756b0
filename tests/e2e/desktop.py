# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of one's own with portals, for an application inside Flatpak's sandbox."""

import configparser
import os
import pathlib
import re
import shutil
import signal
import subprocess

from session import Failure, Session, wait_for

here = pathlib.Path(__file__).resolve().parent
PORTALS = pathlib.Path('/usr/share/xdg-desktop-portal/portals')
STUB = '''[portal]
DBusName=org.freedesktop.impl.portal.desktop.stub
Interfaces=org.freedesktop.impl.portal.Background;
UseIn=gnome
'''
SLOW = 60  # seconds for what starts a sandbox, on a busy machine


class Desktop(Session):
    """A session with portals, of which some can be missing."""

    def __init__(self, app_id, portals=('gtk', 'gnome-keyring', 'stub'), **kwargs):
        self.id = app_id
        self.portals = portals
        self.program = ['flatpak', 'run', '--user', app_id]
        exports = pathlib.Path(os.environ['FLATPAK_USER_DIR']) / 'exports' / 'share'
        # The system's own prefix: nothing of Afterword is outside the sandbox.
        super().__init__('/usr', extra={
            **{name: os.environ[name] for name in ('FLATPAK_USER_DIR', 'FLATPAK_SYSTEM_DIR', 'DBUS_SYSTEM_BUS_ADDRESS') if name in os.environ},
            'XDG_CURRENT_DESKTOP': 'GNOME', 'GTK_USE_PORTAL': '1',
            'XDG_DATA_DIRS': f'{exports}:/usr/local/share:/usr/share'}, **kwargs)

    def start_bus(self):
        """With copies of the system's portals, and the stub, which starts first."""
        folder = self.home / 'portals'
        folder.mkdir(exist_ok=True)
        for name in self.portals:
            if name == 'stub':
                (folder / 'stub.portal').write_text(STUB)
            else:
                shutil.copy(PORTALS / f'{name}.portal', folder)
        self.env['XDG_DESKTOP_PORTAL_DIR'] = str(folder)
        super().start_bus()
        if 'stub' in self.portals:
            self.spawn(['/usr/bin/python3', str(here.parent / 'support' / 'portal-stub')], name='portal-stub')
            wait_for('the stub', lambda: self.has_name('org.freedesktop.impl.portal.desktop.stub'))

    @property
    def own(self):
        """The application's folder, which the sandbox sees under the same name."""
        folder = self.home / '.var' / 'app' / self.id
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def database(self):
        return next((self.own / 'data').glob('afterword*/*.db'))

    def start_mail_server(self, *options):
        (self.home / 'smtp-ready').unlink(missing_ok=True)  # of the login before
        port, ca, accepted = super().start_mail_server(*options)
        return port, shutil.copy(ca, self.own / 'ca.pem'), accepted

    def inside(self, *command, **kwargs):
        """Runs a program of the runtime in the sandbox."""
        return self.run(['flatpak', 'run', '--user', f'--command={command[0]}', self.id, *command[1:]], timeout=SLOW, **kwargs)

    def call(self, name, path, method, *arguments, check=True):
        return self.run(['gdbus', 'call', '--session', '--dest', name, '--object-path', path, '--method', method, *arguments], check=check).stdout

    def unmount(self):
        """The document portal's folder: one that is killed leaves it behind."""
        folder = self.home / 'run' / 'doc'
        if str(folder) in pathlib.Path('/proc/mounts').read_text():
            subprocess.run(['fusermount3', '-u', '-z', str(folder)], capture_output=True)

    def __exit__(self, *what):
        self.unmount()
        super().__exit__(*what)

    def log_out(self):
        """Everything ends, as at the end of a desktop's session; the home folder stays."""
        self.unmount()
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

        def left():
            pids = []
            for entry in pathlib.Path('/proc').glob('[0-9]*'):
                try:
                    if f'HOME={self.home}\0'.encode() in (entry / 'environ').read_bytes():
                        os.kill(int(entry.name), signal.SIGKILL)
                        pids.append(entry.name)
                except (OSError, ValueError):
                    pass
            return pids
        wait_for('the end of the session', lambda: not left())

    def log_in(self):
        """What a desktop starts at login. AT-SPI is lost to this process by now."""
        self.start_display()
        self.start_bus()
        self.start_keyring()
        self.start_dunst()

    def start_at_login(self):
        """As the session's manager would: runs what the autostart folder holds."""
        started = []
        for path in (self.home / 'config' / 'autostart').glob('*.desktop'):
            entry = configparser.RawConfigParser()
            entry.optionxform = str
            entry.read(path)
            self.spawn(['sh', '-c', f"exec {entry['Desktop Entry']['Exec']}"], name='autostart')
            started.append(entry['Desktop Entry']['Exec'])
        return started

    def permit(self, answer):
        """The switch “Run in Background” of the desktop's settings."""
        self.call('org.freedesktop.impl.portal.PermissionStore', '/org/freedesktop/impl/portal/PermissionStore',
                  'org.freedesktop.impl.portal.PermissionStore.SetPermission', 'background', 'true', 'background', self.id, f"['{answer}']")

    def complaints(self):
        for name in ('afterword', 'dbus', 'autostart'):
            for line in self.log(name).splitlines():
                # libadwaita 1.7 says the first of each long heading of its own AdwAlertDialog,
                # GTK 4.24 the second where there is no portal that tells of the session's end.
                if re.search('Trying to measure GtkLabel|Creating a portal monitor failed', line):
                    continue
                if 'afterword' in line and re.search(r'CRITICAL|Gtk-WARNING|Adwaita-WARNING|runtime error', line):
                    raise Failure(f'{name} complained: {line}')
