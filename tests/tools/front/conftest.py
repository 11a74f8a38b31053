# SPDX-License-Identifier: MIT
"""A copy of the tree, in a path with a space."""

import shutil

import pytest

from vwr import ROOT


@pytest.fixture
def copy(tmp_path):
    """The root of a copy that a test may change."""
    ignore = shutil.ignore_patterns(".git", "build*", "__pycache__", ".pytest_cache")
    return shutil.copytree(ROOT, tmp_path / "a copy", ignore=ignore)
