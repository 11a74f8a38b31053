# SPDX-License-Identifier: MIT
"""The front script on machines that lack this or that."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# What every system has; the script may use no other program before it has looked.
BASICS = "sh dirname readlink env cat sed tr paste grep sort find getconf".split()
FAKE_APT = "#!/bin/sh\necho \"$@\" >>\"$LOG\"\n"


@pytest.fixture
def bare(tmp_path):
    """run(*arguments, **environment) of ./vwr with a PATH that has the basics, root, and what was added."""
    bin_dir = tmp_path / "bin"
    bin_dir.mkdir()
    for name in BASICS:
        (bin_dir / name).symlink_to(shutil.which(name))
    add_program(bin_dir / "id", "#!/bin/sh\necho 0\n")

    def run(*arguments, vwr=ROOT / "vwr", cwd=tmp_path, **environment):
        return subprocess.run([str(vwr), *arguments], cwd=cwd, text=True, capture_output=True, stdin=subprocess.DEVNULL,
                              env={"PATH": str(bin_dir), "LOG": str(tmp_path / "apt.log"), **environment}, check=False)
    run.bin, run.log = bin_dir, tmp_path / "apt.log"
    return run


def add_program(path, text):
    """An executable script."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def test_no_install_lists_and_stops(bare):
    add_program(bare.bin / "apt-get", FAKE_APT)
    done = bare("test", VWR_NO_INSTALL="1")
    packages = done.stdout.split()
    assert done.returncode == 1
    assert {"cmake", "ninja-build", "gcc", "clang", "qemu-system-arm", "libcmocka-dev", "git"} <= set(packages)
    assert done.stderr.splitlines()[-1] == "Next: apt-get install " + " ".join(packages)
    assert not bare.log.exists()


def test_a_verb_asks_for_its_own_packages_only(bare):
    done = bare("bench", VWR_NO_INSTALL="1")
    assert {"gcc", "libc6-dev", "gcc-aarch64-linux-gnu"} <= set(done.stdout.split())
    assert not {"clang", "cmake", "spin"} & set(done.stdout.split())


def test_what_is_missing_is_said_and_installed(bare):
    add_program(bare.bin / "apt-get", FAKE_APT)
    done = bare("bench")
    asked = bare.log.read_text(encoding="utf-8").splitlines()
    assert done.stderr.startswith("vwr: bench needs packages that are missing: gcc libc6-dev gcc-aarch64-linux-gnu")
    assert sum(line.endswith(" update") for line in asked) == 1, asked
    assert " install --no-install-recommends gcc libc6-dev " in asked[1]
    # The made-up apt-get installs nothing, so it has to say that it is still missing.
    assert done.returncode == 1 and "still missing" in done.stderr and "Next: apt-get install " in done.stderr


def test_without_apt_the_list_is_clear(bare):
    done = bare("bench")
    assert done.returncode == 1
    assert "missing: gcc libc6-dev" in done.stderr and "no apt-get here" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Next: ")


def test_without_root_and_sudo(bare):
    add_program(bare.bin / "apt-get", FAKE_APT)
    add_program(bare.bin / "id", "#!/bin/sh\necho 1000\n")
    done = bare("bench")
    assert done.returncode == 1 and "needs root or sudo" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Next: apt-get install gcc ")
    assert not bare.log.exists()


def test_the_python_that_can_is_taken(bare, tmp_path):
    add_program(tmp_path / "python without modules", "#!/bin/sh\nexit 1\n")
    done = bare("check", VWR_PYTHON=str(tmp_path / "python without modules"))
    if done.returncode == 1 and "python3-" in done.stderr:
        pytest.skip("/usr/bin/python3 has no modules here")
    assert done.stderr.startswith("vwr: python: /usr/bin/python3 3."), done.stderr
    add_program(tmp_path / "my python", '#!/bin/sh\nexec /usr/bin/python3 "$@"\n')
    done = bare("check", VWR_PYTHON=str(tmp_path / "my python"))
    assert done.stderr.startswith(f"vwr: python: {tmp_path}/my python 3."), done.stderr


def test_help_version_and_wrong_verbs(bare):
    assert bare().stdout == bare("help").stdout == bare("--help").stdout
    for verb in "demo test generate check diff bench build explain lint embed plan oracle soak".split():
        assert f"\n  {verb}" in bare("help").stdout
        assert bare("help", verb).stdout.startswith(f"vwr {verb}")
        assert bare(verb, "--help").stdout == bare("help", verb).stdout
    assert re.match(r"virtwright 0\.[\d.]+\ngenerated code: ABI \d+\ndocument: VIRTIO 1\.\d-\w+\n",
                    bare("--version").stdout)
    done = bare("tset")
    assert done.returncode == 1 and "there is no verb 'tset'" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Next: ") and done.stderr.rstrip().endswith(" help")


