# SPDX-License-Identifier: MIT
# Generated from spec/device/balloon.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Traditional Memory Balloon Device. A balloon that takes memory from the guest and gives it back."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "features",
        "features",
        "Traditional Memory Balloon Device / Feature bits",
        (
            Value(
                "MUST_TELL_HOST",
                0,
                "VWR_BALLOON_F_MUST_TELL_HOST",
                "VIRTIO_BALLOON_F_MUST_TELL_HOST",
                brief="Driver tells the device before it uses pages of the balloon.",
                accept="should",
                insist=("device",),
            ),
            Value(
                "STATS_VQ",
                1,
                "VWR_BALLOON_F_STATS_VQ",
                "VIRTIO_BALLOON_F_STATS_VQ",
                brief="Device has a queue for statistics.",
            ),
            Value(
                "DEFLATE_ON_OOM",
                2,
                "VWR_BALLOON_F_DEFLATE_ON_OOM",
                "VIRTIO_BALLOON_F_DEFLATE_ON_OOM",
                brief="Driver may take pages back when memory runs out.",
            ),
            Value(
                "FREE_PAGE_HINT",
                3,
                "VWR_BALLOON_F_FREE_PAGE_HINT",
                "VIRTIO_BALLOON_F_FREE_PAGE_HINT",
                since="1.2",
                brief="Device takes hints which pages are free.",
            ),
            Value(
                "PAGE_POISON",
                4,
                "VWR_BALLOON_F_PAGE_POISON",
                "VIRTIO_BALLOON_F_PAGE_POISON",
                since="1.2",
                brief="Driver fills free pages with poison_val.",
            ),
            Value(
                "PAGE_REPORTING",
                5,
                "VWR_BALLOON_F_PAGE_REPORTING",
                "VIRTIO_BALLOON_F_PAGE_REPORTING",
                since="1.2",
                brief="Device takes reports of free pages.",
            ),
        ),
    ),
    Group(
        "queues",
        "queues",
        "Traditional Memory Balloon Device",
        (
            Value("inflateq", 0, "VWR_BALLOON_QUEUE_INFLATEQ", "", brief="Pages for the balloon."),
            Value("deflateq", 1, "VWR_BALLOON_QUEUE_DEFLATEQ", "", brief="Pages out of the balloon."),
            Value(
                "statsq",
                2,
                "VWR_BALLOON_QUEUE_STATSQ",
                "",
                gate=("STATS_VQ",),
                brief="Statistics of the guest's memory.",
            ),
        ),
    ),
    Group(
        "constants",
        "constants",
        "Traditional Memory Balloon Device",
        (
            Value(
                "PFN_SHIFT",
                12,
                "VWR_BALLOON_PFN_SHIFT",
                "",
                aka=("VIRTIO_BALLOON_PFN_SHIFT",),
                brief="From an address to the number of a page.",
            ),
        ),
    ),
    Group(
        "stat-tag",
        "enums",
        "Traditional Memory Balloon Device / Device Operation / Memory Statistics",
        (
            Value(
                "SWAP_IN",
                0,
                "VWR_BALLOON_S_SWAP_IN",
                "VIRTIO_BALLOON_S_SWAP_IN",
                brief="Bytes that were swapped in.",
            ),
            Value(
                "SWAP_OUT",
                1,
                "VWR_BALLOON_S_SWAP_OUT",
                "VIRTIO_BALLOON_S_SWAP_OUT",
                brief="Bytes that were swapped out.",
            ),
            Value("MAJFLT", 2, "VWR_BALLOON_S_MAJFLT", "VIRTIO_BALLOON_S_MAJFLT", brief="Major page faults."),
            Value("MINFLT", 3, "VWR_BALLOON_S_MINFLT", "VIRTIO_BALLOON_S_MINFLT", brief="Minor page faults."),
            Value(
                "MEMFREE",
                4,
                "VWR_BALLOON_S_MEMFREE",
                "VIRTIO_BALLOON_S_MEMFREE",
                brief="Bytes that nobody uses.",
            ),
            Value("MEMTOT", 5, "VWR_BALLOON_S_MEMTOT", "VIRTIO_BALLOON_S_MEMTOT", brief="Bytes in all."),
            Value(
                "AVAIL",
                6,
                "VWR_BALLOON_S_AVAIL",
                "VIRTIO_BALLOON_S_AVAIL",
                since="1.1",
                brief="Bytes to be had without swapping.",
            ),
            Value(
                "CACHES",
                7,
                "VWR_BALLOON_S_CACHES",
                "VIRTIO_BALLOON_S_CACHES",
                since="1.1",
                brief="Bytes to be had without I/O.",
            ),
            Value(
                "HTLB_PGALLOC",
                8,
                "VWR_BALLOON_S_HTLB_PGALLOC",
                "VIRTIO_BALLOON_S_HTLB_PGALLOC",
                since="1.1",
                brief="Huge pages that were allocated.",
            ),
            Value(
                "HTLB_PGFAIL",
                9,
                "VWR_BALLOON_S_HTLB_PGFAIL",
                "VIRTIO_BALLOON_S_HTLB_PGFAIL",
                since="1.1",
                brief="Huge pages that could not be.",
            ),
        ),
    ),
    Group(
        "cmd-id",
        "enums",
        "Traditional Memory Balloon Device / Device Operation / Free Page Hinting",
        (
            Value(
                "STOP",
                0,
                "VWR_BALLOON_CMD_ID_STOP",
                "VIRTIO_BALLOON_CMD_ID_STOP",
                since="1.2",
                brief="No more hints; keep the pages.",
            ),
            Value(
                "DONE",
                1,
                "VWR_BALLOON_CMD_ID_DONE",
                "VIRTIO_BALLOON_CMD_ID_DONE",
                since="1.2",
                brief="No more hints; use the pages again.",
            ),
        ),
    ),
)

