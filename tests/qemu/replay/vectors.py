# SPDX-License-Identifier: MIT
"""What a driver may do wrong, or oddly: each is done to QEMU's disk and to ours.

A vector is a function of a Driver. It runs on a device that was just switched on, for each kind of device that its
decorator names; what the device answers goes into the recording.
"""

import struct
import time

from memory import BASE, BYTES
from names import DESC, EVENT, FEATURE, PACKED, REGISTER, SECTOR_BYTES, STATUS, TYPE
from rings import DESC_BYTES, Chain

LEGACY, SPLIT, RING = "legacy", "modern", "packed"  # kinds of devices
ALL, MODERN, SPLITS = (LEGACY, SPLIT, RING), (SPLIT, RING), (LEGACY, SPLIT)
QUEUE = 8  # descriptors
DESCRIPTORS, DRIVER_AREA, DEVICE_AREA = BASE + 0x100000, BASE + 0x200000, BASE + 0x300000
HEADER, STATUS_BYTE, DATA, TABLE = BASE + 0x20000, BASE + 0x20100, BASE + 0x30000, BASE + 0x40000
PAGE = 4096
NOTHING = 0xEE  # a status byte that nobody has written
N, W, I = DESC["NEXT"], DESC["WRITE"], DESC["INDIRECT"]
PATIENCE = 20.0  # seconds for an answer that has to come
SILENCE = 0.2  # for one that must not
WORD = 0xFFFFFFFF

TOUCHED = 4 << 20  # bytes of RAM, from its begin on

VECTORS = []  # (name, kinds, function)
HANGS = "QEMU 7.2 never comes back from a packed ring that it finds broken"
# What is done to ours alone, by tests/hostile/guests.
LEFT_OUT = {
    (
        "data-in-own-registers",
        kind,
    ): "QEMU 7.2 hangs for good when a buffer is the device's own registers (G18)"
    for kind in ALL
}
LEFT_OUT |= {
    (name, RING): HANGS
    for name in (
        "to-read-behind-to-write",
        "data-of-no-bytes",
        "status-of-no-bytes",
        "data-of-4-gib",
        "indirect-not-negotiated",
        "packed-chain-without-end",
        "packed-table-of-40-bytes",
    )
}


def vector(*kinds):
    """Notes a function as a vector for these kinds of devices."""

    def note(function):
        VECTORS.append((function.__name__.replace("_", "-"), kinds, function))
        return function

    return note


def add(name, kinds, function, *arguments, **named):
    """A vector of several that one function does."""
    VECTORS.append((name, kinds, lambda g: function(g, *arguments, **named)))


