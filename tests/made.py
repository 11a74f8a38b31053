# SPDX-License-Identifier: MIT
"""
Generates the files that generated/ does not contain (tests, stand-alone headers, clients and services) in the build folder, as
CMake does.
"""

import functools
import os
import sys
from pathlib import Path

from processes import output
from vwr import ROOT

FOLDER = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "made"


@functools.cache
def folder():
    """The up-to-date folder, with the layout of generated/."""
    output([sys.executable, str(ROOT / "codegen"), "generate", "--tests", str(FOLDER)])
    return FOLDER


def generated(path):
    """The file in generated/ or in that folder."""
    kept = ROOT / "generated" / path
    return kept if kept.is_file() else folder() / path


def every(pattern):
    """The matching files in both, by name."""
    found = [*(ROOT / "generated").glob(pattern), *folder().glob(pattern)]
    return sorted(found, key=lambda path: path.name)
