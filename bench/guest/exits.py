# SPDX-License-Identifier: MIT
"""Notifications, interrupts and register accesses a request, counted in QEMU's own trace."""

import re

import virtwright
from count import Failed

EVENTS = ("virtio_queue_notify", "virtio_notify", "memory_region_ops_read", "memory_region_ops_write")
FILE = "trace.txt"
OPTIONS = [word for event in EVENTS for word in ("-trace", event)] + ["-D", FILE]
BEGIN, END = "guest: begin", "guest: end"
REGION = re.compile(
    r"memory_region_ops_(read|write) .* addr 0x([0-9a-f]+) value 0x([0-9a-f]+) .* name '([^']*)'"
)


_MMIO = virtwright.spec()["mmio"].more
OFFSET = {row["name"]: row["offset"] for row in _MMIO["registers"]}


def windows(lines):
    """What happened between each BEGIN and END on the console: the trace has its characters, too."""
    found, console, now = [], "", None
    for line in lines:
        region = REGION.search(line)
        if region and region.group(4) == "pl011":
            if region.group(1) == "write" and int(region.group(2), 16) & 0xFFF == 0:  # the data register
                console = (console + chr(int(region.group(3), 16) & 0x7F))[-len(BEGIN) :]
                if console.endswith(BEGIN):
                    now = {"notifications": 0, "raised": 0, "notify writes": 0, "taken": 0, "mmio": 0}
                elif console.endswith(END) and now is not None:
                    found.append(now)
                    now = None
        elif now is None:
            continue
        elif line.startswith("virtio_queue_notify "):
            now["notifications"] += 1
        elif line.startswith("virtio_notify "):
            now["raised"] += 1
        elif region and region.group(4) == "virtio-mmio":
            at = int(region.group(2), 16) % _MMIO["size"]
            now["mmio"] += 1
            now["notify writes"] += (region.group(1), at) == ("write", OFFSET["QueueNotify"])
            now["taken"] += (region.group(1), at) == ("read", OFFSET["InterruptStatus"])
    return found


def counted(out, guests, slack=0):
    """The windows of the last run, compared with what the guest has counted itself (one dictionary each).

    `slack`: interrupts that may lie between the guest's mark on the console and its look at its counter.
    """
    with open(out / FILE, encoding="utf-8", errors="replace") as file:
        found = windows(file)
    if len(found) != len(guests):
        raise Failed(f"{out / FILE}: {len(found)} measurements instead of {len(guests)}")
    for window, guest in zip(found, guests):
        if window["notifications"] != window["notify writes"]:
            raise Failed(
                f"{out / FILE}: {window['notifications']} notifications in {window['notify writes']} writes"
            )
        if guest.get("notifications", window["notifications"]) != window["notifications"]:
            raise Failed(
                f"the guest counts {guest['notifications']} notifications, QEMU {window['notifications']}"
            )
        if abs(guest["interrupts"] - window["taken"]) > slack:
            raise Failed(
                f"the guest counts {guest['interrupts']} interrupts, QEMU {window['taken']} looks at why"
            )
    return found
