# SPDX-License-Identifier: MIT
"""Where the built tree and the disks live: in the build folder."""
import sys
from pathlib import Path

import pytest

import host

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from folders import fresh, pytest_runtest_makereport  # noqa: E402, F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, host.BUILD / "work")


@pytest.fixture(params=["legacy", "modern"])
def version(request):
    """Both layouts of virtio-mmio."""
    return request.param
