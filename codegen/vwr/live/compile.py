# SPDX-License-Identifier: MIT
"""The machine of the page: the library's C files and those of machine/, compiled to WebAssembly by clang."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT
from vwr.stop import Failed, Stop

MACHINE = Path(__file__).parent / "machine"
FOLDERS = (
    *(
        "runtime/base",
        "runtime/shared",
        "runtime/driver",
        "runtime/device",
        "runtime/parts",
        "monitor",
    ),
    *("generated/src", "generated/client", "generated/service"),
)
OWN_FOLDERS = ("src", "client", "service")  # of a user's own devices
INCLUDES = ("runtime/include", "monitor/include", "generated/include")
# Inlined functions would be missing in the stack that the page shows. trace-pc is not used, but the compiler
# traces loads and stores only with it.
FLAGS = (
    *("--target=wasm32", "-std=c11", "-ffreestanding", "-fno-builtin", "-O1", "-g", "-gdwarf-4"),
    *("-fno-inline", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function"),
)
TRACE = "-fsanitize-coverage=func,trace-pc,trace-loads,trace-stores"
UNTRACED = "stores"  # the functions that the compiler calls for each load and store
BATCH = 24  # files that the compiler reads at once: most of its time goes into headers
KEPT = 120  # objects that the folder keeps


class Unit(NamedTuple):
    """What the compiler reads at once."""

    name: str
    text: str
    sources: tuple[Path, ...] = ()
    includes_own: bool = False


def sources() -> list[Path]:
    """The library's C files."""
    return _c_files(ROOT / folder for folder in FOLDERS)


def scene_names() -> list[str]:
    """Those of the hand-written classes."""
    return [file.stem.removeprefix("scene_") for file in sorted(MACHINE.glob("scene_*.c"))]


def _c_files(folders: Iterable[Path]) -> list[Path]:
    return sorted(file for folder in folders for file in folder.rglob("*.c"))


def _including(name: str, files: Iterable[Path]) -> Unit:
    files = tuple(files)
    return Unit(name, "".join(f'#include "{one}"\n' for one in files), files)


class Machine:
    """The compiled machine, in a folder that keeps each object until something that it includes changes."""

    def __init__(self, folder: Path, scenes: dict[str, str], own: Path | None) -> None:
        """`scenes`: C files by name, in addition to those of machine/. `own`: generated files of own devices."""
        self.folder, self.scenes, self.own = folder, scenes, own
        self.clang = _program("clang")
        self.linker = _program("wasm-ld")

    def build(self) -> Path:
        """The file, with names and debug information."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for suffix, kept in (("o", KEPT), ("c", KEPT), ("wasm", 2)):
            files = sorted(self.folder.glob(f"*.{suffix}"), key=lambda one: -one.stat().st_mtime)
            for old in files[kept:]:
                old.unlink(missing_ok=True)
        headers = self._headers(own=False), self._headers(own=True)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            objects = list(pool.map(lambda unit: self._object(unit, headers), self._units()))
        key = hashlib.sha256("".join(one.name for one in objects).encode()).hexdigest()
        file = self.folder / f"live.{key[:20]}.wasm"
        self._run(self.linker, "--no-entry", "--gc-sections", *objects, "-o", file)
        return file

    def _units(self) -> Iterator[Unit]:
        every = sources()
        for at in range(0, len(every), BATCH):
            yield _including(f"library_{at // BATCH}", every[at : at + BATCH])
        for file in sorted(MACHINE.glob("*.c")):
            yield _including(file.stem, [file])
        for name, text in self.scenes.items():
            yield Unit(name, text, includes_own=True)
        if self.own:
            own = _c_files(self.own / folder for folder in OWN_FOLDERS)
            yield _including("own", own)._replace(includes_own=True)

    def _includes(self, own: bool) -> list[Path]:
        return [
            *([self.own / "include"] if own and self.own else []),
            *(ROOT / one for one in INCLUDES),
            MACHINE,
        ]

    def _headers(self, own: bool) -> bytes:
        """A hash of all that a unit may include."""
        hashed = hashlib.sha256(repr(FLAGS).encode())
        for folder in (*self._includes(own), ROOT / "runtime"):
            for file in sorted(folder.rglob("*.h")):
                hashed.update(file.read_bytes())
        return hashed.digest()

    def _object(self, unit: Unit, headers: tuple[bytes, bytes]) -> Path:
        """Compiles the unit, unless the folder has its object."""
        hashed = hashlib.sha256(headers[unit.includes_own] + unit.text.encode())
        for file in unit.sources:
            hashed.update(file.read_bytes())
        out = self.folder / f"{unit.name}.{hashed.hexdigest()[:20]}.o"
        if not out.exists():
            source = out.with_suffix(".c")
            source.write_text(unit.text, encoding="utf-8")
            trace = [] if unit.name == UNTRACED else [TRACE]
            include = [f"-I{one}" for one in self._includes(unit.includes_own)]
            made = out.with_suffix(f".{os.getpid()}")  # another process may compile the same
            self._run(self.clang, *FLAGS, *trace, *include, "-c", source, "-o", made)
            made.rename(out)
        out.touch()
        return out

    def _run(self, *command: str | Path) -> None:
        """Paths in the debug information are absolute, because no source is below the folder."""
        words = [str(word) for word in command]
        done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=self.folder)
        if done.returncode != 0:
            raise Failed(f"{Path(words[0]).name} failed:\n{done.stderr.strip()}", "")


def _program(name: str) -> str:
    """The program, or the newest of those with a version in their name."""
    versions = (f"{name}-{number}" for number in range(25, 13, -1))
    found = [path for one in (name, *versions) if (path := shutil.which(one))]
    if not found:
        raise Stop(f"there is no {name}", "Debian has it in clang and lld")
    return found[0]


def scene_table(names: Iterable[str]) -> str:
    """The C file with the table of all scenes."""
    names = list(names)
    rows = "".join(f"    &live_scene_{name},\n" for name in names)
    declared = "".join(f"extern const struct live_scene live_scene_{name};\n" for name in names)
    return (
        f'#include "live.h"\n\n{declared}\n'
        f"const struct live_scene *const live_scenes[] = {{\n{rows}}};\n"
        f"const uint32_t live_scene_count = {len(names)};\n"
    )
