# SPDX-License-Identifier: MIT
"""vwr-monitor between a front end and a back end of this file, one of which breaks a rule."""

import contextlib
import ctypes
import fcntl
import mmap
import os
import platform
import re
import select
import signal
import socket
import struct
import subprocess
import threading
import time
from pathlib import Path

import pytest

import vhost_guests as guests
from tshark import PROGRAM, tshark

from vwr.wireshark import capture

RAM = 0x40000000  # guest address of the only region
USER = 0x7F0000000000  # the same in the front end
BYTES = 0x10000
DESC, AVAIL, USED, TABLE, DATA = 0x1000, 0x2000, 0x3000, 0x4000, 0x8000
SIZE = 8
NEXT, WRITE, INDIRECT = 1, 2, 4  # flags of a descriptor
MADE, DONE = 1 << 7, 1 << 15  # of a packed ring: available, used
PACKED = 1 << 34
# Requests of vhost-user.
GET_FEATURES, SET_FEATURES, SET_MEM_TABLE, SET_VRING_NUM, SET_VRING_ADDR = 1, 2, 5, 8, 9
SET_VRING_BASE, GET_VRING_BASE, SET_VRING_KICK, SET_VRING_CALL, SET_BACKEND_REQ_FD = 10, 11, 12, 13, 21
GET_CONFIG = 24
VERSION, REPLY = 1, 4
OFFERED = 1 << 32 | 1 << 30 | 1 << 28  # VERSION_1, protocol features, INDIRECT_DESC
ONE = struct.pack("=Q", 1)
FULL = 2**64 - 2  # the count of an eventfd to which nothing can be added
PATIENCE = 60  # seconds for a message
OTHER_FILES = 256  # that are neither eventfds nor memory, and that a session may pass
BESIDE = 600  # buffers, of which the monitor follows 64, then rests three times as long


