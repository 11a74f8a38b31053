#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds tests for a machine of another byte order or width and runs them there, by qemu-user.

    machines.py BUILD-FOLDER MACHINE...         what ./vwr test runs of each
    machines.py --all BUILD-FOLDER MACHINE...   all of these tiers, in minutes: ./vwr soak machines

A machine has a tree of CMake's in a folder of its own: `cmake/toolchain-MACHINE-linux.cmake`. Exit code 77: its compiler,
its libc or its emulator is not here.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
TIERS = ("unit", "device", "hostile", "vblk", "classes", "ends", "pair", "qemu")
# Where bytes have an order or pointers a width; others take long in an emulator.
UNIT = (
    "startup",
    "probe",
    "features",
    "config",
    "sizes",
    "ring",
    "bound",
    "in_order",
    "requests",
    "zoned",
    "receive",
    "blk",
    "base",
    "console",
    "gpu",
    "entropy",
    "input",
    "net",
    "pci",
    "doorbell",
    "selftest",
)
DEVICE = ("registers", "walk", "life", "words")
# Each ring and each option. ./vwr soak machines runs all kinds.
KINDS = ("legacy_split_event", "modern_packed_indirect_event_in_order")
# A big-endian driver on devices of QEMU's: an aarch64, and a PowerPC, whose legacy devices are big-endian. Each class and
# each bus once; ./vwr soak machines has all cases.
QEMU = (
    "modern_matrix_packed_indirect_event",
    "modern_net_frames",
    "modern_console_ports",
    "modern_gpu_displays",
    "modern_input_leds",
    "virt_modern_pci_classes",
    "bamboo_modern_pci_disk",
    "bamboo_legacy_matrix_split_indirect",
    "bamboo_legacy_net_settings",
)


class Machine(NamedTuple):
    compiler: str
    emulator: str
    packages: str
    programs: tuple[str, ...]  # that the tests are of
    tests: str  # a regular expression of their names


def few(*groups: tuple[str, tuple[str, ...]]) -> str:
    """The tests of these tiers: `tier.name`."""
    return "^(" + "|".join(rf"{tier}\.({'|'.join(names)})" for tier, names in groups) + ")$"


MACHINES = {
    # 64 bits, big-endian
    "s390x": Machine(
        "s390x-linux-gnu-gcc",
        "qemu-s390x",
        "gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-user",
        ("qemu_tier_pci",),
        few(("qemu", QEMU)),
    ),
    # 32 bits, big-endian
    "powerpc": Machine(
        "powerpc-linux-gnu-gcc",
        "qemu-ppc",
        "gcc-powerpc-linux-gnu libc6-dev-powerpc-cross qemu-user",
        ("pair_tier", *(f"unit_{group}" for group in UNIT), *(f"device_{group}" for group in DEVICE)),
        few(("pair", KINDS), ("unit", UNIT), ("device", DEVICE)),
    ),
    # 32 bits, little-endian
    "arm": Machine(
        "arm-linux-gnueabi-gcc",
        "qemu-arm",
        "gcc-arm-linux-gnueabi libc6-dev-armel-cross qemu-user",
        ("pair_tier", *(f"device_{group}" for group in DEVICE)),
        few(("pair", KINDS), ("device", DEVICE)),
    ),
}


def runs(*command: object) -> bool:
    try:
        return (
            subprocess.run([str(word) for word in command], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def is_here(machine: Machine) -> bool:
    """Whether a program for the machine can be compiled with a libc, and runs."""
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder, "hello.c"), Path(folder, "hello")
        source.write_text('#include <stdio.h>\nint main(void) { return puts("") < 0; }\n', encoding="utf-8")
        return runs(machine.compiler, "-static", source, "-o", program) and runs(machine.emulator, program)


def run(*command: object) -> None:
    words = [str(word) for word in command]
    print("+", " ".join(words), flush=True)
    code = subprocess.run(words, check=False).returncode
    if code:
        sys.exit(code)


def test(folder: Path, name: str, everything: bool) -> None:
    """Configures, builds and runs."""
    machine = MACHINES[name]
    programs = (
        tuple(f"{kind}_{tier}" for tier in TIERS for kind in ("tier", "soak"))
        if everything
        else machine.programs
    )
    chosen = ("-L", f"^({'|'.join(TIERS)})$") if everything else ("-R", machine.tests)
    cores = str(len(os.sched_getaffinity(0)))
    os.environ.pop("CMAKE_GENERATOR_INSTANCE", None)
    run(
        "cmake",
        "-S",
        ROOT,
        "-B",
        folder,
        "--toolchain",
        ROOT / f"cmake/toolchain-{name}-linux.cmake",
        "-DVWR_REGENERATE=OFF",
        f"-DVWR_PYTHON={sys.executable}",
    )
    run("cmake", "--build", folder, "-j", cores, "--target", *programs)
    run("ctest", "--test-dir", folder, "-j", cores, "--output-on-failure", "--no-tests=error", *chosen)


def main(arguments: list[str]) -> int:
    """Exit code 0, 77 where none of the machines is here, or that of the first command that fails."""
    everything = arguments[:1] == ["--all"]
    folder, *names = arguments[everything:]
    for name in names:
        if name not in MACHINES:
            sys.exit(f"machines.py: there is no machine {name}; there are: {' '.join(MACHINES)}")
    here = [name for name in names if is_here(MACHINES[name])]
    for name in names:
        if name in here:
            test(Path(folder).resolve() / name, name, everything)
        else:
            print(f"{name}: skipped, not installed (Debian: {MACHINES[name].packages})")
    return 0 if here else 77


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
