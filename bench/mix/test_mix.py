# SPDX-License-Identifier: MIT
"""Records: what their reader refuses, what it says of them, and that the programs that replay them do so."""

import os
import subprocess

import pytest

import count
import mix
import recorded
import test_bench

DISK = """mix 1 disk 64
p first
r IN 8 4096*2,512  # a comment
k
r FLUSH 0 -
r GET_ID 0 20
q
u 1 0
i
u 2
"""
CARD = """mix 1 card 12
b 1536*2
K
t 54
t 66,1448
k
u 0 1
i
U 72
I
"""


def record(tmp_path, text):
    path = tmp_path / "some.txt"
    path.write_text(text, encoding="ascii")
    return path


def test_a_disk_is_read(tmp_path):
    found = mix.read(record(tmp_path, DISK))
    assert found.buffers == [
        mix.Buffer((4096, 4096, 512), "IN", 8),
        mix.Buffer((), "FLUSH"),
        mix.Buffer((20,), "GET_ID"),
    ]
    assert (found.size, found.parts) == (64, [("first", 0)])
    assert found.events[:2] == [("submit", 0), ("k", 0)]
    assert found.events[5:] == [("used", 1), ("used", 0), ("u", 2), ("i", 0), ("used", 2), ("u", 1)]
    said = list(mix.summary(found))
    assert said[0] == "3 requests, 1 notifications, 1 interrupts"
    assert "in flight: 1: 1, 2: 1, 3-4: 1" in said and "made available at a time: 1: 1, 2: 1" in said


def test_a_card_is_read(tmp_path):
    found = mix.read(record(tmp_path, CARD))
    assert [one.segments for one in found.buffers] == [(54,), (66, 1448)]
    assert [value for what, value in found.events if what in ("buffer", "received")] == [1536, 1536, 72]
    assert "{66u," not in mix.table(found) and "54u, 66u, 1448u," in mix.table(found)


@pytest.mark.parametrize(
    "text, line, why",
    [
        ("mix 2 disk 64\n", 1, "begins with"),
        ("# nothing else\nr IN 0 512\n", 2, "begins with"),
        (DISK.replace("IN 8", "INN 8"), 3, "no request"),
        (DISK.replace("IN 8", "IN 60"), 3, "not sectors of the disk"),
        (DISK.replace("*2,512", "*2,500"), 3, "not sectors of the disk"),
        (DISK.replace("*2,512", "*0,512,0"), 3, "a segment without bytes"),
        (DISK.replace("*2,512", "*2,,512"), 3, "no number"),
        (DISK.replace("4096*2", "4096*2000"), 3, "no number"),
        (DISK.replace("FLUSH 0 -", "FLUSH 0 512"), 5, "has no data"),
        (DISK.replace("FLUSH 0", "FLUSH 8"), 5, "has no sector"),
        (DISK.replace("k\n", "kq\n", 1), 4, "no line of a disk"),
        (DISK.replace("k\n", "K\n", 1), 4, "no line of a disk"),
        (DISK.replace("u 1 0", "u 1 1"), 8, "1 is not in flight"),
        (DISK.replace("q\n", ""), 7, "1 is not in flight"),
        (DISK.replace("u 2", "u 3"), 10, "3 is not in flight"),
        (CARD.replace("U 72", "U 72 1537"), 9, "1537 bytes do not fit"),
        (CARD.replace("U 72", "U 72 72 72"), 9, "72 bytes do not fit"),
        (CARD.replace("U 72", "U 12"), 9, "12 bytes do not fit"),
        (CARD.replace("t 54", "r FLUSH 0 -"), 4, "no line of a card"),
    ],
)
def test_the_line_of_a_malformed_record_is_named(tmp_path, capsys, monkeypatch, text, line, why):
    monkeypatch.setattr("sys.argv", ["mix.py", str(record(tmp_path, text))])
    assert mix.main() == 1
    said = capsys.readouterr().err
    assert said.startswith(f"mix.py: some.txt: line {line}: ") and why in said


@pytest.mark.parametrize(
    "text, why",
    [
        ("mix 1 disk 64\n", "no requests or frames"),
        (DISK.replace("u 2\n", ""), "2 is never completed"),
        ("mix 1 disk 64 \u00e9\n", "can't decode"),
    ],
)
def test_a_record_that_is_not_whole_is_refused(tmp_path, text, why):
    path = tmp_path / "some.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(mix.Malformed, match=why):
        mix.read(path)


def test_a_damaged_file_is_refused(tmp_path):
    path = tmp_path / "disk.txt.xz"
    path.write_bytes(mix.record(mix.DISK).read_bytes()[:-100])
    with pytest.raises(mix.Malformed, match="disk.txt.xz: "):
        mix.read(path)


def test_the_records_are_what_their_page_says():
    page = (mix.HERE / "README.md").read_text(encoding="utf-8")
    for kind, words in ((mix.DISK, "| requests | {}: "), (mix.CARD, "| {}, of one descriptor each")):
        assert words.format(len(mix.read(mix.record(kind)).buffers)) in page


@pytest.fixture(name="programs", scope="module")
def sanitized_programs(tmp_path_factory):
    """A function that runs a case of a program of mix/ under ASan and UBSan; the library is not."""
    if count.missing():
        pytest.skip(count.missing())
    root, out, built = count.BENCH.parent, tmp_path_factory.mktemp("mix"), {}

    def run(source, options, arguments):
        if source not in built:
            library = (*test_bench.LIBRARY, *options)
            built[source] = recorded.build(root, root / "runtime", out, source, library, test_bench.SANITIZE)
        return subprocess.run(
            ["timeout", "-k", "5", "60", built[source], *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env=os.environ | {"ASAN_OPTIONS": "detect_leaks=0"},  # memory is never freed
        )

    return run


DRIVERS = [
    (driver, *recorded.ring_of(form.features), recorded.QUEUE)
    for driver in ("ours", "hand")
    for form in count.CALLS
    if driver == "ours" or form.name in recorded.SPLIT
]
RINGS = [(ring, features) for _, ring, features in recorded.DEVICES]


@pytest.mark.parametrize(
    "source, arguments, options",
    [
        *[("disk_driver", case, recorded.SEGMENTS) for case in DRIVERS],
        ("disk_ring", ("add_forms", recorded.QUEUE), ()),
        *[("disk_device", (when, *case), ()) for when in ("now", "later") for case in RINGS],
        *[("card_driver", (way, *case), recorded.QUEUES) for way in ("send", "receive") for case in RINGS],
    ],
)
def test_a_record_is_replayed(programs, source, arguments, options):
    """The programs check each request; nothing is counted."""
    done = programs(source, options, [*arguments, 2])
    assert done.returncode == 0, done.stdout
