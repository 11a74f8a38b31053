# SPDX-License-Identifier: MIT
"""What QEMU says of a driver on its console: it has looked into the ring, which a trace has not, so these words come first."""

import re

FLAGS = "NEXT or WRITE in the flags of a descriptor is wrong"
ADDRESS = "is it the address that the device sees?"

# What QEMU prints when it has found a ring or a request broken, and does nothing more until a reset: what that is, in the specification's
# words; {where} is the address of the queue, "" that QEMU's words say it all. Which mistake it was they do not say: several lead to the same.
KNOWN: tuple[tuple[str, str], ...] = (
    (
        r"Incorrect order for descriptors$",
        "a descriptor without WRITE stands behind one with WRITE; all that the device reads comes first in a chain",
    ),
    (
        r"virtio: zero sized buffers are not allowed$",
        "the device finds a descriptor of 0 bytes: len is 0, or the descriptor table is not at" " {where}",
    ),
    (
        r"Guest says index 65535 is available$",
        "the device reads all ones where the available ring should be, so {where} is not"
        " the address that it sees (it wants the physical one)",
    ),
    (r"Guest says index \d+ is available$", "an entry of the available ring is no index of a descriptor"),
    (
        r"Guest moved used index from ",
        "idx of the available ring moved by more than the queue has descriptors: the driver has another queue size"
        " than the device, or another place of the ring",
    ),
    (r"Desc next is \d+$", "next of a descriptor is no index of a descriptor"),
    (
        r"Looped descriptor$",
        "a chain of descriptors leads back to itself: next, or NEXT in the flags, is wrong",
    ),
    (
        r"Virtqueue size exceeded$",
        "more requests are in flight than the queue has descriptors: idx of the available ring counts on to 65535"
        " and is never taken modulo the queue size",
    ),
    (
        r"virtio-blk missing headers$",
        f"a request has no descriptor that the device reads or none that it writes: {FLAGS}",
    ),
    (
        r"virtio-blk request outhdr too short$",
        "the header of a request is shorter than its struct: len of the first descriptor, or its type, is wrong",
    ),
    (
        r"virtio-blk request inhdr too short$",
        "there is no room for the status byte of a request: len of the last descriptor is wrong",
    ),
    (
        r"virtio-net header not in first element$",
        f"the first descriptor of a packet is shorter than the header, or the device cannot write it: {FLAGS}",
    ),
    (
        r"virtio: bogus descriptor or out of resources$",
        f"the address of a descriptor is none of memory; {ADDRESS}",
    ),
    (
        r"Cannot map (desc|used|avail)",
        f"an area of the queue has an address that is none of memory; {ADDRESS}",
    ),
    (r"Invalid size for indirect", "the length of an indirect table is no multiple of a descriptor's"),
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
    """What QEMU means; None if this is not about a driver."""
    return next((words for pattern, words in KNOWN if re.match(pattern, text)), None)
