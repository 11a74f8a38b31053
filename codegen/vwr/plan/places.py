# SPDX-License-Identifier: MIT
"""Checks of addresses, interrupts and memory in a plan: overlaps, and ranges outside their limits."""

from vwr.plan.checker import Checker
from vwr.plan.model import Device, ECAM, PAGE, Vm
from vwr.spec.load import NodePath

SPACE = 1 << 64
LAST_SPI = 1019


class Places(Checker):
    """All checks of places. All except the checks of the numbers require valid places."""

    def run(self) -> None:
        if self.numbers():
            for vm in self.plan.vms:
                self.slots(vm)
                self.interrupts(vm)
                self.memory(vm)
            self.shared()
            self.host_memory()

    def numbers(self) -> bool:
        """Strides and bases; false if no place can be computed from them."""
        before = self.tree.problems.count
        for key, value in (("stride", self.plan.stride), ("vm-stride", self.plan.vm_stride)):
            if value & (value - 1):
                self.error((key,), f"{value:#x} is not a power of 2", "VWR-P006")
        if self.plan.vm_stride < self.plan.stride:
            self.error(
                self.place((), "vm-stride"),
                f"vm-stride {self.plan.vm_stride:#x} is smaller than stride {self.plan.stride:#x}",
                "VWR-P009",
                "a VM needs space for at least one device",
            )
        if self.tree.problems.count != before:
            return False
        for vm in self.plan.vms:
            unit = ECAM if vm.is_pci else self.plan.stride
            if vm.base % unit:
                where = (*vm.path, "base") if "base" in self.spec.at(vm.path) else self.place((), "base")
                self.error(where, f"{vm.base:#x} is not a multiple of {unit:#x}", "VWR-P007")
            elif vm.base + self.plan.extent(vm) > SPACE:
                self.error(
                    self.place(vm.path, "base"),
                    f"the windows at {vm.base:#x} extend beyond the address space",
                    "VWR-P014",
                )
        return self.tree.problems.count == before

    def slots(self, vm: Vm) -> None:
        """Each device has a separate window."""
        first: dict[int, Device] = {}
        slots = self.plan.slots(vm)
        windows = (
            f"VM '{vm.name}' has {slots} windows of {self.plan.stride:#x} bytes, starting at {vm.base:#x}"
        )
        if vm.is_pci:
            windows = f"the bus of VM '{vm.name}' has {slots} device numbers"
        for device in vm.devices:
            if not 0 <= device.slot < slots:
                if "address" in device.data and not vm.is_pci:
                    self.error(
                        (*device.path, "address"),
                        f"{device.address:#x} is not the address of a window",
                        "VWR-P008",
                        windows,
                    )
                else:
                    self.error(
                        self.place(device.path, "slot"),
                        f"no {'device number' if vm.is_pci else 'window'} is left for this device",
                        "VWR-P009",
                        windows,
                    )
            elif device.address % self.plan.stride:
                self.error(
                    (*device.path, "address"),
                    f"{device.address:#x} is not a multiple of {self.plan.stride:#x}",
                    "VWR-P007",
                    windows,
                )
            elif device.slot in first:
                self.error(
                    self.said(device),
                    f"{f'device number {device.slot}' if vm.is_pci else f'window {device.slot} at {device.address:#x}'}"
                    " is already in use",
                    "VWR-P010",
                    (
                        "without 'slot', the position of a device in the list is its device number"
                        if vm.is_pci
                        else "without 'slot' and 'address', the position of a device in the list selects its window"
                    ),
                    self.said(first[device.slot]),
                )
            first.setdefault(device.slot, device)

    def said(self, device: Device) -> NodePath:
        """The position of a device's window in the file."""
        return next(
            (path for key in ("address", "slot") if (path := (*device.path, key)) in self.spec.marks),
            device.path,
        )

    def interrupts(self, vm: Vm) -> None:
        """Each device has a separate interrupt."""
        first: dict[int, Device] = {}
        for device in vm.devices:
            where = self.place(device.path, "irq")
            if (
                "irq" not in device.data
                and 0 <= device.slot < self.plan.slots(vm)
                and device.slot >= self.plan.vm_irqs
            ):
                self.error(
                    where,
                    f"no interrupt is left, because VM '{vm.name}' has only {self.plan.vm_irqs}, starting at {vm.irq}",
                    "VWR-P011",
                    "set 'irq', or increase 'vm-irqs'",
                )
            elif device.irq > LAST_SPI:
                self.error(
                    where, f"interrupt {device.irq} is too large", "VWR-P013", f"the maximum is {LAST_SPI}"
                )
            elif device.irq in first:
                self.error(
                    where,
                    f"duplicate interrupt {device.irq} in VM '{vm.name}'",
                    "VWR-P012",
                    None,
                    self.place(first[device.irq].path, "irq"),
                )
            first.setdefault(device.irq, device)
        if vm.is_pci:
            self.messages(vm)

    def messages(self, vm: Vm) -> None:
        """On PCI: each vector has an interrupt, which is not the interrupt of any device."""
        last = vm.first_message + vm.messages - 1
        where = self.place(vm.path, "irq")
        if last > LAST_SPI:
            self.error(
                where,
                f"interrupt {last} of a message is too large",
                "VWR-P013",
                f"the maximum is {LAST_SPI}",
            )
        for device in vm.devices:
            if vm.first_message <= device.irq <= last:
                self.error(
                    self.place(device.path, "irq"),
                    f"interrupt {device.irq} is that of a message",
                    "VWR-P012",
                    f"messages have {vm.first_message} to {last}",
                )

    def memory(self, vm: Vm) -> None:
        """Ranges of memory do not overlap each other or windows of the VM."""
        for part in vm.ranges:
            for key, value in (("base", part.base), ("size", part.size), ("host", part.host or 0)):
                if value % PAGE:
                    self.error((*part.path, key), f"{value:#x} is not a multiple of {PAGE:#x}", "VWR-P007")
            if part.end > SPACE or (part.host or 0) + part.size > SPACE:
                self.error(
                    (*part.path, "size"),
                    f"a size of {part.size:#x} bytes extends beyond the address space",
                    "VWR-P014",
                )
        for before, part in zip(vm.ranges, vm.ranges[1:]):
            if part.base < before.end:
                self.error(
                    (*part.path, "base"),
                    f"memory at {part.base:#x} overlaps the previous range, which ends at {before.end:#x}",
                    "VWR-P017",
                    None,
                    (*before.path, "base"),
                )
        self.windows_on(vm, vm)

    def windows_on(self, vm: Vm, other: Vm) -> None:
        """The windows of `vm` against the memory of `other`."""
        end = vm.base + self.plan.extent(vm)
        for part in other.ranges:
            if part.base < end and vm.base < part.end:
                self.error(
                    (*part.path, "base"),
                    f"memory {part.base:#x} to {part.end - 1:#x} overlaps the devices of VM '{vm.name}'",
                    "VWR-P016",
                    f"the devices are at {vm.base:#x} to {end - 1:#x}",
                    self.place(vm.path, "base"),
                )

    def shared(self) -> None:
        """Conflicts between VMs, if an address or an interrupt means the same thing in all of them."""
        if not self.plan.shared:
            return
        vms = self.plan.vms
        for index, vm in enumerate(vms):
            for other in vms[:index]:
                low, high = sorted((vm, other), key=lambda one: one.base)
                if low.base + self.plan.extent(low) > high.base:
                    self.error(
                        self.place(vm.path, "base"),
                        f"the devices of VM '{vm.name}' at {vm.base:#x} overlap those of "
                        f"VM '{other.name}' at {other.base:#x}",
                        "VWR-P015",
                        None,
                        self.place(other.path, "base"),
                    )
                self.messages_between(vm, other)
                lines = {device.irq: device for device in other.devices}
                for device in vm.devices:
                    if device.irq in lines:
                        self.error(
                            self.place(device.path, "irq"),
                            f"VMs '{vm.name}' and '{other.name}' both use interrupt {device.irq}",
                            "VWR-P012",
                            "use 'space: own' to give each VM its own interrupts",
                            self.place(lines[device.irq].path, "irq"),
                        )
                self.windows_on(vm, other)
                self.windows_on(other, vm)
                self.between(vm, other)

    def messages_between(self, vm: Vm, other: Vm) -> None:
        """Interrupts of messages of one VM that the other uses."""
        for one, two in ((vm, other), (other, vm)):
            used = {device.irq for device in two.devices}
            used |= set(range(two.first_message, two.first_message + two.messages))
            both = used & set(range(one.first_message, one.first_message + one.messages))
            if both and (two is other or not two.is_pci):
                self.error(
                    self.place(vm.path, "irq"),
                    f"VMs '{vm.name}' and '{other.name}' both use interrupt {min(both)}",
                    "VWR-P012",
                    f"messages of VM '{one.name}' have {one.first_message} to {one.first_message + one.messages - 1}",
                    self.place(other.path, "irq"),
                )

    def between(self, vm: Vm, other: Vm) -> None:
        for part in vm.ranges:
            there = next((one for one in other.ranges if part.base < one.end and one.base < part.end), None)
            if there is not None:
                self.error(
                    (*part.path, "base"),
                    f"memory of VM '{vm.name}' at {part.base:#x} overlaps memory of VM '{other.name}'",
                    "VWR-P018",
                    "use 'space: own' to give each VM its own addresses",
                    (*there.path, "base"),
                )

    def host_memory(self) -> None:
        """No byte of host memory belongs to two guests."""
        placed = sorted(
            ((part.host, part, vm) for vm in self.plan.vms for part in vm.ranges if part.host is not None),
            key=lambda row: row[0],
        )
        for (at, before, owner), (host, part, vm) in zip(placed, placed[1:]):
            if host < at + before.size:
                self.error(
                    (*part.path, "host"),
                    f"memory of VM '{vm.name}' at host address {host:#x} overlaps memory of VM '{owner.name}', "
                    f"which ends at host address {at + before.size - 1:#x}",
                    "VWR-P018",
                    None,
                    (*before.path, "host"),
                )
