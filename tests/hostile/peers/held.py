# SPDX-License-Identifier: MIT
"""Disks whose requests stay without an answer for as long as a test wants, for each engine of vwr-vhost."""

import asyncio
import contextlib
import os
import sys
import threading

import fuse_files
import storage
import vhost_guests as guests

# It forbids io_uring_setup() to the program that it starts, as many containers do.
WITHOUT_URING = """
import ctypes, os, struct, sys
code = b"".join(struct.pack("=HBBI", *row) for row in (
    (0x20, 0, 0, 0), (0x15, 0, 1, 425), (0x06, 0, 0, 0x50001), (0x06, 0, 0, 0x7FFF0000)))
code = ctypes.create_string_buffer(code)
program = struct.pack("@HxxxxxxQ", 4, ctypes.addressof(code))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, program) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
os.execv(sys.argv[1], sys.argv[1:])
"""


class Held(storage.Client):
    """A client of the NBD server, whose requests wait while the server holds them."""

    server = None

    async def answer(self, kind, handle, offset, data, size):
        if self.server.holds:
            self.server.held.append(handle)
            await self.server.go.wait()
        await super().answer(kind, handle, offset, data, size)


class Nbd:
    """An NBD server in a thread, at the socket `path`."""

    def __init__(self, path, image):
        self.path, self.image = path, image
        self.holds, self.held = False, []
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self.begin())
        self.ready.set()
        self.loop.run_forever()

    async def begin(self):
        file = os.open(self.image, os.O_RDWR)
        self.go = asyncio.Event()

        async def connected(reader, writer):
            client = Held(reader, writer, file)
            client.server = self
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                await client.serve()
            for task in client.tasks:
                task.cancel()
            writer.close()

        with guests.short(self.path.parent) as folder:
            await asyncio.start_unix_server(connected, f"{folder}/{self.path.name}")

    def hold(self):
        self.loop.call_soon_threadsafe(self.go.clear)
        self.holds = True

    def release(self):
        self.holds = False
        self.held.clear()
        self.loop.call_soon_threadsafe(self.go.set)

    def __enter__(self):
        self.thread.start()
        assert self.ready.wait(10)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)


class File(fuse_files.Fuse):
    """The image is a file of FUSE, which this program serves. It holds reads and writes."""

    def hold(self):
        self.holds = (fuse_files.READ, fuse_files.WRITE)


def without_uring():
    return (sys.executable, "-c", WITHOUT_URING)
