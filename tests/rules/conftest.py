# SPDX-License-Identifier: MIT
"""What the rule tests share. Each rule is a function of a folder: it is run on this tree and on a bad made-up one."""

import pytest


@pytest.fixture
def make(tmp_path):
    """make({path: text}): a small tree; answers its root."""

    def write(files):
        for path, text in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return tmp_path

    return write
