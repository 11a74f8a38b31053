# SPDX-License-Identifier: MIT
"""Each public header compiles alone, and twice, as C11 and as C++17, with gcc and with clang: all headers together with
each compiler, each alone with one C and one C++ compiler; each alone with all is left to ./vwr soak compilers (VWR_HEADERS_ALL).
Each source of the libraries compiles alone too: a build joins several, and one may have what the one before
it included.
"""

import os

import pytest

from test_names import INCLUDE, public_headers
from processes import completed, need, output
from tree import ROOT, files, read
from vwr.c.items import items, without_guard

COMPILERS = {
    "gcc": ["gcc", "-xc", "-std=c11"],
    "clang": ["clang", "-xc", "-std=c11"],
    "g++": ["g++", "-xc++", "-std=c++17"],
    "clang++": ["clang++", "-xc++", "-std=c++17"],
}
# What a header lacks when it is alone does not depend on who compiles it.
ALONE = COMPILERS if os.environ.get("VWR_HEADERS_ALL") else ("gcc", "g++")
OTHERS = {"vwr_engine_rbd.c"}  # with headers of a library that the machine may lack


def compiled(root, code, command):
    """What the compiler says against this code, '' if nothing."""
    include = [f"-I{root / path}" for path in INCLUDE]
    done = completed([*command, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", *include, "-"], input=code)
    return done.stderr if done.returncode else ""


def refused(root, name, command):
    """What it says against this header."""
    return compiled(root, f'#include "{name}"\n#include "{name}"\n', command)


def names(root):
    """As an embedder includes them."""
    return [path.as_posix().split("include/", 1)[1] for path in public_headers(root)]


@pytest.mark.parametrize("compiler", COMPILERS)
def test_together(compiler):
    need(compiler)
    code = "".join(f'#include "{name}"\n' for name in names(ROOT) * 2)
    assert not compiled(ROOT, code, COMPILERS[compiler])


@pytest.mark.parametrize("compiler", ALONE)
def test_alone(compiler):
    need(compiler)
    wrong = {name: refused(ROOT, name, COMPILERS[compiler]) for name in names(ROOT)}
    assert not any(wrong.values()), "\n".join(text for text in wrong.values() if text)


def test_sources_alone():
    """One command of a compiler, which reads each source by itself."""
    need("gcc")
    found = files(
        ROOT, "runtime/*.c", "monitor/*.c", "hosted/engine/*.c", "hosted/posix/*.c", "hosted/vhost/*.c"
    )
    sources = [str(path) for path in found if path.name not in OTHERS]
    include = [f"-I{ROOT / path}" for path in (*INCLUDE[:-1], "runtime/port/host")]
    options = ["-std=c11", "-D_GNU_SOURCE", "-DVWR_ACCESS_CALLS=1", "-Wall", "-Wextra", "-Werror"]
    done = completed(["gcc", *options, "-fsyntax-only", *include, *sources], cwd=ROOT)
    assert len(sources) > 300 and not done.returncode, done.stderr


def declared(root):
    """{header: functions that it declares, which some source has}."""
    return {
        path.as_posix().split("include/", 1)[1]: [
            item.name
            for item in items(without_guard(read(root, path)))
            if item.kind == "prototype" and not item.static
        ]
        for path in public_headers(root)
    }


def mangled(root, work):
    """(functions that have other names for C++ than for C: a program of both does not link, how many there are)."""
    found = declared(root)
    calls = sorted({call for calls in found.values() for call in calls})
    code = "".join(f'#include "{name}"\n' for name in found)
    code += "".join(f"void *vwr_use_{call} = (void *){call};\n" for call in calls)
    include = [f"-I{root / path}" for path in INCLUDE]
    output([*COMPILERS["g++"], "-w", "-c", "-o", work / "all.o", *include, "-"], input=code)
    names = output(["nm", "-u", "-C", work / "all.o"])
    return [line.split(None, 1)[1] for line in names.splitlines() if "(" in line], len(calls)


def test_a_function_is_c_for_cxx(tmp_path):
    need("g++", "nm")
    wrong, calls = mangled(ROOT, tmp_path)
    assert calls > 300 and not wrong, f"outside of extern \"C\": {', '.join(wrong)}"


def test_one_that_is_not_is_found(make, tmp_path):
    assert mangled(make({"runtime/include/vwr/a.h": "int vwr_f(int a);\n"}), tmp_path)[0] == ["vwr_f(int)"]


@pytest.mark.parametrize(
    "text",
    [
        "vwr_unknown_type f(void);\n",
        "struct vwr_twice { int a; };\n",
        "static inline int vwr_f(unsigned a)\n{\n    return a < -1;\n}\n",
    ],
)
def test_a_bad_header_is_refused(make, text):
    root = make({"runtime/include/vwr/a.h": text})
    assert refused(root, "vwr/a.h", COMPILERS["gcc"])


ROOMS = (
    ("struct vwr_net_open_own", "struct vwr_net_open_shared", ""),
    ("struct vwr_blk_open_own", "struct vwr_net_open_shared", "own or shared is too small for net"),
    ("struct vwr_net_open_own", "struct vwr_blk_open_shared", "own or shared is too small for net"),
    ("struct { char c[1 << 20]; }", "struct vwr_net_open_shared", "own or shared is not aligned for net"),
    ("struct vwr_net_open_own", "struct { char c[1 << 20]; }", "own or shared is not aligned for net"),
)


@pytest.mark.parametrize("own, shared, wrong", ROOMS)
@pytest.mark.parametrize("compiler", ALONE)
def test_memory_that_a_class_cannot_use_does_not_compile(compiler, own, shared, wrong):
    need(compiler)
    code = f'#include "vwr/blk.h"\n#include "vwr/net.h"\n#include "vwr/open.h"\nextern {own} own;\nextern {shared} shared;\nVWR_OPEN_ROOM(net, own, shared);\n'
    said = compiled(ROOT, code, COMPILERS[compiler])
    assert (wrong in said) if wrong else said == ""
