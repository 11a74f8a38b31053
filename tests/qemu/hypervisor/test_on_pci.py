# SPDX-License-Identifier: MIT
"""Two Linux guests with all devices on PCI: the demo's checks, with messages or with lines as interrupts."""

import re
import time

import agent
import anew
import checks
import demo
import functions
import host
import saves
from session import guests
from steps import build
from test_hypervisor import ONE_BY_ONE, READ, READERS, AT_ONCE

REQUESTS = 100
SAVES = 2  # of the guests' devices; ./vwr soak saves has more
TIMES = 2  # that a driver is taken from its function; ./vwr soak linux has 50
EXITS = 8000  # until a guest is ready
DEVICES = (13, 10)  # of the left and of the right guest
COPY_MIB, TREE_MIB, FILES_SECONDS = 1, 1, 1
NO_MESSAGES = "quiet pci=nomsi"
# Accesses to the disk's registers that a request by itself costs.
MMIO = 3  # QueueNotify, InterruptStatus, InterruptACK
MSIX = 1  # the notification
INTX = 2  # and the ISR status
WHOLE = "vms-pci-whole"  # functions.PLAN without monitors, optimised as vms is
# (bus and interrupts, plan, arguments of the kernel, accesses of a request by itself, most of one among many)
BUSES = (
    ("MMIO", "vms", "", MMIO, 1),
    ("PCI, MSI-X", WHOLE, "", MSIX, 0.5),
    ("PCI, INTx", WHOLE, " pci=nomsi", INTX, INTX),
)


# What functions.registers does as the driver: it writes to capabilities, and by the window with a width that it has not.
# In functions.reset_methods, the driver of the entropy device does not know of the reset, and notifies.
POKED = r"driver, pci\.drv\.(cap\.8|pcicfg\.1) |of entropy: driver, (init\.drv\.15|pci\.drv\.kick\.3) "


def broken(machine):
    """How many rules the monitor of each device has found broken."""
    return [int(n) for n in re.findall(r"broken rules (\d+)", "\n".join(machine.command("stats", "^disk: ")))]


def monitors_agree(machine, poked=None, used=True):
    """
    They have followed buffers of most devices, unless the guests have `used` few yet, and found what Linux is known to
    do, alone. A monitor says which queue it follows no more: one with more used buffers between two looks than it has
    descriptors, which depends on the moments at which the guests run. `poked`: what broken() was after
    functions.registers, since when nothing was.
    """
    text = "\n".join(machine.command("stats", "^disk: "))
    buffers = [int(count) for count in re.findall(r"monitor: buffers (\d+)", text)]
    assert len(buffers) == sum(DEVICES[: len(machine.guests)]), text
    assert not used or sum(map(bool, buffers)) > len(buffers) // 2, text
    found = [line for line in machine.session.lines if "monitor of" in line]
    known = f"{anew.TRUE}|{POKED}" if poked else anew.TRUE
    assert not [line for line in found if not re.search(known, line)], found
    assert poked is None or broken(machine) == poked, found
    left = [int(count) for count in re.findall(r"queues not followed any more (\d+)", text)]
    assert sum(left) <= len(machine.guests), text  # a guest's sockets have bursts


def rows_of_interrupts(guest):
    """What /proc/interrupts says of virtio: (kind, name)."""
    lines = guest.ask("grep virtio /proc/interrupts")
    kind = r" \S*(MSI|GICv3)\S* "  # Linux 6.1: MSI; 6.12: GICv2m-PCI-MSIX-0000:00:09.0
    return [re.search(kind + r" *\d+ (\w+) +(virtio\d+\S*)", line).groups() for line in lines]


def are_on_pci(machine):
    """All devices of both guests have a driver, and none of them is on MMIO."""
    for guest, count in zip(machine.guests, DEVICES):
        assert len(guest.ask("devices")) == count
        assert len(guest.ask("ls -d /sys/bus/pci/drivers/virtio-pci/*:*/virtio*")) == count
        assert len(guest.ask("devices | grep -E 'device virtio[0-9]+ 0x[0-9a-f]+ (virtio|vmw|9p)'")) == count


def accesses_of_disk(machine, number):
    """To the registers of a guest's disk."""
    text = "\n".join(machine.command("stats", "^disk: "))
    return int(re.findall(r"blk: accesses (\d+)", text)[number])


def requests_cost(machine, number, accesses):
    """Each request of a guest's disk traps so often, one by one."""
    before = accesses_of_disk(machine, number)
    machine.guests[number].ask(f"dd if=/dev/vda of=/dev/null bs=4k count={REQUESTS} iflag=direct")
    assert accesses_of_disk(machine, number) - before == accesses * REQUESTS


def has_messages(guest, count):
    """Each device has vectors of its own."""
    rows = rows_of_interrupts(guest)
    assert {kind for kind, *_ in rows} == {"MSI"} and {edge for _, edge, _ in rows} == {"Edge"}
    configs = [name for *_, name in rows if name.endswith("-config")]
    assert len(configs) == count and len(rows) > 2 * count, rows  # and a vector for each queue


def has_lines(guest, count):
    """Each device has a line of its own, and the kernel has disabled none."""
    rows = rows_of_interrupts(guest)
    assert rows and {row[:2] for row in rows} == {("GICv3", "Level")}
    assert len({name for *_, name in rows}) == len(rows) == count
    assert not guest.ask("dmesg | grep -i 'nobody cared'", may_fail=True)


