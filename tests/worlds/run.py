# SPDX-License-Identifier: MIT
"""Drives worlds on all processors and prints those that fail, as small as they get.

run.py FOLDER --count N        the worlds from the seed after those of the last run
run.py FOLDER --from SEED --count N
run.py FOLDER --named FILE     one world, such as those in named/
"""

import argparse
import collections
import concurrent.futures
import json
import os
import sys
from pathlib import Path
from typing import Any

import guest
import worlds
from wire import Machine

PART = 250  # worlds of a process
FAILURES = 5


def kind_of(world: dict[str, Any]) -> str:
    """What a run counts."""
    if "seed" in world:
        return "guest"
    return str(world["broken"]) or "legal"


def judge(folder: Path, world: dict[str, Any]) -> str:
    """What is wrong in one world."""
    is_guest = "seed" in world
    machine = Machine(folder / ("worlds_host" if is_guest else "worlds_machine"))
    try:
        return guest.judge(machine, dict(world)) if is_guest else worlds.judge(machine, world)
    finally:
        machine.stop()


def part(folder: Path, first: int, count: int) -> tuple[collections.Counter[str], list[str]]:
    """Seeds in turn: a driver's world, a guest."""
    driver, device = Machine(folder / "worlds_machine"), Machine(folder / "worlds_host")
    seen: collections.Counter[str] = collections.Counter()
    failed: list[str] = []
    for seed in range(first, first + count):
        world = worlds.make(seed // 2) if seed % 2 == 0 else guest.choose(seed // 2)
        seen[kind_of(world)] += 1
        wrong = worlds.judge(driver, world) if seed % 2 == 0 else guest.judge(device, dict(world))
        if wrong and seed % 2 == 0:
            world = worlds.shrunk(world, lambda w, wrong=wrong: worlds.judge(driver, w)[:30] == wrong[:30])
        if wrong:
            failed.append(f"seed {seed}: {wrong}\n  {json.dumps(world)}")
    driver.stop()
    device.stop()
    return seen, failed


def run(folder: Path, first: int, count: int) -> tuple[collections.Counter[str], list[str]]:
    """All seeds of a range, on all processors."""
    seen: collections.Counter[str] = collections.Counter()
    failed: list[str] = []
    starts = range(first, first + count, PART)
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = [pool.submit(part, folder, at, min(PART, first + count - at)) for at in starts]
        for one in concurrent.futures.as_completed(parts):
            counted, wrong = one.result()
            seen += counted
            failed += wrong
            if len(failed) >= FAILURES:
                pool.shutdown(cancel_futures=True)
                break
    return seen, failed


def main() -> int:
    """One run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="with the programs worlds_machine and worlds_host")
    parser.add_argument("--from", dest="first", type=int)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--named", type=Path)
    args = parser.parse_args()
    if args.named:
        wrong = judge(args.folder, json.loads(args.named.read_text())["world"])
        print(wrong or "as it should be")
        return wrong != ""
    position = args.folder / "next_seed"
    first = args.first
    if first is None:
        first = int(position.read_text()) if position.exists() else 0
    seen, failed = run(args.folder, first, args.count)
    for text in failed:
        print(text)
    if args.first is None and not failed:
        position.write_text(str(first + args.count))
    print(f"seeds {first} to {first + args.count - 1}: {sum(seen.values())} worlds, {len(failed)} failed")
    for name, number in sorted(seen.items()):
        print(f"  {name}: {number}")
    return failed != []


if __name__ == "__main__":
    sys.exit(main())
