# SPDX-License-Identifier: MIT
"""A page's blocks as projects, an installation, and a shell to build them in."""

import os
import re
import shutil

import pytest

from processes import completed
from folders import BUILD, fresh
from vwr import ROOT

FILES = {"cmake": "CMakeLists.txt", "make": "Makefile"}


def sections(text):
    """{heading: {language: block}} of a page; a section has one block of a language at most."""
    found = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        blocks = re.findall(r"^```(\w+)\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
        found[part.partition("\n")[0]] = dict(blocks)
        assert len(dict(blocks)) == len(blocks), part
    return found


def shell(script, folder, python=False, **more):
    """Runs it as a user would type it, where no Python works unless it is asked for."""
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("CFLAGS", "CPPFLAGS", "PKG_CONFIG_PATH")
    }
    env.update({"VWR_NO_INSTALL": "1"} if python else {"PYTHONHOME": "/nowhere"})
    env.update(MAKEFLAGS="-j2", CMAKE_BUILD_PARALLEL_LEVEL="2", CMAKE_EXPORT_COMPILE_COMMANDS="ON")
    # CMake compiles 25 sources at once, in a third of the time.
    env.update(CMAKE_TOOLCHAIN_FILE=str(ROOT / "tests/ports/package/unity.cmake"), **more)
    return completed(["sh", "-euc", script], cwd=folder, env=env, timeout=500)


def done(run):
    """Its output, if it went well."""
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


@pytest.fixture(scope="session", name="page")
def fixture_page():
    """Sections of docs/package.md."""
    return sections((ROOT / "docs/package.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="session", name="above")
def fixture_above():
    """Where projects lie."""
    return BUILD / "tests/ports/package/projects"


@pytest.fixture(scope="session", name="detected")
def fixture_detected(above):
    """What CMake finds out of the compilers: a build folder that has it does not compile to find it out again."""
    place = above / "detected"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    if shutil.which("cmake"):
        (place / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.21)\nproject(yours LANGUAGES C CXX)\n", encoding="utf-8"
        )
        done(shell("cmake -S . -B build", place))
    return place / "build/CMakeFiles"


@pytest.fixture(name="folder")
def fixture_folder(request, above):
    """A fresh folder."""
    yield from fresh(request, above)


@pytest.fixture(name="project")
def fixture_project(folder, detected):
    """
    project(blocks): puts them where the page says that they are, beside a program in C, one in C++ and a port. `native`: CMake
    knows the compilers already.
    """

    def make(blocks, native=True):
        shutil.copytree(ROOT / "runtime/port/template", folder / "port")
        for known in detected.glob("3.*" if native and "cmake" in blocks else "-"):
            shutil.copytree(known, folder / "build/CMakeFiles" / known.name)
        for name in ("main.c", "main.cpp"):
            shutil.copy(ROOT / "tests/ports/package" / name, folder)
        for language, name in FILES.items():
            if language in blocks:
                (folder / name).write_text(blocks[language], encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="session", name="prefix")
def fixture_prefix(page, above):
    """An installation, made as the page says and moved afterwards to a path with a space."""
    place = above / "installed"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    (place / "virtwright").symlink_to(ROOT)
    done(shell(page["Installing"]["sh"], place, PREFIX=str(place / "first")))
    (place / "virtwright").unlink()
    return (place / "first").rename(place / "a prefix")
