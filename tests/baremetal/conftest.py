# SPDX-License-Identifier: MIT
"""Where images live: in the build folder, one folder a test, gone when the test has passed."""
import shutil

import pytest

import boot


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Remembers whether the test passed."""
    outcome = yield
    setattr(item, "passed_" + outcome.get_result().when, outcome.get_result().passed)


@pytest.fixture
def work(request):
    """A fresh folder; after a failure what is in it stays to be looked at."""
    path = boot.BUILD.absolute() / "tests" / "baremetal" / "work" / request.node.name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    yield path
    if getattr(request.node, "passed_call", False):
        shutil.rmtree(path)


@pytest.fixture(params=["legacy", "modern"])
def version(request):
    """Both layouts of virtio-mmio."""
    return request.param
