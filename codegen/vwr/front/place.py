# SPDX-License-Identifier: MIT
"""Paths of the build folder and of the help pages, and the format of messages."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from vwr import ROOT

BUILD = Path(os.environ.get("VWR_BUILD") or ROOT / "build").absolute()
TESTS = "tests/CMakeLists.txt"  # of tests/, a source archive has only what generated tests are compiled with
COMMAND = os.environ.get("VWR_COMMAND", "./vwr")  # as the user typed it


def can_build() -> bool:
    """Whether the build folder is there, or was made, and can be written."""
    try:
        BUILD.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(BUILD, os.W_OK | os.X_OK)


def say(text: str) -> None:
    print(f"vwr: {text}", file=sys.stderr, flush=True)


def stop(wrong: str, following: str, code: int = 2) -> NoReturn:
    """Prints an error and the next command to type. Exit code 1: it ran and failed; 2: it could not run."""
    say(wrong)
    print(f"Next: {following}", file=sys.stderr)
    sys.exit(code)
