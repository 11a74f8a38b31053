# SPDX-License-Identifier: MIT
"""The guest's RAM: a file that QEMU and the recorder both map, and what of it is in the recording already."""

import functools
import mmap
import struct

from names import SECTOR_BYTES

BASE = 0x40000000  # of RAM in QEMU's virt machine for Arm
BYTES = 128 << 20
NEAR = 8  # two changes that are no farther apart are one


def pattern(sector):
    """What a sector of the disk holds before a driver writes to it, no two the same; replay.c has it too."""
    return struct.pack("<256H", *(sector * 40503 + at * 12347 & 0xFFFF for at in range(SECTOR_BYTES // 2)))


@functools.cache
def patterns(sectors):
    """All sectors of a disk."""
    return [pattern(sector) for sector in range(sectors)]


class Memory:
    """`known` is what a reader of the recording so far takes the memory for."""

    def __init__(self, path, base=BASE):
        self.base = base
        with open(path, "w+b") as file:
            file.truncate(BYTES)
            self.map = mmap.mmap(file.fileno(), BYTES)
        self.known = mmap.mmap(-1, BYTES)
        self.sector_of = {}  # first bytes of a sector: its number
        self.disk = None

    def make_disk(self, path, sectors, first=b""):
        """A disk of patterns, except for its first sectors."""
        own = [
            first[at : at + SECTOR_BYTES].ljust(SECTOR_BYTES, b"\0")
            for at in range(0, len(first), SECTOR_BYTES)
        ]
        content = [*own, *patterns(sectors)[len(own) :]]
        self.sector_of = {content: sector for sector, content in enumerate(content) if any(content)}
        content = b"".join(content)
        path.write_bytes(content)
        with open(path, "r+b") as file:
            self.disk = mmap.mmap(file.fileno(), 0), content

    def clear(self, zeros):
        """As if the machine had been switched on: as many bytes as `zeros` has are all that was used. Copies in place:
        a new page costs more than what is written to it."""
        for where in (self.map, self.known):
            memoryview(where)[: len(zeros)] = zeros
        disk, content = self.disk
        disk[:] = content

    def holds(self, addr, length):
        return self.base <= addr and addr + length <= self.base + BYTES

    def read(self, addr, length):
        return self.map[addr - self.base : addr - self.base + length]

    def write(self, addr, content):
        self.map[addr - self.base : addr - self.base + len(content)] = content

    def number(self, addr, form):
        return struct.unpack("<" + form, self.read(addr, struct.calcsize("<" + form)))

    def believe(self, addr, content):
        self.known[addr - self.base : addr - self.base + len(content)] = content

    def believed(self, addr, length):
        return bytes(self.known[addr - self.base : addr - self.base + length])

    def words(self, addr, content):
        """Content as the recording has it: a list of (address, words). Whole sectors of the disk by number, zeros by length."""
        found, at, first = [], 0, 0
        while at < len(content):
            run = at
            while run + SECTOR_BYTES <= len(content):
                sector = self.sector_of.get(bytes(content[run : run + SECTOR_BYTES]))
                if sector is None or (run > at and sector != first + (run - at) // SECTOR_BYTES):
                    break
                first = sector if run == at else first
                run += SECTOR_BYTES
            if run > at:
                found.append((addr + at, f"p {first} {run - at}"))
            elif len(content) > 2 * NEAR and not any(content[at:]):
                run = len(content)
                found.append((addr + at, f"z {run - at}"))
            else:
                run = min(len(content), at + SECTOR_BYTES)
                found.append((addr + at, f"x {bytes(content[at:run]).hex()}"))
            at = run
        return found

    def news(self, addr, length, whole=False):
        """What of this memory is not known yet: (address, words); it is, from now on. `whole`: as one."""
        now, before, found, at = self.read(addr, length), self.believed(addr, length), [], 0
        if now == before:
            return found
        if whole:
            self.believe(addr, now)
            return self.words(addr, now)
        while at < length:
            if now[at] == before[at]:
                at += 1
                continue
            end = last = at + 1
            while end < length and end - last < NEAR:
                last = end + 1 if now[end] != before[end] else last
                end += 1
            found += self.words(addr + at, now[at:last])
            at = last
        self.believe(addr, now)
        return found


def count_up(lines):
    """Lines in a row that write 16-bit numbers, each one more than the last at a fixed distance, as one line."""
    out, run = [], []

    def flush():
        if len(run) > 3:
            stride = run[1][0] - run[0][0]
            out.append((run[0][0], f"n {run[0][1]} {len(run)} {stride}"))
        else:
            out.extend((addr, words) for addr, _, words in run)
        run.clear()

    for addr, words in lines:
        kind, _, text = words.partition(" ")
        number = (
            int.from_bytes(bytes.fromhex(text), "little") if kind == "x" and len(text) in (2, 4) else None
        )
        if number is None:
            flush()
            out.append((addr, words))
            continue
        if run and (
            number != run[-1][1] + 1 or (len(run) > 1 and addr - run[-1][0] != run[1][0] - run[0][0])
        ):
            flush()
        run.append((addr, number, words))
    flush()
    return out
