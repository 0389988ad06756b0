#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak inside its sandbox, on desktops of their own with real
portals: rights, exported files, the main job, the keyring over a new login, the
notifications' buttons, starting at login, a desktop that refuses or lacks what is
wanted, an update and the end. Each part is a process and a session of its own, since
AT-SPI knows one bus a process. Prints a line for each thing seen; exits 1 at the
first that fails."""

import argparse
import configparser
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import traceback

import notify
import sending
from desktop import SLOW, Desktop
from main_job import Job
from session import SMTP_PASSWORD, SMTP_USER, Failure, wait_for

top = pathlib.Path(__file__).resolve().parent.parent.parent
FINISH_ARGS = ['--share=ipc', '--share=network', '--socket=wayland', '--socket=fallback-x11', '--device=dri']
# What Flatpak makes of them: fallback-x11 is x11, too, where there is no Wayland.
RIGHTS = {'shared': {'network', 'ipc'}, 'sockets': {'x11', 'wayland', 'fallback-x11'}, 'devices': {'dri'}}


class Part:
    def __init__(self, options):
        self.options, self.id, self.work = options, options.app, options.work
        self.name = options.part
        self.shots = options.work / 'screenshots' / options.part
        self.shots.mkdir(parents=True, exist_ok=True)

    def say(self, title, seen):
        print(f'{title}: {seen}', flush=True)

    def desktop(self, **kwargs):
        return Desktop(self.id, **kwargs)

    # What is used by several parts ----------------------------------------------

    def bring_facts(self, s):
        """One interview with three people: an import by the command line."""
        now = datetime.datetime.now(datetime.timezone.utc)
        (s.own / 'facts.json').write_text(json.dumps(notify.facts(now)))
        s.run([*s.program, f'--import={s.own}/facts.json'], timeout=SLOW)
        return notify.Play(s, self.shots), now

    def background_state(self, s):
        rows = notify.sqlite3.connect(f'file:{s.database}?mode=ro', uri=True).execute('SELECT key, value FROM setting').fetchall()
        return dict(rows).get('background-state')

    def open_window(self, s):
        import screen
        s.spawn(s.program, name='afterword')
        screen.see('Today', timeout=SLOW)
        return screen

    def want_reminders(self, screen):
        """The banner's question, answered with yes."""
        screen.see('Afterword can remind you when its window is closed', timeout=SLOW)
        screen.click('button', 'Choose')
        screen.see('May Afterword remind you')
        screen.click('button', re.compile('Remind Me'))

    # The parts --------------------------------------------------------------------

    def job(self):
        with self.desktop() as s:
            try:
                self.say('Rights', self.rights(s))
                self.say('Exported', self.exported(s))
                job = Job(s, self.shots, self.say, s.program)
                job.play()
                self.say('Secret portal', self.secrets(s))
                self.say('A new login', self.again(s, job))
                s.complaints()
            except BaseException:
                self.autopsy(s)
                raise

    def rights(self, s):
        asked = json.loads((top / 'flatpak' / f'{self.id}.json').read_text())['finish-args']
        if asked != FINISH_ARGS:
            raise Failure(f'the manifest asks for {asked}')
        text = s.run(['flatpak', 'info', '--user', '--show-permissions', self.id]).stdout
        groups = configparser.RawConfigParser()
        groups.read_string(text)
        found = {key: set(filter(None, value.split(';'))) for key, value in groups['Context'].items()}
        if groups.sections() != ['Context'] or found != RIGHTS:
            raise Failure(f'other rights than agreed:\n{text}')
        # Of the folders above an installation Flatpak shows empty ones: files count.
        seen = s.inside('sh', '-c', 'find ~ /home /root /media /mnt -path ~/.var -prune -o ! -type d -print 2>/dev/null; '
                        'touch /app/x /usr/x 2>&1 | grep -c Read-only').stdout.split()
        if seen != ['2']:
            raise Failure(f'the sandbox sees or may write more than its own: {seen}')
        reply = s.inside('sh', '-c', 'for method in ListNames ListActivatableNames; do gdbus call --session --dest org.freedesktop.DBus '
                         '--object-path /org/freedesktop/DBus --method org.freedesktop.DBus.$method; done').stdout
        names = {name for name in re.findall(r"'([^']+)'", reply) if not name.startswith(':')}
        strange = {name for name in names if not name.startswith(('org.freedesktop.DBus', 'org.freedesktop.portal.', self.id))}
        if strange or 'org.freedesktop.portal.Desktop' not in names:
            raise Failure(f'on the bus it sees {sorted(names)}')
        for name in ('org.freedesktop.secrets', 'org.freedesktop.Notifications'):
            refused = s.inside('gdbus', 'introspect', '--session', '--dest', name, '--object-path', '/', check=False)
            if refused.returncode == 0:
                raise Failure(f'{name} can be talked to from inside')
        return f"{' '.join(sorted(f'{k}={v}' for k, vs in found.items() for v in vs))}; home, system and keyring out of reach"

    def exported(self, s):
        """What the desktop gets to see, in names and by the validators."""
        share = pathlib.Path(os.environ['FLATPAK_USER_DIR']) / 'exports' / 'share'
        inside = pathlib.Path(s.run(['flatpak', 'info', '--user', '--show-location', self.id]).stdout.strip()) / 'files' / 'share'
        wanted = [f'applications/{self.id}.desktop', f'dbus-1/services/{self.id}.service', f'dbus-1/services/{self.id}.Agent.service',
                  f'gnome-shell/search-providers/{self.id}.search-provider.ini', f'icons/hicolor/scalable/apps/{self.id}.svg',
                  f'icons/hicolor/symbolic/apps/{self.id}-symbolic.svg']
        missing = [name for name in wanted if not (share / name).exists()]
        strange = [str(path.relative_to(share)) for path in share.rglob('*') if not path.is_dir() and not path.name.startswith(self.id) and
                   path.name not in ('mimeinfo.cache', 'icon-theme.cache', 'index.theme')]
        if missing or strange:
            raise Failure(f'missing {missing}, strange {strange}')
        s.run(['desktop-file-validate', str(share / wanted[0])])
        # Older flatpak-builders put it into share/appdata.
        metainfo = next(path for folder in ('metainfo', 'appdata') for path in inside.glob(f'{folder}/{self.id}.*.xml'))
        s.run(['appstreamcli', 'validate', '--no-net', str(metainfo)])
        for name in wanted[1:3]:
            if '/usr/bin/flatpak run ' not in (share / name).read_text():
                raise Failure(f'{name} does not start the sandbox: {(share / name).read_text()}')
        if not (inside / 'locale' / 'de' / 'LC_MESSAGES' / 'afterword.mo').is_file():
            raise Failure('the bundle speaks no German')
        return f'{len(wanted)} files, of which desktop entry and metainfo are valid; German is in the bundle'

    def secrets(self, s):
        """In a file of the sandbox, sealed with a key that only the portal gives."""
        keyrings = s.own / 'data' / 'keyrings'
        files = sorted(path.name for path in keyrings.iterdir()) if keyrings.is_dir() else []
        if 'default.keyring' not in files:
            raise Failure(f'no keyring in the sandbox: {files}')
        for path in s.own.rglob('*'):
            if path.is_file() and SMTP_PASSWORD.encode() in path.read_bytes():
                raise Failure(f'the password stands in {path.relative_to(s.own)}')
        on_host = s.run(['secret-tool', 'search', '--all', 'protocol', 'smtp'], check=False)
        if SMTP_PASSWORD in on_host.stdout + on_host.stderr:
            raise Failure('the password is in the host’s keyring')
        return f'{", ".join(files)} in the sandbox; nothing of it in clear, nothing in the host’s keyring'

    def again(self, s, job):
        """Everything ends; after the next login the second note goes out, with the password that was kept."""
        s.log_out()
        s.log_in()
        port, ca, accepted = s.start_mail_server()
        with notify.sqlite3.connect(f'file:{s.database}?mode=rw', uri=True, timeout=30) as database:
            (opportunity,) = database.execute('SELECT id FROM opportunity').fetchone()
            (person,) = database.execute('SELECT id FROM person WHERE name = ?', (job.other,)).fetchone()
            # The server of this session listens elsewhere, with a certificate of its own.
            database.execute('UPDATE account SET port = ?, ca = ?', (port, pathlib.Path(ca).read_text()))
        before = len(accepted())
        done = s.run([*s.program, '--send=-', f'--opportunity={opportunity}', f'--person={person}', '--kind=thank-you', '--subject=Thank you', '--anyway',
                      '--wait'], input=f'Dear {job.other.split()[0]},\n\nThank you for the clear way you led us through the day, and for your time.\n\nKind regards,\nSam Verhoeven\n', timeout=120)
        wait_for('the second message at the server', lambda: len(accepted()) == before + 1, SLOW)
        return f'the note to {job.other} went out with the kept password ({done.stdout.strip()})'

    def buttons(self):
        with self.desktop() as s:
            try:
                self.play_buttons(s)
                s.complaints()
            except BaseException:
                self.autopsy(s)
                raise

    def play_buttons(self, s):
        play, now = self.bring_facts(s)
        wait_for('three notifications', lambda: play.displayed() == 3, SLOW)
        if play.windows('Afterword'):
            raise Failure('there is a window')
        self.say('Reminders', 'the bus starts the agent in its sandbox, and three come without a window')
        s.screenshot(self.shots / 'notifications.png')

        # A server of notifications may leave a pressed one standing (dunst does) though
        # the portal forgets it then: what counts is that the portal was told to remove it.
        monitor = s.spawn(['dbus-monitor', '--session', "interface='org.freedesktop.portal.Notification',member='RemoveNotification'"], name='removed')
        wait_for('the monitor', lambda: 'NameLost' in s.log('removed') or monitor.poll() is not None)

        def removed(person):
            wait_for(f'the removal of {person}’s notification', lambda: f'duty-hf/thank-you/{person}/i' in s.log('removed'), SLOW)

        play.press('Aiko Tanaka', 'In an Hour')
        found = wait_for('the snooze', lambda: play.decisions().get('thank-you/p2/i'), SLOW)
        until = datetime.datetime.fromisoformat(found[1].replace('Z', '+00:00'))
        if found[0] != 'snoozed' or not 3500 < (until - now).total_seconds() < 3600 + 300:
            raise Failure(f'In an Hour recorded {found}')
        removed('p2')
        self.say('In an Hour', 'snoozes, by way of the portal and the window’s program, without a window')

        play.press('Ines Roth', 'Skip')
        wait_for('the skip', lambda: play.decisions().get('thank-you/p3/i', ' ')[0] == 'skipped', SLOW)
        removed('p3')
        if play.windows('Afterword'):
            raise Failure('a window came for what needs none')
        self.say('Skip', 'skips without a window')

        play.press('Marcus Bell', 'Write')
        import screen
        screen.see('Thank-You Note', timeout=SLOW)
        if 'Message to Marcus Bell' not in screen.words_on_screen():
            raise Failure('the note is for somebody else: ' + screen.words_on_screen())
        s.screenshot(self.shots / 'compose.png')
        self.say('Write', 'starts the window in its sandbox, with the note for Marcus Bell')

        screen.activate_window('Afterword')
        screen.keys('ctrl+1')
        self.want_reminders(screen)
        asked = wait_for('the Background portal', lambda: [line for line in s.log('portal-stub').splitlines() if line.startswith('EnableAutostart')], SLOW)
        wanted = f'EnableAutostart {self.id} True 0 flatpak run --command=afterword-agent {self.id}'
        if asked != [wanted]:
            raise Failure(f'the Background portal was asked for {asked} instead of {wanted}')
        wait_for('what came of it', lambda: self.background_state(s) == 'granted', SLOW)
        self.say('Background portal', asked[0])

        def status():
            text = s.call('org.freedesktop.background.Monitor', '/org/freedesktop/background/monitor', 'org.freedesktop.DBus.Properties.Get',
                          'org.freedesktop.background.Monitor', 'BackgroundApps', check=False)
            line = re.search(r"'message': <'([^']*)'>", text)
            return line and line.group(1)
        self.say('SetStatus', f'the list of background apps says: {wait_for("the status in the list of background apps", status, SLOW)}')

        s.log_out()
        s.log_in()
        if s.has_name(f'{self.id}.Agent'):
            raise Failure('the agent runs before anything started it')
        started = s.start_at_login()
        wait_for('the agent', lambda: s.has_name(f'{self.id}.Agent'), SLOW)
        wait_for('the reminder that was left', lambda: play.displayed() == 1, SLOW)
        play.press('Marcus Bell', 'Skip')
        wait_for('the skip', lambda: play.decisions().get('thank-you/p1/i', ' ')[0] == 'skipped', SLOW)
        self.say('The next login', f'“{started[0]}” starts the agent, and the reminder that was left comes again')

    def refused(self):
        """The desktop's settings say no; later they say yes."""
        with self.desktop() as s:
            try:
                (s.home / 'active').write_text(self.id)  # its window is open all the time
                s.permit('no')
                self.bring_facts(s)
                screen = self.open_window(s)
                self.want_reminders(screen)
                screen.see('Afterword may not run in the background, so reminders come only while it is open', timeout=SLOW)
                s.screenshot(self.shots / 'refused.png')
                if self.background_state(s) != 'refused' or list((s.home / 'config' / 'autostart').glob('*')):
                    raise Failure(f'state {self.background_state(s)}')
                self.say('Background refused', 'the window says so')
                screen.click('button', 'Change')
                screen.see('Run in Background')
                s.permit('yes')
                screen.click('button', re.compile('Try Again'))
                wait_for('the permission', lambda: self.background_state(s) == 'granted', SLOW)
                wait_for('the end of the banner', lambda: 'may not run' not in screen.words_on_screen(), SLOW)
                if not list((s.home / 'config' / 'autostart').glob('*')):
                    raise Failure('nothing starts it at login')
                self.say('Allowed later', 'Try Again has it started at login, and the banner goes')
                s.complaints()
            except BaseException:
                self.autopsy(s)
                raise

    def bare(self):
        """A bare window manager: no portal that keeps secrets, none for the background, none for notifications."""
        with self.desktop(portals=(), keyring='none', notifications=False) as s:
            try:
                port, ca, accepted = s.start_mail_server()
                done = s.run([*s.program, f'--add-account={SMTP_USER}', f'--server=smtp://localhost:{port}', f'--ca={ca}'], input=SMTP_PASSWORD + '\n',
                             check=False, timeout=SLOW)
                if done.returncode != 1 or 'There is no keyring to keep the password in.' not in done.stderr:
                    raise Failure(f'without a Secret portal --add-account says: {done.returncode} {done.stdout}{done.stderr}')
                self.say('No Secret portal', f'--add-account says: {done.stderr.strip()}')
                self.bring_facts(s)
                screen = self.open_window(s)
                self.want_reminders(screen)
                screen.see('Afterword cannot start at login, so reminders come only after you have opened it', timeout=SLOW)
                s.screenshot(self.shots / 'unavailable.png')
                if self.background_state(s) != 'unavailable':
                    raise Failure(f'state {self.background_state(s)}')
                self.say('No Background portal', 'the window says so')
                self.say('No Notification portal', self.test_reminder(s))
                s.complaints()
            except BaseException:
                self.autopsy(s)
                raise

    def update(self):
        """By a bundle and from a repository, with the window's program gone and the agent running."""
        os.environ['FLATPAK_USER_DIR'] = str(self.work / 'update')
        shutil.rmtree(self.work / 'update', ignore_errors=True)
        with self.desktop() as s:
            try:
                self.say('Installed', self.install(s, self.options.older, '0.0.1'))
                port, ca, accepted = s.start_mail_server()
                s.run([*s.program, f'--add-account={SMTP_USER}', f'--server=smtp://localhost:{port}', f'--ca={ca}'], input=SMTP_PASSWORD + '\n', timeout=SLOW)
                play, now = self.bring_facts(s)
                wait_for('three notifications', lambda: play.displayed() == 3, SLOW)
                before = self.everything(s)
                self.say('Bundle', self.install(s, self.options.bundle, None))
                if not s.has_name(f'{self.id}.Agent'):
                    raise Failure('the update ended the agent')
                self.compare(before, self.everything(s))
                # The agent of the version before is still there, and takes buttons.
                play.press('Ines Roth', 'Skip')
                wait_for('the skip', lambda: play.decisions().get('thank-you/p3/i', ' ')[0] == 'skipped', SLOW)
                self.send(s, accepted, 'p2', 'Aiko')
                self.say('Data', 'as before; the running agent goes on, and the kept password sends')

                # From a repository: first the older one, then the newer appears in it.
                s.log_out()
                s.log_in()
                before = self.everything(s)
                repo, ref = self.work / 'update' / 'remote', self.ref(s)
                s.run(['ostree', 'init', f'--repo={repo}', '--mode=archive-z2'])
                self.publish(s, repo, self.options.older.parent / 'older' / 'repo', ref)
                s.run(['flatpak', '--user', 'remote-add', '--no-gpg-verify', 'ours', str(repo)])
                s.run(['flatpak', '--user', 'install', '--noninteractive', '-y', '--reinstall', 'ours', self.id], timeout=SLOW)
                first = self.version(s)
                self.publish(s, repo, self.options.older.parent / 'repo', ref)
                s.run(['flatpak', '--user', 'update', '--noninteractive', '-y', self.id], timeout=SLOW)
                if first != '0.0.1' or self.version(s) == first:
                    raise Failure(f'flatpak update: {first} became {self.version(s)}')
                self.compare(before, self.everything(s))
                self.say('Repository', f'flatpak update makes {self.version(s)} of {first}; data as before')

                # Data of the first schema there ever was, as an old installation left it.
                s.log_out()
                s.log_in()
                database = s.database
                for path in database.parent.iterdir():
                    path.unlink() if path.is_file() else shutil.rmtree(path)
                with notify.sqlite3.connect(database) as old:
                    old.executescript((top / 'tests' / 'store' / 'schemas' / '1.sql').read_text())
                companies = [company for (company,) in notify.sqlite3.connect(database).execute('SELECT company FROM opportunity')]
                if not companies:
                    raise Failure('the old schema has no data')
                s.run([*s.program, '--check'], timeout=SLOW)
                exported = self.everything(s)
                if sorted(o['company'] for o in exported['opportunities']) != sorted(companies):
                    raise Failure(f'of {companies} came {exported}')
                self.say('Old data', f'of schema 1 are upgraded in the sandbox: {", ".join(companies)}')
                self.say('Uninstalled', self.uninstall(s))
            except BaseException:
                self.autopsy(s)
                raise

    def uninstall(self, s):
        """By the README's command; the bus has the agent running, as ever."""
        s.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.StartServiceByName', f'{self.id}.Agent', '0')
        if not s.has_name(f'{self.id}.Agent'):
            raise Failure('the agent does not run')
        s.run(['flatpak', '--user', 'uninstall', '--noninteractive', '-y', '--delete-data', self.id], timeout=SLOW)
        share = self.work / 'update' / 'exports' / 'share'
        left = [path for path in (s.home / '.var' / 'app').glob(f'{self.id}*')] + [path for path in share.rglob(f'{self.id}*')]
        if left:
            raise Failure(f'it leaves {left}')
        return 'while the agent runs, with all data; no file of it is left'

    def ref(self, s):
        return s.run(['flatpak', 'info', '--user', '--show-ref', self.id]).stdout.strip()

    def version(self, s):
        text = s.inside('sh', '-c', f'cat /app/share/*/{self.id}.*.xml').stdout
        return re.search(r'<release version="([^"]*)"', text).group(1)

    def install(self, s, bundle, version):
        s.run(['flatpak', '--user', 'install', '--noninteractive', '-y', '--bundle', str(bundle)], timeout=SLOW)
        found = self.version(s)
        if version is not None and found != version or version is None and found == '0.0.1':
            raise Failure(f'{bundle} brought {found}')
        return f'{bundle.name}, version {found}'

    def publish(self, s, repo, source, ref):
        """Flatpak takes a newer commit only; a new one of the same files is one."""
        s.run(['flatpak', 'build-commit-from', '--no-update-summary', f'--src-repo={source}', str(repo), ref], timeout=SLOW)
        s.run(['flatpak', 'build-update-repo', str(repo)], timeout=SLOW)

    def everything(self, s):
        path = s.own / 'all.json'
        s.run([*s.program, f'--export={path}'], timeout=SLOW)
        return json.loads(path.read_text())

    def compare(self, before, after):
        if before['opportunities'] != after['opportunities'] or not before['opportunities']:
            raise Failure(f'the data changed by the update: {before} {after}')

    def send(self, s, accepted, person, name):
        before = len(accepted())
        s.run([*s.program, '--send=-', '--opportunity=hf', f'--person={person}', '--kind=thank-you', '--subject=Thank you', '--anyway', '--wait'],
              input=f'Dear {name},\n\nThank you for the clear way you led us through the day, and for your time.\n\nKind regards,\nSam\n', timeout=120)
        wait_for('the message at the server', lambda: len(accepted()) == before + 1, SLOW)

    def keyless(self):
        """A desktop whose portals keep no secrets: the window asks in each session."""
        with self.desktop(portals=('gtk', 'stub'), keyring='none') as s:
            program = s.home / 'bin' / 'afterword'
            program.parent.mkdir()
            program.write_text(f'#!/bin/sh\nexec {" ".join(s.program)} "$@"\n')
            program.chmod(0o755)
            s.env['PATH'] = f'{program.parent}:{s.env["PATH"]}'
            play = Sending(s, self.shots, self.say)
            try:
                play.without_keyring()
                if (s.own / 'data' / 'keyrings').exists():
                    raise Failure('something was kept')
                s.complaints()
            except BaseException:
                self.autopsy(s)
                raise

    def test_reminder(self, s):
        """The agent's action “test” has what came of it as its state."""
        agent = f'{self.id}.Agent'
        path = '/' + agent.replace('.', '/')
        s.call(agent, path, 'org.freedesktop.Application.ActivateAction', 'test', '[]', '{}')
        state = s.call(agent, path, 'org.gtk.Actions.Describe', 'test')
        if 'The desktop has nothing that shows notifications.' not in state:
            raise Failure(f'the test reminder says: {state}')
        with notify.sqlite3.connect(f'file:{s.database}?mode=ro', uri=True) as database:
            shown = database.execute("SELECT count(*) FROM reminder WHERE shown_at IS NOT NULL").fetchone()[0]
        if shown:
            raise Failure(f'{shown} reminders count as shown')
        return 'the test reminder says that nothing shows notifications; reminders wait'

    def autopsy(self, s):
        for name in ('afterword', 'autostart', 'portal-stub', 'smtp', 'dunst', 'dbus'):
            print(f'# {name}: ' + s.log(name)[-2000:].replace('\n', '\n# '), file=sys.stderr)
        try:
            import screen
            print('# on the screen:\n# ' + screen.words_on_screen().replace('\n', '\n# '), file=sys.stderr)
            s.screenshot(self.shots / 'failure.png')
        except Exception:
            pass


