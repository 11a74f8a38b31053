# SPDX-License-Identifier: MIT
"""The Python of the tools and tests, by mypy (codegen/mypy.ini says what is off), pyflakes and black; and nobody
changes where modules come from."""

import os
import re
import sys

import pytest

from processes import completed, need
from tree import ROOT, files, read

PATHS = re.compile(r"\bsys\." r"path\b")
BLACK = (
    "import gc; gc.disable(); import black; black.patched_main()"  # collecting takes a quarter of its time
)
EXCUSED = re.compile(r"# noqa: F\d+")  # such as a hook that pytest finds by its name


def said(*command):
    """What a program has to say, in this tree."""
    return completed([str(word) for word in command], cwd=ROOT).stdout


@pytest.mark.soak("pyflakes reads the same files; tests call the functions with the types that they have")
def test_mypy():
    need("mypy")
    # In a fresh build folder, as CI has it, writing a cache takes a quarter of the time.
    options = ["--config-file", "codegen/mypy.ini", "--cache-dir", os.devnull]
    options += ["--python-executable", sys.executable]
    assert said("mypy", *options, "codegen/vwr", "codegen/__main__.py").startswith("Success: ")


def flaws(root):
    """What pyflakes finds, but for lines that say why not."""
    python = [root / path for path in files(root, "*.py") if "generated" not in path.parts]
    rows = [line for line in said("pyflakes3", *python).splitlines() if line]
    places = [re.match(r"(.*?):(\d+):", line) for line in rows]
    return [
        line
        for line, place in zip(rows, places)
        if not place or not EXCUSED.search(read(root, place[1]).splitlines()[int(place[2]) - 1])
    ]


def test_pyflakes(make):
    need("pyflakes3")
    assert not flaws(ROOT)
    assert len(flaws(make({"a.py": "import os\nimport re  # noqa: F401\n"}))) == 1


def unformatted(root):
    """What black would change, by pyproject.toml; what is generated has its own form."""
    options = ["--check", "--quiet", "--diff", "--config", ROOT / "pyproject.toml"]
    return said(sys.executable, "-c", BLACK, *options, root)


@pytest.mark.soak("pyflakes reads the same files; what black changes is where lines end")
def test_black(make):
    need("black")
    assert not unformatted(ROOT)
    assert "+one = {" in unformatted(make({"a.py": "one={ 'a':1}\n"}))


def test_modules_come_from_where_they_are():
    """Imports work by the package's own folder, and by the line of pytest.ini. One file keeps folders of tests apart,
    and one runs a program as its own process would."""
    found = [path.as_posix() for path in files(ROOT, "*.py") if PATHS.search(read(ROOT, path))]
    assert found == ["codegen/vwr/front/script.py", "tests/conftest.py"]
