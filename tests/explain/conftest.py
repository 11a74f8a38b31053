# SPDX-License-Identifier: MIT
"""A folder in the build folder for each test that runs a QEMU."""

import sys
from pathlib import Path

import pytest

import machine

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from folders import fresh, pytest_runtest_makereport  # noqa: E402, F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, machine.BUILD / "tests" / "explain" / "work")
