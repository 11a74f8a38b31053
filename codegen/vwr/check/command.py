# SPDX-License-Identifier: MIT
"""vwr check: problems of spec/, then drift of generated/; touches nothing."""

import sys
from argparse import ArgumentParser, Namespace

from vwr import ROOT
from vwr.check.tree import Refused, checked_tree
from vwr.generate import count, drift, named, readme, render


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--count", action="store_true")


def run(args: Namespace) -> int:
    """1: the spec has problems, or generated/ is not what it makes."""
    try:
        tree = checked_tree(ROOT)
    except Refused as refused:
        sys.stdout.write(refused.problems.render(args.format))
        if args.format == "text":
            print("Next: mend the spec, then ./vwr generate")
        return 1
    if args.count:
        sys.stdout.write(count.report(tree.models, tree.clauses, named.named(ROOT), args.format))
        return 0
    files, sources = render.render_tree(tree)
    rows = drift.compare(ROOT / "generated", files, sources)
    if readme.is_stale(files):
        rows.append({"file": "../README.md", "line": 1, "why": "has another table of devices", "source": "runtime/options.yaml",
                     "diff": []})
    sys.stdout.write(drift.report(rows, args.format, len(tree.files), len(files)))
    return 1 if rows else 0
