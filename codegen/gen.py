#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Command line of the generator: gen.py generate | check | diff. Started by ./vwr."""

import argparse
import os
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "codegen"))

try:
    import check
    import count
    import diff
    import drift
    import load
    import render
    import since
except ModuleNotFoundError as missing:
    if missing.name not in ("yaml", "jsonschema", "jinja2"):
        raise
    sys.exit(f"vwr: Python module '{missing.name}' is missing for {sys.executable}\n"
             "Next: apt install python3-yaml python3-jsonschema python3-jinja2")


class Refused(Exception):
    """The spec has problems: they are reported, and nothing else is done."""

    def __init__(self, problems):
        super().__init__()
        self.problems = problems


def checked_tree():
    """The spec tree, or Refused."""
    tree = load.load_tree(ROOT)
    check.check_tree(tree)
    if tree.options is None and load.OPTIONS not in tree.unread:
        tree.problems.error(load.OPTIONS, 1, 1, "", "there is no such file", "vwr/profile.h comes from it", (), "VWR-Y027")
    if tree.problems.count:
        raise Refused(tree.problems)
    return tree


def generate(args):
    """Writes what differs."""
    if args.version and not args.out:
        print("vwr generate: --version needs --out: generated/ has all of the specification", file=sys.stderr)
        return 2
    try:
        files, _ = render.render_tree(checked_tree(), args.version)
    except Refused as refused:
        sys.stderr.write(refused.problems.render("text"))
        sys.stderr.write("Nothing was written. Next: mend the spec, then ./vwr generate\n")
        return 1
    out = Path(args.out).resolve() if args.out else ROOT / "generated"
    changes = drift.write(out, files, only_listed=args.out is not None)
    for verb, path in changes:
        print(f"{verb:<8} {path}")
    print(f"{len(files)} files, {len(changes)} changed in {drift.shown(out)}")
    return 0


def check_all(args):
    """Problems of the spec, then drift of generated/; touches nothing."""
    try:
        tree = checked_tree()
        models = render.model.build(tree)
    except Refused as refused:
        sys.stdout.write(refused.problems.render(args.format))
        if args.format == "text":
            print("Next: mend the spec, then ./vwr generate")
        return 1
    if args.count:
        sys.stdout.write(count.report(models, args.format))
        return 0
    files, sources = render.render(models, tree.options)
    rows = drift.compare(ROOT / "generated", files, sources)
    sys.stdout.write(drift.report(rows, args.format, len(tree.files), len(files)))
    return 1 if rows else 0


def difference(args):
    """What changed since a revision, in the specification's words."""
    try:
        rows = diff.diff(ROOT, args.rev)
    except diff.DiffError as error:
        print(f"vwr diff: {error}", file=sys.stderr)
        return 2
    sys.stdout.write(diff.as_json(rows) if args.format == "json" else diff.text(rows, args.rev))
    return 0


def parse(argv):
    parser = argparse.ArgumentParser(prog="vwr", description="Makes generated/ from spec/.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser("generate", help="check the spec, then write the files that differ")
    command.add_argument("--out", metavar="DIR", help="write there instead of generated/")
    command.add_argument("--version", choices=since.VERSIONS, metavar="VERSION",
                         help="leave out what is newer than that version of the specification (with --out); 'legacy':"
                              " what the legacy interface has")
    command.set_defaults(run=generate)
    command = commands.add_parser("check", help="check the spec and that generated/ is what it makes")
    command.add_argument("--format", choices=("text", "json", "github"), default="text")
    command.add_argument("--count", action="store_true", help="print how much the spec holds instead")
    command.set_defaults(run=check_all)
    command = commands.add_parser("diff", help="what changed since a revision: WIRE, API, DOC")
    command.add_argument("rev", nargs="?", default="HEAD", metavar="REV")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.set_defaults(run=difference)
    return parser.parse_args(argv)


def main(argv):
    """Exit code: 0 fine, 1 something to mend, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    args = parse(argv)
    try:
        return args.run(args)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"vwr {args.command}: {error.filename or 'system'}: {error.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"vwr {args.command}: interrupted", file=sys.stderr)
    except Exception as error:  # pylint: disable=broad-except
        print(f"vwr {args.command}: bug in the generator: {type(error).__name__}: {error}"
              " (VWR_DEBUG=1 shows where; please report it)", file=sys.stderr)
        if os.environ.get("VWR_DEBUG") == "1":
            traceback.print_exc()
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
