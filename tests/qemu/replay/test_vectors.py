# SPDX-License-Identifier: MIT
"""The same vectors on QEMU's disk and on ours: every difference is signed."""


import pytest

import qtest
from differences import HERE, judge, load, replay
from folder import folder_of
from record import vectors
from vectors import ALL, LEFT_OUT, VECTORS
from processes import need

MEASURED = (7, 2)  # QEMU, as deviations.yaml has it
ENTRIES = load(HERE / "deviations.yaml")


@pytest.fixture(scope="module", name="answers")
def fixture_answers():
    """What QEMU answers, a recording for each kind of device."""
    need(qtest.QEMU)
    found = {}
    for kind in ALL:
        folder = folder_of(f"vectors-{kind}")
        path = folder / f"vectors-{kind}.txt"
        path.write_text("\n".join(vectors(folder, kind)) + "\n", encoding="utf-8")
        found[kind] = path
    return found


def names(path):
    """Vectors of a recording."""
    return [line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("v ")]


def test_differences_are_signed(answers):
    found, compared = [], {}
    for kind, path in answers.items():
        differences, compared[kind] = replay(path)
        found += differences
    strange, idle = judge(
        found, ENTRIES, [f"vectors-{kind}/{name}" for kind, path in answers.items() for name in names(path)]
    )
    if qtest.version()[0] != MEASURED and (strange or idle):
        pytest.skip(f"signed for QEMU {MEASURED}, this is another: {'; '.join(strange + idle)}")
    assert not strange and not idle
    print(compared, len(found))
    assert all(one["registers"] > 400 and one["used"] > 60 for one in compared.values())


def test_vectors_are_run(answers):
    """All but those that are said to be left out, and a word why."""
    for kind, path in answers.items():
        assert names(path) == [
            name for name, kinds, _ in VECTORS if kind in kinds and (name, kind) not in LEFT_OUT
        ]
    assert all(LEFT_OUT.values())


def test_a_signature_for_nothing(answers):
    entry = {"id": "x", "in": ["vectors-*/read"], "lines": ["*"], "why": ""}
    differences, _ = replay(answers["legacy"])
    assert judge(differences, [entry], ["vectors-legacy/read", "vectors-legacy/get-id"])[1] == [
        "x: nothing in vectors-legacy/read",
        "x: no line *",
    ]
