# SPDX-License-Identifier: MIT
"""
The programs of hosted/programs. A checkout and a source archive build them; an installed tree has no sources of them, and
uses those on PATH.
"""

import shutil
from pathlib import Path

from vwr import ROOT
from vwr.stop import Stop

SOURCES = ROOT / "hosted" / "programs"


def program(name: str, build: Path) -> Path:
    """The path of vwr-NAME."""
    if SOURCES.is_dir():
        return build / "hosted" / "programs" / name / f"vwr-{name}"
    found = shutil.which(f"vwr-{name}")
    if found is None:
        raise Stop(f"vwr-{name} is not installed", "apt-get install virtwright-tools, on Debian")
    return Path(found)
