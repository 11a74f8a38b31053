#!/usr/bin/env python3
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

import breaches
import guest
import habits
import rules
import worlds
from wire import Machine

PART = 250  # worlds of a process
FAILURES = 5


Counted = collections.Counter[tuple[str, str]]  # by rule, and "legal" or "illegal"


def count(seen: Counted, world: dict[str, Any]) -> None:
    """Counts a world that was driven: by the rule that it breaks, or by each rule that it keeps."""
    is_guest = "seed" in world
    broken = world["broken"] if not is_guest or world.get("breached") else ""
    side = "guest" if is_guest else "driver"
    seen[f"all of the {side}'s", "illegal" if broken else "legal"] += 1
    if world.get("habit"):
        seen[world["habit"], "illegal"] += 1
        return
    if broken:
        seen[broken, "illegal"] += 1
        return
    if is_guest:
        kept = [row.name for row in breaches.BREACHES if row.can_be_of(world)]
    else:
        kept = [row.name for row in rules.RULES if row.applies(world)]
    seen.update((name, "legal") for name in kept)


def table(seen: Counted) -> list[str]:
    """A line for each rule: how many worlds broke it, how many kept it, and the clause."""
    clauses = {row.name: row.clause for row in rules.RULES}
    clauses |= {row.name: " or ".join(row.bases) for row in breaches.BREACHES}
    clauses |= {row.name: "served" + " by the switch" * bool(row.switch) for row in habits.HABITS}
    names = sorted({name for name, _ in seen} - clauses.keys()) + list(clauses)
    rows = [f"  {'rule':26} {'broken':>7} {'kept':>7}  clause"]
    return rows + [
        f"  {name:26} {seen[name, 'illegal']:7} {seen[name, 'legal']:7}  {clauses.get(name, '')}".rstrip()
        for name in names
    ]


def judge(folder: Path, world: dict[str, Any]) -> str:
    """What is wrong in one world."""
    is_guest = "seed" in world
    machine = Machine(folder / ("worlds_host" if is_guest else "worlds_machine"))
    try:
        return guest.judge(machine, dict(world)) if is_guest else worlds.judge(machine, world)
    finally:
        machine.stop()


def part(folder: Path, first: int, number: int) -> tuple[Counted, list[str]]:
    """Seeds in turn: a driver's world, a guest."""
    driver, device = Machine(folder / "worlds_machine"), Machine(folder / "worlds_host")
    seen: Counted = collections.Counter()
    failed: list[str] = []
    for seed in range(first, first + number):
        if seed % 2 == 0:
            world = worlds.make(seed // 2)
            wrong = worlds.judge(driver, world)
            if wrong:
                world = worlds.shrunk(
                    world, lambda w, wrong=wrong: worlds.judge(driver, w)[:30] == wrong[:30]
                )
        else:
            world = guest.choose(seed // 2)
            wrong = guest.judge(device, world)
        count(seen, world)
        if wrong:
            failed.append(f"seed {seed}: {wrong}\n  {json.dumps(world)}")
    driver.stop()
    device.stop()
    return seen, failed


def run(folder: Path, first: int, number: int) -> tuple[Counted, list[str]]:
    """All seeds of a range, on all processors."""
    seen: Counted = collections.Counter()
    failed: list[str] = []
    starts = range(first, first + number, PART)
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = [pool.submit(part, folder, at, min(PART, first + number - at)) for at in starts]
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
    worlds_driven = sum(number for (name, _), number in seen.items() if name.startswith("all"))
    print(f"seeds {first} to {first + args.count - 1}: {worlds_driven} worlds, {len(failed)} failed")
    print("\n".join(table(seen)))
    return failed != []


if __name__ == "__main__":
    sys.exit(main())
