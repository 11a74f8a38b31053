# SPDX-License-Identifier: MIT
"""The command vwr as Debian's package virtwright installs it: a tree that the user cannot change, and a link in bin."""

import os
import shutil
import subprocess

import pytest

from processes import completed, need
from vwr import ROOT

TREE = "usr/share/virtwright/tree/"
FAKE = '#!/bin/sh\necho "the program: $*"\n'


def rows(path):
    """Those of a file of debhelper."""
    lines = (ROOT / path).read_text("utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module", name="installed")
def fixture_installed(tmp_path_factory):
    """vwr(*words): runs the command of a system that has the files of the package; `home` is the user's folder."""
    system = tmp_path_factory.mktemp("system")
    for source, place in rows("debian/virtwright.install"):
        folder = system / place
        folder.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, folder)
    ((target, link),) = rows("debian/virtwright.links")
    (system / link).parent.mkdir()
    (system / link).symlink_to(system / target)
    home = system / "home"
    home.mkdir()

    def vwr(*words):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("VWR_", "PYTHON", "XDG_"))
        }
        path = f"{system}/usr/bin:{kept['PATH']}"
        env = {**kept, "VWR_NO_INSTALL": "1", "HOME": str(home), "PATH": path}
        return completed(["vwr", *words], env=env, cwd=home, stdin=subprocess.DEVNULL, timeout=120)

    vwr.system, vwr.home = system, home
    return vwr


def files(folder):
    return {path for path in folder.rglob("*") if path.is_file()}


def test_it_writes_only_what_is_the_users(installed):
    """A page, a pair and the interpreter's own files: none is in the tree."""
    need("gcc")
    before = files(installed.system / TREE)
    run = installed("explorer")
    assert run.returncode == 0, run
    assert (installed.home / ".cache/virtwright/explorer.html").is_file()
    run = installed("embed", "pair", "--driver", "entropy", "--transport", "mmio")
    assert run.returncode == 0, run
    assert (installed.home / "pair/vwr.c").is_file()
    assert files(installed.system / TREE) == before


def test_programs_are_those_on_path(installed):
    run = installed("vhost", "blk")
    assert (run.returncode, run.stderr) == (
        2,
        "vwr: vwr-vhost is not installed\nNext: apt-get install virtwright-tools, on Debian\n",
    )
    program = installed.system / "usr/bin/vwr-vhost"
    program.write_text(FAKE, encoding="utf-8")
    program.chmod(0o755)
    try:
        run = installed("vhost", "blk", "--null", "1")
    finally:
        program.unlink()
    assert (run.returncode, run.stdout) == (0, "the program: blk --null 1\n")


def test_a_verb_of_the_tree_names_a_clone(installed):
    for verb, path in (("test", "tests/"), ("docs", "docs/"), ("dist", ".git/")):
        run = installed(verb)
        assert run.returncode == 2 and run.stderr.startswith(
            f"vwr: {verb} needs {path}, which an installation does not have\nNext: vwr {verb} in a clone"
        ), run
