# SPDX-License-Identifier: MIT
"""Traces of a device on PCI made of words: "w device_status 3" and "r Config+4 0 1" with a width at the end; at an offset
"n 0x8 0" notifies, "c 0x04 7" writes configuration space, "cr 0x04 7" reads it, "m 0x1c 0" writes the table of MSI-X.
"""

import re

from vwr import description

SPEC = description.specs()["pci"]
BAR, SPACE = 0x10004000, 0x4010008000  # as QEMU's virt board has its first device, where the demo puts BARs
TABLE = 0x10000000
IO, IO_WINDOW = 0x1000, 0x3EFF0000
PLACES = {"common": 0, "isr": 0x1000, "device": 0x2000, "notify": 0x3000}
RING = 0x40100000
ACCESS = re.compile(r"(?:[rwnm]|cr?) ")
VERBS = {"r": "read", "w": "write"}
# Accesses at an offset: (structure, verb, usual width).
AT_OFFSET = {
    "c": ("space", "write", 4),
    "cr": ("space", "read", 4),
    "m": ("messages", "write", 4),
    "n": ("notify", "write", 2),
}
# QEMU's names of regions that are not a structure.
NAMES = {"space": "pcie-mmcfg-mmio", "messages": "msix-table", "legacy": "virtio-pci"}


def _named(region, block):
    """{name: (structure, offset, usual width)} of the registers of a structure."""
    rows = SPEC.more["blocks"][block]
    return {row["name"].rpartition(".")[2]: (region, row["offset"], row["bytes"]) for row in rows}


REGISTERS = {
    **_named("common", "common_cfg"),
    **_named("isr", "isr_cfg"),
    "Config": ("device", 0, 4),
    "Unknown": ("common", 0x70, 2),
}
LEGACY_REGISTERS = {
    block: {**_named("legacy", block), "Config": ("legacy", SPEC.struct(block).size, 4)}
    for block in ("legacy_header", "legacy_header_msix")
}
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
    f"w queue_desc_low 0x{RING:x}",
    "w queue_desc_high 0",
    f"w queue_driver_low 0x{RING + 0x100:x}",
    "w queue_driver_high 0",
    f"w queue_device_low 0x{RING + 0x1000:x}",
    "w queue_device_high 0",
    "w queue_enable 1",
]
CONFIG = ["r config_generation 0", "r Config+0 0x800", "r Config+4 0", "r config_generation 0"]
RUN = ["n 0x0 0", "r isr_status 1"]
ENTRY = ["m 0x10 0x08020040", "m 0x14 0", "m 0x18 80", "m 0x1c 0"]  # entry 1 of the MSI-X table
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


def access(row, named=REGISTERS):
    """(structure, verb, offset in it, value, bytes) of a row."""
    word, place, value, *width = row.split()
    if word in AT_OFFSET:
        region, verb, usual = AT_OFFSET[word]
        offset = int(place, 0)
    else:
        name, _, more = place.partition("+")
        region, offset, usual = named[name]
        verb, offset = VERBS[word], offset + int(more or 0)
    return region, verb, offset, int(value, 0), int(width[0]) if width else usual


def start(region, bar=BAR, space=SPACE, ports=IO):
    """The address of a structure."""
    return {"space": space, "messages": TABLE, "legacy": ports}.get(region) or bar + PLACES[region]


def _line(verb, address, value, width, name):
    return f"memory_region_ops_{verb} cpu 0 mr 0x5587 addr 0x{address:x} value 0x{value:x} size {width} name '{name}'\n"


def qemu(rows, bar=BAR, space=SPACE, named=REGISTERS):
    """As QEMU prints it; rows of others stand as they are. `space`: None has configuration space behind two ports."""
    out = []
    for row in rows:
        if not ACCESS.match(row):
            out.append(row + "\n")
            continue
        region, verb, offset, value, width = access(row, named)
        if region == "space" and space is None:
            out.append(_line("write", 0xCF8, 0x80000800 | offset & ~3, 4, "pci-conf-idx"))
            out.append(_line(verb, 0xCFC + offset % 4, value, width, "pci-conf-data"))
        else:
            name = NAMES.get(region, f"virtio-pci-{region}-virtio-blk")
            out.append(_line(verb, start(region, bar, space) + offset, value, width, name))
    return "".join(out)


def ports(rows):
    """As QEMU prints it of a PC."""
    return qemu(rows, space=None)


def legacy(rows, block="legacy_header"):
    """The same of the legacy interface."""
    return qemu(rows, named=LEGACY_REGISTERS[block])


def own(rows, bar=0x8000):
    """As the runtime prints it: structures where they please, and its lines say where."""
    places = {"common": bar, "notify": bar + 0x40, "isr": bar + 0x1FFF, "device": bar + 0x2004}
    out = [
        f"place 0x{places['common']:x} 1 2 0x40",
        f"place 0x{places['notify']:x} 2 4 0x1000",
        f"place 0x{places['isr']:x} 3 0 0x1",
        f"place 0x{places['device']:x} 4 0 0x3c",
    ]
    for region, verb, offset, value, width in map(access, rows):
        if region in places:
            out.append(f"{verb} 0x{places[region] + offset:x} {width} 0x{value:x}")
    return "".join(f"vwr-trace {count} {count} {row}\n" for count, row in enumerate(out, 1))
