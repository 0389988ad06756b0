#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong on the main path, with real parts and by the command line:
each gives one plain sentence in the place where it matters, nothing is lost,
nothing crashes. Prints TAP."""

import argparse
import json
import os
import pathlib
import signal
import socket
import sys

from session import SMTP_PASSWORD, SMTP_USER, Failure, Session, tell, wait_for

FACTS = {
    'format': 'afterword', 'version': 1, 'policy': {'time_zone': 'Europe/Berlin'},
    'opportunities': [{
        'id': 'o1', 'company': 'Harbor & Finch', 'role': 'Backend Developer', 'status': 'active',
        'people': [{'id': 'p1', 'name': 'Marcus Bell', 'roles': ['hiring-manager'], 'email': 'marcus.bell@harborfinch.example'},
                   {'id': 'p2', 'name': 'Aiko Tanaka', 'roles': ['hr'], 'email': 'aiko@harborfinch.example'}],
        'interviews': [{'id': 'i1', 'starts_at': '2026-11-24T10:00:00+01:00', 'time_zone': 'Europe/Berlin', 'duration_minutes': 60,
                        'attendees': ['p1', 'p2'], 'topics': [{'person': 'p1', 'text': 'the event queue'}]}],
    }],
}
LETTER = '''Dear Marcus,

Thank you for showing me how your team moved order intake to an event queue. The way you replay a day of
orders before each release stayed with me on the train home.

I built a replay tool of that kind at Bramble, and would enjoy doing such work with you. I remain very
interested in the Backend Developer position.

Kind regards,
Sam Verhoeven
'''
cases = []


def case(**options):
    def note(function):
        cases.append((function, options))
        return function
    return note


def sentence(done, status=1):
    """The one line on standard error, if it is one."""
    lines = done.stderr.strip().splitlines()
    if done.returncode != status:
        raise Failure(f'exit {done.returncode} instead of {status}: {done.stdout} {done.stderr}')
    if len(lines) != 1:
        raise Failure(f'{len(lines)} lines instead of one sentence: {done.stderr}')
    for word in ('CRITICAL', 'WARNING', 'g_', 'GError', 'assert'):
        if word in lines[0]:
            raise Failure(f'not a plain sentence: {lines[0]}')
    return lines[0]


def expect(condition, what):
    if not condition:
        raise Failure(what)


def put_facts(s):
    (s.home / 'facts.json').write_text(json.dumps(FACTS))
    (s.home / 'letter.txt').write_text(LETTER)
    s.run(['afterword', '--import=facts.json'])


def add_account(s, port, ca=None, password=SMTP_PASSWORD, check=True):
    return s.run(['afterword', f'--add-account={SMTP_USER}', f'--server=smtp://localhost:{port}', '--name=Sam Verhoeven',
                  *([f'--ca={ca}'] if ca else [])], input=password + '\n', check=check)


def send(s, person='p1', *more):
    return s.run(['afterword', '--send=letter.txt', '--opportunity=o1', f'--person={person}', '--subject=Thank you for Tuesday',
                  '--anyway', '--wait', *more], check=False)


def outbox(s):
    return json.loads(s.run(['afterword', '--outbox', '--json']).stdout)


def still_due(s):
    items = json.loads(s.run(['afterword', '--agenda', '--json', '--at=2026-11-24T18:00:00Z']).stdout)['items']
    return [item['key'] for item in items if item['kind'] == 'thank-you']


@case()
def a_message_goes_out(s):
    port, ca, accepted = s.start_mail_server()
    put_facts(s)
    add_account(s, port, ca)
    done = send(s)
    expect(done.returncode == 0 and '\nsent 250' in done.stdout, f'not sent: {done.stdout} {done.stderr}')
    expect(len(accepted()) == 1, f'{len(accepted())} messages at the server')
    expect(still_due(s) == ['thank-you/p2/i1'], f'still due: {still_due(s)}')


@case()
def wrong_password(s):
    port, ca, accepted = s.start_mail_server()
    put_facts(s)
    add_account(s, port, ca, 'wrong')
    done = send(s)
    expect(done.returncode == 1 and '\nfailed 535' in done.stdout, f'{done.stdout} {done.stderr}')
    expect('password' in outbox(s)[0]['text'] or 'password' in done.stdout, f'no plain words: {done.stdout}')
    expect(not accepted() and len(still_due(s)) == 2, 'something was lost or sent')


@case()
def refused_recipient(s):
    port, ca, accepted = s.start_mail_server('--preset', 'rcpt-550')
    put_facts(s)
    add_account(s, port, ca)
    done = send(s)
    expect(done.returncode == 1 and '\nfailed 550' in done.stdout, f'{done.stdout} {done.stderr}')
    expect(not accepted() and len(still_due(s)) == 2, 'something was lost or sent')


@case()
def no_network(s):
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    put_facts(s)
    add_account(s, port)
    done = send(s)
    expect(done.returncode == 1 and '\nqueued 000' in done.stdout, f'{done.stdout} {done.stderr}')
    expect([m['state'] for m in outbox(s)] == ['queued'], f'{outbox(s)}')


@case()
def bad_certificate(s):
    port, ca, accepted = s.start_mail_server()
    put_facts(s)
    add_account(s, port)  # without the authority that made it
    done = send(s)
    expect(done.returncode == 1 and '\nfailed 000' in done.stdout and 'certificate' in done.stdout, f'{done.stdout} {done.stderr}')
    expect(not accepted(), 'sent in spite of the certificate')


@case()
def locked_keyring(s):
    """In the background nobody is asked: the message waits, and says for what."""
    port, ca, accepted = s.start_mail_server()
    put_facts(s)
    add_account(s, port, ca)
    s.run(['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets',
           'org.freedesktop.Secret.Service.Lock', 'array:objpath:/org/freedesktop/secrets/collection/login'])
    done = send(s)
    expect(done.returncode == 1 and '\nqueued 000' in done.stdout, f'{done.stdout} {done.stderr}')
    expect('locked' in outbox(s)[0]['text'], f'{outbox(s)}')
    expect(not accepted() and len(still_due(s)) == 2, 'something was lost or sent')


def kill_own(s, *programs):
    """kill -9 of programs of this session; gives how many there were."""
    killed = 0
    for entry in pathlib.Path('/proc').glob('[0-9]*'):
        try:
            name = pathlib.Path((entry / 'cmdline').read_bytes().split(b'\0')[0].decode()).name
            if name in programs and f'HOME={s.home}\0'.encode() in (entry / 'environ').read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)
                killed += 1
        except (OSError, ValueError):
            pass
    return killed


@case()
def agent_and_worker_killed(s):
    """In the middle of sending; the next agent sends it, once."""
    port, ca, accepted = s.start_mail_server('--fault', '1@rcpt:delay=3')
    put_facts(s)
    add_account(s, port, ca)
    s.run(['afterword', '--send=letter.txt', '--opportunity=o1', '--person=p1', '--subject=Thank you for Tuesday', '--anyway'])
    wait_for('the sending', lambda: outbox(s)[0]['state'] == 'sending')
    expect(kill_own(s, 'afterword-agent', 'afterword-send') == 2, 'not both were there')
    expect(outbox(s)[0]['state'] == 'sending' and not accepted(), f'{outbox(s)}')
    name = next((s.prefix / 'share/dbus-1/services').glob('*.Agent.service')).stem
    s.run(['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus',
           'org.freedesktop.DBus.StartServiceByName', f'string:{name}', 'uint32:0'])
    wait_for('the message sent', lambda: outbox(s)[0]['state'] == 'sent', 20)
    expect(outbox(s)[0]['attempts'] == 2 and len(accepted()) == 1, f'{outbox(s)} {accepted()}')
    expect(still_due(s) == ['thank-you/p2/i1'], f'still due: {still_due(s)}')


@case(keyring=None)
def without_a_bus(s):
    """No agent can be asked: the worker runs to its end, by the command line's own hand."""
    port, ca, accepted = s.start_mail_server()
    del s.env['DBUS_SESSION_BUS_ADDRESS']
    s.env.update(SECRET_BACKEND='file', SECRET_FILE_TEST_PATH=str(s.home / 'secrets'), SECRET_FILE_TEST_PASSWORD='test')
    put_facts(s)
    add_account(s, port, ca)
    done = send(s)
    expect(done.returncode == 0 and '\nsent 250' in done.stdout, f'not sent: {done.stdout} {done.stderr}')
    expect(len(accepted()) == 1, f'{len(accepted())} messages at the server')


