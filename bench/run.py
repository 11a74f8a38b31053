#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what the driver costs, and fails if it costs more than it may. `./vwr bench` calls this; see README.md."""

import os
import sys
from pathlib import Path

import calls
import classes
import count
import device
import forms
import generate
import guest
import hypervisor
import linux_ring
import recorded
import report
import sizes
import tables
import vhost
from peers import FIGURES, KNOWN, LIMITS, MEASURED
from rows import row

ROOT = Path(__file__).resolve().parent.parent
COUNTED = ("ring", "block", "growth", "device", "vhost", *(program.group for program in calls.PROGRAMS))


def arguments():
    parser = report.parser(
        __doc__.split(" `")[0],
        "the disk, frames in two pieces, and the chains, traps and frames of the device side, with fewer batches and lengths; the same limits",
    )
    parser.add_argument("--no-guest", action="store_true", help="leave out what is measured in guests")
    parser.add_argument(
        "--no-linux", action="store_true", help="leave out Linux's own ring, whose source is downloaded"
    )
    parser.add_argument(
        "--only",
        metavar="TEXT",
        help=f"one group: {', '.join(GROUPS)}; or the rows of requests of any form and of frames in pieces with TEXT in their name",
    )
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


def counted_rows(quick, runtime, out, where):
    """Rows of callgrind, and figures beside peers; or rows that say why there are none."""
    if reason := count.missing():
        return [row(group, "all", "", reason=reason) for group in COUNTED], {}
    print(f"bench: {count.versions()}")
    program, batches = count.build(ROOT, runtime, out), count.QUICK_BATCHES if quick else 1000
    ring, figures = count.ring_rows(program, batches, where, quick)
    block, called = count.block_rows(ROOT, runtime, out, where, quick)
    rows = ring + block + count.growth_rows(program, batches, where, quick)
    rows += device.rows(ROOT, runtime, out, quick, where) + table_rows(runtime, out, quick, where)
    rows += [] if quick else vhost.rows(ROOT, runtime, out, where)
    rows += forms.rows(ROOT, runtime, out, where, quick)
    classes_, packets = calls.rows(ROOT, runtime, out, where, lambda one: one.quick or not quick)
    rows += recorded_rows(runtime, out, quick, where)
    return rows + classes_, figures | called | packets


def table_rows(runtime, out, quick, where):
    """The device side for chains in tables."""
    passes = device.QUICK_PASSES if quick else device.PASSES
    return tables.rows(device.build(ROOT, runtime, out), passes, quick, where)


def linux_rows(runtime, out, quick, where):
    """Linux's own ring, which is none of the rows of --quick."""
    return [] if quick else linux_ring.rows(ROOT, runtime, out, where)


def recorded_rows(runtime, out, quick, where):
    """The recorded requests and frames."""
    return recorded.rows(ROOT, runtime, out, quick, where)


GROUPS = {"linux": linux_rows, "recorded": recorded_rows, "tables": table_rows}


def some_rows(quick, runtime, out, where, only):
    """One group, or the requests of any form and the frames in pieces whose names contain `only`."""
    if reason := count.missing():
        return [row("block", "all", "", reason=reason)]
    print(f"bench: {count.versions()}")
    if only in GROUPS:
        rows = GROUPS[only](runtime, out, quick, where)
    else:
        chosen = lambda one: "piece" in one.name and only in one.name and (one.quick or not quick)
        rows = forms.rows(ROOT, runtime, out, where, quick, only)
        rows += calls.rows(ROOT, runtime, out, where, chosen)[0]
    if not rows:
        raise count.Failed(f"there is no row for {only!r}{' with --quick' if quick else ''}")
    return rows


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


def measure(given):
    """All rows, and where the instructions are."""
    runtime = Path(given.runtime).resolve()
    out = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "bench"
    out.mkdir(parents=True, exist_ok=True)
    where, functions = {}, []
    if given.only is not None:
        rows = some_rows(given.quick, runtime, out, where, given.only)
        if given.where:
            print_where(where, functions)
        return rows, where
    rows, figures = counted_rows(given.quick, runtime, out, where)
    if not (given.no_linux or count.missing()):
        rows += linux_rows(runtime, out, given.quick, where)
    more, bytes_ = size_rows(runtime, out, given.quick, functions)
    rows += more + peer_rows(figures | bytes_)
    if runtime == ROOT / "runtime" and not given.quick:  # whose lines are counted, and what is known of them
        rows += classes.rows()
    if not given.quick:
        rows += generate.rows(ROOT, out)
    if not given.no_guest:
        rows += guest.rows(ROOT, runtime, out, given.quick)
        rows += hypervisor.rows(ROOT, out, given.quick)
    if given.where:
        print_where(where, functions)
    return rows, where


def main():
    given = arguments()
    if given.classes:
        return classes.show(given.classes == "update")
    return report.command(given, lambda: measure(given), "./vwr test")


if __name__ == "__main__":
    sys.exit(main())
