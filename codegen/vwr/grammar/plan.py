# SPDX-License-Identifier: MIT
"""The keys of a plan."""

from typing import Annotated, Literal

from vwr.grammar.row import Either, Integer, Items, Row, Text, Words, key
from vwr.grammar.words import U16_MAX, U32_MAX, U64_MAX

LAST_SECTOR = (1 << 55) - 1  # of 512 bytes, so that a byte offset fits in 64 bits
Name = Annotated[
    str,
    Text(
        "Name",
        "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        "lower-case letters and digits, single dashes between",
        "A name in lower-case letters.",
    ),
]
Names = Annotated[list[Name], Items(most=16, distinct=True, meaning="Distinct names.")]
Line = Annotated[str, Text("Text", "^[^\\n]+$", "one line", "A line of text.")]
Address = Annotated[int, Integer("Address", 0, U64_MAX, "An address.")]
Stride = Annotated[int, Integer("Number of bytes", 512, 1 << 31, "A number of bytes, a power of 2.")]
Irq = Annotated[int, Integer("Interrupt", 32, 1019, "A shared interrupt of the GIC: an SPI.")]
Sectors = Annotated[int, Integer("Number of sectors", 1, LAST_SECTOR, "A number of 512-byte sectors.")]


class PlannedDisk(Row):
    """A disk, the backend of block devices."""

    name: Name = key("Name by which devices refer to it.")
    sectors: Sectors | None = key(
        "Number of 512-byte sectors. Without it, windows are not checked against the end of the disk."
    )
    block_size: Annotated[int, Integer("Block size", 512, 1 << 20)] | None = key(
        "Size of a block in bytes, a power of 2. A window consists of whole blocks. Default: 512."
    )


class Switch(Row):
    """A network switch."""

    name: Name = key("Name by which network devices refer to it.")
    uplink: bool | None = key(
        "Whether it has a further port for the VMM, for example to a network card of the host. Default: "
        "false."
    )
    addresses: Annotated[int, Integer("Number of addresses", 1, 16384)] | None = key(
        "Number of addresses that it learns for a port. Default: 64. It knows those of the guests' "
        "devices without learning."
    )
    offloads: (
        Annotated[
            list[Annotated[Literal["CSUM", "TSO4", "TSO6", "ECN", "UFO", "USO"], Words("Offload")]],
            Items(0, distinct=True),
        ]
        | None
    ) = key(
        "Work that its frames may leave to the receiver: a checksum, segmentation. All ports must accept "
        "it. Default: none."
    )


class Screen(Row):
    """A screen."""

    name: Name = key("Name by which gpus refer to it.")
    width: Annotated[int, Integer("Number of pixels", 1, 4095)] | None = key(
        "Width in pixels when the guest starts. Default: 1024."
    )
    height: Annotated[int, Integer("Number of pixels", 1, 4095)] | None = key(
        "Height in pixels. Default: 768."
    )


class Folder(Row):
    """Files that guests can mount."""

    name: Name = key("Name by which devices refer to it.")
    path: Line | None = key("An existing folder of the host, relative to the plan's folder.")
    size: Annotated[int, Integer("Number of bytes", 4096, 1 << 40)] | None = key(
        "Size in bytes of a tree in memory. Without `path` and `size` the VMM provides the files."
    )
    files: Annotated[int, Integer("Number of files", 4, 1 << 20)] | None = key(
        "Maximum number of files of a tree in memory. Default: one for each 16 KiB, and at least 64."
    )


class Memory(Row):
    """A range of guest memory."""

    base: Address = key("Guest address of the range.")
    size: Annotated[int, Integer("Number of bytes", 4096, U64_MAX)] = key("Size in bytes.")
    host: Address | None = key("Address in the VMM. Without it the VMM supplies the address when it starts.")


