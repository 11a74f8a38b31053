# SPDX-License-Identifier: MIT
"""Profiles × compilers × machines × optimisation: compiles without a word, needs nothing at link, has no variables.

With VWR_EMBED_ALL=1 all of it; otherwise a part that meets each profile, compiler and level.
"""

import re
import shutil
import subprocess

import pytest

import limits
from world import COMPILERS, EVERYTHING, NARROW, PROFILES, ROOT, STRICT, made, need, run

LEVELS = ("-O0", "-Os", "-O2")
SIZE = (
    "-std=c11 -Os -ffreestanding -mgeneral-regs-only -fno-asynchronous-unwind-tables -fno-unwind-tables"
    " -fno-pie -fomit-frame-pointer -fno-move-loop-invariants -Wall -Wextra -Werror"
)  # as bench/sizes.py
# Bytes of text at -Os on aarch64 that a profile may have, for those that bench/limits.yaml has a row of.
LIMITS = {
    name: figure.known or figure.limit
    for name, figure in limits.of("embed", PROFILES, every=False).items()
    if figure.limit is not None
}

# Profiles of sources: the pair that has their functions.
PAIRS = {
    "all, files": "all",
    "devices, files": "devices",
    "both, files": "both",
    "drivers, files": "drivers",
    "pci, files": "pci",
}


