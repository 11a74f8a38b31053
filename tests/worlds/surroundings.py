# SPDX-License-Identifier: MIT
"""Legal surroundings of a device: each function chooses one part of a world, as the specification allows it."""

import random
from typing import Any

import described
import firmware
from pci import COMMON, DEVICE, ISR, NOTIFY, PCI_CFG, REGION

World = dict[str, Any]
CLASSES = (
    *("blk", "net", "console", "entropy", "gpio", "input", "rtc", "i2c", "balloon", "9p", "gpu", "fs"),
    *("scsi", "vsock", "crypto", "sound"),
)
WITH_LEGACY = ("blk", "net", "console", "entropy", "balloon", "9p", "scsi")
NEEDED = {
    "i2c": {"ZERO_LENGTH_REQUEST"},
    "9p": {"MOUNT_TAG"},
}  # features without which a driver refuses the device
UNTRIED = {  # features whose requests device.py does not answer
    "blk": {"ZONED", "SCSI", "BARRIER"},
    "net": {"HASH_TUNNEL", "GUEST_RSC4", "GUEST_RSC6", "IPSEC"},
    "reserved": {"SR_IOV", "ADMIN_VQ", "NOTIFY_ON_EMPTY", "SUSPEND", "RING_RESET"},
}
SECTOR = 512
SIZES = {
    PCI_CFG: 20,
    NOTIFY: 20,
    REGION: 24,
    "msix": 12,
    "power": 8,
    "msi": 16,
    "other": 4,
}  # of capabilities
BRIDGE, STRANGER = 0x000D1B36, (0x8086, 0x10D3)


def choose(rng: random.Random) -> World:
    """A legal world."""
    world: World = {"class": rng.choice(CLASSES), "transport": rng.choice(("mmio", "pci"))}
    world["legacy"] = world["class"] in WITH_LEGACY and rng.random() < 0.25
    choose_features(world, rng)
    if world["class"] in SESSIONS:
        SESSIONS[world["class"]](world, rng)
    choose_queues(world, rng)
    choose_config(world, rng)
    world["dma"] = rng.choice((0x1000, 0x40000000, 0x80000000, 0xFF000000, 0x100000000, 0x7F0000000000))
    if world["legacy"]:  # pages of 32 bits
        world["dma"] = rng.choice((0x1000, 0x40000000, 0x80000000, 0x100000000))
    world["reset_polls"] = rng.choice((0, 0, 0, 1, 3, 100))
    world["generation_moves"] = 0 if world["legacy"] else rng.choice((0, 0, 1, 3))
    world["changes"] = rng.random() < 0.5
    choose_predecessor(world, rng)
    if world["transport"] == "mmio":
        choose_mmio(world, rng)
    else:
        choose_pci(world, rng)
    return world


def choose_features(world: World, rng: random.Random) -> None:
    """Any subset in which each feature has what it requires."""
    known = described.features(world["class"], world["legacy"], world["transport"])
    untried = UNTRIED["reserved"] | UNTRIED.get(world["class"], set())
    share = rng.choice((0.0, 0.2, 0.5, 0.9))
    offered = {name for name in known if name not in untried and rng.random() < share}
    offered |= NEEDED.get(world["class"], set())
    if not world["legacy"]:
        offered.add("VERSION_1")
    elif "ANY_LAYOUT" in known and rng.random() < 0.5:
        offered.add("ANY_LAYOUT")
    offered.discard("ACCESS_PLATFORM")
    while True:
        wrong = {name for name in offered if not described.holds(known[name][1], offered)}
        if not wrong:
            break
        offered -= wrong
    world["offered"] = sorted(offered)


# ---- classes of sessions.py ----


