# SPDX-License-Identifier: MIT
"""Produces the symptom of each row, and checks that its command prints the words on the page."""

import pytest

import page
import rows

PAGE = {row.name: row for row in page.rows(page.PAGE.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name, maker", rows.MAKERS, ids=[name for name, _ in rows.MAKERS])
def test_row(name, maker, work):
    assert name in PAGE, "docs/dead-device.md has no such row"
    said = maker(name, work)
    assert not page.missing(PAGE[name], said), said
