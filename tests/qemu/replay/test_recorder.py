# SPDX-License-Identifier: MIT
"""What the recorder makes of memory, of rings and of QEMU's trace; without QEMU."""

import struct
import sys

import pytest

from lockstep import Machine, Stopped
from memory import BASE, Memory, count_up, pattern
from names import DESC, FEATURE, PACKED, REGISTER
from record import Recorder, shortened, typed
from rings import Packed, Split
from watch import Watch

N, W, I = DESC["NEXT"], DESC["WRITE"], DESC["INDIRECT"]
RING, AVAIL, USED, BUFFER = BASE + 0x1000, BASE + 0x2000, BASE + 0x3000, BASE + 0x8000


@pytest.fixture(name="memory")
def fixture_memory(tmp_path):
    memory = Memory(tmp_path / "ram")
    memory.make_disk(tmp_path / "disk", 64)
    return memory


def test_sectors_differ():
    assert len({pattern(sector) for sector in range(4096)}) == 4096


def test_words(memory):
    content = pattern(7) + pattern(8) + pattern(3) + bytes(40)
    assert memory.words(BASE, content) == [
        (BASE, "p 7 1024"),
        (BASE + 1024, "p 3 512"),
        (BASE + 1536, "z 40"),
    ]
    assert memory.words(BASE, b"\x12\xff") == [(BASE, "x 12ff")]


def test_news_are_recorded_once(memory):
    memory.write(BASE + 5, b"ab")
    memory.write(BASE + 30, b"c")
    assert memory.news(BASE, 64) == [(BASE + 5, "x 6162"), (BASE + 30, "x 63")]
    assert memory.news(BASE, 64) == []


def test_numbers_that_count_up():
    lines = [(16 * i, f"x {i:02x}00") for i in range(1, 6)]
    assert count_up(lines) == [(16, "n 1 5 16")]
    assert count_up([*lines[:2], (9, "z 3")]) == [*lines[:2], (9, "z 3")]
    assert shortened(["w 1 4 0x0", *(f"m {addr:#x} {words}" for addr, words in lines), "i"]) == [
        "w 1 4 0x0",
        "m 0x10 n 1 5 16",
        "i",
    ]


def put(memory, table, index, addr, length, one, two):
    memory.write(table + 16 * index, struct.pack("<QIHH", addr, length, one, two))


def test_split(memory):
    ring = Split(memory, 8, RING, AVAIL, USED)
    put(memory, RING, 2, BUFFER, 48, I, 0)
    put(memory, BUFFER, 0, 0x111, 16, N, 2)
    put(memory, BUFFER, 2, 0x222, 512, W, 0)
    memory.write(AVAIL, struct.pack("<HHH", 0, 1, 2))
    (chain,) = ring.offered()
    assert (chain.out, chain.into, chain.tables) == ([(0x111, 16)], [(0x222, 512)], [(BUFFER, 48)])
    assert not list(ring.offered()) and not list(ring.answered())
    memory.write(USED, struct.pack("<HHII", 1, 1, 2, 513))
    assert list(ring.answered()) == [("u", 2, "0 2 513"), ("n", None, f"flags {USED:#x} 0100")]
    assert not list(ring.answered())


def test_split_without_end(memory):
    ring = Split(memory, 8, RING, AVAIL, USED)
    put(memory, RING, 0, BUFFER, 48, N, 0)
    memory.write(AVAIL, struct.pack("<HHH", 0, 1, 0))
    with pytest.raises(ValueError, match="no end"):
        list(ring.offered())


def test_packed_wraps(memory):
    ring, avail, used = Packed(memory, 2, RING, AVAIL, USED), PACKED["AVAIL"], PACKED["USED"]
    for wrap in range(3):
        mine, theirs = (used, 0) if wrap % 2 else (avail, avail | used)
        put(memory, RING, 0, BUFFER, 16, 9, mine | N)
        put(memory, RING, 1, BUFFER + 16, 512, 7, mine | W)
        assert [(chain.key, chain.count) for chain in ring.offered()] == [(7, 2)]
        assert not list(ring.answered())
        put(memory, RING, 0, 0, 513, 7, theirs)
        assert list(ring.answered()) == [("u", 7, f"0 7 513 {theirs:#x}")]
        ring.flight.clear()


def writes(watch, *what):
    for name, value in what:
        watch.write(REGISTER[name], 4, value)


