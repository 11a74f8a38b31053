# SPDX-License-Identifier: MIT
"""A fresh Debian in a folder, by debootstrap, and commands in it."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

SCRIPTS = Path("/usr/share/debootstrap/scripts")
NODES = ("null", "zero", "full", "random", "urandom", "tty", "kvm", "fuse", "net/tun")
LINKS = {
    "fd": "/proc/self/fd",
    "stdin": "fd/0",
    "stdout": "fd/1",
    "stderr": "fd/2",
    "ptmx": "pts/ptmx",
}
ENVIRONMENT = (
    "HOME=/root",
    "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
    "TERM=dumb",
    "LANG=C.UTF-8",
    "CI=true",
    "VWR_WERROR=ON",
)


class Stopped(Exception):
    """It cannot go on, and why."""


def say(text):
    print(f"{Path(sys.argv[0]).stem}: {text}", flush=True)


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


def base(release, folder):
    """A minimal Debian of that release, which reaches the archive as this machine does."""
    run("debootstrap", "--variant=minbase", "--include=ca-certificates", release, folder, archive())
    for path in Path("/etc/apt/apt.conf.d").iterdir():
        shutil.copy(path, folder / "etc/apt/apt.conf.d")
    shutil.copy("/etc/resolv.conf", folder / "etc/resolv.conf")


def inside(folder, place, log, limit, *command):
    """A command at a place in the folder, with its output in a file; its exit code."""
    words = ["timeout", "-k", "5", str(limit), "chroot", str(folder), "env", "-i", *ENVIRONMENT]
    with open(log, "wb") as out:
        return subprocess.run(
            [*words, "sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", place, *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode


@contextmanager
def bound(folder):
    """The folder at a path without a space, because debootstrap takes none; its mounts end with the block."""
    with tempfile.TemporaryDirectory(prefix="vwr-release-") as place:
        run("mount", "--bind", folder, place)
        try:
            yield Path(place)
        finally:
            run("umount", "--recursive", "--lazy", place)


def alone(main, release, build, *more):
    """
    Runs main(release, folder, *more) in namespaces of mounts and processes that end with it, and returns the exit code of the
    program.
    """
    try:
        if os.geteuid() != 0:
            raise Stopped("debootstrap and chroot need root")
        if not (SCRIPTS / release).exists():
            raise Stopped(f"debootstrap knows no release {release}: {SCRIPTS} has those that it knows")
        if "VWR_RELEASE_INSIDE" not in os.environ:
            words = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
            os.environ["VWR_RELEASE_INSIDE"] = "1"
            os.execvp(words[0], [*words, sys.executable, "-B", *sys.argv])
        return 0 if main(release, Path(build) / "release", *more) else 1
    except Stopped as why:
        print(f"{Path(sys.argv[0]).stem}: {why}", file=sys.stderr)
        return 2
