# SPDX-License-Identifier: MIT
"""What other drivers cost by the method of README.md: constants, each with the commit that was measured.

They were taken once, on one machine (2-vCPU AMD EPYC virtual machine, Debian 12, gcc 12.2,
valgrind 3.19), and are not measured again; none of their code is here.

Like with like: what they do on a ring is a general path that takes any array of segments, with the header
filled in by the harness, so ours beside them is vwr_queue_add and not what is pre-built.
"""

import limits

MEASURED = "2026-11-20"

DPDK = "virtio-user, a packet of one descriptor, with freeing it"

# rcore's queue was counted for fewer segments than three on 2026-11-22, everything inlined, rustc 1.95 -O2: 131.0, 194.0 and
# 236.0 instructions one by one, 108.7, 165.9 and 209.8 of 32 a batch for 1, 2 and 3. What it costs for a packet is its figure
# for three times the part that this is: 0.822 and 0.791 for header and frame, 0.555 and 0.518 for a buffer that is received.
RCORE_PACKET = {
    "send-depth 1": 242 * 0.822,
    "send-batch 32": 194.5 * 0.791,
    "receive-depth 1": 242 * 0.555,
    "receive-batch 32": 194.5 * 0.518,
}


def _packet(what, figure, dpdk=None):
    return (
        what,
        "instructions/packet",
        [
            (
                "rcore virtio-drivers, by its segments, from that for three",
                "9742c44",
                round(RCORE_PACKET[figure], 1),
            )
        ]
        + ([(f"DPDK {DPDK}", "22.11", dpdk)] if dpdk else []),
    )


# figure: (what it is, unit, [(peer, commit, value)])
FIGURES = {
    "split-depth 1": (
        "ring, requests of any shape, depth 1",
        "instructions/request",
        [
            ("rcore virtio-drivers, direct, LTO", "9742c44", 242),
            ("Avatar", "62b6947", 276),
            ("OpenAMP", "23d4c5d", 334),
            ("SPDK", "3230130", 452),
            ("U-Boot", "6073c36", 467),
        ],
    ),
    "split-batch 32": (
        "ring, requests of any shape, batch 32",
        "instructions/request",
        [
            ("rcore virtio-drivers, direct, LTO", "9742c44", 194.5),
            ("Avatar (batch 5)", "62b6947", 236.8),
            ("OpenAMP", "23d4c5d", 273.9),
            ("SPDK", "3230130", 359.1),
            ("U-Boot", "6073c36", 383.7),
        ],
    ),
    "packed-depth 1": (
        "packed ring, ours three segments, depth 1",
        "instructions/request",
        [(f"DPDK {DPDK}", "22.11", 328)],
    ),
    "packed-batch 32": (
        "packed ring, ours three segments, batch 32",
        "instructions/request",
        [(f"DPDK {DPDK}", "22.11", 201.9)],
    ),
    "requests-depth 1": (
        "class API, many requests, depth 1",
        "instructions/request",
        [("rcore virtio-drivers, read_blocks_nb", "9742c44", 340)],
    ),
    "requests-batch 32": (
        "class API, many requests, 32 at once",
        "instructions/request",
        [("rcore virtio-drivers, read_blocks_nb, which notifies for each", "9742c44", 322)],
    ),
    "net-send-depth 1": _packet("a packet out, ours header and frame, depth 1", "send-depth 1", 328),
    "net-send-batch 32": _packet("a packet out, ours header and frame, batch 32", "send-batch 32", 201.9),
    "net-receive-depth 1": _packet("a packet in, depth 1", "receive-depth 1"),
    "net-receive-batch 32": _packet("a packet in, batch 32", "receive-batch 32"),
    "block-depth 1": (
        "blocking read",
        "instructions/request",
        [
            ("rcore virtio-drivers, direct", "9742c44", 227),
            ("xv6", "f5b93ef", 300),
            ("Avatar", "62b6947", 566),
            ("U-Boot", "6073c36", 1293),
        ],
    ),
    "text-both": (
        ".text",
        "bytes",
        [
            ("xv6, no checks", "f5b93ef", 1416),
            ("Avatar, no checks", "62b6947", 4516),
            ("U-Boot ring, blk, mmio and uclass", "6073c36", 7868),
        ],
    ),
    "ram-queue-256": (
        "RAM of a queue of 256",
        "bytes",
        [("OpenAMP", "23d4c5d", 4200), ("U-Boot", "6073c36", 6144)],
    ),
}

# The device side: instructions a chain of three descriptors, by how many there are to a notification.
DEVICE_CHAIN = {
    "depth 1": [
        ("Avatar, no translation and no checks", "62b6947", 204),
        ("kvmtool, head unchecked", "virtio/core.c", 283),
        ("OpenAMP, device role, offset check only", "23d4c5d", 362),
        ("DPDK vhost, a packet with its copy", "22.11", 679),
        ("rust-vmm virtio-queue with vm-memory", "0.18", 1338),
    ],
    "batch 32": [
        ("Avatar, no translation and no checks", "62b6947", 134.2),
        ("kvmtool, head unchecked", "virtio/core.c", 247.2),
        ("OpenAMP, device role, offset check only", "23d4c5d", 314.5),
        ("DPDK vhost, a packet with its copy", "22.11", 313.5),
        ("rust-vmm virtio-queue with vm-memory", "0.18", 1196.6),
    ],
}
# And a trapped access to a register, by number of devices.
DEVICE_TRAP = {
    1: [("Avatar", "62b6947", 76)],
    4: [("Avatar", "62b6947", 106)],
    16: [("Avatar", "62b6947", 226)],
}

# figure: what ours may be at most, in parts of the best of these
_FOUND = {
    what: one for what, one in limits.of("peers", FIGURES, every=False).items() if one.limit is not None
}
LIMITS = {what: one.limit for what, one in _FOUND.items()}

# vhost-user: user instructions of a whole process a read of 4 KiB, by the difference between two numbers of reads, on
# 2026-11-26; vhost/README.md has the commands, and ours by the same method. vhost-user-blk reads a file, as its disk cannot
# be nothing; what the kernel does is not counted.
VHOST_MEASURED = "2026-11-26"
VHOST = {
    ("front end", "one at a time"): [("libblkio", "1.5", 822)],
    ("front end", "32 in flight"): [("libblkio", "1.5", 526)],
    ("back end", "one at a time"): [("libvhost-user's vhost-user-blk", "QEMU 7.2", 4339)],
    ("back end", "32 in flight"): [("libvhost-user's vhost-user-blk", "QEMU 7.2", 1301)],
}
