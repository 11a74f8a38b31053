# SPDX-License-Identifier: MIT
"""spec/README.md teaches the grammar: what it shows has to be right."""

import re

import yaml

from specs import ROOT, checked, overlay
from vwr import cname
from vwr.spec import load
from vwr.spec.catalogue import CHECKS

README = (ROOT / "spec/README.md").read_text(encoding="utf-8")


def test_its_device_is_good():
    text = next(
        block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "kind: device" in block
    )
    assert checked(overlay("spec/device/lamp.yaml", text)).render() == ""


def test_it_names_every_kind():
    for kind, folders in load.KIND_FOLDER.items():
        assert f"`{kind}`" in README and all(f"`{folder}/`" in README for folder in folders.split(" or "))


def test_its_queues_are_those_of_the_spec():
    """What the page shows of a device is what the device's file has, but for its words and clauses."""
    bare = lambda row: {key: value for key, value in row.items() if key not in ("brief", "clauses")}
    real = [bare(row) for spec in load.load_tree(ROOT).files for row in spec.data.get("queues", [])]
    block = next(
        text for text in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "count: {field" in text
    )
    shown = yaml.safe_load(block)
    assert [row["name"] for row in shown if bare(row) not in real] == []


def test_its_names_follow_the_rule():
    for word in ("QueueSizeMax", "SHMLen", "InterruptACK"):
        assert cname.snake(word).upper() in README
    for document in ("VIRTIO_BLK_F_RO", "VIRTIO_F_VERSION_1", "virtq_desc", "VIRTQ_DESC_F_NEXT"):
        assert f"{document}`" in README and f"{cname.from_document(document)}`" in README


def test_its_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        path, _, heading = target.partition("#")
        assert (ROOT / "spec" / path).exists(), target
        assert path or f"\n## {heading}\n" in README.lower(), target


def test_checks_are_listed_by_letter():
    assert {check_id[4] for check_id in CHECKS} == set("YSC")
    assert list(CHECKS) == sorted(CHECKS, key=lambda check_id: ("YSC".index(check_id[4]), check_id))
