# SPDX-License-Identifier: MIT
"""Each case in bad/ has one mistake; its first line names the place and the check, messages.txt has the whole message.

    # expect: LINE:COL VWR-P001

VWR_UPDATE_GOLDEN=1 writes messages.txt anew: read the difference before you commit it.
"""

import functools
import json
import re
from pathlib import Path

import pytest

from golden import cases, compare, header, listed, place
from vwr import ROOT, txtar
from vwr.plan import kinds
from vwr.plan import command as plan
from vwr.plan.catalogue import PLAN_CHECKS

HERE = Path(__file__).resolve().parent
BAD = cases(HERE / "bad")
GOOD = ROOT / "examples/plan/vms.yaml"


def found_in(raw):
    """The problems of a plan."""
    return list(plan.read("vms.yaml", raw)[2])


def found_of(raw):
    """The findings as JSON."""
    return json.loads(plan.read("vms.yaml", raw)[2].render("json"))


@functools.cache
def looked_at(case):
    """The problems of a case."""
    return found_in(case.raw)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.stem)
def test_bad_case(case):
    expected = header(case.raw, "expect")
    found = [place(problem, "vms.yaml") for problem in looked_at(case)]
    assert found == [expected], "one mistake, at this place, found by this check"
    assert expected.endswith(f" VWR-{case.stem.split('-')[0].upper()}")


def test_messages():
    compare(HERE / "messages.txt", listed({case.name: looked_at(case) for case in BAD}))


def test_every_check_has_a_case():
    shown = {f"VWR-{case.stem[:4].upper()}" for case in BAD if case.stem[0] == "p"}
    assert set(PLAN_CHECKS) == shown | {"VWR-P040"}  # test_own.py


@pytest.mark.parametrize("word", [kind.word for kind in kinds.KINDS.values() if kind.queue_size_max])
def test_classes_have_room_for_their_longest_queue(word):
    """The segments of a request are a number of the header, or the plan's, for data."""
    kind = kinds.KINDS[word]
    text = (ROOT / f"runtime/include/vwr/{kind.struct.removeprefix('vwr_')}.h").read_text(encoding="utf-8")
    room = re.search(r"_SEGS(?:\(\w+\))?[\s\\]+(?:VWR_SERVICE_SEGS\(\w+, )?(\d+)u", text)
    plans = txtar.read_all(ROOT / "codegen/vwr/plan/templates")[kind.template].decode("utf-8")
    room = room or re.search(r"struct vwr_vseg seg\[VWR_\w+_SEGS\(.*, (\d+)u\)\]", plans)
    assert int(room.group(1)) >= kind.queue_size_max


def test_all_at_once():
    text = (
        GOOD.read_text(encoding="utf-8")
        .replace("kind: console", "kind: consle")
        .replace("first: 65536", "first: 65535")
    )
    assert [problem.check_id for problem in found_in(text)] == [
        "VWR-P003",
        "VWR-P020",
        "VWR-P003",
    ]


def test_a_finding_stands_once():
    text = GOOD.read_text(encoding="utf-8")
    line = next(row for row in text.splitlines(True) if "kind: block" in row)
    keys = found_of("kind: plan\n" * 5000 + text.replace("kind: plan\n", "", 1))
    assert [(row["check"], row["line"], row["places"]) for row in keys] == [("VWR-Y009", 2, 4999)]
    windows = [row for row in found_of(text.replace(line, line * 50, 1)) if row["check"] == "VWR-P020"]
    assert len(windows) == 49, "one for each window, though each has the sectors of all others"


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
