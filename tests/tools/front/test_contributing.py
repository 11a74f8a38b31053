# SPDX-License-Identifier: MIT
"""CONTRIBUTING.md, word for word: its commands in a copy of the tree add a feature bit and a test of it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def test_contributing(copy):
    if any(shutil.which(tool) is None for tool in ("cmake", "ctest", "gcc", "git")):
        pytest.skip("no cmake, ctest, gcc or git here")
    commands = re.findall(r"^```sh\n(.*?)^```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(commands) == 3
    for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", *words], cwd=copy, check=True)  # for ./vwr diff
    environment = {name: value for name, value in os.environ.items() if name not in ("VWR_BUILD", "VWR_BUILD_DIR")}
    done = subprocess.run(["sh", "-e"], input="\n".join(commands), cwd=copy, text=True, capture_output=True, check=False,
                          env={**environment, "VWR_NO_INSTALL": "1"})
    if done.returncode and "VWR_NO_INSTALL=1" in done.stderr:
        pytest.skip("packages are missing here: " + done.stdout[-300:])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "VIRTIO_BLK_F_WARM" in done.stdout or "WARM" in done.stdout
    assert re.search(r"unit\.warm \.+ +Passed", done.stdout) and "100% tests passed" in done.stdout
