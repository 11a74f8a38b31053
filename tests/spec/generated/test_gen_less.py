# SPDX-License-Identifier: MIT
"""What the YAML may leave out: sections that are the file's. The same is made of it."""

from gen_help import BLK, changed, edited, rendered


def test_without_the_section_of_the_file(texts):
    """A section that is the file's, said again or not; of another file it is another."""
    section = "config:\n  section: Block Device / Device configuration layout\n"
    again, less = (
        edited(texts, BLK, section, text) for text in ("config:\n  section: Block Device\n", "config:\n")
    )
    assert changed(rendered(again), rendered(less)) == set()
    assert {"docs/blk.md", "include/vwr/gen/blk.h"} <= changed(rendered(texts), rendered(less))
