#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what the driver costs, and fails if it costs more than it may. `./vwr bench` calls this; see README.md."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import classes
import console
import count
import device
import gpu
import generate
import guest
import hypervisor
import messages
import net
import sizes
import vgpu
import vhost
from peers import FIGURES, KNOWN, LIMITS, MEASURED
from rows import holds, is_known, row, table, write_json

ROOT = Path(__file__).resolve().parent.parent
# Limits were set with this gcc; what another one makes of the code is shown, but is no failure of the code.
GCC = 12
LEAST = 1.0  # instructions of a function that is named where a limit is broken
COMPILERS = {
    "ring": "gcc",
    "gpu": "gcc",
    "vgpu": "gcc",
    "net": "gcc",
    "console": "gcc",
    "message": "gcc",
    "vhost": "gcc",
    "device": "gcc",
    "block": "gcc",
    "peers": "gcc",
    "size": "aarch64-linux-gnu-gcc",
    "class": "aarch64-linux-gnu-gcc",
    "hypervisor": "aarch64-linux-gnu-gcc",
}


def arguments():
    parser = argparse.ArgumentParser(prog="./vwr bench", description=__doc__.split(" `")[0])
    parser.add_argument(
        "--quick",
        action="store_true",
        help="the disk and the ends of vhost-user alone, fewer batches and lengths, no sizes and times; the same limits",
    )
    parser.add_argument("--no-guest", action="store_true", help="leave out what is measured in guests")
    parser.add_argument("--json", metavar="FILE", help="write the rows to FILE as well")
    parser.add_argument(
        "--where", action="store_true", help="say which functions the instructions and bytes are in"
    )
    parser.add_argument(
        "--classes",
        nargs="?",
        const="show",
        choices=("show", "update"),
        help="lines and bytes of each driver alone; with update, lowers what bench/limits.yaml knows of them",
    )
    parser.add_argument(
        "--runtime", metavar="DIR", default=ROOT / "runtime", help="measure this runtime/ instead"
    )
    return parser.parse_args()


def count_rows(given, runtime, out, where):
    """Rows of callgrind, or one row that says why there are none."""
    batches = count.QUICK_BATCHES if given.quick else 1000
    try:
        program = count.build(ROOT, runtime, out)
        print(f"bench: {count.versions()}")
        ring, figures = count.ring_rows(program, batches, where, given.quick)
        block, called = count.block_rows(ROOT, runtime, out, where, given.quick)
        growth = count.growth_rows(program, batches, where, given.quick)
        return ring + block + growth, figures | called
    except count.NotMeasured as why:
        return [row(group, "all", "", reason=str(why)) for group in ("ring", "block", "growth")], {}


def size_rows(runtime, out, quick, where):
    reason = sizes.missing()
    if reason:
        return [row(group, "all", "", reason=reason) for group in ("size", "ram")], {}
    rows = sizes.rows(ROOT, runtime, out, quick, where)
    value = {one["name"]: one["value"] for one in rows}
    return rows, {
        "text-both": value.get(".text, both MMIO versions"),
        "ram-queue-256": value[sizes.RAM[0][0]],
    }


def peer_rows(figures):
    """Other people's figures, dated constants, with ours as a part of each, and what part it may be."""
    result = []
    for figure, (what, unit, peers) in FIGURES.items():
        ours = figures.get(figure)
        result += [
            row(
                "peers",
                f"{what}: {name} ({commit}, {MEASURED})",
                unit,
                value,
                ratio=None if ours is None else ours / value,
                of="this is ours",
            )
            for name, commit, value in peers
        ]
        if ours is not None and figure in LIMITS:
            best = min(peers, key=lambda peer: peer[2])
            result.append(
                row(
                    "peers",
                    f"{what}: ours to the best of them",
                    "times",
                    ours / best[2],
                    limit=LIMITS[figure],
                    known=KNOWN.get(figure),
                )
            )
    return result


