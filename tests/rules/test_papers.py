# SPDX-License-Identifier: MIT
"""Every file says its licence, and every room has a README.

`reuse lint` (Debian: reuse) has a word in it as well, in ./vwr soak tests: no other licence, and a text of each. What it says of expressions
that it cannot parse are templates, tests and JSON: .reuse/dep5 speaks for these.
"""

import re

import pytest

from processes import completed, need
from tree import ROOT, files, read
from vwr.version import HEADER, version

TAG = "SPDX-License-Identifier: MIT"
# Files that cannot have a comment, or whose first line is spoken for: .reuse/dep5 speaks for these.
EXEMPT = [
    "LICENSE",
    "LICENSES/*",
    ".reuse/dep5",
    "*.json",
    "generated/MANIFEST",
    "generated/clauses.csv",
    "tests/spec/checks/bad/bytes.txtar",
    "docs/demo.png",
    "docs/live.png",
    "bench/mix/*.txt.xz",
    "debian/copyright",
    "debian/source/format",
    "debian/*.doc-base",
]
ROOMS = [
    "spec",
    "codegen",
    "runtime",
    "runtime/base",
    "runtime/driver",
    "runtime/device",
    "runtime/parts",
    "conform",
    "conform/guest",
    "monitor",
    "runtime/bridge",
    "runtime/port",
    "tests",
    "tests/*",
    "bench",
    "classes",
    "examples",
    "examples/*",
    "runtime/shared",
    "hosted",
    "hosted/*",
    "hosted/programs/*",
    "integrations",
    "integrations/*",
    "plan",
    "docs",
]


def without_tag(root):
    """Files without the licence tag in their first lines."""
    exempt = set(files(root, *EXEMPT))
    return [
        path.as_posix()
        for path in files(root, "*")
        if path not in exempt and TAG not in "".join(read(root, path).splitlines()[:6])
    ]


def without_readme(root):
    """Rooms that exist and do not say what they are for."""
    return sorted(
        folder.relative_to(root).as_posix()
        for room in ROOMS
        for folder in root.glob(room)
        if folder.is_dir() and folder.name != "__pycache__" and not (folder / "README.md").is_file()
    )


def change_log(root):
    """What is wrong with the newest part of the change log: it is of this version, and says what others must change."""
    newest = re.split(r"^## ", read(root, "CHANGELOG.md"), flags=re.MULTILINE)[1]
    missing = [
        part
        for part in ("Ports must change", "Callers must change")
        if not re.search(rf"^### {part}\n\n\w", newest, re.MULTILINE)
    ]
    return (
        missing if newest.split(maxsplit=1)[0] == version(root) else [f"is not of {version(root)}", *missing]
    )


def test_change_log():
    assert not change_log(ROOT)


def test_a_change_log_of_before_is_found(make):
    root = make(
        {
            HEADER: "".join(
                f"#define VWR_VERSION_{part} {number}\n"
                for part, number in (("MAJOR", 0), ("MINOR", 2), ("PATCH", 0))
            ),
            "CHANGELOG.md": "# Changes\n\n## 0.1.0 (old)\n\n### Ports must change\n\nNothing.\n",
        }
    )
    assert change_log(root) == ["is not of 0.2.0", "Callers must change"]


def reuse(root):
    """What `reuse lint` has against a tree, '' if nothing."""
    need("reuse", debian="reuse")
    done = completed(["reuse", "--root", root, "lint"], cwd=root)
    return done.stdout + done.stderr if done.returncode else ""


def test_licence():
    assert not without_tag(ROOT)
    assert read(ROOT, "LICENSE") == read(ROOT, "LICENSES/MIT.txt")


@pytest.mark.soak("test_licence: each file says that it is MIT")
def test_reuse():
    assert not reuse(ROOT)


@pytest.mark.soak("the same program")
def test_reuse_finds_another_licence(make):
    papers = {path.as_posix(): read(ROOT, path) for path in files(ROOT, "LICENSES/*", ".reuse/dep5")}
    tag = "SPDX-License" "-Identifier: "
    assert len(papers) == 2
    said = reuse(make({**papers, "a.c": f"/* {tag}MIT */\n", "b.c": f"/* {tag}GPL-2.0-only */\n"}))
    assert "GPL-2.0-only" in said and "b.c" in said and "a.c" not in said


def test_readme():
    assert not without_readme(ROOT)


def test_missing_papers_are_found(make):
    root = make(
        {
            "runtime/a.c": "int a;\n",
            "runtime/b.c": f"/* {TAG} */\n",
            "LICENSE": "text\n",
            "tests/x/README.md": f"<!-- {TAG} -->\n",
            "page.md": "text\n",
        }
    )
    assert without_tag(root) == ["page.md", "runtime/a.c"]
    assert without_readme(root) == ["runtime", "tests"]


def test_only_pictures_and_records_are_binary():
    """What somebody else built, a kernel or a package, is fetched when it is needed; what can be made is. A record cannot be made again."""
    listed = completed(["git", "ls-files", "--eol"], cwd=ROOT)
    if listed.returncode:
        pytest.skip("no checkout of git")
    assert [line.split("\t")[1] for line in listed.stdout.splitlines() if line.startswith("i/-text")] == [
        "bench/mix/card.txt.xz",
        "bench/mix/disk.txt.xz",
        "docs/demo.png",
        "docs/live.png",
    ]
