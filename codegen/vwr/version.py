# SPDX-License-Identifier: MIT
"""
The project's version. It stands only in vwr/version.h, because a build without CMake and without Python reads that
file too. CMakeLists.txt reads the same lines.
"""

import re
from pathlib import Path

from vwr import ROOT
from vwr.stop import Stop

HEADER = "runtime/include/vwr/version.h"


def version(root: Path = ROOT) -> str:
    """Such as 1.2.3."""
    text = (root / HEADER).read_text(encoding="utf-8")
    found = re.findall(r"^#define VWR_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)$", text, re.MULTILINE)
    if len(found) != 3:
        raise Stop(f"{HEADER}: VWR_VERSION_MAJOR, _MINOR and _PATCH must each be defined once, as a number")
    return ".".join(found)
