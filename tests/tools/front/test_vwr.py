# SPDX-License-Identifier: MIT
"""The front script on machines that lack this or that."""

import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from unittest import mock

import pytest

import steps
from processes import completed, need, output
from folders import BUILD
from vwr import ROOT
from vwr.front import __main__ as front
from vwr.front import cmake, packages, soak, systems, tests, verbs
from vwr.help_text import help_texts

# What every system has; the script may use no other program before it has looked.
BASICS = "sh dirname readlink env cat sed tr paste grep sort find getconf".split()
FAKE_APT = '#!/bin/sh\necho "$@" >>"$LOG"\n'


@pytest.fixture
def bare(tmp_path):
    """run(*arguments, **environment) of ./vwr with a PATH that has the basics, root, and what was added."""
    bin_dir = tmp_path / "bin"
    bin_dir.mkdir()
    for name in BASICS:
        (bin_dir / name).symlink_to(shutil.which(name))
    add_program(bin_dir / "id", "#!/bin/sh\necho 0\n")

    def run(*arguments, vwr=ROOT / "vwr", cwd=tmp_path, streams={}, **environment):
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
        return subprocess.run(
            [str(vwr), *arguments],
            cwd=cwd,
            text=True,
            **pipes,
            env={"PATH": str(bin_dir), "LOG": str(tmp_path / "apt.log"), **environment},
            check=False,
        )

    run.bin, run.log = bin_dir, tmp_path / "apt.log"
    return run


