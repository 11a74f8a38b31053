# SPDX-License-Identifier: MIT
"""The build folder, the file that a verb writes for the user, and the reader of what it prints."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from vwr import ROOT
from vwr.stop import Stop


def build_folder() -> Path:
    return Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build")


def printed(run: Callable[[], int]) -> int:
    """
    The exit code of a program whose output has been read. A reader may end first, such as head(1): the rest of the
    output is dropped, and the exit code is 2.
    """
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()  # otherwise Python flushes it at the end, where nothing catches the error
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2


def write(chosen: Path | None, name: str, text: str, verb: str) -> Path:
    """Writes the file of -o; without it, `name` in the build folder. Returns its path."""
    out = chosen or build_folder() / name
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Stop(f"{out}: cannot be written: {error.strerror}", f"./vwr {verb} -o FILE") from error
    return out
