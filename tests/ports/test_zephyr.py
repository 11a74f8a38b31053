# SPDX-License-Identifier: MIT
"""This tree as a module of Zephyr: built by a stand-in for Zephyr's CMake functions, Kconfig and headers (zephyr/)."""

import re
import shutil
import subprocess
import sys

import pytest

from places import ROOT

HERE = ROOT / "tests" / "ports" / "zephyr"
WHOLE = "byte order, width of register accesses, barriers, caches, clock, DMA addresses"

pytest.importorskip("kconfiglib", reason="no kconfiglib here (Debian: python3-kconfiglib)")
pytestmark = pytest.mark.skipif(shutil.which("cmake") is None, reason="no cmake here")


def configure(work, settings, module=ROOT):
    """cmake, in the folder; prj.conf is the application's and these settings."""
    conf = work / "prj.conf"
    conf.write_text((HERE / "app" / "prj.conf").read_text(encoding="utf-8") + settings, encoding="utf-8")
    return subprocess.run(["cmake", "-S", HERE / "app", "-B", work / "build", f"-DZephyr_DIR={HERE}/sdk",
                           f"-DPYTHON={sys.executable}", f"-DCONF_FILE={conf}", f"-DZEPHYR_EXTRA_MODULES={module}",
                           "-DCMAKE_BUILD_TYPE=MinSizeRel", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"], text=True, capture_output=True, check=False)


def build(work, settings):
    """What the application prints; what the library has."""
    done = configure(work, settings)
    assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run(["cmake", "--build", work / "build"], text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    objects = subprocess.run(["ar", "t", next(work.rglob("libvirtwright.a"))], text=True, capture_output=True,
                             check=True)
    run = subprocess.run([work / "build" / "zephyr.elf"], text=True, capture_output=True, check=True, timeout=60)
    return run.stdout.splitlines(), {re.sub(r"\.c\.o.*", "", name) for name in objects.stdout.split()}


def test_as_it_comes(work):
    """CONFIG_VIRTWRIGHT=y alone."""
    lines, objects = build(work, "")
    assert lines == [f"0 port: OK: {WHOLE}", "flushed 0 invalidated 0", "probe -2"]
    assert {"vwr_blk", "vwr_gen_blk", "vwr_mmio", "vwr_selftest", "vwr_explain"} <= objects


def test_with_the_device_side(work):
    """Compiled and linked beside the driver side; one version of it is enough."""
    lines, objects = build(work, "CONFIG_VIRTWRIGHT_DEVICE=y\nCONFIG_VIRTWRIGHT_LEGACY=n\n")
    assert lines == [f"0 port: OK: {WHOLE}", "flushed 0 invalidated 0", "probe -2"]
    assert {"vwr_vdev", "vwr_vblk", "vwr_vblk_disk", "vwr_vconsole", "vwr_ventropy", "vwr_vexplain"} <= objects
    assert "-DVWR_WITH_LEGACY=0" in (work / "build" / "compile_commands.json").read_text(encoding="utf-8")


def test_pages_and_caches(work):
    """An MMU whose pages are scattered, caches that devices do not see."""
    lines, _ = build(work, "CONFIG_MMU=y\nCONFIG_DCACHE=y\nCONFIG_VIRTWRIGHT_COHERENT=n\n")
    assert lines == [f"0 port: OK: {WHOLE}", "flushed 1 invalidated 1", "probe -2"]


def test_as_small_as_it_gets(work):
    """Each option off: nothing of it is compiled."""
    kconfig = (ROOT / "zephyr" / "Kconfig").read_text(encoding="utf-8")
    options = re.findall(r'^config (VIRTWRIGHT_\w+)\n\tbool "', kconfig, re.M)
    keep = {"VIRTWRIGHT_COHERENT", "VIRTWRIGHT_SELFTEST"}  # it goes with the words
    lines, objects = build(work, "".join(f"CONFIG_{option}=n\n" for option in options if option not in keep))
    assert lines == ["no selftest", "probe -2"]
    assert not [name for name in objects if re.search("blk|names|explain|selftest|text|strerror", name)]


def test_switches_are_those_of_the_profile():
    """Each switch of vwr/profile.h is an option, and handed on."""
    switches = set(re.findall(r"^#ifndef VWR_WITH_(\w+)", (ROOT / "runtime/include/vwr/profile.h").read_text(), re.M))
    kconfig = set(re.findall(r"^config VIRTWRIGHT_(\w+)", (ROOT / "zephyr/Kconfig").read_text(), re.M))
    handed = set(re.search(r"foreach\(part ([^)]*)\)", (ROOT / "zephyr/CMakeLists.txt").read_text()).group(1).split())
    assert switches and switches == handed and switches <= kconfig


def test_unknown_option(work):
    """An option that the module does not have stops the build: the stand-in reads Kconfig in earnest."""
    done = configure(work, "CONFIG_VIRTWRIGHT_TELEPATHY=y\n")
    assert done.returncode != 0 and "VIRTWRIGHT_TELEPATHY" in done.stderr
