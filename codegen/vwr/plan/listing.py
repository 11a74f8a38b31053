# SPDX-License-Identifier: MIT
"""A plan for people: what answers where, in the order of the addresses, as QEMU's monitor shows its bus."""

from vwr.plan import kinds
from vwr.plan.model import Device, Memory, Plan

_UNITS = ((1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))


def size(count: int) -> str:
    """Bytes in the largest unit that divides them."""
    return next((f"{count // unit} {word}" for unit, word in _UNITS if count and count % unit == 0), f"{count} bytes")


def text(plan: Plan) -> str:
    """All VMs."""
    lines = [f"plan {plan.name}: {_count(len(plan.vms), 'VM')}, {_count(len(plan.devices()), 'device')}"]
    for disk in plan.disks:
        lines.append(f"disk {disk.name}: " + (f"{disk.sectors} sectors" if disk.sectors else "of any size")
                     + f", blocks of {disk.block_size}")
    for vm in plan.vms:
        lines += ["", f"vm {vm.id} {vm.name}"]
        rows = [(part.base, part.end, _memory(part)) for part in vm.memory]
        rows += [(device.address, device.address + plan.stride, _device(plan, device)) for device in vm.devices]
        lines += [f"  {base:016x}-{end - 1:016x}  {words}" for base, end, words in sorted(rows)]
    return "".join(line + "\n" for line in lines)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _memory(part: Memory) -> str:
    return f"memory {size(part.size)}" + ("" if part.host is None else f" at host {part.host:#x}")


def _device(plan: Plan, device: Device) -> str:
    words = [f"{device.name} slot {device.slot} irq {device.irq} {'legacy' if device.legacy else 'modern'}",
             f"{_count(device.queues, 'queue')} of {device.queue_size}", *_OPTIONS[device.word](plan, device)]
    if device.features:
        words.append(" ".join(device.features))
    return ", ".join(words)


def _block(plan: Plan, device: Device) -> list[str]:
    first, end = plan.window(device)
    words = [f"{device.data['disk']} from sector {first} " + (f"to {end - 1}" if end else "on")]
    words += [word for word in ("read-only", "write-through") if device.data.get(word)]
    return words


def _console(_plan: Plan, device: Device) -> list[str]:
    return [_count(len(device.ports), "port")]


_OPTIONS = {word: {"block": _block, "console": _console}.get(word, lambda plan, device: []) for word in kinds.KINDS}
