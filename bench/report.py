# SPDX-License-Identifier: MIT
"""What the commands of the bench have in common: they measure rows, print and judge them."""

import argparse
import functools
import subprocess
import sys

from count import Failed
from rows import holds, table, write_json

# Limits were set with this gcc. What another one makes of the code may be more by so much: gcc 14 has up to 1.17 times
# a limit. More than that is a step in the code.
GCC = 12
OTHER_GCC = 1.25
LEAST = 1.0  # instructions of a function that is named where a limit is broken
CROSS = "aarch64-linux-gnu-gcc"
COMPILERS = {
    **dict.fromkeys(
        ("ring", "gpu", "vgpu", "net", "console", "message", "vhost", "vhost costs", "device", "block"), "gcc"
    ),
    **dict.fromkeys(("peers",), "gcc"),
    **dict.fromkeys(("size", "class", "hypervisor", "icount"), CROSS),
    **dict.fromkeys(("regions", "usual"), "gcc"),
}
OTHERS = "others' share meanwhile"  # the row that says how busy the machine was
QUIET = 10.0  # percent of the processors: more in others' hands, and ratios of rates mean little
SKIPPED = 77


@functools.cache
def version(compiler):
    """The major version of a gcc."""
    said = subprocess.run([compiler, "-dumpversion"], check=True, capture_output=True, text=True).stdout
    return int(said.split(".")[0])


def excuse(one, busy):
    """Why a broken limit is no news, or an empty string. `busy`: percent of the processors that others had."""
    compiler = None if one["exact"] else COMPILERS.get(one["group"])
    if compiler and version(compiler) != GCC and one["value"] <= OTHER_GCC * one["limit"]:
        return f"; set for gcc {GCC}, this is gcc {version(compiler)}"
    if one["group"] == "guest rate" and busy > QUIET:
        return f"; others had {busy:.0f} % of the processors meanwhile"
    return ""


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
    """Says which limits are broken, and where the instructions are; the exit code: 1 if one of them is news."""
    busy = next((one["value"] for one in rows if one["name"] == OTHERS), 0.0)
    broken = [(one, excuse(one, busy)) for one in rows if not holds(one)]
    for one, why in broken:
        print(
            f"bench: {one['group']}: {one['name']}: {one['value']:.1f} {one['unit']}, "
            f"the limit is {one['limit']:.1f}{why}{made_of(one, where)}",
            file=sys.stderr,
        )
    if not all(why for _, why in broken):
        print("next: ./vwr bench --where, to see where they are", file=sys.stderr)
        return 1
    missing = sum(1 for one in rows if one["reason"])
    print(
        "bench: no limit is broken, see bench/README.md"
        + (f"; {missing} groups not measured, see their rows" if missing else "")
    )
    return SKIPPED if missing == len(rows) else 0


def parser(description, quick):
    """The options that each command has; `quick` says what is measured then."""
    found = argparse.ArgumentParser(prog="./vwr bench", description=description)
    found.add_argument("--quick", action="store_true", help=quick)
    found.add_argument("--json", metavar="FILE", help="write the rows to FILE as well")
    return found


def command(given, measure, works):
    """The exit code of a command: `measure` answers rows, and where instructions are; `works` shows whether anything does."""
    try:
        rows, where = measure()
    except Failed as error:
        print(f"bench: {error}\nnext: {works}, to see whether it works at all", file=sys.stderr)
        return 2
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        code = getattr(error, "returncode", None)
        how = "took too long" if code is None else f"failed with exit code {code}, see above"
        print(
            f"bench: {error.cmd[0]} {how}\nnext: ./vwr test, to see whether it builds at all", file=sys.stderr
        )
        return 2
    print("\n".join(table(rows)))
    if given.json:
        write_json(given.json, rows)
    return judge(rows, where)
