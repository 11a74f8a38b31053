# SPDX-License-Identifier: MIT
"""Instructions of a dirty rectangle on the host: vwr_gpu_submit, _kick and _reap of its transfer and its flush."""

import count
import limits
from rows import row

NAMES = {ring: f"gpu, dirty rectangle, {ring}" for ring in ("split", "packed")}
LIMITS = limits.of("gpu", NAMES.values())


def run(program, ring, rectangles):
    """Instructions of a rectangle and where they went, and notifications."""
    counted, text = count.counted(program, [ring, rectangles])
    if counted["requests"] != rectangles:
        raise count.Failed(f"{program.name}: {counted['requests']} rectangles instead of {rectangles}")
    where = {name: cost / rectangles for name, cost in count.by_source(text).items()}
    return {"Ir": sum(where.values()), "where": where, "notifications": counted["notifications"] / rectangles}


def rows(root, runtime, out, where):
    """All of the group, or one row that says why there is nothing. Raises count.Failed."""
    reason = count.missing()
    if reason:
        return [row("gpu", "all", "", reason=reason)]
    program = count.linked(root, runtime, out, "bench_gpu", [count.BENCH / "gpu" / "gpu.c", count.CASES])
    result = []
    for ring, name in NAMES.items():
        ours = where[name] = run(program, ring, 1000)
        result.append(
            row(
                "gpu",
                name,
                "instructions/rectangle",
                ours["Ir"],
                **LIMITS[name].bounds(),
                where=name,
            )
        )
        result.append(row("gpu", f"{name}, notifications", "per rectangle", ours["notifications"], exact=1.0))
    return result
