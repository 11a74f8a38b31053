# SPDX-License-Identifier: MIT
"""Drivers that are not ours, each with one mistake, played to a real QEMU; what they leave is QEMU's own trace."""


import time

import drivers
import pci
import qemu_machine as qemu
import xv6
from traces import after, change, drop, upto

S = qemu.BOOK.status
ANSWER_SECONDS = 0.5
WORDS = (1 << 9, 1)  # FLUSH, VERSION_1


def negotiate(machine, words=WORDS):
    """Reset to FEATURES_OK, as the specification has it; answers whether that bit stayed."""
    for name in ("MagicValue", "Version", "DeviceID"):
        machine.read(name)
    machine.write("Status", 0)
    machine.read("Status")
    drivers.steps(machine, "ACKNOWLEDGE", "DRIVER")
    for word in range(2):
        machine.write("DeviceFeaturesSel", word)
        machine.read("DeviceFeatures")
    for word, value in enumerate(words):
        machine.write("DriverFeaturesSel", word)
        machine.write("DriverFeatures", value)
    machine.write("Status", S["ACKNOWLEDGE"] | S["DRIVER"] | S["FEATURES_OK"])
    return bool(machine.read("Status") & S["FEATURES_OK"])


def queue(machine, size=True):
    """Queue 0; answers the address of its used ring."""
    machine.write("QueueSel", 0)
    machine.read("QueueReady")
    machine.read("QueueSizeMax")
    if size:
        machine.write("QueueSize", drivers.ENTRIES)
    return drivers.split(machine, drivers.QUEUE)


def driver_ok(machine):
    """The last step."""
    machine.write("Status", S["ACKNOWLEDGE"] | S["DRIVER"] | S["FEATURES_OK"] | S["DRIVER_OK"])
    machine.read("Status")


def request(machine):
    """One, in the ring that queue() gave to the device; and the notification."""
    drivers.ring(machine, drivers.QUEUE, drivers.QUEUE + drivers.DESC * drivers.ENTRIES)
    machine.write("QueueNotify", 0)


def no_driver_ok(machine):
    """Forgets the last step."""
    negotiate(machine)
    queue(machine)
    request(machine)


def refused(machine):
    """Takes what it knows; the device is behind an IOMMU and insists on ACCESS_PLATFORM."""
    assert not negotiate(machine)


def one_feature_word(machine):
    """Writes word 0 alone, as in legacy times. This QEMU forgives it."""
    negotiate(machine, WORDS[:1])
    used = queue(machine)
    driver_ok(machine)
    request(machine)
    machine.wait_used(used, 1)
    machine.write("InterruptACK", machine.read("InterruptStatus"))


def ready_first(machine):
    """QueueReady, and no address."""
    negotiate(machine)
    machine.write("QueueSel", 0)
    machine.read("QueueReady")
    machine.read("QueueSizeMax")
    machine.write("QueueSize", drivers.ENTRIES)
    machine.write("QueueReady", 1)
    driver_ok(machine)
    request(machine)


def never_acknowledged(machine):
    """Takes the answer and leaves the interrupt line up."""
    negotiate(machine)
    used = queue(machine)
    driver_ok(machine)
    request(machine)
    machine.wait_used(used, 1)
    assert machine.read("InterruptStatus") == 1


def other_queue(machine):
    """Notifies a queue that it has not set up."""
    negotiate(machine)
    queue(machine)
    driver_ok(machine)
    drivers.ring(machine, drivers.QUEUE, drivers.QUEUE + drivers.DESC * drivers.ENTRIES)
    machine.write("QueueNotify", 1)


def address_as_page(machine):
    """A legacy device is given the ring's address in place of its page number."""
    for name in ("MagicValue", "Version", "DeviceID"):
        machine.read(name)
    machine.write("Status", 0)
    machine.read("Status")
    drivers.steps(machine, "ACKNOWLEDGE", "DRIVER")
    machine.write("DeviceFeaturesSel", 0)
    machine.read("DeviceFeatures")
    machine.write("DriverFeaturesSel", 0)
    machine.write("DriverFeatures", WORDS[0])
    machine.write("GuestPageSize", drivers.PAGE)
    machine.write("QueueSel", 0)
    machine.read("QueuePFN")
    machine.read("QueueSizeMax")
    machine.write("QueueSize", drivers.ENTRIES)
    machine.write("QueueAlign", drivers.PAGE)
    machine.write("QueuePFN", drivers.QUEUE)
    drivers.steps(machine, "ACKNOWLEDGE", "DRIVER", "DRIVER_OK")
    request(machine)


def mutant(name):
    """The small driver of tests/tools/explain with one of its mistakes."""
    wrong, _, answers, _, _ = xv6.MUTANTS[name]
    return lambda machine: xv6.Driver(machine, answers, **wrong).run()


