# SPDX-License-Identifier: MIT
"""Instructions of a full screen of a guest's, transfer and flush, on the host, beside those of copying its bytes."""

import count
import limits
from rows import row

# What is done with the pixels, and its row. With a framebuffer of the VMM's there are two copies.
LEVELS = {
    "memory": "vgpu, transfer and flush, pixels shown where they are",
    "framebuffer": "vgpu, transfer and flush, pixels drawn into a framebuffer",
}
LIMITS = limits.of("vgpu", LEVELS.values(), every=False)


def run(program, level, screens):
    """Instructions of a screen, and where they went."""
    counted, text = count.counted(program, [level, screens], [count.MEASURED], ())
    if counted["screens"] != screens:
        raise count.Failed(f"{program.name}: {counted['screens']} screens instead of {screens}")
    where = {name: cost / screens for name, cost in count.by_source(text).items()}
    return {"Ir": sum(where.values()), "where": where}


def rows(root, runtime, out, where):
    """All of the group, or one row that says why there is nothing. Raises count.Failed."""
    reason = count.missing()
    if reason:
        return [row("vgpu", "all", "", reason=reason)]
    program = count.linked(root, runtime, out, "bench_vgpu", [count.BENCH / "vgpu" / "flush.c", count.CASES])
    screens = 4
    copied = run(program, "copy", screens)["Ir"]
    result = [row("vgpu", "1280 x 800 x 4 bytes by vwr_copy", "instructions/screen", copied)]
    for level, name in LEVELS.items():
        ours = where[name] = run(program, level, screens)
        result.append(
            row(
                "vgpu",
                name,
                "instructions/screen",
                ours["Ir"],
                ratio=ours["Ir"] / copied,
                of="vwr_copy",
                where=name,
                **LIMITS[name].bounds(copied),
            )
        )
    return result
