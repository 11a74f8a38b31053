# SPDX-License-Identifier: MIT
"""
A copy with the reader of device trees opens the tree that QEMU makes for a board. The structures to which a source of a search points are in
vwr.h, although they are arguments of no call.
"""

from pathlib import Path

from processes import completed, need, output
from world import made

PROGRAM = Path(__file__).with_name("tree.c")
FLAGS = "-O1 -std=gnu11 -Wall -Wextra -Werror"


def test_a_machine_is_found_in_its_tree(tmp_path):
    need("qemu-system-aarch64")
    machine = ["qemu-system-aarch64", "-M", f"virt,dumpdtb={tmp_path / 'virt.dtb'}", "-nodefaults"]
    assert completed(["timeout", "-k", "5", "60", *machine], timeout=70).returncode == 0
    made(
        tmp_path, "--with", "find,tree,texts", "--transport", "mmio,pci", "--port", "host", cc=f"gcc {FLAGS}"
    )
    sources = [PROGRAM, tmp_path / "vwr.c"]
    output(["gcc", *FLAGS.split(), "-I", tmp_path, *sources, "-o", tmp_path / "tree"])
    assert output([tmp_path / "tree", tmp_path / "virt.dtb"]).splitlines() == [
        "tree: OK",
        "tree: type 2, 3 cells of an interrupt",
        "window: type 2, 0 cells of an interrupt",
    ]