def test_watch_finds_a_legacy_queue(memory):
    watch = Watch(memory)
    writes(
        watch,
        ("GuestPageSize", 4096),
        ("Status", 0),
        ("QueueSize", 8),
        ("QueueAlign", 4096),
        ("QueuePFN", RING // 4096),
    )
    queue = watch.queues[0]
    assert (queue.desc, queue.avail, queue.used) == (RING, RING + 128, RING + 4096)
    writes(watch, ("Status", 0))
    assert not watch.queues


def test_watch_finds_a_modern_queue(memory):
    watch = Watch(memory)
    writes(
        watch,
        ("DriverFeaturesSel", 1),
        ("DriverFeatures", 1 << FEATURE["RING_PACKED"] - 32),
        ("QueueSize", 8),
        ("QueueDescLow", RING),
        ("QueueDriverLow", AVAIL),
        ("QueueDeviceLow", USED),
        ("QueueReady", 1),
    )
    assert isinstance(watch.queues[0], Packed) and watch.queues[0].device == USED


def access(kind, offset, value, size=4):
    return f"memory_region_ops_{kind} cpu 0 mr 0x5 addr {0xa003e00 + offset:#x} value {value:#x} size {size} name 'x'\n"


def test_a_write_waits_for_what_was_before_it(memory):
    """QEMU tells of a notification before it looks, and of the element that it is done with before it shows it."""
    recorder = Recorder(memory)
    for name, value in (
        ("QueueSize", 8),
        ("QueueDescLow", RING),
        ("QueueDriverLow", AVAIL),
        ("QueueDeviceLow", USED),
        ("QueueReady", 1),
    ):
        recorder.take(access("write", REGISTER[name], value))
        recorder.before()
    recorder.watch.lines.clear()
    put(memory, RING, 0, BUFFER, 1, W, 0)
    memory.write(AVAIL, struct.pack("<HHH", 0, 1, 0))
    recorder.take(access("write", REGISTER["QueueNotify"], 0))
    assert not recorder.watch.lines
    recorder.before()
    recorder.take("virtqueue_pop vq 0x1 elem 0x77 in_num 1 out_num 0\n")
    recorder.take("virtio_blk_req_complete vdev 0x1 req 0x77 status 0\n")
    memory.write(BUFFER, b"\x05")
    recorder.before()
    memory.write(BUFFER, b"\x06")  # the driver uses it for something else
    memory.write(USED, struct.pack("<HHII", 0, 1, 0, 1))
    recorder.take("virtio_notify vdev 0x1 vq 0x1\n")
    recorder.take(access("read", REGISTER["InterruptStatus"], 0x100000001))
    recorder.take(access("read", 0x200, 7))  # another device's
    assert recorder.watch.lines[-5:] == [
        "w 0x050 4 0x0",
        "u 0 0 0 1",
        f"d {BUFFER:#x} x 05",
        "i",
        "r 0x060 4 0x1",
    ]


def test_other_segments_than_qemu_s(memory):
    watch = Watch(memory)
    writes(
        watch,
        ("QueueSize", 8),
        ("QueueDescLow", RING),
        ("QueueDriverLow", AVAIL),
        ("QueueDeviceLow", USED),
        ("QueueReady", 1),
    )
    memory.write(AVAIL, struct.pack("<HHH", 0, 1, 0))
    watch.look()
    with pytest.raises(ValueError, match="segments"):
        watch.popped("0x77", (2, 1))


FAKE = """import os
for i in range(30):
    os.write(2, b"virtio_notify %d\\n" % i)
    open("at", "w").write(str(i))
"""


def test_lockstep(tmp_path):
    """A program is never farther than the line behind the one that has not been read."""
    (tmp_path / "fake.py").write_text(FAKE)
    (tmp_path / "at").write_text("-1")
    machine = Machine(tmp_path, [sys.executable, "fake.py"], lambda _: None)
    seen = []

    def before():
        text = (tmp_path / "at").read_text()
        seen.append(int(text) if text else len(seen) - 1)

    assert [int(line.split()[1]) for line in machine.events(before)] == list(range(30))
    assert all(at in (step - 1, step) for step, at in enumerate(seen[:30]))


def test_words_that_are_no_event(tmp_path):
    machine = Machine(
        tmp_path, [sys.executable, "-c", "import os; os.write(2, b'no such disk')"], lambda _: None
    )
    with pytest.raises(Stopped, match="no such disk"):
        list(machine.events(lambda: None))


def test_typed():
    talk = typed(["one", "two"])
    assert talk("booting") is None and talk("Hit any key to stop autoboot") == "\n"
    assert talk("Hit any key to stop autoboot\n=> ") == "one\n"
    assert talk("Hit any key to stop autoboot\n=> one") is None
    assert talk("Hit any key to stop autoboot\n=> one\n=> ") == "two\n"
