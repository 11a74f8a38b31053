#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Bytes of the copies that ./vwr embed writes, and what each of its options saves: aarch64, -Os, the template port.

`./vwr bench copies` prints the tables of codegen/vwr/embed/README.md; with --write it writes them into that page.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import sizes
from vwr import ROOT
from vwr.back_end import outputs
from vwr.embed import choice as profiles
from vwr.embed import command, example, pair
from vwr.embed.choice import CALLS, PARTS, Choice
from vwr.embed.classes import part_calls

PAGE = ROOT / "codegen" / "vwr" / "embed" / "README.md"
MARK = "<!-- ./vwr bench copies --write: {} {} -->\n"
SMALL, FAST = "-Os", "-O2"
LEAST_SAVING = 400  # of a macro, where it saves most
MODERN = "--interface modern --without all"
SIX = "blk,net,console,entropy,input,gpu"
THREE = "blk,console,entropy"


class Row(NamedTuple):
    """A row of the table of sizes."""

    words: str  # options of ./vwr embed
    content: str = ""
    shown: str = ""  # instead of the options

    @property
    def label(self) -> str:
        return self.shown or (f"`{self.words}`" if self.words else "none")


OF_GUESTS = f"--side device --device {{}} {MODERN}"
ROWS = (
    Row("", "preset kernel"),
    Row(MODERN, "only reads, one version, split ring"),
    Row("--interface legacy --without all", "the same on a legacy device"),
    Row(f"{MODERN} --with vwr_blk_write,vwr_blk_flush,vwr_blk_get_id", "with write, flush, id"),
    Row("--transport pci", "both interfaces, placement, scan, MSI-X"),
    Row("--transport mmio,pci"),
    Row("--preset everything"),
    Row("--driver net"),
    Row("--driver console"),
    Row("--driver input"),
    Row("--driver entropy"),
    Row("--driver gpu --interface modern"),
    Row("--driver net,console,entropy"),
    Row(f"--driver {SIX} {MODERN}"),
    Row(f"--driver {SIX} --preset everything", shown="the same six with `--preset everything`"),
    Row(OF_GUESTS.format("console")),
    Row(OF_GUESTS.format("blk"), "a disk over your own back end", "the same with `blk`"),
    Row(OF_GUESTS.format("net"), "a network card whose frames you handle", "with `net`"),
    Row(f"{OF_GUESTS.format('net')} --with switch", shown="with `net`, `--with switch`"),
    Row(OF_GUESTS.format("gpu"), "a screen", "with `gpu`"),
    Row(OF_GUESTS.format("input"), "the tables of a keyboard, mouse, tablet, touch screen", "with `input`"),
    Row(OF_GUESTS.format("balloon"), shown="with `balloon`"),
    Row(OF_GUESTS.format("9p"), "a folder whose files you provide", "with `9p`"),
    Row(f"{OF_GUESTS.format('9p')} --with memory", "a tree in memory", "with `9p`, `--with memory`"),
    Row(f"{OF_GUESTS.format(THREE)} --with memory", "a disk in memory", f"with `{THREE}`, `--with memory`"),
    Row(f"--side device --device {THREE} --preset everything"),
    Row(f"--side both --driver {THREE} --device {THREE} --preset everything"),
)
GOALS = {"": 11264, MODERN: 4608, f"--driver net {MODERN}": 8704}
# Copies in which the macros are measured: the column's title, options of ./vwr embed.
COLUMNS = {
    "disk, least": MODERN,
    "disk": "",
    "disk, everything": "--preset everything",
    "card": "--driver net",
    "six drivers, everything": f"--driver {SIX} --preset everything",
    "a guest's disk, least": OF_GUESTS.format("blk"),
    "a guest's card, least": OF_GUESTS.format("net"),
    "a guest's three, everything": f"--side device --device {THREE} --preset everything",
}
# Devices whose least copy a group of calls is added to; other groups are for any device, and are added to a disk.
OWNERS = {
    "control": "net",
    "cursor": "gpu",
    "ports": "console",
    "switch": "net",
    "draw": "gpu",
    "classes": "entropy",
}


def chosen(words: str) -> Choice:
    """The profile of a command line."""
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    args = parser.parse_args(["copy", *words.split()])
    return command.requested(args, None, profiles.defaults())


class Forced(Choice):
    """A profile with other macros than its own; `forced` is set for an object."""

    forced: Mapping[str, int]
    dropped: str

    @property
    def macros(self) -> dict[str, int]:
        return super().macros | dict(self.forced)

    @property
    def names(self) -> dict[str, str]:
        return {name: value for name, value in super().names.items() if name != self.dropped}


def forced(choice: Choice, macros: Mapping[str, int], dropped: str = "") -> Forced:
    made = Forced(*choice)
    made.forced, made.dropped = macros, dropped
    return made


MEASURED: dict[object, tuple[int, int]] = {}  # many cells of the tables are of the same copy


def measured(choice: Choice, level: str = SMALL) -> tuple[int, int]:
    """(.text, .rodata) of a copy."""
    key = (tuple(choice), *choice.macros.items(), *choice.names.items(), level)
    if key not in MEASURED:
        MEASURED[key] = compiled(choice, level)
    return MEASURED[key]


