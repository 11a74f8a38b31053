# SPDX-License-Identifier: MIT
"""What a machine's firmware passes on: a device tree, ACPI tables, a command line.

From the Devicetree Specification 0.4, the bindings virtio,mmio and pci-host-ecam-generic, and the ACPI and PCI firmware
specifications. Each description also says what a reader of it has to find.
"""

import dataclasses
import random
import struct
from typing import Any

World = dict[str, Any]
CONTROLLERS = ({"phandle": 1, "cells": 3}, {"phandle": 7, "cells": 1}, {"phandle": 0x8001, "cells": 2})
NEXUS = 0x20  # phandle of an interrupt nexus
PCI_SPACES = {1: 0x01000000, 2: 0x02000000, 3: 0x43000000}


PLAIN_MAP = {"mask": [0x1800, 7], "through": 0, "address": 0, "bridges": 0, "edit": ""}


def map_of(world: World) -> World:
    """How the interrupt map of a PCI host is written."""
    return PLAIN_MAP | world["tree"].get("map", {})


@dataclasses.dataclass
class Node:
    """A node of a device tree."""

    name: str
    props: dict[str, bytes] = dataclasses.field(default_factory=dict)
    nodes: list["Node"] = dataclasses.field(default_factory=list)


def cells(*values: int) -> bytes:
    """Numbers of 32 bits."""
    return struct.pack(f">{len(values)}I", *values)


def wide(value: int, count: int) -> bytes:
    """A number of one or two cells."""
    return cells(value) if count == 1 else cells(value >> 32, value & 0xFFFFFFFF)


def text(*values: str) -> bytes:
    """Strings."""
    return b"".join(value.encode() + b"\0" for value in values)


def flat(root: Node) -> bytes:
    """A tree in the format of version 17."""
    strings = bytearray()
    nodes = bytearray()

    def put(node: Node) -> None:
        nodes.extend(cells(1) + padded(node.name.encode() + b"\0"))
        for name, value in node.props.items():
            key = name.encode() + b"\0"
            at = strings.find(key)
            if at < 0:
                at = len(strings)
                strings.extend(key)
            nodes.extend(cells(3, len(value), at) + padded(value))
        for inner in node.nodes:
            put(inner)
        nodes.extend(cells(2))

    put(root)
    nodes.extend(cells(9))
    reserved = bytes(16)
    at = 40 + len(reserved)
    total = at + len(nodes) + len(strings)
    head = cells(0xD00DFEED, total, at, at + len(nodes), 40, 17, 16, 0, len(strings), len(nodes))
    return bytes(head + reserved + nodes + strings)


def padded(data: bytes) -> bytes:
    """Up to the next cell."""
    return data + bytes(-len(data) % 4)


# ---- device trees ----


def choose_tree(world: World, rng: random.Random) -> None:
    """How deep the device is, by which path its interrupt goes, and what its buses say of DMA."""
    depth = rng.choice((0, 0, 1, 2, 3))
    world["tree"] = {
        "root": [rng.choice((1, 2)) if _is_low(world) else 2, rng.choice((1, 2))],
        "buses": [
            {
                "cells": [rng.choice((1, 2)) if _is_low(world) else 2, rng.choice((1, 2))],
                "offset": rng.choice((None, 0, 0, 0x10000)) if _is_low(world) else None,
                "coherent": rng.choice(("", "", "dma-coherent", "dma-noncoherent")),
                "dma": rng.choice((None, None, "empty", "same")),
            }
            for _ in range(depth)
        ],
        "coherent": rng.choice(("", "", "dma-coherent", "dma-noncoherent")),
        "controller": rng.randrange(len(CONTROLLERS)),
        "path": rng.choice(("parent", "parent", "extended", "nexus", "nexus-extended")),
        "line": [rng.randrange(1, 64) for _ in range(3)],
        "others": rng.sample(("disabled", "disabled-bus", "stranger", "vendor"), rng.choice((0, 1, 3))),
        "map": {
            "mask": rng.choice(
                (None, [0x1800, 7], [0x1800, 7], [0xF800, 7], [0x1800, 0], [0, 7], [0xFFF800, 7])
            ),
            "through": rng.choice((0, 0, 1)),
            "address": rng.choice((0, 0, 1, 2)),
            "bridges": rng.choice((0, 1)),
            "edit": rng.choice(("", "", "", "", "without")),
        },
    }