MISTAKES = {  # by row: (version, more for QEMU, what the driver does)
    "no-driver-ok": ("modern", (), no_driver_ok),
    "trace-refused": ("modern", ("-global", "virtio-blk-device.iommu_platform=on"), refused),
    "one-feature-word": ("modern", (), one_feature_word),
    "ready-first": ("modern", (), ready_first),
    "never-acknowledged": ("modern", (), never_acknowledged),
    "other-queue": ("modern", (), other_queue),
    "address-as-page": ("legacy", (), address_as_page),
    "address-halves": ("modern", (), mutant("used-halves")),
    "descriptor-order": ("modern", (), mutant("status-read-only")),
    "never-notified": ("modern", (), mutant("no-notify")),
}
DUMPS = {  # by row: the mistake whose device is looked at
    "dump-no-driver-ok": "no-driver-ok",
    "dump-never-acknowledged": "never-acknowledged",
}
THREADS = {  # by row: the thread of tests/tools/explain
    "trace-wrong-slot": "virtio-drivers-158",
    "trace-virtual-address": "virtio-drivers-159",
    "answer-ignored": "virtio-drivers-88",
    "short-types": "1000-lines-80",
    "trace-legacy-device": "1000-lines-93",
}


RUN = upto(pci.of_qemu(pci.MODERN), "n 0x0 0")  # and nothing is done about the answer
WITH_MESSAGES = after(RUN, "w queue_enable 1", "c 0x98 0x80018411")
ENTRY = ["m 1 0 0x08020040", "m 1 4 0", "m 1 8 80", "m 1 12 0"]
VECTOR = after(WITH_MESSAGES, "r queue_notify_off 0", "w queue_msix_vector 1", "r queue_msix_vector 1")
ON_PCI = {  # by row: what the driver does
    "pci-trace-no-address": [*pci.WALKED, "c 0x04 0x7"],
    "pci-trace-decode-off": [*change(pci.PLACED, "c 0x04 0x7", "c 0x04 0x4"), "r device_status 0"],
    "pci-trace-master-off": after(RUN, "w device_status 0xf", "c 0x04 0x3"),
    "pci-version-1": [*drop(RUN, "w driver_feature_select 1", "w driver_feature 1"), "i 1"],
    "pci-queue-enable": upto(drop(RUN, "w queue_enable 1"), "w device_status 0xf"),
    "pci-notify-place": change(RUN, "n 0x0 0", "n 0x8 0"),
    "pci-no-vector": WITH_MESSAGES,
    "pci-message-address": VECTOR,
    "pci-message-masked": after(VECTOR, "r queue_notify_off 0", *ENTRY[:3]),
    "pci-function-masked": change(
        after(VECTOR, "r queue_notify_off 0", *ENTRY), "c 0x98 0x80018411", "c 0x98 0xc0018411"
    ),
    "pci-intx-off": [*after(RUN, "w device_status 0xf", "c 0x04 0x407"), "i 1"],
    "pci-intx-stays": [*RUN, "r device_status 0xf", "r config_generation 0"],
}


def on_pci(rows, folder):
    """The trace of such a driver; a moment for the answer, if there is one."""
    with qemu.PciMachine(folder, ",ioeventfd=off") as machine:
        drivers.ring(machine, pci.RING, pci.RING + 0x100)
        notified = next((place for place, row in enumerate(rows) if row[:2] == "n "), len(rows))
        machine.play(rows[: notified + 1])
        end = time.monotonic() + ANSWER_SECONDS
        while notified < len(rows) and machine.used(pci.RING + 0x1000) == 0 and time.monotonic() < end:
            time.sleep(0.01)
        machine.play(rows[notified + 1 :])
    return machine.trace()


def trace(row, folder):
    """QEMU's trace of the driver of a row."""
    if row in ON_PCI:
        return on_pci(ON_PCI[row], folder)
    if row in THREADS:
        return drivers.THREADS[THREADS[row]][0](folder)
    version, more, mistake = MISTAKES[row]
    machine = qemu.Machine(folder, version)
    machine.command += more
    with machine:
        mistake(machine)
    return machine.trace()


def registers(machine):
    """The register block as gdb's x/64xw shows it; the reads themselves change nothing."""
    words = [int(machine.ask(f"readl 0x{machine.base + offset:x}")[0], 16) for offset in range(0, 0x100, 4)]
    return "".join(
        f"0x{machine.base + 4 * at:08x}:\t" + "\t".join(f"0x{word:08x}" for word in words[at : at + 4]) + "\n"
        for at in range(0, len(words), 4)
    )


def dump(row, folder):
    """The registers of the device of a row, when its driver waits."""
    version, more, mistake = MISTAKES[DUMPS[row]]
    machine = qemu.Machine(folder, version)
    machine.command += more
    with machine:
        mistake(machine)
        return registers(machine)
