# SPDX-License-Identifier: MIT
"""What a plan must not say: things that are in one place twice, beyond an end, or not there."""

from typing import Any

from vwr import cname
from vwr.plan import kinds
from vwr.plan.model import Device, Plan, SECTOR, Vm
from vwr.spec.load import NodePath, SpecFile, Tree
from vwr.spec.problems import did_you_mean

PAGE = 4096
SPACE = 1 << 64
LAST_SPI = 1019
_MEMBERS = frozenset(("vm", "region", "slot", "queue", "own"))  # of the structure, beside the VMs
_MACROS = frozenset(("linux", "unix", "errno", "i386"))


class Checker:
    """The checks over one plan; each says all that it finds."""

    def __init__(self, tree: Tree, spec: SpecFile, plan: Plan) -> None:
        self.tree, self.spec, self.plan = tree, spec, plan

    def run(self) -> None:
        """All checks. Those of places only where the numbers that make places are good."""
        self.names()
        self.kinds()
        if self.numbers():
            for vm in self.plan.vms:
                self.slots(vm)
                self.interrupts(vm)
                self.memory(vm)
            self.shared()
            self.host_memory()
        self.disks()
        for device in self.known():
            self.device(device)

    def error(self, path: NodePath, message: str, check_id: str, hint: str | None = None,
              first: NodePath | None = None, key: bool = False) -> None:
        """One problem; `first`: the other place that it is about."""
        notes = [self.spec.note(first, "the other is here")] if first else ()
        self.tree.error(self.spec, path, message, check_id, hint, notes, key)

    def place(self, path: NodePath, key: str) -> NodePath:
        """Where a key of a thing stands, or the thing if it does not have it."""
        return (*path, key) if (*path, key) in self.spec.marks else path

    def known(self) -> list[Device]:
        """Devices of a kind that there is, in the order of the file."""
        return [device for vm in self.plan.vms for device in vm.devices if device.kind]

    # Names ---------------------------------------------------------------------------------------------------------

    def names(self) -> None:
        """Names are members of a structure in C."""
        self.twice(self.plan.vms, "VM")
        self.twice(self.plan.disks, "disk")
        for vm in self.plan.vms:
            self.twice(vm.devices, "device")
            self.words([vm], _MEMBERS)
            self.words(vm.devices, ())
        first: dict[int, Vm] = {}
        for vm in self.plan.vms:
            if vm.id in first:
                self.error(self.place(vm.path, "id"), f"VM id {vm.id} twice", "VWR-P002", None,
                           self.place(first[vm.id].path, "id"))
            first.setdefault(vm.id, vm)

    def twice(self, things: list[Any], what: str) -> None:
        first: dict[str, Any] = {}
        for thing in things:
            name = cname.snake(thing.name)
            if name in first:
                self.error(self.place(thing.path, "name"), f"{what} '{thing.name}' twice", "VWR-P001", None,
                           self.place(first[name].path, "name"))
            first.setdefault(name, thing)

    def words(self, things: list[Any], more: frozenset[str] | tuple[Any, ...]) -> None:
        for thing in things:
            if cname.snake(thing.name) in cname.RESERVED_WORDS | _MACROS | frozenset(more):
                self.error(self.place(thing.path, "name"), f"'{thing.name}' is a word of C or of the structure",
                           "VWR-P026", "another name")

    # Kinds ---------------------------------------------------------------------------------------------------------

    def kinds(self) -> None:
        """Devices that there are, with keys that they have."""
        for vm in self.plan.vms:
            for device in vm.devices:
                if device.kind is None:
                    self.no_kind(device)
                    continue
                for key in device.data:
                    owner = kinds.OWN_KEYS.get(key)
                    if owner and owner != device.word:
                        self.error((*device.path, key), f"'{key}' of a device of kind '{device.word}'", "VWR-P005",
                                   f"only a device of kind '{owner}' has it", key=True)
                if "slot" in device.data and "address" in device.data:
                    self.error((*device.path, "address"), "both 'slot' and 'address'", "VWR-P025", "just one of them",
                               key=True)

    def no_kind(self, device: Device) -> None:
        word, path = device.data["kind"], (*device.path, "kind")
        if word in kinds.DEVICES:
            self.error(path, f"the runtime has no device side of '{word}' yet", "VWR-P004",
                       "there are " + ", ".join(kinds.KINDS))
        else:
            self.error(path, f"no device '{word}'", "VWR-P003", did_you_mean(word, kinds.KINDS, "kinds"))

    # Places --------------------------------------------------------------------------------------------------------

    def numbers(self) -> bool:
        """Strides and bases; false if no place can be computed from them."""
        before = self.tree.problems.count
        for key, value in (("stride", self.plan.stride), ("vm-stride", self.plan.vm_stride)):
            if value & (value - 1):
                self.error((key,), f"{value:#x} is no power of 2", "VWR-P006")
        if self.plan.vm_stride < self.plan.stride:
            self.error(self.place((), "vm-stride"), "a VM has less room than one device", "VWR-P009",
                       f"vm-stride {self.plan.vm_stride:#x}, stride {self.plan.stride:#x}")
        if self.tree.problems.count != before:
            return False
        for vm in self.plan.vms:
            if vm.base % self.plan.stride:
                where = (*vm.path, "base") if "base" in self.spec.at(vm.path) else self.place((), "base")
                self.error(where, f"{vm.base:#x} is not a multiple of {self.plan.stride:#x}", "VWR-P007")
            elif vm.base + self.plan.vm_stride > SPACE:
                self.error(self.place(vm.path, "base"), f"the windows from {vm.base:#x} on pass the end of the addresses",
                           "VWR-P014")
        return self.tree.problems.count == before

    def slots(self, vm: Vm) -> None:
        """Each device in a window of its own."""
        first: dict[int, Device] = {}
        windows = f"{vm.name} has {self.plan.slots} windows of {self.plan.stride:#x} bytes from {vm.base:#x} on"
        for device in vm.devices:
            if not 0 <= device.slot < self.plan.slots:
                if "address" in device.data:
                    self.error((*device.path, "address"), f"{device.address:#x} is no window of its VM", "VWR-P008", windows)
                else:
                    self.error(self.place(device.path, "slot"), "one device too many", "VWR-P009", windows)
            elif device.address % self.plan.stride:
                self.error((*device.path, "address"), f"{device.address:#x} is not a multiple of {self.plan.stride:#x}",
                           "VWR-P007", windows)
            elif device.slot in first:
                self.error(self.said(device), f"window {device.slot} at {device.address:#x} twice", "VWR-P010",
                           "without 'slot' or 'address' a device has the window of its place in the list",
                           self.said(first[device.slot]))
            first.setdefault(device.slot, device)

    def said(self, device: Device) -> NodePath:
        """Where a device's window is said."""
        return next((path for key in ("address", "slot") if (path := (*device.path, key)) in self.spec.marks),
                    device.path)

    def interrupts(self, vm: Vm) -> None:
        """An interrupt for each device, and another one for each."""
        first: dict[int, Device] = {}
        for device in vm.devices:
            where = self.place(device.path, "irq")
            if "irq" not in device.data and 0 <= device.slot < self.plan.slots and device.slot >= self.plan.vm_irqs:
                self.error(where, f"no interrupt left: {vm.name} has {self.plan.vm_irqs}, from {vm.irq} on", "VWR-P011",
                           "give it one with 'irq', or the VMs more with 'vm-irqs'")
            elif device.irq > LAST_SPI:
                self.error(where, f"interrupt {device.irq}", "VWR-P013", f"the last is {LAST_SPI}")
            elif device.irq in first:
                self.error(where, f"interrupt {device.irq} twice in {vm.name}", "VWR-P012", None,
                           self.place(first[device.irq].path, "irq"))
            first.setdefault(device.irq, device)

    def memory(self, vm: Vm) -> None:
        """Memory that is memory, once, and no window of the VM."""
        for part in vm.memory:
            for key, value in (("base", part.base), ("size", part.size), ("host", part.host or 0)):
                if value % PAGE:
                    self.error((*part.path, key), f"{value:#x} is not a multiple of {PAGE:#x}", "VWR-P007")
            if part.end > SPACE or (part.host or 0) + part.size > SPACE:
                self.error((*part.path, "size"), f"{part.size:#x} bytes pass the end of the addresses", "VWR-P014")
        parts = sorted(vm.memory, key=lambda part: part.base)
        for before, part in zip(parts, parts[1:]):
            if part.base < before.end:
                self.error((*part.path, "base"), f"memory at {part.base:#x} lies in memory before it", "VWR-P017",
                           f"that ends at {before.end:#x}", (*before.path, "base"))
        self.windows_on(vm, vm)

    def windows_on(self, vm: Vm, other: Vm) -> None:
        """The windows of `vm` against the memory of `other`."""
        end = vm.base + self.plan.vm_stride
        for part in other.memory:
            if part.base < end and vm.base < part.end:
                self.error((*part.path, "base"), f"memory {part.base:#x} to {part.end - 1:#x} lies on the devices of "
                           f"{vm.name}", "VWR-P016", f"they are at {vm.base:#x} to {end - 1:#x}",
                           self.place(vm.path, "base"))

    def shared(self) -> None:
        """What VMs must not have both, if an address and an interrupt mean one thing."""
        if not self.plan.shared:
            return
        vms = self.plan.vms
        for index, vm in enumerate(vms):
            for other in vms[:index]:
                if abs(vm.base - other.base) < self.plan.vm_stride:
                    self.error(self.place(vm.path, "base"), f"the devices of {vm.name} at {vm.base:#x} lie on those of "
                               f"{other.name} at {other.base:#x}", "VWR-P015", None, self.place(other.path, "base"))
                lines = {device.irq: device for device in other.devices}
                for device in vm.devices:
                    if device.irq in lines:
                        self.error(self.place(device.path, "irq"), f"interrupt {device.irq} in {vm.name} and {other.name}",
                                   "VWR-P012", "with 'space: own' each VM has its own",
                                   self.place(lines[device.irq].path, "irq"))
                self.windows_on(vm, other)
                self.windows_on(other, vm)
                self.between(vm, other)

    def between(self, vm: Vm, other: Vm) -> None:
        for part in vm.memory:
            for there in other.memory:
                if part.base < there.end and there.base < part.end:
                    self.error((*part.path, "base"), f"memory of {vm.name} at {part.base:#x} is memory of {other.name} too",
                               "VWR-P018", "with 'space: own' each VM has its own addresses", (*there.path, "base"))

    def host_memory(self) -> None:
        """No byte of ours is memory of two guests."""
        placed = sorted(((part.host, part, vm) for vm in self.plan.vms for part in vm.memory if part.host is not None),
                        key=lambda row: row[0])
        for (at, before, owner), (host, part, vm) in zip(placed, placed[1:]):
            if host < at + before.size:
                self.error((*part.path, "host"), f"memory of {vm.name} at host {host:#x} is memory of {owner.name} "
                           "too", "VWR-P018", f"that goes to {at + before.size - 1:#x}", (*before.path, "host"))

    # Disks ---------------------------------------------------------------------------------------------------------

    def disks(self) -> None:
        """Windows that are on a disk, and that nobody else writes to."""
        for disk in self.plan.disks:
            if disk.block_size & (disk.block_size - 1):
                self.error((*disk.path, "block-size"), f"{disk.block_size} is no power of 2", "VWR-P006")
        windows = [device for device in self.known() if device.word == "block" and self.window(device)]
        for index, device in enumerate(windows):
            for other in windows[:index]:
                self.overlap(device, other)

    def window(self, device: Device) -> bool:
        """Checks one window; whether it can be compared with others."""
        name = device.data.get("disk")
        disk = self.plan.disk(name)
        if disk is None:
            hint = did_you_mean(name or "", [one.name for one in self.plan.disks], "disks")
            what = f"no disk '{name}'" if name else "no 'disk'"
            self.error(self.place(device.path, "disk"), what, "VWR-P019", hint)
            return False
        first, end = self.plan.window(device)
        if disk.sectors is not None and (first >= disk.sectors or (end or 0) > disk.sectors):
            key = "first" if first >= disk.sectors else "sectors"
            self.error(self.place(device.path, key), f"the window passes the end of '{disk.name}'", "VWR-P021",
                       f"that has {disk.sectors} sectors", self.place(disk.path, "sectors"))
        for key, value in (("first", first), ("sectors", None if end is None else end - first)):
            if value and value * SECTOR % disk.block_size:
                self.error(self.place(device.path, key), f"{value} sectors are no whole blocks of '{disk.name}'", "VWR-P022",
                           f"a block has {disk.block_size // SECTOR} sectors", self.place(disk.path, "block-size"))
        return True

    def overlap(self, device: Device, other: Device) -> None:
        if device.data["disk"] != other.data["disk"] or device.data.get("read-only") and other.data.get("read-only"):
            return
        first, end = self.plan.window(device)
        there, behind = self.plan.window(other)
        if (behind is None or first < behind) and (end is None or there < end):
            self.error(self.place(device.path, "first"), f"sectors from {max(first, there)} on of '{device.data['disk']}' "
                       f"belong to {other.vm.name}.{other.name} too", "VWR-P020", "only read-only windows may overlap",
                       self.place(other.path, "first"))

    # One device ----------------------------------------------------------------------------------------------------

    def device(self, device: Device) -> None:
        """What has nothing to do with other devices."""
        if device.queue_size & (device.queue_size - 1):
            self.error((*device.path, "queue-size"), f"{device.queue_size} is no power of 2", "VWR-P006")
        elif device.queue_size > (kinds.queue_size_max(device.kind) or device.queue_size):
            self.error((*device.path, "queue-size"), f"a chain of {device.queue_size} segments is longer than this device "
                       "has room for", "VWR-P027", f"at most {kinds.queue_size_max(device.kind)}")
        for name in device.features if device.legacy else ():
            if kinds.needs_modern(name):
                key = "packed" if name == "RING_PACKED" and device.data.get("packed") else "features"
                self.error((*device.path, key), f"a legacy device does not have {name}", "VWR-P023", "transport: modern")
        if device.word == "block" and device.segments > device.queue_size:
            self.error(self.place(device.path, "segments"), f"{device.segments} segments in a queue of {device.queue_size}",
                       "VWR-P024", "no more segments than 'queue-size'")
