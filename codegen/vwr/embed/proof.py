# SPDX-License-Identifier: MIT
"""
The proof: compiles the copy with the embedder's own compiler, and reports its size and the symbols needed at
link.
"""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile

from vwr.embed import barriers
from vwr.stop import Failed

DEFAULT_OPTIONS = "-std=c11 -Os -ffreestanding"
FOUND_BY_NAME = ("cc", "gcc", "clang")
SECONDS = 300
LINKERS = "_GLOBAL_OFFSET_TABLE_"  # defined by the linker itself, for position-independent code
NO_CODE = (
    "the compiler produces no ELF object with machine code: there is nothing to measure; if it optimises when it"
    " links, add -fno-lto to --cc"
)
C90 = (
    "--cc compiles C90, but the library needs C11: use -std=c11 or -std=gnu11 (gcc and clang also accept it with"
    " -std=c99 or -std=gnu99)"
)
MOST = 3  # errors of a compiler that are shown
EXECUTED, WRITTEN, IN_MEMORY = 4, 1, 2  # flags of a section


# The compiler's messages for a wrong port, and our explanations.
_OF_THE_PORT = (
    (re.compile(r"vwr port: ([^\"\n]*?)\"?\s*$", re.MULTILINE), "vwr_port.h: {}"),
    (re.compile(r"(?:\"|': )vwr: ([^\"\n]+)"), "{}"),  # clang 16 and newer do not quote it
    (re.compile(r"error: (?:#error )?\"?(a header of the C library defines __attribute__[^\"\n]*)"), "{}"),
    (re.compile(r"(this profile has the trace[^\n\"]*)"), "{}"),
    (
        re.compile(r"unknown type name [‘'](u?int\d+_t|uintptr_t|size_t|bool)[’']"),
        "vwr_port.h does not define the type {}: the port must define the types",
    ),
)


class Sizes(NamedTuple):
    """Bytes of the sections of all objects."""

    text: int
    rodata: int
    data: int
    bss: int


class Proof(NamedTuple):
    """The result of compiling a copy."""

    sizes: Sizes
    of_port: list[str]  # undefined names that the port declares
    of_library: list[str]  # that the compiler's own library defines
    library: str  # this library
    loose: list[str]  # that nobody declares
    warnings: str
    weak: list[str]  # sentences on barriers


def command(given: str | None, folder: Path) -> list[str] | None:
    """
    The compiler's command, which runs in this folder: the user's, or an installed one; None if there is none.
    Objects for link-time optimisation have nothing to measure.
    """
    if given:
        try:
            words = shlex.split(given)
        except ValueError as error:
            raise Failed(f"--cc {given}: {error}") from None
        program = words[0] if words else ""
        if not shutil.which(os.path.join(os.path.abspath(folder), program) if "/" in program else program):
            raise Failed(f"--cc: '{program}' cannot be run: there is no such program\nNothing was written")
        late = any(re.match(r"-flto(=|$)", word) for word in words)
        return [*words, "-fno-lto"] if late else words
    name = next((name for name in FOUND_BY_NAME if shutil.which(name)), None)
    return [name, *DEFAULT_OPTIONS.split()] if name else None


