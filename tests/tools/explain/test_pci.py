# SPDX-License-Identifier: MIT
"""Devices on PCI: each rule of its own with a trace that breaks it, by QEMU's trace and by the runtime's; and a real QEMU's."""

import re

import pytest

import drivers
import pci
import qemu_machine as machine
import test_qemu
import traces
from processes import need
from pci import ENTRY, LEGACY, MODERN, QUEUE, SET_UP
from traces import after, change, drop, upto

QUIET = upto(MODERN, "n 0x0 0")
ON = after(MODERN, "w queue_enable 1", "c 0x98 0x80018411")  # MSI-X
WITH_VECTORS = after(ON, "r queue_notify_off 0", *ENTRY, "w queue_msix_vector 1", "r queue_msix_vector 1")
# rule: (rows, whether it is the one sentence: None if that depends on what the trace tells, words of it)
CASES = {
    "bar-unplaced": (
        [*pci.CAPABILITIES, "c 0x04 0x6"],
        True,
        "BAR 4, which contains the common configuration, has no address",
    ),
    "decode-off": ([*pci.CAPABILITIES, *pci.BARS, "c 0x04 0x4"], True, "neither Memory Space (bit 1) nor"),
    "not-started": (SET_UP, True, "Configuration space was read, but no register was"),
    "master-off": (change(QUIET, "c 0x04 0x6", "c 0x04 0x2"), True, "Bus Master (bit 2 of COMMAND) is 0"),
    "gone": (
        [*upto(MODERN, "w device_status 0xf"), "r device_status 0xff"],
        True,
        "All bits of device_status read as 1",
    ),
    "notify-place": (
        change(QUIET, "n 0x0 0", "n 0x8 0"),
        True,
        "notified at offset 0x8 of the notification structure",
    ),
    "vector-refused": (
        change(WITH_VECTORS, "r queue_msix_vector 1", "r queue_msix_vector 0xffff"),
        None,
        "queue_msix_vector of queue 0",
    ),
    "vector-none": (ON, True, "MSI-X is enabled, but queue 0 has no vector"),
    "msix-masked": (
        change(WITH_VECTORS, "c 0x98 0x80018411", "c 0x98 0xc0018411"),
        True,
        "Function Mask is set",
    ),
    "message-address": (
        [row for row in WITH_VECTORS if row != ENTRY[0]],
        True,
        "Queue 0 sends message 1, but entry 1 of the MSI-X table has no address",
    ),
    "message-masked": (
        [row for row in WITH_VECTORS if row != ENTRY[3]],
        True,
        "entry 1 of the MSI-X table is masked (bit 0 of its Vector Control",
    ),
    "ack-never": (
        [
            *upto(QUIET, "n 0x0 0"),
            "virtio_queue_notify vdev 0x5 n 0 vq 0x6",
            "virtio_notify vdev 0x5 vq 0x6",
            "r device_status 0xf",
            "r config_generation 0",
        ],
        True,
        "isr_status was never read: reading it deasserts INTx",
    ),
    "intx-off": (change(MODERN, "c 0x04 0x6", "c 0x04 0x406"), True, "Interrupt Disable (bit 10"),
    "register-value": (
        after(MODERN, "w queue_enable 1", "w queue_enable 0"),
        True,
        "queue_enable of queue 0 was written as 0",
    ),
    # rules of both transports, in PCI's words
    "version-1": (
        drop(MODERN, "w driver_feature_select 1", "w driver_feature 1"),
        True,
        "driver_feature was never written with driver_feature_select 1, where VERSION_1 (bit 32) is",
    ),
    "features-refused": (
        [*upto(MODERN, "w device_status 0xb"), "r device_status 3"],
        True,
        "FEATURES_OK was written, but reads back as 0",
    ),
    "features-ok-unread": (
        drop(MODERN, "r device_status 0xb"),
        True,
        "The driver set FEATURES_OK and did not read the status back",
    ),
    "queue-none": (
        upto(drop(MODERN, "w queue_enable 1"), "w device_status 0xf"),
        True,
        "no queue was set up",
    ),
    "notify-unknown": (
        drop(MODERN, "w queue_enable 1"),
        False,
        "The driver notified queue 0, which is not set up",
    ),
    "ready-before-address": (
        drop(QUIET, "w queue_desc", "w queue_driver", "w queue_device"),
        True,
        "one of its addresses was not written: queue_desc, queue_driver and queue_device",
    ),
    "queue-too-large": (
        change(QUIET, "r queue_size 256", "r queue_size 8"),
        True,
        "Queue 0 has 16 descriptors; its maximum is 8",
    ),
    "queue-busy": (
        after(MODERN, "w queue_enable 1", "w queue_size 32"),
        True,
        "The driver wrote 0x20 to queue_size, of queue 0, which is enabled",
    ),
    "queue-absent": (
        change(QUIET, "r queue_size 256", "r queue_size 0"),
        False,  # the device lacks it
        "the device has no such queue",
    ),
    "features-lost": (
        after(MODERN, "w driver_feature 0x240", "r driver_feature 0x200"),
        True,
        "driver_feature reads 0x200, without 0x40, which the device offers and the driver accepted",
    ),
    "queue-size-odd": (
        change(MODERN, "r queue_size 256", "r queue_size 200"),
        True,
        "queue_size of queue 0 reads 200, which is not a power of 2",
    ),
    "reads-otherwise": (
        after(MODERN, "w queue_size 16", "r queue_size 256"),
        True,
        "queue_size of queue 0 reads 0x100, and the driver wrote 0x10: the device does not keep what is written",
    ),
    "width": (
        after(MODERN, "r device_status 0xb", "r device_status 0xb 4"),
        True,
        "The driver accessed device_status by 4 bytes, of a field of 1",
    ),
    "no-register": (after(MODERN, "w device_status 0xf", "r Unknown 0"), True, ", where no register is"),
    "read-only": (
        after(MODERN, "w device_status 0xf", "w config_generation 1"),
        True,
        "The driver wrote 0x1 to config_generation, which is read-only",
    ),
    "no-answer": (QUIET, True, "queue_desc 0x40100000, queue_driver 0x40100100, queue_device 0x40101000"),
}
# Without configuration space there is nothing of these.
OF_SPACE = (
    "no-register",
    "bar-unplaced",
    "decode-off",
    "not-started",
    "master-off",
    "msix-masked",
    "intx-off",
    "vector-none",
    "message-address",
    "message-masked",
    "ack-never",
)


