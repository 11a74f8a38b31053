# SPDX-License-Identifier: MIT
"""Boots the demo image in QEMU and reads its console."""
import dataclasses
import os
import pathlib
import re
import subprocess

import sums  # of examples/demo, the host's half: the same sums as in run.sh
from processes import completed
from folders import BUILD, ROOT  # noqa: F401 (for the tests that import this)

TIMEOUT = 60


@dataclasses.dataclass
class Disk:
    """A disk to attach."""

    path: pathlib.Path
    serial: str = "test"
    read_only: bool = True
    device: str = ""  # more properties of virtio-blk-device
    drive: str = ""  # another drive option, whole, instead of a raw file


@dataclasses.dataclass
class Console:
    """What the guest said."""

    text: str

    @property
    def lines(self):
        """Line by line."""
        return self.text.splitlines()

    @property
    def last(self):
        """The guest's own judgement."""
        return self.lines[-1] if self.lines else ""

    def of_disk(self, index):
        """The part about the disk that was attached as number `index`: the first sits in the last slot."""
        parts = re.split(r"^disk in slot ", self.text, flags=re.M)[1:]
        return parts[::-1][index]

    def sums(self):
        """The guest's CRC-32 lines, in the order in which the disks were attached."""
        return re.findall(r"^  crc32 (.*)$", self.text, flags=re.M)[::-1]


def joined(folder, sources):
    """One source of these, in the folder: each start of a compiler takes longer than a small source."""
    path = folder / "joined.c"
    path.write_text("".join(f'#include "{source}"\n' for source in sorted(sources)), encoding="utf-8")
    return path


def drive_options(number, disk):
    """One disk on QEMU's command line."""
    drive = disk.drive or (
        f"driver=raw,file.driver=file,file.filename={disk.path},"
        f"read-only={'on' if disk.read_only else 'off'}"
    )
    return [
        "-drive",
        f"if=none,id=d{number},{drive}",
        "-device",
        f"virtio-blk-device,drive=d{number},serial={disk.serial}{disk.device}",
    ]


def boot(version, disks, *, image="vwr_demo", machine="virt", memory="64M", extra=()):
    """QEMU until it ends by itself."""
    command = [
        "timeout",
        "-k",
        "5",
        str(TIMEOUT),
        "qemu-system-aarch64",
        "-machine",
        machine,
        "-cpu",
        "cortex-a72",
        "-m",
        memory,
        "-kernel",
        str(BUILD / "examples" / "demo" / f"{image}.elf"),
        "-nodefaults",
        "-display",
        "none",
        "-monitor",
        "none",
        "-no-reboot",
        "-serial",
        "stdio",
        "-global",
        f"virtio-mmio.force-legacy={'true' if version == 'legacy' else 'false'}",
        *extra,
    ]
    for number, disk in enumerate(disks):
        command += drive_options(number, disk)
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT + 30, check=False
    )
    text = done.stdout.decode("utf-8", "strict")
    print(text, done.stderr.decode())  # pytest shows it when the test fails
    assert done.returncode == 0, f"QEMU ended with {done.returncode}"
    assert "\r" not in text
    return Console(text)


def boot_well(version, disks, **options):
    """All must be well: the guest's own judgement, and each disk's sum, which is the host's."""
    console = boot(version, disks, **options)
    assert console.last == "guest: OK"
    check_sums(console, disks)
    return console


def script(*words, cwd=None, **environment):
    """Exit code, stdout and stderr of a script of the demo."""
    env = dict(os.environ, VWR_BUILD=str(BUILD.absolute()), VWR_NO_INSTALL="1", **environment)
    done = completed(["timeout", "-k", "5", "500", *words], env=env, cwd=cwd, stdin=subprocess.DEVNULL)
    print(done.stdout, done.stderr)
    return done.returncode, done.stdout, done.stderr


def run_port(machine, image, code=0):
    """The selftest of a port, which ends QEMU itself."""
    options = "-nodefaults -display none -no-reboot -serial stdio -kernel".split()
    done = completed(
        ["timeout", "-k", "5", str(TIMEOUT), *machine, *options, image], stdin=subprocess.DEVNULL
    )
    assert done.stdout.splitlines()[-1:] == ["port: OK"] and done.returncode == code, (
        done.stdout + done.stderr
    )


def check_sums(console, disks):
    """Each disk's sum is the host's."""
    assert console.sums() == ["%08x of %d sectors" % sums.checksum(disk.path) for disk in disks]
