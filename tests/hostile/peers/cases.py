# SPDX-License-Identifier: MIT
"""The actions of a hostile front end. Each function has a separate connection, which may end at any time."""

import contextlib
import fcntl
import mmap
import os
import socket
import struct
import time

from front import CONSTANT, HEADER, LOG_ALL, MEMORY, REQUEST, USER, USUAL, Front, Ring
from objects import FULL, Absent, Objects

TERA = 1 << 40
ABSENT = {}  # objects that this machine lacks, and why
LEFT = (OSError, ValueError, struct.error)  # errors at a front end whose peer has left


class Peer:
    """A hostile front end on a socket. `random` makes the choices that a case leaves open."""

    def __init__(self, place, work, random, rings):
        self.place, self.work, self.random, self.rings = place, work, random, rings

    @contextlib.contextmanager
    def front(self, begin=True, **more):
        with Front(self.place) as front, Objects(self.work) as objects:
            if begin:
                front.begin(self.rings, **more)
            yield front, objects


# ---- an object in place of a file descriptor ----


def as_call(front, file):
    front.number("SET_VRING_CALL", 0, [file])
    kicked(front)


def as_kick(front, file):
    front.ask("GET_VRING_BASE", struct.pack("=II", 0, 0))
    front.rings[0].start(kick=file)
    with contextlib.suppress(OSError):
        os.set_blocking(file, True)


def as_both(front, file):
    front.ask("GET_VRING_BASE", struct.pack("=II", 0, 0))
    front.number("SET_VRING_CALL", 0, [file])
    front.number("SET_VRING_KICK", 0, [file])
    front.send("SET_VRING_ENABLE", struct.pack("=II", 0, 1))


def as_err(front, file):
    """A broken ring is reported there."""
    front.number("SET_VRING_ERR", 0, [file])
    ring = front.rings[0]
    front.memory[ring.at + 0x1002 : ring.at + 0x1004] = struct.pack("=H", ring.available + 30000 & 0xFFFF)
    ring.notify()


def as_log_event(front, file):
    front.send("SET_LOG_FD", b"", [file])


def as_memory(front, file):
    front.table([(0, MEMORY, USER, 0)], [file])


def as_region(front, file):
    front.send("ADD_MEM_REG", struct.pack("=QQQQQ", 0, TERA, MEMORY, USER * 2, 0), [file])


def as_log(front, file):
    front.ask("SET_LOG_BASE", struct.pack("=QQ", 1 << 20, 0), [file])


def as_record(front, file):
    stopped(front)
    front.send("SET_INFLIGHT_FD", struct.pack("=QQHH", 1 << 20, 0, len(front.rings), 64), [file])
    for ring in front.rings.values():
        ring.start()


def as_requests(front, file):
    front.send("SET_BACKEND_REQ_FD", b"", [file])


def on_another_message(front, file):
    """An unexpected file descriptor is closed."""
    front.ask("GET_FEATURES", b"", [file] * 8)


PLACES = {
    function.__name__: function
    for function in (as_call, as_kick, as_both, as_err, as_log_event, as_memory, as_region, as_log)
    + (as_record, as_requests, on_another_message)
}


def kicked(front):
    """Makes a request on each ring that every device rejects, so the device answers and notifies."""
    for ring in front.rings.values():
        ring.put((0x40000, 64, False), (0x48000, 64, True))


def stopped(front):
    for number in front.rings:
        front.ask("GET_VRING_BASE", struct.pack("=II", number, 0))


def play_object(peer, place, name):
    """
    Passes an object in a place. Then requests continue, and our file descriptor is reused for another
    file.
    """
    with peer.front() as (front, objects):
        file = objects.make(name)
        with contextlib.suppress(*LEFT):
            PLACES[place](front, file)
            kicked(front)
            front.heard()
            objects.wake()
            null = os.open("/dev/null", os.O_RDWR)
            os.dup2(null, file)
            os.close(null)
            kicked(front)
        front.heard()


# ---- memory ----


