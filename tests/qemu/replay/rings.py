# SPDX-License-Identifier: MIT
"""The queues of a device as its registers say, and what both sides have written into them since they were last read."""

import struct

from names import DESC, PACKED, fields

D = fields("split-ring", "virtq_desc")
DESC_BYTES = 16
LONGEST = 2048  # segments of a buffer: more is a mistake of the driver, or of the recorder
MASK = 0xFFFF


class Chain:
    """A buffer in flight: `out` and `in` are lists of (address, length)."""

    def __init__(self, key, count):
        self.key, self.count, self.out, self.into = key, count, [], []
        self.tables = []  # of indirect descriptors
        self.data = None  # what was in `into` when the device was done with it

    def add(self, addr, length, flags):
        (self.into if flags & DESC["WRITE"] else self.out).append((addr, length))


class Queue:
    """What is the same of both formats. `areas`: where driver and device write, as (address, length)."""

    def __init__(self, memory, size):
        self.memory, self.size = memory, size
        self.flight, self.answers = {}, 0

    def descriptor(self, table, index):
        addr, length, flags, other = self.memory.number(table + DESC_BYTES * index, "QIHH")
        return addr, length, flags, other

    def table(self, chain, addr, length):
        """The descriptors of an indirect table."""
        chain.tables.append((addr, length))
        for index in range(length // DESC_BYTES):
            yield self.descriptor(addr, index)


class Split(Queue):
    def __init__(self, memory, size, desc, avail, used):
        super().__init__(memory, size)
        self.desc, self.avail, self.used = desc, avail, used
        self.driver_areas = [(desc, DESC_BYTES * size), (avail, 6 + 2 * size)]
        self.device_areas = [(used, 6 + 8 * size)]
        self.taken = self.done = 0

    def walk(self, head):
        chain, index = Chain(head, 0), head
        for _ in range(LONGEST):
            chain.count += 1
            addr, length, flags, other = self.descriptor(self.desc, index)
            if flags & DESC["INDIRECT"]:
                at, entries = 0, list(self.table(chain, addr, length))
                while True:
                    segment = entries[at]
                    chain.add(*segment[:3])
                    if not segment[2] & DESC["NEXT"]:
                        break
                    at = segment[3]
            else:
                chain.add(addr, length, flags)
            if not flags & DESC["NEXT"]:
                return chain
            index = other
        raise ValueError(f"the buffer at {head} has no end")

    def offered(self):
        """Buffers that the driver has made available since the last time."""
        (idx,) = self.memory.number(self.avail + 2, "H")
        while self.taken != idx:
            (head,) = self.memory.number(self.avail + 4 + 2 * (self.taken % self.size), "H")
            self.taken = self.taken + 1 & MASK
            self.flight[head] = self.walk(head)
            yield self.flight[head]

    def answered(self):
        """What the device has written since the last time: ("u", key, words) and ("n", None, words)."""
        (idx,) = self.memory.number(self.used + 2, "H")
        while self.done != idx:
            at = self.used + 4 + 8 * (self.done % self.size)
            head, length = self.memory.number(at, "II")
            self.memory.believe(at, self.memory.read(at, 8))
            position = self.done
            self.done, self.answers = self.done + 1 & MASK, self.answers + 1
            self.memory.believe(self.used + 2, struct.pack("<H", self.done))
            yield "u", head, f"{position} {head} {length}"
        for name, addr in (("flags", self.used), ("avail_event", self.used + 4 + 8 * self.size)):
            if self.memory.read(addr, 2) != self.memory.believed(addr, 2):
                self.memory.believe(addr, self.memory.read(addr, 2))
                yield "n", None, f"{name} {addr:#x} {self.memory.read(addr, 2).hex()}"


class Packed(Queue):
    def __init__(self, memory, size, desc, driver, device):
        super().__init__(memory, size)
        self.desc, self.driver, self.device = desc, driver, device
        self.driver_areas = [(desc, DESC_BYTES * size), (driver, 4)]
        self.device_areas = [(device, 4)]
        self.taken, self.taken_wrap = 0, True
        self.done, self.done_wrap = 0, True

    def flags(self, slot):
        (value,) = self.memory.number(self.desc + DESC_BYTES * slot + 14, "H")
        return value, bool(value & PACKED["AVAIL"]), bool(value & PACKED["USED"])

    def step(self, at, wrap, count):
        at += count
        return (at - self.size, not wrap) if at >= self.size else (at, wrap)

    def walk(self, slot):
        chain, at = Chain(None, 0), slot
        for _ in range(LONGEST):
            addr, length, key, flags = self.descriptor(self.desc, at)
            chain.count, chain.key = chain.count + 1, key
            if flags & DESC["INDIRECT"]:
                for segment in self.table(chain, addr, length):
                    chain.add(segment[0], segment[1], segment[3])
            else:
                chain.add(addr, length, flags)
            if not flags & DESC["NEXT"]:
                return chain
            at = (at + 1) % self.size
        raise ValueError(f"the buffer at {slot} has no end")

    def offered(self):
        while True:
            _, avail, used = self.flags(self.taken)
            if avail != self.taken_wrap or used == self.taken_wrap:
                return
            chain = self.walk(self.taken)
            self.taken, self.taken_wrap = self.step(self.taken, self.taken_wrap, chain.count)
            self.flight[chain.key] = chain
            yield chain

    def answered(self):
        while self.flight:
            value, avail, used = self.flags(self.done)
            if avail != used or used != self.done_wrap:
                break
            at = self.desc + DESC_BYTES * self.done
            _, length, key, _ = self.descriptor(self.desc, self.done)
            self.memory.believe(at, self.memory.read(at, DESC_BYTES))
            slot, count = self.done, self.flight[key].count if key in self.flight else 1
            self.done, self.done_wrap = self.step(slot, self.done_wrap, count)
            self.answers += 1
            yield "u", key, f"{slot} {key} {length} {value:#x}"
        if self.memory.read(self.device, 4) != self.memory.believed(self.device, 4):
            self.memory.believe(self.device, self.memory.read(self.device, 4))
            yield "n", None, f"device-event {self.device:#x} {self.memory.read(self.device, 4).hex()}"
