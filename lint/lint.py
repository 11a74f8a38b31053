#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Command line: lint.py HEADER…: somebody's C headers beside the specification. See ./vwr lint."""

import argparse
import os
import shlex
import sys
import tempfile
import traceback
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

try:
    import yaml

    import compiler
except ModuleNotFoundError as missing:
    if missing.name not in ("yaml", "elftools"):
        raise
    sys.exit(f"vwr: Python module '{missing.name}' is missing for {sys.executable}\n"
             "Next: apt install python3-yaml python3-pyelftools")

import book as document  # noqa: E402  (after the word on what is missing)
import constants  # noqa: E402
import findings  # noqa: E402
import header  # noqa: E402
import maps as mapping  # noqa: E402
import show  # noqa: E402
import structs  # noqa: E402

ORACLE = document.ROOT / "oracle"
FORMATS = {"text": show.text, "json": show.as_json, "github": show.github}


class Settings(NamedTuple):
    """What all comparisons share."""
    book: object
    explained: object
    version: str
    given: set  # the files that were named, not those that they include


class Result(NamedTuple):
    """All that a run has found out."""
    title: str
    compiler: str
    headers: list
    findings: list
    unusable: list  # (file, why, next thing to try)
    constants: int
    structs: int
    fields: int


def parse(argv):
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="vwr lint", fromfile_prefix_chars="@",
        description="Compares C headers of others with the specification, by the compiler that they are written for.",
        epilog="@FILE in place of options: one option a line. Exit code 0: nothing is wrong, 1: something is,"
               " 2: could not run.")
    parser.add_argument("headers", nargs="+", metavar="HEADER", help="a header, or a folder of them")
    parser.add_argument("--cc", default=os.environ.get("CC") or "cc", metavar="COMMAND",
                        help="the compiler with its options, in one word: --cc 'aarch64-linux-gnu-gcc -nostdinc'")
    parser.add_argument("-I", dest="folders", action="append", default=[], metavar="DIR", help="as for the compiler")
    parser.add_argument("-D", dest="macros", action="append", default=[], metavar="NAME[=VALUE]",
                        help="as for the compiler")
    parser.add_argument("--include", action="append", default=[], metavar="HEADER",
                        help="include this before: a file, or <name>")
    parser.add_argument("--map", action="append", default=[], metavar="THEIRS=DOCUMENT_NAME",
                        help="what they call a constant, a struct, or a field (STRUCT.FIELD)")
    parser.add_argument("--only", metavar="NAME,…", help="parts of the specification, such as blk,mmio")
    parser.add_argument("--version", metavar="X.Y", help="what is newer in the specification need not be there")
    parser.add_argument("--errata", metavar="FILE", help="differences that are known, as in oracle/errata.yaml")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text")
    return parser.parse_args(argv)


def oracle(name, empty):
    """A list of oracle/: the kernel's names, or the known differences."""
    path = ORACLE / name
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or empty) if path.is_file() else empty


def listed(path):
    """The known differences that the user lists."""
    if path is None:
        return []
    try:
        rows = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise compiler.CannotRun(f"{path}: {error}", "oracle/README.md has the grammar of such a list") from None
    for place, row in enumerate(rows if isinstance(rows, list) else [None], 1):
        if not isinstance(row, dict) or not {"kind", "reason"} <= set(row) or not {"name", "names"} & set(row):
            raise compiler.CannotRun(f"{path}: entry {place} has to have kind, name or names, and reason",
                                     "oracle/README.md has the grammar of such a list")
    return rows


def found_in(path):
    """A header, or those of a folder that have to do with VirtIO."""
    path = Path(path)
    if not path.is_dir():
        return [path]
    rows = [one for one in sorted(path.rglob("*.h")) if one.is_file()]
    rows = [one for one in rows if any(word in one.read_bytes().lower() for word in (b"virtio", b"virtq", b"vring"))]
    if not rows:
        raise compiler.CannotRun(f"{path}: no header in this folder has to do with VirtIO", "name a header")
    return rows


