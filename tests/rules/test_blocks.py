# SPDX-License-Identifier: MIT
"""Every block of C in a page or in a comment of a header that a program includes compiles.

In a page (*.md) a block begins with

    ```c            it compiles as it stands, as a file of its own; ```cpp: the same as C++17
    ```c FILE       its lines are lines of FILE, which other tests build

A fragment has an HTML comment right before it that says what stands around it, with @ on a line of its own where
the block goes:

    <!-- c
    #include "vwr/blk.h"
    int f(struct vwr_blk *disk)
    {
        @
    }
    -->

In a comment of a header a block is indented by five blanks behind the asterisk; `...` stands for statements, what follows
a statement after three blanks is a remark, and AROUND below says what stands around it. What looks like C and is no block is refused: none is passed over.
"""

import re
import textwrap

import pytest

from test_headers import COMPILERS, compiled
from processes import need
from tree import ROOT, files, read
from vwr import txtar

LANGUAGES = {"c": COMPILERS["gcc"], "cpp": COMPILERS["g++"]}
HEADERS = [
    "runtime/include/*.h",
    "monitor/include/*.h",
    "generated/include/*.h",
    "hosted/*.h",
    "integrations/*.h",
    "plan/*.h",
    "examples/*.h",
]
FOLDERS = [
    "monitor/include",
    "plan",
    "tests/unit/driver",
    "hosted/engine",
    "hosted/posix",
    "hosted/vhost",
    "integrations/fatfs",
    "integrations/lwip",
    "tests/qemu/driver/fatfs",  # stands in for FatFs
    "/usr/include/lwip",  # of liblwip-dev
]  # with headers of examples
REMARK = re.compile(r"([;{}]) {3,}(?!\.\.\.)\S.*$", re.MULTILINE)
ENDS_LIKE_C = re.compile(r"[;{]\s*(/\*.*\*/|//.*)?$")
STATEMENT = re.compile(r"\)\s*;\s*(//.*)?$|^\s*#\s*(include|define)\b")
TEXTS = txtar.read(ROOT / "tests/rules/blocks.txtar")
# What stands around a block of a header's comment, by header and how the block begins; @ is the block.
_ROWS = re.split(r"^=== (.*) === (.*)\n", TEXTS["around.txt"].decode("utf-8"), flags=re.MULTILINE)
AROUND = {(header, begin): text for header, begin, text in zip(_ROWS[1::3], _ROWS[2::3], _ROWS[3::3])}
# A block of which no line ends as C does, calls anything or is for the preprocessor: a picture, or what is printed.
LIKE_C = re.compile(r"[;{}]\s*(//.*)?$|\w\(|^\s*#|^\s*\.\.\.$", re.MULTILINE)


def complaint(root, source, language="c"):
    """What the compiler says against a piece of C, '' if nothing."""
    include = [f"-I{root / folder}" for folder in FOLDERS]
    return compiled(root, source, [*LANGUAGES[language], "-Wno-unused", *include])


def put_into(around, block):
    """The block where the @ is."""
    lines = textwrap.dedent(around).splitlines()
    if [line.strip() for line in lines].count("@") != 1:
        return "#error what stands around a block needs one line with @ alone\n"
    return "\n".join(block if line.strip() == "@" else line for line in lines) + "\n"


# ---- pages ----

