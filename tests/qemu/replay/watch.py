# SPDX-License-Identifier: MIT
"""Makes the lines of a recording: what a driver does to a device, and what the device does to it."""

from names import FEATURE, NAME, SECTOR_BYTES
from rings import Packed, Split

WORD = 0xFFFFFFFF
SIZE_MAX = 1024  # of a queue: QEMU's
QUEUE_ALIGN = 4096  # QEMU's, for a driver that does not say how the used ring is aligned
HALVES = {
    f"Queue{part}{half}": (part, shift)
    for part in ("Desc", "Driver", "Device")
    for half, shift in (("Low", 0), ("High", 32))
}


class Watch:
    """`lines` is the recording. Of the registers only those are read here that say where queues are.

    `reported`: whoever writes into guest memory says so himself, and no buffer is read. A `legacy` device has no
    QueueReady, and without GuestPageSize, QueuePFN holds an address.
    """

    def __init__(self, memory, reported=False, legacy=False):
        self.reported, self.legacy = reported, legacy
        self.memory, self.lines, self.queues, self.chain_of, self.suppression = memory, [], {}, {}, {}
        self.page, self.select, self.set, self.features, self.feature_word = 0, 0, {}, 0, 0

    def forget(self):
        """A reset. The size of a page stays: Linux writes it once, before its first reset."""
        self.set, self.features = {}, 0
        self.queues.clear()
        self.chain_of.clear()

    def say(self, *words):
        self.lines.append(" ".join(map(str, words)))

    def look(self):
        """What has changed in the queues' memory. The device's answers come first: a driver waits for them."""
        for number, queue in self.queues.items():
            for kind, key, words in queue.answered():
                if kind == "u":
                    self.say("u", number, words)
                    self.tell_data(queue.flight.pop(key, None))
                else:
                    self.suppression[words.split()[0]] = words
            if self.reported:
                continue
            news = [line for area in queue.driver_areas for line in self.memory.news(*area)]
            for chain in queue.offered():
                news += [line for area in chain.tables for line in self.memory.news(*area)]
                news += [
                    line
                    for area in chain.out
                    for line in self.memory.news(*area, whole=area[1] >= SECTOR_BYTES)
                ]
                chain.number = number
                self.chain_of.setdefault("waiting", []).append(chain)
            for addr, words in news:
                self.say("m", f"{addr:#x}", words)

    def popped(self, element, segments):
        """QEMU has taken the next buffer and calls it `element`."""
        chain = self.chain_of["waiting"].pop(0)
        self.chain_of[element] = chain
        if segments != (len(chain.into), len(chain.out)):
            raise ValueError(
                f"QEMU has {segments} segments in and out, the recorder {len(chain.into), len(chain.out)}"
            )

    def completed(self, element):
        """QEMU has written all that it will into this one."""
        chain = self.chain_of.pop(element)
        chain.data = [(addr, self.memory.read(addr, length)) for addr, length in chain.into]

    def tell_data(self, chain):
        for addr, content in chain.data if chain and chain.data else ():
            self.memory.believe(addr, content)
            for at, words in self.memory.words(addr, content):
                self.say("d", f"{at:#x}", words)

    def record_suppression(self):
        """The device's event suppression, once it has come to rest: it changes its mind while it works."""
        self.look()
        for words in self.suppression.values():
            self.say("n", words)
        self.suppression.clear()

    def read(self, offset, size, value):
        self.record_suppression()
        self.say("r", f"{offset:#05x}", size, f"{value:#x}")

    def write(self, offset, size, value):
        self.record_suppression()
        self.say("w", f"{offset:#05x}", size, f"{value:#x}")
        self.follow(NAME.get(offset), value)

    def interrupt(self):
        self.look()
        self.say("i")

    def follow(self, name, value):
        """What a write means for where the queues are."""
        mine = self.set.setdefault(self.select, {})
        if name == "Status" and value == 0:
            self.forget()
        elif name == "GuestPageSize":
            self.page = value
        elif name == "QueueSel":
            self.select = value
        elif name == "DriverFeaturesSel":
            self.feature_word = value
        elif name == "DriverFeatures":
            keep = self.features & ~(WORD << 32 * self.feature_word)
            self.features = keep | value << 32 * self.feature_word
        elif name in HALVES:
            part, shift = HALVES[name]
            mine[part] = mine.get(part, 0) & ~(WORD << shift) | value << shift
        elif name in ("QueueSize", "QueueAlign"):
            mine[name] = value
        elif name == "QueuePFN" or (name == "QueueReady" and not self.legacy):
            self.open(mine, name, value)

    def open(self, mine, name, value):
        self.queues.pop(self.select, None)
        size = mine.get("QueueSize", 0)
        if value == 0 or not 0 < size <= SIZE_MAX:
            return
        if name == "QueuePFN":
            desc, align = value * (self.page or 1), mine.get("QueueAlign") or QUEUE_ALIGN
            avail = desc + 16 * size
            queue = Split(self.memory, size, desc, avail, -(-(avail + 6 + 2 * size) // align) * align)
        else:
            format_ = Packed if self.features >> FEATURE["RING_PACKED"] & 1 else Split
            queue = format_(self.memory, size, *(mine.get(part, 0) for part in ("Desc", "Driver", "Device")))
        if not all(self.memory.holds(*area) for area in [*queue.driver_areas, *queue.device_areas]):
            return
        for area in queue.device_areas:  # the driver has cleared them
            for addr, words in self.memory.news(*area):
                self.say("m", f"{addr:#x}", words)
        self.queues[self.select] = queue
