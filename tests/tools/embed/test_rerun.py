# SPDX-License-Identifier: MIT
"""Running it again: the same bytes, edits that are not lost, and what has changed in the specification's words."""

import json
import os
import re
import shutil
import sys
from unittest import mock

import pytest

from processes import output
from folders import edit
from world import ROOT, run, texts, written

from vwr.embed import interface
from vwr.version import HEADER


@pytest.mark.parametrize("form", ["--pair", "--files"])
def test_again_is_the_same(work, form):
    written(work, form)
    first = texts(work)
    said = written(work)
    assert texts(work) == first and "wrote" not in said


def test_elsewhere_is_the_same(work):
    written(work / "a")
    written(work / "b")
    assert texts(work / "a") == texts(work / "b")


def test_an_edit_is_refused(work):
    """Named, shown, and nothing at all is written, not even the file that is as it was."""
    written(work, "--preset", "everything")
    edit(work / "vwr.c", "return VWR_EBUSY;", "return VWR_EAGAIN;")
    before = texts(work)
    done = run(work, "--without", "zoned", "--cc", "gcc -Os")
    assert done.returncode == 1 and texts(work) == before
    assert f"{work / 'vwr.c'} was edited after it was written" in done.stderr
    lines = done.stderr.splitlines()
    assert "--- vwr.c as written" in lines and "+++ vwr.c as edited" in lines
    assert [line[0] + line[1:].strip() for line in lines if line[:1] in "+-" and line[1:2] == " "] == [
        "-return VWR_EBUSY;",
        "+return VWR_EAGAIN;",
    ]
    assert "vwr.h" not in done.stderr
    written(work, "--force", "--without", "zoned")
    assert "VWR_EAGAIN" not in (work / "vwr.c").read_text(encoding="utf-8")
    assert "zoned: false" in (work / "vwr-profile.yaml").read_text(encoding="utf-8")


def test_a_file_of_theirs_is_refused(work):
    (work / "vwr.h").write_text("int mine;\n", encoding="utf-8")
    done = run(work)
    assert done.returncode == 1 and "vwr.h exists, but ./vwr embed did not write it" in done.stderr
    assert (work / "vwr.h").read_text(encoding="utf-8") == "int mine;\n" and not (work / "vwr.c").exists()


EXAMPLE = ("vwr_example.c", "vwr_example.h")


