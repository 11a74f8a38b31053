# SPDX-License-Identifier: MIT
"""Each file in bad/ has one mistake, and its first line says what the user reads.

VWR_UPDATE_GOLDEN=1 writes the first lines anew: read the difference before you commit it.
"""

import os
import re
from pathlib import Path

import pytest

from vwr.plan import kinds
from vwr.plan import command as plan
from vwr.plan.catalogue import PLAN_CHECKS

BAD = sorted((Path(__file__).resolve().parent / "bad").glob("*.yaml"))
GOOD = Path(__file__).resolve().parents[3] / "examples" / "plan" / "vms.yaml"


def found_in(raw):
    """What is wrong with a plan, a line for each problem and for each place that belongs to it."""
    _, _, problems = plan.read("vms.yaml", raw)
    return [
        f"{problem.line}:{problem.col}: {problem.text()}"
        + "".join(f" | {line}:{col}: {text}" for _, line, col, text in problem.notes)
        for problem in problems
    ]


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_bad_file(file):
    raw = file.read_bytes()
    found = found_in(raw)
    assert len(found) == 1, "a bad file has one mistake:\n" + "\n".join(found)
    if os.environ.get("VWR_UPDATE_GOLDEN") == "1":
        file.write_bytes(f"# expect: {found[0]}\n".encode() + raw.split(b"\n", 1)[1])
    else:
        assert f"# expect: {found[0]}" == raw.decode().split("\n", 1)[0]
    assert f"[VWR-{file.stem.split('-')[0].upper()}]" in found[0]


def test_every_check_has_a_bad_file():
    shown = {f"VWR-{file.stem[:4].upper()}" for file in BAD if file.stem[0] == "p"}
    assert set(PLAN_CHECKS) == shown | {"VWR-P040"}  # test_own.py


@pytest.mark.parametrize("word", [kind.word for kind in kinds.KINDS.values() if kind.queue_size_max])
def test_classes_have_room_for_their_longest_queue(word):
    kind = kinds.KINDS[word]
    header = (
        Path(__file__).resolve().parents[3]
        / "runtime"
        / "include"
        / "vwr"
        / f"{kind.struct.removeprefix('vwr_')}.h"
    )
    room = int(re.search(r"_SEGS[\s\\]+(\d+)u", header.read_text(encoding="utf-8")).group(1))
    assert room >= kind.queue_size_max


def test_all_at_once():
    text = (
        GOOD.read_text(encoding="utf-8")
        .replace("kind: console", "kind: consle")
        .replace("first: 65536", "first: 65535")
    )
    assert [line.rpartition("[")[2].split("]")[0] for line in found_in(text)] == [
        "VWR-P003",
        "VWR-P020",
        "VWR-P003",
    ]


def test_read_only_windows_may_overlap():
    text = (
        GOOD.read_text(encoding="utf-8").replace("first: 65536, ", "").replace("id:", "read-only: true, id:")
    )
    assert not found_in(text)


def cut(raw):
    """The plan with each token taken out or made nonsense, in two ways each."""
    words, others = raw.split(" "), (
        "",
        "x",
        "[",
        "{",
        "-1",
        "99999999999999999999999",
        "null",
        "'",
        "\t",
        "true",
        "0x",
    )
    for index in range(len(words)):
        for other in (others[index % len(others)], others[(index // len(others)) % len(others)]):
            yield " ".join([*words[:index], other, *words[index + 1 :]])


def test_nonsense_is_reported_and_never_a_traceback():
    whole = GOOD.read_text(encoding="utf-8")
    for text in [*cut(whole), *(whole[:end] for end in range(0, len(whole), 31))]:
        found_in(text)
    found_in(b"\xff\xfe\x00")
    found_in("[" * 5000)
