# SPDX-License-Identifier: MIT
"""Firmware as the driver of a disk and of a card, through vwr-monitor; its report is known (./vwr soak firmware)."""

import contextlib
import os
import random
import socket
import subprocess
import time
import zlib
from pathlib import Path

import pytest

import vhost_guests as guests

SECTOR = 512
COUNT, TO = 16, 64  # sectors that boot.S reads behind itself, and where it writes them
CONTENT = random.Random(43).randbytes(COUNT * SECTOR)
PATIENCE = 120  # seconds for a machine; the longest takes ten on an idle one
OVMF = Path("/usr/share/OVMF")
U_BOOT = "/usr/lib/u-boot/qemu_arm64/u-boot.bin"
PC = (
    "qemu-system-x86_64 -M q35 -m 256 -object memory-backend-memfd,id=ram,size=256M,share=on"
    " -numa node,memdev=ram -nodefaults -display none -no-reboot -serial file:said"
    " -device isa-debug-exit,iobase=0xf4"
).split()
ARM = (
    "qemu-system-aarch64 -M virt,memory-backend=ram -cpu cortex-a57 -m 128"
    " -object memory-backend-memfd,id=ram,size=128M,share=on -nodefaults -display none -no-reboot"
    " -chardev socket,id=line,path=line -serial chardev:line"
).split()
# Where QEMU leaves the choice, OVMF and U-Boot take the legacy interface.
MODERN, LEGACY = "disable-legacy=on", "disable-modern=on"
DISK = (
    "-chardev socket,id=disk,path=disk.seen"
    " -device vhost-user-blk-pci,chardev=disk,num-queues=1,bootindex=0,"
)
CARD = (
    "-chardev socket,id=card,path=card.seen -netdev vhost-user,id=card,chardev=card"
    " -device virtio-net-pci,netdev=card,vectors=0,mac=52:54:00:76:77:01,bootindex=0,"
)
# In a network of its own, with the tap of the switch: an address and a script for iPXE.
HOST = """
busybox ip addr add 10.1.0.9/24 dev vwr0 && busybox ip link set vwr0 up &&
busybox httpd -p 10.1.0.9:80 -h . && : >leases && exec busybox udhcpd -f udhcpd.conf
"""
DHCP = """start 10.1.0.20
end 10.1.0.40
interface vwr0
lease_file leases
pidfile udhcpd.pid
boot_file http://10.1.0.9/boot.bin
opt subnet 255.255.255.0
"""


def assemble(work, *symbols):
    """boot.S, 512 bytes."""
    words = [word for symbol in (f"COUNT={COUNT}", *symbols) for word in ("--defsym", symbol)]
    source = Path(__file__).with_name("boot.S")
    subprocess.run(["as", "--32", *words, "-o", work / "boot.o", source], check=True)
    link = "ld -m elf_i386 -Ttext 0x7c00 --oformat binary -o boot.bin boot.o"
    subprocess.run(link.split(), cwd=work, check=True)
    return (work / "boot.bin").read_bytes()


def with_interface(words, interface):
    """The words of a device, with this interface alone."""
    return (words + interface).split()


def run(work, command):
    """A machine, to its end; boot.S ends QEMU with an odd code."""
    limit = ["timeout", "-k", "5", str(PATIENCE)]
    with open(work / "log", "ab") as log:
        return subprocess.run(
            [*limit, *command], cwd=work, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        ).returncode


@contextlib.contextmanager
def disk(work):
    """A disk of ours, of the file `image`, behind a monitor."""
    command = [guests.program(), "blk", "--socket", "disk", "--file", "image"]
    with guests.Server(command, work / "disk", log=work / "log", cwd=work):
        with guests.Monitor(work, "disk") as monitor:
            yield monitor


def check(monitor, buffers):
    """At least so many buffers were judged, and nothing is found."""
    report = monitor.report()
    assert report["findings"] == [] and report["lost"] == 0, report
    assert report["buffers"] - report["not_judged"] >= buffers, report


def wait_for_log(work, text):
    """Until the back end has said this."""
    end = time.monotonic() + PATIENCE
    while text not in (work / "log").read_text(errors="replace"):
        assert time.monotonic() < end, text
        time.sleep(0.01)


@pytest.mark.parametrize("interface", [MODERN, LEGACY], ids=("modern", "legacy"))
def test_seabios(work, interface):
    """It boots from the disk, reads for the boot sector, and writes. Its legacy driver does not accept VERSION_1."""
    image = assemble(work, f"TO={TO}") + CONTENT
    (work / "image").write_bytes(image.ljust(1 << 20, b"\0"))
    with disk(work) as monitor:
        done = run(work, [*PC, *with_interface(DISK, interface)])
        assert done & 1, (work / "log").read_text(errors="replace")
        check(monitor, 3)
        if interface == LEGACY:
            wait_for_log(work, "tolerated NO_VERSION_1 (start-ups: 1)")
    assert (work / "said").read_bytes() == CONTENT
    assert (work / "image").read_bytes()[TO * SECTOR :][: len(CONTENT)] == CONTENT


