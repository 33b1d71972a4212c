#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line with a delay: passes bytes on, each way so many milliseconds later, and logs them.

usage: delay-proxy.py --delay MSECS --log FILE TARGET-PORT

Prints the port of the loopback it listens on, and runs until it is ended. Only bytes are late: the
handshake of a new connection costs nothing here, and a round trip on a real line.

Each line of the log is one chunk of bytes at one end of the line:

    SECONDS CONNECTION WHAT BYTES

where WHAT is open, client-sends, server-gets, server-sends or client-gets. A file that is emptied
while the proxy runs begins anew.
"""

import argparse
import asyncio
import collections


class Log:
    """Lines in the order in which things happened."""

    def __init__(self, path):
        self.file = open(path, 'a', buffering=1, encoding='ascii')
        self.loop = asyncio.get_running_loop()
        self.n_connections = 0

    def name_connection(self):
        self.n_connections += 1
        return self.n_connections

    def add(self, connection, what, n_bytes):
        self.file.write(f'{self.loop.time():.6f} {connection} {what} {n_bytes}\n')


class End(asyncio.Protocol):
    """One end of the line: what arrives here leaves at the other end, later."""

    def __init__(self, log, connection, delay, names):
        self.log = log
        self.connection = connection
        self.delay = delay
        self.in_name, self.out_name = names
        self.transport = None
        self.other = None
        self.flying = collections.deque()
        self.loop = asyncio.get_running_loop()

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.log.add(self.connection, self.in_name, len(data))
        self.fly(data)

    def eof_received(self):
        self.fly(None)
        return True

    def connection_lost(self, exception):
        self.fly(None)

    def fly(self, data):
        # Timers that are due at once fire in any order; the queue keeps that of the bytes.
        self.flying.append(data)
        self.loop.call_later(self.delay, self.land)

    def land(self):
        data = self.flying.popleft()
        out = self.other.transport
        if out is None or out.is_closing():
            return
        if data is None:
            out.close()
            return
        out.write(data)
        self.log.add(self.connection, self.out_name, len(data))


class Client(End):
    """The end at which programs knock."""

    def __init__(self, log, delay, target_port):
        super().__init__(log, log.name_connection(), delay, ('client-sends', 'server-gets'))
        self.target_port = target_port
        self.task = None

    def connection_made(self, transport):
        super().connection_made(transport)
        self.log.add(self.connection, 'open', 0)
        self.other = End(self.log, self.connection, self.delay, ('server-sends', 'client-gets'))
        self.other.other = self
        self.task = self.loop.create_task(
            self.loop.create_connection(lambda: self.other, '127.0.0.1', self.target_port))


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--delay', type=float, required=True)
    parser.add_argument('--log', required=True)
    parser.add_argument('target_port', type=int)
    options = parser.parse_args()

    log = Log(options.log)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Client(log, options.delay / 1000, options.target_port), '127.0.0.1', 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
