# SPDX-License-Identifier: MIT
"""tests/unequal.md: each function is in the file that its row names, and each case in the file of its test."""

import re

from tree import ROOT, files, read
from vwr.c.tokens import code

PAGE = "tests/unequal.md"
ROW = re.compile(r"^\| `([^`]+)`: (\w+) \| [^|]+ \| [^|]+ \| (.+) \|$")


def rows(root):
    """(folder, file, function, tests) of each row; a line of a table that is no row is (folder, line, "", "")."""
    folder = ""
    for line in read(root, PAGE).splitlines():
        if line.startswith("## "):
            folder = line[3:].split()[0]
        elif line.startswith("| `"):
            match = ROW.match(line)
            yield (folder, *match.groups()) if match else (folder, line, "", "")


def wrong(root):
    """What the page names and the tree lacks."""
    paths = [path.as_posix() for room in ("tests", "classes") for path in files(root, f"{room}/*.c")]
    found = []
    for folder, name, function, tests in rows(root):
        path = root / folder / name
        text = code(path.read_text(encoding="utf-8")) if path.is_file() else ""
        if not function or not re.search(rf"^[A-Za-z_][^\n;=]*\b{function}\(", text, re.MULTILINE):
            found.append(f"{folder}/{name} {function}")
        for test in tests.split("; ") if tests else ():
            file, _, cases = test.partition(": ")
            fits = [path for path in paths if f"/{path}".endswith("/" + file.strip("`"))]
            text = read(root, fits[0]) if len(fits) == 1 else ""
            found += [f"{file}: {case}" for case in cases.split(", ") if not re.search(rf"\b{case}\b", text)]
    return found


def test_page_names_what_exists():
    assert len(list(rows(ROOT))) > 100
    assert not wrong(ROOT)


def test_rule_finds_what_is_missing(tmp_path):
    for name, text in {
        "runtime/a.c": "static int f(void)\n{\n}\n/* g( */\n",
        "tests/unit/t.c": 'static void works(void)\n{\n}\n{"P_case"}\n',
        PAGE: "## runtime (all)\n| `a.c`: f | x | y | `unit/t.c`: works, P_case |\n| `a.c`: g | x | y | `unit/t.c`: none |\n"
        "| `b.c`: f | x | y | `u.c`: works |\n| `a.c` f |\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert wrong(tmp_path) == [
        "runtime/a.c g",
        "`unit/t.c`: none",
        "runtime/b.c f",
        "`u.c`: works",
        "runtime/| `a.c` f | ",
    ]