def choose_scsi(world: World, rng: random.Random) -> None:
    """A disk with blocks of any size, and a host that answers some commands with a unit attention."""
    ten = rng.random() < 0.3
    world["disk"] = {
        "block": rng.choice((512, 4096, 65536)),
        "blocks": rng.choice((1, 3, 2048, 0xFFFFFFFF if ten else 1 << 40)),
        "ten": int(ten),
        "attentions": rng.choice((0, 0, 1, 4)),
        "descriptors": rng.choice((0, 1)),
        "misses": rng.choice((0, 1)),
    }
    world["fields"] = {
        "num_queues": rng.choice((1, 2, 5)),
        "seg_max": rng.choice((1, 2, 126, 0xFFFFFFFF)),
        "max_sectors": rng.choice((1, 8, 0xFFFF, 0xFFFFFFFF)),
        "cmd_per_lun": rng.choice((1, 128)),
        "event_info_size": rng.choice((16, 16, 64)),
        "sense_size": 96,
        "cdb_size": 32,
        "max_channel": 0,
        "max_target": rng.choice((1, 255)),
        "max_lun": rng.choice((2, 16383)),
    }


def choose_vsock(world: World, rng: random.Random) -> None:
    """What room the host has, in which parts it sends, and whether it loses its connections."""
    world["sockets"] = {
        "room": rng.choice((7, 64, 4096, 0xFFFFFFFF)),
        "part": rng.choice((1, 13, 1000)),
        "resets": rng.choice((0, 1)),
        "moves": rng.choice((0, 1)),
    }
    world["idle"] = set(world["offered"]) & {"STREAM", "SEQPACKET", "NO_IMPLIED_STREAM"} == {
        "NO_IMPLIED_STREAM"
    }
    world["fields"] = {"guest_cid": rng.choice((3, 52, 0x7FFFFFFF, 0xFFFFFFFC))}


def choose_crypto(world: World, rng: random.Random) -> None:
    """Any services, with more algorithms than the driver asks for."""
    services = [name for name in described.SERVICES if rng.random() < 0.6] or ["HASH"]
    algorithms = {
        name: (1 << described.value("device/crypto", "enums", name.lower(), word)) | rng.choice((0, 2, 0x40))
        for name, word in (
            *(("CIPHER", "CIPHER_AES_CBC"), ("HASH", "HASH_SHA_256"), ("MAC", "MAC_HMAC_SHA_256")),
            *(("AEAD", "AEAD_GCM"), ("AKCIPHER", "AKCIPHER_RSA")),
        )
        if name in services
    }
    world["fields"] = {
        "status": 0,
        "max_dataqueues": rng.choice((1, 2, 5)),
        "crypto_services": sum(
            1 << described.value("device/crypto", "enums", "service", name) for name in services
        ),
        "cipher_algo_l": algorithms.get("CIPHER", 0),
        "hash_algo": algorithms.get("HASH", 0),
        "mac_algo_l": algorithms.get("MAC", 0),
        "aead_algo": algorithms.get("AEAD", 0),
        "akcipher_algo": algorithms.get("AKCIPHER", 0),
        "max_cipher_key_len": rng.choice((16, 64, 0xFFFFFFFF)),
        "max_auth_key_len": rng.choice((16, 64, 0xFFFFFFFF)),
        "max_size": rng.choice((256, 1 << 20, 0xFFFFFFFFFFFFFFFF)),
    }
    world["first_session"] = rng.choice((0, 1, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF))
    world["ready_after"] = rng.choice((0, 0, 1, 40))


def choose_sound(world: World, rng: random.Random) -> None:
    """Streams in both directions, or none; more of each kind than the driver has memory for."""
    world["streams"] = [
        {
            "direction": rng.choice((0, 1)),
            "features": rng.choice((0, 0x10, 0x1F)),
            "format": rng.choice((0, 5, 24)),
            "rate": rng.choice((0, 7, 13)),
            "channels": rng.choice(([1, 1], [1, 2], [2, 255])),
        }
        for _ in range(rng.choice((0, 1, 2, 6)))
    ]
    world["keeps"], world["latency"] = rng.choice((0, 1)), rng.choice((0, 1, 0xFFFFFFFF))
    world["fields"] = {
        "jacks": rng.choice((0, 2, 9)),
        "streams": len(world["streams"]),
        "chmaps": rng.choice((0, 1, 19)),
        "controls": rng.choice((0, 3)),
    }
    world["idle"] = not any(world["fields"][name] for name in ("jacks", "streams", "chmaps"))


