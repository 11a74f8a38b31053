# SPDX-License-Identifier: MIT
"""docs/threats.md: each line about somebody who is not trusted names tests, and each test that it names is there and runs."""

import re

import pytest

from tree import ROOT, read

PAGE = "docs/threats.md"
LINK = re.compile(r"\[([\w.]+)\]\(\.\./((?:tests|classes)/[^)#]+)\)")


def registered(name, path, text):
    """Does the file have a test of this name that is run? In C a function or a row alone is none: it is in a list."""
    if path.suffix == ".py":
        return bool(re.search(rf"^def {name}\(", text, re.MULTILINE))
    if path.name == "CMakeLists.txt":
        names = re.findall(r"vwr_add_test\(([\w.${}]+) ", text)
        return any(re.fullmatch(re.sub(r"\\\$\\\{\w+\\\}", r"(\\w+)", re.escape(one)), name) for one in names)
    row = rf'\{{"{name}",|format_add\(&?\w+, "{name}",'
    if path.parts[0] == "classes":
        return bool(re.search(rf'(?:LIE\(|\b[A-Z]+\(\w+\) |\{{)"{name}",', text))
    macro = rf"\b(?!void\b)(?:[A-Z_]+|cmocka_unit_test)\({name}[,)]"
    return bool(re.search(f"{row}|{macro}", text))


def is_built(root, path):
    """Is a C file one that its tier's CMakeLists.txt knows of?"""
    if path.suffix != ".c":
        return True
    group = re.sub("^test_|_shapes$", "", path.stem)
    taken = "tests/unit/driver" if path.parts[0] == "classes" else path.parent
    return bool(re.search(rf"\b{group}\b", read(root, f"{taken}/CMakeLists.txt")))


def missing_tests(root):
    """Tests that the page names and that are not there."""
    found = []
    for name, target in LINK.findall(read(root, PAGE)):
        path = (root / target).relative_to(root)
        if not (root / path).is_file():
            found.append(f"{target}: no such file")
        elif not registered(name, path, read(root, path)):
            found.append(f"{target}: has no test {name}")
        elif not is_built(root, path):
            found.append(f"{target}: is not built")
    return found


def lines_without_test(root):
    """Rows about those who are not trusted that name no test."""
    found = []
    for part in re.split(r"^## ", read(root, PAGE), flags=re.MULTILINE):
        if part.startswith("Not trusted"):
            rows = re.findall(r"^\|(?!---)(.*)\|$", part, re.MULTILINE)[1:]
            found += [row.split("|")[0].strip() for row in rows if not LINK.search(row)]
    return found


def test_each_named_test_exists():
    assert not missing_tests(ROOT)
    assert len(LINK.findall(read(ROOT, PAGE))) > 60


def test_each_line_names_a_test():
    assert not lines_without_test(ROOT)


TESTS = """
static void one(void **state) {}
static void two(void **state) {}
    {"three", one},
    format_add(&tests, "four", one, NULL, &all);
    ADD(one, all);
"""


@pytest.mark.parametrize("name", ["one", "three", "four"])
def test_tests_are_recognised(make, name):
    root = make(
        {
            PAGE: f"[{name}](../tests/u/test_a.c)",
            "tests/u/test_a.c": TESTS,
            "tests/u/CMakeLists.txt": "set(g a)",
        }
    )
    assert not missing_tests(root)


def test_what_is_missing_is_found(make):
    page = (
        "## Not trusted: x\n\n| what | tests |\n|---|---|\n| lies | none |\n| b | [two](../tests/u/test_a.c) |\n"
        "| c | [two](../tests/none.c) [five](../tests/u/test_b.py) [one](../tests/u/test_c.c) |\n"
    )
    root = make(
        {
            PAGE: page,
            "tests/u/test_a.c": TESTS,
            "tests/u/test_b.py": "def test_one():\n    five = 1\n",
            "tests/u/test_c.c": TESTS,
            "tests/u/CMakeLists.txt": "set(g a)",
        }
    )
    assert lines_without_test(root) == ["lies"]
    assert missing_tests(root) == [
        "tests/u/test_a.c: has no test two",
        "tests/none.c: no such file",
        "tests/u/test_b.py: has no test five",
        "tests/u/test_c.c: is not built",
    ]
