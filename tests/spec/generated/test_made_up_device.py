# SPDX-License-Identifier: MIT
"""A device that nobody has: one YAML file makes header, tables, page, wire test and Python module, and its trace is
explained; ten wrong versions of it make ten errors that say where and what to do."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from processes import completed, need, output
from gen_help import called, unlinked
from golden import compare, listed, place, printed
from vwr import ROOT
from vwr.check.tree import check_tree
from vwr.spec import load

HERE = Path(__file__).parent / "made_up"
LOOM = "spec/device/loom.yaml"
MADE = "build/made"  # what generated/ does not keep
TEXT = (HERE / "loom.yaml").read_text("utf-8")
C11 = ["gcc", "-std=c11", "-Wconversion", "-pedantic", "-xc"]
COMPILERS = {
    "gcc": C11,
    "clang": ["clang", *C11[1:]],
    "g++": ["g++", "-std=c++17", "-xc++"],
    "clang++": ["clang++", "-std=c++17", "-xc++"],
}


def compiled(root, compiler, *arguments, **more):
    """Compiles strictly, against the headers of the copy."""
    need(compiler)
    include = [
        f"-I{root}/generated/include",
        f"-I{root / MADE}/standalone",
        f"-I{ROOT}/generated/include",  # what the runtime includes of the other devices
        f"-I{ROOT}/runtime/include",
        f"-I{ROOT}/runtime/port/template",
    ]
    output([*COMPILERS[compiler], "-Wall", "-Wextra", "-Werror", *include, *map(str, arguments)], **more)


@pytest.fixture(name="made", scope="module")
def _made(generated_once, tmp_path_factory):
    """A small checkout with the one file in it, generated; and what the generator said."""
    root = shutil.copytree(generated_once, tmp_path_factory.mktemp("made up") / "a checkout")
    shutil.copy(ROOT / "spec/transport/pci.yaml", root / "spec/transport")  # explain reads its module
    assert called(root, "generate").returncode == 0
    (root / LOOM).write_text(TEXT, "utf-8")
    done = called(root, "generate")
    assert done.returncode == 0, done.stderr
    assert called(root, "generate", "--tests", MADE).returncode == 0
    return root, done.stdout.splitlines()


def read(made, path, of="generated"):
    """An output."""
    text = (made[0] / of / path).read_text("utf-8")
    return unlinked(text) if path.endswith(".md") else text


def has(text, *parts):
    """Whether all of these are in a text, each where the one before ends or later."""
    at = 0
    for part in parts:
        assert part in text[at:], f"not there, or not behind what comes before it: {part}"
        at = text.index(part, at) + len(part)


# --- what comes out ---


def test_one_file_makes_all_outputs(made):
    assert made[1][:-1] == [
        "new      include/vwr/gen/loom.h",
        "new      src/vwr_gen_loom.c",
        "new      src/vwr_names_loom.c",
        "new      include/vwr/messages/loom.h",
        "new      include/vwr/client/loom.h",
        "new      client/vwr_gen_loom_client.c",
        "new      include/vwr/service/loom.h",
        "new      service/vwr_gen_loom_service.c",
        "new      rust/src/loom.rs",
        "new      fuzz/loom.dict",
        "new      docs/loom.md",
        "changed  virtwright.json",
        "changed  docs/README.md",
        "changed  rust/src/lib.rs",
        "changed  docs/devices.md",
        "changed  MANIFEST",
    ]
    assert called(made[0], "check").returncode == 0


def test_header(made):
    has(
        read(made, "include/vwr/gen/loom.h"),
        "#define VWR_LOOM_ID 12u",
        "    VWR_LOOM_F_COUNTERS = 50,",
        "    VWR_LOOM_QUEUE_CLOTHQ = 1,",
        "vwr_loom_queue_clothq_at(unsigned i)\n{\n    return 1u + 2u * i;\n}\n",
        "vwr_loom_queue_controlq_at(unsigned n)\n{\n    return 2u * n;\n}\n",
        "    VWR_LOOM_CMD_LOAD = 0x100,",
        "    VWR_LOOM_SHM_ID_CLOTH = 1,",
        "    vwr_le32 rows[];                        /* A bit for each thread that is up; number of elements: row_count. */\n",
        'VWR_STATIC_ASSERT(sizeof(struct vwr_loom_pattern) == 8, "size");\n',
        "} VWR_PACKED;\n",
        "vwr_loom_yarn_hdr_size(const struct vwr_features *f)\n{\n    if (vwr_features_have(f, VWR_LOOM_F_COUNTERS))\n"
        "        return 12u;\n    return 8u;\n}\n",
        "    union {",
        "        struct vwr_loom_limits limits;",
        "    } u;\n",
        "    VWR_LOOM_CONFIG_U_LIMITS_WEAVES = 12,",
        "    if (!(vwr_config_has(c, VWR_LOOM_F_MULTIHEAD) || vwr_config_has(c, VWR_LOOM_F_DOUBLE)))\n"
        "        return 1u;\n    return vwr_config_read16(c, VWR_LOOM_CONFIG_HEADS);\n",
    )
    assert "#define VIRTIO_LOOM_F_DOUBLE " in read(made, "standalone/virtio_loom.h", MADE)


def test_tables(made):
    has(
        read(made, "src/vwr_gen_loom.c"),
        "{.feature = VWR_LOOM_F_DOUBLE, .any = {VWR_LOOM_F_PATTERN, VWR_LOOM_F_MULTIHEAD, VWR_FEATURE_NONE}},",
    )
    has(
        read(made, "src/vwr_names_loom.c"),
        '{VWR_LOOM_F_MULTIHEAD, "MULTIHEAD"},',
        '{VWR_LOOM_WEAVE_TWILL, "TWILL"},',
    )


def test_page(made):
    has(
        read(made, "docs/loom.md"),
        "# loom: Loom Device\n",
        "| 3 | DOUBLE | `VWR_LOOM_F_DOUBLE`<br>`VIRTIO_LOOM_F_DOUBLE` | 1.3 |",
        "Requires CTRL; PATTERN or MULTIHEAD.",
        "| after clothq | controlq | `vwr_loom_queue_controlq_at(n)` |",
        "| 2 | 2 | heads | le16 | R | MULTIHEAD or DOUBLE |",
        "| 8 | … | rows | le32[row_count] |",
        "12 bytes with COUNTERS; 8 bytes",
        "| 0x102 | READ<br>`VWR_LOOM_CMD_READ`<br>`VIRTIO_LOOM_CMD_READ` | control | answer, counters: counter[] |",
        " Since 1.4. Only with COUNTERS. Success: OK.",
    )


def test_python_module(made):
    script = """
