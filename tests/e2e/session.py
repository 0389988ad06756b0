# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session of one's own, for playing the application for real: private
folders, Xvfb, a window manager, a session bus, an unlocked keyring, dunst and
an SMTP server with STARTTLS and AUTH under a throw-away CA. Nothing of the
user's own session is touched or seen."""

import datetime
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# How much slower a machine may be than one that has nothing else to do.
PATIENCE = float(os.environ.get('AW_PATIENCE', '4'))
here = pathlib.Path(__file__).resolve().parent
support = here.parent / 'support'

SMTP_USER = 'sam@verhoeven.example'
SMTP_PASSWORD = 'correct horse'

DUNSTRC = '''[global]
    monitor = 0
    width = 420
    origin = top-right
    offset = 16x16
    font = Cantarell 11
    markup = full
    format = "<b>%s</b>\\n%b"
    show_indicators = no
    timeout = 0
    idle_threshold = 0
    mouse_left_click = do_action
    dmenu = {chooser}
'''


class Failure(Exception):
    """A step did not come out as it should: the sentence says what was seen."""


def wait_for(what, look, timeout=15.0):
    """Asks look() until it gives something true; Failure after timeout seconds
    of a machine at rest. Waiting longer costs nothing where all is well. A look
    that meets a widget which goes away meanwhile has seen nothing."""
    end = time.monotonic() + timeout * PATIENCE
    while True:
        try:
            found = look()
        except Exception as error:
            if getattr(error, 'domain', None) != 'atspi_error':
                raise
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise Failure(f'{what}: not seen within {timeout * PATIENCE:g} s')
        time.sleep(0.05)


def tell(number, name, failure):
    """A failed step, in TAP; and to stderr, which is what meson prints of it."""
    words = f'{type(failure).__name__}: {failure}'
    print(f'not ok {number} - {name}\n# ' + words.replace('\n', '\n# '), flush=True)
    print(f'{name}: {words}', file=sys.stderr, flush=True)


def afternoon_zone(hour=15):
    """Name of a zone without daylight saving in which it is this hour now."""
    offset = hour - datetime.datetime.now(datetime.timezone.utc).hour
    offset = (offset + 12) % 24 - 12
    # Etc names have the sign the other way round: Etc/GMT-3 is UTC+3.
    return 'Etc/GMT' if offset == 0 else f'Etc/GMT{-offset:+d}'


