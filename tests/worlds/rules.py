# SPDX-License-Identifier: MIT
"""What a world may not be: each rule has its clause, how a world breaks it, and what the message must say."""

import dataclasses
import random
from collections.abc import Callable
from typing import Any

from pci import COMMON, DEVICE, ISR, NOTIFY, REGION
from wire import Outcome

World = dict[str, Any]


@dataclasses.dataclass
class Rule:
    """A rule, by the clause or, where none states it, the section."""

    name: str
    clause: str
    applies: Callable[[World], bool]
    change: Callable[[World, random.Random], None]
    words: tuple[str, ...]  # one of them is in the message
    stages: tuple[str, ...]  # at which the device is refused

    def break_world(self, world: World, rng: random.Random) -> None:
        """Makes a legal world break this rule."""
        self.change(world, rng)

    def judge(self, world: World, outcome: Outcome) -> str:
        """What is wrong with what the driver did: it refuses the device, or works and the monitor names the rule.

        A rule without stages is one that the driver does not depend on.
        """
        if not self.stages:
            return "" if outcome.result("interrupt") is not None else f"{self.name}: {outcome.results}"
        if self.clause in outcome.message("monitor"):
            return ""
        for stage, result, text in outcome.results:
            if stage in self.stages and result < 0 and "disabled by its status" not in text:
                if any(word in text for word in self.words):
                    return ""
                return f'{self.name}: {stage}: {result} "{text}" has none of {self.words}'
        return f"{self.name}: not refused: {outcome.results} (found: {outcome.found is not None})"


RULES: list[Rule] = []


def rule(name: str, clause: str, applies: Callable[[World], bool], words: str, stages: str) -> Any:
    """Adds a rule, whose function changes a world."""

    def add(change: Callable[[World, random.Random], None]) -> Callable[[World, random.Random], None]:
        RULES.append(Rule(name, clause, applies, change, tuple(words.split("|")), tuple(stages.split())))
        return change

    return add


def is_mmio(world: World) -> bool:
    """On virtio-mmio."""
    return world["transport"] == "mmio"


def is_modern(world: World) -> bool:
    """Not the legacy interface."""
    return not world["legacy"]


def is_modern_pci(world: World) -> bool:
    """With the structures of virtio-pci."""
    return world["transport"] == "pci" and not world["legacy"]


# Classes whose driver reads its configuration whatever is negotiated.
READS = ("blk", "gpio", "input", "balloon", "gpu", "fs")


def always(world: World) -> bool:
    """In each world."""
    return bool(world)


def structure(world: World, kind: int) -> dict[str, Any]:
    """A structure of virtio-pci."""
    return next(row for row in world["capabilities"] if row["type"] == kind and row["bar"] < 6)


def has_structure(kind: int) -> Callable[[World], bool]:
    """Worlds with a structure, without which the device cannot work."""

    def applies(world: World) -> bool:
        rows = world["capabilities"] if is_modern_pci(world) else []
        needed = world.get("device_id", 0) >= 0x1040 and (kind != DEVICE or world["class"] in READS)
        return needed and any(row["type"] == kind and row["bar"] < 6 for row in rows)

    return applies


# ---- both transports ----


@rule("no_version_1", "rfeat.dev.1", is_modern, "VERSION_1", "open")
def _(world: World, rng: random.Random) -> None:
    world["offered"] = [
        name for name in world["offered"] if name in ("INDIRECT_DESC", "ZERO_LENGTH_REQUEST", "MOUNT_TAG")
    ]


@rule("features_refused", "feat.dev.3", is_modern, "FEATURES_OK", "open")
def _(world: World, rng: random.Random) -> None:
    world["refuses_features"] = True


@rule("reset_never_ends", "reset.dev.1", lambda world: bool(world["left"]), "reset", "open")
def _(world: World, rng: random.Random) -> None:
    world["reset_polls"] = 1 << 40


