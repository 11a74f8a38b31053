# SPDX-License-Identifier: MIT
"""For the conftest.py of a tier whose tests run QEMU: a fresh folder for each test, gone when the test has passed."""

import shutil

import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Remembers whether the test passed. A hook of the conftest.py that imports it."""
    outcome = yield
    setattr(item, "passed_" + outcome.get_result().when, outcome.get_result().passed)


def fresh(request, above):
    """What a fixture yields: the folder in `above`; after a failure what is in it stays to be looked at."""
    path = above / "".join(c if c.isalnum() else "-" for c in request.node.name)
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    yield path
    if getattr(request.node, "passed_call", False):
        shutil.rmtree(path)
