# SPDX-License-Identifier: MIT
"""Cases of vwr-vhost whose instructions and system calls bench/vhost/costs.py counts, and their limits."""

from typing import NamedTuple

import limits

GROUP = "vhost costs"
KIB = 1024
MIB = 64  # of a disk that stores nothing
NAMES = 1000  # of the folder that is listed
IO_BYTES = 128 * KIB  # maximum size of a request of our drivers, as Linux's
WHAT = ("instructions", "system calls")


class Case(NamedTuple):
    """
    A load: the arguments of vwr-vhost, the program that makes the load, and the program's arguments before and after
    the sockets. It runs with two numbers of batches, and the difference counts. A batch has `depth` units.
    """

    name: str
    unit: str
    words: tuple
    program: str
    before: tuple
    behind: tuple
    batches: tuple
    depth: int = 1
    last: tuple = ()
    sockets: tuple = ("costs.sock",)
    folder: bool = False  # a peer serves the same folder: virtiofsd

    def loader(self, folder, batches):
        """Its command."""
        sockets = [folder / name for name in self.sockets]
        return [folder / self.program, *self.before, *sockets, *self.behind, batches, *self.last]

    def row(self, what):
        """The name of its row."""
        return f"{self.name}: {what}"


DEPTHS = ((1, "one at a time", (500, 3500)), (32, "32 in flight", (100, 600)))
DISKS = (("--null", ("--null", str(MIB))), ("--file", ("--file", "disk.img")))
FRAMES = (64, 1500)
READS = (4 * KIB, 64 * KIB, 128 * KIB)
SOME = (20, 120)  # batches of a load whose requests are long
TREE = "tree"  # the folder, with the file CONTENTS and the folder FOLDER
CONTENTS, FOLDER = "contents", "names"  # as in loads.c


def _size(bytes_):
    return f"{bytes_ // KIB} KiB"


def _reads(name, words, load, folder=False):
    return [
        Case(
            f"{name}, read of {_size(bytes_)}",
            "request",
            words,
            "bench_loads",
            (load,),
            (bytes_,),
            SOME,
            folder=folder,
        )
        for bytes_ in READS
    ]


def _list(name, words, load, folder=False):
    return Case(
        f"{name}, {NAMES} names",
        "listing",
        words,
        "bench_loads",
        (load,),
        (IO_BYTES,),
        (5, 25),
        folder=folder,
    )


def _stream(load, label):
    return Case(
        f"vsock, 64 KiB {label}", "64 KiB", ("vsock", "--cid", "3", "--host", "costs.host"), "bench_loads", (load,),
        (64 * KIB,), SOME, last=("costs.host",),
    )  # fmt: skip


CASES = (
    *(
        Case(
            f"blk {name}, {label}",
            "request",
            ("blk", *words),
            "bench_ends",
            ("load",),
            (depth,),
            batches,
            depth,
        )
        for name, words in DISKS
        for depth, label, batches in DEPTHS
    ),
    *_reads("blk --file", ("blk", "--file", f"{TREE}/{CONTENTS}"), "blk"),
    *(
        Case(
            f"net, {frame} B, {label}",
            "frame",
            ("net",),
            "bench_frames",
            (),
            (frame, depth),
            batches,
            depth,
            sockets=("costs1.sock", "costs2.sock"),
        )  # fmt: skip
        for frame in FRAMES
        for depth, label, batches in DEPTHS
    ),
    _stream("up", "from the guest"),
    _stream("down", "to the guest"),
    *_reads("fs", ("fs", TREE), "fs-read", folder=True),
    _list("fs", ("fs", TREE), "fs-list", folder=True),
    *_reads("9p", ("9p", TREE), "9p-read"),
    _list("9p", ("9p", TREE), "9p-list"),
)
LIMITS = limits.of(GROUP, [case.row(what) for case in CASES for what in WHAT])


class Work(NamedTuple):
    """An operation of a Linux guest in the folder (vhost/folders.sh), and its number of rounds. Caches are empty in each."""

    name: str
    word: str
    rounds: int


class Served(NamedTuple):
    """A name, and the options of vwr-vhost that serves the folder."""

    name: str
    words: tuple


WORKS = (
    Work("1000 names", "names", 20),
    Work("1000 names and attributes", "attributes", 3),
    Work("a file of 1 MiB in reads of 4 KiB", "read_file", 10),
    Work("100 files created and removed", "create", 3),
)
SERVED = (Served("fs", ()), Served("fs --valid 3600", ("--valid", "3600")))
GUEST = "vhost guest"
GUEST_ROW = "{}, {}: {}"  # served, work, what
GUEST_LIMITS = limits.of(
    GUEST,
    [GUEST_ROW.format(how.name, work.name, what) for how in SERVED for work in WORKS for what in WHAT],
)
