# SPDX-License-Identifier: MIT
"""
The file of recorded buffers: a pcap file of link type USER0, one packet a buffer. The dissector reads the same layout
from here. README.md describes it.
"""

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

LINK_TYPE = 147  # LINKTYPE_USER0
VERSION = 1
MOST = 0x40000  # bytes of a packet that Wireshark reads

BIG_ENDIAN, WRITE = 1, 1  # flags of a buffer, and of a segment
# (name, bytes) in order; all numbers are little-endian.
BUFFER = (
    ("version", 2),
    ("flags", 2),
    ("device", 2),
    ("queue", 2),
    ("features", 16),
    ("used", 4),
    ("config_bytes", 2),
    ("segments", 2),
)
SEGMENT = (("length", 4), ("kept", 4), ("flags", 4))

_FILE = struct.Struct("<IHHiIII")  # of pcap: magic, version, zone, accuracy, snapshot length, link type
_PACKET = struct.Struct("<IIII")  # seconds, microseconds, kept, length


class Segment(NamedTuple):
    """A descriptor: its length, and the bytes at its begin that were recorded."""

    length: int
    known: bytes
    write: bool


class Buffer(NamedTuple):
    """A buffer that the device has used, and what is needed to read it."""

    device: int
    features: int
    config: bytes
    queue: int
    used: int
    segments: list[Segment]
    big_endian: bool = False


def _packed(layout: tuple[tuple[str, int], ...], **values: int) -> bytes:
    return b"".join(values[name].to_bytes(size, "little") for name, size in layout)


def packet(buffer: Buffer) -> bytes:
    """The packet of a buffer: head, configuration, segments, then their bytes: the driver's, the device's."""
    ordered = sorted(buffer.segments, key=lambda one: one.write)
    head = _packed(
        BUFFER,
        version=VERSION,
        flags=BIG_ENDIAN * buffer.big_endian,
        device=buffer.device,
        queue=buffer.queue,
        features=buffer.features,
        used=buffer.used,
        config_bytes=len(buffer.config),
        segments=len(ordered),
    )
    rows = [
        _packed(SEGMENT, length=one.length, kept=len(one.known), flags=WRITE * one.write) for one in ordered
    ]
    return b"".join((head, buffer.config, *rows, *(one.known for one in ordered)))


def write_packets(path: Path, packets: Iterable[tuple[bytes, int]]) -> None:
    """The file of packets, each with the length that it had before it was cut. The times are made up: nobody recorded them."""
    made = [_FILE.pack(0xA1B2C3D4, 2, 4, 0, 0, MOST, LINK_TYPE)]
    for number, (data, length) in enumerate(packets):
        made += [_PACKET.pack(*divmod(number, 1_000_000), len(data[:MOST]), length), data[:MOST]]
    path.write_bytes(b"".join(made))


def write(path: Path, buffers: Iterable[Buffer]) -> None:
    """The file of these buffers."""
    packets = map(packet, buffers)
    write_packets(path, ((one, len(one)) for one in packets))