class Port(Row):
    """A port of a console."""

    name: Annotated[str, Text("Port name", "^[ -~]{1,64}$", "1 to 64 ASCII characters")] = key(
        "The port's name in the guest."
    )
    console: bool | None = key(
        "Whether it is a console in the guest, or a port for plain bytes. Default: true for the first port."
    )


class Unit(Row):
    """A logical unit of a SCSI host."""

    disk: Name = key("The disk in `disks` of which it is a window.")
    first: Annotated[int, Integer("Sector", 0, LAST_SECTOR)] | None = key(
        "First sector of the window. Default: 0."
    )
    sectors: Sectors | None = key("Number of sectors in the window. Default: up to the end of the disk.")
    target: Annotated[int, Integer("Target", 0, 255)] | None = key("Target. Default: 0.")
    lun: Annotated[int, Integer("Number of a unit", 0, 16383)] | None = key(
        "Number of the unit. Default: its position in the list."
    )
    read_only: bool | None = key("The guest cannot write. Default: false.")
    serial: (
        Annotated[str, Text("Serial number of a unit", "^[ -~]{1,20}$", "1 to 20 ASCII characters")] | None
    ) = key("Serial number. Default: none.")
    product: Annotated[str, Text("Product name", "^[ -~]{1,16}$", "1 to 16 ASCII characters")] | None = key(
        'Product name. Default: "virtio disk".'
    )


