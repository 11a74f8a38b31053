# SPDX-License-Identifier: MIT
"""Objects of the kernel that a peer can pass instead of what belongs there. Each function makes one, and says what to close."""

import contextlib
import ctypes
import fcntl
import os
import socket
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
FULL = (1 << 64) - 2
PAGE = 4096
HUGE = 2 << 20


class Absent(Exception):
    """Raised if this machine has no such object, with the reason."""


class Objects:
    """Creates objects, and at the end closes them and their resources."""

    def __init__(self, work):
        self.work = work
        self.open = []
        self.ends = contextlib.ExitStack()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for file in self.open:
            with contextlib.suppress(OSError):
                os.close(file)
        self.ends.close()

    def keep(self, *files):
        self.open += files
        return files[0]

    def make(self, name):
        return MAKE[name](self)

    # ---- eventfds ----

    def eventfd(self):
        return self.keep(os.eventfd(0, os.EFD_NONBLOCK))

    def eventfd_blocking(self):
        return self.keep(os.eventfd(0, 0))

    def eventfd_full(self):
        """A write waits for a reader, and the peer can also change the flag that prevents that."""
        file = self.eventfd_blocking()
        os.eventfd_write(file, FULL)
        return file

    def eventfd_semaphore(self):
        """Each read consumes one of very many."""
        file = self.keep(os.eventfd(0, os.EFD_SEMAPHORE))
        os.eventfd_write(file, FULL)
        return file

    # ---- pipes and sockets ----

    def pipe_read(self):
        return self.keep(*os.pipe())

    def pipe_write(self):
        read, write = os.pipe()
        return self.keep(write, read)

    def pipe_full(self):
        file = self.pipe_write()
        os.set_blocking(file, False)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(file, bytes(PAGE))
        os.set_blocking(file, True)
        return file

    def pipe_dead(self):
        """SIGPIPE for who writes."""
        read, write = os.pipe()
        os.close(read)
        return self.keep(write)

    def pair(self, kind):
        one, other = socket.socketpair(socket.AF_UNIX, kind)
        return self.keep(one.detach(), other.detach())

    def socket_stream(self):
        return self.pair(socket.SOCK_STREAM)

    def socket_datagram(self):
        return self.pair(socket.SOCK_DGRAM)

    def socket_packet(self):
        return self.pair(socket.SOCK_SEQPACKET)

    def socket_full(self):
        file = self.socket_stream()
        with socket.socket(fileno=os.dup(file)) as end, contextlib.suppress(BlockingIOError):
            while True:
                end.send(bytes(PAGE), socket.MSG_DONTWAIT)
        return file

    def socket_dead(self):
        one, other = socket.socketpair()
        other.close()
        return self.keep(one.detach())

    def socket_in_itself(self):
        """A file descriptor in flight that refers to the socket through which it was sent."""
        one, other = socket.socketpair()
        socket.send_fds(one, [b"x"], [one.fileno(), other.fileno()])
        return self.keep(one.detach(), other.detach())

    def socket_tcp(self):
        return self.keep(socket.socket(socket.AF_INET).detach())

    # ---- files ----

    def opened(self, path, flags):
        try:
            return self.keep(os.open(path, flags))
        except OSError as why:
            raise Absent(f"{path}: {why.strerror}") from None

    def path_only(self):
        return self.opened(self.work, os.O_PATH)

    def folder(self):
        return self.opened(self.work, os.O_RDONLY)

    def null(self):
        return self.opened("/dev/null", os.O_RDWR)

    def zero(self):
        return self.opened("/dev/zero", os.O_RDWR)

    def fuse(self):
        """It has not mounted a file system yet."""
        return self.opened("/dev/fuse", os.O_RDWR)

    def memory_of_a_process(self):
        return self.opened("/proc/self/mem", os.O_RDWR)

    def maps_of_a_process(self):
        return self.opened("/proc/self/maps", os.O_RDONLY)

    def terminal(self):
        return self.keep(*os.openpty())

    def disk_file(self):
        """Memory that is filled from a disk, late or never."""
        place = self.work / "file"
        place.write_bytes(bytes(1 << 20))
        file = self.opened(place, os.O_RDWR)
        place.unlink()
        return file

    def memfd(self, size=1 << 20, flags=os.MFD_ALLOW_SEALING):
        file = self.keep(os.memfd_create("object", flags))
        os.ftruncate(file, size)
        return file

    def memfd_empty(self):
        return self.memfd(0)

    def memfd_sealed(self):
        file = self.memfd()
        seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, seals)
        return file

    def memfd_read_only(self):
        return self.opened(f"/proc/self/fd/{self.memfd()}", os.O_RDONLY)

    def memfd_huge(self):
        try:
            return self.memfd(HUGE, os.MFD_HUGETLB)
        except OSError as why:
            raise Absent(f"no huge pages: {why.strerror}") from None

    # ---- the kernel's other objects ----

    def called(self, name, *words):
        file = getattr(LIBC, name)(*words)
        if file < 0:
            raise Absent(f"{name}: {os.strerror(ctypes.get_errno())}")
        return self.keep(file)

    def epoll(self):
        return self.called("epoll_create1", 0)

    def timer(self):
        """Becomes ready a thousand times per second."""
        file = self.called("timerfd_create", 1, 0)
        LIBC.timerfd_settime(file, 0, struct.pack("=qqqq", 0, 1000000, 0, 1), None)
        return file

    def signals(self):
        return self.called("signalfd", -1, bytes(128), 0)

    def watches(self):
        return self.called("inotify_init1", 0)

    def process(self):
        return self.keep(os.pidfd_open(os.getpid()))


# One function of the class for each name.
MAKE = {
    name: function
    for name, function in vars(Objects).items()
    if callable(function)
    and not name.startswith("_")
    and name not in ("keep", "make", "pair", "opened", "called")
}
