# SPDX-License-Identifier: MIT
"""
Each `./vwr embed` line of each page, twice: the first run writes a copy, the second writes nothing. What the tool wrote
into a folder is never read as if the user had written it.
"""

import re
import shlex
import shutil
from unittest import mock

import pytest

from processes import need, output
from world import ROOT, run, texts, written

from vwr.embed import choice as profiles
from vwr.embed import command

PAGES = sorted(
    {
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "docs").glob("*.txtar"),
        *(page for page in ROOT.glob("*.md") if page.name != "CHANGELOG.md"),
        *(
            page
            for room in ("codegen", "examples", "integrations", "runtime", "tests")
            for page in (ROOT / room).rglob("*.md")
        ),
    }
)
LINE = re.compile(r"""(?:\./|"\$V"/|virtwright/)vwr embed ([^`\n]*?)(?=`|\n|$|\\?[|]| &&|  +#| #)""")
USER = (
    '#include "vwr.h"\nint probe(struct vwr_mmio *m, void *base);\n'
    "int probe(struct vwr_mmio *m, void *base) { return vwr_mmio_probe(m, base, 512); }\n"
)


def lines():
    """{the words after ./vwr embed DIR: the page that has them first} of all pages."""
    found = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8").replace("\\\n", " ")
        for m in LINE.finditer(text):
            words = shlex.split(m[1])
            if words and all(word[:2] == "--" for word in words[1:2]):  # others are sentences
                found.setdefault(tuple(words[1:]), page.relative_to(ROOT).as_posix())
    return found


LINES = lines()
ROWS = [pytest.param(words, id=f"{page} {' '.join(words)}"[:80]) for words, page in LINES.items()]


def own(words, work):
    """A line with folders and files for what stands for the reader's, and without its compiler; that compiler."""
    words = [word.replace("$V", str(ROOT)) for word in words]
    compiler = ""
    if "--cc" in words:
        at = words.index("--cc")
        compiler = words[at + 1]
        if "-I'$PWD/include'" in compiler:  # the headers of C are the reader's, too
            compiler = compiler.replace("-I'$PWD/include'", "").replace("-nostdinc", "")
        del words[at : at + 2]
    described = "vault" if "vault" in " ".join(words) else "lamp"
    (work / "user.c").write_text(USER, encoding="utf-8")
    theirs = {
        "FOLDER": ROOT / "examples" / described,
        "FILE,…": work / "user.c",
        "FILE": work / "profile.yaml",
        "drivers/vwr": ROOT / "integrations" / "nuttx",  # to which docs/rtos.md has copied these files
    }
    if "FILE" in words:
        (work / "profile.yaml").write_text(
            profiles.text(profiles.made(profiles.defaults())), encoding="utf-8"
        )
    theirs.update({word: ROOT / word for word in words if "/" in word and (ROOT / word).exists()})
    theirs.update(
        {word: ROOT / word.removesuffix(",../src") for word in words if word.endswith(",../src")}
    )  # ../src stands for the reader's sources, which are not here
    return [theirs.get(word, word) for word in words], compiler


def of_every_name(choice):
    """In place of a copy: each part of the library is in it, as in a copy of everything; what the profile chose is too."""
    text = f"/*\n * Written by ./vwr embed: do not edit\n */\n// {choice}\n// {' '.join(choice.calls)}\n"
    every = "".join(f"int {name}(void);\n" for name in sorted(choice.every_call))
    if choice.files:
        return {"include/vwr/all.h": every, "src/all.c": every, "vwr.mk": text}
    return {"vwr.h": text + every, "vwr.c": text + every}


def test_the_pages_have_lines():
    """All forms in which a page shows the command are found: alone, in a table, behind a variable, over several lines."""
    said = {(page, *words) for words, page in LINES.items()}
    for start in (
        ("README.md", "--preset", "bringup", "--cc"),
        ("codegen/vwr/embed/README.md", "--side", "driver", "--transport", "mmio", "--device", "blk", "--cc"),
        ("codegen/vwr/embed/README.md",),
        ("docs/avatar.md", "--side", "both"),
        ("docs/porting.md", "--preset", "kernel"),
        ("docs/new-device.md", "--spec", "FOLDER"),
        ("docs/xv6.md", "--port", "xv6"),
    ):
        assert any(one[: len(start)] == start for one in said), start