def memory_shrinks(peer):
    """While its rings are in use."""
    with peer.front() as (front, _):
        file = front.files[0]
        for size in (MEMORY // 2, 0):
            os.ftruncate(file, size)
            with contextlib.suppress(*LEFT):
                front.rings[0].notify()
                front.heard()
        os.ftruncate(file, MEMORY)


def memory_loses_pages(peer):
    """Punches holes, which read as zeros, in the memory of rings."""
    with peer.front() as (front, _), contextlib.suppress(*LEFT):
        for _ in range(20):
            kicked(front)
            front.memory.madvise(mmap.MADV_REMOVE)
            for ring in front.rings.values():
                ring.notify()
        front.heard()


def sparse_terabytes(peer):
    with peer.front(begin=False) as (front, objects), contextlib.suppress(*LEFT):
        front.greet()
        size = peer.random.choice([TERA, 16 * TERA, (1 << 63) - 4096])
        front.table([(0, size, USER, 0)], [objects.memfd(size)])
        front.heard()


def regions_overlap(peer):
    with peer.front(begin=False) as (front, objects), contextlib.suppress(*LEFT):
        front.greet()
        file = objects.memfd()
        guest, user = peer.random.choice(
            [(0x1000, USER), (MEMORY, USER + 0x1000), ((1 << 64) - 0x1000, USER)]
        )
        front.table([(0, MEMORY, USER, 0), (guest, MEMORY, user, 0)], [file, file])
        front.heard()


def thousands_of_regions(peer):
    """Added, and added and removed."""
    with peer.front() as (front, objects), contextlib.suppress(*LEFT):
        file = objects.memfd()
        for number in range(1, 2000):
            row = struct.pack("=QQQQQ", 0, number << 32, 0x1000, USER + (number << 32), 0)
            front.send("ADD_MEM_REG", row, [file])
            if number % 3:
                front.send("REM_MEM_REG", row)
        front.heard()


def memory_again_and_again(peer):
    """Replaces the memory table while rings run."""
    with peer.front() as (front, objects), contextlib.suppress(*LEFT):
        files = [front.files[0], objects.memfd()]
        for number in range(300):
            front.table([(0, MEMORY, USER, 0)], [files[number % 2]])
            front.rings[0].notify()
        front.heard()


# ---- messages ----


def storm_of_messages(peer):
    """Sends thousands of messages that start and stop a ring, and reads no replies."""
    with peer.front() as (front, _), contextlib.suppress(*LEFT):
        front.socket.settimeout(1)
        for _ in range(5000):
            front.send("GET_VRING_BASE", struct.pack("=II", 0, 0))
            front.number("SET_VRING_KICK", 0, [front.rings[0].kick])


def answers_that_nobody_reads(peer):
    """GET_CONFIG has the longest answer."""
    with peer.front() as (front, _), contextlib.suppress(*LEFT):
        front.socket.settimeout(0.2)
        message = HEADER.pack(REQUEST["GET_FEATURES"], CONSTANT["VERSION"], 0) * 1000
        for _ in range(100):
            front.socket.sendall(message)


def half_a_message(peer):
    """Sends one byte at a time, and never sends the rest."""
    with peer.front() as (front, _), contextlib.suppress(*LEFT):
        message = HEADER.pack(REQUEST["SET_MEM_TABLE"], CONSTANT["VERSION"], 40) + bytes(40)
        for byte in message[: peer.random.randrange(1, len(message))]:
            front.socket.send(bytes([byte]))
            time.sleep(0.001)


def files_without_a_message(peer):
    """With each byte of a header."""
    with peer.front(begin=False) as (front, objects), contextlib.suppress(*LEFT):
        message = HEADER.pack(REQUEST["SET_VRING_CALL"], CONSTANT["VERSION"], 8) + bytes(8)
        for byte in message:
            socket.send_fds(front.socket, [bytes([byte])], [objects.eventfd()] * 8)
        front.heard()


def too_many_files(peer):
    with peer.front(begin=False) as (front, objects), contextlib.suppress(*LEFT):
        front.send("SET_VRING_CALL", bytes(8), [objects.eventfd()] * 200)
        front.heard()


def random_messages(peer):
    random = peer.random
    with peer.front() as (front, objects), contextlib.suppress(*LEFT):
        front.socket.settimeout(1)
        names = list(REQUEST)
        for _ in range(random.randrange(1, 100)):
            files = [objects.eventfd() for _ in range(random.choice([0, 0, 1, 1, 2]))]
            words = random.choices([0, 1, 2, 64, 0x1000, MEMORY, USER, (1 << 64) - 1], k=random.randrange(6))
            front.send(random.choice(names), struct.pack(f"={len(words)}Q", *words), files)


def comes_and_goes(peer):
    """With and without a byte, and with a busy device."""
    for number in range(100):
        with Front(peer.place) as front, contextlib.suppress(*LEFT):
            if number % 3 == 1:
                front.socket.send(b"\1")
            elif number % 10 == 2:
                kicked(front.begin(peer.rings))


# ---- record of requests in flight, log of written pages ----


def records_of_wrong_sizes(peer):
    for size, offset, queues, entries in (
        (0, 0, 2, 64), (1, 0, 2, 64), (4096, 0, 2, 65535), (1 << 20, 8, 2, 64), (1 << 20, 1 << 20, 2, 64),
        (1 << 20, (1 << 64) - 8, 2, 64), ((1 << 64) - 1, 0, 2, 64), (1 << 20, 0, 65535, 64), (1 << 20, 4, 1, 64),
        (1 << 20, 0, 2, 0), (TERA, 0, 2, 64), (2 << 20, 0, 2, 64),
    ):  # fmt: skip
        with peer.front() as (front, objects), contextlib.suppress(*LEFT):
            stopped(front)
            row = struct.pack("=QQHH", size, offset, queues, entries)
            front.send("SET_INFLIGHT_FD", row, [objects.memfd()])
            for ring in front.rings.values():
                ring.start()
            kicked(front)
            front.heard()


def record_of_noise(peer):
    """Fills the record that the back end created with random contents."""
    with peer.front() as (front, _), contextlib.suppress(*LEFT):
        stopped(front)
        row = struct.pack("=QQHH", 0, 0, len(front.rings), 64)
        row = front.ask("GET_INFLIGHT_FD", row)
        size, file = struct.unpack("=Q", row[:8])[0], front.files[-1]
        os.pwrite(file, peer.random.randbytes(size), 0)
        front.send("SET_INFLIGHT_FD", row, [file])
        for ring in front.rings.values():
            ring.start()
        kicked(front)
        os.ftruncate(file, peer.random.choice([0, 4096, size]))
        kicked(front)
        front.heard()


def log_of_wrong_sizes(peer):
    for size, offset in (
        (0, 0),
        (1, 0),
        (32, 0),
        (1 << 20, 0),
        (64, (1 << 20) - 4),
        (64, 1 << 63),
        (TERA, 0),
    ):
        with contextlib.suppress(*LEFT), peer.front(features=USUAL | 1 << LOG_ALL) as (front, objects):
            front.ask("SET_LOG_BASE", struct.pack("=QQ", size, offset), [objects.memfd()])
            front.rings[0].place(log=peer.random.choice([0, USER, (1 << 64) - 1]))
            kicked(front)
            front.heard()


def log_shrinks(peer):
    with peer.front() as (front, objects), contextlib.suppress(*LEFT):
        file = objects.memfd()
        front.ask("SET_LOG_BASE", struct.pack("=QQ", 4096, 0), [file])
        front.number("SET_FEATURES", USUAL | 1 << LOG_ALL)
        kicked(front)
        front.heard()
        os.ftruncate(file, 0)
        kicked(front)
        front.heard()


# ---- notifications ----


def flags_of_files(peer):
    """Both ends share the O_NONBLOCK and O_ASYNC flags of the file descriptors."""
    with peer.front() as (front, objects), contextlib.suppress(*LEFT):
        call = objects.eventfd()
        front.ask("GET_VRING_BASE", struct.pack("=II", 0, 0))
        front.rings[0].start(call=call)
        with contextlib.suppress(BlockingIOError):
            os.eventfd_write(call, FULL)
        for file in (call, front.rings[0].kick):
            os.set_blocking(file, True)
            flags = fcntl.fcntl(file, fcntl.F_GETFL)
            fcntl.fcntl(file, fcntl.F_SETFL, flags | os.O_ASYNC)
        for _ in range(200):
            kicked(front)
        front.heard()


def kick_that_is_taken_away(peer):
    """The other owner reads the back end's notifications, and fills the eventfd."""
    with peer.front() as (front, _), contextlib.suppress(*LEFT):
        kick = front.rings[0].kick
        os.set_blocking(kick, True)
        for _ in range(500):
            front.rings[0].notify()
            with contextlib.suppress(BlockingIOError):  # the back end was first
                os.preadv(kick, [bytearray(8)], -1, os.RWF_NOWAIT)
        os.set_blocking(kick, False)
        os.eventfd_write(kick, FULL)
        front.heard()


def one_file_for_all(peer):
    """A call that is also the kick, so each answer requests more work."""
    with peer.front() as (front, objects), contextlib.suppress(*LEFT):
        file = objects.eventfd()
        stopped(front)
        for ring in front.rings.values():
            ring.start(kick=file, call=file)
        kicked(front)
        front.heard()


def rings_one_over_the_other(peer):
    with peer.front() as (front, _), contextlib.suppress(*LEFT):
        stopped(front)
        for ring in front.rings.values():
            ring.at = 0
            ring.start()
        kicked(front)
        front.heard()


def ring_at_the_end_of_memory(peer):
    with peer.front() as (front, _), contextlib.suppress(*LEFT):
        front.ask("GET_VRING_BASE", struct.pack("=II", 0, 0))
        ring = Ring(front, 0, size=peer.random.choice([1024, 2048, 32768, 3, 0]))
        ring.at = MEMORY - 0x3000
        ring.start()
        ring.notify()
        front.heard()


PLAYS = (
    memory_shrinks, memory_loses_pages, sparse_terabytes, regions_overlap, thousands_of_regions,
    memory_again_and_again, storm_of_messages, answers_that_nobody_reads, half_a_message,
    files_without_a_message, too_many_files, random_messages, comes_and_goes, records_of_wrong_sizes,
    record_of_noise, log_of_wrong_sizes, log_shrinks, flags_of_files, kick_that_is_taken_away,
    one_file_for_all, rings_one_over_the_other, ring_at_the_end_of_memory,
)  # fmt: skip


def play(peer, case):
    """A case by its name, `what` or `place object`, or the reason if it is not possible on this machine."""
    words = case.split()
    if words[-1] in ABSENT:
        return ABSENT[words[-1]]
    try:
        if len(words) == 2:
            play_object(peer, *words)
        else:
            next(one for one in PLAYS if one.__name__ == case)(peer)
    except Absent as why:
        ABSENT[words[-1]] = f"{words[-1]} ({why})"
        return ABSENT[words[-1]]
    return None
