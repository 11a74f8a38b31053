# SPDX-License-Identifier: MIT
"""vwr diff: changes in the specification's words and in three classes."""

import json
from pathlib import Path

import pytest
import yaml

from processes import output
from gen_help import BLK, ROOT, edited, models, own
from vwr.diff import compare as diff


def _lines(before, after):
    """The lines of a comparison without the closing one."""
    return diff.text(diff.compare(models(before), models(after)), "HEAD").splitlines()[:-1]


@pytest.mark.parametrize(
    "change", yaml.safe_load(Path(__file__).with_name("changes.yaml").read_text("utf-8"))
)
def test_a_change(texts, change):
    path = change["file"]
    texts = {**texts, path: texts.get(path) or (ROOT / path).read_text("utf-8")}
    assert _lines(texts, edited(texts, path, change["old"], change["new"])) == change["said"]


NUM_QUEUES = "    - {name: num_queues, type: le16, if: MQ, absent: 1, brief: Number of request queues.}\n"
DISK = "spec/device/disk.yaml"


def test_a_field_that_moved(texts):
    """num_queues at the end, and reserved bytes where it was."""
    texts = {**texts, DISK: own("disk")}
    moved = edited(texts, DISK, NUM_QUEUES, "")
    moved = edited(moved, DISK, "type: u8, count: 2,", "type: u8, count: 4,")
    moved[DISK] += NUM_QUEUES + "    - {name: unused1, type: u8, count: 6, reserved: true}\n"
    lines = _lines(texts, moved)
    assert "WIRE  disk: config field num_queues moved from offset 8 to 16" in lines
    assert "WIRE  disk: config size changed from 16 to 24" in lines


def test_a_new_feature_and_a_lost_one(texts):
    line = '    - {name: SPEED, bit: 20, since: "1.4", brief: It is fast.}\n'
    more = edited(texts, BLK, "    - {name: ZONED, bit: 17", line + "    - {name: ZONED, bit: 17")
    assert _lines(texts, more) == ["API   + VWR_BLK_F_SPEED", "API   + VIRTIO_BLK_F_SPEED"]
    assert _lines(more, texts) == [
        "WIRE  blk: feature SPEED removed",
        "API   - VWR_BLK_F_SPEED",
        "API   - VIRTIO_BLK_F_SPEED",
    ]


def test_another_type_is_another_api(texts):
    after = edited(texts, BLK, "name: num_queues, type: le16", "name: num_queues, type: u16")
    assert _lines(texts, after) == ["WIRE  blk: config field num_queues type changed from le16 to u16"]
    after = edited(
        texts,
        BLK,
        "name: write_zeroes_may_unmap, type: u8, since",
        "name: write_zeroes_may_unmap, type: le32, since",
    )
    after = edited(
        after,
        BLK,
        '    - {name: unused1, type: u8, since: "1.1", count: 3, reserved: true, clauses: [blk.dev.init.4]}\n',
        "",
    )
    expected = "API   blk: vwr_blk_config_get_write_zeroes_may_unmap changed from uint8_t to uint32_t"
    assert expected in _lines(texts, after)


def test_a_device_that_comes_and_goes(texts):
    less = {path: text for path, text in texts.items() if path != BLK}
    coming, going = _lines(less, texts), _lines(texts, less)
    assert len(coming) == 1 and coming[0].startswith("API   + vwr/gen/blk.h (")
    assert going[0] == "WIRE  blk: all of it removed" and len(going) == 2


def test_no_difference(texts):
    assert diff.compare(models(texts), models(texts)) == []


def _git(folder, *arguments):
    output(["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@t", *arguments])


def test_against_a_revision(checkout, vwr):
    outside = vwr("diff")
    assert outside.returncode == 2 and "is not a git checkout" in outside.stderr
    _git(checkout, "init", "-q")
    assert "nothing has been committed yet" in vwr("diff").stderr
    _git(checkout, "add", "spec")
    _git(checkout, "commit", "-qm", "one")
    assert vwr("diff").stdout == "no difference since HEAD\n"
    blk = checkout / BLK
    blk.write_text(blk.read_text().replace("name: RO, bit: 5", "name: RO, bit: 8"))
    run = vwr("diff")
    assert run.returncode == 0
    assert run.stdout == "WIRE  blk: feature RO moved from bit 5 to 8\nsince HEAD: 1 WIRE, 0 API, 0 DOC\n"
    row = json.loads(vwr("diff", "HEAD", "--format", "json").stdout)[0]
    assert row == {
        "class": "WIRE",
        "spec": "blk",
        "text": "feature RO moved from bit 5 to 8",
        "before": 5,
        "after": 8,
    }
    wrong = vwr("diff", "nowhere")
    assert wrong.returncode == 2 and wrong.stderr.startswith("vwr diff: no revision 'nowhere'")
    blk.write_text(blk.read_text() + "junk: [\n")
    broken = vwr("diff")
    assert broken.returncode == 2 and "the spec of the working tree has" in broken.stderr
