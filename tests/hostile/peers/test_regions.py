# SPDX-License-Identifier: MIT
"""
Front ends that add and remove regions of memory while their disk is in use: QEMU, whose memory modules are plugged
and unplugged; libblkio's driver virtio-blk-vhost-user; and one that uses addresses after it has removed their region.
"""

import contextlib
import ctypes
import mmap
import os
import random
import shutil
import struct
import threading

import pytest

import good
import held
import unplug
import vhost_guests as guests
from front import PATIENCE, USER, Front
from stage import Stage

LIBRARY = os.environ.get("VWR_LIBBLKIO", "libblkio.so.1")  # another one, by hand
PLACE = 1 << 40  # address of the first region; the next ones follow
STEP = 16 << 20
BYTES = 64 << 10
COUNT = 5
MARK = b"\xa5"
REQUEST = 4096
ORDERS = {"ascending": (0, 1, 2, 3, 4), "descending": (4, 3, 2, 1, 0), "mixed": (3, 0, 4, 1, 2)}


class Region(ctypes.Structure):
    """struct blkio_mem_region"""

    _fields_ = [
        ("addr", ctypes.c_void_p),
        ("len", ctypes.c_size_t),
        ("iova", ctypes.c_uint64),
        ("fd_offset", ctypes.c_int64),
        ("fd", ctypes.c_int),
        ("flags", ctypes.c_uint32),
    ]


class Completion(ctypes.Structure):
    """struct blkio_completion"""

    _fields_ = [
        ("user_data", ctypes.c_void_p),
        ("error_msg", ctypes.c_char_p),
        ("ret", ctypes.c_int),
        ("reserved", ctypes.c_uint8 * 12),
    ]


