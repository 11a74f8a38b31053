# SPDX-License-Identifier: MIT
"""Our device answers what Linux and U-Boot ask as QEMU did, or it is explained; and a wrong answer is noticed."""

import re

import pytest

from differences import HERE, judge, load, replay
from folder import recorded

FOLDER = recorded()
RECORDED = sorted(FOLDER.glob("*.txt"))
ENTRIES = load(HERE / "differences.yaml")


def entries_of(name):
    return [entry for entry in ENTRIES if name in entry["in"]]


def test_all_are_there():
    assert [path.stem for path in RECORDED] == [
        "linux-legacy",
        "linux-modern-packed",
        "linux-modern",
        "u-boot-legacy",
        "u-boot-modern",
    ]
    assert {name for entry in ENTRIES for name in entry["in"]} <= {path.stem for path in RECORDED}


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_same_answers(path):
    found, counts = replay(path)
    strange, idle = judge(found, entries_of(path.stem))
    assert not strange and not idle
    print(f"{path.stem}: {counts}, {len(found)} explained differences")


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_much_is_compared(path):
    """No line of a recording is passed over."""
    lines = path.read_text(encoding="utf-8").splitlines()
    _, counts = replay(path)
    for kind, what in (("r", "registers"), ("u", "used"), ("i", "interrupts"), ("n", "suppressions")):
        assert counts[what] == sum(line.split()[0] == kind for line in lines)
    assert counts["used"] >= 9 and counts["bytes"] > 200000


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_it_says_what_was_recorded(path):
    first, version, package, *_ = path.read_text(encoding="utf-8").splitlines()
    assert first.startswith(f"# Recorded by tests/qemu/replay/record.py {path.stem};")
    assert re.fullmatch(r"# QEMU version 7\.2\.\d+ \(Debian \S+\)", version)
    assert re.match(
        r"# linux-image-\S+_\S+_arm64.deb" if "linux" in path.stem else r"# u-boot-qemu_\S+_all.deb", package
    )


def changed(tmp_path, name, pattern, by, count=1):
    """A recording with one answer of QEMU's changed."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    other, times = re.subn(pattern, by, text, count=count, flags=re.MULTILINE)
    assert times == count
    path = tmp_path / f"{name}.txt"
    path.write_text(other, encoding="utf-8")
    return judge(replay(path)[0], entries_of(name))[0]


@pytest.mark.parametrize(
    "name, pattern, by, words",
    [
        ("linux-modern", r"^r 0x034 4 0x400$", "r 0x034 4 0x100", "r QueueSizeMax 0x100 0x400"),
        ("linux-modern", r"^r 0x120 1 0x0$", "r 0x120 1 0x1", r"r Config\+0x20 0x1 0"),
        ("linux-legacy", r"^r 0x105 1 0x0$", "r 0x105 1 0x7", r"r Config\+0x5 0x7 0"),
        ("linux-modern", r"^u 0 2 0 4097$", "u 0 2 0 4096", "u length 0x1000 0x1001"),
        ("linux-modern", r"^u 0 2 0 4097$", "u 0 2 1 4097", "u id 0x1 0"),
        ("linux-modern", r"^(d 0x\w+) p 800 4096$", r"\1 p 801 4096", "d byte-0-of-4096"),
        ("linux-modern", r"^(d 0x\w+) x 00$", r"\1 x 01", "d byte-0-of-1 0x1 0"),
        ("linux-modern", r"^i\n", "", "r interrupt 0 1"),
        ("linux-modern", r"^(r 0x060 4 0x1)$", r"i\n\1", "i interrupt 0x1 0"),
        ("linux-modern", r"^(n avail_event \w+) 0500$", r"\1 0600", "n avail_event 0600 0500"),
        (
            "linux-modern-packed",
            r"^(n device-event \w+) 05800200$",
            r"\1 05800100",
            "n device-event 05800100 05800200",
        ),
        ("linux-modern-packed", r"^u 0 5 0 4097 0x8080$", "u 0 5 1 4097 0x8080", "u id 0x1 0"),
        ("u-boot-modern", r"^u 0 3 0 4097$", "u 0 4 0 4097", "u index 0x5 0x4"),
    ],
)
def test_another_answer_is_noticed(tmp_path, name, pattern, by, words):
    assert re.search(words, "\n".join(changed(tmp_path, name, pattern, by)))


def test_an_entry_that_explains_nothing(tmp_path):
    entry = {"id": "x", "in": ["linux-modern"], "lines": ["r Status 0x1 0x2"], "why": ""}
    found, _ = replay(FOLDER / "linux-modern.txt")
    assert judge(found, [entry]) == ([], ["x: nothing in linux-modern", "x: no line r Status 0x1 0x2"])


@pytest.mark.parametrize(
    "text, words",
    [
        ("r 0x000 4\n", "something is missing"),
        ("q 1\n", "no such event"),
        ("m 0x40000000 x 123\n", "half a byte"),
        ("m 0x3fffffff x 12\n", "no RAM"),
        ("r 0x000 4 0x1 7\n", "too much"),
        ("r zero 4 0x1\n", "not a number"),
    ],
)
def test_a_line_that_cannot_be_read(tmp_path, text, words):
    whole = (FOLDER / "linux-modern.txt").read_text(encoding="utf-8")
    (tmp_path / "bad.txt").write_text(whole + text, encoding="utf-8")
    with pytest.raises(AssertionError, match=f":{whole.count(chr(10)) + 1}: .*{words}"):
        replay(tmp_path / "bad.txt")
