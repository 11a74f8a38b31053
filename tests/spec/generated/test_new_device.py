# SPDX-License-Identifier: MIT
"""./vwr new device: what it writes is right as it stands, and nothing that is there is overwritten."""

import re
import shutil
import subprocess

import pytest

from processes import output
from gen_help import called
from vwr import ROOT


@pytest.fixture(name="root", scope="module")
def _root(generated_once, tmp_path_factory):
    """A small checkout of the module's own."""
    return shutil.copytree(generated_once, tmp_path_factory.mktemp("new device") / "a checkout")


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("Lamp",), "'Lamp' is not a valid device name"),
        (("hall-light",), "there is no device type HALL_LIGHT"),
        (("lamp", "--id", "2"), "device type BLOCK is described by spec/device/blk.yaml"),
        (("lamp", "--id", "0x2"), "device type BLOCK is described by spec/device/blk.yaml"),
        (("watchdog", "--id", "70"), "70 is not a valid number for WATCHDOG"),
        (("lamp", "--id", "0"), "0 is not a valid number"),
    ],
)
def test_what_cannot_be_is_refused(root, arguments, said):
    before = (root / "spec/core/ids.yaml").read_bytes()
    done = called(root, "new", "device", *arguments)
    assert done.returncode == 2 and said in done.stderr and "\nNext: " in done.stderr
    assert (root / "spec/core/ids.yaml").read_bytes() == before and not (
        root / "spec/device/lamp.yaml"
    ).exists()


def test_a_device(root):
    """Two files, which check, generate and a compiler take; and a second call keeps both."""
    done = called(root, "new", "device", "hall-light", "--id", "70")
    assert done.returncode == 0, done.stderr
    assert "  - {name: HALL_LIGHT, id: 70, " in (root / "spec/core/ids.yaml").read_text("utf-8")
    assert called(root, "generate").returncode == 0
    described, functions = root / "spec/device/hall-light.yaml", root / "hall_light_device.c"
    output(
        [
            "gcc",
            "-std=c11",
            "-Wall",
            "-Wextra",
            "-Wconversion",
            "-Werror",
            f"-I{root}/generated/include",
            f"-I{ROOT}/generated/include",  # what the runtime includes of the other devices
            f"-I{ROOT}/runtime/include",
            f"-I{ROOT}/runtime/port/template",
            "-fsyntax-only",
            str(functions),
        ]
    )
    if shutil.which("yamllint"):
        assert (
            subprocess.run(
                ["yamllint", "--strict", "-c", str(ROOT / ".yamllint"), str(described)], check=False
            ).returncode
            == 0
        )
    before = described.read_bytes(), functions.read_bytes()
    done = called(root, "new", "device", "hall-light")
    assert done.returncode == 2 and "hall_light_device.c exists already" in done.stderr
    assert (described.read_bytes(), functions.read_bytes()) == before


def test_the_functions_of_a_device_that_is_described(root, tmp_path):
    done = called(root, "new", "device", "blk", "--out", str(tmp_path))
    assert done.returncode == 0 and "static int on_get_lifetime(struct vwr_blk_vservice *s," in (
        tmp_path / "blk_device.c"
    ).read_text("utf-8")


def test_an_editor_finds_the_schema(root):
    """The line is a URL: the space of the checkout's folder is escaped."""
    mine = root.parent / "mine"
    mine.mkdir()
    done = called(root, "new", "device", "vault", "--id", "60003", "--spec", str(mine))
    assert done.returncode == 0, done.stderr
    text = (mine / "vault.yaml").read_text(encoding="utf-8")
    (url,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", text, re.MULTILINE)
    assert url == "../a%20checkout/generated/grammar.schema.json"
