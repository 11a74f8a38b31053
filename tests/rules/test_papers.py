# SPDX-License-Identifier: MIT
"""Every source says its licence, and every room has a README."""

from tree import ROOT, files, read

TAG = "SPDX-License-Identifier: MIT"
# Prose, which LICENSE covers; files that cannot have a comment, or whose first line is spoken for.
EXEMPT = ["LICENSE", "*.md", "*.json", "generated/MANIFEST", "tests/codegen/bad/*"]
ROOMS = ["spec", "codegen", "runtime", "runtime/port", "tests", "tests/*", "bench", "explain", "lint", "embed", "oracle", "examples",
         "examples/*"]


def without_tag(root):
    """Files without the licence tag in their first lines."""
    exempt = set(files(root, *EXEMPT))
    return [path.as_posix() for path in files(root, "*") if path not in exempt
            and TAG not in "".join(read(root, path).splitlines()[:6])]


def without_readme(root):
    """Rooms that exist and do not say what they are for."""
    return sorted(folder.relative_to(root).as_posix() for room in ROOMS for folder in root.glob(room)
                  if folder.is_dir() and folder.name != "__pycache__" and not (folder / "README.md").is_file())


def test_licence():
    assert not without_tag(ROOT)


def test_readme():
    assert not without_readme(ROOT)


def test_missing_papers_are_found(make):
    root = make({"runtime/a.c": "int a;\n", "runtime/b.c": f"/* {TAG} */\n", "LICENSE": "text\n",
                 "tests/x/README.md": f"<!-- {TAG} -->\n"})
    assert without_tag(root) == ["runtime/a.c"]
    assert without_readme(root) == ["runtime", "tests"]
