# SPDX-License-Identifier: MIT
"""The tests that run a line, and the objects that contain it: gcov's results, kept until a program changes."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from vwr.mutate.tree import Build, Program, run
from vwr.stop import Stop

LONGEST = 60.0  # maximum CPU time, in seconds, of a test that is used
Lines = dict[str, tuple[list[int], list[int]]]  # by file: lines of code, and those that ran


class Counters:
    """The lines that one test ran. Its folder contains gcov's data, and results on demand."""

    def __init__(self, build: Build, place: Path, program: Program) -> None:
        self.build = build
        self.program = program
        self.folder = place / program.name
        self.kept = self.folder / "lines.json"
        self.passed, self.seconds = False, 0.0
        self.lines: dict[str, Lines] = {}
        self.changed = False

    def run(self) -> None:
        """Runs the test if its program has changed since the last run."""
        now = os.stat(self.program.command[0]).st_mtime_ns
        if self.kept.is_file():
            known: dict[str, Any] = json.loads(self.kept.read_text(encoding="utf-8"))
            if known["built"] == now:
                self.passed, self.seconds, self.lines = known["passed"], known["seconds"], known["lines"]
                return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.passed, self.seconds = run(self.program, LONGEST, 4 * LONGEST, GCOV_PREFIX=str(self.folder))
        self.changed = True

    def objects(self) -> set[str]:
        below = Path(f"{self.folder}{self.build.folder}")
        return {str(path.relative_to(below))[: -len("gcda")] + "o" for path in below.rglob("*.gcda")}

    def read(self, names: set[str]) -> None:
        """Asks gcov about these objects."""
        wanted = sorted(names - set(self.lines))
        below = Path(f"{self.folder}{self.build.folder}")
        for name in wanted:
            notes = below / f"{name[:-1]}gcno"
            if not notes.is_symlink():
                os.symlink(self.build.folder / f"{name[:-1]}gcno", notes)
            self.lines[name] = {}
        if wanted:
            self.changed = True
            data = [str(below / f"{name[:-1]}gcda") for name in wanted]
            shown = subprocess.run(
                ["gcov", "-j", "-t", *data], cwd=self.folder, capture_output=True, text=True, check=False
            )
            for text in shown.stdout.splitlines():
                self.take(json.loads(text), below)

    def take(self, report: dict[str, Any], below: Path) -> None:
        name = os.path.relpath(report["data_file"], below)[: -len("gcda")] + "o"
        for each in report["files"]:
            file = os.path.relpath(self.build.folder / each["file"], self.build.source)
            if file.startswith(("runtime/", "generated/", "hosted/", "integrations/", "plan/")):
                code, ran = self.lines[name].setdefault(file, ([], []))
                for line in each["lines"]:
                    code.append(line["line_number"])
                    if line["count"]:
                        ran.append(line["line_number"])

    def write(self) -> None:
        if self.changed:
            built = os.stat(self.program.command[0]).st_mtime_ns
            known = {"built": built, "passed": self.passed, "seconds": self.seconds, "lines": self.lines}
            whole = self.kept.with_suffix(".new")
            whole.write_text(json.dumps(known), encoding="utf-8")
            whole.replace(self.kept)


class Coverage:
    """Maps each line of some files to the tests that run it."""

    def __init__(self) -> None:
        self.code: dict[str, set[int]] = {}
        self.ran: dict[str, dict[int, dict[str, list[str]]]] = {}  # file, line, test: objects
        self.programs: dict[str, Program] = {}
        self.seconds: dict[str, float] = {}
        self.share: dict[tuple[str, str], int] = {}  # (file, test): lines that the test runs

    def add(self, counters: Counters, files: set[str]) -> None:
        test = counters.program.name
        self.programs[test], self.seconds[test] = counters.program, counters.seconds
        for name, lines in counters.lines.items():
            for file in files & set(lines):
                code, ran = lines[file]
                self.code.setdefault(file, set()).update(code)
                by_line = self.ran.setdefault(file, {})
                for line in set(ran):
                    by_line.setdefault(line, {}).setdefault(test, []).append(name)
                self.share[file, test] = self.share.get((file, test), 0) + len(ran)

    def of(self, file: str, line: int, text: list[str]) -> dict[str, list[str]]:
        """
        Objects by the tests that run a line of `text`, the file. What gcov does not count, such as a call of a function
        that is always inline, runs with the line before it in the function.
        """
        known = self.code.get(file, set())
        while line not in known and line > 1 and text[line - 2] != "}":
            line -= 1
        return self.ran.get(file, {}).get(line, {})


def load(build: Build, place: Path, files: Iterable[str], jobs: int) -> Coverage:
    """Runs each test whose program is new, and reads the counters of the objects that contain these files."""
    if shutil.which("gcov") is None:
        raise Stop("gcov is missing", "apt install gcc")
    wanted = set(files)
    concerned = {name for name, depends in build.depends.items() if not wanted.isdisjoint(depends)}
    counters = [Counters(build, place, program) for program in build.programs()]

    def measure(each: Counters) -> None:
        each.run()
        if each.passed:
            each.read(each.objects() & concerned)
        each.write()

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(measure, counters))
    found = Coverage()
    for each in counters:
        if each.passed and each.seconds < LONGEST:
            found.add(each, wanted)
    return found
