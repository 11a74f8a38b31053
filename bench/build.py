# SPDX-License-Identifier: MIT
"""Builds what is counted: the library as an archive, as a user has it, and a program that is linked with it.

Each source is an object of its own, without link-time optimization: a program sees of the library
what its public headers have inline, and nothing else. All programs of this host have the same archive.
"""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

FLAGS = ("-std=c11", "-O2", "-g1", "-fno-lto", "-Wall", "-Wextra")
TIMEOUT = 120  # seconds for a compiler that takes one or two


def _objects(compiler, sources, folder, options):
    """Objects of the sources, each in a file by its folder's and its own name."""
    folder.mkdir(parents=True, exist_ok=True)
    targets = [folder / f"{source.parent.name}-{source.stem}.o" for source in sources]
    compile_one = lambda source, target: subprocess.run(
        [compiler, *options, "-c", str(source), "-o", str(target)], check=True, timeout=TIMEOUT
    )
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compile_one, sources, targets))
    return list(map(str, targets))


ARCHIVES = {}  # that this process has made already, by how


def _archive(compiler, library, folder, options):
    """An archive of the library, compiled once for all programs that want the same."""
    how = (compiler, *library, *options)
    if how not in ARCHIVES:
        ARCHIVES[how] = archive = folder / "libvirtwright.a"
        archive.unlink(missing_ok=True)
        members = _objects(compiler, library, folder / "library", options)
        subprocess.run([compiler.removesuffix("gcc") + "ar", "rcs", str(archive), *members], check=True)
    return ARCHIVES[how]


def link(target, library, sources, include, options=(), compiler="gcc", flags=FLAGS, script=(), own=()):
    """Links the objects of the sources with an archive of the library's, compiled alike; answers `target`.

    `own`: folders of headers that the sources alone see, before `include`."""
    options = [*flags, *(f"-I{path}" for path in include), *options]
    folder = target.with_name(target.name + ".objects")
    archive = _archive(compiler, library, folder, options)
    options = [*(f"-I{path}" for path in own), *options]
    subprocess.run(
        [
            compiler,
            *options,
            *script,
            *_objects(compiler, sources, folder, options),
            str(archive),
            "-o",
            str(target),
        ],
        check=True,
        timeout=TIMEOUT,
    )
    return target


def static(options):
    """For the linker: valgrind has nothing to count through before main. A sanitizer wants its library shared."""
    return () if any("sanitize" in option for option in options) else ("-static",)
