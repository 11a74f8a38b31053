# SPDX-License-Identifier: MIT
"""Five beginners' threads as register accesses: what their drivers do to a device, played to a QEMU.

The boards were others (RISC-V, or Arm with seL4): here all are QEMU's Arm virt board, which has the same device.
"""

import struct

from qemu_machine import BOOK, RAM, SLOT, Machine

LICENCE = "# SPDX-License-Identifier: MIT\n"  # first line of the kept files
S = BOOK.status
PAGE = 4096
QUEUE = RAM + 0x100000
REQUEST = RAM + 0x200000
FIRST_SLOT = 0x0A000000
ENTRIES = 16
DESC = BOOK.ring["parts"][0]["per_entry"]


def steps(machine, *names):
    """Sets status bits one after the other, reading back each, as the specification wants it; answers the last value."""
    value = 0
    for name in names:
        value |= S[name]
        machine.write("Status", value)
        assert machine.read("Status") == value
    return value


def ring(machine, desc, avail, desc_bytes=DESC):
    """One request to read a sector, in the driver's idea of the layout."""
    parts = [(REQUEST, 16, 1, 1), (REQUEST + 16, 512, 3, 2), (REQUEST + 528, 1, 2, 0)]
    for place, (address, length, flags, following) in enumerate(parts):
        row = (
            struct.pack("<QIHH", address, length, flags, following)
            if desc_bytes == DESC
            else struct.pack("<IIHH", address, length, flags, following)
        )
        machine.put(desc + place * desc_bytes, row)
    machine.put(REQUEST, bytes(16))
    machine.put(avail, struct.pack("<HHH", 0, 1, 0))


def split(machine, at, size=ENTRIES):
    """Tells a modern device of a queue; answers the address of its used ring."""
    desc, avail, used = at, at + DESC * size, at + PAGE
    for name, address in (("QueueDesc", desc), ("QueueDriver", avail), ("QueueDevice", used)):
        machine.write(name + "Low", address & 0xFFFFFFFF)
        machine.write(name + "High", address >> 32)
    machine.write("QueueReady", 1)
    return used


def rust_begin(machine, words):
    """Start-up as rcore-os/virtio-drivers does it: two bits at once, nothing read back."""
    for name in ("MagicValue", "DeviceID", "Version"):
        machine.read(name)
    machine.write("Status", 0)
    machine.write("Status", S["ACKNOWLEDGE"] | S["DRIVER"])
    for word in (0, 1):
        machine.write("DeviceFeaturesSel", word)
        machine.read("DeviceFeatures")
    for word, value in enumerate(words):
        machine.write("DriverFeaturesSel", word)
        machine.write("DriverFeatures", value)
    status = S["ACKNOWLEDGE"] | S["DRIVER"] | S["FEATURES_OK"]
    machine.write("Status", status)
    return status


def virtio_drivers_158(folder):
    """Reads the first slot, where no device is: the one disk is in the last."""
    with Machine(folder, "legacy", FIRST_SLOT) as machine:
        for name in ("MagicValue", "Version", "DeviceID"):
            machine.read(name)
    return machine.trace()


def virtio_drivers_159(folder):
    """A legacy device is given an address that only the processor's page table knows."""
    with Machine(folder, "legacy") as machine:
        status = rust_begin(machine, (1 << 9,))
        machine.write("GuestPageSize", PAGE)
        machine.read("Config+0")
        machine.read("Config+4")
        machine.write("QueueSel", 0)
        machine.read("QueuePFN")
        machine.read("QueueSizeMax")
        machine.write("QueueSize", ENTRIES)
        machine.write("QueueAlign", PAGE)
        machine.write("QueuePFN", 0x10000000 // PAGE)
        machine.write("Status", status | S["DRIVER_OK"])
        ring(machine, QUEUE, QUEUE + DESC * ENTRIES)
        machine.write("QueueNotify", 0)
    return machine.trace()


def virtio_drivers_88(folder):
    """The device reads the sector and raises its interrupt; the driver waits for something else."""
    with Machine(folder, "modern") as machine:
        status = rust_begin(machine, (1 << 9, 0))
        machine.read("Config+0")
        machine.read("Config+4")
        machine.write("QueueSel", 0)
        machine.read("QueueReady")
        machine.read("QueueSizeMax")
        machine.write("QueueSize", ENTRIES)
        used = split(machine, QUEUE)
        machine.write("Status", status | S["DRIVER_OK"])
        ring(machine, QUEUE, QUEUE + DESC * ENTRIES)
        machine.write("QueueNotify", 0)
        machine.wait_used(used, 1)
    return machine.trace()


def thousand_lines_80(folder):
    """uint64_t was a type of 32 bits: descriptors of 12 bytes, and the available ring not where the device looks."""
    short = 12
    with Machine(folder, "legacy") as machine:
        for name in ("MagicValue", "Version", "DeviceID"):
            machine.read(name)
        machine.write("Status", 0)
        for name in ("ACKNOWLEDGE", "DRIVER", "FEATURES_OK"):
            machine.write("Status", machine.read("Status") | S[name])
        machine.read("Status")
        machine.write("QueueSel", 0)
        machine.read("QueuePFN")
        machine.read("QueueSizeMax")
        machine.write("QueueSize", ENTRIES)
        machine.write("QueueAlign", 0)
        machine.write("QueuePFN", QUEUE)
        machine.write("Status", S["DRIVER_OK"])
        machine.read("Config+0")
        ring(machine, QUEUE, QUEUE + short * ENTRIES, short)
        machine.write("QueueNotify", 0)
    return machine.trace()


def thousand_lines_93(folder):
    """A driver written after the specification of today, which says that Version is 2."""
    with Machine(folder, "legacy", SLOT) as machine:
        machine.read("MagicValue")
        machine.read("Version")
    return machine.trace()


THREADS = {
    "virtio-drivers-158": (
        virtio_drivers_158,
        "empty-slot",
        "DeviceID reads 0: this slot is empty, the device is in another one",
    ),
    "virtio-drivers-159": (
        virtio_drivers_159,
        "qemu-says",
        'QEMU says "Guest says index 65535 is available": the device reads all ones where the available ring'
        " should be, so QueuePFN 0x10000 (address 0x10000000) is not the address that the device uses (it needs "
        "the physical address)",
    ),
    "virtio-drivers-88": (
        virtio_drivers_88,
        "answer-ignored",
        "The device used a buffer in queue 0 and raised its interrupt, but the driver did not respond",
    ),
    "1000-lines-80": (
        thousand_lines_80,
        "half-of-64",
        "only the low half of capacity, 64 bits wide, was ever read: the driver's 64-bit type seems to"
        " have 32 bits, so its descriptors are shorter than 16 bytes",
    ),
    "1000-lines-93": (
        thousand_lines_93,
        "legacy-device",
        "Version reads 1: the device is legacy, and the driver, which stopped there, is for another "
        "version; QEMU gives the modern layout with -global virtio-mmio.force-legacy=false",
    ),
}
