# SPDX-License-Identifier: MIT
"""A small disk driver of the shape of a teaching kernel's, and what can be wrong with it: one thing at a time, played to a QEMU.

Modern virtio-mmio, one word of the features, eight descriptors, three to a request, one request at a time, by interrupt: which
the test sees at the interrupt controller, so that the trace has what a kernel's trace has.
"""

import struct
import time

import drivers
from drivers import FLUSH, PAGE, PROBE, QUEUE, REQUEST, S
from qemu_machine import SECONDS
from traces import after, change, drop

PENDING = 0x08000200  # GICD_ISPENDR of QEMU's virt board
LINE = 32 + 16 + 31  # of its last slot
NEXT, WRITE = 1, 2
NUM, REQUESTS = 8, 3
DESC, AVAIL, USED = QUEUE, QUEUE + PAGE, QUEUE + 2 * PAGE
HEADER, DATA, STATUS = REQUEST, REQUEST + PAGE, REQUEST + 2 * PAGE


def started(QueueDesc=DESC, QueueDriver=AVAIL, QueueDevice=USED):
    """The start-up with the areas of the queue at these addresses, in rows as in traces.py."""
    areas = {"QueueDesc": QueueDesc, "QueueDriver": QueueDriver, "QueueDevice": QueueDevice}
    halves = [
        (f"w {name}Low {address & 0xFFFFFFFF}", f"w {name}High {address >> 32}")
        for name, address in areas.items()
    ]
    return [
        *(*PROBE, "r VendorID", "w Status 0", f"w Status {S['ACKNOWLEDGE']}", f"w Status {drivers.STARTED}"),
        *("r DeviceFeatures", f"w DriverFeatures {FLUSH}", f"w Status {drivers.ACCEPTED}", "r Status"),
        *("w QueueSel 0", "r QueueReady", "r QueueSizeMax", f"w QueueSize {NUM}"),
        *(row for rows in halves for row in rows),
        *("w QueueReady 1", f"w Status {drivers.RUNNING}"),
    ]


START = started()
GOOD = {
    "rows": START,
    "notify": 0,
    "look": True,
    "acknowledge": True,
    "acknowledged": 3,
    "idx": lambda idx: idx + 1,
    "late": False,
    "head": 0,
    "flags": 0,
    "chain": ((HEADER, 16, NEXT), (DATA, 512, NEXT | WRITE), (STATUS, 1, WRITE)),
    "next": (1, 2, 0),
}


class Driver:
    """Of one machine; `answers`: whether the device is waited for."""

    def __init__(self, machine, answers, **wrong):
        assert set(wrong) <= set(GOOD), wrong
        self.machine, self.answers, self.wrong = machine, answers, {**GOOD, **wrong}
        self.idx = self.done = 0

    def request(self):
        """Reads a sector; whether the driver goes on."""
        machine, wrong = self.machine, self.wrong
        machine.put(HEADER, struct.pack("<IIQ", 0, 0, self.done))
        machine.put(STATUS, b"\xff")
        machine.put(DATA, bytes(4))
        chain = zip(wrong["chain"], wrong["next"])
        drivers.descriptors(machine, DESC, [(*row, following) for row, following in chain])
        entry = AVAIL + 4 + 2 * (self.idx % NUM), struct.pack("<H", wrong["head"])
        if not wrong["late"]:
            machine.put(*entry)
        machine.put(AVAIL, struct.pack("<H", wrong["flags"]))
        self.idx = wrong["idx"](self.idx)
        machine.put(AVAIL + 2, struct.pack("<H", self.idx))
        if wrong["notify"] is not None:
            machine.write("QueueNotify", wrong["notify"])
        if wrong["late"]:
            machine.put(*entry)
        return self.answers and self.interrupt()

    def interrupt(self):
        """Waits for one, and takes what has been used."""
        machine, end = self.machine, time.monotonic() + SECONDS
        while not int(machine.ask(f"readl 0x{PENDING + LINE // 32 * 4:x}")[0], 16) >> LINE % 32 & 1:
            assert time.monotonic() < end, "no interrupt"
        if self.wrong["look"]:
            value = machine.read("InterruptStatus")
            if self.wrong["acknowledge"]:
                machine.write("InterruptACK", value & self.wrong["acknowledged"])
        elif machine.used(USED) == self.done & 0xFFFF:  # of the one before, which stays raised
            machine.wait_used(USED, self.done + 1)
        if machine.used(USED) == self.done:
            return False  # nothing for it: it sleeps on
        self.done += 1
        right = machine.ask(f"read 0x{DATA:x} 0x4")[0] == "0x00010203"  # as the disk begins
        return right and machine.ask(f"read 0x{STATUS:x} 0x1")[0] == "0x00"  # else it gives up

    def run(self):
        """A start-up and some requests."""
        self.machine.play(self.wrong["rows"])
        while self.done < REQUESTS and self.request():
            pass


