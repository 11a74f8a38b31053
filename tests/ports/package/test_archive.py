# SPDX-License-Identifier: MIT
"""The source archive (./vwr dist): what it contains, and what works in it."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile

import pytest

from conftest import done, shell
from processes import completed, need
from test_package import EVERYTHING, FROM_THE_ARCHIVE, commands, in_units, run_both
from vwr import ROOT
from vwr.conform import image
from vwr.dist.command import DRIVER, MADE, PAIRS
from vwr.dist.command import images as write_images
from vwr.version import version

ONE = "disk"  # the pair of each run; the others take a minute
PORTS = {
    "template": "gcc",
    "aarch64": "aarch64-linux-gnu-gcc",
    "riscv": "riscv64-linux-gnu-gcc",
    "x86": "x86_64-linux-gnu-gcc",
}


def made(folder, pairs, mask=0o022, **environment):
    """An archive in this folder."""
    command = [sys.executable, "-B", ROOT / "codegen", "dist", "--pairs", pairs, "--out", folder]
    old = os.umask(mask)
    try:
        run = completed(command, env={**os.environ, **environment}, cwd=folder.parent, timeout=500)
    finally:
        os.umask(old)
    done(run)
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="session", name="archive")
def fixture_archive(tmp_path_factory):
    need("git", "gcc")
    return made(tmp_path_factory.mktemp("archive"), ONE)


@pytest.fixture(scope="session", name="unpacked")
def fixture_unpacked(archive, tmp_path_factory):
    """The only folder in it."""
    place = tmp_path_factory.mktemp("unpacked")
    done(completed(["tar", "xzf", archive, "-C", place]))
    (found,) = place.iterdir()
    return found


def same_twice(folder, pairs):
    """Two archives that are made in different surroundings have the same name and the same bytes."""
    one = made(folder / "a", pairs, TZ="UTC", PYTHONHASHSEED="1", LC_ALL="C")
    two = made(folder / "b", pairs, mask=0o077, TZ="Asia/Kolkata", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    assert one.name == two.name and one.read_bytes() == two.read_bytes()
    return one


def test_same_twice(tmp_path):
    need("git")
    same_twice(tmp_path, "none")


def test_it_contains_what_is_tracked_without_tests(archive):
    listed = completed(["git", "-C", ROOT, "ls-files"])
    tracked = set(done(listed).splitlines())
    with tarfile.open(archive) as tar:
        rows = tar.getmembers()
    (top,) = {row.name.partition("/")[0] for row in rows}
    assert top in (f"virtwright-{version()}", f"virtwright-{version()}+changes")
    names = {row.name.partition("/")[2] for row in rows}
    assert len(names) == len(rows) > 1500
    rest = {name for name in names if name not in MADE and name.partition("/")[0] not in MADE}
    assert rest <= tracked
    left_out = {name.partition("/")[0] for name in tracked - rest}
    assert {name.rpartition("/")[2] for name in rest if name.startswith("tests/")} == {
        *("ends.c", "ends.h", "ends_client.c", "ends_pair.c", "ends_service.c", "monitored.c", "monitored.h"),
        *(
            "ram.c",
            "ram.h",
            "vmm.c",
            "vmm.h",
            "vmm_calls.h",
            "vmm_pci.c",
            "vmm_pci.h",
            "check.c",
            "check.h",
            "guest.h",
        ),
    }
    assert left_out == {"tests", "bench", "classes"} | {name for name in left_out if name.startswith(".")} - {
        ".reuse"
    }
    assert {"LICENSE", "LICENSES/MIT.txt", ".reuse/dep5", "generated/MANIFEST", "man/vwr-embed.1"} <= names
    assert {name for name in names if name.startswith("pairs/")} == {
        "pairs/README.md",
        *(f"pairs/{ONE}/{name}" for name in ("vwr.c", "vwr.h", "vwr_example.c", "vwr_example.h", "LICENSE")),
        *(f"pairs/{ONE}/{name}" for name in ("vwr-profile.yaml", "vwr-manifest.json")),
    }
    assert {(row.uid, row.gid, row.uname, row.isreg()) for row in rows} == {(0, 0, "", True)}
    assert len({row.mtime for row in rows}) == 1
    modes = {row.name.partition("/")[2]: row.mode for row in rows}
    assert modes["vwr"] == 0o755 and modes["LICENSE"] == 0o644


def test_images(tmp_path, monkeypatch):
    """They are beside the archive, under its name."""
    written = []
    monkeypatch.setattr(image, "make", lambda root, name, out: written.append((root, name, out)))
    stem = tmp_path / "virtwright-1.2.3"
    found = write_images(stem)
    assert written == [(ROOT, name, path) for name, path in zip(image.PROCESSORS, found, strict=True)]
    assert [path.name for path in found] == [
        f"virtwright-1.2.3-conform-{name}" for name in ("aarch64", "riscv64", "x86-64")
    ]


def test_the_packages_have_the_version(unpacked):
    """dpkg reads debian/changelog, which dist writes."""
    text = (unpacked / "debian/changelog").read_text("utf-8")
    assert text.startswith(f"virtwright ({version()}) ")
    (maintainer,) = re.findall(r"^ -- (.*)  \w+, \d\d \w+ \d{4} [\d:]{8} [-+]\d{4}$", text, re.MULTILINE)
    assert f"Maintainer: {maintainer}\n" in (unpacked / "debian/control").read_text("utf-8")
    assert os.access(unpacked / "debian/rules", os.X_OK)


def test_cmake_without_python(unpacked, page, project):
    """A folder of a user's tree; and the installation, which has the man pages and the stand-alone headers."""
    need("cmake", "gcc", "g++")
    folder = project(page["A folder of your tree"])
    (folder / "virtwright").symlink_to(unpacked)
    done(shell(page["A folder of your tree"]["sh"], folder))
    run_both(folder)
    done(shell(page["Installing"]["sh"], folder, PREFIX=str(folder / "out")))
    installed = {path.name for path in folder.glob("out/share/man/man1/*")}
    assert installed == {path.name for path in (unpacked / "man").iterdir()} and len(installed) > 20
    installed = {path.name for path in folder.glob("out/share/virtwright/standalone/*")}
    assert installed == {path.name for path in (unpacked / "standalone").iterdir()} and len(installed) > 30


