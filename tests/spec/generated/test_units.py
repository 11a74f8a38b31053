# SPDX-License-Identifier: MIT
"""What is kept from one run of the generator to the next is taken only where all that it comes from is the same."""

import json
import shutil

import pytest

from folders import edit
from gen_help import BLK, FEATURES, MMIO
from vwr.generate import units
from vwr.generate.named import NOTHING
from vwr.spec import load

KEPT = "build/generated"
DATA = "generated/virtwright.json"


def _outputs(checkout):
    """{path: bytes} of generated/."""
    return {
        path.relative_to(checkout): path.read_bytes()
        for path in (checkout / "generated").rglob("*")
        if path.is_file()
    }


def _kept(checkout):
    return {path.name: path.read_bytes() for path in (checkout / KEPT).glob("*.json")}


def _keys(checkout):
    """{name: key} of the units of this checkout."""
    texts, unreadable = load.read_texts(checkout)
    assert not unreadable
    return {unit.name: unit.key for unit in units.units(texts, NOTHING)}


def _made_afresh(checkout, vwr):
    """What the generator makes that knows nothing."""
    shutil.rmtree(checkout / KEPT)
    shutil.rmtree(checkout / "generated")
    assert vwr("generate").returncode == 0
    return _outputs(checkout)


def _age(checkout):
    """Makes all that is kept look old, so that one sees what is written again."""
    for path in (checkout / KEPT).glob("*.json"):
        path.write_bytes(path.read_bytes())
    return {path.name: path.stat().st_mtime_ns for path in (checkout / KEPT).glob("*.json")}


def _made_again(checkout, before):
    return {
        path.name for path in (checkout / KEPT).glob("*.json") if path.stat().st_mtime_ns != before[path.name]
    }


@pytest.mark.parametrize(
    "path, old, new, again",
    [
        (BLK, "The device is read-only.", "Nobody writes.", {"device.blk.json", "all.json"}),
        (
            MMIO,
            "kind: registers",
            "# a comment\nkind: registers",
            {"transport.mmio.json", "core.json", "all.json"},
        ),
        ("runtime/options.yaml", "packed rings as well", "packed rings as much", {"all.json"}),
        ("spec/rules.yaml", "it cleared bits", "it dropped bits", {"none.json", "all.json"}),
        (FEATURES, "Virtqueues have the packed layout.", "Rings are packed.", None),
        ("codegen/templates/md.j2", "## Messages", "## What travels", None),
        ("codegen/vwr/generate/fill.py", "WIDTH = 120", "WIDTH = 110", None),
        ("codegen/vwr/grammar/words.py", "Unit of the number.", "Unit of it.", None),
        ("spec/clauses.json", '"section": "', '"section": "On ', None),
    ],
)
def test_a_change_changes_keys(checkout, monkeypatch, path, old, new, again):
    """again: the units that know of the file; None: all of them."""
    monkeypatch.setattr(units, "ROOT", checkout)
    before = _keys(checkout)
    assert _keys(checkout) == before
    edit(checkout / path, old, new)
    after = _keys(checkout)
    assert {f"{name}.json" for name in before if after[name] != before[name]} == (
        again or {f"{name}.json" for name in before}
    )


@pytest.mark.parametrize(
    "path, old, new, again",
    [
        (BLK, "The device is read-only.", "Nobody writes.", {"device.blk.json", "all.json"}),
        pytest.param(
            "codegen/templates/md.j2",
            "## Messages",
            "## What travels",
            None,
            marks=pytest.mark.soak("test_a_change_changes_keys has the keys of this change"),
        ),
    ],
)
def test_what_has_another_key_is_made_and_nothing_else(checkout, vwr, path, old, new, again):
    before = _age(checkout)
    edit(checkout / path, old, new)
    assert vwr("generate").returncode == 0
    assert _made_again(checkout, before) == (again or set(before))
    assert vwr("check").returncode == 0
    assert _outputs(checkout) == _made_afresh(checkout, vwr)


def test_where_nothing_changed_nothing_is_made(checkout, vwr):
    before = _age(checkout)
    assert vwr("check").returncode == 0 and vwr("generate").returncode == 0
    assert not _made_again(checkout, before)


@pytest.mark.parametrize(
    "what",
    [
        "a bit",
        "another unit's",
        "no file",
        *(
            pytest.param(what, marks=pytest.mark.soak("a bit: the digest is of another text"))
            for what in ("an end", "no text")
        ),
    ],
)
def test_what_is_damaged_is_not_taken(checkout, vwr, what):
    right, place = _outputs(checkout), checkout / KEPT / "device.blk.json"
    raw = place.read_bytes()
    assert raw.count(b"The device is read-only.") == 1  # goes into virtwright.json
    made = {
        "a bit": raw.replace(b"The device is read-only.", b"Device is read-onlx."),
        "an end": raw[:-200],
        "no text": b"\xff",
        "another unit's": (checkout / KEPT / "transport.mmio.json").read_bytes(),
    }
    place.unlink()
    if what in made:
        place.write_bytes(made[what])
    else:
        place.mkdir()
    (checkout / DATA).unlink()  # is made of what is kept
    assert vwr("generate").returncode == 0
    assert _outputs(checkout) == right


@pytest.mark.soak("its key is another: test_a_change_changes_keys, and another unit's in place of one")
def test_what_is_older_is_not_taken(checkout, vwr):
    old, outputs = _kept(checkout), _outputs(checkout)
    edit(checkout / BLK, "The device is read-only.", "Nobody writes.")
    assert vwr("generate").returncode == 0
    right = _outputs(checkout)
    assert right != outputs
    for name, raw in old.items():
        (checkout / KEPT / name).write_bytes(raw)
    for path, raw in outputs.items():
        (checkout / path).write_bytes(raw)
    assert vwr("check").returncode == 1 and vwr("generate").returncode == 0
    assert _outputs(checkout) == right


def test_an_output_that_somebody_changed_is_found(checkout, vwr):
    right = _outputs(checkout)
    edit(checkout / "generated/docs/blk.md", "read-only", "read only")
    assert "generated/docs/blk.md:" in vwr("check").stdout
    assert vwr("generate").stdout.startswith("changed  docs/blk.md\n") and _outputs(checkout) == right


def test_nothing_wrong_is_kept(checkout, vwr):
    """Alone each file is right: what is wrong in two of them is seen although nothing is known to be wrong in one."""
    other = (checkout / BLK).read_text("utf-8").replace("name: blk\n", "name: disk\n", 1)
    (checkout / BLK.replace("blk", "disk")).write_text(other, "utf-8")
    run = vwr("check")
    assert run.returncode == 1 and "VWR-C023" in run.stdout
    assert run.stdout == vwr("check").stdout
    assert not any(
        "disk" in json.dumps([row[0] for row in json.loads(raw.partition(b"\n")[2])["outputs"]])
        for name, raw in _kept(checkout).items()
        if name == "all.json"
    )


def test_a_folder_that_cannot_be_written_to_costs_time_only(checkout, vwr):
    right = _outputs(checkout)
    shutil.rmtree(checkout / "build")
    (checkout / "build").write_text("")
    assert vwr("generate").returncode == 0
    assert _outputs(checkout) == right
