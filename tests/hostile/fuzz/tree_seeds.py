# SPDX-License-Identifier: MIT
"""Firmware tables for the target `tree`: device trees of machines with an interrupt controller, buses and devices, as
bytes and as the steps of fuzz_tree.c, and ACPI tables with the same."""

import random
import struct
from collections.abc import Iterator
from typing import NamedTuple

# Names, texts and rare values as in fuzz_tree.c; steps refer to them by number.
NAMES = (
    "reg ranges #address-cells #size-cells interrupts interrupts-extended interrupt-parent #interrupt-cells"
    " interrupt-map interrupt-map-mask msi-map msi-map-mask msi-parent phandle bus-range dma-coherent status compatible"
    " bootargs interrupt-controller dma-noncoherent dma-ranges"
).split()
TEXTS = [b"virtio,mmio\0", b"pci-host-ecam-generic\0", b"okay\0", b"disabled\0"]
ODD = [
    0xFFFFFFFF,
    0x80000000,
    0x02000000,
    0x03000000,
    0x01000000,
    0x10000000,
    0x0A000000,
    0x800,
    0x1800,
    0x00100000,
]
ODD += [0x7FFFFFFF, 0x100, 0xFF00, 0xF8000000, 0x40, 0x10000]
BYTES, STEPS, TABLES = range(3)
MEMORY = 0x1000  # physical address of the tables


class Node(NamedTuple):
    """Properties, whose values are numbers or the index of a text, and nodes."""

    properties: list[tuple[str, list[int] | int]]
    nodes: list["Node"]


