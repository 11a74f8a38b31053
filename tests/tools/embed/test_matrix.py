# SPDX-License-Identifier: MIT
"""Profiles × compilers × machines × optimisation: compiles without a word, needs nothing at link, has no variables.

With VWR_EMBED_ALL=1 all of it (./vwr soak compilers copies); otherwise each profile but those of LEFT by one compiler, and gcc and
clang at each level.
"""

import itertools
import re
import shutil

import pytest

import copies
import limits
from processes import completed, need, output
from sizes import FLAGS, PREFIX
from world import COMPILERS, EVERYTHING, NARROW, PROFILES, ROOT, STRICT, run, written

LEVELS = ("-O0", "-Os", "-O2")
SIZE = " ".join((*FLAGS, "-Werror"))
# Bytes of text at -Os on aarch64 that a profile may have, for those that bench/limits.yaml has a row of.
LIMITS = {
    name: figure
    for name, figure in limits.of("embed", PROFILES, every=False).items()
    if figure.limit is not None
}

ALL_COMPILERS = {**COMPILERS, **NARROW}
# For ./vwr soak compilers copies: what else of ./vwr test has most of the same.
LEFT = {
    **dict.fromkeys(
        ("network", "console", "input", "random", "graphics", "sockets", "sounds"),
        "bench.quick: bytes of each driver",
    ),
    "network, console, random": "drivers, least",
    "drivers": "embed.disk: linked with -nostdlib, and runs; drivers, least",
    "all": "all and a trace; embed.disk",
    "least, legacy": "least, modern; all, legacy; embed.disk",
    **dict.fromkeys(("sync, modern", "sync, legacy"), "least, modern; sync, both, words; all, legacy"),
    **dict.fromkeys(("async alone", "recovery alone"), "kernel has both; no async; packed, in order"),
    "both": "all and a trace; devices; a driver beside classes",
    **dict.fromkeys(
        ("pci, drivers", "pci and mmio", "pci, least", "pci, modern", "pci, legacy"),
        "embed.disk: all drivers of both buses, and the least on PCI; pci; both, found",
    ),
    **dict.fromkeys(("devices, legacy", "devices, least"), "embed.guest: each runs; devices"),
    "random, texts": "sync, both, words; devices, legacy runs in embed.guest",
    **dict.fromkeys(
        ("messages, least", "gpu, least", "input, least", "balloon, least", "9p, least", "sound, least"),
        "devices; net, least and vsock, least have as little of the engines",
    ),
    **dict.fromkeys(
        ("card on a card, least", "pci, a disk on a disk"), "disk on a disk, least; a driver beside classes"
    ),
    **dict.fromkeys(
        ("drivers and a client", "drivers, by type"), "embed.ends; embed.profile: rows of open link"
    ),
    # Their sources are those of the pairs; test_lists_for_make_and_cmake compiles one copy one by one.
    **dict.fromkeys(
        (name for name, words in PROFILES.items() if "--files" in words), "test_lists_for_make_and_cmake"
    ),
}
SMALL = "aarch64 gcc, for size"


def kind(profile):
    """Whether it has a limit."""
    return "small" if profile in LIMITS else "pair"


def tried():
    """The profiles of this run."""
    return [name for name in PROFILES if EVERYTHING or name not in LEFT]


def builds(profile):
    """(compiler, level) to be tried."""
    if EVERYTHING:
        return [*itertools.product(ALL_COMPILERS, LEVELS), (SMALL, "-Os")]
    if kind(profile) == "small":
        return [(SMALL, "-Os")]
    number = [other for other in tried() if kind(other) == "pair"].index(profile)
    return [(list(ALL_COMPILERS)[number % len(ALL_COMPILERS)], LEVELS[number % len(LEVELS)])]


def test_what_meets():
    """Each compiler has a profile; gcc and clang have all levels. What is left out are profiles."""
    assert LEFT.keys() <= PROFILES.keys()
    rows = [(profile, *row) for profile in tried() for row in builds(profile)]
    assert {compiler for _, compiler, _ in rows} == {*ALL_COMPILERS, SMALL}
    kinds = {(compiler.split()[1], level) for _, compiler, level in rows if compiler != SMALL}
    assert kinds == {*itertools.product(("gcc", "clang"), LEVELS)}


def sizes(said):
    """(text, rodata, data, bss) of the proof's line."""
    return tuple(map(int, re.search(r"text (\d+), rodata (\d+), data (\d+), bss (\d+) bytes", said).groups()))


