# SPDX-License-Identifier: MIT
"""Instructions of a guest's message where the guest has much of something, and of all that is done while the lock is held once.

The guest is scripted and left out (grow/grow.c); everything from vwr_vdev_serve on counts.
"""

from collections import Counter

import count
import limits
from rows import row

# The case of grow.c, what it is called, and numbers: the limit is a factor on the first.
GROWTH = (
    ("one-entry", "9p, Treaddir of one entry, {} in the folder", (10, 1000, 100000)),
    ("gpu-flushes", "gpu, RESOURCE_FLUSH, {} resources", (16, 256, 4096)),
    (
        "gpu-flushes-alike",
        "gpu, RESOURCE_FLUSH, {} resources whose ids are multiples of that",
        (16, 256, 4096),
    ),
    ("gpu-makes", "gpu, RESOURCE_UNREF, RESOURCE_CREATE_2D, {} resources", (16, 256, 4096)),
)
# The case, its number, messages, and what it is called.
HELD = (
    ("getattrs", 1, 48, "48 Tgetattr"),
    ("walks", 8100, 48, "48 Twalk among 8100 names with one hash"),
    ("long-walks", 8100, 8, "8 Twalk of 8 names of 255 bytes among 8100 with one hash"),
    ("many-entries", 8100, 48, "48 Treaddir at jumping offsets of 8100 names"),
    ("truncates", 1, 1, "Tsetattr to 1 of a sparse 4 GiB file"),
    ("far-writes", 40, 1, "40 Twrite at the end of 4 GiB, and 40 Tsetattr to 0"),
    ("deep-renames", 1000, 48, "48 Trenameat of a folder below itself, 1000 deep"),
)
LIMITS = limits.of(
    "message growth", (words.format(number) for _, words, numbers in GROWTH for number in numbers[1:])
)
LIMITS_HELD = limits.of("lock held", (words for _, _, _, words in HELD))


def build(root, runtime, out):
    """Compiles the scripted guest for this host and links it with the device side; answers the program."""
    return count.linked(root, runtime, out, "bench_grow", [count.BENCH / "grow" / "grow.c", count.CASES])


def run(program, case, number, messages):
    """Instructions of each time that the lock was held, and where all of them went."""
    server = count.cases(program, [count.MEASURED], [f"--dump-after={count.MEASURED}"])
    said, paths = server.run([case, str(number), str(messages)])
    if f"count={messages}" not in said:
        raise count.Failed(f"{program.name} {case} {number}: {said.strip()} instead of {messages}")
    costs = [count.by_source(path.read_text(encoding="utf-8")) for path in paths]
    where = {name: cost / messages for name, cost in sum(costs, Counter()).items()}
    held = [sum(one.values()) for one in costs]
    return {"held": [one for one in held if one != 0], "Ir": sum(where.values()), "where": where}


def rows(root, runtime, out, where):
    """What grows, and what is done while the lock is held. Raises count.Failed."""
    program = build(root, runtime, out)
    result = []
    for case, words, numbers in GROWTH:
        first = None
        for number in numbers:
            name = words.format(number)
            ours = where[f"device, {name}"] = run(program, case, number, 48)
            first = first or ours["Ir"]
            result.append(
                row(
                    "device",
                    name,
                    "instructions/message",
                    ours["Ir"],
                    ratio=ours["Ir"] / first,
                    of=f"with {numbers[0]}",
                    where=f"device, {name}",
                    **(LIMITS[name].bounds(first) if number != numbers[0] else {}),
                )
            )
    for case, number, messages, words in HELD:
        ours = where[f"device, {words}"] = run(program, case, number, messages)
        result.append(
            row(
                "device",
                f"lock held: {words}",
                "instructions",
                max(ours["held"]),
                **LIMITS_HELD[words].bounds(),
                where=f"device, {words}",
            )
        )
    return result
