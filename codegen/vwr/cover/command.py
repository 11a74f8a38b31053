# SPDX-License-Identifier: MIT
"""vwr cover: lines, branches and conditions (MC/DC) that the tests of the host execute and decide."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr import ROOT
from vwr.cover import page, reasons, shown
from vwr.cover.measure import Measured
from vwr.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)


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


def run(args: Namespace) -> int:
    """Exit code 1: a test failed, a condition is neither decided nor listed, or the list is out of date."""
    if args.jobs < 1:
        raise Stop("--jobs is at least 1")
    place = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "cover"
    tree = Measured(place)
    tree.make(args.jobs)
    programs = tree.programs()
    failed = tree.run(programs, args.jobs)
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
