# SPDX-License-Identifier: MIT
"""Our device answers the drivers of other authors as QEMU did, without exception; and a wrong answer is noticed."""

import re

import pytest

from differences import judge, replay
from folder import others

FOLDER = others()
RECORDED = sorted(FOLDER.glob("*.txt"))
LARGEST = 40 << 10  # bytes of a recording
AS_QEMU = ("--tolerate", "qemu")
# Drivers that wait for an answer before DRIVER_OK. A device must not use buffers until then (status.dev.1).
ASKS_EARLY = ["barebox-modern"]
# A request, its answer, and the status DRIVER_OK that follows it.
EARLY = re.compile(
    r"^(w 0x050 4 0x0\n)((?:[udin]\b.*\n)+)((?:r 0x070 4 0xb\n)*w 0x070 4 0xf\n)", re.MULTILINE
)
PLAYED = [
    pytest.param(path, options, id="-".join([path.stem, *options[1:]]))
    for path in RECORDED
    for options in ((), AS_QEMU)
    if options or path.stem not in ASKS_EARLY
]


@pytest.mark.parametrize("path, options", PLAYED)
def test_same_answers(path, options):
    found, counts = replay(path, options=options)
    assert found == []
    lines = path.read_text(encoding="utf-8").splitlines()
    for kind, what in (("r", "registers"), ("u", "used"), ("i", "interrupts"), ("n", "suppressions")):
        assert counts[what] == sum(line.split()[0] == kind for line in lines)
    assert counts["used"] >= 4 and counts["bytes"] > 2000


@pytest.mark.parametrize("name", ASKS_EARLY)
def test_an_early_request_waits_for_driver_ok(tmp_path, name):
    """Without the switch, the answer that QEMU gives at once comes at DRIVER_OK, and everything else is the same."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    early = EARLY.search(text)
    number = text[: early.start(2)].count("\n") + 1
    found, _ = replay(FOLDER / f"{name}.txt")
    assert [(one.number, one.line) for one in found][:2] == [
        (number, "u index 0x1 0"),
        (number, "u length 0x10001 0"),
    ]
    late = text[: early.start(2)] + early[3] + early[2] + text[early.end() :]
    (tmp_path / "late.txt").write_text(late, encoding="utf-8")
    found, counts = replay(tmp_path / "late.txt")
    assert found == [] and counts["used"] >= 4 and counts["bytes"] > 2000


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
