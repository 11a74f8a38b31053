# SPDX-License-Identifier: MIT
"""Instructions of Linux's own ring a request: virtio_ring.c of the distribution's package, compiled for this host.

Nothing of it is here: the package is downloaded to the build folder, and linux_ring/ has what the file includes of
the rest of the kernel. Without the package, the rows say why they have no figure.
"""

import os
import re
import shutil
import subprocess

import count
import mix
import recorded
from build import TIMEOUT, link, static
from rows import row

FOLDER = count.BENCH / "linux_ring"
RING = "drivers/virtio/virtio_ring.c"
# What is taken from the package: the ring, and the headers of virtio, which are its interface.
TAKEN = (RING, "include/linux/virtio*.h", "include/uapi/linux/virtio*.h")
INSTALLED = "/usr/src"
METAPACKAGE = "linux-source"
DOWNLOAD, UNPACK = 600, 300  # seconds
# Those of build.py without its warnings, which are not the kernel's, and those of the kernel that change code.
FLAGS = (
    *("-std=gnu11", "-O2", "-g1", "-fno-lto", "-Werror=implicit-function-declaration"),
    *("-fno-strict-aliasing", "-fno-delete-null-pointer-checks"),
)
# A queue in which 32 of the longest requests fit: what a request costs does not depend on it.
QUEUE, BATCHES = 4096, 200
# The forms of request as bench_host has them, and what the rows are called.
FORMS = (
    *((str(n), f"read of {n} segment{'s' * (n > 1)}") for n in (1, 2, 4, 16, 64)),
    ("flush", "flush"),
    ("alternate-2", "reads of 1 and 2 segments alternately"),
)
# What is compared, in each program: the levels linux and add_forms.
LEVELS = ("linux_ring/linux_level.c", "add_forms_level.c")
NAME, OURS = "Linux's ring split, {what}, {label}", "vwr_queue_add split, {what}, {label}"
MIX = "Linux's ring split, the recorded disk mix, per request"
OURS_MIX = "vwr_queue_add split, the recorded disk mix, per request"
INSTRUCTIONS = count.INSTRUCTIONS


class NoSource(Exception):
    """Why there is no source of the ring, or none that can be compiled."""


def run(command, seconds, **more):
    """A command's output. Raises NoSource."""
    if shutil.which(command[0]) is None:
        raise NoSource(f"{command[0]} is not installed")
    try:
        return subprocess.run(
            command, check=True, capture_output=True, timeout=seconds, text=True, **more
        ).stdout
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout or "").strip().split("\n")
        raise NoSource(f"{command[0]}: {said[-1]}") from None
    except subprocess.TimeoutExpired:
        raise NoSource(f"{command[0]}: no end within {seconds} s") from None


def package():
    """The package of the distribution's own kernel, and its version."""
    said = run(["apt-cache", "show", "--no-all-versions", METAPACKAGE], TIMEOUT)
    if found := re.search(rf"^Depends:.*?\b({METAPACKAGE}-[\w.]+)(?: \(= ([^)]+)\))?", said, re.M):
        return found[1], found[2] or ""
    raise NoSource(f"there is no package {METAPACKAGE}")


def archive(name, folder):
    """The sources as a tar file: of the package if it is installed, otherwise downloaded."""
    installed = f"{INSTALLED}/{name}.tar.xz"
    if os.access(installed, os.R_OK):
        return installed
    if os.environ.get("VWR_NO_INSTALL") == "1":
        raise NoSource(f"{name} is not installed, and VWR_NO_INSTALL=1 forbids its download")
    for old in folder.glob("*.deb"):
        old.unlink()
    run(["apt-get", "-q", "download", name], DOWNLOAD, cwd=folder)
    (deb,) = folder.glob("*.deb")
    inside = folder / "package"
    run(["dpkg-deb", "-x", str(deb), str(inside)], UNPACK)
    deb.unlink()
    return str(inside / INSTALLED.lstrip("/") / f"{name}.tar.xz")


