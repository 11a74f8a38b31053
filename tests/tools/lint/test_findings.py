# SPDX-License-Identifier: MIT
"""One mistake of each kind in a good header, and the words said of it, all of them."""

import re
from pathlib import Path

import pytest
import yaml

from world import GOOD, bad, findings, judged, line_of, run

NUMBERS, STRUCTS, ACCEPTED = (
    yaml.safe_load(Path(__file__).with_name("findings.yaml").read_text(encoding="utf-8"))[key]
    for key in ("numbers", "structs", "accepted")
)


def test_a_good_header():
    assert findings(GOOD) == (0, [])
    last = run(GOOD).stdout
    assert last == "compared with VIRTIO 1.4: 104 constants, 9 structs, 63 fields: nothing is wrong\n"


@pytest.mark.parametrize("what", [*NUMBERS, *STRUCTS])
def test_mistake(work, what):
    case = {**NUMBERS, **STRUCTS}[what]
    code, found = findings(bad(work, *map(dict.values, case["change"])))
    assert found == case["said"]
    assert code == int(any(one.startswith("error") for one in found))


@pytest.mark.parametrize("what", ACCEPTED)
def test_accepted(work, what):
    assert findings(bad(work, *map(dict.values, ACCEPTED[what]["change"]))) == (0, ACCEPTED[what]["said"])


TEXT = GOOD.read_text(encoding="utf-8")
MASKS = re.sub(r"(#define VIRTIO\w*_F_\w+) (\d+)", r"\1 (1ull << \2)", TEXT)
NOTES = [
    "note: VIRTIO_BLK_F_BARRIER is a mask of bit 0, where the specification has the bit number, and so are 15 more of"
    " its family",
    "note: VIRTIO_F_NOTIFY_ON_EMPTY is a mask of bit 24, where the specification has the bit number, and so are 14"
    " more of its family",
]
# A convention and no mistake; a number that is wrong is found all the same.
CONVENTIONS = {
    "masks throughout": (MASKS, (0, NOTES)),
    "mistakes among masks": (
        MASKS.replace("F_RO (1ull << 5)", "F_RO (1ull << 3)").replace("F_MQ (1ull << 12)", "F_MQ 12"),
        (
            1,
            [
                NOTES[0].replace("15", "13"),
                "error: VIRTIO_BLK_F_RO is 8, the specification has 32",
                "error: VIRTIO_BLK_F_MQ is the number 12; others of its family are masks",
                NOTES[1],
            ],
        ),
    ),
    "bit numbers throughout": (
        re.sub(r"(_CONFIG_S_\w+) (\d+)", lambda m: f"{m[1]} {int(m[2]).bit_length() - 1}", TEXT),
        (
            0,
            [
                "note: VIRTIO_CONFIG_S_ACKNOWLEDGE is a bit number, where the specification has the mask 1, and so are 6"
                " more of its family"
            ],
        ),
    ),
}


@pytest.mark.parametrize("what", CONVENTIONS)
def test_convention(work, what):
    text, expected = CONVENTIONS[what]
    (work / "theirs.h").write_text(text, encoding="utf-8")
    assert findings(work / "theirs.h") == expected


def test_files_and_lines(work):
    path = bad(
        work,
        ("VIRTQ_AVAIL_F_NO_INTERRUPT 1", "VIRTQ_AVAIL_F_NO_INTERRUPT 28"),
        ("u8 unused0;", "u8 unused0[39];"),
        ("VIRTIO_BLK_T_FLUSH = 4", "VIRTIO_BLK_T_FLUSH = 6"),
    )
    _, found = judged(path.name, cwd=work)
    assert [(one["file"], one["line"]) for one in found] == [
        ("bad.h", line_of(path, words))
        for words in ("VIRTQ_AVAIL_F_NO_INTERRUPT 28", "VIRTIO_BLK_T_FLUSH = 6", "u8 unused0[39]")
    ]


def test_a_header_that_another_includes_is_reported_once(work):
    bad(work, ("VIRTQ_AVAIL_F_NO_INTERRUPT 1", "VIRTQ_AVAIL_F_NO_INTERRUPT 28"))
    for name in ("one.h", "two.h"):
        (work / name).write_text('#include "bad.h"\n', encoding="utf-8")
    _, found = judged("one.h", "two.h", "bad.h", cwd=work)
    assert [(one["file"], one["kind"]) for one in found] == [("bad.h", "value")]


def test_a_family_in_two_headers(work):
    """What the one lacks the other has."""
    half = TEXT.index("#define VIRTIO_BLK_F_TOPOLOGY")
    (work / "one.h").write_text(TEXT[:half] + "#endif\n", encoding="utf-8")
    (work / "two.h").write_text(
        TEXT[half:]
        .removesuffix("#endif\n")
        .replace(
            "enum blk_type",
            "typedef unsigned char u8;\ntypedef unsigned short u16;\ntypedef unsigned int u32;\n"
            "typedef unsigned long long u64;\nenum blk_type",
        ),
        encoding="utf-8",
    )
    assert findings("one.h", "two.h", cwd=work) == (0, [])
    assert len(findings("one.h", cwd=work)[1]) == 1
