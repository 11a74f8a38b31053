#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""./vwr demo --all: each board with a disk on each of its buses, polled and by interrupt; each boot is checked from outside."""

import argparse
import concurrent.futures
import os
import random
import re
import shutil
import subprocess
import sys
import zlib
from typing import NamedTuple

import host
from steps import Failed, build, build_folder, run, say

SECTOR = 512
REQUEST = 8 * SECTOR  # disk.c
TIMEOUT = 60  # seconds, of one boot
ATTACHED = ["blk", "rng"]
WAITS = ("polled", "interrupt")


class Bus(NamedTuple):
    """A column of the table."""

    name: str
    kind: str  # as the guest says it
    version: str
    device: str  # as the names of QEMU's devices end
    options: str  # of each device
    machine: tuple[str, ...] = ()
    append: str = ""  # to the command line
    by: str = ""  # how interrupts come; "": as the board's


BUSES = (
    Bus("MMIO legacy", "mmio", "legacy", "device", "", ("-global", "virtio-mmio.force-legacy=true")),
    Bus("MMIO modern", "mmio", "modern", "device", "", ("-global", "virtio-mmio.force-legacy=false")),
    Bus("PCI modern", "pci", "modern", "pci", ",disable-legacy=on,disable-modern=off"),
    Bus("PCI transitional as legacy", "pci", "legacy", "pci", ",disable-legacy=off,disable-modern=on"),
)
CHANNEL = (  # of a board whose devices are subchannels
    Bus("CCW revision 0", "ccw", "legacy", "ccw", ",max_revision=0", by="classic"),
    Bus("CCW revision 1", "ccw", "modern", "ccw", ",max_revision=1", by="classic"),
    Bus("CCW revision 2", "ccw", "modern", "ccw", "", by="classic"),
    Bus("CCW, adapter interrupts", "ccw", "modern", "ccw", "", append=" adapter", by="adapter"),
)


class Lack(NamedTuple):
    """What a board has not: the reason, and the command whose words prove it."""

    reason: str
    machine: tuple[str, ...]
    words: str
    asks: str = (
        ""  # of QEMU's monitor, which says `words` then, but not `without`; otherwise QEMU does not start
    )
    without: str = ""


class Board(NamedTuple):
    """A row of the table."""

    name: str
    image: str
    machine: tuple[str, ...]  # QEMU and its board
    pci: str = "messages"  # how interrupts of PCI come; of virtio-mmio: lines
    code: tuple[int, int] = (0, 0)  # QEMU's exit code where all is well, and where the program says it is not
    lacks: dict[str, Lack] = {}  # by the column's kind, or name
    also: dict[str, tuple[str, ...]] = {}  # options of the machine, by the column's name or kind
    buses: tuple[Bus, ...] = BUSES


NO_MMIO = Lack(
    "it has no virtio-mmio", ("-device", "virtio-blk-device"), "No 'virtio-bus' bus found for device"
)
NO_IO = Lack(
    "its PCI host forwards memory but no I/O to the bus",
    ("-machine", "pcie=on"),
    "gpex_mmio_window",
    "info mtree -f",
    "gpex_ioport_window",
)
ARM = ("qemu-system-aarch64", "-cpu", "cortex-a53", "-M")
RISCV = ("qemu-system-riscv64", "-bios", "none", "-M")
OPENSBI = ("qemu-system-riscv64", "-bios", "default", "-M")  # the firmware comes with QEMU
RISCV32 = ("qemu-system-riscv32", "-bios", "none", "-M")
X86 = ("qemu-system-x86_64", "-device", "isa-debug-exit", "-M")
I386 = ("qemu-system-i386", "-device", "isa-debug-exit", "-M")

