# SPDX-License-Identifier: MIT
"""CONTRIBUTING.md, word for word: its commands in a copy of the tree add a feature bit and a test of it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vwr import ROOT


def test_contributing(copy):
    if shutil.which("git") is None:
        pytest.skip("no git here")
    commands = re.findall(
        r"^```sh\n(.*?)^```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(commands) == 2
    for words in (
        ["init", "-q"],
        ["add", "spec"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *words], cwd=copy, check=True)  # for ./vwr diff
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # the python3 that has pytest
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("VWR_") and name != "PYTHONPATH"
    }
    done = subprocess.run(
        ["sh", "-e"],
        input="\n".join(commands),
        cwd=copy,
        text=True,
        capture_output=True,
        check=False,
        env={**environment, "PATH": path, "VWR_NO_INSTALL": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARM" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("1 passed")
