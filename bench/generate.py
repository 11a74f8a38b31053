# SPDX-License-Identifier: MIT
"""What ./vwr generate and ./vwr check take: all of spec/, one file of it changed, nothing changed."""

import resource
import shutil
import subprocess
import sys

import limits
from rows import row

GOALS = {what: one.limit for what, one in limits.of("generate", ("all", "one", "none")).items()}
CHANGED = "spec/device/crypto.yaml"  # the largest
RUNS = 3


def rows(root, out):
    """
    The best of a few runs each, since what disturbs a run only makes it longer; and the others as parts of that
    of all. The first run of a clone also compiles the programs, Python's among them, and the templates.
    """
    modules = subprocess.run(
        [sys.executable, "-c", "import yaml, jsonschema, jinja2"], capture_output=True, check=False
    )
    if modules.returncode:
        return [row("generate", "all", "", reason=f"{sys.executable} lacks yaml, jsonschema or jinja2")]
    copies = [out / "generate" / str(number) for number in range(RUNS)]
    shutil.rmtree(out / "generate", ignore_errors=True)
    first = min(_first(root, copy) for copy in copies)
    all_ = min(map(_all, copies))
    one = min(map(_changed, copies))
    none = min(_seconds(copy, "check") for copy in copies)
    copy = copies[0]
    files = sum(1 for path in (copy / "generated").rglob("*") if path.is_file())
    of = "of all"
    return [
        row("generate", f"all of spec/, {files} files (goal {GOALS['all']})", "s", all_),
        row("generate", "all of spec/, the first run of a clone", "s", first, ratio=first / all_, of=of),
        row("generate", f"{CHANGED} changed (goal {GOALS['one']})", "s", one, ratio=one / all_, of=of),
        row(
            "generate", f"check, nothing changed (goal {GOALS['none']})", "s", none, ratio=none / all_, of=of
        ),
    ]


def _first(root, copy):
    """A copy that knows nothing and has nothing."""
    for room in ("codegen", "spec"):
        shutil.copytree(root / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "runtime").mkdir()
    for path in (root / "runtime").glob("options.*"):
        shutil.copy(path, copy / "runtime")
    return _seconds(copy, "generate")


def _all(copy):
    """
    Nothing is known of the outputs, and none is there. They are moved away: an ext4 without a journal does
    not use an inode again for a minute or more after its file was removed, and each new file looks past these.
    """
    for folder in ("generated", "build/generated"):
        (copy / folder).rename(copy / f"{folder}-old")
    return _seconds(copy, "generate")


def _changed(copy):
    with (copy / CHANGED).open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    return _seconds(copy, "generate")


def _seconds(copy, verb):
    """Seconds of the processor of one run, as ./vwr starts it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, str(copy / "codegen"), verb],
        cwd=copy,
        check=True,
        capture_output=True,
        timeout=120,
        env={
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "PYTHONPYCACHEPREFIX": str(copy / "build/pycache"),
        },
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
