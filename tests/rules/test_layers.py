# SPDX-License-Identifier: MIT
"""
Layers of files. A README that claims them has tables whose first column is `layer` and whose second one names the files,
top to bottom: a file calls functions of files in rows below it only. The calls are those in the object files, so a
function that is passed as a hook counts where its address is taken.
"""

import re

import pytest
from objects import compiled, defined, uses
from processes import need
from tree import ROOT, files, read

NAMES = re.compile(r"`(\w+\.c)`")


def tables(text):
    """Tables of layers: [[files of a row]]."""
    found = re.findall(r"^\| layer \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    return [[NAMES.findall(row.split("|")[2]) for row in table.splitlines()] for table in found]


def folders(root):
    """{folder: its tables}."""
    pages = [path for path in files(root, "*/README.md") if path.parts[0] != "tests"]
    found = {path.parent: tables(read(root, path)) for path in pages}
    return {folder: each for folder, each in found.items() if each}


def listed(root, folder, claims):
    """Files that no table has, and names without a file."""
    there = {path.name for path in files(root, f"{folder}/*.c") if path.parent == folder}
    named = {name for table in claims for row in table for name in row}
    return [f"{folder}/{name}: in no table of layers" for name in sorted(there - named)] + [
        f"{folder}/README.md: there is no {name}" for name in sorted(named - there)
    ]


def calls(root, folder, names, work):
    """{(file, function, file of another, function of another)} between these files."""
    objects = {name: compiled(root, folder / name, work) for name in names}
    assert None not in objects.values(), f"{folder}: a header is missing"
    owner = {symbol: name for name, target in objects.items() for symbol in defined(target)}
    return {
        (name, function, owner[symbol], symbol)
        for name, target in objects.items()
        for function, symbol in uses(target)
        if owner.get(symbol, name) != name
    }


def circles(found):
    """Each circle of files, as text, once: the files that reach each other."""
    to = {}
    for name, _, other, _ in found:
        to.setdefault(name, set()).add(other)

    def reach(name):
        seen, todo = set(), [name]
        while todo:
            for one in to.get(todo.pop(), ()):
                if one not in seen:
                    seen.add(one)
                    todo.append(one)
        return seen

    around = {name: frozenset(one for one in reach(name) if name in reach(one)) for name in to}
    return sorted({", ".join(sorted(group)) for group in around.values() if group})


def violations(root, folder, table, work):
    """Calls that do not go down, and circles."""
    level = {name: number for number, row in enumerate(table) for name in row}
    found = calls(root, folder, list(level), work)
    upwards = [
        f"{folder}/{name}: {function}() uses {symbol}() of {other}, which is not below it"
        for name, function, other, symbol in sorted(found)
        if level[other] <= level[name]
    ]
    return upwards + [f"{folder}: a circle of calls: {text}" for text in circles(found)]


CLAIMS = [(folder, table) for folder, each in folders(ROOT).items() for table in each]


def test_who_claims_layers():
    assert [folder.as_posix() for folder in folders(ROOT)] == ["hosted/vhost"]
    assert [len(table) for _, table in CLAIMS] == [13, 5]


@pytest.mark.parametrize("folder", folders(ROOT))
def test_each_file_has_a_layer(folder):
    wrong = listed(ROOT, folder, folders(ROOT)[folder])
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder, table", CLAIMS, ids=[table[0][0] for _, table in CLAIMS])
def test_calls_go_down(folder, table, tmp_path):
    need("gcc", "nm", "objdump", debian="gcc")
    wrong = violations(ROOT, folder, table, tmp_path)
    assert not wrong, "\n".join(wrong)


README = (
    "| layer | file |\n|---|---|\n| top | `top.c` |\n| middle | `one.c`, `two.c` |\n| bottom | `low.c` |\n"
)
GOOD = {
    "part/README.md": README,
    "part/top.c": "void one(void);\nvoid low(void);\nvoid top(void) { one(); low(); }\n",
    "part/one.c": "void low(void);\nstatic void inner(void) { low(); }\nvoid one(void) { inner(); }\n",
    "part/two.c": "void low(void);\nvoid (*two(void))(void) { return low; }\n",
    "part/low.c": "void low(void) {}\n",
}
BAD = [
    ("part/low.c", "void top(void);\nvoid low(void) { top(); }\n", "low() uses top() of top.c"),
    ("part/low.c", "void two(void);\nvoid (*low(void))(void) { return two; }\n", "low() uses two() of two.c"),
    ("part/two.c", "void one(void);\nvoid two(void) { one(); }\n", "two() uses one() of one.c"),
]


def test_a_good_folder_passes(make, tmp_path):
    need("gcc", "nm", "objdump", debian="gcc")
    root = make(GOOD)
    ((folder, (table,)),) = folders(root).items()
    assert not violations(root, folder, table, tmp_path) + listed(root, folder, [table])


@pytest.mark.parametrize("path, text, says", BAD)
def test_a_call_that_does_not_go_down(make, tmp_path, path, text, says):
    need("gcc", "nm", "objdump", debian="gcc")
    root = make({**GOOD, path: text})
    ((folder, (table,)),) = folders(root).items()
    found = violations(root, folder, table, tmp_path)
    assert says in found[0]
    assert ("a circle of calls" in found[-1]) == (path == "part/low.c"), found


def test_a_file_without_a_layer(make):
    root = make({**GOOD, "part/new.c": "", "part/README.md": README.replace("`two.c`", "`gone.c`")})
    ((folder, claims),) = folders(root).items()
    assert listed(root, folder, claims) == [
        "part/new.c: in no table of layers",
        "part/two.c: in no table of layers",
        "part/README.md: there is no gone.c",
    ]
