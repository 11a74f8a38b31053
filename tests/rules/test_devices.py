# SPDX-License-Identifier: MIT
"""The tables of devices and of tolerances claim only what a test shows: headers and tests that are there."""

import os
import re
import shutil

import pytest
import yaml

from processes import output
from tree import ROOT

DEVICES = yaml.safe_load((ROOT / "runtime/options.yaml").read_text(encoding="utf-8"))["devices"]
TOLERANCES = yaml.safe_load((ROOT / "spec/rules.yaml").read_text(encoding="utf-8"))["tolerances"]
SIDES = [side for device in DEVICES for key, side in device.items() if key != "name"]


def test_headers_and_descriptions_are_there():
    assert all((ROOT / "spec/device" / f"{device['name']}.yaml").is_file() for device in DEVICES)
    assert all((ROOT / "runtime/include" / side["header"]).is_file() for side in SIDES)


def test_headers_and_transports_are_as_the_page_says():
    """A sentence of README.md: their names, and that each class is on both transports."""
    for device in DEVICES:
        headers = {"driver": f"vwr/{device['name']}.h", "device": f"vwr/v{device['name']}.h"}
        sides = {side: device[side] for side in headers if side in device}
        assert all(of["header"] == headers[side] for side, of in sides.items())
        assert all(side["transports"] == ["mmio", "pci"] for side in sides.values()), device["name"]


def listed_tests():
    """The names of CTest's tests."""
    build = os.environ.get("VWR_BUILD_DIR")
    if not build or shutil.which("ctest") is None:
        pytest.skip("no build folder, or no ctest")
    listed = output(["ctest", "--test-dir", build, "-N"])
    return set(re.findall(r"^ *Test *#\d+: (\S+)", listed, re.MULTILINE))


def test_tests_are_there():
    names = listed_tests()
    assert not {test for side in SIDES for test in side["tested"].values()} - names
    assert not {test for row in TOLERANCES for test in row["tests"]} - names
