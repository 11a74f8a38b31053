# SPDX-License-Identifier: MIT
"""
Each way of docs/package.md, from C and from C++, and what is said where it cannot work. With VWR_PACKAGE_ALL=1 each compiles all
that it uses (./vwr soak compilers library); otherwise a library is compiled for one of the ways that have the same of it.
"""

import itertools
import json
import os
import re
import shutil

import pytest

from conftest import done, shell
from processes import completed, need
from vwr import ROOT
from vwr.help_text import help_texts
from vwr.version import version

EVERYTHING = os.environ.get("VWR_PACKAGE_ALL") == "1"
IN_THE_TREE = ["A folder of your tree", "Make alone", "A compiler alone"]
FROM_THE_ARCHIVE = ["FetchContent"]  # test_archive.py
BY_PYTHON = ["One pair of files"]
INSTALLED = ["find_package", "pkg-config and make"]


def expected():
    """The beginning of what the programs print: the version that vwr/version.h has, the edition that spec/ has."""
    edition = re.search(r"^edition: (\S+)", (ROOT / "spec/core/ids.yaml").read_text("utf-8"), re.M)
    return f"virtwright {version()}, document {edition.group(1)}, generated code "


def run_both(folder):
    """Runs what was built."""
    for name in ("in_c", "in_cxx"):
        program = next(path for path in (folder / "build" / name, folder / name) if path.exists())
        run = completed([program])
        assert run.returncode == 0 and run.stdout.startswith(expected()), (name, run)
        assert "MagicValue reads 0x0" in run.stdout, run.stdout


def test_every_section_is_run(page):
    assert {name for name, blocks in page.items() if blocks} == {
        *IN_THE_TREE,
        *FROM_THE_ARCHIVE,
        *BY_PYTHON,
        *INSTALLED,
        "Installing",
    }


def commands(folder):
    """What CMake would compile."""
    listed = json.loads((folder / "build/compile_commands.json").read_text("utf-8"))
    return [entry["command"] for entry in listed]


@pytest.mark.parametrize("way", IN_THE_TREE)
def test_from_the_tree(way, page, project):
    need("gcc", "g++", *(["cmake"] if "cmake" in page[way] else ["make"]))
    folder = project(page[way])
    (folder / "virtwright").symlink_to(ROOT)
    if "cmake" not in page[way]:
        (folder / "virtwright").unlink()
        for room in (
            "runtime/include",
            "runtime/base",
            "runtime/shared",
            "runtime/driver",
            "generated/include",
            "generated/src",
            "generated/client",
        ):
            shutil.copytree(ROOT / room, folder / "virtwright" / room)
        shutil.copy(ROOT / "runtime/sources.mk", folder / "virtwright/runtime")
        rooms = ("runtime/base", "runtime/shared", "runtime/driver", "generated/src", "generated/client")
        in_units(folder / "virtwright", *rooms)
    done(shell(page[way]["sh"], folder))
    run_both(folder)
    if "cmake" in page[way]:
        done(shell("cmake --install build --prefix out", folder))
        assert not list(folder.glob("out/*")), "an embedder's installation has nothing of ours"


@pytest.mark.parametrize("way", BY_PYTHON)
def test_written_by_the_tree(way, page, project):
    need("gcc", "g++")
    folder = project(page[way])
    (folder / "virtwright").symlink_to(ROOT)
    run = shell(page[way]["sh"], folder, python=True)
    if "needs packages that are missing" in run.stderr:
        pytest.skip(run.stderr.splitlines()[0])
    done(run)
    run_both(folder)


def in_units(prefix, *rooms):
    """Up to 25 sources of a folder in one, as unity.cmake has them: make would start the compiler 392 times."""
    units = itertools.count()
    folders = {path.parent for room in rooms for path in prefix.rglob(f"{room}/**/*.c")}
    for folder in sorted(folders):
        sources = [path.rename(path.with_suffix(".inc")).name for path in sorted(folder.glob("*.c"))]
        for at in range(0, len(sources), 25):
            text = "".join(f'#include "{name}"\n' for name in sources[at : at + 25])
            (folder / f"vwr_unit_{next(units)}.c").write_text(text, encoding="utf-8")
    assert next(units) > 20
    return prefix