@pytest.mark.parametrize("words", ROWS)
def test_the_second_run_chooses_the_same(work, words):
    """What a run reads after it has written; so the copy has a stand-in of which each line has a name that counts."""
    given, _ = own(words, work)
    with mock.patch.object(command, "render", of_every_name):
        written(work / "copy", *given)
        first = texts(work)
        assert "wrote" not in written(work / "copy", *given)
        assert texts(work) == first
        if "--callers" in given:
            return
        shutil.copy(work / "user.c", work / "copy")  # the copy is among the user's sources
        written(work / "copy", *given, "--callers", work / "copy")
        first = texts(work)
        assert "wrote" not in written(work / "copy", *given, "--callers", work / "copy")
        assert texts(work) == first


@pytest.mark.soak(
    "the test above; doors, package, avatar and xv6 run lines as their pages do, embed.matrix compiles profiles"
)
@pytest.mark.parametrize("words", ROWS)
def test_each_line(work, words):
    """As it stands, with its compiler: it writes and proves a copy, and then changes no byte."""
    given, compiler = own(words, work)
    if compiler and "your" not in compiler and "…" not in compiler:
        need(compiler.split()[0])
        given += ["--cc", compiler]
    if "avatar" in given:  # whose port includes headers of its tree
        (work / "copy").mkdir()
        shutil.copy(ROOT / "runtime" / "port" / "aarch64" / "vwr_port.h", work / "copy")
    done = run(work / "copy", *given)
    first = texts(work)
    assert done.returncode == 0 and "wrote" in done.stdout, done.stdout + done.stderr
    done = run(work / "copy", *given)
    assert done.returncode == 0 and "wrote" not in done.stdout, done.stdout + done.stderr
    assert texts(work) == first


@pytest.mark.parametrize("form", ["--pair", "--files"])
def test_a_copy_among_its_callers(work, form):
    """In the folder itself, in a folder of it under another name, behind a link; a copy and a port are no callers."""
    need("gcc")
    (work / "user.c").write_text(USER, encoding="utf-8")
    home = work if form == "--pair" else work / "copy"
    named = work
    if form == "--files":
        written(home, form)
        for name in ("vwr_example.c", "vwr_example.h"):  # which are the user's
            (home / name).unlink()
        named = f"{work},{home / 'src'},{home / 'include' / 'vwr'}"
    written(home, form, "--callers", named)
    first = texts(work)
    assert "wrote" not in written(home, form, "--callers", named) and texts(work) == first
    if form == "--files":
        assert not (home / "src" / "vwr_blk.c").exists(), "the user's file calls one function"
        return
    assert "vwr_blk_read(" not in (work / "vwr.h").read_text("utf-8"), "the user's file calls one function"
    output(["gcc", "-std=c11", "-Wall", "-Werror", "-r", *work.glob("*.c"), "-o", work / "all.o"], cwd=work)


def test_older_and_renamed_copies_are_no_callers(work):
    """Files that have another name than the tool gave them say who wrote them; in a copy of files the manifest does."""
    (work / "user.c").write_text(USER, encoding="utf-8")
    written(work / "old", "--preset", "everything", "--without", "trace")
    written(work / "all", "--preset", "everything", "--files")
    written(work / "new", "--callers", work / "user.c")
    for name in ("vwr.c", "vwr.h", "vwr_port.h"):
        shutil.copy(work / "old" / name, work / f"our_{name}")
    (work / "all").rename(work / "virtio")
    (work / "linked.c").symlink_to(work / "virtio" / "src" / "vwr_blk.c")
    wanted = (work / "new" / "vwr.c").read_bytes()
    written(
        work / "new", "--callers", f"{work},{work / 'old'},{work / 'virtio' / 'src'}", "--without", "trace"
    )
    assert (work / "new" / "vwr.c").read_bytes() != wanted, "vwr_example.c of old is the user's"
    for name in ("vwr_example.c", "vwr_example.h"):
        (work / "old" / name).unlink()
    written(work / "new")
    assert (work / "new" / "vwr.c").read_bytes() == wanted
    done = run(work / "none", "--callers", work / "old")
    assert done.returncode == 2 and "apart from the copy and its port" in done.stderr, done.stderr


def test_descriptions_in_the_folder_of_the_copy(work):
    """The profile, under whatever name, is no description."""
    shutil.copy(ROOT / "examples" / "lamp" / "lamp.yaml", work)
    written(work, "--spec", work, "--driver", "lamp")
    shutil.copy(work / "vwr-profile.yaml", work / "saved.yml")
    first = texts(work)
    assert "wrote" not in written(work, "--spec", work, "--driver", "lamp") and texts(work) == first
    assert "wrote" not in written(work) and texts(work) == first
