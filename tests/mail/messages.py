#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bytes of messages: byte-exact golden files, a round trip through Python's
e-mail parser, and a fuzz of everything that stands in a header. Prints TAP.

  messages.py BUILD-MESSAGE          AW_UPDATE=1 writes the golden files anew"""

import base64
import email
import email.policy
import os
import pathlib
import random
import subprocess
import sys

golden = pathlib.Path(__file__).resolve().parent / 'golden'
ID = '11111111-2222-4333-8444-555555555555@verhoeven.example'
BASE = {'from_name': 'Sam Verhoeven', 'from': 'sam@verhoeven.example', 'to_name': 'Marcus Bell', 'to': 'marcus@harbor.example',
        'subject': 'Thank you for Tuesday', 'body': 'Dear Marcus,\n\nThank you.\n', 'message_id': ID, 'at': 1772532000, 'offset': 3600}
UMLAUTS = {**BASE, 'from_name': 'Jörg Müller-Lüdenscheidt', 'to_name': 'Łukasz Żółć', 'to': 'lukasz@bücher.example',
           'subject': 'Grüße und Dank für das Gespräch am Dienstag über die Ereigniswarteschlange bei Ihnen – 你好',
           'body': 'Lieber Łukasz,\n\n' + 'ä' * 1500 + '\n' + 'x' * 3000 + '\n.\n..\nFrom me\n-- \ntail \n', 'signature': 'Jörg\n+49 30 1234'}
CASES = {
    'plain': BASE, 'umlauts': UMLAUTS,
    'reply': {**BASE, 'subject': 'Re: Thank you', 'in_reply_to': '<a@b.example>',
              'references': ' '.join(f'<{i}-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.example>' for i in range(40)), 'offset': -12600},
    'attachment': {**BASE, 'file_name': 'Lebenslauf Ä.pdf', 'file': '%PDF-1.4 ' + 'abc' * 200},
    'quoted-name': {**BASE, 'from_name': 'Verhoeven, Sam "The Man" <x@y>', 'to_name': 'O\'Brien; (Ltd.)'},
}
failures = 0


def build(tool, values):
    text = '[message]\n' + ''.join(
        f'{k}={v}\n' if isinstance(v, int) else f"{k}={base64.b64encode(v.encode('utf-8', 'surrogateescape')).decode()}\n" for k, v in values.items())
    return subprocess.run([tool], input=text.encode(), capture_output=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'})


def report(number, name, problems):
    global failures
    failures += bool(problems)
    print(f"{'not ok' if problems else 'ok'} {number} {name}", *[f'\n# {p}' for p in problems], sep='')


def check(values, raw):
    problems = []

    def expect(what, got, wanted):
        if got != wanted:
            problems.append(f'{what}: {got!r} instead of {wanted!r}')

    message = email.message_from_bytes(raw, policy=email.policy.default)
    expect('subject', message['Subject'], values['subject'])
    for header, name, address in (('From', 'from_name', 'from'), ('To', 'to_name', 'to')):
        expect(header, len(message[header].addresses), 1)
        expect(header + ' name', message[header].addresses[0].display_name, values[name])
        expect(header + ' address', message[header].addresses[0].addr_spec, values[address].replace('bücher', 'xn--bcher-kva'))
    expect('Message-ID', message['Message-ID'], f'<{ID}>')
    expect('date', int(message['Date'].datetime.timestamp()), values['at'])
    expect('offset', message['Date'].datetime.utcoffset().total_seconds(), values['offset'])
    expect('Bcc', message['Bcc'], None)
    body = message.get_body(('plain',))
    expect('charset', body.get_content_charset(), 'utf-8')
    text = values['body'].rstrip('\n') + '\n' + ('\n-- \n' + values['signature'] + '\n' if 'signature' in values else '')
    expect('text', body.get_content().replace('\r\n', '\n'), text)
    files = list(message.iter_attachments()) if message.is_multipart() else []
    expect('files', [f.get_filename() for f in files], [values['file_name']] if 'file_name' in values else [])
    if files:
        expect('file', files[0].get_content(), values['file'].encode())
    if 'references' in values:
        ids = message['References'].split()
        expect('references', (len(ids), ids[0], ids[-1]), (20, values['references'].split()[0], values['in_reply_to']))
        expect('In-Reply-To', message['In-Reply-To'], values['in_reply_to'])
    expect('lone CR or LF', raw.replace(b'\r\n', b'').count(b'\n') + raw.replace(b'\r\n', b'').count(b'\r'), 0)
    expect('8-bit', any(b > 127 for b in raw), False)
    expect('end', raw.endswith(b'\r\n'), True)
    if max(map(len, raw.split(b'\r\n'))) > 998:
        problems.append('a line is too long')
    if os.uname().nodename.encode() in raw and len(os.uname().nodename) > 3:
        problems.append('the name of this machine')
    return problems


def fuzz(tool, runs):
    """Nothing that a field holds may become a header of its own or a second address."""
    rand = random.Random(int(os.environ.get('AW_SEED', '7')))
    bad = ['\r\nBcc: evil@x.example', '\nBcc: evil@x.example', '\r', '\0', '\x0b', '\u2028Bcc: e', '\u202e', '\x85', '<evil@x.example>', ',evil@x.example',
           '"', '\\', '(c)', ' ', '=?utf-8?q?=0D=0ABcc:_evil?=', ';', ':', '\udcff', 'ü', '@', '..', '\t', '> SIZE=1', '你', '%0d%0a', 'a' * 300]
    problems = []
    for _ in range(runs):
        values = dict(BASE)
        for field in rand.sample(['from_name', 'to_name', 'to', 'from', 'subject', 'in_reply_to', 'references', 'file_name'], 2):
            text = values.get(field, 'a@b.example')
            at = rand.randrange(len(text) + 1)
            values[field] = text[:at] + ''.join(rand.choices(bad, k=rand.randint(1, 2))) + text[at:]
        done = build(tool, values)
        if done.returncode == 1:
            if len(done.stderr.decode().strip().splitlines()) != 1:
                problems.append(f'not one sentence: {done.stderr!r}')
        elif done.returncode != 0:
            problems.append(f'exit {done.returncode} with {values!r}: {done.stderr!r}')
        else:
            message = email.message_from_bytes(done.stdout, policy=email.policy.default)
            names = sorted(name.lower() for name in message.keys())
            allowed = {'from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'content-transfer-encoding', 'in-reply-to', 'references'}
            if len(set(names)) != len(names) or not set(names) <= allowed:
                problems.append(f'headers {names} with {values!r}')
            if len(message['To'].addresses) != 1 or len(message['From'].addresses) != 1:
                problems.append(f'addresses with {values!r}')
    return problems[:5]


def main():
    tool = sys.argv[1]
    print(f'1..{len(CASES) + 1}')
    for number, (name, values) in enumerate(CASES.items(), 1):
        done = build(tool, values)
        path = golden / f'{name}.eml'
        problems = [done.stderr.decode()] if done.returncode else check(values, done.stdout)
        if os.environ.get('AW_UPDATE'):
            golden.mkdir(exist_ok=True)
            path.write_bytes(done.stdout)
        elif not path.exists() or path.read_bytes() != done.stdout:
            problems.append(f'not the bytes of {path.name}')
        report(number, name, problems)
    report(len(CASES) + 1, 'nothing gets into a header', fuzz(tool, int(os.environ.get('AW_FUZZ', '300'))))
    sys.exit(1 if failures else 0)


main()
