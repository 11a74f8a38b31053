#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what the driver costs, and fails if it costs more than it may. `./vwr bench` calls this; see README.md."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import count
import sizes
from peers import FIGURES, MEASURED
from rows import holds, is_known, row, table, write_json

ROOT = Path(__file__).resolve().parent.parent


def arguments():
    parser = argparse.ArgumentParser(prog="./vwr bench", description=__doc__.split(" `")[0])
    parser.add_argument("--quick", action="store_true", help="fewer batches and queue lengths; the same limits")
    parser.add_argument("--json", metavar="FILE", help="write the rows to FILE as well")
    parser.add_argument("--where", action="store_true", help="say which functions the instructions and bytes are in")
    parser.add_argument("--runtime", metavar="DIR", default=ROOT / "runtime", help="measure this runtime/ instead")
    return parser.parse_args()


def count_rows(given, runtime, out, where):
    """Rows of callgrind, or one row that says why there are none."""
    batches = 200 if given.quick else 1000
    try:
        program = count.build(ROOT, runtime, out)
        print(f"bench: {count.versions()}")
        ring, ours = count.ring_rows(program, batches, where)
        block, blocking = count.block_rows(program, batches, where)
        figures = {"ring-depth-1": ours["depth 1"]["Ir"], "ring-batch-32": ours["batch 32"]["Ir"],
                   "block-depth-1": blocking["Ir"]}
        return ring + block + count.growth_rows(program, batches, given.quick), figures
    except count.NotMeasured as why:
        return [row(group, "all", "", reason=str(why)) for group in ("ring", "block", "growth")], {}


def size_rows(runtime, out, where):
    reason = sizes.missing()
    if reason:
        return [row(group, "all", "", reason=reason) for group in ("size", "ram")], {}
    rows = sizes.rows(ROOT, runtime, out, where)
    value = {one["name"]: one["value"] for one in rows}
    return rows, {"text-both": value[".text, both MMIO versions"],
                  "ram-queue-256": value["queue of 256, beyond the ring"]}


def peer_rows(figures):
    """Other people's figures, dated constants, with ours as a part of each."""
    result = []
    for figure, (what, unit, peers) in FIGURES.items():
        for name, commit, value in peers:
            ours = figures.get(figure)
            result.append(row("peers", f"{what}: {name} ({commit}, {MEASURED})", unit, value,
                              ratio=None if ours is None else ours / value, of="this is ours"))
    return result


def print_where(where, functions):
    for name, result in where.items():
        print(f"\n{name}: {result['Ir']:.1f} instructions a request")
        for function, cost in sorted(result["where"].items(), key=lambda item: -item[1]):
            if cost >= 0.05:
                print(f"  {cost:8.1f}  {function}")
    print("\n.text, both MMIO versions, bytes")
    for size, member, function in functions:
        print(f"  {size:8}  {member}: {function}")


def main():
    given = arguments()
    runtime = Path(given.runtime).resolve()
    out = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "bench"
    out.mkdir(parents=True, exist_ok=True)
    where, functions = {}, []
    try:
        rows, figures = count_rows(given, runtime, out, where)
        more, bytes_ = size_rows(runtime, out, functions)
    except count.Failed as error:
        print(f"bench: {error}\nnext: ./vwr test, to see whether the driver works at all", file=sys.stderr)
        return 2
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        code = getattr(error, "returncode", None)
        how = "took too long" if code is None else f"failed with exit code {code}, see above"
        print(f"bench: {error.cmd[0]} {how}\nnext: ./vwr test, to see whether it builds at all", file=sys.stderr)
        return 2
    rows += more + peer_rows(figures | bytes_)
    print("\n".join(table(rows)))
    if given.where:
        print_where(where, functions)
    if given.json:
        write_json(given.json, rows)
    over = [one for one in rows if not holds(one)]
    for one in over:
        print(f"bench: {one['group']}: {one['name']}: {one['value']:.1f} {one['unit']}, "
              f"the limit is {one['limit']:.1f}", file=sys.stderr)
    if any(not is_known(one) for one in over):
        print("next: ./vwr bench --where, to see where they are", file=sys.stderr)
        return 1
    missing = sum(1 for one in rows if one["reason"])
    print("bench: " + ("no limit is broken that was not known to be, see bench/README.md" if over else "all limits hold") + (f"; {missing} groups not measured, see their rows" if missing else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
