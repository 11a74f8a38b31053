# SPDX-License-Identifier: MIT
"""The index of the tree: the same items as without it, whatever has happened to it."""

import marshal
import os

import pytest

from vwr import ROOT
from vwr.c import index
from vwr.c.items import items, without_guard

HEADER = ROOT / "runtime" / "include" / "vwr" / "queue.h"


@pytest.fixture(autouse=True)
def build(tmp_path, monkeypatch):
    """A build folder of the test's own."""
    monkeypatch.setattr(index, "folder", lambda: tmp_path)
    return tmp_path


def plain(found):
    """What items consist of."""
    return [(one.kind, one.name, one.text, one.static, one.paragraph, one.refs, one.at) for one in found]


def kept(path=HEADER):
    """An index that has read a file and was kept; its items."""
    opened = index.Index()
    found = opened.items(path)
    opened.keep()
    return found


def test_an_index_has_the_items_of_the_text(build):
    """First, from the file that was kept, and after an item was changed, which is the caller's alone."""
    expected = plain(items(without_guard(HEADER.read_text(encoding="utf-8"))))
    found = kept()
    assert plain(found) == expected and {one.origin for one in found} == {"queue.h"}
    again = index.Index()
    assert [*again.rows] == ["runtime/include/vwr/queue.h"] and plain(again.items(HEADER)) == expected
    again.items(HEADER)[5].changed("int changed;\n")
    assert plain(again.items(HEADER)) == expected and not again.fresh


def test_what_was_kept_is_used_for_the_same_text_only(build, monkeypatch, tmp_path):
    """A file that has changed, and another version of the reader, are read again."""
    monkeypatch.setattr(index, "ROOT", tmp_path)
    source = tmp_path / "vwr_one.c"
    source.write_text("int one;\n", encoding="utf-8")
    assert [one.name for one in kept(source)] == ["one"]
    source.write_text("int two;\n", encoding="utf-8")
    assert [one.name for one in kept(source)] == ["two"]
    reader, rows = marshal.loads((build / "c.index").read_bytes())
    digest, (row,) = rows["vwr_one.c"]
    for version, name in ((reader, "kept"), (b"another", "two")):
        (build / "c.index").write_bytes(
            marshal.dumps((version, {"vwr_one.c": (digest, [(row[0], row[1], "kept", *row[3:])])}))
        )
        assert [one.name for one in index.Index().items(source)] == [name]


@pytest.mark.parametrize("content", [b"", b"\0", b"no index", marshal.dumps(1), marshal.dumps((1, 2, 3))])
def test_a_broken_index_is_none(build, content):
    (build / "c.index").write_bytes(content)
    assert plain(kept()) == plain(items(without_guard(HEADER.read_text(encoding="utf-8"))))
    assert [*index.Index().rows] == ["runtime/include/vwr/queue.h"]


def test_nothing_is_kept_without_a_folder(build, monkeypatch):
    monkeypatch.setattr(index, "folder", lambda: build / "none")
    assert kept() and not (build / "none").exists() and not os.listdir(build)


def test_a_file_outside_of_the_tree_is_not_kept(build, tmp_path):
    source = tmp_path / "vwr_own.c"
    source.write_text("int own;\n", encoding="utf-8")
    assert [one.name for one in kept(source)] == ["own"] and not (build / "c.index").exists()
