# SPDX-License-Identifier: MIT
"""
Runs mutants: compiles what has the mutant, links it in front of the objects of the build, runs tests.

Of two functions of one name the linker takes the first. What a mutant costs are one or a few compilations, and for
each test a link.
"""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import DEVNULL, run as run_command
from typing import NamedTuple

from vwr import ROOT
from vwr.mutate import tree
from vwr.mutate.operators import Mutant
from vwr.mutate.tree import Build, Program

KILLED, SURVIVED, BROKEN, UNCOVERED = "killed", "survived", "did not compile", "no test runs it"
EQUAL, LISTED = "same object code", "listed as equivalent"
LASTING = (KILLED, BROKEN, EQUAL)  # while the file does not change
# What compilations read.
COPIED = ("runtime/", "generated/", "hosted/", "integrations/", "plan/", "spec/", "tests/", "classes/")
SECONDS, WAIT = 5, 60.0  # what a test may take, besides four times its usual time


class Result(NamedTuple):
    verdict: str
    by: str = ""  # the test


class Job(NamedTuple):
    """A mutant and its tests in the order of execution, each with the objects that contain the line."""

    mutant: Mutant
    tests: list[tuple[str, list[str]]]


class Worker:
    """A copy of the sources, and the objects and the program of one mutant at a time."""

    def __init__(self, build: Build, place: Path, name: str) -> None:
        self.build = build
        self.copy = place / f"copy-{name}"
        self.scratch = place / f"objects-{name}"
        self.made: dict[str, Path | None] = {}

    def prepare(self, names: Iterable[str]) -> None:
        tree.copy([file for file in names if file.startswith(COPIED)], self.copy)
        self.scratch.mkdir(exist_ok=True)

    def run(self, job: Job, programs: dict[str, Program], seconds: dict[str, float]) -> Result:
        """The file is restored afterwards."""
        mutant = job.mutant
        path = self.copy / mutant.file
        text = path.read_bytes()
        path.write_bytes(text[: mutant.start] + mutant.after.encode() + text[mutant.end :])
        self.made = {}
        try:
            for at, (test, objects) in enumerate(job.tests):
                program = self.link(programs[test], objects, mutant.file)
                if program is None:
                    return Result(BROKEN)
                usual = seconds[test]
                ended = tree.run(program, SECONDS + 4 * usual, WAIT + 20 * usual, GCOV_PREFIX="/dev/null")
                if not ended.passed:
                    return Result(KILLED, test)
                if at == 0 and self.same(job):
                    return Result(EQUAL)
            return Result(SURVIVED)
        finally:
            path.write_bytes(text)

    def input(self, name: str, file: str) -> tuple[str, str]:
        """
        The source that is compiled in place of an object, and its path: for an object with several sources,
        the mutated source; for a header, all of them.
        """
        sources = self.build.sources(name)
        if file in sources:
            return file, str(self.copy / file)
        if len(sources) == 1 and self.build.folder not in Path(self.build.inputs[name]).parents:
            return sources[0], str(self.copy / sources[0])
        text = Path(self.build.inputs[name]).read_text(encoding="utf-8")
        unit = self.scratch / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.c"
        unit.write_text(self.moved(text), encoding="utf-8")
        return name, str(unit)

    def moved(self, text: str) -> str:
        return text.replace(f"{self.build.source}/", f"{self.copy}/")

    def compile(self, name: str, file: str) -> Path | None:
        """The object with the mutant, compiled once for all tests; None if it does not compile."""
        source, path = self.input(name, file)
        if name not in self.made:
            out = self.scratch / f"{len(self.made)}.o"
            words = [self.moved(word) for word in self.build.arguments(name) if word != "--coverage"]
            words[words.index("-o") + 1], words[words.index("-c") + 1] = str(out), path
            self.made[name] = out if self.compiles(words) else None
        return self.made[name]

    def compiles(self, words: Sequence[str]) -> bool:
        return (
            run_command(
                words,
                cwd=self.build.folder,
                stdout=DEVNULL,
                stderr=DEVNULL,
                check=False,
                env={**os.environ, **tree.ENVIRONMENT},
            ).returncode
            == 0
        )

    def link(self, program: Program, objects: Sequence[str], file: str) -> Program | None:
        made = [self.compile(name, file) for name in objects]
        if None in made:
            return None
        words = self.build.arguments(os.path.relpath(program.command[0], self.build.folder))
        out = self.scratch / "program"
        words[words.index("-o") + 1] = str(out)
        first = next(at for at, word in enumerate(words) if word.endswith((".o", ".a")))
        words[first:first] = ["-Wl,-z,muldefs", *map(str, made)]
        return program._replace(command=(str(out), *program.command[1:])) if self.compiles(words) else None

    def same(self, job: Job) -> bool:
        """Whether the optimised code of all objects that tests run is the same as without the mutant."""
        inputs = {self.input(name, job.mutant.file)[0]: name for _, objects in job.tests for name in objects}
        return all(
            self.optimised(name, job.mutant.file, True) == self.optimised(name, job.mutant.file, False)
            for name in inputs.values()
        )

    def optimised(self, name: str, file: str, mutated: bool) -> bytes:
        words = [
            word
            for word in self.build.arguments(name)
            if not word.startswith(("-O", "-g", "-fsanit", "--cov"))
        ]
        source, path = self.input(name, file)
        if mutated:
            words = [self.moved(word) for word in words]
        elif source != name:
            path = str(self.build.source / source)
        else:
            path = self.build.inputs[name]
        out = self.scratch / "optimised.o"
        words[words.index("-o") + 1], words[words.index("-c") + 1] = str(out), path
        if not self.compiles([*words, "-O2", "-g0"]):
            return b""
        run_command(["strip", "--strip-unneeded", str(out)], check=False)
        return out.read_bytes()


