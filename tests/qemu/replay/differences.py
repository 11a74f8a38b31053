# SPDX-License-Identifier: MIT
"""Where our device answers otherwise than QEMU's, and which of it is explained."""

import fnmatch
import functools
import re
import subprocess
from typing import NamedTuple

import pytest
import yaml

from folder import HERE, folder_of
from names import name_of

PROGRAM = folder_of("") / "replay"
COUNTED = re.compile(
    r"compared: (\d+) registers, (\d+) used, (\d+) interrupts, (\d+) bytes, (\d+) suppressions"
)
KEYS = {"id", "in", "lines", "why"}

__all__ = ["HERE", "judge", "load", "replay"]


class Difference(NamedTuple):
    """`place`: recording, or recording/vector; `line`: kind, what, QEMU's answer, ours."""

    place: str
    line: str
    number: int  # of the line in the recording

    def __str__(self):
        return f"{self.place}, line {self.number}: {self.line}"


@functools.cache
def replay(path, place=None, options=()):
    """Plays a recording; (differences, how much was compared). `options`: of the program."""
    if not PROGRAM.exists():
        pytest.skip(f"no {PROGRAM}: build it first")
    done = subprocess.run(
        ["timeout", "-k", "5", "100", str(PROGRAM), *options, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and not done.stderr, done.stderr[-3000:]
    *lines, last = done.stdout.splitlines()
    found = []
    for line in lines:
        number, vector, kind, what, theirs, ours = line.split()
        if kind == "r" and what != "interrupt":
            what = name_of(int(what, 16))
        where = (place or path.stem) + (f"/{vector}" if vector != "-" else "")
        found.append(Difference(where, f"{kind} {what} {theirs} {ours}", int(number)))
    return found, dict(
        zip(
            ("registers", "used", "interrupts", "bytes", "suppressions"),
            map(int, COUNTED.fullmatch(last).groups()),
        )
    )


def load(path):
    """The entries of a list of explained differences."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["explained"]
    for entry in entries:
        assert set(entry) == KEYS, f"{path.name}: {entry.get('id')}: an entry has {', '.join(sorted(KEYS))}"
    assert len({entry["id"] for entry in entries}) == len(entries), f"{path.name}: an id that is there twice"
    return entries


def fits(entry, place, pattern, difference):
    return fnmatch.fnmatchcase(difference.place, place) and fnmatch.fnmatchcase(difference.line, pattern)


def judge(differences, entries, places=()):
    """(what no entry explains, what of the entries explains nothing), both as text.

    `places`: all that were played. A pattern stands for each of them that it fits, unless it says of every vector.
    """
    strange = [
        str(one)
        for one in differences
        if not any(
            fits(entry, place, pattern, one)
            for entry in entries
            for place in entry["in"]
            for pattern in entry["lines"]
        )
    ]
    idle = []
    for entry in entries:
        for place in entry["in"]:
            each = [] if place.endswith("/*") else [one for one in places if fnmatch.fnmatchcase(one, place)]
            idle += [
                f"{entry['id']}: nothing in {where}"
                for where in each or [place]
                if not any(
                    fits(entry, where, pattern, one) for pattern in entry["lines"] for one in differences
                )
            ]
        idle += [
            f"{entry['id']}: no line {pattern}"
            for pattern in entry["lines"]
            if not any(fits(entry, place, pattern, one) for place in entry["in"] for one in differences)
        ]
    return strange, idle
