#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent and its worker with a network that comes, goes and lies: the real
programs on buses of their own, where python-dbusmock is NetworkManager. Prints TAP.

  courier.py AGENT WORKER AGENT_ID DATA_FOLDER"""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from worker import PASSWORD, Outbox, Servers, accepted, make_certificates

NONE, PORTAL, FULL = 1, 2, 4


# Without folders of services: nothing is there but what a test starts.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


def bus_command(folder):
    config = pathlib.Path(folder) / 'bus.conf'
    config.write_text(BUS.format(folder=folder))
    return ['dbus-daemon', f'--config-file={config}', '--nofork', '--print-address=1']


class Desktop:
    """Two buses, NetworkManager, an agent."""

    def __init__(self, agent, worker, data_folder):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix='aw-courier-'))
        self.agent_program, self.worker = agent, worker
        self.children = []
        self.env = {'PATH': os.environ['PATH'], 'HOME': str(self.home), 'XDG_RUNTIME_DIR': str(self.home), 'XDG_DATA_HOME': str(self.home / 'data'),
                    'XDG_CONFIG_HOME': str(self.home / 'config'), 'TZ': 'UTC', 'LC_ALL': 'C.UTF-8', 'AFTERWORD_SEND': worker, 'AFTERWORD_APP': '',
                    'AFTERWORD_MAIL_TIMEOUT': '20000', 'GIO_USE_VFS': 'local', 'GIO_USE_NETWORK_MONITOR': 'networkmanager',
                    'GIO_USE_PROXY_RESOLVER': 'dummy', 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '')}
        os.chmod(self.home, 0o700)
        self.env['DBUS_SESSION_BUS_ADDRESS'] = self.bus()
        self.env['DBUS_SYSTEM_BUS_ADDRESS'] = self.bus()
        (self.home / 'data' / data_folder).mkdir(parents=True)
        self.path = self.home / 'data' / data_folder / 'afterword.db'

    def start_network(self, connectivity):
        self.spawn([sys.executable, '-m', 'dbusmock', '--system', '-t', 'networkmanager'])
        wait('NetworkManager', lambda: self.network('GetState', check=False))
        self.connectivity(connectivity)

    def bus(self):
        child = self.spawn(bus_command(self.home), stdout=subprocess.PIPE)
        return child.stdout.readline().decode().strip()

    def spawn(self, arguments, **keywords):
        keywords.setdefault('stdout', subprocess.DEVNULL)
        keywords.setdefault('stderr', subprocess.DEVNULL)
        child = subprocess.Popen(arguments, env=self.env, **keywords)
        self.children.append(child)
        return child

    def network(self, method, *arguments, check=True):
        if method == 'GetState':
            call = ['org.freedesktop.DBus.Properties.Get', "'org.freedesktop.NetworkManager'", "'State'"]
        else:
            call = ['org.freedesktop.DBus.Mock.' + method, *arguments]
        done = subprocess.run(['gdbus', 'call', '--system', '-d', 'org.freedesktop.NetworkManager', '-o', '/org/freedesktop/NetworkManager', '-m', *call],
                              env=self.env, capture_output=True, text=True)
        if check and done.returncode:
            raise AssertionError(done.stderr)
        return done.returncode == 0

    def connectivity(self, value):
        self.network('SetConnectivity', f'uint32 {value}')
        self.network('SetGlobalConnectionState', f'uint32 {70 if value > NONE else 20}')

    def agent(self):
        return self.spawn([self.agent_program], stderr=open(self.home / 'said', 'ab'))

    def call(self, agent_id, action):
        subprocess.run(['gdbus', 'call', '--session', '-d', agent_id, '-o', '/' + agent_id.replace('.', '/'), '-m',
                        'org.freedesktop.Application.ActivateAction', action, '[]', '{}'], env=self.env, capture_output=True)

    def close(self):
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        # What those started themselves goes by this folder's name.
        for entry in pathlib.Path('/proc').glob('[0-9]*'):
            try:
                if f'HOME={self.home}\0'.encode() in (entry / 'environ').read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
            except (OSError, ValueError):
                pass
        shutil.rmtree(self.home, ignore_errors=True)


def wait(what, look, seconds=30):
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f'{what}: not within {seconds} s')
        time.sleep(0.05)


def children_of(pid):
    return (pathlib.Path(f'/proc/{pid}/task/{pid}/children')).read_text().split()


def armed_timers(pid):
    """In how many seconds its timerfds go off, within a day: the far ones hear of a clock that is set."""
    found = [re.search(r'it_value: \((\d+), (\d+)\)', entry.read_text()) for entry in pathlib.Path(f'/proc/{pid}/fdinfo').iterdir()]
    return [int(match[1]) for match in found if match and match.groups() != ('0', '0') and int(match[1]) < 24 * 3600]


def memory(pid):
    lines = pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text().splitlines()[1:]
    return {name: int(value.split()[0]) for name, value in (line.split(':') for line in lines)}


def switches(pid):
    return int(re.search(r'^voluntary_ctxt_switches:\s+(\d+)', pathlib.Path(f'/proc/{pid}/status').read_text(), re.M).group(1))


class Suite:
    def __init__(self, agent, worker, agent_id, data_folder):
        self.arguments = agent, worker, data_folder
        self.agent_id = agent_id
        self.number, self.bad = 0, 0
        self.servers = Servers()

    def ok(self, good, name, *details):
        self.number += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.number} {name}", flush=True)
        if not good:
            print('#', *details)

    def outbox(self, desktop, port, **account):
        outbox = Outbox(self.arguments[1], desktop.path.parent)
        outbox.add_facts()
        outbox.add_account(port, **{'user': None, **account})
        outbox.add_message()
        now = int(time.time())
        outbox.execute('UPDATE outbox SET first_at = ?, next_at = ?', now, now)
        outbox.execute("UPDATE message SET changed_at = strftime ('%Y-%m-%dT%H:%M:%SZ')")
        return outbox

    def comes_back(self):
        desktop = Desktop(*self.arguments)
        try:
            with socket.socket() as free:
                free.bind(('127.0.0.1', 0))
                port = free.getsockname()[1]
            desktop.start_network(NONE)
            outbox = self.outbox(desktop, port)
            desktop.agent()
            state = wait('the first try', lambda: outbox.state()[2] == 1 and outbox.state()[0] == 'queued' and outbox.state())
            self.ok(state[1] == 'not-listening' and state[3] > time.time() + 30, 'without a server it is to be tried again in a minute', state)
            log = desktop.home / 'log.jsonl'
            self.servers.start('--log', str(log), '--port', str(port), '--auth', '')
            begun = time.time()
            desktop.connectivity(FULL)
            wait('the message', lambda: outbox.state()[0] == 'sent', 40)
            self.ok(time.time() < state[3] and len(accepted(log)) == 1, f'when the network is there it leaves at once: {time.time() - begun:.1f} s', state)
        finally:
            desktop.close()

    def lies(self):
        desktop = Desktop(*self.arguments)
        try:
            certificates = make_certificates(desktop.home / 'certs')
            log = desktop.home / 'log.jsonl'
            _, _, port = self.servers.start('--log', str(log), '--auth', '', '--tls', 'starttls', '--cert', str(certificates / 'selfsigned.pem'))
            desktop.start_network(PORTAL)
            outbox = self.outbox(desktop, port, security='starttls')
            desktop.agent()
            state = wait('the first try', lambda: outbox.state()[2] == 1 and outbox.state()[0] != 'sending' and outbox.state())
            self.ok(state[:2] == ('queued', 'offline') and state[6] is None, "a hotel's certificate does not stop the account", state)
            desktop.connectivity(FULL)
            state = wait('the second try', lambda: outbox.state()[0] == 'failed' and outbox.state(), 60)
            self.ok(state[1] == 'certificate-self-signed' and state[6] and not accepted(log), "the server's own does", state)
        finally:
            desktop.close()

    def asks(self):
        """A password that is asked for each session, and no window: nothing is to wake anybody."""
        desktop = Desktop(*self.arguments)
        try:
            log = desktop.home / 'log.jsonl'
            _, _, port = self.servers.start('--log', str(log), '--auth', 'PLAIN')
            outbox = self.outbox(desktop, port, user='sam')
            agent = desktop.agent()
            state = wait('the first try', lambda: outbox.state()[1] == 'ask-password' and outbox.state())
            self.ok(state[:3] == ('queued', 'ask-password', 1) and not accepted(log), 'it waits for its password', state)
            # The worker is gone, and the agent has armed no timer and started no other.
            wait('an agent at rest', lambda: not children_of(agent.pid) and armed_timers(agent.pid) == [])
            woken = switches(agent.pid)
            time.sleep(5)
            self.ok(switches(agent.pid) == woken and armed_timers(agent.pid) == [] and outbox.state()[2] == 1,
                    'no timer is armed for it, and the agent is not woken', armed_timers(agent.pid), woken, switches(agent.pid), outbox.state())
            work = [desktop.worker, f'--database={desktop.path}']
            subprocess.run([*work, '--hurry'], env=desktop.env, stdout=subprocess.DEVNULL, check=True, timeout=60)
            self.ok(outbox.state()[:3] == ('queued', 'ask-password', 1), 'the network is not what it waits for', outbox.state())
            subprocess.run([*work, '--passwords'], env=desktop.env, input=b'a1\0' + PASSWORD.encode() + b'\0',
                           stdout=subprocess.DEVNULL, check=True, timeout=60)
            self.ok(outbox.state()[0] == 'sent' and len(accepted(log)) == 1, 'with its password it leaves at once', outbox.state())
        finally:
            desktop.close()

    def sends_all_day(self):
        """The worker sends: the agent is no bigger in the evening than in the morning."""
        desktop = Desktop(*self.arguments)
        try:
            log = desktop.home / 'log.jsonl'
            _, _, port = self.servers.start('--log', str(log), '--auth', '')
            outbox = self.outbox(desktop, port)
            agent = desktop.agent()
            wait('the first message', lambda: outbox.state()[0] == 'sent')
            wait('an agent at rest', lambda: not children_of(agent.pid))
            morning = memory(agent.pid)
            for hour in range(2, 12):
                for message in range(4):
                    outbox.add_message(f'm{hour}-{message}')
                now = int(time.time())
                # Confirmed: so many notes to one person are not what the check at the last moment lets go.
                outbox.execute("UPDATE outbox SET first_at = ?, next_at = ?, confirmed = 1 WHERE message LIKE ?", now, now, f'm{hour}-%')
                desktop.call(self.agent_id, 'refresh')
                wait(f'what leaves at {hour}', lambda: len(accepted(log)) == 1 + 4 * (hour - 1))
            wait('an agent at rest', lambda: not children_of(agent.pid))
            evening = memory(agent.pid)
            print(f"# private dirty {morning['Private_Dirty']} kB after a message, {evening['Private_Dirty']} kB after 41, PSS {evening['Pss']} kB", flush=True)
            self.ok(agent.poll() is None and len({e['file'] for e in accepted(log)}) == 41, 'a day of sending: 41 messages, ten workers, one agent')
            if not os.environ.get('ASAN_OPTIONS'):
                self.ok(evening['Private_Dirty'] <= 2560 and evening['Pss'] <= 6144, 'after which private dirty memory is at most 2.5 MB', evening)
        finally:
            desktop.close()

    def all(self):
        self.comes_back()
        self.lies()
        self.asks()
        self.sends_all_day()
        print(f'1..{self.number}')
        return 1 if self.bad else 0


def main():
    missing = [p for p in ('dbus-daemon', 'gdbus', 'openssl') if not shutil.which(p)]
    if subprocess.run([sys.executable, '-c', 'import dbusmock'], stderr=subprocess.DEVNULL).returncode:
        missing.append('python3-dbusmock')
    if missing:
        print(f"1..0 # SKIP needs {', '.join(missing)}" if not os.environ.get('CI') else f"1..1\nnot ok 1 needs {', '.join(missing)}")
        return 1 if os.environ.get('CI') else 0
    return Suite(*(os.path.abspath(a) for a in sys.argv[1:3]), *sys.argv[3:5]).all()


if __name__ == '__main__':
    sys.exit(main())