def _is_low(world: World) -> bool:
    places = [world.get("base", 0), world.get("space", 0), *[row[2] for row in world.get("windows", [])]]
    return max(places) < 1 << 31


def tree(world: World) -> bytes:
    """The tree of a world."""
    shape = world["tree"]
    root = Node("", {"#address-cells": cells(shape["root"][0]), "#size-cells": cells(shape["root"][1])})
    root.props["compatible"] = text("test,worlds")
    root.nodes += [_controller(row, map_of(world)["address"]) for row in CONTROLLERS]
    root.nodes.append(_nexus(world))
    at, parent, outer = root, shape["root"], 0
    for number, bus in enumerate(shape["buses"]):
        inner = Node(f"bus@{number}", {"compatible": text("simple-bus")})
        inner.props |= {"#address-cells": cells(bus["cells"][0]), "#size-cells": cells(bus["cells"][1])}
        inner.props["ranges"] = _ranges(bus, parent, outer)
        outer += bus["offset"] or 0
        if bus["coherent"]:
            inner.props[bus["coherent"]] = b""
        if bus["dma"] is not None:
            inner.props["dma-ranges"] = b"" if bus["dma"] == "empty" else _dma_ranges(bus, parent)
        at.nodes.append(inner)
        at, parent = inner, bus["cells"]
    _others(at, world, parent, outer)
    at.nodes.append(_device(world, parent, outer))
    edits = dict(world.get("edits", []))
    if edits.get("reg") == "remove":
        del at.nodes[-1].props["reg"]
    elif "reg" in edits:
        at.nodes[-1].props["reg"] = at.nodes[-1].props["reg"][:-4]
    return bytes(4 if "magic" in edits else 0) + flat(root)


def _ranges(bus: World, parent: list[int], outer: int) -> bytes:
    """The bus's addresses are lower than those of its parent by `offset`; None: the same addresses."""
    if bus["offset"] is None:
        return b""
    size = bus.get("size", 0x7FFF0000)
    return wide(0, bus["cells"][0]) + wide(bus["offset"], parent[0]) + wide(size, bus["cells"][1])


def _dma_ranges(bus: World, parent: list[int]) -> bytes:
    """All of memory at the same addresses."""
    size = 0x7FFFFFFF if bus["cells"][1] == 1 else 1 << 40
    elsewhere = 0x40000000 if bus["dma"] == "elsewhere" else 0
    return wide(0, bus["cells"][0]) + wide(elsewhere, parent[0]) + wide(size, bus["cells"][1])


def _controller(row: World, address: int) -> Node:
    return Node(
        f"controller{row['phandle']}",
        {
            "interrupt-controller": b"",
            "#interrupt-cells": cells(row["cells"]),
            "#address-cells": cells(address),
            "phandle": cells(row["phandle"]),
        },
    )


def _nexus(world: World) -> Node:
    """Maps its interrupt 5 to the device's controller."""
    controller = CONTROLLERS[world["tree"]["controller"]]
    line = world["tree"]["line"][: controller["cells"]]
    unit = [0x1234] * map_of(world)["address"]
    entry = cells(0, 5) + cells(controller["phandle"], *unit) + cells(*line)
    other = cells(0, 4) + cells(controller["phandle"], *unit) + cells(*[99] * controller["cells"])
    return Node(
        "nexus",
        {
            "#interrupt-cells": cells(1),
            "#address-cells": cells(1),
            "interrupt-map-mask": cells(0, 0xFF),
            "interrupt-map": other + entry,
            "phandle": cells(NEXUS),
        },
    )


def _interrupt(world: World) -> dict[str, bytes]:
    shape = world["tree"]
    controller = CONTROLLERS[shape["controller"]]
    line = cells(*shape["line"][: controller["cells"]])
    return {
        "parent": {"interrupt-parent": cells(controller["phandle"]), "interrupts": line},
        "extended": {"interrupts-extended": cells(controller["phandle"]) + line},
        "nexus": {"interrupt-parent": cells(NEXUS), "interrupts": cells(5)},
        "nexus-extended": {"interrupts-extended": cells(NEXUS, 5)},
        "nowhere": {"interrupt-parent": cells(0x7777), "interrupts": line},
    }[shape["path"]]


def _device(world: World, parent: list[int], outer: int) -> Node:
    if world["transport"] == "pci":
        return _host(world, parent, outer)
    node = Node(f"virtio@{world['base']:x}", {"compatible": text("virtio,mmio")})
    node.props["reg"] = wide(world["base"] - outer, parent[0]) + wide(world["window"], parent[1])
    node.props |= _interrupt(world)
    if world["tree"]["coherent"]:
        node.props[world["tree"]["coherent"]] = b""
    return node


