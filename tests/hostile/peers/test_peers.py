# SPDX-License-Identifier: MIT
"""
Hostile front ends for vwr-vhost with real kernel objects. Neighbors continue to work, and nothing
leaks.
"""

import shutil
import subprocess

import pytest

import cases
import good
import objects
import vhost_guests as guests
from stage import WORDS, Stage, report

OBJECTS = [f"{place} {name}" for place in cases.PLACES for name in objects.MAKE]
PLAYS = [one.__name__ for one in cases.PLAYS]

# Few descriptors, little address space, short files: util-linux's prlimit(1) begins the program with them.
LIMITS = ("prlimit", "--as=1073741824", "--fsize=65536", "--core=0")
DESCRIPTORS = {"fs": 144}  # the fewest that a folder takes
FEW_DESCRIPTORS = 24
LIMITED = ("blk", "fs", "rng", "vsock", "net")  # each opens something else, or has other rings
FULL_DISK = """
set -e
mkdir small
mount -t tmpfs -o size=256k none small
truncate -s 4M small/disk
exec "$@"
"""


def some(names, name):
    """A share of the cases, another one for each class: what takes the objects is the same code in all."""
    number = list(WORDS).index(name)
    return names[number :: len(WORDS)]


@pytest.mark.parametrize("name", list(WORDS))
def test_hostile_front_ends(work, name, note):
    with Stage(work, name) as stage:
        report(note, stage.run(some(OBJECTS, name) + (PLAYS if name in LIMITED else some(PLAYS, name))))


@pytest.mark.soak("in each run each class has a share of the objects, and all classes together have all")
@pytest.mark.parametrize("name", list(WORDS))
def test_all_objects(work, name, note):
    with Stage(work, name) as stage:
        report(note, stage.run(OBJECTS + PLAYS))


@pytest.mark.parametrize("name", LIMITED)
def test_low_limits(work, name):
    """
    If file descriptors or memory run out, the connection ends, but the process and the next connection do
    not.
    """
    if shutil.which("prlimit") is None:
        pytest.skip("no prlimit (Debian: util-linux)")
    few = f"--nofile={DESCRIPTORS.get(name, FEW_DESCRIPTORS)}"
    with Stage(work, name, before=(*LIMITS, few)) as stage:
        stage.run(some(OBJECTS, name) + PLAYS)


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
