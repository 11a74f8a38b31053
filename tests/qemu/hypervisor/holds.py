# SPDX-License-Identifier: MIT
"""How long the hypervisor holds its lock, in instructions: holds.c, a plugin of QEMU, and what it has found."""

import os
import re
import subprocess
from collections import Counter

import host
from where import IMAGE_BASE, IMAGE_BYTES, frames

OBJCOPY = "aarch64-linux-gnu-objcopy"
NM = "aarch64-linux-gnu-nm"
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
    symbols = subprocess.run([NM, str(image(plan))], check=True, capture_output=True, text=True).stdout
    stacks = re.search(r"^(\w+) \w stacks$", symbols, re.M).group(1)
    return [
        "-plugin",
        f"{plugin},points={folder / 'points'},base={IMAGE_BASE:#x},bytes={IMAGE_BYTES:#x},"
        f"stacks=0x{stacks},"
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
    stacks, result = frames(image(plan), sorted({begin for begin, _ in blocks})), Counter()
    for (begin, length), times in blocks.items():
        result[stacks[begin][0][0]] += length * times
    return result.most_common(SHOWN)
