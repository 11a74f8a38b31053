# SPDX-License-Identifier: MIT
"""Checks of names and of single devices in a plan; and all checks."""

from collections.abc import Sequence

from vwr import cname
from vwr.description import needs_modern
from vwr.plan import kinds
from vwr.plan.checker import Checker
from vwr.plan.model import Device, Plan, Shared, Vm
from vwr.plan.places import Places
from vwr.plan.sharing import Sharing
from vwr.spec.load import SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import repeated

_MEMBERS = frozenset(
    ("vm", "region", "slot", "queue", "own", "switches", "folders", "buses")
)  # members of the structure besides the VMs
_MACROS = frozenset(("linux", "unix", "errno", "i386"))
_Named = Vm | Device | Shared


def run(tree: Tree, spec: SpecFile, plan: Plan) -> None:
    """Runs all checks."""
    for checks in (Names, Places, Sharing, Devices):
        checks(tree, spec, plan).run()


class Names(Checker):
    """Names are members of a structure in C."""

    def run(self) -> None:
        self.twice(self.plan.vms, "VM")
        for word in kinds.SHARED:
            self.twice(self.plan.things(word), word)
        self.words([*self.plan.switches, *self.plan.folders], frozenset())
        for vm in self.plan.vms:
            self.twice(vm.devices, "device")
            self.words([vm], _MEMBERS)
            self.words(vm.devices, frozenset())
        for vm, first in repeated((vm.id, vm) for vm in self.plan.vms):
            where = self.place(first.path, "id")
            self.error(self.place(vm.path, "id"), f"duplicate VM id {vm.id}", "VWR-P002", None, where)

    def twice(self, things: Sequence[_Named], what: str) -> None:
        for thing, first in repeated((cname.snake(thing.name), thing) for thing in things):
            self.error(
                self.place(thing.path, "name"),
                f"duplicate {what} '{thing.name}'",
                "VWR-P001",
                None,
                self.place(first.path, "name"),
            )

    def words(self, things: Sequence[_Named], more: frozenset[str]) -> None:
        for thing in things:
            if cname.snake(thing.name) in cname.RESERVED_WORDS | _MACROS | more:
                self.error(
                    self.place(thing.path, "name"),
                    f"'{thing.name}' is reserved in C or in the plan's structure",
                    "VWR-P026",
                    "use another name",
                )


