# SPDX-License-Identifier: MIT
"""vwr diff: what changed since a revision, in the specification's words."""

import sys
from argparse import ArgumentParser, Namespace

from vwr import ROOT
from vwr.diff import compare


def arguments(parser: ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("rev", nargs="?", default="HEAD", metavar="REV")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Always 0: a difference is nothing wrong."""
    rows = compare.diff(ROOT, args.rev)
    sys.stdout.write(compare.as_json(rows) if args.format == "json" else compare.text(rows, args.rev))
    return 0
