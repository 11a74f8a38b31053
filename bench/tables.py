# SPDX-License-Identifier: MIT
"""Instructions of the device side for chains in indirect tables, as Linux sends them, and for a long one in the ring."""

import count
import device
import limits
from rows import row

# Where the segments of a chain are, and how many.
TABLES = (("table", 3), ("table", 16), ("table", 200))
RING = ("ring", 16)
SHAPES = (*TABLES, RING)
QUICK = TABLES[:1]  # all of which are in --quick
LEAST = 640  # chains: the first of a ring takes the slow path, which is as long as the chain
# Levels that serve tables, by format.
YARDSTICKS = {"split": "hand_table", "packed": "hand_table_packed"}
DISK = "disk over nothing {form}, {where} of {segments}, {label}"
QUEUE = "queue {form}, {where} of {segments}, {label}"
HAND = "hand-written {form}, {where} of {segments}, {label}"
LIMITS = limits.of(
    "device tables",
    [
        DISK.format(form=form, where=where, segments=segments, label=label)
        for form in YARDSTICKS
        for where, segments in SHAPES
        for _, label in count.DEPTHS
    ],
    every=False,
)


def rows(program, passes, quick, where):
    """Queue alone, disk and yardstick for each shape, format and depth; `program` is that of device.build."""
    return [
        one
        for form, hand in device.FORMATS
        for shape in (QUICK if quick else SHAPES)
        for depth, label in count.DEPTHS
        for one in shape_rows(
            program,
            form,
            YARDSTICKS[form] if shape in TABLES else hand,
            shape,
            (depth, label, max(passes * 3 // shape[1], LEAST) // depth),
            where,
        )
    ]


def shape_rows(program, form, hand_level, shape, depths, where):
    """One shape: the yardstick, and ours beside it."""
    depth, label, batches = depths
    names = (
        name.format(form=form, where=shape[0], segments=shape[1], label=label) for name in (HAND, QUEUE, DISK)
    )
    rows, hand = [], None
    for name, level in zip(names, (hand_level, "ours", "disk")):
        found = where[f"device, {name}"] = device.run(program, level, form, depth, batches, *shape)
        hand = hand or found["Ir"]
        rows.append(
            row(
                "device",
                name,
                "instructions/request" if level == "disk" else device.INSTRUCTIONS,
                found["Ir"],
                ratio=None if level == hand_level else found["Ir"] / hand,
                of="hand-written",
                **(LIMITS[name] if level == "disk" else limits.Figure()).bounds(),
                where=f"device, {name}",
            )
        )
    return rows
