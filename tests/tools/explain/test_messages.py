# SPDX-License-Identifier: MIT
"""Messages of which a trace has the first bytes: named by the description, for every device; and of a lamp that nobody has."""

import sys

import pytest

import traces
from qemu_machine import BOOK
from test_devices import start
from processes import completed
from folders import BUILD, ROOT
from vwr import description

FILES = {
    one["name"]: one for one in description.data()["files"] if one["kind"] == "device" and one.get("messages")
}
ROWS = [
    (name, exchange, row)
    for name, one in FILES.items()
    for exchange in one["messages"]
    for row in exchange["rows"]
    if row.get("values") and all(place.get("offset", 64) < 64 for place in exchange["select"])
]  # what a trace has of it


def lines(verb, queue, said):
    """As the runtime prints bytes."""
    said = said[:64]
    return [
        f"{verb} {queue} {len(said) - at} 0x{int.from_bytes(said[at:at + 8], 'little'):08x}"
        for at in range(0, max(len(said), 1), 8)
    ]


def said_of(name, *after, features=()):
    """The lines of the messages, without the start-up."""
    out = traces.explain(traces.own(start(name, features, after=after)))[1].splitlines()
    return [
        line.strip()
        for line in out
        if line.startswith("    ") and line.split()[0] in ("send", "reply", "event")
    ]


def bytes_of(exchange, row, length=64):
    """What selects the message, and zeroes."""
    said = bytearray(length)
    for place, value in zip(exchange["select"], row["values"]):
        width = description.data()["numbers"][place["type"]]
        old = int.from_bytes(said[place["offset"] : place["offset"] + width], "little")
        order = "big" if place["type"].startswith("be") else "little"
        said[place["offset"] : place["offset"] + width] = (old | value << place["shift"]).to_bytes(
            width, order
        )
    return bytes(said)


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_message_of_each_device_by_name(name):
    """All but those of queues whose place depends on how many others there are."""
    for _, exchange, row in (one for one in ROWS if one[0] == name):
        queue = next(row for row in BOOK.by_name[name].queues if row.name == exchange["queue"])
        if queue.index is None:
            continue
        verb = "out" if exchange["sender"] == "driver" else "in"
        shown = said_of(name, *lines(verb, queue.index, bytes_of(exchange, row)), features=queue.gate[:1])
        known = {"out": "send", "in": "event"}[verb]
        alike = [one["name"] for one in exchange["rows"] if one.get("values") == row["values"]]
        assert len(shown) == 1 and shown[0].split()[0] == known and shown[0].split()[2] in alike, (
            shown,
            row["name"],
        )


def test_an_answer_is_of_the_message_whose_buffer_came_back():
    create = (
        bytes.fromhex("01010000")
        + bytes(20)
        + b"".join(number.to_bytes(4, "little") for number in (7, 1, 640, 480))
    )
    flush = bytes.fromhex("04010000") + bytes(44)
    shown = said_of(
        "gpu",
        *lines("out", 0, create),
        "add 0 3 2",
        *lines("out", 0, flush),
        "add 0 5 2",
        "take 0 5 24",
        *lines("in", 0, bytes.fromhex("03120000") + bytes(20)),
        "take 0 3 24",
        *lines("in", 0, bytes.fromhex("00110000") + bytes(20)),
    )
    assert (
        shown[0].split()[:3] == ["send", "controlq", "RESOURCE_CREATE_2D"]
        and "resource_id = 7" in shown[0]
        and "more" in shown[0]
    )
    assert shown[2:] == [
        "reply controlq           RESOURCE_FLUSH      ERR_INVALID_RESOURCE_ID",
        "reply controlq           RESOURCE_CREATE_2D  OK_NODATA",
    ]


def test_a_status_behind_data():
    request = bytes(8) + bytes.fromhex("0500000000000000")
    shown = said_of("blk", *lines("out", 0, request), "add 0 0 3", "take 0 0 513", *lines("in", 0, b"\1"))
    assert [line.split() for line in shown] == [
        ["send", "requestq", "IN", "sector", "=", "5"],
        ["reply", "requestq", "IN", "IOERR"],
    ]


@pytest.mark.parametrize(
    "after, wanted",
    [
        (
            ["out 0 24 0xffffffff", "out 0 16 0x0", "out 0 8 0x0"],
            "send  controlq           no message of the specification: ff ff ff ff 00",
        ),
        (
            ["out 0 8 0x101"],
            "send  controlq           RESOURCE_CREATE_2D",
        ),  # what was recorded ends before its numbers
        (["in 0 8 0x1100"], "event controlq           00 11 00 00"),  # its message was before the trace
        (["out 0 -5 0x1100"], "send  controlq           no message"),
        (["out 0 16 0x1"], None),
        (["out 77777 8 0x101"], "send  queue 77777        no message"),
        (["take 0 9 4", "in 0 0 0x0"], "event controlq"),
    ],
)
def test_what_is_not_whole_is_shown_as_far_as_it_goes(after, wanted):
    shown = said_of("gpu", *after)
    assert not shown if wanted is None else len(shown) == 1 and shown[0].startswith(wanted), shown


def test_a_lamp_that_nobody_has():
    """The trace of tests/pair/lamp, by the description with the lamp in it."""
    tree = BUILD / "tests/pair/lamp"
    if not (tree / "lamp.trace").is_file():
        pytest.skip("tests/pair/lamp_trace has not run")
    done = completed(
        [
            sys.executable,
            "-B",
            ROOT / "codegen",
            "explain",
            "--package",
            tree / "python",
            tree / "lamp.trace",
        ]
    )
    shown = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stdout + done.stderr
    for line in (
        "send controlq SET_LEVEL lamp = 1, level = 100",
        "reply controlq SET_LEVEL OK",
        "send controlq SET_SCENE lamps = 2",
        "send controlq READ_ROM address = 0",
        "reply controlq READ_ROM OK",
        "event eventq LAMP_BROKEN lamp = 2",
    ):
        assert line in shown, done.stdout