SESSIONS = {"scsi": choose_scsi, "vsock": choose_vsock, "crypto": choose_crypto, "sound": choose_sound}
QUEUES = {
    "net": 2,
    "console": 2,
    "input": 2,
    "balloon": 2,
    "gpu": 2,
    "vsock": 3,
    "sound": 4,
}  # the others have one
LEAST = {
    "entropy": 1,
    "console": 2,
    "gpio": 2,
    "input": 2,
    "rtc": 2,
    "balloon": 2,
    "i2c": 8,
    "9p": 2,
    "vsock": 2,
    "crypto": 8,
    "sound": 8,
}  # the others: 4


def choose_queues(world: World, rng: random.Random) -> None:
    """The number of queues, and the largest size of each."""
    name, offered = world["class"], set(world["offered"])
    count = QUEUES.get(name, 1)
    world["pairs"] = (
        rng.choice((1, 2, 4)) if name == "fs" or (offered & {"MQ", "RSS"} and name in ("net", "blk")) else 1
    )
    if name == "net":
        count = 2 * world["pairs"] + ("CTRL_VQ" in offered)
    elif name == "blk":
        count = world["pairs"]
    elif name == "console" and "MULTIPORT" in offered:
        world["console_ports"] = rng.choice((1, 2, 5))
        count = 2 + 2 * world["console_ports"]
    elif name == "fs":
        count = 1 + ("NOTIFICATION" in offered) + world["pairs"]
    elif name == "scsi":
        count = 2 + world["fields"]["num_queues"]
    elif name == "crypto":
        count = 1 + world["fields"]["max_dataqueues"]
    elif name == "balloon":
        count += len(offered & {"STATS_VQ", "FREE_PAGE_HINT", "PAGE_REPORTING"})
    elif offered & {"IRQ", "ALARM"}:
        count = 2
    packed = "RING_PACKED" in offered
    sizes = [2**n for n in range(16)] + ([3, 5, 100, 32767] if packed and not world["legacy"] else [])
    least = LEAST.get(name, 4)
    if (
        world["legacy"] and world["transport"] == "pci"
    ):  # the driver cannot choose fewer, and its memory is for these
        sizes = [size for size in sizes if size <= 8]
    kind = rng.choice(("equal", "unequal"))
    first = rng.choice([size for size in sizes if size >= least])
    world["queues"] = [
        first if kind == "equal" else rng.choice([size for size in sizes if size >= least])
        for _ in range(count)
    ]


