# SPDX-License-Identifier: MIT
"""
QEMU's PC with a vhost-user disk, and memory modules that are plugged and unplugged. Its processor halts at its first
instructions. The test acts as the guest over qtest, with drivers for the disk and for ACPI memory hotplug.
"""

import contextlib
import json
import os
import re
import socket
import struct
import subprocess
import time

import good
from front import PATIENCE, Hang

PROGRAM = "qemu-system-x86_64"
SECONDS = 60  # of QEMU
MIB = 1 << 20
MODULE = 128 * MIB  # bytes of a memory module
FIRST = 1 << 32  # address of the first module
SLOT = 5  # of the disk on the PCI bus
BAR, BAR_AT = 4, 0xE0000000
ADDRESS_PORT, DATA_PORT = 0xCF8, 0xCFC
HOTPLUG_PORT, EJECT = 0xA00, 8  # docs/specs/acpi_mem_hotplug.rst of QEMU
SIZE = 64
DESC, AVAIL, USED, DATA = 0x100000, 0x101000, 0x102000, 0x103000
MARK = b"the module that is looked for"
FIRMWARE = 64 << 10
HALT = b"\xfa\xf4\xeb\xfd"  # cli; hlt; jmp to the hlt: at the first instruction of a processor, 16 bytes before the end


class Channel:
    """A line-based socket to QEMU."""

    def __init__(self, path):
        end = time.monotonic() + PATIENCE
        self.socket = socket.socket(socket.AF_UNIX)
        while self.socket.connect_ex(str(path)) != 0:
            if time.monotonic() > end:
                raise Hang(f"QEMU does not listen at {path}")
            time.sleep(0.01)
        self.socket.settimeout(PATIENCE)
        self.file = self.socket.makefile("rw", encoding="utf-8")

    def ask(self, line, ends):
        self.file.write(line + "\n")
        self.file.flush()
        while not ends(answer := self.file.readline()):
            assert answer, "QEMU has ended"
        return answer