def swapped(address):
    """A 64-bit address with its halves exchanged."""
    return address << 32


def without(bit):
    """The start-up, which never sets this bit of the status."""
    words = [row.split() for row in START]
    return [
        f"w Status {int(row[2]) & ~S[bit]}" if row[:2] == ["w", "Status"] else " ".join(row) for row in words
    ]


def accepting(word, value, rows=START):
    """A start-up that accepts features of one more word."""
    return after(
        rows, f"w DriverFeatures {FLUSH}", f"w DriverFeaturesSel {word}", f"w DriverFeatures {value}"
    )


def says(text):
    """QEMU's words at the beginning of the sentence."""
    return f'QEMU says "{text}": '


CHAIN = GOOD["chain"]
SECOND_WORD = change(
    START, "r DeviceFeatures", *(f"w {who}FeaturesSel 1" for who in ("Device", "Driver")), "r DeviceFeatures"
)
SECOND_WORD = change(SECOND_WORD, f"w DriverFeatures {FLUSH}", "w DriverFeatures 1")
SIZE = f"w QueueSize {NUM}"
ZERO = says("virtio: zero sized buffers are not allowed")
LATE = "The driver set 0x2 (DRIVER) while the status was 0x0 (none): a step is missing or late; ACKNOWLEDGE"
SILENT = "Queue 0 was notified and nothing came back: "
UNSET = "Queue 0 was enabled, and its size or one of its addresses was not written"
UNREAD = "The driver completed feature negotiation without reading the features of the device"
UNSEEN = "The driver reset the device, and set 0x1"  # as of the driver without a mistake: it is not called the cause

