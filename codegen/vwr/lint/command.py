# SPDX-License-Identifier: MIT
"""vwr lint: compares a user's C headers with the specification."""

import functools
import os
import re
import shlex
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from vwr.lint import compiler, constants, findings, header, show, structs, words
from vwr.lint import maps as mapping
from vwr.lint.book import Book
from vwr.lint.header import Header
from vwr.lint.maps import Maps
from vwr.lint.source import Place
from vwr.oracle.errata import LIST
from vwr.stop import Stop

OTHERS = Path(__file__).with_name("others.yaml")
GRAMMAR = "codegen/vwr/oracle/README.md has the grammar of such a list"
MACRO = re.compile(r"[A-Za-z_]\w*(\(.*\))?(=.*)?$", re.DOTALL | re.ASCII)  # of the compiler's -D
FORMATS = {"text": show.text, "json": show.as_json, "github": show.github}


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.fromfile_prefix_chars = "@"
    parser.add_argument("headers", nargs="+", metavar="HEADER")
    parser.add_argument("--cc", default=os.environ.get("CC") or "cc", metavar="COMMAND")
    parser.add_argument("-I", dest="folders", action="append", default=[], metavar="DIR")
    parser.add_argument("-D", dest="macros", action="append", default=[], metavar="NAME[=VALUE]")
    parser.add_argument("--include", action="append", default=[], metavar="HEADER")
    parser.add_argument("--map", action="append", default=[], metavar="THEIRS=DOCUMENT_NAME")
    parser.add_argument("--only", metavar="NAME,…")
    parser.add_argument("--version", metavar="X.Y")
    parser.add_argument("--errata", metavar="FILE")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text")


@functools.cache
def ours(path: Path) -> Any:
    """
    A built-in list, which users do not change: the kernel's names, other projects' names, or the known
    differences.
    """
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    return yaml.load(path.read_text(encoding="utf-8"), loader)


def listed(path: str | None) -> list[dict[str, Any]]:
    """The known differences that the user lists."""
    if path is None:
        return []
    try:
        rows = yaml.safe_load(Path(path).read_text(encoding="utf-8")) or []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Stop(f"{path}: {error}", GRAMMAR) from None
    for place, row in enumerate(rows if isinstance(rows, list) else [None], 1):
        if (
            not isinstance(row, dict)
            or not {"kind", "reason"} <= set(row)
            or not {"name", "names"} & set(row)
        ):
            raise Stop(f"{path}: entry {place} must have kind, name or names, and reason", GRAMMAR)
    return rows


def found_in(named: str) -> list[Path]:
    """A header, or the headers of a folder that relate to VirtIO."""
    path = Path(named)
    if not path.is_dir():
        return [path]
    rows = [one for one in sorted(path.rglob("*.h")) if one.is_file()]
    rows = [
        one
        for one in rows
        if any(word in one.read_bytes().lower() for word in (b"virtio", b"virtq", b"vring"))
    ]
    if not rows:
        raise Stop(f"{path}: no header in this folder concerns VirtIO", "name a header")
    return rows


def look(
    args: Namespace, book: Book, maps: Maps
) -> tuple[list[Path], list[Header], list[tuple[str, str, str]]]:
    """(headers, contents of each, headers that cannot be used)."""
    headers = [one for path in args.headers for one in found_in(path)]
    absent = next((path for path in headers if not path.is_file()), None)
    if absent is not None:
        raise Stop(f"{absent}: there is no such file", "./vwr help lint")
    described = next((path for path in headers if path.suffix in (".yaml", ".yml")), None)
    if described is not None:
        raise Stop(
            f"{described}: a description of a device is no C header", "./vwr help check, for descriptions"
        )
    macro = next((macro for macro in args.macros if not MACRO.match(macro)), None)
    if macro is not None:
        raise Stop(f"-D '{macro}': a macro has the form NAME or NAME=VALUE", "-D NAME=1, for example")
    options = [f"-I{folder}" for folder in args.folders] + [f"-D{macro}" for macro in args.macros]
    looked, unusable = [], []
    try:
        command = shlex.split(args.cc)
    except ValueError as error:
        raise Stop(f"--cc {args.cc}: {error}", "--cc 'YOUR-COMPILER ITS-OPTIONS'") from None
    with tempfile.TemporaryDirectory(prefix="vwr-lint-") as folder:
        asked = compiler.Compiler(command, options, Path(folder))
        for path in headers:
            try:
                looked.append(header.look(asked, maps, path, args.include))
            except header.Unusable as error:
                unusable.append((str(path), str(error), error.hint))
    return headers, looked, unusable


def once(rows: Iterable[Any]) -> list[Any]:
    """Rows without duplicates, because two headers may include the same third header."""
    return list({(row.name, row.place, getattr(row, "value", None)): row for row in rows}.values())


def lint(args: Namespace) -> findings.Result:
    """All findings."""
    book = Book(tuple(filter(None, (args.only or "").split(","))))
    if args.version and args.version not in book.versions:
        raise Stop(
            f"--version {args.version}: the description has {', '.join(book.versions)}",
            f"--version {book.versions[-1]}",
        )
    maps = mapping.Maps(book)
    maps.add_names(ours(LIST.with_name("names.yaml")))
    maps.add_names(ours(OTHERS))
    for text in args.map:
        maps.add(text)
    headers, looked, unusable = look(args, book, maps)
    unused = maps.unused(looked)
    if unused and not unusable:
        raise Stop(f"--map {unused[0]}: no header has the left side", "check its spelling in the header")
    kernel = [entry for entry in ours(LIST) if entry["against"] == "kernel"]
    settings = findings.Settings(
        book,
        findings.Explained(kernel, listed(args.errata)),
        args.version or book.versions[-1],
        {str(path.resolve()) for path in headers},
    )
    found, numbers = constants.judge(once(row for one in looked for row in one.constants), settings)
    more, layouts, fields = structs.judge(once(row for one in looked for row in one.structs), maps, settings)
    order = {str(path.resolve()): place for place, path in enumerate(headers)}
    found = sorted(
        found + more, key=lambda one: (order.get(one.place.file, len(order)), one.place, one.sentence)
    )
    others = [] if args.only else uncompared(looked, found, settings)  # excluded by --only
    names = {} if args.only else {name: place for one in looked for name, place in one.own}
    own = sorted(names.items(), key=lambda row: row[1])
    return findings.Result(
        book.title, args.cc, list(map(str, headers)), found, unusable, numbers, layouts, fields, others, own
    )


def uncompared(
    looked: list[Header], found: list[findings.Finding], settings: findings.Settings
) -> list[tuple[str, Place]]:
    """
    VirtIO names in the given headers that match no name of the specification, and that no finding mentions.
    """
    named = {one.name for one in found} | {
        name for one in found if one.kind == "shifted" for name in re.findall(r"\w+", one.sentence)
    }
    rows = {
        name: place
        for one in looked
        for name, place in one.others
        if place.file in settings.given and name not in named
    }
    return sorted(rows.items(), key=lambda row: row[1])


def run(args: Namespace) -> int:
    """Returns 1 if there is an error, and 2 if a header could not be used."""
    result = lint(args)
    if not result.constants and not result.structs and not result.unusable:
        rows = result.uncompared + result.own
        strange = f", including {words.joined(name for name, _ in rows)}" if rows else ""
        raise Stop(
            f"nothing here has a name of the specification{strange}",
            "--map THEIRS=DOCUMENT_NAME maps a name; generated/docs lists the names",
        )
    sys.stdout.write(FORMATS[args.format](result))
    if result.unusable:
        return 2
    return int(any(one.level == findings.ERROR for one in result.findings))
