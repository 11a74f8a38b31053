# SPDX-License-Identifier: MIT
"""The build folder is configured once. After that, only the targets of a verb are built."""

import os
import shlex
import shutil
import subprocess
import sys

from vwr import ROOT
from vwr.front.place import BUILD, COMMAND, TESTS, say, stop


CACHE = BUILD / "CMakeCache.txt"


def configured(*libraries: str) -> bool:
    """
    Whether CMake has configured the build folder for this tree, and has found the libraries. A library may have been
    installed since, for another verb needs fewer of them.
    """
    lines = CACHE.read_text(encoding="utf-8").splitlines() if CACHE.is_file() else []
    found = {line.partition(":")[0] for line in lines if not line.endswith("-NOTFOUND")}
    return f"CMAKE_HOME_DIRECTORY:INTERNAL={ROOT}" in lines and found.issuperset(libraries)


def forget_other_tree() -> None:
    """Removes a build folder that was copied or moved with its tree, which CMake refuses."""
    if CACHE.is_file() and not configured():
        say(f"{BUILD} was made for another folder: configuring again")
        CACHE.unlink()
        shutil.rmtree(BUILD / "CMakeFiles", ignore_errors=True)


def called(*arguments: str) -> bool:
    return subprocess.run(["cmake", *arguments], stdout=sys.stderr, check=False).returncode == 0


def configure(verb: str) -> None:
    """Tests read generated/ but do not update it, which is the task of generate."""
    forget_other_tree()
    fresh = not CACHE.is_file()
    generator = ["-G", "Ninja"] if fresh and shutil.which("ninja") else []
    if not called(
        "-S",
        str(ROOT),
        "-B",
        str(BUILD),
        *generator,
        "-DVWR_REGENERATE=OFF",
        f"-DVWR_TESTS={'ON' if (ROOT / TESTS).is_file() else 'OFF'}",  # a source archive has none
        f"-DVWR_FUZZERS={'ON' if verb == 'soak' else 'OFF'}",
        f"-DVWR_WERROR={os.environ.get('VWR_WERROR', 'OFF')}",  # .ci/run asks for it
        f"-DVWR_PYTHON={os.environ.get('VWR_PYTHON', '')}",
    ):
        stop("CMake could not configure", f"rm -r '{BUILD}' && {COMMAND} {verb}", 1)


def build(*arguments: str) -> None:
    cores = str(os.cpu_count() or 2)
    os.environ.setdefault("CMAKE_BUILD_PARALLEL_LEVEL", cores)
    # Tests with a guest or a peer wait for it, half of their time, so two more tests than cores keep all cores busy.
    os.environ.setdefault("CTEST_PARALLEL_LEVEL", str(int(cores) + 2))
    # glibc requests huge pages. This makes compilers and Python 5 % faster, because page faults are slow in a
    # VM.
    os.environ.setdefault("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
    if not called("--build", str(BUILD), *arguments):
        stop("the build failed", f"{COMMAND} {shlex.join(sys.argv[1:])}   (after the fix)", 1)
