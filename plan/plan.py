#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Command line: plan.py FILE [--out DIR] [--list] [--check]: VMs and their devices to tables. See ./vwr plan."""

import argparse
import os
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "plan"), str(ROOT / "codegen")]

try:
    import check_schema
    import drift
    import load
    import plan_render
except ModuleNotFoundError as missing:
    if missing.name not in ("yaml", "jsonschema", "jinja2"):
        raise
    sys.exit(f"vwr: Python module '{missing.name}' is missing for {sys.executable}\n"
             "Next: apt install python3-yaml python3-jsonschema python3-jinja2")

import plan_list  # noqa: E402  (after the word on what is missing)
import plan_model  # noqa: E402
from plan_catalogue import ALL_CHECKS  # noqa: E402
from plan_checks import Checker  # noqa: E402
from problems import Problems  # noqa: E402


def read(path, raw):
    """(plan or None, its file or None, problems)."""
    problems = Problems(ALL_CHECKS)
    spec = load.read_text(path, raw, problems)
    if spec is None:
        return None, None, problems
    spec.kind = "plan"
    tree = load.Tree([spec], problems)
    check_schema.check_file(tree, spec)
    if not spec.valid:
        return None, spec, problems
    plan = plan_model.build(spec.data)
    Checker(tree, spec, plan).run()
    return plan, spec, problems


def stale(folder, files):
    """What in `folder` is not what the plan makes, a line for each."""
    found = []
    for name, content in files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{path}:1: error: is missing")
        elif (here := path.read_bytes()) != content:
            line = next((n for n, (a, b) in enumerate(zip(here.split(b"\n"), content.split(b"\n")), 1) if a != b), 1)
            found.append(f"{path}:{line}: error: is not what the plan makes")
    return found


def write(folder, files):
    """Writes what differs; how many files that were."""
    changed = 0
    for name, content in files.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        drift.put(path, content)
        changed += 1
    return changed


def parse(argv):
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="vwr plan", description="Which VMs there are and which devices each has, from one file: checked, listed, as C "
        "tables and device-tree nodes.",
        epilog="Exit code 0: fine; 1: the plan has problems, or with --check a file differs; 2: could not run.")
    parser.add_argument("file", metavar="FILE", help="the plan, such as vms.yaml")
    parser.add_argument("--out", metavar="DIR", type=Path, help="write vwr_plan_NAME.h, .c and a .dtsi for each VM there")
    parser.add_argument("--list", action="store_true", help="show what is where, as people read it (without --out: always)")
    parser.add_argument("--check", action="store_true", help="write nothing; with --out: say which files there differ")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="of problems")
    return parser.parse_args(argv)


def run(args):
    """The exit code."""
    plan, spec, problems = read(args.file, Path(args.file).read_bytes())
    if problems.count:
        (sys.stdout if args.format != "text" else sys.stderr).write(problems.render(args.format))
        return 1
    if args.list or not (args.out or args.check):
        sys.stdout.write(plan_list.text(plan))
    files = plan_render.render(plan, spec.license, Path(args.file).name)
    if args.check:
        found = stale(args.out, files) if args.out else []
        for line in found:
            print(line, file=sys.stderr)
        if found:
            print(f"Next: ./vwr plan {args.file} --out {args.out}", file=sys.stderr)
        return 1 if found else 0
    if args.out:
        changed = write(args.out, files)
        print(f"{len(files)} files, {changed} changed in {drift.shown(args.out)}")
    return 0


def main(argv):
    """Exit code: 0 fine, 1 something to mend, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    args = parse(argv)
    try:
        return run(args)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"vwr plan: {error.filename or 'system'}: {error.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        print("vwr plan: interrupted", file=sys.stderr)
    except Exception as error:  # pylint: disable=broad-except
        print(f"vwr plan: bug in the program: {type(error).__name__}: {error}"
              " (VWR_DEBUG=1 shows where; please report it)", file=sys.stderr)
        if os.environ.get("VWR_DEBUG") == "1":
            traceback.print_exc()
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
