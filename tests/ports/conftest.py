# SPDX-License-Identifier: MIT
"""Where what is built lives: in the build folder, one folder a test."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from folders import fresh, pytest_runtest_makereport  # noqa: E402, F401
from places import BUILD  # noqa: E402


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, BUILD / "tests" / "ports" / "work")
