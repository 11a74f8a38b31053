# SPDX-License-Identifier: MIT
"""CONTRIBUTING.md, word for word: its commands in a copy of the tree add a feature bit and a test of it."""

import os
import re
import sys
from pathlib import Path


from processes import need, output
from vwr import ROOT


def test_contributing(copy):
    need("git")
    commands = re.findall(
        r"^```sh\n(.*?)^```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(commands) == 2
    for words in (
        ["init", "-q"],
        ["add", "spec"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        output(["git", *words], cwd=copy)  # for ./vwr diff
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # the python3 that has pytest
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("VWR_") and name != "PYTHONPATH"
    }
    said = output(
        ["sh", "-e"],
        input="\n".join(commands),
        cwd=copy,
        env={**environment, "PATH": path, "VWR_NO_INSTALL": "1"},
    )
    assert "WARM" in said
    assert said.rstrip().splitlines()[-1].startswith("1 passed")
