# SPDX-License-Identifier: MIT
"""The possible mutants, those that a seed selects, and the tests that each runs against."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from vwr import ROOT
from vwr.mutate.coverage import Coverage
from vwr.mutate.operators import Mutant, code_of, mutants
from vwr.stop import Stop

ROOMS = ("runtime", "generated/include", "generated/src", "generated/client", "generated/service")
TABLE = re.compile(r"^[a-z].*?\b(\w+)(?:\[.*\])? = \{", re.MULTILINE)
OWNERS, TESTS, SECONDS, LONG = 3, 24, 30.0, 3.0  # maximum time of one mutant


def sources(names: Iterable[str]) -> dict[str, str]:
    """The C files of the folders that are mutated."""
    return {
        name: (ROOT / name).read_text(encoding="utf-8")
        for name in names
        if name.endswith((".c", ".h")) and name.startswith(tuple(f"{room}/" for room in ROOMS))
    }


def chosen(texts: dict[str, str], files: Iterable[str]) -> list[str]:
    """These files, and files below these folders; all if there are none."""
    found: set[str] = set()
    for file in files:
        place = Path(file).resolve()
        below = {name for name in texts if place in (ROOT / name, *(ROOT / name).parents)}
        if not below:
            raise Stop(f"{file}: not a C file of {' or '.join(ROOMS)}", "git ls-files runtime generated")
        found |= below
    return sorted(found or texts)


class Plans:
    """Tests of a mutant, in the order of execution."""

    def __init__(self, texts: dict[str, str], coverage: Coverage) -> None:
        self.coverage = coverage
        self.lines = {file: text.split("\n") for file, text in texts.items()}
        tables = {name for text in texts.values() for name in TABLE.findall(text)}
        self.users: dict[str, list[tuple[str, int]]] = {name: [] for name in tables}
        for file, text in texts.items():
            for line, code in enumerate(code_of(text).split("\n"), 1):
                for name in tables.intersection(re.findall(r"\w+", code)):
                    self.users[name].append((file, line))

    def of(self, mutant: Mutant) -> list[str]:
        """
        Tests in the three libraries or programs with the most tests. Tests that run the largest part of the
        file come first.
        """
        owners = self.coverage.of(mutant.file, mutant.line, self.lines[mutant.file])
        if not owners and mutant.function in self.users:
            owners = self.coverage.of_table(self.users[mutant.function])
        if not owners:
            return []
        run = self.coverage.lines_run(mutant.file)
        seconds = self.coverage.seconds
        most = sorted(owners, key=lambda owner: (-len(owners[owner]), owner))[:OWNERS]
        order = sorted(
            {name for owner in most for name in owners[owner]},
            key=lambda name: (seconds[name] > LONG, -run.get(name, 0), seconds[name]),
        )
        short = order[:TESTS]
        return [name for at, name in enumerate(short) if sum(seconds[each] for each in short[:at]) < SECONDS]


def ranked(texts: dict[str, str], files: Iterable[str], seed: int) -> Iterator[Mutant]:
    """At most one mutant for each line, in the order of the seed."""
    first: dict[tuple[str, int], Mutant] = {}
    for file in files:
        for mutant in mutants(file, texts[file]):
            other = first.setdefault((file, mutant.line), mutant)
            if mutant.rank(seed) < other.rank(seed):
                first[file, mutant.line] = mutant
    return iter(sorted(first.values(), key=lambda mutant: mutant.rank(seed)))
