# SPDX-License-Identifier: MIT
"""
A FUSE file system with one file, which a thread of the test serves. It can keep requests of other programs
without an answer: the program then sleeps in the kernel, also while it exits.
"""

import contextlib
import ctypes
import os
import select
import struct
import subprocess
import threading

# A new process closes the files that it inherits before it starts its program. Each close of a file of FUSE waits for
# its server, which is a thread here; with vfork(), this program would hold the server until the close is over.
subprocess._USE_VFORK = False  # pylint: disable=protected-access

LIBC = ctypes.CDLL(None, use_errno=True)
# System calls, the same on all machines.
FSOPEN, FSCONFIG, FSMOUNT = 430, 431, 432
SET_STRING, CREATE = 1, 6  # commands of fsconfig()
CLOEXEC = 1
# Operations of FUSE.
FORGET, GETATTR, OPEN, READ, WRITE, RELEASE, FLUSH, INIT, INTERRUPT, DESTROY = (
    2,
    3,
    14,
    15,
    16,
    18,
    25,
    26,
    36,
    38,
)
FORGET_MANY = 42
SILENT = (FORGET, FORGET_MANY, INTERRUPT, DESTROY)  # they have no answer
ENOSYS = 38
IN, OUT = struct.Struct("=IIQQIIIHH"), struct.Struct("=IiQ")
LARGEST = 1 << 20  # bytes of a request
DIRECT = 1  # an opened file without a cache: each read of a program is a request


class Absent(Exception):
    """Raised if this machine has no such object, with the reason."""


def called(number, *words):
    result = LIBC.syscall(number, *words)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def is_ours(pid):
    """A thread of this program, or its child before it starts another program. An exiting process has no program."""
    with contextlib.suppress(OSError):
        return os.readlink(f"/proc/{pid}/exe") == os.readlink("/proc/self/exe")
    return False


class Fuse:
    """
    `data` is the content of the file. `holds` names the operations that stay without an answer when another
    program causes them; None means all. `path` names the file for programs, as long as this program lives.
    """

    def __init__(self, data=bytes(4096), holds=None):
        self.data, self.holds = data, holds
        self.held = []  # requests without an answer: (operation, answer)
        self.guard = threading.Lock()
        self.ends = os.eventfd(0)
        try:
            self.device = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
        except OSError as why:
            os.close(self.ends)
            raise Absent(f"FUSE: /dev/fuse: {why.strerror}") from None
        try:
            self.mount = self.mounted()
        except OSError as why:
            os.close(self.ends)
            os.close(self.device)
            raise Absent(f"FUSE: fsopen() and fsmount(): {why.strerror}") from None
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()
        self.path = f"/proc/{os.getpid()}/fd/{self.mount}"

    def mounted(self):
        """A mount that no folder contains. Its root is the file."""
        context = called(FSOPEN, b"fuse", CLOEXEC)
        try:
            rows = {
                b"fd": self.device,
                b"rootmode": "100644",
                b"user_id": os.geteuid(),
                b"group_id": os.getegid(),
            }
            for key, value in rows.items():
                called(FSCONFIG, context, SET_STRING, key, str(value).encode(), 0)
            called(FSCONFIG, context, CREATE, None, None, 0)
            return called(FSMOUNT, context, CLOEXEC, 0)
        finally:
            os.close(context)

    def open(self):
        """A file descriptor of the file."""
        return os.open(f"/proc/self/fd/{self.mount}", os.O_RDWR)

    # ---- the server ----

    def serve(self):
        poll = select.poll()
        poll.register(self.ends, select.POLLIN)
        poll.register(self.device, select.POLLIN)
        while not any(file == self.ends for file, _ in poll.poll()):
            try:
                self.request(os.read(self.device, LARGEST + 4096))
            except OSError:
                return  # the file system is gone

    def request(self, message):
        _, operation, unique, _, _, _, pid, _, _ = IN.unpack(message[: IN.size])
        error, body = self.answer(operation, message[IN.size :])
        answer = OUT.pack(OUT.size + len(body), -error, unique) + body
        if operation in SILENT:
            return
        with self.guard:
            if operation != INIT and (self.holds is None or operation in self.holds) and not is_ours(pid):
                self.held.append((operation, answer))
                return
        os.write(self.device, answer)

    def answer(self, operation, body):
        if operation == INIT:
            return 0, struct.pack("=IIIIHHIIHHI7I", 7, 31, 0, 0, 64, 48, LARGEST, 1, 0, 0, 0, *bytes(7))
        if operation == GETATTR:
            numbers = (
                1,
                len(self.data),
                len(self.data) // 512,
                0,
                0,
                0,
                0,
                0,
                0,
                0o100644,
                1,
                0,
                0,
                0,
                4096,
                0,
            )
            return 0, struct.pack("=QII6Q10I", 3600, 0, 0, *numbers)
        if operation == OPEN:
            return 0, struct.pack("=QII", 0, DIRECT, 0)
        if operation == READ:
            _, offset, size = struct.unpack("=QQI", body[:20])
            return 0, self.data[offset : offset + size]
        if operation == WRITE:
            return 0, struct.pack("=II", struct.unpack("=QQI", body[:20])[2], 0)
        return (0 if operation in (FLUSH, RELEASE) else ENOSYS), b""

    def release(self):
        """Answers what is held, and holds no more."""
        with self.guard:
            self.holds = ()
            held, self.held = self.held, []
        for _, answer in held:
            with contextlib.suppress(OSError):  # the program that waited is gone
                os.write(self.device, answer)

    def close(self):
        """Ends the file system: requests that are held fail."""
        os.eventfd_write(self.ends, 1)
        self.thread.join()
        for file in (self.device, self.ends, self.mount):
            os.close(file)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
