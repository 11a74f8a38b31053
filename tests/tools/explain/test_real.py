# SPDX-License-Identifier: MIT
"""Drivers that work, of others, as QEMU 7.2 printed what they do: which device each event is of, what is said of it, the exit code."""

import pytest

import traces

LATE = "The driver set 0x2 (DRIVER) in a status of 0x0 (none): a step is missing, or late; ACKNOWLEDGE comes before it"

# trace: (exit code, {head of a device: (lines of its steps, the sentence)})
CASES = {
    # U-Boot for Arm: BARs count I/O ports from the beginning of the bridge's window; the NIC takes notifications without an access.
    "uboot-nic": (
        1,
        {
            "0x3eff1000: Network device, legacy interface of PCI": (
                ["queue 0 (receiveq): 2 notifications", "queue 1 (transmitq): 9 notifications"],
                LATE,
            ),
            "0x3eff1080: Block device, legacy interface of PCI": (
                ["queue 0 (requestq): 4 notifications"],
                LATE,
            ),
        },
    ),
    # SeaBIOS polls, once, with interrupts off; its configuration space is by ports first, and then by ECAM.
    "seabios": (
        1,
        {
            "0xfebf8000: Block device, modern interface of PCI": (
                ["queue 0 (requestq): 1 notification, 1 taken, 1 used"],
                "The driver reset the device, and set 0x3 (ACKNOWLEDGE DRIVER) before it read a device_status of 0",
            )
        },
    ),
    # iPXE reads each word of the features by 16 bits.
    "ipxe": (
        1,
        {
            "0xfebfc000: Network device, modern interface of PCI": (
                ["queue 0 (receiveq): 8 notifications"],
                "The driver accessed device_feature by 2 bytes, of a field of 4",
            )
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_driver(name):
    code, devices = CASES[name]
    got, out, err = traces.explain(traces.kept(f"real/{name}.trace"))
    assert not err
    said = {one.splitlines()[0]: one.splitlines() for one in out.strip().split("\n\n")}
    assert list(said) == list(devices), out
    for head, (lines, sentence) in devices.items():
        assert not [line for line in lines if f"    {line}" not in said[head]], out
        assert said[head][-1].startswith(f"  In one sentence: {sentence}"), out
    assert got == code
