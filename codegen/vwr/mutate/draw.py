# SPDX-License-Identifier: MIT
"""The possible mutants, those that a seed selects, and the tests that each runs against."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vwr import ROOT
from vwr.mutate.coverage import Coverage
from vwr.mutate.operators import Mutant
from vwr.stop import Stop

ROOMS = (
    "runtime",
    *(f"generated/{room}" for room in ("include", "src", "client", "service")),
    *(f"hosted/{room}" for room in ("engine", "posix", "vhost")),
    "integrations",
    "monitor",
    "plan",
)
TESTS, SECONDS = 80, 60.0  # maximum of one mutant
LINK = 0.5  # seconds, and what else a test costs besides its own


def sources(names: Iterable[str]) -> dict[str, bytes]:
    """The C files of the folders that are mutated."""
    return {
        name: (ROOT / name).read_bytes()
        for name in names
        if name.endswith((".c", ".h")) and name.startswith(tuple(f"{room}/" for room in ROOMS))
    }


def chosen(texts: Iterable[str], paths: Iterable[str]) -> list[str]:
    """These files, and files below these folders; all if there are none."""
    found: set[str] = set()
    for path in paths:
        place = Path(path).resolve()
        below = {name for name in texts if place in (ROOT / name, *(ROOT / name).parents)}
        if not below:
            raise Stop(
                f"{path}: not a C file of {' or '.join(ROOMS)}",
                "git ls-files runtime generated hosted integrations monitor plan",
            )
        found |= below
    return sorted(found or texts)


class Plans:
    """Tests of a mutant, in the order of execution."""

    def __init__(self, texts: dict[str, bytes], coverage: Coverage) -> None:
        self.coverage = coverage
        self.lines = {file: data.decode().split("\n") for file, data in texts.items()}

    def of(self, mutant: Mutant) -> list[tuple[str, list[str]]]:
        """
        The tests that run the line; for a macro, the lines that use it. Tests that run much of the file in
        little time come first. If several tests run the same program with different arguments, all but one of
        them come last.
        """
        found: dict[str, set[str]] = {}
        for file, line in mutant.uses or ((mutant.file, mutant.line),):
            for test, objects in self.coverage.of(file, line, self.lines[file]).items():
                found.setdefault(test, set()).update(objects)
        seconds, share = self.coverage.seconds, self.coverage.share
        order = sorted(
            found, key=lambda test: (LINK + seconds[test]) / (1 + share.get((mutant.file, test), 0))
        )
        times: Counter[str] = Counter()
        earlier = {}
        for test in order:
            program = self.coverage.programs[test].command[0]
            earlier[test] = times[program]
            times[program] += 1
        order.sort(key=lambda test: earlier[test])
        short: list[tuple[str, list[str]]] = []
        spent = 0.0
        for test in order[:TESTS]:
            if not short or spent + seconds[test] < SECONDS:
                spent += seconds[test]
                short.append((test, sorted(found[test])))
        return short


def ranked(every: Sequence[Mutant], seed: int) -> Iterator[Mutant]:
    """At most one mutant per line, in the order of the seed."""
    first: dict[tuple[str, int], Mutant] = {}
    for mutant in every:
        other = first.setdefault((mutant.file, mutant.line), mutant)
        if mutant.rank(seed) < other.rank(seed):
            first[mutant.file, mutant.line] = mutant
    return iter(sorted(first.values(), key=lambda mutant: mutant.rank(seed)))
