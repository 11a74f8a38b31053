#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what real drivers do to QEMU's disk, and what it answers: tests/qemu/replay/recorded.txtar. See README.md."""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent

import guest_packages as debian
from folder import folder_of
from lockstep import Machine, Stopped
from memory import BASE, BYTES, Memory, count_up
from names import SECTOR_BYTES, WINDOW
from qtest import DISK, RAM, SERIAL, SLOT, VIRT, Device, arguments, description, version
from vectors import LEFT_OUT, LEGACY, RING, TOUCHED, VECTORS, Driver, run
from watch import Watch

from vwr import txtar

SECTORS = 4096
ACCESS = re.compile(r"memory_region_ops_(read|write) .* addr (0x[0-9a-f]+) value (0x[0-9a-f]+) size (\d)")
POP = re.compile(r"virtqueue_pop .* elem (\S+) in_num (\d+) out_num (\d+)")
COMPLETE = re.compile(r"virtio_blk_req_complete .* req (\S+) ")
UBOOT = "u-boot-qemu"


class Place(NamedTuple):
    """A machine, where its RAM begins, where the disk's registers are, and the option that puts them there."""

    machine: list
    base: int
    slot: int
    bus: str = ""


ARM = Place(VIRT, BASE, SLOT)


class Recorder:
    """Converts QEMU's trace into the lines of a recording."""

    def __init__(self, memory, slot=SLOT, legacy=False):
        self.watch, self.slot, self.late = Watch(memory, legacy=legacy), slot, None

    def before(self):
        """QEMU stands behind the event that was read last."""
        if self.late is not None:
            what, *rest = self.late
            what(*rest)
            self.late = None

    def take(self, line):
        access, pop, complete = ACCESS.match(line), POP.match(line), COMPLETE.match(line)
        if access:
            offset = int(access.group(2), 16) - self.slot
            if 0 <= offset < WINDOW:
                size = int(access.group(4))
                value = int(access.group(3), 16) & (1 << 8 * size) - 1  # the trace has more than the bus
                if access.group(1) == "read":
                    self.watch.read(offset, size, value)
                else:
                    self.late = self.watch.write, offset, size, value
        elif pop:
            self.watch.popped(pop.group(1), (int(pop.group(2)), int(pop.group(3))))
        elif complete:
            self.late = self.watch.completed, complete.group(1)
        elif line.startswith("virtio_notify "):
            self.watch.interrupt()


def head(folder, legacy, device, base=BASE, first=()):
    """What the device is, as the first lines of a recording."""
    return [
        *description(folder, legacy, device),
        f"ram {base:#x} {BYTES:#x}",
        f"disk {SECTORS}",
        f"serial {SERIAL}",
        *first,
    ]


def record(folder, command, talk, end, legacy, device, place=ARM, first=b""):
    """The lines of one run."""
    memory = Memory(folder / RAM, place.base)
    memory.make_disk(folder / DISK, SECTORS, first)
    about = head(folder, legacy, device, place.base, before(first))
    recorder = Recorder(memory, place.slot, legacy)
    command = [*arguments(legacy, device + place.bus, place.machine), "-no-reboot", *command]
    machine = Machine(folder, command, talk)
    for line in machine.events(recorder.before):
        recorder.take(line)
    recorder.before()
    if end not in machine.console:
        raise Stopped(f"the guest did not finish: {machine.console[-300:]}")
    return about + shortened(recorder.watch.lines)


def before(first):
    """What the disk holds instead of the pattern, in its first sectors."""
    sectors = [first[at : at + SECTOR_BYTES].rstrip(b"\0") for at in range(0, len(first), SECTOR_BYTES)]
    return [f"b {at} " + (f"x {one.hex()}" if one else f"z {SECTOR_BYTES}") for at, one in enumerate(sectors)]


def shortened(lines):
    """Runs of small numbers in one line."""
    out, run = [], []
    for line in [*lines, ""]:
        if line.startswith("m "):
            _, addr, words = line.split(" ", 2)
            run.append((int(addr, 16), words))
            continue
        out += [f"m {addr:#x} {words}" for addr, words in count_up(run)]
        run = []
        out.append(line)
    return out[:-1]


