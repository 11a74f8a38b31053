# SPDX-License-Identifier: MIT
"""docs/vault.md: the vault lies in a folder of its own, outside of this tree, as the page has it."""

import re
import shutil

import pytest

import inprocess
from processes import output
from folders import BUILD, ROOT

VAULT = ROOT / "examples" / "vault"
PAGE = (ROOT / "docs" / "vault.md").read_text(encoding="utf-8")
FILES = ("vault.yaml", "vault_device.h", "vault_device.c", "vault_driver.h", "vault_driver.c")
WARNINGS = "-std=c11 -Wall -Wextra -Werror -DVWR_HOST_EXTERNAL_BUS -D_GNU_SOURCE".split()
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
LINKER = ["-fuse-ld=lld"] if shutil.which("ld.lld") else []
LIBRARIES = [
    BUILD / "tests/common/libvwr_sanitized_both_monitor.a",
    BUILD / "tests/common/libvwr_sanitized_both.a",
    BUILD / "libvwr_tables_sanitized.a",
]
HARNESS = BUILD / "tests/pair/ends/libends_harness.a"
TRACED = "base shared driver/core/bringup driver/core/client driver/core/dev driver/transport/mmio driver/core/queue driver/core/receive driver/core/request driver/core/transmit"
TRACED += " device/core/vdev device/core/vqueue device/transport/mmio device/core/service device/core/stream device/core/vm device/core/memory"


def blocks(info):
    """Texts of the page's blocks that begin so."""
    return re.findall(rf"^```{info}\n(.*?)^```$", PAGE, re.M | re.S)


def vwr(folder, *words, code=0):
    """A verb of this checkout, called in a folder that is not the checkout."""
    done = inprocess.run(*words, cwd=folder)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def compiled(folder, program, sources, *options, port=ROOT / "runtime/port/host"):
    """A program of the folder's files."""
    places = [
        folder / "made/include",
        folder / "src",
        *(ROOT / place for place in ("runtime/include", "generated/include")),
    ]
    made = [path for room in ("src", "client", "service") for path in sorted(folder.glob(f"made/{room}/*.c"))]
    include = [f"-I{place}" for place in (port, *places)]
    output(
        [
            "gcc",
            *WARNINGS,
            *include,
            *map(str, (*sources, *made)),
            *map(str, options),
            *LINKER,
            "-o",
            program,
        ],
        cwd=folder,
    )


def ran(folder, program):
    return output(["timeout", "-k", "5", "60", folder / program])


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory):
    """The page's blocks as files, and what they make."""
    home = tmp_path_factory.mktemp("somebody")
    (home / "src").mkdir()
    for name in FILES:
        kind = "yaml" if name.endswith(".yaml") else "c"
        (text,) = blocks(f"{kind} examples/vault/{name}")
        (home / "src" / name).write_text(text, encoding="utf-8")
    vwr(home, "generate", "--spec", "src", "--out", "made")
    return home


def sources(home):
    return [*sorted((home / "src").glob("*.c")), VAULT / "try_vault.c"]


def needs(*paths):
    if shutil.which("gcc") is None or not all(path.is_file() for path in paths):
        pytest.skip("no gcc here, or the libraries of this tier are not built")


def test_the_page_has_all_of_it():
    """Each file whole, and as many lines as the page says."""
    for name in FILES:
        kind = "yaml" if name.endswith(".yaml") else "c"
        assert blocks(f"{kind} examples/vault/{name}") == [(VAULT / name).read_text("utf-8")]
    yaml, device, driver = lines_of("vault.yaml"), lines_of("vault_device"), lines_of("vault_driver")
    assert f"{yaml} lines of YAML, its device {device} lines of C, and its driver {driver}." in PAGE
    assert max(device, driver) <= 200


def lines_of(name):
    """Lines that are neither empty nor a comment."""
    text = "".join(path.read_text("utf-8") for path in sorted(VAULT.glob(f"{name}*")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return sum(
        bool(line.strip()) and not line.startswith("#" * name.endswith("yaml") or "\0")
        for line in text.splitlines()
    )


def test_both_ends_of_it(home):
    needs(*LIBRARIES)
    compiled(home, "try_vault", sources(home), *SANITIZE, *LIBRARIES)
    assert [ran(home, "try_vault")] == blocks("text vault")


def test_its_generated_test(home):
    needs(*LIBRARIES, HARNESS)
    test = home / "made/test/ends/vault.c"
    include = [
        f"-I{ROOT / place}"
        for place in ("tests/pair/ends", "tests/pair", "tests/qemu/driver", "tests/common")
    ]
    compiled(home, "ends", [test], *include, *SANITIZE, HARNESS, *LIBRARIES)
    assert f"`{ran(home, 'ends').strip()}`" in PAGE


def test_its_trace_is_explained(home):
    """All of it by a build with a trace; the page shows the messages."""
    needs()
    runtime = [path for room in TRACED.split() for path in sorted((ROOT / "runtime" / room).glob("*.c"))]
    tables = sorted((ROOT / "generated/src").glob("*.c"))
    library = home / "library.c"  # one source takes a third of the time
    library.write_text("".join(f'#include "{path}"\n' for path in (*runtime, *tables)), encoding="utf-8")
    compiled(home, "traced", [*sources(home), library], "-O0", port=VAULT / "port")
    lines = [line for line in ran(home, "traced").splitlines() if line.startswith("vwr-trace ")]
    (home / "trace").write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = vwr(home, "explain", "--package", "made/python", "trace")
    (shown,) = blocks("text explain")
    assert shown in said and "nothing is wrong with the start-up" in said
    assert all(
        f"Queue {i} ({name}) set-up" in said
        for i, name in enumerate(["requestq", "requestq", "controlq", "eventq"])
    )


def test_verbs_know_the_folder(home):
    """check and diff: of what was changed, and of nothing else."""
    vwr(home, "check", "--spec", "src", "--out", "made")
    git = ["git", "-C", str(home), "-c", "user.name=x", "-c", "user.email=x@y"]
    for words in (["init", "-q"], ["add", "src"], ["commit", "-qm", "vault"]):
        output([*git, *words])
    assert vwr(home, "diff", "--spec", "src") == "no difference since HEAD\n"
    path = home / "src/vault.yaml"
    text = path.read_text("utf-8")
    try:
        path.write_text(text.replace("name: WIPE, bit: 1", "name: WIPE, bit: 2"), encoding="utf-8")
        assert "WIRE  vault: feature WIPE moved from bit 1 to 2" in vwr(home, "diff", "--spec", "src")
        vwr(home, "check", "--spec", "src", "--out", "made", code=1)
    finally:
        path.write_text(text, encoding="utf-8")
    assert "no such folder" not in vwr(home, "diff", "--spec", "src")