def _others(at: Node, world: World, parent: list[int], outer: int) -> None:
    """Nodes that are no device, or that are disabled: nothing is at their addresses."""
    reg = wide(0x7F000000 - outer, parent[0]) + wide(0x200, parent[1])
    for kind in world["tree"]["others"]:
        node = Node(f"{kind}@0", {"compatible": text("virtio,mmio"), "reg": reg})
        if kind == "disabled":
            node.props["status"] = text("disabled")
        elif kind == "stranger":
            node.props["compatible"] = text("virtio,mmio-not", "acme,virtio")
        elif kind == "vendor":
            node.props["compatible"] = text("acme,uart")
        else:
            bus = Node(
                "off@0", {"status": text("disabled"), "ranges": b"", "#address-cells": cells(parent[0])}
            )
            bus.props["#size-cells"] = cells(parent[1])
            bus.nodes.append(node)
            node = bus
        at.nodes.append(node)


def _host(world: World, parent: list[int], outer: int) -> Node:
    first, last = world["buses"]
    node = Node("pcie", {"compatible": text("pci-host-ecam-generic"), "device_type": text("pci")})
    node.props |= {"#address-cells": cells(3), "#size-cells": cells(2), "bus-range": cells(first, last)}
    size = (last - first + 1) << 20
    node.props["reg"] = wide(world["space"] - outer, parent[0]) + wide(size, parent[1])
    ranges = b""
    for bus, length, cpu, kind in world["windows"]:
        ranges += cells(PCI_SPACES[kind]) + wide(bus, 2) + wide(cpu - outer, parent[0]) + wide(length, 2)
    node.props["ranges"] = ranges
    if world["tree"]["coherent"]:
        node.props[world["tree"]["coherent"]] = b""
    node.props |= {"#interrupt-cells": cells(1), "interrupt-map": _map(world)}
    mask = map_of(world)["mask"]
    if mask is not None:
        node.props["interrupt-map-mask"] = cells(mask[0], 0, 0, mask[1])
    if map_of(world)["bridges"]:
        node.nodes += _bridge_nodes(world)
    return node


