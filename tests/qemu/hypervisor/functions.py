# SPDX-License-Identifier: MIT
"""A Linux guest's view of its PCI functions: the output of lspci, the writable bits of the configuration space, and
drivers that are unbound and bound again."""

import re
import subprocess
import time
from pathlib import Path

import anew
import checks
import golden
import host
from steps import say

HERE = Path(__file__).parent
PLAN, CONSOLE = "vms-pci", "0000:00:01.0"  # of the left guest
TEXT, VERSION = HERE / "lspci.txt", "version 3.9."  # Debian 12
SPACE = 256
PATIENCE = 60  # s
VENDOR, MSIX, AF = 0x09, 0x11, 0x13  # capabilities
PCI_CFG = 5  # cfg_type
GPU = 0x1040 + 16  # Device ID
DATA = 16  # of its window, in the capability
METHODS = [
    "af_flr",
    "bus",
]  # of a function behind a bridge: no flr without PCI Express, no pm without its capability
# The right guest's devices behind bridges, a use of each, and one after a reset, of which the driver does not know: it
# returns the 64 bytes that it has, and requests more, with a notification.
BRIDGED = (
    ("blk", "dd if=/dev/vda bs=4k count=16 iflag=direct 2>/dev/null | md5sum", ""),
    (
        "entropy",
        "dd if=/dev/hwrng bs=64 count=4 2>/dev/null | wc -c",
        "dd if=/dev/hwrng of=/dev/null bs=64 count=2 2>/dev/null",
    ),
)
# What a guest can write: offset, bits, and what says so. PCI: PCI Local Bus Specification 3.0.
HEADER = (
    (
        0x04,
        "<06 04",
        "PCI 6.2.2: memory space, bus master, interrupt disable; the rest of the command is reserved or not used",
    ),
    (0x10, "<00 c0 ff ff ff ff ff ff", "PCI 6.2.5.1: a BAR of 64 bits, of 16 KiB"),
    (0x3C, "<ff", "PCI 6.2.4: interrupt line"),
)
CAPABILITIES = {
    MSIX: ((2, "<00 c0", "PCI 6.8.2.3: function mask, MSI-X enable"),),
    AF: (),  # its control has a bit that resets: below
}
# PCI configuration access capability: cap.bar, cap.offset and cap.length are read-write for the driver.
WINDOW = ((4, "<ff", "bar"), (8, "<ff ff ff ff", "offset"), (12, "<ff ff ff ff", "length"))
# Everything else stays: "all fields are read-only for the driver unless stated otherwise" (Virtio Structure PCI
# Capabilities), and PCI 6.1 for reserved registers.


def dump(guest):
    """Its configuration spaces: lines as lspci -F reads them, and {function: bytes}."""
    lines = guest.ask("tool pci dump")
    spaces, name = {}, ""
    for line in lines:
        if found := re.match(r"([0-9a-f:]+\.\d) function$", line):
            name = found[1]
            spaces[name] = b""
        elif found := re.match(r"[0-9a-f]{2}:((?: [0-9a-f]{2}){16})$", line):
            spaces[name] += bytes.fromhex(found[1])
    assert spaces and all(len(one) == SPACE for one in spaces.values()), lines
    return lines, spaces


def capabilities(space):
    """(offset, id) of each, as the list has them."""
    at, found = space[0x34], []
    while at:
        assert at >= 0x40 and at % 4 == 0 and len(found) < 16, found
        found.append((at, space[at]))
        at = space[at + 1]
    return found


