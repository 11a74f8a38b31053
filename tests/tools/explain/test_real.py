# SPDX-License-Identifier: MIT
"""Drivers that work, of others, as QEMU 7.2 printed what they do: which device each event is of, what is said of it, the exit code."""

from pathlib import Path

import pytest

import traces

REAL = Path(__file__).resolve().parent / "real"
LATE = "DRIVER was set without ACKNOWLEDGE"

# trace: (exit code, {head of a device: (lines of its steps, the sentence)})
CASES = {
    # U-Boot for Arm: BARs count I/O ports from the beginning of the bridge's window; the NIC takes notifications without an access.
    "uboot-nic": (1, {
        "0x3eff1000: Network device, legacy interface of PCI": (["queue 0 (receiveq): 2 notifications",
                                                                  "queue 1 (transmitq): 9 notifications"], LATE),
        "0x3eff1080: Block device, legacy interface of PCI": (["queue 0 (requestq): 4 notifications"], LATE)}),
}


@pytest.mark.parametrize("name", CASES)
def test_driver(name):
    code, devices = CASES[name]
    got, out, err = traces.explain((REAL / f"{name}.trace").read_bytes())
    assert not err
    said = {one.splitlines()[0]: one.splitlines() for one in out.strip().split("\n\n")}
    assert list(said) == list(devices), out
    for head, (lines, sentence) in devices.items():
        assert not [line for line in lines if f"    {line}" not in said[head]], out
        assert said[head][-1].startswith(f"  In one sentence: {sentence}"), out
    assert got == code


def test_an_event_of_a_device_that_is_not_in_the_trace():
    """Its pointer is another's: it is charged to neither."""
    two = traces.qemu(traces.MODERN) + "virtio_queue_notify vdev 0xa n 0 vq 0x1\n" + traces.qemu(traces.MODERN, traces.SLOT - 0x200)
    out = traces.explain(two + "virtio_queue_notify vdev 0xb n 7 vq 0x2\nvirtio_notify vdev 0xb vq 0x2\n")[1]
    assert out.count("1 notification, 0 interrupts") == 2, out
