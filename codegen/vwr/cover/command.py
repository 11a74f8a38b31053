# SPDX-License-Identifier: MIT
"""vwr cover: lines, branches and conditions (MC/DC) that the tests of the host execute and decide."""

import os
import re
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr import ROOT
from vwr.cover import page, reasons, shown
from vwr.cover.measure import Measured
from vwr.mutate.tree import Program
from vwr.output import build_folder
from vwr.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--again", metavar="REGEX")


def chosen(names: list[str], files: list[str]) -> list[str]:
    """The measured files that these files and folders name; all without any."""
    wanted = [Path(file).resolve() for file in files]
    for file in wanted:
        if not any(file in (ROOT / name, *(ROOT / name).parents) for name in names):
            raise Stop(f"{file}: no test has code of it", "./vwr cover runtime/driver")
    return [
        name
        for name in names
        if not wanted or any(file in (ROOT / name, *(ROOT / name).parents) for file in wanted)
    ]


def to_run(programs: list[Program], pattern: str | None) -> list[Program]:
    """The tests to run: all, or those of each program that has one with a name like the pattern."""
    if pattern is None:
        return programs
    try:
        named = {each.command[0] for each in programs if re.search(pattern, each.name)}
    except re.error as error:
        raise Stop(f"--again {pattern}: {error}") from None
    if not named:
        raise Stop(f"--again {pattern}: no test has such a name", "./vwr cover --again '^unit[.]queue'")
    return [each for each in programs if each.command[0] in named]


def run(args: Namespace) -> int:
    """Exit code 1: a test failed, a condition is neither decided nor listed, or the list is out of date."""
    if args.jobs < 1:
        raise Stop("--jobs is at least 1")
    place = build_folder() / "cover"
    tree = Measured(place)
    tree.make(args.jobs)
    programs = tree.programs()
    again = to_run(programs, args.again)
    tree.empty(again if args.again else None)
    failed = tree.run(again, args.jobs)
    files = shown.read(
        tree.shown(programs, "--show-mcdc", "--show-branches=count", "--show-instantiations=false"), ROOT
    )
    names = chosen(sorted(files), args.files)
    found = {
        name: list(shown.conditions(name, (ROOT / name).read_text(encoding="utf-8"), files[name]))
        for name in names
    }
    known = reasons.read(reasons.COMMITTED)
    every = [condition for name in names for condition in found[name]]
    lacking, excused, stale = reasons.compared(known, every, names)
    rows = {name: page.counts(files[name], found[name], known) for name in names}
    out = place / "cover.html"
    out.write_text(page.html(rows, (each for each in every if not each.decided), known), encoding="utf-8")
    for each in lacking:
        print(f"{each.file}:{each.line}: {each.function}: {each.text}   in {each.decision}")
    for key in stale:
        print(f"{reasons.COMMITTED.relative_to(ROOT)}: decided now, or gone: {key}")
    for name in failed:
        print(f"failed: {name}")
    print(
        f"\n{page.table(page.by_folder(rows))}\n\n{len(lacking)} conditions are undecided, {len(excused)} more for a reason: {out}"
    )
    sys.stdout.flush()
    return 1 if lacking or stale or failed else 0
