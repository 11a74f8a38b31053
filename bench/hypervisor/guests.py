#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two Linux guests on our devices beside the same two on QEMU's own: TCP between them, and what 9p reads. See README.md."""

import os
import re
import shutil
import sys
from pathlib import Path
from statistics import median

import agent
from others import Others

ROOT = Path(__file__).resolve().parents[2]
MADE = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "bench" / "hypervisor"
PASSES = 3
TCP_MIB, FILE_MIB, READS, BLOCK = 128, 8, 4, 128 << 10
PORT = 5001
SAID = r"(\d+) bytes (\d+) us"


def rate(lines):
    """MB/s of what the guest's tool says."""
    size, us = map(int, re.search(SAID, " ".join(lines)).groups())
    return size / us


def tcp(machine):
    left, right = machine.guests
    right.begin(f"tool tcp receive {PORT}")
    left.ask(f"tool tcp send {machine.addresses[1]} {PORT} {TCP_MIB}")
    return rate(right.finish())


def read(machine):
    return rate(machine.guests[1].ask(f"tool read /folder/file {BLOCK} {READS}"))


def measured(kind, linux):
    """{what: MB/s} of one boot."""
    folder = MADE / kind.__name__.lower()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with kind(folder, linux) as machine:
        machine.ready().addressed()
        machine.guests[1].ask(f"mount_folder {agent.TAG}; stream {FILE_MIB} >/folder/file")
        found = {one.__name__: median(one(machine) for _ in range(PASSES)) for one in (tcp, read)}
        machine.off()
        return found


def main():
    linux, others = agent.prepare(), Others()
    ours, theirs = (measured(kind, linux) for kind in (agent.Behind, agent.Straight))
    for what, unit in (("tcp", "TCP from guest to guest"), ("read", "read from the 9p folder")):
        print(f"{unit}: {ours[what]:.1f} MB/s, on QEMU's own devices {theirs[what]:.1f} MB/s, {ours[what] / theirs[what]:.2f} x")
    print(f"others had {others.percent():.0f} percent of the processors")


if __name__ == "__main__":
    sys.exit(main())
