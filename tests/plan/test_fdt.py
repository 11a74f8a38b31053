# SPDX-License-Identifier: MIT
"""What layers/fdt adds to a tree is what dtc makes of the text that ./vwr plan writes."""

import os
import shutil
import subprocess
from pathlib import Path

import plan
import plan_render
import pytest

HERE = Path(__file__).resolve().parent
PROGRAM = Path(os.environ.get("VWR_BUILD_DIR", "build")) / "tests" / "plan" / "plan_fdt"
VMS = ("legacy", "modern", "far")


def dtc(text, **options):
    """dtc's own way to write a tree."""
    return subprocess.run(["dtc", "-q", "-s", "-O", "dts", *options.pop("arguments", [])], input=text, capture_output=True,
                          check=True, **options).stdout.decode()


def program(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], text=True, capture_output=True, check=False)
    return done.returncode, done.stdout


@pytest.fixture(autouse=True)
def tools():
    if shutil.which("dtc") is None:
        pytest.skip("no dtc here (Debian: device-tree-compiler)")
    assert PROGRAM.is_file()


@pytest.mark.parametrize("vm", VMS)
def test_the_nodes_are_those_of_the_text(tmp_path, vm):
    one, _, _ = plan.read("world.yaml", (HERE / "world.yaml").read_bytes())
    for name, content in plan_render.render(one, "", "world.yaml").items():
        (tmp_path / name).write_bytes(content)
    text = f'/dts-v1/;\n/ {{\n#address-cells = <2>;\n#size-cells = <2>;\n}};\n/include/ "vwr_plan_world_{vm}.dtsi"\n'
    assert program(tmp_path / "made.dtb", 2, VMS.index(vm), "") == (0, "")
    made = dtc(None, arguments=["-I", "dtb", tmp_path / "made.dtb"])
    assert made == dtc(text.encode(), cwd=tmp_path)
    assert made.count("virtio,mmio") == len(one.vms[VMS.index(vm)].devices)


def test_nodes_come_in_the_order_of_their_addresses(tmp_path):
    assert program(tmp_path / "made.dtb", 2, 2, "memory@0")[0] == 0
    listed = subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", tmp_path / "made.dtb"], text=True, capture_output=True,
                            check=True).stdout
    nodes = [line.split()[0] for line in listed.splitlines() if "@" in line]
    assert nodes == ["virtio_mmio@b004000", "virtio_mmio@b00f000", "memory@0"]


def test_one_cell_is_enough_for_low_addresses(tmp_path):
    assert program(tmp_path / "made.dtb", 1, 0, "")[0] == 0
    assert "reg = <0xa000000 0x1000>" in dtc(None, arguments=["-I", "dtb", tmp_path / "made.dtb"]).replace("0x0a", "0xa")


def test_what_cannot_be_added_is_an_error(tmp_path):
    assert program(tmp_path / "x", 2, 0, "virtio_mmio@a001000") == (1, "FDT_ERR_EXISTS\n")
    code, said = program(tmp_path / "x", 3, 0, "")
    assert code == 1 and said.endswith("FDT_ERR_BADVALUE\n")
