# SPDX-License-Identifier: MIT
"""What fuzzers of the device side's classes begin with: whole conversations, of which each message is right.

A step is (queue, bytes that the driver writes, room for the device), or (None, bytes of an event on the host's side, 0).
Names of types come from generated/virtwright.json; 9P2000.L is not the specification's, its numbers stand here.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Any

Row = dict[str, Any]
Step = tuple[int | None, bytes, int]
DATA = 0x40020000  # guest memory that nothing else is in: WORLD_DATA of world.h
RAM = 0x40000000


def host(*what: int) -> Step:
    """An event on the host's side."""
    return None, bytes(what), 0


def types(device: Row) -> dict[str, list[int]]:
    """What selects each message; of those with one name the first."""
    found: dict[str, list[int]] = {}
    for exchange in device["messages"]:
        for row in exchange["rows"]:
            found.setdefault(row["name"].lower(), row.get("values", []))
    return found


# ---- gpu ----


def gpu(device: Row) -> Iterator[tuple[str, list[Step]]]:
    """A picture from nothing to the screen, and back; a cursor; what is wrong by one."""
    code = types(device)

    def command(name: str, form: str, *fields: int, room: int = 24, fence: int = 0, queue: int = 0) -> Step:
        return (
            queue,
            struct.pack("<IIQIBBBB", code[name][0], fence, 7 * fence, 0, 0, 0, 0, 0)
            + struct.pack("<" + form, *fields),
            room,
        )

    def create(number: int, width: int, height: int) -> Step:
        return command("resource_create_2d", "IIII", number, 1, width, height)

    def attach(number: int, *parts: tuple[int, int]) -> Step:
        entries = [word for at, size in parts for word in (at, size, 0)]
        return command("resource_attach_backing", "II" + "QII" * len(parts), number, len(parts), *entries)

    def transfer(
        number: int, x: int, y: int, width: int, height: int, offset: int = 0, fence: int = 0
    ) -> Step:
        return command("transfer_to_host_2d", "IIIIQII", x, y, width, height, offset, number, 0, fence=fence)

    def flush(number: int, x: int, y: int, width: int, height: int) -> Step:
        return command("resource_flush", "IIIIII", x, y, width, height, number, 0, fence=1)

    def scanout(which: int, number: int, width: int = 16, height: int = 8) -> Step:
        return command("set_scanout", "IIIIII", 0, 0, width, height, which, number)

    def cursor(name: str, number: int) -> Step:
        return command(name, "IIIIIIII", 0, 3, 4, 0, number, 0, 0, 0, queue=1)

    show = [
        create(1, 16, 8),
        attach(1, (DATA + 0x1000, 256), (DATA + 0x1FC0, 64), (DATA + 0x800, 192)),
        scanout(0, 1),
    ]
    draw = [transfer(1, 0, 0, 16, 8), flush(1, 0, 0, 16, 8)]
    yield "picture", show + draw + [transfer(1, 3, 2, 5, 4, (2 * 16 + 3) * 4, 1), flush(1, 3, 2, 5, 4)]
    yield "gone_while_shown", show + [
        command("resource_unref", "II", 1, 0),
        *draw,
        scanout(0, 0, 0, 0),
        create(1, 4, 4),
    ]
    yield "backing_gone", show + [
        command("resource_detach_backing", "II", 1, 0),
        *draw,
        attach(1, (DATA, 512)),
        *draw,
    ]
    yield "outside", show + [
        transfer(1, 16, 0, 1, 1),
        transfer(1, 0xFFFFFFFF, 0, 2, 1),
        transfer(1, 0, 0, 16, 9),
        flush(1, 15, 7, 2, 1),
        scanout(0, 1, 17, 8),
        scanout(16, 1),
    ]
    yield "too_large", [
        create(2, 0x4000, 0x4000),
        create(3, 0xFFFFFFFF, 1),
        create(0, 1, 1),
        create(4, 0, 1),
        create(1, 2, 2),
        create(1, 2, 2),
        attach(9, (DATA, 64)),
        attach(1, (0, 0)),
        attach(1, (0xFFFFFFFFFFFFF000, 4096)),
    ]
    yield "screens", show + [
        command("get_display_info", "", room=408),
        command("get_edid", "II", 0, 0, room=1056),
        command("get_edid", "II", 3, 0, room=1056),
        command("get_capset_info", "II", 0, 0, room=40),
        host(0, 20, 9),
        command("get_display_info", "", room=408),
        *draw,
    ]
    yield "pointer", [
        create(5, 64, 64),
        attach(5, (DATA, 0x1F00), (DATA + 0x100, 0x1E00)),
        transfer(5, 0, 0, 64, 64),
        cursor("update_cursor", 5),
        cursor("move_cursor", 5),
        cursor("update_cursor", 0),
    ]


