# SPDX-License-Identifier: MIT
"""The keys of a plan."""

from typing import Annotated, Literal

from vwr.grammar.row import Integer, Items, Row, Text, Words, key
from vwr.grammar.words import U16_MAX, U32_MAX, U64_MAX

LAST_SECTOR = (1 << 55) - 1  # of 512 bytes, in 64 bits of bytes
Name = Annotated[
    str,
    Text(
        "Name",
        "^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        "lower-case letters and digits, single dashes between",
        "A name in small letters.",
    ),
]
Names = Annotated[list[Name], Items(most=16, distinct=True, meaning="Names, each once.")]
Line = Annotated[str, Text("Text", "^[^\\n]+$", "one line", "A line of text.")]
Address = Annotated[int, Integer("Address", 0, U64_MAX, "An address.")]
Stride = Annotated[int, Integer("Number of bytes", 512, 1 << 31, "Bytes, a power of 2.")]
Irq = Annotated[int, Integer("Interrupt", 32, 1019, "An interrupt of the GIC that devices share: an SPI.")]
Sectors = Annotated[int, Integer("Number of sectors", 1, LAST_SECTOR, "Sectors of 512 bytes.")]


class Disk(Row):
    """A backend."""

    name: Name = key("What devices call it.")
    sectors: Sectors | None = key(
        "How many sectors of 512 bytes it has; without it windows cannot be compared with its end."
    )
    block_size: Annotated[int, Integer("Block size", 512, 1 << 20)] | None = key(
        "Bytes of a block, a power of 2; windows are of whole blocks. 512."
    )


class Switch(Row):
    """A switch."""

    name: Name = key("What network devices call it.")
    uplink: bool | None = key(
        "Whether it has a port more, for the VMM: to a network card of the host, for example; false."
    )
    addresses: Annotated[int, Integer("Number of addresses", 1, 16384)] | None = key(
        "How many addresses it learns of a port; 64. Those of the guests' devices it knows."
    )
    offloads: Annotated[
        list[Annotated[Literal["CSUM", "TSO4", "TSO6", "ECN", "UFO", "USO"], Words("Offload")]],
        Items(0, distinct=True),
    ] | None = key(
        "What its frames may leave to whoever gets them: a checksum, segmentation; none. All ends have to take it."
    )


class Screen(Row):
    """A screen."""

    name: Name = key("What a gpu calls it.")
    width: Annotated[int, Integer("Number of pixels", 1, 4095)] | None = key(
        "How wide it is when the guest starts; 1024."
    )
    height: Annotated[int, Integer("Number of pixels", 1, 4095)] | None = key("How high; 768.")


class Folder(Row):
    """Files."""

    name: Name = key("What devices call it.")
    path: Line | None = key("A folder of the host, seen from the plan's; it has to be there.")
    size: Annotated[int, Integer("Number of bytes", 4096, 1 << 40)] | None = key(
        "A tree in memory, of so many bytes. Without path and size the VMM has the files."
    )
    files: Annotated[int, Integer("Number of files", 4, 1 << 20)] | None = key(
        "How many a tree in memory has room for; one for each 16 KiB, and 64 at least."
    )


class Memory(Row):
    """A range of guest memory."""

    base: Address = key("Where the guest finds it.")
    size: Annotated[int, Integer("Number of bytes", 4096, U64_MAX)] = key("How many bytes.")
    host: Address | None = key("Where it lies for the VMM; without it the VMM says so when it starts.")


class Port(Row):
    """A port of a console."""

    name: Annotated[str, Text("Port name", "^[ -~]{1,64}$", "1 to 64 ASCII characters")] = key(
        "The port's name in the guest."
    )
    console: bool | None = key(
        "Whether it is a console in the guest; otherwise it is for bytes. true for the first."
    )


