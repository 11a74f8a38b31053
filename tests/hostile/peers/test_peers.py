# SPDX-License-Identifier: MIT
"""
Hostile front ends for vwr-vhost with real kernel objects. Neighbors continue to work, and nothing
leaks.
"""

import contextlib
import os
import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import cases
import good
import objects
import vhost_guests as guests

OBJECTS = [f"{place} {name}" for place in cases.PLACES for name in objects.MAKE]
PLAYS = [one.__name__ for one in cases.PLAYS]
FRAMES = 3  # that the neighbours exchange after each case
WORDS = {
    "blk": ("--file", "disk"),
    "fs": ("folder",),
    "rng": (),
    "vsock": ("--cid", str(good.Vsock.CID), "--host", "host"),
    "net": ("--socket", "net1", "--socket", "net2"),
}


def holds(pid):
    """The open files and mappings of a process, except those of its allocator."""
    files = Counter()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            files[os.readlink(link).split(":")[0]] += 1
    rows = [row.split(maxsplit=5) for row in Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines()]
    maps = Counter(row[5] for row in rows if len(row) == 6)
    return files, maps


def huge_pages():
    text = Path("/proc/meminfo").read_text("utf-8")
    return [line for line in text.splitlines() if line.startswith(("HugePages_Free", "HugePages_Rsvd"))]


# Few descriptors, little address space, short files: util-linux's prlimit(1) begins the program with them.
LIMITS = ("prlimit", "--as=1073741824", "--fsize=65536", "--core=0")
DESCRIPTORS = {"fs": 144}  # the fewest that a folder takes
FEW_DESCRIPTORS = 24
FULL_DISK = """
set -e
mkdir small
mount -t tmpfs -o size=256k none small
truncate -s 4M small/disk
exec "$@"
"""


class Stage:
    """A vwr-vhost for a class, its files, and the socket for hostile front ends."""

    def __init__(self, work, name, before=(), program=None, words=()):
        (work / "disk").write_bytes(b"".join(map(good.sector, range(good.SECTORS))))
        (work / "folder").mkdir()
        (work / "folder/file").write_bytes(bytes(good.Fs.SIZE))
        self.name, self.work = name, work
        self.log = work / "log"
        self.place = work / name
        places = [self.place, *(work / word for word in WORDS[name] if word.startswith("net"))]
        command = [*before, program or guests.program(), name, "--socket", name, *(words or WORDS[name])]
        self.server = guests.Server(command, *places, log=self.log, cwd=work)
        self.places = places
        self.stack = contextlib.ExitStack()
        self.neighbours = None  # where a process has several guests
        self.rings = good.Net.rings if name == "net" else good.CLASSES[name].rings

    def __enter__(self):
        with contextlib.ExitStack() as begun:  # what has begun ends if the rest does not
            begun.push(self.stack)
            self.stack.enter_context(self.server)
            if self.name == "net":
                self.neighbours = self.stack.enter_context(good.Switch(*self.places[1:]))
            self.check()
            # The end of the only connection so far is reported when all of it is closed.
            good.until(lambda: self.log.stat().st_size > 0, "the end of a connection is not said")
            begun.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def check(self):
        """A good front end is served on the hostile one's socket, and the neighbors continue to work."""
        if self.neighbours is None:
            good.serve(self.name, self.place)
        else:
            with good.Front(self.place) as front:
                assert front.begin(self.rings).heard()
            self.neighbours.more(FRAMES)
        assert self.server.process.poll() is None, self.log.read_text("utf-8")[-2000:]

    def play(self, case, seed):
        peer = cases.Peer(self.place, self.work, random.Random(seed), self.rings)
        why = cases.play(peer, case)
        try:
            self.check()
        except (AssertionError, OSError) as wrong:
            last = self.log.read_text("utf-8").splitlines()[-3:]
            raise AssertionError(f"{case}, seed {seed}: {wrong}; the log: {last}") from wrong
        return why

    def left(self, before, pages=None):
        """
        Nothing leaks. This is checked repeatedly, because the end of a connection may not be handled
        yet.
        """
        pid = self.server.process.pid
        good.until(
            lambda: holds(pid) == before and pages in (None, huge_pages()),
            lambda: f"what is left behind: {holds(pid)}, {huge_pages()}; before: {before}, {pages}",
        )

    def run(self, names):
        """These cases; what this machine cannot have. At the end everything is as before."""
        pid, pages = self.server.process.pid, huge_pages()
        before = holds(pid)
        absent = {why for seed, name in enumerate(names) if (why := self.play(name, seed))}
        self.left(before, pages)
        if self.neighbours is not None:
            self.neighbours.finish()
        assert self.server.stop() == 0
        return sorted(absent)


@pytest.mark.parametrize("name", list(WORDS))
def test_hostile_front_ends(work, name, note):
    with Stage(work, name) as stage:
        for why in stage.run(OBJECTS + PLAYS):
            note(f"left out: {why}")


@pytest.mark.parametrize("name", list(WORDS))
def test_low_limits(work, name):
    """
    If file descriptors or memory run out, the connection ends, but the process and the next connection do
    not.
    """
    if shutil.which("prlimit") is None:
        pytest.skip("no prlimit (Debian: util-linux)")
    few = f"--nofile={DESCRIPTORS.get(name, FEW_DESCRIPTORS)}"
    with Stage(work, name, before=(*LIMITS, few)) as stage:
        stage.run(OBJECTS[:: len(WORDS)] + PLAYS)


def test_full_disk(work):
    """A write beyond the room of the disk's file system is an I/O error, what is there is read, and others go on."""
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("unshare(1) makes no mounts here: that needs root")
    before = ("unshare", "--mount", "sh", "-c", FULL_DISK, "sh")
    words = ("--file", "small/disk")
    with guests.Server(
        [*before, guests.program(), "blk", "--socket", "blk", *words],
        work / "blk",
        log=work / "log",
        cwd=work,
    ) as server:
        for number in range(2):
            with good.Front(work / "blk") as front:
                disk = good.Blk(front.begin(1))
                wrote = [disk.write(at, b"\xaa" * 4096) for at in range(0, 4 << 11, 8)]
                assert set(wrote) == {0, 1} and wrote[number] == 0, wrote
        assert server.process.poll() is None
        assert server.stop() == 0
