#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The demos, the tools and all tests in a fresh folder of another release of Debian. `./vwr soak release` calls this; see README.md.

python3 release.py RELEASE BUILD_FOLDER [ARCHIVE | --quick]

With a source archive: what works in it, instead of a clone of this tree. With --quick: what compilers and a busy machine show, in
a folder that is kept, where the next run updates the clone and builds what has changed.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from chroot import alone, base, bound, inside, mount, run, say

ROOT = Path(__file__).resolve().parents[3]
TREE = "/root/a tree"  # in the folder
# With the seconds that each may take; the first ones install what they need.
COMMANDS = (
    ("demo", 1200),
    ("demo devices", 900),
    ("demo --all", 2400),
    ("demo linux", 1200),
    ("test unit", 2400),
    ("docs", 900),
    ("explorer", 300),
    ("embed build/copy --cc gcc", 300),
    ("test", 7200),
)
QUICK = "--quick"
# What the compilers of the release say of the library and of the copies.
OF_COMPILERS = (
    (
        r"test -R '^(freestanding\.(aarch64_be_clang|sources|errors|ports|ports_riscv)|embed\.(matrix|devices|proof)|ports\.porting"
        r"|outside\.levels)$'",
        1800,
    ),
)
OF_A_BUSY_MACHINE = (("demo --all", 1200),)
BUSY = 10  # processes
# Of an archive, the fewest packages first. The second program is built in the folder of
# the first, which lacked its libraries.
OF_ARCHIVE = (
    ("embed ../disk", 600),  # without a compiler: the copy is not verified
    ("conform ours --type rng", 900),
    ("vhost", 900),  # without a class it lists them
    ("demo", 1200),
    # The command starts in another folder.
    (
        f"""conform vhost --type rng --start "'{TREE}/build/hosted/programs/vhost/vwr-vhost' rng --socket SOCKET" """,
        300,
    ),
)
LAST = 12  # lines of a log that a failure shows
FAILED = re.compile(r"^\s+\d+ - (\S+) \((.*)\)$", re.MULTILINE)
LEFT_OUT = re.compile(r"^What this machine does .*\n(?:  .*\n)*", re.MULTILINE)
CLOSING = re.compile(r"^\d+% tests passed.*$", re.MULTILINE)


def clone(place):
    """This tree's commit. What an earlier run has built there stays."""
    # The tree may be a user's, and this program is root's.
    trusts = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    env = {**os.environ, **trusts}
    if place.exists():
        run("git", "-C", place, "fetch", "-q", ROOT, "HEAD", env=env)
        run("git", "-C", place, "reset", "-q", "--hard", "FETCH_HEAD", env=env)
        run("git", "-C", place, "clean", "-q", "-fd", env=env)
    else:
        run("git", "clone", "-q", "--no-hardlinks", ROOT, place, env=env)
    if run("git", "-C", ROOT, "status", "--porcelain", env=env):
        say("uncommitted changes are not in it")


def is_ready(folder):
    """A file that says that debootstrap has ended."""
    return folder / "root/ready"


def prepare(release, folder, packed):
    """The release with the tree, or what the archive has."""
    if not is_ready(folder).exists():
        base(release, folder)
        is_ready(folder).touch()
    place = Path(f"{folder}{TREE}")
    if packed:
        place.mkdir()
        run("tar", "xf", packed, "-C", place, "--strip-components=1")
    else:
        clone(place)
    mount(folder)


@contextmanager
def busy():
    """Other processes that want all cores; they end with this program's namespace at the latest."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY)]
    try:
        yield
    finally:
        for one in others:
            one.kill()
            one.wait()


def versions(folder, log):
    """What the folder has by now, as its programs say it."""
    commands = (
        "cat /etc/debian_version",
        *(f"{program} --version" for program in ("gcc", "clang", "qemu-system-aarch64", "python3")),
    )
    inside(folder, TREE, log, 60, "sh", "-c", "; ".join(f"{command} | head -n 1" for command in commands))
    return log.read_text("utf-8", "replace").splitlines()


def log_name(words):
    return re.sub("[^a-z]+", "-", words)[:60]


def try_command(folder, log, words, limit):
    """Runs it and says how it ended. True: it has passed."""
    begin = time.monotonic()
    code = inside(folder, TREE, log, limit, "./vwr", *shlex.split(words))
    text = log.read_text("utf-8", "replace")
    said = {0: "passed", 124: f"no end within {limit} s"}.get(code, f"exit code {code}")
    say(f"./vwr {words}: {said}, {time.monotonic() - begin:.0f} s")
    for line in CLOSING.findall(text):
        say(line)
    if code == 0:
        for part in LEFT_OUT.findall(text):
            print(part, end="", flush=True)
        return True
    rows = [f"{name} ({how})" for name, how in FAILED.findall(text)]
    print("\n".join(f"  {line}" for line in rows or text.splitlines()[-LAST:]), flush=True)
    say(f"all of its output: {log}")
    return False


def tried(release, kept, what=""):
    """All commands."""
    quick, packed = what == QUICK, what if what != QUICK else ""
    folder = kept / (f"{release}-quick" if quick else release)
    if not (quick and is_ready(folder).exists()):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with bound(folder) as place:
        prepare(release, place, packed)
        name = packed or run("git", "-C", f"{place}{TREE}", "log", "-1", "--format=%h %s").strip()
        say(f"{release}, {name}")

        def passes(commands):
            return [
                try_command(place, kept / f"{release}-{log_name(words)}.log", words, limit)
                for words, limit in commands
            ]

        if quick:
            passed = passes(OF_COMPILERS)
            with busy():
                passed += passes(OF_A_BUSY_MACHINE)
        else:
            passed = passes(OF_ARCHIVE if packed else COMMANDS)
        for line in versions(place, kept / f"{release}-versions.log"):
            say(line)
    if all(passed) and not quick:
        shutil.rmtree(folder)
    return all(passed)


if __name__ == "__main__":
    sys.exit(alone(tried, *sys.argv[1:]))