@pytest.mark.parametrize("way", INSTALLED)
def test_installed(way, page, project, prefix):
    need("gcc", "g++", *(["cmake"] if "cmake" in page[way] else ["make", "pkg-config"]))
    folder = project(page[way])
    place = prefix
    if "make" in page[way]:  # which ends a name at a space; the build folder may have one too
        place = in_units(shutil.copytree(prefix, folder / "prefix"), "runtime", "service").relative_to(folder)
    done(shell(page[way]["sh"], folder, PREFIX=str(place)))
    run_both(folder)
    ours = [os.fsencode(ROOT / room) + b"/" for room in ("runtime", "generated")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in files if any(name in path.read_bytes() for name in ours)]


def test_what_is_installed_names_no_place(prefix):
    files = [path for path in prefix.rglob("*") if path.is_file()]
    names = [os.fsencode(path) for path in (ROOT, prefix.parent, "/tmp/", "/home/", "/root/")]
    assert len(files) > 150
    for path in files:
        # What is installed itself is no place, even if this tree is in a folder such as /src/base.
        text = path.read_bytes().replace(b"/virtwright/runtime/", b"/virtwright/")
        assert not any(name in text for name in names), path


def test_all_of_it_is_installed(prefix):
    headers = {
        path.relative_to(ROOT / room).as_posix()
        for room in ("runtime/include", "monitor/include", "generated/include")
        for path in (ROOT / room).rglob("*.h")
    }
    sources = {
        path.relative_to(ROOT / "runtime").as_posix()
        for room in ("base", "shared", "driver", "device", "parts", "bridge")
        for path in (ROOT / "runtime" / room).rglob("*.[ch]")
    }
    sources |= {f"tables/{path.name}" for path in (ROOT / "generated/src").glob("*.c")}
    assert {
        path.relative_to(prefix / "include").as_posix() for path in prefix.glob("include/**/*.h")
    } == headers
    src = prefix / "share/virtwright/runtime"
    assert {path.relative_to(src).as_posix() for path in src.rglob("*") if path.is_file()} == sources
    assert {path.name for path in prefix.glob("share/virtwright/monitor/*")} == {
        path.name for path in (ROOT / "monitor").glob("*.[ch]")
    }
    for end in ("client", "service"):
        made = {path.name for path in (ROOT / "generated" / end).glob("*.c")}
        assert {path.name for path in prefix.glob(f"share/virtwright/{end}/*")} == made and len(made) > 12
    assert {path.name for path in prefix.glob("share/virtwright/port/*/vwr_port.h")} == {"vwr_port.h"}
    assert not list(prefix.glob("share/virtwright/standalone/*")), "no Python works there"
    assert {path.name for path in prefix.glob("share/virtwright/*.json")} == {
        "virtwright.json",
        "virtwright.schema.json",
    }
    assert not list(prefix.glob("share/man/man1/*")), "no Python works there"


def test_what_python_makes_is_installed(tmp_path):
    """Man pages, and the headers with the specification's names."""
    done(shell(f"cmake -S '{ROOT}' -B build -DVWR_TESTS=OFF", tmp_path, python=True))
    done(shell("cmake --install build --prefix out", tmp_path, python=True))
    helps = {f"vwr-{verb}.1" for verb in help_texts()}
    assert {path.name for path in tmp_path.glob("out/share/man/man1/*")} == {"vwr.1", *helps}
    assert "virtio_spi.h" in {path.name for path in tmp_path.glob("out/share/virtwright/standalone/*")}
    done(shell(ALONE, tmp_path, PKG_CONFIG_PATH="out/share/pkgconfig"))


ALONE = """
echo '#include "virtio_spi.h"' |
    gcc -std=c11 -Wall -Werror "-I$(pkg-config --variable=standalone virtwright)" -fsyntax-only -xc -
"""
MAJOR, MINOR = map(int, version().split(".")[:2])
SAME, LATER = f"{MAJOR}.{MINOR}", f"{MAJOR}.{MINOR + 1}"
FIND = """
cmake_minimum_required(VERSION 3.21)
project(yours LANGUAGES {languages})
{port}
find_package(virtwright {what})
"""
HEADERS = (ROOT / "tests/ports/package/headers.cmake.in").read_text("utf-8")
IMAGE = (ROOT / "tests/ports/package/image.cmake.in").read_text("utf-8")
HERE = 'set(VWR_PORT_DIR "${CMAKE_CURRENT_SOURCE_DIR}/port")'
REFUSED = {
    "no port": (
        "C",
        "",
        f"{SAME} REQUIRED COMPONENTS driver",
        "component driver needs your port: a target vwr_port, or a",
    ),
    "no header": (
        "C",
        "set(VWR_PORT_DIR nowhere)",
        "REQUIRED COMPONENTS driver",
        "there is no vwr_port.h in ",
    ),
    "no C": (
        "CXX",
        HERE,
        "REQUIRED COMPONENTS driver",
        "component driver is C: project(... LANGUAGES C CXX)",
    ),
    "no port for guests": (
        "C",
        "",
        "REQUIRED COMPONENTS device",
        "component device needs your port: a target vwr_port, or a",
    ),
    "a part": (
        "C",
        HERE,
        "REQUIRED COMPONENTS pci",
        "component pci is not known: there are headers, driver, device, both and hosted",
    ),
    "no library for processes": (
        "C",
        "",
        "REQUIRED COMPONENTS hosted",
        "component hosted is not installed: configure Virtwright with -DVWR_HOSTED=ON",
    ),
    "an earlier one": ("C", HERE, "0.0 REQUIRED", 'compatible with requested version "0.0"'),
    "a later one": ("C", HERE, f"{LATER} REQUIRED", f'compatible with requested version "{LATER}"'),
    "a major one": (
        "C",
        HERE,
        f"{MAJOR + 1}.0 REQUIRED",
        f'compatible with requested version "{MAJOR + 1}.0"',
    ),
}