WELL = "In one sentence: nothing is wrong"
AT_RING = ["descriptors at 0x40100000", "available ring at 0x40101000"]
OF_THE_GOOD = [
    "Block device, modern interface of PCI",
    "SEG_MAX",
    "capacity = 2048",
    "write queue_desc_low     0x40100000",
    "desc 0x40100000 (256 bytes)",
    "write device_status      0xf         ACKNOWLEDGE DRIVER",
    "1 notification, 0 interrupts, 1 read of isr_status",
    WELL,
]


@pytest.mark.parametrize("form", [pci.qemu, pci.ports, pci.own], ids=["qemu", "ports", "own"])
def test_a_good_driver(form):
    space = [] if form is pci.own else ["COMMAND            0x6         Memory Space, Bus Master"]
    traces.check(form(MODERN), [], 0, [OF_THE_GOOD[0], *space, *OF_THE_GOOD[1:]])


@pytest.mark.parametrize(
    "block, more", [("legacy_header", []), ("legacy_header_msix", ["w queue_msix_vector 0"])]
)
def test_a_good_legacy_driver(block, more):
    """The configuration is behind the vectors where MSI-X is on."""
    text = pci.legacy(after(LEGACY, "r queue_size 256", *more), block)
    traces.check(text, [], 0, ["0x00001000: unknown type, legacy interface of PCI", WELL])
    traces.check(text, ["--device", "blk"], 0, ["capacity = 2048", *AT_RING])


@pytest.mark.parametrize("rule", CASES)
def test_rule(rule):
    rows, is_sentence, words = CASES[rule]
    for form in [pci.qemu, pci.ports] + [pci.own] * (rule not in OF_SPACE):
        found = traces.judged(form(rows))[1][0]["findings"]
        said = [row["sentence"] for row in found if row["rule"] == rule]
        assert any(words in one for one in said), (form, found)
        assert is_sentence in (None, found[0]["rule"] == rule), (form, found)


def test_the_places_are_missing():
    """The registers are not taken for those of virtio-mmio, and the driver is not blamed for their widths."""
    lines = pci.own(MODERN).splitlines(keepends=True)
    placed = [line for line in lines if " place " in line]
    code, (one,) = traces.judged("".join(lines))
    assert code == 0 and len(placed) == 4
    for options in ((), ("--base", hex(one["address"]))):
        code, out, err = traces.explain("".join(line for line in lines if line not in placed), *options)
        assert code == 2 and not out
        assert "these are not registers of virtio-mmio" in err and "lacks the lines `place`" in err
        assert "record from the probe on" in err


