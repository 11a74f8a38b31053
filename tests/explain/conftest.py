# SPDX-License-Identifier: MIT
"""A fresh folder in the build folder for each test that runs a QEMU; gone when the test has passed."""

import shutil

import pytest

import machine


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Remembers whether the test passed."""
    outcome = yield
    setattr(item, "passed_" + outcome.get_result().when, outcome.get_result().passed)


@pytest.fixture
def work(request):
    """The folder; after a failure what is in it stays to be looked at."""
    path = machine.BUILD / "tests" / "explain" / "work" / "".join(c if c.isalnum() else "-" for c in request.node.name)
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    yield path
    if getattr(request.node, "passed_call", False):
        shutil.rmtree(path)
