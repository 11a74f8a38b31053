# SPDX-License-Identifier: MIT
"""floor.py [TREE] [--check]: how large the floor of the driver side is, as a table; with --check exit code 1 if a goal is missed.

Lines of C without blanks and comments, files, what stands behind `#include <vwr/blk.h>`, names that say what a function is not,
switches of a build. The goals are those of issue 37. A file is of a subject by its folder, runtime/driver/core/queue, and in
include/vwr, or in a tree whose driver has no folders, by the first word of its name. Runs on any version of the tree.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

from tree import ROOT
from tree import code as without_comments

# Subject: first words of its files, and its folders. Their sum has a goal.
SUBJECTS = {
    "queue": ("queue", "split", "packed", "doorbell"),
    "request": ("request",),
    "receive": ("receive", "transmit"),
    "blk": ("blk",),
    "net": ("net",),
    "gpu": ("gpu",),
    "console": ("console",),
}
FILES = {"queue": 8, "request": 8}
SUM, HEADERS, SHRINK, SWITCHES, USES = 6100, 22, 0.6, 12, 90
# At the commit at which issue 37 begins, d2baaa9a: what a goal is a part of.
BEGAN = {"sum": 8023, "all": 17198, "behind": 4682}
SUFFIXES = ("as", "other", "else", "rest", "anew", "slow")


class Figure(NamedTuple):
    """A row: what, how much there is, how much there may be (None: as much as there is)."""

    what: str
    value: int
    goal: int = None


def driver_files(root):
    """The driver side, and all public headers: where its floor is."""
    return sorted(
        path
        for folder in ("runtime/driver", "runtime/include/vwr")
        for path in (root / folder).rglob("*.[ch]")
    )


def subject(root, path):
    """Of a file; "rest" if it is of none of SUBJECTS."""
    folder = path.relative_to(root).parts[2:-1]
    word = folder[0] if folder and folder != ("vwr",) else re.sub(r"^vwr_", "", path.stem).split("_")[0]
    return next((name for name, words in SUBJECTS.items() if word in words), "rest")


def code(path):
    """Text without comments, and without what is in quotes."""
    return without_comments(path.read_text(encoding="utf-8"))


def lines(paths):
    """Without blanks and comments."""
    return sum(1 for path in paths for line in code(path).split("\n") if line.strip())


def behind(root, header):
    """Headers that `#include <header>` brings, itself and the port, which is the template, among them."""
    folders = [root / folder for folder in ("runtime/include", "generated/include", "runtime/port/template")]
    found, todo = [], [header]
    while todo:
        path = next((folder / todo[-1] for folder in folders if (folder / todo[-1]).is_file()), None)
        todo.pop()
        if path is not None and path not in found:
            found.append(path)
            text = re.sub(
                r"^(\s*#\s*include\s+)VWR_PORT_HEADER",
                r'\1"vwr_port.h"',
                path.read_text(encoding="utf-8"),
                flags=re.M,
            )
            todo += re.findall(r'^\s*#\s*include\s+[<"]([^">]+)[">]', text, re.M)
    return found


def suffixed(paths):
    """{suffix: names that end with it}."""
    text = "\n".join(code(path) for path in paths)
    return {one: sorted(set(re.findall(rf"\b[a-z]\w*_{one}\b", text))) for one in SUFFIXES}


def switches(root):
    """{switch: how often the runtime's code has it}."""
    found = {}
    for path in sorted((root / "runtime").rglob("*.[ch]")):
        for name in re.findall(r"\bVWR_WITH_\w+", code(path)):
            found[name] = found.get(name, 0) + 1
    return found


def figures(root=ROOT):
    """All rows."""
    paths = driver_files(root)
    of = {name: [path for path in paths if subject(root, path) == name] for name in SUBJECTS}
    sums = {name: lines(of[name]) for name in SUBJECTS}
    headers, names, found = behind(root, "vwr/blk.h"), suffixed(paths), switches(root)
    fast = sum(
        len(re.findall(r"\bVWR_FAST_PATHS\b", code(path)))
        for path in sorted((root / "runtime").rglob("*.[ch]"))
    )
    return [
        *(Figure(f"lines: {name}", sums[name]) for name in SUBJECTS),
        Figure("lines: these together", sum(sums.values()), SUM),
        Figure("lines: runtime/driver and include/vwr", lines(paths), BEGAN["all"] - (BEGAN["sum"] - SUM)),
        Figure("lines: runtime/parts", lines((root / "runtime/parts").rglob("*.[ch]"))),
        Figure("lines: generated", lines((root / "generated").rglob("*.[ch]"))),
        *(Figure(f"files: {name}", len(of[name]), goal) for name, goal in FILES.items()),
        Figure("headers behind vwr/blk.h", len(headers), HEADERS),
        Figure("lines behind vwr/blk.h", lines(headers), int(BEGAN["behind"] * SHRINK)),
        Figure(
            "with comments and blanks",
            sum(len(path.read_text(encoding="utf-8").splitlines()) for path in headers),
        ),
        *(Figure(f"names: _{one}", len(names[one]), None if one == "slow" else 0) for one in SUFFIXES),
        Figure("switches VWR_WITH_*", len(found), SWITCHES),
        Figure("uses of switches", sum(found.values()), USES),
        Figure("uses of VWR_FAST_PATHS", fast, 0),
    ]


def page(rows):
    """The table, a line a figure."""
    lines = [f"{'':<40}  {'now':>7}  {'goal':>7}"]
    for what, value, goal in rows:
        more = f"{value - goal} more" if goal is not None and value > goal else ""
        lines.append(f"{what:<40}  {value:>7}  {'' if goal is None else goal:>7}  {more}".rstrip())
    return "\n".join(lines)


def main(arguments):
    """Prints; the exit code."""
    trees = [one for one in arguments if one != "--check"]
    rows = figures(Path(trees[0]).resolve() if trees else ROOT)
    print(page(rows))
    missed = [one for one in rows if one.goal is not None and one.value > one.goal]
    return int("--check" in arguments and bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
