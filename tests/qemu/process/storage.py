# SPDX-License-Identifier: MIT
"""An NBD server, of which each request takes a random time: requests complete in another order than they came.

    python3 storage.py SOCKET FILE

Requests of a client that leaves are forgotten.
"""

import asyncio
import os
import random
import struct
import sys

GREETING = b"NBDMAGICIHAVEOPT" + struct.pack(">H", 3)  # fixed newstyle, no zeroes
OPTION_REPLY = 0x3E889045565A9
GO, GO_REPLIES = 7, (3, 1)  # NBD_REP_INFO, NBD_REP_ACK
UNSUPPORTED = 0x80000001
FLAGS = 1 | 4 | 0x100  # there are flags, flush, several connections
REQUEST = struct.Struct(">IHHQQI")
REPLY = struct.Struct(">IIQ")
REPLY_MAGIC = 0x67446698
READ, WRITE, LEAVE = 0, 1, 2
DELAY = {READ: (0.002, 0.03), WRITE: (0.01, 0.1)}  # seconds


class Client:
    def __init__(self, reader, writer, file):
        self.reader = reader
        self.writer = writer
        self.file = file
        self.tasks = set()

    async def negotiate(self):
        self.writer.write(GREETING)
        await self.reader.readexactly(4)
        option = None
        while option != GO:
            _, option, size = struct.unpack(">QII", await self.reader.readexactly(16))
            await self.reader.readexactly(size)
            about = struct.pack(">HQH", 0, os.fstat(self.file).st_size, FLAGS)
            for kind in GO_REPLIES if option == GO else (UNSUPPORTED,):
                data = about if kind == GO_REPLIES[0] else b""
                self.writer.write(struct.pack(">QIII", OPTION_REPLY, option, kind, len(data)) + data)

    async def answer(self, kind, handle, offset, data, size):
        await asyncio.sleep(random.uniform(*DELAY.get(kind, (0, 0))))
        if kind == WRITE:
            os.pwrite(self.file, data, offset)
        content = os.pread(self.file, size, offset) if kind == READ else b""
        self.writer.write(REPLY.pack(REPLY_MAGIC, 0, handle) + content)

    async def serve(self):
        await self.negotiate()
        while True:
            _, _, kind, handle, offset, size = REQUEST.unpack(await self.reader.readexactly(REQUEST.size))
            if kind == LEAVE:
                return
            data = await self.reader.readexactly(size) if kind == WRITE else b""
            task = asyncio.create_task(self.answer(kind, handle, offset, data, size))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)


async def main(path, name):
    file = os.open(name, os.O_RDWR)

    async def connected(reader, writer):
        client = Client(reader, writer, file)
        try:
            await client.serve()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        for task in client.tasks:
            task.cancel()
        writer.close()

    server = await asyncio.start_unix_server(connected, path)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
