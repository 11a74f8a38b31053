# SPDX-License-Identifier: MIT
"""The same bytes everywhere, and a change in one spec file stays with its outputs."""

import subprocess
import sys
from pathlib import Path

import pytest
from gen_help import BLK, FEATURES, MMIO, STATUS, changed, edited, rendered

ROOT = Path(__file__).resolve().parents[2]

CORE_BLK = {"include/vwr/gen/blk.h", "docs/blk.md", "python/virtwright/blk.py"}


def _make(out, cwd, **environment):
    run = subprocess.run([sys.executable, str(ROOT / "codegen/gen.py"), "generate", "--out", str(out)], cwd=cwd,
                         env={"PATH": "/usr/bin:/bin", **environment}, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_bytes_do_not_depend_on_seed_locale_or_folder(tmp_path):
    one = _make(tmp_path / "one", ROOT, PYTHONHASHSEED="0", LC_ALL="C")
    two = _make(tmp_path / "two", "/", PYTHONHASHSEED="1", LC_ALL="tr_TR.UTF-8", PYTHONUTF8="0")
    assert one == two and len(one) > 30


@pytest.mark.parametrize("path, old, new, expected", [
    (BLK, "name: RO, bit: 5", "name: RO, bit: 8", CORE_BLK | {"test/wire_blk.c"}),
    (BLK, "Device is read-only.", "Nobody writes.", CORE_BLK),
    (BLK, "name: RO, bit: 5", "name: READ_ONLY, bit: 5", None),
    (FEATURES, "Virtqueues have the packed layout.", "Rings are packed.",
     {"include/vwr/gen/features.h", "docs/features.md", "python/virtwright/features.py"}),
    (FEATURES, "name: RING_RESET, bit: 40", "name: RING_RESET, bit: 30",
     {"include/vwr/gen/features.h", "docs/features.md", "python/virtwright/features.py"}),
    (MMIO, "{name: SHMSel, at: 0x0ac", "{name: SHMSel, at: 0x0a8",
     {"include/vwr/gen/mmio.h", "src/vwr_gen_mmio.c", "docs/mmio.md", "python/virtwright/mmio.py"}),
    (STATUS, "Driver has given up on the device.", "Driver has had enough.",
     {"include/vwr/gen/status.h", "docs/status.md", "python/virtwright/status.py"}),
])
def test_a_change_stays_with_its_file(texts, files, path, old, new, expected):
    if expected is None:  # RO is named by requests too
        texts = {**texts, path: texts[path].replace("refused-by: RO", "refused-by: READ_ONLY")}
        expected = {name for name in files if "blk" in name}
    assert changed(files, rendered(edited(texts, path, old, new))) == expected


def test_a_status_bit_that_legacy_gains_changes_the_tables_that_depend_on_it(texts, files):
    old = "before: [DRIVER_OK, FAILED], only: modern,"
    after = rendered(edited(texts, STATUS, old, old.replace(" only: modern,", "")))
    assert changed(files, after) == {"src/vwr_gen_status.c", "docs/status.md", "src/vwr_gen_mmio.c",
                                     "python/virtwright/status.py", "python/virtwright/mmio.py"}


def test_a_long_name_moves_no_other_line(texts, files):
    name = "A_NAME_SO_LONG_THAT_IT_LEAVES_THE_COLUMN_OF_THE_COMMENTS"
    text = texts[BLK].replace("name: LIFETIME, bit", f"name: {name}, bit").replace("if: LIFETIME", f"if: {name}")
    after = rendered({**texts, BLK: text})
    lines = [set(made["include/vwr/gen/blk.h"].splitlines()) for made in (files, after)]
    assert all("LIFETIME" in line for line in lines[0] - lines[1])


