# SPDX-License-Identifier: MIT
"""Traces of a device on PCI made of words: "w device_status 3", "r Config+4 0", "n 0x0 0" notifies at an offset, "c 0x04 7" writes configuration space."""

import re

from vwr import description

SPEC = description.specs()["pci"]
BAR, SPACE = 0x10004000, 0x4010008000  # as QEMU's virt board has its first device, where the demo puts BARs
PLACES = {"common": 0, "isr": 0x1000, "device": 0x2000, "notify": 0x3000}
IO, IO_WINDOW = 0x1000, 0x3EFF0000
COMMAND, MASTER, MEMORY, BAR4, MSIX = 0x04, 0x4, 0x2, 0x20, 0x98
RING = 0x40100000


def _rows(block):
    return {row["name"].rpartition(".")[2]: row for row in SPEC.more["blocks"][block]}


COMMON, LEGACY_HEADER = _rows("common_cfg"), _rows("legacy_header")
CAPABILITIES = [
    f"cr 0x00 0x1001{SPEC.groups[0].values[0].value:04x}",
    "cr 0x04 0x100000",
    "cr 0x34 0x98",
    "cr 0x98 0x00018411",
    "cr 0x84 0x05147009",
    "cr 0x88 0",
    "cr 0x8c 0",
    "cr 0x70 0x02146009",
    "cr 0x74 4",
    "cr 0x78 0x3000",
    "cr 0x7c 0x1000",
    "cr 0x80 4",
    "cr 0x60 0x04105009",
    "cr 0x64 4",
    "cr 0x68 0x2000",
    "cr 0x50 0x03104009",
    "cr 0x54 4",
    "cr 0x58 0x1000",
    "cr 0x40 0x01100009",
    "cr 0x44 4",
    "cr 0x48 0",
    "cr 0x2c 0x21af4",
]
TABLE = 0x10000000
BARS = [f"c 0x14 0x{TABLE:x}", f"c 0x20 0x{BAR:x}", "c 0x24 0", "cr 0x20 0x1000400c"]
SET_UP = [*CAPABILITIES, *BARS, "c 0x04 0x6"]
FEATURES = [
    "w device_feature_select 0",
    "r device_feature 0x30000244",
    "w device_feature_select 1",
    "r device_feature 0x101",
    "w driver_feature_select 0",
    "w driver_feature 0x240",
    "w driver_feature_select 1",
    "w driver_feature 1",
]
STEPS = [
    "w device_status 0",
    "r device_status 0",
    "w device_status 1",
    "r device_status 1",
    "w device_status 3",
    "r device_status 3",
]
QUEUE = [
    "w queue_select 0",
    "r queue_enable 0",
    "r queue_size 256",
    "r queue_notify_off 0",
    "w queue_size 16",
    f"w queue_desc 0x{RING:x}",
    f"w queue_driver 0x{RING + 0x100:x}",
    f"w queue_device 0x{RING + 0x1000:x}",
    "w queue_enable 1",
]
CONFIG = ["r config_generation 0", "r Config+0 0x800", "r Config+4 0", "r config_generation 0"]
RUN = ["n 0x0 0", "i 1"]
MODERN = [
    *SET_UP,
    *STEPS,
    *FEATURES,
    "w device_status 0xb",
    "r device_status 0xb",
    *CONFIG,
    *QUEUE,
    "w device_status 0xf",
    *RUN,
]
LEGACY = [
    *STEPS,
    "r device_features 0x30000244",
    "w driver_features 0x240",
    "r Config+0 0x800",
    "r Config+4 0",
    "w queue_select 0",
    "r queue_address 0",
    "r queue_size 256",
    f"w queue_address 0x{RING >> 12:x}",
    "w device_status 7",
    "w queue_notify 0",
    "r isr_status 1",
]


# What a driver does to QEMU's configuration space: it reads the capabilities that are there, and gives the BARs addresses.
WALKED = [f"cr 0x{at:x} 0" for at in (0x00, 0x04, 0x2C, 0x34, *range(0x40, 0xA0, 4))]
PLACED = [*WALKED, *BARS[:-1], f"c 0x10 0x{IO | 1:x}", "c 0x04 0x7"]


def of_qemu(rows, placed=PLACED):
    """Rows of a driver behind what it does to this QEMU's configuration space."""
    return [*placed, *(row for row in rows if not row.startswith(("c ", "cr ")) or row.startswith("c 0x98 "))]