# ---- network card ----


def net(device: Row) -> Iterator[tuple[str, list[Step]]]:
    """Frames both ways, with headers that are right and wrong; each command."""
    code = types(device)
    macs = bytes.fromhex("525400000001"), bytes.fromhex("525400000002"), b"\xff" * 6

    def frame(
        to: bytes,
        sender: bytes = macs[0],
        size: int = 60,
        flags: int = 0,
        gso: int = 0,
        lengths: tuple[int, ...] = (0, 0, 0, 0, 0),
    ) -> bytes:
        return (
            struct.pack("<BBHHHHH", flags, gso, *lengths)
            + to
            + sender
            + b"\x08\x00"
            + bytes(n & 0xFF for n in range(size - 14))
        )

    def command(name: str, data: bytes = b"") -> Step:
        return 2, bytes(code[name]) + data, 1

    room: Step = (0, b"", 0x600)
    deliver = host(0, 200)
    yield "frames", [
        room,
        room,
        (1, frame(macs[1]), 0),
        deliver,
        (1, frame(macs[2]), 0),
        deliver,
        deliver,
        deliver,
    ]
    yield "headers", [
        (1, frame(macs[1], flags=1, lengths=(0, 0, 34, 16, 0)), 0),
        (1, frame(macs[1], flags=1, lengths=(0, 0, 60, 1, 0)), 0),
        (1, frame(macs[1], size=400, flags=1, gso=1, lengths=(54, 100, 34, 16, 0)), 0),
        (1, frame(macs[1], size=400, flags=1, gso=0x84, lengths=(0xFFFF, 0, 0xFFFF, 0xFFFF, 9)), 0),
        (1, frame(macs[1])[:12], 0),
        (1, frame(macs[1])[:20], 0),
        (1, b"\0", 0),
    ]
    yield "merged", [
        (0, b"", 64),
        (0, b"", 64),
        (0, b"", 64),
        (0, b"", 64),
        host(0, 150),
        host(0, 250),
        room,
        host(0, 250),
    ]
    on = b"\x01"
    names = ("promisc", "allmulti", "alluni", "nomulti", "nouni", "nobcast")
    yield "modes", [
        step for name in names for step in (command(name, on), room, deliver, command(name, b"\0"))
    ]
    yield "tables", [
        command("table_set", struct.pack("<I", 1) + macs[1] + struct.pack("<I", 1) + macs[2]),
        command("table_set", struct.pack("<I", 0xFFFFFFFF) + macs[1]),
        command("addr_set", macs[1]),
        command("add", struct.pack("<H", 7)),
        command("del", struct.pack("<H", 7)),
        command("add", struct.pack("<H", 4096)),
        room,
        deliver,
    ]
    yield "pairs", [command("vq_pairs_set", struct.pack("<H", n)) for n in (1, 2, 0, 0x8000)] + [
        room,
        deliver,
    ]
    yield "link", [
        host(1, 0),
        host(1, 1),
        host(2, 0),
        command("ack"),
        command("set", struct.pack("<Q", 0x83)),
        room,
        deliver,
    ]


# ---- input ----


def input_(_: Row) -> Iterator[tuple[str, list[Step]]]:
    """Keys, LEDs, and each question to the configuration."""
    key = [host(0, 30, 1), host(0, 30, 0)]
    yield "keys", [(0, b"", 8)] * 8 + key * 4 + [(1, struct.pack("<HHI", 0x11, 1, 1), 0)] + [
        (0, b"", 8)
    ] * 4 + key
    yield "short_of_buffers", key + [(0, b"", 8)] + key * 3 + [(0, b"", 8), (0, b"", 7), (0, b"", 8)] + key
    yield "large_group", [(0, b"", 8)] * 6 + [host(1, 9), (0, b"", 8), host(1, 3)]


# ---- 9p ----


def text(words: str) -> bytes:
    """A string of 9P2000.L."""
    return struct.pack("<H", len(words)) + words.encode()


def p9(kind: int, tag: int, body: bytes = b"", room: int = 600) -> Step:
    """A message of 9P2000.L."""
    return 0, struct.pack("<IBH", 7 + len(body), kind, tag) + body, room