BOARDS = (
    Board("aarch64 GICv2m", "aarch64", (*ARM, "virt,gic-version=2")),
    Board("aarch64 ITS", "aarch64", (*ARM, "virt,gic-version=3")),
    Board("armv7", "armv7", ("qemu-system-arm", "-cpu", "cortex-a15", "-M", "virt,highmem=off")),
    Board("riscv64 PLIC", "riscv64", (*RISCV, "virt"), pci="lines"),
    Board("riscv64 IMSIC", "riscv64", (*RISCV, "virt,aia=aplic-imsic")),
    Board("riscv64 OpenSBI", "riscv64_sbi", (*OPENSBI, "virt"), pci="lines"),
    Board("riscv32", "riscv32", (*RISCV32, "virt"), pci="lines"),
    Board("x86-64 q35", "x86_64", (*X86, "q35"), code=(1, 3), lacks={"mmio": NO_MMIO}),
    # Without ACPI QEMU puts virtio_mmio.device= onto the command line; PCI it has with ACPI alone. With ACPI
    # virtio-mmio is in the device tree, with interrupts of the second I/O APIC.
    Board(
        "x86-64 microvm",
        "x86_64",
        (*X86, "microvm"),
        code=(1, 3),
        lacks={"PCI transitional as legacy": NO_IO},
        also={"MMIO legacy": ("-machine", "acpi=off"), "pci": ("-machine", "pcie=on")},
    ),
    Board("i386 pc", "i386", (*I386, "pc"), code=(1, 3), lacks={"mmio": NO_MMIO}),
    Board("s390x", "s390x", ("qemu-system-s390x", "-M", "s390-ccw-virtio"), buses=CHANNEL),
)


def folder():
    return build_folder() / "examples" / "boards"