def choose_config(world: World, rng: random.Random) -> None:
    """Values of the fields that exist; the others are not there, or have any bytes."""
    name, offered = world["class"], set(world["offered"])
    values: dict[str, int] = world.pop("fields", {})
    if name == "blk":
        block = rng.choice((512, 1024, 4096)) if "BLK_SIZE" in offered else 512
        values = {
            "capacity": rng.choice((1, 3, 2048, 1 << 32)) * block // SECTOR,
            "size_max": rng.choice((4096, 65536, 0xFFFFFFFF)),
            "seg_max": rng.choice((1, 2, 126, 0xFFFFFFFF)),
            "blk_size": block,
            "num_queues": world["pairs"],
            "writeback": rng.choice((0, 1)),
            "max_discard_sectors": 8,
            "max_discard_seg": 1,
            "discard_sector_alignment": 1,
            "max_write_zeroes_sectors": 8,
            "max_write_zeroes_seg": 1,
            "max_secure_erase_sectors": 8,
            "max_secure_erase_seg": 1,
            "secure_erase_sector_alignment": 1,
        }
    elif name == "net":
        values = {
            "mac": 0x020000000002,
            "status": 1,
            "max_virtqueue_pairs": world["pairs"],
            "mtu": rng.choice((68, 1500, 9000, 65535)),
            "speed": rng.choice((0, 1000, 0x7FFFFFFF, 0xFFFFFFFF)),
            "duplex": rng.choice((0, 1, 0xFF)),
            "rss_max_key_size": 40,
            "rss_max_indirection_table_length": 128,
        }
    elif name == "console":
        values = {"cols": 80, "rows": rng.choice((0, 25)), "max_nr_ports": world.get("console_ports", 1)}
    elif name == "fs":
        values = {
            "tag": int.from_bytes(b"world", "little"),
            "num_request_queues": world["pairs"],
            "notify_buf_size": 4096,
        }
    elif name == "balloon":
        values = {"num_pages": 2, "actual": 0, "free_page_hint_cmd_id": 0, "poison_val": 0}
    elif name == "9p":
        values = {"tag_len": 1, "tag": ord("w")}
    elif name == "gpu":
        values = {"num_scanouts": rng.choice((1, 16)), "num_capsets": 0, "blob_alignment": 4096}
    elif name == "gpio":
        values = {"ngpio": rng.choice((1, 5, 8)), "gpio_names_size": 0}
    fields = {field: value for field, value in values.items() if condition_holds(name, field, offered)}
    rows = described.config(name)
    world["config"] = fields
    need = max((sum(rows[field]) for field in rows if condition_holds(name, field, offered)), default=0)
    if name == "input":
        need = sum(rows["u"])
    full = max((at + size for at, size in rows.values()), default=0)
    world["config_bytes"] = rng.choice((need, (need + 3) // 4 * 4, full, full + 64))


def condition_holds(name: str, field: str, offered: set[str]) -> bool:
    """Whether a field exists for a device that offers these features."""
    return described.holds(described.field_condition(name, field), offered)


def choose_predecessor(world: World, rng: random.Random) -> None:
    """Nothing, or what a boot loader or an earlier kernel left."""
    world["left"] = {}
    if rng.random() < 0.4:
        world["left"] = {
            "status": rng.choice((1, 3, 11, 15, 0x4F, 0x8F, 0x80)),
            "accepted": rng.getrandbits(40),
            "reasons": rng.choice((0, 1, 3)),
            "enabled": rng.choice((0, 1)),
            "areas": 0xDEAD000,
        }


LARGE = 1 << 28  # a BAR of 64 bits
LENGTHS = (1, 0x1000, 0x11000, 0xFFFFFFFF, 1 << 32, 1 << 62)  # of regions of shared memory

# ---- virtio-mmio ----

LINES = (  # as Linux's parameter, before and behind other ones
    "quiet virtio_mmio.device={size}@{at:#x}:{irq} ro",
    "virtio-mmio.device={size:#x}@{at:#X}:{irq}",
    "virtio_mmio.device={size:#x}@{at}:{irq}:7",
    'a="b c" virtio-mmio.device="{size}@0{at:o}:{irq}" x -- virtio_mmio.device=1@1:1',
    "\tvirtio_mmio.device=0{size:o}@{at:#x}:0{irq}\n",
)


def choose_mmio(world: World, rng: random.Random) -> None:
    """A window of registers, in a list of windows, a command line or a tree."""
    world["version"] = 1 if world["legacy"] else 2
    world["vendor"] = rng.choice((0, 0x554D4551, 0xFFFFFFFF))
    need = 0x100 + world["config_bytes"]
    world["window"] = rng.choice([(need + 3) // 4 * 4, 0x200, 0x1000, 0x10000])
    if world["window"] < need:
        world["window"] = (need + 3) // 4 * 4
    world["base"] = rng.choice((0x0A000000, 0x10001000, 0xFEB00E00, 0x3F0000000, 0x8000000000))
    world["regions"] = []
    for name in rng.sample((0, 1, 5, 255), 0 if world["legacy"] else rng.choice((0, 0, 1, 2, 4))):
        row = {
            "id": name,
            "base": rng.choice((0, 0x1000, 0xFFFFF000, 1 << 40)),
            "length": rng.choice(LENGTHS),
        }
        world["regions"].append(row)
    world["source"] = rng.choice(("windows", "line", "tree"))
    world["irq"] = rng.choice((1, 5, 48, 1000))
    world["line"] = rng.choice(LINES)
    if world["source"] == "tree":
        firmware.choose_tree(world, rng)


# ---- virtio-pci ----


def choose_pci(world: World, rng: random.Random) -> None:
    """A function with its BARs, structures and other capabilities, somewhere behind a host."""
    choose_identity(world, rng)
    choose_bus(world, rng)
    world["notify_off"] = [rng.choice((0, 1, 2, 7)) for _ in world["queues"]]
    if world["legacy"]:
        world["capabilities"], world["bars"] = [], [{"index": 0, "kind": "io", "size": 256}]
    else:
        choose_structures(world, rng)
        choose_regions(world, rng)
    choose_messages(world, rng)
    choose_others(world, rng)
    for kind in (REGION, "other", "msi"):  # left out until the rest fits into the configuration space
        if _bytes_of(world["capabilities"]) > 190:
            world["capabilities"] = [row for row in world["capabilities"] if row["type"] != kind]
    assert _bytes_of(world["capabilities"]) <= 190
    rng.shuffle(world["capabilities"])
    choose_addresses(world, rng)
    choose_leftovers(world, rng)
    world["source"] = "pci" if world["ports"] else rng.choice(("pci", "tree_pci", "acpi"))
    if world["source"] == "tree_pci":
        firmware.choose_tree(world, rng)
    elif world["source"] == "acpi":
        firmware.choose_tables(world, rng)


def _bytes_of(capabilities: list[World]) -> int:
    return sum(SIZES.get(row["type"], 20) + row.get("cap_len", 16) - 16 for row in capabilities)


def choose_identity(world: World, rng: random.Random) -> None:
    """Transitional or not; with any revision and subsystem that the specification allows."""
    row = next(
        row for row in described.file("core/ids")["ids"] if row["id"] == described.identity(world["class"])
    )
    transitional = world["legacy"] or ("transitional-pci" in row and rng.random() < 0.5)
    world["device_id"] = row["transitional-pci"] if transitional else 0x1040 + row["id"]
    world["revision"] = 0 if transitional else rng.choice((1, 1, 2, 255))
    world["subsystem"] = row["id"] if transitional else rng.choice((0x40, 0x1100, row["id"] + 0x40))
    world["pin"] = rng.choice((1, 1, 2, 3, 4))


def is_transitional(world: World) -> bool:
    """A device with the legacy interface in its first BAR, beside the structures or alone."""
    return bool(world["device_id"] < 0x1040)


def is_behind(world: World) -> bool:
    """A function behind a bridge."""
    return world["function"] >> 8 not in world["roots"]


def aligned(value: int, to: int) -> int:
    """Rounded up."""
    return (value + to - 1) // to * to


def choose_structures(world: World, rng: random.Random) -> None:
    """Four structures or more, in one BAR or several, in any order."""
    data = "NOTIFICATION_DATA" in world["offered"]
    multiplier = rng.choice((0, 4, 8, 4096) if data else (0, 2, 4, 8, 4096))
    if multiplier == 0 or rng.random() < 0.2:
        world["notify_off"] = [0] * len(world["queues"])
    last = max(world["notify_off"]) * multiplier
    rows = [
        {"type": COMMON, "length": rng.choice((56, 60, 64, 64, 68, 0x1000)), "align": 4},
        {
            "type": NOTIFY,
            "length": last + (4 if data else 2),
            "align": 4 if data else 2,
            "multiplier": multiplier,
        },
        {"type": ISR, "length": rng.choice((1, 4, 0x1000)), "align": 1},
    ]
    if world["config_bytes"] or rng.random() < 0.5:
        rows.append({"type": DEVICE, "length": max(4, world["config_bytes"]), "align": 4})
    if rng.random() < 0.3:
        rows[1]["length"] += rng.choice((2, 64, 0x1000))
    bars = rng.sample(range(is_transitional(world), 6), rng.choice((1, 1, 2, 3, 4)))
    ends = dict.fromkeys(bars, 0)
    order = list(rows)
    rng.shuffle(order)
    for row in order:
        row["bar"] = rng.choice(bars)
        gap = rng.choice((0, 0, 1, 4, 0x100, 0x1000))
        row["offset"] = aligned(ends[row["bar"]] + gap, row.pop("align"))
        ends[row["bar"]] = row["offset"] + row["length"]
        row["cap_len"] = (20 if row["type"] == NOTIFY else 16) + rng.choice((0, 0, 0, 4))
    world["capabilities"] = rows
    world["ends"] = ends


def free_bars(world: World) -> list[int]:
    """BARs without a structure, which are no second half of a large one."""
    ends = world["ends"]
    taken = set(ends) | {bar + 1 for bar, end in ends.items() if end > LARGE // 2}
    return [bar for bar in range(is_transitional(world), 6) if bar not in taken]


def choose_regions(world: World, rng: random.Random) -> None:
    """Regions of shared memory in the BARs of structures, or in one of their own, which may be larger than 4 GiB."""
    ends = world["ends"]
    for name in rng.sample((0, 1, 5, 255), rng.choice((0, 0, 0, 1, 2))):
        bar = rng.choice(list(ends))
        if rng.random() < 0.5:
            bar = rng.choice(free_bars(world) or list(ends))
        at = aligned(ends.get(bar, 0) + rng.choice((0, 1, 0x1000)), rng.choice((1, 0x1000)))
        length = rng.choice(LENGTHS[:3])
        alone = bar in free_bars(world) and bar + 1 in free_bars(world)
        if alone and not is_behind(world) and rng.random() < 0.5:
            at, length = rng.choice((0, 0x1000, 1 << 32)), rng.choice((0x1000, 1 << 31, 1 << 33))
        world["capabilities"].append({"type": REGION, "id": name, "bar": bar, "offset": at, "length": length})
        ends[bar] = at + length
    if rng.random() < 0.1:  # of a BAR that no driver knows
        row = {
            "type": REGION,
            "id": 3,
            "bar": rng.choice((6, 255)),
            "offset": 0,
            "length": 0x1000,
        }
        world["capabilities"].append(row)


def choose_messages(world: World, rng: random.Random) -> None:
    """MSI-X with its table in any BAR, or none."""
    world["messages"] = 0
    if rng.random() < 0.5:
        return
    vectors = rng.choice((1, 2, 3, 33, 2048))
    row = {"type": "msix", "vectors": vectors, "control": rng.choice((0, 0x8000, 0xC000))}
    if world["legacy"]:
        bar, at = 1, 0
        world["ends"] = {0: 256, 1: 16 * vectors + 256}
    else:
        ends = world["ends"]
        small = [bar for bar, end in ends.items() if end < LARGE]  # the place of a table has 32 bits
        bar = rng.choice(free_bars(world) or small)
        at = aligned(ends.get(bar, 0), 8)
        ends[bar] = at + 16 * vectors + 256
    row |= {"table_bar": bar, "table_at": at, "pending_bar": bar, "pending_at": at + 16 * vectors}
    world["capabilities"].append(row)
    world["messages"] = rng.choice((0, 1, min(2, vectors), min(8, vectors)))


def choose_others(world: World, rng: random.Random) -> None:
    """Capabilities that the driver does not need, and those that it has to ignore."""
    rows = world["capabilities"]
    if rng.random() < 0.3:
        rows.append({"type": "power", "state": rng.choice((0, 3))})
    if rng.random() < 0.2:
        rows.append({"type": "msi", "control": rng.choice((0, 1))})
    for _ in range(rng.choice((0, 0, 1, 2))):
        rows.append({"type": "other", "id": rng.choice((0x10, 0x03, 0x0D, 0x13)), "size": 4})
    if world["legacy"]:
        return
    for _ in range(rng.choice((0, 0, 1))):  # of no type, or of a BAR that no driver knows
        rows.append({"type": rng.choice((6, 7, 10, 200)), "bar": rng.randrange(6), "offset": 0, "length": 16})
    if rng.random() < 0.2:
        kind = rng.choice((COMMON, NOTIFY, ISR, DEVICE))
        row = {"type": kind, "bar": rng.choice((6, 7, 255)), "offset": 0, "length": 0x1000, "multiplier": 4}
        rows.append(row)
    rows.append({"type": PCI_CFG, "bar": 0, "offset": 0, "length": 0})


def choose_bus(world: World, rng: random.Random) -> None:
    """Where the function is: on a root bus, or behind bridges; and which other functions there are."""
    world["ports"] = 1 if rng.random() < 0.2 else 0
    first = 0 if world["ports"] else rng.choice((0, 0, 0x10, 0x80))
    world["buses"] = [first, first + rng.choice((3, 7))]
    world["roots"] = [first]
    if rng.random() < 0.2:
        world["buses"], world["roots"] = [first, first + 7], [first, first + 3]
    slot = rng.randrange(32) << 3
    number = rng.choice((0, 0, 0, 1, 7))
    world["multifunction"] = int(number != 0)
    world["others"], world["behind"] = [], {}
    bus = rng.choice(world["roots"])
    for _ in range(rng.choice((1, 1, 2)) if rng.random() < 0.4 else 0):
        at = bus << 8 | rng.randrange(31) << 3
        world["others"].append({"at": at, "bridge": True})
        bus += 1
        world["behind"][str(at)] = bus
    world["function"] = bus << 8 | slot | number
    if number:
        row = {
            "at": world["function"] & ~7,
            "vendor": STRANGER[0],
            "device": STRANGER[1],
            "multifunction": True,
        }
        world["others"].append(row)
    if rng.random() < 0.5:
        at = world["roots"][0] << 8 | 31 << 3
        if at != world["function"] and at not in {row["at"] for row in world["others"]}:
            world["others"].append({"at": at, "vendor": STRANGER[0], "device": STRANGER[1]})


def choose_addresses(world: World, rng: random.Random) -> None:
    """BARs of the size that their structures need, placed by firmware or not; the host's windows."""
    behind = is_behind(world)
    if not world["legacy"]:
        world["bars"] = []
        for index, end in sorted(world.pop("ends").items()):
            world["bars"].append({"index": index, "size": 1 << max(4, (end - 1).bit_length())})
        taken = {row["index"] for row in world["bars"]}
        for row in world["bars"]:
            kinds = ["mem32"]
            if row["index"] + 1 not in taken and row["index"] < 5:
                kinds += ["mem64", "mem64" if behind else "prefetch64"]
            shared = any(r["type"] == REGION and r["bar"] == row["index"] for r in world["capabilities"])
            if row["size"] >= LARGE:
                kinds = ["prefetch64"]
            if row["size"] <= 256 and not behind and not shared:
                kinds.append("io")
            row["kind"] = rng.choice(kinds)
        if is_transitional(world):
            world["bars"].append({"index": 0, "kind": "io", "size": 256})
    elif "ends" in world:
        end = world.pop("ends")[1]
        world["bars"].append({"index": 1, "kind": "mem32", "size": 1 << (end - 1).bit_length()})
    world["placed"] = not (
        rng.random() < 0.3 and not world["legacy"] and not any(r["kind"] == "io" for r in world["bars"])
    )
    place(world, rng)


def place(world: World, rng: random.Random) -> None:
    """Firmware's addresses; without firmware zero."""
    memory, ports, high = 0x10000000, 0x1000, 0x8000000000
    world["windows"] = [
        [0x10000000, 0x10000000, rng.choice((0x10000000, 0x4010000000)), 2],
        [0x8000000000, 1 << 38, 0x8000000000, 3],
        [0, 0x10000, 0x3EFF0000, 1],
    ]
    rng.shuffle(world["windows"])
    for row in world["bars"]:
        if row["kind"] == "io":
            row["at"] = aligned(ports, row["size"])
            ports = row["at"] + row["size"]
        elif row["kind"] == "prefetch64" and (row["size"] >= LARGE or rng.random() < 0.5):
            row["at"] = aligned(high, row["size"])
            high = row["at"] + row["size"]
        else:
            row["at"] = aligned(memory, row["size"])
            memory = row["at"] + row["size"]
        row["at"] = row["at"] if world["placed"] else 0
    for row in world["others"]:
        if row.get("bridge") and world["placed"]:
            last = (memory - 1) >> 20 << 4
            row |= {"memory": last << 16 | 0x1000, "command": 7}
            bus = world["behind"][str(row["at"])]
            row["buses"] = max(world["behind"].values()) << 16 | bus << 8 | row["at"] >> 8
    world["space"] = 0xCF8 if world["ports"] else rng.choice((0x3F000000, 0x4010000000, 0xB0000000))
    if not world["ports"] and world["space"] == 0x4010000000:
        next(row for row in world["windows"] if row[3] == 2)[2] = 0x10000000


def choose_leftovers(world: World, rng: random.Random) -> None:
    """What firmware or another kernel left in the command register."""
    world["command"] = 0
    if world["placed"]:
        world["command"] = rng.choice((0, 3, 7, 0x407, 0x103))
