# SPDX-License-Identifier: MIT
"""What generated/ does not keep, made in the build folder as CMake makes it: tests, and clients and services."""

import functools
import os
import sys
from pathlib import Path

from processes import output
from vwr import ROOT

FOLDER = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "made"


@functools.cache
def folder():
    """The folder, laid out as generated/, up to date."""
    output([sys.executable, str(ROOT / "codegen"), "generate", "--tests", str(FOLDER)])
    return FOLDER


def generated(path):
    """The file of generated/, or of that folder."""
    kept = ROOT / "generated" / path
    return kept if kept.is_file() else folder() / path


def every(pattern):
    """The files of both that match, by name."""
    found = [*(ROOT / "generated").glob(pattern), *folder().glob(pattern)]
    return sorted(found, key=lambda path: path.name)
