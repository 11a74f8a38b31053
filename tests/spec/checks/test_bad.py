# SPDX-License-Identifier: MIT
"""Each case in bad/ has one mistake; its first lines name the place and the check, messages.txt has the whole message.

    # expect: LINE:COL VWR-C001        the place is in the case itself; PATH:LINE:COL if it is in another file
    # as: spec/device/foo.yaml         where the case stands in the good tree; or `# without:` a file of it

VWR_UPDATE_GOLDEN=1 writes messages.txt anew: read the difference before you commit it.
"""

import ast
import functools
import json
import re
import sys
from pathlib import Path

import pytest
from golden import cases, compare, header, listed, place
from specs import ROOT, checked, overlay
from vwr.generate import units
from vwr.generate.make import Maker
from vwr.generate.named import NOTHING
from vwr.spec import load
from vwr.spec.catalogue import CHECKS
from vwr.spec.load import Tree
from vwr.spec.problems import Problems, Refused

HERE = Path(__file__).resolve().parent
BAD = cases(HERE / "bad")
FIRST = sorted({case.stem.split("-")[0]: case for case in reversed(BAD)}.values())  # of each check

# Checks that no file in a repository can fail; these tests do instead.
ELSEWHERE = {
    "VWR-Y028": "test_load.py: test_unreadable_file",
    "VWR-Y029": "test_clause_table.py: test_a_wrong_table",
    "VWR-Y031": "test_section_table.py: test_a_wrong_table",
    "VWR-C113": "test_section_table.py: test_an_unknown_section",
}


def stands_at(raw):
    """The path in the good tree that a case is about."""
    return header(raw, "without") or header(raw, "as")


def found_in(raw):
    """The problems of the overlay of a case."""
    return list(checked(overlay(stands_at(raw), None if header(raw, "without") else raw)))


@functools.cache
def looked_at(case):
    """What is wrong with the overlay of a case, and the lines of the checks that said so."""
    lines, error = set(), Problems.error

    def noted(self, *arguments, **more):
        frame = sys._getframe(1)
        if frame.f_code is Tree.error.__code__:
            frame = frame.f_back
        lines.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        return error(self, *arguments, **more)

    Problems.error = noted
    try:
        return found_in(case.raw), lines
    finally:
        Problems.error = error


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.stem)
def test_bad_case(case):
    raw = case.raw
    found = [place(problem, stands_at(raw)) for problem in looked_at(case)[0]]
    assert found == [header(raw, "expect")], "one mistake, at this place, found by this check"


def test_messages():
    compare(HERE / "messages.txt", listed({case.name: looked_at(case)[0] for case in BAD}))


def _some(rows, step, why):
    """Rows of a parameter: each `step`th is for every run."""
    mark = pytest.mark.soak(why)
    return [pytest.param(row, marks=() if at % step == 0 else mark) for at, row in enumerate(rows)]


def sections(texts):
    """A table of the sections that these texts name: a case is about something else."""
    words = [raw if isinstance(raw, str) else raw.decode("utf-8", "replace") for raw in texts.values()]
    titles = sorted({title for text in words for title in re.findall(r"section: *([^\n,}]+)", text)})
    return json.dumps({"specification": "VIRTIO 1.4", "titles": titles}).encode("utf-8")


UNITS = "each check runs on whole trees, and the units of every third on those; test_units.py has one of two units"


@pytest.mark.parametrize("case", _some(FIRST, 3, UNITS), ids=lambda case: case.stem)
def test_a_bad_case_is_refused_unit_by_unit(case):
    """What is kept is only ever of units that are right, so each check has to look at them too."""
    raw = case.raw
    texts = overlay(stands_at(raw), None if header(raw, "without") else raw)
    beside = {path: (ROOT / path).read_bytes() for path in (load.OPTIONS, load.RULES)}
    texts = beside | {path: texts[path] for path in sorted(texts)}
    texts[load.SECTIONS] = sections(texts)
    if units.can_be(texts):
        with pytest.raises(Refused):
            maker, (*each, of_all, of_none) = Maker(texts, NOTHING), units.units(texts, NOTHING)
            shares = [share for unit in each for share in maker.described(unit).shares]
            for unit in (of_all, of_none):
                maker.described_all(unit, shares)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.stem)
def test_name_begins_with_its_check(case):
    expected = header(case.raw, "expect")
    assert expected.endswith(f" VWR-{case.stem.split('-')[0].upper()}")


def test_every_check_has_a_case():
    shown = {header(case.raw, "expect").rpartition(" ")[2] for case in BAD}
    assert set(CHECKS) == shown | set(ELSEWHERE)
    assert not shown & set(ELSEWHERE)


def _places():
    """(file, function, first line, last line) of each call that reports something, in the checks and in the reader."""
    for folder in ("check", "spec"):
        for path in sorted((ROOT / "codegen/vwr" / folder).glob("*.py")):
            functions = [
                node
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.FunctionDef)
            ]
            for inside, node in ((one, node) for one in functions for node in ast.walk(one)):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "error"
                    and ast.unparse(node.func.value) in ("tree", "tree.problems", "problems", "self.problems")
                ):
                    yield path.name, inside.name, node.lineno, node.end_lineno


# Functions whose reports no file in spec/ can cause, and the tests that do.
OTHERS = {
    ("clauses.py", "table"): "test_clause_table.py",
    ("clauses.py", "_each_once"): "test_clause_table.py",
    ("sections.py", "table"): "test_section_table.py",
    ("sections.py", "known"): "test_section_table.py",
    ("load.py", "load_tree"): "test_load.py: test_unreadable_file",
    ("tree.py", "checked_tree"): "test_load.py",
}


def test_every_report_has_a_case():
    """Not only each check: each place that reports something."""
    seen = {line for case in BAD for line in looked_at(case)[1]}
    silent = [
        (name, function, first)
        for name, function, first, last in _places()
        if function != "error" and not any(name == other and first <= line <= last for other, line in seen)
    ]
    assert [one for one in silent if one[:2] not in OTHERS] == []
    assert {one[:2] for one in silent} == set(OTHERS)
