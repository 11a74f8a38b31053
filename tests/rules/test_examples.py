# SPDX-License-Identifier: MIT
"""The paths that a page names are there, and the files that the table of a README lists."""

import re

import pytest

from tree import ROOT, files, read


def dead_links(root, page):
    """Relative links of a page that lead nowhere; what is between fences or backquotes is no link."""
    text = re.sub(r"^ *```.*?^ *```$|`[^`\n]*`", "", read(root, page), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    return [target for target in targets if not (root / page).parent.joinpath(target).exists()]


def missing_files(root, page):
    """Names of sources in the first column of a README's tables that are nowhere below its folder."""
    rows = re.findall(r"^\|([^|]*)\|", read(root, page), re.MULTILINE)
    names = [
        name for row in rows for name in re.findall(r"`([a-z0-9_]+\.(?:c|h|py|S|ld|sh|yaml|txtar))`", row)
    ]
    return [name for name in names if not any((root / page).parent.rglob(name))]


@pytest.mark.parametrize("page", files(ROOT, "*README.md"), ids=str)
def test_listed_files_are_there(page):
    assert not missing_files(ROOT, page)


def test_missing_files_are_found(make):
    table = "| file | what |\n|---|---|\n| `a.c`, `gone.c` | `other.c` |\n| `NAME_b.py` | x |\n"
    root = make({"x/README.md": table, "x/y/a.c": "\n"})
    assert missing_files(root, "x/README.md") == ["gone.c"]


@pytest.mark.parametrize("page", files(ROOT, "*.md"), ids=str)
def test_links_lead_somewhere(page):
    assert not dead_links(ROOT, page)


def test_dead_links_are_found(make):
    root = make(
        {
            "README.md": "[a](nowhere.md) [b](there.md) [c](https://x) [d](gone.md#part) `[e](f)`\n",
            "there.md": "\n",
        }
    )
    assert dead_links(root, "README.md") == ["nowhere.md", "gone.md"]
