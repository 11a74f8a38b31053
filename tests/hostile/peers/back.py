# SPDX-License-Identifier: MIT
"""
A hostile back end for one of our drivers. It answers the front end's messages, and passes other objects in
place of the expected file descriptors.
"""

import contextlib
import os
import socket
import struct
import time

import vhost_guests as guests
from front import CONSTANT, HEADER, PROTOCOL, REPLY, REQUEST, USUAL
from objects import FULL, Absent, Objects

LIFE = 3  # seconds
NAME = {value: name for name, value in REQUEST.items()}
NEED_REPLY = 0x8
OFFERED = sum(1 << PROTOCOL[name] for name in ("REPLY_ACK", "CONFIG"))
SPACE = struct.pack("=Q", 1 << 20).ljust(256, b"\0")  # of the configuration: a disk's capacity
NUMBERS = {"GET_FEATURES": USUAL, "GET_PROTOCOL_FEATURES": OFFERED, "GET_QUEUE_NUM": 1}


def plain(_back, _name, _files):
    """It answers every message, but no request."""


def fill(_back, name, files):
    """The driver's file descriptors are full, and block."""
    if name in ("SET_VRING_KICK", "SET_VRING_CALL"):
        for file in files:
            os.set_blocking(file, False)
            with contextlib.suppress(OSError):
                os.eventfd_write(file, FULL)
            os.set_blocking(file, True)


def shrink(_back, name, files):
    """The driver's memory is removed while the driver uses it."""
    if name in ("SET_MEM_TABLE", "ADD_MEM_REG"):
        for file in files:
            with contextlib.suppress(OSError):
                os.ftruncate(file, 0)


def hang_up(_back, name, _files):
    if name == "SET_VRING_KICK":
        raise ConnectionError("it leaves")


def fall_silent(back, name, _files):
    if name == "SET_VRING_NUM":
        back.silent = True


WAYS = (plain, fill, shrink, hang_up, fall_silent)


class Back:
    """
    One connection at a time. `thing` is an object that is passed with each answer that must not have a
    file descriptor.
    """

    def __init__(self, place, work, way, thing):
        self.way, self.thing = way, thing
        self.objects = Objects(work)
        self.silent = False
        self.listener = socket.socket(socket.AF_UNIX)
        with guests.short(place.parent) as folder:
            self.listener.bind(f"{folder}/{place.name}")
        self.listener.listen(8)
        self.listener.settimeout(0.1)

    def serve(self, ends):
        """
        Listens until `ends()`, or for some seconds. A driver that waits elsewhere does not notice the
        end.
        """
        gone = time.monotonic() + LIFE

        def over():
            return ends() or time.monotonic() > gone

        with self.listener, self.objects:
            while not over():
                with contextlib.suppress(TimeoutError):
                    end, _ = self.listener.accept()
                    with end, contextlib.suppress(OSError, EOFError):
                        end.settimeout(0.1)
                        while not over():
                            with contextlib.suppress(TimeoutError):
                                self.message(end)

    def message(self, end):
        header, files, _, _ = socket.recv_fds(end, HEADER.size, 8)
        if not header:
            raise EOFError
        for file in files:
            self.objects.keep(file)
        number, flags, size = HEADER.unpack(header)
        payload = end.recv(size) if size else b""
        name = NAME[number]
        self.way(self, name, files)
        if not self.silent:
            self.answer(end, name, flags, payload)

    def answer(self, end, name, flags, payload):
        if name in NUMBERS:
            payload = struct.pack("=Q", NUMBERS[name])
        elif name == "GET_CONFIG":
            offset, count, _ = struct.unpack("=III", payload[:12])
            payload = payload[:12] + SPACE[offset : offset + count]
        elif name != "GET_VRING_BASE":
            if not flags & NEED_REPLY:
                return
            payload = bytes(8)
        message = HEADER.pack(REQUEST[name], CONSTANT["VERSION"] | REPLY, len(payload)) + payload
        files = []
        if self.thing is not None:
            with contextlib.suppress(Absent):  # test_peers.py reports it
                files = [self.objects.make(self.thing)]
        if files:
            socket.send_fds(end, [message], files)
        else:
            end.sendall(message)