def print_where(where, functions):
    for name, result in where.items():
        print(f"\n{name}: {result['Ir']:.1f} instructions")
        for function, cost in sorted(result["where"].items(), key=lambda item: -item[1]):
            if cost >= 0.05:
                print(f"  {cost:8.1f}  {function}")
    if functions:
        print("\n.text, both MMIO versions, bytes")
    for size, member, function in functions:
        print(f"  {size:8}  {member}: {function}")


def main():
    given = arguments()
    runtime = Path(given.runtime).resolve()
    out = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "bench"
    out.mkdir(parents=True, exist_ok=True)
    if given.classes:
        return classes.show(given.classes == "update")
    where, functions = {}, []
    try:
        rows, figures = count_rows(given, runtime, out, where)
        rows += device.rows(ROOT, runtime, out, given.quick, where)
        rows += vhost.rows(ROOT, runtime, out, given.quick, where)
        waited, packets, counted = [], [], {}
        if not given.quick:
            rows += gpu.rows(ROOT, runtime, out, where)
            rows += vgpu.rows(ROOT, runtime, out, where)
            rows += console.rows(ROOT, runtime, out, where)
            waited = messages.rows(ROOT, runtime, out, where)
            packets, counted = net.rows(ROOT, runtime, out, where)
        more, bytes_ = size_rows(runtime, out, given.quick, functions)
    except count.Failed as error:
        print(f"bench: {error}\nnext: ./vwr test, to see whether the driver works at all", file=sys.stderr)
        return 2
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        code = getattr(error, "returncode", None)
        how = "took too long" if code is None else f"failed with exit code {code}, see above"
        print(
            f"bench: {error.cmd[0]} {how}\nnext: ./vwr test, to see whether it builds at all", file=sys.stderr
        )
        return 2
    rows += packets + more + peer_rows(figures | counted | bytes_)
    if runtime == ROOT / "runtime" and not given.quick:  # whose lines are counted, and what is known of them
        rows += classes.rows()
    if not given.quick:
        rows += waited + generate.rows(ROOT, out)
    if not given.no_guest:
        rows += guest.rows(ROOT, runtime, out, given.quick)
        rows += hypervisor.rows(ROOT, out, given.quick)
    print("\n".join(table(rows)))
    if given.where:
        print_where(where, functions)
    if given.json:
        write_json(given.json, rows)
    return judge(rows, where)


def other_compiler(one):
    """The major version of the gcc that a row depends on, if it is not the one that limits were set with."""
    compiler = COMPILERS.get(one["group"])
    if compiler is None or one["exact"]:
        return None
    version = subprocess.run([compiler, "-dumpversion"], check=True, capture_output=True, text=True).stdout
    major = int(version.split(".")[0])
    return major if major != GCC else None


def made_of(one, where):
    """The functions that most of a figure is in, in one line; or nothing."""
    costs = where[one["where"]]["where"] if one["where"] in where else {}
    parts = [
        f"{cost:.1f} {name}"
        for name, cost in sorted(costs.items(), key=lambda item: -item[1])
        if cost >= LEAST
    ]
    return f"\n    {', '.join(parts)}" if parts else ""


def judge(rows, where):
    """Says which limits are broken, and where the instructions are; 1 if one of them is news."""
    news = 0
    busy = next((one["value"] for one in rows if one["name"] == guest.OTHERS), 0.0)
    for one in (one for one in rows if not holds(one)):
        other = other_compiler(one)
        excuse = (
            f"; set for gcc {GCC}, this is gcc {other}" if other else "; as is known" if is_known(one) else ""
        )
        excuse = excuse or guest.excuse(one, busy)
        news += not excuse
        print(
            f"bench: {one['group']}: {one['name']}: {one['value']:.1f} {one['unit']}, "
            f"the limit is {one['limit']:.1f}{excuse}{made_of(one, where)}",
            file=sys.stderr,
        )
    if news:
        print("next: ./vwr bench --where, to see where they are", file=sys.stderr)
        return 1
    missing = sum(1 for one in rows if one["reason"])
    print(
        "bench: no limit is broken that was not known to be, see bench/README.md"
        + (f"; {missing} groups not measured, see their rows" if missing else "")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
