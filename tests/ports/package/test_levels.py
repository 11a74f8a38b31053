# SPDX-License-Identifier: MIT
"""
The programs as a user builds them: gcc's warnings depend on the level of optimisation, because inlining shows it more values. Each
run compiles hosted/ at -O3; ./vwr soak compilers library builds all of the project at each build type, with and without link-time
optimisation, by gcc and clang.
"""

import json
import os
import shlex
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from processes import completed, need, output
from vwr import ROOT

EVERYTHING = os.environ.get("VWR_PACKAGE_ALL") == "1"
HOSTED = ROOT / "hosted"


def configured(folder, build_type, compiler, lto=False):
    """A user's build with the programs, in which a warning is an error."""
    need("cmake", compiler)
    options = {
        "CMAKE_BUILD_TYPE": build_type,
        "CMAKE_C_COMPILER": compiler,
        "CMAKE_INTERPROCEDURAL_OPTIMIZATION": "ON" if lto else "OFF",
        "CMAKE_EXPORT_COMPILE_COMMANDS": "ON",
        "VWR_HOSTED": "ON",
        "VWR_TESTS": "OFF",
        "VWR_REGENERATE": "OFF",
        "VWR_WERROR": "ON",
    }
    output(["cmake", "-S", ROOT, "-B", folder, *(f"-D{key}={value}" for key, value in options.items())])
    return folder


def compiled(entry):
    """Runs a command of CMake's list; its messages, if it fails."""
    command = shlex.split(entry["command"])
    where = Path(entry["directory"])
    (where / command[command.index("-o") + 1]).parent.mkdir(parents=True, exist_ok=True)
    done = completed(command, cwd=where)
    return done.stderr if done.returncode else ""


def test_programs_compile_at_o3(work):
    """Each source once, in one of the targets that have it."""
    folder = configured(work / "build", "Release", "gcc")
    entries = {
        entry["file"]: entry
        for entry in json.loads((folder / "compile_commands.json").read_text("utf-8"))
        if Path(entry["file"]).is_relative_to(HOSTED)
    }
    assert len(entries) > 50 and all("-O3" in entry["command"] for entry in entries.values())
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        failures = [said for said in threads.map(compiled, entries.values()) if said]
    assert not failures, "\n".join(failures)


if EVERYTHING:

    @pytest.mark.parametrize("lto", [False, True])
    @pytest.mark.parametrize("compiler", ["gcc", "clang"])
    @pytest.mark.parametrize("build_type", ["Debug", "Release", "RelWithDebInfo", "MinSizeRel"])
    def test_every_build(work, build_type, compiler, lto):
        if lto and compiler == "clang":
            need("ld.lld")
        folder = configured(work / "build", build_type, compiler, lto)
        said = output(["cmake", "--build", folder, "--parallel", str(os.cpu_count())], timeout=1800)
        assert "warning:" not in said, said  # the linker's, with link-time optimisation
        program = folder / "hosted/programs/vhost/vwr-vhost"
        assert "usage" in completed([program, "--help"]).stdout.lower()
        shutil.rmtree(folder)
