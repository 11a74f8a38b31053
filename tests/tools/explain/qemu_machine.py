# SPDX-License-Identifier: MIT
"""A real QEMU whose processor never runs: accesses come over qtest, on its standard input, and QEMU's own -trace goes to a file."""

import shutil
import subprocess
import time
from pathlib import Path

import pci

from vwr.explain.book import Book
from folders import BUILD, ROOT  # noqa: F401 (for the tests that import this)

PROGRAM = "qemu-system-aarch64"
SECONDS = 60
TRACE = ["-trace", "memory_region_ops_*", "-trace", "virtio_queue_notify", "-trace", "virtio_notify"]
# Each notification is an access in the trace then; QEMU before 8.1 had no ioeventfd without KVM on this transport.
WITHOUT_LISTENING = ["-global", "virtio-mmio.ioeventfd=off"]
RAM = 0x40000000  # of QEMU's virt board
SLOT = 0x0A003E00  # its last slot, which the first -device gets
LETTER = {1: "b", 2: "w", 4: "l", 8: "q"}

BOOK = Book()


def have():
    """Whether there is a QEMU."""
    return shutil.which(PROGRAM) is not None


class Machine:
    """with Machine(folder, version) as machine: machine.write("Status", 1) …; then machine.trace()."""

    def __init__(self, folder, version, base=SLOT, disk="virtio-blk-device"):
        self.folder, self.base = Path(folder), base
        self.command = [
            "timeout",
            "-k",
            "5",
            str(SECONDS),
            PROGRAM,
            "-S",
            "-machine",
            "virt",
            "-m",
            "64M",
            "-accel",
            "tcg",
            "-display",
            "none",
            "-nodefaults",
            "-no-user-config",
            "-qtest",
            "stdio",
            "-qtest-log",
            "/dev/null",
            *TRACE,
            *WITHOUT_LISTENING,
        ]
        if version == "modern":
            self.command += ["-global", "virtio-mmio.force-legacy=false"]
        if disk:
            (self.folder / "disk.img").write_bytes(bytes(range(256)) * 4096)
            self.command += ["-drive", "if=none,id=d,format=raw,file=disk.img", "-device", f"{disk},drive=d"]

    def __enter__(self):
        with open(self.folder / "qemu.log", "wb") as log:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": log}
            self.process = subprocess.Popen(self.command, cwd=self.folder, text=True, bufsize=1, **pipes)
        return self

    def __exit__(self, *_):
        self.process.terminate()  # timeout hands it on
        self.process.wait()  # before its input ends, of which it would complain
        self.process.communicate()

    def trace(self):
        """What QEMU has printed."""
        return (self.folder / "qemu.log").read_text(encoding="utf-8")

    def ask(self, command):
        """One qtest command; the words behind OK."""
        self.process.stdin.write(command + "\n")
        while (answer := self.process.stdout.readline().split())[:1] == ["IRQ"]:
            pass
        assert answer[:1] == ["OK"], (command, answer)
        return answer[1:]

    def place(self, name):
        """Address of a register, or of a byte of the configuration: Config+8."""
        name, _, more = name.partition("+")
        return self.base + BOOK.offset(name) + int(more or "0")

    def read(self, name, width=4):
        """Reads a register."""
        return int(self.ask(f"read{LETTER[width]} 0x{self.place(name):x}")[0], 16)

    def write(self, name, value, width=4):
        """Writes one."""
        self.ask(f"write{LETTER[width]} 0x{self.place(name):x} 0x{value:x}")

    def play(self, rows):
        """Accesses in rows as in traces.py; what is read is what this QEMU answers."""
        for row in rows:
            verb, name, *value = row.split()
            if verb == "r":
                self.read(name)
            else:
                self.write(name, int(value[0], 0))

    def put(self, address, data):
        """Writes guest memory; no trace of it."""
        self.ask(f"write 0x{address:x} 0x{len(data):x} 0x{data.hex()}")

    def wait_used(self, address, index):
        """Until the used ring at that address has this idx."""
        end = time.monotonic() + SECONDS
        while self.used(address) != index:
            assert time.monotonic() < end, "the device did not use the buffer"

    def used(self, address):
        """idx of the used ring there."""
        return int.from_bytes(bytes.fromhex(self.ask(f"read 0x{address + 2:x} 0x2")[0][2:]), "little")


class PciMachine(Machine):
    """The disk on PCI, whose accesses are rows of pci.py; its I/O BAR is at pci.IO."""

    def __init__(self, folder, properties=""):
        super().__init__(folder, "modern", disk=f"virtio-blk-pci{properties}")
        self.command += ["-cpu", "cortex-a72"]

    def play(self, rows, legacy=False):
        """All rows; what is read is what this QEMU answers."""
        named = pci.LEGACY_REGISTERS["legacy_header"] if legacy else pci.REGISTERS
        for row in rows:
            region, verb, offset, value, width = pci.access(row, named)
            address = pci.start(region, ports=pci.IO_WINDOW + pci.IO) + offset
            self.ask(f"{verb}{LETTER[width]} 0x{address:x}" + (f" 0x{value:x}" if verb == "write" else ""))
