# SPDX-License-Identifier: MIT
"""Data for programs of others (docs/data.md): each kind is read by a program of other authors."""

import json

from folders import ROOT
from processes import need, output

CLAUSES = ROOT / "generated/clauses.csv"


# ---- clauses ----


def asked(question):
    """Rows of sqlite3 for a question about the table of clauses."""
    need("sqlite3")
    done = output(
        ["sqlite3", ":memory:", "-cmd", ".mode csv", "-cmd", f'.import "{CLAUSES}" clauses', question]
    )
    return done.splitlines()


def test_sqlite_answers_which_tests_decide_a_clause():
    """A clause of the specification's section Device Status Field, its rule, a test of it and its cases."""
    assert asked(
        "SELECT section, side, keyword, rules, cases FROM clauses WHERE id = 'status.dev.1'"
        " AND ' ' || tests || ' ' LIKE '% tests/unit/device/pci.c:notifies_early %'"
    ) == [
        '"Basic Facilities of a Virtio Device / Device Status Field",device,"MUST NOT",USED_EARLY,'
        '"before_driver_ok packed_before_driver_ok"'
    ]
    assert asked("SELECT why_no_rule FROM clauses WHERE id = 'split.drv.kick.1'") == [
        '"A barrier leaves no trace in memory, only what goes wrong without it does"'
    ]


def test_sqlite_counts_the_clauses():
    """A row for each clause, none of which has both a rule and a reason why there is none."""
    table = json.loads((ROOT / "spec/clauses.json").read_text(encoding="utf-8"))["sections"]
    count = {
        side: sum(len(row["levels"]) for row in table if row["side"] == side) for side in ("device", "driver")
    }
    rows = asked("SELECT side, count(DISTINCT id), count(*) FROM clauses GROUP BY side ORDER BY side")
    assert rows == [f"{side},{number},{number}" for side, number in count.items()]
    assert asked("SELECT count(*) FROM clauses WHERE rules != '' AND why_no_rule != ''") == ["0"]
