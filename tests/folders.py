# SPDX-License-Identifier: MIT
"""Folders for the tests: a new folder for each test, which is removed when the test has passed."""

import os
import shutil
from pathlib import Path

import pytest

from vwr import ROOT

BUILD = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build").absolute()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Remembers whether the test passed. A hook of conftest.py, which imports it."""
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


def edit(path, old, new):
    """Changes a file as a user would: replaces the first occurrence of a text."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} does not have {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
