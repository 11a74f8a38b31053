# SPDX-License-Identifier: MIT
"""vwr mutate: inserts small mistakes into the C, one at a time, and lists which of them the tests find."""

import hashlib
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
from vwr.mutate.run import BROKEN, KILLED, LISTED, SURVIVED, UNCOVERED, Job, Result
from vwr.output import build_folder
from vwr.stop import Stop

EQUIVALENT = ROOT / "tests" / "tools" / "mutate" / "equivalent.txt"
KEY = Mutant._fields[:6]


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("paths", nargs="*", metavar="PATH")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--against", type=Path)


def key_of(row: dict[str, Any]) -> str:
    return "\0".join(str(row[name]) for name in KEY)


def equivalents(path: Path) -> dict[str, str]:
    """
    The reasons by key. A block has four lines: file and function, the text of the line, the operator with its
    numbers, and the reason, which may be longer.
    """
    found = {}
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for block in text.split("\n\n"):
        lines = [line.strip() for line in block.strip().split("\n") if not line.startswith("#")]
        if not any(lines):
            continue
        try:
            (file, function), (operator, at, *nth) = lines[0].split(" "), lines[2].split(".")
            row = {"file": file, "function": function, "text": lines[1], "operator": operator, "at": at}
            found[key_of({**row, "nth": nth[0] if nth else 0})] = " ".join(lines[3:])
        except (ValueError, IndexError):
            raise Stop(f"{path}: not file and function, text, operator, reason: {lines[0]}") from None
        if not lines[3:]:
            raise Stop(f"{path}: no reason: {lines[0]}: {lines[1]}")
    return found


def shown(mutant: Mutant) -> str:
    """A line for a mutant: its place and the change."""
    number = f"{mutant.operator}.{mutant.at}{f'.{mutant.nth}' if mutant.nth else ''}"
    before, after = " ".join(mutant.before.split()), " ".join(mutant.after.split())
    return f"{mutant.file}:{mutant.line} {number}: {before or 'nothing'} -> {after or 'nothing'}"


class Session:
    """The state of a run: the tree's C, its coverage, and the copies to mutate."""

    def __init__(self, args: Namespace) -> None:
        if args.count < 1 or args.jobs < 1:
            raise Stop("--count and --jobs are at least 1")
        self.place = build_folder() / "mutate"
        self.place.mkdir(parents=True, exist_ok=True)
        self.jobs: int = args.jobs
        self.names = tree.tracked()
        self.texts = draw.sources(self.names)
        self.files = draw.chosen(self.texts, args.paths)
        self.listed = equivalents(EQUIVALENT)
        against = bool(args.against)
        progress = self.place / ("against.txt" if against else "progress.txt")
        self.kept = runs.Kept(progress, tree.state(self.names), against)
        self.workers: list[runs.Worker] = []
        self.ended = 0
        self.build = tree.Build(self.place)
        tree.copy(self.names, self.build.source)
        self.build.make(self.jobs)
        self.coverage = coverage.load(self.build, self.place / "counters", self.files, self.jobs)
        self.plans = draw.Plans(self.texts, self.coverage)
        self.mutants = self.read_mutants()

    def read_mutants(self) -> list[Mutant]:
        """All mutants of the files. They are kept until a source changes."""
        digest = hashlib.sha256("\0".join(self.files).encode())
        for file in sorted(self.texts):
            digest.update(hashlib.sha256(self.texts[file]).digest())
        for module in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(module.read_bytes())
        kept = self.place / f"mutants-{digest.hexdigest()[:16]}.json"
        if kept.is_file():
            rows = json.loads(kept.read_text(encoding="utf-8"))
            return [Mutant._make([*row[:-1], tuple(map(tuple, row[-1]))]) for row in rows]
        found = mutants(ROOT, self.texts, self.files)
        for other in self.place.glob("mutants-*.json"):
            other.unlink()
        kept.write_text(json.dumps(found), encoding="utf-8")
        return found

    def run(self, jobs: Sequence[Job]) -> dict[str, Result]:
        """Results by key. Results of an earlier run are not computed again."""
        found = {}
        left = []
        for job in jobs:
            key = job.mutant.key()
            if key in self.listed:
                found[key] = Result(LISTED)
            elif not job.tests:
                found[key] = Result(UNCOVERED)
            else:
                left.append(job)
        if not self.workers and any(job.mutant.key() not in self.kept.results for job in left):
            self.workers = [runs.Worker(self.build, self.place, str(at)) for at in range(self.jobs)]
            for worker in self.workers:
                worker.prepare(self.names)
        if self.workers:
            cover = self.coverage
            runs.run_all(left, self.workers, cover.programs, cover.seconds, self.kept, self.tell)
        return found | {job.mutant.key(): self.kept.results[job.mutant.key()] for job in left}

    def tell(self, mutant: Mutant, result: Result) -> None:
        self.ended += 1
        by = f" by {result.by}" if result.by else ""
        print(f"{self.ended:4} {shown(mutant)}: {result.verdict}{by}", flush=True)


