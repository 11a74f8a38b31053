# SPDX-License-Identifier: MIT
"""Instructions of 4 KiB on the host that are written to a console or read from it, and bytes a notification."""

import count
import limits
from rows import row

BYTES = 4096  # a call: all buffers of a port
# What a row is called, by way and ring.
NAMES = {
    (way, ring): f"console, {way} 4 KiB, {ring}" for way in ("write", "read") for ring in ("split", "packed")
}
LIMITS = limits.of("console", NAMES.values())


def build(root, runtime, out, options=()):
    """Compiles the program and its other end, our device side, with the runtime; answers the program."""
    return count.linked(
        root, runtime, out, "bench_console", [count.BENCH / "console" / "console.c", count.CASES], options
    )


def run(program, way, ring, calls):
    """Instructions of a call and where they went, and bytes a notification."""
    counted, text = count.counted(program, [way, ring, calls])
    if counted["bytes"] != calls * BYTES:
        raise count.Failed(
            f"{program.name} {way} {ring}: {counted['bytes']} bytes instead of {calls * BYTES}"
        )
    where = {name: cost / calls for name, cost in count.by_source(text).items()}
    return {
        "Ir": sum(where.values()),
        "where": where,
        "notified": counted["bytes"] / counted["notifications"],
    }


def rows(root, runtime, out, where):
    """All of the group, or one row that says why there is nothing. Raises count.Failed."""
    reason = count.missing()
    if reason:
        return [row("console", "all", "", reason=reason)]
    program = build(root, runtime, out)
    result = []
    for (way, ring), name in NAMES.items():
        ours = where[name] = run(program, way, ring, 1000)
        result.append(
            row(
                "console",
                name,
                "instructions/4 KiB",
                ours["Ir"],
                **LIMITS[name].bounds(),
                where=name,
            )
        )
        result.append(row("console", f"{name}, instructions a byte", "instructions/byte", ours["Ir"] / BYTES))
        result.append(
            row("console", f"{name}, bytes a notification", "bytes", ours["notified"], exact=float(BYTES))
        )
    return result