def folder(_: Row) -> Iterator[tuple[str, list[Step]]]:
    """A mount and what is done in it: each message of 9P2000.L."""
    version = p9(100, 0xFFFF, struct.pack("<I", 8192) + text("9P2000.L"))
    attach = p9(104, 1, struct.pack("<II", 1, 0xFFFFFFFF) + text("root") + text("") + struct.pack("<I", 0))

    def walk(fid: int, new: int, *names: str) -> Step:
        return p9(110, 2, struct.pack("<IIH", fid, new, len(names)) + b"".join(text(name) for name in names))

    def create(fid: int, name: str) -> Step:
        return p9(14, 3, struct.pack("<I", fid) + text(name) + struct.pack("<III", 2, 0o644, 0))

    def write(fid: int, at: int, data: bytes) -> Step:
        return p9(118, 4, struct.pack("<IQI", fid, at, len(data)) + data)

    def read(fid: int, at: int, count: int, kind: int = 116) -> Step:
        return p9(kind, 5, struct.pack("<IQI", fid, at, count))

    def clunk(fid: int) -> Step:
        return p9(120, 6, struct.pack("<I", fid))

    def attributes(fid: int) -> Step:
        return p9(24, 7, struct.pack("<IQ", fid, 0x3FFF))

    begin = [version, attach]
    file = [*begin, walk(1, 2), create(2, "file"), write(2, 0, b"hello" * 20)]
    yield "file", [
        *file,
        read(2, 3, 50),
        read(2, 5000, 50),
        attributes(2),
        clunk(2),
        walk(1, 3, "file"),
        p9(12, 1, struct.pack("<II", 3, 0)),
        read(3, 0, 4000),
        write(3, 0, b"x"),
        clunk(3),
    ]
    yield "sparse", [
        *file,
        write(2, 1 << 40, b"far"),
        write(2, (1 << 64) - 2, b"over"),
        write(2, 9000, b"near"),
        read(2, 4000, 500),
        p9(26, 1, struct.pack("<IIIIIQQQQQ", 2, 8, 0, 0, 0, 3, 0, 0, 0, 0)),
        read(2, 0, 100),
        p9(50, 1, struct.pack("<II", 2, 0)),
    ]
    yield "folders", [
        *begin,
        p9(72, 1, struct.pack("<I", 1) + text("dir") + struct.pack("<II", 0o755, 0)),
        walk(1, 2, "dir"),
        p9(16, 1, struct.pack("<I", 2) + text("sym") + text("../x") + struct.pack("<I", 0)),
        walk(2, 4, "sym"),
        p9(22, 1, struct.pack("<I", 4)),
        walk(1, 5),
        p9(12, 1, struct.pack("<II", 5, 0)),
        read(5, 0, 500, 40),
        p9(74, 1, struct.pack("<I", 2) + text("sym") + struct.pack("<I", 1) + text("moved")),
        p9(76, 1, struct.pack("<I", 1) + text("dir") + struct.pack("<I", 0x200)),
        p9(76, 1, struct.pack("<I", 1) + text("moved") + struct.pack("<I", 0)),
        p9(8, 1, struct.pack("<I", 1)),
    ]
    yield "loop", [
        *begin,
        p9(72, 1, struct.pack("<I", 1) + text("a") + struct.pack("<II", 0o755, 0)),
        walk(1, 2, "a"),
        p9(72, 1, struct.pack("<I", 2) + text("b") + struct.pack("<II", 0o755, 0)),
        walk(2, 3, "b"),
        p9(74, 1, struct.pack("<I", 1) + text("a") + struct.pack("<I", 3) + text("c")),
        walk(3, 4, "..", "..", ".."),
        p9(20, 1, struct.pack("<II", 2, 3) + text("d")),
    ]
    yield "names", [
        *begin,
        *(create(1, name) for name in ("", ".", "..", "a/b", "x" * 255, "x" * 256, "nul\0")),
        walk(1, 2, ".."),
        walk(1, 1, "a", "b"),
        walk(9, 2),
        walk(1, 1),
        p9(110, 1, struct.pack("<IIH", 1, 2, 17) + text("a") * 17),
    ]
    yield "gone_while_open", [
        *file,
        walk(1, 3, "file"),
        p9(122, 1, struct.pack("<I", 3)),
        read(2, 0, 50),
        write(2, 50, b"still"),
        clunk(2),
    ]
    yield "links", [
        *file,
        p9(70, 1, struct.pack("<II", 1, 2) + text("other")),
        walk(1, 3, "other"),
        attributes(3),
        p9(18, 1, struct.pack("<I", 1) + text("fifo") + struct.pack("<IIII", 0o10644, 0, 0, 0)),
        p9(30, 1, struct.pack("<II", 3, 9) + text("user.x")),
        p9(32, 1, struct.pack("<I", 3) + text("user.x") + struct.pack("<QI", 4, 0)),
    ]
    yield "locks", [
        *file,
        p9(52, 1, struct.pack("<IBIQQI", 2, 1, 0, 0, 10, 77) + text("me")),
        p9(54, 1, struct.pack("<IBQQI", 2, 1, 0, 10, 77) + text("me")),
        p9(108, 9, struct.pack("<H", 4)),
        version,
        read(2, 0, 9),
    ]
    yield "lengths", [
        p9(100, 0xFFFF, struct.pack("<I", 100) + text("9P2000.L")),
        p9(100, 0xFFFF, struct.pack("<I", 8192) + text("9P2000")),
        *begin,
        (0, b"\0", 9),
        (0, struct.pack("<IBH", 6, 120, 1), 100),
        (0, struct.pack("<IBH", 1 << 31, 120, 1), 100),
        (0, struct.pack("<IBHIIH", 17, 110, 1, 1, 2, 9), 100),
        p9(116, 1, struct.pack("<IQI", 1, 0, 1 << 31), 11),
        p9(24, 1, struct.pack("<IQ", 1, 1), 20),
        p9(120, 1, struct.pack("<I", 1), 6),
    ]


