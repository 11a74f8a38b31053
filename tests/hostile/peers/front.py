# SPDX-License-Identifier: MIT
"""A vhost-user front end: its socket, its memory, and its split rings. The numbers are those in spec/."""

import contextlib
import errno
import mmap
import os
import select
import socket
import stat
import struct
import time

import yaml

import vhost_guests as guests

VHOST = yaml.safe_load((guests.ROOT / "spec/transport/vhost-user.yaml").read_text("utf-8"))
REQUEST = {row["name"]: row["value"] for row in VHOST["messages"][0]["rows"]}
PROTOCOL = {
    row["name"]: row["value"]
    for row in next(one for one in VHOST["enums"] if one["name"] == "protocol-features")["values"]
}
CONSTANT = {row["name"]: row["value"] for row in VHOST["constants"]}
VERSION_1 = 32  # a feature bit
LOG_ALL = CONSTANT["F_LOG_ALL"]
USUAL = 1 << VERSION_1 | 1 << CONSTANT["F_PROTOCOL_FEATURES"]
HEADER = struct.Struct("=III")
REPLY = 0x4
NEXT, WRITE = 1, 2  # flags of a descriptor
USER = 1 << 40  # the front end's own address of its memory; far from all guest addresses
MEMORY = 1 << 20
PATIENCE = 10  # seconds without an answer that mean a hang on any machine


class Hang(AssertionError):
    """Nothing has happened for so long that nothing will."""