@pytest.mark.parametrize("way", FROM_THE_ARCHIVE)
def test_fetch_content(way, archive, page, project):
    """The library is the archive's; test_cmake_without_python compiles the same targets. A wrong sum is refused."""
    need("cmake", "gcc", "g++")
    folder, (name,) = project(page[way]), re.findall(r"/(virtwright-.*\.tar\.gz)", page[way]["cmake"])
    assert name == f"virtwright-{version()}.tar.gz"
    shutil.copy(archive, folder / name)
    configure, build = page[way]["sh"].splitlines()
    wrong = shell(configure, folder, SHA256="0" * 64)
    assert wrong.returncode != 0 and "does not match expected value" in wrong.stderr, wrong
    shutil.rmtree(folder / "build/_deps")
    right = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert "Warning" not in done(shell(configure, folder, SHA256=right))
    units = commands(folder)
    for target in ("in_c", "in_cxx", "virtwright_driver"):
        assert any(f"/{target}.dir/Unity/unity_0_c" in unit for unit in units), units
    assert all("/_deps/virtwright-src/runtime/include" in unit and "/port" in unit for unit in units), units
    if EVERYTHING:
        done(shell(build, folder))
        run_both(folder)


def test_make_has_the_sources_that_there_are(unpacked, tmp_path):
    """CMake finds its sources itself; the lists for make are compared with the folders."""
    need("make")
    lists = "\n".join(
        f"$(info {name} $({name}))" for name in ("VWR_DRIVER", "VWR_DEVICE", "VWR_BOTH", "VWR_MONITOR")
    )
    (tmp_path / "Makefile").write_text(f"include {unpacked}/runtime/sources.mk\n{lists}\nall: ;\n")
    rows = done(completed(["make", "-s", "-C", tmp_path])).splitlines()
    found = {row.split()[0]: row.split()[1:] for row in rows if row.startswith("VWR_")}
    common = ["runtime/base", "runtime/shared", "generated/src"]
    driver = ["runtime/driver", "generated/client"]
    device = ["runtime/device", "runtime/parts", "generated/service"]
    rooms = {"VWR_DRIVER": common + driver, "VWR_DEVICE": common + device}
    rooms["VWR_BOTH"] = [*common, *driver, *device, "runtime/bridge"]
    rooms["VWR_MONITOR"] = ["monitor"]
    for name, folders in rooms.items():
        there = sorted(str(path) for room in folders for path in (unpacked / room).rglob("*.c"))
        assert sorted(found[name]) == there and len(there) > 10, name


