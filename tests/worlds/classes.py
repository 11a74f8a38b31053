# SPDX-License-Identifier: MIT
"""What the device of each class does with its buffers: as much as works.c asks for."""

import functools
import struct
from typing import Any

import described
from rings import Chain

SECTOR = 512


@functools.cache
def pattern(size: int, seed: int) -> bytes:
    """The bytes that both sides expect."""
    return bytes((i * 7 + seed) & 0xFF for i in range(size))


class Class:
    """A class: its configuration, and what it does with each buffer."""

    def __init__(self, device: Any) -> None:
        self.device = device
        self.world = device.world
        self.kept: dict[int, list[Chain]] = {}

    def config(self) -> bytes:
        """The values of the world, at their offsets."""
        rows = described.config(self.world["class"])
        end = max((at + size for at, size in rows.values()), default=0)
        data = bytearray(end)
        for name, value in self.world["config"].items():
            at, size = rows[name]
            data[at : at + size] = int(value).to_bytes(size, "little")
        return bytes(data[: self.world.get("config_bytes", end) or end])

    def before_read(self) -> None:
        """The configuration is read."""

    def written(self, offset: int) -> None:
        """A byte of the configuration was written."""

    def handle(self, index: int, chain: Chain) -> None:
        """A buffer has become available."""
        self.kept.setdefault(index, []).append(chain)

    def work(self) -> None:
        """After all buffers of a notification."""