SIDES = """
add_compile_definitions(SIDE_{side})
add_executable(in_c vmm.c)
target_link_libraries(in_c PRIVATE virtwright::{side})
add_executable(in_cxx vmm.cpp)
target_link_libraries(in_cxx PRIVATE virtwright::{side})
"""


def configure(project, prefix, text, options=""):
    """Runs CMake on a project that is this text; with options, for another compiler."""
    need("cmake", "gcc", "g++")
    folder = project({"cmake": text}, native=not options)
    for name in ("vmm", "drivers"):  # the same, for both languages have all of it
        for ending in (".c", ".cpp"):
            shutil.copy(ROOT / f"tests/ports/package/{name}.c", folder / f"{name}{ending}")
    with_ends(folder)
    (folder / "facts.c").write_text('#include "vwr/gen/blk.h"\nint ro = VWR_BLK_F_RO;\n', encoding="utf-8")
    return folder, shell(
        'cmake -S . -B build -DCMAKE_PREFIX_PATH="$PREFIX" ' + options, folder, PREFIX=str(prefix)
    )


@pytest.mark.parametrize("case", REFUSED)
def test_one_sentence_where_it_cannot_work(case, project, prefix):
    languages, port, what, words = REFUSED[case]
    _, run = configure(project, prefix, FIND.format(languages=languages, port=port, what=what))
    assert run.returncode != 0 and words in " ".join(run.stderr.split()), run.stderr


def test_headers_alone_and_several_ports(project, prefix):
    folder, run = configure(
        project, prefix, FIND.format(languages="C", port="", what="COMPONENTS headers") + HEADERS
    )
    done(run)
    done(shell("cmake --build build --target facts", folder))


def test_the_same_package_serves_another_machine(project, prefix):
    need("aarch64-linux-gnu-gcc")
    text = FIND.format(languages="C", port="", what="REQUIRED") + IMAGE
    folder, run = configure(
        project,
        prefix,
        text,
        f"-DCMAKE_TOOLCHAIN_FILE='{ROOT}/cmake/toolchain-aarch64.cmake' -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=25",
    )
    done(run)
    if EVERYTHING:
        done(shell("cmake --build build", folder))
        made = folder / "build/image"
    else:  # freestanding.aarch64_gcc compiles the library
        pattern = r"/aarch64-linux-gnu-gcc .*/port/aarch64.* -c .*unity_0_c\.c\"?$"
        assert any(re.search(pattern, line) for line in commands(folder)), commands(folder)
        done(shell("cmake --build build --target facts", folder))
        made = next(folder.glob("build/**/facts.dir/**/*.o*"))
    assert made.read_bytes()[18:20] == b"\xb7\0", "an ELF file for aarch64"


def test_a_driver_that_is_optional_is_left_out(project, prefix):
    text = FIND.format(languages="C", port="", what="REQUIRED OPTIONAL_COMPONENTS driver")
    _, run = configure(project, prefix, text + 'message(STATUS "found: ${virtwright_driver_FOUND}")\n')
    assert "found: FALSE" in done(run)


def runs_a_vmm(folder, side):
    """A VM with a console, from the package: registers answer."""
    for name in ("in_c", "in_cxx"):
        program = completed([folder / "build" / name])
        assert done(program) == (
            "console, version 2; disk on a real one: " + ("yes\n" if side == "both" else "no\n")
        )