def test_another_folder_with_a_space(copy, tmp_path):
    environment = {**os.environ, "VWR_NO_INSTALL": "1"}
    done = subprocess.run([str(copy / "vwr"), "check"], cwd=tmp_path, env=environment, text=True, capture_output=True,
                          check=False)
    if "missing" in done.stderr:
        pytest.skip("no Python with the modules here")
    assert done.returncode == 0, done.stderr
    # A link to it is as good.
    (tmp_path / "link").symlink_to(copy / "vwr")
    done = subprocess.run([str(tmp_path / "link"), "check"], env=environment, check=False, capture_output=True)
    assert done.returncode == 0


TOOLS = "cmake ctest ninja gcc cc as ld ar ranlib nm objcopy strip mkdir rm uname sort tr head".split()
# Configures once, which is what takes its time, and only writes down what shall be built.
FAKE_CMAKE = """#!/bin/sh
case $1 in --build) echo "$@" >>"$LOG" ;; *) [ -f "$VWR_BUILD/CMakeCache.txt" ] || exec {cmake} "$@" ;; esac
"""
FAKE_CTEST = "#!/bin/sh\ncase \"$*\" in *' -N'*) exec {ctest} \"$@\" ;; *) echo ctest \"$@\" >>\"$LOG\" ;; esac\n"


def test_one_tier_takes_its_own_packages_and_targets(bare, tmp_path):
    """On a machine with a compiler, CMake and cmocka: no QEMU is asked for, and nothing but the tier is built."""
    first = bare("test", "-L", "^unit$", VWR_NO_INSTALL="1")
    assert set(first.stdout.split()) == {"gcc", "libc6-dev", "cmake", "ninja-build"}, first.stderr
    for name in TOOLS:
        if shutil.which(name) is None:
            pytest.skip(f"no {name} here")
        if not (bare.bin / name).exists():
            (bare.bin / name).symlink_to(shutil.which(name))
    for name, text in (("cmake", FAKE_CMAKE), ("ctest", FAKE_CTEST)):
        (bare.bin / name).unlink()
        add_program(bare.bin / name, text.format(cmake=shutil.which("cmake"), ctest=shutil.which("ctest")))
    build = tmp_path / "build"
    done = bare("test", "-L", "^unit$", VWR_NO_INSTALL="1", VWR_BUILD=str(build))
    if "libcmocka-dev" in done.stdout:
        pytest.skip("no cmocka here")
    assert done.returncode == 0 and done.stdout == "", done.stdout + done.stderr
    assert bare.log.read_text(encoding="utf-8").splitlines() == [
        f"--build {build} --target tier_unit", f"ctest --test-dir {build} --output-on-failure -L ^unit$"]
    planned = subprocess.run(["ninja", "-C", build, "-t", "commands", "tier_unit"], text=True, capture_output=True,
                             check=True).stdout
    assert "-o tests/unit/driver/unit_blk " in planned
    assert set(re.findall(r"-o tests/(\w+)/", planned)) == {"unit"} and "vwr_demo" not in planned
    asked = {arguments: set(bare("test", *arguments, VWR_NO_INSTALL="1", VWR_BUILD=str(build)).stdout.split())
             for arguments in (("-R", "^qemu.modern_whole_disk$"), ("-L", "^(unit|pair)$"))}
    assert asked["-R", "^qemu.modern_whole_disk$"] == {"qemu-system-arm", "qemu-utils"}
    assert asked["-L", "^(unit|pair)$"] >= {"gcc-s390x-linux-gnu", "qemu-user"}
    bare.log.unlink()
    assert bare("test", "-N", "-L", "unit", VWR_NO_INSTALL="1", VWR_BUILD=str(build)).returncode == 0
    assert not bare.log.exists(), "a list needs no build"


def test_every_tier_says_what_it_takes():
    """A row for each folder of tests that has tests, and no package that the front script does not know."""
    rows = dict(re.findall(r"^(\w+) +: ([^|\n]*)\|", (ROOT / "tests" / "tiers.txt").read_text(encoding="utf-8"), re.MULTILINE))
    tiers = {path.parent.name for path in (ROOT / "tests").glob("*/CMakeLists.txt")} | {"codegen", "gen", "bench"}
    assert set(rows) == tiers
    known = set(re.findall(r"^    ([\w+-]+)\) want ", (ROOT / "vwr").read_text(encoding="utf-8"), re.MULTILINE))
    assert {word for words in rows.values() for word in words.split()} <= known | {"python", "all", "clang"}
