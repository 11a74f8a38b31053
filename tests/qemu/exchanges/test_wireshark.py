# SPDX-License-Identifier: MIT
"""tshark with the dissector of ./vwr wireshark reads the recordings as decode.py does, and no packet breaks it."""

import random
import re
import xml.etree.ElementTree

import pytest

from codec import HEAD, REST, load
from decode import DATA
from mixed import Mixed
from pcap import buffers
from recordings import RECORDINGS
from test_exchanges import DECODED
from vwr.wireshark import capture
from vwr.wireshark.rows import kinds
from tshark import PROGRAM, tshark

BROKEN = 20  # packets that are made of one buffer
EACH = 8  # buffers of a recording that are broken
pytestmark = pytest.mark.skipif(not PROGRAM, reason="no tshark")


@pytest.fixture(scope="module", name="shown")
def fixture_shown():
    """What tshark says of packets."""
    with tshark() as reader:

        def shown(packets, *options):
            capture.write_packets(reader.packets, packets)
            return reader.shows(*options)

        yield shown


def whole(buffer):
    """The packet of a buffer, and its length."""
    data = capture.packet(buffer)
    return data, len(data)


class Reader:
    """Lines as those of decode.py, of the tree of a packet."""

    def __init__(self):
        self.kinds = kinds(load(DATA)) | {"virtio.rest": "BYTES"}

    def line(self, packet):
        proto = next(one for one in packet if one.get("name") == "virtio")
        fields = {one.get("name"): one for one in proto}
        if "virtio.message" not in fields:
            return f"queue {fields['virtio.queue'].get('show')}: no message"
        names = [fields[name].get("show") for name in ("virtio.queue.name", "virtio.message")]
        return " ".join([*names, *self.parts(fields["virtio.out"]), "->", *self.parts(fields["virtio.back"])])

    def below(self, node):
        """The values in an item, without remarks."""
        return [one for one in node if one.get("name") in self.kinds]

    def parts(self, node):
        """NAME=VALUE of each."""
        found = []
        for one in self.below(node):
            name = one.get("name").removesuffix(".raw").removesuffix(".item").rpartition(".")[2]
            found.append(f"{REST if one.get('name') == 'virtio.rest' else name}={self.value(one)}")
        return found

    def value(self, node):
        kind = self.kinds[node.get("name")]
        if kind == "NONE":
            return "{" + " ".join(self.parts(node)) + "}"
        if kind == "list":
            count, inside = int(node.get("show")), self.below(node)
            assert len(inside) == min(count, 256)
            return f"{count}*{self.value(inside[0])}" if count else "0*"
        if kind == "BYTES":
            return self.bytes(node).shown(HEAD)
        return str(int(node.get("show"), 0))

    def bytes(self, node):
        readers = {"virtio.recorded": lambda one: bytes.fromhex(one.get("value"))}
        readers["virtio.missing"] = lambda one: int(one.get("show"))
        found = [readers[one.get("name")](one) for one in node if one.get("name") in readers]
        return Mixed(found or [bytes.fromhex(node.get("value") or "")])


def lines_of(text):
    """A line of each packet."""
    reader = Reader()
    return [reader.line(packet) for packet in xml.etree.ElementTree.fromstring(text).iter("packet")]


def test_it_reads_the_recordings_as_python_does(shown):
    """Of all of them at once: a packet has all that is needed to read it."""
    packets = [whole(one) for recording in RECORDINGS.values() for one in buffers(recording)]
    expected = [line for raw in DECODED.values() for line in raw.decode("utf-8").splitlines()]
    said = lines_of(shown(packets, "-T", "pdml"))
    assert len(said) == len(expected)
    for found, line in zip(said, expected):
        assert found.split() == line.split()


def read_of(type_bytes, **more):
    """A read of a legacy disk, or what the type says."""
    segments = [capture.Segment(16, type_bytes + bytes(12), False), capture.Segment(513, bytes(513), True)]
    return capture.Buffer(2, 0, b"", 0, 513, segments)._replace(**more)


def write_of(type_bytes, **more):
    """A write of a disk of a big-endian guest."""
    segments = [capture.Segment(528, type_bytes + bytes(524), False), capture.Segment(1, b"\0", True)]
    return capture.Buffer(2, 0, b"", 0, 1, segments, True)._replace(**more)


def test_names_units_order_and_what_is_unknown(shown):
    """Names of numbers and bits; a big-endian guest; a failure; what the description does not have."""
    failing = [
        capture.Segment(16, bytes(16), False),
        capture.Segment(513, bytes(512) + b"\2", True),
    ]
    # The device's part of a struct does not begin with the struct.
    attach = [capture.Segment(20, b"\1" + bytes(19), False), capture.Segment(4, b"\5\0\0\0", True)]
    packets = [
        read_of(b"\0\0\0\0"),
        read_of(b"\x80\0\0\0", big_endian=True),
        write_of(b"\0\0\0\1"),
        write_of(b"\1\0\0\0", features=1 << 32),
        read_of(b"\0\0\0\0", segments=failing),
        read_of(b"\0\0\0\0", device=99),
        read_of(b"\0\0\0\0", queue=7),
        read_of(b"\x4d\0\0\0"),
        read_of(b"\0\0\0\0", config=(1024).to_bytes(8, "little")),
        read_of(b"", device=23, segments=attach),
    ]
    said = re.split("^Frame [0-9]", shown(map(whole, packets), "-V"), flags=re.MULTILINE)[1:]
    wanted = [
        ("requestq IN", "type: 0 (IN)", "status: 0 (OK)"),
        ("requestq IN", "type: 2147483648 (IN, BARRIER)"),
        ("requestq OUT", "type: 1 (OUT)"),
        ("requestq OUT", "feature: VERSION_1", "type: 1 (OUT)"),
        ("The device reports status 2", "status: 2 (UNSUPP)"),
        ("the description has no such device type",),
        ("the description has no such queue",),
        ("the description has no such message",),
        ("capacity: 1024 512-byte sectors",),
        ("requestq ATTACH", "The device reports status 5", "status: 5"),
    ]
    for text, parts in zip(said, wanted, strict=True):
        for part in parts:
            assert part in text, (part, text)


def broken(packet, draw):
    """The packet with bits turned over, or cut."""
    made = bytearray(packet)
    if draw.random() < 0.4:
        return bytes(made[: draw.randrange(len(made))]), len(made)
    for _ in range(draw.randint(1, 4)):
        made[draw.randrange(len(made))] ^= 1 << draw.randrange(8)
    return bytes(made), len(made)


def test_no_packet_breaks_it(shown):
    """tshark says so of an error in Lua, and then the fixture fails. A packet that was cut is named."""
    draw = random.Random(43)
    packets = [
        broken(capture.packet(one), draw)
        for recording in RECORDINGS.values()
        for one in list(buffers(recording))[:EACH]
        for _ in range(BROKEN)
    ]
    text = shown(packets, "-T", "fields", "-e", "frame.number", "-e", "_ws.expert.message")
    said = [line.partition("\t")[2] for line in text.splitlines()]
    assert len(said) == len(packets)
    for (data, length), line in zip(packets, said):
        assert len(data) == length or not data or line, f"{len(data)} of {length} bytes, and no remark"
