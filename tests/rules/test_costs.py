# SPDX-License-Identifier: MIT
"""tests/costs.txt and soak.txt name tests that there are; tests/costs.py keeps its rows; tests/pairs.py makes every pair."""

import itertools
import json
import os
import re
from pathlib import Path

import pytest

import costs
from processes import output
from pairs import met, pairs

BUILD = os.environ.get("VWR_BUILD_DIR")


@pytest.fixture(scope="module")
def listed():
    """{test: its cost}, as CTest has them."""
    if not BUILD or not (Path(BUILD) / "CTestTestfile.cmake").is_file():
        pytest.skip("no build folder")
    command = ["ctest", "--test-dir", BUILD, "--show-only=json-v1"]
    tests = json.loads(output(command))["tests"]
    return {
        test["name"]: {row["name"]: row["value"] for row in test["properties"]}.get("COST") for test in tests
    }


def test_each_row_is_a_test(listed):
    """And the costly ones are first."""
    rows = costs.rows(costs.TABLE.read_text("utf-8"))
    assert rows and set(rows) <= set(listed)
    assert list(rows) == sorted(rows, key=lambda name: (-rows[name], name))
    assert min(rows.values()) >= costs.SHORT


def test_each_row_of_the_soak_has_a_test(listed):
    """A row whose tests are gone, or part of another test, leaves nothing out."""
    lines = costs.TABLE.with_name("soak.txt").read_text("utf-8").splitlines()
    rows = [line.split()[0] for line in lines if not line.startswith("#")]
    assert rows and not [row for row in rows if not any(re.fullmatch(row, name) for name in listed)]


def test_ctest_has_the_costs(listed):
    """It starts the costly ones first. A test without a row costs 1."""
    rows = costs.rows(costs.TABLE.read_text("utf-8"))
    assert listed == {name: rows.get(name, 1) for name in listed}


def test_what_a_run_took_is_read():
    text = "unit.blk 3 0.25\nembed.matrix 1 200.5\nqemu.late 0 0\n---\nqemu.failed\n"
    assert costs.measured(text) == {"unit.blk": 0.25, "embed.matrix": 200.5}


def test_a_row_stays_until_it_is_wrong_by_half():
    before = {"a.same": 10, "a.slower": 10, "a.faster": 10, "a.short": 10, "a.gone": 10, "a.unmeasured": 10}
    new = {"a.same": 19.0, "a.slower": 21.0, "a.faster": 4.9, "a.short": 1.0, "a.new": 5.4, "a.gone": 9.0}
    assert costs.merged(before, new, {*before, *new} - {"a.gone"}) == {
        "a.same": 10,
        "a.slower": 21,
        "a.faster": 5,
        "a.new": 5,
        "a.unmeasured": 10,
    }


@pytest.mark.parametrize(
    "axes", [("ab", "cd", "ef"), ("abc", "de", "fg"), ("abcd", "efg"), ("a", "b", "cde")]
)
def test_any_two_values_meet(axes):
    rows = pairs(*axes)
    wanted = {
        (i, a, j, b) for i, j in itertools.combinations(range(len(axes)), 2) for a in axes[i] for b in axes[j]
    }
    assert set().union(*map(met, rows)) == wanted
    assert len(rows) == len(set(rows)) == max(len(a) * len(b) for a, b in itertools.combinations(axes, 2))
