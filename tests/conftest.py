# SPDX-License-Identifier: MIT
"""
For all tests: a new folder in the build folder, which is removed when the test has passed; both layouts of
virtio-mmio.
"""

import gc

import pytest

from folders import BUILD, ROOT, fresh, pytest_runtest_makereport  # noqa: F401 (a hook)

NOTES = pytest.StashKey[list[str]]()

gc.set_threshold(1_000_000)  # as codegen/__main__.py: a test keeps nearly all that it reads


@pytest.fixture
def work(request):
    """A new folder, which is kept if the test fails."""
    yield from fresh(request, BUILD / request.path.parent.relative_to(ROOT) / "work")


@pytest.fixture(params=["legacy", "modern"])
def version(request):
    """Both layouts of virtio-mmio."""
    return request.param


@pytest.fixture
def note(request):
    """
    Adds a sentence to the output: how a test ran on this machine, or which parts it skipped. ./vwr test
    prints these sentences.
    """
    return request.config.stash.setdefault(NOTES, []).append


def pytest_terminal_summary(terminalreporter, config):
    for sentence in config.stash.get(NOTES, []):
        terminalreporter.write_line(f"note: {sentence}")
