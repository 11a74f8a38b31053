#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A disk under our own front end with 32 reads at once: direct and through vwr-monitor, alternately. See README.md."""

import argparse
import contextlib
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

import rates
import vhost
import vhost_guests as guests
from others import Others
from rows import row

GROUP = "monitor"
DEPTH = 32
PASSES = 15
BATCHES = 2000
GOAL = 0.9  # of the rate
WAYS = {
    "between": (),
    "beside": ("--beside",),
    "one in 32": ("--one-in", "32"),
}  # how the monitor looks, and its options


def measure(folder, loader, null, passes):
    """{way: [(rate, microseconds of the monitor a request)]}; "alone": of the disk."""
    socket = folder / rates.socket_of(rates.ENDS[0], null)
    found = {}
    with contextlib.ExitStack() as stack:
        disk = stack.enter_context(rates.back_end(folder, guests.program(), rates.ENDS[0], null))
        ends, pids = {"alone": socket}, {"alone": disk.process.pid}
        for way, options in WAYS.items():
            ends[way] = folder / f"{way}.sock"
            ends[way].unlink(missing_ok=True)
            command = [guests.built("hosted/programs/monitor/vwr-monitor"), "--again", "--listen", ends[way]]
            server = stack.enter_context(
                guests.Server(
                    [*command, "--connect", socket, *options],
                    ends[way],
                    log=folder / "log",
                    stdout=subprocess.DEVNULL,
                )
            )
            pids[way] = server.process.pid
        for _ in range(passes):
            for way, end in ends.items():
                rate, used = rates.loaded(loader, end, DEPTH, DEPTH * BATCHES, pids[way])
                found.setdefault(way, []).append((rate, used / 1000 / DEPTH / BATCHES))
    return found


def rows_of(found, name):
    alone = median(rate for rate, _ in found["alone"])
    yield row(GROUP, f"{name}, {DEPTH} at once: alone", "requests/s", float(alone))
    for way in WAYS:
        rate, cpu = (median(one[place] for one in found[way]) for place in (0, 1))
        yield row(
            GROUP,
            f"{name}, {DEPTH} at once: monitor, {way}",
            "requests/s",
            float(rate),
            ratio=rate / alone,
            of=f"alone, goal {GOAL:g}",
        )
        yield row(GROUP, f"{name}, {DEPTH} at once: CPU time of the monitor, {way}", "us/request", cpu)


def main():
    parser = argparse.ArgumentParser(prog="./vwr bench monitor", description=__doc__.split(" See")[0])
    parser.add_argument("--passes", type=int, default=PASSES, help=f"of each way ({PASSES})")
    parser.add_argument("--json", metavar="FILE", help="write the rows to FILE as well")
    given = parser.parse_args()
    folder = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "bench" / "vhost"
    for name in ("vhost/vwr-vhost", "monitor/vwr-monitor"):
        if not guests.built(f"hosted/programs/{name}").is_file():
            print(f"bench: {name} is not built (./vwr vhost --help, ./vwr monitor --help)", file=sys.stderr)
            return 77
    folder.mkdir(parents=True, exist_ok=True)
    rates.write_disk(folder / "disk.img")
    others = Others()
    try:
        loader = vhost.build(ROOT, ROOT / "runtime", folder)
        result = [
            one
            for name, null in (("null disk", True), ("file", False))
            for one in rows_of(measure(folder, loader, null, given.passes), name)
        ]
    except subprocess.SubprocessError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    rates.show(result, others, given.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
