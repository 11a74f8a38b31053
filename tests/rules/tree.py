# SPDX-License-Identifier: MIT
"""The tree that the rules look at, and C text without its comments."""

import os
import re
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {".git", "__pycache__", ".pytest_cache", ".mypy_cache"}


def files(root, *patterns):
    """Files that match a pattern, in which * crosses folders; build folders left out; relative to root, sorted."""
    build = os.environ.get("VWR_BUILD_DIR", "")
    found = set()
    for folder, folders, names in os.walk(root):
        folders[:] = [
            name
            for name in folders
            if name not in NOT_OURS and not name.startswith("build") and os.path.join(folder, name) != build
        ]
        found.update(Path(folder, name).relative_to(root) for name in names if name not in NOT_OURS)
    return sorted(
        path for path in found if any(fnmatchcase(path.as_posix(), pattern) for pattern in patterns)
    )


def read(root, path):
    """Text of a file."""
    return (Path(root) / path).read_text(encoding="utf-8")


def code(text):
    """C text with comments and what is in quotes blanked out; lines stay where they are."""

    def blank(match):
        word = match.group(0)
        if word.startswith("/"):
            return re.sub(r"[^\n]", " ", word)
        return word[0] + " " * (len(word) - 2) + word[-1]

    return re.sub(
        r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', blank, text, flags=re.DOTALL
    )
