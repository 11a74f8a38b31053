# SPDX-License-Identifier: MIT
"""Inputs of fuzz_tables: the resource tables of others (tests/common/rsc_tables.h), and one with an entropy device that a
driver starts, uses and resets."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

TABLES = Path(__file__).resolve().parents[2] / "common" / "rsc_tables.h"
ADDRESS = 0x80000000  # of the memory
ENTRY, STATUS = 20, 44  # offsets in the table of one entry
ANY = 255  # a kick without a number
MEMORY, WORD, BYTE, KICK = range(4)


def given() -> Iterator[tuple[str, bytes]]:
    """The tables of the header, by name."""
    text = TABLES.read_text(encoding="ascii")
    for name, size, body in re.findall(r"(\w+)\[(\d+)\] = \{([^}]*)\}", text):
        yield name, bytes(int(byte, 16) for byte in re.findall(r"0x(\w\w)", body)).ljust(int(size), b"\0")


def table(da: int, align: int, num: int) -> bytes:
    """One entropy device, without features."""
    entry = struct.pack("<6IBBH", 3, 4, 9, 0, 0, 0, 0, 1, 0) + struct.pack("<5I", da, align, num, 2, 0)
    return struct.pack("<4I", 1, 1, 0, 0) + struct.pack("<I", ENTRY) + entry


def steps(num: int) -> bytes:
    """DRIVER_OK, a buffer of 64 bytes, a kick; then a reset."""
    avail = 16 * num
    store = [(0, ADDRESS + 0x8000), (8, 64), (12, 2), (avail + 2, 1)]
    made = bytes([BYTE, STATUS, 7, KICK, 9])
    made += b"".join(struct.pack("<BHI", MEMORY, at, value) for at, value in store)
    return made + bytes([KICK, 2, KICK, ANY, BYTE, STATUS, 0, KICK, 9, BYTE, STATUS, 4, KICK, 2])


def made(how: int, content: bytes, after: bytes = b"") -> bytes:
    return struct.pack("<BH", how, len(content)) + content + after


def seeds() -> Iterator[tuple[str, bytes]]:
    for name, content in given():
        for how in range(2):
            yield f"{name}_{how}", made(how, content, bytes([BYTE, 4, 0, KICK, ANY]))
    for align in (4, 16, 4096):
        for how in range(2):
            yield f"entropy_{align}_{how}", made(how, table(ADDRESS, align, 16), steps(16))
