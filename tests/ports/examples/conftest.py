# SPDX-License-Identifier: MIT
"""Where disks live: in the build folder, one folder a test."""
import os
from pathlib import Path

import pytest

from folders import fresh, pytest_runtest_makereport  # noqa: F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(
        request,
        Path(os.environ.get("VWR_BUILD_DIR", "build")).absolute() / "tests" / "ports" / "examples" / "work",
    )
