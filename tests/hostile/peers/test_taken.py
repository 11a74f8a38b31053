# SPDX-License-Identifier: MIT
"""
A front end takes its memory away while a request is pending in it. The request of the next front end is answered.
"""

import contextlib
import subprocess

import pytest

import good
import held
import taken
import vhost_guests as guests
from front import USUAL
from fuse_files import Absent
from stage import WORDS, Stage

ROWS = [name for name in WORDS if name != "blk"]
NEXT = 2  # front ends that have to be served afterwards


def requests(stage):
    """The requests of a class, each on a connection of its own: (connection, what, ring, parts)."""
    number = 0
    while True:
        with taken.Taking(stage.place) as front:
            front.begin(stage.rings, taken.FEATURES.get(stage.name, USUAL))
            front.add()
            guest = good.CLASSES[stage.name](front) if stage.name in good.CLASSES else None
            if guest is not None:
                guest.prepare()
            rows = list(zip(range(number + 1), taken.REQUESTS[stage.name](front, guest)))
            if len(rows) <= number:
                return
            yield front, *rows[number][1]
        number += 1


def finished(front, ring):
    """The request is answered, or the connection has ended."""
    good.until(lambda: ring.done() or not front.heard(), "the request is neither answered nor refused")


def before_the_kick(stage):
    for front, what, ring, parts in requests(stage):
        with stage.told(f"{what} before the kick"):
            front.rings[ring].put(*parts, kick=False)
            front.take()
            front.rings[ring].notify()
            finished(front, front.rings[ring])
            front.socket.close()
            for _ in range(NEXT):
                stage.check()


def while_it_is_held(stage, storage):
    """The storage answers when the memory is gone."""
    for front, what, ring, parts in requests(stage):
        if what == "the request":
            continue  # it has been read
        with stage.told(f"{what} while the request is held"):
            storage.hold()
            front.rings[ring].put(*parts)
            good.until(lambda: storage.held, "the request does not reach the storage")
            front.take()
            storage.release()
            finished(front, front.rings[ring])
            front.socket.close()
            for _ in range(NEXT):
                stage.check()


def before_the_input(stage):
    """A buffer for input waits when its memory goes."""
    with stage.told("a buffer for input"), taken.Taking(stage.place) as front:
        front.begin(stage.rings)
        front.add()
        front.rings[0].put((taken.FAR, 4096, True))
        assert front.heard()
        front.take()
        taken.INPUTS[stage.name](stage, front)
        finished(front, front.rings[0])
        front.socket.close()
        for _ in range(NEXT):
            stage.check()


@pytest.mark.parametrize("name", ROWS)
def test_memory_is_taken(work, name):
    words = (*WORDS["net"], "--socket", "net3") if name == "net" else ()
    with Stage(work, name, words=words, stdin=subprocess.PIPE) as stage:
        before = stage.rests()
        before_the_kick(stage)
        if name in taken.INPUTS:
            before_the_input(stage)
        stage.left(before)
        stage.stop()


def disk(work, engine, stack):
    """The disk, and what holds its requests."""
    sectors = b"".join(map(good.sector, range(good.SECTORS)))
    if engine == "nbd":
        (work / "image").write_bytes(sectors)
        nbd = stack.enter_context(held.Nbd(work / "nbd", work / "image"))
        return nbd, Stage(work, "blk", words=("--nbd", "nbd+unix:///?socket=nbd"))
    file = stack.enter_context(held.File(sectors, ()))
    before = held.without_uring() if engine == "posix" else ()
    return file, Stage(work, "blk", before=before, words=("--file", file.path))


@pytest.mark.parametrize("engine", ["uring", "posix", "nbd"])
def test_memory_of_a_disk_is_taken(work, engine):
    if engine == "uring" and (why := guests.no_io_uring()):
        pytest.skip(why)
    with contextlib.ExitStack() as stack:
        try:
            storage, stage = disk(work, engine, stack)
        except Absent as why:
            pytest.skip(str(why))
        stack.enter_context(stage)
        assert (engine == "posix") == ("no io_uring here" in stage.log.read_text("utf-8"))
        before = stage.rests()
        before_the_kick(stage)
        while_it_is_held(stage, storage)
        stage.left(before)
        stage.stop()
