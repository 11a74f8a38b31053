# SPDX-License-Identifier: MIT
"""tests/soak.txt and pages name tests that there are; tests/pairs.py makes every pair."""

import fnmatch
import itertools
import os
import re
from pathlib import Path

import pytest

from processes import output
from pairs import met, pairs
from tree import ROOT, files, read

BUILD = os.environ.get("VWR_BUILD_DIR")
EACH_RUN = re.compile(r"\beach run(?:,[^:|]*)?: ((?:`[\w.*]+`(?:, )?)+)", re.IGNORECASE)


def listed_tests(*options):
    """The names of the tests that the build folder has."""
    if not BUILD or not (Path(BUILD) / "CTestTestfile.cmake").is_file():
        pytest.skip("no build folder")
    said = output(["ctest", "--test-dir", BUILD, "-N", *options])
    return re.findall(r"^ *Test *#\d+: (\S+)", said, re.MULTILINE)


def not_in_each_run(root, run):
    """[(page, name)] of tests that a page says to be in each run."""
    return [
        (path.as_posix(), name)
        for path in files(root, "*.md")
        for names in EACH_RUN.findall(read(root, path))
        for name in re.findall(r"`([^`]+)`", names)
        if not fnmatch.filter(run, name)
    ]


def test_what_pages_say_of_each_run(make):
    """The tests in "each run: `tier.test`, `tier.*`" are in ./vwr test."""
    assert not_in_each_run(ROOT, listed_tests("-LE", "soak")) == []
    page = "| x | Each run, if there is a y: `a.b`, `c.*` |\n"
    assert not_in_each_run(make({"a.md": page}), ["c.d"]) == [("a.md", "a.b")]


def test_each_row_of_the_soak_has_a_test():
    """A row whose tests are gone, or part of another test, leaves nothing out."""
    listed = listed_tests()
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
