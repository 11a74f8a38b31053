# SPDX-License-Identifier: MIT
"""A copy of the tree below the build folder: configured, built, with its tests run one by one."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT
from vwr.stop import Stop

# Programs that run in one process on the host and end soon.
TIERS = ("unit", "device", "vblk", "v9p", "classes", "pair", "ends", "hostile")
PARTS = (
    "runtime/",
    "generated/",
    "spec/",
    "cmake/",
    "tests/common/",
    "tests/hostile/",
    "tests/pair/",
    "tests/qemu/driver/",
    "tests/unit/",
)
SKIPPED = 77


class Program(NamedTuple):
    """A test of CTest whose command is a program of the build folder."""

    name: str
    command: tuple[str, ...]
    folder: str
    environment: dict[str, str]
    fails: bool  # as it should

    @property
    def target(self) -> str:
        return Path(self.command[0]).name


def tracked() -> list[str]:
    """The tree's files as they are now, committed or not."""
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


class Tree:
    """One copy, and its build folder."""

    def __init__(self, place: Path, name: str, *options: str) -> None:
        self.source = place / f"tree-{name}"
        self.build_folder = place / f"build-{name}"
        self.options = options

    def copy(self, names: Iterable[str]) -> None:
        """Unchanged files keep their times, so that their objects are not built again."""
        wanted = set(names)
        for path in self.source.rglob("*") if self.source.exists() else ():
            if path.is_file() and path.relative_to(self.source).as_posix() not in wanted:
                path.unlink()
        for name in wanted:
            source, copy = ROOT / name, self.source / name
            if not copy.is_file() or copy.read_bytes() != source.read_bytes():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, copy)
                shutil.copymode(source, copy)

    def configure(self) -> None:
        options = [
            "-DVWR_REGENERATE=OFF",
            "-DVWR_TESTS=ON",
            "-DVWR_WERROR=OFF",
            *self.options,
        ]
        if shutil.which("ninja"):
            options += ["-G", "Ninja"]
        done = subprocess.run(
            ["cmake", "-S", str(self.source), "-B", str(self.build_folder), *options],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise Stop(f"CMake could not configure {self.build_folder}", f"rm -r '{self.build_folder}'")

    def build(self, jobs: int, targets: Iterable[str]) -> bool:
        command = ["cmake", "--build", str(self.build_folder), "-j", str(jobs), "--target", *targets]
        return (
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
            ).returncode
            == 0
        )

    def build_all(self, jobs: int) -> None:
        self.configure()
        if not self.build(jobs, [f"tier_{tier}" for tier in TIERS]):
            raise Stop("the tests do not build", f"cmake --build '{self.build_folder}'")

    def programs(self) -> list[Program]:
        """The tests of our tiers that are a single program each."""
        listed = subprocess.run(
            [
                "ctest",
                "--test-dir",
                str(self.build_folder),
                "--show-only=json-v1",
                "-L",
                f"^({'|'.join(TIERS)})$",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        found = []
        for row in json.loads(listed.stdout)["tests"]:
            known = {each["name"]: each["value"] for each in row["properties"]}
            command = tuple(row.get("command", [""]))
            if self.build_folder in Path(command[0]).parents:
                pairs = dict(each.split("=", 1) for each in known.get("ENVIRONMENT", []))
                folder = known.get("WORKING_DIRECTORY", str(self.build_folder))
                found.append(Program(row["name"], command, folder, pairs, bool(known.get("WILL_FAIL"))))
        return found

    def own(self, program: Program, other: "Tree") -> Program:
        """The test with the program of this copy, which need not be built yet."""

        def moved(text: str) -> str:
            text = text.replace(str(other.build_folder), str(self.build_folder))
            return text.replace(str(other.source), str(self.source))

        return program._replace(
            command=tuple(map(moved, program.command)),
            folder=moved(program.folder),
            environment={name: moved(value) for name, value in program.environment.items()},
        )

    def test(self, program: Program, seconds: float, **more: str) -> tuple[bool, float]:
        """Whether the test passes within this time, and its duration."""
        begin = time.monotonic()
        environment = {**os.environ, **program.environment, **more}
        code = finish(list(program.command), Path(program.folder), environment, seconds)
        passed = code not in (None, SKIPPED) and (code != 0) == program.fails
        return passed, time.monotonic() - begin


def finish(command: list[str], folder: Path, environment: dict[str, str], seconds: float) -> int | None:
    """The exit code; None after a timeout, which kills the process and its children."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
