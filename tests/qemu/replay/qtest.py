# SPDX-License-Identifier: MIT
"""QEMU's device without a guest: the processor stands still, registers are read and written over the qtest socket."""

import json
import os
import re
import select
import socket
import subprocess

from memory import BYTES
from names import REGISTER, WINDOW

QEMU = "qemu-system-aarch64"
DISK, RAM = "disk.img", "ram.bin"
SERIAL = "vwr-replay"
SLOT = 0x0A003E00  # where the first device is: the last window
SECONDS = 120  # that a QEMU may live
ANSWER = 20  # seconds that QEMU may take for one access


VIRT = [QEMU, "-machine", "virt,memory-backend=ram,gic-version=2", "-cpu", "cortex-a57"]


def arguments(legacy, device="", machine=VIRT):
    """The machine of a recording: RAM and disk are files in its folder."""
    return [
        *machine,
        "-accel",
        "tcg",
        "-m",
        f"{BYTES >> 20}M",
        "-object",
        f"memory-backend-file,id=ram,size={BYTES},mem-path={RAM},share=on",
        "-nodefaults",
        "-display",
        "none",
        "-monitor",
        "none",
        "-global",
        f"virtio-mmio.force-legacy={'on' if legacy else 'off'}",
        "-drive",
        f"if=none,id=disk,format=raw,file={DISK},cache=writeback,file.locking=off",
        "-device",
        f"virtio-blk-device,drive=disk,serial={SERIAL}{device}",
    ]


def version():
    """Of QEMU, with the package's: (7, 2) and the words."""
    text = subprocess.run(
        [QEMU, "--version"], check=True, capture_output=True, text=True
    ).stdout.splitlines()[0]
    return tuple(map(int, re.search(r"version (\d+)\.(\d+)", text).groups())), text.removeprefix(
        "QEMU emulator "
    )


def listen(path):
    """A socket that QEMU will connect to."""
    path.unlink(missing_ok=True)
    one = socket.socket(socket.AF_UNIX)
    one.bind(str(path))
    one.listen(1)
    one.settimeout(SECONDS)
    return one


def accept(listening):
    """Its lines, once QEMU is there."""
    with listening:
        one, _ = listening.accept()
    one.settimeout(ANSWER)
    with one:
        return one.makefile("rw")


class Gone(Exception):
    """QEMU has ended, or hangs."""


class Device:
    """One QEMU, until `close`."""

    def __init__(self, folder, legacy, device=""):
        listening = [listen(folder / name) for name in ("q", "m")]
        self.process = subprocess.Popen(
            [
                "timeout",
                "-k",
                "1",
                str(SECONDS),
                *arguments(legacy, device),
                "-S",
                "-qtest",
                "unix:q",
                "-qtest-log",
                "none",
                "-qmp",
                "unix:m",
            ],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self.file, self.monitor = (accept(one) for one in listening)
        self.command("qmp_capabilities")

    def command(self, name, event=None):
        """A command of QMP; waits for its answer, and for the event."""
        wanted = {"return", event} - {None}
        self.monitor.write(f'{{"execute": "{name}"}}\n')
        self.monitor.flush()
        while wanted:
            said = json.loads(self.monitor.readline())
            wanted -= {"return"} if "return" in said else {said.get("event")}

    def reset(self):
        """As if the machine had been switched off and on: a device that had broken works again."""
        self.command("system_reset", "RESET")
        self.complains()

    def ask(self, line):
        self.file.write(line + "\n")
        self.file.flush()
        try:
            answer = self.file.readline().split()
        except TimeoutError:
            raise Gone(f"QEMU does not come back from: {line}") from None
        if not answer or answer[0] != "OK":
            raise Gone(f"QEMU answers {' '.join(answer) or 'nothing'} to: {line}")
        return int(answer[1], 0) if len(answer) > 1 else 0

    def read(self, offset, size=4):
        return self.ask(f"read{'bwlq'[size.bit_length() - 1]} {SLOT + offset:#x}")

    def write(self, offset, size, value):
        self.ask(f"write{'bwlq'[size.bit_length() - 1]} {SLOT + offset:#x} {value:#x}")

    def complains(self):
        """Has it said on standard error, since the last time, that a driver did wrong? Then the device is dead."""
        said = bool(select.select([self.process.stderr], [], [], 0)[0])
        if said:
            os.read(self.process.stderr.fileno(), 4096)
        return said

    def close(self):
        self.file.close()
        self.monitor.close()
        self.process.terminate()  # and `timeout` kills QEMU, if it is stuck
        self.process.communicate(timeout=SECONDS)


def description(folder, legacy, device=""):
    """What the device is, as lines of a recording: another one has to offer the same."""
    qemu = Device(folder, legacy, device)
    at = REGISTER
    features = 0
    for word in range(1 if legacy else 2):  # QEMU 7.2 shows word 1 again behind the last
        qemu.write(at["DeviceFeaturesSel"], 4, word)
        features |= qemu.read(at["DeviceFeatures"]) << 32 * word
    room = WINDOW - at["Config"]
    config = bytes(qemu.read(at["Config"] + offset, 1) for offset in range(room)).rstrip(b"\xff")
    lines = [
        f"version {qemu.read(at['Version'])}",
        f"vendor {qemu.read(at['VendorID']):#x}",
        f"queue-max {qemu.read(at['QueueSizeMax'])}",
        f"offer {features:#x}",
        f"config {config.hex()}",
    ]
    qemu.close()
    return lines
