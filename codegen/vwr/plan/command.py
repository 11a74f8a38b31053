# SPDX-License-Identifier: MIT
"""vwr plan: generates tables from VMs and their devices."""

import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr.check import schema
from vwr.generate import drift
from vwr.plan import checks, drawing, kinds, model, own, render
from vwr.plan.catalogue import ALL_CHECKS
from vwr.plan.model import Plan
from vwr.sentence import plural
from vwr.spec import load
from vwr.spec.load import SpecFile
from vwr.spec.problems import Problems, Refused
from vwr.stop import typed


def read(path: str, raw: bytes | str) -> tuple[Plan | None, SpecFile | None, Problems]:
    """(plan or None, its file or None, problems)."""
    problems = Problems(ALL_CHECKS)
    spec = load.read_text(path, raw, problems)
    if spec is None:
        return None, None, problems
    spec.kind = "plan"
    tree = load.Tree([spec], problems)
    schema.check_file(tree, spec)
    if not spec.valid:
        return None, spec, problems
    plan = model.build(spec.data)
    checks.run(tree, spec, plan)
    return plan, spec, problems


def stale(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """{name: what is wrong} of the files in `folder` that differ from the output of the plan."""
    found = {}
    for name, content in files.items():
        path = folder / name
        if not path.is_file():
            found[name] = f"{path}:1: error: is missing"
        elif (here := path.read_bytes()) != content:
            found[name] = f"{path}:{drift.first_line(here, content)}: error: is not what the plan makes"
    return found


def _drawn(plan: Plan) -> str:
    """The drawing, in characters that the terminal supports."""
    drawn = drawing.text(plan)
    try:
        drawn.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        drawn = drawing.text(plan, ascii_only=True)
    return drawn


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--out", metavar="DIR", type=Path)
    parser.add_argument("--spec", metavar="DIR", type=Path)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")


def run(args: Namespace) -> int:
    """1: the plan has problems, or with --check a file differs."""
    if args.spec:
        try:
            kinds.add(own.kinds_of(args.spec))
        except Refused as refused:
            sys.stderr.write(refused.problems.render("text"))
            return 1
    plan, spec, problems = read(args.file, Path(args.file).read_bytes())
    if problems.count or plan is None or spec is None:
        (sys.stdout if args.format != "text" else sys.stderr).write(problems.render(args.format))
        return 1
    if args.list:
        sys.stdout.write(render.listed(plan))
    elif not (args.out or args.check):
        sys.stdout.write(_drawn(plan))
    files = render.render(plan, spec.license, Path(args.file).name)
    found = stale(args.out, files) if args.out else {}
    if args.check and found:
        next_command = typed(f"Next: ./vwr {shlex.join(['plan', str(args.file), '--out', str(args.out)])}")
        print(*found.values(), next_command, sep="\n", file=sys.stderr)
        return 1
    if args.out and not args.check:
        for name in found:
            drift.put(args.out / name, files[name])
        print(f"{plural(len(files), 'file')}, {len(found)} changed in {drift.shown(args.out)}")
    return 0
