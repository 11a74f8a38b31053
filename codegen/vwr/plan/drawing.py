# SPDX-License-Identifier: MIT
"""A plan as a drawing: a box for each VM, a box for each shared resource, and lines between them."""

from dataclasses import dataclass, field

from vwr.plan import kinds
from vwr.plan.listing import files, memory, monitor, size, span
from vwr.plan.model import Device, Disk, Plan, Screen, Shared, Switch, Vm
from vwr.sentence import plural as count

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
_LINES = {
    LEFT: "─",
    RIGHT: "─",
    LEFT | RIGHT: "─",
    UP: "│",
    DOWN: "│",
    UP | DOWN: "│",
    DOWN | RIGHT: "┌",
    DOWN | LEFT: "┐",
    UP | RIGHT: "└",
    UP | LEFT: "┘",
    UP | DOWN | RIGHT: "├",
    UP | DOWN | LEFT: "┤",
    DOWN | LEFT | RIGHT: "┬",
    UP | LEFT | RIGHT: "┴",
    UP | DOWN | LEFT | RIGHT: "┼",
}
_ASCII = str.maketrans("─│┌┐└┘├┤┬┴┼", "-|+++++++++")
_GAP = 2  # columns between two vertical lines


@dataclass
class Box:
    """A box with a title and rows; each row has the shared resources to which a line leads."""

    title: str
    rows: list[tuple[str, list[Shared]]]
    of: Shared | None = None
    top: int = 0


@dataclass
class Canvas:
    """Letters, and lines as the directions in which they leave a cell."""

    letters: dict[tuple[int, int], str] = field(default_factory=dict)
    lines: dict[tuple[int, int], int] = field(default_factory=dict)

    def write(self, row: int, column: int, text: str) -> None:
        """Writes letters over existing ones."""
        for at, letter in enumerate(text):
            self.letters[row, column + at] = letter

    def across(self, row: int, first: int, last: int) -> None:
        """A line from one column to another."""
        for column in range(first, last):
            self._join((row, column), RIGHT)
            self._join((row, column + 1), LEFT)

    def down(self, column: int, first: int, last: int) -> None:
        """A line from one row to another."""
        for row in range(first, last):
            self._join((row, column), DOWN)
            self._join((row + 1, column), UP)

    def _join(self, cell: tuple[int, int], direction: int) -> None:
        self.lines[cell] = self.lines.get(cell, 0) | direction

    def text(self) -> str:
        """All rows, without trailing spaces."""
        cells = {cell: _LINES[line] for cell, line in self.lines.items()} | self.letters
        last = max(row for row, _ in cells)
        rows = [[column for at, column in cells if at == row] for row in range(last + 1)]
        return "".join(
            "".join(cells.get((row, column), " ") for column in range(max(columns, default=-1) + 1)).rstrip()
            + "\n"
            for row, columns in enumerate(rows)
        )


def text(plan: Plan, ascii_only: bool = False) -> str:
    """The boxes of VMs."""
    things = [thing for word in kinds.SHARED for thing in plan.things(word)]
    boxes = [_vm(plan, vm) for vm in plan.vms] + [_shared(plan, thing) for thing in things]
    inner = max(
        max(len(row) for box in boxes for row, _ in box.rows), max(len(box.title) for box in boxes) + 2
    )
    edge = inner + 3
    canvas = Canvas()
    top = 0
    for box in boxes:
        box.top = top
        _draw(canvas, box, edge)
        top += len(box.rows) + 2
    for track, thing in enumerate(things):
        _join(canvas, boxes, thing, edge, edge + _GAP * (track + 1))
    drawn = (
        f"{plan.name}: {count(len(plan.vms), 'VM')}, {count(len(plan.devices()), 'device')}\n{canvas.text()}"
    )
    return drawn.translate(_ASCII) if ascii_only else drawn