class Timespec(ctypes.Structure):
    """struct timespec"""

    _fields_ = [("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long)]


class Blkio:
    """A disk of libblkio, with one queue."""

    def __init__(self, place):
        self.library = load()
        self.disk = ctypes.c_void_p()
        self.call("blkio_create", b"virtio-blk-vhost-user", ctypes.byref(self.disk))
        self.call("blkio_set_str", self.disk, b"path", os.fsencode(place))
        self.call("blkio_connect", self.disk)
        self.call("blkio_set_int", self.disk, b"num-queues", 1)
        self.call("blkio_start", self.disk)
        self.queue = ctypes.c_void_p(self.library.blkio_get_queue(self.disk, 0))

    def call(self, name, *args):
        result = getattr(self.library, name)(*args)
        assert result == 0, f"{name}: {result}: {self.library.blkio_get_error_msg().decode()}"

    def map(self, memory):
        self.call("blkio_map_mem_region", self.disk, ctypes.byref(memory.region))

    def unmap(self, memory):
        self.library.blkio_unmap_mem_region(self.disk, ctypes.byref(memory.region))

    def read(self, number, memory, at):
        """Submits a read of REQUEST bytes from this one of the disk."""
        self.library.blkioq_read(
            self.queue, ctypes.c_uint64(number * REQUEST), memory.at(at), ctypes.c_size_t(REQUEST), None, 0
        )
        self.finish(0)

    def finish(self, count):
        """Submits the requests and waits for this number of completions."""
        for each in [1] * count or [0]:
            row, limit = Completion(), Timespec(PATIENCE, 0)
            done = self.library.blkioq_do_io(self.queue, ctypes.byref(row), each, each, ctypes.byref(limit))
            assert (done, row.ret) == (each, 0), (done, row.ret, row.error_msg)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.library.blkio_destroy(ctypes.byref(self.disk))


def load():
    library = ctypes.CDLL(LIBRARY)
    library.blkio_get_error_msg.restype = ctypes.c_char_p
    library.blkio_get_queue.restype = ctypes.c_void_p
    return library


class Memory:
    """A memfd, mapped at a fixed address. The test reads it through its descriptor."""

    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p

    def __init__(self, name, place):
        self.name = name
        self.file = os.memfd_create(name)
        os.pwrite(self.file, MARK * BYTES, 0)
        flags = mmap.MAP_SHARED | 0x10  # MAP_FIXED
        at = self.libc.mmap(
            ctypes.c_void_p(place), ctypes.c_size_t(BYTES), 3, flags, self.file, ctypes.c_long(0)
        )
        assert at == place, os.strerror(ctypes.get_errno())
        self.region = Region(place, BYTES, 0, 0, self.file, 0)

    def at(self, offset):
        return ctypes.c_void_p(self.region.addr + offset)

    def holds(self, expected):
        """{offset: number of the request whose data is there}; MARK everywhere else."""
        wanted = bytearray(MARK * BYTES)
        for offset, number in expected.items():
            wanted[offset : offset + REQUEST] = content(number)
        assert os.pread(self.file, BYTES, 0) == wanted, self.name

    def close(self):
        os.close(self.file)


def content(number):
    sectors = REQUEST // good.SECTOR
    return b"".join(map(good.sector, range(number * sectors, (number + 1) * sectors)))


class World:
    """A disk whose requests the test can hold, a libblkio front end, and regions of memory in some order."""

    def __init__(self, work, stack):
        (work / "image").write_bytes(b"".join(map(content, range(64))))
        self.nbd = stack.enter_context(held.Nbd(work / "nbd", work / "image"))
        self.stage = stack.enter_context(Stage(work, "blk", words=("--nbd", "nbd+unix:///?socket=nbd")))
        folder = stack.enter_context(guests.short(work))
        self.disk = stack.enter_context(Blkio(f"{folder}/{self.stage.place.name}"))
        self.memory = [self.make(slot, 0) for slot in range(COUNT)]
        self.numbers = iter(random.Random(89).choices(range(64), k=1000))

    @staticmethod
    def make(slot, version):
        return Memory(f"region_{slot}_{version}", PLACE + slot * STEP)

    def is_mapped(self, memory):
        """Whether a process of the back end has mapped it."""
        return any(f"memfd:{memory.name} " in maps for maps in self.stage.server.maps())

    def fill(self, slot, at, known):
        """Reads into a region, with different contents each time."""
        number = next(self.numbers)
        self.disk.read(number, self.memory[slot], at)
        self.disk.finish(1)
        known[slot][at] = number

    def check(self, known):
        for slot, memory in enumerate(self.memory):
            memory.holds(known[slot])


def remove(world, known, slot, busy):
    """Removes a region that was read into while a request in another one is held; then adds other memory at its address."""
    old = world.memory[slot]
    number = next(world.numbers)
    world.fill(slot, 2 * REQUEST, known)
    world.nbd.hold()
    world.disk.read(number, world.memory[busy], 3 * REQUEST)
    good.until(lambda: world.nbd.held, "the request does not reach the storage")
    timer = threading.Timer(0.2, world.nbd.release)
    timer.start()
    world.disk.unmap(old)
    timer.join()
    world.disk.finish(1)
    known[busy][3 * REQUEST] = number
    good.until(lambda: not world.is_mapped(old), "the region is still mapped")
    old.holds(known[slot])
    world.memory[slot] = world.make(slot, 1)
    world.disk.map(world.memory[slot])
    assert old.region.addr == world.memory[slot].region.addr
    before, known[slot] = known[slot], {}
    for each in range(COUNT):
        world.fill(each, 4 * REQUEST, known)
    world.check(known)
    old.holds(before)
    old.close()


@pytest.mark.parametrize("order", ORDERS)
def test_libblkio(work, order):
    try:
        load()
    except OSError as why:
        pytest.skip(f"no libblkio (Debian 13: libblkio1): {why}")
    with contextlib.ExitStack() as stack:
        world = World(work, stack)
        known = [{} for _ in range(COUNT)]
        for slot in ORDERS[order]:
            world.disk.map(world.memory[slot])
            world.fill(slot, 0, known)
        for slot in range(COUNT):
            world.fill(slot, REQUEST, known)
        world.check(known)
        assert all(map(world.is_mapped, world.memory))
        for slot, busy in ((0, 3), (2, 0), (4, 2), (1, 4)):
            remove(world, known, slot, busy)
        world.stage.sound()


def module(number):
    return unplug.FIRST + number * unplug.MODULE


def replaced(pc, stage, nbd, slot, busy):
    """
    A module is ejected while a request in another one is held, and one with new memory is plugged at its address. QEMU
    waits for the back end.
    """
    old = pc.file_at(module(slot))
    pc.fill(1, module(slot))
    nbd.hold()
    pc.submit(2, module(busy) + REQUEST)
    good.until(lambda: nbd.held, "the request does not reach the storage")
    mapped = count_maps(stage)
    timer = threading.Timer(0.2, nbd.release)
    timer.start()
    pc.eject(slot)
    timer.join()
    good.until(lambda: count_maps(stage) == mapped - 1, "the module is still mapped")
    good.until(pc.is_done, "no answer")
    assert pc.read(module(busy) + REQUEST, good.SECTOR) == good.sector(2)
    new = pc.plug(f"new{slot}", slot, module(slot))
    for each in range(COUNT):
        pc.fill(3 + each, module(each))
    assert os.pread(new, good.SECTOR, 0) == good.sector(3 + slot)
    assert os.pread(old, good.SECTOR, 0) == good.sector(1)
    os.close(old)
    os.close(new)


def count_maps(stage):
    return sum(maps.count("memfd:memory-backend") for maps in stage.server.maps())


@pytest.mark.parametrize("order", ORDERS)
def test_qemu(work, order):
    if shutil.which(unplug.PROGRAM) is None:
        pytest.skip(f"no {unplug.PROGRAM} (Debian: qemu-system-x86)")
    (work / "image").write_bytes(b"".join(map(good.sector, range(good.SECTORS))))
    with (
        held.Nbd(work / "nbd", work / "image") as nbd,
        Stage(work, "blk", words=("--nbd", "nbd+unix:///?socket=nbd")) as stage,
        unplug.Pc(work, stage.place.name, [module(slot) for slot in ORDERS[order]], ORDERS[order]) as pc,
    ):
        pc.start()
        for slot in range(COUNT):
            pc.fill(slot, module(slot))
        for slot, busy in ((0, 3), (2, 0), (4, 2)):
            replaced(pc, stage, nbd, slot, busy)
        pc.fill(7, module(2))
        gone = pc.file_at(module(2))
        before = os.pread(gone, BYTES, 0)
        pc.eject(2)
        pc.submit(8, module(2))
        refused = f"the {good.SECTOR} bytes at {module(2):#x} are not guest memory that a device may access"
        good.until(lambda: refused in stage.log.read_text("utf-8"), "the request is not refused")
        assert not pc.is_done() and os.pread(gone, BYTES, 0) == before
        os.close(gone)
        stage.sound()


class Adder(good.Blk):
    """A guest with additional regions, and its disk."""

    def __init__(self, front, order):
        super().__init__(front)
        self.more = {}
        for slot in order:
            self.more[slot] = front.own(os.memfd_create(f"more_{slot}"))
            os.pwrite(self.more[slot], MARK * BYTES, 0)
            front.send("ADD_MEM_REG", self.row(slot), [self.more[slot]])
        assert front.heard()

    @staticmethod
    def at(slot):
        return (slot + 1) << 30

    def row(self, slot):
        return struct.pack("=QQQQQ", 0, self.at(slot), BYTES, USER + self.at(slot), 0)

    def ask(self, number, slot):
        self.front.memory[good.DATA : good.DATA + 16] = struct.pack("=IIQ", 0, 0, number)
        ring = self.front.rings[0]
        ring.put((good.DATA, 16, False), (self.at(slot), good.SECTOR, True), (good.DATA + 0x8000, 1, True))

    def read(self, number, slot):
        self.ask(number, slot)
        self.front.rings[0].wait()
        assert os.pread(self.more[slot], good.SECTOR, 0) == good.sector(number)


@pytest.mark.parametrize("order", ORDERS)
def test_what_was_removed_is_used(work, order):
    """The device refuses the request, and needs a reset. The memory is unchanged."""
    with Stage(work, "blk") as stage:
        for victim in (0, 2, 4):
            with Front(stage.place) as front:
                guest = Adder(front.begin(1), ORDERS[order])
                for slot in (*range(COUNT), victim):
                    guest.read(slot, slot)
                front.send("REM_MEM_REG", guest.row(victim))
                assert front.heard()
                guest.read(5, (victim + 1) % COUNT)
                guest.ask(6, victim)
                good.until(lambda: front.asked("GET_STATUS") & 0x40, "the device does not need a reset")
                assert not front.rings[0].done()
                assert os.pread(guest.more[victim], BYTES, 0) == good.sector(victim) + MARK * (
                    BYTES - good.SECTOR
                )
            stage.check()
        stage.stop()
