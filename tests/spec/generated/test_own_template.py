# SPDX-License-Identifier: MIT
"""vwr generate --template: docs/templates.md is the page, and what it shows works."""

import functools
import re

import inprocess
import pytest

from vwr import ROOT
from vwr.check import tree
from vwr.model.nodes.files import parts_of
from vwr.model.nodes.values import Node

PAGE = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
checked_tree = functools.cache(tree.checked_tree)
TEMPLATE = re.search(r"<!-- template -->\n```jinja\n(.*?)```", PAGE, re.DOTALL).group(1)


@pytest.fixture(name="generate")
def _generate(monkeypatch):
    """The verb, which writes nothing into this tree, and reads it once for all tests."""
    monkeypatch.setattr(tree, "checked_tree", checked_tree)
    return functools.partial(inprocess.run, "generate")


def keys(node, inside=""):
    """Every key of a model, but for those of `ends`, which our own back ends alone read; fields and features are the spec's names."""
    for key, value in parts_of(node).items():
        if inside not in ("absent_in", "limits", "fields", "ranges") or isinstance(value, (dict, list)):
            yield key
        if key != "ends":
            yield from keys(value, key)
    for item in node if isinstance(node, list) else ():
        yield from keys(item)


def test_the_page_has_every_key():
    shown = set(re.findall(r"`(\w+)`", PAGE))
    used = {key for model in checked_tree(ROOT, None).models for key in keys(model) if key.isidentifier()} | {
        "models"
    }
    assert sorted(used - shown - {"device", "future"}) == []


@pytest.fixture(name="own")
def _own(generate, tmp_path):
    """Runs it with a template; answers the run and the folder."""

    def run(name, text, *more):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return generate("--template", tmp_path / name, "--out", tmp_path / "out", *more), tmp_path / "out"

    return run


def test_one_file_for_each_spec_file(own):
    done, out = own("{stem}.rs.j2", TEMPLATE)
    assert done.returncode == 0, done.stderr
    assert "pub const RO: u32 = 5; // The device is read-only.\n" in (out / "blk.rs").read_text(
        encoding="utf-8"
    )
    assert not (out / "mmio.rs").exists() and not (out / "MANIFEST").exists()


def test_one_file_of_all(own):
    text = "{% import 'macros.j2' as ours with context %}{% for m in models %}{{ m.kind }} {{ m.name }}\n{% endfor %}"
    done, out = own("list.txt.j2", text)
    assert done.returncode == 0, done.stderr
    lines = (out / "list.txt").read_text(encoding="utf-8").splitlines()
    assert "device blk" in lines and "ring packed-ring" in lines
    assert own("list.txt.j2", text, "--version", "1.0")[0].returncode == 0
    assert "ring packed-ring" not in (out / "list.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text, words",
    [
        ("\n{% for %}", ":2: error: "),
        ("a\n\n{{ models[0].nix.more }}", ":3: error: "),
        ("a\n{{ nix }}", ":2: error: 'nix' is undefined"),
        ("{% include 'nix' %}", ": there is no template nix"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_a_mistake_has_its_line(own, text, words):
    done, out = own("x.j2", text)
    assert done.returncode == 1 and not out.exists(), done.stderr
    assert done.stderr.startswith("vwr generate: ") and words in done.stderr
    assert done.stderr.endswith("Next: docs/templates.md has what a template sees\n")


def test_it_needs_a_folder(generate, tmp_path):
    done = generate("--template", tmp_path / "x.j2")
    assert done.returncode == 2 and "--template needs --out" in done.stderr


def places(node):
    """Every place in a model."""
    if isinstance(node, Node) and node.place:
        yield node.place
    for item in (*parts_of(node).values(), *(node if isinstance(node, list) else ())):
        yield from places(item)


def test_what_is_in_the_spec_knows_where():
    models = {model.name: model for model in checked_tree(ROOT, None).models}
    for name, text in (
        ("blk", "name: RO,"),
        ("mmio", "name: QueueSizeMax,"),
        ("status", "set: ACKNOWLEDGE"),
        ("split-ring", "name: desc,"),
        ("split-ring", "name: desc-flags"),
    ):
        source = (ROOT / models[name].path).read_text(encoding="utf-8").splitlines()
        lines = {place.line for place in places(models[name]) if place.file == models[name].path}
        found = [line for line, words in enumerate(source, 1) if text in words]
        assert found and set(found) <= lines, (name, text)
