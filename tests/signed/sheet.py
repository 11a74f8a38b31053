#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which rows of spec/ somebody has read beside the specification; the README of this folder describes the commands."""

import argparse
import collections
import sys
from pathlib import Path

import described
import planted
import printed
import signatures

STATES = ("unsigned", "changed", "signed")
KEY_HEADING = "rows\tkind\tthere\tplanted\n"


def listed(options: argparse.Namespace) -> None:
    """Counts for each file; for files that are named also the rows to be read."""
    total: collections.Counter[str] = collections.Counter()
    print(f"{'file':<14} {'unsigned':>8} {'changed':>8} {'signed':>8}")
    for path in options.files or described.files():
        rows = described.read(path)
        lines = signatures.load(options.sheet / f"{path.stem}.txt")
        states = {row.id: signatures.state(row, lines) for row in rows}
        count = collections.Counter(states.values())
        total += count
        print(f"{path.stem:<14} " + " ".join(f"{count[state]:>8}" for state in STATES))
        for row in states if options.files else ():
            if states[row] != "signed":
                print(f"    {states[row]:<8}  {row}")
    print(f"{'all':<14} " + " ".join(f"{total[state]:>8}" for state in STATES))


def read(options: argparse.Namespace) -> None:
    """The reader's copy, and the key to its planted errors."""
    files = [described.read(path) for path in options.files]
    if options.plant is not None:
        plants = planted.plant(files, options.plant, options.count)
        if len(plants) < options.count:
            sys.exit(
                f"sheet.py: these files have places for {len(plants)} errors. Next: --count {len(plants)}"
            )
        rows = [
            f"{','.join(row.id for row in plant.rows)}\t{plant.kind}\t{plant.old}\t{plant.new}\n"
            for plant in plants
        ]
        options.key.write_text(KEY_HEADING + "".join(rows), encoding="utf-8")
    number = 1
    for path, rows_of_file in zip(options.files, files):
        text, number = printed.numbered(path.stem, printed.text_of(rows_of_file), number)
        print(f"# ---- {path.name} ----\n{text}")


def graded(findings: str, key: str) -> str:
    """What was found of the planted errors, and all other findings."""
    plants = [line.split("\t") for line in key.splitlines()[1:]]
    others = [line.split("\t") for line in findings.splitlines() if line.strip() and not line.startswith("#")]
    found, missed = [], []
    for rows, kind, old, new in plants:
        hits = [finding for finding in others if _names(finding[0].strip(), rows.split(","), kind)]
        said = "".join(f"\n      found as: {' | '.join(finding[1:])}" for finding in hits)
        (found if hits else missed).append(
            f"  {rows}  {kind}\n      there:    {old}\n      planted:  {new}{said}"
        )
    planted = {row for plant in plants for row in plant[0].split(",")}
    others = [finding for finding in others if finding[0].strip() not in planted]
    return "\n".join(
        [
            f"planted {len(plants)}, found {len(found)}, missed {len(missed)}",
            *(["missed:", *missed] if missed else []),
            *(["found, to be compared with the words of the finding:", *found] if found else []),
            f"not planted: {len(others)}",
            *("  " + "\t".join(finding) for finding in others),
        ]
    )


def _names(row: str, rows: list[str], kind: str) -> bool:
    """Whether a finding is of a planted row, or of one that inherits the planted section or version."""
    inside = kind in ("section", "since") and any(row.startswith(one + "/") for one in rows)
    return row in rows or inside


def grade(options: argparse.Namespace) -> None:
    """Prints the grade."""
    print(graded(options.findings.read_text(encoding="utf-8"), options.key.read_text(encoding="utf-8")))


def sign(options: argparse.Namespace) -> None:
    """Writes the lines of the sheet."""
    files = {path: described.read(path) for path in options.files}
    unknown = set(options.refused) - {row.id for rows in files.values() for row in rows}
    if unknown:
        sys.exit(f"sheet.py: these files do not have the rows {', '.join(sorted(unknown))}")
    reading = f"{options.round}:{options.reader}"
    for path, rows in files.items():
        sheet = options.sheet / f"{path.stem}.txt"
        lines = signatures.load(sheet)
        signatures.sign(rows, lines, reading, options.document, set(options.refused))
        signatures.write(sheet, rows, lines)
        print(f"{sheet.name}: {sum(row.id in lines for row in rows)} of {len(rows)} rows are signed")


def word(text: str) -> str:
    """A word of a line of the sheet."""
    if not text or set(text) & set(" \t\n,:"):
        raise argparse.ArgumentTypeError(f"{text!r} is not one word")
    return text


def arguments() -> argparse.ArgumentParser:
    """The commands."""
    parser = argparse.ArgumentParser(prog="sheet.py", description=__doc__)
    parser.add_argument("--sheet", type=Path, default=signatures.SHEET, help="folder of the sheet")
    verbs = parser.add_subparsers(required=True)
    one = verbs.add_parser("list", help="rows unsigned, changed and signed")
    one.add_argument("files", nargs="*", type=Path)
    one.set_defaults(run=listed)
    one = verbs.add_parser("read", help="a reader's copy of files of spec/")
    one.add_argument("files", nargs="+", type=Path)
    one.add_argument("--plant", metavar="SEED", help="plant errors")
    one.add_argument("--count", type=int, default=20, help="how many")
    one.add_argument("--key", type=Path, help="file that gets the planted errors")
    one.set_defaults(run=read)
    one = verbs.add_parser("grade", help="compare findings with the planted errors")
    one.add_argument("findings", type=Path)
    one.add_argument("key", type=Path)
    one.set_defaults(run=grade)
    one = verbs.add_parser("sign", help="write the sheet")
    one.add_argument("files", nargs="+", type=Path)
    for name in ("round", "reader", "document"):
        one.add_argument(f"--{name}", type=word, required=True)
    one.add_argument("--except", dest="refused", nargs="+", default=[], metavar="ROW", help="not these rows")
    one.set_defaults(run=sign)
    return parser


def main(argv: list[str]) -> None:
    """Runs a command."""
    parser = arguments()
    options = parser.parse_args(argv)
    if (getattr(options, "plant", None) is None) != (getattr(options, "key", None) is None):
        if options.run is read:
            parser.error("--plant and --key belong together")
    try:
        options.run(options)
    except signatures.Unreadable as wrong:
        sys.exit(f"sheet.py: {wrong}")


if __name__ == "__main__":
    main(sys.argv[1:])