class Session:
    """with Session(prefix) as s: s.start(['afterword']) …"""

    def __init__(self, prefix, zone=None, display=True, keyring='unlocked', notifications=True, size='1440x900', extra=None):
        self.prefix = pathlib.Path(prefix).resolve()
        self.zone = zone or afternoon_zone()
        self.with_display, self.keyring, self.notifications, self.size = display, keyring, notifications, size
        self.processes = []
        self.extra = extra or {}

    def __enter__(self):
        # A short path: sockets have 107 characters.
        self.home = pathlib.Path(tempfile.mkdtemp(prefix='aw-'))
        self.log_folder = self.home / 'log'
        for name in ('run', 'data', 'config', 'cache', 'log', 'state'):
            (self.home / name).mkdir(mode=0o700)
        # Fonts as GNOME has them; there is no settings daemon here.
        (self.home / 'config' / 'gtk-4.0').mkdir()
        (self.home / 'config' / 'gtk-4.0' / 'settings.ini').write_text('[Settings]\ngtk-font-name=Cantarell 11\n')
        share = self.prefix / 'share'
        self.env = {
            'PATH': f"{self.prefix / 'bin'}:{os.environ['PATH']}", 'HOME': str(self.home), 'TZ': self.zone,
            'LANG': 'C.UTF-8', 'XDG_RUNTIME_DIR': str(self.home / 'run'), 'XDG_DATA_HOME': str(self.home / 'data'),
            'XDG_CONFIG_HOME': str(self.home / 'config'), 'XDG_CACHE_HOME': str(self.home / 'cache'),
            'XDG_STATE_HOME': str(self.home / 'state'), 'XDG_DATA_DIRS': f'{share}:/usr/local/share:/usr/share',
            'GSETTINGS_SCHEMA_DIR': str(share / 'glib-2.0' / 'schemas'), 'GSETTINGS_BACKEND': 'keyfile',
            'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo', 'GIO_USE_VFS': 'local', 'NO_AT_BRIDGE': '0',
            'GTK_USE_PORTAL': '0', 'XDG_CURRENT_DESKTOP': 'Afterword-Test', 'LC_ALL': 'C.UTF-8', **self.extra,
        }
        try:
            if self.with_display:
                self.start_display()
            self.start_bus()
            if self.keyring == 'unlocked':
                self.start_keyring()
            if self.notifications and self.with_display:
                self.start_dunst()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        # For pyatspi, which reads the environment of this process.
        os.environ.update({k: self.env[k] for k in self.env if k != 'PATH'})
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        # What the bus activated (the agent, the accessibility bus) goes by the bus's end; the rest by its folder's name.
        for entry in pathlib.Path('/proc').glob('[0-9]*'):
            try:
                if f'HOME={self.home}\0'.encode() in (entry / 'environ').read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
            except (OSError, ValueError):
                pass
        if not os.environ.get('AW_KEEP_SESSION'):
            shutil.rmtree(self.home, ignore_errors=True)
        else:
            print(f'# session folder kept: {self.home}', file=sys.stderr)

    def spawn(self, args, name=None, **kwargs):
        """Starts a program of the session; what it prints goes to a file in the log folder."""
        name = name or pathlib.Path(args[0]).name
        log = open(self.log_folder / f'{name}.log', 'ab')
        kwargs.setdefault('stdout', log)
        kwargs.setdefault('stderr', log)
        process = subprocess.Popen(args, env=self.env, cwd=self.home, **kwargs)
        self.processes.append(process)
        return process

    def run(self, args, check=True, **kwargs):
        """Runs a program to its end; gives the completed process with text output."""
        kwargs.setdefault('timeout', 60)
        if 'input' not in kwargs:
            kwargs.setdefault('stdin', subprocess.DEVNULL)
        done = subprocess.run(args, env=self.env, cwd=self.home, capture_output=True, text=True, **kwargs)
        if check and done.returncode != 0:
            raise Failure(f"{' '.join(map(str, args))}: exit {done.returncode}: {(done.stderr or done.stdout).strip()[-500:]}")
        return done

    @property
    def database(self):
        return next((self.home / 'data').glob('afterword*/*.db'))

    def log(self, name):
        path = self.log_folder / f'{name}.log'
        return path.read_text(errors='replace') if path.exists() else ''

    # The parts of a desktop -----------------------------------------------------

    def start_display(self):
        read, write = os.pipe()
        self.spawn(['Xvfb', '-displayfd', str(write), '-screen', '0', f'{self.size}x24', '-nolisten', 'tcp', '-noreset'],
                   pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Failure(f"Xvfb did not start: {self.log('Xvfb').strip()[-300:]}")
        self.env['DISPLAY'] = f':{number}'
        self.spawn(['openbox', '--sm-disable'])

    def start_bus(self):
        bus = self.spawn(['dbus-daemon', '--session', '--nofork', '--print-address=1'], name='dbus', stdout=subprocess.PIPE)
        self.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().decode().strip()
        if not self.env['DBUS_SESSION_BUS_ADDRESS']:
            raise Failure('the session bus did not start')

    def start_keyring(self, password='login'):
        keyring = self.spawn(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'], stdin=subprocess.PIPE)
        keyring.stdin.write(password.encode())
        keyring.stdin.close()
        wait_for('the keyring', lambda: self.has_name('org.freedesktop.secrets'))

    def start_dunst(self):
        chooser = self.home / 'chooser'
        chooser.write_text(f'#!/bin/sh\n# Prints the offered line that holds the wanted words.\ngrep -F -- "$(cat {self.home}/choice)" | head -n 1\n')
        chooser.chmod(0o755)
        config = self.home / 'dunstrc'
        config.write_text(DUNSTRC.format(chooser=chooser))
        self.spawn(['dunst', '-conf', str(config)])
        wait_for('the notification service', lambda: self.has_name('org.freedesktop.Notifications'))

    def press_notification_button(self, words):
        """As a click on a notification's button; dunst shows buttons in a menu."""
        (self.home / 'choice').write_text(words)
        self.run(['dunstctl', 'context'])

    def notifications_shown(self):
        """What dunst has shown so far, newest first: dictionaries of summary and body."""
        seen = []
        if int(self.run(['dunstctl', 'count', 'displayed']).stdout.strip() or 0) > 0:
            seen.append('displayed')
        history = json.loads(self.run(['dunstctl', 'history']).stdout)
        for item in history['data'][0]:
            seen.append({k: item[k]['data'] for k in ('summary', 'body', 'appname')})
        return seen

    def has_name(self, name):
        done = self.run(['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus',
                         'org.freedesktop.DBus.NameHasOwner', f'string:{name}'], check=False)
        return 'boolean true' in done.stdout

    def start_mail_server(self, *options):
        """An SMTP server on this machine; gives (port, CA file, a function that lists what was accepted)."""
        certificates = self.home / 'certs'
        self.run(['sh', str(support / 'mkcerts.sh'), str(certificates)])
        store, log, ready = self.home / 'mail', self.home / 'smtp.jsonl', self.home / 'smtp-ready'
        store.mkdir(exist_ok=True)
        self.spawn(['/usr/bin/python3', str(support / 'faultsmtp.py'), '--port', '0', '--ready-file', str(ready), '--log', str(log),
                    '--store', str(store), '--tls', 'starttls', '--cert', str(certificates / 'good.pem'), '--auth', 'PLAIN,LOGIN',
                    '--user', SMTP_USER, '--password', SMTP_PASSWORD, *options], name='smtp')
        port = int(wait_for('the mail server', lambda: ready.exists() and ready.read_text().split()[-1:])[0].rsplit(':', 1)[-1])

        def accepted():
            lines = log.read_text().splitlines() if log.exists() else []
            return [entry for entry in map(json.loads, lines) if entry.get('event') == 'accepted']

        return port, certificates / 'ca.pem', accepted

    def screenshot(self, path, window=None):
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.run(['import', '-window', window or 'root', str(path)])
        return path
