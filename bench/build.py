# SPDX-License-Identifier: MIT
"""Builds what is counted: the library as an archive, as a user has it, and a program that is linked with it.

Each source is an object of its own, without link-time optimization: a program sees of the library
what its public headers have inline, and nothing else. All programs of this host have the same objects.
"""

import functools
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

FLAGS = ("-std=c11", "-O2", "-g1", "-fno-lto", "-Wall", "-Wextra")
TIMEOUT = 120  # seconds for a compiler that takes one or two
DEFINED = re.compile(r"^(?!static\b)[a-zA-Z][^;=({]*?\b(\w+)(?:\(|\[|\s=)", re.M)
OBJECTS = {}  # {(compiler, source, options): object} that this process has made


def _objects(compiler, sources, folder, options):
    """Objects of the sources, each compiled once, in a file by its folder's and its own name."""
    folder.mkdir(parents=True, exist_ok=True)
    how = lambda source: (compiler, source, *options)

    def compile_one(source):
        OBJECTS[how(source)] = target = str(folder / f"{source.parent.name}-{source.stem}.o")
        subprocess.run([compiler, *options, "-c", str(source), "-o", target], check=True, timeout=TIMEOUT)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compile_one, [source for source in sources if how(source) not in OBJECTS]))
    return [OBJECTS[how(source)] for source in sources]


@functools.cache
def _where(library):
    """{name: the source that defines it}: such a line is not indented."""
    return {
        name: source for source in library for name in DEFINED.findall(source.read_text(encoding="utf-8"))
    }


def _archive(compiler, library, folder, options, program):
    """An archive of the library for a program's objects: of the sources that a linker takes, which are the same in every program."""
    prefix = compiler.removesuffix("gcc")
    where, taken, defined, new = _where(tuple(library)), set(), set(), program
    while new:
        symbols = subprocess.run(
            [prefix + "nm", "-g", *new], check=True, capture_output=True, text=True, timeout=TIMEOUT
        ).stdout
        defined |= set(re.findall(r" [^U] (\w+)$", symbols, re.M))
        wanted = set(re.findall(r" U (\w+)$", symbols, re.M)) - defined
        sources = {where[name] for name in wanted & set(where)} - taken
        new = _objects(compiler, sorted(sources), folder, options)
        taken |= sources
    archive = folder / "libvirtwright.a"
    archive.unlink(missing_ok=True)
    members = _objects(compiler, sorted(taken), folder, options)
    subprocess.run([prefix + "ar", "rcs", str(archive), *members], check=True)
    return archive


def link(
    target, library, sources, include, options=(), compiler="gcc", flags=FLAGS, script=(), own=(), alone=()
):
    """Links the objects of the sources with an archive of the library's, compiled alike; answers `target`.

    `own`: folders of headers that the sources alone see, before `include`; `alone`: options that they alone have.
    """
    options = [*flags, *(f"-I{path}" for path in include), *options]
    folder = target.with_name(target.name + ".objects")
    of_program = [*(f"-I{path}" for path in own), *options, *alone]
    objects = _objects(compiler, sources, folder, of_program)
    archive = _archive(compiler, library, folder / "library", options, objects)
    subprocess.run(
        [compiler, *of_program, *script, *objects, str(archive), "-o", str(target)],
        check=True,
        timeout=TIMEOUT,
    )
    return target


def static(options):
    """For the linker: valgrind has nothing to count through before main. A sanitizer wants its library shared."""
    return () if any("sanitize" in option for option in options) else ("-static",)
