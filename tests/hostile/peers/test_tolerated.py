# SPDX-License-Identifier: MIT
"""Drivers that violate the specification: which vwr-vhost serves, which need --tolerate qemu, and what it prints."""

import contextlib
import struct

import pytest

import good
import vhost_guests as guests
from front import CONSTANT, USUAL, WRITE, Front
from good import DATA
from stage import WORDS

QEMU = ("--tolerate", "qemu")
OLD = 1 << CONSTANT["F_PROTOCOL_FEATURES"]  # without VERSION_1
MRG_RXBUF = 1 << 15
NAMED = "with VWR_TOLERATE_QEMU, the device serves this driver"
INDIRECT = 4  # flag of a descriptor


class Served:
    """A vwr-vhost, and after the block its log."""

    def __init__(self, work, name, *words):
        work.mkdir(exist_ok=True)
        (work / "disk").write_bytes(b"".join(map(good.sector, range(good.SECTORS))))
        (work / "folder").mkdir(exist_ok=True)
        (work / "folder/file").write_bytes(bytes(good.Fs.SIZE))
        self.places = [work / place for place in ([name, "net1"] if name == "net" else [name])]
        sockets = [word for place in self.places for word in ("--socket", place.name)]
        own = () if name == "net" else WORDS[name]
        self.path = work / "log"
        command = [guests.program(), name, *sockets, *own, *words]
        self.server = guests.Server(command, *self.places, log=self.path, cwd=work)

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *why):
        if why[0] is None:
            assert self.server.stop() == 0
        self.server.__exit__(*why)

    @property
    def log(self):
        return self.path.read_text("utf-8")

    def said(self, words):
        good.until(lambda: words in self.log, lambda: f"{words!r} is not in {self.log!r}")


@pytest.mark.parametrize("name", list(good.CLASSES))
def test_no_version_1(work, name):
    """Each class but the network card works, and the program says what it has tolerated."""
    with Served(work, name) as served:
        with Front(served.places[0]) as front:
            guest = good.CLASSES[name](front.begin(good.CLASSES[name].rings, OLD))
            guest.prepare()
            for _ in range(3):
                guest.one()
        served.said(f"{name}: tolerated NO_VERSION_1 (start-ups: 1): the driver did not accept VERSION_1")
        assert served.log.count("tolerated") == 1, served.log


def test_nothing_to_tolerate(work):
    with Served(work, "rng", *QEMU) as served:
        good.serve("rng", served.places[0])
        served.said("rng: The front end has")
    assert "tolerated" not in served.log


def test_queues_with_threads(work):
    """Each queue has a device."""
    with Served(work, "blk", "--queues", "2", "--thread-per-queue") as served:
        with Front(served.places[0]) as front:
            good.Blk(front.begin(2, OLD)).one()
        served.said("blk: tolerated NO_VERSION_1 (start-ups: 2)")


def exchange(served, features, header):
    """Frames between two cards, whose headers have this length."""
    with contextlib.ExitStack() as stack:
        fronts = [stack.enter_context(Front(place)) for place in served.places]
        addresses = [good.address(front.begin(good.Net.rings, features)) for front in fronts]
        net = good.Net(*fronts, addresses[::-1])
        net.HEADER = header
        net.prepare()
        for _ in range(3):
            net.one()


def test_header_of_a_network_card(work):
    """With MRG_RXBUF it has 12 bytes, with or without VERSION_1. Without both, nothing says how long it is."""
    with Served(work / "off", "net") as served:
        exchange(served, OLD | MRG_RXBUF, 12)
        served.said("net: tolerated NO_VERSION_1 (start-ups: 1)")
        with Front(served.places[0]) as front:
            try:
                assert not front.begin(good.Net.rings, OLD).heard()
            except BrokenPipeError:  # the back end has hung up before the last message
                pass
        served.said(
            "net: The device refuses the features (the driver did not accept VERSION_1 (bit 32; rfeat"
        )
        served.said(f"{NAMED}).\n")
    with Served(work / "on", "net", *QEMU) as served:
        exchange(served, OLD, 10)
        served.said("net: tolerated NET_HEADER (start-ups: 1): ")
        exchange(served, USUAL, 12)


def put_table(ring):
    """A request in an indirect table, which the driver has not negotiated."""
    memory = ring.front.memory
    memory[DATA : DATA + 32] = bytes(32)
    memory[DATA + 0x100 : DATA + 0x110] = struct.pack("=QIHH", DATA, 32, WRITE, 0)
    ring.put((DATA + 0x100, 16, False), more=INDIRECT)


@pytest.mark.parametrize("words", [(), QEMU], ids=["off", "on"])
def test_tables(work, words):
    with Served(work, "rng", *words) as served:
        with Front(served.places[0]) as front:
            ring = front.begin(1).rings[0]
            put_table(ring)
            if words:
                assert ring.wait() == 32 and front.memory[DATA : DATA + 32] != bytes(32)
            else:
                served.said("rng: queue 0: the driver used an indirect table without accepting INDIRECT_DESC")
                served.said(NAMED)
                assert not ring.done()
        if words:
            served.said("rng: tolerated TABLE (start-ups: 1): the driver used an indirect table without")