def look(args, book, maps):
    """(headers, what is in each, those that are no use)."""
    headers = [one for path in args.headers for one in found_in(path)]
    absent = next((path for path in headers if not path.is_file()), None)
    if absent is not None:
        raise compiler.CannotRun(f"{absent}: there is no such file", "./vwr help lint")
    options = [f"-I{folder}" for folder in args.folders] + [f"-D{macro}" for macro in args.macros]
    looked, unusable = [], []
    try:
        command = shlex.split(args.cc)
    except ValueError as error:
        raise compiler.CannotRun(f"--cc {args.cc}: {error}", "--cc 'YOUR-COMPILER ITS-OPTIONS'") from None
    with tempfile.TemporaryDirectory(prefix="vwr-lint-") as folder:
        asked = compiler.Compiler(command, options, Path(folder))
        for path in headers:
            try:
                looked.append(header.look(asked, maps, path, args.include))
            except header.Unusable as error:
                unusable.append((str(path), str(error), error.hint))
    return headers, looked, unusable


def once(rows):
    """Rows without those that are there already: two headers may include the same third."""
    return list({(row.name, row.place, getattr(row, "value", None)): row for row in rows}.values())


def lint(args):
    """All findings."""
    book = document.Book(tuple(filter(None, (args.only or "").split(","))))
    if args.version and args.version not in book.versions:
        raise compiler.CannotRun(f"--version {args.version}: the description has {', '.join(book.versions)}",
                                 f"--version {book.versions[-1]}")
    maps = mapping.Maps(book)
    maps.add_names(oracle("names.yaml", {}))
    for text in args.map:
        maps.add(text)
    headers, looked, unusable = look(args, book, maps)
    unused = maps.unused(looked)
    if unused and not unusable:
        raise compiler.CannotRun(f"--map {unused[0]}: no header has the left side", "see how the header spells it")
    kernel = [entry for entry in oracle("errata.yaml", []) if entry["against"] == "kernel"]
    settings = Settings(book, findings.Explained(kernel, listed(args.errata)), args.version or book.versions[-1],
                        {str(path.resolve()) for path in headers})
    found, numbers = constants.judge(once(row for one in looked for row in one.constants), settings)
    more, layouts, fields = structs.judge(once(row for one in looked for row in one.structs), maps, settings)
    order = {str(path.resolve()): place for place, path in enumerate(headers)}
    found = sorted(found + more, key=lambda one: (order.get(one.place.file, len(order)), one.place, one.sentence))
    return Result(book.title, args.cc, list(map(str, headers)), found, unusable, numbers, layouts, fields)


def report(args):
    """Prints it; the exit code."""
    result = lint(args)
    if not result.constants and not result.structs and not result.unusable:
        raise compiler.CannotRun("nothing here has a name of the specification",
                                 "--map THEIRS=DOCUMENT_NAME tells what is what; generated/docs has the names")
    sys.stdout.write(FORMATS[args.format](result))
    sys.stdout.flush()
    if result.unusable:
        return 2
    return int(any(one.level == findings.ERROR for one in result.findings))


def main(argv):
    """Exit code: 0 nothing is wrong, 1 something is, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        return report(parse(argv))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except compiler.CannotRun as error:
        print(f"vwr lint: {error}\nNext: {error.hint}", file=sys.stderr)
    except (document.BookError, mapping.BadMap) as error:
        print(f"vwr lint: {error}", file=sys.stderr)
    except OSError as error:
        print(f"vwr lint: {error.filename or 'system'}: {error.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        print("vwr lint: interrupted", file=sys.stderr)
    except Exception as error:  # pylint: disable=broad-except
        print(f"vwr lint: bug in lint: {type(error).__name__}: {error}"
              " (VWR_DEBUG=1 shows where; please report it)", file=sys.stderr)
        if os.environ.get("VWR_DEBUG") == "1":
            traceback.print_exc()
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
