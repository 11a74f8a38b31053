# SPDX-License-Identifier: MIT
"""Instructions of a dirty rectangle on the host: vwr_gpu_submit, _kick and _reap of its transfer and its flush."""

import re
import subprocess

import count
import limits
from build import link, static
from rows import row

NAMES = {ring: f"gpu, dirty rectangle, {ring}" for ring in ("split", "packed")}
LIMITS = limits.of("gpu", NAMES.values())


def run(program, ring, rectangles):
    """Instructions of a rectangle and where they went, and notifications."""
    out = program.parent / f"callgrind.gpu.{ring}"
    toggles = [f"--toggle-collect={name}" for name in ("gpu_measured", "bench_mmio_write", "bench_mmio_read")]
    command = [
        "valgrind",
        "--tool=callgrind",
        f"--callgrind-out-file={out}",
        "--collect-atstart=no",
        "--zero-before=gpu_measured",
        *toggles,
        str(program),
        ring,
        str(rectangles),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=count.TIMEOUT, check=False)
    if done.returncode != 0:
        raise count.Failed(
            f"{program.name} {ring}: exit code {done.returncode}: {done.stderr.splitlines()[-1]}"
        )
    counted = {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", done.stdout)}
    if counted["requests"] != rectangles:
        raise count.Failed(f"{program.name}: {counted['requests']} rectangles instead of {rectangles}")
    where = {
        name: cost / rectangles for name, cost in count.by_source(out.read_text(encoding="utf-8")).items()
    }
    return {"Ir": sum(where.values()), "where": where, "notifications": counted["notifications"] / rectangles}


def rows(root, runtime, out, quick, where):
    """All of the group, or one row that says why there is nothing. Raises count.Failed."""
    reason = count.missing()
    if reason:
        return [row("gpu", "all", "", reason=reason)]
    library, include = count.parts(root, runtime)
    program = link(out / "bench_gpu", library, [count.BENCH / "gpu" / "gpu.c"], include, script=static(()))
    result = []
    for ring, name in NAMES.items():
        ours = where[name] = run(program, ring, 200 if quick else 1000)
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
