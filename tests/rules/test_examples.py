# SPDX-License-Identifier: MIT
"""What the README shows works: its C blocks compile as they stand, and the paths that it names are there."""

import re
import shutil
import subprocess

import pytest

from test_names import INCLUDE
from tree import ROOT

PROSE = ["README.md", "runtime/README.md", "codegen/README.md", "spec/README.md", "tests/README.md", "bench/README.md",
         "explain/README.md", "lint/README.md", "embed/README.md"]


def c_blocks(text):
    """The blocks of a Markdown text that say they are C."""
    return re.findall(r"^```c\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def dead_links(root, page):
    """Relative links of a page that lead nowhere."""
    targets = re.findall(r"\]\(([^)#:]+)\)", (root / page).read_text(encoding="utf-8"))
    return [target for target in targets if not (root / page).parent.joinpath(target).exists()]


def complaint(source):
    """What the compiler says against a piece of C, '' if nothing."""
    done = subprocess.run(["gcc", "-xc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-Wno-missing-prototypes",
                           "-fsyntax-only", "-", *(f"-I{ROOT / path}" for path in INCLUDE)],
                          input=source, text=True, capture_output=True, check=False)
    return done.stderr if done.returncode else ""


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no gcc here")
def test_blocks_of_the_readme_compile():
    blocks = c_blocks((ROOT / "README.md").read_text(encoding="utf-8"))
    assert blocks
    assert not [text for text in map(complaint, blocks) if text]


@pytest.mark.parametrize("page", PROSE)
def test_links_lead_somewhere(page):
    assert not dead_links(ROOT, page)


def test_bad_examples_are_found(make):
    root = make({"README.md": "[a](nowhere.md) [b](there.md) [c](https://x)\n```c\nint a\n```\n", "there.md": "\n"})
    assert dead_links(root, "README.md") == ["nowhere.md"]
    assert complaint(c_blocks((root / "README.md").read_text(encoding="utf-8"))[0])