class Device(Row):
    """A device."""

    kind: Line = key(
        "block, console, entropy, network, gpu, input, folder or balloon; with --spec DIR the name of a device there."
    )
    name: Name | None = key("What it is called within its VM; its kind and number.")
    slot: Annotated[int, Integer("Slot", 0, U16_MAX)] | None = key(
        "Which window of its VM; its place in the list."
    )
    address: Address | None = key("The same as an address.")
    irq: Irq | None = key("Its interrupt, instead of the VM's first + slot.")
    transport: Annotated[Literal["legacy", "modern"], Words("Version of the transport")] | None = key(
        "legacy: MMIO version 1; modern: version 2, the default."
    )
    features: Annotated[
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
    ] | None = key("What is offered of the ring and the transport; [INDIRECT_DESC, EVENT_IDX].")
    packed: bool | None = key("RING_PACKED besides those; false.")
    queue_size: Annotated[int, Integer("Queue size", 2, 32768)] | None = key(
        "The largest size of a queue, a power of 2; 256."
    )
    disk: Name | None = key("block: which of `disks` it is a window of.")
    first: Annotated[int, Integer("Sector", 0, LAST_SECTOR)] | None = key(
        "block: the window's first sector; 0."
    )
    sectors: Sectors | None = key("block: how many sectors the window has; to the end of the disk.")
    read_only: bool | None = key("block: the guest cannot write; false.")
    write_through: bool | None = key("block: no cache is offered, each write is flushed; false.")
    id: Annotated[str, Text("Disk id", "^[ -~]{1,20}$", "1 to 20 ASCII characters")] | None = key(
        "block: what GET_ID answers."
    )
    queues: Annotated[int, Integer("Number of queues", 1, 64)] | None = key(
        "block: request queues; 1. Of your own: all queues, where the configuration says how many there are."
    )
    requests: Annotated[int, Integer("Number of requests", 1, 32768)] | None = key(
        "block, folder, of your own: how many are dealt with at once; 32, of a folder 1."
    )
    segments: Annotated[int, Integer("Number of segments", 3, 1024)] | None = key(
        "block: segments of the largest request, header and status among them; 34, or less if the queue is smaller."
    )
    zoned: Annotated[Literal["host-managed", "host-aware"], Words("Model of zones")] | None = key(
        "block: the disk has zones, all of them empty when the VMM starts; none."
    )
    zone_sectors: Annotated[int, Integer("Number of sectors", 128, 1 << 31)] | None = key(
        "block: of a zone, a power of 2."
    )
    zone_capacity: Annotated[int, Integer("Number of sectors", 1, 1 << 31)] | None = key(
        "block: of a zone that can be used; all."
    )
    conventional: Annotated[int, Integer("Number of zones", 0, U32_MAX)] | None = key(
        "block: the first so many zones can be written anywhere; 0."
    )
    open_zones: Annotated[int, Integer("Number of zones", 1, U32_MAX)] | None = key(
        "block: how many may be open at once; no limit."
    )
    active_zones: Annotated[int, Integer("Number of zones", 1, U32_MAX)] | None = key(
        "block: how many may be active at once; no limit."
    )
    append_sectors: Annotated[int, Integer("Number of sectors", 1, U32_MAX)] | None = key(
        "block: of the largest append; no appends."
    )
    ports: Annotated[list[Port], Items(most=16)] | None = key(
        "console: its ports; one. Several have names, and MULTIPORT is offered."
    )
    columns: Annotated[int, Integer("Number of columns", 1, U16_MAX)] | None = key(
        "console: width that the guest gets; 80."
    )
    rows: Annotated[int, Integer("Number of rows", 1, U16_MAX)] | None = key("console: height; 24.")
    emergency: bool | None = key("console: EMERG_WRITE is offered; false.")
    switch: Name | None = key("network: which of `switches` it is a port of.")
    mac: Annotated[
        str,
        Text(
            "MAC address",
            "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$",
            "six bytes of two lower-case hexadecimal digits, separated by colons",
        ),
    ] | None = key("network: its address; 02:56:57 and the numbers of VM and window.")
    mtu: Annotated[int, Integer("Number of bytes", 68, U16_MAX)] | None = key(
        "network: the largest packet that the guest is to send; without it the guest decides."
    )
    pairs: Annotated[int, Integer("Number of pairs of queues", 1, 32)] | None = key(
        "network: one for reception and one for transmission each; 1."
    )
    screen: Name | Names | None = key("gpu: which of `screens` it draws on, or a list of them.")
    memory: Annotated[int, Integer("Number of bytes", 4096, U32_MAX)] | None = key(
        "gpu: for the guest's pictures, all of them together; three times what is on its screens, and 64 KiB."
    )
    resources: Annotated[int, Integer("Number of pictures", 3, U16_MAX)] | None = key(
        "gpu: how many the guest may have; 16."
    )
    model: Annotated[
        Literal["keyboard", "mouse", "tablet", "multitouch"], Words("Model of an input device")
    ] | None = key("input: what it is.")
    serial: Annotated[str, Text("Serial number", "^[ -~]{1,64}$", "1 to 64 ASCII characters")] | None = key(
        "input: by which the guest tells two of one model apart; none."
    )
    events: Annotated[int, Integer("Number of events", 16, 65536)] | None = key(
        "input: how many may wait for the guest, a power of 2; 64."
    )
    folder: Name | None = key("folder: which of `folders` it is.")
    tag: Annotated[str, Text("Tag", "^[!-~]{1,32}$", "1 to 32 ASCII characters, no space")] | None = key(
        "folder: what the guest mounts; the folder's name."
    )
    fids: Annotated[int, Integer("Number of files", 8, 1 << 20)] | None = key(
        "folder: how many the guest has in use at once, those that it only remembers among them; 1024."
    )
    msize: Annotated[int, Integer("Number of bytes", 4096, 1 << 24)] | None = key(
        "folder: of the largest message; 524288."
    )
    must_tell: bool | None = key("balloon: the guest reports a page before it uses it again; false.")
    poison: bool | None = key("balloon: the guest says what it fills free pages with; false.")
    statistics: bool | None = key("balloon: the guest reports how it uses its memory; false.")
    reporting: bool | None = key("balloon: the guest reports pages that it does not use; false.")
    hinting: bool | None = key("balloon: the guest can be asked which pages are free; false.")
    deflate_on_oom: bool | None = key("balloon: the guest may take pages back when it has no other; false.")