@pytest.mark.parametrize("profile", tried())
def test_compiles_and_links(work, profile):
    """The library and a driver's example, as with -nostdlib: the objects are all of a program, without the compiler's own library. The
    example's memory is all that is writable. The small profiles stay small."""
    keep = work.with_name(work.name + "-objects")
    for compiler, level in builds(profile):
        command = (
            f"aarch64-linux-gnu-gcc {SIZE}"
            if compiler == SMALL
            else f"{ALL_COMPILERS[compiler]} {STRICT} {level}"
        )
        need("ld.lld", command.split()[0])
        shutil.rmtree(keep, ignore_errors=True)
        keep.mkdir()
        (keep / "cc.sh").write_text(
            f'"$@" || exit 1\nfor last; do :; done\ncp "$last" "{keep}"\n', encoding="utf-8"
        )
        done = run(work, *PROFILES[profile], "--cc", f'sh "{keep}/cc.sh" {command}')
        said = done.stdout
        assert done.returncode == 0, said + done.stderr
        needs = set(
            re.search(r"needs at link: (.*)", said).group(1).removesuffix(" (the port's own)").split(", ")
        )
        assert needs <= {"vwr_port_trace_memory" if "trace" in profile else "nothing"}, said
        row = sizes(said)
        assert row[0] > 3000 and row[2:] == (0, 0)
        print(f"{profile:<20} {compiler:<22} {level}  text {row[0]:>6}  rodata {row[1]:>5}")
        if compiler == SMALL and profile in LIMITS:
            assert row[0] <= LIMITS[profile].most(command)
        include = [f"-I{work}/include", f"-I{work}"]
        done = completed(
            [*command.split(), *include, "-c", work / "vwr_example.c"],
            cwd=keep,
        )
        assert done.returncode == 0 and not done.stderr, done.stderr
        if "--side" in PROFILES[profile]:  # whose example calls functions of a VMM
            (keep / "vwr_example.o").unlink()
        objects = sorted(path.name for path in keep.glob("*.o"))
        done = completed(
            ["ld.lld", "-static", "--no-undefined", "-e", "0", *objects, "-o", "program"], cwd=keep
        )
        assert objects and done.returncode == 0 and not done.stderr, done.stderr
    shutil.rmtree(keep)


def test_from_cxx(work):
    """The header of three drivers in C++17, the code in C, one program of each compiler."""
    need("g++", "clang++", "gcc")
    written(work, "--driver", "blk,net,console", "--with", "trace")
    (work / "main.cc").write_text(
        '#include "vwr_example.h"\n'
        "int main()\n{\n    alignas(8) static uint8_t none[VWR_MMIO_SIZE];\n    static uint8_t sector[512];\n"
        "    return vwr_example_read(none, sector) == VWR_EMAGIC ? 0 : 1;\n}\n",
        encoding="utf-8",
    )
    for words in (
        "gcc -std=c11 -c vwr.c vwr_example.c",
        *(
            words
            for compiler in ("g++", "clang++")
            for words in (
                f"{compiler} -std=c++17 -Wall -Wextra -Werror main.cc vwr.o vwr_example.o -o program",
                "./program",
            )
        ),
    ):
        output(words.split(), cwd=work)


def test_lists_for_make_and_cmake(work):
    """The lists name each source once, and are enough to build a program: by make one by one, without a warning."""
    need("make", "clang", "gcc")
    written(work / "vwr", *PROFILES["least, files"])
    (work / "main.c").write_text(
        '#include "vwr_example.h"\nstatic unsigned none[128];'
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
    for words in (
        ["make", "CC=clang -std=c11 -Wall -Wextra -Werror"],
        ["./program"],
        "cmake -S . -B b -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=25".split(),
        ["cmake", "--build", "b"],
        ["b/program"],
    ):
        output(words, cwd=work)
    sources = sorted(path.name for path in (work / "vwr" / "src").glob("*.c"))
    assert sorted(re.findall(r"src/(\w+\.c)", listed)) == sources
    assert len(sources) < len(list((ROOT / "runtime").rglob("*.c"))) + len(
        list((ROOT / "generated" / "src").glob("*.c"))
    )


def test_the_page_of_sizes():
    """
    The tables of the page have each option and call, and one figure is measured anew. Where it is another one,
    ./vwr bench copies --write brings the page up to date.
    """
    page = copies.PAGE.read_text(encoding="utf-8")
    tables = {
        name: copies.cells(copies.part_of(page, name)) for name in ("sizes", "goals", "macros", "calls")
    }
    assert [*tables["sizes"]] == [row.label for row in copies.ROWS]
    assert [*tables["macros"]] == [f"`{name}`" for name in copies.macros()]
    assert {*copies.PARTS, *copies.CALLS} - {name.strip("`") for name in tables["calls"]} == {
        option.name for option in copies.PARTS.values() if option.macro and not copies.has_calls(option.name)
    }
    for name, saved in tables["macros"].items():
        most = max(int(bytes_) for bytes_ in saved if bytes_)
        assert most >= copies.LEAST_SAVING, f"{name} saves {most} bytes at most: not worth a macro"
    need(f"{PREFIX}gcc")
    now, then = copies.measured(copies.chosen(copies.MODERN))[0], int(
        tables["sizes"][f"`{copies.MODERN}`"][1]
    )
    assert abs(now - then) <= then // 20, f"{copies.MODERN}: {now} bytes of text, {then} in {copies.PAGE}"