def linux(folder, legacy, device):
    guest = debian.prepare(debian.home(), debian.DISK)
    (folder / "initrd.gz").write_bytes(debian.initrd(guest, (HERE / "init.sh").read_bytes()))
    lines = record(
        folder,
        [
            "-serial",
            "stdio",
            "-kernel",
            str(guest.kernel),
            "-initrd",
            "initrd.gz",
            "-append",
            "console=ttyAMA0 quiet nokaslr",
        ],
        lambda _: None,
        "recorder: OK",
        legacy,
        device,
    )
    return lines, guest.packages


def uboot(folder, legacy, device):
    home = debian.home()
    with debian.alone(home):
        package = home / "u-boot"
        package.mkdir(exist_ok=True)
        kept = sorted(package.glob("*.deb"))
        if not kept:
            debian.update()
            kept = [path for path, _ in debian.fetch(package, UBOOT)]
        (image,) = debian.members(kept[0], r"/qemu_arm64/u-boot\.bin$").values()
    (folder / "u-boot.bin").write_bytes(image)
    commands = (HERE / "u-boot.txt").read_text("utf-8").splitlines()
    commands = [line for line in commands if line and not line.startswith("#")]
    lines = record(
        folder, ["-serial", "stdio", "-bios", "u-boot.bin"], typed(commands), "=> poweroff", legacy, device
    )
    return lines, [kept[0].name]


def typed(commands):
    """What is typed at U-Boot's prompt: a key while it counts down, then a command at a time."""
    left = ["", *commands]
    seen = 0

    def talk(console):
        nonlocal seen
        asked = "stop autoboot" if len(left) > len(commands) else "=> "
        at = console.find(asked, seen)
        if at < 0 or not left:
            return None
        seen = at + len(asked)
        return left.pop(0) + "\n"

    return talk


def vectors(folder, kind):
    """What QEMU's device answers to all vectors of this kind."""
    device = kind == LEGACY, ",packed=on" if kind == RING else ""
    memory, zeros = Memory(folder / RAM), bytes(TOUCHED)
    memory.make_disk(folder / DISK, SECTORS)
    lines = [*head(folder, *device), "at-once"]
    qemu = Device(folder, *device)
    try:
        for name, kinds, steps in VECTORS:
            if kind not in kinds or (name, kind) in LEFT_OUT:
                continue
            memory.clear(zeros)
            watch = Watch(memory, True, kind == LEGACY)
            watch.say("v", name)
            run(Driver(qemu, memory, watch, kind), steps)
            lines += watch.lines
            qemu.reset()
    finally:
        qemu.close()
    return lines


RECORDINGS = {
    "linux-legacy": (linux, True, ""),
    "linux-modern": (linux, False, ""),
    "linux-modern-packed": (linux, False, ",packed=on"),
    "u-boot-legacy": (uboot, True, ""),
    "u-boot-modern": (uboot, False, ""),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(" See")[0])
    parser.add_argument("name", nargs="*", help=f"one of {', '.join(RECORDINGS)}; all if there is none")
    given = parser.parse_args()
    for name in given.name or RECORDINGS:
        if name not in RECORDINGS:
            parser.error(f"there is no {name}")
        make, legacy, device = RECORDINGS[name]
        folder = folder_of(name)
        try:
            lines, packages = make(folder, legacy, device)
        except (debian.NoLinux, Stopped, subprocess.SubprocessError) as why:
            sys.exit(f"record.py: {name}: {why}")
        head = [
            f"# Recorded by tests/qemu/replay/record.py {name}; see README.md.",
            f"# QEMU {version()[1]}",
            *(f"# {package.replace('%3a', ':')}" for package in packages),
        ]
        txtar.put(HERE / "recorded.txtar", f"{name}.txt", ("\n".join([*head, *lines]) + "\n").encode())
        print(f"{name}: {len(lines)} lines")


if __name__ == "__main__":
    main()
