# SPDX-License-Identifier: MIT
"""A vwr-vhost for hostile front ends, and the well-behaved ones on and beside the same socket."""

import contextlib
import random
import re
import subprocess
import time
from pathlib import Path

import cases
import children
import good
import vhost_guests as guests

SETTLED = 0.05  # seconds between two looks that find the same
# A process that sleeps for its front end is killed by signal 9.
MISTAKE = re.compile(r"Sanitizer|runtime error|signal (?!9 )\d+ has ended")
REPORTED = set()  # objects and attacks that this machine lacks
FRAMES = 3  # that the neighbours exchange after each case
WORDS = {
    "blk": ("--file", "disk"),
    "fs": ("folder",),
    "rng": (),
    "vsock": ("--cid", str(good.Vsock.CID), "--host", "host"),
    "net": ("--socket", "net1", "--socket", "net2"),
    "console": (),
    "scsi": ("--file", "disk"),
    "9p": ("folder",),
    "balloon": ("--target", "1"),
}


def huge_pages():
    text = Path("/proc/meminfo").read_text("utf-8")
    return [line for line in text.splitlines() if line.startswith(("HugePages_Free", "HugePages_Rsvd"))]


def report(note, absent):
    """What this machine lacks, once."""
    new = [why for why in absent if why not in REPORTED]
    REPORTED.update(new)
    if new:
        note("left out: " + "; ".join(new))


class Stage:
    """A vwr-vhost for a class, its files, and the socket for hostile front ends."""

    EXCHANGES = 1000  # of the neighbours, while an attacker's process sleeps

    def __init__(self, work, name, before=(), program=None, words=(), **more):
        work.mkdir(exist_ok=True)
        (work / "disk").write_bytes(b"".join(map(good.sector, range(good.SECTORS))))
        (work / "folder").mkdir()
        (work / "folder/file").write_bytes(bytes(good.Fs.SIZE))
        self.name, self.work = name, work
        self.log = work / "log"
        self.place = work / name
        words = words or WORDS[name]
        places = [self.place, *(work / word for word in words if str(word).startswith("net"))]
        command = [*before, program or guests.program(), name, "--socket", name, *words]
        more.setdefault("stdout", subprocess.DEVNULL)
        self.server = guests.Server(command, *places, log=self.log, cwd=work, **more)
        self.places = places
        self.stack = contextlib.ExitStack()
        self.read = 0  # bytes of the log
        self.neighbours = None  # where a process has several guests
        self.rings = good.Net.rings if name == "net" else good.CLASSES[name].rings

    def __enter__(self):
        with contextlib.ExitStack() as begun:  # what has begun ends if the rest does not
            begun.push(self.stack)
            self.stack.enter_context(self.server)
            if self.name == "net":
                self.neighbours = self.stack.enter_context(good.Switch(*self.places[1:3]))
            self.check()
            # The end of the only connection so far is reported when all of it is closed.
            good.until(lambda: self.log.stat().st_size > 0, "the end of a connection is not said")
            begun.pop_all()
        return self

    def __exit__(self, *_):
        left = children.children(self.pid)
        self.stack.close()
        for child in left:  # a parent that was killed leaves them; they end with it, unless they sleep
            good.until(
                lambda child=child: not children.is_there(child), f"process {child} outlives its parent"
            )

    @property
    def pid(self):
        return self.server.process.pid

    def check(self):
        """A good front end is served on the hostile one's socket, and the neighbors continue to work."""
        if self.neighbours is None:
            good.serve(self.name, self.place)
        else:
            with good.Front(self.place) as front:
                assert front.begin(self.rings).heard()
            self.neighbours.more(FRAMES)
        assert self.server.process.poll() is None, self.log.read_text("utf-8")[-2000:]
        self.sound()

    def sound(self):
        """No process has ended by a mistake of its own. The first process says so, or a sanitizer."""
        with open(self.log, encoding="utf-8", errors="replace") as log:
            log.seek(self.read)
            text = log.read()
            self.read = log.tell()
        assert not MISTAKE.search(text), text[-4000:]

    def play(self, case, seed):
        peer = cases.Peer(self.place, self.work, random.Random(seed), self.rings)
        with self.told(f"{case}, seed {seed}"):
            why = cases.play(peer, case)
            self.check()
        return why

    @contextlib.contextmanager
    def told(self, case):
        """Adds the case and the end of the log to an error."""
        try:
            yield
        except (AssertionError, OSError) as wrong:
            last = self.log.read_text("utf-8").splitlines()[-3:]
            raise AssertionError(f"{self.name}: {case}: {wrong!r}; the log: {last}") from wrong

    def left(self, before, pages=None):
        """
        Nothing leaks. This is checked repeatedly, because the end of a connection may not be handled
        yet.
        """
        good.until(
            lambda: children.everything(self.pid) == before and pages in (None, huge_pages()),
            lambda: f"{children.differences(before, children.everything(self.pid))}, {huge_pages()}; before: {pages}",
        )

    def rests(self):
        """What is held when each socket has a child that waits for a front end, or serves a neighbour."""
        last = None

        def same():
            nonlocal last
            time.sleep(SETTLED)
            before, last = last, children.everything(self.pid)
            return before == last and last["children"] == len(self.places)

        good.until(same, "the children do not come to rest")
        return last

    def run(self, names):
        """These cases; what this machine cannot have. At the end everything is as before."""
        pages, before = huge_pages(), self.rests()
        absent = {why for seed, name in enumerate(names) if (why := self.play(name, seed))}
        self.left(before, pages)
        self.stop()
        return sorted(absent)

    def stop(self):
        """Ends the program as a user does."""
        if self.neighbours is not None:
            self.neighbours.finish()
        assert self.server.stop() == 0
        self.sound()
