# SPDX-License-Identifier: MIT
"""
Requests whose memory the front end takes away. Each function yields, for one class, (what is taken, ring, parts of the
request). The part at FAR is in a memory of its own, so the rings stay.
"""

import mmap
import os
import struct

import good
from front import USER, USUAL, Front
from good import DATA, SECTOR

FAR = 1 << 30  # the guest's address
SIZE = 1 << 20
ROOM = 512
UNREAD = 100  # a sector that the next front end does not compare
READ, WRITE = 0, 1
PAGE = 4096


class Taking(Front):
    """It has a second memory, and takes it away."""

    def add(self):
        self.file = self.own(os.memfd_create("taken"))
        os.ftruncate(self.file, SIZE)
        self.far = mmap.mmap(self.file, SIZE)
        self.send("ADD_MEM_REG", struct.pack("=QQQQQ", 0, FAR, SIZE, USER * 2, 0), [self.file])
        assert self.heard()

    def take(self):
        """From here on, no access to it is possible for us either."""
        self.far.close()
        os.ftruncate(self.file, 0)


def blk(front, _guest):
    for kind, what in ((READ, "read"), (WRITE, "write")):
        front.memory[DATA : DATA + 16] = struct.pack("=IIQ", kind, 0, UNREAD)
        yield f"data of a {what}", 0, ((DATA, 16, False), (FAR, ROOM, kind == READ), (DATA + 0x8000, 1, True))
    front.memory[DATA : DATA + 16] = struct.pack("=IIQ", READ, 0, 1)
    yield "the status", 0, ((DATA, 16, False), (DATA + 0x1000, ROOM, True), (FAR, 1, True))
    front.far[:16] = struct.pack("=IIQ", READ, 0, 1)
    yield "the request", 0, ((FAR, 16, False), (DATA + 0x1000, ROOM, True), (DATA + 0x8000, 1, True))


def scsi(front, guest):
    head, answer = guest.HEAD, (DATA + 0x8000, guest.ANSWER, True)
    address = bytes([1, 0, 0x40, 0, 0, 0, 0, 0]) + bytes(11)
    for kind, what in ((0x28, "read"), (0x2A, "write")):
        message = address + struct.pack(">BBIBHB", kind, 0, UNREAD, 0, 1, 0).ljust(32, b"\0")
        front.memory[DATA : DATA + head] = message
        data = (FAR, SECTOR, kind == 0x28)
        parts = ((DATA, head, False), answer, data) if data[2] else ((DATA, head, False), data, answer)
        yield f"data of a {what}", 2, parts
    yield "the answer", 2, ((DATA, head, False), (FAR, guest.ANSWER, True))
    front.far[:head] = message
    yield "the request", 2, ((FAR, head, False), answer)


def fs(front, guest):
    node, handle = guest.open()
    message = guest.message(1, b"file\0")
    front.memory[DATA : DATA + len(message)] = message
    yield "the answer", 1, ((DATA, len(message), False), (FAR, 256, True))
    message = guest.message(15, struct.pack("=QQIIQII", handle, 0, ROOM, 0, 0, 0, 0), node)
    front.memory[DATA : DATA + len(message)] = message
    yield "data of a read", 1, ((DATA, len(message), False), (DATA + 0x1000, 16, True), (FAR, ROOM, True))
    message = guest.message(16, struct.pack("=QQIIQII", handle, 0, ROOM, 0, 0, 0, 0), node, ROOM)
    front.memory[DATA : DATA + len(message)] = message
    parts = ((DATA, len(message), False), (FAR, ROOM, False), (DATA + 0x1000, 24, True))
    yield "data of a write", 1, parts
    message = guest.message(1, b"file\0")
    front.far[: len(message)] = message
    yield "the request", 1, ((FAR, len(message), False), (DATA + 0x1000, 256, True))


def p9(front, guest):
    guest.ask(guest.WALK, struct.pack("=IIH", 0, 1, 1) + guest.text(b"file"))
    guest.ask(12, struct.pack("=II", 1, 2))  # Tlopen for both

    def request(kind, body, more=0):
        return struct.pack("=IBH", 7 + len(body) + more, kind, 1) + body

    message = request(guest.ATTRIBUTES, struct.pack("=IQ", 1, 0x3FFF))
    front.memory[DATA : DATA + len(message)] = message
    yield "the answer", 0, ((DATA, len(message), False), (FAR, PAGE, True))
    message = request(116, struct.pack("=IQI", 1, 0, ROOM))
    front.memory[DATA : DATA + len(message)] = message
    yield "data of a read", 0, ((DATA, len(message), False), (DATA + 0x1000, 11, True), (FAR, ROOM, True))
    message = request(118, struct.pack("=IQI", 1, 0, ROOM), ROOM)
    front.memory[DATA : DATA + len(message)] = message
    parts = ((DATA, len(message), False), (FAR, ROOM, False), (DATA + 0x1000, PAGE, True))
    yield "data of a write", 0, parts
    message = request(guest.ATTRIBUTES, struct.pack("=IQ", 1, 0x3FFF))
    front.far[: len(message)] = message
    yield "the request", 0, ((FAR, len(message), False), (DATA + 0x1000, PAGE, True))


def rng(_front, _guest):
    yield "the buffer", 0, ((FAR, 256, True),)
    yield "the end of the buffer", 0, ((DATA, 100, True), (FAR, 5000, True))


def console(front, _guest):
    front.far[:64] = b"x" * 64
    yield "the output", 1, ((FAR, 64, False),)


def vsock(front, guest):
    packet = struct.pack("=QQIIIHHIII", guest.CID, 2, 999, 7, 0, 1, 1, 0, 65536, 0)
    front.far[: len(packet)] = packet
    yield "the packet", 1, ((FAR, len(packet), False),)


def net(_front, _guest):
    yield "the frame", 1, ((DATA, 12, False), (FAR, 60, False))
    yield "the frame and its header", 1, ((FAR, 72, False),)


def balloon(front, _guest):
    for ring, what in ((0, "given"), (1, "taken back")):
        front.far[:4] = struct.pack("=I", 0xC0)
        yield f"the list of pages that are {what}", ring, ((FAR, 4, False),)
        front.memory[DATA : DATA + 4] = struct.pack("=I", FAR // PAGE)
        yield f"pages that are {what}", ring, ((DATA, 4, False),)
    yield "pages that are free", 2, ((FAR, PAGE, True),)


REQUESTS = {"blk": blk, "scsi": scsi, "fs": fs, "9p": p9, "rng": rng, "console": console, "vsock": vsock, "net": net,
            "balloon": balloon}  # fmt: skip


REPORTING = 5  # a feature bit of the balloon
FEATURES = {"balloon": USUAL | 1 << REPORTING}

# ---- buffers that wait for input ----


def console_input(stage, _front):
    stage.server.process.stdin.write(b"input\n")
    stage.server.process.stdin.flush()


def vsock_input(_stage, front):
    """A request for a connection, which is refused."""
    packet = struct.pack("=QQIIIHHIII", good.Vsock.CID, 2, 998, 7, 0, 1, 1, 0, 65536, 0)
    front.memory[DATA : DATA + len(packet)] = packet
    front.rings[1].put((DATA, len(packet), False))


def net_input(stage, _front):
    """A frame to all."""
    with Front(stage.places[-1]) as other:
        other.begin(good.Net.rings)
        other.memory[DATA : DATA + 72] = bytes(12) + b"\xff" * 6 + bytes(54)
        other.rings[1].put((DATA, 72, False))
        other.rings[1].wait()


INPUTS = {"console": console_input, "vsock": vsock_input, "net": net_input}
