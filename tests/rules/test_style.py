# SPDX-License-Identifier: MIT
"""How files look: the formatters' word where there is a formatter, and what .editorconfig says."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest

from processes import completed, need, output
from tree import ROOT, files, read
from vwr import txtar

LONGEST_FUNCTION = 40
OTHER_STYLES = [("integrations", "nuttx")]  # in the style of the tree that they go into
TEXTS = [
    "*.[chS]",
    "*.py",
    "*.j2",
    "*.yaml",
    "*.txtar",
    "*.json",
    "*.cmake",
    "*CMakeLists.txt",
    "*.md",
    "*.sh",
    "vwr",
]


def run(*command):
    """Output of a command that found something, '' if it did not."""
    done = completed([str(word) for word in command])
    return (
        (done.stdout + done.stderr) or f"{command[0]}: exit code {done.returncode}" if done.returncode else ""
    )


def need_clang_format():
    """Versions differ in what they make of one style."""
    need("clang-format")
    version = re.search(
        r"version (\d+)",
        output(["clang-format", "--version"]),
    ).group(1)
    if version != "14":
        pytest.skip(f"clang-format is {version}, the style is that of 14")


def badly_formatted(root):
    """What clang-format would change; what is generated has its own columns."""
    sources = [
        path
        for folder in (
            "runtime",
            "hosted",
            "conform",
            "integrations",
            "tests",
            "classes",
            "bench",
            "examples",
        )
        for path in files(root, f"{folder}/*.[ch]")
        if not path.name.startswith("vwr_plan_") and path.parts[:2] not in OTHER_STYLES
    ]
    style = f"--style=file:{ROOT}/.clang-format"
    with tempfile.TemporaryDirectory() as folder:
        for path in files(root, "tests/ports/*.txtar"):
            txtar.unpack(root / path, folder / path)
        packed = sorted(Path(folder).rglob("*.[ch]"))
        return run("clang-format", "--dry-run", "-Werror", style, *(root / path for path in sources), *packed)


def scripts(root):
    """Shell scripts, by their names or their first line."""
    return [
        path
        for path in files(root, "vwr", "*.sh", ".ci/run")
        if re.match(r"#!.*\b(sh|bash)\b", read(root, path))
    ]


def badly_scripted(root):
    """What shellcheck has to say."""
    found = scripts(root)
    return run("shellcheck", *(root / path for path in found)) if found else ""


def badly_spaced(root):
    """Tabs, space at the end of a line, lines that do not end, returns: see .editorconfig."""
    found = []
    for path in files(root, *TEXTS):
        if path.as_posix().startswith("tests/spec/checks/bad/"):
            continue
        text = read(root, path)
        if re.search(r"[ \r]$|\t", text, flags=re.MULTILINE) or text[-1:] not in ("", "\n"):
            found.append(path.as_posix())
    return found


def long_functions(root):
    """Functions of the runtime, and of what is hosted or integrated, that do not fit on a screen."""
    found = []
    for path in files(root, "runtime/*.c", "hosted/*.c", "integrations/*.c"):
        if "programs" in path.parts:
            continue
        start = 0
        for number, line in enumerate(read(root, path).splitlines(), 1):
            if line == "{":
                start = number
            elif line == "}" and start and number - start - 1 > LONGEST_FUNCTION:
                found.append(f"{path}:{start}: {number - start - 1} lines")
    return found


def joined_items(root):
    """
    Lines of a comment that go on with an item of a list (@name:, - or *) and begin where the item does: rows that
    a formatter has joined, or a text that reads as if the list had ended.
    """
    found = []
    for path in files(root, "*.[ch]", "*.j2"):
        if path.parts[0] == "generated":
            continue
        depth = None  # of the item before
        for number, line in enumerate(read(root, path).splitlines(), 1):
            match = re.match(r"\s*\*( +)(\S.*)", line)
            if not match or match[2] == "/":
                depth = None
            elif re.match(r"@[\w.]+:|[-*] ", match[2]):
                depth = len(match[1])
            elif depth is not None and len(match[1]) <= depth:
                if not re.match(r"(Context|Return|Section|Clause):|\S+( \S+)? {2,}\S", match[2]):
                    found.append(f"{path}:{number}")
                depth = None
    return found


def test_clang_format():
    need_clang_format()
    assert not badly_formatted(ROOT)


@pytest.mark.soak("codegen.check reads the description; what else yamllint finds is style")
def test_yamllint():
    need("yamllint")
    ours = [ROOT / path for path in files(ROOT, "*.yaml")]
    assert len(ours) > 30 and not run("yamllint", "-s", "-c", ROOT / ".yamllint", *ours)


def test_shellcheck():
    need("shellcheck")
    assert {"vwr", ".ci/run"} <= {path.as_posix() for path in scripts(ROOT)}
    assert not badly_scripted(ROOT)


def test_spacing():
    assert not badly_spaced(ROOT)


def test_items_of_lists_stay_apart():
    assert not joined_items(ROOT)


def test_functions_fit_on_a_screen():
    assert not long_functions(ROOT)


def test_bad_style_is_found(make):
    root = make(
        {
            "runtime/a.c": "int  f( void )\n{\n" + "    g();\n" * 41 + "}\n",
            "a.sh": "#!/bin/sh\necho $1\n",
            "b.py": "x = 1 \n",
            "c.md": "no end",
            "runtime/f.h": "/**\n * f() - F\n * @a: An a,\n * which ends.\n *\n *   - = two h three\n *   four\n"
            " *   - one\n *     line\n * @b: B.\n *   More.\n * Return: A.\n */\n",
            "spec/d.yaml": "a: [ 1 ]\n",
            "tests/ports/e.txtar": "-- f.h --\nint  f(void);\n",
        }
    )
    assert badly_spaced(root) == ["b.py", "c.md"]
    assert joined_items(root) == ["runtime/f.h:4", "runtime/f.h:7"]
    assert long_functions(root) == ["runtime/a.c:2: 41 lines"]
    if shutil.which("shellcheck"):
        assert "SC2086" in badly_scripted(root)
    if shutil.which("clang-format"):
        found = badly_formatted(root)
        assert "runtime/a.c" in found and "tests/ports/e.txtar/f.h" in found
    if shutil.which("yamllint"):
        assert run("yamllint", "-s", "-c", ROOT / ".yamllint", root / "spec")