class Pc:
    """with Pc(folder, place of the back end, addresses of the modules, their slots) as pc."""

    def __init__(self, folder, place, modules, slots):
        self.folder = folder
        self.used = 0
        self.command = [
            *("timeout", "-k", "5", str(SECONDS), PROGRAM, "-bios", "halt", "-nodefaults", "-no-user-config"),
            *("-display", "none", "-machine", "q35,memory-backend=ram", "-accel", "tcg"),
            *("-m", f"{MODULE // MIB}M,slots=8,maxmem=8G"),
            *("-object", f"memory-backend-memfd,id=ram,size={MODULE},share=on"),
            *("-qtest", "unix:qtest,server=on,wait=off", "-qtest-log", "/dev/null"),
            *("-qmp", "unix:qmp,server=on,wait=off", "-chardev", f"socket,id=disk,path={place}"),
        ]
        for slot, at in zip(slots, modules):
            self.command += ["-object", f"memory-backend-memfd,id=of{slot},size={MODULE},share=on"]
            self.command += ["-device", f"pc-dimm,id=dimm{slot},memdev=of{slot},addr={at},slot={slot}"]
        self.command += ["-device", f"vhost-user-blk-pci,chardev=disk,disable-legacy=on,addr={SLOT}"]

    def __enter__(self):
        (self.folder / "halt").write_bytes(
            HALT.rjust(FIRMWARE - 16 + len(HALT), b"\0").ljust(FIRMWARE, b"\0")
        )
        with contextlib.ExitStack() as begun:
            with open(self.folder / "qemu.log", "wb") as log:
                self.process = begun.enter_context(
                    subprocess.Popen(self.command, cwd=self.folder, stderr=log, stdin=subprocess.DEVNULL)
                )
            begun.callback(self.process.terminate)
            here = os.open(self.folder, os.O_PATH)
            begun.callback(os.close, here)
            self.qtest = Channel(f"/proc/self/fd/{here}/qtest")
            self.qmp = Channel(f"/proc/self/fd/{here}/qmp")
            self.qmp.file.readline()
            self.tell("qmp_capabilities")
            self.begun = begun.pop_all()
        return self

    def __exit__(self, *_):
        self.begun.close()

    # ---- QEMU ----

    def ask(self, line):
        answer = self.qtest.ask(line, lambda answer: not answer.startswith("IRQ")).split()
        assert answer[:1] == ["OK"], (line, answer)
        return answer[1:]

    def tell(self, command, **arguments):
        line = json.dumps({"execute": command, "arguments": arguments})
        answer = json.loads(self.qmp.ask(line, lambda answer: re.match('{"(return|error)"', answer)))
        assert "return" in answer, (line, answer)

    def read(self, at, count):
        return bytes.fromhex(self.ask(f"read {at:#x} {count:#x}")[0][2:])

    def write(self, at, data):
        self.ask(f"write {at:#x} {len(data):#x} 0x{data.hex()}")

    def files(self):
        """The set of QEMU's file descriptors that are memfds."""
        folder = f"/proc/{self.qemu()}/fd"
        names = {name: os.readlink(f"{folder}/{name}") for name in os.listdir(folder)}
        return {int(name) for name, target in names.items() if "memfd:memory-backend" in target}

    def qemu(self):
        """The process ID of QEMU, the child of timeout(1)."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as file:
            return int(file.read())

    def open(self, file):
        """A file descriptor of QEMU, in this process."""
        return os.open(f"/proc/{self.qemu()}/fd/{file}", os.O_RDWR)

    # ---- modules ----

    def file_at(self, at):
        """The file of the module that is plugged there, in this process."""
        self.write(at, MARK)
        for file in map(self.open, self.files()):
            if os.pread(file, len(MARK), 0) == MARK:
                self.write(at, bytes(len(MARK)))
                return file
            os.close(file)
        raise AssertionError(f"no file of QEMU is the module at {at:#x}")

    def eject(self, slot):
        self.ask(f"outl {HOTPLUG_PORT:#x} {slot}")
        self.ask(f"outb {HOTPLUG_PORT + 0x14:#x} {EJECT}")

    def plug(self, name, slot, at):
        """Plugs a module with new memory. Returns its file descriptor in this process."""
        before = self.files()
        self.tell(
            "object-add",
            **{"qom-type": "memory-backend-memfd", "id": f"of{name}", "size": MODULE, "share": True},
        )
        (new,) = self.files() - before
        self.tell("device_add", driver="pc-dimm", id=f"dimm{name}", memdev=f"of{name}", addr=at, slot=slot)
        return self.open(new)

    # ---- the disk ----

    def config(self, offset, value=None):
        """Reads or writes 4 bytes of the disk's configuration space."""
        self.ask(f"outl {ADDRESS_PORT:#x} {1 << 31 | SLOT << 11 | offset:#x}")
        if value is None:
            return int(self.ask(f"inl {DATA_PORT:#x}")[0], 16)
        return self.ask(f"outl {DATA_PORT:#x} {value:#x}")

    def structures(self):
        """{type: (offset in the BAR, multiplier of a notification)}"""
        found, at = {}, self.config(0x34) & 0xFC
        while at:
            head = self.config(at)
            if head & 0xFF == 9 and self.config(at + 4) & 0xFF == BAR:
                found[head >> 24] = (self.config(at + 8), self.config(at + 16))
            at = head >> 8 & 0xFC
        return found

    def start(self):
        """Initialises the disk, from reset to DRIVER_OK, with VERSION_1 only."""
        self.config(0x10 + 4 * BAR, BAR_AT)
        self.config(0x14 + 4 * BAR, 0)
        self.config(4, 6)
        places = self.structures()
        common = BAR_AT + places[1][0]
        for status in (0, 1, 3):
            self.ask(f"writeb {common + 20:#x} {status}")
        for word in (0, 1):
            self.ask(f"writel {common + 8:#x} {word}")
            self.ask(f"writel {common + 12:#x} {word}")
        self.ask(f"writeb {common + 20:#x} 11")
        self.ask(f"writew {common + 22:#x} 0")
        self.ask(f"writew {common + 24:#x} {SIZE}")
        for offset, at in ((32, DESC), (40, AVAIL), (48, USED)):
            self.ask(f"writeq {common + offset:#x} {at:#x}")
        self.ask(f"writew {common + 28:#x} 1")
        self.ask(f"writeb {common + 20:#x} 15")
        self.kick = BAR_AT + places[2][0]

    def submit(self, sector, at):
        """Submits a read of a sector to this address."""
        head = 3 * (self.used % (SIZE // 3))
        place = DATA + 32 * head
        rows = ((place, 16, 1, head + 1), (at, good.SECTOR, 3, head + 2), (place + 16, 1, 2, 0))
        self.write(place, struct.pack("=IIQB", 0, 0, sector, 0xFF))
        self.write(DESC + 16 * head, b"".join(struct.pack("=QIHH", *row) for row in rows))
        self.write(AVAIL + 4 + 2 * (self.used % SIZE), struct.pack("=H", head))
        self.used += 1
        self.write(AVAIL + 2, struct.pack("=H", self.used))
        self.ask(f"writew {self.kick:#x} 0")

    def is_done(self):
        return struct.unpack("=H", self.read(USED + 2, 2))[0] == self.used

    def fill(self, sector, at):
        """Reads a sector to this address."""
        self.submit(sector, at)
        end = time.monotonic() + PATIENCE
        while not self.is_done():
            if time.monotonic() > end:
                raise Hang("no answer")
        assert self.read(at, good.SECTOR) == good.sector(sector)
