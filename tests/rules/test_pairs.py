# SPDX-License-Identifier: MIT
"""tests/soak.txt names tests that there are; tests/pairs.py makes every pair."""

import itertools
import os
import re
from pathlib import Path

import pytest

from processes import output
from pairs import met, pairs
from tree import ROOT

BUILD = os.environ.get("VWR_BUILD_DIR")


def test_each_row_of_the_soak_has_a_test():
    """A row whose tests are gone, or part of another test, leaves nothing out."""
    if not BUILD or not (Path(BUILD) / "CTestTestfile.cmake").is_file():
        pytest.skip("no build folder")
    listed = re.findall(r"^ *Test *#\d+: (\S+)", output(["ctest", "--test-dir", BUILD, "-N"]), re.MULTILINE)
    lines = (ROOT / "tests/soak.txt").read_text("utf-8").splitlines()
    rows = [line.split()[0] for line in lines if not line.startswith("#")]
    assert rows and not [row for row in rows if not any(re.fullmatch(row, name) for name in listed)]


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