FENCE = re.compile(
    r"(?:^<!-- c\n(?P<around>.*?)^-->\n+)?^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<code>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)


def block_problem(root, info, code, around):
    """What is wrong with one block of a page, '' if nothing."""
    language, file = (*info.split(maxsplit=1), "", "")[:2]
    if language not in LANGUAGES:
        like_c = any(map(ENDS_LIKE_C.search, code.splitlines())) or "#include" in code
        names = language in ("", "C", "h", "c++", "C++", "cc", "text")
        return "looks like C: begin it with ```c or ```cpp\n" if names and like_c else ""
    if not file:
        return complaint(root, put_into(around, code) if around else code, language)
    text = "\n" + read(root, file) if (root / file).is_file() else ""
    if "\n" + code not in text:
        return f"these are not lines of {file}\n"
    return "" if around is None else "what stands around it is in the file\n"


def page_problems(root, page):
    """Each block of a page that does not hold."""
    text, found = read(root, page), []
    rest = FENCE.sub(lambda match: "\n" * match.group(0).count("\n"), text)
    for match in FENCE.finditer(text):
        words = block_problem(root, match["info"].strip(), textwrap.dedent(match["code"]), match["around"])
        if words:
            found.append(f"{page}:{text.count(chr(10), 0, match.start('code'))}: {words}")
    for number, line in enumerate(rest.splitlines(), 1):
        if line.startswith("    ") and (ENDS_LIKE_C.search(line) or STATEMENT.search(line)):
            found.append(f"{page}:{number}: looks like C: put it between ```c and ```")
        if line.startswith("<!-- c") and line.strip("<!- >") == "c":
            found.append(f"{page}:{number}: no block follows")
    return found


# ---- headers ----


def comments(text):
    """(line, text) of each comment of several lines, without what stands before its lines."""
    for match in re.finditer(r"/\*\*?\n(.*?)\*/", text, re.DOTALL):
        yield text.count("\n", 0, match.start()) + 2, re.sub(
            r"^ \* ?", "", match[1], flags=re.MULTILINE
        ).splitlines()


def split(lines):
    """(indices of the lines of each block, indices of all other lines)."""
    blocks, others, at = [], [], 0
    while at < len(lines):
        end = at
        if re.match(r" {4}\S", lines[at]) and (at == 0 or lines[at - 1][:4].strip() or not lines[at - 1]):
            while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
                end += 1
            blocks.append(range(at, end))
        else:
            others.append(at)
        at = max(end, at + 1)
    return blocks, others


def header_blocks(root, path):
    """(line, code) of the blocks in a header's comments, and (line, None) of what looks like C and is in none."""
    for first, lines in comments(read(root, path)):
        blocks, others = split(lines)
        for block in blocks:
            yield first + block[0], textwrap.dedent("\n".join(lines[i] for i in block)).strip() + "\n"
        for i in others:
            if STATEMENT.search(lines[i]):
                yield first + i, None


def row_of(rows, name, code):
    """The row of a table for this block, or None."""
    return next((row for row in rows if row[0] == name and code.startswith(row[1])), None)


def as_c(code):
    """A block without its remarks, and with a statement where one is left out."""
    return REMARK.sub(r"\1", code).replace("...", ";")


def header_problems(root, path, used):
    """Each block of a header's comments that does not compile; rows of AROUND that were of use go to `used`."""
    found = []
    for line, code in header_blocks(root, path):
        if code is None:
            found.append(f"{path}:{line}: looks like C: indent it by five blanks")
            continue
        row = row_of(AROUND, path.name, code)
        used.add(row)
        if not LIKE_C.search(code):
            continue
        name = path.as_posix().split("include/", 1)[1] if "include/" in path.as_posix() else path.name
        alone = f'#include "{name}"\n@\n'
        words = complaint(root, put_into(AROUND.get(row, alone), as_c(code)))
        if words:
            found.append(f"{path}:{line}: {words}")
    return found


# ---- tests ----


@pytest.fixture(autouse=True)
def compilers():
    """Skips with a word."""
    need("gcc", "g++")


def test_pages():
    found = [words for page in files(ROOT, "*.md") for words in page_problems(ROOT, page)]
    assert not found, "\n".join(found)
    assert len(re.findall("^```c$", read(ROOT, "README.md") + read(ROOT, "docs/use.md"), re.MULTILINE)) == 5


def test_headers():
    used, found = set(), []
    paths = files(ROOT, *HEADERS)
    for path in paths:
        found += header_problems(ROOT, path, used)
    assert not found, "\n".join(found)
    names = {path.name for path in paths}
    assert not {row for row in AROUND if row[0] in names} - used, "rows of blocks that are not there"


GOOD_PAGE = TEXTS["good.md"].decode("utf-8")
BAD_PAGES = {
    "error": [
        "```c\nint a\n```\n",
        "```cpp\nint new;\n```\n",
        "```c\nreturn 1;\n```\n",
        "<!-- c\nint f(int i)\n{\n    @\n}\n-->\n```c\nreturn j;\n```\n",
    ],
    "needs one line with @": ["<!-- c\nint f(int i);\n-->\n```c\nint a;\n```\n"],
    "not lines of": ["```c a.c\nint x;\n```\n", "```c a.c\nnt b;\n```\n", "```c none.c\nint b;\n```\n"],
    "looks like C": [
        "```\nint a;\n```\n",
        "```C\nint a;\n```\n",
        "text\n\n    f(a);\n",
        "```text\n#include <a.h>\n```\n",
    ],
    "no block follows": ["<!-- c\n@\n-->\n\ntext\n"],
    "is in the file": ["<!-- c\n@\n-->\n```c a.c\nint b;\n```\n"],
}


def test_pages_that_do_not_hold_are_found(make):
    root = make({"good.md": GOOD_PAGE, "a.c": "int a;\nint b;\n"})
    assert not page_problems(root, "good.md")
    for words, pages in BAD_PAGES.items():
        for page in pages:
            found = page_problems(make({"bad.md": page}), "bad.md")
            assert len(found) == 1 and words in found[0], (page, found)


BAD_COMMENTS = {
    "error": [
        "/*\n *     f(int a)\n */\n",
        "/**\n *     int a\n *     int b;\n */\n",
        "/*\n *     int f(void);\n *\n *     g();\n */\n",
        "/*\n *     int f(void);  no remark\n */\n",
    ],
    "looks like C": ["/*\n * Use\n * f(x);\n */\n", "/*\n *   call   how\n *             f(x);\n */\n"],
}


def test_comments_that_do_not_hold_are_found(make):
    good = (
        "/*\n * Use:\n *     int f(void);\n *\n *     int g(void) { ... }\n * and so on\n *   name   what it is, f(x),\n"
        " *          and more of it\n */\n"
        "/*\n * Remarks:\n *     int h(void);     no comment of C\n */\n"
        "/*\n * It prints\n *     0a00 to 0b00 empty (a=b)\n */\n"
    )
    path = files(make({"runtime/include/vwr/a.h": good}), "*.h")[0]
    root = make({})
    assert [code for _, code in header_blocks(root, path)] == [
        "int f(void);\n\nint g(void) { ... }\n",
        "int h(void);     no comment of C\n",
        "0a00 to 0b00 empty (a=b)\n",
    ]
    assert not header_problems(root, path, set())
    for words, texts in BAD_COMMENTS.items():
        for text in texts:
            make({"runtime/include/vwr/a.h": text})
            found = header_problems(root, path, set())
            assert len(found) == 1 and words in found[0], (text, found)