def is_legacy_mmio(world: World) -> bool:
    """The driver releases a queue there, if a reset has left it in use."""
    return is_mmio(world) and bool(world["legacy"])


@rule("queue_stays", "mmio.dev.5", lambda world: not is_legacy_mmio(world), "in use", "open")
def _(world: World, rng: random.Random) -> None:
    world["queue_stays"] = True


@rule("legacy_queue_stays", "mmio.dev.5", is_legacy_mmio, "", "")
def _(world: World, rng: random.Random) -> None:
    world["queue_stays"] = True


@rule("no_queue", "Basic Facilities of a Virtio Device / Virtqueues", always, "queue", "open")
def _(world: World, rng: random.Random) -> None:
    world["queues"][0] = 0


@rule(
    "long_legacy_queue",
    "Virtio Over PCI Bus",
    lambda world: not is_mmio(world) and world["legacy"],
    "descriptors",
    "open",
)
def _(world: World, rng: random.Random) -> None:
    world["queues"][0] = rng.choice((1024, 32768))  # legal, and more than the driver's memory is for


# ---- virtio-mmio ----


@rule("magic", "mmio.dev.1", is_mmio, "MagicValue", "skip find")
def _(world: World, rng: random.Random) -> None:
    world["magic"] = rng.choice((0, 0x74726977, 0x76697274, 0xFFFFFFFF))


@rule("version", "mmio.dev.2", is_mmio, "Version", "skip find")
def _(world: World, rng: random.Random) -> None:
    world["version"] = rng.choice((0, 3, 0x10000))


@rule(
    "window_of_registers", "Virtio Over MMIO / MMIO Device Register Layout", is_mmio, "0x100|256", "skip find"
)
def _(world: World, rng: random.Random) -> None:
    world["window"] = rng.choice((0x10, 0x80, 0xFC))


@rule(
    "window_of_configuration",
    "Virtio Over MMIO / MMIO Device Register Layout",
    lambda world: is_mmio(world) and world["class"] in READS,
    "onfiguration",
    "skip find open",
)
def _(world: World, rng: random.Random) -> None:
    world["window"] = 0x100


# ---- virtio-pci ----


@rule("no_common", "pci.dev.common.1", has_structure(COMMON), "COMMON_CFG", "skip find")
def _(world: World, rng: random.Random) -> None:
    world["capabilities"] = [row for row in world["capabilities"] if row["type"] != COMMON]


@rule("no_notify", "pci.dev.notify.1", has_structure(NOTIFY), "NOTIFY_CFG", "skip find")
def _(world: World, rng: random.Random) -> None:
    world["capabilities"] = [row for row in world["capabilities"] if row["type"] != NOTIFY]


@rule("no_isr", "pci.dev.isr.1", has_structure(ISR), "ISR_CFG", "skip find")
def _(world: World, rng: random.Random) -> None:
    world["capabilities"] = [row for row in world["capabilities"] if row["type"] != ISR]


@rule("no_configuration", "pci.dev.devcfg.1", has_structure(DEVICE), "DEVICE_CFG", "skip find open")
def _(world: World, rng: random.Random) -> None:
    world["capabilities"] = [row for row in world["capabilities"] if row["type"] != DEVICE]


@rule("common_too_short", "pci.dev.common.1", has_structure(COMMON), "COMMON_CFG", "skip find")
def _(world: World, rng: random.Random) -> None:
    structure(world, COMMON)["length"] = rng.choice((1, 22, 55))


@rule("common_misaligned", "pci.dev.common.2", has_structure(COMMON), "COMMON_CFG", "skip find")
def _(world: World, rng: random.Random) -> None:
    structure(world, COMMON)["offset"] += rng.choice((1, 2, 3))


@rule("notify_too_short", "pci.dev.notify.3", has_structure(NOTIFY), "NOTIFY_CFG", "skip find open")
def _(world: World, rng: random.Random) -> None:
    structure(world, NOTIFY)["length"] = 1


