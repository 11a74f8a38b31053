# SPDX-License-Identifier: MIT
"""
generated/api.txt is the public interface of this tree, and the newest entry of CHANGELOG.md has its mark: nobody changes
what callers see without a look at what the log tells them. ./vwr api says the same.
"""

import pytest

from processes import completed, need, output
from tree import ROOT
from vwr.api import command, listing

HEADER = """/**
 * vwr_a() - Do it
 */
VWR_MUST_CHECK int vwr_a(const struct vwr_s *s, uint32_t n);
int vwr_hidden_(void);

struct vwr_s {
    int a;
    /* private: */
    char b[5];
};

enum vwr_e { VWR_ONE = 1 << 4, VWR_TWO, VWR_LAST_ };

/* Memory of a part; private. The caller allocates it. */
struct vwr_part {
    int c;
};

#define VWR_COUNT 8u
#define VWR_BYTES(n) ((n) * sizeof(struct vwr_s))
#define VWR_INNER_ 3
"""
LOG = "# Changes\n\n## 1.2.3 (new)\n\nAPI: `{}`\n\n## 0.9.1 (2026-01-02)\n\nAPI: `{}`\n"


@pytest.fixture(name="small")
def fixture_small(make):
    """small(header, mark in the newest entry, mark in the one before): a committed tree; answers root and interface."""
    need("clang", "git")

    def write(header, newest="", former=""):
        root = make(
            {
                "runtime/include/vwr/a.h": "#include <stdint.h>\n#define VWR_MUST_CHECK\n" + header,
                "runtime/include/vwr/version.h": "".join(
                    f"#define VWR_VERSION_{part} {number}\n"
                    for number, part in enumerate(("MAJOR", "MINOR", "PATCH"), 1)
                ),
                "generated/include/vwr/profile.h": "#define VWR_WITH_A 1\n",
                "runtime/options.yaml": "options: [{name: a, sides: [driver]}]\n",
                "CMakeLists.txt": 'option(VWR_X "x" ON)\nset(VWR_DIR "" CACHE PATH "y")\n',
                "CHANGELOG.md": LOG.format(newest, former),
            }
        )
        return root, listing.written(listing.listing(root))

    return write


def commit(root, text):
    """Commits generated/api.txt."""
    (root / command.API).write_text(text, encoding="utf-8")
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    output(["git", "init", "-q"], cwd=root)
    output(["git", "add", "."], cwd=root)
    output(["git", *who, "commit", "-q", "-m", "x"], cwd=root)


def test_this_tree():
    need("clang")
    new = listing.written(listing.listing(ROOT))
    assert not command.wrong(ROOT, new), "\n" + "\n".join(command.wrong(ROOT, new))
    assert listing.written(listing.parsed(new)) == new
    found = listing.parsed(new)
    assert sum(what.startswith("function ") for one in found.values() for what in one) > 1000
    assert found["vwr/result.h"]["enum vwr_result.VWR_OK"] == "0"


def test_what_a_file_has(small):
    """What is private is not there; of a structure there are the sizes on three machines."""
    _, text = small(HEADER)
    found = listing.parsed(text)
    assert found["vwr/a.h"] == {
        "function vwr_a": "int (const struct vwr_s *s, uint32_t n)",
        "struct vwr_s": "12 12 12 bytes",
        "struct vwr_s.a": "int",
        "struct vwr_part": "4 4 4 bytes",
        "enum vwr_e.VWR_ONE": "16",
        "enum vwr_e.VWR_TWO": "17",
        "macro VWR_COUNT": "8u",
        "macro VWR_BYTES": "(n)",
        "macro VWR_MUST_CHECK": "",
    }
    assert found["vwr/profile.h"] == {"macro VWR_WITH_A": "1"}
    assert found["CMake"] == {"option VWR_X": "", "option VWR_DIR": ""}
    assert found["./vwr embed"] == {"part a": "driver"}
    assert "1" not in "".join(found["vwr/version.h"].values()), "a release alone changes nothing"


@pytest.mark.parametrize(
    ("old", "new", "says", "asks"),
    [
        (
            "uint32_t n);",
            "uint64_t n);",
            "! vwr/a.h: function vwr_a\n",
            "1 changed: callers may have to change",
        ),
        ("int vwr_a(", "int vwr_b(", "- vwr/a.h: function vwr_a: int (", "1 removed: callers must change"),
        ("    int a;", "    int a, c;", "+ vwr/a.h: struct vwr_s.c: int", "1 added: callers need not change"),
        ("1 << 4", "1 << 5", "is  33", "2 changed: callers may have to change"),
        ("VWR_COUNT 8u", "VWR_COUNT 9u", "is  9u", "1 of other values: any version may do this"),
        ("b[5]", "b[9]", "is  16 16 16 bytes", "1 of other sizes: any version may do this"),
        ("VWR_BYTES(n)", "VWR_BYTES(n, m)", "is  (n, m)", "1 changed: callers may have to change"),
    ],
)
def test_a_change_is_named(small, old, new, says, asks):
    """As long as the file is that of before, and then until the log has its mark."""
    root, text = small(HEADER)
    commit(root, text)
    assert HEADER.count(old) == 1
    known = command.mark(text)
    root, changed = small(HEADER.replace(old, new), known)
    found = "\n".join(command.wrong(root, changed))
    assert "does not match the headers" in found and says in found and asks in found
    commit(root, changed)
    found = "\n".join(command.wrong(root, changed))
    assert f"the newest entry of {command.LOG} does not say so" in found and says in found and asks in found
    assert "for version 1.2.3,\n" in found and found.endswith(f"API: `{command.mark(changed)}`")
    small(HEADER.replace(old, new), command.mark(changed), known)
    assert not command.wrong(root, changed)
    small(HEADER.replace(old, new), known, command.mark(changed))
    assert command.wrong(root, changed), "an older entry does not count"


