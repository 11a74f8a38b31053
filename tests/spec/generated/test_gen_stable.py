# SPDX-License-Identifier: MIT
"""The same bytes everywhere, and a change in one spec file stays with its outputs."""

import subprocess
import sys

import made
import pytest
from gen_help import BLK, FEATURES, MMIO, STATUS, changed, edited, rendered
from vwr import ROOT
from vwr.generate.drift import MEASURED


DATA = "virtwright.json"  # one file for all
CORE_BLK = {
    "include/vwr/gen/blk.h",
    "standalone/virtio_blk.h",
    "rust/src/blk.rs",
    "docs/blk.md",
    DATA,
}
ENDS = ("/messages/", "/client/", "/service/", "_client.c", "_service.c", "test/ends/")


HERE = {"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC0"}
# It differs from HERE in all that it says, and its Python takes files for ASCII.
THERE = {
    "PYTHONHASHSEED": "1",
    "TZ": "LINT-14",
    "LANG": "tr_TR.UTF-8",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
}


def _make(out, root=ROOT, cwd=ROOT, **environment):
    """What the generator says when it generates all of spec/ into a folder."""
    run = subprocess.run(
        [sys.executable, "-B", str(root / "codegen"), "generate", "--out", str(out)],
        cwd=cwd,
        env=HERE | environment,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.decode("utf-8")


def _bytes(folder):
    """{path: bytes} of a generated folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.relative_to(folder).as_posix() not in MEASURED
    }


@pytest.fixture(name="once", scope="module")
def _once(tmp_path_factory):
    """All chapters, generated once."""
    out = tmp_path_factory.mktemp("once") / "out"
    _make(out)
    return out


def test_all_chapters_are_there(once):
    """The tests below are about all of spec/: what is committed, byte for byte, and what CMake makes."""
    kept, others = _bytes(ROOT / "generated"), _bytes(made.folder())
    assert not kept.keys() & others.keys() - {"MANIFEST"}
    assert {**_bytes(once), "MANIFEST": b""} == {**kept, **others, "MANIFEST": b""}
    chapters = {path.stem.replace("-", "_") for path in (ROOT / "spec").rglob("*.yaml")}
    chapters |= {"tolerances"}  # of rules.yaml
    assert {path.stem for path in once.glob("include/vwr/gen/*.h")} == chapters and len(chapters) > 30


def test_a_second_run_touches_nothing(once):
    before = {path: path.stat().st_mtime_ns for path in once.rglob("*")}
    assert _make(once).endswith(", 0 changed in " + f"{once}/\n")
    assert {path: path.stat().st_mtime_ns for path in once.rglob("*")} == before


@pytest.mark.soak("codegen.check compares the bytes in every clone, each time with another seed of hashes")
def test_bytes_depend_neither_on_the_folder_nor_on_the_environment(once, tmp_path):
    """
    Another checkout, which has nothing from before, whose files the disk has in another order; another folder to run it in.
    """
    copy = tmp_path / "ein anderer Ordner" / "ü"
    for room, what in (("codegen", "*"), ("spec", "*"), ("runtime", "options.*"), ("tests", "*.[ch]")):
        for path in sorted((ROOT / room).rglob(what), reverse=True):
            if path.is_file() and "__pycache__" not in path.parts:
                target = copy / path.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    _make(tmp_path / "out", copy, "/", **THERE)
    assert _bytes(tmp_path / "out") == _bytes(once)


@pytest.mark.parametrize(
    "path, old, new, expected",
    [
        (
            BLK,
            "name: RO, bit: 5",
            "name: RO, bit: 8",
            CORE_BLK | {"fuzz/blk.dict", "test/wire_blk.c", "test/ends/blk.c"},
        ),
        (BLK, "The device is read-only.", "Nobody writes.", CORE_BLK),
        (BLK, "name: RO, bit: 5", "name: READ_ONLY, bit: 5", None),
        (
            FEATURES,
            "Virtqueues have the packed layout.",
            "Rings are packed.",
            {
                "include/vwr/gen/features.h",
                "docs/features.md",
                "standalone/virtio_features.h",
                "rust/src/features.rs",
                DATA,
            },
        ),
        (
            FEATURES,
            "name: RING_RESET, bit: 40",
            "name: RING_RESET, bit: 30",
            {
                "include/vwr/gen/features.h",
                "docs/features.md",
                "standalone/virtio_features.h",
                "rust/src/features.rs",
                DATA,
            },
        ),
        (
            MMIO,
            "{name: SHMSel, at: 0x0ac",
            "{name: SHMSel, at: 0x0a8",
            {
                "include/vwr/gen/mmio.h",
                "src/vwr_gen_mmio.c",
                "docs/mmio.md",
                "standalone/virtio_mmio.h",
                "rust/src/mmio.rs",
                "test/wire_mmio.c",
                DATA,
            },
        ),
        (
            STATUS,
            "The driver has given up on the device.",
            "Driver has had enough.",
            {
                "include/vwr/gen/status.h",
                "docs/status.md",
                "standalone/virtio_status.h",
                "rust/src/status.rs",
                DATA,
            },
        ),
    ],
)
def test_a_change_stays_with_its_file(texts, files, path, old, new, expected):
    if expected is None:  # RO is named by requests, which both ends refuse with it
        texts = {**texts, path: texts[path].replace("not offered RO", "not offered READ_ONLY")}
        of_others = {name for name in files if any(end in name for end in ENDS)} - {
            "include/vwr/client/blk.h",
            "service/vwr_gen_blk_service.c",
        }
        expected = {name for name in files if "blk" in name} - of_others | {DATA}
    assert changed(files, rendered(edited(texts, path, old, new))) == expected


def test_a_status_bit_that_legacy_gains_changes_the_tables_that_depend_on_it(texts, files):
    old = "not DRIVER_OK and not FAILED, only: modern,"
    after = rendered(edited(texts, STATUS, old, old.replace(" only: modern,", "")))
    assert changed(files, after) == {
        "src/vwr_gen_status.c",
        "docs/status.md",
        "src/vwr_gen_mmio.c",
        DATA,
    }


def test_a_long_name_moves_no_other_line(texts, files):
    name = "A_NAME_SO_LONG_THAT_IT_LEAVES_THE_COLUMN_OF_THE_COMMENTS"
    text = (
        texts[BLK].replace("name: LIFETIME, bit", f"name: {name}, bit").replace("if: LIFETIME", f"if: {name}")
    )
    after = rendered({**texts, BLK: text})
    lines = [set(made["include/vwr/gen/blk.h"].splitlines()) for made in (files, after)]
    assert all("LIFETIME" in line for line in lines[0] - lines[1])