# ---- balloon ----


def balloon(_: Row) -> Iterator[tuple[str, list[Step]]]:
    """Pages in and out, statistics, hints and reports."""

    def pages(queue: int, *numbers: int) -> Step:
        return queue, b"".join(struct.pack("<I", number) for number in numbers), 0

    page = RAM >> 12
    yield "pages", [
        host(0, 20),
        pages(0, page, page + 1, page + 3),
        pages(0, page),
        pages(1, page + 1),
        pages(1, page + 9),
        host(0, 0),
    ]
    yield "nowhere", [pages(0, 0, 0xFFFFFFFF, page + 0x1000), pages(1, 0), (0, b"\1\2\3", 0), (0, b"", 16)]
    yield "statistics", [
        (2, b"".join(struct.pack("<HQ", tag, tag * 1000) for tag in range(12)), 0),
        host(1, 0),
        (2, struct.pack("<HQ", 77, 1) + b"\0", 0),
        host(1, 0),
    ]
    yield "hints", [
        host(2, 0),
        (3, struct.pack("<I", 2), 0),
        (3, b"", 0x1000),
        (3, struct.pack("<I", 0), 0),
        host(2, 1),
    ]
    yield "reports", [(4, b"", 0x1000), (4, b"", 0x3000), (4, b"", 1)]


# ---- vsock ----


def vsock(device: Row) -> Iterator[tuple[str, list[Step]]]:
    """Connections of each end, data, credit, each way to end, and packets for nobody."""
    code = types(device)
    room: Step = (0, b"", 200)

    def packet(
        op: str, data: bytes = b"", flags: int = 0, ports: tuple[int, int] = (9, 1), size: int | None = None
    ) -> Step:
        length = len(data) if size is None else size
        form = struct.pack("<QQIIIHH", 3, 2, *ports, length, 1, code[op][0])
        return 1, form + struct.pack("<III", flags, 40, 0) + data, 0

    begin = [room] * 4 + [packet("request")]
    yield "echo", [
        *begin,
        packet("rw", b"hello"),
        host(5, 0x90),
        host(5, 0x20),
        packet("credit_request"),
        room,
    ]
    yield "credit", [
        *begin,
        *[packet("rw", b"x" * 30)] * 3,
        host(5, 0x7F),
        host(5, 0xFF),
        packet("credit_update"),
    ]
    yield "ends", [
        *begin,
        packet("shutdown", flags=2),
        host(5, 0x90),
        packet("shutdown", flags=3),
        host(3, 0),
        *begin,
        host(3, 0),
        packet("rst"),
        *begin,
        host(2, 3),
        packet("rst"),
    ]
    yield "host_connects", [room, room, host(0, 8), packet("response", ports=(8, 1024)), host(5, 0x90)]
    yield "many", [packet("request", ports=(port, 1)) for port in range(20, 28)] + [room] * 9
    yield "nobody", [room] * 4 + [
        packet("rw", b"x"),
        packet("response"),
        packet("rst"),
        packet("invalid"),
        packet("rw", b"xy", size=9),
        (1, b"\0" * 43, 0),
    ]
    yield "transport", [*begin, host(4, 5), (2, b"", 4), (2, b"", 3), host(4, 2), packet("rw", b"x")]