def _map(world: World) -> bytes:
    """The rows of the host's map: for each device and pin that the mask tells apart, the function's among them."""
    shape = map_of(world)
    device_mask, pin_mask = shape["mask"] or (0xFFFFFFFF, 7)
    devices = {device << 11 & device_mask for device in range(4)}
    own, own_pin = _key(world)
    keys = [(device, pin) for device in sorted(devices) for pin in (range(1, 5) if pin_mask else [0])]
    keys = [key for key in keys if key != (own, own_pin)]
    keys.insert(len(keys) if shape["edit"] == "cut" else len(keys) // 2, (own, own_pin))
    if shape["edit"] == "without":
        keys.remove((own, own_pin))
    rows = b""
    for device, pin in keys:
        rows += cells(device, 0, 0, pin) + _target(world, device, pin)
    return rows[:-4] if shape["edit"] == "cut" else rows


def _key(world: World) -> tuple[int, int]:
    """What the host's map has for the function: the device on the root bus and the pin that its bridges lead to."""
    shape = map_of(world)
    device_mask, pin_mask = shape["mask"] or (0xFFFFFFFF, 7)
    at, pin = world["function"], world["pin"]
    for bridge in _bridges(world):
        pin = (pin - 1 + (at >> 3 & 31)) % 4 + 1
        at = bridge
    return at << 8 & device_mask, pin & pin_mask


def _line(device: int, pin: int) -> list[int]:
    """The interrupt of a row; a nexus adds 64."""
    return [(device >> 11 & 31) * 4 + pin + 1, 4, 1]


def _target(world: World, device: int, pin: int) -> bytes:
    """The rest of a row: the controller, with the address of its unit, or the nexus."""
    shape = map_of(world)
    controller = CONTROLLERS[world["tree"]["controller"]]
    if shape["edit"] == "nowhere":
        return cells(0x7777, 1)
    if shape["through"]:
        return cells(NEXUS, 0, 5)
    unit = [0x1234] * shape["address"]
    return cells(controller["phandle"], *unit, *_line(device, pin)[: controller["cells"]])


def _bridge_nodes(world: World) -> list[Node]:
    """The bridges above the function as nodes, each in that of the bridge above it."""
    found: list[Node] = []
    for at in _bridges(world):
        node = Node(f"pci@{at >> 3 & 31:x},{at & 7}", {"device_type": text("pci"), "ranges": b""})
        node.props |= {"#address-cells": cells(3), "#size-cells": cells(2), "reg": cells(at << 8, 0, 0, 0, 0)}
        node.nodes = found
        found = [node]
    if found and map_of(world)["edit"] == "bridge":
        found[0].props |= {"#interrupt-cells": cells(1), "interrupt-map-mask": cells(0, 0, 0, 7)}
        found[0].props["interrupt-map"] = cells(0, 0, 0, 1) + _target(world, 0, 1)
    return found


def expected(world: World) -> tuple[bool, int, list[int]]:
    """Of a device in a tree: whether DMA is coherent, the phandle of its controller, and its interrupt."""
    shape = world["tree"]
    coherent = shape["coherent"]
    for bus in reversed(shape["buses"]):
        coherent = coherent or bus["coherent"]
    controller = CONTROLLERS[shape["controller"]]
    line = shape["line"]
    if world["transport"] == "pci" and not map_of(world)["through"]:
        line = _line(*_key(world))
    if world["transport"] == "pci" and map_of(world)["edit"] == "without":
        return coherent == "dma-coherent", 0, []  # no interrupt is known
    return coherent == "dma-coherent", controller["phandle"], line[: controller["cells"]]


def _bridges(world: World) -> list[int]:
    """The bridges above the function, from below."""
    found, bus = [], world["function"] >> 8
    while bus not in world["roots"]:
        at = next(int(at) for at, behind in world["behind"].items() if behind == bus)
        found.append(at)
        bus = at >> 8
    return found


# ---- ACPI ----


def choose_tables(world: World, rng: random.Random) -> None:
    """An XSDT or an RSDT, other tables, and segments of PCI without functions."""
    world["tables"] = {
        "wide": rng.random() < 0.7,
        "others": rng.sample(("FACP", "APIC", "HPET", "SSDT"), rng.choice((0, 2, 4))),
        "segments": rng.choice(
            ([], [], [[0xC0000000, 0, 1]], [[0xC0000000, 0, 1], [0x9000000000, 0x40, 0x41]])
        ),
        "last": rng.random() < 0.5,
    }
    if not world["tables"]["wide"]:
        world["tables"]["segments"] = world["tables"]["segments"][:1]


def table(signature: str, body: bytes) -> bytes:
    """A table with its header and checksum."""
    head = struct.pack(
        "<4sIBB6s8sI4sI", signature.encode(), 36 + len(body), 1, 0, b"WORLDS", b"WORLDS  ", 1, b"TEST", 1
    )
    return _summed(head + body, 9)


def _summed(data: bytes, at: int) -> bytes:
    fixed = bytearray(data)
    fixed[at] = -sum(fixed) & 0xFF
    return bytes(fixed)


def tables(world: World, at: int) -> bytes:
    """The tables of a world, which lie at `at`; the root pointer comes first."""
    shape = world["tables"]
    first, last = world["buses"]
    if "edits" in world:
        first, last = last, first - 1 if first else 0
    own = struct.pack("<QHBBI", world["space"] - (world["buses"][0] << 20), 0, first, last, 0)
    rest = [
        struct.pack("<QHBBI", base - (begin << 20), number + 1, begin, end, 0)
        for number, (base, begin, end) in enumerate(shape["segments"])
    ]
    entries = rest + [own] if shape["last"] else [own] + rest
    placed, where, data = [], at + 64, b""
    for content in [table(name, bytes(40)) for name in shape["others"]] + [
        table("MCFG", bytes(8) + b"".join(entries))
    ]:
        placed.append(where + len(data))
        data += content + bytes(-len(content) % 16)
    root_at = where + len(data)
    form = "<Q" if shape["wide"] else "<I"
    root = table("XSDT" if shape["wide"] else "RSDT", b"".join(struct.pack(form, place) for place in placed))
    pointer = struct.pack(
        "<8sB6sBI", b"RSD PTR ", 0, b"WORLDS", 2 if shape["wide"] else 0, 0 if shape["wide"] else root_at
    )
    pointer = _summed(pointer, 8)
    if shape["wide"]:
        pointer = _summed(pointer + struct.pack("<IQB3s", 36, root_at, 0, b""), 32)
    return pointer.ljust(64, b"\0") + data + root
