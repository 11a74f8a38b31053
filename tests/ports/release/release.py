#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The demos, the tools and all tests in a fresh folder of another release of Debian. `./vwr soak release` calls this; see README.md.

python3 release.py RELEASE BUILD_FOLDER
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TREE = "/root/a clone"  # in the folder
SCRIPTS = Path("/usr/share/debootstrap/scripts")
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
NODES = ("null", "zero", "full", "random", "urandom", "tty", "kvm", "fuse", "net/tun")
LINKS = {
    "fd": "/proc/self/fd",
    "stdin": "fd/0",
    "stdout": "fd/1",
    "stderr": "fd/2",
    "ptmx": "pts/ptmx",
}
ENVIRONMENT = ("HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TERM=dumb", "LANG=C.UTF-8", "CI=true")
LAST = 12  # lines of a log that a failure shows
FAILED = re.compile(r"^\s+\d+ - (\S+) \((.*)\)$", re.MULTILINE)
LEFT_OUT = re.compile(r"^What this machine does .*\n(?:  .*\n)*", re.MULTILINE)
CLOSING = re.compile(r"^\d+% tests passed.*$", re.MULTILINE)


class Stopped(Exception):
    """It cannot go on, and why."""


def say(text):
    print(f"release: {text}", flush=True)


def run(*command, **more):
    done = subprocess.run(
        list(map(str, command)), **{"text": True, "capture_output": True, "check": False, **more}
    )
    if done.returncode != 0:
        lines = (done.stderr or done.stdout or "no reason given").strip().splitlines()
        raise Stopped(f"{command[0]}: {lines[-1]}")
    return done.stdout


def archive():
    """The archive that this machine takes its own Debian from."""
    rows = run("apt-get", "indextargets", "--format", "$(ORIGIN) $(CODENAME) $(REPO_URI)").splitlines()
    for origin, codename, uri in (row.split() for row in rows if len(row.split()) == 3):
        if origin == "Debian" and "-" not in codename:  # not its security updates
            return uri
    raise Stopped("apt has no list of Debian's packages: apt-get update, on a Debian")


def mount(folder):
    """What a system needs, in a namespace of mounts that ends with this program."""
    for kind, place, options in (
        ("proc", "proc", "nosuid"),
        ("sysfs", "sys", "nosuid"),
        ("tmpfs", "dev", "mode=755"),
        ("tmpfs", "tmp", "mode=1777"),
        ("tmpfs", "run", "mode=755"),
    ):
        run("mount", "-t", kind, "-o", options, kind, folder / place)
    device = folder / "dev"
    for name in ("pts", "shm", "net"):
        (device / name).mkdir()
    run("mount", "-t", "devpts", "-o", "newinstance,ptmxmode=666", "devpts", device / "pts")
    run("mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", device / "shm")
    for name in filter(lambda name: os.path.exists(f"/dev/{name}"), NODES):
        run("cp", "-a", f"/dev/{name}", device / name)
    for name, target in LINKS.items():
        (device / name).symlink_to(target)


def prepare(release, folder):
    """The release with a clone of this tree's commit; nothing of an earlier run is kept."""
    run("debootstrap", "--variant=minbase", "--include=ca-certificates", release, folder, archive())
    for path in Path("/etc/apt/apt.conf.d").iterdir():  # how this machine reaches the archive
        shutil.copy(path, folder / "etc/apt/apt.conf.d")
    shutil.copy("/etc/resolv.conf", folder / "etc/resolv.conf")
    # The tree may be a user's, and this program is root's.
    trusts = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    run("git", "clone", "-q", "--no-hardlinks", ROOT, f"{folder}{TREE}", env={**os.environ, **trusts})
    if run("git", "-C", ROOT, "status", "--porcelain", env={**os.environ, **trusts}):
        say("uncommitted changes are not in it")
    mount(folder)


def inside(folder, log, limit, *command):
    """A command in the folder, with its output in a file; its exit code."""
    words = ["timeout", "-k", "5", str(limit), "chroot", str(folder), "env", "-i", *ENVIRONMENT]
    script = f'cd "{TREE}" && exec "$@"'
    with open(log, "wb") as out:
        return subprocess.run(
            [*words, "sh", "-c", script, "sh", *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode


def versions(folder, log):
    """What the folder has by now, as its programs say it."""
    commands = (
        "cat /etc/debian_version",
        *(f"{program} --version" for program in ("gcc", "clang", "qemu-system-aarch64", "python3")),
    )
    inside(folder, log, 60, "sh", "-c", "; ".join(f"{command} | head -n 1" for command in commands))
    return log.read_text("utf-8", "replace").splitlines()


def log_name(words):
    return re.sub("[^a-z]+", "-", words)


def try_command(folder, log, words, limit):
    """Runs it and says how it ended. True: it has passed."""
    begin = time.monotonic()
    code = inside(folder, log, limit, "./vwr", *words.split())
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


def tried(release, kept):
    """All commands, in a folder whose path has no space: debootstrap takes none."""
    folder = kept / release
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="vwr-release-") as place:
        run("mount", "--bind", folder, place)
        try:
            prepare(release, Path(place))
            say(f"{release}, {run('git', '-C', f'{place}{TREE}', 'log', '-1', '--format=%h %s').strip()}")
            passed = [
                try_command(Path(place), kept / f"{release}-{log_name(words)}.log", words, limit)
                for words, limit in COMMANDS
            ]
            for line in versions(Path(place), kept / f"{release}-versions.log"):
                say(line)
        finally:
            run("umount", "--recursive", "--lazy", place)
    if all(passed):
        shutil.rmtree(folder)
    return all(passed)


def main(release, build):
    try:
        if os.geteuid() != 0:
            raise Stopped("debootstrap and chroot need root")
        if not (SCRIPTS / release).exists():
            raise Stopped(f"debootstrap knows no release {release}: {SCRIPTS} has those that it knows")
        if "VWR_RELEASE_INSIDE" not in os.environ:
            words = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
            os.environ["VWR_RELEASE_INSIDE"] = "1"
            os.execvp(words[0], [*words, sys.executable, "-B", *sys.argv])
        return 0 if tried(release, Path(build) / "release") else 1
    except Stopped as why:
        print(f"release: {why}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
