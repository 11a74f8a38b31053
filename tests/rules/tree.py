# SPDX-License-Identifier: MIT
"""The tree that the rules look at."""

import os
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
