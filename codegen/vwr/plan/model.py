# SPDX-License-Identifier: MIT
"""A plan with all defaults filled in: the address of each item, and its position in the file."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from vwr.plan import kinds
from vwr.spec.load import NodePath, Row

Value = TypeVar("Value")

DEFAULTS = {
    "base": 0x0A000000,
    "vm-stride": 0x10000,
    "stride": 0x1000,
    "irq": 48,
    "vm-irqs": 8,
}  # as in seed 001
FEATURES = ("INDIRECT_DESC", "EVENT_IDX")
QUEUE_SIZE, REQUESTS, SEGMENTS = 256, 32, 34
COLUMNS, ROWS = 80, 24
SECTOR = 512
ADDRESSES = 64
WIDTH, HEIGHT = 1024, 768
PIXEL = 4
PAGE = 4096
PICTURES, CURSORS, RESOURCES = 3, 0x10000, 16
EVENTS = 64
FIDS, NODES, MESSAGES = 1024, 1024, 1
CID, SOCKETS, BUFFER = 3, 64, 65536
SESSIONS, MAX_BYTES = 64, 65536
TRANSFER, LINES = 4096, 8
DOMAINS, MAPPINGS, PINS = 16, 4096, 1024
BLOCK, RUNS = 0x200000, 64
PCI_BASE, PCI_STRIDE = 0x0B000000, 0x400000  # of a VM's windows: ECAM, BARs, messages
ECAM, BARS, FRAME = 0x100000, 0x100000, 0x1000  # their sizes; of the first two for each bus
PCI_SLOTS, BAR, SPACE = (
    32,
    0x4000,
    0x8000,
)  # device numbers; bytes of a BAR, and of a device in the ECAM window
FILE, FILES = 16384, 64  # bytes per file of a tree in memory; minimum number of files


@dataclass
class Memory:
    """A range of guest memory; `host` is None if the VMM decides."""

    path: NodePath
    base: int
    size: int
    host: int | None

    @property
    def end(self) -> int:
        """The address after its last byte."""
        return self.base + self.size


class _Setting(Generic[Value]):
    """The value of a key of a device or of a disk window in the plan, or the default."""

    def __init__(self, key: str, default: Value) -> None:
        self.key, self.default = key, default

    def __get__(self, item: "Device | Window", _: type) -> Value:
        return item.data.get(self.key, self.default)


@dataclass
class Device:
    """A device in its window; `kind` is None if there is no such class, and then nothing else is known."""

    path: NodePath
    data: Row
    kind: kinds.Kind | None
    name: str
    vm: "Vm"
    slot: int
    address: int
    irq: int
    row: int = 0

    requests = _Setting("requests", REQUESTS)  # disk: maximum number of requests in progress
    columns = _Setting("columns", COLUMNS)  # console: its width
    rows = _Setting("rows", ROWS)  # console: its height
    pairs = _Setting("pairs", 1)  # network device: pairs of queues
    resources = _Setting("resources", RESOURCES)  # gpu: maximum number of the guest's pictures
    events = _Setting("events", EVENTS)  # input device: maximum number of events that wait for the guest
    fids = _Setting("fids", FIDS)  # folder: maximum number of files in use by the guest
    nodes = _Setting("nodes", NODES)  # fs: the same, and open files
    messages = _Setting("requests", MESSAGES)  # folder, SCSI host, crypto: maximum number of requests
    sockets = _Setting("sockets", SOCKETS)  # socket device: maximum number of connections
    buffer = _Setting("buffer", BUFFER)  # socket device: bytes of a receive buffer
    sessions = _Setting("sessions", SESSIONS)  # crypto device: maximum number of sessions
    key_bytes = _Setting(
        "key-bytes", 0
    )  # crypto device: maximum bytes of the keys of a session; 0: they are not kept
    max_bytes = _Setting("max-bytes", MAX_BYTES)  # crypto device: maximum bytes of a request, each way
    transfer = _Setting("max-bytes", TRANSFER)  # I2C bus, SPI: maximum bytes of a message
    lines = _Setting("lines", [""] * LINES)  # GPIO device: the names of its lines
    domains = _Setting("domains", DOMAINS)  # IOMMU: maximum number of domains
    mappings = _Setting("mappings", MAPPINGS)  # IOMMU: maximum number of mappings
    block_bytes = _Setting("block-bytes", BLOCK)  # memory device: size of a block
    requested = _Setting("requested", 0)  # memory device: size that the guest is to plug at first
    is_behind = _Setting("iommu", False)  # whether the IOMMU of its VM translates its addresses

    @property
    def word(self) -> str:
        """The device's kind, or '' if it is unknown."""
        return self.kind.word if self.kind else ""

    @property
    def legacy(self) -> bool:
        """Whether it is MMIO version 1."""
        return self.data.get("transport") == "legacy"

    @property
    def as_qemu(self) -> bool:
        """Whether it serves drivers for which it must violate the specification or guess."""
        return self.data.get("tolerate") == "qemu"

    @property
    def features(self) -> list[str]:
        """The ring and transport features that are offered, in the order of their bits."""
        names = set(self.data.get("features", FEATURES)) | (
            {"RING_PACKED"} if self.data.get("packed") else set()
        )
        return sorted(names, key=lambda name: kinds.feature("features", name)[1])

    @property
    def queue_size(self) -> int:
        """The maximum size of its queues."""
        return self.data.get("queue-size", self.kind and self.kind.queue_size_max or QUEUE_SIZE)

    @property
    def queues(self) -> int:
        """The number of its queues."""
        return kinds.queue_count(self.kind, self.data)

    @property
    def vectors(self) -> int:
        """On PCI: the number of vectors, which is the number of queues plus 1; 0: MMIO."""
        return self.queues + 1 if self.vm.is_pci else 0

    @property
    def bridge(self) -> bool:
        """On PCI: whether a bridge of its own leads to it. Both have the same device number."""
        return self.data.get("bridge", False)

    @property
    def pin(self) -> int:
        """On PCI: the pin of the device number on bus 0 that is its INTx; a bridge rotates the pins."""
        return self.slot % 4 + 1 if self.bridge else 1

    @property
    def where(self) -> str:
        """Its place in readable form: an address, or bus, device and function number, or the path to it."""
        place = f"{self.slot:02x}.0"
        path = f"00:{place}/{place}" if self.bridge else f"00:{place}"
        return path if self.vm.is_pci else f"{self.address:#x}"

    @property
    def pins(self) -> int:
        """Behind an IOMMU: maximum number of segments that it holds."""
        return self.requests * self.segments if self.word == "block" else PINS

    @property
    def segments(self) -> int:
        """Disk: maximum segments of a request."""
        return self.data.get("segments", min(SEGMENTS, self.queue_size))

    @property
    def ports(self) -> list[tuple[str | None, bool]]:
        """Console: (name or None, whether it is a console)."""
        return [
            (port["name"], port.get("console", index == 0))
            for index, port in enumerate(self.data.get("ports", []))
        ] or [(None, True)]

    @property
    def mac(self) -> str:
        """Network device: its address; by default a locally administered one, from VM and window."""
        high, low = divmod(self.vm.id, 256)
        return self.data.get("mac", f"02:56:57:{high:02x}:{low:02x}:{self.slot % 256:02x}")

    @property
    def tag(self) -> str:
        """Folder: the tag that the guest mounts."""
        return self.data.get("tag", self.data.get("folder", ""))

    @property
    def cid(self) -> int:
        """Socket device: context ID of the guest."""
        return self.data.get("cid", CID + self.vm.id)

    @property
    def region(self) -> Memory:
        """PMEM and memory device: its memory."""
        part = self.data["region"]
        return Memory((*self.path, "region"), part["base"], part["size"], part.get("host"))

    @property
    def runs(self) -> int:
        """Memory device: maximum number of runs of plugged blocks; every second block is one."""
        return min(RUNS, (self.region.size // self.block_bytes + 1) // 2)

    @property
    def windows(self) -> list["Window"]:
        """Its disk windows: a disk has one, a SCSI host has one per unit."""
        if self.word == "block":
            return [Window(self, self.path, self.data, 0)]
        units = self.data.get("units", []) if self.word == "scsi" else []
        return [Window(self, (*self.path, "units", index), unit, index) for index, unit in enumerate(units)]

    @property
    def named(self) -> list[tuple[NodePath, str]]:
        """Its shared resources as (path, name): disks, a switch, screens, a folder."""
        if self.word == "scsi":
            return [((*window.path, "disk"), window.data["disk"]) for window in self.windows]
        key = self.kind.shares if self.kind else ""
        path = (*self.path, key)
        said = self.data.get(key, [])
        if isinstance(said, list):
            return [((*path, index), name) for index, name in enumerate(said)]
        return [(path, said)]

    @property
    def shares(self) -> list[str]:
        """The names of its shared resources."""
        return [name for _, name in self.named]


@dataclass
class Window:
    """A range of sectors on a disk, for a block device or for a unit of a SCSI host."""

    device: Device
    path: NodePath
    data: Row
    index: int

    target = _Setting("target", 0)  # of a unit

    @property
    def lun(self) -> int:
        """Number of a unit."""
        return self.data.get("lun", self.index)

    @property
    def name(self) -> str:
        """The device, and the unit if it is one."""
        unit = f" unit {self.target}:{self.lun}" if self.device.word == "scsi" else ""
        return f"{self.device.vm.name}.{self.device.name}{unit}"


@dataclass
class Vm:
    """A virtual machine."""

    path: NodePath
    name: str
    id: int
    base: int
    irq: int
    is_pci: bool = False
    first_message: int = 0  # interrupt of the first message
    memory: list[Memory] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    index: int = 0
    monitor: int = 0  # notifications of which its monitors follow one; 0: it has none

    def regions(self, *words: str) -> list[Memory]:
        """The regions of its devices of these kinds."""
        return [one.region for one in self.devices if one.word in words and "region" in one.data]

    @property
    def table(self) -> list[Memory]:
        """Its memory, with what it plugs: what its drivers may share with devices."""
        return sorted([*self.memory, *self.regions("mem")], key=lambda part: part.base)

    @property
    def ranges(self) -> list[Memory]:
        """The same, and the memory of its PMEM devices."""
        return sorted([*self.table, *self.regions("pmem")], key=lambda part: part.base)

    @property
    def behind(self) -> list[Device]:
        """The devices behind its IOMMU. The slot of a device is its endpoint ID."""
        return [device for device in self.devices if device.is_behind]

    @property
    def messages(self) -> int:
        """The number of interrupts of messages: one for each vector."""
        return sum(device.vectors for device in self.devices)

    @property
    def bridges(self) -> int:
        """On PCI: the number of bridges."""
        return sum(device.bridge for device in self.devices)

    @property
    def ecam_bytes(self) -> int:
        """On PCI: size of the ECAM window."""
        return ECAM * (1 + self.bridges)

    @property
    def bar_bytes(self) -> int:
        """On PCI: size of the window for BARs. A bridge forwards a part of it, in units of 1 MiB."""
        return BARS * (1 + self.bridges)

    @property
    def bars(self) -> int:
        """On PCI: address of the window for BARs."""
        return self.base + self.ecam_bytes

    @property
    def frame(self) -> int:
        """On PCI: address of the frame that messages are written to."""
        return self.bars + self.bar_bytes

    @property
    def pages(self) -> int:
        """On PCI: the number of BARs that the window has space for."""
        return self.bar_bytes // BAR


@dataclass
class Disk:
    """A disk; `sectors` is None if the plan does not contain it."""

    path: NodePath
    name: str
    sectors: int | None
    block_size: int


@dataclass
class Switch:
    """A switch; with an uplink it has a port without a device."""

    path: NodePath
    name: str
    uplink: bool
    addresses: int
    offloads: list[str]
    ports: int = 0

    @property
    def routes(self) -> int:
        """Slots for addresses: a power of 2, of which at most half are in use."""
        return 1 << (2 * (self.addresses + self.ports) - 1).bit_length()


@dataclass
class Screen:
    """A screen that one gpu draws on."""

    path: NodePath
    name: str
    width: int
    height: int

    @property
    def bytes(self) -> int:
        """Size of all its pixels."""
        return self.width * self.height * PIXEL


@dataclass
class Folder:
    """Files: a folder of the host, a tree in memory of a given size, or files of the VMM."""

    path: NodePath
    name: str
    where: str | None
    size: int | None
    files: int

    @property
    def entries(self) -> int:
        """Tree in memory: names, including removed ones that are still in use."""
        return 2 * self.files


Shared = Disk | Switch | Screen | Folder


@dataclass
class Plan:
    """The contents of a file."""

    name: str
    brief: str
    stride: int
    vm_stride: int
    vm_irqs: int
    shared: bool
    edge: bool
    coherent: bool
    disks: list[Disk]
    switches: list[Switch]
    screens: list[Screen]
    folders: list[Folder]
    vms: list[Vm]

    @property
    def iommus(self) -> list[Device]:
        """The IOMMUs."""
        return [device for device in self.devices() if device.word == "iommu"]

    @property
    def buses(self) -> list[Vm]:
        """The VMs on PCI."""
        return [vm for vm in self.vms if vm.is_pci]

    @property
    def watched(self) -> list[Device]:
        """The devices that a monitor observes."""
        return [device for device in self.devices() if device.vm.monitor]

    def slots(self, vm: Vm) -> int:
        """Windows of a VM, or device numbers on its bus."""
        return PCI_SLOTS if vm.is_pci else self.vm_stride // self.stride

    def extent(self, vm: Vm) -> int:
        """Bytes of all windows of a VM: a power of 2, and with bridges more than the distance to the next VM."""
        needed = 1 << (vm.frame + FRAME - vm.base - 1).bit_length()
        return max(needed, PCI_STRIDE) if vm.is_pci else self.vm_stride

    def windows_of(self, vm: Vm) -> list[tuple[int, int, str]]:
        """On PCI: (address, size, what) of each window."""
        last = vm.first_message + vm.messages - 1
        return [
            (vm.base, vm.ecam_bytes, "configuration spaces (ECAM)"),
            (vm.bars, vm.bar_bytes, "BARs"),
            (vm.frame, FRAME, f"messages (GICv2m), interrupts {vm.first_message} to {last}"),
        ]

    def devices(self) -> list[Device]:
        """All devices, by VM, then by window."""
        return [device for vm in self.vms for device in sorted(vm.devices, key=lambda one: one.slot)]

    def things(self, word: str) -> list[Shared]:
        """The disks, switches, screens or folders, by the singular word."""
        lists: dict[str, list[Any]] = {
            "disk": self.disks,
            "switch": self.switches,
            "screen": self.screens,
            "folder": self.folders,
        }
        return lists[word]

    def resources(self, device: Device) -> list[Any]:
        """The resources that a device shares, in order."""
        there = self.things(device.kind.shares) if device.kind and device.kind.shares else []
        return [thing for name in device.shares for thing in there if thing.name == name]

    def users(self, thing: Shared) -> list[Device]:
        """The devices that share a resource."""
        return [device for device in self.devices() if thing in self.resources(device)]

    def disk(self, name: str | None) -> Disk | None:
        """The disk with this name, or None."""
        return next((disk for disk in self.disks if disk.name == name), None)

    @property
    def trees(self) -> list[Folder]:
        """The folders that are trees in memory."""
        return [folder for folder in self.folders if folder.size is not None]

    def gpu_memory(self, device: Device) -> int:
        """Bytes for the pictures of a gpu; by default three of each screen, and some for cursors."""
        return device.data.get(
            "memory", PICTURES * sum(screen.bytes for screen in self.resources(device)) + CURSORS
        )

    def gpu_entries(self, device: Device) -> int:
        """Number of pages of guest memory for all pictures: each page may be anywhere."""
        return -(-self.gpu_memory(device) // PAGE) + device.resources

    def windows(self, disk: Disk) -> list[Window]:
        """The windows of a disk, by their first sector."""
        all_windows = [window for device in self.users(disk) for window in device.windows]
        return sorted(
            (window for window in all_windows if window.data["disk"] == disk.name),
            key=lambda window: self.window(window)[0],
        )

    def window(self, thing: Device | Window) -> tuple[int, int | None]:
        """
        (first sector, the sector after the last, None up to the end of a disk of unknown size) of a disk
        or a unit.
        """
        first, sectors = thing.data.get("first", 0), thing.data.get("sectors")
        disk = self.disk(thing.data["disk"])
        return first, first + sectors if sectors is not None else disk.sectors if disk else None

    def zones(self, device: Device) -> int:
        """The number of a disk's zones; the last may be smaller. 0: no zones, or a disk of unknown size."""
        first, end = self.window(device)
        return (
            -(-(end - first) // device.data.get("zone-sectors", 1)) if end and "zoned" in device.data else 0
        )


def build(data: Row) -> Plan:
    """The plan of a file that has passed the schema."""
    value = DEFAULTS | {key: data[key] for key in DEFAULTS if key in data}
    plan = Plan(
        data["name"],
        data.get("brief", ""),
        value["stride"],
        value["vm-stride"],
        value["vm-irqs"],
        data.get("space") == "shared",
        data.get("trigger", "edge") == "edge",
        data.get("coherent", True),
        *_shared(data),
        vms=[],
    )
    for index, vm in enumerate(data["vms"]):
        number, is_pci = vm.get("id", index), vm.get("bus") == "pci"
        base = PCI_BASE + PCI_STRIDE * number if is_pci else value["base"] + plan.vm_stride * number
        irq = vm.get("irq", value["irq"] + plan.vm_irqs * number)
        plan.vms.append(
            _vm(
                plan,
                vm,
                ("vms", index),
                Vm(
                    ("vms", index),
                    vm["name"],
                    number,
                    vm.get("base", base),
                    irq,
                    is_pci,
                    irq + plan.vm_irqs,
                    index=index,
                    monitor=int(vm.get("monitor", False)),
                ),
            )
        )
    for row, device in enumerate(plan.devices()):
        device.row = row
    for switch in plan.switches:
        switch.ports = len(plan.users(switch)) + switch.uplink
    return plan


def _shared(data: Row) -> tuple[list[Disk], list[Switch], list[Screen], list[Folder]]:
    disks, switches, screens, folders = (
        [((word, index), row) for index, row in enumerate(data.get(word, []))]
        for word in kinds.SHARED.values()
    )
    return (
        [Disk(path, row["name"], row.get("sectors"), row.get("block-size", SECTOR)) for path, row in disks],
        [
            Switch(
                path,
                row["name"],
                row.get("uplink", False),
                row.get("addresses", ADDRESSES),
                row.get("offloads", []),
            )
            for path, row in switches
        ],
        [
            Screen(path, row["name"], row.get("width", WIDTH), row.get("height", HEIGHT))
            for path, row in screens
        ],
        [
            Folder(
                path,
                row["name"],
                row.get("path"),
                row.get("size"),
                row.get("files", max(row.get("size", 0) // FILE, FILES)),
            )
            for path, row in folders
        ],
    )


def _vm(plan: Plan, data: Row, path: NodePath, vm: Vm) -> Vm:
    for index, part in enumerate(data["memory"]):
        vm.memory.append(Memory((*path, "memory", index), part["base"], part["size"], part.get("host")))
    vm.memory.sort(key=lambda part: part.base)  # as the runtime requires
    count: dict[str, int] = {}
    for index, device in enumerate(data["devices"]):
        kind = kinds.kind_of(device["kind"])
        word = kind.word if kind else device["kind"]
        name = device.get("name", f"{word}{count.get(word, 0)}")
        count[word] = count.get(word, 0) + 1
        slot = device.get("slot", index)
        place = vm.base + slot * (SPACE if vm.is_pci else plan.stride)
        if "address" in device and not vm.is_pci:
            place = device["address"]
            slot = (place - vm.base) // plan.stride
        vm.devices.append(
            Device(
                (*path, "devices", index),
                device,
                kind,
                name,
                vm,
                slot,
                place,
                device.get("irq", vm.irq + slot),
            )
        )
    return vm
