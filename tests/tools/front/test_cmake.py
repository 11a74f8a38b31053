# SPDX-License-Identifier: MIT
"""The CMake project, as an embedder and as a spec changer meet it."""

import json
import os
import subprocess
from pathlib import Path

from processes import completed, need, output
from folders import edit
from vwr import ROOT

PROJECT = Path(__file__).with_name("embedder.cmake.in").read_text("utf-8")
APP = Path(__file__).with_name("embedder.c.in").read_text("utf-8")
# What the library is made of is compiled source by source elsewhere.
UNITY = ("-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=25")
PORT_TARGET = """
add_library(vwr_port INTERFACE)
target_include_directories(vwr_port INTERFACE "{root}/runtime/port/template")
target_compile_definitions(vwr_port INTERFACE PORT_RESULT=0)
"""


# Without this run's build folder: what the generator keeps is the copy's.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "VWR_BUILD_DIR"}


def run(*arguments):
    """Runs CMake."""
    command = ["cmake", *map(str, arguments)]
    return completed(command, env=ENVIRONMENT)


def cmake(*arguments):
    """Runs it; the output if it fails."""
    done = run(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr


def embed(folder, root, port, *options):
    """Configures an outside project; answers its build folder."""
    folder.mkdir()
    (folder / "CMakeLists.txt").write_text(
        PROJECT.format(root=root, port=port.format(root=root)), encoding="utf-8"
    )
    (folder / "app.c").write_text(APP, encoding="utf-8")
    (folder / "facts.c").write_text('#include "vwr/gen/blk.h"\nint ro = VWR_BLK_F_RO;\n', encoding="utf-8")
    cmake("-S", folder, "-B", folder / "build", *UNITY, *options)
    return folder / "build"


def test_port_as_a_target(tmp_path):
    build = embed(tmp_path / "outside", ROOT, PORT_TARGET)
    cmake("--build", build)
    assert subprocess.run([build / "app"], check=False).returncode == 0
    assert not (build / "virtwright" / "tests").exists(), "an embedder gets no tests"
    cache = (build / "CMakeCache.txt").read_text(encoding="utf-8")
    assert (
        "VWR_TESTS:BOOL=OFF" in cache
        and "VWR_REGENERATE:BOOL=OFF" in cache
        and "VWR_WERROR:BOOL=OFF" in cache
    )


def test_port_as_a_folder(tmp_path):
    """The library and who links it get the folder; what they make of it is built with the port as a target."""
    port = f"{ROOT}/runtime/port/template"
    options = (f"-DVWR_PORT_DIR={port}", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON")
    build = embed(tmp_path / "outside", ROOT, "", *options)
    commands = json.loads((build / "compile_commands.json").read_text("utf-8"))
    assert len(commands) > 4 and any("/app.dir/" in row["file"] for row in commands)
    assert [row["file"] for row in commands if f"-I{port}" not in row["command"].replace('"', "")] == []


def test_the_build_of_soak(tmp_path):
    """Its fuzzers are targets beside those of each run: ninja reads no file in which two have one name."""
    need("ninja", "clang")
    cmake("-S", ROOT, "-B", tmp_path, "-G", "Ninja", "-DVWR_REGENERATE=OFF", "-DVWR_FUZZERS=ON")
    assert "fuzz_programs" in output(["ninja", "-C", tmp_path, "-t", "query", "fuzz_programs"])


def test_a_build_regenerates_after_a_change(copy, tmp_path):
    """Whatever is built: a target that is nothing."""
    (tmp_path / "nothing.cmake").write_text("add_custom_target(nothing)\n", encoding="utf-8")
    generated = [path for path in (copy / "generated").rglob("*") if path.is_file()]
    before = {path: path.stat().st_mtime_ns for path in generated}
    nothing = f"-DCMAKE_PROJECT_INCLUDE={tmp_path}/nothing.cmake"
    cmake("-S", copy, "-B", tmp_path / "build", nothing, "-DVWR_TESTS=OFF")
    assert before == {
        path: path.stat().st_mtime_ns for path in generated
    }, "nothing had changed, nothing is written"
    edit(copy / "spec/device/blk.yaml", "brief: The device is read-only.", "brief: Device can only be read.")
    cmake("--build", tmp_path / "build", "--target", "nothing")
    assert "Device can only be read." in (copy / "generated/include/vwr/gen/blk.h").read_text(
        encoding="utf-8"
    )
    changed = [path.name for path in generated if path.stat().st_mtime_ns != before[path]]
    assert "blk.h" in changed and "mmio.h" not in changed, changed
    edit(copy / "spec/device/blk.yaml", "{name: RO, bit: 5,", "{name: RO, bit: 500,")
    line = 1 + (copy / "spec/device/blk.yaml").read_text(encoding="utf-8").partition("bit: 500,")[0].count(
        "\n"
    )
    done = run("--build", tmp_path / "build", "--target", "nothing")
    assert done.returncode != 0 and f"spec/device/blk.yaml:{line}:" in done.stdout + done.stderr