_STRUCTS = (
    Struct(
        "stat",
        "virtio_balloon_stat",
        "vwr_balloon_stat",
        10,
        True,
        True,
        "1.0",
        "",
        "Traditional Memory Balloon Device / Device Operation / Memory Statistics",
        (
            Field("tag", 0, "le16", size=2, values="stat-tag", brief="Which."),
            Field("val", 2, "le64", size=8, brief="The number."),
        ),
        brief="One statistic; a buffer of the statsq is an array of them.",
    ),
    Struct(
        "config",
        "virtio_balloon_config",
        "vwr_balloon_config",
        16,
        True,
        False,
        "1.0",
        "",
        "Traditional Memory Balloon Device / Device configuration layout",
        (
            Field(
                "num_pages",
                0,
                "le32",
                size=4,
                unit="4096-byte pages",
                brief="How big the device wants the balloon.",
            ),
            Field("actual", 4, "le32", size=4, dir="RW", unit="4096-byte pages", brief="How big it is."),
            Field(
                "free_page_hint_cmd_id",
                8,
                "le32",
                size=4,
                gate=("FREE_PAGE_HINT",),
                values="cmd-id",
                since="1.2",
                brief="Command to give hints for, from 2 on; else a CMD_ID.",
            ),
            Field(
                "poison_val",
                12,
                "le32",
                size=4,
                gate=("PAGE_POISON",),
                dir="RW",
                since="1.2",
                brief="What free pages are filled with.",
            ),
        ),
        brief="Configuration space of the device.",
    ),
)

_QUEUES = (
    Queue("inflateq", 0, dir="out", brief="Pages for the balloon."),
    Queue("deflateq", 1, dir="out", brief="Pages out of the balloon."),
    Queue("statsq", 2, gate=("STATS_VQ",), dir="out", brief="Statistics of the guest's memory."),
    Queue("free_page_vq", 3, gate=("FREE_PAGE_HINT",), dir="both", brief="Pages that a migration may skip."),
    Queue(
        "reporting_vq", 4, gate=("PAGE_REPORTING",), dir="in", brief="Free pages that the device may take."
    ),
)

_RULES = ()

_OFFERS = ()

_MORE = {
    "legacy_order": "little",
    "request_queues": ["free_page_vq", "reporting_vq"],
    "statuses": {},
}

SPEC = Spec(
    "balloon",
    "device",
    "spec/device/balloon.yaml",
    "Traditional Memory Balloon Device",
    "A balloon that takes memory from the guest and gives it back.",
    "1.0",
    5,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
