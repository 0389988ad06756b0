#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An SMTP server that does what it is told to do wrong.

  faultsmtp.py --port 0 --ready-file R --log L.jsonl --store DIR
      [--tls none|starttls|implicit --cert good.pem] [--auth PLAIN,LOGIN,CRAM-MD5]
      [--user U --password P] [--caps SMTPUTF8,…] [--max-size N]
      [--preset NAME | --fault '[CONN@]STAGE[/GLOB]:ACTION[+ACTION…]']…

Stages: connect banner ehlo ehlo2 starttls tls auth authdata mail rcpt data body
eod quit. Actions: 'NNN text' close reset hang delay=S slow=S half= garbage
longline= accept inject= nostarttls noauth http. CONN is the number of the
connection, from 1; GLOB is matched with the command. The log has a line of JSON
for each command (secrets hidden) and an "accepted" one for each message."""

import argparse
import asyncio
import base64
import email
import email.policy
import fnmatch
import hashlib
import hmac
import json
import os
import pathlib
import re
import socket
import ssl
import struct
import sys

PRESETS = {
    'good': [],
    'close-connect': ['connect:close'], 'reset-connect': ['connect:reset'], 'hang-banner': ['banner:hang'],
    '421-banner': ['banner:421 4.3.2 Too busy'], '554-banner': ['banner:554 5.7.1 Not you'], 'close-ehlo': ['ehlo:close'],
    'hang-ehlo': ['ehlo:hang'], '421-ehlo': ['ehlo:421 4.3.2 Going down'], 'garbage-banner': ['banner:garbage'],
    'http-banner': ['banner:http'],
    'no-starttls': ['ehlo:nostarttls'], 'starttls-454': ['starttls:454 4.7.0 TLS not available'], 'starttls-close': ['starttls:close'],
    'starttls-hang': ['starttls:hang'], 'starttls-inject': ['starttls:inject=250 hello'], 'tls-close': ['tls:close'], 'tls-hang': ['tls:hang'],
    'no-auth': ['ehlo2:noauth', 'ehlo:noauth'], 'auth-535': ['auth:535 5.7.8 Wrong user name or password'],
    'auth-534-app-pw': ['auth:534 5.7.9 Application-specific password required'],
    'auth-535-oauth': ['auth:535 5.7.139 Authentication unsuccessful, basic authentication is disabled'],
    'auth-454': ['auth:454 4.7.0 Temporary authentication failure'], 'auth-close': ['auth:close'], 'auth-hang': ['auth:hang'],
    'auth-421': ['auth:421 4.7.0 Too many'],
    'mail-451': ['mail:451 4.3.0 Later'], 'mail-552': ['mail:552 5.3.4 Too big'], 'mail-550': ['mail:550 5.7.1 Sender refused'],
    'mail-553': ['mail:553 5.7.1 Sender not owned by user'], 'mail-530': ['mail:530 5.7.0 Authentication required'],
    'mail-close': ['mail:close'], 'mail-hang': ['mail:hang'], 'mail-421': ['mail:421 4.3.2 Going down'],
    'mail-550-oauth': ['mail:550 5.7.30 Basic authentication is not supported'],
    'rcpt-450': ['rcpt:450 4.2.1 Greylisted'], 'rcpt-451': ['rcpt:451 4.3.0 Later'], 'rcpt-452': ['rcpt:452 4.2.2 Mailbox full'],
    'rcpt-550': ['rcpt:550 5.1.1 No such user'], 'rcpt-551': ['rcpt:551 5.1.6 Moved'], 'rcpt-553': ['rcpt:553 5.1.3 Bad syntax'],
    'rcpt-554': ['rcpt:554 5.7.1 Relay denied'], 'rcpt-close': ['rcpt:close'], 'rcpt-reset': ['rcpt:reset'], 'rcpt-hang': ['rcpt:hang'],
    'data-451': ['data:451 4.3.0 Later'], 'data-554': ['data:554 5.5.1 No'], 'data-close': ['data:close'], 'data-hang': ['data:hang'],
    'body-close': ['body:close'], 'body-reset': ['body:reset'], 'body-hang': ['body:hang'],
    'eod-451': ['eod:451 4.3.0 Later'], 'eod-452': ['eod:452 4.3.1 No space'], 'eod-550': ['eod:550 5.7.1 Spam'],
    'eod-552': ['eod:552 5.3.4 Too big'], 'eod-554': ['eod:554 5.6.0 No'], 'eod-421': ['eod:421 4.3.2 Going down'],
    'eod-251': ['eod:accept+251 2.0.0 Will forward'], 'eod-lost-accepted': ['eod:accept+close'], 'eod-reset-accepted': ['eod:accept+reset'],
    'eod-lost-refused': ['eod:close'], 'eod-hang-accepted': ['eod:accept+hang'], 'eod-half': ['eod:accept+half=250 2.0.0 Ok'],
    'eod-garbage': ['eod:accept+garbage'], 'eod-slow': ['eod:accept+delay=1.5+250 2.0.0 Ok: queued late'],
    'eod-multi': ['eod:accept+250-2.0.0 Ok\r\n250-still\r\n250 2.0.0 queued as M'], 'eod-longline': ['eod:accept+longline=250 '],
    'quit-hang': ['quit:hang'], 'quit-reset': ['quit:reset'], 'slow-all': ['ehlo:slow=3'], 'long-answer': ['mail:longline=250 '],
    'ehlo-flood': ['ehlo:flood'], 'once-eod-lost': ['1@eod:accept+reset'], 'once-451': ['1@rcpt:451 4.7.1 Greylisted'],
    'bcc-refused': ['rcpt/*sam@*:550 5.1.1 Not to yourself'],
}


class Gone(Exception):
    pass


class Server:
    def __init__(self, options):
        self.options, self.connections, self.stored = options, 0, 0
        self.log_file = open(options.log, 'a', buffering=1) if options.log else None
        self.caps = [c for c in options.caps.split(',') if c]
        self.faults = []
        for text in [f for p in options.preset for f in PRESETS[p]] + options.fault:
            where, _, actions = text.partition(':')
            connection, stage = re.match(r'(?:(\d+)@)?(.*)', where).groups()
            stage, _, glob = stage.partition('/')
            self.faults.append((int(connection) if connection else None, stage, glob or '*', actions.split('+')))
        self.context = None
        if options.cert:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(options.cert)
            if options.tls_max:
                self.context.maximum_version = ssl.TLSVersion.TLSv1_1
                self.context.minimum_version = ssl.TLSVersion.TLSv1
                self.context.set_ciphers('ALL:@SECLEVEL=0')

    def log(self, **entry):
        if self.log_file:
            self.log_file.write(json.dumps(entry) + '\n')

    def find(self, number, stage, line):
        for connection, where, glob, actions in self.faults:
            if where == stage and connection in (None, number) and fnmatch.fnmatch(line.lower(), glob.lower()):
                return actions
        return []

    async def serve(self, reader, writer):
        self.connections += 1
        session = Session(self, self.connections, reader, writer)
        try:
            await session.run()
        except (Gone, ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, OSError, asyncio.LimitOverrunError):
            pass
        finally:
            self.log(event='closed', connection=session.number)
            try:
                writer.close()
            except Exception:
                pass


class Session:
    def __init__(self, server, number, reader, writer):
        self.server, self.number, self.reader, self.writer = server, number, reader, writer
        self.tls = False
        self.user = None
        self.greetings = 0
        self.hidden = set()
        self.slow = 0

    async def say(self, text):
        data = (text + '\r\n').encode()
        if self.slow:
            for byte in data:
                self.writer.write(bytes([byte]))
                await self.writer.drain()
                await asyncio.sleep(self.slow)
            return
        self.writer.write(data)
        await self.writer.drain()

    def reset(self):
        sock = self.writer.get_extra_info('socket')
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.writer.transport.abort()
        raise Gone

    async def fault(self, stage, line='', accept=None):
        """Does what is to go wrong here; gives whether the usual answer is still to be given."""
        usual = True
        for action in self.server.find(self.number, stage, line):
            name, _, value = action.partition('=')
            if action == 'close':
                self.writer.close()
                raise Gone
            elif action == 'reset':
                self.reset()
            elif action == 'hang':
                if stage == 'body':
                    self.writer.transport.pause_reading()
                await asyncio.sleep(3600)
            elif name == 'delay':
                await asyncio.sleep(float(value))
            elif name == 'slow':
                self.slow = float(value)
            elif action == 'accept':
                if accept:
                    accept()
            elif name == 'half':
                self.writer.write(value.encode())
                await self.writer.drain()
                self.writer.close()
                raise Gone
            elif action == 'garbage':
                self.writer.write(b'\x00\xff\xfe what is this\r\n')
                await self.writer.drain()
                usual = False
            elif action == 'http':
                self.writer.write(b'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
                await self.writer.drain()
                usual = False
            elif name == 'longline':
                await self.say(value + 'x' * 20000)
                usual = False
            elif action == 'flood':
                for _ in range(100000):
                    self.writer.write(b'250-' + b'x' * 1000 + b'\r\n')
                    await self.writer.drain()
                usual = False
            elif name == 'inject':
                await self.say('220 2.0.0 Go ahead\r\n' + value)
                await asyncio.sleep(0.5)
                self.writer.close()
                raise Gone
            elif action == 'nostarttls':
                self.hidden.add('STARTTLS')
            elif action == 'noauth':
                self.hidden.add('AUTH')
            elif re.match(r'\d{3}[ -]', action):
                await self.say(action)
                usual = False
                if action.startswith('421'):
                    self.writer.close()
                    raise Gone
            else:
                raise SystemExit(f'no such action: {action}')
        return usual

    async def line(self):
        data = await self.reader.readline()
        if not data:
            raise Gone
        return data.decode('utf-8', 'surrogateescape').rstrip('\r\n')

    async def run(self):
        self.server.log(event='connect', connection=self.number)
        if self.server.options.tls == 'implicit':
            await self.start_tls()
        await self.fault('connect')
        if await self.fault('banner'):
            await self.say('220 mail.test ESMTP')
        self.mail, self.rcpts = None, []
        while True:
            line = await self.line()
            verb = line.split(' ')[0].split(':')[0].upper()
            self.server.log(event='command', connection=self.number, line='AUTH *' if verb == 'AUTH' else line, tls=self.tls)
            handler = getattr(self, 'do_' + verb.lower(), None)
            if handler is None:
                await self.say('500 5.5.1 What?')
            else:
                await handler(line)

    async def start_tls(self):
        await self.fault('tls')
        await self.writer.start_tls(self.server.context)
        self.tls = True

    async def do_ehlo(self, line):
        self.greetings += 1
        if not await self.fault('ehlo' if self.greetings == 1 else 'ehlo2', line):
            return
        options = self.server.options
        caps = ['mail.test', *self.server.caps, f'SIZE {options.max_size or 50000000}']
        if options.tls == 'starttls' and not self.tls and 'STARTTLS' not in self.hidden:
            caps.append('STARTTLS')
        if options.auth and (self.tls or options.tls == 'none') and 'AUTH' not in self.hidden:
            caps.append('AUTH ' + options.auth.replace(',', ' '))
        await self.say('\r\n'.join(f"250{'-' if i + 1 < len(caps) else ' '}{c}" for i, c in enumerate(caps)))

    do_helo = do_ehlo

    async def do_starttls(self, line):
        if await self.fault('starttls', line):
            if self.server.context is None:
                await self.say('502 5.5.1 No')
                return
            await self.say('220 2.0.0 Go ahead')
            await self.start_tls()

    async def do_auth(self, line):
        if not await self.fault('auth', line):
            return
        options = self.server.options
        words = line.split(' ')
        name, first = words[1].upper(), words[2] if len(words) > 2 else None
        user = password = None
        if name == 'PLAIN':
            data = first or await self.challenge('')
            _, user, password = base64.b64decode(data).decode().split('\0')
        elif name == 'LOGIN':
            user = base64.b64decode(first or await self.challenge('Username:')).decode()
            password = base64.b64decode(await self.challenge('Password:')).decode()
        elif name == 'CRAM-MD5':
            text = '<1.2@mail.test>'
            user, digest = base64.b64decode(await self.challenge(text)).decode().rsplit(' ', 1)
            good = hmac.new(options.password.encode(), text.encode(), hashlib.md5).hexdigest()
            password = options.password if hmac.compare_digest(good, digest) else None
        elif name == 'XOAUTH2':
            text = base64.b64decode(first or await self.challenge('')).decode()
            parts = dict(p.split('=', 1) for p in text.strip('\1').split('\1'))
            user, password = parts['user'], parts['auth'].removeprefix('Bearer ')
            if options.password and password != options.password:
                self.server.log(event='auth', connection=self.number, mechanism=name, ok=False)
                await self.challenge('{"status":"401","schemes":"bearer"}')
        else:
            await self.say('504 5.5.4 No such mechanism')
            return
        if (options.user and user != options.user) or (options.password and password != options.password):
            self.server.log(event='auth', connection=self.number, mechanism=name, ok=False)
            await self.say('535 5.7.8 Authentication failed: wrong user name or password')
            return
        self.user = user
        self.server.log(event='auth', connection=self.number, mechanism=name, ok=True, user=user, tls=self.tls)
        await self.say('235 2.7.0 Welcome')

    async def challenge(self, text):
        await self.say('334 ' + base64.b64encode(text.encode()).decode())
        await self.fault('authdata')
        return await self.line()

    async def do_mail(self, line):
        if await self.fault('mail', line):
            if self.server.options.auth and self.user is None and 'AUTH' not in self.hidden:
                await self.say('530 5.7.0 Authentication required')
                return
            self.mail, self.rcpts = line, []
            await self.say('250 2.1.0 Ok')

    async def do_rcpt(self, line):
        if await self.fault('rcpt', line):
            self.rcpts.append(line)
            await self.say('250 2.1.5 Ok')

    async def do_data(self, line):
        if not await self.fault('data', line):
            return
        await self.say('354 End data with <CR><LF>.<CR><LF>')
        await self.fault('body')
        data = bytearray()
        while not data.endswith(b'\r\n.\r\n'):
            part = await self.reader.read(65536)
            if not part:
                raise Gone
            data += part
        data = re.sub(rb'(?m)^\.\.', b'.', bytes(data[:-3]))

        def accept():
            self.server.stored += 1
            name = f'{self.server.stored:04d}.eml'
            if self.server.options.store:
                (pathlib.Path(self.server.options.store) / name).write_bytes(data)
            lines = data.split(b'\r\n')
            self.server.log(event='accepted', connection=self.number, file=name, mail=self.mail, rcpt=self.rcpts, size=len(data),
                            tls=self.tls, user=self.user, max_line=max(map(len, lines)), bare_lf=data.replace(b'\r\n', b'').count(b'\n'),
                            bare_cr=data.replace(b'\r\n', b'').count(b'\r'), eight_bit=any(b > 127 for b in data),
                            message_id=email.message_from_bytes(data, policy=email.policy.default)['Message-ID'])

        limit = self.server.options.max_size
        if limit and len(data) > limit:
            await self.say('552 5.3.4 Too big')
        elif await self.fault('eod', line, accept):
            accept()
            await self.say('250 2.0.0 Ok: queued as TEST')

    async def do_rset(self, _):
        await self.say('250 2.0.0 Ok')

    do_noop = do_rset

    async def do_quit(self, line):
        if await self.fault('quit', line):
            await self.say('221 2.0.0 Bye')
            self.writer.close()
            raise Gone


def make_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--ready-file')
    parser.add_argument('--log')
    parser.add_argument('--store')
    parser.add_argument('--tls', choices=['none', 'starttls', 'implicit'], default='none')
    parser.add_argument('--tls-max', action='store_true', help='TLS 1.1 at most')
    parser.add_argument('--cert')
    parser.add_argument('--auth', default='')
    parser.add_argument('--user')
    parser.add_argument('--password')
    parser.add_argument('--caps', default='8BITMIME,ENHANCEDSTATUSCODES')
    parser.add_argument('--max-size', type=int, default=0)
    parser.add_argument('--preset', action='append', default=[], choices=sorted(PRESETS))
    parser.add_argument('--fault', action='append', default=[])
    parser.add_argument('--list-presets', action='store_true')
    return parser


async def start(options):
    server = Server(options)
    listener = await asyncio.start_server(server.serve, '127.0.0.1', options.port, limit=64 * 1024 * 1024)
    return server, listener, listener.sockets[0].getsockname()[1]


async def main():
    options = make_parser().parse_args()
    if options.list_presets:
        print('\n'.join(PRESETS))
        return
    _, listener, port = await start(options)
    if options.ready_file:
        temporary = options.ready_file + '.new'
        pathlib.Path(temporary).write_text(f'127.0.0.1:{port}\n')
        os.rename(temporary, options.ready_file)
    else:
        print(port, flush=True)
    async with listener:
        await listener.serve_forever()


if __name__ == '__main__':
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
