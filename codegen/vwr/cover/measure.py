# SPDX-License-Identifier: MIT
"""Builds the tests of the host with clang's counters, runs them, and asks llvm-cov what they executed."""

import os
import shlex
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vwr import ROOT
from vwr.mutate.tree import Build, Program, run
from vwr.stop import Stop

CLANG, MERGE, SHOW = "clang-19", "llvm-profdata-19", "llvm-cov-19"  # 18 is the first with MC/DC
ROOMS = tuple(
    f"runtime/{room}" for room in ("base", "bridge", "device", "driver", "include", "parts", "shared")
)
ROOMS += ("monitor",)
ROOMS += tuple(f"generated/{room}" for room in ("client", "include", "service", "src"))
LONGEST = 300.0  # seconds of the processor for a test
POOL = 4  # files of counters for each program, so that tests of one program need not wait for each other


class Measured(Build):
    """A build folder with counters, of the tree itself."""

    def __init__(self, place: Path) -> None:
        place.mkdir(parents=True, exist_ok=True)
        measured = place / "measured.txt"
        rooms = "[clang]\ndefault:skip\n" + "".join(f"source:{ROOT}/{room}/*=allow\n" for room in ROOMS)
        # Every object is older than a file that was just written, and would be compiled again.
        if not measured.is_file() or measured.read_text(encoding="utf-8") != rooms:
            measured.write_text(rooms, encoding="utf-8")
        # Built without sanitizers, which add conditions. The TSan tests run the same code as others.
        super().__init__(
            place,
            (
                f"-DCMAKE_C_COMPILER={CLANG}",
                "-DCMAKE_C_FLAGS=-fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc "
                + shlex.quote(f"-fprofile-list={measured}"),
                "-DCMAKE_BUILD_TYPE=None",
                "-DVWR_SANITIZE=-O0",
                "-DVWR_TSAN_RUNS=OFF",
            ),
        )
        self.source = ROOT
        self.counters = place / "counters"

    @staticmethod
    def tiers() -> tuple[str, ...]:
        """Also adds the generated inputs for the fuzzers, which ./vwr test runs like any other test."""
        return (*Build.tiers(), "fuzz")

    def empty(self, programs: Sequence[Program] | None = None) -> None:
        """Deletes the counters of these programs; without arguments, those of all."""
        self.counters.mkdir(exist_ok=True)
        names = None if programs is None else {Path(program.command[0]).name for program in programs}
        for file in self.counters.glob("*.profraw"):
            if names is None or file.name.split(".")[0] in names:
                file.unlink()

    def run(self, programs: Sequence[Program], jobs: int) -> list[str]:
        """Runs each test once; the names of those that fail."""

        def passes(program: Program) -> bool:
            file = self.counters / f"{Path(program.command[0]).name}.%{POOL}m.profraw"
            return run(program, LONGEST, 4 * LONGEST, LLVM_PROFILE_FILE=str(file)).passed

        with ThreadPoolExecutor(jobs) as pool:
            found = pool.map(passes, programs)
            return [program.name for program, passed in zip(programs, found, strict=True) if not passed]

    def shown(self, programs: Sequence[Program], *options: str) -> str:
        """What llvm-cov prints of our files."""
        merged = self.counters / "all.profdata"
        called(
            MERGE, "merge", "-sparse", *map(str, sorted(self.counters.glob("*.profraw"))), "-o", str(merged)
        )
        objects = [f"-object={name}" for name in sorted({program.command[0] for program in programs})]
        sources = [str(ROOT / room) for room in ROOMS]
        return called(SHOW, "show", *options, f"-instr-profile={merged}", *objects, "-sources", *sources)


def called(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise Stop(
            f"{command[0]}: {done.stderr.strip()[-400:]}", "rm -r " + os.environ.get("VWR_BUILD_DIR", "build")
        )
    return done.stdout
