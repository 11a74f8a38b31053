# SPDX-License-Identifier: MIT
"""vwr check: problems of spec/, then drift of generated/; touches nothing."""

import sys
from argparse import ArgumentParser, Namespace

from vwr import ROOT
from vwr.generate import drift, readme
from vwr.generate.current import current
from vwr.spec.problems import Refused


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--count", action="store_true")


def run(args: Namespace) -> int:
    """1: the spec has problems, or generated/ is not what it makes."""
    try:
        if args.count:
            return _count(args.format)
        files, sources, specs = current(ROOT / "generated")
    except Refused as refused:
        sys.stdout.write(refused.problems.render(args.format))
        if args.format == "text":
            print("Next: mend the spec, then ./vwr generate")
        return 1
    rows = drift.compare(ROOT / "generated", files, sources)
    if readme.is_stale(files):
        rows.append(
            {
                "file": "../README.md",
                "line": 1,
                "why": "has another table of devices",
                "source": "runtime/options.yaml",
                "diff": [],
            }
        )
    sys.stdout.write(drift.report(rows, args.format, specs, len(files)))
    return 1 if rows else 0


def _count(form: str) -> int:
    from vwr.check.tree import checked_tree  # takes longer than a check where nothing has changed
    from vwr.generate import count, named

    tree = checked_tree(ROOT)
    sys.stdout.write(count.report(tree.models, tree.clauses, named.named(ROOT), form))
    return 0
