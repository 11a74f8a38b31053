# SPDX-License-Identifier: MIT
"""
A network card behind vhost-user that does what DPDK does: it serves neither queue of a pair before both are set up and
enabled. Packets go nowhere. pair_back_end.py SOCKET MODE [FILE]: never: not even then; early: a ring that is not enabled
too; slow: it needs a time for each packet; pair: none of these. FILE is made when somebody connects.
"""

import contextlib
import mmap
import os
import select
import socket
import struct
import sys
import time
from pathlib import Path

GET_FEATURES, SET_MEM_TABLE, SET_VRING_NUM, SET_VRING_ADDR, SET_VRING_BASE = 1, 5, 8, 9, 10
GET_VRING_BASE, SET_VRING_KICK, SET_VRING_CALL, GET_PROTOCOL_FEATURES, SET_VRING_ENABLE = 11, 12, 13, 15, 18
FEATURES = 1 << 32 | 1 << 30  # VERSION_1, protocol features
PAIR, NO_FILE, NO_INTERRUPT = 2, 1 << 8, 1
ONE = struct.pack("=Q", 1)
SLOW_SECONDS = 0.1


class Ring:
    """What messages say of a queue, and the position of the device."""

    def __init__(self):
        self.size = self.next = 0
        self.avail = self.used = None
        self.kick = self.call = -1
        self.enabled = False

    def is_ready(self):
        return (
            self.size != 0 and self.avail is not None and self.kick >= 0 and self.call >= 0 and self.enabled
        )


class Card:
    """One connection."""

    def __init__(self, end, mode):
        self.end = end
        self.mode = mode
        self.regions = []  # (address of the front end, memory)
        self.rings = [Ring() for _ in range(PAIR)]

    def memory(self, payload, files):
        for number, file in enumerate(files):
            _, size, user, offset = struct.unpack_from("=4Q", payload, 8 + 32 * number)
            self.regions.append((user, memoryview(mmap.mmap(file, offset + size))[offset:]))
            os.close(file)

    def at(self, user):
        """The memory from an address on."""
        return next(view[user - start :] for start, view in self.regions if start <= user < start + len(view))

    def file(self, payload, files):
        number = struct.unpack("=Q", payload)[0]
        return self.rings[number & 0xFF], -1 if number & NO_FILE else files[0]

    def handle(self, request, payload, files):
        """The reply, if there is one."""
        words = struct.unpack_from("=II", payload) if len(payload) >= 8 else (0, 0)
        ring = self.rings[words[0] % PAIR]
        reply = None
        if request in (GET_FEATURES, GET_PROTOCOL_FEATURES):
            reply = struct.pack("=Q", FEATURES if request == GET_FEATURES else 0)
        elif request == SET_MEM_TABLE:
            self.memory(payload, files)
        elif request == SET_VRING_NUM:
            ring.size = words[1]
        elif request == SET_VRING_BASE:
            ring.next = words[1]
        elif request == SET_VRING_ADDR:
            _, used, avail, _ = struct.unpack_from("=4Q", payload, 8)
            ring.used, ring.avail = self.at(used), self.at(avail)
        elif request == SET_VRING_ENABLE:
            ring.enabled = words[1] != 0
        elif request == SET_VRING_KICK:
            ring, ring.kick = self.file(payload, files)
        elif request == SET_VRING_CALL:
            ring, ring.call = self.file(payload, files)
        elif request == GET_VRING_BASE:
            reply = struct.pack("=II", words[0], ring.next)
            self.rings[words[0] % PAIR] = Ring()
        return reply

    def message(self):
        """False: the front end has left."""
        header, files, _, _ = socket.recv_fds(self.end, 12, 8)
        if len(header) < 12:
            return False
        request, _, size = struct.unpack("=III", header)
        payload = self.end.recv(size, socket.MSG_WAITALL) if size else b""
        reply = self.handle(request, payload, files)
        if reply is not None:
            self.end.sendall(struct.pack("=III", request, 5, len(reply)) + reply)
        return True

    def is_served(self, ring):
        if self.mode == "early" and ring.size != 0 and ring.avail is not None:
            return True
        return self.mode != "never" and all(one.is_ready() for one in self.rings)

    def send(self, ring):
        """Each packet of the transmit queue is sent at once, to nobody."""
        if not self.is_served(ring):
            return
        end = struct.unpack_from("<H", ring.avail, 2)[0]
        if (end - ring.next) % 65536 > ring.size:
            return  # no driver has so many
        while ring.next != end:
            time.sleep(SLOW_SECONDS if self.mode == "slow" else 0)
            (head,) = struct.unpack_from("<H", ring.avail, 4 + 2 * (ring.next % ring.size))
            struct.pack_into("<II", ring.used, 4 + 8 * (ring.next % ring.size), head, 0)
            ring.next = (ring.next + 1) % 65536
            struct.pack_into("<H", ring.used, 2, ring.next)
            if not struct.unpack_from("<H", ring.avail)[0] & NO_INTERRUPT:
                os.write(ring.call, ONE)

    def serve(self):
        while True:
            transmit = self.rings[1]
            files = [self.end] + [transmit.kick] * (transmit.kick >= 0)
            ready = select.select(files, [], [])[0]
            if transmit.kick in ready:
                os.read(transmit.kick, 8)
            if self.end in ready and not self.message():
                return
            if self.rings[1].kick >= 0:
                self.send(self.rings[1])


def main(path, mode, file=None):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(1)
    while True:
        end, _ = listener.accept()
        if file is not None:
            Path(file).touch()
        before = set(os.listdir("/proc/self/fd"))
        with end, contextlib.suppress(OSError):
            Card(end, mode).serve()
        for name in set(os.listdir("/proc/self/fd")) - before:
            with contextlib.suppress(OSError):
                os.close(int(name))


main(*sys.argv[1:])
