# SPDX-License-Identifier: MIT
"""
The pages to which README.md leads, word by word: their commands run in a copy of the tree and print the
output on the pages. A page for a user has only the files that a source archive has.
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from folders import edit
from processes import completed, need, output
from vwr import ROOT
from vwr.dist.command import belongs

BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What each page runs besides a compiler for this machine.
TOOLS = {
    "docs/first-driver.md": ("aarch64-linux-gnu-gcc", "qemu-system-aarch64"),
    "docs/first-vmm.md": ("dtc",),
    "docs/emulator.md": ("riscv64-linux-gnu-gcc",),
    "docs/new-device.md": (),
    "CONTRIBUTING.md": (),
}
COMMIT = ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]


def steps(text):
    """[commands, their output or None] for each step on a page."""
    found = []
    for kind, block in BLOCK.findall(text):
        if kind == "sh":
            found.append([block, None])
        else:
            assert found and found[-1][1] is None, f"no commands print this:\n{block}"
            found[-1][1] = block
    return found


def is_printed(shown, printed):
    """Is this what the page shows?"""
    pattern = ".*".join(map(re.escape, shown.strip().split("…")))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


@pytest.fixture(name="clone")
def _clone(work, page):
    """A checkout, or a source archive, that the page may change. The folders next to it are the reader's."""
    root = work / "a clone"
    usual = shutil.ignore_patterns(".git", "build*", "__pycache__", ".*_cache", "*.tar")

    def ignored(folder, names):
        found = usual(folder, names)
        if page.startswith("docs/"):
            found |= {
                name
                for name in names
                if (path := Path(folder, name)).is_file() and not belongs(path.relative_to(ROOT).as_posix())
            }
        return found

    shutil.copytree(ROOT, root, ignore=ignored)
    for words in (["init", "-q"], ["add", "spec"], COMMIT):  # for ./vwr diff
        output(["git", *words], cwd=root)
    return root


@pytest.mark.parametrize("page", TOOLS)
def test_first_hour(page, clone):
    need("gcc", "git", "patch", *TOOLS[page])
    kept = {key: text for key, text in os.environ.items() if key != "PYTHONPATH" and key[:4] != "VWR_"}
    shown = steps((ROOT / page).read_text(encoding="utf-8"))
    assert len(shown) > 1 and shown[-1][1], "the last step has to show a result"
    for commands, text in shown:
        script = f"exec 2>&1\n{commands}"
        done = completed(["sh", "-ec", script], cwd=clone, env={**kept, "VWR_NO_INSTALL": "1"})
        assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"
        assert text is None or is_printed(text, done.stdout), f"{commands}\n{done.stdout}\nnot\n{text}"


@pytest.mark.soak("test_first_hour builds the program with one device; embed.guest has a VM with ten")
def test_a_second_device_of_a_vmm(work):
    """The row of docs/first-vmm.md: its command, and its edits of the program."""
    need("gcc")
    page = (ROOT / "docs/first-vmm.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^\| Add a second device.*`[.]/vwr embed DIR ([^`]*)`", page, re.MULTILINE)
    output([ROOT / "vwr", "embed", work, *shlex.split(command)], cwd=ROOT)
    shutil.copy(ROOT / "examples/first/vmm.c", work)
    edit(work / "vmm.c", "window[VWR_MMIO_SIZE]", "window[2 * VWR_MMIO_SIZE]")
    edit(
        work / "vmm.c",
        "int main(void)\n{\n",
        "int main(void)\n{\n    static uint8_t image[0x8000];\n",
    )
    edit(
        work / "vmm.c",
        "    int r = vwr_example_start(ram,",
        "    int r;\n\n    vwr_example_disk(image, sizeof(image));\n    r = vwr_example_start(ram,",
    )
    gcc = ["gcc", "-std=gnu11", "-O0", "-DVWR_HOST_EXTERNAL_BUS", *sorted(work.glob("*.c"))]
    output([*gcc, "-o", work / "vmm"])
    assert output([work / "vmm"]) == "Hello from the guest.\nresult: OK\n"


def test_readme_has_each_door():
    doors = (
        (ROOT / "README.md").read_text(encoding="utf-8").split("## Start here\n")[1].split("\n\n[docs/]")[0]
    )
    assert re.findall(r"\]\(([^)]+)\)", doors) == list(TOOLS)


def test_another_result_is_seen():
    assert steps("```sh\na\n```\n\n```sh\nb\n```\n\n```text\nx … y\n…\n```\n") == [
        ["a\n", None],
        ["b\n", "x … y\n…\n"],
    ]
    assert is_printed("x … y\n…\n", "x 1\n2 y\nend\n") and not is_printed("x … y", "x 1 y\nz\n")
    with pytest.raises(AssertionError, match="no commands print this"):
        steps("```text\nx\n```\n")
