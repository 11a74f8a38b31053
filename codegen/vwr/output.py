# SPDX-License-Identifier: MIT
"""The build folder, and the file that a verb writes for the user."""

import os
from pathlib import Path

from vwr import ROOT
from vwr.stop import Stop


def build_folder() -> Path:
    return Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build")


def write(chosen: Path | None, name: str, text: str, verb: str) -> Path:
    """Writes the file of -o; without it, `name` in the build folder. Returns its path."""
    out = chosen or build_folder() / name
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Stop(f"{out}: cannot be written: {error.strerror}", f"./vwr {verb} -o FILE") from error
    return out
