# SPDX-License-Identifier: MIT
"""Where things are, and how they are compiled."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUILD = Path(os.environ.get("VWR_BUILD_DIR", ROOT / "build")).absolute()
INCLUDE = [f"-I{ROOT}/runtime/include", f"-I{ROOT}/generated/include"]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]


def library():
    """The sources of the library: what an embedder copies."""
    return [
        path
        for folder in ("runtime/base", "runtime/driver", "generated/src")
        for path in sorted((ROOT / folder).rglob("*.c"))
    ]
