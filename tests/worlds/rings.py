# SPDX-License-Identifier: MIT
"""The device's end of a virtqueue, from the sections Split Virtqueues and Packed Virtqueues of the specification.

A chain is its id, what the device may read, and the places that the device may write. `Broken` is a driver that does
what the specification forbids.
"""

import dataclasses
import struct
from collections.abc import Iterator

import described

NEXT, WRITE, INDIRECT = (
    described.value("core/split-ring", "flags", "desc-flags", name) for name in ("NEXT", "WRITE", "INDIRECT")
)
AVAIL, USED = (described.value("core/packed-ring", "flags", "desc-flags", name) for name in ("AVAIL", "USED"))
NO_INTERRUPT = described.value("core/split-ring", "flags", "avail-flags", "NO_INTERRUPT")
DISABLE, DESC = (
    described.value("core/packed-ring", "enums", "event-flags", name) for name in ("DISABLE", "DESC")
)


class Broken(Exception):
    """The driver has broken a rule of the specification."""


@dataclasses.dataclass
class Chain:
    """A buffer that the driver has made available."""

    id: int
    readable: bytes
    writable: list[tuple[int, int]]  # offset in the memory, bytes
    descriptors: int  # of the ring

    def capacity(self) -> int:
        """Bytes that the device may write."""
        return sum(size for _, size in self.writable)


class Memory:
    """The machine's memory by device addresses: `at` is that of its first byte."""

    def __init__(self, view: memoryview, at: int) -> None:
        self.view, self.at = view, at

    def place(self, address: int, size: int) -> int:
        """The offset of an address, all of whose bytes are in memory."""
        offset = address - self.at
        if offset < 0 or offset + size > len(self.view):
            raise Broken(f"{size} bytes at {address:#x} are not in the machine's memory")
        return offset

    def read(self, address: int, size: int) -> bytes:
        """Bytes."""
        offset = self.place(address, size)
        return bytes(self.view[offset : offset + size])

    def write(self, address: int, data: bytes) -> None:
        """Bytes."""
        offset = self.place(address, len(data))
        self.view[offset : offset + len(data)] = data

    def u16(self, address: int) -> int:
        """A little-endian word of 16 bits."""
        return struct.unpack("<H", self.read(address, 2))[0]


def fill(memory: Memory, chain: Chain, data: bytes) -> int:
    """Writes data into a chain; the number of bytes that fit."""
    done = 0
    for offset, size in chain.writable:
        part = data[done : done + size]
        memory.view[offset : offset + len(part)] = part
        done += len(part)
    return done


class Ring:
    """What both kinds share: descriptors, and the order of readable and writable ones."""

    def __init__(self, memory: Memory, size: int, areas: list[int], features: set[str]) -> None:
        self.memory, self.size, self.features = memory, size, features
        self.desc, self.driver, self.device = areas
        self.events = "EVENT_IDX" in features

    def collect(self, parts: list[tuple[int, int, int]], chain: Chain) -> Chain:
        """Adds address, bytes and flags of each descriptor to a chain."""
        for address, size, flags in parts:
            offset = self.memory.place(address, size)
            if flags & WRITE:
                chain.writable.append((offset, size))
            elif chain.writable:
                raise Broken("a readable descriptor comes after a writable one (split.drv.framing, 2.7.4)")
            else:
                chain.readable += self.memory.read(address, size)
        return chain

    def table(self, address: int, size: int, packed: bool) -> list[tuple[int, int, int]]:
        """The descriptors of an indirect table."""
        if "INDIRECT_DESC" not in self.features:
            raise Broken("an indirect table without INDIRECT_DESC")
        if size == 0 or size % 16:
            raise Broken(f"an indirect table has {size} bytes, not a multiple of 16")
        rows = [struct.unpack("<QIHH", self.memory.read(address + at, 16)) for at in range(0, size, 16)]
        if packed:
            return [(at, length, flags) for at, length, _, flags in rows]
        parts, index = [], 0
        while True:
            at, length, flags, following = rows[index]
            parts.append((at, length, flags))
            if len(parts) > len(rows) or flags & INDIRECT:
                raise Broken("an indirect table has a loop or another table")
            if not flags & NEXT:
                return parts
            index = following


