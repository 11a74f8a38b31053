# SPDX-License-Identifier: MIT
"""Builds what is counted on the host: the library as an archive, as a user has it, and a program with it.

Each source is an object of its own, without link-time optimization: a program sees of the library
what its public headers have inline, and nothing else.
"""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

FLAGS = ("-std=c11", "-O2", "-g", "-fno-lto", "-Wall", "-Wextra")


def _objects(sources, folder, options):
    """Objects of the sources, each in a file by its folder's and its own name."""
    folder.mkdir(parents=True, exist_ok=True)
    targets = [folder / f"{source.parent.name}-{source.stem}.o" for source in sources]
    compile_one = lambda source, target: subprocess.run(["gcc", *FLAGS, *options, "-c", str(source), "-o", str(target)],
                                                        check=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compile_one, sources, targets))
    return list(map(str, targets))


def link(out, name, library, sources, include, options=()):
    """Links the objects of the sources with an archive of the library's, which are compiled alike; answers the program."""
    options = [*(f"-I{path}" for path in include), *options]
    folder, target = out / f"{name}-objects", out / name
    archive = folder / "libvirtwright.a"
    archive.unlink(missing_ok=True)
    subprocess.run(["ar", "rcs", str(archive), *_objects(library, folder / "library", options)], check=True)
    subprocess.run(["gcc", *FLAGS, *options, *_objects(sources, folder, options), str(archive), "-o", str(target)],
                   check=True)
    return target
