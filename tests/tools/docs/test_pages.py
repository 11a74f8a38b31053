# SPDX-License-Identifier: MIT
"""Pages of the tree as sources of the site: links, navigation, pictures."""

import re
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest

from vwr import ROOT
from vwr.dist.command import belongs
from vwr.docs import links, navigation
from vwr.docs.build import Sources
from vwr.docs.copies import Copies
from vwr.docs.pages import Pages, tree_pages
from vwr.docs.pictures import bars, life, places, registers, rooms, status, structs


@pytest.fixture(name="root")
def fixture_root(tmp_path):
    """A small tree."""
    for name, text in {
        "README.md": "[docs](docs) [b](docs/b.md#part) [lib](runtime/include/vwr/blk.h) [all](runtime/include/vwr)\n",
        "docs/README.md": "# Docs\n\n## One\n\n| Page | Topic |\n|---|---|\n| [b](b.md) | x |\n| [help](help.txtar) | y |\n",
        "docs/b.md": "[up](../README.md) [c `x](y)`](../spec/c.yaml) `[no](link.md)`\n```sh lang\n[no](link.md)\n```\n",
        "docs/help.txtar": "-- x --\nvwr x: does it.\n",
        "spec/c.yaml": "a: <b>\n",
        "runtime/include/vwr/blk.h": "int a;\n",
        "build/x.md": "[no](nowhere.md)\n",
        ".git/x.md": "[no](nowhere.md)\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_links_lead_to_what_the_site_has(root):
    copies = Copies(root)
    pages = Pages(copies, root)
    assert [str(page) for page in pages.all] == ["README.md", "docs/README.md", "docs/b.md"]
    assert list(pages.lines(PurePosixPath("README.md"))) == [
        "[docs](docs/README.md) [b](docs/b.md#part) [lib](api/blk.rst) [all](api/index.rst)"
    ]
    assert list(pages.lines(PurePosixPath("docs/b.md"))) == [
        '[up](../index.md) <a href="../source/spec/c.yaml.html">c `x](y)`</a> `[no](link.md)`',
        "```sh",
        "[no](link.md)",
        "```",
    ]
    copies.write(root / "out")
    assert "<pre>a: &lt;b&gt;\n</pre>" in (root / "out/source/spec/c.yaml.html").read_text(encoding="utf-8")


def test_navigation_is_the_page_of_pages(root):
    lines = list(Pages(Copies(root), root).lines(navigation.INDEX))
    assert navigation.sections(lines) == {"One": ["b.md", "../manuals/index.rst"]}


def test_every_page_of_ours_has_its_place():
    pages = tree_pages()
    assert len(pages) > 150
    lines = list(Pages(Copies()).lines(navigation.INDEX))
    sections = navigation.sections(lines)
    assert len(sections) == 6 and all(len(rows) > 4 for rows in sections.values())
    named = {PurePosixPath("docs", row) for rows in sections.values() for row in rows}
    missing = [page for page in (ROOT / "docs").glob("*.md") if PurePosixPath("docs", page.name) not in named]
    assert [page.name for page in missing] == ["README.md"]


def lacks_clone(line):
    """Does a row link to what no source archive has, and not say that it needs a clone?"""
    targets = re.findall(r"\]\(\.\./([^)#]+)\)", line)
    return not all(map(belongs, targets)) and "in a clone" not in line


def test_rows_of_the_index_say_that_they_need_a_clone():
    lines = (ROOT / "docs/README.md").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if lacks_clone(line)]
    assert lacks_clone("| [tests](../tests/README.md) | x |")
    assert not lacks_clone(
        "| [tests](../tests/README.md) | x; in a clone |\n| [spec](../spec/README.md) | y |"
    )


def test_pictures_are_copied(tmp_path):
    copies = Copies()
    line, _ = [line for line in Pages(copies).lines(PurePosixPath("README.md")) if "<img" in line]
    alt = "The demo&#x27;s screen: &quot;Virtwright, bare metal on packed rings&quot; above hills at sunset"
    assert f'<img src="source/docs/demo.png" alt="{alt}">' in line
    copies.write(tmp_path)
    copied = tmp_path / "source/docs/demo.png"
    assert copied.read_bytes() == (ROOT / "docs/demo.png").read_bytes()


