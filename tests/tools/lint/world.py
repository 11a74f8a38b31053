# SPDX-License-Identifier: MIT
"""What the tests of lint share: the program, a good header, and mistakes to put into it; the description is read once."""

import functools
import json
import re
from pathlib import Path

import inprocess

from vwr.lint import command

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
GOOD = HERE / "headers" / "good.h"
command.Book = functools.cache(command.Book)


def run(*arguments, cwd=None, **environment):
    """The program itself."""
    return inprocess.run("lint", *arguments, cwd=cwd, environment={"PATH": "/usr/bin:/bin", **environment})


def judged(*arguments, **more):
    """(exit code, findings) of a run."""
    done = run("--format", "json", *arguments, **more)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)["findings"]


def findings(*arguments, **more):
    """(exit code, the findings as level and sentence)."""
    code, found = judged(*arguments, **more)
    return code, [f"{one['level']}: {one['sentence']}" for one in found]


def bad(folder, *changes):
    """The good header with mistakes in it: what is replaced stands there once, at a word's beginning."""
    path, text = folder / "bad.h", GOOD.read_text(encoding="utf-8")
    for old, new in changes:
        text, count = re.subn(rf"(?<!\w){re.escape(old)}", lambda _, new=new: new, text)
        assert count == 1, f"{old!r} stands {count} times in the header"
    path.write_text(text, encoding="utf-8")
    return path


def line_of(path, words):
    """The line of a header in which something stands."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, row in enumerate(rows, 1) if words in " ".join(row.split()))
