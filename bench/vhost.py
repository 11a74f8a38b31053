# SPDX-License-Identifier: MIT
"""Instructions of both ends of vhost-user a request, each with its eventfds, for a disk that stores nothing."""

import count
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
NAME = "{end}, {ring}, {label}"
LIMITS = limits.of(
    "vhost",
    [
        NAME.format(end=end, ring=ring, label=label)
        for end in ENDS.values()
        for ring in RINGS
        for _, label in DEPTHS
    ],
)
INSTRUCTIONS = "instructions/request"


def build(root, runtime, out):
    """The program with both ends, over the port of a process and not over that of the bench."""
    return linked(root, runtime, out / "bench_ends", "ends.c", "-Wl,--wrap=poll")


def linked(root, runtime, target, source, *script):
    """A program of bench/vhost/ with hosted/vhost and the library."""
    library, _ = count.parts(root, runtime)
    ends = runtime.parent / "hosted" / "vhost"
    return link(
        target,
        library,
        [count.BENCH / "vhost" / source, count.CASES, *sorted(ends.glob("*.c"))],
        (runtime / "port" / "host", runtime / "include", root / "generated" / "include"),
        ("-DVWR_CFG_ACCESS=1", "-D_GNU_SOURCE"),
        script=(*static(()), *script),
        own=(ends,),
    )


def rows(root, runtime, out, where):
    """All of the group. Raises count.Failed."""
    program = build(root, runtime, out)
    result = []
    for end, words in ENDS.items():
        for ring in RINGS:
            for depth, label in DEPTHS:
                name = NAME.format(end=words, ring=ring, label=label)
                number = BATCHES[depth]
                ours = where[name] = count.measured(
                    program, [end, ring, depth, number], "requests", depth * number, None, TOGGLES[end], ()
                )
                result.append(
                    row("vhost", name, INSTRUCTIONS, ours["Ir"], **LIMITS[name].bounds(), where=name)
                )
                for what in ("kicks", "interrupts"):
                    result.append(
                        row("vhost", f"{name}, {what}", "per batch", ours[what] / number, exact=1.0)
                    )
    for (words, label), peers in VHOST.items():
        for name, version, value in peers:
            result.append(
                row("vhost", f"{words}, {label}: {name} ({version}, {VHOST_MEASURED})", INSTRUCTIONS, value)
            )
    return result
