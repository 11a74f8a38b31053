# SPDX-License-Identifier: MIT
"""Hostile front ends of vwr-vhost with real objects of the kernel. Their neighbours go on, and nothing stays behind."""

import contextlib
import os
import random
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
    """What a process has open and mapped, without what its allocator keeps."""
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


class Stage:
    """A vwr-vhost of a class, its files, and where hostile front ends connect."""

    def __init__(self, work, name, before=(), program=None):
        (work / "disk").write_bytes(b"".join(map(good.sector, range(good.SECTORS))))
        (work / "folder").mkdir()
        (work / "folder/file").write_bytes(bytes(good.Fs.SIZE))
        self.name, self.work = name, work
        self.log = work / "log"
        self.place = work / name
        places = [self.place, *(work / word for word in WORDS[name] if word.startswith("net"))]
        command = [*before, program or guests.program(), name, "--socket", name, *WORDS[name]]
        self.server = guests.Server(command, *places, log=self.log, cwd=work)
        self.places = places
        self.stack = contextlib.ExitStack()
        self.neighbours = None  # where a process has several guests
        self.rings = good.Net.rings if name == "net" else good.CLASSES[name].rings

    def __enter__(self):
        self.stack.enter_context(self.server)
        if self.name == "net":
            self.neighbours = self.stack.enter_context(good.Switch(*self.places[1:]))
        self.check()
        # The end of the only connection so far is said when all of it is closed.
        good.until(lambda: self.log.stat().st_size > 0, "the end of a connection is not said")
        return self

    def __exit__(self, *_):
        self.stack.close()

    def check(self):
        """A good front end is served where the hostile one was, and the neighbours go on."""
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

    def run(self, names):
        """These cases; what this machine cannot have. At the end everything is as before."""
        pid, pages = self.server.process.pid, huge_pages()
        before = holds(pid)
        absent = {why for seed, name in enumerate(names) if (why := self.play(name, seed))}
        good.until(
            lambda: (holds(pid), huge_pages()) == (before, pages),
            lambda: f"what is left behind: {holds(pid)}, {huge_pages()}; before: {before}, {pages}",
        )
        assert self.server.stop() == 0
        return sorted(absent)


@pytest.mark.parametrize("name", list(WORDS))
def test_hostile_front_ends(work, name, note):
    with Stage(work, name) as stage:
        for why in stage.run(OBJECTS + PLAYS):
            note(f"left out: {why}")