# ---- SCSI host ----


def scsi(_: Row) -> Iterator[tuple[str, list[Step]]]:
    """Commands that a kernel sends when it finds a disk; blocks, events, task management."""

    def command(
        cdb: bytes, room: int = 0, data: bytes = b"", lun: bytes = b"\1\0\x40\0", queue: int = 2
    ) -> Step:
        head = lun.ljust(8, b"\0") + struct.pack("<QBBB", 7, 0, 0, 0)
        return queue, head + cdb.ljust(32, b"\0") + data, 12 + 96 + room

    def blocks(opcode: int, block: int, count: int) -> bytes:
        return struct.pack(">BBQI", opcode, 0, block, count)

    def page(number: int) -> Step:
        return command(bytes([0x12, 1, number, 0, 64]), 64)

    def manage(function: int, number: int = 7) -> Step:
        return 0, struct.pack("<II", 0, function) + b"\1\0\x40".ljust(8, b"\0") + struct.pack("<Q", number), 1

    ready = command(b"\0")
    yield "found", [
        ready,
        ready,
        command(b"\x12\0\0\0\x24", 36),
        *(page(number) for number in (0, 0x80, 0x83, 0xB0, 0xB2, 0x11)),
        command(b"\xa0\0\0\0\0\0\0\0\0\x40", 64),
        command(b"\xa0\0\2\0\0\0\0\0\0\x40", 64, lun=b"\xc1\1"),
        command(b"\x9e\x10".ljust(13, b"\0") + b"\x20", 32),
        command(b"\x25", 8),
        command(b"\x1a\0\x3f\0\xff", 255),
        command(b"\x5a\0\x08\0\0\0\0\0\xff", 255),
        command(b"\x03\0\0\0\x12", 18),
        command(b"\x1b"),
    ]
    yield "blocks", [
        ready,
        command(blocks(0x8A, 8, 0)),
        command(blocks(0x88, 8, 2), 1024),
        command(blocks(0x88, 0, 40), 40 * 512),
        command(b"\x2a\x08\0\0\0\x0b\0\0\1", data=b"too short"),
        command(b"\x28\0\0\0\0\x0b\0\0\1", 512, queue=3),
        command(blocks(0x91, 0, 0)),
        command(blocks(0x88, 48, 1), 512),
        command(blocks(0x88, 2**64 - 1, 2**32 - 1), 512),
        command(blocks(0x8A, 0, 1), data=b"too short", lun=b"\1\0\x40\1"),
    ]
    ranges = struct.pack(">HH4xQI4xQI4x", 38, 32, 1, 3, 47, 1)
    yield "unmap", [
        ready,
        command(b"\x42\0\0\0\0\0\0\0\x28", data=ranges),
        command(b"\x42\0\0\0\0\0\0\0\x18", data=ranges),
        command(b"\x42\0\0\0\0\0\0\0\x04", data=ranges),
    ]
    yield "nowhere", [command(b"\0", lun=lun) for lun in (b"", b"\1\1", b"\1\0\x40\9", b"\1\0\x40\0\1")]
    yield "managed", [ready, command(blocks(0x88, 0, 40), 40 * 512), *(manage(n) for n in range(9))]
    subscribe = struct.pack("<I", 2) + b"\1\0\x40".ljust(8, b"\0") + struct.pack("<I", 0x7E)
    yield "events", [
        (0, struct.pack("<I", 1) + subscribe[4:], 5),
        (0, subscribe, 5),
        (1, b"", 16),
        (1, b"", 16),
        (1, b"", 7),
        host(3, 2),
        host(2, 40),
        host(1, 0),
        host(0, 8),
        (1, b"", 16),
        (1, b"", 16),
    ]


# ---- sound ----


