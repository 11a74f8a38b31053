# SPDX-License-Identifier: MIT
"""Fixtures for the tests of models, templates and the command line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def texts():
    """The core, a transport and a device of the checkout: {path: text}; all chapters would take a second each time."""
    names = ("core/ids", "core/features", "core/status", "core/split-ring", "core/packed-ring", "transport/mmio",
             "device/blk")
    paths = [*(ROOT / "spec" / f"{name}.yaml" for name in names), ROOT / "runtime/options.yaml"]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


@pytest.fixture(scope="session")
def files(texts):
    """What they make: {path: text}."""
    from gen_help import rendered
    return rendered(texts)


@pytest.fixture
def checkout(tmp_path):
    """A copy of what the generator needs, where a test may change things."""
    from gen_help import copy_options
    copy = tmp_path / "a checkout"
    skip = shutil.ignore_patterns("__pycache__", ".*")
    for room in ("spec", "codegen", "generated"):
        shutil.copytree(ROOT / room, copy / room, ignore=skip)
    copy_options(copy)
    return copy


@pytest.fixture
def vwr(checkout):
    """Runs the tools of the copy."""
    def run(*arguments, cwd=None, **environment):
        env = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "VWR_"))}
        return subprocess.run([sys.executable, "-B", str(checkout / "codegen"), *arguments], cwd=cwd or checkout,
                              env=env | environment, capture_output=True, text=True, check=False)
    return run
