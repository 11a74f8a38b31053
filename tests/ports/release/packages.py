#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""
Debian's packages: built from the source archive in a fresh folder of a release, looked at by lintian, and installed, used and
removed in another. `./vwr soak packages` calls this; see README.md.

python3 packages.py RELEASE BUILD_FOLDER
"""

import re
import shutil
import sys
import time
from pathlib import Path

from chroot import Stopped, alone, base, bound, inside, mount, run, say

ROOT = Path(__file__).resolve().parents[3]
SOURCES, PACKAGES, TESTS = "/srv/build", "/srv/packages", "/srv/tests"  # in the folders
# The configuration files of this machine stay: base() has copied some that packages have too.
APT = (
    *("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "--no-install-recommends"),
    *("-o", "Dpkg::Options::=--force-confold"),
)
LAST = 25  # lines of a log that a failure shows
FIELD = re.compile(r"^(Tests|Depends): (.*)$", re.MULTILINE)


class Room:
    """A folder with a release, and the logs of its commands."""

    def __init__(self, folder, logs):
        self.folder, self.logs = folder, logs

    def call(self, name, place, limit, *command):
        """Runs a command, says how long it took, and returns its output."""
        log = self.logs / f"packages-{name}.log"
        begin = time.monotonic()
        code = inside(self.folder, place, log, limit, *command)
        text = log.read_text("utf-8", "replace")
        if code != 0:
            print("\n".join(f"  {line}" for line in text.splitlines()[-LAST:]), flush=True)
            raise Stopped(f"{name}: exit code {code}; all of its output: {log}")
        say(f"{name}: {time.monotonic() - begin:.0f} s")
        return text


def source_archive(folder):
    """Of this commit."""
    run(sys.executable, "-B", ROOT / "codegen", "dist", "--out", folder)
    (found,) = folder.glob("virtwright-*.tar.gz")
    return found


def built(room, archive):
    """The packages."""
    sources = Path(f"{room.folder}{SOURCES}")
    sources.mkdir(parents=True)
    run("tar", "-xzf", archive, "-C", sources)
    (tree,) = sources.iterdir()
    place = f"{SOURCES}/{tree.name}"
    room.call("update", "/", 300, *APT, "update")
    room.call("tools", "/", 900, *APT, "install", "build-essential", "fakeroot", "lintian")
    room.call("build-dep", place, 900, *APT, "build-dep", "./")
    room.call("build", place, 3000, "dpkg-buildpackage", "-us", "-uc", "-ui")
    said = room.call(
        "lintian",
        SOURCES,
        900,
        "sh",
        "-c",
        "lintian --allow-root --fail-on error *.changes",
    )
    print(said or "  lintian says nothing", flush=True)
    return sorted(sources.glob("*.deb"))


def tests(control):
    """(name, what it needs) of each test in debian/tests/control."""
    for part in control.split("\n\n"):
        fields = dict(FIELD.findall(part))
        for name in fields["Tests"].split():
            yield name, fields["Depends"].split(", ")


def left(folder):
    """Files of the packages that are still there."""
    places = [folder / "usr", folder / "etc", folder / "var/lib"]
    names = [path for place in places for path in place.rglob("*") if re.search("virtwright|vwr", path.name)]
    return [path for path in names if "dpkg/info" not in str(path) and "apt/" not in str(path)]


def used(room, debs):
    """Installs them, runs each test, and removes them."""
    shutil.copytree(ROOT / "debian/tests", f"{room.folder}{TESTS}")
    Path(f"{room.folder}{PACKAGES}").mkdir()
    for deb in debs:
        shutil.copy(deb, f"{room.folder}{PACKAGES}")
        say(f"{deb.name}: {deb.stat().st_size} bytes")
    names = [deb.name.partition("_")[0] for deb in debs if not deb.name.partition("_")[0].endswith("-dbgsym")]
    room.call("clean-update", "/", 300, *APT, "update")
    files = [f"./{deb.name}" for deb in debs if deb.name.partition("_")[0] in names]
    room.call("install", PACKAGES, 900, *APT, "install", *files)
    for name, needs in tests((ROOT / "debian/tests/control").read_text("utf-8")):
        room.call(f"needs-{name}", "/", 900, *APT, "install", *needs)
        room.call(f"test-{name}", TESTS, 900, f"./{name}")
    room.call("remove", "/", 300, *APT, "purge", *names)
    if rest := left(room.folder):
        raise Stopped(f"purged, but still there: {' '.join(map(str, rest[:5]))}")


def tried(release, kept):
    """In two folders; the second has nothing of the build."""
    folders = [kept / f"{release}-{name}" for name in ("build", "clean", "archive")]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    building, clean, made = folders
    archive = source_archive(made)
    with bound(building) as place:
        base(release, place)
        run("cp", "-a", f"{place}/.", clean)
        mount(place)
        debs = built(Room(place, kept), archive)
        with bound(clean) as other:
            mount(other)
            used(Room(other, kept), debs)
    for folder in folders:
        shutil.rmtree(folder)
    return True


if __name__ == "__main__":
    sys.exit(alone(tried, *sys.argv[1:]))
