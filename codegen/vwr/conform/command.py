# SPDX-License-Identifier: MIT
"""vwr conform: cases on a device, and which clauses of the specification they decide."""

import json
import shlex
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from vwr import ROOT
from vwr.conform import back_end, image, ours, report, vmm
from vwr.conform.page import page
from vwr.output import build_folder, write
from vwr.programs import program
from vwr.sentence import plural
from vwr.stop import Stop

INCOMPLETE = 3  # exit code
REASONS = 5  # why cases were not tested: as many are printed, and the page has all

CLASSES = {
    name: {"rng": "entropy"}.get(name, name) for name in back_end.DEVICES
}  # named as in vwr-vhost and spec/device


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("what", choices=(*REPORTS, "image"))
    parser.add_argument("--type", choices=CLASSES)
    parser.add_argument("--arch", choices=tuple(image.PROCESSORS))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--socket", metavar="PATH")
    where.add_argument("--start", metavar="COMMAND")
    parser.add_argument("--level", choices=("must", "should"), default="must")
    parser.add_argument("--qemu", default=back_end.QEMU, metavar="PROGRAM")
    parser.add_argument("--seconds", type=int, default=back_end.RUN_SECONDS, metavar="N")
    parser.add_argument("--build", type=Path, default=build_folder(), metavar="DIR")
    parser.add_argument("--tests", default=ours.TESTS, metavar="REGEX")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE")
    parser.add_argument("--json", type=Path, metavar="FILE")


def _program(args: Namespace) -> Path:
    return program("conform", Path(args.build))


def _vhost(args: Namespace) -> report.Report:
    if args.type is None or not (args.socket or args.start):
        raise Stop(
            "conform vhost needs a class and a back end", "./vwr conform vhost --type blk --socket PATH"
        )
    judge = _program(args)
    if args.socket:
        done = back_end.run(judge, args.type, args.socket, args.seconds)
    else:
        done = back_end.start(judge, args.type, shlex.split(args.start), args.seconds)
    name = f"{args.type} of a vhost-user back end: {args.socket or args.start}"
    return report.Report(ROOT, name, *done, report.of_class(CLASSES[args.type]))


def _model(args: Namespace) -> report.Report:
    if args.type is None or not args.start:
        raise Stop(
            "conform model needs a class and a command", "./vwr conform model --type blk --start COMMAND"
        )
    done = back_end.model(_program(args), args.type, shlex.split(args.start), args.seconds)
    name = f"{args.type} of a device model on virtio-mmio: {args.start}"
    return report.Report(ROOT, name, *done, report.of_class(CLASSES[args.type], "mmio"))


def _qemu(args: Namespace) -> report.Report:
    if args.type is None:
        raise Stop("conform qemu needs a class", "./vwr conform qemu --type blk")
    done = back_end.qemu(_program(args), args.type, args.qemu, args.seconds)
    name = f"{args.type} of {args.qemu} on virtio-mmio: {back_end.DEVICES[args.type]}"
    return report.Report(ROOT, name, *done, report.of_class(CLASSES[args.type], "mmio"))


def _ours(args: Namespace) -> report.Report:
    if args.type is None:
        cases = ours.run(ROOT, args.build, args.tests)
        lacks = "" if any(case["result"] != report.UNTESTED for case in cases) else "no test has run"
        return report.Report(ROOT, "Virtwright's own tests", cases, lacks, report.every)
    done = back_end.own(_program(args), args.type, args.seconds)
    name = f"{args.type} of Virtwright on virtio-mmio"
    return report.Report(ROOT, name, *done, report.of_class(CLASSES[args.type], "mmio"))


def _vmm(args: Namespace) -> report.Report:
    if args.arch is None or not args.start:
        raise Stop(
            "conform vmm needs a processor and a command",
            './vwr conform vmm --arch aarch64 --start "qemu-system-aarch64 … -kernel KERNEL"',
        )
    kernel = args.build / f"conform-{args.arch}"
    image.make(ROOT, args.arch, kernel)
    done, devices = vmm.run(shlex.split(args.start), args.seconds, kernel.absolute())
    name = f"{', '.join(devices)} of a VMM: {args.start}"
    return report.Report(ROOT, name, *done, report.of_class(*(CLASSES.get(one, one) for one in devices)))


def _image(args: Namespace) -> int:
    if args.arch is None:
        raise Stop("conform image needs a processor", "./vwr conform image --arch aarch64 -o FILE")
    out = args.out or args.build / f"conform-{args.arch}"
    image.make(ROOT, args.arch, out)
    print(f"{out}: {out.stat().st_size >> 10} KiB; boots as a Linux kernel does, and runs the cases")
    return 0


REPORTS = {"vhost": _vhost, "model": _model, "qemu": _qemu, "vmm": _vmm, "ours": _ours}


def run(args: Namespace) -> int:
    """
    0: no case of this level is broken; 1: one is; 3: none is, but not all clauses that the device could keep
    were tested.
    """
    if args.what == "image":
        return _image(args)
    made = REPORTS[args.what](args)
    data = made.data()
    out = write(args.out or args.build / "conform.html", "", page(data), "conform …")
    if args.json:
        write(args.json, "", json.dumps(data, indent=1) + "\n", "conform … --json FILE")
    for case in data["cases"]:
        if case["result"] == report.BROKEN:
            print(f"{case['case']} ({made.basis(case)}): {case['seen']}")
    for word in ("cases", "clauses"):
        counts = Counter(one["result"] for one in data[word])
        print(f"{word}: " + ", ".join(f"{counts[result]} {result}" for result in report.RESULTS))
    decided = sum(one["result"] != report.UNTESTED for one in data["clauses"])
    print(f"decided: {decided} of {plural(len(data['clauses']), 'clause')}")
    rest = [case["seen"] for case in data["cases"] if case["result"] == report.UNTESTED]
    for why, count in Counter(rest).most_common(REASONS):
        print(f"not tested: {plural(count, 'case')}: {why}")
    if made.lacks:
        print(f"this run does not show what the device keeps: {made.lacks}")
    print(f"{out}: open it in a browser")
    if any(made.blames(one, args.level) for one in data["cases"]):
        return 1
    return INCOMPLETE if made.lacks else 0
