# SPDX-License-Identifier: MIT
"""Devices of somebody's own, in a folder of theirs: --spec of generate, check and new device, --package of explain."""

import os
import re
import shutil
import sys

import inprocess
import pytest

from processes import completed
from folders import edit
from gen_help import ROOT
from vwr import description

LAMP = (ROOT / "examples/lamp/lamp.yaml").read_text(encoding="utf-8").replace("id: CAIF", "id: 60001")
DATA = ["virtwright.json", "virtwright.schema.json", "python/virtwright/__init__.py"]


@pytest.fixture(name="home")
def _home(tmp_path, tmp_path_factory):
    """A folder that is not the checkout, with a description in a folder whose name has a space."""
    (tmp_path / "kept").symlink_to(
        tmp_path_factory.getbasetemp()
    )  # what is known of our devices, for all tests
    (tmp_path / "my devices").mkdir()
    (tmp_path / "my devices/lamp.yaml").write_text(LAMP, encoding="utf-8")
    return tmp_path


def vwr(home, *words):
    """A verb of this checkout, called there."""
    kept = os.environ | {"VWR_BUILD_DIR": str(home / "kept")}
    return inprocess.run(*words, cwd=home, environment=kept)


def generate(home):
    return vwr(home, "generate", "--spec", "my devices", "--out", "made")


def test_what_is_made_is_theirs(home):
    (home / "made").mkdir()
    (home / "made/notes.txt").write_text("mine", encoding="utf-8")
    ours = {path: path.stat().st_mtime_ns for path in (ROOT / "generated").rglob("*") if path.is_file()}
    done = generate(home)
    assert done.returncode == 0, done.stderr
    rows = [line.split(maxsplit=1) for line in (home / "made/MANIFEST").read_text("utf-8").splitlines()]
    assert {path for path, source in rows if source == "my devices/lamp.yaml"} > {
        "include/vwr/gen/lamp.h",
        "service/vwr_gen_lamp_service.c",
        "client/vwr_gen_lamp_client.c",
        "test/ends/lamp.c",
    }
    assert [path for path, source in rows if source != "my devices/lamp.yaml"] == DATA
    assert "#define VWR_LAMP_ID 60001u" in (home / "made/include/vwr/gen/lamp.h").read_text("utf-8")
    assert (home / "made/notes.txt").exists()
    assert ours == {
        path: path.stat().st_mtime_ns for path in (ROOT / "generated").rglob("*") if path.is_file()
    }


def test_check_sees_a_change(home):
    generate(home)
    check = ("check", "--spec", "my devices", "--out", "made")
    assert vwr(home, *check).returncode == 0 and " 0 changed in " in generate(home).stdout
    edit(home / "my devices/lamp.yaml", "Largest brightness.", "The brightest.")
    done = vwr(home, *check)
    assert done.returncode == 1 and "\nmade/include/vwr/gen/lamp.h:" in f"\n{done.stdout}"
    assert "generated/" not in done.stdout
    *_, said, following = done.stdout.splitlines()
    assert said.endswith("of made/ are not what the spec makes.")
    assert following.startswith("Next: ") and following.endswith(" generate --spec 'my devices' --out made")
    assert generate(home).returncode == 0 and vwr(home, *check).returncode == 0


@pytest.mark.parametrize(
    "old, new, place, check",
    [
        ("id: 60001", "id: 2", "5:5", "VWR-C022"),
        ("id: 60001", "id: BLOCK", "5:5", "VWR-C023"),
        ("requires: DIM", "requires: DIMM", "16:52", "VWR-C012"),
        ("kind: device", "kind: ids", "3:7", "VWR-Y023"),
    ],
)
def test_what_is_wrong_has_its_place(home, old, new, place, check):
    edit(home / "my devices/lamp.yaml", old, new)
    done = generate(home)
    found = re.findall(r"^(.*?): error: .* \[(VWR-\w+)\]$", done.stderr, re.MULTILINE)
    assert (f"my devices/lamp.yaml:{place}", check) in found
    assert done.returncode == 1 and not (home / "made").exists()


def test_a_name_of_ours_is_taken(home):
    shutil.copy(home / "my devices/lamp.yaml", home / "my devices/gpu.yaml")
    path = home / "my devices/gpu.yaml"
    path.write_text(
        path.read_text("utf-8").replace("name: lamp", "name: gpu").replace("60001", "60002"), "utf-8"
    )
    done = generate(home)
    assert done.returncode == 1 and "my devices/gpu.yaml:" in done.stderr and "VWR-C003" in done.stderr


@pytest.mark.parametrize(
    "words, said",
    [
        (("generate", "--spec", "my devices"), "--spec needs --out"),
        (("generate", "--spec", "nowhere", "--out", "made"), "--spec nowhere: there is no such folder"),
        (("check", "--spec", "my devices"), "--spec and --out belong together"),
        (("new", "device", "blk", "--spec", "my devices"), "'blk' is a device of the specification"),
    ],
)
def test_what_cannot_be_meant(home, words, said):
    done = vwr(home, *words)
    assert done.returncode == 2 and said in done.stderr


def test_no_link_of_its_page_leaves_its_folder(home):
    """Where this tree is, the page cannot know."""
    assert generate(home).returncode == 0
    page = home / "made/docs/lamp.md"
    links = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    assert links and all((page.parent / link).is_file() for link in links), links
    assert all((page.parent / link).resolve().is_relative_to((home / "made").resolve()) for link in links)


def test_new_device_begins_there(home):
    done = vwr(home, "new", "device", "vault", "--id", "60003", "--spec", "my devices", "--out", "src")
    assert done.returncode == 0 and "--spec 'my devices' --out DIR" in done.stdout
    assert "id: 60003\n" in (home / "my devices/vault.yaml").read_text("utf-8")
    assert (home / "src/vault_device.c").is_file() and generate(home).returncode == 0
    assert (home / "made/include/vwr/service/vault.h").is_file()


def test_new_device_without_out_is_beside_its_description(home):
    done = vwr(home, "new", "device", "vault", "--id", "60003", "--spec", "my devices")
    assert done.returncode == 0 and (home / "my devices/vault_device.c").is_file(), done.stdout + done.stderr
    assert not (home / "vault_device.c").exists()


def test_a_package_is_read_once(monkeypatch):
    """Also that of a relative path: explain asks for it at each field."""
    monkeypatch.chdir(ROOT / "generated")
    assert description.package("python") is description.package("python") is description.package()


def test_explain_knows_it(home):
    """A trace in which somebody looks what the device is."""
    generate(home)
    trace = "vwr-trace 1 1 read 0x0a000000 4 0x74726976\nvwr-trace 2 1 read 0x0a000004 4 0x00000002\n"
    trace += f"vwr-trace 3 1 read 0x0a000008 4 {60001:#010x}\n"
    (home / "trace").write_text(trace, encoding="utf-8")
    known = vwr(home, "explain", "trace")
    assert "60001" in known.stdout and "lamp" not in known.stdout
    command = [sys.executable, "-B", str(ROOT / "codegen"), "explain", "--package", "made/python", "trace"]
    said = completed(command, cwd=home)
    assert "lamp" in said.stdout, said.stdout + said.stderr