def compiles(folder, pair, port, compiler):
    done(
        completed(
            [compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-Os", "-ffreestanding", "-c"]
            + [f"-I{folder / 'runtime/port' / port}", folder / "pairs" / pair / "vwr.c"]
            + ["-o", os.devnull],
            timeout=300,
        )
    )


def test_the_pair_compiles(unpacked):
    compiles(unpacked, ONE, "template", "gcc")
    # As pairs/README.md says: each port is in the archive.
    assert all((unpacked / "runtime/port" / port / "vwr_port.h").is_file() for port in PORTS)


def test_each_file_has_a_licence(unpacked):
    """Man pages and pairs too, which dist makes."""
    need("reuse", debian="reuse")
    said = done(completed(["reuse", "--root", unpacked, "lint"], cwd=unpacked))
    count, total = re.search(r"Files with license information: (\d+) / (\d+)", said).groups()
    assert count == total and int(total) > 1500, said


WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("jinja2", "markupsafe", "jsonschema", "pytest"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""


def vwr(folder, *words, **environment):
    """./vwr in the archive, without a terminal."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("VWR_", "PYTHON"))}
    env.update(VWR_NO_INSTALL="1", **environment)
    return completed([folder / "vwr", *words], env=env, cwd=folder, stdin=subprocess.DEVNULL, timeout=300)


def test_embed_changes_nothing_and_needs_two_modules(unpacked, tmp_path):
    """Of the modules that are no part of Python, only PyYAML and pyelftools are there."""
    need("gcc")
    copy = shutil.copytree(unpacked / "pairs" / ONE, tmp_path / "copy")
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(WITHOUT, encoding="utf-8")
    said = done(vwr(unpacked, "embed", str(copy), PYTHONPATH=str(hidden)))
    assert [line for line in said.splitlines() if line.startswith("wrote ")] == [f"wrote {copy}/vwr_port.h"]
    for path in (unpacked / "pairs" / ONE).iterdir():
        assert path.read_bytes() == (copy / path.name).read_bytes(), path


REFUSED = {
    "tests/": [
        "test",
        "build",
        "setup",
        "soak",
        "generate",
        "check",
        "mutate",
        "cover",
        "prove",
    ],
    "bench/": ["bench"],
    ".git/": ["diff", "dist"],
}


def test_other_verbs_say_what_is_missing(unpacked):
    for folder, verbs in REFUSED.items():
        for verb in verbs:
            run = vwr(unpacked, verb)
            assert run.returncode == 2, (verb, run)
            assert run.stderr.startswith(
                f"vwr: {verb} needs {folder}, which a source archive does not have\nNext: "
            ), run.stderr
    assert vwr(unpacked, "help", "all").returncode == 0


TARGETS = (
    *("vwr_demo", "vwr_devices", "vwr_boards", "vwr_hypervisor", "vwr_small_examples"),
    *("vwr_vhost", "vwr_monitor", "vwr_conform"),
)


def test_images_and_programs_are_targets(unpacked, tmp_path):
    """What ./vwr demo, vhost, monitor and conform have CMake build; without VWR_IMAGES nobody asks for a cross compiler."""
    need("cmake", "make", "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-ar")
    for options, images in (([], False), (["-DVWR_IMAGES=ON"], True)):
        said = done(completed(["cmake", "-S", unpacked, "-B", tmp_path, "-G", "Unix Makefiles", *options]))
        assert images or "-- No" not in said, said
        listed = done(completed(["cmake", "--build", tmp_path, "--target", "help"]))
        found = {target for target in TARGETS if re.search(rf"^\.\.\. {target}$", listed, re.MULTILINE)}
        assert found == set(TARGETS if images else TARGETS[-3:]), listed


def test_a_wrong_pair_is_refused(tmp_path):
    command = [sys.executable, "-B", ROOT / "codegen", "dist", "--pairs", "dsk", "--out", tmp_path]
    run = completed(command)
    assert (run.returncode, run.stderr.splitlines()[0]) == (
        2,
        "vwr dist: unknown pair 'dsk'; did you mean 'disk'?",
    )


@pytest.mark.soak("test_same_twice and test_the_pair_compiles; the other pairs")
def test_all_pairs(tmp_path):
    """Each pair with each port whose compiler is here, and the library by make."""
    need("gcc", "make")
    archive = same_twice(tmp_path, ",".join(PAIRS))
    done(completed(["tar", "xzf", archive, "-C", tmp_path]))
    (folder,) = tmp_path.glob("virtwright-*")
    for pair, words in PAIRS.items():
        for port, compiler in PORTS.items():
            if shutil.which(compiler) and (words[: len(DRIVER)] == DRIVER or port in ("template", "aarch64")):
                compiles(folder, pair, port, compiler)


@pytest.mark.soak("test_package, which does the same with the tree")
def test_make_alone(unpacked, page, project):
    need("gcc", "g++", "make")
    folder = project(page["Make alone"])
    shutil.copytree(unpacked, folder / "virtwright")
    rooms = ("runtime/base", "runtime/shared", "runtime/driver", "generated/src", "generated/client")
    in_units(folder / "virtwright", *rooms)
    done(shell(page["Make alone"]["sh"], folder))
    run_both(folder)