def test_dead_links_are_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<p id="here"><a href="#here"><a href="#gone"><a href="b.html"><a href="c.html">'
        '<a href="https://x/"><img src="../a.png"><a href="a%2ehtml">',
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text('<a href="a.html#here"><a href="a.html#there">', encoding="utf-8")
    assert links.check(tmp_path) == (
        8,
        ["a.html: #gone", "a.html: c.html", "a.html: ../a.png", "b.html: a.html#there"],
    )


def shapes(lines):
    """The picture in these lines, which is XML, and whose text stays inside."""
    text = next(line for line in lines if line.startswith("<figure"))
    svg = ElementTree.fromstring(text)[0]
    width, height = (float(number) for number in svg.get("viewBox").split()[2:])
    for shape in svg.iter():
        if shape.get("x") is not None:
            assert (
                -1 <= float(shape.get("x")) <= width and -1 <= float(shape.get("y")) <= height
            ), shape.attrib
            assert float(shape.get("x")) + float(shape.get("width", 0)) <= width + 1
    return svg


def texts(svg):
    return [one.text for one in svg.iter("text")]


def test_pictures_are_of_the_description():
    assert "QueueDriverHigh" in texts(shapes(registers.picture(places.files()["mmio"])))
    event = next(one for one in places.files()["input"]["structs"] if one["name"] == "event")
    assert texts(shapes(structs.picture(event))) == [*"01234567", "0", "type", "code", "value"]
    assert len(bars.charts()) > 5
    for chart in bars.charts():
        assert "Virtwright, at most" in texts(shapes(bars.picture(chart)))
    assert "docs/" in texts(shapes(rooms.picture()))


def test_a_structure_is_whole():
    """Each byte has its box, whatever the form of the field."""
    fields = [
        {"name": "a", "offset": 0, "size": 3},
        {"name": "b", "offset": 4, "size": 8},
        {"name": "in_b", "offset": 6, "size": 2},
        {"name": "long", "offset": 12, "size": 37},
    ]
    assert structs.rows(fields, 50) == [
        (0, [(0, 3, "a"), (3, 1, ""), (4, 4, "b")]),
        (8, [(0, 4, "…"), (4, 4, "…")]),
        (16, [(0, 8, "long: 37 bytes")]),
        (48, [(0, 1, "…"), (1, 1, "")]),
    ]


def test_every_structure_of_a_fixed_form_has_a_picture():
    count = 0
    for file in places.files().values():
        for struct in file.get("structs", []):
            if picture := structs.picture(struct):
                shapes(picture)
                count += 1
    assert count > 200


def test_states_are_those_of_the_page():
    page = (ROOT / "generated/docs/status.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```mermaid\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        found = " ".join(texts(shapes(status.picture(block.splitlines()))))
        for step in re.findall(r"--> \w+ : (\w+ \w+ \w+)", block):
            assert step in found


def test_the_life_of_a_chain_names_calls_that_there_are():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "runtime/include/vwr").glob("*.h"))
    for _, _, call in life.STEPS:
        assert f"{call}(" in text, call
    shapes(life.picture())


def test_each_picture_stands_somewhere():
    for page, heading in places.BELOW:
        lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
        assert lines.count(heading) == 1, (page, heading)


def test_sources_are_written_and_old_ones_go(tmp_path):
    (tmp_path / "old.rst").write_text("Old\n===\n", encoding="utf-8")
    Sources(tmp_path).write()
    assert not (tmp_path / "old.rst").exists()
    for name in ("index.md", "api/blk.rst", "manuals/vwr-embed.rst", "generated/docs/blk.md", "conf.py"):
        assert (tmp_path / name).is_file(), name
    assert ":hidden:" in (tmp_path / "index.md").read_text(encoding="utf-8")
