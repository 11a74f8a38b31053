# SPDX-License-Identifier: MIT
"""What integrations/fdt adds to a tree is what dtc makes of the text that ./vwr plan writes."""

import subprocess
from pathlib import Path

import pytest

from processes import completed, need, output
from folders import BUILD, ROOT
from vwr.plan import command as plan
from vwr.plan import render as plan_render

HERE = Path(__file__).resolve().parent
PROGRAM = BUILD / "tests/tools/plan/plan_fdt"
CARDS = 4  # the VM on PCI
PLANS = {"world": HERE / "world.yaml", "two": ROOT / "examples/plan/vms.yaml"}


GIC = """
interrupt-parent = <&gic>;
gic: interrupt-controller@8000000 { #interrupt-cells = <3>; };
"""


def dtc(text, **options):
    """dtc's own way to write a tree."""
    return subprocess.run(
        ["dtc", "-q", "-s", "-O", "dts", *options.pop("arguments", [])],
        input=text,
        capture_output=True,
        check=True,
        **options,
    ).stdout.decode()


def program(*arguments):
    done = completed([PROGRAM, *map(str, arguments)])
    return done.returncode, done.stdout


@pytest.fixture(autouse=True)
def tools():
    need("dtc", debian="device-tree-compiler")
    assert PROGRAM.is_file()


@pytest.mark.parametrize("name", PLANS)
def test_the_nodes_are_those_of_the_text(tmp_path, name):
    one, _, _ = plan.read("vms.yaml", PLANS[name].read_bytes())
    for file, content in plan_render.render(one, "", "vms.yaml").items():
        (tmp_path / file).write_bytes(content)
    for vm in one.vms:
        file = f"vwr_plan_{one.name.replace('-', '_')}_{vm.name}.dtsi"
        text = (
            f'/dts-v1/;\n/ {{\n#address-cells = <2>;\n#size-cells = <2>;\n{GIC if vm.is_pci else ""}}};\n'
            f'/include/ "{file}"\n'
        )
        assert program(tmp_path / "made.dtb", name, 2, vm.index, "") == (0, "")
        made = dtc(None, arguments=["-I", "dtb", tmp_path / "made.dtb"])
        dtc(text.encode(), cwd=tmp_path, arguments=["-O", "dtb", "-o", "text.dtb"])
        assert made == dtc(None, arguments=["-I", "dtb", tmp_path / "text.dtb"])
        assert made.count("virtio,mmio") == (0 if vm.is_pci else len(vm.devices))


def test_nodes_come_in_the_order_of_their_addresses(tmp_path):
    assert program(tmp_path / "made.dtb", "world", 2, 2, "memory@0")[0] == 0
    listed = output(["dtc", "-q", "-I", "dtb", "-O", "dts", tmp_path / "made.dtb"])
    nodes = [line.split()[0] for line in listed.splitlines() if "@" in line]
    assert nodes == [
        "virtio_mmio@b002000",
        "virtio_mmio@b003000",
        "virtio_mmio@b004000",
        "virtio_mmio@b00f000",
        "memory@0",
    ]


def test_one_cell_is_enough_for_low_addresses(tmp_path):
    assert program(tmp_path / "made.dtb", "world", 1, 0, "")[0] == 0
    assert "reg = <0xa000000 0x1000>" in dtc(None, arguments=["-I", "dtb", tmp_path / "made.dtb"]).replace(
        "0x0a", "0xa"
    )


def test_what_cannot_be_added_is_an_error(tmp_path):
    assert program(tmp_path / "x", "world", 2, 0, "virtio_mmio@a001000") == (1, "FDT_ERR_EXISTS\n")
    assert program(tmp_path / "x", "two", 3, 0, "") == (1, "FDT_ERR_BADVALUE\n")
    assert program(tmp_path / "x", "world", 1, CARDS, "") == (1, "FDT_ERR_BADNCELLS\n")
    assert program(tmp_path / "x", "world", 2, CARDS, "pcie@c000000") == (1, "FDT_ERR_EXISTS\n")