class Machine:
    """A mostly valid tree with random sizes."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.cells = (draw.randrange(1, 3), draw.randrange(1, 3))
        self.interrupt = draw.randrange(1, 4)
        self.unit = draw.randrange(3)  # address cells of the controller

    def wide(self, value: int, cells: int) -> list[int]:
        return [0] * (cells - 1) + [value] if cells else []

    def line(self) -> list[int]:
        return [self.draw.choice((0, 1, 5, 16, 32)) for _ in range(self.interrupt)]

    def device(self) -> Node:
        draw = self.draw
        kind: list[tuple[str, list[int] | int]] = [
            ("interrupts", self.line()),
            ("interrupts-extended", [1, *self.line()]),
            ("interrupts", [draw.randrange(4)]),
        ]
        found: list[tuple[str, list[int] | int]] = [
            ("compatible", 0),
            (
                "reg",
                self.wide(0x0A000000 + 0x1000 * draw.randrange(8), self.cells[0])
                + self.wide(0x100, self.cells[1]),
            ),
            draw.choice(kind),
        ]
        more: list[tuple[str, list[int] | int]] = [
            ("status", draw.randrange(2, 4)),
            ("dma-coherent", []),
            ("dma-noncoherent", []),
            ("interrupt-parent", [draw.randrange(1, 3)]),
        ]
        return Node(found + draw.sample(more, draw.randrange(3)), [])

    def rows(self, least: int, *parts: int) -> list[int]:
        """Rows of random numbers, whose parts have these numbers of cells."""
        draw = self.draw
        return [
            draw.choice((0, 0, 1, 0x02000000, 0x10000000, 0x800, 0x40))
            for _ in range(draw.randrange(least, 4) * sum(parts))
        ]

    def bus(self) -> Node:
        draw = self.draw
        cells = self.cells
        is_pci = draw.random() < 0.5
        own = 3 if is_pci else cells[0]
        found: list[tuple[str, list[int] | int]] = [
            ("#address-cells", [own]),
            ("#size-cells", [2 if is_pci else cells[1]]),
            ("ranges", self.rows(0, own, cells[0], 2 if is_pci else cells[1])),
            ("phandle", [2]),
        ]
        if is_pci:
            found += [
                ("compatible", 1),
                ("reg", self.wide(0x10000000, cells[0]) + self.wide(0x100000, cells[1])),
                ("bus-range", [0, draw.choice((0, 15, 255))]),
            ]
        line = draw.randrange(1, 3)
        mapped = [
            part
            for n in range(1, draw.randrange(2, 5))
            for part in self.wide(0x800 * n if draw.random() < 0.5 else 0, own)
            + self.wide(n, line)
            + [1]
            + self.wide(0, self.unit)
            + self.line()
        ]
        more: list[tuple[str, list[int] | int]] = [
            ("interrupt-map-mask", self.wide(draw.choice((0, 0xF8000000, 0x1800)), own) + [7] * line),
            ("dma-ranges", self.rows(0, own, cells[0], 2 if is_pci else cells[1])),
            ("dma-coherent", []),
            ("msi-map", [0, 1, 0, 0x10000]),
            ("msi-map-mask", [0xFF00]),
            ("msi-parent", [1]),
            ("interrupt-parent", [1]),
        ]
        found += [("#interrupt-cells", [line]), ("interrupt-map", mapped)]
        return Node(
            found + draw.sample(more, draw.randrange(6)), [self.device() for _ in range(draw.randrange(3))]
        )

    def tree(self) -> Node:
        controller: list[tuple[str, list[int] | int]] = [
            ("interrupt-controller", []),
            ("#interrupt-cells", [self.interrupt]),
            ("phandle", [1]),
        ]
        if self.unit or self.draw.random() < 0.5:
            controller.append(("#address-cells", [self.unit]))
        root: list[tuple[str, list[int] | int]] = [
            ("#address-cells", [self.cells[0]]),
            ("#size-cells", [self.cells[1]]),
            ("interrupt-parent", [1]),
        ]
        several = [self.draw.choice((self.bus, self.device))() for _ in range(self.draw.randrange(1, 4))]
        return Node(root, [Node(controller, []), *several])


def of_steps(node: Node, is_root: bool = True) -> bytes:
    """The steps that build a tree. fuzz_tree.c begins and ends the root."""
    made = b"" if is_root else bytes([0])
    for name, value in node.properties:
        if isinstance(value, int):
            made += bytes([2 if name == "compatible" else 0x82, value])
            continue
        made += bytes([NAMES.index(name) << 3 | 3, len(value)]) + (b"\1" if len(value) & 8 else b"")
        for one in value:
            if one < 0xE0:
                made += bytes([one])
            else:
                made += (
                    bytes([0xE0 + ODD.index(one)])
                    if one in ODD
                    else bytes([0xFF, one >> 24, one >> 12 & 0xFF])
                )
    return made + b"".join(of_steps(one, False) for one in node.nodes) + (b"" if is_root else bytes([1]))


def of_bytes(tree: Node) -> bytes:
    """A flattened device tree."""
    strings = b"".join(name.encode() + b"\0" for name in NAMES)

    def flat(node: Node) -> bytes:
        made = struct.pack(">II", 1, 0) if node is tree else struct.pack(">I4s", 1, b"n")
        for name, value in node.properties:
            text = TEXTS[value] if isinstance(value, int) else struct.pack(f">{len(value)}I", *value)
            made += (
                struct.pack(">III", 3, len(text), strings.index(name.encode() + b"\0"))
                + text
                + bytes(-len(text) % 4)
            )
        return made + b"".join(map(flat, node.nodes)) + struct.pack(">I", 2)

    structure = flat(tree) + struct.pack(">I", 9)
    end = 56 + len(structure)
    head = struct.pack(
        ">10I", 0xD00DFEED, end + len(strings), 56, end, 40, 17, 16, 0, len(strings), len(structure)
    )
    return head + bytes(16) + structure + strings


def of_tables(draw: random.Random) -> bytes:
    """ACPI's root, a list of tables, MCFG and MADT, each at a multiple of 128 bytes; the harness computes the sums."""
    old = draw.random() < 0.3
    root = struct.pack("<8sB6sBI", b"RSD PTR ", 0, b"", 0 if old else 2, MEMORY + 128)
    root += struct.pack("<IQ4s", 36, MEMORY + 128, b"")
    madt = struct.pack("<II", 0, 0)
    for _ in range(draw.randrange(5)):
        kind, size = draw.choice(((0, 8), (1, 12), (2, 10), (5, 12), (9, 16)))
        madt += bytes([kind, size]) + bytes(draw.choice((0, 1, 5, 255)) for _ in range(size - 2))
    rows = b"".join(struct.pack("<QHBBI", 0x10000000, n, 0, 255, 0) for n in range(draw.randrange(3)))
    listed = struct.pack("<II" if old else "<QQ", MEMORY + 256, MEMORY + 384)
    made = root.ljust(128, b"\0")
    for name, body in ((b"RSDT" if old else b"XSDT", listed), (b"MCFG", bytes(8) + rows), (b"APIC", madt)):
        made += (struct.pack("<4sI", name, 36 + len(body)) + bytes(28) + body).ljust(128, b"\0")
    return made


def seeds() -> Iterator[tuple[str, bytes]]:
    """Inputs of fuzz_tree, by name."""
    for n in range(60):
        tree = Machine(random.Random(n)).tree()
        yield f"steps_{n}", bytes([STEPS]) + of_steps(tree)
        if n % 3 == 0:
            yield f"bytes_{n}", bytes([BYTES]) + of_bytes(tree)
            yield f"tables_{n}", bytes([TABLES]) + of_tables(random.Random(n))
