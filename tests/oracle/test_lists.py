# SPDX-License-Identifier: MIT
"""The lists of reasons are exact: what has no reason fails, and so does a reason that nothing needs any more."""

from candidates import Row, candidates
from make_oracle import applies, check_differing, check_names, check_only_in_kernel

ROW = Row("constant", "VWR_A", "VWR_A", "VIRTIO_A", "spec/a.yaml")
NAMES = {"constants": {}, "structs": {}, "fields": {}, "expressions": []}
OURS = {"constants": {"VWR_A": "spec/a.yaml"}, "structs": {}, "documents": {"VWR_A": ["VIRTIO_A"]}}


def entry(**more):
    return {"name": "VWR_A", "ours": 1, "theirs": 2, "reason": "so", **more}


def test_difference_with_its_reason():
    assert check_differing([(ROW, 1, 2)], [entry()], (6, 1)) == []


def test_difference_without_a_reason():
    (line,) = check_differing([(ROW, 1, 2)], [], (6, 1))
    assert line.startswith("differing: VWR_A is 1 (0x1), the kernel's VIRTIO_A is 2 (0x2)")
    assert line.endswith("spec/a.yaml")


def test_difference_with_another_value_than_the_reason_has():
    lines = check_differing([(ROW, 1, 3)], [entry()], (6, 1))
    assert [line.split(":")[0] for line in lines] == ["differing", "differences.yaml"]


def test_reason_without_a_difference():
    (line,) = check_differing([], [entry()], (6, 1))
    assert line.startswith("differences.yaml: differing: VWR_A")


def test_reason_of_other_headers():
    assert check_differing([], [entry(since="6.3")], (6, 1)) == []
    assert check_differing([], [entry(before="6.1")], (6, 1)) == []
    assert applies(entry(since="6.1", before="6.10"), (6, 9))


def test_only_in_kernel():
    assert check_only_in_kernel(["VIRTIO_B"], [{"names": ["VIRTIO_B"]}], (6, 1)) == []
    assert check_only_in_kernel(["VIRTIO_B"], [], (6, 1))[0].startswith("only in the kernel: VIRTIO_B")
    assert check_only_in_kernel([], [{"names": ["VIRTIO_B"]}], (6, 1))[0].startswith("differences.yaml: only-in-kernel")


def test_names_that_are_not_ours():
    _, stale = candidates(OURS, {**NAMES, "constants": {"VWR_GONE": "VIRTIO_A"}})
    assert stale == ["names.yaml: constants: VWR_GONE: not in generated/, take the entry out"]


def test_names_that_are_not_theirs():
    names = {**NAMES, "constants": {"VWR_A": "VIRTIO_TYPO"}}
    rows, stale = candidates({**OURS, "documents": {}}, names)
    assert stale == []
    assert check_names(rows, set(), names) == ["names.yaml: VWR_A: the kernel has no VIRTIO_TYPO"]
