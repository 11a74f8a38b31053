#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""./vwr demo devices [KIND...]: a bare-metal image with all devices on the bus; each is checked from the host."""

import argparse
import itertools
import os
import re
import shutil
import socket
import sys
import time
import zlib
from typing import NamedTuple

import pcap
import qmp
from picture import HEIGHT, WIDTH, Picture
from session import Session
from steps import Failed, build, build_folder, run, say

MACHINE = "virt,gic-version=2"
MEMORY = 128 << 20
PAGE = 4096
POOL = 64  # pages that the guest has for its balloon, balloon.c
TOTAL = 0x123456789000  # what it says of its memory
SCREEN = "screen0"  # QEMU's name of the gpu
PORTS = ("org.virtwright.console", "org.virtwright.echo")
EARLY = b"Early, without a queue.\n"
GREETING = b"Hello from bare metal. Each line is echoed; sleep and bye are commands.\n"
SLOTS = {
    "blk": "disk",
    "gpu": "screen",
    "net": "net",
    "rng": "random",
    "console": "ports",
    "input": "input",
    "scsi": "unit",
    "9p": "folder",
    "crypto": "cipher",
    "balloon": "balloon",
}
ATTACHED = sorted(
    ["blk", "gpu", "net", "rng", "console", "input", "input", "input", "scsi", "9p", "crypto"] + ["balloon"]
)
WOKEN = {"ports", "input"}  # what comes there comes while the guest sleeps; others may be faster than it
PINGS = 3
NIST = "7649abac8119b246cee98e9b12e9197d"  # SP 800-38A, F.2.1: the ciphertext
FILE_BYTES = (1 << 20) + 77
TIMEOUT = 60  # seconds, of one run
PATIENCE = 30  # of a line


class Kind(NamedTuple):
    legacy: bool
    options: str  # of each device
    opened: str  # what the guest says of each
    bus: str = "device"  # as the names of QEMU's devices end: on virtio-mmio; "pci", "ccw"
    append: str = ""


KINDS = {
    "packed": Kind(False, ",packed=on", "modern, packed, event_idx"),
    "split": Kind(False, "", "modern, split, event_idx"),
    "legacy": Kind(True, "", "legacy, split, event_idx"),
    "split-plain": Kind(False, ",event_idx=off,indirect_desc=off", "modern, split"),
    "packed-plain": Kind(False, ",packed=on,event_idx=off,indirect_desc=off", "modern, packed"),
    "pci": Kind(False, "", "modern, split, event_idx", "pci"),
    "pci-packed": Kind(False, ",packed=on", "modern, packed, event_idx", "pci"),
    "ccw": Kind(False, "", "modern, split, event_idx", "ccw"),
    "ccw-packed": Kind(False, ",packed=on", "modern, packed, event_idx", "ccw", "adapter"),
    "legacy-plain": Kind(True, ",event_idx=off,indirect_desc=off", "legacy, split"),
}
DEFAULT = ("packed", "split", "legacy")


def board(kind, machine):
    """QEMU and its machine."""
    if KINDS[kind].bus == "ccw":
        return ["qemu-system-s390x", "-machine", "s390-ccw-virtio", "-append", KINDS[kind].append]
    legacy = "true" if KINDS[kind].legacy else "false"
    modern = ["-global", f"virtio-mmio.force-legacy={legacy}"]
    return ["qemu-system-aarch64", "-machine", machine, "-cpu", "cortex-a53", *modern]


def image_of(kind):
    return "vwr_devices_s390x" if KINDS[kind].bus == "ccw" else "vwr_devices"