def lspci(machine):
    """lspci -vvv of this machine reads the left guest's functions, as the committed text has it."""
    if not host.need("lspci"):
        say("no lspci (Debian: pciutils)")
        return
    version = subprocess.run(["lspci", "--version"], capture_output=True, text=True, check=True).stdout
    if VERSION not in version:
        say(f"lspci is not of {VERSION}, whose text {TEXT.name} is")
        return
    (machine.folder / "functions").write_text("\n".join(dump(machine.guests[0])[0]) + "\n")
    said = subprocess.run(
        ["lspci", "-F", "functions", "-vvv", "-n"],
        cwd=machine.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    golden.compare(TEXT, golden.LICENCE + re.sub(r"(routed to IRQ) \d+", r"\1 N", said.stdout))


def put(mask, at, bits):
    found = bytes.fromhex(bits.lstrip("<"))
    mask[at : at + len(found)] = found


def writable(space):
    """The bits that a guest can write, and the words that are tried apart: the window's data, and what resets."""
    mask, apart = bytearray(SPACE), []
    for at, bits, _ in HEADER:
        put(mask, at, bits)
    for at, kind in capabilities(space):
        window = kind == VENDOR and space[at + 3] == PCI_CFG
        for offset, bits, _ in WINDOW if window else CAPABILITIES.get(kind, ()):
            put(mask, at + offset, bits)
        if window:
            apart.append(at + DATA)
        if kind == AF:
            apart.append(at + 4)
    return bytes(mask), apart


def said(guest, function, offset, width):
    return int(guest.found(f"tool pci get {function} {offset} {width}", r"^pci (0x[0-9a-f]+)$")[0], 16)


def window(guest, function, at):
    """pci.dev.pcicfg.2 and .3: of a width and place that the driver may use, the status is read and written by it."""
    put_in = f"tool pci set {function}"
    guest.ask(
        f"{put_in} {at + 4} 1 0; {put_in} {at + 8} 4 20; {put_in} {at + 12} 4 1; {put_in} {at + DATA} 1 1"
    )
    assert said(guest, function, at + DATA, 1) == 1, "ACKNOWLEDGE by the window"
    guest.ask(f"{put_in} {at + 12} 4 3; {put_in} {at + DATA} 4 0")  # no such width: nothing is written
    assert said(guest, function, at + DATA, 4) == 0
    guest.ask(f"{put_in} {at + 12} 4 1")
    assert said(guest, function, at + DATA, 1) == 1, "what was not allowed had no effect"
    guest.ask(f"{put_in} {at + DATA} 1 0")
    assert said(guest, function, at + DATA, 1) == 0, "the device is reset"


def resets(guest, function, at):
    """PCI's ECN of Advanced Features: Initiate FLR resets what a guest has written; it reads as 0."""
    guest.ask(
        f"tool pci set {function} 0x3c 1 0x5a; tool pci set {function} 4 2 6; tool pci set {function} {at + 4} 1 1"
    )
    found = [said(guest, function, *one) for one in ((0x3C, 1), (4, 2), (0x10, 4), (0x14, 4), (at + 4, 4))]
    assert found == [0, 0, 4, 0, 0], found


def unbind_gpu(machine, command):
    """Linux 6.1 resets the device without a wait for the last RESOURCE_UNREF, and warns of what it then leaks."""
    checks.warnings(machine)
    machine.guests[0].ask(f"{command}; dmesg -c >/dev/null")


def registers(machine):
    """Each register of the left guest's functions but the console's, with each width: which bits can be written, and
    which cannot. How many functions there were."""
    guest = machine.guests[0]
    _, spaces = dump(guest)
    del spaces[CONSOLE]
    for function in spaces:
        space = spaces[function]
        driver = "/sys/bus/pci/drivers/virtio-pci"
        if int.from_bytes(space[2:4], "little") == GPU:
            unbind_gpu(machine, f"echo {function} >{driver}/unbind")
        else:
            guest.ask(f"echo {function} >{driver}/unbind")
        mask, apart = writable(space)
        lines = guest.ask(f"tool pci mask {function} {' '.join(map(str, apart))}")
        found = bytes.fromhex("".join(line.removeprefix("pci mask ") for line in lines))
        wrong = [hex(at) for at in range(SPACE) if found[at] != mask[at]]
        assert not wrong, f"{function}: the writable bits differ at {wrong}"
        for at, kind in capabilities(space):
            if kind == VENDOR and space[at + 3] == PCI_CFG:
                window(guest, function, at)
            if kind == AF:
                resets(guest, function, at)
        for at in (0x10, 0x14):  # where the kernel expects it
            guest.ask(f"tool pci set {function} {at} 4 {int.from_bytes(space[at : at + 4], 'little')}")
        guest.ask(f"echo {function} >{driver}/bind")
    return len(spaces)


def status(guest, function):
    """The device status, as the driver's mapping of the BAR has it."""
    return int(guest.ask(f"cat /sys/bus/pci/devices/{function}/virtio*/status")[0], 16)


def resets_of(machine, number, device):
    """How often a device of a guest was reset, and how many broken rules its monitor has found."""
    text = "\n".join(machine.command("stats", "^disk: "))
    pattern = rf"{device}: accesses [^\n]*, resets (\d+)\n.*?broken rules (\d+)"
    return tuple(map(int, re.findall(pattern, text, re.DOTALL)[number]))


def finds_more(machine, device, found, command):
    """Runs a command in the right guest, which may wait forever, until the monitor has found a broken rule."""
    guest = machine.guests[1]
    process = guest.ask(f"{command} >/dev/null 2>&1 & echo $!")[0]
    end = time.monotonic() + PATIENCE
    while resets_of(machine, 1, device)[1] == found and time.monotonic() < end:
        time.sleep(0.2)
    guest.ask(f"kill -KILL {process}")


def reset_methods(machine):
    """
    By each method that the kernel has for a function behind a bridge, while its driver is bound and its queues are
    live. The driver (of Linux 6.1) does not know, so the monitor finds that it notifies; then it is bound anew.
    """
    guest = machine.guests[1]
    functions = guest.ask("ls /sys/bus/pci/devices | grep -v ^0000:00:")
    assert len(functions) == len(BRIDGED), functions
    for function, (device, use, dead) in zip(functions, BRIDGED):
        methods = guest.ask(f"cat /sys/bus/pci/devices/{function}/reset_method")[0].split()
        assert methods == METHODS, (function, methods)
        before = guest.ask(use)
        for method in methods:
            live, (resets, found) = status(guest, function), resets_of(machine, 1, device)
            guest.ask(f"cd /sys/bus/pci/devices/{function}; echo {method} >reset_method; echo 1 >reset")
            assert (live, status(guest, function)) == (0xF, 0), (function, method)
            assert resets_of(machine, 1, device)[0] == resets + 1, (function, method)
            if dead:
                finds_more(machine, device, found, dead)
            after = resets_of(machine, 1, device)
            assert (after[1] > found) == bool(dead), (
                function,
                method,
                found,
                after,
                machine.command("stats", "^disk: "),
            )
            guest.ask(f"cd /sys/bus/pci/drivers/virtio-pci; echo {function} >unbind; echo {function} >bind")
            assert guest.ask(use) == before, (function, method)
    checks.warnings(machine)


def bind_anew(machine, times):
    """The functions of card and disk, while they are used; the card sends and the disk has what was written."""
    left = machine.guests[0]
    machine.addressed()
    left.ask(f"hammer_functions virtio_blk {times}", 300)
    left.ask(
        f"hammer_functions virtio_net {times} {machine.addresses[0]} {machine.card} {machine.addresses[1]}",
        300,
    )
    checks.network(machine, anew.COPY_MIB)
    checks.warnings(machine, anew.UNBOUND)