class Driver:
    """Does things to a device and has them written down; `watch` notes what the device does."""

    def __init__(self, qemu, memory, watch, kind):
        self.qemu, self.memory, self.watch, self.kind = qemu, memory, watch, kind
        self.legacy, self.packed = kind == LEGACY, kind == RING
        self.avail, self.slot, self.wrap, self.features = 0, 0, True, 0

    # registers

    def w(self, name, value, size=4):
        offset = REGISTER.get(name, name)
        self.watch.write(offset, size, value)
        self.qemu.write(offset, size, value)

    def r(self, *names, size=4):
        for offset in (REGISTER.get(name, name) for name in names):
            self.watch.read(offset, size, self.qemu.read(offset, size) & (1 << 8 * size) - 1)

    def wr(self, name, value):
        self.w(name, value)
        self.r(name)

    def status(self, *names):
        self.w("Status", sum(STATUS[name] for name in names))

    # memory

    def m(self, addr, content):
        self.memory.write(addr, content)
        self.memory.believe(addr, content)
        for at, words in self.memory.words(addr, content):
            self.watch.say("m", f"{at:#x}", words)

    def d(self, addr, length):
        """This is what the device has left there."""
        for at, words in self.memory.words(addr, self.memory.read(addr, length)):
            self.watch.say("d", f"{at:#x}", words)
        self.memory.believe(addr, self.memory.read(addr, length))

    def desc(self, index, addr, length, flags=0, following=0, table=DESCRIPTORS):
        self.m(table + DESC_BYTES * index, struct.pack("<QIHH", addr, length, flags, following))

    def slot_(self, addr, length, flags=0, key=0, table=None, at=None):
        """The next descriptor of a packed ring (or of a table): turned so that the device may take it."""
        if table is None:
            flags |= PACKED["AVAIL"] if self.wrap else PACKED["USED"]
            at = self.slot
            self.slot = (at + 1) % QUEUE
            self.wrap = self.wrap != (self.slot == 0)
        self.m((table or DESCRIPTORS) + DESC_BYTES * at, struct.pack("<QIHH", addr, length, key, flags))

    def chain(self, *segments, head=0):
        """A buffer of (address, length, flags); flags without NEXT."""
        if self.packed and 0 in self.watch.queues:
            self.watch.queues[0].flight[head] = Chain(head, len(segments))
        for number, (addr, length, flags) in enumerate(segments):
            more = N if number + 1 < len(segments) else 0
            if self.packed:
                self.slot_(addr, length, flags | more, head)
            else:
                self.desc(head + number, addr, length, flags | more, head + number + 1 if more else 0)
        self.offer(head)

    def table(self, *segments):
        """The same as a table of descriptors: its length."""
        for number, (addr, length, flags) in enumerate(segments):
            more = N if number + 1 < len(segments) else 0
            if self.packed:
                self.slot_(addr, length, flags, 0, TABLE, number)
            else:
                self.desc(number, addr, length, flags | more, number + 1 if more else 0, TABLE)
        return DESC_BYTES * len(segments)

    def offer(self, head, idx=None):
        """Makes the buffer available; nothing to do in a packed ring."""
        if self.packed:
            return
        self.m(self.ring("driver") + 4 + 2 * (self.avail % QUEUE), struct.pack("<H", head))
        self.avail += 1
        self.m(self.ring("driver") + 2, struct.pack("<H", self.avail if idx is None else idx & 0xFFFF))

    def ring(self, part):
        if self.legacy:  # one block: the used ring begins with a page
            return {"driver": DESCRIPTORS + DESC_BYTES * QUEUE, "device": DESCRIPTORS + PAGE}[part]
        return {"driver": DRIVER_AREA, "device": DEVICE_AREA}[part]

    # the life of a device

    def negotiate(self, *names):
        """Up to where queues are set up, with these features."""
        names += () if self.legacy else ("VERSION_1",) + (("RING_PACKED",) if self.packed else ())
        self.features = sum(1 << FEATURE[name] for name in names)
        self.status("ACKNOWLEDGE")
        self.status("ACKNOWLEDGE", "DRIVER")
        for word in range(1 if self.legacy else 2):
            self.accept(word, self.features >> 32 * word & WORD)
        if self.legacy:
            self.w("GuestPageSize", PAGE)
        else:
            self.status("ACKNOWLEDGE", "DRIVER", "FEATURES_OK")
            self.r("Status")

    def queue(self, size=QUEUE, desc=DESCRIPTORS, driver=DRIVER_AREA, device=DEVICE_AREA, align=PAGE):
        self.w("QueueSel", 0)
        self.w("QueueSize", size)
        if self.legacy:
            self.w("QueueAlign", align)
            self.w("QueuePFN", desc // PAGE)
            self.r("QueuePFN")
            return
        for name, addr in (("Desc", desc), ("Driver", driver), ("Device", device)):
            self.w(f"Queue{name}Low", addr & WORD)
            self.w(f"Queue{name}High", addr >> 32)
        self.w("QueueReady", 1)
        self.r("QueueReady")

    def drive(self):
        self.status("ACKNOWLEDGE", "DRIVER", "DRIVER_OK", *(() if self.legacy else ("FEATURES_OK",)))
        self.r("Status")

    def accept(self, word, bits):
        """32 of the driver's feature bits."""
        self.w("DriverFeaturesSel", word)
        self.w("DriverFeatures", bits)

    def start(self, *features):
        self.negotiate(*features)
        self.queue()
        self.drive()

    def header(self, kind, sector=0, addr=HEADER):
        self.m(addr, struct.pack("<IIQ", TYPE.get(kind, kind), 0, sector))

    def request(self, kind, sector=0):
        """Header, status byte that nobody has written."""
        self.header(kind, sector)
        self.m(STATUS_BYTE, bytes([NOTHING]))

    def begin(self, kind, sector=0, features=()):
        """Up to the first request, which is made available then."""
        self.start(*features)
        self.request(kind, sector)

    def kick(self, answers=1, queue=0, interrupts=True):
        """Notifies; then waits for so many answers, or as long as makes sense where there are to be none."""
        before = sum(one.answers for one in self.watch.queues.values())
        self.w("QueueNotify", queue)
        end = time.monotonic() + (PATIENCE if answers else SILENCE)
        done = 0
        while time.monotonic() < end and not (answers and (done >= answers or self.qemu.complains())):
            time.sleep(0.001)
            self.watch.look()
            done = sum(one.answers for one in self.watch.queues.values()) - before
        if not self.packed:
            self.tell("used-index", self.ring("device") + 2)
        elif done == 0:
            self.tell("flags-of-the-first", DESCRIPTORS + 14)
        self.r("Status")
        if interrupts:
            self.r("InterruptStatus")

    def tell(self, name, addr):
        """What the device has written there, or has not."""
        self.watch.say("n", name, f"{addr:#x}", self.memory.read(addr, 2).hex())

    def exchange(self, *segments, back=(), head=0):
        """One buffer, and what comes back of it."""
        self.chain(*segments, head=head)
        self.kick()
        self.answer(*back)

    def read_sector(self, sector, to=DATA, head=0):
        """A request that is right, and what comes back of it."""
        self.request("IN", sector)
        self.exchange(HEAD, (to, 512, W), TAIL, back=[(to, 512)], head=head)

    def ask(self, sector):
        """The same request, of which only the ring is looked at."""
        self.request("IN", sector)
        self.chain(*READ)
        self.kick()

    def answer(self, *areas):
        """What has come back besides the used buffer."""
        for addr, length in areas:
            self.d(addr, length)
        self.d(STATUS_BYTE, 1)


HEAD, TAIL = (HEADER, 16, 0), (STATUS_BYTE, 1, W)
READ = (HEAD, (DATA, 512, W), TAIL)


# --- registers: what they say, and what may be written to them ------------------------------------------------------


@vector(*ALL)
def registers_after_power_on(g):
    g.r("MagicValue", "Version", "DeviceID", "VendorID", "QueueSizeMax", "InterruptStatus", "Status")
    g.r(*(("QueuePFN",) if g.legacy else ("QueueReady", "ConfigGeneration")))


@vector(*ALL)
def feature_words(g):
    for word in (0, 1, 2, 3, 0x7FFFFFFF, WORD):
        g.w("DeviceFeaturesSel", word)
        g.r("DeviceFeatures")


@vector(*ALL)
def registers_that_are_only_written(g):
    g.r(
        "DeviceFeaturesSel",
        "DriverFeatures",
        "DriverFeaturesSel",
        "QueueSel",
        "QueueSize",
        "QueueNotify",
        "InterruptACK",
    )


def written(g, value, *names):
    """Registers that are no place to write to: what is read back."""
    for name in names:
        g.wr(name, value)


add(
    "registers-that-are-only-read",
    ALL,
    written,
    WORD,
    "MagicValue",
    "Version",
    "DeviceID",
    "VendorID",
    "DeviceFeatures",
    "QueueSizeMax",
    "InterruptStatus",
)
for _name, _kinds, _value, *_names in (
    ("modern", MODERN, PAGE, "GuestPageSize", "QueueAlign", "QueuePFN"),
    ("legacy", (LEGACY,), 1, "QueueReady", "QueueDescLow", "ConfigGeneration", "SHMLenLow"),
):
    add(f"registers-of-the-other-version-{_name}", _kinds, written, _value, *_names)


@vector(*ALL)
def registers_by_bytes(g):
    for name in ("MagicValue", "Status"):
        for size in (1, 2):
            g.r(name, size=size)
    g.w("Status", STATUS["ACKNOWLEDGE"], 1)
    g.r("Status")
    g.w("Status", STATUS["ACKNOWLEDGE"], 2)
    g.r("Status")


@vector(*ALL)
def registers_that_do_not_exist(g):
    for offset in (0x18, 0x48, 0x68, 0xF8):
        g.r(offset)
        g.wr(offset, WORD)


@vector(*MODERN)
def shared_memory_that_is_not_there(g):
    for region in (0, 1, 255):
        g.w("SHMSel", region)
        g.r("SHMLenLow", "SHMLenHigh", "SHMBaseLow", "SHMBaseHigh")


@vector(*ALL)
def configuration(g):
    g.negotiate()
    config = REGISTER["Config"]
    for offset in range(0, 56, 4):
        g.r(config + offset)
    for offset, size in ((0, 1), (1, 1), (0, 2), (2, 2), (12, 1), (32, 1), (56, 1)):
        g.r(config + offset, size=size)


@vector(*ALL)
def configuration_past_its_end(g):
    config = REGISTER["Config"]
    for offset in (60, 96, 128, 0xFC):
        g.r(config + offset)
        g.r(config + offset, size=1)


@vector(*ALL)
def configuration_that_is_only_read(g):
    g.negotiate()
    config = REGISTER["Config"]
    g.wr(config, 1)
    g.w(config + 32, 0, 1)  # the write cache, which was not negotiated
    g.r(config + 32, size=1)


@vector(*ALL)
def write_cache(g):
    g.start("CONFIG_WCE", "FLUSH")
    config = REGISTER["Config"] + 32
    for value in (0, 1, 2, 255):
        g.w(config, value, 1)
        g.r(config, size=1)


@vector(*ALL)
def queue_that_does_not_exist(g):
    g.negotiate()
    for number in (1, 1023, 1024, 5000, 0x80000000, WORD):
        g.w("QueueSel", number)
        g.r("QueueSizeMax", "QueuePFN" if g.legacy else "QueueReady")


def with_queue(g, *seen, **arguments):
    """A queue with something odd, and the registers that are read then."""
    g.negotiate()
    g.queue(**arguments)
    g.r(*seen)


for _size in (0, 1, 2, 3, 1023, 1024, 1025, 2048, 4096, 65535, 65536, 0x80000000):
    add(f"queue-size-{_size}", ALL, with_queue, size=_size)
for _align in (0, 1, 3, 4, 64, 0x80000000):
    add(f"queue-align-{_align:#x}", (LEGACY,), with_queue, align=_align)
for _name, _places in (
    (
        "outside-of-ram",
        {"desc": BASE + BYTES, "driver": BASE + BYTES + PAGE, "device": BASE + BYTES + 2 * PAGE},
    ),
    ("that-leaves-ram", {"desc": BASE + BYTES - 16}),
    ("parts-overlap", {"driver": DESCRIPTORS, "device": DESCRIPTORS}),
):
    add(f"queue-{_name}", MODERN, with_queue, "Status", **_places)
add("queue-unaligned", MODERN, with_queue, desc=DESCRIPTORS + 8)


@vector(*MODERN)
def queue_ready_twice(g):
    g.negotiate()
    g.queue()
    g.w("QueueDescLow", WORD & ~15)
    g.wr("QueueReady", 1)
    g.wr("QueueReady", 0)


@vector(*MODERN)
def queue_before_features(g):
    g.status("ACKNOWLEDGE", "DRIVER")
    g.queue()


@vector(*MODERN)
def queue_reset_register(g):
    g.start("RING_RESET")
    g.w("QueueReset", 1)
    g.r("QueueReset", "QueueReady")


@vector(LEGACY)
def page_number_outside_of_ram(g):
    g.negotiate()
    for number in (WORD, 1, (BASE + BYTES) // PAGE):
        g.w("QueueSize", QUEUE)
        g.w("QueueAlign", PAGE)
        g.wr("QueuePFN", number)
        g.wr("QueuePFN", 0)


@vector(LEGACY)
def page_size_odd(g):
    for size in (0, 3, 1, 0x80000000):
        g.negotiate()
        g.w("GuestPageSize", size)
        g.w("QueueSize", QUEUE)
        g.w("QueueAlign", PAGE)
        g.wr("QueuePFN", DESCRIPTORS // PAGE)
        g.w("Status", 0)


@vector(LEGACY)
def page_number_before_size(g):
    g.negotiate()
    g.wr("QueuePFN", DESCRIPTORS // PAGE)


# --- status and features --------------------------------------------------------------------------------------------


@vector(*ALL)
def status_in_one_step(g):
    g.accept(1, 0 if g.legacy else 1)
    g.status("ACKNOWLEDGE", "DRIVER", "FEATURES_OK", "DRIVER_OK")
    g.r("Status")


@vector(*ALL)
def status_loses_bits(g):
    g.start()
    g.status("ACKNOWLEDGE")
    g.r("Status")


@vector(*ALL)
def status_of_a_device(g):
    """Bits that only a device sets, and some that nobody does."""
    g.wr("Status", STATUS["DEVICE_NEEDS_RESET"] | STATUS["ACKNOWLEDGE"])
    g.wr("Status", 0x20 | STATUS["ACKNOWLEDGE"])
    g.wr("Status", 0xFFFFFF00 | STATUS["ACKNOWLEDGE"])


@vector(*ALL)
def status_failed(g):
    g.start()
    g.status("ACKNOWLEDGE", "DRIVER", "DRIVER_OK", "FAILED", *(() if g.legacy else ("FEATURES_OK",)))
    g.r("Status")
    g.wr("Status", 0)


@vector(*ALL)
def status_backwards(g):
    for name in ("DRIVER_OK", "FEATURES_OK", "DRIVER", "ACKNOWLEDGE"):
        g.status(name)
        g.r("Status")


@vector(*MODERN)
def features_that_were_not_offered(g):
    g.negotiate("SR_IOV", "ZONED")


@vector(*MODERN)
def features_without_version_1(g):
    g.status("ACKNOWLEDGE", "DRIVER")
    g.accept(0, 1 << FEATURE["FLUSH"])
    g.status("ACKNOWLEDGE", "DRIVER", "FEATURES_OK")
    g.r("Status")


@vector(*MODERN)
def features_beyond_those_that_exist(g):
    g.status("ACKNOWLEDGE", "DRIVER")
    g.accept(1, 1)
    g.accept(2, 1)
    g.status("ACKNOWLEDGE", "DRIVER", "FEATURES_OK")
    g.r("Status")


@vector(*MODERN)
def features_too_late(g):
    g.negotiate()
    g.accept(0, 1 << FEATURE["EVENT_IDX"])
    g.queue()
    g.drive()
    g.read_sector(5)


# --- interrupts and notifications -----------------------------------------------------------------------------------


@vector(*ALL)
def acknowledge_what_is_not_there(g):
    g.start()
    for value in (1, 2, 3, WORD):
        g.w("InterruptACK", value)
        g.r("InterruptStatus")


@vector(*ALL)
def acknowledge_in_part(g):
    read_one(g)
    g.w("InterruptACK", 2)
    g.r("InterruptStatus")
    g.w("InterruptACK", 1)
    g.r("InterruptStatus")


@vector(*ALL)
def reset_takes_the_interrupt(g):
    read_one(g)
    g.w("Status", 0)
    g.r("InterruptStatus", "QueuePFN" if g.legacy else "QueueReady")


@vector(*ALL)
def notify_a_queue_that_does_not_exist(g):
    g.start()
    for number in (1, 1023, 1024, 0x10000, 0x80000000, WORD):
        g.w("QueueNotify", number)
    g.r("Status", "InterruptStatus")


@vector(*ALL)
def notify_before_driver_ok(g):
    g.negotiate()
    g.queue()
    g.ask(1)  # QEMU answers


@vector(*ALL)
def notify_after_failed(g):
    g.start()
    g.status("ACKNOWLEDGE", "DRIVER", "DRIVER_OK", "FAILED", *(() if g.legacy else ("FEATURES_OK",)))
    g.ask(1)  # QEMU answers


@vector(*ALL)
def notify_for_nothing(g):
    g.start()
    g.kick(answers=0)


@vector(*ALL)
def no_interrupt_wanted(g):
    g.start()
    if g.packed:
        g.m(g.ring("driver") + 2, struct.pack("<H", EVENT["DISABLE"]))
    else:
        g.m(g.ring("driver"), struct.pack("<H", 1))
    g.ask(1)


# --- requests that are right ----------------------------------------------------------------------------------------


def read_one(g, *features):
    g.start(*features)
    g.read_sector(3)


def one(g, begin, head, segments, back):
    g.begin(*begin)
    g.exchange(*segments, TAIL, back=[(DATA, back)], head=head)


add("read", ALL, read_one)
for _name, _kinds, _begin, _head, _segments, _back in (
    (
        "read-in-segments",
        ALL,
        ("IN", 3),
        0,
        ((HEADER, 4, 0), (HEADER + 4, 12, 0), (DATA, 100, W), (DATA + 100, 412, W), (DATA + 512, 1024, W)),
        1536,
    ),
    ("get-id", ALL, ("GET_ID",), 0, (HEAD, (DATA, 20, W)), 20),
    ("get-id-into-less", ALL, ("GET_ID",), 0, (HEAD, (DATA, 4, W)), 20),
    ("get-id-into-more", ALL, ("GET_ID",), 0, (HEAD, (DATA, 64, W)), 64),
    (
        "chain-as-long-as-the-queue",
        SPLITS,
        ("IN", 3),
        0,
        (HEAD, *((DATA + 512 * i, 512, W) for i in range(QUEUE - 2))),
        512 * (QUEUE - 2),
    ),
    ("packed-id-beyond", (RING,), ("IN", 3), 0xFFFF, (HEAD, (DATA, 512, W)), 512),
):
    add(_name, _kinds, one, _begin, _head, _segments, _back)


@vector(*ALL)
def data_and_status_in_one(g):
    g.start()
    g.header("IN", 3)
    g.m(DATA, bytes([NOTHING]) * 513)
    g.chain(HEAD, (DATA, 513, W))
    g.kick()
    g.d(DATA, 513)


@vector(*ALL)
def header_and_data_in_one(g):
    g.start()
    g.header("OUT", 3, DATA)
    g.m(DATA + 16, bytes(range(256)) * 2)
    g.m(STATUS_BYTE, bytes([NOTHING]))
    g.exchange((DATA, 528, 0), TAIL)
    g.read_sector(3, head=4)


@vector(*ALL)
def write_and_read_back(g):
    g.begin("OUT", 9, features=["FLUSH"])
    g.m(DATA, bytes(range(256)) * 2)
    g.exchange(HEAD, (DATA, 512, 0), TAIL)
    g.request("FLUSH")
    g.exchange(HEAD, TAIL, head=3)
    g.read_sector(9, DATA + 512, head=5)


def flush(g, sector, *segments):
    g.begin("FLUSH", sector, features=["FLUSH"])
    g.exchange(HEAD, *segments, TAIL)


for _name, *_rest in (("flush-with-data", 0, (DATA, 512, 0)), ("flush-with-sector", 7)):
    add(_name, ALL, flush, *_rest)


def with_range(g, kind, sector, sectors, flags):
    g.begin(kind, features=["DISCARD", "WRITE_ZEROES"])
    g.m(DATA, struct.pack("<QII", sector, sectors, flags))
    g.exchange(HEAD, (DATA, 16, 0), TAIL)


for _name, *_rest in (
    ("discard", "DISCARD", 8, 8, 0),
    ("discard-unmap", "DISCARD", 8, 8, 1),
    ("discard-unknown-flag", "DISCARD", 8, 8, 2),
    ("discard-nothing", "DISCARD", 8, 0, 0),
    ("discard-past-the-end", "DISCARD", 4095, 2, 0),
    ("discard-sector-overflow", "DISCARD", (1 << 64) - 1, 2, 0),
    ("write-zeroes", "WRITE_ZEROES", 8, 8, 0),
    ("write-zeroes-unmap", "WRITE_ZEROES", 8, 8, 1),
    ("write-zeroes-unknown-flag", "WRITE_ZEROES", 8, 8, 2),
    ("write-zeroes-past-the-end", "WRITE_ZEROES", 4095, 2, 0),
):
    add(_name, ALL, with_range, *_rest)


def discard(g, ranges, length):
    g.begin("DISCARD", features=["DISCARD"])
    g.m(DATA, ranges)
    g.exchange(HEAD, (DATA, length, 0), TAIL)


add("discard-of-two-ranges", ALL, discard, struct.pack("<QIIQII", 8, 8, 0, 32, 8, 0), 32)
add("discard-of-half-a-range", ALL, discard, struct.pack("<QII", 8, 8, 0), 8)


@vector(*ALL)
def indirect(g):
    g.begin("IN", 3, features=["INDIRECT_DESC"])
    length = g.table(HEAD, (DATA, 512, W), TAIL)
    g.exchange((TABLE, length, I), back=[(DATA, 512)])


@vector(*ALL)
def several_at_once(g):
    g.start()
    for number in range(2):
        g.header("IN", 20 + number, HEADER + 16 * number)
        g.m(STATUS_BYTE + number, bytes([NOTHING]))
    g.chain((HEADER, 16, 0), (DATA, 512, W), (STATUS_BYTE, 1, W))
    g.chain((HEADER + 16, 16, 0), (DATA + 512, 512, W), (STATUS_BYTE + 1, 1, W), head=3)
    g.kick(answers=2)
    g.d(DATA, 1024)
    g.d(STATUS_BYTE, 2)


# --- requests that are wrong ----------------------------------------------------------------------------------------


def wrong(g, kind, sector, *segments, answers=1):
    g.begin(kind, sector)
    g.m(DATA, bytes([NOTHING]) * 1024)
    g.chain(*segments)
    g.kick(answers=answers)
    g.answer((DATA, 1024))


for _name, *_rest in (
    ("unknown-type", 0x1234, 0, HEAD, (DATA, 512, W), TAIL),
    ("unknown-type-odd", 0x1235, 0, HEAD, (DATA, 512, 0), TAIL),
    ("read-of-511-bytes", "IN", 0, HEAD, (DATA, 511, W), TAIL),
    ("write-of-513-bytes", "OUT", 0, HEAD, (DATA, 513, 0), TAIL),
    ("read-of-nothing", "IN", 0, HEAD, TAIL),
    ("write-of-nothing", "OUT", 0, HEAD, TAIL),
    ("read-the-last-sector", "IN", 4095, HEAD, (DATA, 512, W), TAIL),
    ("read-behind-the-last-sector", "IN", 4096, HEAD, (DATA, 512, W), TAIL),
    ("read-across-the-end", "IN", 4095, HEAD, (DATA, 1024, W), TAIL),
    ("write-across-the-end", "OUT", 4095, HEAD, (DATA, 1024, 0), TAIL),
    ("sector-overflow", "IN", (1 << 64) - 1, HEAD, (DATA, 512, W), TAIL),
    ("sector-times-512-overflow", "IN", 1 << 55, HEAD, (DATA, 512, W), TAIL),
    ("read-into-read-only", "IN", 3, HEAD, (DATA, 512, 0), TAIL),
    ("write-from-write-only", "OUT", 3, HEAD, (DATA, 512, W), TAIL),
    ("flush-not-negotiated", "FLUSH", 0, HEAD, TAIL),
    ("status-of-5-bytes", "IN", 3, HEAD, (DATA, 512, W), (STATUS_BYTE, 5, W)),
    ("header-of-20-bytes", "IN", 3, (HEADER, 20, 0), (DATA, 512, W), TAIL),
    ("header-of-15-bytes", "IN", 3, (HEADER, 15, 0), (DATA, 512, W), TAIL),
    ("header-is-writable", "IN", 3, (HEADER, 16, W), (DATA, 512, W), TAIL),
    ("status-is-readable", "IN", 3, HEAD, (DATA, 512, 0), (STATUS_BYTE, 1, 0)),
    ("status-is-missing", "OUT", 3, HEAD, (DATA, 512, 0)),
    ("nothing-but-a-status", "IN", 3, TAIL),
    ("nothing-but-a-header", "IN", 3, HEAD),
    ("to-read-behind-to-write", "IN", 3, HEAD, (DATA, 512, W), (DATA + 512, 16, 0), TAIL),
    ("data-of-no-bytes", "IN", 3, HEAD, (DATA, 0, W), TAIL),
    ("status-of-no-bytes", "IN", 3, HEAD, (DATA, 512, W), (STATUS_BYTE, 0, W)),
    ("data-of-4-gib", "IN", 3, HEAD, (DATA, WORD, W), TAIL),
    ("data-behind-ram", "IN", 3, HEAD, (BASE + BYTES, 512, W), TAIL),
    ("data-leaves-ram", "IN", 3, HEAD, (BASE + BYTES - 256, 512, W), TAIL),
    ("data-at-0", "IN", 3, HEAD, (0, 512, W), TAIL),
    ("data-nowhere", "IN", 3, HEAD, (1 << 60, 512, W), TAIL),
    ("data-wraps-around", "IN", 3, HEAD, ((1 << 64) - 256, 512, W), TAIL),
    ("header-behind-ram", "IN", 3, (BASE + BYTES, 16, 0), (DATA, 512, W), TAIL),
    ("status-behind-ram", "IN", 3, HEAD, (DATA, 512, W), (BASE + BYTES, 1, W)),
    ("indirect-not-negotiated", "IN", 3, (TABLE, 48, I)),
    ("segment-twice", "IN", 3, HEAD, (DATA, 512, W), (DATA, 512, W), TAIL),
):
    add(_name, ALL, wrong, *_rest)


# --- rings that are wrong -------------------------------------------------------------------------------------------


def ring(g, *descriptors, head=0, idx=None, features=(), answers=1):
    """A split ring with these descriptors, (address, length, flags, next).

    Of an index that is wrong QEMU takes what it can get before it complains, and goes on with the disk meanwhile: what is
    in the buffer then, and whether it interrupts, is nobody's answer.
    """
    g.begin("IN", 3, features=features)
    g.m(DATA, bytes([NOTHING]) * 512)
    for number, one in enumerate(descriptors):
        g.desc(number, *one)
    g.offer(head, idx)
    g.kick(answers=answers, interrupts=idx is None)
    if idx is None:
        g.answer((DATA, 512))


H, D, S = (HEADER, 16, N, 1), (DATA, 512, N | W, 2), (STATUS_BYTE, 1, W, 0)
for _name, _descriptors, _head, _idx, _answers in (
    ("head-beyond", (H, D, S), QUEUE, None, 1),
    ("head-far-beyond", (H, D, S), 9999, None, 1),
    ("next-beyond", (H, (DATA, 512, N | W, QUEUE)), 0, None, 1),
    ("next-is-itself", ((HEADER, 16, N, 0),), 0, None, 1),
    ("next-in-a-circle", (H, (DATA, 512, N | W, 0)), 0, None, 1),
    ("index-jumps", (H, D, S), 0, QUEUE + 1, 1),
    ("index-goes-back", (H, D, S), 0, -1, 1),
    ("index-stands-still", (H, D, S), 0, 0, 0),
):
    add(_name, SPLITS, ring, *_descriptors, head=_head, idx=_idx, answers=_answers)


@vector(*SPLITS)
def same_buffer_twice(g):
    g.begin("IN", 3)
    for number, one in enumerate((H, D, S)):
        g.desc(number, *one)
    g.offer(0)
    g.offer(0)
    g.kick(answers=2)
    g.answer((DATA, 512))


def with_table(g, entries, length=None, flags=I, more=False, addr=TABLE):
    """A descriptor with a table of (address, length, flags, next)."""
    g.begin("IN", 3, features=["INDIRECT_DESC"])
    g.m(DATA, bytes([NOTHING]) * 512)
    for number, one in enumerate(entries):
        g.desc(number, *one, table=TABLE)
    g.desc(0, addr, 16 * len(entries) if length is None else length, flags, 1)
    g.desc(1, *S)
    g.offer(0)
    g.kick()
    g.answer((DATA, 512))


T = (H, D, S)
for _name, _arguments in (
    ("table-of-40-bytes", {"entries": T, "length": 40}),
    ("table-of-no-bytes", {"entries": T, "length": 0}),
    ("table-of-15-bytes", {"entries": T, "length": 15}),
    ("table-of-4-gib", {"entries": T, "length": 0xFFFFFFF0}),
    ("table-in-a-table", {"entries": (H, (TABLE, 48, I, 0))}),
    ("table-next-beyond", {"entries": (H, (DATA, 512, N | W, 9), S)}),
    ("table-in-a-circle", {"entries": (H, (DATA, 512, N | W, 0))}),
    ("table-and-more", {"entries": T, "flags": I | N}),
    ("table-is-writable", {"entries": T, "flags": I | W}),
    ("table-behind-ram", {"entries": T, "addr": BASE + BYTES}),
    ("table-nowhere", {"entries": T, "addr": 1 << 60}),
    ("table-leaves-ram", {"entries": T, "addr": BASE + BYTES - 16}),
):
    add(_name, SPLITS, with_table, **_arguments)


@vector(*SPLITS)
def table_longer_than_the_queue(g):
    g.begin("IN", 3, features=["INDIRECT_DESC"])
    length = g.table(HEAD, *((DATA + 512 * i, 512, W) for i in range(QUEUE)), TAIL)
    g.exchange((TABLE, length, I), back=[(DATA, 512 * QUEUE)])


@vector(RING)
def packed_wrong_wrap(g):
    """As if they had been made available after the next wrap."""
    g.begin("IN", 3)
    g.wrap = False
    g.chain(HEAD, (DATA, 512, W), TAIL)
    g.kick(answers=0)


@vector(RING)
def packed_used_by_the_driver(g):
    g.start()
    g.m(DESCRIPTORS, struct.pack("<QIHH", HEADER, 16, 0, PACKED["AVAIL"] | PACKED["USED"]))
    g.kick(answers=0)


@vector(RING)
def packed_chain_without_end(g):
    """Each descriptor says that there is another."""
    g.begin("IN", 3)
    for number in range(QUEUE):
        g.slot_(HEADER if number == 0 else DATA, 16, N | (W if number else 0), 0)
    g.kick()
    g.answer((DATA, 16))


@vector(RING)
def packed_table_of_40_bytes(g):
    g.begin("IN", 3, features=["INDIRECT_DESC"])
    g.table(HEAD, (DATA, 512, W), TAIL)
    g.exchange((TABLE, 40, I))


@vector(RING)
def packed_table_and_more(g):
    g.begin("IN", 3, features=["INDIRECT_DESC"])
    length = g.table(HEAD, (DATA, 512, W), TAIL)
    g.exchange((TABLE, length, I), TAIL)


@vector(RING)
def packed_wraps(g):
    g.start()
    for number in range(5):
        g.read_sector(10 + number, head=number)


@vector(*ALL)
def wraps_with_events(g):
    g.start("EVENT_IDX")
    for number in range(5):
        g.read_sector(10 + number)
        g.w("InterruptACK", 1)


def with_event(g, event):
    """Reads, one by one; the driver has said at which used buffer (packed: descriptor) it wants an interrupt."""
    g.start("EVENT_IDX")
    if g.packed:
        g.m(g.ring("driver"), struct.pack("<HH", event, EVENT["DESC"]))
    else:
        g.m(g.ring("driver") + 4 + 2 * QUEUE, struct.pack("<H", event))
    for number in range(3):
        g.ask(10 + number)
        g.w("InterruptACK", 1)


for _event in (0, 1, 2, 3, 0xFFFF):
    add(f"event-at-buffer-{_event}", SPLITS, with_event, _event)
for _event in (0, 1, 2, 3, 5, 6, 8, 9):
    add(f"event-at-descriptor-{_event}", (RING,), with_event, _event)
    add(f"event-at-descriptor-{_event}-after-a-wrap", (RING,), with_event, _event | 1 << 15)


# --- after a mistake ------------------------------------------------------------------------------------------------


@vector(*SPLITS)
def works_after_a_reset(g):
    ring(g, H, (DATA, 512, N | W, QUEUE))
    g.wr("Status", 0)
    g.m(g.ring("driver"), bytes(6 + 2 * QUEUE))
    g.m(g.ring("device"), bytes(6 + 8 * QUEUE))
    g.avail = 0
    read_one(g)


assert len({name for name, _, _ in VECTORS}) == len(VECTORS)
assert SECTOR_BYTES == 512