def command(kind, elf, sockets, machine):
    """QEMU with all devices; its files are in the folder that it runs in."""
    more, bus = KINDS[kind].options, KINDS[kind].bus
    words = [
        *board(kind, machine),
        "-m",
        f"{MEMORY >> 20}M",
        "-nodefaults",
        "-display",
        "none",
        "-monitor",
        "none",
        "-no-reboot",
        "-serial",
        "stdio",
        "-kernel",
        str(elf),
        "-trace",
        "virtio_gpu_update_cursor",
        "-D",
        "trace.txt",
    ]
    for name, end in sockets.items():
        words += ["-chardev", f"socket,id={name},fd={end.fileno()}"]
    words += [
        "-mon",
        "chardev=qmp,mode=control",
        "-blockdev",
        "raw,node-name=disk,file.driver=file,file.filename=disk.img,read-only=on",
        "-blockdev",
        "raw,node-name=unit,file.driver=file,file.filename=unit.img,read-only=on",
        "-fsdev",
        "local,id=folder,path=tftp,security_model=none,readonly=on",
        "-object",
        "cryptodev-backend-builtin,id=cipher",
        "-object",
        "rng-random,id=random,filename=random.bin",
        "-netdev",
        "user,id=net,restrict=on,tftp=tftp",
        "-object",
        "filter-dump,id=dump,netdev=net,file=net.pcap",
    ]
    for device in (
        "virtio-blk-device,drive=disk",
        "virtio-net-device,netdev=net",
        f"virtio-gpu-device,id={SCREEN}",
        "virtio-keyboard-device",
        "virtio-mouse-device",
        "virtio-tablet-device",
        "virtio-rng-device,rng=random",
        "virtio-scsi-device",
        "virtio-9p-device,fsdev=folder,mount_tag=folder",
        "virtio-crypto-device,cryptodev=cipher",
        "virtio-balloon-device,id=balloon",
        f"virtio-serial-device,max_ports={len(PORTS)}",
    ):
        words += ["-device", device.replace("-device", f"-{bus}", 1) + more]
    if bus == "pci":
        words += ["-global", "virtio-net-pci.romfile="]  # its file is in a package of its own
    return [
        *words,
        "-device",
        "scsi-hd,drive=unit",
        "-device",
        f"virtconsole,chardev=port0,nr=0,name={PORTS[0]}",
        "-device",
        f"virtserialport,chardev=port1,nr=1,name={PORTS[1]}",
    ]


