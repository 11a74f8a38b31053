# SPDX-License-Identifier: MIT
"""Foreign drivers, each with one mistake, that run on a real QEMU. The result is QEMU's own trace."""


import time

import drivers
import pci
import qemu_machine as qemu
import xv6
from drivers import (
    AREAS,
    FLUSH,
    LEGACY_SIZED,
    PROBE,
    QUEUE,
    RUNNING,
    SIZED,
    STARTED,
    STEPS,
    VERSION_1,
    Driver,
)
from traces import after, change, drop, upto

ANSWER_SECONDS = 0.5


def negotiated(*words):
    """From reset to FEATURES_OK, as required by the specification."""
    return [*PROBE, *STEPS, *drivers.features(*words), f"w Status {drivers.ACCEPTED}", "r Status"]


GOOD = negotiated(FLUSH, VERSION_1)
READY = [*SIZED, *AREAS, "w QueueReady 1"]
DRIVER_OK = [f"w Status {RUNNING}", "r Status"]
# Does not heed QueueSizeMax, which QEMU 7.2 does not check.
LARGE = 2048
TOO_LARGE = [
    *(*SIZED[:-1], f"w QueueSize {LARGE}", f"w QueueDescLow {QUEUE}", "w QueueDescHigh 0"),
    *(f"w QueueDriverLow {QUEUE + 16 * LARGE}", "w QueueDriverHigh 0"),
    *(f"w QueueDeviceLow {QUEUE + 32 * LARGE}", "w QueueDeviceHigh 0", "w QueueReady 1"),
]
# Writes the ring's address instead of its page number to a legacy device.
ADDRESS_AS_PAGE = [
    *(*PROBE, *STEPS, "w DeviceFeaturesSel 0", "r DeviceFeatures", "w DriverFeaturesSel 0"),
    *(f"w DriverFeatures {FLUSH}", f"w GuestPageSize {drivers.PAGE}", *LEGACY_SIZED, f"w QueuePFN {QUEUE}"),
    *("w Status 1", "r Status", f"w Status {STARTED}", "r Status", "w Status 7", "r Status"),
]


def mutant(name):
    """The small driver from tests/tools/explain, with one of its mistakes."""
    wrong, _, answers, _, _ = xv6.MUTANTS[name]
    return lambda machine: xv6.Driver(machine, answers, **wrong).run()


MISTAKES = {  # by row: (version, additional QEMU options, driver function)
    "no-driver-ok": ("modern", (), Driver([*GOOD, *READY]).play),
    # Accepts only known features. The device is behind an IOMMU and requires ACCESS_PLATFORM.
    "trace-refused": (
        "modern",
        ("-global", "virtio-blk-device.iommu_platform=on"),
        Driver(GOOD, "").play,
    ),
    # Writes only word 0, as for a legacy device. This QEMU tolerates that.
    "one-feature-word": (
        "modern",
        (),
        Driver(
            [*negotiated(FLUSH), *READY, *DRIVER_OK],
            answered=True,
            then=("r InterruptStatus", "w InterruptACK 1"),
        ).play,
    ),
    "queue-too-large": ("modern", (), Driver([*GOOD, *TOO_LARGE, *DRIVER_OK]).play),
    "ready-first": ("modern", (), Driver([*GOOD, *SIZED, "w QueueReady 1", *DRIVER_OK]).play),
    # Reads the answer, and leaves the interrupt line high.
    "never-acknowledged": (
        "modern",
        (),
        Driver([*GOOD, *READY, *DRIVER_OK], answered=True, then=("r InterruptStatus",)).play,
    ),
    "other-queue": ("modern", (), Driver([*GOOD, *READY, *DRIVER_OK], notify="w QueueNotify 1").play),
    "address-as-page": ("legacy", (), Driver(ADDRESS_AS_PAGE).play),
    "address-halves": ("modern", (), mutant("used-halves")),
    "descriptor-order": ("modern", (), mutant("status-read-only")),
    "no-interrupt-asked": ("modern", ("-trace", "virtqueue_*"), mutant("no-interrupt")),
    "never-notified": ("modern", (), mutant("no-notify")),
}
DUMPS = {  # by row: the mistake whose device is inspected
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


RUN = upto(pci.of_qemu(pci.MODERN), "n 0x0 0")  # and the driver does not check the answer
WITH_MESSAGES = after(RUN, "w queue_enable 1", "c 0x98 0x80018411")
VECTOR = after(WITH_MESSAGES, "r queue_notify_off 0", "w queue_msix_vector 1", "r queue_msix_vector 1")
ON_PCI = {  # by row: what the driver does
    "pci-trace-no-address": [*pci.WALKED, "c 0x04 0x7"],
    "pci-trace-decode-off": [*change(pci.PLACED, "c 0x04 0x7", "c 0x04 0x4"), "r device_status 0"],
    "pci-trace-master-off": after(RUN, "w device_status 0xf", "c 0x04 0x3"),
    "pci-version-1": [*drop(RUN, "w driver_feature_select 1", "w driver_feature 1"), "r isr_status 1"],
    "pci-queue-enable": upto(drop(RUN, "w queue_enable 1"), "w device_status 0xf"),
    "pci-notify-place": change(RUN, "n 0x0 0", "n 0x8 0"),
    "pci-no-vector": WITH_MESSAGES,
    "pci-message-address": VECTOR,
    "pci-message-masked": after(VECTOR, "r queue_notify_off 0", *pci.ENTRY[:3]),
    "pci-function-masked": change(
        after(VECTOR, "r queue_notify_off 0", *pci.ENTRY), "c 0x98 0x80018411", "c 0x98 0xc0018411"
    ),
    "pci-intx-off": [*after(RUN, "w device_status 0xf", "c 0x04 0x407"), "r isr_status 1"],
    "pci-intx-stays": [*RUN, "r device_status 0xf", "r config_generation 0"],
}


def on_pci(rows, folder):
    """The trace of such a driver, after a short wait for an answer."""
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
    """QEMU's trace of the driver for a row."""
    if row in ON_PCI:
        return on_pci(ON_PCI[row], folder)
    if row in THREADS:
        return drivers.THREADS[THREADS[row]].trace(folder)
    version, more, mistake = MISTAKES[row]
    machine = qemu.Machine(folder, version)
    machine.command += more
    with machine:
        mistake(machine)
    return machine.trace()


def registers(machine):
    """The register block in the format of gdb's x/64xw. The reads have no side effects."""
    words = [int(machine.ask(f"readl 0x{machine.base + offset:x}")[0], 16) for offset in range(0, 0x100, 4)]
    return "".join(
        f"0x{machine.base + 4 * at:08x}:\t" + "\t".join(f"0x{word:08x}" for word in words[at : at + 4]) + "\n"
        for at in range(0, len(words), 4)
    )


def dump(row, folder):
    """The device's registers for a row, when its driver waits."""
    version, more, mistake = MISTAKES[DUMPS[row]]
    machine = qemu.Machine(folder, version)
    machine.command += more
    with machine:
        mistake(machine)
        return registers(machine)