class Disk(Class):
    """A disk of sectors that have a pattern, or what was written."""

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.sectors: dict[int, bytes] = {}

    def handle(self, index: int, chain: Chain) -> None:
        kind, _, sector = struct.unpack("<IIQ", chain.readable[:16])
        room = chain.capacity() - 1
        data, status = b"", 0
        if kind == 0:
            for at in range(room // SECTOR):
                data += self.sectors.get(sector + at, pattern(1 << 16, 1)[SECTOR * at : SECTOR * (at + 1)])
        elif kind == 1:
            out = chain.readable[16:]
            for at in range(len(out) // SECTOR):
                self.sectors[sector + at] = out[SECTOR * at : SECTOR * (at + 1)]
        elif kind != 4:
            status = 2
        capacity = self.world["config"]["capacity"]
        if kind in (0, 1) and sector + max(room, len(chain.readable) - 16) // SECTOR > capacity:
            self.device.broke("a request beyond the capacity (blk.drv.6)")
        self.device.use(index, chain, data.ljust(room, b"\0") + bytes([status]))


class Card(Class):
    """A card that returns each frame."""

    def handle(self, index: int, chain: Chain) -> None:
        if index != 1:
            super().handle(index, chain)
            return
        names = self.device.names()
        header = 12 if "VERSION_1" in names or "MRG_RXBUF" in names else 10
        if "HASH_REPORT" in names:
            header = 20
        frame = chain.readable[header:]
        self.device.use(1, chain, b"")
        if 0 not in self.kept:
            self.device.serve(0)
        if self.kept.get(0):
            back = bytearray(header)
            if header >= 12:
                back[10] = 1
            self.device.use(0, self.kept[0].pop(0), bytes(back) + frame)


class Console(Class):
    """A console that returns what is written to port 0."""

    def handle(self, index: int, chain: Chain) -> None:
        if index not in (1, 3):
            super().handle(index, chain)
            return
        data = chain.readable
        self.device.use(index, chain, b"")
        if index == 1:
            self._send(0, data)
        else:
            self._control(*struct.unpack("<IHH", data[:8]))

    def _control(self, port: int, event: int, value: int) -> None:
        if event == 0 and value == 1:  # DEVICE_READY
            self._send(2, struct.pack("<IHH", 0, 1, 1))  # PORT_ADD
        elif event == 3 and value == 1:  # PORT_READY
            self._send(2, struct.pack("<IHH", port, 4, 1))  # CONSOLE_PORT
            self._send(2, struct.pack("<IHH", port, 6, 1))  # PORT_OPEN

    def _send(self, index: int, data: bytes) -> None:
        if not self.kept.get(index):
            self.device.serve(index)
        if self.kept.get(index):
            self.device.use(index, self.kept[index].pop(0), data)


class Entropy(Class):
    """The same bytes in each buffer."""

    def handle(self, index: int, chain: Chain) -> None:
        self.device.use(index, chain, pattern(chain.capacity(), 5))


class Lines(Class):
    """GPIO lines that keep their level."""

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.level: dict[int, int] = {}

    def handle(self, index: int, chain: Chain) -> None:
        if index != 0:
            super().handle(index, chain)
            return
        kind, line, value = struct.unpack("<HHI", chain.readable[:8])
        if line >= self.world["config"]["ngpio"]:
            self.device.broke(
                f"line {line} of a device with {self.world['config']['ngpio']} (gpio.drv.req.5)"
            )
        if kind == 5:
            self.level[line] = value
        self.device.use(index, chain, bytes([0, self.level.get(line, 0) if kind == 4 else 0]))


class Keys(Class):
    """An input device that presses one key."""

    EVENTS = ((1, 30, 1), (0, 0, 0))
    NAME = b"world"

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.sent = 0

    def written(self, offset: int) -> None:
        select, subsel = self.device.config[0:2]
        answer = self.NAME if (select, subsel) == (1, 0) else b""
        if (select, subsel) == (0x11, 1):  # the keys that the device has
            answer = bytes([0, 0, 0, 0x40])
        self.device.config[2] = len(answer)
        self.device.config[8:136] = answer.ljust(128, b"\0")

    def work(self) -> None:
        while self.kept.get(0) and self.sent < len(self.EVENTS):
            event = struct.pack("<HHI", *self.EVENTS[self.sent])
            self.sent += 1
            self.device.use(0, self.kept[0].pop(0), event)


class Clock(Class):
    """One clock that stands still."""

    TIME = 0x1122334455667788

    def handle(self, index: int, chain: Chain) -> None:
        if index != 0:
            super().handle(index, chain)
            return
        kind = struct.unpack("<H", chain.readable[:2])[0]
        answer = {
            0x1000: struct.pack("<HIH", 1, 0, 0),
            0x1001: bytes(8),
            0x1002: bytes(8),
            1: struct.pack("<Q", self.TIME),
        }.get(kind)
        head = bytes([0 if answer is not None else 2]) + bytes(7)
        self.device.use(index, chain, (head + (answer or b"")).ljust(chain.capacity(), b"\0"))


class Bus(Class):
    """An I2C adapter with one target, which counts from the byte that was written last."""

    READ = 2  # flag M_RD

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.last = 0

    def handle(self, index: int, chain: Chain) -> None:
        flags = struct.unpack("<HHI", chain.readable[:8])[2]
        if flags & self.READ:
            data = bytes((self.last + 1 + i) & 0xFF for i in range(chain.capacity() - 1))
        else:
            data = b""
            self.last = (chain.readable[8:] or b"\0")[0]
        self.device.use(index, chain, data + b"\0")


class Balloon(Class):
    """A host that wants two pages, and none as soon as it has them."""

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.pages = 0

    def handle(self, index: int, chain: Chain) -> None:
        if index > 1:
            super().handle(index, chain)
            return
        count = len(chain.readable) // 4
        self.pages += count if index == 0 else -count
        self.device.use(index, chain, b"")
        if self.pages == 2:
            self.device.config[0:4] = bytes(4)
            self.device.generation = (self.device.generation + 1) & 0xFF
            self.device.interrupt(2)


class Folder(Class):
    """A 9P server whose root has a size."""

    SIZE = 4711

    def handle(self, index: int, chain: Chain) -> None:
        kind, tag = struct.unpack("<BH", chain.readable[4:7])
        qid = struct.pack("<BIQ", 0x80, 1, 1)
        times = bytes(4 * 16)
        body = {
            100: chain.readable[7:],
            104: qid,
            24: struct.pack("<Q", 0x7FF)
            + qid
            + struct.pack("<III5Q", 0o40755, 0, 0, 1, 0, self.SIZE, 4096, 1)
            + times
            + bytes(16),
        }.get(kind, b"")
        reply = struct.pack("<IBH", 7 + len(body), kind + 1, tag) + body
        self.device.use(index, chain, reply)


class Fuse(Class):
    """A FUSE server whose root has a size; requests without an answer are FORGET and BATCH_FORGET."""

    SIZE = 4711
    INIT, GETATTR, SILENT = 26, 3, (2, 42)

    def handle(self, index: int, chain: Chain) -> None:
        if index == 1 and "NOTIFICATION" in self.device.names():
            super().handle(index, chain)
            return
        _, kind, unique = struct.unpack("<IIQ", chain.readable[:16])
        attributes = struct.pack("<6Q10I", 1, self.SIZE, 8, 0, 0, 0, 0, 0, 0, 0o40755, 1, 0, 0, 0, 4096, 0)
        body = {
            self.INIT: struct.pack("<IIIIHHIIHHI", 7, 31, 65536, 0, 12, 9, 65536, 1, 16, 0, 0) + bytes(28),
            self.GETATTR: struct.pack("<QII", 1, 0, 0) + attributes,
        }.get(kind, b"")
        head = struct.pack("<IiQ", 16 + len(body), 0, unique)
        self.device.use(index, chain, b"" if kind in self.SILENT else head + body)


class Screen(Class):
    """A screen of 640 by 480 pixels."""

    def handle(self, index: int, chain: Chain) -> None:
        kind, flags, fence, context = struct.unpack("<IIQI", chain.readable[:20])
        answer, data = (0x1101, struct.pack("<6I", 0, 0, 640, 480, 1, 0)) if kind == 0x100 else (0x1100, b"")
        head = struct.pack("<IIQII", answer, flags, fence, context, 0)
        self.device.use(index, chain, (head + data).ljust(chain.capacity(), b"\0"))


CLASSES: dict[str, type[Class]] = {
    "i2c": Bus,
    "fs": Fuse,
    "balloon": Balloon,
    "9p": Folder,
    "gpu": Screen,
    "blk": Disk,
    "net": Card,
    "console": Console,
    "entropy": Entropy,
    "gpio": Lines,
    "input": Keys,
    "rtc": Clock,
}