class Demo:
    """One run of the image: each method a check, a line of output each."""

    def __init__(self, kind, image=None, machine=MACHINE):
        image = image or image_of(kind)
        home = build_folder() / "examples" / "devices"
        self.kind, self.folder = kind, home / "run" / kind
        self.shown = self.since = self.frames = 0  # lines, and frames of the pcap
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.sector = f"Hello from the host, {os.urandom(8).hex()}.\n".encode().ljust(512, b".")
        (self.folder / "disk.img").write_bytes(self.sector + bytes(1 << 20))
        self.line = f"Hello from a SCSI unit, {os.urandom(8).hex()}."
        (self.folder / "unit.img").write_bytes(f"{self.line}\n".encode().ljust(1 << 20, b"."))
        (self.folder / "random.bin").write_bytes(os.urandom(1 << 16))
        (self.folder / "tftp").mkdir()
        self.file = os.urandom(FILE_BYTES)
        (self.folder / "tftp" / "file.bin").write_bytes(self.file)
        self.ours, theirs = {}, {}
        for name in ("qmp", "port0", "port1"):
            self.ours[name], theirs[name] = socket.socketpair()
            self.ours[name].settimeout(PATIENCE)
        files = [end.fileno() for end in theirs.values()]
        self.session = Session(
            self.folder, command(kind, home / f"{image}.elf", theirs, machine), TIMEOUT, PATIENCE, files
        )
        for end in theirs.values():
            end.close()

    def fail(self, what):
        raise Failed(
            f"{self.kind}: {what}", f"cat '{self.folder / 'console.txt'}'   (what the guest and QEMU said)"
        )

    def check(self, good, what):
        if not good:
            self.fail(f"check failed: {what}")
        say(f"{self.kind}: {what}")

    def show(self):
        """What the guest has said since."""
        lines = self.session.lines
        for line in itertools.islice(lines, self.shown, self.session.at):
            print(f"  | {line}", flush=True)
        self.shown = max(self.shown, self.session.at)

    def expect(self, pattern):
        try:
            return self.session.expect(pattern)
        except AssertionError:
            self.session.at = len(self.session.lines)
            return self.fail(f"the guest did not print {pattern!r}")
        finally:
            self.show()

    def said(self, pattern):
        """All that the guest has said of a kind since it began, or was asleep."""
        lines = itertools.islice(self.session.lines, self.since, None)
        return [match.groups() for line in lines if (match := re.fullmatch(pattern, line))]

    # ---- the checks ----

    def slots(self):
        self.expect("^ready: ")
        found = [name for name, in self.said(r"slot: [0-9a-f]{8} (\w+) v.*")]
        found += [name for name, in self.said(r"function: [0-9a-f]{8} (\w+)")]
        found += [name for name, in self.said(r"subchannel: [0-9a-f]{8} (\w+), revision \d")]
        self.check(sorted(found) == ATTACHED, f"{len(found)} devices found, as on QEMU's command line")
        opened = self.said(r"open: [0-9a-f]{8} (\w+), (.*)")
        without = self.said(r"not open: [0-9a-f]{8} (\w+), legacy.*")
        names = sorted([name for name, _ in opened] + [name for name, in without])
        self.check(
            names == sorted(SLOTS[name] for name in ATTACHED)
            and (not without or KINDS[self.kind].legacy)
            and {words for _, words in opened} == {KINDS[self.kind].opened},
            f"{len(opened)} devices are open concurrently: {KINDS[self.kind].opened}",
        )
        self.open = {name for name, _ in opened}

    def disk(self):
        ((crc, words),) = self.said(r"disk: \d+ sectors, crc32 of the first ([0-9a-f]{8}), first line: (.*)")
        self.check(
            crc == f"{zlib.crc32(self.sector):08x}" and words == self.sector.split(b"\n")[0].decode(),
            f"disk: its first sector has the CRC-32 {crc}, as on the host",
        )

    def network(self):
        frames = list(pcap.frames(self.folder / "net.pcap"))
        new, self.frames = frames[self.frames :], len(frames)
        arps, pings = pcap.arps(new), pcap.pings(new)
        self.check(
            pcap.dhcps(new) == ["discover", "offer", "request", "ack"]
            and [address for address, in self.said("net: DHCP address ([0-9.]+),.*")] == ["10.0.2.15"],
            "net: it gets its address by DHCP, in four frames of the pcap",
        )
        self.check(
            ("request", "10.0.2.15", "10.0.2.2") in arps and ("reply", "10.0.2.2", "10.0.2.15") in arps,
            "net: the pcap contains the ARP request and its reply",
        )
        right = [
            pcap.Ping(*words, number, bytes(number * 16 + at for at in range(56)))
            for number in range(1, PINGS + 1)
            for words in (("request", "10.0.2.15", "10.0.2.2"), ("reply", "10.0.2.2", "10.0.2.15"))
        ]
        self.check(
            pings == right and len(self.said("net: reply (.*) to the ping of .*")) == PINGS,
            f"net: the pcap contains {PINGS} pings, each with its reply",
        )
        self.check(
            self.said("net: by TFTP file.bin, ([0-9]+) bytes, crc32 ([0-9a-f]+)")
            == [(str(FILE_BYTES), f"{zlib.crc32(self.file):08x}")],
            f"net: {FILE_BYTES} bytes by TFTP have the CRC-32 of the host's file",
        )

    def random(self):
        ((words,),) = self.said("random: ([0-9a-f]+)")
        found = bytes.fromhex(words)
        self.check(
            len(found) == 64 and len(set(found)) > 32 and found in (self.folder / "random.bin").read_bytes(),
            f"random: {len(found)} bytes match those of the host, which differ in each run",
        )

    def unit(self):
        self.check(
            self.said(r"unit: (\d+) blocks, first line: (.*)") == [("2048", self.line)],
            "unit: the first block of a disk of the SCSI host is that of the host's file",
        )

    def shared(self):
        self.check(
            self.said(r"folder: file.bin, (\d+) bytes, crc32 ([0-9a-f]+)")
            == [(str(FILE_BYTES), f"{zlib.crc32(self.file):08x}")],
            f"folder: {FILE_BYTES} bytes of a file in a folder of the host, by 9P, have its CRC-32",
        )

    def cipher(self):
        self.check(
            self.said("cipher: ([0-9a-f]+)") == [(NIST,)],
            "cipher: the crypto device enciphers a test vector of NIST as NIST says (AES-CBC)",
        )

    def asked(self, good):
        """Whether QEMU says so before long: what the guest has sent is on its way."""
        end = time.monotonic() + PATIENCE
        while not good() and time.monotonic() < end:
            time.sleep(0.05)
        return good()

    def balloon(self):
        """A few pages more, and a few less, each time another number."""
        numbers = (POOL, POOL // 3) if self.since == 0 else (POOL // 2, 1)
        for pages in numbers:
            self.monitor("balloon", value=MEMORY - pages * PAGE)
            self.expect(f"^balloon: has {pages} pages$")
            self.check(
                self.asked(lambda: self.monitor("query-balloon")["actual"] == MEMORY - pages * PAGE),
                f"balloon: QEMU has {pages} pages of the guest",
            )
        where = {"path": "/machine/peripheral/balloon", "property": "guest-stats"}
        self.check(
            self.asked(lambda: self.monitor("qom-get", **where)["stats"]["stat-total-memory"] == TOTAL),
            "balloon: QEMU has the number that the guest sent as a statistic",
        )

    def port_line(self, number):
        line = b""
        try:
            while not line.endswith(b"\n"):
                more = self.ours[f"port{number}"].recv(1)
                if not more:
                    break
                line += more
        except TimeoutError:
            pass
        return line

    def early(self):
        self.check(self.port_line(0) == EARLY, "ports: 0 printed a line by its register before it was open")

    def ports(self):
        said = self.said("ports: (.*), (.*), is open: (.*)")
        self.check(
            sorted(said) == [("0", "a console", PORTS[0]), ("1", "for programs", PORTS[1])],
            "ports: two are open, with their names",
        )
        for number in range(len(PORTS)):
            greeting = self.port_line(number)
            words = f"through port {number}, {os.urandom(4).hex()}\n".encode()
            self.ours[f"port{number}"].sendall(words)
            self.check(
                (greeting, self.port_line(number)) == (GREETING, b"echo: " + words),
                f"ports: {number} sends its greeting and echoes a line",
            )
            self.expect(f"^ports: {number}: {words.decode().strip()}$")

    def screen(self, name, picture, what):
        path = self.folder / f"{name}.ppm"
        which = (
            {} if KINDS[self.kind].bus == "ccw" else {"device": SCREEN}
        )  # there it has a part without an id
        self.monitor("screendump", filename=str(path), **which)
        self.check(
            path.read_bytes() == picture.bytes(),
            f"screen: {what}, {WIDTH} by {HEIGHT} pixels, all as computed here",
        )
        path = path.with_suffix(".png")
        path.write_bytes(picture.png())
        say(f"{self.kind}: picture: {path}")

    def display(self):
        """What it says of itself, in two ways."""
        ((size, edid),) = self.said("screen: the display prefers (.*), its EDID (.*)")
        self.check(size == edid, f"screen: the display and its EDID prefer {size}")

    def cursor(self, x, y):
        """Where QEMU has been asked to put it last, by its own trace."""
        found = re.findall(
            r"virtio_gpu_update_cursor .* x (\d+), y (\d+),", (self.folder / "trace.txt").read_text("utf-8")
        )
        self.check(found[-1:] == [(str(x), str(y))], "screen: QEMU's cursor is where the pointer is")

    def keys(self, picture, text):
        for character in text:
            self.monitor.press({" ": "spc"}.get(character, character.lower()))
            self.expect(f"^key: [0-9]+ {character}$")
        picture.type(text)
        self.check(True, f"input: the guest reports each of {len(text)} keys")

    def pointer(self, picture):
        self.monitor.move("abs", 100 * 32768 // WIDTH + 1, 200 * 32768 // HEIGHT + 1)
        self.expect("^pointer: at 100, 200$")
        self.monitor.move("rel", 40, -12)
        self.expect("^pointer: at 140, 188$")
        self.monitor.click()
        self.expect("^pointer: pressed at 140, 188$")
        picture.mark(140, 188)
        self.check(True, "input: tablet, mouse and a button move the pointer and press")

    def sleep(self, picture):
        """All devices are reset in the middle of what they do, and come back as they were."""
        self.ours["port1"].sendall(b"sleep\n")
        self.check(self.port_line(1) == b"echo: sleep\n", "sleep: the guest accepts the command")
        self.expect("^asleep: ")
        self.since = self.session.at
        self.expect("^awake: ")
        self.seen()
        if "screen" in self.open:
            self.screen("awake", picture, "the picture is restored")
        if "input" in self.open:
            self.keys(picture, "AWAKE")

    def bye(self):
        self.ours["port1"].sendall(b"bye\n")
        self.check(self.port_line(1) == b"echo: bye\n", "ports: bye is echoed, too")
        self.expect("^devices: OK$")
        interrupts = self.said(r"interrupts: [0-9a-f]{8} (\w+) (\d+)")
        self.check(
            all(int(count) > 0 for name, count in interrupts if name in WOKEN)
            and {name for name, _ in interrupts} == self.open,
            "interrupts: " + ", ".join(f"{name} {count}" for name, count in interrupts),
        )
        code = self.session.wait()
        self.check(code == 0, "QEMU exited with 0")

    def seen(self):
        """What the guest has done by itself."""
        self.disk()
        self.network()
        self.random()
        self.unit()
        self.shared()
        if "cipher" in self.open:
            self.cipher()
        self.ports()
        self.balloon()
        if "screen" in self.open:
            self.display()

    def all(self):
        self.monitor = qmp.Monitor(self.ours["qmp"])
        self.slots()
        self.early()
        self.seen()
        picture = Picture(f"BARE METAL ON {'PACKED' if 'packed' in self.kind else 'SPLIT'} RINGS")
        if "screen" in self.open:
            self.screen("picture", picture, "the picture")
        if "input" in self.open:
            self.keys(picture, "VIRTWRIGHT 1 ")
            self.pointer(picture)
            if "screen" in self.open:
                self.cursor(140, 188)
                self.screen("typed", picture, "it shows the keys and the button press")
        self.sleep(picture)
        self.bye()

    def run(self):
        try:
            with self.session:
                self.all()
        except (OSError, ValueError, qmp.Refused) as why:  # QEMU has ended, or what it has written is none
            self.fail(f"QEMU: {why}")
        finally:
            for end in self.ours.values():
                end.close()


def kinds(words):
    """Those to run."""
    wrong = [word for word in words if word not in KINDS]
    if wrong:
        raise Failed(
            f"there is no kind '{wrong[0]}' of devices; there are: {' '.join(KINDS)}", "./vwr demo devices"
        )
    return words or DEFAULT


def demo(words):
    chosen = kinds(words)
    for kind in chosen:
        build(image_of(kind))
        say(f"QEMU, all devices: {kind}")
        Demo(kind).run()
    say("OK")


def main():
    parser = argparse.ArgumentParser(
        prog="vwr demo devices", description="All devices on one bus, on bare metal."
    )
    parser.add_argument(
        "kind",
        nargs="*",
        metavar="KIND",
        help=f"of {', '.join(KINDS)}; {', '.join(DEFAULT)} if none is given",
    )
    arguments = parser.parse_args()
    return run(lambda: demo(arguments.kind))


if __name__ == "__main__":
    sys.exit(main())
