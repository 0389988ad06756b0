#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault matrix (mail.md 4.4): afterword-send against a server that fails in
every way at every stage. Each case asserts the message's state, the wording
class, whether it is tried again, whether the account is paused, how many copies
the server has, and that the touch is there exactly if it was sent. Prints TAP.

  faults.py WORKER [CASE…]"""

import concurrent.futures
import pathlib
import shutil
import sys
import tempfile

from worker import NOW_SEC, PASSWORD, RAW, Outbox, Servers, accepted, make_certificates, read_log

LONG = RAW + (b'y' * 70 + b'\r\n') * 20000
BIG = RAW + (b'x' * 70 + b'\r\n') * 280000

# name: (state, fault, paused, copies, options). Without a preset of its own the
# name is the preset. queued = tried again.
NET, TEMP = 'connection-lost', 'later'
CASES = {
    'good': ('sent', None, False, 1, {}),
    'close-connect': ('queued', NET, False, 0, {}), 'reset-connect': ('queued', NET, False, 0, {}),
    'hang-banner': ('queued', 'no-answer', False, 0, {}), '421-banner': ('queued', 'busy', False, 0, {}),
    '554-banner': ('failed', 'refused', False, 0, {}), 'close-ehlo': ('queued', NET, False, 0, {}),
    'hang-ehlo': ('queued', 'no-answer', False, 0, {}), '421-ehlo': ('queued', 'busy', False, 0, {}),
    'garbage-banner': ('queued', 'not-a-mail-server', False, 0, {}), 'http-banner': ('queued', 'not-a-mail-server', False, 0, {}),
    'ehlo-flood': ('queued', (NET, 'not-a-mail-server'), False, 0, {}), 'slow-all': ('queued', 'no-answer', False, 0, {}),
    'no-starttls': ('failed', 'no-encryption', True, 0, {'tls': 'starttls'}),
    'starttls-454': ('failed', 'no-encryption', True, 0, {'tls': 'starttls'}),
    'starttls-close': ('queued', NET, False, 0, {'tls': 'starttls'}), 'starttls-hang': ('queued', 'no-answer', False, 0, {'tls': 'starttls'}),
    'starttls-inject': ('queued', NET, False, 0, {'tls': 'starttls'}), 'tls-hang': ('queued', 'no-answer', False, 0, {'tls': 'starttls'}),
    'tls-close': ('failed', 'tls', True, 0, {'tls': 'starttls'}),
    'starttls-good': ('sent', None, False, 1, {'preset': 'good', 'tls': 'starttls'}),
    'implicit-good': ('sent', None, False, 1, {'preset': 'good', 'tls': 'implicit'}),
    'tls-1.1': ('failed', 'tls', True, 0, {'preset': 'good', 'tls': 'implicit', 'server': ['--tls-max']}),
    'tls-on-plain-port': ('failed', 'tls', True, 0, {'preset': 'good', 'tls': 'none', 'security': 'tls'}),
    'plain-on-tls-port': ('queued', 'no-answer', False, 0, {'preset': 'good', 'tls': 'implicit', 'security': 'starttls'}),
    'clear-to-elsewhere': ('failed', 'no-encryption', True, 0, {'preset': 'good', 'host': '192.0.2.1', 'security': 'none'}),
    'no-ca': ('failed', 'certificate-unknown', True, 0, {'preset': 'good', 'tls': 'starttls', 'ca': False}),
    **{f'cert-{name}': ('failed', fault, True, 0, {'preset': 'good', 'tls': tls, 'cert': name})
       for name, fault, tls in (('expired', 'certificate-expired', 'starttls'), ('notyet', 'certificate-not-yet', 'implicit'),
                                ('wronghost', 'certificate-host', 'starttls'), ('unknownca', 'certificate-unknown', 'implicit'),
                                ('selfsigned', 'certificate-self-signed', 'starttls'))},
    'pinned': ('sent', None, False, 1, {'preset': 'good', 'tls': 'starttls', 'cert': 'selfsigned', 'pin': 'selfsigned'}),
    'pin-changed': ('failed', 'certificate-changed', True, 0, {'preset': 'good', 'tls': 'starttls', 'cert': 'good', 'pin': 'selfsigned'}),
    'no-auth': ('failed', 'no-sign-in', True, 0, {'tls': 'starttls'}), 'auth-535': ('failed', 'password', True, 0, {}),
    'auth-534-app-pw': ('failed', 'app-password', True, 0, {}), 'auth-535-oauth': ('failed', 'oauth-only', True, 0, {}),
    'auth-454': ('queued', 'sign-in-busy', False, 0, {}), 'auth-421': ('queued', 'busy', False, 0, {}),
    'auth-close': ('queued', NET, False, 0, {}), 'auth-hang': ('queued', 'no-answer', False, 0, {}),
    'wrong-password': ('failed', 'password', True, 0, {'preset': 'good', 'password': 'wrong'}),
    'scram-only': ('failed', 'no-sign-in', True, 0, {'preset': 'good', 'auth': 'SCRAM-SHA-256'}),
    'login-only': ('sent', None, False, 1, {'preset': 'good', 'auth': 'LOGIN'}),
    'cram-only': ('sent', None, False, 1, {'preset': 'good', 'auth': 'CRAM-MD5'}),
    'mail-451': ('queued', TEMP, False, 0, {}), 'mail-421': ('queued', 'busy', False, 0, {}), 'mail-552': ('failed', 'too-big', False, 0, {}),
    'mail-550': ('failed', 'refused', False, 0, {}), 'mail-553': ('failed', 'sender', False, 0, {}), 'mail-530': ('failed', 'password', True, 0, {}),
    'mail-550-oauth': ('failed', 'oauth-only', True, 0, {}), 'mail-close': ('queued', NET, False, 0, {}), 'mail-hang': ('queued', 'no-answer', False, 0, {}),
    'long-answer': ('sent', None, False, 1, {}),
    'rcpt-450': ('queued', 'recipient-later', False, 0, {}), 'rcpt-451': ('queued', 'recipient-later', False, 0, {}),
    'rcpt-452': ('queued', 'recipient-later', False, 0, {}), 'rcpt-550': ('failed', 'recipient', False, 0, {}),
    'rcpt-551': ('failed', 'recipient', False, 0, {}), 'rcpt-553': ('failed', 'recipient', False, 0, {}), 'rcpt-554': ('failed', 'recipient', False, 0, {}),
    'rcpt-close': ('queued', NET, False, 0, {}), 'rcpt-reset': ('queued', NET, False, 0, {}), 'rcpt-hang': ('queued', 'no-answer', False, 0, {}),
    'bcc-good': ('sent', None, False, 1, {'preset': 'good', 'bcc': 'sam@verhoeven.example', 'rcpts': 2}),
    'bcc-refused': ('sent', None, False, 1, {'bcc': 'sam@verhoeven.example', 'rcpts': 1}),
    'data-451': ('queued', TEMP, False, 0, {}), 'data-554': ('failed', 'refused', False, 0, {}), 'data-close': ('queued', NET, False, 0, {}),
    'data-hang': ('queued', 'no-answer', False, 0, {}),
    # Closed while the few bytes are on their way: whoever is faster.
    'body-close': (('uncertain', 'queued'), ('uncertain', NET), False, 0, {}), 'body-reset': (('uncertain', 'queued'), ('uncertain', NET), False, 0, {}),
    'body-hang': ('uncertain', 'uncertain', False, 0, {}),
    'big-body-close': ('queued', NET, False, 0, {'preset': 'body-close', 'raw': BIG}),
    'big-body-hang': ('queued', 'no-answer', False, 0, {'preset': 'body-hang', 'raw': BIG}),
    'big-good': ('sent', None, False, 1, {'preset': 'good', 'raw': LONG}),
    'eod-451': ('queued', TEMP, False, 0, {}), 'eod-452': ('queued', TEMP, False, 0, {}), 'eod-550': ('failed', 'refused', False, 0, {}),
    'eod-552': ('failed', 'too-big', False, 0, {}), 'eod-554': ('failed', 'refused', False, 0, {}), 'eod-421': ('queued', 'busy', False, 0, {}),
    'eod-251': ('sent', None, False, 1, {}), 'eod-lost-accepted': ('uncertain', 'uncertain', False, 1, {}),
    'eod-reset-accepted': ('uncertain', 'uncertain', False, 1, {}), 'eod-lost-refused': ('uncertain', 'uncertain', False, 0, {}),
    'eod-hang-accepted': ('uncertain', 'uncertain', False, 1, {}), 'eod-half': ('uncertain', 'uncertain', False, 1, {}),
    'eod-garbage': ('uncertain', 'uncertain', False, 1, {}), 'eod-slow': ('sent', None, False, 1, {}), 'eod-multi': ('sent', None, False, 1, {}),
    'eod-longline': ('sent', None, False, 1, {}), 'quit-hang': ('sent', None, False, 1, {}), 'quit-reset': ('sent', None, False, 1, {}),
    'too-big': ('failed', 'too-big', False, 0, {'preset': 'good', 'server': ['--max-size', '200']}),
    'utf8-unsupported': ('failed', 'needs-utf8', False, 0, {'preset': 'good', 'rcpt': 'jörg@harbor.example'}),
    'utf8-supported': ('sent', None, False, 1, {'preset': 'good', 'rcpt': 'jörg@harbor.example', 'server': ['--caps', 'SMTPUTF8']}),
    'port-closed': ('queued', 'not-listening', False, 0, {'preset': 'good', 'port': 1}),
    'host-unknown': ('queued', 'host-not-found', False, 0, {'preset': 'good', 'host': 'no-such-host.invalid', 'security': 'starttls'}),
    'bad-host': ('failed', 'setup', True, 0, {'preset': 'good', 'host': 'a b/c', 'security': 'starttls'}),
}


def run(name, worker, folder, template, certificates, pins, servers):
    state, fault, paused, copies, options = CASES[name]
    tls = options.get('tls', 'none')
    log = folder / f'{name}.jsonl'
    store = folder / name / 'store'
    store.mkdir(parents=True)
    arguments = ['--preset', options.get('preset', name), '--log', str(log), '--store', str(store), '--tls', tls,
                 '--auth', options.get('auth', 'PLAIN,LOGIN,CRAM-MD5'), '--user', 'sam', '--password', PASSWORD, *options.get('server', [])]
    if tls != 'none':
        arguments += ['--cert', str(certificates / (options.get('cert', 'good') + '.pem'))]
    _, _, port = servers.start(*arguments)
    outbox = Outbox(worker, folder / name, template)
    ca = (certificates / 'ca.pem').read_text() if options.get('ca', True) and tls != 'none' else None
    outbox.add_account(options.get('port', port), options.get('security', {'none': 'none', 'starttls': 'starttls', 'implicit': 'tls'}[tls]),
                       options.get('host', '127.0.0.1'), ca, pins.get(options.get('pin')))
    outbox.add_message(raw=options.get('raw', RAW), rcpt=options.get('rcpt', 'marcus@harbor.example'), bcc=options.get('bcc'))
    status, out, err = outbox.run(password=options.get('password', PASSWORD))
    seen = outbox.state()
    entries = accepted(log)
    problems = []

    def expect(what, got, wanted):
        if isinstance(wanted, tuple) and not isinstance(got, tuple):
            wanted = got if got in wanted else wanted[0]
        if got != wanted:
            problems.append(f'{what}: {got!r} instead of {wanted!r}')

    expect('exit status', status, 0)
    expect('state', seen[0], state)
    expect('fault', seen[1], fault)
    expect('paused', seen[6] is not None, paused)
    expect('copies', len(entries), copies)
    expect('attempts', seen[2], 1)
    expect('touches', len(outbox.touches()), 1 if state == 'sent' else 0)
    state = seen[0]
    if state == 'queued' and not NOW_SEC + 40 <= seen[3] <= NOW_SEC + 90:
        problems.append(f'next try after {seen[3] - NOW_SEC} s')
    if state in ('failed', 'queued') and not seen[5]:
        problems.append('nothing is said')
    if entries:
        expect('bytes', (store / entries[0]['file']).read_bytes() == options.get('raw', RAW), True)
        expect('recipients', len(entries[0]['rcpt']), options.get('rcpts', 1))
        expect('8-bit, bare CR, bare LF', (entries[0]['eight_bit'], entries[0]['bare_cr'], entries[0]['bare_lf']), (False, 0, 0))
    text = log.read_text() if log.exists() else ''
    if PASSWORD in out + err + str(seen) + text:
        problems.append('the password is seen')
    if tls == 'starttls' and any(e['event'] == 'command' and e['line'].startswith('AUTH') and not e['tls'] for e in read_log(log)):
        problems.append('signed in before TLS')
    if any(e['event'] == 'command' and e['line'].upper().startswith(('EHLO', 'HELO')) and '127.0.0.1' not in e['line'] for e in read_log(log)):
        problems.append('EHLO names this machine')
    # A second look must not send again what is settled or not due.
    if state in ('sent', 'uncertain', 'failed'):
        outbox.run()
        expect('copies after a second run', len(accepted(log)), copies)
        expect('state after a second run', outbox.state()[0], state)
    return problems


def pin_of(path):
    import base64
    import hashlib
    import subprocess
    key = subprocess.run(['openssl', 'x509', '-in', path, '-pubkey', '-noout'], capture_output=True, check=True).stdout
    der = subprocess.run(['openssl', 'pkey', '-pubin', '-outform', 'DER'], input=key, capture_output=True, check=True).stdout
    return 'sha256//' + base64.b64encode(hashlib.sha256(der).digest()).decode()


def main():
    worker, wanted = sys.argv[1], sys.argv[2:] or list(CASES)
    folder = pathlib.Path(tempfile.mkdtemp(prefix='aw-faults-'))
    bad = 0
    try:
        certificates = make_certificates(folder / 'certs')
        pins = {'selfsigned': pin_of(certificates / 'selfsigned.pem')}
        first = Outbox(worker, folder / 'template')
        first.add_facts()
        first.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        servers = Servers()
        print(f'1..{len(wanted)}', flush=True)
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            futures = [pool.submit(run, name, worker, folder, first.path, certificates, pins, servers) for name in wanted]
            for i, (name, future) in enumerate(zip(wanted, futures), 1):
                try:
                    problems = future.result()
                except Exception as error:  # one case must not hide the others
                    problems = [f'{type(error).__name__}: {error}']
                bad += bool(problems)
                print(f"{'not ok' if problems else 'ok'} {i} {name}", *[f'\n# {p}' for p in problems], sep='', flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if bad else 0)


main()
