# SPDX-License-Identifier: MIT
"""vwr generate: writes the files that differ."""

import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr import ROOT
from vwr.generate import copies, drift
from vwr.generate.current import GENERATED, current
from vwr.sentence import plural
from vwr.spec import disk
from vwr.spec.problems import Refused
from vwr.spec.versions import VERSIONS
from vwr.stop import Stop, typed


OPTIONS = ("spec", "out", "tests", "template", "version")


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--out", metavar="DIR")
    where.add_argument("--tests", metavar="DIR")
    parser.add_argument("--spec", metavar="DIR", type=Path)
    parser.add_argument("--template", metavar="FILE", type=Path)
    parser.add_argument("--version", choices=VERSIONS, metavar="VERSION")


def run(args: Namespace) -> int:
    """Returns 1 if the spec has problems; nothing is written in that case."""
    for option, why in (
        ("version", "generated/ contains the whole specification"),
        ("template", "generated/ contains only Virtwright's output"),
        ("spec", "generated/ contains only the specification's devices"),
    ):
        if getattr(args, option) and not args.out:
            raise Stop(f"--{option} needs --out: {why}")
    named = args.out or args.tests
    out = Path(named).resolve() if named else GENERATED
    folder = disk.own_folder(args.spec)
    try:
        files = (
            _other(args, folder)
            if args.version or args.template
            else current(out, folder, left_out=bool(args.tests)).files
        )
    except Refused as refused:
        sys.stderr.write(refused.problems.render("text"))
        given = [(name, str(value)) for name, value in vars(args).items() if name in OPTIONS and value]
        again = shlex.join(["generate", *(word for name, value in given for word in (f"--{name}", value))])
        sys.stderr.write(typed(f"Nothing was written. Next: fix the spec, then ./vwr {again}\n"))
        return 1
    changes = drift.write(out, files, only_listed=named is not None)
    for verb, path in changes:
        print(f"{verb:<8} {path}")
    if not named:
        copies.write(files)
    print(f"{plural(len(files), 'file')}, {len(changes)} changed in {drift.shown(out)}")
    return 0


def _other(args: Namespace, folder: Path | None) -> dict[str, bytes]:
    """The outputs for another version of the specification, or from a user's template."""
    from vwr.check.tree import checked_tree  # imported here: it takes longer than a run without changes
    from vwr.generate import own, render

    description = render.of_tree(checked_tree(ROOT, folder), args.version)
    return (
        render.files([own.back_end(args.template)], description)
        if args.template
        else render.render(description)[0]
    )
