# SPDX-License-Identifier: MIT
"""Devices unlike a disk: with next to nothing, and with whatever else the grammar allows."""

import shutil
import subprocess
from pathlib import Path

import pytest
from gen_help import edited, rendered

ROOT = Path(__file__).resolve().parents[3]

RNG = """\
# SPDX-License-Identifier: MIT
kind: device
name: rng
id: RNG
section: Entropy Device
brief: Random bytes.

queues:
  - {name: requestq, index: 0, brief: Buffers to fill.}
"""

# /* and */ in a text, an array that the driver writes, an array of structs, values beyond an int.
ODD = """\
# SPDX-License-Identifier: MIT
kind: device
name: odd-one
id: CONSOLE
section: Odd Device /* with a */ comment
brief: Has "everything" \\\\ and | more.

features:
  section: Odd Device
  bits:
    - {name: MAC, bit: 5, since: "1.0", brief: There is an address.}
    - {name: FAST, bit: 50, since: "1.4", requires: [MAC, [SLOW, VERSION_1]], brief: It is fast.}
    - {name: SLOW, bit: 127, since: "1.4", reserved: true}

config:
  section: Odd Device
  size: 32
  fields:
    - {name: mac, type: u8, count: 6, dir: RW, if: MAC, brief: Address.}
    - {name: status, type: le16, if: RING_RESET, absent: 65535, brief: Status.}
    - {name: big, type: le64, if: FAST, absent: 0xffffffffffffffff, brief: Large.}
    - {name: pair, type: pair, count: 2, brief: Two of them.}
    - {name: one, type: pair, if: MAC, brief: One of them.}
    - {name: odd, type: le32, dir: RW, flags: wide, brief: Not reserved.}
    - {name: tail, type: le32, count: trailing, brief: Whatever comes.}

structs:
  - name: outer
    size: 12
    section: Odd Device
    brief: Names a struct that comes later.
    fields:
      - {name: inner, type: pair, count: 3, brief: Three of them.}
  - name: pair
    size: 4
    section: Odd Device
    brief: A pair.
    fields:
      - {name: a, type: le16, if: FAST, brief: First.}
      - name: b
        type: le16
        flags: kinds
        brief: Second.
        bits:
          - {name: low, shift: 0, width: 4, brief: Low.}
          - {name: rest, shift: 4, width: 12, reserved: true}

flags:
  - name: kinds
    prefix: K
    section: Odd Device
    values:
      - {name: SMALL, value: 0x10, since: "1.0", brief: Small.}
  - name: wide
    prefix: W
    section: Odd Device
    values:
      - {name: LARGE, value: 0x80000000, since: "1.0", brief: Large.}
"""


@pytest.fixture(scope="module")
def made(texts, tmp_path_factory):
    out = tmp_path_factory.mktemp("odd")
    files = rendered({**texts, "spec/device/rng.yaml": RNG, "spec/device/odd-one.yaml": ODD})
    for path, text in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, "utf-8")
    return out, files


def test_a_device_with_a_queue_and_nothing_else(made):
    _, files = made
    assert "#define VWR_RNG_ID 4u" in files["include/vwr/gen/rng.h"]
    assert {path for path in files if "rng" in path} == {
        "include/vwr/gen/rng.h", "include/vwr/gen/document/rng.h", "docs/rng.md", "python/virtwright/rng.py"}


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
    assert "{.feature = VWR_ODD_ONE_F_FAST, .any = {VWR_ODD_ONE_F_MAC, VWR_FEATURE_NONE, VWR_FEATURE_NONE}}" in tables
    assert "{.feature = VWR_ODD_ONE_F_FAST, .any = {VWR_ODD_ONE_F_SLOW, VWR_F_VERSION_1, VWR_FEATURE_NONE}}" in tables


@pytest.mark.parametrize("compiler", ["gcc", "clang", "g++"])
def test_it_compiles(made, compiler, tmp_path):
    if not shutil.which(compiler):
        pytest.skip(f"no {compiler}")
    out, _ = made
    mode = ["-std=c++17"] if compiler == "g++" else ["-std=c11", "-Wconversion", "-pedantic"]
    flags = [*mode, "-Wall", "-Wextra", "-Werror", f"-I{out}/include", f"-I{ROOT}/runtime/include",
             f"-I{ROOT}/runtime/port/template"]
    text = "".join(f'#include "vwr/gen/document/{name}.h"\n' for name in ("rng", "odd_one"))
    subprocess.run([compiler, *flags, "-fsyntax-only", "-xc++" if compiler == "g++" else "-xc", "-"], input=text,
                   check=True, text=True)
    if compiler != "g++":
        sources = [str(path) for path in out.glob("src/*odd*.c")]
        subprocess.run([compiler, *flags, "-c", *sources], check=True, cwd=tmp_path)
        subprocess.run([compiler, *flags, "-o", "wire", f"{out}/test/wire_odd_one.c"], check=True, cwd=tmp_path)
        subprocess.run([str(tmp_path / "wire")], check=True)


def test_the_selector_of_a_wide_register_is_its_low_half(texts):
    """`when` may name a 64-bit register: the row is that of the half that is written first."""
    old = "status-clear: [FAILED], registers: {QueuePFN: 0}}"
    text = edited(texts, "spec/transport/mmio.yaml", old, old.replace("QueuePFN", "QueueDesc"))
    assert ", VWR_MMIO_REG_QUEUE_DESC_LOW},\n" in rendered(text)["src/vwr_gen_mmio.c"]


def test_a_configuration_that_is_little_endian_in_the_legacy_interface_too(texts):
    odd = ODD.replace("  size: 32\n", "  size: 32\n  legacy-order: little\n", 1)
    header = rendered({**texts, "spec/device/odd-one.yaml": odd})["include/vwr/gen/odd_one.h"]
    assert "    return vwr_config_little16(c, vwr_config_read16(c, VWR_ODD_ONE_CONFIG_STATUS));\n" in header
    assert "    vwr_config_write32(c, VWR_ODD_ONE_CONFIG_ODD, vwr_config_little32(c, value));\n" in header
    assert "    return vwr_config_read8(c, VWR_ODD_ONE_CONFIG_MAC + 1u * i);\n" in header
