# SPDX-License-Identifier: MIT
"""vwr mutate: inserts small mistakes into the C, one at a time, and lists which of them the tests find."""

import json
import os
import subprocess
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vwr import ROOT
from vwr.mutate import coverage, draw, run as runs, tree
from vwr.mutate.operators import Mutant, mutants
from vwr.mutate.run import BROKEN, KILLED, SURVIVED, UNCOVERED, Job, Result
from vwr.stop import Stop

COMMITTED = ROOT / "tests" / "tools" / "mutate" / "result.json"
KEY = Mutant._fields[:6]


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--against", type=Path, nargs="?", const=COMMITTED)


class Session:
    """The state of a run: the tree's C, its coverage, and the copies to mutate."""

    def __init__(self, args: Namespace) -> None:
        if args.count < 1 or args.jobs < 1:
            raise Stop("--count and --jobs are at least 1")
        self.place = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "mutate"
        self.place.mkdir(parents=True, exist_ok=True)
        self.jobs: int = args.jobs
        self.names = tree.tracked()
        self.texts = draw.sources(self.names)
        self.files = draw.chosen(self.texts, args.files)
        self.kept = runs.Kept(self.place / "progress.txt", tree.state(self.names), args.resume)
        self.workers: list[runs.Worker] = []
        self.ended = 0
        self.counted = tree.Tree(self.place, "coverage", *coverage.OPTIONS)
        self.coverage = coverage.load(self.counted, self.names, self.jobs)
        self.plans = draw.Plans(self.texts, self.coverage)

    def run(self, jobs: Sequence[Job]) -> dict[str, Result]:
        """Results by key. Results of an earlier run are not computed again."""
        if not self.workers and any(job.tests and job.mutant.key() not in self.kept.results for job in jobs):
            cores = os.cpu_count() or 1
            for at in range(self.jobs):
                copy = tree.Tree(self.place, str(at))
                copy.copy(self.names)
                copy.configure()
                programs = self.coverage.programs
                own = {name: copy.own(programs[name], self.counted) for name in programs}
                self.workers.append(runs.Worker(copy, own, max(1, cores // self.jobs)))
        for job in jobs:
            if not job.tests:
                self.kept.add(job.mutant, Result(UNCOVERED))
        if self.workers:
            runs.run_all(jobs, self.workers, self.coverage.seconds, self.kept, self.tell)
        return {job.mutant.key(): self.kept.results[job.mutant.key()] for job in jobs}

    def tell(self, mutant: Mutant, result: Result) -> None:
        self.ended += 1
        print(
            f"{self.ended:4} {mutant.file}:{mutant.line} {mutant.operator}: {mutant.before.strip()} -> "
            f"{mutant.after.strip()}: {result.verdict}{' by ' + result.by if result.by else ''}",
            flush=True,
        )


def drawn(session: Session, seed: int, count: int) -> list[tuple[Mutant, Result]]:
    """The first mutants that a test runs and that compile, in the seed's order."""
    order = draw.ranked(session.texts, session.files, seed)
    taken: list[tuple[Mutant, Result]] = []
    while True:
        jobs: list[Job] = []
        lacking = count - sum(result.verdict != BROKEN for _, result in taken)
        for mutant in order if lacking else ():
            if tests := session.plans.of(mutant):
                jobs.append(Job(mutant, tests))
                if len(jobs) == lacking:
                    break
        if not jobs:
            return taken
        results = session.run(jobs)
        taken += [(job.mutant, results[job.mutant.key()]) for job in jobs]


def write(path: Path, seed: int, rows: Sequence[tuple[Mutant, Result]]) -> None:
    """JSON with a line for each mutant, in the seed's order."""
    commit = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    head: dict[str, Any] = {
        "seed": seed,
        "commit": commit,
        "counts": Counter(result.verdict for _, result in rows),
    }
    lines = [
        json.dumps({**dict(zip(KEY, mutant, strict=False)), "line": mutant.line, "after": mutant.after.strip()}
            | {"verdict": result.verdict, "by": result.by}, ensure_ascii=False)
        for mutant, result in rows
    ]  # fmt: skip
    text = json.dumps(head)[:-1] + ', "mutants": [\n' + ",\n".join(lines) + "\n]}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def read(path: Path) -> list[dict[str, Any]]:
    """The mutants of a result file."""
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["mutants"]
        for row in rows:
            Result(row["verdict"], row["by"])
            "\0".join(str(row[name]) for name in KEY)
    except (ValueError, KeyError, TypeError):
        raise Stop(f"{path}: not a result of vwr mutate") from None
    return rows


def compare(session: Session, rows: Sequence[dict[str, Any]]) -> int:
    """Runs mutants again that a test killed. 1 if one of them is no longer found."""
    known = {
        mutant.key(): mutant
        for file in {row["file"] for row in rows} & set(session.files)
        for mutant in mutants(file, session.texts[file])
    }
    killed = {"\0".join(str(row[name]) for name in KEY): row for row in rows if row["verdict"] == KILLED}
    jobs = []
    for key in killed.keys() & known.keys():
        tests = session.plans.of(known[key])
        tests.sort(key=lambda name: name != killed[key]["by"])  # the test that found it first
        jobs.append(Job(known[key], tests))
    results = session.run(jobs)
    lost = sorted(
        (known[key] for key, result in results.items() if result.verdict in (SURVIVED, UNCOVERED)),
        key=lambda mutant: (mutant.file, mutant.line),
    )
    print(
        f"\n{len(killed)} were killed: {len(killed) - len(jobs)} are in lines that no longer exist,"
        f" {len(lost)} survive now"
    )
    for mutant in lost:
        row = killed[mutant.key()]
        print(
            f"{mutant.file}:{mutant.line}: {mutant.before.strip()} -> {mutant.after.strip()}: "
            f"was killed by {row['by']}, now: {results[mutant.key()].verdict}"
        )
    return 1 if lost else 0


def run(args: Namespace) -> int:
    """Exit code 1: a mutant that was found before is not found now."""
    rows = read(args.against) if args.against else []
    session = Session(args)
    if args.against:
        return compare(session, rows)
    out = args.out or session.place / "result.json"
    found = drawn(session, args.seed, args.count)
    write(out, args.seed, found)
    counts = Counter(result.verdict for _, result in found)
    print("\nsurvived:")
    for mutant, result in sorted(found):
        if result.verdict == SURVIVED:
            print(
                f"{mutant.file}:{mutant.line} {mutant.operator}: {mutant.before.strip()} -> {mutant.after.strip()}"
            )
    print(f"\n{', '.join(f'{counts[verdict]} {verdict}' for verdict in sorted(counts))}: {out}")
    return 0