class PlannedDevice(Row):
    """A device."""

    kind: Line = key(
        "block, console, entropy, network, gpu, input, folder, fs, balloon, scsi, vsock, crypto, sound, i2c, can, spi, pmem, mem, gpio or iommu; with --spec DIR the name of a device there."
    )
    name: Name | None = key("Name within its VM. Default: its kind and number.")
    slot: Annotated[int, Integer("Slot", 0, U16_MAX)] | None = key(
        "Number of its window in the VM. Default: its position in the list."
    )
    address: Address | None = key("Address of the window, in place of `slot`.")
    bridge: bool | None = key(
        "On PCI: whether the device is behind a bridge of its own, which has the slot. Default: false."
    )
    iommu: bool | None = key(
        "Whether the VM's device of kind iommu translates its addresses; its slot is its endpoint ID. Default: false."
    )
    irq: Irq | None = key("Its interrupt. Default: the VM's first + slot.")
    transport: Annotated[Literal["legacy", "modern"], Words("Version of the transport")] | None = key(
        "legacy: MMIO version 1; modern: version 2, the default."
    )
    tolerate: Annotated[Literal["qemu"], Words("Set of tolerances")] | None = key(
        "qemu: also serve drivers for which the device must violate the specification or guess, as QEMU does. "
        "Set it only for a guest for which vwr_vdev_explain() names VWR_TOLERATE_QEMU. Default: serve what the "
        "specification allows."
    )
    features: (
        Annotated[
            list[
                Annotated[
                    Literal[
                        "INDIRECT_DESC",
                        "EVENT_IDX",
                        "RING_PACKED",
                        "IN_ORDER",
                        "NOTIFICATION_DATA",
                        "RING_RESET",
                        "SUSPEND",
                    ],
                    Words("Feature of the ring or the transport"),
                ]
            ],
            Items(0, distinct=True),
        ]
        | None
    ) = key("Offered features of the ring and the transport. Default: [INDIRECT_DESC, EVENT_IDX].")
    packed: bool | None = key("Whether RING_PACKED is offered too. Default: false.")
    queue_size: Annotated[int, Integer("Queue size", 2, 32768)] | None = key(
        "Maximum size of a queue, a power of 2. Default: 256."
    )
    disk: Name | None = key("block: the disk in `disks` of which it is a window.")
    first: Annotated[int, Integer("Sector", 0, LAST_SECTOR)] | None = key(
        "block: first sector of the window. Default: 0."
    )
    sectors: Sectors | None = key(
        "block: number of sectors in the window. Default: up to the end of the disk."
    )
    read_only: bool | None = key("block: the guest cannot write. Default: false.")
    write_through: bool | None = key(
        "block: the device offers no cache, and flushes each write. Default: false."
    )
    id: Annotated[str, Text("Disk id", "^[ -~]{1,20}$", "1 to 20 ASCII characters")] | None = key(
        "block: the reply to GET_ID."
    )
    queues: Annotated[int, Integer("Number of queues", 1, 64)] | None = key(
        "block, fs, scsi, crypto: number of request queues. Default: 1. Your own device: number of all queues, if its "
        "configuration contains it."
    )
    requests: Annotated[int, Integer("Number of requests", 1, 32768)] | None = key(
        "block, folder, fs, scsi, crypto, your own device: maximum number of requests in progress. Default: "
        "32, for folder, fs, scsi and crypto 1."
    )
    segments: Annotated[int, Integer("Number of segments", 3, 1024)] | None = key(
        "block: maximum number of segments in a request, including header and status. Default: 34, or "
        "less if the queue is smaller."
    )
    zoned: Annotated[Literal["host-managed", "host-aware"], Words("Model of zones")] | None = key(
        "block: the disk has zones, all of them empty when the VMM starts. Default: no zones."
    )
    zone_sectors: Annotated[int, Integer("Number of sectors", 128, 1 << 31)] | None = key(
        "block: sectors of a zone, a power of 2."
    )
    zone_capacity: Annotated[int, Integer("Number of sectors", 1, 1 << 31)] | None = key(
        "block: usable sectors of a zone. Default: all."
    )
    conventional: Annotated[int, Integer("Number of zones", 0, U32_MAX)] | None = key(
        "block: number of conventional zones at the start, which can be written anywhere. Default: 0."
    )
    open_zones: Annotated[int, Integer("Number of zones", 1, U32_MAX)] | None = key(
        "block: maximum number of open zones. Default: no limit."
    )
    active_zones: Annotated[int, Integer("Number of zones", 1, U32_MAX)] | None = key(
        "block: maximum number of active zones. Default: no limit."
    )
    append_sectors: Annotated[int, Integer("Number of sectors", 1, U32_MAX)] | None = key(
        "block: maximum number of sectors in an append. Default: no appends."
    )
    ports: Annotated[list[Port], Items(most=16)] | None = key(
        "console: its ports. Default: one. Several ports have names, and MULTIPORT is offered."
    )
    columns: Annotated[int, Integer("Number of columns", 1, U16_MAX)] | None = key(
        "console: width that the guest reads. Default: 80."
    )
    rows: Annotated[int, Integer("Number of rows", 1, U16_MAX)] | None = key("console: height. Default: 24.")
    emergency: bool | None = key("console: EMERG_WRITE is offered. Default: false.")
    switch: Name | None = key("network: the switch in `switches` to which it is connected.")
    mac: (
        Annotated[
            str,
            Text(
                "MAC address",
                "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$",
                "six bytes of two lower-case hexadecimal digits, separated by colons",
            ),
        ]
        | None
    ) = key("network: MAC address. Default: 02:56:57 and the numbers of VM and window.")
    mtu: Annotated[int, Integer("Number of bytes", 68, U16_MAX)] | None = key(
        "network: maximum size of a packet that the guest sends. Without it the guest decides."
    )
    pairs: Annotated[int, Integer("Number of pairs of queues", 1, 32)] | None = key(
        "network: number of queue pairs, each one receive and one transmit queue. Default: 1."
    )
    screen: Name | Names | None = key("gpu: the screen in `screens` that it draws on, or a list of them.")
    memory: Annotated[int, Integer("Number of bytes", 4096, U32_MAX)] | None = key(
        "gpu: memory for all of the guest's pictures together. Default: three times the size of its "
        "screens, plus 64 KiB."
    )
    resources: Annotated[int, Integer("Number of pictures", 3, U16_MAX)] | None = key(
        "gpu: maximum number of the guest's pictures. Default: 16."
    )
    model: (
        Annotated[Literal["keyboard", "mouse", "tablet", "multitouch"], Words("Model of an input device")]
        | None
    ) = key("input: kind of input device.")
    serial: Annotated[str, Text("Serial number", "^[ -~]{1,64}$", "1 to 64 ASCII characters")] | None = key(
        "input: serial number, by which the guest distinguishes two devices of one model. Default: none."
    )
    events: Annotated[int, Integer("Number of events", 16, 65536)] | None = key(
        "input: maximum number of events that wait for the guest, a power of 2. Default: 64."
    )
    folder: Name | None = key("folder, fs: the folder in `folders` that it shares.")
    tag: Annotated[str, Text("Tag", "^[!-~]{1,32}$", "1 to 32 ASCII characters, no space")] | None = key(
        "folder, fs: tag that the guest mounts. Default: the folder's name."
    )
    fids: Annotated[int, Integer("Number of files", 8, 1 << 20)] | None = key(
        "folder: maximum number of files that the guest uses at a time, including those that it only "
        "remembers. Default: 1024."
    )
    nodes: Annotated[int, Integer("Number of files", 8, 1 << 20)] | None = key(
        "fs: maximum number of files that the guest remembers and has open. Default: 1024."
    )
    msize: Annotated[int, Integer("Number of bytes", 4096, 1 << 24)] | None = key(
        "folder: maximum size of a message. Default: 524288."
    )
    must_tell: bool | None = key("balloon: the guest reports a page before it reuses it. Default: false.")
    poison: bool | None = key(
        "balloon: the guest reports the value that it fills free pages with. Default: false."
    )
    statistics: bool | None = key("balloon: the guest reports its memory statistics. Default: false.")
    reporting: bool | None = key("balloon: the guest reports unused pages. Default: false.")
    hinting: bool | None = key("balloon: the guest reports free pages on request. Default: false.")
    deflate_on_oom: bool | None = key(
        "balloon: the guest may take pages back when it is out of memory. Default: false."
    )
    units: Annotated[list[Unit], Items(most=256)] | None = key("scsi: its logical units.")
    cid: Annotated[int, Integer("Context ID", 3, U32_MAX - 1)] | None = key(
        "vsock: context ID of the guest. Default: 3 + the number of the VM."
    )
    sockets: Annotated[int, Integer("Number of sockets", 1, U16_MAX)] | None = key(
        "vsock: maximum number of connections at a time. Default: 64."
    )
    buffer: Annotated[int, Integer("Number of bytes", 4096, 1 << 30)] | None = key(
        "vsock: size of the receive buffer of a connection in bytes, a power of 2. Default: 65536."
    )
    seqpacket: bool | None = key("vsock: SEQPACKET is offered. Default: true.")
    sessions: Annotated[int, Integer("Number of sessions", 1, U16_MAX)] | None = key(
        "crypto: maximum number of sessions. Default: 64."
    )
    key_bytes: Annotated[int, Integer("Number of bytes", 1, 1 << 16)] | None = key(
        "crypto: maximum size of the keys of a session, which the device keeps, so that its sessions are saved. Default: "
        "no keys are kept."
    )
    max_bytes: Annotated[int, Integer("Number of bytes", 256, 1 << 24)] | None = key(
        "crypto: maximum size of the data that a request reads, and of those that it writes, in bytes. Default: "
        "65536. i2c, spi: maximum size of a message. Default: 4096."
    )
    region: Memory | None = key(
        "pmem: its memory, which the VMM maps for the guest, and which is no range of the VM's `memory`. mem: the "
        "memory that the guest plugs; a further range of the VM's memory, which the guest's device tree does not "
        "have."
    )
    block_bytes: Annotated[int, Integer("Number of bytes", 4096, 1 << 30)] | None = key(
        "mem: size of a block in bytes, a power of 2. Default: 2097152."
    )
    requested: Annotated[int, Integer("Number of bytes", 0, U64_MAX)] | None = key(
        "mem: size in bytes that the guest is to plug at first. Default: 0."
    )
    lines: (
        Annotated[
            list[Annotated[str, Text("Name of a line", "^[ -~]{0,64}$", "up to 64 ASCII characters")]],
            Items(most=64),
        ]
        | None
    ) = key("gpio: names of its lines; an empty one is no name. Default: 8 lines without names.")
    domains: Annotated[int, Integer("Domains", 1, U16_MAX)] | None = key(
        "iommu: maximum number of domains. Default: 16."
    )
    mappings: Annotated[int, Integer("Mappings", 1, 1 << 20)] | None = key(
        "iommu: maximum number of mappings. Default: 4096."
    )