def drawn(session: Session, seed: int, count: int) -> list[tuple[Mutant, Result]]:
    """
    The first mutants that compile, in the order of the seed, from files that have any code run by a
    test.
    """
    order = draw.ranked([each for each in session.mutants if each.file in session.coverage.ran], seed)
    taken: list[tuple[Mutant, Result]] = []
    while lacking := count - sum(result.verdict != BROKEN for _, result in taken):
        jobs = [
            Job(mutant, session.plans.of(mutant)) for mutant, _ in zip(order, range(lacking), strict=False)
        ]
        if not jobs:
            break
        results = session.run(jobs)
        taken += [(job.mutant, results[job.mutant.key()]) for job in jobs]
    return taken


def write(path: Path, seed: int, rows: Sequence[tuple[Mutant, Result]]) -> None:
    """JSON with one line per mutant, in the order of the seed."""
    commit = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    head: dict[str, Any] = {
        "seed": seed,
        "commit": commit,
        "counts": Counter(result.verdict for _, result in rows),
    }
    lines = [
        json.dumps({**dict(zip(KEY, mutant, strict=False)), "line": mutant.line, "before": mutant.before}
            | {"after": mutant.after, "verdict": result.verdict, "by": result.by}, ensure_ascii=False)
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
            key_of(row)
    except (ValueError, KeyError, TypeError):
        raise Stop(f"{path}: not a result of vwr mutate") from None
    return rows


def compare(session: Session, rows: Sequence[dict[str, Any]]) -> int:
    """Runs mutants again that a test killed. 1 if one of them is no longer found."""
    known = {mutant.key(): mutant for mutant in session.mutants}
    killed = {key_of(row): row for row in rows if row["verdict"] == KILLED}
    jobs = []
    for key in killed:
        if key in known:
            tests = session.plans.of(known[key])
            tests.sort(key=lambda row: row[0] != killed[key]["by"])  # the test that found it first
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
        key = mutant.key()
        print(f"{shown(mutant)}: was killed by {killed[key]['by']}, now: {results[key].verdict}")
    return 1 if lost else 0


def report(rows: Sequence[tuple[Mutant, Result]]) -> None:
    """The surviving mutants, and for each folder the share that the tests find."""
    folders: dict[str, Counter[str]] = {}
    for mutant, result in sorted(rows):
        folders.setdefault("/".join(mutant.file.split("/")[:3][:-1]), Counter())[result.verdict] += 1
        if result.verdict in (SURVIVED, UNCOVERED):
            print(f"{shown(mutant)}: {result.verdict}\n    {mutant.text}")
    print()
    folders["all"] = Counter(result.verdict for _, result in rows)
    for folder, counts in folders.items():
        found = counts[KILLED]
        asked = found + counts[SURVIVED] + counts[UNCOVERED]
        share = f"{100 * found / asked:5.1f} %" if asked else "      -"
        print(f"{share} {folder}: {', '.join(f'{counts[verdict]} {verdict}' for verdict in sorted(counts))}")


def run(args: Namespace) -> int:
    """Exit code 1: a mutant that was found before is not found now."""
    rows = read(args.against) if args.against else []
    session = Session(args)
    if args.against:
        return compare(session, rows)
    out = args.out or session.place / "result.json"
    found = drawn(session, args.seed, args.count)
    write(out, args.seed, found)
    print("\nno test finds:")
    report(found)
    print(out)
    return 0
