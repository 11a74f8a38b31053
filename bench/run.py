#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures what the driver costs, and fails if it costs more than it may. `./vwr bench` calls this; see README.md."""

import os
import sys
from pathlib import Path

import blocks
import calls
import classes
import count
import device
import forms
import generate
import guest
import hypervisor
import linux_ring
import page
import pairs
import recorded
import regions
import report
import sizes
import tables
import vhost
from peers import FIGURES, LIMITS, MEASURED
from rows import row

ROOT = Path(__file__).resolve().parent.parent
COUNTED = (
    "ring",
    "block",
    "growth",
    "device",
    "regions",
    "usual",
    "vhost",
    *(program.group for program in calls.PROGRAMS),
)


def arguments():
    parser = report.parser(
        __doc__.split(" `")[0],
        "the disk, some frames, a console byte by byte, and the chains, traps and frames of the device side, with fewer batches and lengths; the same limits",
    )
    parser.add_argument("--no-guest", action="store_true", help="leave out what is measured in guests")
    parser.add_argument(
        "--no-linux", action="store_true", help="leave out Linux's own ring, whose source is downloaded"
    )
    parser.add_argument(
        "--only",
        metavar="TEXT",
        help=f"one group: {', '.join(GROUPS)}; or the rows of requests of any form and of the calls of classes with TEXT in their name",
    )
    parser.add_argument(
        "--where", action="store_true", help="say which functions the instructions and bytes are in"
    )
    parser.add_argument(
        "--classes",
        nargs="?",
        const="show",
        choices=("show", "update"),
        help="lines and bytes of each driver alone; with update, lowers their limits in bench/limits.yaml",
    )
    parser.add_argument(
        "--runtime", metavar="DIR", default=ROOT / "runtime", help="measure this runtime/ instead"
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="write the tables of bench/README.md whose rows were measured",
    )
    return parser.parse_args()


def counted_rows(quick, runtime, out, where):
    """Rows of callgrind, and figures beside peers; or rows that say why there are none."""
    if reason := count.missing():
        return [row(group, "all", "", reason=reason) for group in COUNTED], {}
    print(f"bench: {count.versions()}")
    program, batches = ring_program(runtime, out, quick)
    ring, figures = count.ring_rows(program, batches, where, quick)
    block, called = count.block_rows(ROOT, runtime, out, where, quick)
    rows = ring + block + count.growth_rows(program, batches, where, quick)
    rows += device.rows(ROOT, runtime, out, quick, where) + table_rows(runtime, out, quick, where)
    rows += region_rows(runtime, out, quick, where) + usual_rows(runtime, out, quick, where)
    rows += [] if quick else vhost.rows(ROOT, runtime, out, where)
    rows += forms.rows(ROOT, runtime, out, where, quick)
    classes_, packets = calls.rows(ROOT, runtime, out, where, lambda one: one.quick or not quick)
    rows += recorded_rows(runtime, out, quick, where)
    return rows + classes_, figures | called | packets


def ring_program(runtime, out, quick):
    """bench_host, and its numbers of batches."""
    return count.build(ROOT, runtime, out), count.QUICK_BATCHES if quick else 1000


def ring_rows(runtime, out, quick, where):
    """The ring level, compared with the hand-written loops."""
    return count.ring_rows(*ring_program(runtime, out, quick), where, quick)[0]


def block_rows(runtime, out, quick, where):
    """The calls of the disk's driver, and requests of any form."""
    rows, _ = count.block_rows(ROOT, runtime, out, where, quick)
    return rows + forms.rows(ROOT, runtime, out, where, quick)


def device_rows(runtime, out, quick, where):
    """The device side, except the rows of other groups."""
    return device.rows(ROOT, runtime, out, quick, where)


def call_rows(group):
    """The calls of a class that has its own group."""
    return lambda runtime, out, quick, where: calls.rows(
        ROOT, runtime, out, where, lambda one: one.quick or not quick, (group,)
    )[0]


def ram_rows(runtime, out, _quick, _where):
    """Memory of queues."""
    return sizes.ram_rows(ROOT, runtime, out)


def table_rows(runtime, out, quick, where):
    """The device side for chains in tables."""
    passes = device.QUICK_PASSES if quick else device.PASSES
    return tables.rows(device.build(ROOT, runtime, out), passes, quick, where)


def region_rows(runtime, out, quick, where):
    """The device side where guest memory has several regions."""
    passes = device.QUICK_PASSES if quick else device.PASSES
    return regions.rows(ROOT, runtime, out, passes, quick, where)


def usual_rows(runtime, out, quick, where):
    """Both ends with the features of a usual pair; omitted with --quick."""
    return [] if quick else pairs.rows(ROOT, runtime, out, where)


def linux_rows(runtime, out, quick, where):
    """Linux's own ring, which is none of the rows of --quick."""
    return [] if quick else linux_ring.rows(ROOT, runtime, out, where)


def recorded_rows(runtime, out, quick, where):
    """The recorded requests and frames."""
    return recorded.rows(ROOT, runtime, out, quick, where)


GROUPS = {
    **{group: call_rows(group) for group in calls.LIMITS},
    calls.SHOWN: call_rows(calls.SHOWN),
    "block": block_rows,
    "device": device_rows,
    "linux": linux_rows,
    "ram": ram_rows,
    "recorded": recorded_rows,
    "regions": region_rows,
    "ring": ring_rows,
    "tables": table_rows,
    "usual": usual_rows,
}


def names_of(only):
    """The groups that --only names, or its text."""
    names = only.split(",")
    return names if set(names) <= set(GROUPS) else [only]


def some_rows(quick, runtime, out, where, only):
    """One group, or the rows of forms.py and of calls.py whose names contain `only`."""
    if reason := count.missing():
        return [row("block", "all", "", reason=reason)]
    print(f"bench: {count.versions()}")
    if only in GROUPS:
        rows = GROUPS[only](runtime, out, quick, where)
    else:
        chosen = lambda one: only in one.name and (one.quick or not quick)
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


def write_blocks(given, rows):
    """Writes the tables of the pages whose rows were measured."""
    made = page.made_of(rows)
    first = made[blocks.PAGE]
    if given.only is None:
        runtime = Path(given.runtime).resolve()
        first["features"] = pairs.table(pairs.build(ROOT, runtime, folder_of_programs()))
    for path, some in made.items():
        if some:
            blocks.write(some, path)
            print(f"bench: {path.relative_to(ROOT)} has new tables: {', '.join(some)}")


def measure(given):
    """All rows, and where the instructions are."""
    rows, where = measured_rows(given)
    if given.write:
        write_blocks(given, rows)
    return rows, where


def folder_of_programs():
    """The folder in which the programs are built."""
    out = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "bench"
    out.mkdir(parents=True, exist_ok=True)
    return out


def measured_rows(given):
    """The requested rows, and the functions with their instructions."""
    runtime = Path(given.runtime).resolve()
    out = folder_of_programs()
    where, functions = {}, []
    if given.only is not None:
        rows = [
            one for name in names_of(given.only) for one in some_rows(given.quick, runtime, out, where, name)
        ]
        if given.where:
            print_where(where, functions)
        return rows, where
    rows, figures = counted_rows(given.quick, runtime, out, where)
    if not (given.no_linux or count.missing()):
        rows += linux_rows(runtime, out, given.quick, where)
    more, bytes_ = size_rows(runtime, out, given.quick, functions)
    rows += more + peer_rows(figures | bytes_)
    if runtime == ROOT / "runtime" and not given.quick:  # whose lines are counted
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