def wide():
    """(profile, compiler, levels) to be tried: each profile with one compiler, without optimisation if the compiler for 32 bits of
    narrow() optimises it, and with optimisation if that does not; of the sources, of which each is compiled for itself, with any of
    the levels."""
    unoptimised = {row.values[0] for row in narrow() if row.values[2] == "-O0"}
    for number, profile in enumerate(PROFILES):
        levels = (
            LEVELS
            if EVERYTHING
            else (LEVELS[number % 3],)
            if "--files" in PROFILES[profile]
            else (LEVELS[1 + number // 2 % 2],)
            if profile in unoptimised
            else ("-O0",)
        )
        for place, compiler in enumerate(COMPILERS):
            if EVERYTHING or place == number % len(COMPILERS):
                yield pytest.param(profile, compiler, levels, id=f"{profile}-{compiler}")
    if not EVERYTHING:  # and all there is on all machines, and PCI
        yield from (
            pytest.param("all", compiler, ("-O0",), id=f"all-{compiler}-O0") for compiler in COMPILERS
        )
        yield from (
            pytest.param("pci", compiler, ("-Os",), id=f"pci-{compiler}-Os") for compiler in COMPILERS
        )


def narrow():
    """(profile, compiler, level): each profile with one of the compilers for 32 bits, without optimisation or for size. What a
    compiler makes a call of it does in any profile: tests/ports/freestanding has the whole library by all of them. Sources whose
    functions a pair has too are not compiled one by one for that."""
    chosen = [profile for profile in PROFILES if EVERYTHING or profile not in PAIRS]
    for number, profile in enumerate(chosen):
        for place, compiler in enumerate(NARROW):
            for other, level in enumerate(("-O0", "-Os")):
                if EVERYTHING or (place == number % len(NARROW) and other == number // len(NARROW) % 2):
                    yield pytest.param(profile, compiler, level, id=f"{profile}-{compiler}{level}")


def test_what_meets():
    """Each profile that is a pair of files is compiled for 32 bits and for more, without optimisation and with it; each compiler for
    32 bits, and each of the others, has both levels."""
    rows = [(*row.values[:2], level) for row in wide() for level in row.values[2]]
    small = [row.values for row in narrow()]
    for profile, arguments in PROFILES.items():
        levels = {level == "-O0" for name, _, level in rows + small if name == profile}
        assert "--files" in arguments or levels == {True, False}, profile
        assert any(row[0] == profile for row in rows)
        assert profile in PAIRS or any(row[0] == profile for row in small), profile
    for found, compilers in ((rows, COMPILERS), (small, NARROW)):
        assert {(row[1], row[2] == "-O0") for row in found} == {
            (compiler, plain) for compiler in compilers for plain in (True, False)
        }


def sizes(said):
    """(text, rodata, data, bss) of the proof's line."""
    return tuple(map(int, re.search(r"text (\d+), rodata (\d+), data (\d+), bss (\d+) bytes", said).groups()))


@pytest.mark.parametrize("profile, compiler, levels", wide())
def test_compiles_and_links(work, profile, compiler, levels):
    """Both at once: the library and its example; the example's memory is all that is writable."""
    command = COMPILERS[compiler]
    need(command.split()[0])
    for level in levels:
        done = run(work, *PROFILES[profile], "--cc", f"{command} {STRICT} {level}")
        said = done.stdout
        needs = set(
            re.search(r"needs at link: (.*)", said).group(1).removesuffix(" (the port's own)").split(", ")
        )
        ours = {"vwr_port_trace_memory" if "trace" in profile else "nothing"}
        assert done.returncode == 0 and needs <= ours, said + done.stderr
        row = sizes(said)
        assert row[0] > 3000 and row[2:] == (0, 0)
        print(f"{profile:<20} {compiler:<14} {level}  text {row[0]:>6}  rodata {row[1]:>5}")
        include = ["-Iinclude", "-I."] if (work / "vwr.mk").exists() else ["-I."]
        done = subprocess.run(
            [*command.split(), *STRICT.split(), level, *include, "-c", "vwr_example.c", "-o", "example.o"],
            cwd=work,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 and not done.stderr, done.stderr
        (work / "example.o").unlink()


@pytest.mark.parametrize("profile, compiler, level", narrow())
def test_links_without_a_library(work, profile, compiler, level):
    """As with -nostdlib: the objects of the proof are all of a program, without the compiler's own library."""
    need("ld.lld", NARROW[compiler].split()[0])
    keep = work.with_name(work.name + "-objects")
    shutil.rmtree(keep, ignore_errors=True)
    keep.mkdir()
    (keep / "cc.sh").write_text(
        f'"$@" || exit 1\nfor last; do :; done\ncp "$last" "{keep}"\n', encoding="utf-8"
    )
    (keep / "trace.c").write_text("int vwr_port_trace_memory;\n", encoding="utf-8")
    command = f"{NARROW[compiler]} {STRICT} {level}"
    done = run(work, *PROFILES[profile], "--cc", f'sh "{keep}/cc.sh" {command}')
    assert done.returncode == 0 and "needs at link: " in done.stdout, done.stdout + done.stderr
    if "trace" in profile:
        subprocess.run([*command.split(), "-c", "trace.c"], cwd=keep, check=True)
    objects = sorted(path.name for path in keep.glob("*.o"))
    assert objects
    done = subprocess.run(
        ["ld.lld", "-static", "--no-undefined", "-e", "0", *objects, "-o", "program"],
        cwd=keep,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and not done.stderr, done.stderr
    shutil.rmtree(keep)


@pytest.mark.parametrize(
    "compiler",
    [words for name, words in COMPILERS.items() if "clang" in name],
    ids=[name.split()[0] for name in COMPILERS if "clang" in name],
)
def test_a_program_of_nothing_else(work, compiler):
    """Three drivers and their examples, linked: no symbol is undefined."""
    need("clang", "ld.lld")
    said = made(work, *PROFILES["network, console, random"], cc=f"{compiler} {STRICT} -Os")
    assert "needs at link: nothing" in said
    for words in (
        *(f"{compiler} {STRICT} -Os -I. -c {name}.c" for name in ("vwr", "vwr_example")),
        "ld.lld -static --no-undefined -e vwr_example_net vwr.o vwr_example.o -o program",
    ):
        done = subprocess.run(words.split(), cwd=work, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and not done.stderr, f"{words}: {done.stderr}"


@pytest.mark.parametrize("compiler", ["g++", "clang++"])
@pytest.mark.parametrize("profile", ["all", "sync, modern", "all and a trace", "drivers"])
def test_from_cxx(work, compiler, profile):
    """The header in C++17, the code in C, one program."""
    need(compiler, "gcc")
    made(work, *PROFILES[profile])
    (work / "main.cc").write_text(
        '#include "vwr.h"\nextern "C" int vwr_example_read(volatile void *registers, void *buffer);\n'
        + (
            "static struct vwr_trace_event events[8];\nstruct vwr_trace vwr_port_trace_memory = {events, 8, 0};\n"
            if "trace" in profile
            else ""
        )
        + "int main()\n{\n    alignas(8) static uint8_t none[VWR_MMIO_SIZE];\n    static uint8_t sector[512];\n"
        "    return vwr_example_read(none, sector) == VWR_EMAGIC ? 0 : 1;\n}\n",
        encoding="utf-8",
    )
    for words in (
        f"{compiler} -std=c++17 -Wall -Wextra -Werror -c main.cc",
        "gcc -std=c11 -c vwr.c vwr_example.c",
        f"{compiler} main.o vwr.o vwr_example.o -o program",
        "./program",
    ):
        done = subprocess.run(words.split(), cwd=work, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stderr}"


def test_sizes(work):
    """The table; the small profiles stay small."""
    need("aarch64-linux-gnu-gcc")
    found = {}
    for profile, arguments in PROFILES.items():
        if "files" not in profile and (EVERYTHING or profile in LIMITS or profile == "all"):
            found[profile] = sizes(made(work / profile, *arguments, cc=f"aarch64-linux-gnu-gcc {SIZE}"))
            print(f"{profile:<20} text {found[profile][0]:>6}  rodata {found[profile][1]:>5}")
    assert {name: row[0] for name, row in found.items() if row[0] > LIMITS.get(name, row[0])} == {}


@pytest.mark.parametrize("profile", ["all, files", "least, files"])
def test_lists_for_make_and_cmake(work, profile):
    """The lists name each source once, and are enough to build a program."""
    need("make", "gcc")
    made(work / "vwr", *PROFILES[profile])
    (work / "main.c").write_text(
        "int vwr_example_read(volatile void *registers, void *buffer);\nstatic unsigned none[128];"
        "\nint main(void)\n{\n    return vwr_example_read(none, 0) == -2 ? 0 : 1;\n}\n",
        encoding="utf-8",
    )
    (work / "Makefile").write_text(
        "VWR_DIR := vwr/\ninclude vwr/vwr.mk\nprogram: main.c vwr/vwr_example.c $(VWR_SOURCES)\n"
        "\t$(CC) $(VWR_CPPFLAGS) $^ -o $@\n",
        encoding="utf-8",
    )
    listed = (work / "vwr" / "vwr.mk").read_text(encoding="utf-8")
    (work / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.16)\nproject(outside C)\ninclude(vwr/vwr.cmake)\n"
        "add_executable(program main.c vwr/vwr_example.c ${VWR_SOURCES})\n"
        "target_include_directories(program PRIVATE ${VWR_INCLUDE})\n",
        encoding="utf-8",
    )
    commands = ["make", "./program"] + (
        ["cmake -S . -B b", "cmake --build b", "b/program"] if "least" in profile else []
    )
    for words in commands:
        done = subprocess.run(words.split(), cwd=work, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    sources = sorted(path.name for path in (work / "vwr" / "src").glob("*.c"))
    assert sorted(re.findall(r"src/(\w+\.c)", listed)) == sources
    assert len(sources) < len(list((ROOT / "runtime").rglob("*.c"))) + len(
        list((ROOT / "generated" / "src").glob("*.c"))
    )
