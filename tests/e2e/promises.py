#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What SECURITY.md and PRIVACY promise, seen from outside on the installed
programs: strace notes every connection that window, agent, command line and
worker make, and every place that a password could have got to is searched.
Prints TAP."""

import argparse
import base64
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import threading
import time

from session import SMTP_USER, Failure, Session, wait_for

root = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = 'Nur-hier-9f3c7a'
LETTER = '''Dear Marcus,

Thank you for showing me how your team moved order intake to an event queue. Replaying a day of orders stayed with me, and I would enjoy that work.

Kind regards,
Sam Verhoeven
'''


class Traced(Session):
    """A session in which the connections of everything that the bus or the test starts are noted."""

    def traces(self):
        return self.home / 'traces'

    def spawn(self, args, name=None, **kwargs):
        program = pathlib.Path(args[0]).name
        if program in ('dbus-daemon', 'afterword'):
            self.traces().mkdir(exist_ok=True)
            # The answer is about what is asked for, whether it succeeds or not.
            args = ['strace', '-f', '-qq', '--seccomp-bpf', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-e', 'signal=none', '-yy', '-s', '64',
                    '-o', str(self.traces() / f'{name or program}-{len(self.processes)}'), *args]
        return super().spawn(args, name=name or program, **kwargs)

    def run_traced(self, args, **kwargs):
        process = self.spawn(args, name=f'cli{len(self.processes)}', **kwargs)
        if process.wait(60) != 0:
            raise Failure(f"{' '.join(args)}: exit {process.returncode}: {self.log(f'cli{len(self.processes) - 1}')[-400:]}")

    def addresses(self):
        """Where something was sent or connected to by IP, as strace wrote it."""
        found = set()
        for trace in self.traces().iterdir():
            for line in trace.read_text(errors='replace').splitlines():
                # Netlink and local sockets go nowhere; a connect that picks a source address sends nothing.
                for family, port, host in re.findall(r'sa_family=(AF_INET6?), sin6?_port=htons\((\d+)\),.*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"', line):
                    found.add(f'{host}:{port}')
        return found


def programs(s):
    """The running programs of Afterword in this session: (name, folder in /proc)."""
    for entry in pathlib.Path('/proc').glob('[0-9]*'):
        try:
            name = pathlib.Path(os.readlink(entry / 'exe')).name
            if name.startswith('afterword') and f'HOME={s.home}\0'.encode() in (entry / 'environ').read_bytes():
                yield name, entry
        except OSError:
            continue


def watch(s, seen, stop):
    """Notes limits, arguments and environment of whatever runs, as often as it can."""
    while not stop.is_set():
        for name, entry in programs(s):
            try:
                limits = re.search(r'Max core file size +(\S+)', (entry / 'limits').read_text()).group(1)
                seen.setdefault(name, []).append((limits, (entry / 'cmdline').read_bytes() + (entry / 'environ').read_bytes()))
            except (OSError, AttributeError):
                continue
        time.sleep(0.002)


def forms(password):
    raw = password.encode()
    return {raw, base64.b64encode(raw), base64.b64encode(f'\0{SMTP_USER}\0{password}'.encode()), raw.hex().encode(), password.encode('utf-16-le')}


def look_for(folders, needles):
    found = []
    for folder in folders:
        for path in folder.rglob('*'):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                found += [f'{path}' for needle in needles if needle in content]
    return found


def play(options):
    results = []

    def ok(what, findings):
        results.append((what, list(findings)))

    with Traced(options.prefix, zone='UTC', size='1280x800') as s:
        (s.home / 'letter.txt').write_text(LETTER)
        shutil.copy(root / 'tests/ui/data/six.json', s.home / 'six.json')
        s.run_traced(['afterword', '--import=six.json'])
        s.run_traced(['afterword', '--agenda'])
        s.run_traced(['afterword', '--export=all.json'])
        s.run_traced(['afterword', '--review=letter.txt', '--opportunity=hf', '--person=hf-marcus'])
        s.spawn(['afterword'], name='window')
        import screen
        wait_for('the window', screen.application, 60)
        screen.see('Overdue', timeout=60)
        screen.activate_window('Afterword')
        screen.keys('ctrl+2', 'ctrl+3', 'ctrl+1', 'alt+Down', 'alt+Down')
        screen.see(re.compile('Add Round'), timeout=60)
        wait_for('the agent', lambda: any(name == 'afterword-agent' for name, _ in programs(s)), 60)
        ok('import, agenda, export, review, window and agent: nobody is called', sorted(s.addresses()))

        port, ca, accepted = s.start_mail_server('--password', PASSWORD)
        s.run(['afterword', f'--add-account={SMTP_USER}', f'--server=smtp://localhost:{port}', '--name=Sam Verhoeven', f'--ca={ca}'], input=PASSWORD + '\n')
        seen, stop = {}, threading.Event()
        watcher = threading.Thread(target=watch, args=(s, seen, stop), daemon=True)
        watcher.start()
        try:
            s.run(['afterword', '--send=letter.txt', '--opportunity=hf', '--person=hf-marcus', '--subject=Thank you for Wednesday', '--anyway', '--wait'])
            wait_for('the message at the server', accepted, 60)
        finally:
            stop.set()
            watcher.join()
        # strace writes when the program goes on; the worker has ended by now.
        ok('sending calls the account’s server and nobody else',
           [a for a in sorted(s.addresses()) if a not in (f'127.0.0.1:{port}', f'::1:{port}')] or
           ([] if s.addresses() else ['strace saw not even the server']))
        needles = forms(PASSWORD)
        ok('the worker was seen at work', [] if seen.get('afterword-send') else [f'only {sorted(seen)}'])
        ok('the worker leaves no core', sorted({f'limit {limit}' for limit, _ in seen.get('afterword-send', []) if limit != '0'}))
        ok('no password in arguments and environment', sorted({name for name, states in seen.items() for _, text in states if any(n in text for n in needles)}))

        # A copy by the application itself, and what it exports.
        data = next((s.home / 'data').glob('afterword*'))
        s.run(['afterword', '--export=after.json'])
        copies = [p for p in data.iterdir() if p.is_file() and p.name != 'afterword.db']
        ok('there is a daily copy to look into', [] if any('.db' in p.name and not p.name.endswith(('-wal', '-shm', '.lock')) for p in copies) or
           any(p.is_dir() for p in data.iterdir()) else [str([p.name for p in data.iterdir()])])
        folders = [s.home / name for name in ('data', 'config', 'cache', 'state', 'log')]
        ok('no password in database, copies, settings, caches and logs', look_for(folders, needles) +
           [name for name in ('all.json', 'after.json') if any(n in (s.home / name).read_bytes() for n in needles)])
        (s.home / 'probe').mkdir()
        (s.home / 'probe/file').write_bytes(b'x' * 5000 + base64.b64encode(PASSWORD.encode()))
        ok('the search finds one where there is one', [] if look_for([s.home / 'probe'], needles) else ['it is blind'])
        modes = [f'{p.relative_to(s.home)}: {stat.S_IMODE(p.stat().st_mode):o}' for p in [data, *data.rglob('*')]
                 if not p.is_symlink() and stat.S_IMODE(p.stat().st_mode) & 0o077]
        ok('the data is readable by nobody else', modes)
    return results


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    options = parser.parse_args()
    options.prefix = options.prefix.resolve()
    if shutil.which('strace') is None or subprocess.run(['strace', '-qq', '-e', 'trace=connect', 'true'], capture_output=True).returncode != 0:
        print('Bail out! strace is missing, or may not be used here')
        return 1
    try:
        results = play(options)
    except Failure as failure:
        print(f'1..1\nnot ok 1 - {failure}')
        return 1
    print(f'1..{len(results)}')
    for number, (what, findings) in enumerate(results, 1):
        print(f"{'not ok' if findings else 'ok'} {number} - {what}")
        for finding in findings:
            print(f'# {finding}')
    return 1 if any(findings for _, findings in results) else 0


if __name__ == '__main__':
    os.environ.setdefault('NO_AT_BRIDGE', '0')
    sys.exit(main())