def test_ovmf(work):
    """Its shell copies a file of the disk's FAT."""
    content = random.Random(44).randbytes(100001)
    (work / "content").write_bytes(content)
    (work / "startup.nsh").write_bytes(b"fs0:\r\ncp content copy\r\nreset -s\r\n")
    (work / "vars").write_bytes((OVMF / "OVMF_VARS_4M.fd").read_bytes())
    (work / "image").touch()
    os.truncate(work / "image", 34 << 20)
    for words in ("mkfs.vfat -F 32 image", "mcopy -i image content startup.nsh ::"):
        subprocess.run(words.split(), cwd=work, check=True, stdout=subprocess.DEVNULL)
    flash = f"if=pflash,format=raw,readonly=on,file={OVMF}/OVMF_CODE_4M.fd"
    flash = f"-drive {flash} -drive if=pflash,format=raw,file=vars".split()
    with disk(work) as monitor:
        run(work, [*PC, *flash, *with_interface(DISK, MODERN)])
        check(monitor, 100)
    copy = subprocess.run(
        "mtype -i image ::copy".split(), cwd=work, stdout=subprocess.PIPE, check=False
    ).stdout
    assert copy == content, (work / "said").read_text(errors="replace")


class Line:
    """The serial line of a machine, which QEMU connects to."""

    def __init__(self, work):
        self.listener = socket.socket(socket.AF_UNIX)
        with guests.short(work) as folder:
            self.listener.bind(f"{folder}/line")
        self.listener.listen(1)
        self.listener.settimeout(PATIENCE)
        self.end = None
        self.said = b""

    def expect(self, text):
        """What the machine says until it has said this."""
        if self.end is None:
            self.end, _ = self.listener.accept()
            self.end.settimeout(PATIENCE)
        before = len(self.said)
        while text not in self.said[before:]:
            more = self.end.recv(4096)
            assert more, self.said
            self.said += more
        return self.said[before:]

    def ask(self, command):
        """The answer to a command, to the next prompt."""
        self.end.sendall(command + b"\n")
        return self.expect(b"\r\n=> ")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
        if self.end is not None:
            self.end.close()


def test_u_boot(work):
    """Its commands read and write the disk."""
    (work / "image").write_bytes(bytes(SECTOR) + CONTENT + bytes(1 << 20))
    with disk(work) as monitor, Line(work) as line:
        limit = ["timeout", "-k", "5", str(PATIENCE)]
        with subprocess.Popen(
            [*limit, *ARM, "-bios", U_BOOT, *with_interface(DISK, MODERN)], cwd=work, stdin=subprocess.DEVNULL
        ) as machine:
            try:
                line.expect(b"stop autoboot")
                line.ask(b"")
                line.ask(b"virtio scan")
                assert b"16 blocks read: OK" in line.ask(b"virtio read 42000000 1 10")
                assert b"%08x" % zlib.crc32(CONTENT) in line.ask(b"crc32 42000000 2000")
                assert b"16 blocks written: OK" in line.ask(b"virtio write 42000000 40 10")
                line.end.sendall(b"poweroff\n")
                machine.wait(PATIENCE)
            finally:
                machine.kill()
        check(monitor, 2)
    assert (work / "image").read_bytes()[TO * SECTOR :][: len(CONTENT)] == CONTENT


def wait_for_tap(process):
    """Until the back end has its tap, in the network of its own."""
    end = time.monotonic() + PATIENCE
    look = ["nsenter", "-t", str(process.pid), "--net", "busybox", "ip", "link", "show", "vwr0"]
    while subprocess.run(look, capture_output=True, check=False).returncode != 0:
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize(
    "interface, more", [(MODERN, ()), (LEGACY, ("--tolerate", "qemu"))], ids=("modern", "legacy")
)
def test_ipxe(work, interface, more):
    """
    An address by DHCP and a program by HTTP, from the host behind the tap of the switch. The legacy driver has headers of
    10 bytes, which only the switch serves.
    """
    why = guests.no_tap()
    if why is not None:
        pytest.skip(why)
    (work / "boot.bin").write_bytes(assemble(work) + CONTENT)
    (work / "udhcpd.conf").write_text(DHCP)
    command = ["unshare", "--net", guests.program(), "net", "--socket", "card", "--tap", "vwr0", *more]
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(guests.Server(command, work / "card", log=work / "log", cwd=work))
        wait_for_tap(server.process)
        inside = ["nsenter", "-t", str(server.process.pid), "--net", "sh", "-c", HOST]
        host = stack.enter_context(
            subprocess.Popen(inside, cwd=work, stdin=subprocess.DEVNULL, start_new_session=True)
        )
        stack.callback(os.killpg, host.pid, 9)
        monitor = stack.enter_context(guests.Monitor(work, "card"))
        assert run(work, [*PC, *with_interface(CARD, interface)]) & 1, (work / "log").read_text(
            errors="replace"
        )
        check(monitor, 10)
    assert (work / "said").read_bytes() == CONTENT
