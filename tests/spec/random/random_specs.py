# SPDX-License-Identifier: MIT
"""Random descriptions of devices: random_specs.py BUILD-FOLDER [COUNT [SEED]] [--found]. Each is refused with messages of ours, or its C
compiles and its tests pass; one that does neither is cut down to what is needed, and written down. Exit code 1 then.
"""

import argparse
import os
import random
import secrets
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from vwr import txtar
from describe import Describer
from shrink import shrunk
from spoil import grafted, spoiled
from tried import Compilers, Failure, Specification, read, text_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
Row = dict[str, Any]
CROSS_EACH = 10  # of those that are accepted one is compiled for other machines too


def described() -> list[Row]:
    """Devices that are there."""
    places = [
        *sorted((ROOT / "spec/device").glob("*.yaml")),
        *sorted((ROOT / "tests/spec/generated").glob("*/*.yaml")),
        ROOT / "tests/pair/lamp/lamp.yaml",
    ]
    return [yaml.load(place.read_text("utf-8"), yaml.CSafeLoader) for place in places]


def description(seed: int, name: str, there: list[Row]) -> Row:
    """That of a seed: of its own, or of a device that is there; one in five with mistakes."""
    r = random.Random(seed)
    data = (
        Describer(r.getrandbits(64), name).described()
        if r.random() < 0.7
        else grafted(r.getrandbits(64), name, there)
    )
    return spoiled(r.getrandbits(64), data) | {"name": name} if r.random() < 0.25 else data


class Run:
    """Some descriptions: counts, and of each kind of failure the first."""

    def __init__(self, build: Path) -> None:
        self.build, self.folder = build, build / "random_specs"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.known, self.compilers = Specification(), Compilers(build, self.folder)
        self.counts: Counter[str] = Counter()
        self.failures: dict[tuple[str, str], tuple[str, Row, Failure]] = {}
        self.pool = ThreadPoolExecutor(os.cpu_count())
        self.waiting: list[Future[None]] = []

    def one(self, what: str, data: Row, text: str) -> None:
        """Checks it here, and compiles it when there is a processor for it."""
        trial = read(self.known, data["name"], text)
        if trial.failure:
            self.failed(what, data, trial.failure)
        elif trial.refused:
            self.counts["refused"] += 1
        else:
            self.counts["accepted"] += 1
            cross = self.counts["accepted"] % CROSS_EACH == 1
            self.counts["compiled for other machines too"] += cross
            self.waiting.append(self.pool.submit(self.compiled, what, data, trial.files, cross))

    def compiled(self, what: str, data: Row, files: dict[str, bytes], cross: bool) -> None:
        if failure := self.compilers.failure(data["name"], files, cross):
            self.failed(what, data, failure)
        shutil.rmtree(self.folder / data["name"], ignore_errors=True)

    def failed(self, what: str, data: Row, failure: Failure) -> None:
        self.counts["failed"] += 1
        self.failures.setdefault(failure.alike, (what, data, failure))

    def ended(self) -> int:
        """How many kinds of failure there are; each is shown as small as it can be."""
        for one in self.waiting:
            one.result()
        for what, _, failure in self.failures.values():
            print(f"{what}: {failure.step}: {failure.alike[1]}", flush=True)
        for what, data, failure in self.failures.values():
            small = text_of(shrunk(self.known, self.compilers, data, failure))
            place = self.build / f"random_specs.{data['name']}.yaml"
            place.write_text(small, "utf-8")
            print(
                f"\n{what}, {failure.step}:\n{failure.said[:1500]}\nCut down, {place}:\n{small}", flush=True
            )
        print(", ".join(f"{value} {key}" for key, value in sorted(self.counts.items())))
        return len(self.failures)


def main() -> int:
    """1: something failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=40)
    parser.add_argument("seed", type=int, nargs="?", default=secrets.randbits(32))
    parser.add_argument("--found", action="store_true", help="those of found.txtar first")
    args = parser.parse_intermixed_args()
    begun, run, there = time.monotonic(), Run(args.build.resolve()), described()
    for name, raw in txtar.read(HERE / "found.txtar").items() if args.found else ():
        text = raw.decode("utf-8")
        run.one(name, yaml.safe_load(text), text)
    if run.counts["refused"]:
        run.failed("found.txtar", {"name": "found"}, Failure("found", "Error: one of them is refused"))
    print(f"{args.count} descriptions, seed {args.seed}", flush=True)
    for seed in range(args.seed, args.seed + args.count):
        data = description(seed, f"rnd{seed}", there)
        run.one(f"seed {seed}", data, text_of(data))
    kinds = run.ended()
    print(f"{kinds} kinds of failure, {time.monotonic() - begun:.0f} seconds")
    return bool(kinds)


if __name__ == "__main__":
    sys.exit(main())