class Devices(Checker):
    """Problems of one device that do not depend on others."""

    def run(self) -> None:
        for vm in self.plan.vms:
            for device in vm.devices:
                self.keys(device)
        for device in self.known():
            self.queues(device)
            self.features(device)
            if device.word == "block" and device.segments > device.queue_size:
                self.error(
                    self.place(device.path, "segments"),
                    f"{device.segments} segments do not fit in a queue of {device.queue_size}",
                    "VWR-P024",
                    "increase 'queue-size', or reduce 'segments'",
                )
            elif device.kind and device.kind.own:
                self.own(device)
            elif device.word == "input" and "model" not in device.data:
                self.error(
                    device.path,
                    "missing 'model'",
                    "VWR-P034",
                    "expected keyboard, mouse, tablet or multitouch",
                )
            elif device.word in ("pmem", "mem") and "region" not in device.data:
                self.error(device.path, "missing 'region'", "VWR-P045", "set region: {base: ..., size: ...}")
            elif device.word == "mem":
                self.plugged(device)

    def plugged(self, device: Device) -> None:
        """A memory device is the only one of its VM, and has whole blocks."""
        size = device.block_bytes
        if size & (size - 1):
            self.error((*device.path, "block-bytes"), f"{size} is not a power of 2", "VWR-P006")
            return
        parts = [("region", "base"), ("region", "size"), ("requested",)]
        values = (device.region.base, device.region.size, device.requested)
        for path, value in zip(parts, values):
            if value % size:
                self.error(
                    (*device.path, *path),
                    f"{value:#x} is not a multiple of the block size {size:#x}",
                    "VWR-P047",
                )
        if device.requested > device.region.size:
            self.error((*device.path, "requested"), "the requested size exceeds the region", "VWR-P047")
        first = next(one for one in device.vm.devices if one.word == "mem")
        if device is not first:
            self.error(device.path, "a VM has at most one memory device", "VWR-P047", None, first.path)

    def own(self, device: Device) -> None:
        """Either the description of a user's device contains the number of queues, or the plan."""
        said, known = device.data.get("queues"), device.kind.queues if device.kind else 0
        if known and said not in (None, known):
            self.error(
                (*device.path, "queues"),
                f"the plan has {said} queues, but the description has {known}",
                "VWR-P040",
                "remove queues:",
            )
        elif not known and said is None:
            self.error(
                device.path,
                "missing 'queues'",
                "VWR-P040",
                "set queues: to the total number, which the description leaves to a configuration field",
            )

    def keys(self, device: Device) -> None:
        """The kind exists, and has these keys."""
        if device.kind is None:
            self.no_kind(device)
            return
        for key in device.data:
            owners = kinds.OWNERS.get(key, [device.word])
            if device.word not in owners:
                self.error(
                    (*device.path, key),
                    f"a device of kind '{device.word}' cannot have '{key}'",
                    "VWR-P005",
                    f"only a device of kind {' or '.join(map(repr, owners))} can have it",
                    key=True,
                )
        for key in ("address", "transport") if device.vm.is_pci else ():
            if key in device.data and device.data[key] != "modern":
                self.error(
                    (*device.path, key),
                    f"a device on PCI cannot have '{key}{': legacy' if key == 'transport' else ''}'",
                    "VWR-P043",
                    "the guest places it" if key == "address" else "use transport: modern, or bus: mmio",
                    key=True,
                )
        if device.bridge and not device.vm.is_pci:
            self.error(
                (*device.path, "bridge"),
                "a device on MMIO cannot have 'bridge'",
                "VWR-P044",
                "use bus: pci",
                key=True,
            )
        if device.is_behind or device.word == "iommu":
            self.iommu(device)
        if "slot" in device.data and "address" in device.data and not device.vm.is_pci:
            self.error(
                (*device.path, "address"),
                "'slot' and 'address' cannot be used together",
                "VWR-P025",
                "remove one of the two",
                key=True,
            )

    def iommu(self, device: Device) -> None:
        """There is one IOMMU, whose slot is lower; its devices are modern, and on MMIO."""
        there = [one for one in device.vm.devices if one.word == "iommu"]
        wrong = "there is no device of kind 'iommu' in its VM"
        if len(there) > 1 and device is there[1]:
            wrong = "a VM has at most one IOMMU"
        elif device.vm.is_pci:
            wrong = "an IOMMU of a plan is only for devices on MMIO"
        elif device.word == "iommu" and device.is_behind:
            wrong = "an IOMMU is not behind another one"
        elif device.word == "iommu" and not device.vm.behind:
            wrong = "no device of the VM has 'iommu: true'"
        elif device.is_behind and there and (device.legacy or device.slot < there[0].slot):
            wrong = "a device behind an IOMMU is modern, and has a higher slot"
        elif there:
            return
        self.error(device.path, wrong, "VWR-P046")

    def no_kind(self, device: Device) -> None:
        word, path = device.data["kind"], (*device.path, "kind")
        if word in kinds.DEVICES:
            self.error(
                path,
                f"the runtime has no device side for '{word}' yet",
                "VWR-P004",
                "supported kinds: " + ", ".join(kinds.KINDS),
            )
        else:
            self.error(
                path, f"unknown device '{word}'", "VWR-P003", did_you_mean(word, kinds.KINDS, "known kinds")
            )

    def queues(self, device: Device) -> None:
        """The class has memory for the queues."""
        most = device.kind and device.kind.queue_size_max or device.queue_size
        if device.queue_size & (device.queue_size - 1):
            self.error((*device.path, "queue-size"), f"{device.queue_size} is not a power of 2", "VWR-P006")
        elif device.queue_size > most:
            self.error(
                (*device.path, "queue-size"),
                f"queue-size {device.queue_size} is too large for this device",
                "VWR-P027",
                f"use at most {most}",
            )

    def features(self, device: Device) -> None:
        """The transport supports the features."""
        if device.legacy and device.kind and not device.kind.legacy:
            self.error(
                (*device.path, "transport"),
                f"a device of kind '{device.word}' has no legacy interface",
                "VWR-P033",
                "use transport: modern",
            )
            return
        for name in device.features if device.legacy else ():
            if needs_modern(name):
                key = "packed" if name == "RING_PACKED" and device.data.get("packed") else "features"
                self.error(
                    (*device.path, key),
                    f"a legacy device cannot have {name}",
                    "VWR-P023",
                    "use transport: modern",
                )
