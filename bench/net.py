# SPDX-License-Identifier: MIT
"""Instructions of a frame on the host: out by vwr_net_fill, _submit, _kick and _reap, in by vwr_net_receive_reap, _return and _kick."""

import count
import limits
from peers import FIGURES
from rows import row

INSTRUCTIONS = "instructions/packet"
RINGS = ("split", "packed_indirect", "packed")
WAYS = ("send", "receive")
BYTES = (64, 1514)
# What a limit is called, by way, ring and what its depth is called; the length of a packet makes no difference.
NAMES = {
    (way, ring, label): f"{way}, {ring.replace('_', ' ')}, {label}"
    for way in WAYS
    for ring in RINGS
    for _, label in count.DEPTHS
}
LIMITS = limits.of("net", NAMES.values())


def build(root, runtime, out, options=()):
    """Compiles the program and its card, our device side, with the runtime; answers the program."""
    return count.linked(
        root, runtime, out, "bench_net", [count.BENCH / "net" / "net.c", count.CASES], options
    )


def run(program, way, ring, depth, batches, bytes_):
    """Instructions of a packet and where they went, and notifications of a batch."""
    counted, text = count.counted(program, [way, ring, depth, batches, bytes_])
    if counted["packets"] != depth * batches:
        raise count.Failed(
            f"bench_net {way} {ring}: {counted['packets']} packets instead of {depth * batches}"
        )
    costs = count.by_source(text)
    where = {name: cost / counted["packets"] for name, cost in costs.items()}
    return {"Ir": sum(where.values()), "where": where, "notifications": counted["notifications"] / batches}


def rows(root, runtime, out, where):
    """All of the group, or one row that says why there is nothing; and what stands beside peers. Raises count.Failed."""
    reason = count.missing()
    if reason:
        return [row("net", "all", "", reason=reason)], {}
    program = build(root, runtime, out)
    result, figures = [], {}
    for way, ring, (depth, label), bytes_ in (
        (w, r, d, b) for w in WAYS for r in RINGS for d in count.DEPTHS for b in BYTES
    ):
        name = f"net, {way} {bytes_} bytes, {ring.replace('_', ' ')}, {label}"
        ours = where[name] = run(program, way, ring, depth, 32000 // depth, bytes_)
        figures[f"net-{way}-{label}"] = figures.get(f"net-{way}-{label}", ours["Ir"])  # the first is split
        best = FIGURES[f"net-{way}-{label}"][2][0]
        figure = LIMITS[NAMES[way, ring, label]]
        result.append(
            row(
                "net",
                name,
                INSTRUCTIONS,
                ours["Ir"],
                **figure.bounds(),
                where=name,
                ratio=ours["Ir"] / best[2],
                of="rcore",
            )
        )
        result.append(row("net", f"{name}, notifications", "per batch", ours["notifications"], exact=1.0))
    return result, figures
