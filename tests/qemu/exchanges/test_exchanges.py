# SPDX-License-Identifier: MIT
"""What real drivers and devices sent each other is what the description says: decoded, and encoded to the same bytes."""

import copy
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import decode
from codec import Device, Wrong, load
from mixed import Mixed
from recordings import ARCHIVE, RECORDINGS
from processes import completed
from vwr import txtar

HERE = Path(__file__).resolve().parent
DATA = load(decode.DATA)
DECODED = txtar.read(HERE / "decoded.txtar")
PERL = shutil.which("perl")
# Answers to what Linux tests itself with, to a target that is not there, and to addresses where nothing is.
FAILED = {("crypto.txt", "AKCIPHER_ENCRYPT"): [1], ("scsi.txt", "COMMAND"): [3], ("i2c.txt", "WRITE"): [1]}


def expected_of(name):
    """What it says."""
    return DECODED[name].decode("utf-8")


def decoded(name, data=DATA):
    """(line of the recording, device, exchange, message, values, room) of all of a recording."""
    recording = RECORDINGS[name]
    device = Device(data, *recording[:3])
    for number, line in enumerate(recording.exchanges):
        yield number, line, device, *device.decode(line[0], line[2], line[3], line[1])


@pytest.mark.parametrize("name", RECORDINGS)
def test_encoded_again_it_is_the_same_bytes(name):
    """Numbers that select the message and lengths of arrays are put in by the description."""
    for number, (_, used, out, back), device, exchange, row, values, room in decoded(name):
        device.leave_out(exchange, row, values)
        again = device.encode(exchange, row, values)
        assert again[0] == out, f"{name}, exchange {number}: R of {row['name']} is {again[0].shown()}"
        assert again[1] == back.cut(0, len(back) - room), f"{name}, exchange {number}: W of {row['name']}"
        assert room in (0, len(back) - used)


@pytest.mark.parametrize("name", RECORDINGS)
def test_it_went_well(name):
    """All that was recorded succeeded but two, and the status is where the description has it."""
    for number, _, device, _, row, values, _ in decoded(name):
        if row.get("ok"):
            place = row["status"]
            status = device.number_at(values[place["side"]][place["part"]], place)
            expected = [one["value"] for one in row["ok"]] + FAILED.get((name, row["name"]), [])
            assert status in expected, f"{name}, exchange {number}: {row['name']} {status}"


@pytest.mark.parametrize("name", RECORDINGS)
def test_it_says_what_was_meant(name):
    """Read once by people: messages, and the fields that they have."""
    assert "\n".join(decode.lines(RECORDINGS[name], DATA)) + "\n" == expected_of(name)


@pytest.mark.skipif(not PERL, reason="no perl")
def test_a_reader_in_another_language_says_the_same():
    """It reads the description once."""
    done = subprocess.run([PERL, HERE / "decode.pl", decode.DATA, ARCHIVE], capture_output=True, check=False)
    _, marker, expected = (HERE / "decoded.txtar").read_text("utf-8").partition("-- ")
    assert (done.stdout.decode("utf-8"), done.stderr.decode("utf-8")) == (marker + expected, "")


@pytest.mark.skipif(not PERL, reason="no perl")
def test_perl_refuses_another_format(tmp_path):
    (tmp_path / "virtwright.json").write_text(json.dumps({**DATA, "format": 3}), "utf-8")
    done = completed([PERL, HERE / "decode.pl", tmp_path / "virtwright.json", ARCHIVE])
    assert done.returncode and "has format 3, this reader knows 2" in done.stderr


def test_python_refuses_another_format(tmp_path):
    (tmp_path / "virtwright.json").write_text(json.dumps({**DATA, "format": 3}), "utf-8")
    with pytest.raises(Wrong, match="has format 3, this reader knows 2"):
        load(tmp_path / "virtwright.json")


# --- it can fail ---

GPU = RECORDINGS["gpu.txt"]


@pytest.mark.parametrize(
    "change, why",
    [
        (lambda out: Mixed.of([out, Mixed([b"\0"])]), "1 bytes more than controlq has"),
        (lambda out: out.cut(0, len(out) - 1), "has 40 bytes, 39 are left"),
        (lambda out: Mixed.of([Mixed([b"\xff\xff"]), out.cut(2, len(out) - 2)]), "no message of controlq"),
    ],
)
def test_what_is_no_message_is_refused(change, why):
    device = Device(DATA, *GPU[:3])
    _, used, out, back = GPU.exchanges[2]  # RESOURCE_CREATE_2D
    with pytest.raises(Wrong, match=why):
        device.decode(0, change(out), back, used)


def _gpu(data):
    return next(one for one in data["files"] if one["name"] == "gpu")


def _entries(data):
    rows = [
        row
        for exchange in _gpu(data)["messages"]
        for row in exchange["rows"]
        if row["name"] == "RESOURCE_ATTACH_BACKING"
    ]
    return rows[0]["out"][1]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: _gpu(data)["structs"][0]["fields"][0].update(type="be32"),
        lambda data: _entries(data).update(count=163),
        lambda data: _entries(data).update(struct="rect", size=8),
        lambda data: [group for group in _gpu(data)["groups"] if group["kind"] == "features"][0]["values"][
            1
        ].update(value=3),
        lambda data: [row for row in _gpu(data)["structs"] if row["name"] == "rect"][0]["fields"].pop(),
    ],
)
def test_an_error_in_the_description_is_found(change):
    """A type, a length, a struct, the bit of a feature, a field."""
    data = copy.deepcopy(DATA)
    change(data)
    said, same = "\n".join(decode.lines(GPU, data)) + "\n", True
    try:
        for _, (_, _, out, _), device, exchange, row, values, _ in decoded("gpu.txt", data):
            device.leave_out(exchange, row, values)
            same = same and device.encode(exchange, row, values)[0] == out
    except Wrong:
        same = False
    assert not same or said != expected_of("gpu.txt")


def test_each_device_is_recorded_or_named():
    """README.md says which devices nobody could be recorded with."""
    recorded = {one.device for one in RECORDINGS.values()}
    others = {one["name"] for one in DATA["files"] if "id" in one and one["id"] not in recorded}
    said = re.search("^The devices (.*) are not recorded", (HERE / "README.md").read_text("utf-8"), re.M)
    assert others == set(re.findall("`([^`]*)`", said[1]))
