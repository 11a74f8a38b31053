#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the demo image says, found out once more without it: the host's half of run.sh.

sums.py crc32 IMAGE             CRC-32 by zlib, and the sectors, as the guest sees the image
sums.py pattern SECTORS FILE    what the scratch disk has to hold (scratch.h says what)
"""
import struct
import sys
import zlib

SECTOR_BYTES = 512
SECTOR_WORDS = SECTOR_BYTES // 8
FACTOR = 0x9E3779B97F4A7C15
CHUNK_BYTES = 1 << 20


def checksum(path):
    """CRC-32 and sectors; a last sector that is not whole counts with zeroes, as QEMU shows it."""
    crc = 0
    size = 0
    with open(path, "rb") as image:
        while chunk := image.read(CHUNK_BYTES):
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
    padding = -size % SECTOR_BYTES
    return zlib.crc32(bytes(padding), crc), (size + padding) // SECTOR_BYTES


def pattern(sectors):
    """The bytes of the scratch disk."""
    words = sectors * SECTOR_WORDS
    return struct.pack(f"<{words}Q", *((i + 1) * FACTOR % 2**64 for i in range(words)))


def main(arguments):
    """Runs one of the two commands."""
    if len(arguments) == 2 and arguments[0] == "crc32":
        print("%08x of %d sectors" % checksum(arguments[1]))
        return 0
    if len(arguments) == 3 and arguments[0] == "pattern":
        with open(arguments[2], "wb") as out:
            out.write(pattern(int(arguments[1])))
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