class Cell:
    """One boot of a board."""

    def __init__(self, board, bus, waits, runs="run"):
        self.board, self.bus, self.waits = board, bus, waits
        name = "-".join(re.findall("[a-z0-9]+", f"{board.name} {bus.name} {waits}".lower()))
        self.folder = folder() / runs / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.before = random.randbytes(random.randrange(64, 128) * REQUEST)
        self.disk = self.folder / "disk.img"
        self.disk.write_bytes(self.before)
        self.lines = []

    def lack(self):
        return self.board.lacks.get(self.bus.kind) or self.board.lacks.get(self.bus.name)

    def fail(self, what):
        raise Failed(
            f"{self.board.name}, {self.bus.name}, {self.waits}: {what}",
            f"cat '{self.folder / 'console.txt'}'   (what the guest and QEMU said)",
        )

    def command(self):
        words = [
            *self.board.machine,
            *self.board.also.get(self.bus.name, self.board.also.get(self.bus.kind, ())),
            "-m",
            "128M",
            "-nodefaults",
            "-display",
            "none",
            "-monitor",
            "none",
            "-no-reboot",
            "-serial",
            "stdio",
            "-kernel",
            str(folder() / f"{self.board.image}.elf"),
            "-append",
            self.waits + self.bus.append,
            *self.bus.machine,
            "-blockdev",
            "raw,node-name=disk,file.driver=file,file.filename=disk.img",
        ]
        for device in ("virtio-blk-{},drive=disk", "virtio-rng-{}"):
            words += ["-device", device.format(self.bus.device) + self.bus.options]
        return words

    def prove(self, lack):
        """That the board has it not."""
        command = " ".join([*self.board.machine, "-nodefaults", "-display", "none", *lack.machine])
        if lack.asks:
            command = f"printf '{lack.asks}\\nquit\\n' | {command} -monitor stdio"
        done = subprocess.run(
            ["timeout", "-k", "5", str(TIMEOUT), "sh", "-c", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        answer = done.stdout if lack.asks else done.stderr
        what = f"{lack.words}, and nothing of {lack.without}" if lack.without else lack.words
        if (
            (done.returncode == 0) != bool(lack.asks)
            or lack.words not in answer
            or (lack.without and lack.without in answer)
        ):
            self.fail(f"the board is listed as lacking it, but `{command}` does not print: {what}")
        return f"{lack.reason}: `{command}` says: {what}"

    def boot(self):
        """QEMU until it ends."""
        if not (folder() / f"{self.board.image}.elf").exists():
            self.fail(f"there is no image {self.board.image}.elf: its cross compiler is missing")
        self.code, self.lines = host.run(self.folder, self.command(), TIMEOUT)

    def said(self, pattern):
        return [match.groups() for line in self.lines if (match := re.fullmatch(pattern, line))]

    def check(self):
        """What the guest has said, beside what is known here; the content of the disk."""
        last = self.lines[-1] if self.lines else ""
        if last != "board: OK":
            self.fail(f"the last line of the guest is not OK: {last}")
        if self.code != self.board.code[0]:
            self.fail(f"QEMU exited with {self.code}, not {self.board.code[0]}")
        self.check_found()
        self.check_content()
        return self.check_interrupts()

    def check_found(self):
        found = self.said(r"device: (\w+) [0-9a-f:.]+ (\w+), (\w+)(?:, (?:vectors|revision) \d+)?")
        if sorted(found) != sorted((self.bus.kind, name, self.bus.version) for name in ATTACHED):
            self.fail(f"the guest found other devices than those on QEMU's command line: {found}")
        if self.said(r"waits: (\w+)") != [(self.waits,)]:
            self.fail("the command line of the guest differs from that given to QEMU")

    def check_content(self):
        crc, requests = zlib.crc32(self.before), len(self.before) // REQUEST
        read = self.said(r"read: crc32 ([0-9a-f]+) by (\d+) requests, maximum in flight (\d+)")
        if [words[:2] for words in read] != [(f"{crc:08x}", str(requests))] or int(read[0][2]) < 2:
            self.fail(
                f"the guest did not read {requests} times {REQUEST} bytes with the CRC-32 {crc:08x}, several in flight: {read}"
            )
        block = (crc.to_bytes(4, "little") + requests.to_bytes(4, "little")) * (SECTOR // 8)
        if self.disk.read_bytes() != self.before[:-SECTOR] + block:
            self.fail("the disk does not contain exactly the expected data")

    def check_interrupts(self):
        counted = self.said(r"interrupts: (\d+) by (\w+)")
        by = self.bus.by or ("lines" if self.bus.kind == "mmio" else self.board.pci)
        by = "none" if self.waits == "polled" else by
        if [kind for _, kind in counted] != [by]:
            self.fail(f"expected interrupts by {by}: {counted}")
        count = int(counted[0][0])
        if (count > 0) != (self.waits == "interrupt"):
            self.fail(f"{count} interrupts were counted")
        return f"OK {count} {by}" if count else "OK"

    def run(self):
        """What the table shows; a failure is an exception."""
        lack = self.lack()
        if lack:
            return "-", self.prove(lack)
        self.boot()
        return self.check(), None


def cells(boards=BOARDS, runs="run"):
    return [Cell(board, bus, waits, runs) for board in boards for bus in board.buses for waits in WAITS]


def show(results, boards):
    """Boards with the same buses in one table, a line each: all buses are too wide for a terminal."""
    width = max(len(board.name) for board in boards)
    for buses in dict.fromkeys(board.buses for board in boards):
        print(f"{'board':{width}}  " + "  ".join(f"{bus.name:<28}" for bus in buses))
        print(f"{'':{width}}  " + "  ".join(f"{waits:<13}" for _ in buses for waits in WAITS))
        for board in boards:
            if board.buses == buses:
                row = [results[board.name, bus.name, waits] for bus in buses for waits in WAITS]
                print(f"{board.name:{width}}  " + "  ".join(f"{cell:<13}" for cell in row))


def demo(words):
    chosen = [board for board in BOARDS if not words or board.name in words]
    wrong = [word for word in words if word not in [board.name for board in BOARDS]]
    if wrong:
        raise Failed(
            f"there is no board '{wrong[0]}'; there are: {', '.join(board.name for board in BOARDS)}",
            "./vwr demo --all",
        )
    build("vwr_boards")
    all_cells = cells(chosen)
    results, reasons, failures = {}, {}, []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(cell.run): cell for cell in all_cells}
        for done in concurrent.futures.as_completed(running):
            cell = running[done]
            try:
                result, reason = done.result()
            except Failed as failure:
                result, reason = "FAILED", None
                failures.append(failure)
                say(f"FAILED: {failure}")
            results[cell.board.name, cell.bus.name, cell.waits] = result
            if reason:
                reasons[cell.board.name, cell.bus.name] = reason
    show(results, chosen)
    for (board, bus), reason in sorted(reasons.items()):
        print(f"- {board}, {bus}: {reason}")
    if failures:
        raise failures[0]
    say(f"{sum(result.startswith('OK') for result in results.values())} cells")
    say("OK")


def main():
    parser = argparse.ArgumentParser(
        prog="vwr demo --all", description="All boards, all their buses, polled and by interrupt."
    )
    parser.add_argument(
        "board", nargs="*", metavar="BOARD", help=f"of: {', '.join(board.name for board in BOARDS)}"
    )
    return run(lambda: demo(parser.parse_args().board))


if __name__ == "__main__":
    sys.exit(main())
