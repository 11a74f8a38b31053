# SPDX-License-Identifier: MIT
"""./vwr plan --spec DIR: devices of somebody's own in a plan, built by a function of the VMM's."""

import shutil
import sys
from pathlib import Path

import inprocess
import pytest

from processes import completed, output
from folders import BUILD, ROOT

VAULT = ROOT / "examples/vault"
LIBRARIES = [BUILD / "tests/common/libvwr_sanitized_both.a", BUILD / "libvwr_tables_sanitized.a"]
PLAN = """kind: plan
name: safe
vms:
  - name: bank
    memory: [{base: 0x40000000, size: 0x100000}]
    devices:
      - {kind: vault, queues: 4, queue-size: 16, requests: 4, segments: 8}
      - {kind: vault, queues: 3, queue-size: 16, requests: 2}
"""


def plan(folder, text, *words):
    (folder / "vms.yaml").write_text(text, encoding="utf-8")
    return inprocess.run("plan", "vms.yaml", "--spec", VAULT, *words, cwd=folder)


def test_they_are_listed(tmp_path):
    done = plan(tmp_path, PLAN, "--list")
    assert done.returncode == 0, done.stderr
    assert "vault0 slot 0 irq 48 modern, 4 queues of 16, 4 messages, 8 segments each," in done.stdout
    assert "vault1 slot 1 irq 49 modern, 3 queues of 16, 2 messages, 16 segments each," in done.stdout


@pytest.mark.parametrize(
    "old, new, place, said",
    [
        ("queues: 4, ", "", "7:9", "[VWR-P040]"),
        ("queues: 4, ", "fids: 8, queues: 4, ", "7:23", "[VWR-P005]"),
        ("kind: vault, queues: 4", "kind: valt, queues: 4", "7:16", "(did you mean 'vault'?"),
    ],
)
def test_what_is_wrong(tmp_path, old, new, place, said):
    assert PLAN.count(old) == 1
    done = plan(tmp_path, PLAN.replace(old, new))
    assert done.returncode == 1 and f"vms.yaml:{place}: error: " in done.stderr, done.stderr
    assert said in done.stderr, done.stderr


def test_a_number_that_the_description_does_not_have(tmp_path):
    """The lamp has one queue, whatever the configuration says."""
    text = (
        PLAN.replace("kind: vault", "kind: lamp").replace("queues: 3, ", "").replace("queues: 4", "queues: 2")
    )
    (tmp_path / "vms.yaml").write_text(text, encoding="utf-8")
    done = inprocess.run("plan", "vms.yaml", "--spec", ROOT / "examples/lamp", cwd=tmp_path)
    assert done.returncode == 1 and "[VWR-P040]" in done.stderr


def test_without_their_folder_there_is_no_such_kind(tmp_path):
    """In a process that has not heard of it."""
    (tmp_path / "vms.yaml").write_text(PLAN, encoding="utf-8")
    command = [sys.executable, "-B", ROOT / "codegen", "plan", "vms.yaml"]
    done = completed(command, cwd=tmp_path)
    assert done.returncode == 1 and "[VWR-P003]" in done.stderr and "'vault'" in done.stderr


def test_a_vmm_with_two_of_them(tmp_path):
    if shutil.which("gcc") is None or not all(path.is_file() for path in LIBRARIES):
        pytest.skip("no gcc here, or the library of this tier is not built")
    assert plan(tmp_path, PLAN, "--out", "made").returncode == 0
    assert inprocess.run("generate", "--spec", VAULT, "--out", "made", cwd=tmp_path).returncode == 0
    made = [path for room in ("src", "service") for path in (tmp_path / "made" / room).glob("*.c")]
    include = [
        ROOT / place
        for place in ("plan", "monitor/include", "runtime/include", "generated/include", "runtime/port/host")
    ]
    include += [VAULT, tmp_path / "made", tmp_path / "made/include"]
    options = "-std=c11 -Wall -Wextra -Werror -DVWR_HOST_EXTERNAL_BUS -fsanitize=address,undefined".split()
    unit = tmp_path / "made.c"  # the compiler reads their headers once
    unit.write_text("".join(f'#include "{path}"\n' for path in made), encoding="utf-8")
    sources = [
        Path(__file__).with_name("own.c"),
        VAULT / "vault_device.c",
        *(tmp_path / "made").glob("*.c"),
        *(ROOT / "plan").glob("*.c"),
        *(ROOT / "monitor").glob("*.c"),
        unit,
    ]
    output(
        ["gcc", *options, *(f"-I{place}" for place in include), *sources, *LIBRARIES, "-o", tmp_path / "vmm"]
    )
    done = completed([tmp_path / "vmm"])
    assert done.stdout == "plan: 0\ndevice 60, 2 request queues\ndevice 60, 1 request queues\n", done.stderr
