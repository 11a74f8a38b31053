# SPDX-License-Identifier: MIT
"""./vwr conform on disks of qemu-storage-daemon and vwr-vhost, and on vwr-vhost's entropy source."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

import vhost_guests as guests

DAEMON = "qemu-storage-daemon"
DISK = (
    f"{DAEMON} --blockdev driver=file,node-name=f,filename=IMAGE,discard=unmap "
    "--export type=vhost-user-blk,id=e,node-name=f,writable=on,addr.type=unix,addr.path=SOCKET"
)
# What it breaks in version 7.2; codegen/vwr/conform/README.md says how.
BREAKS = {"status.dev.1", "split.dev.indirect.2"}


def conform(tmp_path, kind, command):
    """(exit code, the report, the page)."""
    page, data = tmp_path / "page.html", tmp_path / "page.json"
    done = subprocess.run(
        [sys.executable, str(guests.ROOT / "codegen"), "conform", "vhost", "--type", kind, "--start", command]
        + ["--build", str(guests.built(".")), "-o", str(page), "--json", str(data)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=300,
    )
    assert page.is_file(), done.stdout
    return done.returncode, json.loads(data.read_text()), page.read_text()


def clauses(report, result):
    return {row["clause"] for row in report["clauses"] if row["result"] == result}


@pytest.mark.parametrize("kind", ["blk --file IMAGE", "rng"])
def test_ours_keeps_all(tmp_path, kind):
    program = guests.program()
    code, report, page = conform(tmp_path, kind.split()[0], f"'{program}' {kind} --socket SOCKET --packed")
    assert not [row for row in report["cases"] if row["result"] == "broken"]
    assert code == 0
    assert {"split.dev.indirect.1", "split.dev.usednotif.5", "reset.dev.1"} <= clauses(report, "kept")
    assert not re.search(r"(src|href)=['\"]?(https?:|//)", page)
    for row in report["clauses"]:
        assert f"<tr id={row['clause']}>" in page
        assert (row["result"] == "not tested") == bool(row["because"])


@pytest.mark.skipif(
    shutil.which(DAEMON) is None, reason="no qemu-storage-daemon (Debian: qemu-system-common)"
)
def test_storage_daemon(tmp_path):
    code, report, _ = conform(tmp_path, "blk", DISK)
    assert clauses(report, "broken") == BREAKS
    assert {"blk.dev.5", "blk.dev.6", "blk.dev.9", "split.dev.framing.1"} <= clauses(report, "kept")
    assert code == 1


def test_nobody_listens(tmp_path):
    code = subprocess.run(
        [sys.executable, str(guests.ROOT / "codegen"), "conform", "vhost", "--type", "rng"]
        + ["--build", str(guests.built(".")), "--start", "true SOCKET"],
        check=False,
        stderr=subprocess.DEVNULL,
    ).returncode
    assert code == 2


# Stands for ctest: tests that have run, one of which has failed; two files have the second name.
CTEST = """#!/usr/bin/env python3
import sys
open(sys.argv[sys.argv.index("--output-junit") + 1], "w").write('''<testsuite><testcase name="hostile.9p"><system-out>
[       OK ] G30_buffer_of_a_message split 0
[       OK ] G30_size_of_a_message split 0
[  FAILED  ] G30_size_of_a_message packed 0
</system-out></testcase></testsuite>''')
"""


def test_own_tests(tmp_path):
    ctest, data = tmp_path / "ctest", tmp_path / "page.json"
    ctest.write_text(CTEST)
    ctest.chmod(0o755)
    code = subprocess.run(
        [sys.executable, str(guests.ROOT / "codegen"), "conform", "ours", "--build", str(tmp_path)]
        + ["--json", str(data)],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        check=False,
    ).returncode
    found = {row["case"]: row for row in json.loads(data.read_text())["cases"]}
    assert code == 1
    assert [row["case"] for row in found.values() if row["result"] == "broken"] == [
        "9p.G30_size_of_a_message"
    ]
    assert found["9p.G30_buffer_of_a_message"]["result"] == "kept"
    assert found["fs.G30_size_of_a_message"]["result"] == "not tested"
