# SPDX-License-Identifier: MIT
"""What a driver may do wrong, or oddly: each vector of vectors.txt is done to QEMU's disk and to ours. A step of a vector is a
method of Driver."""

import re
import struct
import time

from folder import HERE
from memory import BASE, BYTES
from names import DESC, EVENT, FEATURE, PACKED, REGISTER, SECTOR_BYTES, STATUS, TYPE
from rings import DESC_BYTES, Chain

LEGACY, SPLIT, RING = "legacy", "modern", "packed"  # kinds of devices
ALL = (LEGACY, SPLIT, RING)
KINDS = {"all": ALL, "modern": (SPLIT, RING), "splits": (LEGACY, SPLIT), LEGACY: (LEGACY,), RING: (RING,)}
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
HEAD, TAIL = (HEADER, 16, 0), (STATUS_BYTE, 1, W)
READ = (HEAD, (DATA, 512, W), TAIL)
# Words of vectors.txt that stand for a number, a segment or a descriptor.
NAMED = {
    **STATUS,
    **PACKED,
    **{"": 0, "N": N, "W": W, "I": I, "NW": N | W, "NI": N | I, "IW": I | W},
    **{"QUEUE": QUEUE, "PAGE": PAGE, "PFN": DESCRIPTORS // PAGE, "WORD": WORD, "END": BASE + BYTES},
    **{
        "DESCRIPTORS": DESCRIPTORS,
        "HEADER": HEADER,
        "STATUS_BYTE": STATUS_BYTE,
        "DATA": DATA,
        "TABLE": TABLE,
    },
    **{"Config": REGISTER["Config"], "HEAD": HEAD, "TAIL": TAIL},
    **{"H": (HEADER, 16, N, 1), "D": (DATA, 512, N | W, 2), "S": (STATUS_BYTE, 1, W, 0)},
}

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

    def status(self, *bits):
        self.w("Status", sum(bits))

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

    def pack(self, addr, form, *numbers):
        self.m(addr, struct.pack("<" + form, *numbers))

    def fill(self, addr, length):
        """Bytes that nobody has written."""
        self.m(addr, bytes([NOTHING]) * length)

    def count_up(self, addr):
        """A sector of data."""
        self.m(addr, bytes(range(256)) * 2)

    def desc(self, index, addr, length, flags=0, following=0, table=DESCRIPTORS):
        self.pack(table + DESC_BYTES * index, "QIHH", addr, length, flags, following)

    def descriptors(self, *rows, table=DESCRIPTORS):
        """Of a split ring, or of a table: (address, length, flags, next)."""
        for number, row in enumerate(rows):
            self.desc(number, *row, table=table)

    def slot_(self, addr, length, flags=0, key=0, table=None, at=None):
        """The next descriptor of a packed ring (or of a table): turned so that the device may take it."""
        if table is None:
            flags |= PACKED["AVAIL"] if self.wrap else PACKED["USED"]
            at = self.slot
            self.slot = (at + 1) % QUEUE
            if self.slot == 0:
                self.toggle()
        self.pack((table or DESCRIPTORS) + DESC_BYTES * at, "QIHH", addr, length, key, flags)

    def toggle(self):
        """The wrap counter."""
        self.wrap = not self.wrap

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
        """The same as a table of descriptors."""
        for number, (addr, length, flags) in enumerate(segments):
            more = N if number + 1 < len(segments) else 0
            if self.packed:
                self.slot_(addr, length, flags, 0, TABLE, number)
            else:
                self.desc(number, addr, length, flags | more, number + 1 if more else 0, TABLE)

    def offer(self, head, idx=None):
        """Makes the buffer available; nothing to do in a packed ring."""
        if self.packed:
            return
        self.pack(self.area("driver") + 4 + 2 * (self.avail % QUEUE), "H", head)
        self.avail += 1
        self.pack(self.area("driver") + 2, "H", self.avail if idx is None else idx & 0xFFFF)

    def area(self, part):
        if self.legacy:  # one block: the used ring begins with a page
            return {"driver": DESCRIPTORS + DESC_BYTES * QUEUE, "device": DESCRIPTORS + PAGE}[part]
        return {"driver": DRIVER_AREA, "device": DEVICE_AREA}[part]

    # the life of a device

    def negotiate(self, *names):
        """Up to where queues are set up, with these features."""
        names += () if self.legacy else ("VERSION_1",) + (("RING_PACKED",) if self.packed else ())
        self.features = sum(1 << FEATURE[name] for name in names)
        self.status(STATUS["ACKNOWLEDGE"])
        self.status(STATUS["ACKNOWLEDGE"], STATUS["DRIVER"])
        for word in range(1 if self.legacy else 2):
            self.accept(word, self.features >> 32 * word & WORD)
        if self.legacy:
            self.w("GuestPageSize", PAGE)
        else:
            self.status(STATUS["ACKNOWLEDGE"], STATUS["DRIVER"], STATUS["FEATURES_OK"])
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

    def running(self, *more):
        """The status of a driver that has started, and more bits."""
        names = ("ACKNOWLEDGE", "DRIVER", "DRIVER_OK", *(() if self.legacy else ("FEATURES_OK",)))
        self.status(*(STATUS[name] for name in names), *more)

    def drive(self):
        self.running()
        self.r("Status")

    def accept(self, word, bits):
        """32 of the driver's feature bits, or the one of this name."""
        self.w("DriverFeaturesSel", word)
        self.w("DriverFeatures", bits if isinstance(bits, int) else 1 << FEATURE[bits])

    def start(self, *features):
        self.negotiate(*features)
        self.queue()
        self.drive()

    def header(self, kind, sector=0, addr=HEADER):
        self.pack(addr, "IIQ", TYPE.get(kind, kind), 0, sector)

    def request(self, kind, sector=0):
        """Header, status byte that nobody has written."""
        self.header(kind, sector)
        self.fill(STATUS_BYTE, 1)

    def begin(self, kind, sector=0, *features):
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
            self.tell("used-index", self.area("device") + 2)
        elif done == 0:
            self.tell("flags-of-the-first", DESCRIPTORS + 14)
        self.r("Status")
        if interrupts:
            self.r("InterruptStatus")

    def tell(self, name, addr):
        """Reports the 16-bit word at this address, which the device may have written."""
        self.watch.say("n", name, f"{addr:#x}", self.memory.read(addr, 2).hex())

    def exchange(self, *segments, back=None, head=0):
        """Sends one buffer, and reports the memory that the device returns: (address, length)."""
        self.chain(*segments, head=head)
        self.kick()
        self.answer(*([back] if back else []))

    def read_sector(self, sector, to=DATA, head=0):
        """Sends a valid read request, and reports the data that the device returns."""
        self.request("IN", sector)
        self.exchange(HEAD, (to, 512, W), TAIL, back=(to, 512), head=head)

    def ask(self, sector):
        """Sends the same request, and reads only the ring afterwards."""
        self.request("IN", sector)
        self.chain(*READ)
        self.kick()

    def answer(self, *areas):
        """What has come back besides the used buffer."""
        for addr, length in areas:
            self.d(addr, length)
        self.d(STATUS_BYTE, 1)

    def want_no_interrupt(self):
        if self.packed:
            self.pack(self.area("driver") + 2, "H", EVENT["DISABLE"])
        else:
            self.pack(self.area("driver"), "H", 1)

    def clear_rings(self):
        """Both are zeros again, as the driver has them after a reset."""
        self.m(self.area("driver"), bytes(6 + 2 * QUEUE))
        self.m(self.area("device"), bytes(6 + 8 * QUEUE))
        self.avail = 0

    # steps that many vectors consist of

    def with_queue(self, *seen, **arguments):
        """A queue with something odd, and the registers that are read then."""
        self.negotiate()
        self.queue(**arguments)
        self.r(*seen)

    def with_range(self, kind, *numbers):
        """A request with one range: sector, sectors, flags."""
        self.begin(kind, 0, "DISCARD", "WRITE_ZEROES")
        self.pack(DATA, "QII", *numbers)
        self.exchange(HEAD, (DATA, 16, 0), TAIL)

    def wrong(self, kind, sector, *segments):
        self.begin(kind, sector)
        self.fill(DATA, 1024)
        self.chain(*segments)
        self.kick()
        self.answer((DATA, 1024))

    def ring(self, *descriptors, head=0, idx=None, answers=1):
        """A split ring with these descriptors.

        Of an index that is wrong QEMU takes what it can get before it complains, and goes on with the disk meanwhile: what is
        in the buffer then, and whether it interrupts, is nobody's answer.
        """
        self.begin("IN", 3)
        self.fill(DATA, 512)
        self.descriptors(*descriptors)
        self.offer(head, idx)
        self.kick(answers=answers, interrupts=idx is None)
        if idx is None:
            self.answer((DATA, 512))

    def with_table(self, *entries, length=None, flags=I, addr=TABLE):
        """A descriptor with a table."""
        self.begin("IN", 3, "INDIRECT_DESC")
        self.fill(DATA, 512)
        self.descriptors(*entries, table=TABLE)
        self.desc(0, addr, DESC_BYTES * len(entries) if length is None else length, flags, 1)
        self.desc(1, *NAMED["S"])
        self.offer(0)
        self.kick()
        self.answer((DATA, 512))

    def with_event(self, event):
        """Reads, one by one; the driver has said at which used buffer (packed: descriptor) it wants an interrupt."""
        self.start("EVENT_IDX")
        if self.packed:
            self.pack(self.area("driver"), "HH", event, EVENT["DESC"])
        else:
            self.pack(self.area("driver") + 4 + 2 * QUEUE, "H", event)
        for number in range(3):
            self.ask(10 + number)
            self.w("InterruptACK", 1)


# --- vectors.txt ----------------------------------------------------------------------------------------------------


def value_of(word):
    """What a word of a step stands for: a number, a segment, a sum of numbers; otherwise it is a name for the method."""
    if ":" in word:
        return tuple(map(value_of, word.split(":")))
    if word in NAMED:
        return NAMED[word]
    if re.fullmatch(r"-?(0x[0-9a-f]+|\d+)", word):
        return int(word, 0)
    if re.fullmatch(r"\w+([+-]\w+)+", word):
        return sum(map(value_of, re.findall(r"-?\w+", word)))
    return word


def run(driver, steps):
    """Does the steps of a vector."""
    for step in steps:
        kinds, _, step = step.strip().rpartition(": ")
        verb, *words = step.split()
        named = dict(word.split("=") for word in words if "=" in word)
        if driver.kind in KINDS[kinds or "all"]:
            getattr(driver, verb)(
                *(value_of(word) for word in words if "=" not in word),
                **{key: value_of(word) for key, word in named.items()},
            )


def unrolled(body):
    """The steps of a vector; those below `each` once for each of its values."""

    def for_each(found):
        return "".join(found[2].replace("$", value) for value in found[1].split())

    return re.sub(r"^    each (.*)\n((?: {8}.*\n)+)", for_each, body, flags=re.M).splitlines()


def read(text):
    """(name, kinds, steps) of each vector."""
    text = re.sub(r"^(#.*)?\n", "", text, flags=re.M)
    for head, body in re.findall(r"^(\S.*)\n((?: .*\n)*)", text, re.M):
        head, _, step = head.partition(": ")
        name, kinds, *values = head.replace(" for ", " ").split()
        steps = [step] if step else unrolled(body)
        for value in values or [""]:
            yield name.replace("$", value), KINDS[kinds], [one.replace("$", value) for one in steps]


VECTORS = list(read((HERE / "vectors.txt").read_text(encoding="utf-8")))
assert len({name for name, _, _ in VECTORS}) == len(VECTORS)
assert SECTOR_BYTES == 512