def _draw(canvas: Canvas, box: Box, edge: int) -> None:
    bottom = box.top + len(box.rows) + 1
    for row in (box.top, bottom):
        canvas.across(row, 0, edge)
    for column in (0, edge):
        canvas.down(column, box.top, bottom)
    canvas.write(box.top, 2, f" {box.title} ")
    for at, (words, _) in enumerate(box.rows, box.top + 1):
        canvas.write(at, 2, words)


def _join(canvas: Canvas, boxes: list[Box], thing: Shared, edge: int, track: int) -> None:
    """A line from each row with the resource to its box, across other lines."""
    ends = [at for box in boxes for at, (_, has) in enumerate(box.rows, box.top + 1) if thing in has]
    box = next(box for box in boxes if box.of is thing)
    if ends:
        for row in [*ends, box.top + 1]:
            canvas.across(row, edge, track)
        canvas.down(track, ends[0], box.top + 1)


def _vm(plan: Plan, vm: Vm) -> Box:
    rows: list[tuple[str, list[Shared]]] = [(f"{part.base:#x}  {memory(part)}", []) for part in vm.memory]
    rows += [(f"{at:#x}  {what}", []) for at, _, what in plan.windows_of(vm) if vm.is_pci]
    devices = sorted(vm.devices, key=lambda device: device.slot)
    names = max(len(device.name) for device in devices)
    for device in devices:
        words = f"{device.where}  irq {device.irq:<4} {device.name:<{names}}  {_what(plan, device)}"
        rows.append((words.rstrip(), plan.resources(device)))
    words = f"{' on PCI' if vm.is_pci else ''}{monitor(vm)}"
    return Box(f"VM {vm.id} {vm.name}{words}", rows)


def _shared(plan: Plan, thing: Shared) -> Box:
    users = [(f"{device.vm.name}.{device.name}", device) for device in plan.users(thing)]
    if isinstance(thing, Disk):
        rows = [f"sectors {span(window, plan)}: {window.name}" for window in plan.windows(thing)]
        title = f"disk {thing.name}: {f'{thing.sectors} sectors' if thing.sectors else 'of any size'}"
    elif isinstance(thing, Switch):
        rows = [f"port {port}: {name} {device.mac}" for port, (name, device) in enumerate(users)]
        rows += [f"port {len(users)}: the uplink"] if thing.uplink else []
        title = f"switch {thing.name}: {count(len(rows), 'port')}, learns {thing.addresses} addresses"
    elif isinstance(thing, Screen):
        rows = [name for name, _ in users]
        title = f"screen {thing.name}: {thing.width} x {thing.height}"
    else:
        rows = [f"{name}" for name, _ in users]
        title = f"folder {thing.name}: {files(thing)}"
    return Box(title, [(row, []) for row in rows or ["nobody's"]], thing)


def _what(plan: Plan, device: Device) -> str:
    """A short description of a device."""
    data = device.data
    balloon = [word for word in ("statistics", "hinting", "reporting") if data.get(word)]
    words = {
        "block": f"sectors {span(device, plan)}" if device.word == "block" else "",
        "network": device.mac,
        "gpu": f"{size(plan.gpu_memory(device))} of pictures" if device.word == "gpu" else "",
        "input": data.get("model", ""),
        "folder": f"tag {device.tag}",
        "fs": f"tag {device.tag}",
        "balloon": " ".join(balloon),
        "console": count(len(device.ports), "port"),
        "entropy": "",
        "scsi": count(len(device.windows), "unit"),
        "vsock": f"context id {device.cid}",
        "crypto": count(device.sessions, "session"),
        "gpio": count(len(device.lines), "line"),
        "mem": f"{size(device.region.size)} to plug" if device.word == "mem" else "",
        "iommu": count(len(device.vm.behind), "endpoint"),
    }.get(device.word, "")
    more = ["legacy"] if device.legacy else []
    more += [data["zoned"]] if "zoned" in data else []
    more += ["read-only"] if data.get("read-only") else []
    return ", ".join([words, *more] if words else more)
