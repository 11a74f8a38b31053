# SPDX-License-Identifier: MIT
"""vwr monitor --trace: checks a recorded device with the monitor's rules."""

import json
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from vwr import description
from vwr.explain import lines, show, sort
from vwr.explain.book import Book
from vwr.explain.command import number, walk_of
from vwr.monitor.recording import RECORDED, NotJudged, Recorded, of_walk
from vwr.meant import unknown
from vwr.output import build_folder
from vwr.programs import program
from vwr.stop import Stop

CLEAN, BROKEN, UNKNOWN = 0, 1, 3  # exit codes of vwr-monitor
WORST = (CLEAN, UNKNOWN, BROKEN)  # in order of severity: with several devices, the last one counts
ACCEPTED = """Accepted, the first two also between lines of other text:
  QEMU's trace        -trace 'memory_region_ops_*' -trace virtio_queue_notify -trace virtio_notify
  the runtime's own   vwr-trace 12 345 read 0x0a003e70 4 0x0000000f
  a recording         ram 0x40000000 0x8000000   (tests/qemu/replay)"""


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("--trace", required=True, metavar="FILE")
    parser.add_argument("--memory", action="append", default=[], metavar="FILE@ADDR")
    parser.add_argument("--base", type=number, action="append", default=[], metavar="ADDR")
    parser.add_argument("--device", metavar="NAME")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--build", type=Path, default=build_folder(), metavar="DIR")


def _play(args: Namespace, played: list[str]) -> tuple[str, int]:
    """The program's report, and its exit code."""
    player = program("monitor", Path(args.build))
    copies = [word for copy in args.memory for word in ("--memory", copy)]
    done = subprocess.run(
        [player, "--play", "-", *copies, *["--json"] * args.json],
        input="\n".join(played) + "\n",
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode not in WORST:
        raise Stop(f"{args.trace}: it could not be played")
    return done.stdout, done.returncode


def _devices(args: Namespace) -> list[tuple[dict[str, Any], list[str]]]:
    """
    The identity of each device in a trace, and its lines; without lines, `not_judged` contains the
    reason.
    """
    book = Book()
    if args.device and args.device not in book.by_name:
        raise Stop(
            f"--device: {unknown('device', args.device, book.by_name)}", "names of spec/device: blk, net"
        )
    try:
        raw = Path(args.trace).read_bytes()
    except (OSError, ValueError) as error:
        raise Stop(f"{args.trace}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    text = raw.decode("latin-1")
    if RECORDED.search(text):
        return [({"device": args.trace}, list(Recorded(book, text).lines()))]
    with open(args.trace, "rb") as stream:
        found = lines.read(stream)
    if not found.events and not found.own:
        raise Stop(f"{args.trace}: it contains no trace\n{ACCEPTED}")
    devices = []
    for base, events in sort.devices(book, found, args.base).items():
        walk = walk_of(book, base, events, book.by_name.get(args.device))
        if not walk.is_empty:
            devices.append(_device(walk))
    return devices


def _device(walk: Any) -> tuple[dict[str, Any], list[str]]:
    head = {"device": show.head(walk)}
    try:
        return head, list(of_walk(walk))
    except NotJudged as why:
        return {**head, "not_judged": str(why)}, []


def run(args: Namespace) -> int:
    """Returns 0: no rule was broken; 1: a rule was broken; 3: unknown."""
    description.use(description.PACKAGE)
    out, worst = [], CLEAN
    for about, played in _devices(args):
        report, code = _play(args, played) if played else ("", UNKNOWN)
        worst = max(worst, code, key=WORST.index)
        if args.json:
            out.append({**about, **(json.loads(report) if report else {})})
        else:
            said = report or f"not judged: {about['not_judged']}\n"
            sys.stdout.write(f"{about['device']}\n" + "".join(f"  {line}\n" for line in said.splitlines()))
    if args.json:
        sys.stdout.write(json.dumps({"devices": out}, indent=2) + "\n")
    return worst
