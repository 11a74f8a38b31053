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


def test_a_driver_that_polls_once():
    """What the trace of QEMU's documented events does not show is said, and no cause is made of it."""
    text = traces.kept("real/seabios.trace")
    code, out, _ = traces.explain(
        "".join(row for row in text.splitlines(keepends=True) if not row.startswith("virtqueue_"))
    )
    assert code == 1 and "no buffer was used:" not in out, out
    assert (
        "Note: Queue 0 was notified once, and isr_status read once after it" in out
        and "with -trace 'virtqueue_*'" in out
    )


def test_features_that_were_read_by_half():
    """They were read: what is wrong is the width."""
    out = traces.explain(traces.kept("real/ipxe.trace"))[1]
    assert "never read" not in out and "not offered" not in out, out


def test_buffers_that_qemu_tells_of():
    """One that was used is an answer, with interrupts off too; one that was taken and not used is the device's; none is the ring."""
    notified = (
        traces.qemu(traces.upto(traces.MODERN, "w QueueNotify 0"))
        + "virtio_queue_notify vdev 0x5 n 0 vq 0x6\n"
    )
    pop, fill = (
        "virtqueue_pop vq 0x6 elem 0x7 in_num 2 out_num 1\n",
        "virtqueue_fill vq 0x6 elem 0x7 len 513 idx 0\n",
    )
    assert traces.explain(notified + pop + fill)[0] == 0
    code, out, _ = traces.explain(notified + pop)
    assert code == 3 and "Queue 0 was notified, the device popped 1 buffer and has not used it" in out
    code, out, _ = traces.explain(notified)
    assert (
        code == 3 and "no buffer was used:" in out and "Note: A driver that polls the used ring once" in out
    )
    more = (
        notified + pop + fill + traces.qemu(["w QueueNotify 0"]) + "virtio_queue_notify vdev 0x5 n 0 vq 0x6\n"
    )
    code, out, _ = traces.explain(more)
    assert code == 3 and "no buffer was used:" in out and "polls the used ring once" not in out


def test_an_event_of_a_device_that_is_not_in_the_trace():
    """Its pointer is another's: it is charged to neither."""
    two = (
        traces.qemu(traces.MODERN)
        + "virtio_queue_notify vdev 0xa n 0 vq 0x1\n"
        + traces.qemu(traces.MODERN, traces.SLOT - 0x200)
    )
    out = traces.explain(two + "virtio_queue_notify vdev 0xb n 7 vq 0x2\nvirtio_notify vdev 0xb vq 0x2\n")[1]
    assert out.count("1 notification, 0 interrupts") == 2, out
