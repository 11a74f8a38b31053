# SPDX-License-Identifier: MIT
"""The paths that a page names are there."""

import re

import pytest

from tree import ROOT, files, read


def dead_links(root, page):
    """Relative links of a page that lead nowhere; what is between fences or backquotes is no link."""
    text = re.sub(r"^ *```.*?^ *```$|`[^`\n]*`", "", read(root, page), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    return [target for target in targets if not (root / page).parent.joinpath(target).exists()]


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
