# SPDX-License-Identifier: MIT
"""The kinds of devices in a plan: one row for each class of the runtime's device side."""

from typing import Any, NamedTuple

from vwr.description import specs


class Kind(NamedTuple):
    """
    A class: its word in a plan, its file of spec/, its structure, its own keys, the key that names its shared
    resource, the largest queue for whose chains it has memory, and whether it has a legacy interface. For a
    user's device (`own`): the C name of its number, and the number of its queues, 0 if the plan contains it.
    """

    word: str
    spec: str
    struct: str
    keys: tuple[str, ...] = ()
    shares: str = ""
    queue_size_max: int | None = None
    legacy: bool = True
    id_c: str = ""
    queues: int = 0
    own: bool = False

    @property
    def template(self) -> str:
        """The template of its rows."""
        return "service.j2" if self.own else f"{self.word}.j2"

    @property
    def header(self) -> str:
        """The header that declares its construction."""
        return "vplan_service" if self.own else f"vplan_{self.spec}"


LIMITS = {"open-zones", "active-zones", "append-sectors"}  # of zones of a host-managed disk
ZONES = (
    "zoned",
    "zone-sectors",
    "zone-capacity",
    "conventional",
    "open-zones",
    "active-zones",
    "append-sectors",
)
KINDS = {
    kind.word: kind
    for kind in (
        Kind(
            "block",
            "blk",
            "vwr_vblk",
            (
                "disk",
                "first",
                "sectors",
                "read-only",
                "write-through",
                "id",
                "queues",
                "requests",
                "segments",
                *ZONES,
            ),
            "disk",
        ),
        Kind("console", "console", "vwr_vconsole", ("ports", "columns", "rows", "emergency")),
        Kind("entropy", "entropy", "vwr_ventropy"),
        Kind("network", "net", "vwr_vnet", ("switch", "mac", "mtu", "pairs"), "switch"),
        Kind("gpu", "gpu", "vwr_vgpu", ("screen", "memory", "resources"), "screen", 64, False),
        Kind("input", "input", "vwr_vinput", ("model", "serial", "events"), "", 64, False),
        Kind("folder", "9p", "vwr_v9p", ("folder", "tag", "fids", "requests", "msize"), "folder", 128),
        Kind("fs", "fs", "vwr_vfs", ("folder", "tag", "nodes", "requests", "queues"), "folder", 128),
        Kind(
            "balloon",
            "balloon",
            "vwr_vballoon",
            ("must-tell", "statistics", "hinting", "reporting", "poison", "deflate-on-oom"),
            "",
            64,
        ),
        Kind("scsi", "scsi", "vwr_vscsi", ("units", "queues", "requests"), "disk", 128),
        Kind("vsock", "vsock", "vwr_vvsock", ("cid", "sockets", "buffer", "seqpacket"), "", 64),
        Kind(
            "crypto",
            "crypto",
            "vwr_vcrypto",
            ("sessions", "key-bytes", "max-bytes", "queues", "requests"),
            "",
            64,
        ),
        Kind("sound", "sound", "vwr_vsound", (), "", 32, False),
        Kind("i2c", "i2c", "vwr_vi2c", ("max-bytes",), "", 64, False),
        Kind("can", "can", "vwr_vcan", (), "", 64, False),
        Kind("spi", "spi", "vwr_vspi", ("max-bytes",), "", 64, False),
        Kind("pmem", "pmem", "vwr_vpmem", ("region",), "", 32),
        Kind("mem", "mem", "vwr_vmem", ("region", "block-bytes", "requested"), "", 64, False),
        Kind("gpio", "gpio", "vwr_vgpio", ("lines",), "", None, False),
        Kind("iommu", "iommu", "vwr_viommu", ("domains", "mappings"), "", 64, False),
    )
}
OWNERS = {
    key: [kind.word for kind in KINDS.values() if key in kind.keys]
    for kind in KINDS.values()
    for key in kind.keys
}
SHARED = {
    "disk": "disks",
    "switch": "switches",
    "screen": "screens",
    "folder": "folders",
}  # word: the list of a plan

_SPECS = specs()
DEVICES = sorted(name for name, spec in _SPECS.items() if spec.kind == "device")


def add(own: list[Kind]) -> None:
    """The user's kinds, in addition to those of the runtime."""
    for kind in own:
        KINDS[kind.word] = kind
        for key in kind.keys:
            OWNERS.setdefault(key, []).append(kind.word)


def kind_of(word: str) -> Kind | None:
    """The kind for a word in a plan, or None. A device's name in spec/ is equivalent."""
    return KINDS.get(word) or next((kind for kind in KINDS.values() if kind.spec == word), None)


def id_name(kind: Kind) -> str:
    """C name of the number in DeviceID."""
    if kind.own:
        return kind.id_c
    return _SPECS["ids"].group("ids").numbered(_SPECS[kind.spec].id).c


def queue_count(kind: Kind | None, device: dict[str, Any]) -> int:
    """
    The number of a device's queues. The runtime has a macro with the same value, which an assertion compares.
    """
    if kind and kind.own:
        return device.get("queues", kind.queues)
    ports = len(device.get("ports", [1]))
    counts = {
        "block": device.get("queues", 1),
        "console": 2 if ports == 1 else 2 * ports + 2,
        "entropy": 1,
        "network": 2 * device.get("pairs", 1) + 1,
        "gpu": 2,
        "input": 2,
        "folder": 1,
        "fs": 1 + device.get("queues", 1),
        "balloon": 2 + sum(device.get(key, False) for key in ("statistics", "hinting", "reporting")),
        "scsi": 2 + device.get("queues", 1),
        "vsock": 3,
        "crypto": 1 + device.get("queues", 1),
        "sound": 4,
        "i2c": 1,
        "can": 3,
        "spi": 1,
        "pmem": 1,
        "mem": 1,
        "gpio": 2,
        "iommu": 2,
    }
    return counts[kind.word] if kind else 1


def feature(spec: str, name: str) -> tuple[str, int]:
    """(C name, number) of a feature: of a device by the name of its file, of all devices by "features"."""
    value = _SPECS[spec].group("features").named(name)
    return value.c, value.value


def offloads(words: list[str]) -> list[str]:
    """
    The features of network devices that let frames be forwarded with this work left to do, in the order of
    their bits.
    """
    names = [value.name for value in _SPECS["net"].group("features").values]
    there = {
        name
        for word in words
        for name in (word, f"HOST_{word}", *(f"GUEST_{word}{end}" for end in ("", "4", "6")))
    }
    return [name for name in names if name in there]


def missing_offloads(words: list[str]) -> list[tuple[str, str]]:
    """(one of the words, the words of which it requires one although none is present)."""
    return [
        (word, " or ".join(name.removeprefix("HOST_") for name in rule.any))
        for word in words
        for rule in _SPECS["net"].rules
        if rule.feature == f"HOST_{word}" and not set(rule.any) & set(offloads(words))
    ]
