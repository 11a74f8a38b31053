# SPDX-License-Identifier: MIT
"""vwr dist: writes the source archive of a version, the same bytes for the same commit."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from argparse import ArgumentParser, Namespace
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from io import BytesIO
from pathlib import Path, PurePosixPath

from vwr import ROOT, description
from vwr.conform import image
from vwr.docs import manuals
from vwr.generate.current import current
from vwr.meant import unknown
from vwr.output import build_folder
from vwr.stop import Failed, Stop
from vwr.version import version

# The rules of what belongs into the archive; README.md gives the reasons.
LEFT_OUT = ("tests", "bench", "classes")  # folders
HARNESS = (  # what tests that `generate --spec` writes for a user's device are compiled with: docs/new-device.md
    "tests/pair/ends/*.[ch]",
    "tests/pair/vmm_calls.h",
    *(f"tests/{name}.[ch]" for name in ("pair/ram", "pair/vmm", "pair/vmm_pci", "common/monitored")),
    *(f"tests/qemu/driver/{name}" for name in ("check.[ch]", "guest.h")),
)
HIDDEN = (".reuse",)  # the only name with a dot that belongs
MADE = ("man", "pairs", "standalone", "debian/changelog")  # what dist itself writes

DRIVER = ("--transport", "mmio,pci", "--with", "texts", "--driver")
# The pairs, each with the options of ./vwr embed; ALL stands for every class of the runtime.
ALL = "ALL"
PAIRS = {
    "disk": (*DRIVER, "blk"),
    "net": (*DRIVER, "net"),
    "console": (*DRIVER, "console"),
    "drivers": (*DRIVER, ALL),
    "devices": ("--with", "vpci,state", "--side", "device", "--device", ALL),
}
# Debian's packages have the version of vwr/version.h and the time of the commit, so no tracked file repeats them.
CHANGELOG = """virtwright ({version}) unstable; urgency=medium

  * The changes are in CHANGELOG.md.

 -- {maintainer}  {time}
"""
PORT = "vwr_port.h"  # in runtime/port for each machine, and not in a pair


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("--out", metavar="DIR", type=Path)
    parser.add_argument("--pairs", metavar="NAME,…", default=",".join(PAIRS))
    parser.add_argument("--images", action="store_true")


def belongs(path: str) -> bool:
    """Whether a tracked file belongs into the archive."""
    whole = PurePosixPath(path)
    top = whole.parts[0]
    if top in LEFT_OUT:
        return any(map(whole.match, HARNESS))
    return top in HIDDEN or not top.startswith(".")


def _git(*arguments: str) -> str:
    try:
        run = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise Stop(f"git cannot be started: {error.strerror}") from None
    if run.returncode:
        raise Stop(
            f"{ROOT} is no git checkout that git can read, and an archive contains tracked files only"
            f"\n  {run.stderr.strip()}",
            "a clone of the repository",
        )
    return run.stdout


def tracked() -> dict[str, int]:
    """{path: mode} of the tracked files that belong. The mode is git's, for that of the file depends on the umask."""
    if Path(_git("rev-parse", "--show-toplevel").strip()) != ROOT:
        raise Stop(f"{ROOT} is not the root of a git checkout", "a clone of the repository")
    found = {}
    for row in _git("ls-files", "-s", "-z").split("\0")[:-1]:
        about, path = row.split("\t", 1)
        if belongs(path):
            found[path] = int(about.split()[0], 8) & 0o777
    return found


