# SPDX-License-Identifier: GPL-3.0-or-later
"""An IMAP server that does what it is told to do wrong, for a thread's loop:

  await start(mails, faults, password) gives (server, port)

mails: bytes of the mails in INBOX, the first has UID 1; what is appended goes to
server.appended. Faults: {STAGE: ACTION}, stages greeting login list examine search
fetch append appended; actions close hang garbage flood no bye, or bytes to say."""

import asyncio
import base64
import re

FIELDS = re.compile(rb'BODY\.PEEK\[HEADER\.FIELDS \(([^)]*)\)\]')


def headers_of(mail, names):
    head = mail.split(b'\r\n\r\n', 1)[0]
    wanted = [n.lower() for n in names.split()]
    kept, keep = [], False
    for line in head.split(b'\r\n'):
        if line[:1] not in b' \t':
            keep = line.split(b':')[0].lower() in wanted
        if keep:
            kept.append(line)
    return b'\r\n'.join(kept) + b'\r\n\r\n'


class Server:
    def __init__(self, mails, faults, password):
        self.mails, self.faults, self.password = mails, dict(faults), password
        self.appended, self.commands, self.connections = [], [], 0
        self.validity = 7
        self.special = True
        self.date = b'03-Mar-2026 11:00:00 +0000'

    async def serve(self, reader, writer):
        self.connections += 1
        try:
            await self.session(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError, EOFError):
            pass
        finally:
            writer.close()

    async def session(self, reader, writer):
        async def say(data):
            writer.write(data + b'\r\n')
            await writer.drain()

        async def fault(stage, tag=b'*'):
            """Whether the usual answer is still to be given."""
            action = self.faults.get(stage)
            if action is None:
                return True
            if action == 'close':
                writer.close()
                raise EOFError
            if action == 'hang':
                await asyncio.sleep(3600)
            elif action == 'garbage':
                await say(b'\x00\xff what is this')
                await say(b'neither is this')
            elif action == 'flood':
                for _ in range(400000):
                    writer.write(b'* 1 FETCH (FLAGS (\\Seen x))\r\n' * 10)
                    await writer.drain()
            elif action == 'no':
                await say(tag + b' NO [UNAVAILABLE] Not now')
            elif action == 'bye':
                await say(b'* BYE Going down')
                raise EOFError
            else:
                await say(action)
                return True
            return False

        if await fault('greeting'):
            await say(b'* OK [CAPABILITY IMAP4rev1 SASL-IR SPECIAL-USE AUTH=PLAIN] mail.test')
        while True:
            line = (await reader.readuntil(b'\r\n'))[:-2]
            tag, _, command = line.partition(b' ')
            upper = command.upper()
            self.commands.append(re.sub(rb'(?i)(AUTHENTICATE PLAIN) .*', rb'\1 *', command).decode())
            if upper == b'CAPABILITY':
                await say(b'* CAPABILITY IMAP4rev1 SASL-IR SPECIAL-USE AUTH=PLAIN')
            elif upper.startswith(b'AUTHENTICATE PLAIN'):
                if not await fault('login', tag):
                    continue
                user, password = base64.b64decode(command.split()[2]).decode().split('\0')[1:]
                if password != self.password:
                    await say(tag + b' NO [AUTHENTICATIONFAILED] Wrong')
                    continue
            elif upper.startswith(b'LIST'):
                if not await fault('list', tag):
                    continue
                await say(b'* LIST (\\HasNoChildren) "/" INBOX')
                await say(b'* LIST (\\HasNoChildren' + (b' \\Sent' if self.special else b'') + b') "/" "Gesendete Dinge"')
            elif upper.startswith(b'EXAMINE') or upper.startswith(b'SELECT'):
                self.box = self.appended if b'GESENDETE' in upper else self.mails
                if not await fault('examine', tag):
                    continue
                await say(b'* %d EXISTS' % len(self.box))
                await say(b'* OK [UIDVALIDITY %d] ok' % self.validity)
                await say(b'* OK [UIDNEXT %d] ok' % (len(self.box) + 1))
            elif upper.startswith(b'UID SEARCH'):
                if not await fault('search', tag):
                    continue
                wanted = re.search(rb'HEADER Message-ID "([^"]*)"', command)
                found = [i for i, m in enumerate(self.box, 1) if wanted is None or wanted.group(1) in m]
                await say(b'* SEARCH' + b''.join(b' %d' % i for i in found))
            elif upper.startswith(b'UID FETCH'):
                if not await fault('fetch', tag):
                    continue
                for uid in map(int, command.split()[2].split(b',')):
                    mail = self.box[uid - 1]
                    answer = b'* %d FETCH (UID %d INTERNALDATE "%s"' % (uid, uid, self.date)
                    fields = FIELDS.search(command)
                    parts = [(b'BODY[HEADER.FIELDS (X)]', headers_of(mail, fields.group(1)))] if fields else \
                        [(b'BODY[%d]<0>' % n, mail.split(b'--part\r\n')[n].split(b'\r\n\r\n', 1)[1]) for n in (2, 3)]
                    for name, text in parts:
                        answer += b' ' + name + b' {%d}\r\n' % len(text) + text
                    await say(answer + b')')
            elif upper.startswith(b'APPEND'):
                if not await fault('append', tag):
                    continue
                await say(b'+ Go ahead')
                data = await reader.readexactly(int(re.search(rb'\{(\d+)\+?\}', command).group(1)))
                await reader.readuntil(b'\r\n')
                self.appended.append(data)
                if not await fault('appended', tag):
                    continue
            elif upper == b'LOGOUT':
                await say(b'* BYE')
                await say(tag + b' OK')
                return
            else:
                await say(tag + b' BAD What?')
                continue
            await say(tag + b' OK done')


async def start(mails=(), faults=None, password='correct horse'):
    server = Server(list(mails), faults or {}, password)
    listener = await asyncio.start_server(server.serve, '127.0.0.1', 0)
    server.listener = listener
    return server, listener.sockets[0].getsockname()[1]
