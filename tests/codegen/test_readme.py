# SPDX-License-Identifier: MIT
"""spec/README.md teaches the grammar: what it shows has to be right."""

import json
import re

import cname
import load
from catalogue import CHECKS
from specs import ROOT, checked, overlay

README = (ROOT / "spec/README.md").read_text(encoding="utf-8")


def test_its_device_is_good():
    text = next(block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "kind: device" in block)
    assert checked(overlay("spec/device/lamp.yaml", text)).render() == ""


def test_it_names_every_kind():
    for kind, folders in load.KIND_FOLDER.items():
        assert f"`{kind}`" in README and all(f"`{folder}/`" in README for folder in folders.split(" or "))


def test_it_tells_every_key_of_a_device():
    """A page to write a new device from names whatever such a file may have."""
    schema = json.loads((ROOT / "spec/schema/device.schema.json").read_text(encoding="utf-8"))
    keys = set(schema["properties"])
    for name in ("field", "struct", "group", "value", "command", "command-group", "feature", "request-type"):
        keys |= set(schema["$defs"][name]["properties"])
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", README)) == []


def test_its_names_follow_the_rule():
    for word in ("QueueSizeMax", "SHMLen", "InterruptACK"):
        assert cname.snake(word).upper() in README
    for document in ("VIRTIO_BLK_F_RO", "VIRTIO_F_VERSION_1", "virtq_desc", "VIRTQ_DESC_F_NEXT"):
        assert f"{document}`" in README and f"{cname.from_document(document)}`" in README


def test_its_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / "spec" / target).exists(), target


def test_checks_are_told_by_letter():
    assert {check_id[4] for check_id in CHECKS} == set("YSC")
    assert list(CHECKS) == sorted(CHECKS, key=lambda check_id: ("YSC".index(check_id[4]), check_id))
