# SPDX-License-Identifier: MIT
"""Generated C compiles alone as C11 and C++17, its wire tests pass, and its accessors do what they say."""

import shutil
from pathlib import Path

import pytest

import made
from processes import completed, need, output
from vwr import ROOT

HERE = Path(__file__).parent
INCLUDE = [
    f"-I{ROOT}/generated/include",
    f"-I{made.FOLDER}/standalone",
    f"-I{ROOT}/runtime/include",
    f"-I{ROOT}/runtime/port/template",
]
STRICT = ["-Wall", "-Wextra", "-Werror"]
ENDS = ("client", "service")  # with headers of the runtime
C11 = ["-std=c11", "-Wconversion", "-pedantic", "-xc"]
COMPILERS = {"gcc": C11, "clang": C11, "g++": ["-std=c++17", "-xc++"], "clang++": ["-std=c++17", "-xc++"]}
# Each compiler has read one of the languages.
SOAK = pytest.mark.soak("gcc and clang++; embed.matrix compiles C by clang, outside.package C++ by g++")
EACH = pytest.mark.parametrize(
    "compiler", ["gcc", "clang++", pytest.param("clang", marks=SOAK), pytest.param("g++", marks=SOAK)]
)


def _headers(*folders):
    """Those of the description by themselves, or those in these folders of vwr/."""
    base = ROOT / "generated/include"
    found = sorted(path.relative_to(base).as_posix() for path in base.rglob("*.h"))
    return [
        path
        for path in found
        if (path.split("/")[1] in folders if folders else path.split("/")[1] not in ENDS)
    ]


def _standalone():
    return made.every("standalone/virtio_*.h")


def _sources(folder):
    return sorted(str(path) for path in (ROOT / "generated" / folder).glob("*.c"))


@EACH
def test_all_headers_together(compiler):
    need(compiler)
    text = "".join(f'#include "{header}"\n' for header in _headers() * 2)
    output([compiler, *STRICT, *COMPILERS[compiler], *INCLUDE, "-fsyntax-only", "-"], input=text)


@EACH
def test_ends_together(compiler):
    """Clients and services, with all that they include."""
    need(compiler)
    text = "".join(f'#include "{header}"\n' for header in _headers(*ENDS) * 2)
    own = [option for option in COMPILERS[compiler] if option not in ("-Wconversion", "-pedantic")]
    output([compiler, *STRICT, *own, *INCLUDE, "-fsyntax-only", "-"], input=text)


@pytest.mark.parametrize("compiler", ["gcc", "g++"])
@pytest.mark.parametrize("order", [1, -1])
def test_standalone_headers_without_ours(compiler, order):
    """No folder of ours is searched. What one lacks from another is missing where it stands before that one: in one order."""
    need(compiler)
    text = "".join(f'#include "{header}"\n' for header in _standalone()[::order])
    output([compiler, *STRICT, *COMPILERS[compiler], "-fsyntax-only", "-"], input=text)


@pytest.mark.soak("in two orders of all of them what one needs of another is missing")
@pytest.mark.parametrize("compiler", ["gcc", "g++"])
def test_each_standalone_header_alone(compiler, tmp_path):
    """A copy of one file, in a folder where nothing else of ours is. rules.headers does this for those of include/."""
    need(compiler)
    for header in _standalone():
        copy = shutil.copy(header, tmp_path)
        output(
            [compiler, *STRICT, *COMPILERS[compiler], "-fsyntax-only", "-"],
            input=f'#include "{copy}"\nint declared;\n',
        )


@EACH
def test_all_standalone_headers_together(compiler):
    """A number that is in several of them is the same in all; and ours may be there too."""
    need(compiler)
    text = "".join(f'#include "{path.name}"\n' for path in _standalone() * 2)
    text += "".join(f'#include "{header}"\n' for header in _headers() if header.startswith("vwr/gen/"))
    output([compiler, *STRICT, *COMPILERS[compiler], *INCLUDE, "-fsyntax-only", "-"], input=text)


def test_a_standalone_header_has_nothing_of_ours():
    texts = {path.name: path.read_text("utf-8") for path in _standalone()}
    lines = {name: [line for line in text.split("\n") if "#include" in line] for name, text in texts.items()}
    assert [name for name in lines if lines[name] != ["#include <stdint.h>"]] == []
    assert not [
        name
        for name, text in texts.items()
        if "vwr_" in text or "VWR_" in text.replace("VWR_STANDALONE_", "")
    ]