class Vm(Row):
    """A virtual machine."""

    name: Name = key("What it is called.")
    id: Annotated[int, Integer("VM number", 0, U16_MAX)] | None = key(
        "Its number, by which it has addresses and interrupts; its place in the list."
    )
    base: Address | None = key("Where its devices begin, instead of base + vm-stride x id.")
    irq: Irq | None = key("Its first interrupt, instead of irq + vm-irqs x id.")
    memory: Annotated[list[Memory], Items(most=64)] = key("The memory that its drivers may lend to devices.")
    devices: list[Device] = key("Its devices, in the order of their windows.")


class Plan(Row):
    """VMs, their memory and their devices. See codegen/vwr/plan/README.md."""

    kind: Literal["plan"] = key("kind: plan.", "Kind of file")
    name: Name = key("What the plan is called; in C its structure is vwr_plan_NAME.")
    brief: Line | None = key("What it is for; a comment in the output.")
    base: Address | None = key("Where the devices of VM 0 begin; 0x0a000000.")
    vm_stride: Stride | None = key("Bytes from the devices of one VM to those of the next; 0x10000.")
    stride: Stride | None = key("Bytes of one device's window, a power of 2; 0x1000.")
    irq: Irq | None = key("Interrupt of the first device of VM 0, as the GIC counts; 48.")
    vm_irqs: Annotated[int, Integer("Number of interrupts", 1, 988)] | None = key("Interrupts of one VM; 8.")
    space: Annotated[Literal["own", "shared"], Words("Way of sharing")] | None = key(
        "own: each VM has its own addresses and interrupts; shared: one address and one interrupt mean one thing, whichever the VM."
    )
    trigger: Annotated[Literal["edge", "level"], Words("Trigger")] | None = key(
        "The trigger of an interrupt in the guest's device tree; edge, as in QEMU."
    )
    coherent: bool | None = key("Whether the guest's device tree says dma-coherent; true.")
    disks: list[Disk] | None = key("What windows for guests can be cut out of.")
    switches: list[Switch] | None = key("What network devices are ports of.")
    screens: list[Screen] | None = key("What gpus draw on.")
    folders: list[Folder] | None = key("Files that guests can mount.")
    vms: Annotated[list[Vm], Items(most=256)] = key("The virtual machines.")
