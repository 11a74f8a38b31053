# SPDX-License-Identifier: MIT
"""What the tests of lint share: the program, a good header, and mistakes to put into it."""

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LINT = [sys.executable, "-B", str(ROOT / "codegen"), "lint"]
GOOD = HERE / "headers" / "good.h"


def run(*arguments, cwd=None, **environment):
    """The program itself, as a process."""
    return subprocess.run([*LINT, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False,
                          timeout=300, env={"PATH": "/usr/bin:/bin", "VWR_DEBUG": "1", **environment})


def judged(*arguments, **more):
    """(exit code, findings) of a run."""
    done = run("--format", "json", *arguments, **more)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)["findings"]


def findings(*arguments, **more):
    """(exit code, the findings as level and sentence)."""
    code, found = judged(*arguments, **more)
    return code, [f"{one['level']}: {one['sentence']}" for one in found]


def mistaken(text, changes):
    """A header with something replaced; what is replaced stands there once, at a word's beginning."""
    for old, new in changes:
        text, count = re.subn(rf"(?<!\w){re.escape(old)}", lambda _, new=new: new, text)
        assert count == 1, f"{old!r} stands {count} times in the header"
    return text


def bad(folder, *changes):
    """The good header with mistakes in it."""
    path = folder / "bad.h"
    path.write_text(mistaken(GOOD.read_text(encoding="utf-8"), changes), encoding="utf-8")
    return path


def line_of(path, words):
    """The line of a header in which something stands."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, row in enumerate(rows, 1) if words in " ".join(row.split()))