def source(out):
    """(folder with what TAKEN names, version), unpacked once for each version. Raises NoSource."""
    name, version = package()
    folder = out / "linux_ring" / f"{name}_{version}"
    if not folder.is_dir():
        part = folder.with_name("part")  # until it is whole
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        command = ["tar", "-xJf", archive(name, part), "-C", str(part), "--strip-components=1", "--wildcards"]
        run([*command, *(f"*/{path}" for path in TAKEN)], UNPACK)
        shutil.rmtree(part / "package", ignore_errors=True)
        part.rename(folder)
    return folder, version


def headers(folder):
    """Include folders: for each header that the sources include and do not have, a file that includes stubs.h."""
    ours = folder / "stubs"
    include = (folder / "include", folder / "include/uapi")
    for path in (folder / RING, *(folder / "include").rglob("*.h")):
        for name in re.findall(r"^\s*#\s*include <(\S+/\S+)>", path.read_text(encoding="utf-8"), re.M):
            if not any((where / name).is_file() for where in (*include, ours)):
                (ours / name).parent.mkdir(parents=True, exist_ok=True)
                (ours / name).write_text('#include "stubs.h"\n', encoding="ascii")
    return (FOLDER, ours, *include)


def build(root, runtime, out, folder, name, sources, own=()):
    """A program with this ring: driver, ring, and what else there is of the kernel, in an object each."""
    library, include = count.parts(root, runtime)
    try:
        return link(
            out / name,
            library,
            [*sources, FOLDER / "kernel.c", folder / RING],
            include,
            flags=FLAGS,
            script=static(()),
            own=(*own, *headers(folder)),
        )
    except subprocess.CalledProcessError as error:
        raise NoSource(f"{RING} does not compile with linux_ring/stubs.h: {error.cmd[0]} failed") from None


def beside(name, other, found, ours, where):
    """Rows of this ring and of ours."""
    where |= {name: found, other: ours}
    ratio = {"ratio": ours["Ir"] / found["Ir"], "of": "Linux's ring"}
    return [
        row("ring", name, INSTRUCTIONS, found["Ir"], where=name),
        row("ring", other, INSTRUCTIONS, ours["Ir"], where=other, **ratio),
    ]


def form_rows(root, runtime, out, folder, where):
    """Requests that are all alike, and vwr_queue_add for the same ones."""
    names = ("cases.c", "harness.c", "ring_work.c", *LEVELS)
    sources = [*(count.BENCH / name for name in names), *sorted(count.BENCH.glob("disk*.c"))]
    program, rows = build(root, runtime, out, folder, "bench_linux", sources), []
    for form, what in FORMS:
        for depth, label in count.DEPTHS:
            name, other = (name.format(what=what, label=label) for name in (NAME, OURS))
            number = BATCHES * 32 // depth
            found, ours = (
                count.run(program, level, QUEUE, depth, number, form=form) for level in ("linux", "add_forms")
            )
            rows += beside(name, other, found, ours, where)
    return rows


def mix_rows(root, runtime, out, folder, where):
    """The recorded requests of mix/."""
    names = ("cases.c", "mix/disk_ring.c", "mix/disk_end.c", *LEVELS)
    sources, own = [count.BENCH / name for name in names], (out / "mix", recorded.FOLDER)
    requests = len(mix.read(mix.record(mix.DISK)).buffers)
    mix.write(mix.DISK, out / "mix")
    program = build(root, runtime, out, folder, "bench_linux_mix", sources, own)
    found, ours = (
        recorded.cost(program, [level, recorded.QUEUE], "requests", requests)
        for level in ("linux", "add_forms")
    )
    return beside(MIX, OURS_MIX, found, ours, where)


def rows(root, runtime, out, where):
    """All rows, or one that says why there are none. Raises count.Failed."""
    try:
        folder, version = source(out)
        print(f"bench: Linux's ring is that of {METAPACKAGE} {version}")
        found = [make(root, runtime, out, folder, where) for make in (form_rows, mix_rows)]
    except NoSource as why:
        return [row("ring", "Linux's ring", INSTRUCTIONS, reason=str(why))]
    return found[0] + found[1]