class Split(Ring):
    """A split virtqueue."""

    def __init__(self, memory: Memory, size: int, areas: list[int], features: set[str]) -> None:
        super().__init__(memory, size, areas, features)
        self.next, self.used = 0, 0

    def chains(self) -> Iterator[Chain]:
        """The buffers that have become available."""
        while self.next != self.memory.u16(self.driver + 2):
            head = self.memory.u16(self.driver + 4 + 2 * (self.next % self.size))
            self.next = (self.next + 1) & 0xFFFF
            if self.events:  # asks for the next notification
                self.memory.write(self.device + 4 + 8 * self.size, struct.pack("<H", self.next))
            yield self._chain(head)

    def _chain(self, head: int) -> Chain:
        parts, index = [], head
        while True:
            if index >= self.size:
                raise Broken(f"descriptor {index} of a queue with {self.size}")
            address, length, flags, following = struct.unpack(
                "<QIHH", self.memory.read(self.desc + 16 * index, 16)
            )
            if flags & INDIRECT:
                if flags & (NEXT | WRITE):
                    raise Broken("an indirect descriptor with NEXT or WRITE")
                parts += self.table(address, length, False)
                break
            parts.append((address, length, flags))
            if len(parts) > self.size:
                raise Broken("a loop of descriptors")
            if not flags & NEXT:
                break
            index = following
        return self.collect(parts, Chain(head, b"", [], 1))

    def use(self, chain: Chain, length: int) -> bool:
        """Returns a buffer; whether the driver wants an interrupt."""
        at = self.device + 4 + 8 * (self.used % self.size)
        self.memory.write(at, struct.pack("<II", chain.id, length))
        before, self.used = self.used, (self.used + 1) & 0xFFFF
        self.memory.write(self.device + 2, struct.pack("<H", self.used))
        if self.events:
            event = self.memory.u16(self.driver + 4 + 2 * self.size)
            return ((before - event) & 0xFFFF) == 0
        return not self.memory.u16(self.driver) & NO_INTERRUPT


class Packed(Ring):
    """A packed virtqueue."""

    def __init__(self, memory: Memory, size: int, areas: list[int], features: set[str]) -> None:
        super().__init__(memory, size, areas, features)
        self.at, self.wrap = 0, 1
        self.used_at, self.used_wrap = 0, 1

    def chains(self) -> Iterator[Chain]:
        """The buffers that have become available."""
        while True:
            flags = self._descriptor(self.at)[3]
            if (flags & AVAIL != 0) != (self.wrap == 1) or (flags & USED != 0) == (self.wrap == 1):
                return
            yield self._chain()

    def _descriptor(self, index: int) -> tuple[int, int, int, int]:
        return struct.unpack("<QIHH", self.memory.read(self.desc + 16 * index, 16))

    def _chain(self) -> Chain:
        parts: list[tuple[int, int, int]] = []
        count = 0
        while True:
            address, length, buffer, flags = self._descriptor(self.at)
            count += 1
            self.at += 1
            if self.at == self.size:
                self.at, self.wrap = 0, 1 - self.wrap
            if flags & INDIRECT:
                parts += self.table(address, length, True)
            else:
                parts.append((address, length, flags))
            if count > self.size:
                raise Broken("a list of more descriptors than the queue has")
            if not flags & NEXT:
                return self.collect(parts, Chain(buffer, b"", [], count))

    def use(self, chain: Chain, length: int) -> bool:
        """Returns a buffer; whether the driver wants an interrupt."""
        flags = (AVAIL | USED) if self.used_wrap else 0
        flags |= WRITE if chain.writable else 0
        at = self.used_at
        self.memory.write(self.desc + 16 * at + 8, struct.pack("<IH", length, chain.id))
        self.memory.write(self.desc + 16 * at + 14, struct.pack("<H", flags))
        wrap = self.used_wrap
        self.used_at += chain.descriptors
        if self.used_at >= self.size:
            self.used_at, self.used_wrap = self.used_at - self.size, 1 - self.used_wrap
        event, how = self.memory.u16(self.driver), self.memory.u16(self.driver + 2) & 3
        if how == DESC and self.events:
            place = (event & 0x7FFF) + (self.size if (event >> 15) != wrap else 0)
            return at <= place < at + chain.descriptors
        return how != DISABLE
