#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what Linux's drivers and QEMU's devices send each other: tests/qemu/exchanges/recorded.txtar. See README.md."""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import guest_packages as debian
from recordings import ARCHIVE

from vwr import txtar

HERE = Path(__file__).resolve().parent
QEMU, GDB = "qemu-system-aarch64", "gdb"
MODULES = (
    "virtio_pci",
    "virtio_blk",
    "virtio_net",
    "8021q",
    "virtio_console",
    "virtio_rng",
    "virtio_scsi",
    "sd_mod",
    "virtio_balloon",
    "virtio_input",
    "evdev",
    "virtio_gpu",
    "virtio_crypto",
    "algif_skcipher",
    "9pnet_virtio",
    "9p",
)
TIMEOUT = 280  # of a boot, in seconds
PATIENCE = 120  # that the guest may take for a step
CUT = 256  # of a longer segment so many bytes are kept, and its length
ALIKE = 6  # exchanges of one queue that have the same lengths and the same first byte are kept
NAMES = {
    1: "net",
    2: "blk",
    3: "console",
    4: "entropy",
    5: "balloon",
    8: "scsi",
    9: "9p",
    16: "gpu",
    18: "input",
    20: "crypto",
}


class Failed(Exception):
    """There is no recording, and why."""


def command(folder):
    """gdb with QEMU in it, which has one of each device that the kernel has a driver for."""
    devices = [
        "virtio-blk-pci,drive=disk,serial=vwr-exchanges",
        "virtio-net-pci,netdev=net,romfile=",
        "virtio-serial-pci",
        "virtserialport,name=org.virtwright.port,chardev=port",
        "virtio-rng-pci",
        "virtio-scsi-pci",
        "scsi-hd,drive=scsi",
        "virtio-balloon-pci,id=balloon,free-page-reporting=on",
        "virtio-keyboard-pci",
        "virtio-tablet-pci",
        "virtio-gpu-pci,edid=on",
        "virtio-crypto-pci,cryptodev=crypto",
        "virtio-9p-pci,fsdev=share,mount_tag=share",
    ]
    machine = [
        "-machine",
        "virt",
        "-cpu",
        "cortex-a72",
        "-m",
        "256M",
        "-nodefaults",
        "-display",
        "none",
        "-no-reboot",
        "-kernel",
        "vmlinuz",
        "-initrd",
        "initrd.gz",
        "-append",
        "console=ttyAMA0 quiet nokaslr",
        "-chardev",
        "socket,id=serial,path=serial,server=on,wait=on",
        "-serial",
        "chardev:serial",
        "-qmp",
        "unix:qmp,server=on,wait=off",
        "-chardev",
        "socket,id=port,path=port,server=on,wait=off",
        "-drive",
        "if=none,id=disk,file=disk.img,format=raw,discard=unmap",
        "-drive",
        "if=none,id=scsi,file=scsi.img,format=raw",
        "-netdev",
        "user,id=net,restrict=on",
        "-object",
        "cryptodev-backend-builtin,id=crypto",
        "-fsdev",
        "local,id=share,path=share,security_model=none",
    ]
    return [
        "timeout",
        "-k",
        "5",
        str(TIMEOUT),
        GDB,
        "-nx",
        "-batch",
        "-x",
        str(HERE / "hook.py"),
        "--args",
        QEMU,
        *machine,
        *(word for device in devices for word in ("-device", device)),
    ]


