# SPDX-License-Identifier: MIT
"""Produces the symptom of each row, and runs its command. The results are pairs of the command and a line."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import inprocess
import strangers
from folders import BUILD, ROOT
from processes import need, output

PROGRAMS = BUILD / "tests" / "hostile" / "dead"
ASTRAY = BUILD / "examples" / "demo" / "vwr_demo_astray.elf"
SECONDS = "60"


def run(*command):
    """The output of a command. If a program was not built, the test is skipped."""
    if not os.path.exists(command[0]) and shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]}: a tool was missing when it was to be built")
    return output(["timeout", "-k", "5", SECONDS, *command], stdin=subprocess.DEVNULL)


def on_qemu(row, work):
    """The runtime drives QEMU's devices (symptoms.c)."""
    out = run(
        PROGRAMS / "dead_qemu", row, work / "machine", ROOT / "tests" / "qemu" / "driver" / "pattern.sh"
    )
    return [tuple(line.split(": ", 1)) for line in out.splitlines()]


def on_fake(row, _):
    """
    The runtime drives the unit tests' device, which misbehaves in ways that QEMU's devices never do
    (on_fake.c).
    """
    return [tuple(line.split(": ", 1)) for line in run(PROGRAMS / "dead_fake", row).splitlines()]


def explained(command, text, work):
    """The one sentence of ./vwr explain."""
    (work / "explained").write_text(text, encoding="utf-8")
    done = inprocess.run("explain", work / "explained")
    print(done.stdout, done.stderr)
    assert done.returncode in (1, 3), done.returncode
    return [(command, line) for line in re.findall(r"^  In one sentence: (.*)$", done.stdout, re.M)]


def traced(row, work):
    """A foreign driver, and QEMU's trace of it."""
    need(strangers.qemu.PROGRAM)
    return explained("./vwr explain trace", strangers.trace(row, work), work)


def dumped(row, work):
    """The same driver, and the device's registers as printed by a debugger."""
    need(strangers.qemu.PROGRAM)
    return explained("./vwr explain dump", strangers.dump(row, work), work)


def astray(_, __):
    """The demo image with another base address, at which the board has no device."""
    need(strangers.qemu.PROGRAM)
    out = run(
        "qemu-system-aarch64",
        "-machine",
        "virt",
        "-cpu",
        "cortex-a72",
        "-m",
        "64M",
        "-kernel",
        ASTRAY,
        "-nodefaults",
        "-display",
        "none",
        "-monitor",
        "none",
        "-no-reboot",
        "-serial",
        "stdio",
    )
    return [("FAR_EL1", line.strip()) for line in out.splitlines()]


def listed(path):
    """Names in a table in a C file: {"name", function}."""
    return re.findall(r'\{"([a-z-]+)", \w+\}', (Path(__file__).parent / path).read_text(encoding="utf-8"))


MAKERS = [
    *((row, on_qemu) for row in (*listed("symptoms.c"), *listed("symptoms_pci.c"))),
    *((row, on_fake) for row in listed("on_fake.c")),
    *((row, traced) for row in (*strangers.MISTAKES, *strangers.THREADS, *strangers.ON_PCI)),
    *((row, dumped) for row in strangers.DUMPS),
    ("bus-error", astray),
]
