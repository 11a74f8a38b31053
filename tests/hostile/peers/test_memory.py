# SPDX-License-Identifier: MIT
"""
What a front end gets whose memory is gone: an error of the class, or the end of the connection with its reason. That
each class goes on is in test_taken.py.
"""

import contextlib
import os
import struct

import pytest

import good
import vhost_guests as guests
from front import USER, Front

ADDED = 1 << 30  # guest address of a region that is taken away
BYTES = 1 << 20
GONE = "The front end has taken memory away that it shares."
OK, IO_ERROR, EIO = 0, 1, 5


class Console(good.Guest):
    """Writes a line, which the program writes to its standard output."""

    rings = 2

    def one(self):
        self.front.memory[good.DATA : good.DATA + 5] = b"line\n"
        self.front.rings[1].put((good.DATA, 5, False))
        self.front.rings[1].wait()


CLASSES = {**good.CLASSES, "console": Console}
WORDS = {
    "blk": ("--file", "disk"),
    "rng": (),
    "console": (),
    "fs": ("folder",),
}


@contextlib.contextmanager
def back_end(work, name):
    (work / "disk").write_bytes(b"".join(map(good.sector, range(good.SECTORS))))
    (work / "folder").mkdir()
    (work / "folder/file").write_bytes(bytes(good.Fs.SIZE))
    command = [guests.program(), name, "--socket", name, *WORDS[name]]
    with open(work / "output", "wb") as output:
        server = guests.Server(command, work / name, log=work / "log", cwd=work, stdout=output)
        with server:
            yield work / name
            assert server.process.poll() is None
            assert server.stop() == 0


def serve(name, place):
    """A front end that follows the protocol."""
    with Front(place) as front:
        guest = CLASSES[name](front.begin(CLASSES[name].rings))
        guest.prepare()
        for _ in range(3):
            guest.one()


class Hostile:
    """A front end with a region that it takes away."""

    def __init__(self, name, place):
        self.front = Front(place)
        self.guest = CLASSES[name](self.front.begin(CLASSES[name].rings))
        self.guest.prepare()
        self.file = self.front.own(os.memfd_create("more"))
        os.ftruncate(self.file, BYTES)
        row = struct.pack("=QQQQQ", 0, ADDED, BYTES, USER + ADDED, 0)
        self.front.send("ADD_MEM_REG", row, [self.file])
        assert self.front.heard()

    def take_away(self):
        os.ftruncate(self.file, 0)

    def ask(self, ring, *parts):
        """The request is answered, which this returns, or the connection ends."""
        self.front.rings[ring].put(*parts)
        try:
            good.until(self.front.rings[ring].done, "no answer")
        except good.Hang:
            assert not self.front.heard(), "no answer, and the connection does not end"
            return False
        return True


def is_said(work):
    good.until(lambda: GONE in (work / "log").read_text("utf-8"), "the loss of the memory is not said")


def test_random_bytes(work):
    """getrandom()"""
    with back_end(work, "rng") as place:
        hostile = Hostile("rng", place)
        hostile.take_away()
        hostile.ask(0, (ADDED, 256, True))
        is_said(work)
        hostile.front.__exit__()
        serve("rng", place)


def test_console(work):
    """write(), of a buffer that is gone completely, and of one that begins in memory that is there."""
    with back_end(work, "console") as place:
        for parts in [(ADDED, 8, False)], [(good.DATA, 1, False), (ADDED, 8192, False)]:
            (work / "log").write_bytes(b"")
            hostile = Hostile("console", place)
            hostile.take_away()
            hostile.ask(1, *parts)
            is_said(work)
            hostile.front.__exit__()
            serve("console", place)
    assert (work / "output").read_bytes().count(b"line\n") == 6


@pytest.mark.parametrize("write", [False, True])
def test_disk(work, write):
    """readv() and writev() of io_uring, or pread() and pwrite()."""
    with back_end(work, "blk") as place:
        hostile = Hostile("blk", place)
        hostile.take_away()
        memory = hostile.front.memory
        memory[good.DATA : good.DATA + 16] = struct.pack("=IIQ", int(write), 0, 8)
        memory[good.DATA + 0x1000] = 0xEE
        assert hostile.ask(0, (good.DATA, 16, False), (ADDED, 4096, not write), (good.DATA + 0x1000, 1, True))
        assert memory[good.DATA + 0x1000] == IO_ERROR
        hostile.guest.one()
        hostile.front.__exit__()
        serve("blk", place)


@pytest.mark.parametrize("write", [False, True])
def test_folder(work, write):
    """preadv() and pwritev()."""
    with back_end(work, "fs") as place:
        hostile = Hostile("fs", place)
        guest, memory = hostile.guest, hostile.front.memory
        node = struct.unpack("=Q", guest.ask(1, b"file\0", 16 + 128)[:8])[0]
        handle = open_file(guest, node)
        hostile.take_away()
        body = struct.pack("=QQIIQII", handle, 0, 4096, 0, 0, 0, 0)
        length = 40 + len(body) + (4096 if write else 0)
        head = struct.pack("=IIQQIIII", length, 16 if write else 15, 99, node, 0, 0, 0, 0)
        memory[good.DATA : good.DATA + 40 + len(body)] = head + body
        data = (ADDED, 4096, not write)
        out, back = (good.DATA, 40 + len(body), False), (good.DATA + 0x1000, 16 + (8 if write else 0), True)
        assert hostile.ask(1, *((out, data, back) if write else (out, back, data)))
        assert struct.unpack("=i", memory[good.DATA + 0x1004 : good.DATA + 0x1008])[0] == -EIO
        guest.one()
        hostile.front.__exit__()
        serve("fs", place)


def open_file(guest, node):
    """FUSE_OPEN of a node for reading and writing; the handle."""
    memory = guest.front.memory
    body = struct.pack("=II", os.O_RDWR, 0)
    memory[good.DATA : good.DATA + 48] = struct.pack("=IIQQIIII", 48, 14, 98, node, 0, 0, 0, 0) + body
    ring = guest.front.rings[1]
    ring.put((good.DATA, 48, False), (good.DATA + 0x1000, 32, True))
    assert ring.wait() == 32
    return struct.unpack("=Q", memory[good.DATA + 0x1010 : good.DATA + 0x1018])[0]
