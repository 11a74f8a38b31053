# SPDX-License-Identifier: MIT
"""Guests that wait for an interrupt and have no timer: guest/ instead of a kernel. One that is lost is the end."""

import struct

import host
import pytest
from steps import build

MAGIC = b"\xd0\x0d\xfe\xed"  # all that the hypervisor reads of a device tree
SPARE = 8  # interrupts at once; a CPU has four list registers
SHORT, LONG = 10000, 3000000  # passes of a loop: of some microseconds, and of more than a millisecond
READS = 300  # if each waited until the hypervisor polls by itself, once a second, LIMIT would be over
LIMIT = 250


def guest(reads=0, depth=1, busy=0, awake=0, spare=0):
    """The setup of guest/main.c, but for its number."""
    return struct.pack("<5I", reads, depth, busy, awake, spare)


def boot(folder, plan, *guests):
    """Until all of them are off."""
    image = host.build_folder().parent.parent / "tests" / "qemu" / "hypervisor" / "guest"
    files = {"kernel": image, "initrd": "initrd", "seed": "seed"}
    (folder / "initrd").write_bytes(b"none")
    (folder / "seed").write_bytes(bytes(32))
    for number, setup in enumerate(guests):
        (folder / f"setup{number}").write_bytes(MAGIC + struct.pack("<I", number) + setup)
        files[f"dtb{number}"] = f"setup{number}"
    with open(folder / "disk.img", "wb") as disk:
        disk.truncate(2 * host.WINDOW_BYTES)
    code, lines = host.run(
        folder, host.command(plan, files, len(guests), options=host.drive("disk.img")), LIMIT
    )
    assert code == 0 and len([line for line in lines if "guest: OK" in line]) == len(guests), (code, lines)


def test_a_guest_that_sleeps_is_woken_from_the_other_cpu(folder):
    boot(folder, "vms", guest(), guest(reads=READS))


def boots(folder, plan):
    """Guests of which one or both wait for the disk, with one request or several."""
    for left, right in [
        (guest(READS), guest(READS, busy=SHORT)),
        (guest(READS, 2, SHORT), guest(READS, 3, LONG)),
        (guest(READS, busy=LONG), guest(10 * READS, 16, SHORT)),
        (guest(READS, awake=1), guest(10 * READS, 4, awake=1)),
    ]:
        boot(folder, plan, left, right)


@pytest.mark.parametrize("plan", ["vms", "vms-legacy"])
def test_no_interrupt_of_the_disk_is_lost(folder, plan):
    """A packed ring and a split one."""
    boots(folder, plan)


def test_no_interrupt_of_a_modern_split_disk_is_lost(folder):
    build("vwr_hypervisor_split")
    boots(folder, "vms-split")


def test_more_interrupts_at_once_than_list_registers(folder):
    boot(folder, "vms", guest(spare=SPARE))
