# SPDX-License-Identifier: MIT
"""The IOMMU of a device, and its number there: in the trees that QEMU writes, and in invalid ones."""

import pytest

from folders import BUILD
from processes import output

SAYS = BUILD / "tests/qemu/trees/trees_agree"
ERANGE, EUNSUPP, EPROTO = -11, -14, -16


def test_iommu_of_qemu(tmp_path):
    """QEMU numbers a PCI function by its requester ID. The IOMMU itself is not behind it."""
    tree = tmp_path / "tree"
    command = ["timeout", "-k", "5", "60", "qemu-system-aarch64", "-nodefaults", "-display", "none"]
    output([*command, "-machine", f"virt,dumpdtb={tree}", "-device", "virtio-iommu-pci,addr=3"])
    for function in 0, 8, 0x17, 0x19, 0xFFFF:
        said = output([SAYS, "iommu", tree, "/pcie@10000000", str(function)])
        assert said == f"/pcie@10000000/virtio_iommu@3,0 {function}\n"
    assert output([SAYS, "iommu", tree, "/pcie@10000000", "0x18"]) == f"{ERANGE} -\n"
    assert output([SAYS, "iommu", tree, "/virtio_mmio@a000000", "0"]) == f"{EUNSUPP} -\n"


# Properties of the device; what is said of function 0x108.
CASES = {
    "": f"{EUNSUPP} -",
    "iommus = <&a 8>;": "/a 8",
    "iommus = <&b 9>, <&a 8>;": "/b 9",
    "iommu-map = <0 &a 0 0x100>, <0x100 &b 0x40 0x10>;": "/b 72",
    "iommu-map-mask = <0xff>; iommu-map = <0 &a 0x20 0x100>;": "/a 40",
    "iommu-map = <0 &a 0 0x108>, <0x109 &a 0 1>, <0x108 &a 0 0>;": f"{ERANGE} -",
    "iommus;": f"{EPROTO} iommus",
    "iommus = <&a>;": f"{EPROTO} iommus",
    "iommus = <77 8>;": f"{EPROTO} iommus",
    "iommus = <&two 8>;": f"{EPROTO} #iommu-cells",
    "iommus = <&none 8>;": f"{EPROTO} #iommu-cells",
    "iommu-map;": f"{EPROTO} iommu-map",
    "iommu-map = <0 &a 0>;": f"{EPROTO} iommu-map",
    "iommu-map = <0 77 0 0x1000>;": f"{EPROTO} iommu-map",
    "iommu-map = <0x100 &a 0xfffffff0 0x20>;": f"{EPROTO} iommu-map",
    "iommu-map = <0xfffffff0 &a 0 0x20>;": f"{EPROTO} iommu-map",
    "iommu-map-mask = <0 0>; iommu-map = <0 &a 0 0x1000>;": f"{EPROTO} iommu-map-mask",
}


@pytest.mark.parametrize("properties", CASES)
def test_iommu_of_tree(properties, tmp_path):
    nodes = "".join(
        f"{n}: {n} {{ #iommu-cells = <{cells}>; }};" for n, cells in (("a", 1), ("b", 1), ("two", 2))
    )
    text = f"/dts-v1/; / {{ {nodes} none: none {{ }}; device {{ {properties} }}; }};"
    (tmp_path / "source").write_text(text, encoding="utf-8")
    output(["dtc", "-q", "-f", "-I", "dts", "-O", "dtb", "-o", tmp_path / "tree", tmp_path / "source"])
    assert output([SAYS, "iommu", tmp_path / "tree", "/device", "0x108"]) == CASES[properties] + "\n"