def _accesses(row):
    """(region, verb, offset in it, value, bytes) of a row."""
    verb, place, *value = row.split()
    if verb in ("c", "cr"):
        yield "space", "write" if verb == "c" else "read", int(place, 0), int(value[0], 0), 4 if len(
            value
        ) < 2 else int(value[1])
    elif verb == "m":  # entry, part of it, value
        yield "messages", "write", 16 * int(place) + int(value[0]), int(value[1], 0), 4
    elif verb == "n":
        yield "notify", "write", int(place, 0), int(value[0], 0), 2
    elif verb == "i":
        yield "isr", "read", 0, int(place, 0), 1
    elif verb in ("r", "w") and place.startswith("Config"):
        yield "device", {"r": "read", "w": "write"}[verb], int(place.partition("+")[2]), int(
            value[0], 0
        ), int((value[1:] or ["4"])[0])
    elif verb in ("r", "w"):
        halves = [(place, 0)] if place in COMMON else [(f"{place}_low", 0), (f"{place}_high", 32)]
        for name, shift in halves:
            line = COMMON[name]
            number = int(value[0], 0) >> shift & (1 << 8 * line["bytes"]) - 1
            yield "common", {"r": "read", "w": "write"}[verb], line["offset"], number, int(
                (value[1:] or [line["bytes"]])[0]
            )


def _line(verb, address, value, width, name):
    return f"memory_region_ops_{verb} cpu 0 mr 0x5587 addr 0x{address:x} value 0x{value:x} size {width} name '{name}'\n"


def addresses(row, legacy_interface):
    """(address, verb, value, bytes) of a row, for the processor of QEMU's virt board."""
    if legacy_interface and row[:2] in ("r ", "w "):
        verb, address, value, width = _legacy(row)
        yield IO_WINDOW + address, verb, value, width
        return
    for region, verb, offset, value, width in _accesses(row):
        base = {"space": SPACE, "messages": TABLE}.get(region)
        yield (BAR + PLACES[region] if base is None else base) + offset, verb, value, width


def _legacy(row, at=IO, size=20):
    """(verb, address in I/O, value, bytes)."""
    verb, place, value = row.split()
    config = place.startswith("Config")
    offset = size + int(place.partition("+")[2]) if config else LEGACY_HEADER[place]["offset"]
    return (
        {"r": "read", "w": "write"}[verb],
        at + offset,
        int(value, 0),
        4 if config else LEGACY_HEADER[place]["bytes"],
    )


def ports(rows):
    """As QEMU prints it of a PC."""
    return qemu(rows, space=None)


def qemu(rows, bar=BAR, space=SPACE):
    """As QEMU prints it; rows of others stand as they are. `space`: None has configuration space behind two ports."""
    out = []
    for row in rows:
        accesses = list(_accesses(row)) if re.match(r"(?:[rwnm]|cr?|i) ", row) else []
        for region, verb, offset, value, width in accesses:
            if region == "space" and space is None:
                out += [
                    _line("write", 0xCF8, 0x80000800 | offset & ~3, 4, "pci-conf-idx"),
                    _line(verb, 0xCFC + offset % 4, value, width, "pci-conf-data"),
                ]
            elif region == "space":
                out.append(_line(verb, space + offset, value, width, "pcie-mmcfg-mmio"))
            elif region == "messages":
                out.append(_line(verb, TABLE + offset, value, width, "msix-table"))
            else:
                out.append(
                    _line(
                        verb, bar + PLACES[region] + offset, value, width, f"virtio-pci-{region}-virtio-blk"
                    )
                )
        out += [] if accesses else [row + "\n"]
    return "".join(out)


def legacy(rows, at=IO, size=20):
    """The same of the legacy interface."""
    return "".join(_line(*_legacy(row, at, size), "virtio-pci") for row in rows)


def own(rows, bar=0x8000):
    """As the runtime prints it: structures where they please, and its lines say where."""
    places = {"common": bar, "notify": bar + 0x40, "isr": bar + 0x1FFF, "device": bar + 0x2004}
    out = [
        f"place 0x{places['common']:x} 1 2 0x40",
        f"place 0x{places['notify']:x} 2 4 0x1000",
        f"place 0x{places['isr']:x} 3 0 0x1",
        f"place 0x{places['device']:x} 4 0 0x3c",
    ]
    for row in rows:
        for region, verb, offset, value, width in _accesses(row):
            if region in places:
                out.append(f"{verb} 0x{places[region] + offset:x} {width} 0x{value:x}")
    return "".join(f"vwr-trace {count} {count} {row}\n" for count, row in enumerate(out, 1))