def _run(words: list[str], folder: Path) -> Any:
    try:
        return subprocess.run(
            words, capture_output=True, text=True, check=False, errors="replace", timeout=SECONDS, cwd=folder
        )
    except OSError as error:
        raise Failed(f"--cc: '{words[0]}' cannot be run: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise Failed(f"--cc: '{words[0]}' did not finish within {SECONDS} seconds") from None


def _sentence(said: Any) -> str:
    """Our explanation of a compiler error that the port causes, or nothing."""
    for pattern, words in _OF_THE_PORT:
        if found := pattern.search(said):
            return words.format(found[1])
    lacks = re.search(
        r"(?:undeclared[^\n]*|implicit declaration of function |undeclared identifier |[‘'])"
        r"[‘']?(vwr_port_\w+)",
        said,
    )
    if lacks and re.search(r"undeclared|implicit declaration", said):
        return f"vwr_port.h lacks {lacks.group(1)}: the port template describes it"
    return ""


def _first_errors(said: str) -> list[str]:
    """The first errors of a compiler or assembler, or its first lines, and how many lines it has in addition."""
    lines = said.strip().splitlines()
    errors = dict.fromkeys(line for line in lines if re.search(r"\berror:", line, re.IGNORECASE))
    shown = (list(errors) or lines)[:MOST]
    return shown + ([f"… and {len(lines) - len(shown)} more lines"] if len(lines) > len(shown) else [])


def machine(words: list[str], folder: Path) -> str:
    """The machine that this compiler compiles for: aarch64, x86_64; '' if it does not tell."""
    return str(_run([*words, "-dumpmachine"], folder).stdout).strip().partition("-")[0]


def _is_c90(words: list[str], folder: Path, out: Path) -> bool:
    """Whether this command compiles C without what C99 added, such as inline functions."""
    probe = out / "vwr_port_version.c"
    probe.write_text(
        "#if defined(__cplusplus) || defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L\nvwr_c99\n#endif\n",
        encoding="utf-8",
    )
    done = _run([*words, "-E", str(probe)], folder)
    return done.returncode == 0 and "\nvwr_c99" not in done.stdout


def _objects(
    words: list[str], folder: Path, sources: list[str], include: list[Path], out: Path
) -> list[tuple[Path, str]]:
    objects = []
    for source in sources:
        target = out / (Path(source).stem + ".o")
        done = _run(
            [*words, *(f"-I{path}" for path in include), "-c", str(folder / source), "-o", str(target)],
            folder,
        )
        if done.returncode != 0 or not target.is_file():
            why = C90 if _is_c90(words, folder, out) else _sentence(done.stderr)
            why = why or f"{words[0]} does not compile {source}"
            raise Failed("\n".join([why, *_first_errors(done.stderr)]))
        objects.append((target, done.stderr.strip()))
    return objects


def examine(path: Path) -> tuple[Sizes, set[str], set[str]]:
    """(sizes, undefined names, defined names) of an object."""
    with open(path, "rb") as stream:
        try:
            elf = ELFFile(stream)
        except ELFError:
            raise Failed(NO_CODE) from None
        symbols = list(elf.get_section_by_name(".symtab").iter_symbols())
        sections = list(elf.iter_sections())
    if any(one.name == "__gnu_lto_slim" for one in symbols):
        raise Failed(NO_CODE)
    wanted = {one.name for one in symbols if one["st_shndx"] == "SHN_UNDEF"} - {"", LINKERS}
    defined = {one.name for one in symbols if one["st_info"]["bind"] != "STB_LOCAL"} - wanted
    variables = {one["st_shndx"] for one in symbols if one["st_info"]["type"] in ("STT_OBJECT", "STT_TLS")}
    sums = [0, 0, 0, sum(one["st_size"] for one in symbols if one["st_shndx"] == "SHN_COMMON")]
    for number, section in enumerate(sections):
        flags = section["sh_flags"]
        if not flags & IN_MEMORY or section.name.startswith(".eh_frame"):
            continue
        if flags & EXECUTED:
            place = 0
        elif section["sh_type"] == "SHT_NOBITS":
            place = 3
        else:  # numbers without a name in a writable section (.sdata) are the compiler's constants
            place = 2 if flags & WRITTEN and number in variables and ".rel.ro" not in section.name else 1
        sums[place] += section["sh_size"]
    return Sizes(*sums), wanted, defined


def _in_archive(path: Path) -> set[str]:
    """The names that a library defines, from its index: a count, positions, and names that end in 0."""
    data = path.read_bytes() if path.is_file() else b""
    if data[:24].rstrip() != b"!<arch>\n/":
        return set()
    count = int.from_bytes(data[68:72], "big")
    names = data[72 + 4 * count : 68 + int(data[56:66])]
    return {name.decode("ascii", "replace") for name in names.split(b"\0")[:count]}


def _of_library(words: list[str], folder: Path, names: set[str]) -> tuple[set[str], str]:
    """
    Those of the names that the compiler's own library defines, and that library. Its barriers are not for
    devices: on Arm they ask Linux.
    """
    names = {name for name in names if not name.startswith(barriers.OF_THE_COMPILER)}
    if not names:
        return set(), ""
    library = _run([*words, "-print-libgcc-file-name"], folder).stdout.strip()
    return names & _in_archive(folder / library), library


def together(objects: Iterable[tuple[Sizes, set[str], set[str]]]) -> tuple[Sizes, set[str]]:
    """(sizes, undefined names) of all of them."""
    sizes, wanted, defined = zip(*objects)
    return Sizes(*map(sum, zip(*sizes))), set().union(*wanted) - set().union(*defined)


def _of_the_port(words: list[str], folder: Path, include: list[Path], names: set[str], out: Path) -> set[str]:
    """The subset of the names that the port's header declares."""
    if not names:
        return set()
    probe = out / "vwr_port_probe.c"
    probe.write_text(
        '#if defined(VWR_PORT_HEADER)\n#include VWR_PORT_HEADER\n#else\n#include "vwr_port.h"\n#endif\n',
        encoding="utf-8",
    )
    done = _run([*words, *(f"-I{path}" for path in include), "-E", str(probe)], folder)
    declared = set(re.findall(r"\w+", done.stdout))
    return {name for name in names & declared if not name.startswith(barriers.OF_THE_COMPILER)}


def weak_barriers(words: list[str], folder: Path, include: list[Path], of_devices: bool = False) -> list[str]:
    """
    A sentence on each barrier of the port that is too weak for a device, or with `of_devices` for the CPUs of
    guests; none if the compiler prints no assembly.
    """
    with tempfile.TemporaryDirectory(prefix="vwr-embed-") as made:
        probe, assembly = Path(made, "vwr_port_barriers.c"), Path(made, "vwr_port_barriers.s")
        probe.write_text(barriers.probe(of_devices), encoding="utf-8")
        paths = [f"-I{path}" for path in include]
        _run([*words, "-w", *paths, "-S", str(probe), "-o", str(assembly)], folder)
        return (
            list(barriers.weak(assembly.read_text("utf-8", "replace"), of_devices))
            if assembly.is_file()
            else []
        )


def prove(
    words: list[str], folder: Path, sources: list[str], include: list[Path], of_devices: bool = False
) -> Proof:
    """
    Compiles the copy with this compiler. `-lgcc` in the command states that the program links that
    library; `of_devices`: it has only the device side.
    """
    words = [word for word in words if word != "-lgcc"]
    with tempfile.TemporaryDirectory(prefix="vwr-embed-") as made:
        objects = _objects(words, folder, sources, include, Path(made))
        sizes, wanted = together(examine(path) for path, _ in objects)
        theirs = _of_the_port(words, folder, include, wanted, Path(made))
    helpers, library = _of_library(words, folder, wanted - theirs)
    return Proof(
        sizes,
        sorted(theirs),
        sorted(helpers),
        library,
        sorted(wanted - theirs - helpers),
        "\n".join(said for _, said in objects if said),
        weak_barriers(words, folder, include, of_devices),
    )