@rule("notify_beyond_its_bar", "pci.dev.cap.1", has_structure(NOTIFY), "NOTIFY_CFG", "skip find open")
def _(world: World, rng: random.Random) -> None:
    row = structure(world, NOTIFY)
    bar = next(bar for bar in world["bars"] if bar["index"] == row["bar"])
    row["offset"] = bar["size"]


@rule("configuration_misaligned", "pci.dev.devcfg.1", has_structure(DEVICE), "DEVICE_CFG", "skip find open")
def _(world: World, rng: random.Random) -> None:
    structure(world, DEVICE)["offset"] += 2


@rule("list_that_loops", "Virtio Over PCI Bus / Virtio Structure PCI Capabilities", is_modern_pci, "", "")
def _(world: World, rng: random.Random) -> None:
    world["list_end"] = 0x40


@rule(
    "table_of_vectors",
    "Virtio Over PCI Bus",
    lambda world: bool(world.get("messages")),
    "MSI-X|vector|message",
    "open",
)
def _(world: World, rng: random.Random) -> None:
    row = next(row for row in world["capabilities"] if row["type"] == "msix")
    row["table_at"] = 0x1000000


# ---- regions of shared memory ----


def has_region(world: World) -> bool:
    """Worlds with a region in a BAR, or in the registers of virtio-mmio."""
    if is_mmio(world):
        return bool(world["regions"])
    return any(row["type"] == REGION and row["bar"] < 6 for row in world["capabilities"])


def region(world: World) -> dict[str, Any]:
    """The first region, which the driver takes."""
    return world["regions"][0] if is_mmio(world) else structure(world, REGION)


@rule(
    "region_of_0_bytes",
    "Basic Facilities of a Virtio Device / Shared Memory Regions",
    has_region,
    "region",
    "region",
)
def _(world: World, rng: random.Random) -> None:
    region(world)["length"] = 0


