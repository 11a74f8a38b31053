# SPDX-License-Identifier: MIT
"""vwr check: problems of spec/, then drift of generated/. It changes no file."""

import shlex
import sys
from argparse import ArgumentParser, Namespace

from pathlib import Path

from vwr import ROOT
from vwr.generate import copies, drift
from vwr.generate.current import GENERATED, current
from vwr.spec import disk
from vwr.spec.problems import Refused
from vwr.stop import Stop, typed


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--count", action="store_true")
    parser.add_argument("--spec", metavar="DIR", type=Path)
    parser.add_argument("--out", metavar="DIR", type=Path)


def run(args: Namespace) -> int:
    """
    1: the spec has problems, or generated/ is out of date. For a user's folder --out names the output of
    `generate`.
    """
    out, own = args.out or GENERATED, disk.own_folder(args.spec)
    if bool(args.out) != bool(own):
        raise Stop(
            "--spec and --out belong together",
            "--spec DIR --out DIR: your descriptions, and what generate made of them",
        )
    try:
        if args.count:
            return _count(args.format)
        files, sources, specs = current(out, own)
    except Refused as refused:
        sys.stdout.write(refused.problems.render(args.format))
        if args.format == "text":
            print(f"Next: fix the spec, then {_again(args)}")
        return 1
    rows = drift.compare(out, files, sources)
    for copy in copies.stale(files) if own is None else ():
        rows.append(
            {
                "file": f"../{copy.page.relative_to(ROOT)}",
                "line": 1,
                "why": f"has another {copy.what}",
                "source": copy.source,
                "diff": [],
            }
        )
    sys.stdout.write(drift.report(rows, args.format, specs, len(files), out, _again(args)))
    return 1 if rows else 0


def _again(args: Namespace) -> str:
    """The command that makes the output which is checked."""
    named = ["--spec", str(args.spec), "--out", str(args.out)] if args.spec else []
    return typed(f"./vwr {shlex.join(['generate', *named])}")


def _count(form: str) -> int:
    from vwr.check.tree import checked_tree  # imported here: it takes longer than a check without changes
    from vwr.generate import count, named

    tree = checked_tree(ROOT)
    sys.stdout.write(count.report(tree.models, tree.clauses, named.named(ROOT).tests, tree.rules, form))
    return 0