@pytest.mark.parametrize(
    ("former", "newest", "may"),
    [
        ("0.1.0", "0.1.1", False),
        ("0.1.9", "0.2.0", True),
        ("0.9.0", "1.0.0", True),
        ("1.0.0", "1.1.0", False),
        ("1.9.3", "2.0.0", True),
    ],
)
@pytest.mark.parametrize(("old", "new"), [("uint32_t n);", "uint64_t n);"), ("    int a;", "    int a, c;")])
def test_a_version_keeps_its_promise(small, former, newest, may, old, new):
    """What is added breaks nobody."""
    root, text = small(HEADER)
    commit(root, text)
    root, changed = small(HEADER.replace(old, new))
    log = (
        LOG.format(command.mark(changed), command.mark(text))
        .replace("1.2.3", newest)
        .replace("0.9.1", former)
    )
    (root / command.LOG).write_text(log, encoding="utf-8")
    (root / command.API).write_text(changed, encoding="utf-8")
    found = command.wrong(root, changed)
    assert bool(found) == (not may and "uint64_t" in new)
    if found:
        assert found[0] == f"{newest} breaks what {former} promised:" and "function vwr_a" in found[1]


@pytest.mark.parametrize("tagged", [False, True])
@pytest.mark.parametrize(
    ("release", "old", "new", "next_one"),
    [
        ("0.2.0", "uint32_t n);", "uint64_t n);", "0.3.0"),
        ("0.2.0", "    int a;", "    int a, c;", "0.2.1"),
        ("1.4.0", "int vwr_a(", "int vwr_b(", "2.0.0"),
    ],
)
def test_a_release_is_fixed(small, tagged, release, old, new, next_one):
    """Even if its own entry gets another mark, once there is a tag."""
    root, text = small(HEADER)
    commit(root, text)
    if tagged:
        output(["git", "tag", f"v{release}"], cwd=root)
    log = LOG.replace("1.2.3 (new)", f"{release} (2026-02-03)")
    (root / command.LOG).write_text(log.format(command.mark(text), "0" * 16), encoding="utf-8")
    assert not command.wrong(root, text)
    assert command.kept(root, text) == [f"It is that of {release}."]
    root, changed = small(HEADER.replace(old, new))
    commit(root, changed)
    for known in [text, changed] if tagged else [text]:
        (root / command.LOG).write_text(log.format(command.mark(known), "0" * 16), encoding="utf-8")
        found = command.wrong(root, changed)
        assert found[0] == f"The interface is not that of {release}, which is released:"
        assert f"`## {next_one}`, without a date" in found[-1]
    added = f"## {next_one}\n\nAPI: `{command.mark(changed)}`\n\n## {release} (2"
    (root / command.LOG).write_text(
        log.format(command.mark(text), "").replace(f"## {release} (2", added), encoding="utf-8"
    )
    assert not command.wrong(root, changed)
    assert command.kept(root, changed)[0] == f"Since {release}:"


def test_what_is_private_may_change(small):
    _, text = small(HEADER)
    for old, new in (
        ("vwr_hidden_(void)", "vwr_other_(int)"),
        ("VWR_INNER_ 3", "VWR_INNER_ 4"),
        ("char b", "char c"),
        ("    int c;", "    unsigned d;"),
    ):
        assert HEADER.count(old) == 1
        assert small(HEADER.replace(old, new))[1] == text


def test_a_header_that_does_not_compile(small):
    with pytest.raises(command.Stop, match="the public headers do not compile for aarch64-none-elf"):
        small(HEADER + "struct vwr_t { unknown_t a; };\n")


def test_without_git(small, monkeypatch):
    """A tree from an archive has no earlier file: the mark is compared all the same."""
    root, text = small(HEADER, "0" * 16)
    (root / "generated/api.txt").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PATH", "/nowhere")
    found = "\n".join(command.wrong(root, text))
    assert "git has no generated/api.txt with the mark `0000000000000000`" in found


def test_since_a_revision():
    """./vwr api REV; a revision that git does not know."""
    with pytest.raises(command.Stop, match="git finds no generated/api.txt at nowhere"):
        command.at(ROOT, "nowhere")
    done = completed([ROOT / "vwr", "api", "nowhere"], cwd=ROOT)
    assert done.returncode == 2 and "at nowhere" in done.stderr
