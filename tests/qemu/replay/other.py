#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records the disk driver of another author, whose image exists already: tests/qemu/replay/others.txtar. See README.md."""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

from folder import folder_of
from lockstep import END, Stopped
from memory import BASE
from qtest import SLOT, version
from record import Place, record

from vwr import txtar


def steps(text):
    """The file that says what is typed: a line `WAIT<tab>TEXT` each; a line without a tab is what ends the recording."""
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if not rows or any(len(row) != 2 for row in rows[:-1]) or len(rows[-1]) != 1:
        raise Stopped("what is typed is lines of WAIT, a tab and TEXT, and a last line with only WAIT")
    return rows


def typist(rows, enter):
    """What `Machine` asks: the next text once the console says what is waited for; END at the last line."""
    left, seen = list(rows), 0

    def talk(console):
        nonlocal seen
        at = console.find(left[0][0], seen) if left else -1
        if at < 0:
            return None
        wait, *text = left.pop(0)
        seen = at + len(wait)
        return text[0] + enter if text else END

    return talk


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(":", maxsplit=1)[0])
    parser.add_argument("name", help="of the recording")
    parser.add_argument("--about", required=True, help="the driver, its version, the date of its commit")
    parser.add_argument("--typed", required=True, type=Path, help="lines of WAIT, a tab and TEXT; then WAIT")
    parser.add_argument("--disk", type=Path, help="what the disk begins with, instead of the pattern")
    parser.add_argument("--legacy", action="store_true", help="legacy registers")
    parser.add_argument("--device", default="", help="features of QEMU's disk: ,packed=on")
    parser.add_argument("--bus", default="", help=",bus=NAME of the slot")
    parser.add_argument("--enter", default="\n", help="what ends a typed line")
    parser.add_argument("--base", type=lambda text: int(text, 0), default=BASE, help="of RAM")
    parser.add_argument(
        "--slot", type=lambda text: int(text, 0), default=SLOT, help="of the disk's registers"
    )
    parser.add_argument("qemu", nargs="+", help="the machine: QEMU's program, -machine, -cpu, -kernel ...")
    given = parser.parse_args()
    place = Place(given.qemu, given.base, given.slot, given.bus)
    try:
        rows = steps(given.typed.read_text("utf-8"))
        talk, end = typist(rows, given.enter), rows[-1][0]
        folder = folder_of(given.name)
        first = given.disk.read_bytes() if given.disk else b""
        lines = record(folder, ["-serial", "stdio"], talk, end, given.legacy, given.device, place, first)
    except (Stopped, OSError, subprocess.SubprocessError) as why:
        sys.exit(f"other.py: {given.name}: {why}")
    about = [
        f"# Recorded by tests/qemu/replay/other.py {given.name}; see README.md.",
        f"# QEMU {version()[1]}",
        f"# {given.about}",
    ]
    text = "\n".join([*about, *lines]) + "\n"
    txtar.put(HERE / "others.txtar", f"{given.name}.txt", text.encode())
    print(f"{given.name}: {len(lines)} lines, {len(text)} bytes")


if __name__ == "__main__":
    main()
