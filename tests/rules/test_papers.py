# SPDX-License-Identifier: MIT
"""Every file says its licence, and every room has a README.

`reuse lint` (Debian: reuse) has a word in it as well, in ./vwr soak tests: no other licence, and a text of each. What it says of expressions
that it cannot parse are templates, tests and JSON: .reuse/dep5 speaks for these.
"""

import importlib.util
import re

import pytest

from processes import completed, need
from tree import ROOT, files, read

TAG = "SPDX-License-Identifier: MIT"
# Files that cannot have a comment, or whose first line is spoken for: .reuse/dep5 speaks for these.
EXEMPT = [
    "LICENSE",
    "LICENSES/*",
    ".reuse/dep5",
    "*.json",
    "generated/MANIFEST",
    "tests/spec/checks/bad/bytes.txtar",
    "tests/hostile/fuzz/inputs/*",
    "docs/demo.png",
]
ROOMS = [
    "spec",
    "codegen",
    "runtime",
    "runtime/base",
    "runtime/driver",
    "runtime/device",
    "runtime/parts",
    "runtime/monitor",
    "runtime/bridge",
    "runtime/port",
    "tests",
    "tests/*",
    "bench",
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
    version = re.search(r"^project\(\w+ VERSION ([\d.]+)", read(root, "CMakeLists.txt"), re.MULTILINE).group(
        1
    )
    newest = re.split(r"^## ", read(root, "CHANGELOG.md"), flags=re.MULTILINE)[1]
    missing = [
        part
        for part in ("Ports must change", "Callers must change")
        if not re.search(rf"^### {part}\n\n\w", newest, re.MULTILINE)
    ]
    return missing if newest.startswith(version + " ") else [f"is not of {version}", *missing]


def test_change_log():
    assert not change_log(ROOT)


def test_a_change_log_of_before_is_found(make):
    root = make(
        {
            "CMakeLists.txt": "project(x VERSION 0.2.0)\n",
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


def inputs_of_fuzzers():
    spec = importlib.util.spec_from_file_location("inputs", ROOT / "tests/hostile/fuzz/inputs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_binary_files_are_inputs_of_fuzzers_and_the_picture_of_the_readme():
    """What somebody else built, a kernel or a package, is fetched when it is needed."""
    listed = completed(["git", "ls-files", "--eol"], cwd=ROOT)
    if listed.returncode:
        pytest.skip("no checkout of git")
    binary = [line.split("\t")[1] for line in listed.stdout.splitlines() if line.startswith("i/-text")]
    inputs = inputs_of_fuzzers()
    assert sorted(binary) == ["docs/demo.png"] + [
        f"tests/hostile/fuzz/inputs/{target}.tar" for target in inputs.targets()
    ]


@pytest.mark.parametrize("target", inputs_of_fuzzers().targets())
def test_an_archive_of_inputs_is_as_its_tool_writes_it(target):
    """So a change of one input is a change of its lines in the archive, and nothing else is in there."""
    inputs = inputs_of_fuzzers()
    members = inputs.members(target)
    assert members and all(re.fullmatch(rf"{target}/\w+", name) for name in members)
    assert inputs.packed(members) == inputs.archive(target).read_bytes()


def test_an_input_is_added_and_replaced(tmp_path, monkeypatch, capsys):
    inputs = inputs_of_fuzzers()
    monkeypatch.setattr(inputs, "ARCHIVES", tmp_path)
    (tmp_path / "one.tar").write_bytes(inputs.packed({"one/a": b"1", "one/b": b"2"}))
    (tmp_path / "found").write_bytes(b"3")
    inputs.main("add", "one", str(tmp_path / "found"), "b")
    inputs.main("add", "one", str(tmp_path / "found"), "c")
    assert inputs.members("one") == {"one/a": b"1", "one/b": b"3", "one/c": b"3"}
    inputs.main("unpack", str(tmp_path / "files"))
    (tmp_path / "files/one/a").unlink()
    inputs.main("pack", str(tmp_path / "files"), "one")
    assert sorted(inputs.members("one")) == ["one/b", "one/c"]
    assert capsys.readouterr().out.splitlines()[-1] == "one: 2 inputs"
    with pytest.raises(SystemExit, match="no target 'two'; there are one"):
        inputs.main("add", "two", str(tmp_path / "found"), "c")
    with pytest.raises(SystemExit, match="is not a name"):
        inputs.main("add", "one", str(tmp_path / "found"), "../c")