class Vm(Row):
    """A virtual machine."""

    name: Name = key("Name of the VM.")
    id: Annotated[int, Integer("VM number", 0, U16_MAX)] | None = key(
        "Number that determines its addresses and interrupts. Default: its position in the list."
    )
    bus: Annotated[Literal["mmio", "pci"], Words("Bus")] | None = key(
        "mmio: each device has a window; pci: the devices are functions of a PCI bus, and the guest places "
        "their registers. Default: mmio."
    )
    base: Address | None = key(
        "Address of its first window. Default: base + vm-stride x id. With bus: pci, address of the ECAM "
        "window, followed by the window for BARs and the frame for messages. Default: 0x0b000000 + 0x400000 "
        "x id."
    )
    irq: Irq | None = key(
        "Its first interrupt. Default: irq + vm-irqs x id. With bus: pci, the interrupts of messages begin "
        "at irq + vm-irqs."
    )
    monitor: (
        Annotated[
            bool | Annotated[int, Integer("Number of notifications", 2, U16_MAX)],
            Either("true, false, or a number of notifications, 2 to 65535."),
        ]
        | None
    ) = key(
        "Whether a monitor observes each of its devices, and reports each rule of the specification that the "
        "guest or the device breaks. A number N: it follows the rings for about one of N notifications only, which "
        "costs little. Default: false."
    )
    memory: Annotated[list[Memory], Items(most=64)] = key("Memory that its drivers may share with devices.")
    devices: list[PlannedDevice] = key("Its devices, in the order of their windows.")