@rule(
    "region_that_wraps",
    "Virtio Over MMIO / MMIO Device Register Layout",
    lambda world: is_mmio(world) and has_region(world),
    "region",
    "region",
)
def _(world: World, rng: random.Random) -> None:
    row = region(world)
    row["base"] = (1 << 64) - rng.choice((1, row["length"] // 2 + 1))
    row["length"] = max(2, row["length"])


@rule(
    "region_beyond_its_bar",
    "pci.dev.shm.1",
    lambda world: not is_mmio(world) and has_region(world),
    "region",
    "region",
)
def _(world: World, rng: random.Random) -> None:
    row = region(world)
    row[rng.choice(("offset", "length"))] += rng.choice((1 << 38, 1 << 63))


@rule(
    "region_twice",
    "pci.dev.shm.2",
    lambda world: not is_mmio(world)
    and not world["ports"]  # the monitor does not observe ports
    and has_region(world)
    and len(world["capabilities"]) < 8,
    "",
    "monitor",
)
def _(world: World, rng: random.Random) -> None:
    world["capabilities"].append(dict(region(world)))


# ---- values of the configuration ----


def offers(name: str, feature: str) -> Callable[[World], bool]:
    """Devices of a class that offer a feature."""
    return lambda world: world["class"] == name and feature in world["offered"]


@rule(
    "block_size", "Block Device / Device configuration layout", offers("blk", "BLK_SIZE"), "blk_size", "open"
)
def _(world: World, rng: random.Random) -> None:
    world["config"]["blk_size"] = rng.choice((0, 1, 511, 513, 3000))


def is_class(name: str) -> Callable[[World], bool]:
    """Devices of a class."""
    return lambda world: world["class"] == name


@rule("sizes_after_a_reset", "scsi.dev.cfg.1", is_class("scsi"), "configuration", "open")
def _(world: World, rng: random.Random) -> None:
    name = rng.choice(("sense_size", "cdb_size"))
    world["config"][name] += rng.choice((-1, 1, 0x10000))


@rule(
    "no_request_queue",
    "SCSI Host Device / Device configuration layout",
    is_class("scsi"),
    "configuration",
    "open",
)
def _(world: World, rng: random.Random) -> None:
    world["config"]["num_queues"] = 0


@rule("reserved_cid", "vsock.dev.xfer.1", is_class("vsock"), "configuration", "open")
def _(world: World, rng: random.Random) -> None:
    world["config"]["guest_cid"] = rng.choice((0, 1, 2, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF))


@rule("data_queues", "crypto.dev.cfg.1", is_class("crypto"), "configuration", "open")
def _(world: World, rng: random.Random) -> None:
    world["config"]["max_dataqueues"] = rng.choice((0, 0x10000, 0xFFFFFFFF))


# ---- device trees, tables and lines ----


def by(*sources: str) -> Callable[[World], bool]:
    """Machines whose firmware describes the device so."""
    return lambda world: world["source"] in sources


def change(world: World, *edits: tuple[str, str]) -> None:
    """How the description differs from a legal one."""
    world["edits"] = [list(edit) for edit in edits]


TREE = "Devicetree Specification"


@rule("no_reg", TREE, by("tree", "tree_pci"), "reg", "skip find")
def _(world: World, rng: random.Random) -> None:
    change(world, ("reg", rng.choice(("remove", "short"))))


@rule("dangling_controller", TREE, by("tree"), "interrupt", "skip find")
def _(world: World, rng: random.Random) -> None:
    world["tree"]["path"] = "nowhere"


@rule(
    "dma_elsewhere",
    TREE,
    lambda world: "tree" in world and bool(world["tree"]["buses"]),
    "dma-ranges",
    "skip find",
)
def _(world: World, rng: random.Random) -> None:
    rng.choice(world["tree"]["buses"])["dma"] = "elsewhere"


@rule(
    "outside_of_ranges",
    TREE,
    lambda world: "tree" in world and bool(world["tree"]["buses"]),
    "ranges",
    "skip find",
)
def _(world: World, rng: random.Random) -> None:
    world["tree"]["buses"][-1]["offset"] = 0
    world["tree"]["buses"][-1]["size"] = 0x1000


def maps(world: World) -> bool:
    """Hosts whose interrupt map is read."""
    return world["source"] == "tree_pci"


@rule("unmapped_pin", TREE, maps, "interrupt-map", "skip find")
def _(world: World, rng: random.Random) -> None:
    world["tree"]["map"]["edit"] = rng.choice(("nowhere", "cut"))


@rule(
    "map_of_a_bridge",  # legal, and not supported: the driver has to say so
    "Open Firmware / PCI Bus Binding",
    lambda world: maps(world) and bool(world["behind"]) and world["function"] >> 8 not in world["roots"],
    "of a bridge",
    "skip find",
)
def _(world: World, rng: random.Random) -> None:
    world["tree"]["map"] |= {"bridges": 1, "edit": "bridge"}


@rule("no_tree", TREE, by("tree", "tree_pci"), "", "find")
def _(world: World, rng: random.Random) -> None:
    change(world, ("magic", ""))


@rule("buses_of_a_segment", "PCI Firmware Specification / MCFG", by("acpi"), "MCFG", "skip find")
def _(world: World, rng: random.Random) -> None:
    change(world, ("buses", ""))


@rule("line", "Virtio Over MMIO", by("line"), "command line|virtio_mmio|0 bytes", "skip find")
def _(world: World, rng: random.Random) -> None:
    change(
        world,
        (
            "line",
            rng.choice(
                (
                    *("{at:#x}:{irq}", "{size}@:{irq}", "{size}@{at:#x}", "{size}@{at:#x}:x", "0@{at:#x}:1"),
                    *(
                        "{size}/@{at:#x}:1",
                        "{size}@{at:#x}g:1",
                        "{size}@0x:1",
                        "{size}@{at:#x}:1/",
                        "0{size}9@{at}:1",
                    ),
                )
            ),
        ),
    )


BY_NAME = {row.name: row for row in RULES}
