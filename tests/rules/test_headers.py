# SPDX-License-Identifier: MIT
"""Each public header compiles alone, and twice, as C11 and as C++17, with gcc and with clang."""

import shutil
import subprocess

import pytest

from test_names import INCLUDE, public_headers
from tree import ROOT

COMPILERS = {
    "gcc": ["gcc", "-xc", "-std=c11"],
    "clang": ["clang", "-xc", "-std=c11"],
    "g++": ["g++", "-xc++", "-std=c++17"],
    "clang++": ["clang++", "-xc++", "-std=c++17"],
}


def refused(root, name, command):
    """What the compiler says against this header, '' if nothing."""
    return compiled(root, f'#include "{name}"\n#include "{name}"\n', command)


def compiled(root, code, command):
    """What the compiler says against this code, '' if nothing."""
    done = subprocess.run([*command, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-",
                           *(f"-I{root / path}" for path in INCLUDE)],
                          input=code, text=True, capture_output=True, check=False)
    return done.stderr if done.returncode else ""


def names(root):
    """As an embedder includes them."""
    return [path.as_posix().split("include/", 1)[1] for path in public_headers(root)]


@pytest.mark.parametrize("compiler", COMPILERS)
def test_alone(compiler):
    if shutil.which(compiler) is None:
        pytest.skip(f"no {compiler} here")
    wrong = {name: refused(ROOT, name, COMPILERS[compiler]) for name in names(ROOT)}
    assert not any(wrong.values()), "\n".join(text for text in wrong.values() if text)


@pytest.mark.parametrize("text", ["vwr_unknown_type f(void);\n", "struct vwr_twice { int a; };\n",
                                  "static inline int vwr_f(unsigned a)\n{\n    return a < -1;\n}\n"])
def test_a_bad_header_is_refused(make, text):
    root = make({"runtime/include/vwr/a.h": text})
    assert refused(root, "vwr/a.h", COMPILERS["gcc"])


@pytest.mark.parametrize("own, shared, wrong", [
    ("struct vwr_net_open_own", "struct vwr_net_open_shared", ""),
    ("struct vwr_blk_open_own", "struct vwr_net_open_shared", "own or shared is too small for net"),
    ("struct vwr_net_open_own", "struct vwr_blk_open_shared", "own or shared is too small for net"),
    ("struct { char c[1 << 20]; }", "struct vwr_net_open_shared", "own or shared is not aligned for net"),
    ("struct vwr_net_open_own", "struct { char c[1 << 20]; }", "own or shared is not aligned for net"),
])
@pytest.mark.parametrize("compiler", COMPILERS)
def test_memory_that_a_class_cannot_use_does_not_compile(compiler, own, shared, wrong):
    if shutil.which(compiler) is None:
        pytest.skip(f"no {compiler} here")
    code = f'#include "vwr/blk_open.h"\n#include "vwr/net_open.h"\nextern {own} own;\nextern {shared} shared;\nVWR_OPEN_ROOM(net, own, shared);\n'
    said = compiled(ROOT, code, COMPILERS[compiler])
    assert (wrong in said) if wrong else said == ""
