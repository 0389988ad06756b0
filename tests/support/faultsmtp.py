#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An SMTP submission server for tests, with TLS, STARTTLS and AUTH, that can fail
at every stage in every way (mail.md 4.3).

  faultsmtp.py --port 0 --ready-file FILE --log FILE --store DIR
      [--tls starttls|implicit --cert KEY+CERT.pem] [--auth PLAIN,LOGIN,CRAM-MD5,XOAUTH2,OAUTHBEARER]
      [--user NAME --password WORDS] [--max-size BYTES] [--smtputf8]
      [--preset NAME | --fault '[CONNECTION@]STAGE[/GLOB]:ACTION[+ACTION]']…

Stages: connect banner ehlo ehlo2 starttls tls auth authdata mail rcpt data body eod quit rset.
Actions: 'NNN text' close reset hang delay=S slow=S half=TEXT garbage longline=N accept inject nostarttls noauth."""

import argparse
import asyncio
import base64
import fnmatch
import hashlib
import hmac
import json
import os
import pathlib
import re
import ssl
import struct
import socket
import sys
import time

PRESETS = {
    'ok': [],
    'close-connect': ['connect:close'], 'reset-connect': ['connect:reset'], 'hang-banner': ['banner:hang'],
    'close-banner': ['banner:close'], '421-banner': ['banner:421 busy'], '554-banner': ['banner:554 no service for you'],
    'garbage-banner': ['banner:garbage'], 'http-banner': ['banner:half=HTTP/1.1 400 Bad Request\r\n\r\n+close'],
    'close-ehlo': ['ehlo:close'], '421-ehlo': ['ehlo:421 closing'], 'hang-ehlo': ['ehlo:hang'], '550-ehlo': ['ehlo:550 who are you'],
    'no-starttls': ['ehlo:nostarttls'], 'starttls-454': ['starttls:454 TLS not available'], 'starttls-close': ['starttls:close'],
    'starttls-inject': ['starttls:inject'], 'tls-close': ['tls:close'], 'tls-hang': ['tls:hang'],
    'no-auth': ['ehlo:noauth', 'ehlo2:noauth'], 'auth-535': ['auth:535 5.7.8 authentication failed'],
    'auth-534-app-pw': ['auth:534 5.7.9 Application-specific password required'], 'auth-454': ['auth:454 4.7.0 temporary'],
    'auth-close': ['auth:close'], 'auth-hang': ['auth:hang'], 'auth-530': ['auth:530 5.7.0 must authenticate'],
    'mail-451': ['mail:451 later'], 'mail-552': ['mail:552 too big'], 'mail-550': ['mail:550 no'], 'mail-close': ['mail:close'],
    'mail-hang': ['mail:hang'], 'mail-553': ['mail:553 5.7.1 sender not owned by user'], 'mail-421': ['mail:421 closing'],
    'rcpt-450': ['rcpt:450 4.2.0 greylisted'], 'rcpt-452': ['rcpt:452 4.2.2 mailbox full'], 'rcpt-550': ['rcpt:550 5.1.1 unknown user'],
    'rcpt-554': ['rcpt:554 5.7.1 relay denied'], 'rcpt-close': ['rcpt:close'], 'rcpt-hang': ['rcpt:hang'], 'rcpt-421': ['rcpt:421 closing'],
    'rcpt-self-550': ['rcpt/*sam@*:550 5.1.1 not you'],
    'data-451': ['data:451 later'], 'data-554': ['data:554 no'], 'data-close': ['data:close'], 'data-hang': ['data:hang'],
    'body-close': ['body:close'], 'body-reset': ['body:reset'], 'body-hang': ['body:hang'],
    'eod-451': ['eod:451 later'], 'eod-452': ['eod:452 no room'], 'eod-550': ['eod:550 5.7.1 content refused'], 'eod-552': ['eod:552 5.3.4 too big'],
    'eod-554': ['eod:554 5.7.1 spam'], 'eod-421': ['eod:421 closing'], 'eod-251': ['eod:accept+251 ok, will forward'],
    'eod-lost-accepted': ['eod:accept+reset'], 'eod-lost-refused': ['eod:reset'], 'eod-close-accepted': ['eod:accept+close'],
    'eod-hang-accepted': ['eod:accept+hang'], 'eod-half': ['eod:accept+half=25+close'], 'eod-garbage': ['eod:accept+garbage'],
    'eod-slow': ['eod:accept+delay=3+250 2.0.0 ok, queued as slow'], 'quit-hang': ['quit:hang'], 'quit-reset': ['quit:reset'],
    'slow-all': ['banner:slow=0.02', 'ehlo:slow=0.02', 'mail:slow=0.02', 'rcpt:slow=0.02'],
    'long-answer': ['mail:longline=20000'], 'huge-answer': ['mail:longline=1100000'], 'hang-connect': ['connect:hang'],
}


class Closed(Exception):
    """The fault ended the connection."""


def plain_action(text):
    return re.match(r'^\d{3}( |-|$)', text)


class Server:
    def __init__(self, options):
        self.o = options
        self.faults = []
        for spec in ([*PRESETS[options.preset]] if options.preset else []) + options.fault:
            match = re.match(r'^(?:(\d+)@)?(\w+)(?:/([^:]*))?:(.*)$', spec, re.S)
            if not match:
                raise SystemExit(f'faultsmtp: not a fault: {spec}')
            self.faults.append((int(match[1] or 0), match[2], match[3], match[4].split('+')))
        self.log_file = open(options.log, 'a', buffering=1)
        self.connections = 0
        self.stored = 0

    def log(self, event, **more):
        self.log_file.write(json.dumps({'event': event, 'time': time.time(), **more}) + '\n')

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.o.cert)
        if self.o.tls_max == '1.1':
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
            context.set_ciphers('ALL:@SECLEVEL=0')
        return context

    async def serve(self):
        implicit = self.o.tls == 'implicit' and not any(f[1] == 'tls' for f in self.faults)
        server = await asyncio.start_server(self.client, '127.0.0.1', self.o.port, ssl=self.context() if implicit else None, limit=2**20)
        port = server.sockets[0].getsockname()[1]
        ready = pathlib.Path(self.o.ready_file)
        ready.with_suffix('.new').write_text(f'{port}\n')
        ready.with_suffix('.new').rename(ready)
        async with server:
            await server.serve_forever()

    async def client(self, reader, writer):
        self.connections += 1
        connection = Connection(self, self.connections, reader, writer)
        try:
            await connection.run()
        except (Closed, ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.LimitOverrunError, ValueError) as end:
            self.log('end', connection=connection.number, why=repr(end))
        finally:
            try:
                writer.close()
            except Exception:
                pass


class Connection:
    def __init__(self, server, number, reader, writer):
        self.s, self.number, self.reader, self.writer = server, number, reader, writer
        self.o = server.o
        self.tls = self.o.tls == 'implicit'
        self.user, self.sender, self.recipients = None, None, []
        self.ehlos = 0

    def fault(self, stage, words=''):
        """The actions for this stage of this connection, or []."""
        for number, wanted, glob, actions in self.s.faults:
            if wanted == stage and number in (0, self.number) and (not glob or fnmatch.fnmatch(words, glob)):
                return actions
        return []

    async def answer(self, text, slow=0.0):
        data = (text + '\r\n').encode('latin-1', 'replace') if isinstance(text, str) else text
        if slow:
            for i in range(len(data)):
                self.writer.write(data[i:i + 1])
                await self.writer.drain()
                await asyncio.sleep(slow)
        else:
            self.writer.write(data)
            await self.writer.drain()

    async def act(self, actions, store=None):
        """Carries out a stage's actions. TRUE if one of them has answered."""
        answered = False
        for action in actions:
            name, _, value = action.partition('=')
            if name == 'close':
                self.writer.close()
                raise Closed('close')
            if name == 'reset':
                sock = self.writer.get_extra_info('socket')
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                self.writer.transport.abort()
                raise Closed('reset')
            if name == 'hang':
                await asyncio.sleep(3600)
            elif name == 'delay':
                await asyncio.sleep(float(value))
            elif name == 'half':
                await self.answer(value.encode())
                answered = True
            elif name == 'garbage':
                await self.answer(b'\x00\xff\x13garbage \xfe\r\n')
                answered = True
            elif name == 'longline':
                await self.answer('250 ' + 'x' * int(value))
                answered = True
            elif name == 'accept' and store:
                store()
            elif plain_action(action):
                await self.answer(action)
                answered = True
        return answered

    def slow(self, actions):
        return next((float(a[5:]) for a in actions if a.startswith('slow=')), 0.0)

    async def line(self):
        data = await self.reader.readuntil(b'\n')
        return data.decode('utf-8', 'surrogateescape').rstrip('\r\n')

    async def run(self):
        self.s.log('connect', connection=self.number)
        await self.act(self.fault('connect'))
        if self.o.tls == 'implicit' and self.fault('tls'):
            await self.act(self.fault('tls'))
        actions = self.fault('banner')
        if not await self.act(actions):
            await self.answer('220 faultsmtp ESMTP', self.slow(actions))
        while True:
            line = await self.line()
            verb = line.split(' ', 1)[0].upper()
            shown = 'AUTH ' + line.split(' ')[1] + ' …' if verb == 'AUTH' and ' ' in line else line
            self.s.log('command', connection=self.number, line=shown, tls=self.tls)
            handler = getattr(self, 'do_' + verb.lower(), None)
            if handler is None:
                await self.answer('502 5.5.2 what?')
            else:
                await handler(line)

    async def do_ehlo(self, line):
        self.ehlos += 1
        actions = self.fault('ehlo2' if self.ehlos > 1 else 'ehlo')
        if await self.act(actions):
            return
        lines = ['faultsmtp greets you', 'PIPELINING', '8BITMIME', f'SIZE {self.o.max_size}', 'ENHANCEDSTATUSCODES']
        if self.o.smtputf8:
            lines.append('SMTPUTF8')
        if self.o.tls == 'starttls' and not self.tls and 'nostarttls' not in actions:
            lines.append('STARTTLS')
        if self.o.auth and (self.tls or self.o.tls == 'none') and 'noauth' not in actions:
            lines.append('AUTH ' + ' '.join(self.o.auth.split(',')))
        await self.answer('\r\n'.join(f"250{'-' if i + 1 < len(lines) else ' '}{text}" for i, text in enumerate(lines)), self.slow(actions))

    do_helo = do_ehlo

    async def do_starttls(self, line):
        actions = self.fault('starttls')
        if 'inject' in actions:
            await self.answer(b'220 go ahead\r\n250-injected\r\n250 AUTH PLAIN\r\n')
        elif await self.act(actions):
            return
        else:
            await self.answer('220 go ahead')
        await self.act(self.fault('tls'))
        await self.writer.start_tls(self.s.context())
        self.tls, self.user = True, None

    def check(self, user, password):
        return user == self.o.user and password == self.o.password

    async def ask(self, prompt):
        await self.answer('334 ' + base64.b64encode(prompt).decode())
        actions = self.fault('authdata')
        if await self.act(actions):
            raise Closed('authdata')
        return base64.b64decode(await self.line())

    async def do_auth(self, line):
        actions = self.fault('auth')
        parts = line.split(' ')
        mechanism = parts[1].upper()
        initial = base64.b64decode(parts[2]) if len(parts) > 2 and parts[2] != '=' else None
        if await self.act(actions):
            return
        ok, user = False, ''
        if mechanism == 'PLAIN':
            _, user, password = (initial if initial is not None else await self.ask(b'')).decode().split('\0')
            ok = self.check(user, password)
        elif mechanism == 'LOGIN':
            user = (initial if initial is not None else await self.ask(b'Username:')).decode()
            ok = self.check(user, (await self.ask(b'Password:')).decode())
        elif mechanism == 'CRAM-MD5':
            challenge = f'<{time.time()}@faultsmtp>'.encode()
            user, digest = (await self.ask(challenge)).decode().rsplit(' ', 1)
            ok = user == self.o.user and hmac.compare_digest(digest, hmac.new(self.o.password.encode(), challenge, hashlib.md5).hexdigest())
        elif mechanism in ('XOAUTH2', 'OAUTHBEARER'):
            token = initial if initial is not None else await self.ask(b'')
            ok = b'Bearer ' + self.o.password.encode() in token
            if not ok:
                await self.ask(b'{"status":"401"}')
        if ok:
            self.user = user or self.o.user
            await self.answer('235 2.7.0 welcome')
        else:
            await self.answer('535 5.7.8 authentication failed')

    async def do_mail(self, line):
        actions = self.fault('mail', line)
        if await self.act(actions):
            return
        size = re.search(r'SIZE=(\d+)', line, re.I)
        if self.o.auth and not self.user:
            await self.answer('530 5.7.0 authenticate first')
        elif size and int(size[1]) > self.o.max_size:
            await self.answer('552 5.3.4 too big')
        else:
            self.sender, self.recipients = re.search(r'<(.*?)>', line)[1], []
            await self.answer('250 2.1.0 ok', self.slow(actions))

    async def do_rcpt(self, line):
        actions = self.fault('rcpt', line)
        if await self.act(actions):
            return
        self.recipients.append(re.search(r'<(.*?)>', line)[1])
        await self.answer('250 2.1.5 ok', self.slow(actions))

    async def do_data(self, line):
        if await self.act(self.fault('data')):
            return
        await self.answer('354 go on')
        body = bytearray()
        actions = self.fault('body')
        while True:
            data = await self.reader.readuntil(b'\n')
            if actions:
                await self.act(actions)
            if data == b'.\r\n':
                break
            body += data[1:] if data.startswith(b'.') else data
        if len(body) > self.o.max_size:
            await self.answer('552 5.3.4 too big')
            return

        def store():
            self.s.stored += 1
            path = pathlib.Path(self.o.store) / f'{self.s.stored:04d}.eml'
            path.write_bytes(body)
            message_id = re.search(rb'(?im)^message-id:\s*(\S+)', body)
            self.s.log('accepted', connection=self.number, sender=self.sender, recipients=self.recipients, size=len(body), tls=self.tls,
                       user=self.user, message_id=message_id[1].decode() if message_id else None, file=str(path),
                       max_line=max((len(x) for x in bytes(body).split(b'\r\n')), default=0), bare_lf=len(re.findall(rb'(?<!\r)\n', bytes(body))),
                       bare_cr=len(re.findall(rb'\r(?!\n)', bytes(body))), eight_bit=any(b > 127 for b in body))

        actions = self.fault('eod')
        if actions:
            if await self.act(actions, store):
                return
            return
        store()
        await self.answer(f'250 2.0.0 ok, queued as {self.s.stored}')

    async def do_rset(self, line):
        if not await self.act(self.fault('rset')):
            await self.answer('250 2.0.0 ok')

    async def do_noop(self, line):
        await self.answer('250 2.0.0 ok')

    async def do_quit(self, line):
        if not await self.act(self.fault('quit')):
            await self.answer('221 2.0.0 bye')
        raise Closed('quit')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--ready-file', required='--list-presets' not in sys.argv)
    parser.add_argument('--log', default=os.devnull)
    parser.add_argument('--store', default='.')
    parser.add_argument('--tls', choices=['none', 'starttls', 'implicit'], default='none')
    parser.add_argument('--tls-max', default='')
    parser.add_argument('--cert')
    parser.add_argument('--auth', default='')
    parser.add_argument('--user', default='')
    parser.add_argument('--password', default='')
    parser.add_argument('--max-size', type=int, default=100_000_000)
    parser.add_argument('--smtputf8', action='store_true')
    parser.add_argument('--preset', choices=sorted(PRESETS))
    parser.add_argument('--fault', action='append', default=[])
    parser.add_argument('--list-presets', action='store_true')
    options = parser.parse_args()
    if options.list_presets:
        print('\n'.join(sorted(PRESETS)))
        return
    try:
        asyncio.run(Server(options).serve())
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    main()