def test_two_devices_and_a_function_of_others():
    """Each for itself; what is no function of virtio is not spoken of."""
    other = pci.qemu(["cr 0x00 0x00081b36", "cr 0x04 0", "c 0x04 0"], space=0x4010000000)
    second = pci.qemu([row.replace("10004", "10014") for row in MODERN], bar=0x10014000, space=0x4010010000)
    code, devices = traces.judged(other + pci.qemu(drop(MODERN, "r device_status 0xb")) + second)
    assert code == 1 and [(one["address"], [row["rule"] for row in one["findings"]]) for one in devices] == [
        (0x10004000, ["features-ok-unread"]),
        (0x10014000, []),
    ]
    assert len(traces.judged(other + pci.qemu(MODERN) + second, "--base", "0x10014000")[1]) == 1


def test_a_notification_that_qemu_takes_without_an_access():
    """Its ioeventfd: the trace has the queue alone, and once more where QEMU begins to listen, unless both are at once."""
    notified = "virtio_queue_notify vdev 0x5 n 0 vq 0x6"
    assert traces.found(pci.qemu(change(MODERN, "n 0x0 0", notified, notified))) == []
    rows = change(MODERN, "n 0x0 0", notified)
    assert traces.found(pci.qemu(rows)) == []
    assert traces.found(pci.qemu(upto(rows, notified))) == ["notify-never"]
    assert traces.found(pci.qemu(change(rows, "c 0x04 0x6", "c 0x04 0x2")))[0] == "master-off"


def test_the_vectors_of_a_polite_driver():
    assert traces.found(pci.qemu(WITH_VECTORS)) == []
    assert QUEUE[0] in WITH_VECTORS


# --- a real QEMU ---

WITHOUT_LISTENING = ",ioeventfd=off"  # a notification is an access then


# What QEMU prints of the legacy header's queue_size: the twelfth byte of the region.
QUEUE_SIZE = rf"addr 0x{pci.IO_WINDOW + pci.IO + 12:x} value (0x[0-9a-f]+) size 2 name 'virtio-pci'"


def played(work, rows, legacy=False, wait=True, properties=WITHOUT_LISTENING):
    """QEMU's trace of a driver that reads one sector."""
    need(machine.PROGRAM)
    with machine.PciMachine(work, properties) as guest:
        last = next(
            (place for place, row in enumerate(rows) if row[:2] == "n " or row.startswith("w queue_notify ")),
            len(rows),
        )
        avail, used = pci.RING + 0x100, pci.RING + 0x1000
        if legacy:  # the device has the size of the queue: 256 entries in QEMU 7.2, 1024 in 10.0
            guest.play(rows[:last], legacy)
            size = int(re.search(QUEUE_SIZE, guest.trace())[1], 16)
            avail = pci.RING + 16 * size
            used = -(-(avail + 2 * size + 6) // 0x1000) * 0x1000
        drivers.ring(guest, pci.RING, avail)
        guest.play(rows[last if legacy else 0 : last + 1], legacy)
        if wait:
            guest.wait_used(used, 1)
        guest.play(rows[last + 1 :], legacy)
    return guest.trace()


@pytest.mark.parametrize("interface", ["modern", "legacy"])
def test_real(work, interface):
    """The right start-up, played to QEMU; its trace is kept."""
    legacy = interface == "legacy"
    rows = [*pci.PLACED, *LEGACY] if legacy else pci.of_qemu(MODERN)
    trace = played(work, rows, legacy)
    kept = test_qemu.keep(f"good/pci-{interface}.trace", test_qemu.masked(trace))
    for text in (trace, kept):
        code, out, _ = traces.explain(text)
        assert code == 0 and f"Block device, {interface} interface of PCI" in out, out


@pytest.mark.parametrize(
    "rule, rows",
    [
        # 7.2 looks at the bit when COMMAND is written, and forgets it with a reset
        ("master-off", after(upto(pci.of_qemu(MODERN), "n 0x0 0"), "w device_status 0xf", "c 0x04 0x3")),
        ("notify-place", change(upto(pci.of_qemu(MODERN), "n 0x0 0"), "n 0x0 0", "n 0x8 0")),
        (
            "no-answer",
            [
                row.replace("_high 0", "_high 1") if row.startswith("w queue_d") else row
                for row in upto(pci.of_qemu(MODERN), "n 0x0 0")
            ],
        ),
        ("queue-none", upto(drop(pci.of_qemu(MODERN), "w queue_enable 1"), "w device_status 0xf")),
        (
            "decode-off",
            [
                row if row != "c 0x04 0x7" else "c 0x04 0x4"
                for row in upto(pci.of_qemu(MODERN), "r device_status 0")
            ],
        ),
    ],
)
def test_real_and_wrong(work, rule, rows):
    """QEMU says nothing of it; the sentence does."""
    trace = played(work, rows, wait=False)
    assert traces.found(trace)[0] == rule, traces.explain(trace)[1]
