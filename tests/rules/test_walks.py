# SPDX-License-Identifier: MIT
"""The walks of runtime/README.md, a function a line: each is in the file whose number it has."""

import re

import pytest
from tree import ROOT, files, read

LINE = re.compile(r"^ +(\w+) +(\d+)(?: +(.*))?$")
CALLED = re.compile(r"^ +\w+->\w+ ")  # by a pointer: it is somebody else's
NAMED = re.compile(r"(?:one line of )?((?:vwr/)?\w+\.[ch])\b")


def walks(text):
    """[[(function, number of its file, what is said)]] of the blocks that are walks."""
    texts = re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    blocks = [[LINE.match(line) for line in text.splitlines() if not CALLED.match(line)] for text in texts]
    return [[(m[1], int(m[2]), m[3] or "") for m in block if m] for block in blocks if block and all(block)]


def files_of(walk):
    """{number: name}, which is said where the walk comes to a file first."""
    names = {}
    for function, number, said in walk:
        if number not in names:
            assert number == len(names) + 1, f"{function}: {number} is not the next number"
            assert NAMED.match(said), f"{function}: the file of {number} is not said"
            names[number] = NAMED.match(said)[1]
    return names


def defined(root, name):
    """The text of the file of that name: one file has it."""
    found = [
        path
        for path in files(root, "runtime/**/*.[ch]", "generated/service/*.c")
        if path.as_posix().endswith("/" + name)
    ]
    assert len(found) == 1, f"{name}: {found}"
    return read(root, found[0])


WALKS = walks((ROOT / "runtime/README.md").read_text(encoding="utf-8"))


def test_there_are_walks():
    assert [walk[0][0] for walk in WALKS] == ["vwr_blk_submit"] + 3 * ["vwr_vm_access"]


@pytest.mark.parametrize("walk", WALKS, ids=[walk[-1][0] for walk in WALKS])
def test_a_walk(walk):
    names = files_of(walk)
    for function, number, _ in walk:
        assert re.search(
            rf"^[A-Za-z].*\b{function}\(", defined(ROOT, names[number]), re.MULTILINE
        ), f"{function} is not in {names[number]}"


@pytest.mark.parametrize(
    "text, said",
    [
        ("```\n a  1  vwr_a.c\n   b  3  vwr_b.c\n```\n", "not the next number"),
        ("```\n a  1  vwr_a.c\n   b  2  more of it\n```\n", "the file of 2 is not said"),
    ],
)
def test_what_a_walk_must_say(text, said):
    with pytest.raises(AssertionError, match=said):
        files_of(walks(text)[0])
