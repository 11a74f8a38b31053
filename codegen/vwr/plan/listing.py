# SPDX-License-Identifier: MIT
"""The texts about the parts of a plan that its listing and its drawing share."""

from vwr.plan.model import Device, Folder, Memory, Plan, SPACE, Vm, Window

_UNITS = ((1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))


def size(count: int) -> str:
    """A size in the largest unit that divides it."""
    return next(
        (f"{count // unit} {word}" for unit, word in _UNITS if count and count % unit == 0), f"{count} bytes"
    )


def windows(vm: Vm, plan: Plan) -> list[tuple[int, int, Device | str]]:
    """
    (address, end, device or description) of all windows. A larger window comes first, because others are
    in it.
    """
    rows: list[tuple[int, int, Device | str]] = [(part.base, part.end, memory(part)) for part in vm.memory]
    rows += [(at, at + bytes, what) for at, bytes, what in plan.windows_of(vm) if vm.is_pci]
    window = SPACE if vm.is_pci else plan.stride
    rows += [(device.address, device.address + window, device) for device in vm.devices]
    return sorted(rows, key=lambda row: (row[0], -row[1]))


def monitor(vm: Vm) -> str:
    """Whether the devices have monitors, and of how many notifications these follow one."""
    if vm.monitor > 1:
        return f", with a monitor of one in {vm.monitor} notifications"
    return ", with a monitor" if vm.monitor else ""


def files(folder: Folder) -> str:
    """The location of a folder's files."""
    if folder.where is not None:
        return folder.where
    return f"a tree of {size(folder.size)} in memory" if folder.size is not None else "the VMM's"


def memory(part: Memory) -> str:
    """A range of guest memory."""
    return f"memory {size(part.size)}" + ("" if part.host is None else f" at host {part.host:#x}")


def sectors(thing: Device | Window, plan: Plan) -> str:
    """The disk of a window, and its sectors."""
    return f"{thing.data['disk']} from sector {span(thing, plan)}"


def span(thing: Device | Window, plan: Plan) -> str:
    """The sectors of a window of a disk."""
    first, end = plan.window(thing)
    return f"{first} to {end - 1}" if end else f"{first} on"
