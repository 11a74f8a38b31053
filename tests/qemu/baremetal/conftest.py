# SPDX-License-Identifier: MIT
"""Where images live: in the build folder, one folder a test."""

import pytest

import boot

from folders import fresh, pytest_runtest_makereport  # noqa: F401


@pytest.fixture
def work(request):
    """A fresh folder."""
    yield from fresh(request, boot.BUILD.absolute() / "tests" / "qemu" / "baremetal" / "work")


@pytest.fixture(params=["legacy", "modern"])
def version(request):
    """Both layouts of virtio-mmio."""
    return request.param
