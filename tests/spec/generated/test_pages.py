# SPDX-License-Identifier: MIT
"""The reference pages as a reader has them: links lead somewhere, pictures of bits are as wide as the tables say."""

import re

import pytest

from vwr import ROOT
from vwr.generate.page_text import anchor, picture
from vwr.model.nodes.values import Bits

DOCS = ROOT / "generated" / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"\[[^][]+\]\(([^()\s]+)\)")


def headings(text):
    """The anchors of a page, as GitHub makes them: a second heading of the same words has -1."""
    found = {}
    for heading in re.findall(
        r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    ):
        name = anchor(heading.replace("`", ""))
        found[name] = found.get(name, -1) + 1
    return {
        name + (f"-{number}" if number else "") for name, last in found.items() for number in range(last + 1)
    }


def dead_links(page, text):
    """What leads nowhere."""
    found = []
    for target in LINK.findall(text):
        path, _, heading = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        if (
            not place.exists()
            or heading
            and "#" + heading not in headings(text if place == page else place.read_text("utf-8"))
        ):
            found.append(target)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_links_lead_somewhere(page):
    text = page.read_text("utf-8")
    assert dead_links(page, text) == []
    assert len(headings(text)) >= 1


def test_a_dead_link_is_seen():
    assert dead_links(
        DOCS / "gpu.md",
        "[a](gone.md) [b](#nothing) [c](features.md#gone) [d](features.md)\n# What\n[e](#what)",
    ) == ["gone.md", "#nothing", "features.md#gone"]


def test_the_index_has_each_page():
    index = (DOCS / "README.md").read_text("utf-8")
    assert {(DOCS / target).resolve() for target in LINK.findall(index) if target.endswith(".md")} >= {
        page for page in PAGES if page.name != "README.md"
    }


def test_types_gates_values_and_parts_are_linked(files):
    blk, mmio = files["docs/blk.md"], files["docs/mmio.md"]
    assert "Only with [NOTIFICATION_DATA](features.md)." in mmio
    assert "| [DISCARD](#features) |" in blk and "[OK](#values-of-status)" in blk
    assert (
        "[req_out](#struct-req_out), ranges: [discard_write_zeroes](#struct-virtio_blk_discard_write_zeroes)[]"
        in blk
    )


def _bits(name, shift, width):
    return Bits(
        place=None,
        name=name,
        c="",
        shift=shift,
        width=width,
        mask="",
        if_text=None,
        enum=None,
        brief="",
        remark="",
    )


def test_a_picture():
    assert picture([_bits("index", 0, 15), _bits("wrap", 15, 1)], 16).splitlines() == [
        "```text",
        "   15    14…0",
        "+------+-------+",
        "| wrap | index |",
        "+------+-------+",
        "```",
    ]
    assert "| a |     |" in picture([_bits("a", 7, 1)], 8) and picture([], 8) == ""
    assert picture([_bits("a", 0, 2), _bits("b", 1, 2)], 8) == "", "parts that overlap"
    rows = picture([_bits(f"a_long_name_of_a_bit_{at}", at, 1) for at in range(8)], 8).splitlines()
    assert max(map(len, rows)) <= 102 and len([row for row in rows if row.startswith("|")]) == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_tables_have_as_many_cells_as_heads(page):
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert (
            len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
        ), table.splitlines()[0]


def test_clauses_stand_at_their_rows(files):
    """Each of the table at the foot of a page that is of a register, too."""
    page = files["docs/mmio.md"]
    assert re.search(
        r"^\| 0x000 \| MagicValue .* Clauses: \[mmio\.dev\.1\]\(#clauses\)\. \|$", page, re.MULTILINE
    )
