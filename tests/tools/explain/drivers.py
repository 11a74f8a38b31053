# SPDX-License-Identifier: MIT
"""Five beginners' threads as register accesses: what their drivers do to a device, played to a QEMU.

The boards were others (RISC-V, or Arm with seL4): here all are QEMU's Arm virt board, which has the same device.
"""

import struct
from typing import NamedTuple

from qemu_machine import BOOK, RAM, SLOT, Machine

S = BOOK.status
PAGE = 4096
QUEUE = RAM + 0x100000
REQUEST = RAM + 0x200000
FIRST_SLOT = 0x0A000000
ENTRIES = 16
FORM, SHORT = "<QIHH", "<IIHH"  # of a descriptor; of one whose address has 32 bits


def descriptors(machine, desc, chain, form=FORM):
    """Descriptors in the guest's memory: (address, length, flags, next) of each."""
    for place, row in enumerate(chain):
        machine.put(desc + place * struct.calcsize(form), struct.pack(form, *row))


def ring(machine, desc, avail, form=FORM):
    """One request to read a sector, in the driver's idea of the layout."""
    parts = [(REQUEST, 16, 1, 1), (REQUEST + 16, 512, 3, 2), (REQUEST + 528, 1, 2, 0)]
    descriptors(machine, desc, parts, form)
    machine.put(REQUEST, bytes(16))
    machine.put(avail, struct.pack("<HHH", 0, 1, 0))


class Driver(NamedTuple):
    """What a driver does to a device, in rows as in traces.py."""

    rows: list  # up to its request
    form: str = FORM  # of a descriptor of its request; "": it does not get so far
    notify: str = "w QueueNotify 0"
    answered: bool = False  # the device is waited for
    then: tuple = ()  # rows after that

    def play(self, machine):
        """Plays it to a QEMU."""
        machine.play(self.rows)
        if self.form:
            ring(machine, QUEUE, QUEUE + struct.calcsize(self.form) * ENTRIES, self.form)
            machine.play([self.notify])
        if self.answered:
            machine.wait_used(QUEUE + PAGE, 1)
        machine.play(self.then)


class Thread(NamedTuple):
    """A driver, and what is said of it."""

    rule: str
    words: str
    version: str
    driver: Driver
    base: int = SLOT

    def trace(self, folder):
        """QEMU's."""
        with Machine(folder, self.version, self.base) as machine:
            self.driver.play(machine)
        return machine.trace()


def features(*words):
    """Reads what the device offers, and takes these words of it."""
    rows = [row for word in (0, 1) for row in (f"w DeviceFeaturesSel {word}", "r DeviceFeatures")]
    for word, value in enumerate(words):
        rows += [f"w DriverFeaturesSel {word}", f"w DriverFeatures {value}"]
    return rows


STARTED = S["ACKNOWLEDGE"] | S["DRIVER"]
ACCEPTED = STARTED | S["FEATURES_OK"]
RUNNING = ACCEPTED | S["DRIVER_OK"]
FLUSH, VERSION_1 = 1 << 9, 1  # of the first and of the second word
PROBE = ["r MagicValue", "r Version", "r DeviceID"]
# One bit after the other, each read back, as the specification wants it.
STEPS = [
    "w Status 0",
    "r Status",
    f"w Status {S['ACKNOWLEDGE']}",
    "r Status",
    f"w Status {STARTED}",
    "r Status",
]
CAPACITY = ["r Config+0", "r Config+4"]
SIZED = ["w QueueSel 0", "r QueueReady", "r QueueSizeMax", f"w QueueSize {ENTRIES}"]
AREAS = [
    *(f"w QueueDescLow {QUEUE}", "w QueueDescHigh 0"),
    *(f"w QueueDriverLow {QUEUE + struct.calcsize(FORM) * ENTRIES}", "w QueueDriverHigh 0"),
    *(f"w QueueDeviceLow {QUEUE + PAGE}", "w QueueDeviceHigh 0"),
]
LEGACY_SIZED = [
    *("w QueueSel 0", "r QueuePFN", "r QueueSizeMax", f"w QueueSize {ENTRIES}", f"w QueueAlign {PAGE}")
]
# Start-up as rcore-os/virtio-drivers does it: two bits at once, nothing read back.
RUST = ["r MagicValue", "r DeviceID", "r Version", "w Status 0", f"w Status {STARTED}"]

THREADS = {
    # Reads the first slot, where no device is: the one disk is in the last.
    "virtio-drivers-158": Thread(
        "empty-slot",
        "DeviceID reads 0: this slot is empty; a device, if there is one, is in another slot",
        "legacy",
        Driver(PROBE, ""),
        FIRST_SLOT,
    ),
    # A legacy device is given an address that only the processor's page table knows.
    "virtio-drivers-159": Thread(
        "qemu-says",
        'QEMU says "Guest says index 65535 is available": the device reads all ones where the available ring'
        " should be, so QueuePFN 0x10000 (address 0x10000000) is not the address that the device uses (it needs "
        "the physical address)",
        "legacy",
        Driver(
            [
                *(*RUST, *features(FLUSH), f"w Status {ACCEPTED}", f"w GuestPageSize {PAGE}", *CAPACITY),
                *(*LEGACY_SIZED, f"w QueuePFN {0x10000000 // PAGE}", f"w Status {RUNNING}"),
            ]
        ),
    ),
    # The device reads the sector and raises its interrupt; the driver waits for something else.
    "virtio-drivers-88": Thread(
        "answer-ignored",
        "The device used a buffer in queue 0 and raised its interrupt, but the driver did not respond",
        "modern",
        Driver(
            [
                *(*RUST, *features(FLUSH, 0), f"w Status {ACCEPTED}", *CAPACITY),
                *(*SIZED, *AREAS, "w QueueReady 1", f"w Status {RUNNING}"),
            ],
            answered=True,
        ),
    ),
    # uint64_t was a type of 32 bits: descriptors of 12 bytes, and the available ring not where the device looks.
    "1000-lines-80": Thread(
        "half-of-64",
        "only the low half of capacity, 64 bits wide, was ever read: the driver's 64-bit type seems to"
        " have 32 bits, so its descriptors are shorter than 16 bytes",
        "legacy",
        Driver(
            [
                *(*PROBE, "w Status 0", "r Status", f"w Status {S['ACKNOWLEDGE']}"),
                *("r Status", f"w Status {STARTED}", "r Status", f"w Status {ACCEPTED}", "r Status"),
                *("w QueueSel 0", "r QueuePFN", "r QueueSizeMax", f"w QueueSize {ENTRIES}", "w QueueAlign 0"),
                *(f"w QueuePFN {QUEUE}", f"w Status {S['DRIVER_OK']}", "r Config+0"),
            ],
            SHORT,
        ),
    ),
    # A driver written after the specification of today, which says that Version is 2.
    "1000-lines-93": Thread(
        "legacy-device",
        "Version reads 1: the device is legacy, and the driver, which stopped there, is for another "
        "version; QEMU gives the modern layout with -global virtio-mmio.force-legacy=false",
        "legacy",
        Driver(PROBE[:2], ""),
    ),
}
