# SPDX-License-Identifier: MIT
"""The source archive on a machine that has nothing but Debian's smallest system: its tools install what they need."""

import os
import sys
import urllib.error
import urllib.request

import pytest

from processes import completed, need
from test_archive import made
from vwr import ROOT

RELEASE = "bookworm"
PROGRAM = ROOT / "tests/ports/release/release.py"
RELEASES = "http://deb.debian.org/debian/dists/"


def reachable():
    """Whether Debian's mirror answers."""
    try:
        with urllib.request.urlopen(f"{RELEASES}{RELEASE}/Release", timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def test_what_it_cannot_do_is_said(tmp_path):
    run = completed([sys.executable, "-B", PROGRAM, "buster-and-more", tmp_path])
    assert run.returncode == 2 and run.stderr.startswith("release: debootstrap "), run


@pytest.mark.soak("test_archive compiles and configures the same files, with the packages of this machine")
def test_a_bare_machine(tmp_path):
    need("git", "gcc", "debootstrap")
    if os.geteuid() != 0:
        pytest.skip("debootstrap and chroot need root")
    if not reachable():
        pytest.skip(f"no network: {RELEASES} does not answer")
    archive = made(tmp_path / "archive", "none")
    run = completed([sys.executable, "-B", PROGRAM, RELEASE, tmp_path / "build", archive], timeout=1100)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count(": passed, ") == 5, run.stdout
