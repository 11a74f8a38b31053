# SPDX-License-Identifier: MIT
"""vwr generate and vwr check, on a copy of the checkout."""

import json
import re

import inprocess
from folders import edit
from gen_help import BLK, ROOT

HEADER = "generated/include/vwr/gen/blk.h"


def _snapshot(folder):
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    }


def test_a_changed_bit_is_found_and_mended(checkout, vwr):
    assert vwr("check").returncode == 0
    edit(checkout / BLK, "name: RO, bit: 5", "name: RO, bit: 8")
    before = _snapshot(checkout / "generated")
    run = vwr("check")
    assert run.returncode == 1
    assert re.match(
        rf"{HEADER}:\d+: error: is not what spec/device/blk.yaml makes\n--- {HEADER}\n", run.stdout
    )
    assert "\n-    VWR_BLK_F_RO = 5, " in run.stdout and "\n+    VWR_BLK_F_RO = 8, " in run.stdout
    assert run.stdout.endswith("5 files of generated/ are not what the spec makes.\nNext: ./vwr generate\n")
    assert _snapshot(checkout / "generated") == before, "check must touch nothing"
    made = vwr("generate")
    assert made.returncode == 0 and "changed  include/vwr/gen/blk.h\n" in made.stdout
    assert made.stdout.endswith(f"{len(before)} files, 5 changed in generated/\n")
    assert vwr("check").returncode == 0
    after = _snapshot(checkout / "generated")
    untouched = [path for path in before if before[path][0] == after[path][0]]
    assert len(untouched) == len(before) - 5 and all(before[path] == after[path] for path in untouched)


def test_drift_for_programs(checkout, vwr):
    edit(checkout / BLK, "name: RO, bit: 5", "name: RO, bit: 8")
    rows = json.loads(vwr("check", "--format", "json").stdout)
    assert [row["file"] for row in rows] == [
        HEADER,
        "generated/rust/src/blk.rs",
        "generated/fuzz/blk.dict",
        "generated/docs/blk.md",
        "generated/virtwright.json",
    ]
    line = (checkout / HEADER).read_text("utf-8").splitlines()[rows[0]["line"] - 1]
    assert "VWR_BLK_F_RO" in line and rows[0]["source"] == BLK and rows[0]["hint"] == "./vwr generate"
    place = f"file={HEADER},line={rows[0]['line']},title=drift"
    assert vwr("check", "--format", "github").stdout.startswith(f"::error {place}::")


def test_missing_and_stray_files(checkout, vwr):
    (checkout / HEADER).unlink()
    (checkout / "generated/src/vwr_gen_old.c").write_text("int x;\n")
    (checkout / "generated/.gitattributes").write_text("* linguist-generated\n")
    run = vwr("check")
    assert f"{HEADER}:1: error: is missing\n" in run.stdout and run.returncode == 1
    assert "generated/src/vwr_gen_old.c:1: error: is made by no spec file\n" in run.stdout
    made = vwr("generate")
    assert made.stdout.splitlines()[:2] == ["new      include/vwr/gen/blk.h", "removed  src/vwr_gen_old.c"]
    assert (checkout / "generated/.gitattributes").exists() and vwr("check").returncode == 0


def test_outputs_of_a_spec_file_that_went_are_named_and_removed(checkout, vwr):
    (checkout / BLK).unlink()
    run = vwr("check")
    assert f"{HEADER}:1: error: is made by no spec file any more (spec/device/blk.yaml did)\n" in run.stdout
    assert "removed  include/vwr/gen/blk.h\n" in vwr("generate").stdout
    assert not list((checkout / "generated").rglob("*blk*")) and vwr("check").returncode == 0


def test_a_bad_spec_writes_nothing(checkout, vwr):
    edit(checkout / BLK, "name: RO, bit: 5", "name: RO, bit: 4")
    before = _snapshot(checkout / "generated")
    run = vwr("generate")
    assert run.returncode == 1 and not run.stdout
    assert run.stderr.startswith("spec/device/blk.yaml:") and "Traceback" not in run.stderr
    assert run.stderr.endswith("Nothing was written. Next: fix the spec, then ./vwr generate\n")
    assert _snapshot(checkout / "generated") == before
    check = vwr("check")
    assert check.returncode == 1 and check.stdout.startswith("spec/device/blk.yaml:")


def test_another_folder_keeps_what_is_not_ours(checkout, vwr, tmp_path):
    out = tmp_path / "mine"
    out.mkdir()
    (out / "notes.txt").write_text("mine\n")
    assert vwr("generate", "--out", str(out), cwd=tmp_path).stdout.endswith(" in mine/\n")
    (checkout / BLK).unlink()
    run = vwr("generate", "--out", str(out))
    assert "removed  src/vwr_gen_blk.c\n" in run.stdout and (out / "notes.txt").exists()


def test_a_bug_of_ours_is_one_line(checkout, vwr):
    edit(checkout / "codegen/vwr/model/ring.py", '"""The model of one ring file."""', "return 1 / 0")
    run = vwr("check")
    assert run.returncode == 2 and run.stderr.count("\n") == 1
    assert run.stderr.startswith(
        "vwr check: bug in the tool: ZeroDivisionError: division by zero (VWR_DEBUG=1"
    )
    assert "Traceback" in vwr("check", VWR_DEBUG="1").stderr


def test_a_folder_that_cannot_be_written(checkout, vwr):
    (checkout / "file").write_text("")
    run = vwr("generate", "--out", str(checkout / "file"))
    assert run.returncode == 2 and "Traceback" not in run.stderr and run.stderr.startswith("vwr generate: ")


def test_counts():
    """The whole document: no less than what was counted in its source by somebody else."""
    counts = json.loads(inprocess.run("check", "--count", "--format", "json").stdout)
    texts = [path.read_text("utf-8") for path in (ROOT / "spec").rglob("*.yaml")]
    bits = len(re.findall(r"\bbit: \d+", "".join(texts)))
    assert (
        counts["feature bits"] == bits
        and counts["spec files"] == len(texts)
        and all(count for what, count in counts.items() if "decide" not in what)
    )
    least = {
        "feature bits": 127,
        "constants": 700,
        "structs": 260,
        "device ids": 47,
        "MMIO register entries": 49,
        "device chapters": 24,
    }
    assert {what: number for what, number in least.items() if counts[what] < number} == {}
    assert f"{bits:>5}  feature bits\n" in inprocess.run("check", "--count").stdout


def test_what_python_leaves_beside_a_module_is_no_stray_file(checkout, vwr):
    """Whoever imports the generated package without -B."""
    folder = checkout / "generated/python/virtwright/__pycache__"
    folder.mkdir()
    (folder / "net.cpython-311.pyc").write_bytes(b"\0")
    assert vwr("check").returncode == 0 and " 0 changed in generated/" in vwr("generate").stdout
    assert (folder / "net.cpython-311.pyc").exists()
