# SPDX-License-Identifier: MIT
"""One bit changed in a copy of the spec: the check says what to do, and once that is done the oracle finds the bit."""

import os
import re
import shutil
import sys

import pytest

from folders import BUILD, ROOT
from processes import completed

COMPILER = os.environ.get("CC", "cc")


@pytest.fixture(name="copy")
def fixture_copy():
    """The rooms that take part, copied into the build folder."""
    folder = BUILD / "oracle" / "changed bit"
    shutil.rmtree(folder, ignore_errors=True)
    for room in ("spec", "codegen", "generated", "runtime"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    for room in ("tests", "classes", "conform"):  # a page has the clauses that they name
        for path in (*(ROOT / room).rglob("*.c"), *(ROOT / room).rglob("*.h")):
            (folder / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / path.relative_to(ROOT))
    yield folder
    shutil.rmtree(folder)


def python(*arguments):
    done = completed(
        [sys.executable, "-B", *arguments],
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT / "codegen")},
    )
    return done.returncode, done.stdout + done.stderr


def generator(copy, verb):
    return python(copy / "codegen", verb)


def oracle(copy):
    script = ROOT / "tests/spec/oracle/make_oracle.py"
    code, said = python(script, "--root", copy, "--build", copy / "build", "--cc", COMPILER)
    if code == 77:
        pytest.skip(said)
    return code, said


def change_bit(copy, name, old, new):
    spec = copy / "spec" / "device" / "blk.yaml"
    text, count = re.subn(
        rf"(\{{name: {name}, bit: ){old}\b", rf"\g<1>{new}", spec.read_text(encoding="utf-8")
    )
    assert count == 1
    spec.write_text(text, encoding="utf-8")


def test_unchanged_copy_passes(copy):
    code, said = generator(copy, "check")
    assert code == 0, said
    code, said = oracle(copy)
    assert code == 0, said


def test_check_names_file_diff_and_command(copy):
    change_bit(copy, "RO", 5, 8)
    code, said = generator(copy, "check")
    assert code == 1, said
    assert "generated/include/vwr/gen/blk.h" in said and "spec/device/blk.yaml" in said, said
    assert re.search(r"^-    VWR_BLK_F_RO = 5,", said, re.MULTILINE), said
    assert re.search(r"^\+    VWR_BLK_F_RO = 8,", said, re.MULTILINE), said
    assert "./vwr generate" in said, said


def test_oracle_names_the_constant(copy):
    change_bit(copy, "RO", 5, 8)
    code, said = generator(copy, "generate")
    assert code == 0, said
    code, said = generator(copy, "check")
    assert code == 0, said  # consistent again, and wrong: nothing but an independent source can tell
    code, said = oracle(copy)
    assert code == 1, said
    wrong = [line for line in said.splitlines() if line.startswith("differing: ")]
    assert wrong == [
        f"differing: {name} is 8 (0x8), the kernel's VIRTIO_BLK_F_RO is 5 (0x5); ours comes from {source}"
        for name, source in (
            ("VWR_BLK_F_RO", "spec/device/blk.yaml"),
            ("ours_VIRTIO_BLK_F_RO", "standalone/virtio_blk.h"),
        )
    ], said


def test_oracle_names_an_offset(copy):
    header = copy / "generated" / "include" / "vwr" / "gen" / "blk.h"
    text = header.read_text(encoding="utf-8")
    swapped = (
        text.replace("    vwr_le32 size_max; ", "    vwr_le32 seg_maX; ")
        .replace("    vwr_le32 seg_max; ", "    vwr_le32 size_max; ")
        .replace("seg_maX", "seg_max")
    )
    swapped = re.sub(r"^VWR_STATIC_ASSERT.*\n", "", swapped, flags=re.MULTILINE)
    assert swapped != text
    header.write_text(swapped, encoding="utf-8")
    code, said = oracle(copy)
    assert code == 1, said
    assert "differing: vwr_blk_config.size_max is 12 " in said, said
    assert "differing: vwr_blk_config.seg_max is 8 " in said, said
