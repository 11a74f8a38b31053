# SPDX-License-Identifier: MIT
"""Each file in bad/ has one mistake, and its first line says what the user reads.

    # expect: LINE:COL: message        the place is in the file itself, or PATH:LINE:COL: message in another one
    # as: spec/device/foo.yaml         where the file stands in the good tree; or `# without:` a file of it

VWR_UPDATE_GOLDEN=1 writes the first lines anew: read the difference before you commit it.
"""

import ast
import os
import re
import sys
from pathlib import Path

import pytest
from specs import ROOT, checked, overlay
from vwr.spec.catalogue import CHECKS
from vwr.spec.problems import Problems

BAD = sorted((Path(__file__).resolve().parent / "bad").glob("*.yaml"))

# Checks that no file in a repository can fail; these tests do instead.
ELSEWHERE = {"VWR-Y028": "test_load.py: test_unreadable_file", "VWR-Y029": "test_clause_table.py: test_a_wrong_table"}


def header(raw, key):
    """The text behind `# key: ` in the first three lines, or None."""
    match = re.search(rf"^# {key}: (.*)$", "\n".join(raw.decode("utf-8", "replace").split("\n")[:3]), re.MULTILINE)
    return match and match.group(1)


def found_in(raw):
    """What is wrong with the overlay of a bad file, a line for each problem, in the form of `# expect:`."""
    without = header(raw, "without")
    path = without or header(raw, "as")
    problems = checked(overlay(path, None if without else raw))
    return [("" if problem.file == path else f"{problem.file}:") + f"{problem.line}:{problem.col}: {problem.text()}"
            for problem in problems]


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_bad_file(file):
    raw = file.read_bytes()
    found = found_in(raw)
    assert len(found) == 1, "a bad file has one mistake:\n" + "\n".join(found)
    if os.environ.get("VWR_UPDATE_GOLDEN") == "1":
        rest = raw.split(b"\n", 1)[1]
        file.write_bytes(f"# expect: {found[0]}\n".encode() + rest)
    else:
        assert found[0] == header(raw, "expect")


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_file_name_begins_with_its_check(file):
    expected = header(file.read_bytes(), "expect")
    assert expected.endswith(f"[VWR-{file.stem.split('-')[0].upper()}]")


def test_every_check_has_a_bad_file():
    shown = {header(file.read_bytes(), "expect").rpartition("[")[2].rstrip("]") for file in BAD}
    assert set(CHECKS) == shown | set(ELSEWHERE)
    assert not shown & set(ELSEWHERE)


def _places():
    """(file, first line, last line) of each call that reports something, in the checks and in the reader."""
    for folder in ("check", "spec"):
        for path in sorted((ROOT / "codegen/vwr" / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "error" \
                        and ast.unparse(node.func.value) in ("tree", "tree.problems", "problems", "self.problems"):
                    yield path.name, node.lineno, node.end_lineno


# Reports that no file in a repository can cause; these tests do instead. What a user's option file causes is tested there.
NOT_OF_FILES = {"load.py: Y028", "clauses.py: Y029", "tree.py: Y027"}


def test_every_report_has_a_bad_file(monkeypatch):
    """Not only each check: each place that reports something."""
    seen, error = set(), Problems.error

    def noted(self, *arguments, **more):
        frame = sys._getframe(1)
        while frame.f_code.co_filename.endswith("load.py") and frame.f_code.co_name == "error":
            seen.add(("load.py", frame.f_lineno))
            frame = frame.f_back
        seen.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        return error(self, *arguments, **more)
    monkeypatch.setattr(Problems, "error", noted)
    for file in BAD:
        found_in(file.read_bytes())
    silent = [(name, first) for name, first, last in _places() if not any(name == other and first <= line <= last for other, line in seen)]
    assert silent == []
