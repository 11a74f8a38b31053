# SPDX-License-Identifier: MIT
"""What QEMU's filter-dump has written of a network: frames, and what of them is ARP, DHCP or ping."""

import struct
from pathlib import Path
from typing import NamedTuple

ETHERNET = 1
OPERATIONS = {1: "request", 2: "reply"}
MESSAGES = {1: "discover", 2: "offer", 3: "request", 5: "ack"}
TYPES = {8: "request", 0: "reply"}


class Ping(NamedTuple):
    kind: str
    source: str
    target: str
    number: int
    data: bytes


def frames(path):
    content = Path(path).read_bytes()
    magic, *_, network = struct.unpack_from("<IHHiIII", content)
    if (magic, network) != (0xA1B2C3D4, ETHERNET):
        raise ValueError("not an Ethernet pcap")
    at = 24
    while at < len(content):
        (length,) = struct.unpack_from("<I", content, at + 8)
        yield content[at + 16 : at + 16 + length]
        at += 16 + length


def address(four):
    return ".".join(map(str, four))


def checksum(data):
    """RFC 1071; 0 of what has its own in it."""
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def arps(packets):
    """(request or reply, who asks or answers, of whom)."""
    return [
        (OPERATIONS[frame[21]], address(frame[28:32]), address(frame[38:42]))
        for frame in packets
        if frame[12:14] == b"\x08\x06"
    ]


def dhcps(packets):
    """What is said of addresses, by the type of each message (option 53)."""
    found = []
    for frame in packets:
        if frame[12:15] == b"\x08\x00\x45" and frame[23] == 17 and frame[34:38] in (b"\0C\0D", b"\0D\0C"):
            options, types = frame[42 + 240 :], []
            while options and options[0] != 255:
                length = options[1] if options[0] else -1
                types += [options[2]] if options[0] == 53 else []
                options = options[2 + length :]
            found += [MESSAGES.get(number, "other") for number in types]
    return found


def pings(packets):
    """Those with checksums that are right."""
    found = []
    for frame in packets:
        if frame[12:15] != b"\x08\x00\x45" or frame[23] != 1:
            continue
        packet = frame[14 : 14 + struct.unpack_from(">H", frame, 16)[0]]
        if checksum(packet[:20]) == checksum(packet[20:]) == 0:
            found.append(
                Ping(
                    TYPES.get(packet[20], "other"),
                    address(packet[12:16]),
                    address(packet[16:20]),
                    struct.unpack_from(">H", packet, 26)[0],
                    packet[28:],
                )
            )
    return found