DRIVERS = """
add_executable(drivers_in_c drivers.c)
target_link_libraries(drivers_in_c PRIVATE virtwright::{driver})
add_executable(drivers_in_cxx drivers.cpp)
target_link_libraries(drivers_in_cxx PRIVATE virtwright::{driver})
"""


def runs_each_driver(folder):
    """Each of our drivers but blk, from the package, in C and C++. The device offers no feature."""
    for name in ("drivers_in_c", "drivers_in_cxx"):
        said = done(completed([folder / "build" / name])).splitlines()
        assert [line.split(":")[0] for line in said] == [
            "net",
            "console",
            "input",
            "gpu",
            "entropy",
            "balloon",
            "9p",
            "fs",
            "scsi",
            "vsock",
            "crypto",
            "i2c",
            "sound",
            "gpio",
            "pmem",
            "iommu",
            "rtc",
            "can",
            "spi",
            "scmi",
            "mem",
        ]
        needs = {"i2c": "(bit 0)", "iommu": "(bit 2)"}  # ZERO_LENGTH_REQUEST, MAP_UNMAP
        assert all(needs.get(line.split(":")[0], "VERSION_1") in line for line in said), said


ENDS = """
add_executable(client spi_client.c)
target_link_libraries(client PRIVATE virtwright::{driver})
add_executable(service spi_service.c)
target_link_libraries(service PRIVATE virtwright::{device})
"""


def ends(folder):
    """What the two programs of docs/clients.md print, which were built in `folder`."""
    said = [done(completed([folder / name])) for name in ("client", "service")]
    assert said == ["client: 0 chips, no device\n", "service: device id 45\n"]


def with_ends(folder):
    """The folder with their sources."""
    for name in ("spi_client.c", "spi_service.c"):
        shutil.copy(ROOT / "tests/ports/package" / name, folder / name)
    return folder


# One by one, since what is called is linked by objects.
APART = """
get_property(ends GLOBAL PROPERTY VWR_ENDS_both)
set_source_files_properties(${ends} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
"""


@pytest.mark.parametrize("component", ["both", *["device"] * EVERYTHING])
def test_both_sides(component, project, prefix):
    """
    Drivers, a VMM, and a client and a service of a device for which there is no class by hand. The package compiles all of them for
    the components that are linked to, and no other; a program has those that it calls.
    """
    driver = "both" if component == "both" else "driver"
    what = f"{SAME} REQUIRED" + (" COMPONENTS both" if component == "both" else "")
    text = FIND.format(languages="C CXX", port=HERE, what=what) + APART
    text += "".join(part.format(driver=driver, device=component) for part in (DRIVERS, ENDS))
    folder, run = configure(project, prefix, text + SIDES.format(side=component))
    done(run)
    done(shell("cmake --build build", folder))
    assert {path.name for path in folder.glob("build/*.a")} == {
        f"libvirtwright_{name}.a" for name in (driver, component)
    }
    runs_a_vmm(folder, component)
    runs_each_driver(folder)
    ends(folder / "build")
    names = done(shell("nm client service", folder / "build"))
    assert (
        "vwr_spi_client_open" in names and "vwr_spi_vservice_init" in names and "vwr_rpmb_client" not in names
    )


ASK = """
ask() { pkg-config --variable="$1" virtwright; }
flags="$(pkg-config --cflags virtwright) -Iport"
client="spi_client.c $(ask clients)/vwr_gen_spi_client.c"
service="spi_service.c $(ask services)/vwr_gen_spi_service.c"
"""
COMPILE = """
sources=$(for folder in $(ask sources); do ls "$folder"/*.c; done)
flags="$flags -ffunction-sections -Wl,--gc-sections"
mkdir objects
ln -s ../prefix ../port objects # paths are relative, as lists of words allow no spaces
cd objects
for source in $sources; do echo "#include \\"$source\\""; done | split -l 25 --additional-suffix=.c
gcc -I. $flags -c x*.c
cd ..
gcc $flags -o client $client objects/*.o
gcc $flags -o service $service objects/*.o
"""


def test_clients_and_services_by_pkg_config(project, prefix):
    need("gcc", "pkg-config")
    folder = with_ends(project({}))
    place = shutil.copytree(prefix, folder / "prefix").relative_to(folder)
    # test_installed compiles the sources that pkg-config names, and test_both_sides links the programs.
    script = ASK + (COMPILE if EVERYTHING else "gcc $flags -fsyntax-only $client $service\n")
    done(shell(script, folder, PKG_CONFIG_PATH=f"{place}/share/pkgconfig"))
    if EVERYTHING:
        ends(folder)
