# SPDX-License-Identifier: MIT
"""Spec trees for tests: the real one, and the real one with one file put in its place."""

import functools

import once  # noqa: F401 (what it changes)
from vwr import ROOT
from vwr.check.tree import check_tree, checked_tree
from vwr.spec import load


# Everything refers to these; a tiny one in their place is seen with the other core files only.
_REFERRED_TO = ("spec/core/ids.yaml", "spec/core/features.yaml", "spec/core/status.yaml")

# Good enough for tests that need some device file.
DEVICE = """# SPDX-License-Identifier: MIT
kind: device
name: foo
id: CAIF
section: Foo Device
brief: A device for this test.
"""


@functools.cache
def real_texts():
    """{path: bytes} of the spec files of the checkout."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in load.FOLDERS
        for path in sorted((ROOT / "spec" / folder).glob("*.yaml"))
    }


# What a mistake in one file is looked at with: all of the chapters would take a second each time.
_SMALL = (
    "spec/core/ids",
    "spec/core/features",
    "spec/core/status",
    "spec/core/split-ring",
    "spec/core/packed-ring",
    "spec/transport/mmio",
    "spec/device/blk",
)


def small_texts():
    """The core, a transport and a device of the real tree, and the clauses."""
    small = {path: raw for path, raw in real_texts().items() if path.removesuffix(".yaml") in _SMALL}
    return small | {load.CLAUSES: (ROOT / load.CLAUSES).read_bytes()}


def overlay(path, text):
    """Texts of a good tree with `text` at `path`, or without that file if `text` is None."""
    texts = small_texts()
    if text is None:
        del texts[path]
        return texts
    if path in _REFERRED_TO:
        texts = {name: good for name, good in texts.items() if name.startswith(("spec/core/", load.CLAUSES))}
    return texts | {path: text}


def checked(texts):
    """The problems of a tree of texts."""
    tree = load.load_texts(texts)
    check_tree(tree)
    return tree.problems


@functools.cache
def real_tree():
    """The checked tree of the checkout, which takes two seconds: nobody changes it."""
    return checked_tree(ROOT)


def problems_of(body, path="spec/device/foo.yaml", head=DEVICE):
    """The problems of the good tree with a small file in it."""
    return checked(overlay(path, head + body))
