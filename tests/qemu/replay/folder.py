# SPDX-License-Identifier: MIT
"""Where the tests of this tier write."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent


def folder_of(name):
    """A folder in the build folder; what is in it was left by the last run."""
    build = os.environ.get("VWR_BUILD_DIR") or HERE.parents[2] / "build"
    path = Path(build) / "tests" / "qemu" / "replay" / name
    path.mkdir(parents=True, exist_ok=True)
    return path