def sound(device: Row) -> Iterator[tuple[str, list[Step]]]:
    """Tables; a stream that plays and one that records from parameters to release; jacks and events."""
    code = types(device)

    def command(name: str, *fields: int, room: int = 4) -> Step:
        return 0, struct.pack(f"<{1 + len(fields)}I", code[name][0], *fields), room

    def params(stream: int, size: int = 32) -> Step:
        head = struct.pack("<IIIII", code["pcm_set_params"][0], stream, 2 * size, size, 16)
        return 0, head + bytes([2, 5, 7, 0]), 4

    def frames(stream: int, count: int) -> Step:
        return 2, struct.pack("<I", stream) + b"x" * count, 8

    yield "tables", [
        command("jack_info", 0, 3, 24, room=76),
        command("pcm_info", 0, 2, 32, room=68),
        command("chmap_info", 0, 2, 24, room=52),
        command("jack_remap", 0, 1, 2),
        command("jack_remap", 1, 1, 2),
    ]
    ready = [params(0), command("pcm_prepare", 0)]
    ends = [command("pcm_stop", 0), command("pcm_release", 0)]
    yield "plays", [
        *ready,
        frames(0, 32),
        frames(0, 30),
        command("pcm_start", 0),
        host(3, 9),
        host(0, 40),
        frames(0, 32),
        host(0, 63),
        *ends,
    ]
    yield "records", [
        params(1),
        command("pcm_prepare", 1),
        (3, struct.pack("<I", 1), 40),
        command("pcm_start", 1),
        host(5, 40),
        (3, struct.pack("<I", 1), 8),
        host(5, 4),
        command("pcm_stop", 1),
        command("pcm_release", 1),
    ]
    yield "events", [
        *ready,
        command("pcm_start", 0),
        host(0, 4),
        host(2, 1),
        host(6, 0),
        *[(1, b"", 8)] * 4,
        host(2, 0),
    ]
    yield "nowhere", [
        frames(0, 8),
        frames(1, 8),
        frames(9, 8),
        params(9),
        *ready,
        *ready,
        command("pcm_stop", 0),
        frames(0, 0),
        *ends,
    ]


# ---- file system ----


def fuse(opcode: int, node: int, body: bytes = b"", unique: int = 1, queue: int = 1, room: int = 400) -> Step:
    """A message of FUSE; forget and interrupt are of queue 0."""
    return queue, struct.pack("<IIQQIIII", 40 + len(body), opcode, unique, node, 0, 0, 0, 0) + body, room