class Plan(Row):
    """VMs, their memory and their devices. See codegen/vwr/plan/README.md."""

    kind: Literal["plan"] = key("kind: plan.", "Kind of file")
    name: Name = key("Name of the plan; its structure in C is vwr_plan_NAME.")
    brief: Line | None = key("Purpose of the plan; a comment in the output.")
    base: Address | None = key("Address of the first window of VM 0. Default: 0x0a000000.")
    vm_stride: Stride | None = key(
        "Bytes from the first window of one VM to that of the next. Default: 0x10000."
    )
    stride: Stride | None = key("Size of a device's window in bytes, a power of 2. Default: 0x1000.")
    irq: Irq | None = key("Interrupt of the first device of VM 0, as the GIC counts. Default: 48.")
    vm_irqs: Annotated[int, Integer("Number of interrupts", 1, 988)] | None = key(
        "Number of interrupts of one VM. Default: 8."
    )
    space: Annotated[Literal["own", "shared"], Words("Way of sharing")] | None = key(
        "own: each VM has its own addresses and interrupts; shared: an address or an interrupt means the "
        "same thing in all VMs."
    )
    trigger: Annotated[Literal["edge", "level"], Words("Trigger")] | None = key(
        "Trigger of interrupts in the guest's device tree. Default: edge, as in QEMU."
    )
    coherent: bool | None = key("Whether the guest's device tree says dma-coherent. Default: true.")
    disks: list[PlannedDisk] | None = key("Disks of which block devices are windows.")
    switches: list[Switch] | None = key("Switches to which network devices are connected.")
    screens: list[Screen] | None = key("Screens that gpus draw on.")
    folders: list[Folder] | None = key("Files that guests can mount.")
    vms: Annotated[list[Vm], Items(most=256)] = key("The virtual machines.")
