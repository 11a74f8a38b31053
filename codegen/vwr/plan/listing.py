# SPDX-License-Identifier: MIT
"""A plan as a list of all windows in the order of their addresses, in the style of QEMU's monitor."""

from vwr.plan.model import Device, Folder, Memory, Plan, SPACE, Vm, Window
from vwr.sentence import plural as count

_UNITS = ((1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))


def size(count: int) -> str:
    """A size in the largest unit that divides it."""
    return next(
        (f"{count // unit} {word}" for unit, word in _UNITS if count and count % unit == 0), f"{count} bytes"
    )


def text(plan: Plan) -> str:
    """All VMs."""
    lines = [f"plan {plan.name}: {count(len(plan.vms), 'VM')}, {count(len(plan.devices()), 'device')}"]
    for disk in plan.disks:
        lines.append(
            f"disk {disk.name}: "
            + (f"{disk.sectors} sectors" if disk.sectors else "of any size")
            + f", blocks of {disk.block_size}"
        )
    for switch in plan.switches:
        ports = len(plan.users(switch)) + switch.uplink
        lines.append(
            f"switch {switch.name}: {count(ports, 'port')}"
            + (" with the uplink" if switch.uplink else "")
            + f", learns {switch.addresses} addresses"
        )
    lines += [f"screen {screen.name}: {screen.width} x {screen.height}" for screen in plan.screens]
    lines += [f"folder {folder.name}: {files(folder)}" for folder in plan.folders]
    for vm in plan.vms:
        lines += ["", f"vm {vm.id} {vm.name}{monitor(vm)}"]
        rows = [(part.base, part.end, memory(part)) for part in vm.memory]
        rows += [(at, at + bytes, what) for at, bytes, what in plan.windows_of(vm) if vm.is_pci]
        window = SPACE if vm.is_pci else plan.stride
        rows += [(device.address, device.address + window, _device(plan, device)) for device in vm.devices]
        rows.sort(key=lambda row: (row[0], -row[1]))  # a larger one first, since others are in it
        lines += [f"  {base:016x}-{end - 1:016x}  {words}" for base, end, words in rows]
    return "".join(line + "\n" for line in lines)


def monitor(vm: Vm) -> str:
    """Whether its devices have monitors, and of how many notifications these follow one."""
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


def _device(plan: Plan, device: Device) -> str:
    version = "legacy" if device.legacy else "modern"
    if device.vm.is_pci:
        version = f"function {device.where}, {count(device.vectors, 'vector')}"
    words = [
        f"{device.name} slot {device.slot} irq {device.irq} {version}",
        f"{count(device.queues, 'queue')} of {device.queue_size}",
        *(_own(device) if device.kind and device.kind.own else _OPTIONS[device.word](plan, device)),
    ]
    if device.features:
        words.append(" ".join(device.features))
    return ", ".join(words)


def _own(device: Device) -> list[str]:
    return [count(device.requests, "message"), f"{count(device.segments, 'segment')} each"]


def _sectors(plan: Plan, thing: Device | Window) -> str:
    first, end = plan.window(thing)
    return f"{thing.data['disk']} from sector {first} " + (f"to {end - 1}" if end else "on")


def _block(plan: Plan, device: Device) -> list[str]:
    words = [_sectors(plan, device)]
    words += [word for word in ("read-only", "write-through") if device.data.get(word)]
    if "zoned" in device.data:
        words.append(
            f"{count(plan.zones(device), 'zone')} of {device.data['zone-sectors']} sectors, {device.data['zoned']}"
        )
    return words


def _console(_plan: Plan, device: Device) -> list[str]:
    return [count(len(device.ports), "port")]


def _entropy(_plan: Plan, _device: Device) -> list[str]:
    return []


def _network(_plan: Plan, device: Device) -> list[str]:
    return [f"{device.mac} on {device.data['switch']}"] + (
        [f"MTU {device.data['mtu']}"] if "mtu" in device.data else []
    )


def _gpu(plan: Plan, device: Device) -> list[str]:
    return [f"{size(plan.gpu_memory(device))} of pictures on {' and '.join(device.shares)}"]


def _input(_plan: Plan, device: Device) -> list[str]:
    return [device.data["model"]]


def _folder(_plan: Plan, device: Device) -> list[str]:
    return [f"{device.data['folder']} as '{device.tag}'"] + (
        ["read-only"] if device.data.get("read-only") else []
    )


def _balloon(_plan: Plan, device: Device) -> list[str]:
    return [key for key in device.kind.keys if device.data.get(key)] if device.kind else []


def _scsi(plan: Plan, device: Device) -> list[str]:
    return [
        f"unit {unit.target}:{unit.lun} {_sectors(plan, unit)}"
        + (" read-only" if unit.data.get("read-only") else "")
        for unit in device.windows
    ]


def _vsock(_plan: Plan, device: Device) -> list[str]:
    return [f"context id {device.cid}", f"{count(device.sockets, 'socket')} of {size(device.buffer)}"]


def _crypto(_plan: Plan, device: Device) -> list[str]:
    return [count(device.sessions, "session"), f"requests of {size(device.max_bytes)}"]


def _i2c(_plan: Plan, device: Device) -> list[str]:
    return [f"messages of {size(device.transfer)}"]


def _gpio(_plan: Plan, device: Device) -> list[str]:
    names = [f"{line} {name}" for line, name in enumerate(device.lines) if name]
    return [f"{count(len(device.lines), 'line')}{': ' if names else ''}{' '.join(names)}"]


_OPTIONS = {
    "block": _block,
    "console": _console,
    "entropy": _entropy,
    "network": _network,
    "gpu": _gpu,
    "input": _input,
    "folder": _folder,
    "fs": _folder,
    "balloon": _balloon,
    "scsi": _scsi,
    "vsock": _vsock,
    "crypto": _crypto,
    "i2c": _i2c,
    "gpio": _gpio,
}
