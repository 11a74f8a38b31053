# SPDX-License-Identifier: MIT
"""The code in the pages is the code that the images of this folder are made of."""
import re
from pathlib import Path

import pytest

from processes import completed, need
from vwr import ROOT

PAGES = {
    "four-hooks": "four_hooks",
    "block-device": "block_device",
    "rtos": "rtos",
    "one-call": "one_call",
    "screen": "screen",
    "one-call-devices": "one_call_devices",
}


def blocks(text):
    """(language, file, code) of each block of a page that has a language."""
    return re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", text, re.M | re.S)


def strangers(root, text):
    """First lines of the blocks of C or C++ that are not lines of the file that they name."""
    found = []
    for language, file, code in blocks(text):
        if language not in ("c", "cpp"):
            continue
        path = root / file
        if not file or not path.is_file() or "\n" + code not in "\n" + path.read_text(encoding="utf-8"):
            found.append(f"{file or 'no file named'}: {code.splitlines()[0]}")
    return found


def unbuilt(root, text, images):
    """Files that a page shows and no image is made of."""
    files = {file for language, file, _ in blocks(text) if language in ("c", "cpp")}
    return sorted(file for file in files if file.endswith((".c", ".cpp")) and Path(file).name not in images)


@pytest.mark.parametrize("page", PAGES)
def test_pages(page):
    """Of each page: every block, and there is one of each file of the shape but README."""
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    assert not strangers(ROOT, text)
    lists = [ROOT / "tests" / folder / "CMakeLists.txt" for folder in ("ports/shapes", "pair")]
    assert not unbuilt(ROOT, text, "".join(path.read_text(encoding="utf-8") for path in lists))
    shown = {file for _, file, _ in blocks(text)}
    folder = ROOT / "examples" / "shapes" / PAGES[page]
    assert {path.relative_to(ROOT).as_posix() for path in folder.iterdir()} <= shown


def test_pages_that_drift_are_found(tmp_path):
    """A changed line, a block without a file, a file that is gone."""
    (tmp_path / "a.c").write_text("int a;\nint b;\n", encoding="utf-8")
    assert not strangers(tmp_path, "```c a.c\nint b;\n```\n\n```console\nint c;\n```\n")
    for page in (
        "```c a.c\nint c;\n```\n",
        "```c a.c\nt b;\n```\n",
        "```c\nint a;\n```\n",
        "```c b.c\nint a;\n```\n",
    ):
        assert len(strangers(tmp_path, page)) == 1
    assert unbuilt(tmp_path, "```c a.c\nint b;\n```\n", "b.c") == ["a.c"]


def results():
    """The names of vwr/result.h."""
    text = (ROOT / "runtime" / "include" / "vwr" / "result.h").read_text(encoding="utf-8")
    return set(re.findall(r"^    (VWR_\w+) = ", text, re.M))


def errors(text):
    """{their name: ours} of the table in one-call.md."""
    rows = re.findall(r"^\| `(k\w+)` \| (.*?) \|", text, re.M)
    return {theirs: re.findall(r"`(VWR_\w+)`", ours) for theirs, ours in rows}


def table_in_words(table):
    """A program that compiles if the code says what the table says."""
    lines = ['#include "virtio_blk.hpp"', "using namespace one_call;"]
    for theirs, ours in table.items():
        lines += [
            f'static_assert(ToErrorCode({name}) == ErrorCode::{theirs}, "{theirs} {name}");' for name in ours
        ]
    return "\n".join(lines)


def refused(program):
    """What the compiler says against it."""
    include = ["examples/shapes/one_call", "runtime/include", "generated/include", "runtime/port/template"]
    done = completed(
        [
            "g++",
            "-std=c++17",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-fsyntax-only",
            "-xc++",
            "-",
            *(f"-I{ROOT / path}" for path in include),
        ],
        input=program,
    )
    return done.stderr


def test_error_names():
    """Each result of ours is in the table once, each name of theirs is, and the code does what the table says."""
    table = errors((ROOT / "docs" / "one-call.md").read_text(encoding="utf-8"))
    ours = [name for names in table.values() for name in names]
    assert len(ours) == len(set(ours)) and set(ours) == results()
    header = (ROOT / "examples" / "shapes" / "one_call" / "virtio_blk.hpp").read_text(encoding="utf-8")
    theirs = re.search(r"enum class ErrorCode : uint32_t \{(.*?)\}", header, re.S).group(1)
    assert list(table) == re.findall(r"k\w+", theirs)
    need("g++")
    assert not refused(table_in_words(table))
    assert "kIoError VWR_EINVAL" in refused(table_in_words({"kIoError": ["VWR_EINVAL"]}))