def _stage(folder: Path, files: dict[str, int]) -> None:
    """Copies the files into a fresh folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in files:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(ROOT / path, place)
        except FileNotFoundError:
            raise Stop(f"{path} is tracked, but is not there", f"git restore {path}") from None


def _pair(folder: Path, name: str) -> None:
    """Writes a pair by the tools in the folder, as whoever unpacks the archive would."""
    place = folder / "pairs" / name
    words = PAIRS[name]
    side = "device" if "--device" in words else "driver"
    every = ",".join(device.name for device in description.module("options").DEVICES if getattr(device, side))
    command = [sys.executable, "-B", str(folder / "codegen"), "embed", str(place)]
    run = subprocess.run(
        [*command, *(every if word == ALL else word for word in words)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise Failed(f"the pair {name} was not written:\n{run.stdout}{run.stderr}")
    (place / PORT).unlink()


def _changelog(folder: Path, seconds: int) -> str:
    """That of the packages, in Debian's form."""
    control = (folder / "control").read_text(encoding="utf-8")
    (maintainer,) = re.findall(r"^Maintainer: (.*)$", control, re.MULTILINE)
    return CHANGELOG.format(version=version(), maintainer=maintainer, time=formatdate(seconds))


def make(folder: Path, pairs: list[str], seconds: int) -> None:
    """Writes what the archive has beside tracked files."""
    manuals.write_man(folder / "man")
    debian = folder / "debian"
    (debian / "changelog").write_text(_changelog(debian, seconds), encoding="utf-8")
    alone = _fresh(folder / "standalone")
    for path, content in current(folder, left_out=True).files.items():
        if path.startswith("standalone/"):
            (alone / Path(path).name).write_bytes(content)
    if pairs:
        shutil.copy(Path(__file__).with_name("pairs.md"), _fresh(folder / "pairs") / "README.md")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda name: _pair(folder, name), pairs))


def _fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder


def pack(folder: Path, files: dict[str, int], archive: Path, seconds: int) -> int:
    """Packs the folder: names in order, one time, no owner. Returns how many files it has."""
    made = [path for one in MADE for path in (folder / one, *(folder / one).rglob("*")) if path.is_file()]
    every = {**files, **{path.relative_to(folder).as_posix(): 0o644 for path in made}}
    whole, packed = BytesIO(), BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for path, mode in sorted(every.items()):
            raw = (folder / path).read_bytes()
            row = tarfile.TarInfo(f"{folder.name}/{path}")
            row.size, row.mode, row.mtime = len(raw), mode, seconds
            tar.addfile(row, BytesIO(raw))
    with gzip.GzipFile("", "wb", fileobj=packed, mtime=0) as stream:
        stream.write(whole.getvalue())
    fresh = archive.with_name(f".{archive.name}.new")
    fresh.write_bytes(packed.getvalue())
    os.replace(fresh, archive)
    return len(every)


def images(stem: Path) -> list[Path]:
    """Writes the images of ./vwr conform image beside the archive; the same compiler makes the same bytes."""
    made = {name: stem.with_name(f"{stem.name}-conform-{name}") for name in image.PROCESSORS}
    for name, path in made.items():
        image.make(ROOT, name, path)
    return [*made.values()]


def chosen(words: str) -> list[str]:
    """The pairs by name."""
    names = [name for name in words.split(",") if name and name != "none"]
    for name in names:
        if name not in PAIRS:
            raise Stop(unknown("pair", name, PAIRS), f"--pairs none, or some of {','.join(PAIRS)}")
    return names


def run(args: Namespace) -> int:
    """Stages the files, makes what is made, and packs them."""
    pairs, files = chosen(args.pairs), tracked()
    out = (args.out or build_folder() / "dist").absolute()
    out.mkdir(parents=True, exist_ok=True)
    changes = _git("status", "--porcelain", "--untracked-files=no")
    folder = out / f"virtwright-{version()}{'+changes' if changes else ''}"
    _stage(folder, files)
    seconds = int(_git("log", "-1", "--format=%ct"))
    make(folder, pairs, seconds)
    archive = out / f"{folder.name}.tar.gz"
    count = pack(folder, files, archive, seconds)
    shutil.rmtree(folder)
    whole = archive.read_bytes()
    print(f"{archive}: {count} files, {len(whole)} bytes\nSHA-256: {hashlib.sha256(whole).hexdigest()}")
    for path in images(folder) if args.images else ():
        print(f"{path}\nSHA-256: {hashlib.sha256(path.read_bytes()).hexdigest()}")
    if changes:
        print("The checkout differs from its commit, which the name says: this is no release.")
    return 0
