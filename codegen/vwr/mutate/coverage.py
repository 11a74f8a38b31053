# SPDX-License-Identifier: MIT
"""
The tests that run a line, and the object that contains it: gcov's results, cached until the sources change.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from vwr.mutate.tree import Program, Tree, state
from vwr.stop import Stop

# Without sanitizers, which do not affect the counters; a call that is inlined early would have no line of its
# own.
OPTIONS = (
    "-DCMAKE_C_FLAGS=--coverage -fprofile-update=atomic -fno-early-inlining",
    "-DVWR_SANITIZE=-O1",
)
LONGEST = 60.0  # seconds of a test that is still used
Lines = dict[str, dict[int, dict[str, int]]]  # file, line, library or program: a bit for each test


class Coverage(NamedTuple):
    """`lines` has every line of code, executed or not; programs are those of the measured tree."""

    programs: dict[str, Program]
    seconds: dict[str, float]  # by the test's name, in the order of the bits
    lines: Lines

    def of(self, file: str, line: int, text: list[str]) -> dict[str, list[str]]:
        """
        Tests that run a line, by the linked library or program. `text` is the file, to recognise statements
        of several lines.
        """
        known = self.lines.get(file, {})
        while line not in known and line > 1 and not re.search(r"(^|[;{}:]|\*/)$", text[line - 2].rstrip()):
            line -= 1
        return self.named(known.get(line, {}))

    def of_table(self, users: list[tuple[str, int]]) -> dict[str, list[str]]:
        """Tests that run one of these lines, which refer to a table."""
        found: dict[str, int] = {}
        for file, line in users:
            for owner, bits in self.lines.get(file, {}).get(line, {}).items():
                found[owner] = found.get(owner, 0) | bits
        return self.named(found)

    def lines_run(self, file: str) -> Counter[str]:
        """Number of lines of a file that each test runs."""
        found: Counter[str] = Counter()
        for owners in self.lines.get(file, {}).values():
            found.update({name for names in self.named(owners).values() for name in names})
        return found

    def named(self, owners: dict[str, int]) -> dict[str, list[str]]:
        names = list(self.seconds)
        return {
            owner: [name for at, name in enumerate(names) if bits >> at & 1]
            for owner, bits in owners.items()
            if bits
        }


def counted(folder: Path, tree: Tree) -> Iterator[tuple[str, str, int, bool]]:
    """Owner, file, line and whether it was executed, from one test's counters."""
    data = [str(path) for path in folder.rglob("*.gcda")]
    for path in data:
        notes = path[: -len("gcda")] + "gcno"
        os.symlink(notes[len(str(folder)) :], notes)
    shown = subprocess.run(
        ["gcov", "-j", "-t", *data], cwd=folder, capture_output=True, text=True, check=False
    )
    for text in shown.stdout.splitlines():
        report = json.loads(text)
        owner = re.search(r"/CMakeFiles/([^/]+)\.dir/", report["data_file"])
        for each in report["files"]:
            file = os.path.relpath(
                tree.build_folder / each["file"], tree.source
            )  # ccache may make the path relative
            if owner and file.startswith(("runtime/", "generated/")):
                for line in each["lines"]:
                    yield owner[1], file, line["line_number"], line["count"] > 0


def measure(tree: Tree, jobs: int) -> Coverage:
    """Builds with counters, and runs each test once."""
    tree.build_all(jobs)
    programs = tree.programs()
    lines: Lines = {}
    seconds: dict[str, float] = {}

    def one(program: Program) -> tuple[Program, float, list[tuple[str, str, int, bool]]]:
        folder = Path(tempfile.mkdtemp(dir=tree.build_folder, prefix="counters-"))
        try:
            passed, took = tree.test(program, 2 * LONGEST, GCOV_PREFIX=str(folder))
            rows = list(counted(folder, tree)) if passed and took < LONGEST else []
        finally:
            shutil.rmtree(folder)
        return program, took, rows

    with ThreadPoolExecutor(jobs) as pool:
        for program, took, rows in pool.map(one, programs):
            if rows:
                bit = 1 << len(seconds)
                seconds[program.name] = took
                for owner, file, line, run in rows:
                    owners = lines.setdefault(file, {}).setdefault(line, {})
                    if run:
                        owners[owner] = owners.get(owner, 0) | bit
    return Coverage({program.name: program for program in programs}, seconds, lines)


def load(tree: Tree, names: list[str], jobs: int) -> Coverage:
    """Reads the cached coverage, if it is of this state of the tree."""
    now = state(names)
    place = tree.build_folder.with_suffix(".json")
    if place.is_file():
        kept = json.loads(place.read_text(encoding="utf-8"))
        if kept["state"] == now:
            lines = {
                file: {int(line): row for line, row in rows.items()} for file, rows in kept["lines"].items()
            }
            programs = {row[0]: Program(row[0], tuple(row[1]), *row[2:]) for row in kept["programs"]}
            return Coverage(programs, kept["seconds"], lines)
    if shutil.which("gcov") is None:
        raise Stop("gcov is missing", "apt install gcc")
    tree.copy(names)
    found = measure(tree, jobs)
    kept = {
        "state": now,
        "programs": list(found.programs.values()),
        "seconds": found.seconds,
        "lines": found.lines,
    }
    place.write_text(json.dumps(kept), encoding="utf-8")
    return found
