# SPDX-License-Identifier: MIT
"""What the YAML may leave out: sizes that the fields add up to, sections that are the file's. The same is made of it."""

import re

import pytest
from gen_help import BLK, ROOT, changed, edited, rendered

SIZE = re.compile(r"^ {2,4}size: [0-9a-fx]+\n", re.MULTILINE)
ALL = [
    "spec/clauses.json",
    "runtime/options.yaml",
    *(path.relative_to(ROOT).as_posix() for path in (ROOT / "spec").rglob("*.yaml")),
]


@pytest.fixture(scope="module")
def everything():
    """All texts of the description."""
    return {path: (ROOT / path).read_text("utf-8") for path in ALL}


def test_without_sizes(everything):
    less = {path: SIZE.sub("", text) for path, text in everything.items()}
    assert sum(len(SIZE.findall(text)) for text in everything.values()) > 250
    assert changed(rendered(everything), rendered(less)) == set()


def test_without_the_section_of_the_file(texts):
    """A section that is the file's, said again or not; of another file it is another."""
    section = "config:\n  section: Block Device / Device configuration layout\n"
    again, less = (
        edited(texts, BLK, section, text) for text in ("config:\n  section: Block Device\n", "config:\n")
    )
    assert changed(rendered(again), rendered(less)) == set()
    assert {"docs/blk.md", "include/vwr/gen/blk.h"} <= changed(rendered(texts), rendered(less))
