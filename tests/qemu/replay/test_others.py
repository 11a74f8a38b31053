# SPDX-License-Identifier: MIT
"""Our device answers the drivers of other authors as QEMU did, or it is explained; and a wrong answer is noticed."""

import re

import pytest

from differences import HERE, judge, load, replay
from folder import others

FOLDER = others()
RECORDED = sorted(FOLDER.glob("*.txt"))
ENTRIES = load(HERE / "differences.yaml")
LARGEST = 40 << 10  # bytes of a recording


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_same_answers(path):
    found, counts = replay(path)
    assert judge(found, [entry for entry in ENTRIES if path.stem in entry["in"]]) == ([], [])
    lines = path.read_text(encoding="utf-8").splitlines()
    for kind, what in (("r", "registers"), ("u", "used"), ("i", "interrupts"), ("n", "suppressions")):
        assert counts[what] == sum(line.split()[0] == kind for line in lines)
    assert counts["used"] >= 4 and counts["bytes"] > 2000


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_it_says_what_was_recorded(path):
    first, version, driver, *_ = path.read_text(encoding="utf-8").splitlines()
    assert first == f"# Recorded by tests/qemu/replay/other.py {path.stem}; see README.md."
    assert re.fullmatch(r"# QEMU version 7\.2\.\d+ \(Debian \S+\)", version)
    assert re.match(r"# .+ [0-9a-f]{7,12}, \d{4}-\d\d-\d\d", driver)
    assert path.stat().st_size <= LARGEST


@pytest.mark.parametrize(
    "name, pattern, by, words",
    [
        ("nuta", r"^u 0 0 0 513$", "u 0 0 0 512", "u length 0x200 0x201"),
        ("nuta", r"^(d \w+) x 00$", r"\1 x 01", "d byte-0-of-1 0x1 0"),
        ("lk-legacy", r"^(d \w+) p 2 1536$", r"\1 p 3 1536", "d byte-0-of-1536"),
    ],
)
def test_another_answer_is_noticed(tmp_path, name, pattern, by, words):
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    other, times = re.subn(pattern, by, text, count=1, flags=re.MULTILINE)
    assert times == 1
    (tmp_path / f"{name}.txt").write_text(other, encoding="utf-8")
    assert re.search(words, "\n".join(judge(replay(tmp_path / f"{name}.txt")[0], [])[0]))


@pytest.mark.parametrize("line", ["b 4096 z 512", "b 0 z 513", "b 0 p 0 512"])
def test_a_sector_that_cannot_be(tmp_path, line):
    text = (FOLDER / "nuta.txt").read_text(encoding="utf-8").replace("b 4 z 512", line)
    (tmp_path / "bad.txt").write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError, match="not the content of a sector"):
        replay(tmp_path / "bad.txt")