def compiled(choice: Choice, level: str) -> tuple[int, int]:
    flags = [level if flag == SMALL else flag for flag in sizes.FLAGS]
    with tempfile.TemporaryDirectory() as folder:
        for output in outputs([pair.BACK_END], choice):
            (Path(folder) / output.path).write_text(output.text, encoding="utf-8")
        (Path(folder) / "vwr_port.h").write_text(example.port(choice), encoding="utf-8")
        words = [f"{sizes.PREFIX}gcc", *flags, "-c", "vwr.c", "-o", "vwr.o"]
        subprocess.run(words, check=True, cwd=folder)
        words = [f"{sizes.PREFIX}size", "-A", "vwr.o"]
        said = subprocess.run(words, check=True, cwd=folder, stdout=subprocess.PIPE, text=True).stdout
    text, rodata = (
        sum(int(bytes_) for bytes_ in re.findall(rf"^\{name}\S*\s+(\d+)\s", said, re.MULTILINE))
        for name in (".text", ".rodata")
    )
    return text, rodata


def without_calls(choice: Choice, name: str) -> Choice:
    """The profile without a part, but with the part's calls, which are named instead."""
    if name not in choice.parts:
        return choice
    calls = [call for call in choice.calls_of(PARTS[name]) if call not in choice.named]
    parts = tuple(part for part in choice.parts if part != name)
    return choice._replace(parts=parts, named=(*choice.named, *calls))


def saved(choice: Choice, name: str) -> int | None:
    """Bytes that the macro of an option saves with the same calls; None: the option has no effect here."""
    level = FAST if name == "speed" else SMALL
    if name in profiles.ONE_OF:
        if name not in choice.names:
            return None
        return sum(measured(forced(choice, {}, name))) - sum(measured(choice))
    macro = next(option.macro for option in profiles.options.OPTIONS if option.name == name)
    if macro not in choice.macros:
        return None
    without = forced(without_calls(choice, name), {macro: 0})
    return sum(measured(forced(choice, {macro: 1}), level)) - sum(measured(without, level))


def macros() -> list[str]:
    """Names of the rows: options with a macro, and the macros for one transport or class."""
    return [option.name for option in profiles.options.OPTIONS if option.macro] + [*profiles.ONE_OF]


def least_with(name: str) -> Choice:
    """The least copy that can have a group of calls, or a call."""
    of_guests = name in PARTS and "driver" not in PARTS[name].sides
    side = "--side device --device" if of_guests else "--transport mmio,pci --driver"
    return chosen(f"{side} {OWNERS.get(name, 'blk')} --without all")


def has_calls(name: str) -> bool:
    """Whether it adds calls: a call, or a part with some."""
    return name not in PARTS or bool(part_calls(PARTS[name]))


def added(name: str) -> int | None:
    """Bytes that a group of calls, or a call, adds to the least copy of its device; None: it has no calls."""
    if not has_calls(name):
        return None
    base = least_with(name)
    more = (
        base._replace(parts=tuple(part for part in PARTS if part in (*base.parts, name)))
        if name in PARTS
        else base._replace(named=(name,))
    )
    return sum(measured(more)) - sum(measured(base))


def table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(row) + " |\n"


def number(value: int | None) -> str:
    return "" if value is None else str(value)


def size_row(row: Row) -> list[str]:
    return [row.label, row.content, *map(str, measured(chosen(row.words)))]


def goal_row(words: str) -> list[str]:
    return [f"`{words}`" if words else "preset kernel", str(measured(chosen(words))[0]), str(GOALS[words])]


def macro_row(name: str) -> list[str]:
    return [f"`{name}`", *(number(saved(chosen(words), name)) for words in COLUMNS.values())]


def calls_row(name: str) -> list[str]:
    return [f"`{name}`", number(added(name))]


def tables(jobs: int | None = None) -> dict[str, str]:
    """{name: text} of each part of the page."""
    with ProcessPoolExecutor(jobs) as pool:
        of_macros = pool.map(macro_row, macros())
        of_sizes = pool.map(size_row, ROWS)
        goals = pool.map(goal_row, GOALS)
        of_calls = pool.map(calls_row, filter(has_calls, (*PARTS, *CALLS)))
        return {
            "sizes": f"Measured on {time.strftime('%Y-%m-%d')}.\n\n"
            + "".join(table(["options", "content", "text", "rodata"], of_sizes)),
            "goals": "".join(table(["options", "text", "goal"], goals)),
            "macros": "".join(table(["option", *COLUMNS], of_macros)),
            "calls": "".join(table(["option or call", "bytes"], of_calls)),
        }


def part_of(page: str, name: str) -> str:
    """A part of the page, as it is."""
    return page.split(MARK.format(name, "begin"))[1].split(MARK.format(name, "end"))[0]


def cells(text: str) -> dict[str, list[str]]:
    """{first cell: the others} of a table."""
    rows = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows[2:]}


def written(page: str, made: Mapping[str, str]) -> str:
    """The page with these parts."""
    for name, text in made.items():
        begin, end = MARK.format(name, "begin"), MARK.format(name, "end")
        head, _, rest = page.partition(begin)
        page = f"{head}{begin}{text}{end}{rest.partition(end)[2]}"
    return page


def main() -> int:
    parser = argparse.ArgumentParser(prog="vwr bench copies", description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write the tables into the page")
    parser.add_argument("--jobs", type=int, help="number of copies at a time (default: number of cores)")
    given = parser.parse_args()
    if why := sizes.missing():
        print(f"bench: {why}", file=sys.stderr)
        return 2
    made = tables(given.jobs)
    print("\n".join(made.values()))
    if given.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