@case(keyring=None)
def no_keyring(s):
    port, ca, accepted = s.start_mail_server()
    put_facts(s)
    said = sentence(add_account(s, port, ca, check=False))
    expect('keyring' in said.lower() or 'password' in said.lower(), said)
    done = send(s)
    expect(done.returncode == 1 and not accepted(), f'{done.stdout} {done.stderr}')
    expect(len(still_due(s)) == 2, 'the duty was lost')


@case()
def not_a_database(s):
    path = s.home / 'letter.db'
    path.write_text(LETTER * 20)
    said = sentence(s.run(['afterword', '--agenda', f'--database={path}'], check=False))
    expect('letter.db' in said, said)
    expect(path.read_text() == LETTER * 20, 'the file was changed')


@case()
def newer_schema(s):
    path = s.home / 'newer.db'
    s.run(['afterword', '--check', f'--database={path}'])
    s.run(['sqlite3', str(path), 'PRAGMA user_version = 999'])
    said = sentence(s.run(['afterword', '--agenda', f'--database={path}'], check=False))
    expect('newer' in said, said)


@case()
def wrong_usage(s):
    for arguments in (['--no-such-option'], ['--agenda', '--at=yesterday'], ['--agenda', '--check'], ['--json'],
                      ['--review=-'], ['--add-account=nobody', '--server=http://example.org']):
        done = s.run(['afterword', *arguments], check=False, input='')
        expect(done.returncode == 2, f'{arguments}: exit {done.returncode}: {done.stderr}')
        expect('CRITICAL' not in done.stderr, done.stderr)


@case()
def bad_documents(s):
    for name, text in (('nothing', ''), ('no json', 'Dear Marcus'), ('deep', '[' * 100000), ('list', '[]'),
                       ('other', '{"format": "other", "version": 1}'), ('slash', json.dumps(FACTS).replace('"o1"', '"o/1"')),
                       ('dangling', json.dumps(FACTS).replace('["p1", "p2"]', '["p1", "nobody"]')),
                       ('date', json.dumps(FACTS).replace('2026-11-24T10', '2026-13-24T10'))):
        (s.home / 'bad.json').write_text(text)
        said = sentence(s.run(['afterword', '--import=bad.json'], check=False))
        expect('bad.json' in said, f'{name}: {said}')
    expect(json.loads(s.run(['afterword', '--agenda', '--json']).stdout)['items'] == [], 'something was imported')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    parser.add_argument('only', nargs='*')
    options = parser.parse_args()
    wanted = [c for c in cases if not options.only or c[0].__name__ in options.only]
    print(f'1..{len(wanted)}', flush=True)
    bad = 0
    for number, (function, how) in enumerate(wanted, 1):
        try:
            with Session(options.prefix, zone='Europe/Berlin', display=False, **how) as s:
                function(s)
            print(f'ok {number} - {function.__name__}', flush=True)
        except Exception as failure:
            bad += 1
            tell(number, function.__name__, failure)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