def _unit(sources):
    """One source of several: a compiler reads what they share once."""
    return "".join(f'#include "{source}"\n' for source in sources)


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_sources(compiler):
    """Tables in one unit."""
    need(compiler)
    strict = [compiler, *STRICT, *C11, *INCLUDE, "-fsyntax-only"]
    output([*strict, "-Wmissing-declarations", "-"], input=_unit(_sources("src")))


@pytest.mark.soak(
    "gen.wire is built and run, by the other compiler; clang reads the headers, tables and ends"
)
def test_wire_tests_by_clang():
    need("clang")
    output(["clang", *STRICT, *C11, *INCLUDE, "-fsyntax-only", *map(str, made.every("test/wire_*.c"))])


def test_wire_tests_fail_where_a_layout_is_off(tmp_path):
    """A field at another place: the wire test says which byte."""
    need("gcc")
    copy = tmp_path / "include"
    shutil.copytree(ROOT / "generated/include", copy)
    header = copy / "vwr/gen/split_ring.h"
    text = header.read_text()
    swapped = text.replace(
        "    vwr_le16 flags;                         /* Descriptor flags; enum vwr_virtq_desc_f. */\n",
        "",
        1,
    )
    assert swapped != text
    swapped = swapped.replace(
        "struct vwr_virtq_desc {\n", "struct vwr_virtq_desc {\n    vwr_le16 flags;\n", 1
    )
    header.write_text("\n".join(line for line in swapped.split("\n") if "STATIC_ASSERT" not in line))
    program = str(tmp_path / "wire")
    output(
        [
            "gcc",
            "-std=c11",
            f"-I{copy}",
            *INCLUDE,
            "-o",
            program,
            str(made.generated("test/wire_split_ring.c")),
        ]
    )
    run = completed([program])
    assert run.returncode == 1 and "struct vwr_virtq_desc" in run.stdout


def test_wire_tests_fail_where_a_standalone_header_is_off(tmp_path):
    """A constant and a field of another value or place than ours."""
    need("gcc")
    text = made.generated("standalone/virtio_blk.h").read_text("utf-8")
    off = text.replace("_F_RO 5 ", "_F_RO 6 ", 1).replace("uint32_t size_max;", "uint32_t seg_maX;", 1)
    off = off.replace("uint32_t seg_max;", "uint32_t size_max;", 1).replace("seg_maX", "seg_max")
    (tmp_path / "virtio_blk.h").write_text(off, "utf-8")
    program = str(tmp_path / "wire")
    output(
        ["gcc", "-std=c11", f"-I{tmp_path}", *INCLUDE, "-o", program, str(made.generated("test/wire_blk.c"))]
    )
    run = completed([program])
    assert run.returncode == 1 and "VIRTIO_BLK_F_RO is 6, expected 5" in run.stdout
    assert "struct virtio_blk_config: byte 8 " in run.stdout and "struct vwr_blk_config" not in run.stdout


def test_a_getter_of_a_write_only_register_does_not_compile():
    need("gcc")
    text = '#include "vwr/gen/mmio.h"\nuint32_t f(void *p) { return vwr_mmio_get_driver_features(p, 0); }\n'
    run = completed(["gcc", "-std=c11", "-Werror", *INCLUDE, "-fsyntax-only", "-xc", "-"], input=text)
    assert run.returncode and "vwr_mmio_get_driver_features" in run.stderr


@pytest.mark.parametrize("another", [1, 4])  # 4: vwr/recovery.h, vwr/names.h
def test_a_header_of_another_generator_stops_the_build(another):
    need("gcc")
    text = f'#include "vwr/base.h"\n#undef VWR_GEN_ABI\n#define VWR_GEN_ABI {another}\n#include "vwr/gen/ids.h"\n'
    run = completed(["gcc", "-std=c11", *INCLUDE, "-fsyntax-only", "-xc", "-"], input=text)
    assert run.returncode and "generated by another version of Virtwright: run ./vwr generate" in run.stderr


def test_accessors(tmp_path):
    need("gcc")
    program = str(tmp_path / "accessors")
    tables = [path for path in _sources("src") if "vwr_gen_" in path or "vwr_names_" in path]
    unit = tmp_path / "tables.c"
    unit.write_text(_unit(tables), "utf-8")
    output(["gcc", *STRICT, "-std=c11", *INCLUDE, "-o", program, str(HERE / "accessors.c"), str(unit)])
    assert output([program]) == ""
