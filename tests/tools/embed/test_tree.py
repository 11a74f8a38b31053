# SPDX-License-Identifier: MIT
"""
A copy with the reader of device trees opens the trees that QEMU makes for its boards. The structures to which a source of a search points are
in vwr.h, although they are arguments of no call.
"""

from pathlib import Path

import pytest

from processes import completed, need, output
from world import made

PROGRAM = Path(__file__).with_name("tree.c")
FLAGS = "-O1 -std=gnu11 -Wall -Wextra -Werror"


@pytest.fixture(scope="module", name="program")
def _program(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    made(folder, "--with", "find,tree,texts", "--transport", "mmio,pci", "--port", "host", cc=f"gcc {FLAGS}")
    output(["gcc", *FLAGS.split(), "-I", folder, PROGRAM, folder / "vwr.c", "-o", folder / "tree"])
    return folder / "tree"


@pytest.mark.parametrize("machine, slot, cells", [("aarch64", "0a003e00", 3), ("riscv64", "10008000", 1)])
def test_a_machine_is_found_in_its_tree(program, tmp_path, machine, slot, cells):
    qemu, tree = f"qemu-system-{machine}", tmp_path / "virt.dtb"
    need(qemu)
    made_by = completed(
        ["timeout", "-k", "5", "60", qemu, "-M", f"virt,dumpdtb={tree}", "-display", "none"], timeout=70
    )
    assert made_by.returncode == 0, made_by.stderr
    assert output([program, tree, slot]).splitlines() == [
        "tree: OK",
        f"tree: type 2, {cells} cells of an interrupt",
        "window: type 2, 0 cells of an interrupt",
    ]
