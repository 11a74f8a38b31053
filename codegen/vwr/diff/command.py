# SPDX-License-Identifier: MIT
"""vwr diff: lists the changes since a revision, with the specification's names."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr import ROOT
from vwr.diff import compare
from vwr.spec import disk


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("rev", nargs="?", default="HEAD", metavar="REV")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--spec", metavar="DIR", type=Path)


def run(args: Namespace) -> int:
    """Always 0: a difference is not an error."""
    rows = compare.diff(ROOT, args.rev, disk.own_folder(args.spec))
    sys.stdout.write(compare.as_json(rows) if args.format == "json" else compare.text(rows, args.rev))
    return 0
