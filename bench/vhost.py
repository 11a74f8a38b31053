# SPDX-License-Identifier: MIT
"""Instructions of both ends of vhost-user a request, each with its eventfds, for a disk that stores nothing."""

import count
import hosted
import limits
from build import link, static
from peers import VHOST, VHOST_MEASURED
from rows import row

ENDS = {"front": "front end", "back": "back end"}
RINGS = ("split", "packed")
DEPTHS = ((1, "one at a time"), (32, "32 in flight"))
BATCHES = {1: 1000, 32: 200}
# The ends work alternately: each counts without the other one.
TOGGLES = {"front": ("front_measured", "back_step"), "back": ("back_measured",)}
# Regions of the guest's memory; the front end uses addresses of its own process, whatever they are in.
REGIONS = {
    "front": (((), ""),),
    "back": (
        ((), ""),
        ((2, "same"), ", 2 regions, header and data in one"),
        ((2, "others"), ", 2 regions, header and data in two"),
        ((8, "others"), ", 8 regions, data in each of 7 in turn"),
    ),
}
NAME = "{end}, {ring}, {label}{regions}"
CASES = [  # (name of the row, what the program counts, the guest's memory)
    (
        NAME.format(end=words, ring=ring, label=label, regions=regions),
        (end, ring, depth),
        memory,
    )
    for end, words in ENDS.items()
    for ring in RINGS
    for depth, label in DEPTHS
    for memory, regions in REGIONS[end]
]
LIMITS = limits.of("vhost", [name for name, _, _ in CASES])
INSTRUCTIONS = "instructions/request"
# Of loads.c: requests as long as Linux's.
LARGE = (f"-DVWR_FS_IO_BYTES={hosted.IO_BYTES}u", f"-DVWR_9P_MSIZE={hosted.IO_BYTES + 4096}u")


def build(root, runtime, out):
    """The program with both ends, over the port of a process and not over that of the bench."""
    return linked(root, runtime, out / "bench_ends", "ends.c", "-Wl,--wrap=poll")


def linked(root, runtime, target, source, *script, options=()):
    """A program of bench/vhost/ with hosted/vhost and the library."""
    library, _ = count.parts(root, runtime)
    ends = runtime.parent / "hosted" / "vhost"
    return link(
        target,
        library,
        [count.BENCH / "vhost" / source, count.CASES, *sorted(ends.glob("*.c"))],
        (runtime / "port" / "host", runtime / "include", root / "generated" / "include"),
        ("-DVWR_ACCESS_CALLS=1", "-D_GNU_SOURCE", *options),
        script=(*static(()), *script),
        own=(ends,),
    )


def rows(root, runtime, out, where):
    """All of the group. Raises count.Failed."""
    program = build(root, runtime, out)
    result = []
    for name, (end, ring, depth), memory in CASES:
        number = BATCHES[depth]
        ours = where[name] = count.measured(
            program, [end, ring, depth, number, *memory], "requests", depth * number, None, TOGGLES[end], ()
        )
        result.append(row("vhost", name, INSTRUCTIONS, ours["Ir"], **LIMITS[name].bounds(), where=name))
        for what in ("kicks", "interrupts"):
            result.append(row("vhost", f"{name}, {what}", "per batch", ours[what] / number, exact=1.0))
    for (words, label), peers in VHOST.items():
        for name, version, value in peers:
            result.append(
                row("vhost", f"{words}, {label}: {name} ({version}, {VHOST_MEASURED})", INSTRUCTIONS, value)
            )
    return result
