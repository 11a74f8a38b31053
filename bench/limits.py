# SPDX-License-Identifier: MIT
"""Limits of measured figures: limits.yaml has a row for each, by the group that asks for it."""

import functools
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

COMPILER = re.compile("(gcc|clang) [0-9]+")
FILE = Path(__file__).with_suffix(".yaml")
ASKED: set[str] = set()  # groups of FILE that a module has asked for


class LimitsError(Exception):
    """A file of limits is not as it has to be, or not what its reader measures."""


class Figure(NamedTuple):
    """What a figure may be: at most `limit`, or at least `least`."""

    limit: float | None = None
    least: float | None = None
    compilers: Any = (
        None  # the most with compilers other than CI's, by name and major version: {"gcc 14": 5200}
    )

    def most(self, command: str) -> float | None:
        """What the figure may be with the compiler that a command calls."""
        if self.compilers and (one := compiler(command)) in self.compilers:
            return self.compilers[one]
        return self.limit

    def bounds(self, of: float = 1) -> dict[str, float | None]:
        """limit of a row; `of`: that of the file is a factor on it."""
        return {"limit": None if self.limit is None else self.limit * of}


@functools.cache
def compiler(command: str) -> str:
    """Such as "gcc 14"."""
    said = subprocess.run(
        [command.split()[0], "--version"], check=True, capture_output=True, text=True
    ).stdout
    name = "clang" if "clang" in said else "gcc"
    return f"{name} {re.search(r' ([0-9]+)[.][0-9]', said).group(1)}"


def figure(place: str, row: Any) -> Figure:
    """A row, checked; `place` is what an error names."""
    row = row if isinstance(row, dict) else {"limit": row}
    if wrong := [key for key in row if key not in Figure._fields]:
        raise LimitsError(f"{place}: unknown key '{wrong[0]}'")
    others = row.get("compilers", {})
    if not isinstance(others, dict) or not all(map(COMPILER.fullmatch, map(str, others))):
        raise LimitsError(f"{place}: 'compilers' has keys other than 'gcc N' and 'clang N'")
    numbers = {key: row[key] for key in ("limit", "least") if key in row} | others
    if wrong := [key for key, number in numbers.items() if type(number) not in (int, float)]:
        raise LimitsError(f"{place}: '{wrong[0]}' is not a number")
    if ("limit" in row) == ("least" in row):
        raise LimitsError(f"{place}: needs 'limit' or 'least', one of them")
    return Figure(row.get("limit"), row.get("least"), others or None)


@functools.cache
def parse(text: str) -> dict[str, dict[str, Figure]]:
    """The rows of each group of a file's text."""
    groups = yaml.safe_load(text)
    if not isinstance(groups, dict) or not all(isinstance(rows, dict) for rows in groups.values()):
        raise LimitsError("not groups of rows")
    return {
        group: {name: figure(f"{group}: {name}", row) for name, row in rows.items()}
        for group, rows in groups.items()
    }


def of(group: str, names: Iterable[str], every: bool = True, path: Path | None = None) -> dict[str, Figure]:
    """The group's figures by the names that are measured; unless `every` one needs a row, the others have no limit."""
    if path is None:
        path = FILE
        ASKED.add(group)
    try:
        rows, names = parse(path.read_text(encoding="utf-8")).get(group, {}), list(names)
        if missing := [name for name in names if every and name not in rows]:
            raise LimitsError(f"{group}: {missing[0]}: has no row")
        if surplus := [name for name in rows if name not in names]:
            raise LimitsError(f"{group}: {surplus[0]}: no measurement asks for this row")
    except LimitsError as error:
        raise LimitsError(f"{path.name}: {error}") from None
    return {name: rows.get(name, Figure()) for name in names}
