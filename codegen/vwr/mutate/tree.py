# SPDX-License-Identifier: MIT
"""A copy of the tree in the build folder, which is built once, and the commands that rebuild parts of it."""

import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT
from vwr.stop import Stop

# Programs that run in one process on the host and take little time.
TIERS = ("unit", "device", "vblk", "v9p", "vhost", "classes", "pair", "ends", "hostile", "plan", "gen")
PARTS = (
    "runtime/",
    "generated/",
    "hosted/",
    "integrations/",
    "plan/",
    "spec/",
    "codegen/",
    "cmake/",
    "tests/common/",
    "tests/hostile/",
    "tests/pair/",
    "tests/qemu/driver/",
    "tests/tools/plan/",
    "tests/unit/",
)
# The sanitizers find mutants, and the counters show what a test runs; one build serves both. -fPIC keeps the
# compiler from inlining a public function into another, so that a linker can replace it.
OPTIONS = ("-DCMAKE_BUILD_TYPE=None", "-DCMAKE_C_FLAGS=--coverage -fPIC", "-DVWR_SANITIZE_LEVEL=-O0")
SKIPPED = 77
ENVIRONMENT = {"ASAN_OPTIONS": "detect_odr_violation=0", "CCACHE_DISABLE": "1"}


class Program(NamedTuple):
    """A test of CTest whose command is a program of the build folder."""

    name: str
    command: tuple[str, ...]
    folder: str
    environment: dict[str, str]
    fails: bool  # as it should


class Ended(NamedTuple):
    """The exit code of a test, and its CPU time in seconds."""

    passed: bool
    seconds: float


def tracked() -> list[str]:
    """The current files of the tree, committed or not."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        raise Stop("git cannot list the files of this tree", f"cd '{ROOT}' && git status")
    return sorted(name for name in set(listed.stdout.split("\0")) if name and (ROOT / name).is_file())


def state(names: Iterable[str]) -> str:
    """A hash of all files on which tests of these tiers depend."""
    digest = hashlib.sha256()
    for name in names:
        if name.startswith(PARTS):
            digest.update(f"{name}\0".encode() + hashlib.sha256((ROOT / name).read_bytes()).digest())
    return digest.hexdigest()


def copy(names: Iterable[str], place: Path) -> None:
    """Unchanged files keep their times, so that their objects are not built again."""
    wanted = set(names)
    for path in place.rglob("*") if place.exists() else ():
        if path.is_file() and path.relative_to(place).as_posix() not in wanted:
            path.unlink()
    for name in wanted:
        source, to = ROOT / name, place / name
        if not to.is_file() or to.read_bytes() != source.read_bytes():
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, to)
            shutil.copymode(source, to)


class Build:
    """A tree, by default a copy, and its build folder. Objects are named by their paths in it."""

    def __init__(self, place: Path, options: Sequence[str] = OPTIONS) -> None:
        self.source = place / "tree"
        self.folder = place / "build"
        self.options = options
        self.commands: dict[str, str] = {}  # of objects and programs
        self.inputs: dict[str, str] = {}
        self.depends: dict[str, frozenset[str]] = {}  # an object's files of the tree

    @staticmethod
    def tiers() -> tuple[str, ...]:
        """Those whose programs are built and run."""
        return TIERS

    def make(self, jobs: int) -> None:
        """Builds the tests of these tiers, and reads the build commands."""
        if shutil.which("ninja") is None:
            raise Stop("ninja is missing", "apt install ninja-build")
        options = ["-DVWR_REGENERATE=OFF", "-DVWR_TESTS=ON", "-DVWR_WERROR=OFF", *self.options]
        command = ["cmake", "-G", "Ninja", "-S", str(self.source), "-B", str(self.folder), *options]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            raise Stop(f"CMake could not configure {self.folder}", f"rm -r '{self.folder}'")
        targets = [f"tier_{tier}" for tier in self.tiers()]
        done = self.ninja("-j", str(jobs), *targets)
        if done.returncode:
            raise Stop("the tests do not build", f"ninja -C '{self.folder}' {' '.join(targets)}")
        self.read()

    def ninja(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["ninja", "-C", str(self.folder), *words],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **ENVIRONMENT},
        )

    def read(self) -> None:
        listed = self.ninja("--quiet", "-t", "compdb", "-x").stdout
        for row in json.loads(listed[listed.index("[") :]):
            self.commands[row["output"]] = row["command"]
            self.inputs[row["output"]] = row["file"]
        prefix = f"{self.source}/"
        for block in self.ninja("-t", "deps").stdout.split("\n\n"):
            name, _, rest = block.partition(": #deps")
            files = (line.strip() for line in rest.split("\n")[1:])
            self.depends[name.split("\n")[-1]] = frozenset(
                os.path.normpath(file)[len(prefix) :] for file in files if file.startswith(prefix)
            )

    def sources(self, name: str) -> list[str]:
        """The sources of an object: several if CMake put them together."""
        path = Path(self.inputs[name])
        if self.folder not in path.parents:
            return [os.path.relpath(path, self.source)]
        included = re.findall(r'^#include "(.+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
        return [os.path.relpath(file, self.source) for file in included]

    def programs(self) -> list[Program]:
        """The tests of our tiers that are a single program each, and that TSan does not watch."""
        listed = subprocess.run(
            [
                "ctest",
                "--test-dir",
                str(self.folder),
                "--show-only=json-v1",
                "-L",
                f"^({'|'.join(self.tiers())})$",
                "-LE",
                "^soak$",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        found = []
        for row in json.loads(listed.stdout)["tests"]:
            known = {each["name"]: each["value"] for each in row["properties"]}
            command = tuple(row.get("command", ["."]))  # a program that is not built has none
            link = self.commands.get(os.path.relpath(command[0], self.folder), "")
            if link and "-fsanitize=thread" not in link:
                pairs = dict(each.split("=", 1) for each in known.get("ENVIRONMENT", []))
                folder = known.get("WORKING_DIRECTORY", str(self.folder))
                found.append(Program(row["name"], command, folder, pairs, bool(known.get("WILL_FAIL"))))
        return found

    def arguments(self, name: str) -> list[str]:
        """
        The compiler or linker arguments for an object or a program, without those that a rebuild does not
        need.
        """
        parts = (part for part in self.commands[name].split(" && ") if " -o " in f" {part} ")
        words, found = iter(shlex.split(next(parts))), []
        for word in words:
            if word in ("-MT", "-MF"):
                next(words)
            elif word != "-MD":
                found.append(word)
        return found


def run(program: Program, seconds: float, wait: float, **more: str) -> Ended:
    """Runs a test, which fails when it exceeds this CPU time or this elapsed time, in seconds."""
    limited = [
        "sh",
        "-c",
        'ulimit -c 0 && ulimit -t "$0" && exec "$@"',
        str(int(seconds) + 1),
        *program.command,
    ]
    before = time.monotonic()
    code, used = finish(
        limited, Path(program.folder), {**os.environ, **program.environment, **ENVIRONMENT, **more}, wait
    )
    passed = code not in (None, SKIPPED) and (code != 0) == program.fails
    return Ended(passed, used if code is not None else time.monotonic() - before)


def finish(
    command: list[str], folder: Path, environment: dict[str, str], seconds: float
) -> tuple[int | None, float]:
    """
    The exit code and the CPU time in seconds; None after a timeout, which kills the process and its children.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        end, pause = time.monotonic() + seconds, 0.002
        while time.monotonic() < end:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                return process.returncode, usage.ru_utime + usage.ru_stime
            time.sleep(pause)
            pause = min(2 * pause, 0.1)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None, seconds