class Sending(sending.Play):
    """As outside, by a program of the same name; the facts lie where the sandbox sees them."""

    def __init__(self, session, shots, say):
        super().__init__(session, shots, 0)
        self.say = say

    def ok(self, what):
        self.say('No keyring', what)

    def start(self):
        path = self.s.own / 'facts.json'
        if not path.exists():
            path.write_text(json.dumps(sending.facts()))
            self.s.run(['afterword', f'--import={path}'])
        (self.s.home / 'facts.json').touch()
        super().start()


PARTS = ('job', 'keyless', 'buttons', 'update', 'refused', 'bare')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--work', required=True, type=pathlib.Path, help='where the screenshots go')
    parser.add_argument('--app', required=True, help='the application’s id')
    parser.add_argument('--bundle', required=True, type=pathlib.Path, help='the bundle that is installed')
    parser.add_argument('--older', required=True, type=pathlib.Path, help='a bundle of an earlier version')
    parser.add_argument('--part', action='append', choices=PARTS, help='only this part')
    options = parser.parse_args()
    parts = options.part or PARTS
    if len(parts) == 1:
        options.part = parts[0]
        try:
            getattr(Part(options), options.part)()
        except Failure as failure:
            print(f'FAILED: {failure}', flush=True)
            return 1
        except Exception:
            traceback.print_exc()
            return 1
        return 0

    # Two at a time: most of it waits.
    waiting, running, failed = list(parts), {}, []
    while waiting or running:
        while waiting and len(running) < 2:
            name = waiting.pop(0)
            log = options.work / f'{name}.log'
            running[name] = (subprocess.Popen([sys.executable, __file__, '--work', str(options.work), '--app', options.app,
                                               '--bundle', str(options.bundle), '--older', str(options.older), '--part', name],
                                              stdout=open(log, 'w'), stderr=subprocess.STDOUT), log, time.monotonic())
        for name, (process, log, started) in list(running.items()):
            if process.poll() is None:
                continue
            del running[name]
            text = log.read_text()
            print(f'-- {name} ({time.monotonic() - started:.0f} s)\n{text}', end='', flush=True)
            if process.returncode != 0:
                failed.append(name)
        time.sleep(0.2)
    if failed:
        print(f'FAILED: {", ".join(failed)}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
