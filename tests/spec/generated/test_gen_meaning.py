# SPDX-License-Identifier: MIT
"""What the description means: rows that were once wrong, each with what the specification says, as generated/ has them."""

import importlib
import re
from pathlib import Path

import pytest
import yaml

from gen_help import unlinked
from vwr import ROOT

GENERATED = ROOT / "generated"
H = "include/vwr/gen/"

ROWS = yaml.safe_load(Path(__file__).with_name("meaning.yaml").read_text("utf-8"))


@pytest.mark.parametrize("what", ROWS)
def test_meaning(what):
    path, there, gone = (ROWS[what].get(key) for key in ("file", "there", "gone"))
    text = re.sub(r"[ \n]+(?:\* )?", " ", (GENERATED / path).read_text("utf-8"))
    if path.endswith(".md"):  # a pattern stays in its line there
        text = unlinked(re.sub(r"[ ]+", " ", (GENERATED / path).read_text("utf-8")))
    assert re.search(there, text), f"not in {path}"
    assert not (gone and re.search(gone, text)), f"still in {path}"


def test_66_pci_in_c():
    text = (GENERATED / H / "pci.h").read_text("utf-8")
    assert "for a split ring, bits 0 to 14" in re.sub(r"\s+", " ", text)


def test_17_the_package_has_every_file(monkeypatch):
    monkeypatch.syspath_prepend(str(GENERATED / "python"))
    package = importlib.import_module("virtwright")
    assert Path(package.__file__).parent == GENERATED / "python/virtwright"
    assert list(package.spec()) == list(package.NAMES) and {"9p", "split-ring"} < set(package.NAMES)
