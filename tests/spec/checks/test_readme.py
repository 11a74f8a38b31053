# SPDX-License-Identifier: MIT
"""spec/README.md teaches the grammar: what it shows has to be right."""

import json
import re

import pytest
import yaml

from specs import ROOT, checked, overlay
from vwr import cname
from vwr.check import schema as check_schema
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


def _keys(schema):
    """Every key that a schema has, wherever it is."""
    for name, child in schema.get("properties", {}).items():
        yield name
        yield from _keys(child)
    for word in ("items", "additionalProperties"):
        yield from _keys(schema[word]) if isinstance(schema.get(word), dict) else ()
    for child in (*schema.get("$defs", {}).values(), *schema.get("anyOf", []), *schema.get("oneOf", [])):
        yield from _keys(child)


def _shown():
    """Keys that the page shows as keys: `key` or `key: value` in a text, or key: in a block; a word of a sentence is none."""
    blocks = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    spans = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", README, flags=re.DOTALL))
    shown = {key for text in blocks + spans for key in re.findall(r"\b([A-Za-z][\w-]*):", text)}
    return shown | {text for text in spans if re.fullmatch(r"[A-Za-z][\w-]*", text)}


@pytest.mark.parametrize("kind", sorted(load.KIND_FOLDER))
def test_it_tells_every_key(kind):
    """A page to write a file from shows whatever such a file may have."""
    schema = json.loads((ROOT / f"spec/schema/{kind}.schema.json").read_text(encoding="utf-8"))
    assert sorted(set(_keys(schema)) - _shown()) == []


@pytest.mark.parametrize("kind", [*sorted(load.KIND_FOLDER), "options"])
def test_the_page_of_keys_has_every_key(kind):
    """It is made from the schemas; and each key has its words there."""
    page = (ROOT / "generated/docs/grammar/keys.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| \W*`([\w-]+)`\W* \| .*? \| (.*) \|$",
        page.partition(f"## kind: {kind}\n")[2].partition("\n## ")[0],
        re.MULTILINE,
    )
    folder = check_schema.FOLDERS.get(kind, "spec/schema")
    schema = json.loads((ROOT / folder / f"{kind}.schema.json").read_text(encoding="utf-8"))
    assert sorted(set(_keys(schema)) - {name for name, words in rows if words}) == []


def test_its_queues_are_those_of_the_spec():
    """What the page shows of a device is what the device's file has, but for its words and clauses."""
    bare = lambda row: {key: value for key, value in row.items() if key not in ("brief", "clauses")}
    real = [bare(row) for spec in load.load_tree(ROOT).files for row in spec.data.get("queues", [])]
    block = next(text for text in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "count-by" in text)
    shown = yaml.safe_load(block)
    assert [row["name"] for row in shown if bare(row) not in real] == []


def test_its_names_follow_the_rule():
    for word in ("QueueSizeMax", "SHMLen", "InterruptACK"):
        assert cname.snake(word).upper() in README
    for document in ("VIRTIO_BLK_F_RO", "VIRTIO_F_VERSION_1", "virtq_desc", "VIRTQ_DESC_F_NEXT"):
        assert f"{document}`" in README and f"{cname.from_document(document)}`" in README


def test_its_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / "spec" / target).exists(), target


def test_checks_are_listed_by_letter():
    assert {check_id[4] for check_id in CHECKS} == set("YSC")
    assert list(CHECKS) == sorted(CHECKS, key=lambda check_id: ("YSC".index(check_id[4]), check_id))
