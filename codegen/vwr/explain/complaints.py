# SPDX-License-Identifier: MIT
"""
QEMU's messages about a driver. QEMU has read the ring, which a trace does not show, so these messages come
first.
"""

import re

FLAGS = "NEXT or WRITE in the flags of a descriptor is wrong"
ADDRESS = "is it the address that the device sees?"

# Messages that QEMU prints for a broken ring or request before it stops until a reset, each with its meaning
# in the specification's words. {where} is the address of the queue; "" means that QEMU's message is
# sufficient. The mistake itself is not in them: several mistakes cause the same message.
KNOWN: tuple[tuple[str, str], ...] = (
    (
        r"Incorrect order for descriptors$",
        "a descriptor without WRITE follows one with WRITE; the device-readable descriptors of a chain come first",
    ),
    (
        r"virtio: zero sized buffers are not allowed$",
        "the device finds a descriptor of 0 bytes: len is 0, or the descriptor table is not at" " {where}",
    ),
    (
        r"Guest says index 65535 is available$",
        "the device reads all ones where the available ring should be, so {where} is not "
        "the address that the device uses (it needs the physical address)",
    ),
    (r"Guest says index \d+ is available$", "an entry of the available ring is not a descriptor index"),
    (
        r"Guest moved used index from ",
        "idx of the available ring advanced by more than the number of descriptors: driver and device use different "
        "queue sizes or ring addresses",
    ),
    (r"Desc next is \d+$", "next of a descriptor is not a descriptor index"),
    (
        r"Looped descriptor$",
        "a descriptor chain is a loop: next, or NEXT in the flags, is wrong",
    ),
    (
        r"Virtqueue size exceeded$",
        "more requests are in flight than the queue has descriptors: idx of the available ring counts up to 65535, "
        "and the driver must not reduce it modulo the queue size",
    ),
    (
        r"virtio: queue \d+ size \d+ exceeds max size \d+$",
        "the driver wrote a size above the maximum of the queue; since 11.1, QEMU then uses no buffer until a reset, "
        "although the next write of the status clears DEVICE_NEEDS_RESET",
    ),
    (
        r"virtio-blk missing headers$",
        f"a request has no device-readable or no device-writable descriptor: {FLAGS}",
    ),
    (
        r"virtio-blk request outhdr too short$",
        "the header of a request is shorter than its struct: len of the first descriptor, or its type, is wrong",
    ),
    (
        r"virtio-blk request inhdr too short$",
        "there is no space for the status byte of a request: len of the last descriptor is wrong",
    ),
    (
        r"virtio-net header not in first element$",
        f"the first descriptor of a packet is shorter than the header, or the device cannot write it: {FLAGS}",
    ),
    (
        r"virtio: bogus descriptor or out of resources$",
        f"the address of a descriptor is not in memory; {ADDRESS}",
    ),
    (
        r"Cannot map (desc|used|avail)",
        f"an area of the queue has an address that is not in memory; {ADDRESS}",
    ),
    (
        r"Invalid size for indirect",
        "the length of an indirect table is not a multiple of the descriptor size",
    ),
    (
        r"virtio-net (header incorrect|ctrl missing headers|receive queue contains no in buffers|unexpected empty queue)",
        "",
    ),
    (
        r"virtio-(scsi|crypto|iommu|balloon|input|serial).*(header|size|missing|request|buffer)|wrong size for virtio-scsi headers",
        "",
    ),
    (r"virtio: (too many write descriptors|invalid queue|.*descriptor)", ""),
)


def meaning(text: str) -> str | None:
    """The meaning of a QEMU message; None if it is not about a driver."""
    return next((words for pattern, words in KNOWN if re.match(pattern, text)), None)
