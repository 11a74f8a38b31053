# SPDX-License-Identifier: MIT
"""vwr diff: changes in the specification's words and in three classes."""

import json
import subprocess

import pytest

from gen_help import BLK, FEATURES, MMIO, STATUS, edited, models
from vwr.diff import compare as diff


def _lines(before, after):
    """The lines of a comparison without the closing one."""
    return diff.text(diff.compare(models(before), models(after)), "HEAD").splitlines()[:-1]


@pytest.mark.parametrize("path, old, new, expected", [
    (BLK, "name: RO, bit: 5", "name: RO, bit: 8", ["WIRE  blk: feature RO moved from bit 5 to 8"]),
    (BLK, "brief: Device has a flush command.", "brief: It flushes.", ["DOC   blk: feature FLUSH brief"]),
    (BLK, "dir: RW, if: CONFIG_WCE, absent-with: {if: FLUSH, value: 1},\n       at-any-time: legacy,",
     "if: CONFIG_WCE,", [
        "WIRE  blk: config field writeback direction changed from RW to R",
        "WIRE  blk: config field writeback at any time changed from in legacy to no",
        "WIRE  blk: config field writeback absent value with changed from 1 with FLUSH to the same",
        "API   - vwr_blk_config_set_writeback"]),
    (BLK, "if: BLK_SIZE, unit: bytes, absent: 512", "if: TOPOLOGY, unit: bytes, absent: 4096", [
        "WIRE  blk: config field blk_size gate changed from BLK_SIZE to TOPOLOGY",
        "WIRE  blk: config field blk_size absent value changed from 512 to 4096"]),
    (BLK, "name: ZONE_OPEN, value: 18", "name: ZONE_OPEN, value: 19",
     ["WIRE  blk: request ZONE_OPEN value changed from 18 to 19"]),
    (BLK, "payload: {dir: in, bytes: 20}", "payload: {dir: in, bytes: 24}", [
        "WIRE  blk: request sizes changed from VWR_BLK_SECTOR_BYTES 512, VWR_BLK_GET_ID_BYTES 20"
        " to VWR_BLK_SECTOR_BYTES 512, VWR_BLK_GET_ID_BYTES 24",
        "WIRE  blk: request GET_ID payload changed from in: 20 bytes to in: 24 bytes"]),
    (MMIO, "{name: QueueNotify, at: 0x050", "{name: QueueNotify, at: 0x054",
     ["WIRE  mmio: register QueueNotify moved from offset 0x050 to 0x054"]),
    (MMIO, "{name: VendorID, at: 0x00c, dir: R", "{name: VendorID, at: 0x00c, dir: RW", [
        "WIRE  mmio: register VendorID direction changed from R to RW", "API   + vwr_mmio_set_vendor_id"]),
    (STATUS, "{name: FAILED, value: 128", "{name: FAILED, value: 32",
     ["WIRE  status: status bit FAILED value changed from 128 to 32"]),
    (STATUS, "{set: FAILED, by: driver, closes: [queues]}", "{set: FAILED, by: driver}",
     ["WIRE  status: step set FAILED effect changed from closes queues to none"]),
    (STATUS, "after: [FEATURES_OK, SUSPEND], before: [FAILED]",
     "after: [FEATURES_OK, SUSPEND], before: [DEVICE_NEEDS_RESET]",
     ["WIRE  status: step set DRIVER_OK after FEATURES_OK, SUSPEND before changed from FAILED to DEVICE_NEEDS_RESET"]),
    (FEATURES, "name: RING_PACKED, bit: 34, since: \"1.1\", requires: [VERSION_1]",
     "name: RING_PACKED, bit: 34, since: \"1.1\"",
     ["WIRE  features: feature RING_PACKED requires changed from VERSION_1 to none"]),
])
def test_a_change(texts, path, old, new, expected):
    assert _lines(texts, edited(texts, path, old, new)) == expected


NUM_QUEUES = ('    - {name: num_queues, type: le16, at: %d, since: "1.2", if: MQ, absent: 1, '
              "brief: Number of request queues.}\n")
ZONED = ('    - {name: zoned, type: zoned_characteristics, at: 72, since: "1.3", if: ZONED, '
         "brief: What kind of zones there are.}\n")


def _moved(texts):
    """num_queues at the end, and reserved bytes where it was."""
    texts = edited(texts, BLK, NUM_QUEUES % 34, "")
    texts = edited(texts, BLK, "type: u8, at: 33, since", "type: u8, at: 33, count: 3, since")
    tail = NUM_QUEUES % 96 + "    - {name: unused9, type: u8, at: 98, count: 6, reserved: true}\n"
    return edited(edited(texts, BLK, ZONED, ZONED + tail), BLK, "  size: 96\n", "  size: 104\n")


def test_a_field_that_moved(texts):
    lines = _lines(texts, _moved(texts))
    assert "WIRE  blk: config field num_queues moved from offset 34 to 96" in lines
    assert "WIRE  blk: config size changed from 96 to 104" in lines


def test_a_new_feature_and_a_lost_one(texts):
    line = '    - {name: SPEED, bit: 20, since: "1.4", brief: It is fast.}\n'
    more = edited(texts, BLK, "    - {name: ZONED, bit: 17", line + "    - {name: ZONED, bit: 17")
    assert _lines(texts, more) == ["API   + VWR_BLK_F_SPEED", "API   + VIRTIO_BLK_F_SPEED"]
    assert _lines(more, texts) == ["WIRE  blk: feature SPEED removed", "API   - VWR_BLK_F_SPEED",
                                   "API   - VIRTIO_BLK_F_SPEED"]


def test_another_type_is_another_api(texts):
    after = edited(texts, BLK, "name: num_queues, type: le16, at: 34", "name: num_queues, type: u16, at: 34")
    assert _lines(texts, after) == ["WIRE  blk: config field num_queues type changed from le16 to u16"]
    after = edited(texts, BLK, "name: write_zeroes_may_unmap, type: u8, at: 56, since",
                   "name: write_zeroes_may_unmap, type: le32, at: 56, since")
    after = edited(after, BLK, '    - {name: unused1, type: u8, at: 57, since: "1.1", count: 3, reserved: true}\n', "")
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
    subprocess.run(["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@t", *arguments],
                   check=True, capture_output=True)


def test_against_a_revision(checkout, vwr):
    outside = vwr("diff")
    assert outside.returncode == 2 and "no git checkout" in outside.stderr
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
    assert row == {"class": "WIRE", "spec": "blk", "text": "feature RO moved from bit 5 to 8", "before": 5, "after": 8}
    wrong = vwr("diff", "nowhere")
    assert wrong.returncode == 2 and wrong.stderr.startswith("vwr diff: no revision 'nowhere'")
    blk.write_text(blk.read_text() + "junk: [\n")
    broken = vwr("diff")
    assert broken.returncode == 2 and "the spec of the working tree has" in broken.stderr
