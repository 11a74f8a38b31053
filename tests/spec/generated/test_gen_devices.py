# SPDX-License-Identifier: MIT
"""Devices unlike a disk: with next to nothing, and with whatever else the grammar allows."""

import pytest
from processes import need, output
from gen_help import edited, own, rendered
from vwr import ROOT

# Odd: /* and */ in a text, an array that the driver writes, an array of structs, values beyond an int.
RNG, ODD, DISK = (own(name) for name in ("rng", "odd-one", "disk"))


@pytest.fixture(scope="module")
def made(texts, tmp_path_factory):
    out = tmp_path_factory.mktemp("odd")
    devices = {"rng": RNG, "odd-one": ODD, "disk": DISK}
    files = rendered(texts | {f"spec/device/{name}.yaml": text for name, text in devices.items()})
    for path, text in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, "utf-8")
    return out, files


def test_a_device_with_a_queue_and_nothing_else(made):
    _, files = made
    assert "#define VWR_RNG_ID 4u" in files["include/vwr/gen/rng.h"]
    assert {path for path in files if "rng" in path} == {
        "include/vwr/gen/rng.h",
        "standalone/virtio_rng.h",
        "rust/src/rng.rs",
        "docs/rng.md",
    }


def test_what_else_the_grammar_allows(made):
    _, files = made
    header = files["include/vwr/gen/odd_one.h"]
    assert "/* VIRTIO 1.4; Odd Device / * with a * / comment */" in header
    assert "    if (i >= 6u)\n        return VWR_ERANGE;\n" in header
    assert "        return 0xffffffffffffffffULL;\n" in header
    assert "#define VWR_ODD_ONE_W_LARGE 0x80000000u" in header
    assert header.index("struct vwr_odd_one_pair {") < header.index("struct vwr_odd_one_outer {")
    assert "VWR_ODD_ONE_PAIR_B_LOW_MASK 0x000fu" in header and "_REST_MASK" not in header
    assert '#include "vwr/gen/features.h"' in header
    tables = files["src/vwr_gen_odd_one.c"]
    assert (
        "{.feature = VWR_ODD_ONE_F_FAST, .any = {VWR_ODD_ONE_F_MAC, VWR_FEATURE_NONE, VWR_FEATURE_NONE}}"
        in tables
    )
    assert (
        "{.feature = VWR_ODD_ONE_F_FAST, .any = {VWR_ODD_ONE_F_SLOW, VWR_F_VERSION_1, VWR_FEATURE_NONE}}"
        in tables
    )


def test_feature_words(made):
    """Of all bits, of those in the legacy interface alone and in the modern one alone, and of those with a field."""
    words = (
        "#define VWR_DISK_FEATURES_W0 0x00021060u\n#define VWR_DISK_FEATURES_W1 0x00000000u\n",
        "#define VWR_DISK_FEATURES_LEGACY_W0 0x00000001u\n#define VWR_DISK_FEATURES_MODERN_W0 0x00020000u ",
        "#define VWR_DISK_CONFIG_FEATURES_W0 0x00001040u\n#define VWR_DISK_CONFIG_FEATURES_W1 0x00000000u\n",
        "#define VWR_DISK_FEATURE_RULE_COUNT 0u\n",
    )
    assert [word for word in words if word not in made[1]["include/vwr/gen/disk.h"]] == []


@pytest.mark.parametrize(
    "compiler", ["gcc", "g++", pytest.param("clang", marks=pytest.mark.soak("clang reads our own headers"))]
)
def test_it_compiles(made, compiler, tmp_path):
    need(compiler)
    out, _ = made
    mode = ["-std=c++17"] if compiler == "g++" else ["-std=c11", "-Wconversion", "-pedantic"]
    flags = [
        *mode,
        "-Wall",
        "-Wextra",
        "-Werror",
        f"-I{out}/include",
        f"-I{out}/standalone",
        f"-I{ROOT}/runtime/include",
        f"-I{ROOT}/runtime/port/template",
    ]
    text = "".join(
        f'#include "vwr/gen/{name}.h"\n#include "virtio_{name}.h"\n' for name in ("rng", "odd_one")
    )
    output([compiler, *flags, "-fsyntax-only", "-xc++" if compiler == "g++" else "-xc", "-"], input=text)
    if compiler != "g++":
        sources = [str(path) for path in out.glob("src/*odd*.c")]
        output([compiler, *flags, "-c", *sources], cwd=tmp_path)
        output([compiler, *flags, "-o", "wire", f"{out}/test/wire_odd_one.c"], cwd=tmp_path)
        output([str(tmp_path / "wire")])


def test_the_selector_of_a_wide_register_is_its_low_half(texts):
    """`when` may name a 64-bit register: the row is that of the half that is written first."""
    old = "when: DRIVER and not FAILED and QueuePFN == 0,"
    text = edited(texts, "spec/transport/mmio.yaml", old, old.replace("QueuePFN", "QueueDesc"))
    assert ", VWR_MMIO_REG_QUEUE_DESC_LOW},\n" in rendered(text)["src/vwr_gen_mmio.c"]


def test_a_configuration_that_is_little_endian_in_the_legacy_interface_too(texts):
    odd = ODD.replace("config:\n", "config:\n  legacy-order: little\n", 1)
    header = rendered({**texts, "spec/device/odd-one.yaml": odd})["include/vwr/gen/odd_one.h"]
    assert "    return vwr_config_little16(c, vwr_config_read16(c, VWR_ODD_ONE_CONFIG_STATUS));\n" in header
    assert "    vwr_config_write32(c, VWR_ODD_ONE_CONFIG_ODD, vwr_config_little32(c, value));\n" in header
    assert "    return vwr_config_read8(c, VWR_ODD_ONE_CONFIG_MAC + 1u * i);\n" in header