import json, sys, virtwright
loom = virtwright.spec(["loom"])["loom"]
json.dump([loom.id, {v.name: v.value for v in loom.group("features").values}, loom.queues, loom.rules,
           [row[:2] for row in virtwright.leaves(loom, loom.struct("config"))], loom.struct("yarn_hdr").sizes,
           {v.name: [v.out, v.back] for v in loom.group("command").values}], sys.stdout)
"""
    done = subprocess.run(
        [sys.executable, "-S", "-B", "-c", script],
        cwd=made[0] / "generated/python",
        text=True,
        capture_output=True,
        check=True,
    )
    number, features, queues, rules, leaves, sizes, commands = json.loads(done.stdout)
    assert number == 12 and features == {"PATTERN": 0, "CTRL": 1, "MULTIHEAD": 2, "DOUBLE": 3, "COUNTERS": 50}
    assert [row[:4] for row in queues] == [
        ["yarnq", 0, "", 2],
        ["clothq", 1, "", 2],
        ["controlq", None, "clothq", 1],
    ]
    assert ["DOUBLE", ["PATTERN", "MULTIHEAD"]] in rules
    assert ["u.limits.weaves", 12] in leaves and ["woven", 40] in leaves
    assert sizes == [[12, [["COUNTERS"]]], [8, []]]
    assert commands["READ"] == [["control"], ["answer", "counter"]]


# --- that it works ---


@pytest.mark.parametrize("compiler", COMPILERS)
def test_headers_compile(made, compiler):
    for name in ("vwr/gen/loom.h", "virtio_loom.h"):
        compiled(made[0], compiler, "-fsyntax-only", "-", input=f'#include "{name}"\n' * 2)


@pytest.mark.parametrize(
    "compiler", ["gcc", pytest.param("clang", marks=pytest.mark.soak("clang compiles the headers above"))]
)
def test_the_wire_test_runs(made, compiler, tmp_path):
    compiled(made[0], compiler, "-c", *sorted((made[0] / "generated").glob("src/*loom.c")), cwd=tmp_path)
    compiled(made[0], compiler, "-o", tmp_path / "wire", made[0] / MADE / "test/wire_loom.c")
    done = subprocess.run([tmp_path / "wire"], capture_output=True, text=True, check=True)
    assert done.stdout == f"{LOOM}: 9 structs match the specification\n"


def test_its_trace_is_explained(made):
    """A driver that takes DOUBLE and not PATTERN, and whose first command is never answered."""
    done = completed(
        [sys.executable, "-S", "-B", str(made[0] / "codegen"), "explain", str(HERE / "loom.trace")]
    )
    assert done.returncode == 3 and not done.stderr
    has(
        done.stdout,
        "0x0a003c00: Virtio CAIF, modern (version 2)\n",
        "bits 0 to 31: PATTERN, CTRL, MULTIHEAD, DOUBLE\n",
        "bits 32 to 63: VERSION_1, COUNTERS\n",
        "width = 600 (Width of the cloth; in threads)\n",
        "heads = 2 (Number of heads)\n",
        "write Config+0x04        0x2         select = 2, LIMITS (What u shows)\n",
        "state = 3, RUNNING and EMPTY (",
        "u.limits.max_rows = 64 (",
        "u.limits.weaves = 6, TWILL and SATIN (",
        "select = 1, MAKER (",
        "u.maker[0] = 74 (",
        "colours[1].spool = 7 (",
        "woven = 4294971392 (Woven so far; in threads), in 2 reads\n",
        "write SHMSel             0x1         for CLOTH\n",
        *(
            f"  Queue {index} ({name}) set-up\n"
            for index, name in enumerate(["yarnq", "clothq", "yarnq", "clothq", "controlq"])
        ),
        "queue 0 (yarnq): 1 notification\n",
        "queue 4 (controlq): 1 notification\n",
        "- The driver accepted feature DOUBLE (bit 3) without a feature that it requires: PATTERN or MULTIHEAD (line 20). [Loom Device / Feature bits",
        "- colours[1].spool was read, but it has a meaning only with PATTERN (line 31). "
        "[Loom Device / Device configuration layout]\n",
        "  In one sentence: Queue 4 was notified and nothing came back: ",
    )


# --- ten wrong versions ---

WRONG = yaml.safe_load(Path(__file__).with_name("made_up_wrong.yaml").read_text("utf-8"))


def wrong_version(texts, what):
    """The text of a wrong version, and its problems."""
    old, new, _ = WRONG[what].values()
    assert TEXT.count(old) == 1
    wrong = TEXT.replace(old, new)
    tree = load.load_texts({**texts, LOOM: wrong})
    check_tree(tree)
    return wrong, tree.problems


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_version(texts, what):
    """One error, of this file, this line and column, with the source line under it."""
    wrong, problems = wrong_version(texts, what)
    [problem] = problems
    assert place(problem, LOOM) == WRONG[what]["expect"]
    lines = problems.render("text").splitlines()
    assert lines[:1] == list(printed(problem))
    assert re.search(r" \(.+\) \[VWR-C\d+\]$", lines[0]), "no hint"
    assert lines[1] == f"{problem.line:5} | {wrong.splitlines()[problem.line - 1]}"
    assert lines[2].startswith(f"      | {' ' * (problem.col - 1)}^") and lines[3:] == ["1 error."]


def test_messages(texts):
    found = {what: list(wrong_version(texts, what)[1]) for what in WRONG}
    compare(Path(__file__).with_name("made_up_messages.txt"), listed(found))


def test_there_are_ten():
    assert len(WRONG) == 10 and len({row["expect"] for row in WRONG.values()}) == 10


def test_a_wrong_version_on_the_command_line(made):
    """Nothing is written, and the good one is as good as before."""
    old, new, expected = WRONG["requires"].values()
    (made[0] / LOOM).write_text(TEXT.replace(old, new), "utf-8")
    try:
        done = called(made[0], "generate")
    finally:
        (made[0] / LOOM).write_text(TEXT, "utf-8")
    assert done.returncode == 1 and not done.stdout
    number_and_column, check = expected.split()
    first = done.stderr.splitlines()[0]
    assert first.startswith(f"{LOOM}:{number_and_column}: error: ") and first.endswith(f" [{check}]")
    assert done.stderr.endswith("Nothing was written. Next: fix the spec, then ./vwr generate\n")
    assert called(made[0], "check").returncode == 0