class Kept:
    """
    Results, one per line, so that a run continues. One is used again while the mutant's file is the same; that no test
    finds it, while all files are.
    """

    def __init__(self, place: Path, state: str, strict: bool) -> None:
        self.place = place
        self.state = state
        self.strict = strict  # regardless of the result, only for this state
        self.results: dict[str, Result] = {}
        self.hashes: dict[str, str] = {}
        self.lock = threading.Lock()
        for line in place.read_text(encoding="utf-8").splitlines() if place.is_file() else []:
            key, verdict, by, valid = json.loads(line)
            if valid == self.valid(key.split("\0")[0], verdict):
                self.results[key] = Result(verdict, by)

    def valid(self, file: str, verdict: str) -> str:
        """The state for which a result holds."""
        if self.strict or verdict not in LASTING:
            return self.state
        if file not in self.hashes:
            path = ROOT / file
            self.hashes[file] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        return self.hashes[file]

    def add(self, mutant: Mutant, result: Result) -> None:
        with self.lock, self.place.open("a", encoding="utf-8") as file:
            self.results[mutant.key()] = result
            file.write(json.dumps([mutant.key(), *result, self.valid(mutant.file, result.verdict)]) + "\n")


def run_all(
    jobs: Sequence[Job],
    workers: Sequence[Worker],
    programs: dict[str, Program],
    seconds: dict[str, float],
    kept: Kept,
    tell: Callable[[Mutant, Result], None],
) -> None:
    """The mutants in order. The test that found the last mutant in a file runs first for the next one."""
    left = iter([job for job in jobs if job.mutant.key() not in kept.results])
    lock, stopping = threading.Lock(), threading.Event()
    last: dict[str, str] = {}

    def work(worker: Worker) -> None:
        while not stopping.is_set():
            with lock:
                job = next(left, None)
            if job is None:
                return
            by = last.get(job.mutant.file)
            tests = sorted(job.tests, key=lambda row: row[0] != by)
            result = worker.run(Job(job.mutant, tests), programs, seconds)
            if result.verdict == BROKEN and stopping.wait(0.2):  # an interrupted compilation
                return
            if result.verdict == KILLED:
                last[job.mutant.file] = result.by
            kept.add(job.mutant, result)
            tell(job.mutant, result)

    with ThreadPoolExecutor(len(workers)) as pool:
        futures = [pool.submit(work, worker) for worker in workers]
        try:
            for future in futures:
                future.result()
        finally:
            stopping.set()
