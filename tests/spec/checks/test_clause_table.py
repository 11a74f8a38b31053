# SPDX-License-Identifier: MIT
"""The table of clauses: what it is refused for, and what is counted of it."""

import json

import pytest
from specs import ROOT, checked, overlay, real_tree, DEVICE
from vwr.generate.count import counts
from vwr.spec import load
from vwr.spec.clauses import PATH, by_id

ROW = {"id": "blk.drv", "side": "driver", "section": "Block Device", "levels": ["MUST", "MAY"]}
TABLE = {"specification": "VIRTIO 1.4", "sections": [ROW]}


def table(**changed):
    """Problems of a tree with such a table."""
    text = json.dumps({**TABLE, **changed})
    return [
        problem.text()
        for problem in checked({**overlay("spec/device/foo.yaml", DEVICE), PATH: text})
        if problem.file == PATH
    ]


@pytest.mark.parametrize(
    "rows, words",
    [
        ([], "should be non-empty"),
        ([{**ROW, "side": "both"}], "sections.0.side: 'both' is not one of ['driver', 'device']"),
        ([{**ROW, "levels": ["must"]}], "sections.0.levels.0: 'must' is not one of"),
        (
            [{**ROW, "sentence": "A driver."}],
            "sections.0: Additional properties are not allowed ('sentence' was unexpected)",
        ),
        ([ROW, ROW], "sections: duplicate id 'blk.drv'"),
    ],
)
def test_a_wrong_table(rows, words):
    found = table(sections=rows)
    assert len(found) == 1 and found[0].endswith("[VWR-Y029]")
    assert words in found[0] or not rows


def test_no_json():
    for text, place in ((b"{\n  1", (2, 3)), (b"\xff", (1, 1))):
        found = list(checked({**overlay("spec/device/foo.yaml", DEVICE), PATH: text}))
        assert [
            (problem.line, problem.col, problem.check_id) for problem in found if problem.file == PATH
        ] == [(*place, "VWR-Y029")]


def test_a_good_table():
    assert table() == []
    assert [clause[:3] for clause in by_id(TABLE).values()] == [
        ("blk.drv.1", "MUST", "driver"),
        ("blk.drv.2", "MAY", "driver"),
    ]


def test_without_a_table_ids_are_not_looked_at():
    """As in a revision that is compared with."""
    texts = overlay("spec/device/foo.yaml", DEVICE + "clauses: [foo.drv.1]\n")
    assert [problem.check_id for problem in checked(texts)] == ["VWR-C100"]
    assert not checked({path: text for path, text in texts.items() if path != PATH}).count


def test_the_table_is_the_specification_s():
    """1 713 keywords in 308 lists of requirements; whoever counted them in its source."""
    tree = load.load_tree(ROOT)
    rows = json.loads(tree.clause_text)["sections"]
    assert (len(rows), len(by_id({"sections": rows}))) == (308, 1713)
    assert {
        (row["side"], word) for row in rows for word in row["id"].split(".") if word in ("drv", "dev")
    } == {("driver", "drv"), ("device", "dev")}


def test_each_clause_is_counted_once():
    tree = real_tree()
    found = counts(tree.models, tree.clauses, ["status.drv.1", "rfeat.dev.5", "no.such.1"])
    numbers = [number for what, number in found.items() if what.startswith("clauses ")]
    assert len(numbers) == 4 and sum(numbers) == found["clauses"] == 1713


def test_a_row_without_a_name_is_called_by_its_queue_or_type():
    rows = {row.row for m in real_tree().models for row in m.clauses}
    assert {"messages.requestq.rows.READ", "capabilities.COMMON_CFG"} <= rows
    assert not [row for row in rows if "#" in row]


def test_each_page_has_the_clauses_of_its_file():
    for m in real_tree().models:
        page = (ROOT / f"generated/docs/{m.name}.md").read_text("utf-8")
        assert [
            row.id
            for row in m.clauses
            if f"| {row.id} | {row.side} | {row.level} | {row.row} |\n" not in page
        ] == []
