# SPDX-License-Identifier: MIT
"""Instructions of the device side if guest memory has several regions, compared with one region.

The places are those of enum bench_place in device/bench_device.h.
"""

from typing import NamedTuple

import count
import device
import limits
import pairs
from rows import row

PLACES = {  # names in the program, and in rows
    "same": "a request in one region",
    "alternating": "alternating",
    "random": "random",
    "apart": "data in another",
    "ring": "ring in another",
}
REGIONS = (2, 8, 64)
DATA = (1, 3, 16)
LEAST = 640  # chains, as of tables.py
BATCH = count.DEPTHS[1][0]


class Shape(NamedTuple):
    """A kind of request: the ring, the place of the descriptors, the data segments, and the requests per notification."""

    form: str
    where: str
    data: int
    depth: int = BATCH

    def name(self, regions, place=""):
        """The name of a row."""
        data = "1 data segment" if self.data == 1 else f"{self.data} data segments"
        label = {depth: label for depth, label in count.DEPTHS}[self.depth]
        among = "1 region" if regions == 1 else f"{regions} regions, {PLACES[place]}"
        return f"disk over nothing {self.form}, {self.where}, {data}, {among}, {label}"


def mapped_name(shape, number):
    """The name of a row of a disk behind an IOMMU."""
    mappings = "1 mapping" if number == 1 else f"{number} mappings"
    return f"{shape.name(1).removesuffix(', batch 32').replace('1 region', 'behind an IOMMU')}, {mappings}, batch 32"


EVERY = tuple((regions, place) for regions in REGIONS for place in PLACES)
SOME = ((2, "alternating"), (8, "random"), (64, "random"))
ROWS = {
    **{Shape("split", where, data): EVERY for where in ("ring", "table") for data in DATA},
    **{Shape("split", where, 1, 1): SOME for where in ("ring", "table")},
    **{Shape("packed", where, data): SOME for where in ("ring", "table") for data in (1, 16)},
}
QUICK = {Shape("split", where, 1): SOME[:1] for where in ("ring", "table")}
# Other classes: calls of pairs.py. Each address that the driver translates is in the next region.
CLASSES = ("net-send-batch", "net-receive-batch", "vsock", "vsock-stream", "9p", "9p-read", "fs", "fs-read")
TURNS = (2, 8)
MAPPINGS = (1, 64, 4096)  # of an IOMMU that the disk is behind
MAPPED = tuple(Shape("split", where, 1) for where in ("ring", "table"))
MESSAGE = "{}, {} regions, in turn"
LIMITS = limits.of(
    "regions",
    [shape.name(*among) for shape, every in ROWS.items() for among in every]
    + [mapped_name(shape, number) for shape in MAPPED for number in MAPPINGS]
    + [MESSAGE.format(pairs.CALLS[name].words, number) for name in CLASSES for number in TURNS],
)


def mapped_rows(root, runtime, out, passes, where):
    """The disk behind an IOMMU, compared with the same disk without one."""
    program = device.build(root, runtime, out, "bench_mapped", options=("-DBENCH_MAPPED",))
    rows = []
    for shape in MAPPED:
        one = run(program, passes, shape, 1, "same")["Ir"]
        for number in MAPPINGS:
            found = run(program, passes, shape, number, "mapped")
            rows.append(beside(mapped_name(shape, number), "instructions/request", found, one, where))
    return rows


def run(program, passes, shape, regions, place):
    """Instructions per request."""
    many = max(passes // shape.data, LEAST) // shape.depth
    segments = shape.data + 2
    return device.run(program, "disk", shape.form, shape.depth, many, shape.where, segments, regions, place)


def beside(name, unit, found, one, where):
    """A row whose limit is a multiple of the figure with one region."""
    where[f"regions, {name}"] = found
    return row(
        "regions",
        name,
        unit,
        found["Ir"],
        ratio=found["Ir"] / one,
        of="1 region",
        **LIMITS[name].bounds(one),
    )


def disk_rows(program, passes, quick, where):
    """A disk over nothing; `program` is that of device.build."""
    rows = []
    for shape, among in (QUICK if quick else ROWS).items():
        one = run(program, passes, shape, 1, "same")["Ir"]
        rows.append(row("regions", shape.name(1), "instructions/request", one))
        for regions, place in among:
            found = run(program, passes, shape, regions, place)
            rows.append(beside(shape.name(regions, place), "instructions/request", found, one, where))
    return rows


def class_rows(program, where):
    """The device side of other classes, with the features of a usual pair; `program` is that of pairs.build."""
    rows, ring = [], "_".join(pairs.USUAL)
    for call in CLASSES:
        words = pairs.CALLS[call].words
        one = pairs.cost(program, call, ring, "device", 1)["Ir"]
        rows.append(row("regions", f"{words}, 1 region", "instructions/message", one))
        for number in TURNS:
            found = pairs.cost(program, call, ring, "device", number)
            rows.append(beside(MESSAGE.format(words, number), "instructions/message", found, one, where))
    return rows


def rows(root, runtime, out, passes, quick, where):
    """All rows of the group; with `quick`, two shapes of the disk."""
    found = disk_rows(device.build(root, runtime, out), passes, quick, where)
    if (runtime / "device" / "iommu").exists():
        found += mapped_rows(root, runtime, out, passes, where)
    return found if quick else found + class_rows(pairs.build(root, runtime, out, pairs.REGIONS), where)
