# SPDX-License-Identifier: MIT
"""How long the hypervisor holds its lock, in instructions: holds.c, a plugin of QEMU, and what it has found."""

import os
import re
import subprocess
from collections import Counter

import host

IMAGE_BASE, IMAGE_BYTES = 0x40200000, 1 << 20  # examples/hypervisor/link.ld
OBJCOPY, ADDR2LINE = "aarch64-linux-gnu-objcopy", "aarch64-linux-gnu-addr2line"
SHOWN = 25  # functions of a stretch that is too long


def image(plan):
    return host.build_folder() / plan / "vwr_hypervisor.elf"


def options(folder, plan):
    """For QEMU, with what it counts in the folder: holds.txt, when it ends."""
    plugin = host.build_folder().parent.parent / "tests" / "qemu" / "hypervisor" / "holds.so"
    subprocess.run(
        [OBJCOPY, "--dump-section", f".lock_points={folder / 'points'}", str(image(plan)), os.devnull],
        check=True,
    )
    return [
        "-plugin",
        f"{plugin},points={folder / 'points'},base={IMAGE_BASE:#x},bytes={IMAGE_BYTES:#x},"
        f"out={folder / 'holds.txt'}",
    ]


def read(folder):
    """{(CPU, name): instructions}; names are instructions, holds, hold (the longest), blind (without a poll of
    interrupts); and of the last two what was executed, {(CPU, name): Counter of (address, instructions)}."""
    found, blocks, at = {}, {}, None
    for line in (folder / "holds.txt").read_text("utf-8").splitlines():
        if match := re.match(r"cpu (\d+) (\w+) (\d+)$", line):
            at = int(match.group(1)), match.group(2)
            found[at] = int(match.group(3))
            blocks[at] = Counter()
        else:
            begin, length = line.split()
            blocks[at][int(begin, 16), int(length)] += 1
    return found, blocks


def functions(plan, blocks):
    """The functions that a stretch was in, with their instructions, the most first."""
    addresses = sorted({begin for begin, _ in blocks})
    said = subprocess.run(
        [ADDR2LINE, "-e", str(image(plan)), "-f"],
        input="\n".join(map(hex, addresses)),
        text=True,
        capture_output=True,
        check=True,
    ).stdout.splitlines()
    name = dict(zip(addresses, said[::2]))
    result = Counter()
    for (begin, length), times in blocks.items():
        result[name[begin]] += length * times
    return result.most_common(SHOWN)