def connect(path, machine):
    """A socket of QEMU's, when it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and machine.poll() is None:
        one = socket.socket(socket.AF_UNIX)
        try:
            one.connect(str(path))
            return one
        except OSError:
            one.close()
            time.sleep(0.05)
    raise Failed(f"QEMU has no {path.name}: {machine.stderr.read() if machine.poll() is not None else ''}")


class Host:
    """What the guest asks for from outside."""

    def __init__(self, folder, machine):
        self.folder, self.machine = folder, machine
        self.qmp = connect(folder / "qmp", machine).makefile("rw", encoding="utf-8")
        self.qmp.readline()
        self.ask("qmp_capabilities")

    def ask(self, execute, **arguments):
        """A command of QMP; its answer."""
        json.dump({"execute": execute, "arguments": arguments}, self.qmp)
        self.qmp.write("\n")
        self.qmp.flush()
        while True:
            answer = json.loads(self.qmp.readline())
            if "error" in answer:
                raise Failed(f"{execute}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def input(self):
        self.ask("send-key", keys=[{"type": "qcode", "data": "a"}])
        for axis, value in (("x", 1000), ("y", 2000)):
            self.ask("input-send-event", events=[{"type": "abs", "data": {"axis": axis, "value": value}}])

    def console(self):
        self.port = connect(self.folder / "port", self.machine)
        self.port.sendall(b"to the guest\n")

    def balloon(self):
        self.ask(
            "qom-set", path="/machine/peripheral/balloon", property="guest-stats-polling-interval", value=1
        )
        self.ask("balloon", value=250 << 20)

    def deflate(self):
        self.ask("balloon", value=256 << 20)


def talk(folder, machine):
    """Does what the guest asks for, until it ends; what it has said."""
    console, said, host = connect(folder / "serial", machine), b"", None
    console.settimeout(PATIENCE)
    try:
        while data := console.recv(4096):
            *lines, said_last = (said.rpartition(b"\n")[2] + data).replace(b"\r", b"").split(b"\n")
            said += data
            for line in lines:
                if found := re.fullmatch(rb"host: (\w+)", line):
                    host = host or Host(folder, machine)
                    getattr(host, found.group(1).decode())()
                    console.sendall(b"\n")
    except TimeoutError:
        raise Failed(f"the guest says nothing more: {said[-400:].decode(errors='replace')}") from None
    finally:
        (folder / "console.txt").write_bytes(said)
    if b"exchanges: OK" not in said:
        raise Failed(f"the guest did not finish: {said[-400:].decode(errors='replace')}")


def boot(folder, guest):
    """All that the hook has seen."""
    exercise = debian.static(folder, "exercise", HERE / "exercise.c")
    (folder / "vmlinuz").write_bytes(guest.kernel.read_bytes())
    (folder / "initrd.gz").write_bytes(
        debian.initrd(guest, (HERE / "init.sh").read_bytes(), [("bin/exercise", exercise)])
    )
    for name in ("disk.img", "scsi.img"):
        (folder / name).write_bytes(bytes(range(256)) * 4096)
    (folder / "share").mkdir()
    (folder / "share" / "hello").write_text("bytes of the host\n", encoding="utf-8")
    log = folder / "exchanges"
    with subprocess.Popen(
        command(folder),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "VWR_EXCHANGES": str(log)},
    ) as machine:
        try:
            talk(folder, machine)
        finally:
            machine.terminate()
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def segment(length, text, cut=CUT):
    """The bytes in hexadecimal; `+N` for N more which are left out, and those that were not written."""
    kept = text[: 2 * cut]
    rest = length - len(kept) // 2
    return (kept or "") + (f"+{rest}" if rest else "")


def exchange(one, cut=CUT):
    """A buffer that was used, as a line."""
    reads = [segment(len(text) // 2, text, cut) for text in one["reads"]]
    writes = [segment(*part, cut) for part in one["writes"]]
    return " ".join(["x", str(one["queue"]), str(one["used"]), "R", *reads, "W", *writes])


def kind_of(one):
    """What buffers of one kind have in common: queue, lengths, first byte."""
    first = one["reads"][0] if one["reads"] else one["writes"][0][1]
    return one["queue"], tuple(map(len, one["reads"])), tuple(part[0] for part in one["writes"]), first[:2]


def write(name, about, device, lines):
    """Puts the recording of a device into the archive, and says so."""
    by, *packages = about
    head = [
        f"# Recorded by tests/qemu/exchanges/{by}; see README.md.",
        *(f"# {package.replace('%3a', ':')}" for package in packages),
        f"device {device}",
    ]
    txtar.put(ARCHIVE, f"{name}.txt", ("\n".join([*head, *lines]) + "\n").encode())
    print(f"{name}: {sum(line.startswith('x ') for line in lines)} exchanges")


def lines_of(device, seen):
    """One device's part of what was seen, as lines."""
    out, alike, config, features = [], {}, {}, 0
    for one in seen:
        if one["device"] != device:
            continue
        if "features" in one:
            features = one["features"]
        elif "config" in one:
            data = bytes.fromhex(one["config"])
            config.update(zip(range(one["offset"], one["offset"] + len(data)), data))
        elif "queue" in one:
            kind = kind_of(one)
            alike[kind] = alike.get(kind, 0) + 1
            if alike[kind] <= ALIKE:
                out.append(exchange(one))
    known = bytes(config.get(i, 0) for i in range(max(config, default=-1) + 1))
    return [f"features {features:#x}", f"config {known.hex() or '-'}", *out]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(" See")[0])
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the files of the run there")
    given = parser.parse_args()
    try:
        guest = debian.prepare(debian.home(debian.FULL), MODULES, debian.FULL)
        with tempfile.TemporaryDirectory() as temporary:
            folder = given.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            seen = boot(folder, guest)
    except (Failed, debian.NoLinux) as why:
        sys.exit(f"record.py: {why}")
    version = subprocess.run(
        [QEMU, "--version"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[0]
    count = {}
    for one in [one for one in seen if "id" in one]:
        name = NAMES.get(one["id"], str(one["id"]))
        count[name] = count.get(name, 0) + 1
        name += f"-{count[name]}" if count[name] > 1 else ""
        lines = lines_of(one["device"], seen)
        write(name, [Path(__file__).name, version, *guest.packages], one["id"], lines)


if __name__ == "__main__":
    main()
