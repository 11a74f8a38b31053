# SPDX-License-Identifier: MIT
"""What the Devicetree Specification says of the virtio devices and PCI hosts of a tree.

Written from the text of version 0.4 (2.3.5 to 2.3.10, 2.4, 5) and of the PCI binding, for neither of the
two readers, in the format of agree.c. An error is the path of a node and the property that is wrong.
"""

import struct
from pathlib import Path

BEGIN, END, PROPERTY, NOP = 1, 2, 3, 4
CELLS, MAPS = range(1, 5), 8
FUNCTIONS = (0, 8, 0x18)


class Refused(Exception):
    """The tree contradicts itself, or says what is not supported."""

    def __init__(self, node, name):
        super().__init__(f"{node.path()}: {name}")


class Node:
    def __init__(self, name, parent):
        self.name, self.parent, self.properties, self.children = name, parent, {}, []
        if parent:
            parent.children.append(self)

    def path(self):
        return f"{self.parent.path().rstrip('/')}/{self.name}" if self.parent else "/"

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def root(self):
        return self.parent.root() if self.parent else self

    def cells(self, name):
        value = self.properties[name]
        return list(struct.unpack(f">{len(value) // 4}I", value[: len(value) // 4 * 4]))

    def one(self, name, otherwise=None, least=1):
        """A property that is a number of cells."""
        if name not in self.properties and otherwise is not None:
            return otherwise
        if len(self.properties.get(name, b"")) != 4 or self.cells(name)[0] not in range(least, 5):
            raise Refused(self, name)
        return self.cells(name)[0]

    def texts(self, name):
        value = self.properties.get(name, b"")
        return value[:-1].decode().split("\0") if value.endswith(b"\0") else []

    def enabled(self):
        return not self.properties.get("status") or self.texts("status") in (["okay"], ["ok"])

    def lineage(self):
        yield self
        if self.parent:
            yield from self.parent.lineage()


def read(blob):
    """The root of a flattened tree (chapter 5)."""
    words = struct.unpack(">10I", blob[:40])
    at, strings, above = words[2], words[3], None
    while True:
        (token,) = struct.unpack_from(">I", blob, at)
        at += 4
        if token == BEGIN:
            end = blob.index(b"\0", at)
            above = Node(blob[at:end].decode(), above)
            at = (end + 4) & ~3
        elif token == PROPERTY:
            count, name = struct.unpack_from(">2I", blob, at)
            name = blob[strings + name : blob.index(b"\0", strings + name)].decode()
            above.properties.setdefault(name, blob[at + 8 : at + 8 + count])
            at = (at + 8 + count + 3) & ~3
        elif token == END and above.parent:
            above = above.parent
        elif token == END:
            return above
        elif token != NOP:
            raise ValueError(token)


def number(cells):
    value = 0
    for cell in cells:
        value = (value << 32 | cell) & (1 << 64) - 1
    return value


def take(cells, *counts):
    """Splits cells; the rest is last."""
    parts = []
    for count in counts:
        parts.append(cells[:count])
        cells = cells[count:]
    return *parts, cells


def by_phandle(root, phandle):
    return next((n for n in root.walk() if n.properties.get("phandle") == struct.pack(">I", phandle)), None)


def translated(bus, at, count):
    """2.3.8: an address on a bus, at the root. None: it is not visible there."""
    while bus.parent:
        widths = (
            bus.one("#address-cells", 2),
            bus.parent.one("#address-cells", 2),
            bus.one("#size-cells", 1, 0),
        )
        if "ranges" not in bus.properties:
            return None
        cells = bus.cells("ranges")
        while cells and len(cells) >= sum(widths):
            here, above, room, cells = take(cells, *widths)
            if number(here) <= at and at + count <= number(here) + number(room):
                at = number(above) + at - number(here)
                break
        else:
            if bus.properties["ranges"]:
                return None
        bus = bus.parent
    return at


def regions(node):
    """2.3.6."""
    widths = node.parent.one("#address-cells", 2), node.parent.one("#size-cells", 1, 0)
    cells = node.cells("reg") if "reg" in node.properties else []
    while len(cells) >= sum(widths):
        at, count, cells = take(cells, *widths)
        start = translated(node.parent, number(at), number(count))
        if start is None:
            return
        yield start, number(count)


def coherent(node):
    """2.3.10 and 2.3.11; both at once is the weaker promise."""
    for at in node.lineage():
        if "dma-noncoherent" in at.properties:
            return False
        if "dma-coherent" in at.properties:
            return True
    return False


def check_dma(node):
    """2.3.9: only what is the same on both sides."""
    for bus in node.lineage():
        if not bus.parent or "dma-ranges" not in bus.properties:
            continue
        widths = (
            bus.one("#address-cells", 2),
            bus.parent.one("#address-cells", 2),
            bus.one("#size-cells", 1, 0),
        )
        cells = bus.cells("dma-ranges")
        while cells:
            if len(cells) < sum(widths):
                raise Refused(bus, "dma-ranges")
            here, above, _, cells = take(cells, *widths)
            if number(here) != number(above):
                raise Refused(bus, "dma-ranges")


def interrupt_parent(node):
    """2.4.1: `interrupt-parent`, or the parent in the tree, whose own it may be."""
    for at in node.lineage():
        if at is not node and "#interrupt-cells" in at.properties:
            return at
        if "interrupt-parent" in at.properties:
            value = at.properties["interrupt-parent"]
            found = by_phandle(node.root(), number(struct.unpack(">I", value))) if len(value) == 4 else None
            if found is None:
                raise Refused(at, "interrupt-parent")
            return found
    raise Refused(node, "interrupt-parent")


def rows(nexus, address, specifier):
    """2.4.3.1: the child's address and specifier, the parent, its address and specifier, of each row."""
    cells = nexus.cells("interrupt-map")
    while cells:
        of_child, cells = take(cells, address + specifier)
        parent = by_phandle(nexus.root(), cells[0]) if cells else None
        if parent is None:
            raise Refused(nexus, "interrupt-map")
        widths = parent.one("#address-cells", 0, 0), parent.one("#interrupt-cells", None, 0)
        if len(cells) < 1 + sum(widths):
            raise Refused(nexus, "interrupt-map")
        unit, there, cells = take(cells[1:], *widths)
        yield of_child, parent, unit, there


def mapped(nexus, unit, specifier):
    """2.4.3: the row whose masked key is the device's. None: there is none."""
    address = nexus.one("#address-cells", None, 0)
    width = address + len(specifier)
    mask = [0xFFFFFFFF] * width
    if "interrupt-map-mask" in nexus.properties:
        mask = nexus.cells("interrupt-map-mask")
        if len(nexus.properties["interrupt-map-mask"]) != 4 * width:
            raise Refused(nexus, "interrupt-map-mask")
    if len(unit) != address:
        if any(mask[:address]):
            raise Refused(nexus, "interrupt-map-mask")
        unit = [0] * address
    for of_child, parent, *to in rows(nexus, address, len(specifier)):
        same = all((a ^ b) & m == 0 for a, b, m in zip(of_child, [*unit, *specifier], mask))
        if same and parent.enabled():
            return parent, *to
    return None


def followed(node, unit, cells, of):
    """The controller and the specifier there, or None if the first map does not have the interrupt.

    `of`: the node and the property with the cells.
    """
    for maps in range(MAPS + 1):
        width = node.one("#interrupt-cells")
        if len(cells) < width:
            raise Refused(*of)
        specifier = cells[:width]
        if "interrupt-map" not in node.properties:
            if "interrupt-controller" not in node.properties:
                raise Refused(node, "interrupt-controller")
            return node, specifier
        found = mapped(node, unit, specifier) if maps < MAPS else None
        if found is None:
            if maps == 0:
                return None
            raise Refused(node, "interrupt-map")
        parent, unit, cells = found
        if "interrupt-controller" in node.properties:
            if parent is not node:
                raise Refused(node, "interrupt-map")
            return node, cells
        node = parent
    raise AssertionError


def interrupt(node):
    """2.4.1. None: the node has no interrupt."""
    name = "interrupts-extended" if "interrupts-extended" in node.properties else "interrupts"
    if name not in node.properties:
        return None
    cells = node.cells(name)
    if name == "interrupts":
        parent = interrupt_parent(node)
    else:
        parent = by_phandle(node.root(), cells[0]) if cells else None
        cells = cells[1:]
        if parent is None:
            raise Refused(node, name)
    bus = node.parent or node
    width = struct.unpack(">I", bus.properties.get("#address-cells", b"\0\0\0\2"))[0]
    unit = node.cells("reg")[:width] if "reg" in node.properties else []
    found = followed(parent, unit if len(unit) == width else [], cells, (node, name))
    if found is None:
        raise Refused(parent, "interrupt-map")
    return found


def written(found):
    controller, specifier = found
    place = controller.path() if "phandle" in controller.properties else "without phandle"
    return f" interrupt {place}: {' '.join(f'{cell:x}' for cell in specifier)}"


def host(node):
    """Chapter 4 of the PCI binding: buses, windows, and the interrupts of some functions."""
    lines, head = [], ""
    try:
        if node.one("#address-cells") != 3:
            raise Refused(node, "#address-cells")
        first, last = node.cells("bus-range") if "bus-range" in node.properties else (0, 255)
        if not first <= last <= 255:
            raise Refused(node, "bus-range")
        head = f" buses {first}-{min(last, first + (next(regions(node))[1] >> 20) - 1)}"
    except Refused as error:
        lines.append(f"    error {error}")
    cells = node.cells("ranges")
    above, size = node.parent.one("#address-cells", 2), node.one("#size-cells", 1, 0)
    while len(cells) >= 3 + above + size:
        kind, on_bus, at, count, cells = take(cells, 1, 2, above, size)
        if number(on_bus) + number(count) >= 1 << 64:
            lines.append(f"    error {Refused(node, 'ranges')}")
            break
        start = translated(node.parent, number(at), number(count))
        lines.append(f"    window {kind[0] >> 24 & 3} {number(on_bus):x} at {start:x}+{number(count):x}")
    for function in FUNCTIONS:
        for pin in range(1, 5):
            try:
                found = "interrupt-map" in node.properties and followed(
                    node, [function << 8, 0, 0], [pin], (node, "interrupt-map")
                )
                if found:
                    lines.append(f"    {function:x} pin {pin}{written(found)}")
            except Refused as error:
                if (function, pin) == (0, 1):
                    lines.append(f"    error {error}")
        lines += messages(node, function)
    return head, lines


def messages(node, function):
    """`msi-map` and `msi-parent` of Linux's PCI binding."""
    if "msi-map" not in node.properties and "msi-parent" not in node.properties:
        return []
    controller, number_there = (
        node.cells("msi-parent")[0] if "msi-parent" in node.properties else None,
        function,
    )
    if "msi-map" in node.properties:
        masked = function & (node.cells("msi-map-mask")[0] if "msi-map-mask" in node.properties else 0xFFFF)
        cells = node.cells("msi-map")
        found = [
            (cells[k + 1], cells[k + 2] + masked - cells[k])
            for k in range(0, len(cells) - 3, 4)
            if 0 <= masked - cells[k] < cells[k + 3]
        ]
        if not found:
            return []
        controller, number_there = found[0]
    if by_phandle(node.root(), controller) is None:
        return [f"    error {Refused(node, 'msi-map' if 'msi-map' in node.properties else 'msi-parent')}"]
    return [f"    {function:x} message {controller:x} {number_there:x}"]


def said_of(path):
    """The lines that agree.c prints, without the reasons of its errors."""
    lines = []
    for node in read(Path(path).read_bytes()).walk():
        is_host = "pci-host-ecam-generic" in node.texts("compatible")
        if not is_host and "virtio,mmio" not in node.texts("compatible"):
            continue
        head, below = node.name, []
        for what in (registers, dma, own_interrupt):
            try:
                head += what(node)
            except Refused as error:
                head += f"\n    error {error}"
        if is_host:
            buses, below = host(node)
            head += buses
        tail = " coherent" if coherent(node) else ""
        tail += "" if all(at.enabled() for at in node.lineage()) else " disabled"
        lines += "\n".join([head, *below]).splitlines()
        lines[-1] += tail
    return lines


def registers(node):
    return "".join(f" reg {at:x}+{count:x}" for at, count in list(regions(node))[:3])


def dma(node):
    check_dma(node)
    return ""


def own_interrupt(node):
    found = interrupt(node)
    return written(found) if found else ""
