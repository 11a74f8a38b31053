# SPDX-License-Identifier: MIT
"""Where the tests of this tier write, and the recordings."""

from pathlib import Path

from folders import BUILD

from vwr import txtar

HERE = Path(__file__).resolve().parent


def folder_of(name):
    """A folder in the build folder; what is in it was left by the last run."""
    path = BUILD / "tests/qemu/replay" / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def recorded():
    """The folder of the recordings, as files."""
    return txtar.unpack(HERE / "recorded.txtar", folder_of("recorded"))


def others():
    """As `recorded`, of the drivers of other authors."""
    return txtar.unpack(HERE / "others.txtar", folder_of("others"))
