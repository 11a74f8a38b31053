# SPDX-License-Identifier: MIT
"""Helpers of the tests: spec texts to outputs, and small changes in a text."""

import functools
import os
import re
import shutil
import sys
from pathlib import Path

import once  # noqa: F401 (what it changes)
from processes import completed
from vwr import ROOT
from vwr.check.tree import check_tree
from vwr.spec import load
from vwr.generate import render

HERE = Path(__file__).parent


def checked(texts):
    """The tree of these texts, which must be without a problem."""
    tree = load.load_texts(texts)
    check_tree(tree)
    assert not tree.problems.count, tree.problems.render("text")
    return tree


@functools.lru_cache(maxsize=2)
def _models(files):
    return {m.name: m for m in checked(dict(files)).models}


def own(name):
    """A description of these tests, in devices/."""
    return (HERE / "devices" / f"{name}.yaml").read_text("utf-8")


def models(texts):
    """Models by name, which nobody changes: of the texts as they are, a test after the other asks for them."""
    return _models(tuple(sorted(texts.items())))


def rendered(texts):
    """{path: text} of all outputs but seeds of fuzzers."""
    return texts_of(render.render_tree(checked(texts))[0])


def texts_of(files):
    """{path: text} of {path: bytes}, without those that are no texts."""
    return {path: raw.decode("utf-8") for path, raw in files.items() if not path.startswith("fuzz/seeds/")}


def called(checkout, *arguments, cwd=None, **environment):
    """
    A verb of a copy of the tools, in an environment that does not point back at this tree or its build folder. What Python
    compiles stays in the copy, and is copied with it.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "VWR_", "PYTHON"))}
    return completed(
        [sys.executable, str(checkout / "codegen"), *arguments], cwd=cwd or checkout, env=kept | environment
    )


def copy_options(copy):
    """The options of the runtime and the rules of the monitor, which the generator reads too."""
    for path in ("runtime/options.yaml", "spec/rules.yaml"):
        (copy / path).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / path, copy / path)


def copy_sources_of_tests(copy):
    """C of tests, which names clauses: a page has those."""
    for path in [*(ROOT / "tests").rglob("*.c"), *(ROOT / "tests").rglob("*.h")]:
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)


def edited(texts, path, old, new):
    """The texts with one place of one file changed."""
    assert texts[path].count(old) == 1, f"{old!r} is in {path} {texts[path].count(old)} times"
    return {**texts, path: texts[path].replace(old, new)}


def unlinked(text):
    """A page's words, without where they lead."""
    return re.sub(r"\[([^][]+)\]\([^()\s]*\)", r"\1", text)


def changed(before, after):
    """Paths of outputs that differ."""
    return {path for path in {**before, **after} if before.get(path) != after.get(path)}


BLK = "spec/device/blk.yaml"
MMIO = "spec/transport/mmio.yaml"
FEATURES = "spec/core/features.yaml"
STATUS = "spec/core/status.yaml"