def test_all_devices_on_pci_with_msix(folder, full):
    """The right guest has lines instead, and does with its devices what the demo does with those of the left one."""
    with agent.Behind(
        folder, full, plan=functions.PLAN, arguments=("quiet", NO_MESSAGES), more=anew.HAMMER + saves.MOVING
    ) as machine:
        are_on_pci(machine.ready())
        functions.lspci(machine)
        monitors_agree(machine, used=False)  # lspci reads all of a configuration space
        assert functions.registers(machine) == DEVICES[0] - 1  # the console speaks to us
        functions.reset_methods(machine)
        poked = broken(machine)
        assert sum(map(bool, poked)) >= DEVICES[0] - 1  # it was seen at each of them
        demo.show(machine, COPY_MIB, TREE_MIB, FILES_SECONDS)
        checks.folder(machine, 1, TREE_MIB, FILES_SECONDS, seed=2)
        checks.scsi(machine, 1, TREE_MIB)
        checks.sockets(machine, 1, COPY_MIB)
        checks.crypto(machine, 1, anew.CRYPTO_KIB)
        saves.save_under_traffic(machine, SAVES, 0.2)
        has_messages(machine.guests[0], DEVICES[0])
        has_lines(machine.guests[1], DEVICES[1])
        requests_cost(machine, 0, MSIX)
        requests_cost(machine, 1, INTX)
        functions.bind_anew(machine, TIMES)
        monitors_agree(machine, poked)
        machine.off()


def test_all_devices_on_pci_without_msi(folder, full):
    with agent.Behind(folder, full, plan=functions.PLAN, arguments=NO_MESSAGES) as machine:
        are_on_pci(machine.ready())
        demo.show(machine, COPY_MIB, TREE_MIB, FILES_SECONDS)
        for guest, count in zip(machine.guests, DEVICES):
            has_lines(guest, count)
        requests_cost(machine, 0, INTX)
        monitors_agree(machine)
        machine.off()


def test_a_guest_on_pci_is_reset(folder, full):
    """In the middle of what it does: functions, vectors and lines are as at the start."""
    with agent.Behind(folder, full, plan=functions.PLAN, count=1) as machine:
        are_on_pci(machine.ready())
        machine.guests[0].begin("tool draw 1 1000; cat /dev/vda /dev/hwrng >/dev/null")
        time.sleep(1)  # it is somewhere in it, or has not begun
        machine.reset(0)
        are_on_pci(machine.ready())
        checks.screen(machine)
        checks.keys(machine)
        checks.folder(machine, 0, TREE_MIB, FILES_SECONDS)
        requests_cost(machine, 0, MSIX)
        checks.warnings(machine)
        monitors_agree(machine)
        machine.off()


def counts(session):
    """What the hypervisor has counted of guest 0 and of its disk."""
    text = "\n".join(
        session.command("stats", "^  instructions of the hypervisor") + [session.lines[session.at - 1]]
    )
    return {
        what: int(re.search(pattern, text).group(1))
        for what, pattern in (
            ("exits", r"accesses other than those of a busy disk (\d+)"),
            ("accesses", r"blk: accesses (\d+)"),
            ("requests", r"blk: .*\n +queue 0: kicks \d+, buffers (\d+)"),
            ("instructions", r"instructions of the hypervisor[^\n]* (\d+)$"),
        )
    }


def test_exits_on_pci_and_on_mmio(folder, linux):
    """Printed with pytest -s: accesses that trap until the guest is ready, and of a request; instructions of EL2."""
    build("vwr_hypervisor_pci")
    host.make_disk(folder, {})
    options = [*host.drive("disk.img"), "-icount", "shift=0"]  # as in what_the_kernel_says_of_its_devices
    for bus, plan, arguments, accesses, most in BUSES:
        with guests(folder, linux, plan, [READ], options=options, arguments=f"quiet{arguments}") as session:
            session.expect("hypervisor: disk of")
            found = []
            for word in ("^ready", "one by one", "at once"):
                session.expect(word)
                time.sleep(0.5)
                found += [counts(session) for _ in range(1 if found else 2)]  # twice: what it costs to ask
                session.command("guest 0", "keys go to guest 0")
                session.type("go\r")
            assert session.wait() == 0
        asked, alone, together = (
            {key: after[key] - before[key] for key in after} for before, after in zip(found, found[1:])
        )
        begin = found[0]
        for one in (alone, together):
            one["instructions"] -= asked["instructions"]
        print(
            f"{bus}: {begin['exits']} accesses until the guest is ready; a request alone "
            f"{alone['accesses'] / ONE_BY_ONE:.2f} accesses, {alone['instructions'] / ONE_BY_ONE:.0f} instructions; with "
            f"{READERS} readers {together['accesses'] / READERS / AT_ONCE:.2f}, "
            f"{together['instructions'] / READERS / AT_ONCE:.0f}"
        )
        assert (alone["requests"], together["requests"]) == (ONE_BY_ONE, READERS * AT_ONCE)
        assert alone["accesses"] == accesses * ONE_BY_ONE, (bus, found)
        assert together["accesses"] <= most * READERS * AT_ONCE, (bus, found)
        assert 0 < begin["exits"] < EXITS, (bus, found)
