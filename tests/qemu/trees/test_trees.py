# SPDX-License-Identifier: MIT
"""What vwr/tree.h and libfdt say of trees: those of QEMU's boards, of odd.yaml and of cases.yaml."""

import re
from pathlib import Path

import pytest
import yaml

import reference
from folders import BUILD
from processes import output

FOLDER = Path(__file__).parent
AGREE = BUILD / "tests/qemu/trees/trees_agree"
ODD, CASES = (
    yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")) for name in ("odd", "cases")
)
VIRT = (
    "virtio_mmio@a000000 reg a000000+200 interrupt /intc@8000000: 0 10 1 coherent",
    "    window 1 0 at 3eff0000+10000",
    "    window 2 10000000 at 10000000+2eff0000",
    "    8 pin 1 interrupt /intc@8000000: 0 4 4",
    "    8 message 8003 8",
)
HIGH = (
    *VIRT,
    "pcie@10000000 reg 4010000000+10000000 buses 0-255",
    "    window 3 8000000000 at 8000000000+8000000000",
)
RISCV = ("pci@30000000 reg 30000000+10000000 buses 0-255", "    window 2 40000000 at 40000000+40000000")
APLIC = (
    *RISCV,
    "virtio_mmio@10001000 reg 10001000+1000 interrupt /soc/aplic@d000000: 1 4",
    "    18 pin 2 interrupt /soc/aplic@d000000: 20 4",
)
# QEMU's name of the machine, options, devices of virtio-mmio, and lines among what is said.
BOARDS = {
    "aarch64_gic_2": ("aarch64", "virt,gic-version=2", 32, HIGH),
    "aarch64_its": ("aarch64", "virt,gic-version=3,its=on", 32, HIGH),
    "aarch64_no_its": (
        "aarch64",
        "virt,gic-version=3,its=off",
        32,
        [line for line in HIGH if "message" not in line],
    ),
    "aarch64_iommu": ("aarch64", "virt,iommu=smmuv3,virtualization=on,secure=on", 32, HIGH[:1]),
    "armv7": ("arm", "virt", 32, HIGH),
    "armv7_low": ("arm", "virt,highmem=off", 32, (*VIRT, "pcie@10000000 reg 3f000000+1000000 buses 0-15")),
    "riscv64_plic": (
        "riscv64",
        "virt",
        8,
        (
            *RISCV,
            "virtio_mmio@10001000 reg 10001000+1000 interrupt /soc/plic@c000000: 1",
            "    18 pin 2 interrupt /soc/plic@c000000: 20",
        ),
    ),
    "riscv32": ("riscv32", "virt -bios none", 8, RISCV),
    "riscv64_aplic": ("riscv64", "virt,aia=aplic", 8, ()),
    "riscv64_imsic": ("riscv64", "virt,aia=aplic-imsic", 8, (*APLIC, "    8 message 4 8")),
    "riscv64_numa": (
        "riscv64",
        "virt -smp 4 -numa node,memdev=a,cpus=0-1 -numa node,memdev=b,cpus=2-3"
        " -object memory-backend-ram,id=a,size=64M -object memory-backend-ram,id=b,size=64M",
        8,
        (),
    ),
}


def said_of(tree):
    """What both readers say, which is what the reference says: of an error, the node and the property."""
    said = output([AGREE, tree]).splitlines()
    assert [
        re.sub(r"(error /.*?: \S+).*?( buses .*| disabled| coherent)?$", r"\1\2", line) for line in said
    ] == (reference.said_of(tree))
    return said


@pytest.mark.parametrize("name", BOARDS)
def test_board(name, tmp_path):
    qemu, machine, count, lines = BOARDS[name]
    machine, *options = machine.split()
    tree = tmp_path / "tree"
    command = ["timeout", "-k", "5", "60", f"qemu-system-{qemu}", "-nodefaults", "-display", "none"]
    command += ["-machine", f"{machine},dumpdtb={tree}", *options]
    output([*command, "-device", "virtio-rng-device", "-device", "virtio-rng-pci"])
    # QEMU 10 names the APLIC as the Devicetree Specification recommends, QEMU 7 by its kind.
    said = [line.replace("/soc/interrupt-controller@d000000", "/soc/aplic@d000000") for line in said_of(tree)]
    assert sum("virtio_mmio@" in line and " reg " in line for line in said) == count
    assert not [line for line in lines if line not in said], "\n".join(said)
    assert not [line for line in said if "error" in line]


def is_said_of(case, folder):
    (folder / "source").write_text("/dts-v1/;\n" + case["tree"], encoding="utf-8")
    output(["dtc", "-q", "-f", "-I", "dts", "-O", "dtb", "-o", folder / "tree", folder / "source"])
    assert said_of(folder / "tree") == case["says"].splitlines()


@pytest.mark.parametrize("name", ODD)
def test_odd(name, tmp_path):
    is_said_of(ODD[name], tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_case(name, tmp_path):
    is_said_of(CASES[name], tmp_path)


def test_every_kind_of_property_is_there():
    """What the reader knows of, and no case has."""
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in (FOLDER.parents[2] / "runtime/driver/discover/tree").glob("vwr_tree*.c")
    )
    known = set(re.findall(r'"(#?[a-z]+(?:-[a-z]+)+|ranges|reg|status|interrupts|phandle)"', sources))
    assert len(known) > 12 and not [
        name for name in known - {"phandle", "msi-parent"} if name not in str((ODD, CASES))
    ]
