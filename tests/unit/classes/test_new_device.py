# SPDX-License-Identifier: MIT
"""docs/new-device.md: the lamp is generated, built as the page shows it, and switched on by a guest."""

import re
import shutil

import pytest

import inprocess
from processes import completed, output
from folders import BUILD, ROOT

LAMP = ROOT / "examples" / "lamp"
PAIR = ROOT / "tests" / "pair" / "lamp"
PAGE = (ROOT / "docs" / "new-device.md").read_text(encoding="utf-8")
OPTIONS = [
    "-std=c11",
    "-g",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
    "-DVWR_HOST_EXTERNAL_BUS",
]


def blocks(info):
    """Texts of the page's blocks that begin so."""
    return re.findall(rf"^```{info}\n(.*?)^```$", PAGE, re.M | re.S)


@pytest.fixture(name="generated", scope="module")
def _generated(tmp_path_factory):
    """What ./vwr generate makes of the description and the lamp's."""
    folder = tmp_path_factory.mktemp("new device")
    done = inprocess.run("generate", "--spec", LAMP, "--out", folder / "made")
    assert done.returncode == 0, done.stderr
    return folder / "made"


def built(generated, program):
    """The lamp and its guest over the library of this tier."""
    library = [BUILD / "tests/common/libvwr_sanitized_both.a", BUILD / "libvwr_tables_sanitized.a"]
    if shutil.which("gcc") is None or not all(path.is_file() for path in library):
        pytest.skip("no gcc here, or the library of this tier is not built")
    include = [
        f"-I{path}"
        for path in (
            ROOT / "runtime/include",
            ROOT / "generated/include",
            generated / "include",
            ROOT / "runtime/port/host",
            LAMP,
        )
    ]
    sources = [
        *sorted(LAMP.glob("*.c")),
        *(
            path
            for room in ("src", "client", "service")
            for path in sorted(generated.glob(f"{room}/*lamp*.c"))
        ),
    ]
    output(["gcc", *OPTIONS, *include, *map(str, sources), *library, "-o", program])
    return program


@pytest.fixture(name="program", scope="module")
def _program(generated, tmp_path_factory):
    return built(generated, tmp_path_factory.mktemp("program") / "try_lamp")


@pytest.mark.parametrize("version", ["modern", "legacy"])
def test_it_shines(program, version):
    """The page's lines, word by word."""
    assert [output(["timeout", "-k", "5", "60", program, version])] == blocks("text lamp")


def test_it_says_why_it_does_not_start(tmp_path):
    """A queue that the VM has no memory for."""
    text = (LAMP / "lamp.yaml").read_text(encoding="utf-8")
    first = re.search(r"^  - {name: requestq, .*", text, re.M)[0]
    second = first.replace("requestq, index: 0", "spareq, index: 1")
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "lamp.yaml").write_text(text.replace(first, f"{first}\n{second}"), encoding="utf-8")
    done = inprocess.run("generate", "--spec", tmp_path / "spec", "--out", tmp_path / "made")
    assert done.returncode == 0, done.stderr
    done = completed(["timeout", "-k", "5", "60", built(tmp_path / "made", tmp_path / "try_lamp")])
    assert done.returncode == 1 and "\ndevice: queue_count is 1; it must be at least 2\n" in done.stdout


def test_the_description_is_one():
    """Of the page, of the example and of the page that teaches the grammar."""
    yaml = (LAMP / "lamp.yaml").read_text(encoding="utf-8")
    grammar = (ROOT / "spec/README.md").read_text(encoding="utf-8")
    shown = blocks("yaml examples/lamp/lamp.yaml")
    assert len(shown) == 1 and shown[0] in yaml
    assert f"```yaml\n{yaml}```" in grammar


def lines_of_c(*paths):
    """Lines that are neither empty nor a comment."""
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    return sum(bool(line.strip()) for line in re.sub(r"/\*.*?\*/", "", text, flags=re.S).splitlines())


def test_all_of_the_device_is_in_the_page():
    """Each function of the device, and it is as short as the page says."""
    path = LAMP / "lamp_device.c"
    functions = re.findall(r"^(?:static )?\w+ (\w+)\(", path.read_text(encoding="utf-8"), re.M)
    shown = "".join(blocks("c examples/lamp/lamp_device.c"))
    assert len(functions) == 4 and all(
        re.search(rf"^(?:static )?\w+ {name}\(", shown, re.M) for name in functions
    )
    assert f" {lines_of_c(path)} lines of C." in PAGE


def test_both_ends_of_the_larger_one_are_short():
    """tests/pair/lamp: six messages and more, in at most 61 lines of C a side."""
    lines = [lines_of_c(PAIR / f"lamp_{side}.c") for side in ("device", "driver")]
    assert max(lines) <= 61 and f"in {max(lines)} lines of C per side" in PAGE


def test_the_vmm_is_short():
    """examples/vmm says at most 80 lines, of each program."""
    for path in (ROOT / "examples/vmm").glob("*.c"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 80, path.name


def test_a_device_whose_name_begins_with_a_digit(tmp_path):
    """9p is described: its functions compile."""
    done = inprocess.run("new", "device", "9p", "--out", tmp_path)
    assert done.returncode == 0 and "Next: edit it," in done.stdout, done.stderr
    include = [
        f"-I{path}"
        for path in (ROOT / "runtime/include", ROOT / "generated/include", ROOT / "runtime/port/host")
    ]
    output(["gcc", *OPTIONS, *include, "-c", tmp_path / "9p_device.c", "-o", tmp_path / "9p_device.o"])


def test_a_name_that_is_none():
    done = inprocess.run("new", "device", "9x")
    assert done.returncode == 2 and "'9x' is not a valid device name\nNext: a letter first" in done.stderr
