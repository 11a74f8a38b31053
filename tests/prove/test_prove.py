# SPDX-License-Identifier: MIT
"""The table of proofs and its page; ./vwr prove with a stand-in for CBMC."""

import os
import re
import shutil
import subprocess

import pytest

from vwr import ROOT, main
from vwr.prove import table, tools

PROOFS = table.load()
HOLDS = "** 0 of 7 failed (1 iterations)\nVERIFICATION SUCCESSFUL\n"
FAILS = "[pci_walk.assertion.1] line 1 it ends: FAILURE\nVERIFICATION FAILED\n"
STOPS = "Violated property:\n  file pci.c function pci_walk line 66 thread 0\n  it ends\n  reads <= 50\n\nVERIFICATION FAILED\n"


def by_name(name):
    return next(proof for proof in PROOFS if proof.name == name)


@pytest.fixture
def cbmc(tmp_path, monkeypatch):
    """Sets what a stand-in for CBMC says of the tree and of a mistake, which is a file of the build folder."""
    program = tmp_path / "cbmc"
    monkeypatch.setenv("VWR_CBMC", str(program))
    monkeypatch.setenv("VWR_BUILD_DIR", str(tmp_path / "build"))

    def says(tree, mistake):
        for name, (code, text) in {"tree": tree, "mistake": mistake}.items():
            (tmp_path / name).write_text(f"{text}exit {code}\n", encoding="utf-8")
        program.write_text(
            f"""#!/bin/sh
case "$*" in *"{tmp_path}/build/"*) file=mistake ;; *) file=tree ;; esac
sed '$d' "{tmp_path}/$file"
exit "$(sed -n '$s/exit //p' "{tmp_path}/$file")"
""",
            encoding="utf-8",
        )
        program.chmod(0o755)

    return says


@pytest.mark.parametrize(
    "tree, mistake, code, said",
    [
        ((0, HOLDS), (10, FAILS), 0, "refutes its mistake"),
        ((0, HOLDS), (10, STOPS), 0, "pci_walk line 66: it ends"),
        ((0, HOLDS), (0, HOLDS), 1, "it does not refute its mistake"),
        ((10, FAILS), (10, FAILS), 1, "is refuted: pci_walk.assertion.1: line 1 it ends"),
        ((0, HOLDS), (6, "CONVERSION ERROR\n"), 1, "its mistake could not run: CONVERSION ERROR"),
        (
            (0, "function 'f' is not declared\n" + HOLDS),
            (10, FAILS),
            1,
            "could not run: function 'f' is not declared",
        ),
    ],
)
def test_verdicts(cbmc, capsys, tree, mistake, code, said):
    cbmc(tree, mistake)
    assert main.main(["prove", "pci_walk"]) == code
    assert said in capsys.readouterr().out


def test_without_a_tool(monkeypatch, capsys):
    monkeypatch.setenv("VWR_CBMC", "/nowhere/cbmc")
    assert main.main(["prove", "pci_walk"]) == 2
    assert "package cbmc" in capsys.readouterr().err
    assert main.main(["prove", "pci_wakl"]) == 2
    assert "pci_walk" in capsys.readouterr().err


def test_the_page_has_the_rows_of_the_table():
    _, rows, _ = table.on_page(table.PAGE.read_text(encoding="utf-8"))
    assert {key: row for key, (row, _) in rows.items()} == table.lines(PROOFS)


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.name)
def test_a_mistake_is_one_place_of_a_file_of_the_proof(proof):
    text = (ROOT / proof.mutant.file).read_text(encoding="utf-8")
    assert proof.mutant.text() != text
    assert proof.mutant.file in proof.sources or any(
        proof.mutant.file.startswith(f"{i}/") for i in proof.includes
    )


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.name)
def test_the_file_with_the_mistake_is_the_one_that_is_read(proof, tmp_path):
    parts = tools.command(proof, "cbmc", tmp_path, mistake=True)
    copies = [path for path in tmp_path.rglob("*.[ch]") if path.read_text("utf-8") == proof.mutant.text()]
    assert str(ROOT / proof.mutant.file) not in parts
    assert str(copies[0]) in parts or parts[parts.index("-I") + 1] == str(tmp_path / "include")


@pytest.mark.skipif(not shutil.which("gcc"), reason="no gcc")
@pytest.mark.parametrize("name", sorted({proof.harness for proof in PROOFS}))
def test_a_harness_is_c_without_warnings(name, tmp_path):
    """With the words of CBMC as functions."""
    proof = next(proof for proof in PROOFS if proof.harness == name)
    words = tools.command(proof, "gcc", tmp_path, mistake=False)
    options = [word for word in words[: words.index("--function")] if not word.endswith(".c")]
    (tmp_path / "words.h").write_text(
        "#include <stddef.h>\n#include <stdbool.h>\nvoid __CPROVER_assume(bool);\nvoid __CPROVER_assert(bool, const char *);\n"
        "bool __CPROVER_r_ok(const void *, size_t);\nbool __CPROVER_w_ok(const void *, size_t);\n"
        "bool __CPROVER_same_object(const void *, const void *);\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            "gcc",
            "-std=gnu11",
            "-fsyntax-only",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-Wno-uninitialized",
            "-Wno-unused-parameter",
        ]
        + ["-D__CPROVER__", "-include", str(tmp_path / "words.h"), *options[1:], str(table.FOLDER / name)],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_each_service_with_a_fixed_part_is_a_row():
    devices = {proof.device for proof in PROOFS if proof.device}
    for path in (ROOT / "generated" / "service").glob("vwr_gen_*_service.c"):
        device = path.name.removeprefix("vwr_gen_").removesuffix("_service.c")
        assert (device in devices) == (
            re.search(r"\.out = [1-9]", path.read_text(encoding="utf-8")) is not None
        )


def test_each_harness_function_is_a_row():
    for path in table.FOLDER.glob("*.c"):
        rows = {proof.function for proof in PROOFS if proof.harness == path.name}
        assert (
            set(re.findall(r"^void (\w+)\(void\)$", path.read_text(encoding="utf-8"), re.MULTILINE)) == rows
        )
