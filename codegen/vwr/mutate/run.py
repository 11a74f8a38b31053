# SPDX-License-Identifier: MIT
"""Runs mutants in copies of the tree: builds, tests, and stores each result immediately."""

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from vwr.mutate.operators import Mutant
from vwr.mutate.tree import Program, Tree

BATCHES = (1, 4)  # tests that are built together: the first ones find most mutants
KILLED, SURVIVED, BROKEN, UNCOVERED = "killed", "survived", "did not compile", "no test runs it"


class Result(NamedTuple):
    verdict: str
    by: str = ""  # the test


class Job(NamedTuple):
    mutant: Mutant
    tests: list[str]


def batches(tests: Sequence[str]) -> list[Sequence[str]]:
    found, at = [], 0
    for size in (*BATCHES, len(tests)):
        if tests[at : at + size]:
            found.append(tests[at : at + size])
        at += size
    return found


class Worker:
    """A copy of the tree, in which only the parts for a mutant's tests are built."""

    def __init__(self, tree: Tree, programs: dict[str, Program], cores: int) -> None:
        self.tree = tree
        self.programs = programs
        self.cores = cores

    def run(self, job: Job, seconds: dict[str, float]) -> Result:
        """The line is restored afterwards."""
        path = self.tree.source / job.mutant.file
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        lines[job.mutant.line - 1] = job.mutant.after
        path.write_text("\n".join(lines), encoding="utf-8")
        try:
            return self.tested(job.tests, seconds)
        finally:
            path.write_text(text, encoding="utf-8")

    def tested(self, tests: Sequence[str], seconds: dict[str, float]) -> Result:
        for batch in batches(tests):
            programs = [self.programs[name] for name in batch]
            if not self.tree.build(self.cores, sorted({program.target for program in programs})):
                return Result(BROKEN)
            for program in programs:
                if not self.tree.test(program, 10 + 5 * seconds[program.name])[0]:
                    return Result(KILLED, program.name)
        return Result(SURVIVED if tests else UNCOVERED)


class Kept:
    """Results for this state of the tree, one per line, so that a run can continue."""

    def __init__(self, place: Path, state: str, resume: bool) -> None:
        self.place = place
        self.results: dict[str, Result] = {}
        self.lock = threading.Lock()
        lines = place.read_text(encoding="utf-8").splitlines() if resume and place.is_file() else []
        if lines and lines[0] == state:
            for line in lines[1:]:
                key, *result = json.loads(line)
                self.results[key] = Result(*result)
        else:
            place.write_text(f"{state}\n", encoding="utf-8")

    def add(self, mutant: Mutant, result: Result) -> None:
        with self.lock, self.place.open("a", encoding="utf-8") as file:
            self.results[mutant.key()] = result
            file.write(json.dumps([mutant.key(), *result]) + "\n")


def run_all(
    jobs: Sequence[Job],
    workers: Sequence[Worker],
    seconds: dict[str, float],
    kept: Kept,
    tell: Callable[[Mutant, Result], None],
) -> None:
    """One worker runs neighbouring mutants one after the other, because the next one needs the same build."""
    left = sorted(
        (job for job in jobs if job.mutant.key() not in kept.results),
        key=lambda job: job.mutant[:1] + job.mutant[6:7],
    )
    share = -(-len(left) // len(workers)) or 1
    stopping = threading.Event()

    def work(at: int) -> None:
        for job in left[at * share : (at + 1) * share]:
            if stopping.is_set():
                return
            result = workers[at].run(job, seconds)
            if result.verdict == BROKEN and stopping.wait(1):  # an interrupted build
                return
            kept.add(job.mutant, result)
            tell(job.mutant, result)

    with ThreadPoolExecutor(len(workers)) as pool:
        futures = [pool.submit(work, at) for at in range(len(workers))]
        try:
            for future in futures:
                future.result()
        finally:
            stopping.set()
