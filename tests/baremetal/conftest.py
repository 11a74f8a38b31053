# SPDX-License-Identifier: MIT
"""Where images live: in the build folder, one folder a test."""
import sys
from pathlib import Path

import pytest

import boot

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from folders import fresh, pytest_runtest_makereport  # noqa: E402, F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, boot.BUILD.absolute() / "tests" / "baremetal" / "work")


@pytest.fixture(params=["legacy", "modern"])
def version(request):
    """Both layouts of virtio-mmio."""
    return request.param