def test_port_example_and_profile_are_theirs(work):
    written(work, "--preset", "everything")
    for name in ("vwr_port.h", *EXAMPLE):
        edit(work / name, "/*", "/* mine */\n/*")
    edit(work / "vwr-profile.yaml", "stats: true", "stats: false")
    edit(work / "vwr-profile.yaml", "# A profile", "# My profile")
    said = written(work)
    assert (
        "the profile has changed: stats: false" in said
        and "#define VWR_WITH_STATS 0" in (work / "vwr.h").read_text()
    )
    for name in ("vwr_port.h", *EXAMPLE):
        assert "/* mine */" in (work / name).read_text(encoding="utf-8")
    assert "# My profile" in (work / "vwr-profile.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("edited", ["", *EXAMPLE])
@pytest.mark.parametrize("form", ["--pair", "--files"])
def test_an_example_follows_the_profile(work, form, edited):
    """Both files, in any form, if neither is edited; otherwise neither, and the run says what they lack."""
    written(work, form, "--side", "device", "--device", "console,blk")
    before = {name: (work / name).read_text("utf-8") for name in EXAMPLE}
    if edited:
        edit(work / edited, "*/", "*/\n/* mine */")
        before[edited] = (work / edited).read_text("utf-8")
    said = written(work, "--device", "net,console,blk", "--with", "texts")
    after = {name: (work / name).read_text("utf-8") for name in EXAMPLE}
    words = f"{work / edited} edited: the example is kept, without vwr_example_deliver; remove vwr_example.h and vwr_example.c"
    if edited:
        assert words in said and after == before, said
        (work / edited).write_text(before[edited].replace("\n/* mine */", ""), "utf-8")
        assert "edited" not in written(work)
    else:
        assert "edited" not in said, said
    source, header = ((work / name).read_text("utf-8") for name in EXAMPLE)
    assert "int vwr_example_deliver(const uint8_t *frame, uint32_t bytes)\n{" in source
    assert "int vwr_example_deliver(const uint8_t *frame, uint32_t bytes);" in header
    assert re.findall(r"add_(\w+)\((\d)\)", source) == [("net", "0"), ("console", "1"), ("disk", "2")]
    assert "device: net,console,blk\n" in (work / "vwr-profile.yaml").read_text("utf-8")
    assert max(map(len, header.splitlines())) <= 100 and "\n\n\n" not in header + source, header


def test_only_the_profile_changed_and_the_description_not(work):
    """
    Item 35 of the review: whatever key of the profile is another one, the cause that is reported is the profile. What the copy no
    longer has is not what the description no longer says.
    """
    said = written(work)
    for arguments, words in (
        (
            ["--with", "vwr_mmio_scan_line,texts"],
            "vwr_mmio_scan_line: true",
        ),  # in no profile unless it is named
        (["--driver", "blk,net"], "device: blk,net"),
        (["--interface", "modern"], "interface: modern"),
        (["--preset", "everything"], "changes: true"),
        (["--without", "packed,in_order"], "in_order: false, packed: false"),
        (["--files"], "form: files"),
        (["--side", "both", "--with", "async"], "side: both"),
        (["--side", "device", "--device", "blk,console"], "device: blk,console"),
    ):
        said = written(work, *arguments)
        (changed,) = re.findall("^the profile has changed: (.*)", said, re.MULTILINE)
        assert words in changed, said
        assert "the description" not in said and "Virtwright " not in said, said


def test_words_of_a_part_are_no_change_of_the_profile(work):
    """Another Virtwright describes a part otherwise and has one more: the profile that somebody wrote is what it was."""
    root, copy = checkout(work / "tree"), work / "copy"
    written(copy, root=root)
    options = root / "generated" / "python" / "virtwright" / "options.py"
    edit(options, 'brief="counters"', 'brief="numbers"')
    edit(
        options,
        "OPTIONS = (\n",
        'OPTIONS = (\n    Option(name="flux", brief="a new thing", sides=("driver",)),\n',
    )
    said = written(copy, root=root)
    assert "the profile has changed" not in said and "Virtwright has new parts: flux: false\n" in said
    edit(options, '    Option(name="flux", brief="a new thing", sides=("driver",)),\n', "")
    said = written(copy, root=root)
    assert "the profile has changed" not in said and "Virtwright no longer has the parts flux\n" in said


def test_calls_that_a_copy_gains_and_loses_are_listed(work):
    """Whatever a Virtwright calls its parts: one took a call from a part, and calls the part another name."""
    root, copy = checkout(work / "tree"), work / "copy"
    written(copy, root=root)
    assert "the copy gains" not in written(copy, root=root)
    options = root / "generated" / "python" / "virtwright" / "options.py"
    edit(options, '"vwr_freeze", ', "")
    said = written(copy, root=root)
    assert "the copy loses the calls vwr_freeze\n" in said and "the profile has changed" not in said
    edit(options, 'Option(name="recovery"', 'Option(name="mending"')
    edit(options, '"recovery"', '"mending"')
    edit(copy / "vwr-profile.yaml", "recovery: true", "mending: true")
    said = written(copy, root=root)
    assert "no longer has the parts recovery\n" in said and "the calls" not in said.split("left out")[0]
    assert "the copy gains the calls vwr_blk_get_id\n" in written(copy, "--with", "vwr_blk_get_id", root=root)


@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize(("back", "there"), [("--without", "--with"), ("--pair", "--files")])
def test_an_interrupted_run_is_no_edit(work, back, there, steps):
    """After so many steps: each file is the old or the new one, and the next run accepts it with either profile."""
    call = ["vwr_blk_get_id"] if there == "--with" else []
    written(work / "old", back, *call)
    shutil.copytree(work / "old", work / "new")
    written(work / "new", there, *call)
    shutil.copytree(work / "old", work / "copy")
    replace, left = os.replace, iter(range(steps))

    def interrupted(*paths):
        if next(left, None) is None:
            raise KeyboardInterrupt
        replace(*paths)

    with mock.patch.object(os, "replace", interrupted):
        done = run(work / "copy", there, *call)
    assert done.returncode == 0 or "interrupted" in done.stderr, done.stderr
    either = {*texts(work / "old").items(), *texts(work / "new").items()}
    assert {name for name, text in texts(work / "copy").items() if (name, text) not in either} <= {
        "vwr-manifest.json"
    }
    shutil.copytree(work / "copy", work / "again")
    written(work / "copy", back, *call)
    assert texts(work / "copy") == texts(work / "old")
    written(work / "again", there, *call)
    assert texts(work / "again") == texts(work / "new")


def test_a_closed_pipe_interrupts_the_messages_and_no_file(work):
    written(work)
    embed = [sys.executable, "-B", ROOT / "codegen", "embed", work, "--with", "vwr_blk_get_id", "--cc", "gcc"]
    output(["sh", "-c", '"$@" | head -0', "sh", *map(str, embed)])
    said = written(work)
    assert "wrote" not in said and b"int vwr_blk_get_id(" in texts(work)["vwr.h"]


def test_another_form_takes_the_first_away(work):
    written(work, "--files")
    written(work, "--pair")
    assert not (work / "vwr.mk").exists() and not list(work.rglob("src/*.c")) and (work / "vwr.c").exists()


def test_a_broken_manifest_is_reported(work):
    written(work)
    (work / "vwr-manifest.json").write_text("[]\n", encoding="utf-8")
    done = run(work)
    assert done.returncode == 1 and "has changed since ./vwr embed wrote it" in done.stderr


def checkout(folder):
    """The tree without git and tests."""
    for name in ("runtime", "generated", "spec", "codegen"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("CMakeLists.txt", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return folder


def test_a_changed_description_is_reported(work):
    """A specification in which DISCARD has another bit, a field moved, and seg_max is said otherwise."""
    root, copy = checkout(work / "tree"), work / "copy"
    written(copy, root=root)
    assert "commit" not in (copy / "vwr.h").read_text(encoding="utf-8").split("*/")[1]
    edit(root / "spec" / "device" / "blk.yaml", "bit: 13", "bit: 18")
    edit(
        root / "spec" / "device" / "blk.yaml",
        "seg_max limits the number of segments in a request",
        "No more segments than seg_max",
    )
    output([sys.executable, "-B", str(root / "codegen"), "generate"], cwd=root)
    said = written(copy, root=root)
    assert "the description has changed" in said
    assert "blk, Features, name DISCARD: Bit was 13, is 18" in said
    assert (
        "Meaning was seg_max limits the number of segments in a request., is No more segments than seg_max."
        in said
    )
    assert "VWR_BLK_F_DISCARD = 18" in (copy / "vwr.h").read_text(encoding="utf-8")
    assert "description" not in written(copy, root=root)


def test_an_edit_and_a_changed_description(work):
    root, copy = checkout(work / "tree"), work / "copy"
    written(copy, root=root)
    edit(copy / "vwr.h", "VWR_BLK_F_RO = 5", "VWR_BLK_F_RO = 6")
    edit(root / "generated" / "include" / "vwr" / "gen" / "blk.h", "VWR_BLK_F_MQ = 12", "VWR_BLK_F_MQ = 22")
    done = run(copy, root=root)
    assert done.returncode == 1 and "vwr.h was edited" in done.stderr
    assert "Virtwright has also changed" in done.stderr and "VWR_BLK_F_RO = 6" in done.stderr


def test_an_edit_and_another_release(work):
    """Another version or commit alone does not blur what was edited."""
    root, copy = checkout(work / "tree"), work / "copy"
    written(copy, root=root)
    edit(copy / "vwr.h", "VWR_BLK_F_RO = 5", "VWR_BLK_F_RO = 6")
    edit(root / HEADER, "#define VWR_VERSION_MAJOR ", "#define VWR_VERSION_MAJOR 9")
    done = run(copy, root=root)
    assert done.returncode == 1 and "Virtwright has also changed" not in done.stderr
    assert [line[:1] for line in done.stderr.splitlines() if line[:1] in "+-"] == ["-", "+", "-", "+"]


OLD = """\
#ifndef VWR_H
#define VWR_H
#define VWR_ONE_BYTES 4u
enum vwr_kind {
    VWR_KIND_A = 0, /* the first */
    VWR_KIND_B = 1,
};
/** struct vwr_one - It */
struct vwr_one {
    int first; /* the first */
    void (*hook)(struct vwr_one *o, int a);
    /* private: */
    int inner;
};
VWR_MUST_CHECK int vwr_one_do(struct vwr_one *o, int a);
static inline int vwr_one_get(const struct vwr_one *o)
{
    return o->first;
}
int vwr_one_close(struct vwr_one *o);
#endif
"""


def test_what_callers_must_change():
    """Signatures, public members and constants; not comments, attributes, private members, or calls, which have a list."""
    of, changes = interface.of, interface.changes
    rows = {
        ("vwr_one_do(struct vwr_one *o, int a)", "vwr_one_do(struct vwr_one *o)"): [
            "vwr_one_do: was int vwr_one_do(struct vwr_one *o, int a), is int vwr_one_do(struct vwr_one *o)"
        ],
        ("inline int vwr_one_get(const", "inline bool vwr_one_get("): [
            "vwr_one_get: was int vwr_one_get(const struct vwr_one *o), is bool vwr_one_get(struct vwr_one *o)"
        ],
        ("    int first; /* the first */\n", "    long first;\n"): [
            "struct vwr_one: now without int first and with long first"
        ],
        ("    VWR_KIND_B = 1,\n", ""): ["removed: VWR_KIND_B"],
        ("#define VWR_ONE_BYTES 4u\n", ""): ["removed: VWR_ONE_BYTES"],
        ("    int inner;", "    long inner;\n    int more;"): [],
        ("VWR_MUST_CHECK ", ""): [],
        ("/** struct vwr_one - It */\n", ""): [],
        ("int vwr_one_close(struct vwr_one *o);\n", "void vwr_one_more(void);\n"): [],
        ("return o->first", "return 0"): [],
    }
    for (before, after), said in rows.items():
        assert before in OLD
        new = OLD.replace(before, after.replace("vwr_one_get( ", "vwr_one_get("))
        assert list(changes(of({"vwr.h": OLD}), of({"vwr.h": new}))) == said, (before, after)


@pytest.mark.parametrize("form", ["--pair", "--files"])
def test_a_newer_version_says_what_callers_must_change(work, form):
    root, copy = checkout(work / "tree"), work / "copy"
    written(copy, form, root=root)
    header = root / "runtime" / "include" / "vwr" / "blk.h"
    edit(header, "    VWR_FAULT_BLK_ZONE =", "    /* a comment */\n    VWR_FAULT_BLK_ZONE =")
    assert "your code" not in written(copy, root=root)
    text = header.read_text(encoding="utf-8")
    member = re.search(r"(struct vwr_blk_options \{\n(?:.*\n)*?)(    \w[^\n]*;[^\n]*\n)", text)
    header.write_text(text.replace(member[1], member[1] + "    int more;\n", 1), encoding="utf-8")
    source = root / "runtime" / "driver" / "blk"
    for path in [header, *source.glob("*.c")]:
        words = path.read_text(encoding="utf-8")
        path.write_text(
            words.replace(
                "int vwr_blk_flush(struct vwr_blk *b)", "int vwr_blk_flush(struct vwr_blk *b, int how)"
            ),
            encoding="utf-8",
        )
    said = written(copy, "--files" if form == "--files" else "--pair", root=root)
    assert "your code must change where it uses these:\n" in said
    assert (
        "  vwr_blk_flush: was int vwr_blk_flush(struct vwr_blk *b),"
        " is int vwr_blk_flush(struct vwr_blk *b, int how)\n" in said
    )
    assert form == "--pair" or "struct vwr_blk_options: now with int more\n" in said
    assert "your code" not in written(copy, "--with", "texts", root=root)


def test_the_manifest_has_sums(work):
    written(work)
    data = json.loads((work / "vwr-manifest.json").read_text(encoding="utf-8"))
    assert set(data["files"]) == {"vwr.c", "vwr.h"} and all(len(one) == 64 for one in data["files"].values())
