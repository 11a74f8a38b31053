# SPDX-License-Identifier: MIT
"""The lists of reasons are exact: what has no reason fails, and so does a reason that nothing needs any more."""

import pytest
import yaml

from candidates import Row, candidates, their_paths
from facts import judge
from make_oracle import check, check_names

from vwr.oracle.errata import Errata

ROW = Row("constant", "VIRTIO_A", "VWR_A", "VWR_A", "VIRTIO_A", None, "spec/a.yaml")
NAMES = {"constants": {}, "structs": {}, "fields": {}, "expressions": []}
OURS = {
    "constants": {"VWR_A": "spec/a.yaml"},
    "structs": {"vwr_s": ("spec/a.yaml", [("f", True), ("f.g", True)])},
    "documents": {"VWR_A": ["VIRTIO_A"], "vwr_s": ["virtio_s"]},
}


@pytest.fixture(name="errata")
def fixture_errata(tmp_path):
    """Makes a list of entries."""

    def make(*entries, version="6.1"):
        path = tmp_path / "errata.yaml"
        path.write_text(
            yaml.safe_dump([{"against": "kernel", "reason": "So.", **entry} for entry in entries]),
            encoding="utf-8",
        )
        return Errata("kernel", path, version)

    return make


def entry(**more):
    return {"kind": "constant", "name": "VIRTIO_A", "ours": 1, "theirs": 2, **more}


def test_difference_with_its_reason(errata):
    known = errata(entry())
    assert check("differing", [(ROW, 1, 2)], known) == ([], 1) and known.stale() == []


def test_difference_without_a_reason(errata):
    (line,), explained = check("differing", [(ROW, 1, 2)], errata())
    assert line.startswith("differing: VWR_A is 1 (0x1), the kernel's VIRTIO_A is 2 (0x2)")
    assert line.endswith("spec/a.yaml") and explained == 0


def test_difference_with_another_value_than_the_reason_has(errata):
    known = errata(entry())
    assert len(check("differing", [(ROW, 1, 3)], known)[0]) == 1 and len(known.stale()) == 1


def test_reason_without_a_difference(errata):
    known = errata(entry())
    assert check("differing", [], known) == ([], 0)
    assert known.stale() == [
        "errata.yaml:1: constant VIRTIO_A: explains nothing any more, take the entry out"
    ]


def test_reason_of_other_headers(errata):
    assert errata(entry(since="6.3")).entries == errata(entry(before="6.1")).entries == []
    assert len(errata(entry(since="6.1", before="6.10"), version="6.9").entries) == 1
    assert errata(entry(since="6.1", before="6.10"), version="6.10").entries == []


def test_only_in_kernel(errata):
    known = errata({"kind": "constant", "only": "theirs", "names": ["VIRTIO_B*"]})
    assert check("only in the kernel", [("constant", "VIRTIO_BC")], known) == ([], 1) and known.stale() == []
    (line,), _ = check("only in the kernel", [("struct", "VIRTIO_BC")], known)
    assert line.startswith("only in the kernel: struct VIRTIO_BC")


def test_absent(errata):
    known = errata({"kind": "field", "only": "ours", "names": ["virtio_s.*"]})
    assert check("absent", [("field", "virtio_s.f", "spec/a.yaml")], known) == ([], 1)
    (line,), _ = check("absent", [("struct", "virtio_s", "spec/a.yaml")], known)
    assert line == "absent: struct virtio_s: the kernel's headers do not have it; ours comes from spec/a.yaml"


def test_names_that_are_not_ours():
    _, stale = candidates(OURS, {**NAMES, "constants": {"VIRTIO_GONE": "VIRTIO_A"}})
    assert stale == ["names.yaml: constants: VIRTIO_GONE: not in generated/, take the entry out"]


def test_names_that_are_not_theirs():
    names = {
        **NAMES,
        "constants": {"VIRTIO_A": "VIRTIO_TYPO"},
        "structs": {"virtio_s": ["virtio_s", "virtio_t"]},
    }
    rows, stale = candidates(OURS, names)
    assert stale == []
    lines = check_names(rows, {"sizeof(struct virtio_s)"}, names)
    assert lines == [
        "names.yaml: VIRTIO_A: the kernel has no VIRTIO_TYPO",
        "names.yaml: virtio_s: the kernel has no virtio_t",
    ]


def test_paths():
    assert their_paths({}, "s", "f.class_") == ["f.class"]
    assert their_paths({"s.f": "x"}, "s", "f.g") == ["x.g"]
    assert their_paths({"s.f": ""}, "s", "f.g") == ["g"] and their_paths({"s.f": ""}, "s", "f") == []
    assert their_paths({"s.f": ["x", "y.x"]}, "s", "f") == ["x", "y.x"]


def test_facts():
    wrong = [("net feature X bit", "1 there, 2 here")]
    assert judge(wrong, []) == (["net feature X bit: 1 there, 2 here"], 0)
    assert judge(wrong, [{"facts": ["net feature *"], "reason": "So."}]) == ([], 1)
    lines, _ = judge([], [{"facts": ["net feature *"], "reason": "So."}])
    assert lines == ["facts.yaml: net feature *: explains nothing any more, take the entry out"]


# Slips of the specification: where, and words that stand there. That they do test_document.py sees.
SLIPS = {
    "fs and balloon": ["\\item[2\\ldots n] request queues", "\\item[4] reporting_vq"],
    "sound": [
        "NOT place device-writable buffers into the tx queue",
        "NOT place device-readable buffers into the rx queue",
    ],
    "crypto": ["feature bits 0-4", "Device write only portion", "obj_ipsec_sa}"],
    "pmem": ["\\field{start} or \\field{stop}", "\\field{start} and \\field{stop}"],
    "can": ["VIRTIO_CAN_F_CAN_LATE_TX_ACK", "VIRTIO_CAN_OK"],
    "net: MAC_ADDR_SET": ["MUST NOT issue VIRTIO_NET_CTRL_MAC class commands"],
    "net: legacy order": ["MUST format \\field{status} and \\field{max_virtqueue_pairs}"],
    "net": [
        "implies one of VIRTIO_NET_F_GUEST_TSO4, TSO6",
        "\\field{priority} is greater than or equal to",
    ],
    "admin and gpu": ["VIRTIO_ADMIN_STATUS_EEXIST", "maximum value is 4294967296"],
}


@pytest.mark.parametrize("what", SLIPS)
def test_a_slip_of_the_document_has_its_entry(what):
    prose = [str(one.theirs) for one in Errata("document").entries if one.kind == "prose"]
    assert [words for words in SLIPS[what] if not any(words in text for text in prose)] == []
