# SPDX-License-Identifier: MIT
"""What tests of guests that lie rest on: each case names clauses, a section, or why the text says nothing.

How they name them, vwr/generate/named.py says, which `./vwr check --count` counts them with; the ids are those of spec/clauses.json.
"""

import json
import re

import pytest
import yaml

from tree import ROOT, files, read
from vwr.generate.named import cases, named, of_conform, parts
from vwr.spec.clauses import PATH, by_id, decided, reasons


def badly_founded(root):
    """Cases that name nothing, or not in the form; cases of robustness that the tier's page does not have."""
    found = []
    for path, name, clause in cases(root):
        wrong = parts(clause)[1]
        if wrong:
            found.append(
                f"{path}: {name}: rests on {', '.join(wrong) or 'nothing in its row (no macro is read)'}"
            )
        elif "robustness: " in clause and not re.search(
            rf"\b{name}\b", read(root, path.parent / "README.md")
        ):
            found.append(f"{path}: {name}: the README beside it does not say why it is no clause")
    return found


def test_each_case_rests_on_something():
    assert not badly_founded(ROOT)
    assert not [row for row in of_conform(ROOT) if parts(row[2])[1]]
    assert len(of_conform(ROOT)) > 130
    assert len(cases(ROOT)) > 180


def test_each_clause_is_there():
    ids = by_id(json.loads(read(ROOT, PATH)))
    assert not {
        f"{rows}: no clause {one}" for names in named(ROOT) for one, rows in names.items() if one not in ids
    }


PAGE = {"tests/hostile/guests/README.md": "| G02_b | why |"}


@pytest.mark.parametrize(
    "row, wrong",
    [
        ('{"G01_a", "split.drv.1 packed.drv.1; section Some / Where", run, HOSTILE_ALL, 0, {0}},', 0),
        ('{"G02_b",\n "robustness: it is so",\n run, HOSTILE_SPLIT, HOSTILE_AROUND},', 0),
        ('{"G01_a", run, HOSTILE_ALL, 0, {0}},', 1),
        ('{"G01_a", "", run, HOSTILE_ALL, 0, {0}},', 1),
        ('{"G01_a", "because", run, HOSTILE_ALL, 0, {0}},', 1),
        ('    CASE(G01_a, "header vwr/vdev.h"),', 0),
        ("    EACH(G01_a, HOSTILE_ALL),", 1),
        ('{"G03_c", "robustness: it is so", run, HOSTILE_ALL, 0, {0}},', 1),
    ],
)
def test_rows_are_recognised(make, row, wrong):
    root = make({**PAGE, "tests/hostile/guests/a.c": row})
    assert len(cases(root)) == 1
    assert len(badly_founded(root)) == wrong


def test_ids_are_found(make):
    root = make(
        {
            **PAGE,
            "tests/hostile/guests/a.c": '{"G01_a", "split.drv.1", run, HOSTILE_ALL, 0, {0}},',
            "tests/unit/vblk/b.c": "/* Thus. Clause: blk.dev.5\n * blk.dev.6. */\nstatic void one(void **state)\n",
            "conform/c.c": '#define RING "b.dev.2"\n    BOTH(first, "a.dev.1", RING, "It does.")\n'
            '    PACKED(second, RING, "It does.")\n    CASE(third, "section A / B", "It does.")\n',
        }
    )
    assert named(root).tests == {
        "split.drv.1": ["tests/hostile/guests/a.c:G01_a"],
        "blk.dev.5": ["tests/unit/vblk/b.c:one"],
        "blk.dev.6": ["tests/unit/vblk/b.c:one"],
    }
    assert named(root).cases == {"a.dev.1": ["first"], "b.dev.2": ["packed_first", "packed_second"]}


# ---- cases: what D25 and G14 in a test's name are ----

CASES = "tests/cases.md"


def unknown_cases(root):
    """Cases in names of tests without a row on the page."""
    page = read(root, CASES)
    rows = set(
        re.findall(
            r"\b[DG]\d\d\b",
            "\n".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| ")),
        )
    )
    return sorted(
        {
            f"{path}: {case}"
            for path in (*files(root, "tests/*.c"), *files(root, "classes/*.c"))
            if "/fuzz/" not in path.as_posix()
            for case in re.findall(r"\b([DG]\d\d)_", read(root, path))
            if case not in rows
        }
    )


def test_cases():
    assert not unknown_cases(ROOT)


def test_an_unknown_case_is_found(make):
    root = make(
        {
            CASES: "| D01 | a used id |\n",
            "tests/unit/test_a.c": "static void D01_a(void) {}\nstatic void D99_b(void) {}\n",
        }
    )
    assert unknown_cases(root) == ["tests/unit/test_a.c: D99"]


def contradictions(text):
    """Clauses of spec/rules.yaml that a rule decides although no rule can, and those that have two reasons why not."""
    data = yaml.safe_load(text)
    decided = {clause for row in data["rules"] for clause in row.get("clauses", ())}
    undecided = [clause for row in data["undecided"] for clause in row.get("clauses", ())]
    return sorted({clause for clause in undecided if clause in decided or undecided.count(clause) > 1})


def test_what_no_rule_can_decide_is_not_decided():
    text = read(ROOT, "spec/rules.yaml")
    assert not contradictions(text)
    assert contradictions(text.replace("[mmio.dev.1]", "[shm.dev.1]")) == ["shm.dev.1"]


AREAS = ("core", "blk", "net")


def left(rules, table, tests):
    """Areas with clauses that nothing decides, although there is no reason."""
    return [row.area for row in decided(rules, table, tests) if row.area in AREAS and row.left]


def test_each_clause_is_decided_or_has_a_reason():
    table = by_id(json.loads(read(ROOT, PATH)))
    rules = yaml.safe_load(read(ROOT, "spec/rules.yaml"))
    assert not left(rules, table, named(ROOT).tests)
    rows = [row for row in rules["undecided"] if "shm.dev.1" not in row.get("clauses", ())]
    assert left({**rules, "undecided": rows}, table, named(ROOT).tests) == ["core"]


def test_a_section_has_the_clauses_that_no_other_row_has():
    table = by_id(
        {"sections": [{"id": "a.drv", "side": "driver", "section": "A", "levels": ["MUST"] * 3 + ["MAY"]}]}
    )
    rules = {
        "rules": [{"clauses": ["a.drv.1"]}],
        "undecided": [{"clauses": ["a.drv.2"], "because": "two"}, {"sections": ["a.drv"], "because": "all"}],
    }
    why = reasons(rules, table)
    assert list(why) == ["a.drv.2", "a.drv.3", "a.drv.4"]
    assert (why["a.drv.2"], why["a.drv.3"]) == ("two", "all") and "permits" in why["a.drv.4"]
