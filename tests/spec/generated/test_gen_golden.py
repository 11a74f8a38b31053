# SPDX-License-Identifier: MIT
"""Short parts of the output, word for word: whoever changes a template sees here what the user gets."""

import re
from pathlib import Path

import pytest

from gen_help import rendered
from vwr import ROOT

H = "include/vwr/gen/"
_PARTS = re.split(
    r"^=== (.*) === (.*)\n",
    Path(__file__).with_name("golden.txt").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
GOLDEN = {what: (path, text) for what, path, text in zip(_PARTS[1::3], _PARTS[2::3], _PARTS[3::3])}


@pytest.mark.parametrize("what", GOLDEN)
def test_golden(files, what):
    path, expected = GOLDEN[what]
    assert expected in files[path], f"{what}: not in {path}"


def test_what_cannot_be_read_has_no_getter_and_what_cannot_be_written_no_setter(files):
    header = files[H + "mmio.h"]
    assert "vwr_mmio_set_driver_features(" in header and "get_driver_features(" not in header
    assert "vwr_mmio_get_device_features(" in header and "set_device_features(" not in header


def test_a_selector_has_no_accessor_of_its_own(files):
    assert not re.search(r"vwr_mmio_\w*[gs]et_\w+_sel\(", files[H + "mmio.h"])


def test_what_is_in_one_version_has_it_in_its_name(files):
    names = set(re.findall(r"vwr_mmio_\w*(?:get|set)_queue_(?:pfn|ready|align|desc)\b", files[H + "mmio.h"]))
    assert names and all(name.startswith(("vwr_mmio_legacy_", "vwr_mmio_modern_")) for name in names)


def test_reserved_fields_have_no_accessor(files):
    assert "unused0;" in files[H + "blk.h"]
    assert "get_unused" not in files[H + "blk.h"] and "_UNUSED0" not in files[H + "blk.h"]


def test_every_number_of_the_decode_table_is_there(files):
    """128 words of a block of 0x200 bytes, and Config is the upper half."""
    table = files["src/vwr_gen_mmio.c"].split("vwr_mmio_register_at")[1]
    cells = re.findall(r"VWR_(?:MMIO_REG_\w+|REGISTER_NONE)(?=,)", table)
    assert len(cells) == 128
    assert cells[64:] == ["VWR_MMIO_REG_CONFIG"] * 64 and "VWR_MMIO_REG_CONFIG" not in cells[:64]
    assert cells[0x70 // 4] == "VWR_MMIO_REG_STATUS"


def test_no_line_of_c_is_longer_than_the_limit(files):
    long = [
        f"{path}: {line}"
        for path, text in files.items()
        if path.endswith((".c", ".h"))
        for line in text.splitlines()
        if len(line) > 120
    ]
    assert not long


def test_everything_of_ours_has_the_prefix(files):
    for path, text in files.items():
        if path.startswith(H):
            names = re.findall(r"^#define (\w+)|^    (\w+) = \w+,", text, re.MULTILINE)
            assert all((macro or constant).startswith("VWR_") for macro, constant in names), path


def test_a_header_of_both_directions_has_a_codec(texts):
    path = "spec/device/vsock.yaml"
    made = rendered({**texts, path: (ROOT / path).read_text("utf-8")})
    assert "_values {" not in made["include/vwr/messages/blk.h"]
    codec = made["include/vwr/messages/vsock.h"].split("struct vwr_vsock_hdr_values {")[1].split("\n}\n")
    assert "    uint16_t op; " in codec[0]
    assert "    w->op = vwr_guest16(legacy, m->op);\n" in codec[0]
    assert "    m->op = vwr_guest16(legacy, w->op);\n" in codec[1]