# mistake: (what is wrong, exit code, whether the device answers, how the sentence begins, words of it)
MUTANTS = {
    "none": ({}, 1, True, UNSEEN, "the device responds nevertheless"),
    # Seen in the registers.
    "status-order": ({"rows": change(START, "w Status 1", "w Status 2")}, 1, True, LATE, ""),
    "no-acknowledge": ({"rows": without("ACKNOWLEDGE")}, 1, True, LATE, ""),
    "no-features-ok": (
        {"rows": without("FEATURES_OK")},
        1,
        True,
        "The driver set DRIVER_OK without FEATURES_OK",
        "",
    ),
    "no-driver-ok": (
        {"rows": START[:-1]},
        1,
        True,
        "The start-up stops at Status 0xb",
        "DRIVER_OK was never set",
    ),
    "no-ready": (
        {"rows": drop(START, "w QueueReady")},
        3,
        False,
        "DRIVER_OK was set, but no queue was set up",
        "",
    ),
    "no-num": ({"rows": drop(START, "w QueueSize")}, 1, True, UNSET, ": QueueSize"),
    "num-6": (
        {"rows": change(START, SIZE, "w QueueSize 6")},
        1,
        True,
        "Queue 0 has 6 descriptors, which is not a power of 2",
        "",
    ),
    "num-too-large": (
        {"rows": change(START, SIZE, "w QueueSize 4096")},
        1,
        True,
        "Queue 0 has 4096 descriptors; its maximum is 1024",
        "",
    ),
    "other-queue": (
        {"rows": change(START, "w QueueSel 0", "w QueueSel 1")},
        3,
        False,
        "Queue 1 was set up, but its QueueSizeMax reads 0",
        "",
    ),
    "desc-halves": (
        {"rows": started(QueueDesc=swapped(DESC))},
        3,
        False,
        ZERO,
        "QueueDesc of queue 0 is 0x4010000000000000: its halves are swapped",
    ),
    "avail-halves": (
        {"rows": started(QueueDriver=swapped(AVAIL))},
        3,
        False,
        "QueueDriver of queue 0 is 0x4010100000000000: its halves are",
        "",
    ),
    "used-halves": (
        {"rows": started(QueueDevice=swapped(USED))},
        3,
        True,
        "QueueDevice of queue 0 is 0x4010200000000000: its halves are",
        "",
    ),
    "desc-cut": (
        {"rows": started(QueueDesc=0x1000)},
        3,
        False,
        ZERO,
        "QueueDesc of queue 0 is 0x1000, and the other areas are at",
    ),
    "desc-page": (
        {"rows": started(QueueDesc=DESC // PAGE)},
        3,
        False,
        ZERO,
        "QueueDesc of queue 0 is 0x40100, a page number",
    ),
    "avail-left-out": (
        {"rows": drop(START, "w QueueDriverLow")},
        3,
        False,
        UNSET,
        ": QueueDriver",
    ),
    "used-left-out": (
        {"rows": drop(START, "w QueueDeviceLow")},
        3,
        True,
        UNSET,
        ": QueueDevice",
    ),
    "wrong-notify": ({"notify": 1}, 3, False, "The driver notified queue 1, which is not set up", ""),
    "no-notify": (
        {"notify": None},
        3,
        False,
        "The start-up is complete, but QueueNotify was never written",
        "",
    ),
    "feature-word": ({"rows": SECOND_WORD}, 1, True, UNREAD, "DeviceFeaturesSel 0"),
    "selector-stays": ({"rows": accepting(0, 1)}, 1, True, "The driver accepted feature BARRIER (bit 0)", ""),
    "not-acknowledged": (
        {"acknowledge": False},
        1,
        True,
        "The driver did not acknowledge 0x1, which it read in InterruptStatus (used_buffer)",
        "",
    ),
    "not-looked-at": (
        {"look": False},
        1,
        True,
        "The device raised its interrupt, but InterruptACK was never written",
        "",
    ),
    "no-reset": (
        {"rows": drop(START, "w Status 0")},
        1,
        True,
        "The driver set 0x1 (ACKNOWLEDGE) without a reset of the device before",
        "the device responds nevertheless",
    ),
    "after-failed": (
        {"rows": after(START, "r Status", f"w Status {drivers.ACCEPTED | S['FAILED']}")},
        1,
        True,
        "QueueSize was written after FAILED, without a reset",
        "a device that it has given up",
    ),
    "used-over-avail": (
        {"rows": started(QueueDevice=AVAIL + 4)},
        3,
        False,
        says("virtio-blk missing headers"),
        "QueueDriver and QueueDevice of queue 0 overlap: QueueDriver ends at 0x40101016, and QueueDevice begins at",
    ),
    "acknowledges-another": (
        {"acknowledged": 2},
        1,
        True,
        "The driver did not acknowledge 0x1, which it read in InterruptStatus (used_buffer)",
        "",
    ),
    # QEMU has looked into the ring.
    "next-missing": (
        {"chain": ((HEADER, 16, 0), *CHAIN[1:])},
        3,
        False,
        says("virtio-blk missing headers"),
        "NEXT or WRITE",
    ),
    "status-read-only": (
        {"chain": (*CHAIN[:2], (STATUS, 1, 0))},
        3,
        False,
        says("Incorrect order for descriptors"),
        "",
    ),
    "order": (
        {"chain": (CHAIN[1], (HEADER, 16, NEXT), CHAIN[2])},
        3,
        False,
        says("Incorrect order for descriptors"),
        "",
    ),
    "header-short": (
        {"chain": ((HEADER, 8, NEXT), *CHAIN[1:])},
        3,
        False,
        says("virtio-blk request outhdr too short"),
        "",
    ),
    "no-length": ({"chain": (CHAIN[0], (DATA, 0, NEXT | WRITE), CHAIN[2])}, 3, False, ZERO, "len is 0"),
    "idx-too-far": (
        {"idx": lambda idx: idx + NUM + 1},
        3,
        False,
        says("Virtqueue size exceeded"),
        "must not reduce it modulo",
    ),
    "head": ({"head": 64}, 3, False, says("Guest says index 64 is available"), ""),
    "next-too-far": ({"next": (100, 2, 0)}, 3, False, says("Desc next is 100"), ""),
    "loop": ({"next": (1, 1, 0)}, 3, False, says("Looped descriptor"), ""),
    # In memory alone: the sentence says what the trace has not.
    "no-interrupt": (
        {"flags": 1},
        3,
        False,
        SILENT,
        "no interrupt was asked for: flags of the available ring is NO_INTERRUPT",
    ),
    "idx-stays": (
        {"idx": lambda idx: idx},
        3,
        False,
        SILENT,
        "or idx of the available ring was not advanced before the notification",
    ),
    "areas-exchanged": (
        {"rows": started(QueueDriver=USED, QueueDevice=AVAIL)},
        3,
        False,
        SILENT,
        "the areas are exchanged",
    ),
    "second-next-missing": (
        {"chain": (CHAIN[0], (DATA, 512, WRITE), CHAIN[2])},
        1,
        True,
        UNSEEN,
        "is not visible in this trace",
    ),
    "data-read-only": (
        {"chain": (CHAIN[0], (DATA, 512, NEXT), CHAIN[2])},
        1,
        True,
        UNSEEN,
        "is not visible in this trace",
    ),
    "idx-before-entry": ({"late": True}, 1, True, UNSEEN, "the device responds nevertheless"),
    # With VERSION_1 QEMU says by an interrupt of the configuration, too, that it has met an error.
    "order, VERSION_1": (
        {"chain": (*CHAIN[:2], (STATUS, 1, 0)), "rows": accepting(1, 1)},
        3,
        True,
        says("Incorrect order for descriptors"),
        "",
    ),
    "used-halves, VERSION_1": (
        {"rows": accepting(1, 1, started(QueueDevice=swapped(USED)))},
        3,
        True,
        "QueueDevice of queue 0 is 0x4010200",
        "",
    ),
}
