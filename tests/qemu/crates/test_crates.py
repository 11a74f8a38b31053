# SPDX-License-Identifier: MIT
"""Drivers of crates.io, in Rust, on our devices (./vwr soak crates). See README.md."""

import platform
import random
import shutil
from pathlib import Path

import pytest
from folders import BUILD
from processes import completed, need, output

HERE = Path(__file__).resolve().parent
FOLDER = BUILD / "tests/qemu/crates"
# version of virtio-drivers: what it lacks
VERSIONS = {"0.7.5": ["without_size", "without_rng"], "0.11.0": [], "0.13.0": []}
WITH_VERSION_1 = ["0.13.0"]
REFUSED = "net: the driver did not accept VERSION_1 (bit 32; rfeat.drv.1), and a layout of this device depends on it"
SECTOR = 512
CONTENT = random.Random(88).randbytes(600 * SECTOR)
WRITTEN = random.Random(89).randbytes(100 * SECTOR)
FIRST = 250  # sector
MANIFEST = """[package]
name = "crates"
version = "0.0.0"
edition = "2021"

[features]
without_size = []
without_rng = []

[dependencies]
virtio-drivers = "={version}"
"""


def built(version):
    """The program with this version of the crate; its sources and cargo's files are in the build folder."""
    need("cargo")
    folder = FOLDER / version
    (folder / "src").mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "src/main.rs", folder / "src")
    (folder / "Cargo.toml").write_text(MANIFEST.format(version=version), encoding="utf-8")
    fetched = completed(["cargo", "fetch", "--quiet"], cwd=folder, timeout=300)
    if fetched.returncode != 0:
        pytest.skip(
            f"cargo does not fetch virtio-drivers {version}: {fetched.stderr.strip().splitlines()[-1]}"
        )
    libraries = (FOLDER / "libraries.txt").read_text(encoding="utf-8").splitlines()
    flags = ["-Crelocation-model=static", *(f"-Clink-arg={library}" for library in libraries)]
    words = [
        "cargo",
        "rustc",
        "--quiet",
        "--offline",
        "--features",
        ",".join(VERSIONS[version]),
        "--",
        *flags,
    ]
    output(words, cwd=folder, timeout=600)
    return folder / "target/debug/crates"


@pytest.mark.parametrize("switch", ["default", "qemu"])
@pytest.mark.parametrize("interface", ["modern", "legacy"])
@pytest.mark.parametrize("version", VERSIONS)
def test_drivers(work, version, interface, switch):
    """A disk is read, written, reset and read again; random bytes; a frame. The disk's file is compared."""
    if platform.machine() != "x86_64":
        pytest.skip("machine.c reads the error code of an x86-64 page fault")
    program = built(version)
    (work / "image").write_bytes(CONTENT)
    (work / "written").write_bytes(WRITTEN)
    words = [program, "image", interface, switch, "read", "written", FIRST]
    said = output(["timeout", "-k", "5", "60", *words], cwd=work).splitlines()
    modern_without = interface == "modern" and version not in WITH_VERSION_1
    assert said[:3] == ["disk 600 sectors vwr-crates", "together true", "again true"]
    assert ("random true" in said) == (VERSIONS[version] == [])
    assert ("blk tolerated NO_VERSION_1" in said) == modern_without
    if modern_without and switch == "default":  # nothing says how long the header of a frame is
        assert "frame none" in said and any(REFUSED in line for line in said), said
    else:
        header = 12 if interface == "modern" and not modern_without else 10
        assert f"frame true header {header}" in said and not any(": " in line for line in said), said
    assert ("net tolerated NET_HEADER" in said) == (modern_without and switch == "qemu")
    assert (work / "read").read_bytes() == CONTENT
    at = FIRST * SECTOR
    assert (work / "image").read_bytes() == CONTENT[:at] + WRITTEN + CONTENT[at + len(WRITTEN) :]