def file_system(_: Row) -> Iterator[tuple[str, list[Step]]]:
    """A mount and what is done in it: each message of FUSE. Node 1 is the root, others and files count from 2."""
    begin = [fuse(26, 0, struct.pack("<IIII", 7, 31, 1 << 17, 0xFFFFFFFF))]

    def name(opcode: int, node: int, what: str, body: bytes = b"") -> Step:
        return fuse(opcode, node, body + what.encode() + b"\0")

    def io(opcode: int, fh: int, at: int, count: int, data: bytes = b"", unique: int = 1) -> Step:
        return fuse(opcode, 0, struct.pack("<QQIIQII", fh, at, count, 0, 0, 0, 0) + data, unique)

    def write(fh: int, at: int, data: bytes) -> Step:
        return io(16, fh, at, len(data), data)

    def forget(node: int, times: int) -> Step:
        return fuse(2, node, struct.pack("<Q", times), queue=0, room=0)

    def interrupt(unique: int) -> Step:
        return fuse(36, 0, struct.pack("<Q", unique), queue=0, room=0)

    def release(fh: int, opcode: int = 18) -> Step:
        return fuse(opcode, 0, struct.pack("<QIIQ", fh, 0, 0, 0))

    attributes = fuse(3, 2, bytes(16))
    create = name(35, 1, "file", struct.pack("<IIII", 2, 0o644, 0, 0))  # node 2, open as 3
    file = [*begin, create, write(3, 0, b"hello" * 20)]
    yield "file", [
        *file,
        io(15, 3, 3, 50),
        io(15, 3, 5000, 50),
        attributes,
        fuse(25, 0, struct.pack("<QQQ", 3, 0, 0)),
        release(3),
        name(1, 1, "file"),
        fuse(14, 2, struct.pack("<II", 0, 0)),
        io(15, 1 << 32 | 3, 0, 4000),
        write(1 << 32 | 3, 0, b"x"),
        release(1 << 32 | 3),
        forget(2, 2),
    ]
    size = struct.pack("<IIQQQQQQIIIIIIII", 8 | 64, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    times = struct.pack("<IIQQQQQQIIIIIIII", 0x1B7, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 0o600, 0, 1, 1, 0)
    yield "sparse", [
        *file,
        write(3, 1 << 40, b"far"),
        write(3, (1 << 64) - 2, b"over"),
        write(3, 9000, b"near"),
        io(15, 3, 4000, 500),
        fuse(4, 2, size),
        fuse(4, 2, times),
        fuse(20, 0, struct.pack("<QII", 3, 0, 0)),
    ]
    yield "folders", [
        *begin,
        name(9, 1, "dir", struct.pack("<II", 0o755, 0)),
        fuse(6, 2, b"sym\0../x\0"),
        fuse(5, 3),
        fuse(27, 1, struct.pack("<II", 0, 0)),
        io(28, 4, 0, 300),
        io(28, 4, 2, 100),
        release(4, 29),
        fuse(12, 2, struct.pack("<Q", 1) + b"sym\0moved\0"),
        fuse(45, 1, struct.pack("<QII", 2, 1, 0) + b"moved\0sym\0"),
        name(10, 1, "moved"),
        name(11, 1, "dir"),
        fuse(17, 1),
    ]
    yield "names", [
        *begin,
        *(name(1, 1, what) for what in ("", ".", "..", "a/b", "x" * 255, "x" * 256, "image")),
        name(8, 1, "fifo", struct.pack("<IIII", 0o10644, 0, 0, 0)),
        name(13, 1, "link", struct.pack("<Q", 2)),
        fuse(1, 1, b"open"),
    ]
    yield "forgotten", [
        *file,
        name(10, 1, "file"),
        forget(2, 1),
        io(15, 3, 0, 50),
        write(3, 50, b"still"),
        fuse(42, 0, struct.pack("<II", 3, 0) + struct.pack("<QQ", 1, 1) * 2, queue=0, room=0),
        release(3),
        fuse(38, 0),
        attributes,
    ]
    yield "interrupted", [
        *file,
        *(io(15, 3, 0, 50, unique=number) for number in range(2, 5)),
        *(interrupt(number) for number in range(1, 6)),
        host(0),
        *begin,
        io(15, 3, 0, 9),
    ]
    yield "lengths", [
        fuse(26, 0, struct.pack("<IIII", 8, 0, 0, 0)),
        fuse(26, 0, struct.pack("<IIII", 7, 30, 0, 0)),
        (1, struct.pack(">IIQQIIIIIIII", 56, 26, 1, 0, 0, 0, 0, 0, 7, 31, 0, 0), 100),
        *begin,
        (1, b"\0", 9),
        fuse(3, 1, bytes(15)),
        fuse(3, 1, bytes(16), room=20),
        fuse(22, 1, bytes(8)),
        fuse(2, 1, bytes(8)),
    ]


# ---- small devices ----

I2C_READ, I2C_FAIL_NEXT = 2, 1


def i2c(_: Row) -> Iterator[tuple[str, list[Step]]]:
    """Transfers of several messages, of no bytes, and of more than the VMM takes; answers later."""

    def say(flags: int = 0, data: bytes = b"", room: int = 0, address: int = 0x50 << 1) -> Step:
        return 0, struct.pack("<HHI", address, 0, flags) + data, room + 1

    more = I2C_FAIL_NEXT
    yield "register", [say(more, b"\7"), say(I2C_READ, room=8), say(), say(I2C_READ)]
    yield "ten_bits", [say(0, b"abc", address=0x00F4 | 0xA5 << 8), say(I2C_READ, room=3, address=0x00F0)]
    yield "long", [say(more | I2C_READ, room=49), say(more, b"x"), say(0, b"y" * 48), say(0, b"z" * 49)]
    yield "later", [say(more, b"1"), host(1, 0), say(I2C_READ, room=2), host(0x81, 1), host(2, 0)]


def crypto(_: Row) -> Iterator[tuple[str, list[Step]]]:
    """Sessions of each service, and data of each, in both layouts; ids, lengths and operations that do not fit."""
    control = 7  # the last of the world's queues

    def create(opcode: int, flf: bytes, keys: bytes = b"") -> Step:
        return control, struct.pack("<IIII", opcode, 0, 0, 0) + flf + keys, 16

    def data(opcode: int, flf: bytes, more: bytes, room: int, session: int = 1 << 16) -> Step:
        return 0, struct.pack("<IIQII", opcode, 0, session, 1, 0) + flf + more, room + 1

    cipher = struct.pack("<IIII", 3, 16, 1, 0) + bytes(32) + struct.pack("<II", 1, 0)
    chain = struct.pack("<IIIIIIIIIIII", 2, 2, 3, 16, 1, 0, 4, 20, 8, 0, 4, 0) + struct.pack("<II", 2, 0)
    use = struct.pack("<IIII", 16, 32, 32, 0) + bytes(24) + struct.pack("<II", 1, 0)
    parts = struct.pack("<IIIIIIIIII", 16, 32, 32, 0, 32, 0, 32, 4, 20, 0) + struct.pack("<II", 2, 0)
    lengths = struct.pack("<II", 9, 20)
    gone = create(3, struct.pack("<Q", 1 << 16))
    yield "cipher", [
        create(2, cipher, bytes(16)),
        data(0, use, bytes(48), 32),
        data(1, use, bytes(48), 32),
        gone,
    ]
    yield "chain", [create(2, chain, bytes(24)), data(0, parts, bytes(52), 52), data(0, use, bytes(48), 32)]
    for name, pad in (("padded", 40), ("tight", 0)):
        more = bytes(pad + 8 if pad else 0)
        yield "hash_" + name, [
            create(0x102, struct.pack("<II", 2, 20) + more),
            data(0x100, lengths + bytes(pad), bytes(9), 20),
        ]
        mac = struct.pack("<IIII", 2, 20, 8, 0) + bytes(pad)
        yield "mac_" + name, [create(0x202, mac, bytes(8)), data(0x200, lengths + bytes(pad), bytes(9), 20)]
        aead = struct.pack("<IIIIII", 1, 16, 16, 4, 1, 0) + bytes(32 if pad else 0)
        tag = struct.pack("<IIIIII", 12, 4, 9, 25, 16, 0) + bytes(24 if pad else 0)
        yield "aead_" + name, [create(0x302, aead, bytes(16)), data(0x300, tag, bytes(29), 25)]
        rsa = struct.pack("<IIIII", 1, 2, 16, 1, 6) + bytes(36)
        yield "rsa_" + name, [
            create(0x404, rsa, bytes(16)),
            *(data(0x400 + i, lengths + bytes(pad), bytes(9), 20) for i in range(3)),
            data(0x403, lengths + bytes(pad), bytes(29), 0),
        ]


def gpio(device: Row) -> Iterator[tuple[str, list[Step]]]:
    """Settings of a line, names, edges and levels, masked and unmasked."""
    code = types(device)

    def say(name: str, line: int, value: int = 0, room: int = 2) -> Step:
        return 0, struct.pack("<HHI", code[name][0], line, value), room

    def unmask(line: int) -> Step:
        return 1, struct.pack("<H", line), 1

    def level(line: int, high: int) -> Step:
        return host(line, high)

    yield "line", [
        say("set_value", 1, 1),
        say("set_direction", 1, 1),
        say("get_direction", 1),
        say("get_value", 1),
        say("get_line_names", 0, room=11),
    ]
    for kind in (1, 2, 3, 4, 8):
        yield f"irq{kind}", [
            say("set_direction", 2, 2),
            say("set_irq_type", 2, kind),
            unmask(2),
            level(2, 1),
            level(2, 0),
            unmask(2),
            unmask(2),
            level(2, 1),
            say("set_irq_type", 2, 0),
        ]


def rtc(device: Row) -> Iterator[tuple[str, list[Step]]]:
    """Every clock and what it is; alarms that expire now, later, without a buffer, and never."""
    code = types(device)

    def say(name: str, form: str = "", *fields: int, room: int = 8) -> Step:
        return 0, struct.pack("<H6x" + form, code[name][0], *fields), room

    def alarm(clock: int, time: int, flags: int) -> Step:
        return say("set_alarm", "QHB5x", time, clock, flags)

    yield "clocks", [
        say("cfg", room=16),
        *(say("clock_cap", "H6x", clock, room=16) for clock in range(4)),
        *(say("read", "H6x", clock, room=16) for clock in range(4)),
        *(say("cross_cap", "HB5x", 0, counter, room=16) for counter in (0, 1, 2, 255)),
        *(say("read_cross", "HB5x", 1, counter, room=24) for counter in (0, 1, 2)),
    ]
    yield "alarms", [
        (1, b"", 16),
        alarm(0, 0, 1),
        alarm(1, 5, 1),
        host(9),
        (1, b"", 15),
        (1, b"", 16),
        say("read_alarm", "H6x", 1, room=24),
        say("set_alarm_enabled", "HB5x", 1, 1),
        (1, b"", 16),
        alarm(2, 0, 1),
        alarm(0, 200, 0),
        host(255),
    ]


# Classes that share a fuzzer: its name, and the number of the class in it.
SHARED = {"i2c": ("buses", 0), "gpio": ("buses", 1), "rtc": ("buses", 2), "crypto": ("buses", 3)}
CLASSES: dict[str, Callable[[Row], Iterator[tuple[str, list[Step]]]]] = {
    "gpu": gpu,
    "net": net,
    "input": input_,
    "9p": folder,
    "fs": file_system,
    "balloon": balloon,
    "vsock": vsock,
    "scsi": scsi,
    "sound": sound,
    "i2c": i2c,
    "crypto": crypto,
    "gpio": gpio,
    "rtc": rtc,
}