class Front:
    """A connection. Its memory begins with the rings of 16 KiB each. The rest is for buffers."""

    def __init__(self, path):
        end = time.monotonic() + PATIENCE
        while not self.connects(path):
            if time.monotonic() > end:
                raise Hang("the front end cannot connect")
        self.socket.settimeout(PATIENCE)
        self.memory = None
        self.files = []
        self.rings = {}

    def connects(self, path):
        """
        false: the wait for a place in the queue was interrupted, as the end of an io_uring of this process does. Python
        takes such a connect() for one that goes on, and its end for success.
        """
        self.socket = socket.socket(socket.AF_UNIX)
        # Blocking: with a timeout of Python's, connect() fails where others wait in the queue already.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", PATIENCE, 0))
        with guests.short(path.parent) as folder:
            self.socket.connect(f"{folder}/{path.name}")
        try:
            self.socket.getpeername()
        except OSError as why:
            if why.errno != errno.ENOTCONN:
                raise
            self.socket.close()
            return False
        return True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        if self.memory is not None:
            with contextlib.suppress(BufferError):
                self.memory.close()
        for file in self.files:
            os.close(file)

    def own(self, file):
        """A file descriptor that is closed together with the connection."""
        self.files.append(file)
        return file

    def send(self, name, payload=b"", files=(), flags=CONSTANT["VERSION"]):
        message = HEADER.pack(REQUEST[name], flags, len(payload)) + payload
        if files:
            socket.send_fds(self.socket, [message], files)
        else:
            self.socket.sendall(message)

    def number(self, name, value, files=()):
        self.send(name, struct.pack("=Q", value), files)

    def receive(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise ConnectionError("the back end has closed the connection")
            data += more
        return data

    def answer(self):
        """The payload of a reply. File descriptors received with it are closed at the end."""
        header, files, _, _ = socket.recv_fds(self.socket, HEADER.size, 8)
        self.files += files
        if not header:
            raise ConnectionError("the back end has closed the connection")
        header += self.receive(HEADER.size - len(header))
        return self.receive(HEADER.unpack(header)[2])

    def ask(self, name, payload=b"", files=()):
        self.send(name, payload, files)
        return self.answer()

    def asked(self, name):
        return struct.unpack("=Q", self.ask(name))[0]

    def heard(self):
        """Waits until all messages so far are handled. false: the back end has closed the connection."""
        try:
            self.asked("GET_FEATURES")
        except TimeoutError:
            raise Hang("the back end neither answers nor leaves") from None
        except OSError:
            return False
        return True

    def greet(self, features=USUAL, protocol=~0):
        self.send("SET_OWNER")
        self.asked("GET_FEATURES")
        self.number("SET_PROTOCOL_FEATURES", self.asked("GET_PROTOCOL_FEATURES") & protocol)
        self.number("SET_FEATURES", features)

    def give(self, file=None, size=MEMORY):
        """Its memory: a new memfd, or this file descriptor."""
        if file is None:
            file = os.memfd_create("guest")
            os.ftruncate(file, size)
        self.own(file)
        self.memory = mmap.mmap(file, min(size, MEMORY))
        self.table([(0, size, USER, 0)], [file])

    def table(self, regions, files):
        rows = b"".join(struct.pack("=QQQQ", *region) for region in regions)
        self.send("SET_MEM_TABLE", struct.pack("=II", len(regions), 0) + rows, files)

    def begin(self, rings, features=USUAL):
        """Negotiates, passes the memory, and starts this many rings."""
        self.greet(features)
        self.give()
        for number in range(rings):
            self.rings[number] = Ring(self, number)
            self.rings[number].start()
        return self


class Ring:
    """A split ring with notifications that the back end gets by `kick`; the end of a request is seen in memory."""

    def __init__(self, front, number, size=64):
        self.front = front
        self.number = number
        self.size = size
        self.at = number * 0x4000
        self.available = self.used = 0

    def start(self, kick=None, call=None, enable=True):
        front, number = self.front, self.number
        self.kick = front.own(os.eventfd(0, os.EFD_NONBLOCK)) if kick is None else kick
        call = front.own(os.eventfd(0, os.EFD_NONBLOCK)) if call is None else call
        front.send("SET_VRING_NUM", struct.pack("=II", number, self.size))
        front.send("SET_VRING_BASE", struct.pack("=II", number, self.available))
        self.place()
        front.number("SET_VRING_CALL", number, [call])
        front.number("SET_VRING_KICK", number, [self.kick])
        if enable:
            front.send("SET_VRING_ENABLE", struct.pack("=II", number, 1))

    def place(self, log=None):
        """The addresses of its three parts. `log`: the address at which writes to it are marked."""
        at = USER + self.at
        rows = (int(log is not None), at, at + 0x2000, at + 0x1000, log or 0)
        self.front.send("SET_VRING_ADDR", struct.pack("=IIQQQQ", self.number, *rows))

    def put(self, *parts, kick=True, more=0):
        """Adds a request. The parts are (address, bytes, written by the device); `more` are flags of each."""
        memory = self.front.memory
        for index, (address, count, written) in enumerate(parts):
            flags = (WRITE if written else 0) | (NEXT if index + 1 < len(parts) else 0) | more
            at = self.at + 16 * index
            memory[at : at + 16] = struct.pack("=QIHH", address, count, flags, index + 1)
        slot = self.at + 0x1000 + 4 + 2 * (self.available % self.size)
        memory[slot : slot + 2] = bytes(2)
        self.available = self.available + 1 & 0xFFFF
        memory[self.at + 0x1002 : self.at + 0x1004] = struct.pack("=H", self.available)
        if kick:
            self.notify()

    def notify(self, count=1):
        """Never waits, unlike a write to a full file descriptor that blocks, or to a file that others have locked."""
        if stat.S_ISREG(os.fstat(self.kick).st_mode):
            return
        poll = select.poll()
        poll.register(self.kick, select.POLLOUT)
        if poll.poll(0):
            with contextlib.suppress(OSError):
                os.write(self.kick, struct.pack("=Q", count))

    def done(self):
        at = self.at + 0x2002
        return struct.unpack("=H", self.front.memory[at : at + 2])[0] == self.available

    def wait(self):
        """Waits until all requests have completed. Returns the number of bytes written for the last one."""
        end = time.monotonic() + PATIENCE
        while not self.done():
            if time.monotonic() > end:
                raise Hang(f"ring {self.number}: no answer within {PATIENCE} s")
            time.sleep(0.0002)
        at = self.at + 0x2004 + 8 * ((self.available - 1) % self.size)
        return struct.unpack("=II", self.front.memory[at : at + 8])[1]
