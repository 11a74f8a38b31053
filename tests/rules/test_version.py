# SPDX-License-Identifier: MIT
"""
The version stands in vwr/version.h alone. Programs and builds read it there; the pages that name it agree with it, and the
change log with them (test_papers.py).
"""

import re

import pytest

from processes import need, output
from tree import ROOT, files, read
from vwr.embed import banner
from vwr.stop import Stop
from vwr.version import HEADER, version

# Programs and what builds them: none has a version of its own.
PROGRAMS = (
    "*.[ch]",
    "*.cpp",
    "*.py",
    "*.cmake",
    "*.in",
    "*.j2",
    "*/CMakeLists.txt",
    "CMakeLists.txt",
    "*.toml",
    "vwr",
)
NOT_OF_PROGRAMS = ("tests/", "integrations/", "build")
# (page, what stands before the version, whether it has the patch level too)
PAGES = (
    ("README.md", r"\bversion ", True),
    ("docs/package.md", r"\bfind_package\(virtwright ", False),
    ("docs/versions.md", r"\bfind_package\(virtwright ", False),
    ("docs/versions.md", r"^## What ", True),
    ("debian/README.md", r"\bvirtwright-(?=\d)", True),
    ("debian/tests/find-package", r"\bfind_package\(virtwright ", False),
)
PROBE = '#include "vwr/version.h"\nlong number = VWR_VERSION;\nconst char *text = VWR_VERSION_STRING;\n'


def copies(root):
    """Files, other than pages and tests, that have the version as a text."""
    number = re.compile(rf"(?<![\w.]){re.escape(version(root))}(?![\w.])")
    return [
        path.as_posix()
        for path in files(root, *PROGRAMS)
        if not path.as_posix().startswith(NOT_OF_PROGRAMS) and number.search(read(root, path))
    ]


def pages(root):
    """Pages that name another version, or none."""
    found = []
    for path, before, patch in PAGES:
        wanted = version(root) if patch else version(root).rpartition(".")[0]
        named = re.findall(before + r"(\d+(?:\.\d+)+)", read(root, path), re.MULTILINE)
        if not named or set(named) != {wanted}:
            found.append(f"{path}: {', '.join(named) or 'no version'}; it is {wanted}")
    return found


def test_no_program_has_a_copy(make):
    assert not copies(ROOT)
    parts = dict(zip(("MAJOR", "MINOR", "PATCH"), (1, 22, 3)))
    root = make(
        {
            HEADER: "".join(f"#define VWR_VERSION_{part} {number}\n" for part, number in parts.items()),
            "a.py": 'V = "1.22.3"\n',
            "b.py": 'V = "11.22.3", "1.22.3.4"\n',
            "CMakeLists.txt": "project(x VERSION 1.22.3)\n",
            "README.md": "From version 1.22.3 on, names stay.\n",
            "docs/package.md": "find_package(virtwright 1.22 REQUIRED)\nfind_package(virtwright 1.21)\n",
            "docs/versions.md": "## What 1.22.2 promises\n",
            "debian/README.md": "virtwright-1.22.3.tar.gz virtwright-tools\n",
            "debian/tests/find-package": "find_package(virtwright 1.22 REQUIRED)\n",
        }
    )
    assert copies(root) == ["CMakeLists.txt", "a.py"]
    assert pages(root) == [
        "docs/package.md: 1.22, 1.21; it is 1.22",
        "docs/versions.md: no version; it is 1.22",
        "docs/versions.md: 1.22.2; it is 1.22.3",
    ]


def test_a_header_without_a_number(make):
    with pytest.raises(
        Stop, match="runtime/include/vwr/version.h: VWR_VERSION_MAJOR, _MINOR and _PATCH must"
    ):
        version(make({HEADER: "#define VWR_VERSION_MAJOR 1\n"}))


def test_pages():
    assert not pages(ROOT), "\n".join(pages(ROOT))


def test_c_and_the_command():
    need("gcc")
    include = [f"-I{ROOT / folder}" for folder in ("runtime/include", "generated/include")]
    said = output(["gcc", "-std=c11", "-S", "-o", "-", "-xc", *include, "-"], input=PROBE)
    major, minor, patch = map(int, version().split("."))
    assert f'"{version()}"' in said and re.search(rf"\t{major << 16 | minor << 8 | patch}\n", said)
    assert output([ROOT / "vwr", "version"]).startswith(f"virtwright {version()}\n")
    assert f" {version()}" in banner.title()


def test_packages(tmp_path):
    """What CMake and pkg-config read, and the man pages. They are written when CMake configures: nothing is built."""
    need("cmake", "gcc")
    output(["cmake", "-S", ROOT, "-B", tmp_path, "-DVWR_TESTS=OFF", "-DVWR_REGENERATE=OFF"])
    package = tmp_path / "package"
    assert f"\nVersion: {version()}\n" in (package / "virtwright.pc").read_text("utf-8")
    config = (package / "virtwright-config-version.cmake").read_text("utf-8")
    assert f'set(PACKAGE_VERSION "{version()}")' in config
    for page in sorted((tmp_path / "man").glob("*.1")):
        assert f'"Virtwright {version()}"' in page.read_text("utf-8")
    assert (tmp_path / "man" / "vwr.1").is_file()
