# SPDX-License-Identifier: MIT
"""The table of sections: what it is refused for, and the titles that it does not have."""

import json

import pytest
from specs import ROOT, checked, real_tree, small_texts, DEVICE
from vwr.check.tree import checked_tree
from vwr.spec.disk import SECTIONS

FOO = "spec/device/foo.yaml"
BLK = "spec/device/blk.yaml"
TABLE = (ROOT / SECTIONS).read_bytes()


def said(texts, table=TABLE):
    """What is reported about a tree with such a table."""
    return [problem.text() for problem in checked({**small_texts(), **texts, SECTIONS: table})]


@pytest.mark.parametrize(
    "table, words",
    [
        (b"{\n  1", "not JSON"),
        (b"\xff", "not JSON"),
        (b'{"specification": "VIRTIO 1.4", "titles": [1]}', "titles.0: 1 is not of type 'string'"),
        (b'{"specification": "VIRTIO 1.4"}', "'titles' is a required property"),
        (b'{"specification": "VIRTIO 1.4", "titles": []}', "titles"),
    ],
)
def test_a_wrong_table(table, words):
    (found,) = said({}, table)
    assert words in found and found.endswith("[VWR-Y031]")


@pytest.mark.parametrize(
    "old, new, hint",
    [
        (
            "Block Device / Feature bits",
            "Block Device / Feature Bits",
            "did you mean 'Block Device / Feature bits'?",
        ),
        ("Block Device / Feature bits", "Nowhere / x", f"see {SECTIONS})"),
        ("section: Block Device\n", "section: Blok Device\n", "did you mean 'Block Device'?"),
        (
            "Block Device / Device configuration layout",
            "Block Device / Device Layout",
            "did you mean 'Block Device",
        ),
    ],
)
def test_an_unknown_section(old, new, hint):
    text = (ROOT / BLK).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (found,) = said({BLK: text.replace(old, new, 1)})
    title = new.removeprefix("section: ").strip()
    assert f"the specification has no section '{title}' ({hint}" in found and found.endswith("[VWR-C113]")


def test_a_rule_names_a_section_of_the_specification():
    rules = (ROOT / "spec/rules.yaml").read_text(encoding="utf-8")
    assert "section: Device Status Field," in rules
    (found,) = said(
        {"spec/rules.yaml": rules.replace("section: Device Status Field,", "section: Status,", 1)}
    )
    assert found.startswith("rules.STATUS_READS.section: the specification has no section 'Status'")


def test_a_device_of_another_document_names_its_own_sections():
    assert said({FOO: DEVICE}) == [
        "section: the specification has no section 'Foo Device' (did you mean 'GPIO Device'?; a device of another document has "
        "the key 'document') [VWR-C113]"
    ]
    assert said({FOO: DEVICE.replace("section:", "document: The book of foo\nsection:")}) == []
    assert said({"mine/foo.yaml": DEVICE}) == []


def test_without_a_table_sections_are_not_looked_at():
    """As in a revision that is compared with."""
    assert not checked({**small_texts(), FOO: DEVICE}).count


def test_the_table_belongs_to_the_tree(tmp_path):
    """One title a line and none twice; whoever checks a checkout without the table is told."""
    titles = json.loads(TABLE)["titles"]
    assert len(titles) == len(set(titles)) == 885 and [*real_tree().sections] == titles
    assert TABLE.decode("utf-8").count("\n") == len(titles) + 6
    problems = pytest.raises(Exception, checked_tree, tmp_path).value.problems
    assert SECTIONS in {problem.file for problem in problems if problem.check_id == "VWR-Y027"}