def add_program(path, text):
    """An executable script."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def test_no_install_lists_and_stops(bare):
    done = bare("test", VWR_NO_INSTALL="1")
    packages = done.stdout.split()
    assert {"cmake", "ninja-build", "gcc", "clang", "qemu-system-arm", "libcmocka-dev", "git"} <= set(
        packages
    )
    assert done.stderr.splitlines()[-1] == "Next: apt-get install " + " ".join(packages)


NEEDS = "vwr: bench needs packages that are missing: gcc libc6-dev gcc-aarch64-linux-gnu"
NO_APT = ["no apt-get here", "Next: install the same for your system, then "]


@pytest.mark.parametrize(
    "programs, environment, parts, asked",
    [
        (
            {"apt-get": FAKE_APT},
            {"VWR_NO_INSTALL": "1"},
            ["nothing was installed", "Next: apt-get install gcc "],
            [],
        ),
        # The made-up apt-get installs nothing, so it has to say that it is still missing.
        (
            {"apt-get": FAKE_APT},
            {},
            ["still missing", "Next: apt-get install "],
            [
                "update",
                "install --no-install-recommends gcc libc6-dev",
                "install --no-install-recommends gcc libc6-dev",
            ],
        ),
        ({}, {}, NO_APT, []),
        (
            {"apt-get": FAKE_APT, "id": "#!/bin/sh\necho 1000\n"},
            {},
            ["needs root or sudo", "Next: apt-get install gcc "],
            [],
        ),
    ],
)
def test_what_is_missing_is_said_and_installed(bare, programs, environment, parts, asked):
    for name, text in programs.items():
        add_program(bare.bin / name, text)
    done = bare("bench", **environment)
    assert done.returncode == 2 and done.stderr.startswith(NEEDS)
    assert re.search(".*".join(map(re.escape, parts)), done.stderr, re.DOTALL), done.stderr
    log = bare.log.read_text(encoding="utf-8") if bare.log.exists() else ""
    assert re.findall(r"update$|install --no-install-recommends gcc libc6-dev", log, re.MULTILINE) == asked


# A made-up os-release, what is typed there, and what of these packages the system does not have.
MISSING = ["gcc", "libc6-dev", "gcc-arm-linux-gnueabi", "qemu-system-misc", "libclang-rt-14-dev", "furo"]
SYSTEMS = pytest.mark.parametrize(
    "os_release, typed, without",
    [
        (
            'NAME="Fedora Linux"\nID=fedora\nVERSION_ID=44\n',
            "dnf install gcc glibc-devel qemu-system-riscv compiler-rt python3-furo",
            "fedora: gcc-arm-linux-gnueabi",
        ),
        (
            "ID=manjaro\nID_LIKE=arch\n",
            "pacman -S gcc glibc qemu-system-riscv compiler-rt python-sphinx-furo",
            "arch: gcc-arm-linux-gnueabi",
        ),
        (
            "ID='alpine'\nVERSION_ID=3.23.2\n",
            "apk add gcc musl-dev qemu-system-riscv64 compiler-rt",
            "alpine: gcc-arm-linux-gnueabi furo",
        ),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "dnf install gcc glibc-devel ", "fedora: "),
    ],
)


@pytest.fixture
def system(tmp_path, monkeypatch):
    """Writes the os-release of a made-up machine, whose user is root."""
    path = tmp_path / "os-release"
    monkeypatch.setattr(systems, "OS_RELEASE", (tmp_path / "none", path))
    monkeypatch.setattr(packages, "user", lambda: "0")
    monkeypatch.delenv("VWR_NO_INSTALL", raising=False)
    return path.write_text


def refused(missing, capsys, verb="setup"):
    """What an installer prints that stops."""
    with pytest.raises(SystemExit) as end:
        packages.Installer(verb, True, True).install(missing)
    assert end.value.code == 2
    return capsys.readouterr()


@SYSTEMS
def test_each_system_has_its_line_to_type(system, capsys, monkeypatch, os_release, typed, without):
    """Nothing is installed: an apt-get is there, as Fedora has it as a package, and is not run."""
    monkeypatch.setattr(packages, "apt", lambda *arguments: pytest.fail(f"apt-get {arguments}"))
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    system(os_release)
    said = refused(MISSING, capsys).err
    column, _, unknown = without.partition(": ")
    assert f"vwr: {column} has no package that is known here for {unknown}" in said
    assert f"the names for {column} were looked up and are untried\nNext: {typed}" in said
    assert said.endswith(f", then {front.COMMAND} setup\n")
    monkeypatch.setattr(packages, "user", lambda: "1000")
    monkeypatch.setenv("VWR_NO_INSTALL", "1")
    done = refused(MISSING, capsys)
    assert f"\nNext: sudo {typed}" in done.err
    assert done.out.split() == re.search(r"Next: sudo \w+ \S+ (.*), then ", done.err)[1].split()
    said = refused(["user-mode-linux"], capsys).err
    assert said.endswith(" help setup   (where it runs)\n") and "has no package" in said


def test_a_package_that_not_every_system_has_is_asked_for_where_it_is(system):
    """Of Fedora and its like the table says it, of the others apt-cache."""
    system("ID=fedora\n")
    assert packages.has_package("chromium") and not packages.has_package("user-mode-linux")


def test_a_verb_on_fedora(bare, system, monkeypatch, capsys):
    """From the look for packages to the line; bare has neither a compiler nor a package manager."""
    system("ID=fedora\n")
    monkeypatch.setenv("PATH", str(bare.bin))
    with pytest.raises(SystemExit):
        front.main(["bench"])
    said = capsys.readouterr().err
    assert said.startswith(NEEDS) and "\nNext: dnf install gcc glibc-devel gcc-aarch64-linux-gnu " in said


def test_ubuntu_has_names_of_its_own_release(system, monkeypatch):
    """apt-get goes on. A name is taken as of its release, and only if the archive has it."""
    asked = []
    monkeypatch.setattr(packages, "runs", lambda *command, **_: asked.append(command) is None)
    for os_release, name in (
        ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID='26.04'\n", "qemu-system-riscv"),
        ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID='26.10'\n", "qemu-system-riscv"),
        ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID='24.04'\n", "qemu-system-misc"),
        (
            "ID=linuxmint\nID_LIKE='ubuntu debian'\nVERSION_ID='99'\n",
            "qemu-system-misc",
        ),  # not Ubuntu's number
        ("ID=debian\nVERSION_ID='99'\n", "qemu-system-misc"),
    ):
        system(os_release)
        assert packages.apt_names("qemu-system-misc") == [name], os_release
        assert packages.apt_names("gcc") == ["gcc"] and packages.apt_names("chromium") == ["chromium"]
    assert set(asked) == {("apt-cache", "show", "qemu-system-riscv")}
    system("ID=ubuntu\nVERSION_ID='26.04'\n")
    monkeypatch.setattr(packages, "runs", lambda *command, **_: False)
    assert packages.apt_names("qemu-system-misc") == ["qemu-system-misc"]
    monkeypatch.setitem(packages.PROBES, "qemu-system-misc", lambda: False)
    monkeypatch.setattr(packages, "has_package", lambda name: True)
    assert packages.Needs().add("qemu-system-misc").missing() == ["qemu-system-riscv"]


def test_a_demo_asks_for_the_machine_that_it_boots(bare):
    """Debian 12 has s390x in qemu-system-misc, which has the other name too; Debian 13 in a package of that name."""
    for name in ("gcc", "cmake", "ninja", "aarch64-linux-gnu-gcc", "qemu-system-aarch64", "qemu-img"):
        add_program(bare.bin / name, "#!/bin/sh\n")
    for name in ("mkfs.vfat", "mcopy"):
        add_program(bare.bin / name, "#!/bin/sh\n")
    channel = {"gcc-s390x-linux-gnu", "qemu-system-s390x"}
    for words in (["devices", "packed", "ccw-packed"], ["--all"]):
        assert channel <= set(bare("demo", *words, VWR_NO_INSTALL="1").stdout.split()), words


@pytest.mark.parametrize(
    "os_release",
    [
        "",
        "ID=plan9\nID_LIKE=\n",
        "ID=opensuse-tumbleweed\nID_LIKE='opensuse suse'\n",
        "ID=debian\nID_LIKE=fedora\n",
        "ID='fedora\n",  # a quotation without an end
        "fedora\n=fedora\n ID = fedora\nXID=fedora\n# ID=fedora\n",
        "ID=Fedora\nID_LIKE='$(echo fedora) `fedora` fedora; ../fedora'\n",
        "ID=package\nID_LIKE='- |'\n",
        "\0\x1b[31mID=fedora\n",
        "#" * systems.LONGEST + "\nID=fedora\n",
    ],
)
def test_an_unknown_or_malformed_system_has_debians_names(system, capsys, monkeypatch, os_release):
    system(os_release)
    monkeypatch.setattr(packages.shutil, "which", lambda name: None)
    assert systems.here().command == "" and systems.here().names("libc6-dev") == ["libc6-dev"]
    said = refused(["gcc", "libc6-dev"], capsys).err
    assert said.startswith(
        "vwr: setup needs packages that are missing: gcc libc6-dev\nvwr: no apt-get here; "
    )
    assert "\nNext: install the same for your system, then " in said and "untried" not in said


def test_os_release_is_read_at_the_edge(system, tmp_path):
    """No file, a folder, bytes that are no text, numbers that are none."""
    assert systems.here() == systems.System()
    (tmp_path / "none").mkdir()
    system("ID=ubuntu\nVERSION_ID=26.04\n")
    assert systems.here() == ("ubuntu", (26, 4))
    (tmp_path / "os-release").write_bytes(b"NAME=\xff\xfe\nID=ubuntu\nVERSION_ID=26.\xb2\n")
    assert systems.here() == ("ubuntu", ())
    for number in ("9" * 5000, "26.04.", "26,04", "-1", "''", "1.2.3.4.5"):
        system(f"ID=ubuntu\nVERSION_ID={number}\n")
        assert systems.here() == ("ubuntu", ()), number


def test_the_table_of_names_has_every_package():
    """No more and no less; each name is of the form of one, and each system's column is filled."""
    rows = [
        [cell.strip() for cell in line.split("|")]
        for line in systems.TABLE.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert rows[0] == ["package", "ubuntu", *systems.COMMANDS]
    names = [row[0] for row in rows[1:]]
    assert len(names) == len(set(names))
    assert set(names) == {*packages.PROBES, *packages.MODULES.values(), "libclang-rt-*-dev"}
    word = re.compile(r"(\d\d\.\d\d:)?[A-Za-z0-9][A-Za-z0-9+._-]+")
    for row in rows[1:]:
        assert len(row) == len(rows[0]) and all(row[2:]), row
        assert all(cell == "-" or all(map(word.fullmatch, cell.split())) for cell in row[1:]), row


def test_a_verb_asks_for_its_own_packages_only(bare):
    done = bare("bench", VWR_NO_INSTALL="1")
    assert {"gcc", "libc6-dev", "gcc-aarch64-linux-gnu"} <= set(done.stdout.split())
    assert not {"clang", "cmake", "spin"} & set(done.stdout.split())


def test_the_python_that_can_is_taken(bare, tmp_path):
    add_program(tmp_path / "python without modules", "#!/bin/sh\nexit 1\n")
    done = bare("check", VWR_PYTHON=str(tmp_path / "python without modules"))
    if done.returncode == 2 and "python3-" in done.stderr:
        pytest.skip("/usr/bin/python3 has no modules here")
    lacks = f"vwr: VWR_PYTHON={tmp_path}/python without modules lacks yaml, jsonschema, jinja2: using /usr/bin/python3\n"
    assert done.stderr.startswith(lacks), done.stderr
    add_program(tmp_path / "my python", f'#!/bin/sh\necho "$@" >>"{bare.log}"\nexec /usr/bin/python3 "$@"\n')
    assert bare("check", VWR_PYTHON=str(tmp_path / "my python")).stderr == ""
    assert "check" in bare.log.read_text(encoding="utf-8").splitlines()[-1]
    assert bare("check").stderr == "", "without a choice there is nothing to tell"


def test_help_version_and_wrong_verbs(bare, capsys):
    usage, every = bare("help").stdout, bare("help", "all").stdout
    assert bare().stdout == bare("--help").stdout == usage
    listed = re.findall(r"^  (\w+)", usage, re.MULTILINE)
    assert listed == [*verbs.USERS, "help", "help"] and len(verbs.USERS) == 10
    assert f"help all                all {len(help_texts())} verbs\n" in usage
    assert max(map(len, every.splitlines())) <= 130
    titles = re.findall(r"^(?!usage)(\S.*):$", every, re.MULTILINE)
    assert titles == [*verbs.GROUPS], "each with its verbs"
    shown = re.findall(r"^  (\w+)(?: .*|)$", every.partition("\n  help")[0], re.MULTILINE)
    assert [*dict.fromkeys(shown)] == [
        verb for rows in verbs.grouped().values() for verb in rows if " " not in verb
    ]
    assert sorted(help_texts()) == sorted(set(shown)), "a verb, its page, its row"
    for verb, page in help_texts().items():
        assert page.startswith(f"vwr {verb}")
        assert front.main([verb, "--help"]) == 0 and capsys.readouterr().out == page
    assert bare("help", "demo").stdout == bare("demo", "--help").stdout == help_texts()["demo"]
    assert re.match(
        r"virtwright 0\.[\d.]+\ngenerated code: ABI \d+\ndocument: VIRTIO 1\.\d-\w+\n",
        bare("--version").stdout,
    )
    for words in (["tset"], ["help", "tset"]):
        done = bare(*words)
        assert (
            done.returncode == 2
            and done.stdout == ""
            and "unknown verb 'tset'; did you mean 'test'?" in done.stderr
        )
        assert done.stderr.splitlines()[-1].startswith("Next: ") and done.stderr.rstrip().endswith(
            " help all"
        )


def test_a_wrong_option_names_the_nearest(bare):
    """Also where something else is missing."""
    done = bare("lint", "--mapp", "X=QueueNum")
    if "python3-" in done.stderr:
        pytest.skip("/usr/bin/python3 has no modules here")
    assert done.returncode == 2 and "unknown option '--mapp'; did you mean '--map'?" in done.stderr
    assert done.stderr.rstrip().endswith(" help lint")


@pytest.mark.parametrize(
    "words, message",
    [
        (["nosuch"], "unknown kind 'nosuch'\n"),
        (["fuz"], "unknown kind 'fuz'; did you mean 'fuzz'?\n"),
        (["pair", "x"], "soak pair takes a number of at least 1, not 'x'"),
        (["net", "0"], "soak net takes a number of at least 1, not '0'"),
        (["pair", "1", "2"], "soak pair takes a number of at least 1, not '1 2'"),
        (["machines", "vax"], "soak machines takes one of all s390x powerpc arm, not 'vax'"),
        (["release", "13"], "soak release takes the name of a release of Debian, not '13'"),
        (
            ["release", "trixie", "--slow"],
            "soak release takes the name of a release of Debian, not 'trixie --slow'",
        ),
    ],
)
def test_a_soak_is_refused_before_anything_is_built(bare, words, message):
    """bare has neither a compiler nor apt-get: a verb that went on would miss them."""
    done = bare("soak", *words)
    assert done.returncode == 2 and message in done.stderr and "missing" not in done.stderr


def test_inputs_of_fuzzers_are_counted_however_a_run_ends():
    progress = "#128\tNEW    cov: 7\n#512\tpulse  cov: 7\n"
    assert soak.executed(f"{progress}stat::number_of_executed_units: 600\n") == 600
    assert soak.executed(progress) == 512 and soak.executed("cannot start") == 0
    assert soak.sums_of("wide_device 5\nfuzz_pair 2\nwide_drivers 3\nwide_device 10\n") == {
        "all": 20,
        "device side": 17,
        "driver side": 5,
        "fuzz_pair": 2,
        "wide_device": 15,
        "wide_drivers": 3,
    }


def test_an_unknown_soak_names_groups_and_where_the_list_is(bare):
    said = bare("soak", "nosuch").stderr
    assert max(map(len, said.splitlines())) <= 110
    assert {*soak.SOAKS, *soak.GUESTS} - {*soak.RINGS} <= set(said.split())
    assert "guests\nRings: 12 kinds, modern_split and its like\n" in said
    assert said.rstrip().endswith(" help soak")


def test_the_help_of_soak_has_every_kind(bare):
    page = bare("help", "soak").stdout
    assert all(
        f"vwr soak {kind} [" in page
        for kind in [*soak.SOAKS, *soak.GUESTS]
        if kind not in soak.RINGS and kind != "all"
    )
    kinds = (ROOT / "tests/qemu/driver/case_matrix.c").read_text(encoding="utf-8")
    assert set(soak.RINGS) == set(re.findall(r'"((?:modern|legacy)_(?:split|packed)\w*)"', kinds))


def test_another_folder_with_a_space(copy, tmp_path):
    environment = {**os.environ, "VWR_NO_INSTALL": "1"}
    done = completed([str(copy / "vwr"), "check"], cwd=tmp_path, env=environment)
    if "missing" in done.stderr:
        pytest.skip("no Python with the modules here")
    assert done.returncode == 0, done.stderr
    # A link to it is as good.
    (tmp_path / "link").symlink_to(copy / "vwr")
    done = subprocess.run(
        [str(tmp_path / "link"), "check"], env=environment, check=False, capture_output=True
    )
    assert done.returncode == 0


TOOLS = "cmake ctest ninja gcc cc as ld ar ranlib nm objcopy strip mkdir rm uname sort tr head".split()


def ctest_files(folder=""):
    """What CMake wrote for ctest in the build folder of this run. Other tests build projects of their own in it."""
    name = os.path.join(folder, "CTestTestfile.cmake")
    if (BUILD / name).is_file():
        yield name
        for below in re.findall(
            r'^subdirs\("(.+)"\)$', (BUILD / name).read_text(encoding="utf-8"), re.MULTILINE
        ):
            yield from ctest_files(os.path.join(folder, below))


# Only writes down what shall be built. Configures as the build folder of this run is configured, so far as ctest reads it; by CMake if there is none.
COPIED = """#!/bin/sh
case $1 in --build) echo "$@" >>"$LOG"; exit ;; esac
echo configures >>"$LOG"
[ ! -f "$VWR_BUILD/CMakeCache.txt" ] || exit 0
[ -f {build}/CMakeCache.txt ] || exec {cmake} "$@"
mkdir -p "$VWR_BUILD"
cd {build} && cp --parents -t "$VWR_BUILD" CMakeCache.txt {files}
"""
# Installs what stands on the shelf of the first package that it is asked for.
SHELF_APT = "#!/bin/sh\ncase $* in *' install '*) while [ $# -gt 0 ]; do cp -P {shelves}/$1/* {bin} 2>/dev/null; shift; done ;; esac\n"
FAKE_CTEST = '#!/bin/sh\ncase "$*" in *\' -N\'* | *--show-only*) exec {ctest} "$@" ;; *) echo ctest "$@" >>"$LOG" ;; esac\n'


def copies_the_configuration(folder):
    """Puts a cmake and a ctest into the folder of links that take what is configured already."""
    files = " ".join(shlex.quote(name) for name in ctest_files())
    programs = {
        "cmake": COPIED.format(build=shlex.quote(str(BUILD)), cmake=shutil.which("cmake"), files=files),
        "ctest": FAKE_CTEST.format(ctest=shutil.which("ctest")),
    }
    for name, text in programs.items():
        (folder / name).unlink()
        add_program(folder / name, text)


def test_one_tier_takes_its_own_packages_and_targets(bare, tmp_path):
    """On a machine with a compiler, CMake and cmocka: no QEMU is asked for, and nothing but the tier is built."""
    first = bare("test", "-L", "^unit$", VWR_NO_INSTALL="1")
    assert set(first.stdout.split()) == {"gcc", "libc6-dev", "cmake", "ninja-build"}, first.stderr
    for name in TOOLS:
        need(name)
        if not (bare.bin / name).exists():
            (bare.bin / name).symlink_to(shutil.which(name))
    copies_the_configuration(bare.bin)
    (bare.bin / "cp").symlink_to(shutil.which("cp"))
    build = tmp_path / "build"
    done = bare("test", "-L", "^unit$", VWR_NO_INSTALL="1", VWR_BUILD=str(build))
    if "libcmocka-dev" in done.stdout:
        pytest.skip("no cmocka here")
    assert done.returncode == 0 and done.stdout == "", done.stdout + done.stderr
    assert bare.log.read_text(encoding="utf-8").splitlines() == [
        "configures",
        f"--build {build} --target tier_unit soak_unit",
        f"ctest --test-dir {build} --output-on-failure --output-junit {build}/tests.xml -L ^unit$",
    ]
    configured = BUILD if (BUILD / "build.ninja").is_file() else build
    planned = output(["ninja", "-C", configured, "-t", "commands", "tier_unit"])
    assert "-o tests/unit/driver/unit_blk " in planned
    assert set(re.findall(r"-o tests/(\w+)/", planned)) == {"unit", "common"} and "vwr_demo" not in planned
    asked = {
        arguments: set(bare("test", *arguments, VWR_NO_INSTALL="1", VWR_BUILD=str(build)).stdout.split())
        for arguments in (("-R", "^qemu.modern_whole_disk$"), ("-L", "^(unit|machines)$"))
    }
    assert asked["-R", "^qemu.modern_whole_disk$"] - {"liblwip-dev"} == {
        "mtools",
        "qemu-system-arm",
        "qemu-system-x86",
        "qemu-utils",
    }  # that is looked for as a file
    assert asked["-L", "^(unit|machines)$"] >= {"gcc-s390x-linux-gnu", "qemu-user"}
    bare.log.unlink()
    assert bare("test", "-N", "-L", "unit", VWR_NO_INSTALL="1", VWR_BUILD=str(build)).returncode == 0
    assert "--build" not in bare.log.read_text(encoding="utf-8"), "a list needs no build"


def test_a_failed_build_names_the_command_to_repeat(monkeypatch, capsys):
    monkeypatch.setattr(cmake, "called", lambda *arguments: False)
    monkeypatch.setattr(sys, "argv", ["vwr.front", "test", "-R", "^unit.startup$"])
    with pytest.raises(SystemExit):
        cmake.build("--target", "unit_startup")
    assert " test -R '^unit.startup$'   (after the fix)\n" in capsys.readouterr().err


def test_an_image_that_cmake_left_out_is_configured_again(tmp_path, monkeypatch):
    """A demo may have configured the folder before the packages of the next one were there."""
    fake = '#!/bin/sh\ncase $1 in --build) grep -q "$4" "$LOG" || exit 1 ;; *) echo configures "$KNOWN" >>"$LOG" ;; esac\n'
    add_program(tmp_path / "cmake", fake)
    (tmp_path / "log").write_text("", encoding="utf-8")
    for name, value in {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "LOG": str(tmp_path / "log"),
        "KNOWN": "image",
        "VWR_BUILD_DIR": str(tmp_path / "build"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(steps, "is_configured", lambda folder: True)
    steps.build("image")
    steps.build("image")
    assert (tmp_path / "log").read_text(encoding="utf-8") == "configures image\n"
    with pytest.raises(steps.Failed, match="nothing does not build"):
        steps.build("nothing")


def test_a_library_that_was_missing_is_looked_for_again(tmp_path, monkeypatch):
    """./vwr conform or demo may have configured the folder before the libraries of ./vwr vhost were there."""
    monkeypatch.setattr(cmake, "CACHE", tmp_path / "CMakeCache.txt")
    assert not cmake.configured()
    home = f"CMAKE_HOME_DIRECTORY:INTERNAL={ROOT}"
    for text, found in (
        (f"{home}\nL:FILEPATH=L-NOTFOUND\n", False),
        (f"{home}\nL:FILEPATH=/l.so\n", True),
        (f"{home}x\nL:FILEPATH=/l.so\n", False),
        (f"{home}\n", False),
    ):
        cmake.CACHE.write_text(text, encoding="utf-8")
        assert cmake.configured("L") == found, text
    assert cmake.configured()


def test_what_was_installed_last_is_configured(bare, tmp_path):
    """Tests chosen by a pattern: CMake has to be there before their packages are known, and has to look again after."""
    gcc, spin, build = tmp_path / "gcc", tmp_path / "spin", tmp_path / "build"
    for shelf in (gcc, spin):
        shelf.mkdir()
    for name in set(TOOLS) - {path.name for path in bare.bin.iterdir()}:
        (gcc / name).symlink_to(shutil.which(name))
    copies_the_configuration(gcc)
    add_program(spin / "spin", "#!/bin/sh\n")
    (bare.bin / "cp").symlink_to(shutil.which("cp"))
    add_program(bare.bin / "apt-get", SHELF_APT.format(shelves=tmp_path, bin=bare.bin))
    done = bare("test", "-L", "^model$", VWR_BUILD=str(build))
    assert done.returncode == 0, done.stderr
    assert bare.log.read_text(encoding="utf-8").splitlines() == [
        "configures",
        "configures",
        f"--build {build} --target tier_model soak_model",
        f"ctest --test-dir {build} --output-on-failure --output-junit {build}/tests.xml -L ^model$",
    ]


def test_modules_are_looked_for_again_after_they_are_installed(tmp_path, monkeypatch):
    """The interpreter is the one that has them then; without them none was found before."""
    asked = []

    def apt(*arguments):
        asked.append(arguments)
        if arguments[0] == "install":
            (tmp_path / "vwr_made_up.py").write_text("", encoding="utf-8")
        return True

    monkeypatch.setitem(packages.MODULES, "vwr_made_up", "python3-made-up")
    monkeypatch.setattr(packages, "apt", apt)
    monkeypatch.setattr(packages, "user", lambda: "0")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("VWR_PYTHON", sys.executable)
    monkeypatch.delenv("VWR_NO_INSTALL", raising=False)
    needs = packages.Needs().add(modules=["vwr_made_up"])
    packages.Installer("check", True, True).need(needs)
    assert asked == [("update",), ("install", "--no-install-recommends", "python3-made-up")]
    assert os.environ["VWR_PYTHON"] == sys.executable == needs.python


def test_a_tier_by_its_name(bare):
    """Its packages are known before anything is configured; a folder of tests/ stands for all in it."""
    assert "clang" in bare("test", "fuzz", VWR_NO_INSTALL="1").stdout.split()
    one, all_of_it = (
        set(bare("test", name, VWR_NO_INSTALL="1").stdout.split()) for name in ("explore", "memory")
    )
    assert {"spin"} == all_of_it - one and "clang" not in all_of_it
    done = bare("test", "nothing")
    assert done.returncode == 2 and "unknown tier 'nothing'\nTiers: avatar " in done.stderr


def test_a_terminal_is_asked(bare):
    """The answer counts: an empty line is yes, the end of the input is none."""
    add_program(bare.bin / "apt-get", FAKE_APT)
    for answer, installs in (("n\n", False), ("\n", True), ("\x04", False)):
        bare.log.unlink(missing_ok=True)
        above, below = pty.openpty()
        os.write(above, answer.encode())
        done = bare("bench", streams={"stdin": below, "stderr": below})
        os.close(below)
        assert done.returncode == 2 and bare.log.exists() == installs
        os.close(above)


WHO_INSTALLS = pytest.mark.parametrize(
    "words, environment, installs",
    [
        (["bench"], {}, True),
        (["bench"], {"CI": "1"}, True),
        (["bench"], {"CI": "true", "VWR_NO_INSTALL": "1"}, False),
        (["diff"], {}, False),
        (["diff"], {"CI": "false"}, False),
        (["diff"], {"CI": "0"}, False),
        (["diff"], {"CI": "1"}, True),
        (["diff"], {"CI": "true"}, True),
        (["-y", "diff"], {}, True),
        (["diff", "-y"], {}, True),
        (["-y", "diff"], {"VWR_NO_INSTALL": "1"}, False),
    ],
)


@WHO_INSTALLS
def test_who_installs_without_a_terminal(bare, monkeypatch, words, environment, installs):
    """The verbs that build; all in CI and with -y. git is missing here, which diff runs."""
    add_program(bare.bin / "apt-get", FAKE_APT)
    monkeypatch.setattr(sys, "stdin", open(os.devnull, encoding="utf-8"))
    place = {"PATH": str(bare.bin), "LOG": str(bare.log)}
    with mock.patch.dict(os.environ, {**place, **environment}, clear=True), pytest.raises(SystemExit) as end:
        front.main(words)
    assert end.value.code == 2 and bare.log.exists() == installs


@WHO_INSTALLS
def test_who_installs_python(bare, tmp_path, words, environment, installs):
    """The shell's half of the script decides the same."""
    add_program(bare.bin / "apt-get", FAKE_APT)
    add_program(
        tmp_path / "vwr",
        (ROOT / "vwr")
        .read_text(encoding="utf-8")
        .replace("/usr/bin/python3 python3", "")
        .replace("root=$(CDPATH=", f"root='{ROOT}' # $(CDPATH="),
    )
    done = bare(*words, vwr=tmp_path / "vwr", **environment)
    assert (
        done.returncode == 2 and "python3 is missing" in done.stderr and bare.log.exists() == installs
    ), done.stderr
    (bare.bin / "apt-get").unlink()
    done = bare(*words, vwr=tmp_path / "vwr", **environment)
    assert done.stderr.startswith(
        "vwr: python3 is missing, at least 3.10\nNext: install python3 by your system's "
    )


RESULTS = """<?xml version="1.0" encoding="UTF-8"?>
<testsuite>
<testcase name="a.1" status="run"><system-out>1 passed
note: by the other way
SKIPPED [1] ../../a.py:3: no network
</system-out></testcase>
<testcase name="a.2" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out>it does not say
why it is skipped
</system-out></testcase>
<testcase name="a.3" status="run"><system-out>all is well
</system-out></testcase>
<testcase name="a.4" status="fail"><failure message=""/><system-out>far above
{numbers}
</system-out></testcase>
</testsuite>
""".replace(
    "{numbers}", "\n".join(map(str, range(tests.LAST)))
)


def test_what_was_left_out_and_the_slowest_tests_stand_before_the_closing_lines(bare, tmp_path):
    """Of what ctest prints nothing is lost, and its lines are the last ones."""
    lines = [f" {at}/12 Test #{at}: a.{at} ....   Passed   {at}.50 sec" for at in range(1, 13)]
    lines[1] = " 2/12 Test #2: a.2 ....***Skipped   2.50 sec"
    lines += ["", "100% tests passed", ""]
    add_program(
        tmp_path / "ctest",
        f'#!/bin/sh\ncat >"$5" <<END\n{RESULTS}END\ncat <<END\n' + "\n".join(lines) + "END\nexit 8\n",
    )
    script = "import sys; from vwr.front import tests; sys.exit(tests.run([]))"
    done = completed(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "PATH": f"{tmp_path}:/usr/bin:/bin",
            "PYTHONPATH": str(ROOT / "codegen"),
            "VWR_BUILD": str(tmp_path),
        },
    )
    assert done.returncode == 8 and done.stdout.endswith("100% tests passed\n"), done.stderr
    assert (
        "\n  a.1: by the other way\n  a.1: no network\n  a.2: why it is skipped\n"
        "\na.4 failed:\n  0\n  1\n" in done.stdout
    )
    assert (
        "  18\n  19\n\nThe 10 slowest of 12 tests, 84 seconds in all:\n     12.5 s  a.12\n     11.5 s  a.11\n"
        in done.stdout
    )
    assert all(line in done.stdout for line in lines)


# What is typed after vwr, and what is offered.
COMPLETED = [
    ("ex", "explain explorer"),
    ("test un", "unit"),
    ("embed --wi", "--with --without"),
    ("help al", "all"),
    ("conform v", "vhost vmm"),
    ("conform --type g", "gpu"),
    ("embed --preset b", "bringup"),
    ("embed --preset=b", "bringup"),
    ("embed --driver blk,en", "blk,entropy"),
    ("embed --driver=blk,en", "blk,entropy"),
    ("embed --without ac", "acpi"),
    ("embed --transport mmio,p", "mmio,pci"),
    ("generate --version l", "legacy"),
    ("lint --only vhost-", "vhost-user"),
    ("vhost blk --tol", "--tolerate"),
    ("completion f", "fish"),
]
# bash makes a word of its own of the sign; zsh leaves it in the word, which then begins with the option.
SPLIT = {"bash": lambda typed: typed.replace("=", " = "), "zsh": lambda typed: typed}
ASK = "COMP_WORDS=(vwr {words}); COMP_CWORD={place}; _vwr; echo ${{COMPREPLY[@]}}"


def offered(shell, script, typed, folder):
    """The words that the shell offers; zsh and fish choose from what they get."""
    if shell == "fish":
        return output([shell, "-c", f"{script}\ncomplete -C 'vwr {typed}' | cut -f1"], cwd=folder).split()
    words = SPLIT[shell](typed)
    ask = ASK.format(words=words, place=len(words.split()))
    before, emulate = ("compdef() { :; }", "emulate sh") if shell == "zsh" else ("", "")
    found = output([shell, "-c", f"{before}\n{script}\n{emulate}\n{ask}"], cwd=folder).split()
    return [word for word in found if shell == "bash" or word.startswith(words.split()[-1])]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(bare, tmp_path, shell):
    need(shell)
    script = bare("completion", shell).stdout
    for typed, wanted in COMPLETED:
        found = [re.sub("^--[a-z]+=", "", word) for word in offered(shell, script, typed, tmp_path)]
        assert found == wanted.split(), (typed, found)


def test_every_tier_says_what_it_takes():
    """A row for each folder of tests that has tests (common has libraries), and no package that the front does not know."""
    rows = tests.tiers()
    table = re.findall(r"^(\w+) *\| *(\S+)", tests.TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    folders = {
        path.parent.relative_to(ROOT / "tests").as_posix()
        for name in ("CMakeLists.txt", "test_*.py")
        for path in (ROOT / "tests").glob(f"*/**/{name}")
        if len(path.relative_to(ROOT / "tests").parts) <= 3
    } - {"common"}
    assert {folder for _, folder in table} - {"../bench"} == {
        one for one in folders if (ROOT / "tests" / one / "README.md").is_file()
    }
    assert {word for tier in rows.values() for word in tier.packages} <= {
        *packages.PROBES,
        "python",
        "sphinx",
        "all",
    }
