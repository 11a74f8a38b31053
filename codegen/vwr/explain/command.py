# SPDX-License-Identifier: MIT
"""vwr explain: explains a driver's accesses to its device, with the specification's names."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any

from vwr import description
from vwr.explain import dump, faults, lines, show, sort
from vwr.explain.book import Book
from vwr.explain.device import Device
from vwr.explain.lines import Event, Input
from vwr.explain.pciwalk import PciWalk
from vwr.explain.rules import CLEAN, DEAD, UNJUDGED, WORKS
from vwr.explain.walk import Walk
from vwr.explain.mmiowalk import MmioWalk
from vwr.meant import unknown
from vwr.stop import Stop

CODES = {DEAD: 3, WORKS: 1, CLEAN: 0, UNJUDGED: 2}  # the first that applies; 2 as well: it could not run
ACCEPTED = """Accepted, also between lines of other text:
  QEMU's trace        -trace 'memory_region_ops_*' -trace virtio_queue_notify -trace virtio_notify
  the runtime's own   vwr-trace 12 345 read 0x0a003e70 4 0x0000000f
  a register dump     0x0a003e00: 74726976 00000002 …   (gdb x/64xw, u-boot md.l, QEMU xp /64xw)
  values of registers 0x070 0x0f   (offset, value; each offset once)"""


def number(text: str) -> Any:
    """An address on the command line."""
    value = int(text, 0)
    if not 0 <= value < 1 << 64:
        raise ValueError(text)
    return value


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("files", nargs="*", metavar="FILE", default=[])
    what.add_argument("--device-fault", metavar="KIND,QUEUE,A,B")
    what.add_argument("--driver-fault", metavar="KIND,WHERE,GOT")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--base", type=number, action="append", default=[], metavar="ADDR")
    parser.add_argument("--device", metavar="NAME")
    parser.add_argument("--package", metavar="DIR", default=description.PACKAGE)


def take(path: str) -> Input:
    """The parts of a file that were recognised."""
    try:
        if path == "-":
            return lines.read(sys.stdin.buffer)
        with open(path, "rb") as stream:
            return lines.read(stream)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise Stop(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error


def why_nothing(found: Any, bases: Any) -> str:
    """The reason why nothing in a file can be explained."""
    if bases and (found.events or found.own):
        return f"no access to {', '.join(f'0x{base:x}' for base in bases)}"
    if found.other_regions:
        return (
            f"QEMU's trace has no access to '{lines.REGION}', only to {', '.join(sorted(found.other_regions)[:5])}"
            " and none of a device on PCI"
        )
    if found.without_values:
        return "the virtio_mmio_* events have no values: trace with -trace 'memory_region_ops_*'"
    return "it contains no trace and no register dump"


def walk_of(book: Book, base: int | None, events: list[Event], chosen: Device | None) -> MmioWalk:
    """The walk for a device's transport."""
    if base is not None and any(event.region for event in events):
        return PciWalk(book, base, events, chosen)
    return MmioWalk(book, base, events, chosen)


def explain(book: Book, path: str, args: Namespace) -> tuple[str, Sequence[Walk], list[Any], list[str]]:
    """(path, devices, empty slots, notes) of a file."""
    found = take(path)
    chosen = book.by_name.get(args.device)
    by_base = sort.devices(book, found, args.base) if found.events or found.own else {}
    try:
        if not by_base and dump.looks_like_one(book, found, args.base):
            bases = args.base or [None]
            return path, [dump.Dump(book, found, base, chosen).run() for base in bases], [], []
    except (sort.NotFound, Stop) as error:
        raise Stop(f"{path}: {error}", getattr(error, "hint", "")) from error
    if strange := sort.unplaced(book, by_base):
        raise Stop(
            f"{path}: line {strange.line} accesses 0x{strange.address:x} by {8 * strange.width} bits, and no access reads"
            " MagicValue: these are not registers of virtio-mmio. For a device on PCI the trace lacks the lines `place`,"
            " which say where its structures are",
            "record from the probe on, which writes them, or add them: vwr-trace 1 0 place ADDRESS CFG_TYPE"
            " TYPE_OR_MULTIPLIER BYTES, the common configuration (CFG_TYPE 1) first",
        )
    if not by_base:
        raise Stop(f"{path}: {why_nothing(found, args.base)}\n{ACCEPTED}")
    walks = [walk_of(book, base, events, chosen) for base, events in by_base.items()]
    driven = any(one.writes for one in walks)
    quiet = not any(one.notifies for one in walks)
    for one in walks:
        one.alone, one.quiet, one.shared = not driven, quiet, len(walks) > 1
    inhabited = [one for one in walks if not one.is_empty]
    empty = [one for one in walks if one.is_empty]
    if not inhabited:  # an empty slot is the finding; report the first one
        empty[0].empty_slots = len(empty)
        inhabited, empty = empty[:1], empty[1:]
    notes = [f"QEMU says (line {line}): {text}" for line, text in found.said]
    return path, [one.run() for one in inhabited], [one.base for one in empty], notes


def run(args: Namespace) -> int:
    """0: no violation. 1: violations, but the device works. 2: too little to judge. 3: it does not work."""
    description.use(args.package)
    book = Book()
    if args.device and args.device not in book.by_name:
        raise Stop(
            f"--device: {unknown('device', args.device, book.by_name)}", "names of spec/device: blk, net"
        )
    for text, told in ((args.device_fault, faults.of_device), (args.driver_fault, faults.of_driver)):
        if text is not None:
            sys.stdout.write(told(text, book, book.by_name.get(args.device)))
            return 0
    files = [explain(book, path, args) for path in args.files]
    if args.format == "json":
        sys.stdout.write(show.as_json(files))
    else:
        for place, (path, walks, empty, notes) in enumerate(files):
            if len(files) > 1:
                sys.stdout.write(f"{'' if place == 0 else chr(10)}{path}\n")
            sys.stdout.write(show.text(walks, empty, notes))
    verdicts = {one.verdict for _, walks, _, _ in files for one in walks}
    return next((code for verdict, code in CODES.items() if verdict in verdicts), 0)
