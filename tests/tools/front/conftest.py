# SPDX-License-Identifier: MIT
"""A copy of the tree, in a path with a space."""

import shutil

import pytest

from folders import BUILD
from vwr import ROOT


@pytest.fixture
def copy(tmp_path):
    """The root of a copy that a test may change. What the generator keeps in the build folder is copied too."""
    root = tmp_path / "a copy"
    ignore = shutil.ignore_patterns(".git", "build*", "__pycache__", ".*_cache", "demo.png", "*.tar")
    shutil.copytree(ROOT, root, ignore=ignore)
    if (BUILD / "generated").is_dir():
        # Another test may run the generator: a hidden file is one that it has not written to the end.
        shutil.copytree(BUILD / "generated", root / "build/generated", ignore=shutil.ignore_patterns(".*"))
    return root
