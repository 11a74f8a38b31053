#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where the instructions of EL2 for a request go: by part of the tree, and by function. See README.md."""

import argparse
import re
import subprocess
import sys
from collections import Counter

import hypervisor
from hypervisor import Failed, NotMeasured, Session, debian, host

ADDR2LINE = "aarch64-linux-gnu-addr2line"  # comes with the compiler that `prepare` needs
IMAGE_BASE, IMAGE_BYTES = 0x40200000, 1 << 20  # examples/hypervisor/link.ld
PARTS = (
    ("/monitor/", "monitor"),
    ("examples/hypervisor/watch.", "monitor"),
    ("runtime/device/", "device side"),
    ("runtime/parts/", "device side"),
    ("include/vwr/v", "device side"),
    ("runtime/bridge/", "bridge"),
    ("runtime/", "driver side"),
    ("generated/", "driver side"),
    ("vectors.S", "in and out"),
    ("trap.c", "in and out"),
    ("examples/", "the rest of the hypervisor"),
)
COMMON = ("base.h", "bytes.h", "vwr_port.h")  # by the function that they were put into


def boot(folder, linux, reader, plan, case):
    """Runs the case; (instructions of each block, how often each was executed), both by address."""
    log = folder / "blocks"
    options = [
        *hypervisor.ICOUNT,
        "-d",
        "exec,nochain,in_asm",
        "-D",
        str(log),
        "-dfilter",
        f"{IMAGE_BASE:#x}+{IMAGE_BYTES:#x}",
    ]
    cases = (("", *case),)  # (bytes, requests of a reader, readers)
    words = hypervisor.through(folder, linux, reader, options, cases=cases, plan=plan)
    with Session(folder, words, hypervisor.TIMEOUT) as session:
        session.wait()
        hypervisor.figures(session.lines, cases)
    lengths, times = read_log(log)
    log.unlink()
    return lengths, times


def read_log(log):
    """QEMU's log: what each block has, when it is translated, and each time that it is executed."""
    lengths, times, begin, length = {}, Counter(), None, 0
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("Trace"):
                times[int(re.search(r"\[[0-9a-f]+/([0-9a-f]+)/", line).group(1), 16)] += 1
            elif line.startswith("IN:"):
                begin, length = None, 0
            elif found := re.match(r"0x([0-9a-f]+):", line):
                begin = int(found.group(1), 16) if begin is None else begin
                length += 1
                lengths[begin] = max(lengths.get(begin, 0), length)
    return lengths, times


def by_address(folder, linux, reader, plan, case):
    """Instructions at each address for a request: the difference of two boots, so that the rest of them cancels out."""
    size, requests, readers = case
    lengths, few = boot(folder, linux, reader, plan, case)
    more_lengths, many = boot(folder, linux, reader, plan, (size, 3 * requests, readers))
    lengths |= {begin: max(length, lengths.get(begin, 0)) for begin, length in more_lengths.items()}
    result = Counter()
    for begin in many:
        for at in range(lengths[begin]):
            result[begin + 4 * at] += (many[begin] - few[begin]) / (2 * requests * readers)
    return result


def frames(elf, addresses):
    """{address: [(function, file), ...]}, the innermost first: what was put inline has functions around it."""
    said = subprocess.run(
        [ADDR2LINE, "-e", str(elf), "-f", "-i", "-a"],
        input="\n".join(map(hex, addresses)),
        text=True,
        capture_output=True,
        check=True,
    ).stdout.splitlines()
    result, lines = {}, []
    for line in said:
        if line.startswith("0x"):
            lines = result.setdefault(int(line, 16), [])
        else:
            lines.append(line)
    return {address: list(zip(lines[::2], lines[1::2])) for address, lines in result.items()}


def part_of(stack):
    """The part of the tree that an instruction belongs to."""
    for _, place in stack:
        if place.split(":")[0].rsplit("/", 1)[-1] not in COMMON:
            return next((name for key, name in PARTS if key in place), "other")
    return "other"


def show(counts, most):
    for name, n in counts.most_common(most):
        if n >= 0.5:
            print(f"{n:9.1f}  {name}")


def main():
    parser = argparse.ArgumentParser(
        prog="./vwr bench where", description="Instructions of EL2 for a request, by part and by function."
    )
    parser.add_argument("bytes", nargs="?", type=int, default=4096, help="of a request (4096)")
    parser.add_argument("readers", nargs="?", type=int, default=1, help="at once (1)")
    parser.add_argument("--requests", type=int, default=300, help="of each reader (300)")
    parser.add_argument("--most", type=int, default=30, help="functions that are shown (30)")
    parser.add_argument("--watched", action="store_true", help="with monitors of all devices")
    given = parser.parse_args()
    plan = hypervisor.WATCHED if given.watched else hypervisor.PLAN
    folder = host.build_folder().parent.parent / "bench" / "hypervisor"
    try:
        linux, reader = hypervisor.prepare(hypervisor.ROOT, folder)
        counts = by_address(folder, linux, reader, plan, (given.bytes, given.requests, given.readers))
    except (Failed, NotMeasured, debian.NoLinux) as why:
        print(f"where: {why}\nnext: ./vwr demo linux, to see whether it works at all", file=sys.stderr)
        return 2
    stacks = frames(host.build_folder() / plan / "vwr_hypervisor.elf", sorted(counts))
    parts, functions = Counter(), Counter()
    for address, n in counts.items():
        stack = stacks[address]
        parts[part_of(stack)] += n
        functions[f"{stack[0][0]}  {part_of(stack)}"] += n
    print(
        f"{sum(counts.values()):9.1f}  in all, for a request of {given.bytes} bytes, {given.readers} at once"
    )
    show(parts, len(parts))
    print()
    show(functions, given.most)
    return 0


if __name__ == "__main__":
    sys.exit(main())
