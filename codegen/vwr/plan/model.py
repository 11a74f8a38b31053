# SPDX-License-Identifier: MIT
"""A plan with all that it leaves out filled in: where each thing lies, and where in the file it is said."""

from dataclasses import dataclass, field

from vwr.plan import kinds

DEFAULTS = {"base": 0x0a000000, "vm-stride": 0x10000, "stride": 0x1000, "irq": 48, "vm-irqs": 8}  # seed 001's
FEATURES = ("INDIRECT_DESC", "EVENT_IDX")
QUEUE_SIZE, REQUESTS, SEGMENTS = 256, 32, 34
COLUMNS, ROWS = 80, 24
SECTOR = 512


@dataclass
class Memory:
    """A part of guest memory; `host` is None where the VMM decides."""
    path: tuple
    base: int
    size: int
    host: object

    @property
    def end(self):
        """The address behind it."""
        return self.base + self.size


@dataclass
class Device:
    """A device in its window; `kind` is None if there is no such class, and then nothing else is known."""
    path: tuple
    data: dict
    kind: object
    name: str
    vm: object
    slot: int
    address: int
    irq: int
    row: int = 0

    @property
    def legacy(self):
        """Whether it is MMIO version 1."""
        return self.data.get("transport") == "legacy"

    @property
    def features(self):
        """Features of the ring and the transport that are offered, in the order of their bits."""
        names = set(self.data.get("features", FEATURES)) | ({"RING_PACKED"} if self.data.get("packed") else set())
        return sorted(names, key=lambda name: kinds.feature(name)[1])

    @property
    def queue_size(self):
        """The largest size of its queues."""
        return self.data.get("queue-size", kinds.queue_size_max(self.kind) or QUEUE_SIZE)

    @property
    def queues(self):
        """How many queues it has."""
        return kinds.queue_count(self.kind, self.data)

    @property
    def requests(self):
        """Of a disk: requests that are dealt with at once."""
        return self.data.get("requests", REQUESTS)

    @property
    def segments(self):
        """Of a disk: segments of one request."""
        return self.data.get("segments", min(SEGMENTS, self.queue_size))

    @property
    def columns(self):
        """Of a console: its width."""
        return self.data.get("columns", COLUMNS)

    @property
    def rows(self):
        """Of a console: its height."""
        return self.data.get("rows", ROWS)

    @property
    def ports(self):
        """Of a console: (name or None, whether it is a console)."""
        return [(port["name"], port.get("console", index == 0))
                for index, port in enumerate(self.data.get("ports", []))] or [(None, True)]


@dataclass
class Vm:
    """A virtual machine."""
    path: tuple
    name: str
    id: int
    base: int
    irq: int
    memory: list = field(default_factory=list)
    devices: list = field(default_factory=list)
    index: int = 0


@dataclass
class Disk:
    """A backend; `sectors` is None where the plan does not say."""
    path: tuple
    name: str
    sectors: object
    block_size: int


@dataclass
class Plan:
    """All of a file."""
    name: str
    brief: str
    stride: int
    vm_stride: int
    vm_irqs: int
    shared: bool
    edge: bool
    coherent: bool
    disks: list
    vms: list

    @property
    def slots(self):
        """Windows of one VM."""
        return self.vm_stride // self.stride

    def devices(self):
        """All devices, by VM, then by window."""
        return [device for vm in self.vms for device in sorted(vm.devices, key=lambda one: one.slot)]

    def disk(self, name):
        """The disk of that name, or None."""
        return next((disk for disk in self.disks if disk.name == name), None)

    def window(self, device):
        """(first sector, the sector behind, None where that is the end of a disk of unknown size) of a disk."""
        first, sectors = device.data.get("first", 0), device.data.get("sectors")
        return first, first + sectors if sectors is not None else self.disk(device.data["disk"]).sectors


def build(data):
    """The plan of a file whose shape the schema has found good."""
    value = DEFAULTS | {key: data[key] for key in DEFAULTS if key in data}
    plan = Plan(data["name"], data.get("brief", ""), value["stride"], value["vm-stride"], value["vm-irqs"],
                data.get("space") == "shared", data.get("trigger", "edge") == "edge", data.get("coherent", True), [], [])
    for index, disk in enumerate(data.get("disks", [])):
        plan.disks.append(Disk(("disks", index), disk["name"], disk.get("sectors"), disk.get("block-size", SECTOR)))
    for index, vm in enumerate(data["vms"]):
        number = vm.get("id", index)
        plan.vms.append(_vm(plan, vm, ("vms", index), Vm(
            ("vms", index), vm["name"], number, vm.get("base", value["base"] + plan.vm_stride * number),
            vm.get("irq", value["irq"] + plan.vm_irqs * number), index=index)))
    for row, device in enumerate(plan.devices()):
        device.row = row
    return plan


def _vm(plan, data, path, vm):
    for index, part in enumerate(data["memory"]):
        vm.memory.append(Memory((*path, "memory", index), part["base"], part["size"], part.get("host")))
    count = {}
    for index, device in enumerate(data["devices"]):
        kind = kinds.kind_of(device["kind"])
        word = kind.word if kind else device["kind"]
        name = device.get("name", f"{word}{count.get(word, 0)}")
        count[word] = count.get(word, 0) + 1
        slot = device.get("slot", index)
        if "address" in device:
            slot = (device["address"] - vm.base) // plan.stride
        vm.devices.append(Device((*path, "devices", index), device, kind, name, vm, slot,
                                 device.get("address", vm.base + slot * plan.stride), device.get("irq", vm.irq + slot)))
    return vm