class Ends:
    """A driver and a device of one split ring, with the program between them."""

    def __init__(self, stack, work, *options, after=None):
        """`after`: earlier ends, with whose program these are connected."""
        self.avail = self.used = 0
        self.log = work / "log"
        file = os.memfd_create("ram")
        stack.callback(os.close, file)
        os.truncate(file, BYTES)
        self.file = file
        self.ram = stack.enter_context(mmap.mmap(file, BYTES))
        self.words = stack.enter_context(memoryview(self.ram).cast("H"))
        self.kick, self.call = os.eventfd(0), os.eventfd(0)
        self.kicked = self.called = -1  # what the back end got in place of them
        self.front = stack.enter_context(socket.socket(socket.AF_UNIX))
        with guests.short(work) as folder:
            if after is None:
                self.listener = stack.enter_context(socket.socket(socket.AF_UNIX))
                self.listener.bind(f"{folder}/back")
                self.listener.listen(1)
                self.listener.settimeout(PATIENCE)
                self.monitor = stack.enter_context(guests.Monitor(work, "back", *options))
                self.serving = self.monitor.serving()
            else:
                self.listener, self.monitor = after.listener, after.monitor
            self.front.connect(f"{folder}/back.seen")
        self.back, _ = self.listener.accept()
        stack.enter_context(self.back)
        self.front.settimeout(PATIENCE)
        self.back.settimeout(PATIENCE)

    # ---- messages ----

    def pass_on(self, source, target, request, payload=b"", files=(), flags=VERSION):
        """A message arrives at the other end as it was sent, with as many files; the files."""
        message = struct.pack("=III", request, flags, len(payload)) + payload
        socket.send_fds(source, [message], list(files))
        got, came, _, _ = socket.recv_fds(target, len(message), 8)
        assert got == message and len(came) == len(files)
        return came

    def announce(self, source):
        """A message of one end, which the other one need not read."""
        is_reply = source is self.back
        payload = bytes(8 if is_reply else 0)
        flags = VERSION | REPLY if is_reply else VERSION
        source.sendall(struct.pack("=III", GET_FEATURES, flags, len(payload)) + payload)

    def send(self, request, payload=b"", files=()):
        return self.pass_on(self.front, self.back, request, payload, files)

    def reply(self, request, payload):
        self.pass_on(self.back, self.front, request, payload, flags=VERSION | REPLY)

    def start(self, accepted=OFFERED, size=SIZE):
        self.send(GET_FEATURES)
        self.reply(GET_FEATURES, struct.pack("=Q", OFFERED | PACKED))
        self.send(SET_FEATURES, struct.pack("=Q", accepted))
        region = struct.pack("=II4Q", 1, 0, RAM, BYTES, USER, 0)
        os.close(self.send(SET_MEM_TABLE, region, [self.file])[0])
        self.send(SET_VRING_NUM, struct.pack("=II", 0, size))
        self.send(SET_VRING_BASE, struct.pack("=II", 0, 0))
        self.send(SET_VRING_ADDR, struct.pack("=II4Q", 0, 0, USER + DESC, USER + USED, USER + AVAIL, 0))
        (self.called,) = self.send(SET_VRING_CALL, struct.pack("=Q", 0), [self.call])
        (self.kicked,) = self.send(SET_VRING_KICK, struct.pack("=Q", 0), [self.kick])

    # ---- the ring ----

    def store(self, at, value):
        """In one access, as the monitor may read at any time: struct.pack_into() writes zeros first."""
        self.words[at // 2] = value

    def descriptor(self, at, addr, length, flags=0, following=0):
        struct.pack_into("<QIHH", self.ram, at, addr, length, flags, following)

    def chain(self, head=0, second=WRITE):
        """Two descriptors: one to read, one to write unless a case says otherwise."""
        self.descriptor(DESC + 16 * head, RAM + DATA, 16, NEXT, head + 1)
        self.descriptor(DESC + 16 * (head + 1), RAM + DATA + 512, 512, second)

    def publish(self, head):
        self.store(AVAIL + 4 + 2 * (self.avail % SIZE), head)
        self.avail += 1
        self.store(AVAIL + 2, self.avail)

    def notify(self):
        os.write(self.kick, ONE)
        assert os.read(self.kicked, 8) == ONE

    def use(self, head, length):
        struct.pack_into("<II", self.ram, USED + 4 + 8 * (self.used % SIZE), head, length)
        self.used += 1
        self.store(USED + 2, self.used)

    def interrupt(self):
        os.write(self.called, ONE)
        assert os.read(self.call, 8) == ONE

    def exchange(self, head=0, length=512):
        self.chain(head)
        self.publish(head)
        self.notify()
        self.use(head, length)
        self.interrupt()

    def waits(self):
        """How often the monitor has waited for something to come."""
        status = Path(f"/proc/{self.serving}/status").read_text("utf-8")
        return int(re.search(r"^voluntary_ctxt_switches:\s(\d+)$", status, re.MULTILINE)[1])

    def exchange_beside(self, head, length):
        """The next one is after the monitor's look at this one, unless the monitor rests."""
        waits, limit = self.waits(), time.monotonic() + 0.001
        self.exchange(head, length)
        while self.waits() == waits and time.monotonic() < limit:
            time.sleep(0.0001)

    def end(self):
        self.front.close()
        for file in (self.kick, self.call, self.kicked, self.called):
            os.close(file)
        return self.monitor.report()


class PackedEnds(Ends):
    """The same with a packed ring. A position counts descriptors since the start."""

    def start(self, accepted=OFFERED | PACKED, size=SIZE):
        super().start(accepted, size)

    @staticmethod
    def lap(position, both):
        """The bits of AVAIL and USED in this lap, where `both` sides have written it or the driver alone."""
        is_odd = position // SIZE % 2
        return (MADE | DONE if both else MADE) if not is_odd else (0 if both else DONE)

    def write(self, position, addr, length, name, flags):
        """Here the buffer ID is before the flags."""
        self.descriptor(DESC + 16 * (position % SIZE), addr, length, name, flags)

    def chain(self, head=0, second=WRITE):
        """A list of two; the first is published last."""
        at = self.avail
        self.write(at + 1, RAM + DATA + 512, 512, head, second | self.lap(at + 1, False))
        self.write(at, RAM + DATA, 16, head, NEXT | self.lap(at, False))
        self.avail += 2

    def table(self, name, length=32):
        """A list of one, with a table of the same two."""
        self.descriptor(TABLE, RAM + DATA, 16)
        self.descriptor(TABLE + 16, RAM + DATA + 512, 512, 0, WRITE)
        self.write(self.avail, RAM + TABLE, length, name, INDIRECT | self.lap(self.avail, False))
        self.avail += 1

    def publish(self, head):
        """The list was published as it was written."""

    def use(self, head, length, count=2):
        self.write(self.used, RAM + DATA, length, head, WRITE | self.lap(self.used, True))
        self.used += count

    def exchange(self, head=0, length=512):
        super().exchange(head % SIZE, length)

    def exchange_table(self, name, length=512):
        self.table(name)
        self.notify()
        self.use(name, length, 1)
        self.interrupt()


@pytest.fixture(name="packed")
def fixture_packed(work):
    with contextlib.ExitStack() as stack:
        yield PackedEnds(stack, work)


@pytest.fixture(name="ends")
def fixture_ends(work):
    with contextlib.ExitStack() as stack:
        yield Ends(stack, work)


def test_honest_ends(ends):
    """Messages and files arrive unchanged, the back end's own channel too; nothing is found in three laps."""
    ends.start()
    ours, theirs = socket.socketpair()
    (channel,) = ends.send(SET_BACKEND_REQ_FD, files=[theirs.fileno()])
    with ours, theirs, socket.socket(fileno=channel) as back:
        ends.pass_on(back, ours, 2)
        ends.pass_on(ours, back, 2, ONE, flags=VERSION | REPLY)
    for number in range(3 * SIZE):
        ends.exchange(2 * number % SIZE)
    ends.send(GET_VRING_BASE, struct.pack("=II", 0, 0))
    ends.reply(GET_VRING_BASE, struct.pack("=II", 0, ends.avail))
    (again,) = ends.send(SET_VRING_KICK, struct.pack("=Q", 0), [ends.kick])
    os.close(ends.kicked)
    ends.kicked = again
    os.read(again, 8)  # in case a notification was lost meanwhile
    ends.exchange()
    report = ends.end()
    assert report["findings"] == [] and report["verdict"] == "clean", report
    assert report["buffers"] == 3 * SIZE + 1 and report["not_judged"] == 0 and report["lost"] == 0, report
    assert report["messages"] == {"front_end": 11, "back_end": 2}, report
    assert report["queues"] == [{"notifications": 3 * SIZE + 1, "interrupts": 3 * SIZE + 1}], report


def test_buffers_for_wireshark(work, note):
    """A packet for each used buffer, through indirect tables too, as the recordings' are; tshark reads them."""
    config = bytes(range(16))
    with contextlib.ExitStack() as stack:
        ends = Ends(stack, work, "--pcap", "buffers.pcap", "--device", "blk")
        ends.start()
        ends.send(GET_CONFIG, struct.pack("=III", 0, 16, 0) + bytes(16))
        ends.reply(GET_CONFIG, struct.pack("=III", 0, 16, 0) + config)
        struct.pack_into("<IIQ", ends.ram, DATA, 0, 0, 7)  # a read of sector 7
        ends.ram[DATA + 512 : DATA + 1024] = bytes(511) + b"\0"
        ends.exchange(2)
        ends.descriptor(TABLE, RAM + DATA, 16, NEXT, 1)
        ends.descriptor(TABLE + 16, RAM + DATA + 512, 0x3000, WRITE)
        ends.descriptor(DESC, RAM + TABLE, 32, INDIRECT)
        ends.publish(0)
        ends.notify()
        ends.use(0, 9)
        ends.interrupt()
        ends.end()
    header = capture.Segment(16, struct.pack("<IIQ", 0, 0, 7), False)
    long = bytes(512) + bytes(0x1000 - 512)  # so much of a descriptor is kept
    read = [
        capture.Buffer(2, OFFERED & ~(1 << 30), config, 0, used, [header, segment])
        for used, segment in (
            (512, capture.Segment(512, bytes(512), True)),
            (9, capture.Segment(0x3000, long, True)),
        )
    ]
    written = (work / "buffers.pcap").read_bytes()
    capture.write(work / "expected.pcap", read)
    assert timeless(written) == timeless((work / "expected.pcap").read_bytes())
    if PROGRAM:
        with tshark() as reader:
            reader.packets.write_bytes(written)
            shown = reader.shows()
        assert shown.count("blk requestq IN") == 2, shown
    else:
        note("no tshark here reads the packets")


def timeless(data):
    """The packets of a file, each without the time of its first eight bytes."""
    packets, at = [], 24
    while at < len(data):
        kept, length = struct.unpack_from("<II", data, at + 8)
        assert kept == length
        packets.append(data[at + 16 : at + 16 + kept])
        at += 16 + kept
    return [data[:24], *packets]


def order(ends):
    ends.chain(second=0)
    ends.descriptor(DESC, RAM + DATA, 16, NEXT | WRITE, 1)
    ends.publish(0)
    ends.notify()


def beyond_memory(ends):
    ends.chain()
    ends.descriptor(DESC, RAM + BYTES, 16, NEXT, 1)
    ends.publish(0)
    ends.notify()


def loop(ends):
    ends.chain(second=NEXT)
    ends.publish(0)
    ends.notify()


def no_head(ends):
    ends.publish(SIZE)
    ends.notify()


def in_flight(ends):
    ends.chain()
    for _ in range(2):
        ends.publish(0)
        ends.notify()


def table_size(ends):
    ends.descriptor(DESC, RAM + TABLE, 17, INDIRECT)
    ends.publish(0)
    ends.notify()


def used_length(ends):
    ends.exchange(length=513)


def used_id(ends):
    ends.exchange()
    ends.chain(2)
    ends.publish(2)
    ends.notify()
    ends.use(4, 0)
    ends.interrupt()


def used_twice(ends):
    ends.exchange()
    ends.use(0, 512)
    ends.interrupt()


def index_back(ends):
    """The driver keeps its index modulo the size of the queue, or begins anew."""
    for _ in range(4):
        ends.exchange()
    ends.avail = 0
    ends.chain()
    ends.publish(0)
    ends.notify()


CASES = {
    order: ("CHAIN_ORDER", "driver", "split.drv.framing.1"),
    beyond_memory: ("BUFFER_MEMORY", "driver", None),
    loop: ("CHAIN_LOOP", "driver", None),
    no_head: ("AVAIL_HEAD", "driver", None),
    in_flight: ("IN_FLIGHT", "driver", "cleanup.drv.1"),
    table_size: ("INDIRECT_SIZE", "driver", None),
    used_length: ("USED_LENGTH", "device", "split.dev.used.2"),
    used_id: ("USED_ID", "device", None),
    used_twice: ("USED_AHEAD", "either", None),
    index_back: ("AVAIL_BACK", "either", "split.drv.avail.1"),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_broken_rules(ends, case):
    """The first finding names the rule, the side and the queue."""
    rule, side, clause = CASES[case]
    ends.start()
    ends.exchange(6)
    case(ends)
    report = ends.end()
    first = report["findings"][0]
    assert (first["rule"], first["side"], first["queue"]) == (rule, side, 0), report
    assert clause in (None, first["clause"]) and first["section"] and first["sentence"], report
    assert report["verdict"] == "works", report


def test_exchanged_areas(ends):
    """The driver writes the available ring to the used area: whose mistake it is, the proxy does not see."""
    ends.start()
    ends.chain()
    ends.store(USED + 2, 1)
    ends.notify()
    (first,) = ends.end()["findings"]
    assert (first["rule"], first["side"]) == ("USED_FIRST", "either"), first
    assert "may be exchanged; the monitor did not see which side wrote it" in first["sentence"]


def disk_header(ends, header=16, sector=0):
    struct.pack_into("<IIQ", ends.ram, DATA, 0, 0, sector)  # a read
    ends.descriptor(DESC, RAM + DATA, header, NEXT, 1)
    ends.descriptor(DESC + 16, RAM + DATA + 512, 513, WRITE)


def short_header(ends):
    disk_header(ends, 8)


def writable_header(ends):
    disk_header(ends)
    ends.descriptor(DESC, RAM + DATA, 16, NEXT | WRITE, 1)


def behind_the_disk(ends):
    disk_header(ends, sector=100)


def data_of_the_driver(ends):
    disk_header(ends)
    ends.descriptor(DESC + 16, RAM + DATA + 512, 512, NEXT, 2)
    ends.descriptor(DESC + 32, RAM + DATA + 2048, 1, WRITE)


DISK = {
    short_header: "BLK_HEADER",
    writable_header: "BLK_HEADER_WRITABLE",
    behind_the_disk: "BLK_CAPACITY",
    data_of_the_driver: "BLK_DIRECTION",
}


@pytest.mark.parametrize("case", DISK, ids=lambda case: case.__name__)
def test_disk(work, case):
    """With --device the requests are judged. A finding is said before the report, which may never come."""
    with contextlib.ExitStack() as stack:
        ends = Ends(stack, work, "--device", "blk")
        ends.start()
        ends.send(GET_CONFIG, struct.pack("=III", 0, 16, 0) + bytes(16))
        ends.reply(GET_CONFIG, struct.pack("=III", 0, 16, 0) + struct.pack("<QQ", 100, 0))
        disk_header(ends)
        ends.publish(0)
        ends.notify()
        ends.use(0, 513)
        ends.interrupt()
        assert "descriptor" not in ends.log.read_text("utf-8")
        case(ends)
        ends.publish(0)
        ends.notify()
        assert "vwr-monitor: driver, " in (said := ends.log.read_text("utf-8")), said
        report = ends.end()
        assert [row["rule"] for row in report["findings"]] == [DISK[case]], report


def test_nothing_seen(ends):
    """Without a buffer, nothing is known of either side."""
    ends.start()
    assert ends.end()["verdict"] == "unknown"


def test_packed(packed):
    """Lists of two and tables, in odd places too, and two in flight of which the second is used first."""
    packed.start()
    for number in range(3 * SIZE):
        packed.exchange(number % SIZE)
        packed.exchange_table(number % SIZE)
        packed.chain(1)
        packed.table(2)
        packed.notify()
        packed.use(2, 512, 1)
        packed.use(1, 512, 2)
        packed.interrupt()
    report = packed.end()
    assert report["findings"] == [] and report["lost"] == 0, report
    assert report["buffers"] == 4 * 3 * SIZE and report["not_judged"] == 0, report


def packed_order(ends):
    ends.write(ends.avail + 1, RAM + DATA, 16, 0, ends.lap(ends.avail + 1, False))
    ends.write(ends.avail, RAM + DATA, 16, 0, NEXT | WRITE | ends.lap(ends.avail, False))
    ends.notify()


def packed_beyond_memory(ends):
    ends.write(ends.avail, RAM + BYTES, 16, 0, ends.lap(ends.avail, False))
    ends.notify()


def packed_table_size(ends):
    ends.table(0, 17)
    ends.notify()


def packed_used_id(ends):
    ends.chain(2)
    ends.notify()
    ends.use(4, 0)
    ends.interrupt()


def packed_id_in_flight(ends):
    for _ in range(2):
        ends.chain(2)
        ends.notify()


PACKED_CASES = {
    packed_order: ("PACKED_ORDER", "driver"),
    packed_beyond_memory: ("BUFFER_MEMORY", "driver"),
    packed_table_size: ("INDIRECT_SIZE", "driver"),
    used_length: ("PACKED_USED_LENGTH", "device"),
    packed_used_id: ("PACKED_USED_ID", "device"),
    packed_id_in_flight: ("PACKED_ID", "driver"),
}


@pytest.mark.parametrize("case", PACKED_CASES, ids=lambda case: case.__name__)
def test_broken_rules_of_a_packed_ring(packed, case):
    """In the second lap, because a ring that is still empty shows less."""
    packed.start()
    for number in range(SIZE):
        packed.exchange(number)
    case(packed)
    report = packed.end()
    first = report["findings"][0]
    assert (first["rule"], first["side"], first["queue"]) == (*PACKED_CASES[case], 0), report


def test_late_look_at_a_packed_ring(packed):
    """Tables that came and went unseen are counted; what is left of them is judged."""
    packed.start()
    for name in (3, 4):
        packed.table(name, 17)
        packed.use(name, 0, 1)
    packed.table(5)
    packed.notify()
    packed.use(5, 600, 1)
    packed.interrupt()
    report = packed.end()
    assert [f["rule"] for f in report["findings"]] == ["PACKED_USED_LENGTH"], report
    assert report["buffers"] == 3 and report["not_judged"] == 2 and report["lost"] == 0, report


def test_lost_packed_ring(packed):
    """After laps of lists of two it is followed again, and believed after so many used descriptors as it has."""
    packed.start()
    for _ in range(3 * SIZE + 1):
        packed.chain(1)
        packed.use(1, 0)
    packed.notify()
    packed.interrupt()
    packed.exchange(length=513)
    for _ in range(SIZE):
        packed.exchange()
    packed.exchange(length=514)
    report = packed.end()
    assert [(f["rule"], f["count"]) for f in report["findings"]] == [("PACKED_USED_LENGTH", 1)], report
    assert "514" in report["findings"][0]["sentence"] and report["lost"] == 1, report


def test_our_ends_on_a_packed_ring(work):
    """examples/vhost/disk.c on vwr-vhost: eight reads, a write and a flush are seen, and nothing is found."""
    with contextlib.ExitStack() as stack:
        command = [guests.program(), "blk", "--socket", "disk", "--null", "1", "--packed"]
        stack.enter_context(guests.Server(command, work / "disk", log=work / "log", cwd=work))
        monitor = stack.enter_context(guests.Monitor(work, "disk"))
        program = guests.built("tests/qemu/process/process_disk")
        subprocess.run([program, "disk.seen"], cwd=work, check=True, timeout=PATIENCE)
        report = monitor.report()
    assert report["findings"] == [] and report["lost"] == 0, report
    assert report["buffers"] == 10 and report["not_judged"] < 10, report


def test_features(ends):
    ends.start(accepted=OFFERED | 1 << 29)
    report = ends.end()
    assert [(f["rule"], f["queue"]) for f in report["findings"]] == [("FEATURE_NOT_OFFERED", None)], report


def test_late_look(ends):
    """Buffers that came and went unseen are not judged; those that are left are."""
    ends.start()
    ends.chain(0, second=0)
    ends.descriptor(DESC, RAM + DATA, 16, NEXT | WRITE, 1)
    ends.publish(0)
    ends.use(0, 0)
    ends.chain(2)
    ends.publish(2)
    ends.notify()
    ends.use(2, 600)
    ends.interrupt()
    report = ends.end()
    assert [f["rule"] for f in report["findings"]] == ["USED_LENGTH"], report
    assert report["buffers"] == 2 and report["not_judged"] == 1, report


def test_lost(ends):
    """A queue of which it has missed a lap is followed again."""
    ends.start()
    for number in range(3 * SIZE):
        ends.chain(2 * number % SIZE)
        ends.publish(2 * number % SIZE)
        ends.use(2 * number % SIZE, 0)
    ends.notify()
    ends.interrupt()
    ends.exchange(length=513)
    report = ends.end()
    assert [f["rule"] for f in report["findings"]] == ["USED_LENGTH"], report
    assert report["lost"] == 1, report


def test_beside(work):
    """Notifications go past it and wake it: what it sees before it is used is judged."""
    with contextlib.ExitStack() as stack:
        ends = Ends(stack, work, "--beside")
        ends.start()
        for number in range(SIZE // 2):
            ends.exchange(2 * number % SIZE)
        order(ends)
        report = ends.end()
    assert [f["rule"] for f in report["findings"]] == ["CHAIN_ORDER"], report
    assert report["queues"] == [{"notifications": 0, "interrupts": 0}], report


@pytest.mark.parametrize("length", [512, 513])
def test_one_in(work, length):
    """It rests in between, so that it sees a part of the buffers; a mistake that is always made is found in them."""
    with contextlib.ExitStack() as stack:
        ends = Ends(stack, work, "--one-in", "4")
        ends.start()
        for number in range(BESIDE):
            ends.exchange_beside(2 * number % SIZE, length)
        report = ends.end()
    assert [f["rule"] for f in report["findings"]] == ([] if length == 512 else ["USED_LENGTH"]), report
    assert 0 < report["buffers"] < BESIDE, report  # how many it misses depends on the machine's speed


def test_memory_goes(ends):
    """A front end that takes its memory away ends its connection, not the program."""
    ends.start()
    os.truncate(ends.file, 0)
    os.write(ends.kick, ONE)
    report = ends.end()
    assert report["findings"] == [], report


def left(file):
    """The count of an eventfd, which stays."""
    text = Path(f"/proc/self/fdinfo/{file}").read_text("utf-8")
    return int(re.search(r"^eventfd-count:\s+(\w+)$", text, re.MULTILINE)[1], 16)


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


def sockets(pid):
    """How many sockets a process has open."""
    count = 0
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            count += os.readlink(file).startswith("socket:")
    return count


def flood(ends, source, target):
    """Messages from one end, of which the other one reads none, until no more of them pass."""
    source.settimeout(1)
    with pytest.raises(TimeoutError):
        while True:
            ends.announce(source)
    assert target.recv(1, socket.MSG_PEEK)


def reads_nothing(ends, front_end):
    """One end floods the other."""
    source, target = (ends.back, ends.front) if front_end else (ends.front, ends.back)
    flood(ends, source, target)


def full_kick(ends):
    """The back end fills what it is notified by, which has its flags too."""
    os.set_blocking(ends.kicked, True)
    os.write(ends.kicked, struct.pack("=Q", FULL))
    os.write(ends.kick, ONE)
    until(lambda: left(ends.kick) == 0)


def full_call(ends):
    os.set_blocking(ends.call, True)
    os.write(ends.call, struct.pack("=Q", FULL))
    os.write(ends.called, ONE)
    until(lambda: left(ends.called) == 0)


def taken(ends):
    """Two queues are notified by one file: the second time there is nothing to read."""
    (again,) = ends.send(SET_VRING_KICK, struct.pack("=Q", 1), [ends.kick])
    os.close(again)
    os.write(ends.kick, ONE)
    until(lambda: left(ends.kick) == 0)


def half(ends):
    ends.front.sendall(bytes(4))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize(
    "hold",
    [
        lambda ends: reads_nothing(ends, True),
        lambda ends: reads_nothing(ends, False),
        full_kick,
        full_call,
        taken,
        half,
    ],
    ids=["front", "back", "full_kick", "full_call", "taken", "half"],
)
def test_signal(ends, hold, number):
    """Whatever an end does, a signal ends the program, and the report comes."""
    ends.start()
    ends.exchange()
    hold(ends)
    ends.monitor.process.send_signal(number)
    report = ends.monitor.report()
    assert report["findings"] == [] and report["buffers"] == 1, report
    assert "end has" not in ends.log.read_text("utf-8")  # it did not wait for that


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signal_beside(work, number):
    with contextlib.ExitStack() as stack:
        ends = Ends(stack, work, "--beside")
        ends.start()
        reads_nothing(ends, True)
        ends.monitor.process.send_signal(number)
        ends.monitor.report()
        assert "end has" not in ends.log.read_text("utf-8")


def test_reads_nothing(work):
    """An end that reads nothing ends the connection; the report comes, and a sentence says which end it was."""
    with contextlib.ExitStack() as stack:
        held = {}
        for who in ("front", "back"):
            (work / who).mkdir()
            held[who] = Ends(stack, work / who)
            held[who].start()
            held[who].exchange()
            reads_nothing(held[who], who == "front")
        for who, ends in held.items():
            assert ends.monitor.report()["buffers"] == 1
            assert f"The {who} end has read nothing for 10 seconds." in ends.log.read_text("utf-8")


def test_left_while_the_back_end_reads_nothing(ends):
    """Nobody waits for the back end when the front end has left; a sentence says so."""
    ends.start()
    ends.exchange()
    reads_nothing(ends, False)
    ends.front.close()
    assert ends.monitor.report()["buffers"] == 1
    assert "The front end has left, and the back end has read nothing." in ends.log.read_text("utf-8")


@pytest.mark.parametrize("hold", [full_kick, full_call, taken])
def test_goes_on(ends, hold):
    """Where an eventfd is full, or empty, messages still pass."""
    ends.start()
    ends.exchange()
    hold(ends)
    ends.send(GET_FEATURES)
    ends.reply(GET_FEATURES, struct.pack("=Q", OFFERED))
    assert ends.end()["findings"] == []


@pytest.mark.parametrize("options", [[], ["--beside"]], ids=["between", "beside"])
@pytest.mark.parametrize("request_", [SET_VRING_KICK, SET_VRING_CALL, SET_BACKEND_REQ_FD])
def test_no_eventfd(work, options, request_):
    """A descriptor that could block the program is refused by name."""
    reader, writer = os.pipe()
    with contextlib.ExitStack() as stack:
        stack.callback(os.close, reader)
        stack.callback(os.close, writer)
        ends = Ends(stack, work, *options)
        ends.start()
        message = struct.pack("=IIIQ", request_, VERSION, 8, 0)
        if request_ == SET_BACKEND_REQ_FD:
            message = struct.pack("=III", request_, VERSION, 0)
        socket.send_fds(ends.front, [message], [writer])
        ends.monitor.report()
        assert " descriptor " in (said := ends.log.read_text("utf-8")) and " refers to a pipe, " in said, said


def lingers():
    """A TCP socket whose last close waits twice as long as a test does; the socket that keeps it so."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        one = socket.socket()
        one.connect(listener.getsockname())
        other, _ = listener.accept()
    one.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while True:
            one.send(bytes(65536))
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 2 * PATIENCE))
    return one, other


def refused(ends, stack):
    """The call of a queue is a socket that lingers, which is refused. Nobody else has it by then."""
    one, other = lingers()
    stack.enter_context(other)
    os.kill(ends.serving, signal.SIGSTOP)
    until(lambda: guests.state(ends.serving) == "T")
    with one:
        message = struct.pack("=IIIQ", SET_VRING_CALL, VERSION, 8, 0)
        socket.send_fds(ends.front, [message], [one.fileno()])
    os.kill(ends.serving, signal.SIGCONT)
    assert ends.back.recv(1) == b""


USERFAULTFD = 323  # the system call, on x86-64
UFFDIO_API, UFFDIO_REGISTER = 0xC018AA3F, 0xC020AA00
UFFD_API, MISSING = 0xAA, 1
PAGE = 4096


def locked(ends, stack):
    """The front end reads its socket for requests of the back end, into a page that does not come: it has the lock."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = os.O_CLOEXEC | os.O_NONBLOCK  # poll(2) needs the second one
    faults = libc.syscall(USERFAULTFD, flags) if platform.machine() == "x86_64" else -1
    if faults < 0:
        pytest.skip("no userfaultfd for pages that the kernel reads (root on x86-64)")
    hole = mmap.mmap(-1, PAGE)
    at = ctypes.addressof(ctypes.c_char.from_buffer(hole))
    fcntl.ioctl(faults, UFFDIO_API, bytearray(struct.pack("=3Q", UFFD_API, 0, 0)))
    fcntl.ioctl(faults, UFFDIO_REGISTER, bytearray(struct.pack("=4Q", at, PAGE, MISSING, 0)))
    ours, theirs = map(stack.enter_context, socket.socketpair())
    ours.sendall(bytes(PAGE))
    to = ctypes.c_void_p(at), ctypes.c_size_t(PAGE)
    reader = threading.Thread(target=libc.read, args=(theirs.fileno(), *to), daemon=True)
    reader.start()
    stack.callback(reader.join)
    stack.callback(os.close, faults)  # the page comes
    until(lambda: select.select([faults], [], [], 0)[0])  # it has begun
    os.close(ends.send(SET_BACKEND_REQ_FD, files=[theirs.fileno()])[0])
    until(lambda: guests.state(ends.serving) == "D")
    ends.front.close()


@pytest.mark.parametrize("hold", [refused, locked])
def test_next_front_end(work, hold):
    """
    A call on an object of a front end waits for it, or would: the next front end is served meanwhile, a signal ends
    the program, and the report has what both have done.
    """
    with contextlib.ExitStack() as stack:
        first = Ends(stack, work, "--again")
        first.start()
        first.exchange()
        hold(first, stack)
        ends = Ends(stack, work, after=first)
        ends.start()
        for number in range(SIZE):
            ends.exchange(2 * number % SIZE)
        sleeps = hold is locked
        assert (guests.state(first.serving) == "D") == sleeps
        ends.monitor.process.send_signal(signal.SIGTERM)
        report = ends.monitor.report()
        assert (guests.state(first.serving) == "D") == sleeps  # it did not wait for that
    assert report["findings"] == [] and report["buffers"] == SIZE + 1, report
    assert report["queues"] == [{"notifications": SIZE + 1, "interrupts": SIZE + 1}], report
    assert (f" process {first.serving} is left behind" in first.log.read_text("utf-8")) == sleeps


@pytest.mark.parametrize("hold", [refused, locked])
def test_report_of_one_front_end(work, hold):
    """Without --again, the report comes although the process sleeps."""
    with contextlib.ExitStack() as stack:
        ends = Ends(stack, work)
        ends.start()
        ends.exchange()
        hold(ends, stack)
        report = ends.monitor.report()
    assert report["findings"] == [] and report["buffers"] == 1, report


@pytest.mark.parametrize("options", [[], ["--again"]])
def test_process_dies(work, options):
    """A process that dies ends its connection; without --again it is the only one. The file has its buffers."""
    with contextlib.ExitStack() as stack:
        first = Ends(stack, work, "--pcap", "buffers.pcap", "--device", "blk", *options)
        first.start()
        first.exchange()
        os.kill(first.serving, signal.SIGKILL)
        process = first.monitor.process
        if options:
            ends = Ends(stack, work, after=first)
            ends.start()
            ends.exchange()
            process.send_signal(signal.SIGTERM)
            assert first.monitor.report()["buffers"] == 2
        else:
            assert process.communicate(timeout=PATIENCE)[0] == b"" and process.returncode == 2
        assert len(timeless((work / "buffers.pcap").read_bytes())) == 1 + (2 if options else 1)
        assert "signal 9 has ended process" in first.log.read_text("utf-8")


def test_too_many_files(work):
    """File descriptors that a close could wait for stay open, but not any number of them."""
    with contextlib.ExitStack() as stack:
        ends = Ends(stack, work)
        with socket.socket() as other:
            for _ in range(OTHER_FILES):
                os.close(ends.send(GET_FEATURES, files=[other.fileno()])[0])
            message = struct.pack("=III", GET_FEATURES, VERSION, 0)
            socket.send_fds(ends.front, [message], [other.fileno()])
        ends.monitor.report()
        assert f"more than {OTHER_FILES} file descriptors" in ends.log.read_text("utf-8")


@pytest.mark.parametrize("leaves", [False, True], ids=["signal", "leaves"])
def test_nobody_accepts(work, leaves):
    """The back end listens, and its backlog is full: a signal ends the program, and so does the front end that leaves."""
    with contextlib.ExitStack() as stack:
        listener, first, front = (stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(3))
        with guests.short(work) as folder:
            listener.bind(f"{folder}/back")
            listener.listen(0)
            first.connect(f"{folder}/back")
            monitor = stack.enter_context(guests.Monitor(work, "back"))
            serving = monitor.serving()
            front.connect(f"{folder}/back.seen")
        until(lambda: sockets(serving) == 3)  # of the parent, of the front end, and one that connects
        if leaves:
            front.close()
            assert monitor.process.communicate(timeout=PATIENCE)[0] == b"" and monitor.process.returncode == 2
            assert "the front end has left before it was accepted" in monitor.log.read_text("utf-8")
        else:
            monitor.process.send_signal(signal.SIGTERM)
            assert monitor.report()["messages"] == {"front_end": 0, "back_end": 0}


WRONG = [
    ([], None),
    (["--listen", "a"], "--connect PATH is missing"),
    (["--connect", "a"], "--listen PATH is missing"),
    (["--listen"], "--listen needs a value"),
    (["--fast"], "--fast is no option"),
    (["--one-in", "0"], "--one-in 0: it is a number from 1 to 65535"),
    (["--listen", "there", "--connect", "a"], "there is there already. Next: "),
    (["--listen", "s" * 200, "--connect", "a"], "the path of a socket has at most 96 bytes"),
]


def test_command_line(work):
    (work / "there").write_bytes(b"")
    for words, sentence in WRONG:
        done = subprocess.run(
            [guests.built("hosted/programs/monitor/vwr-monitor"), *words],
            cwd=work, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        if sentence is None:
            assert done.returncode == 0 and done.stdout.startswith("usage: vwr-monitor --listen PATH"), done
            continue
        assert done.returncode == 2 and done.stdout == "", done
        assert re.fullmatch(r"vwr-monitor: .*\n", done.stderr) and sentence in done.stderr, done
    assert [path.name for path in work.iterdir()] == ["there"]
