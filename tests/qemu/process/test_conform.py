# SPDX-License-Identifier: MIT
"""
./vwr conform on devices of vwr-vhost, on a disk of qemu-storage-daemon, on six devices of QEMU, and on six of ours.
codegen/vwr/conform/README.md has the reason of each clause that they break.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import vhost_guests as guests

from vwr.conform import vmm as vmm_of
from vwr.stop import Stop

DAEMON = "qemu-storage-daemon"
DISK = (
    f"{DAEMON} --blockdev driver=file,node-name=f,filename=IMAGE,discard=unmap "
    "--export type=vhost-user-blk,id=e,node-name=f,writable=on,addr.type=unix,addr.path=SOCKET"
)
# What it breaks in version 7.2.
BREAKS = {"status.dev.1", "split.dev.indirect.2"}


# What each of QEMU 7.2's devices on virtio-mmio breaks, and what no case can decide.
MMIO = {"not_offered", "not_ready", "queue_reset", "queue_again", "queue_reset_is_quiet"}
EARLY = {"notified_early", "packed_notified_early"}
UNMARKED = {"packed_marked"}
IDS = {"packed_id_of_last"}
LINE = {"line_falls"}
ENDLESS = {
    "packed_chain_that_loops",
    "packed_length_too_large",
    "packed_table_without_feature",
    "packed_table_of_odd_size",
    "packed_empty_segment",
}
ORDER = {"in_order", "packed_in_order"}
ABSENT = ORDER | {"suspends", "packed_suspends"}  # features that QEMU does not have
UNSEEN = {
    "indirect_write_flag",
    "indirect_last",
    "indirect_order",
    "packed_table",
    "packed_list",
    "packed_marked",
}
UNREAD = {
    "packed_id_of_last",
    "indirect_last",
    "indirect_order",
    "request_kept",
    "packed_request_kept",
    "packed_list",
}


def both(*names):
    """Cases for both layouts of a ring."""
    return {*names, *(f"packed_{name}" for name in names)}


# Nobody is outside who sends a frame, types a text or presses a key.
ALONE = {
    "net": both("frame_in_one_buffer", "frame_flags", "frame_is_small", "frame_bytes", "frame_in_buffers"),
    "console": both("typed"),
    "input": both("key", "key_with_one_buffer"),
}
QEMU = {
    "blk": (
        MMIO
        | EARLY
        | UNMARKED
        | IDS
        | ENDLESS
        | {"failed_read", "indirect_last", "unused_bytes", "writeback", "id_padded"},
        ABSENT | LINE | {"read_only", "ranges"},
    ),
    "rng": (MMIO | UNMARKED, ABSENT | LINE | UNREAD),
    "net": (
        MMIO | IDS | {"short_header"},
        ABSENT
        | LINE
        | UNSEEN
        | ALONE["net"]
        | {"queue_pairs", "mtu", "hash_key", "indirection_table", "hash_needs_control"},
    ),
    "console": (MMIO | EARLY | IDS, ABSENT | LINE | UNSEEN | ALONE["console"]),
    "input": (MMIO | EARLY | {"length", "packed_length"}, ABSENT | LINE | UNSEEN | IDS | ALONE["input"]),
    "gpu": (MMIO | EARLY | UNMARKED | IDS | {"indirect_last"}, ABSENT | LINE | {"indirect_order"}),
}
# Ours: a disk in memory has no cache to flush.
OURS = {
    "blk": ({"flush_offered"}, {"cache_needs_flush", "writeback", "read_only", "discard_unmap"}),
    "rng": (set(), UNREAD),
    "net": (set(), UNSEEN | {"hash_key", "indirection_table", "hash_needs_control"}),
    "console": (set(), UNSEEN),
    "input": (set(), UNSEEN | IDS),
    "gpu": (set(), {"indirect_order"}),
}
EMULATOR = "qemu-system-aarch64"
VERSION = "7.2."  # the one whose results these are

INTERRUPT_ACK = 0x64  # of virtio-mmio
# Stands for a QEMU: the real one, whose InterruptACK does nothing. It ends when this program is killed.
NO_ACK = f"""#!/usr/bin/env python3
import ctypes, subprocess, sys
PR_SET_PDEATHSIG, SIGKILL = 1, 9
ends = lambda: ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL)
with subprocess.Popen(
    ["{EMULATOR}", *sys.argv[1:]], bufsize=0, stdin=-1, stdout=-1, close_fds=False, preexec_fn=ends
) as qemu:
    for line in sys.stdin.buffer:
        if line.startswith(b"writel ") and int(line.split()[1], 16) % 0x200 == {INTERRUPT_ACK}:
            print("OK", flush=True)
            continue
        qemu.stdin.write(line)
        sys.stdout.buffer.write(qemu.stdout.readline())
        sys.stdout.flush()
    qemu.kill()
"""


def conform(tmp_path, what, kind, *words):
    """(exit code, the report, the page)."""
    page, data = tmp_path / "page.html", tmp_path / "page.json"
    done = subprocess.run(
        [sys.executable, str(guests.ROOT / "codegen"), "conform", what, "--type", kind, *words]
        + ["--build", str(guests.built(".")), "-o", str(page), "--json", str(data)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=300,
    )
    assert page.is_file(), done.stdout
    return done.returncode, json.loads(data.read_text()), page.read_text()


def cases(report, result):
    return {row["case"] for row in report["cases"] if row["result"] == result}


def version(program):
    if shutil.which(program) is None:
        return None
    text = subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return text.split("version ")[1]


needs_qemu = pytest.mark.skipif(
    not (version(EMULATOR) or "").startswith(VERSION), reason=f"no {EMULATOR} {VERSION} (qemu-system-arm)"
)


def clauses(report, result):
    return {row["clause"] for row in report["clauses"] if row["result"] == result}


def soak(kind):
    return pytest.param(kind, marks=pytest.mark.soak("other classes of the same program, by the same rules"))


@pytest.mark.parametrize("kind", ["blk --file IMAGE", "net", soak("rng"), soak("console --pty")])
def test_ours_keeps_all(tmp_path, kind):
    program = guests.program()
    code, report, page = conform(
        tmp_path, "vhost", kind.split()[0], "--start", f"'{program}' {kind} --socket SOCKET --packed"
    )
    assert not [row for row in report["cases"] if row["result"] == "broken"]
    assert code == 0
    assert {"split.dev.desc.4", "split.dev.usednotif.5", "packed.dev.desc.3", "reset.dev.1"} <= clauses(
        report, "kept"
    )
    assert not re.search(r"(src|href)=['\"]?(https?:|//)", page)
    for row in report["clauses"]:
        assert f"<tr id={row['clause']}>" in page
        assert (row["result"] == "not tested") == bool(row["because"])


@pytest.mark.parametrize("kind", ["blk", "net", *map(soak, sorted({*OURS} - {"blk", "net"}))])
def test_ours_on_mmio(tmp_path, kind):
    code, report, _ = conform(tmp_path, "ours", kind)
    broken, untested = OURS[kind]
    assert cases(report, "broken") == broken
    assert cases(report, "not tested") == untested
    assert {"mmio.dev.7", "vq.dev.reset.1", "status.dev.3", "packed.dev.desc.3"} <= clauses(report, "kept")
    assert code == 0  # what is broken is a SHOULD


@pytest.mark.skipif(
    shutil.which(DAEMON) is None, reason="no qemu-storage-daemon (Debian: qemu-system-common)"
)
def test_storage_daemon(tmp_path):
    code, report, _ = conform(tmp_path, "vhost", "blk", "--start", DISK)
    assert clauses(report, "broken") == BREAKS
    assert {"blk.dev.5", "blk.dev.6", "blk.dev.9", "split.dev.framing.1"} <= clauses(report, "kept")
    assert code == 1


@needs_qemu
# The disk in TCG is in baremetal.conform_image; here it breaks eleven cases that last for seconds.
@pytest.mark.parametrize("kind", ["input", *map(soak, sorted({*QEMU} - {"input"}))])
def test_qemu(tmp_path, kind):
    code, report, _ = conform(tmp_path, "qemu", kind)
    broken, untested = QEMU[kind]
    assert cases(report, "broken") == broken
    assert cases(report, "not tested") == untested
    names = [row["case"] for row in report["cases"]]
    assert len(names) == len(set(names))  # the page refers to cases by name
    assert {"mmio.dev.1", "mmio.dev.3", "mmio.dev.5", "status.dev.3", "reset.dev.2"} <= clauses(
        report, "kept"
    )
    assert code == 1


@needs_qemu
def test_a_broken_rule_is_named(tmp_path):
    program = tmp_path / "no-ack"
    program.write_text(NO_ACK)
    program.chmod(0o755)
    _, report, _ = conform(tmp_path, "qemu", "rng", "--qemu", str(program))
    assert cases(report, "broken") == QEMU["rng"][0] | {"only_events", "no_event", "packed_no_event"}
    assert "mmio.dev.4" in clauses(report, "broken")


def model(name):
    return f"'{guests.built('tests/qemu/process/' + name)}'"


def test_a_model_of_ones_own(tmp_path):
    """examples/model, a disk of 8 sectors: all cases run, and its interrupt line is observed."""
    code, report, _ = conform(tmp_path, "model", "blk", "--start", model("process_model"))
    assert cases(report, "broken") == {"flush_offered"} and code == 0
    assert cases(report, "not tested") == OURS["blk"][1] | ORDER
    assert "line_falls" in cases(report, "kept")


def test_legal_and_unusual(tmp_path):
    """It refuses bytes, has 8 sectors, and needs a reset after an early notification: no clause forbids that."""
    code, report, _ = conform(tmp_path, "model", "blk", "--start", model("process_model_odd"))
    assert cases(report, "broken") == {"flush_offered"} and code == 0
    assert cases(report, "not tested") == OURS["blk"][1] | ORDER | {
        "unused_bytes",
        "zeroes",
        "ranges",
        "unknown_flags",
    }
    assert {"config_early", "notified_early", "before_driver_ok"} <= cases(report, "kept")


# A model whose disk is too small, and one with other faults; each is a change of examples/model/disk.c's registers.
CHANGED = r"""#!/usr/bin/env python3
import subprocess, sys
CAPACITY, QUEUE_SIZE_MAX, STATUS = 0x10001100, 0x10001034, 0x10001070
with subprocess.Popen([sys.argv[1]], stdin=-1, stdout=-1, bufsize=0, pass_fds=[3]) as model:
    for line in sys.stdin.buffer:
        model.stdin.write(line)
        while (answer := model.stdout.readline()).startswith(b"line"):
            if sys.argv[2] != "no line" or answer == b"line 0\n":
                sys.stdout.buffer.write(answer)
        words = line.split()
        if words[0] == b"read" and sys.argv[2] == "small" and int(words[1], 16) == CAPACITY:
            answer = b"value 7\n"
        if words[0] == b"read" and sys.argv[2] == "short" and int(words[1], 16) == QUEUE_SIZE_MAX:
            answer = b"value 4\n" if int(answer.split()[1], 16) > 4 else answer
        if words[0] == b"read" and sys.argv[2] == "word" and int(words[1], 16) == STATUS:
            answer = b"what\n"
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
"""


@pytest.fixture(name="changing")
def _changing(tmp_path):
    """The program, and the path of the model that it changes."""
    program = tmp_path / "changed"
    program.write_text(CHANGED)
    program.chmod(0o755)
    return str(program), str(guests.built("tests/qemu/process/process_model"))


@pytest.fixture(name="changed")
def _changed(tmp_path, changing):
    words = " ".join(f"'{word}'" for word in changing)
    return lambda how: conform(tmp_path, "model", "blk", "--start", f"{words} '{how}'", "--seconds", "60")


@pytest.mark.parametrize(
    "how, why",
    [
        ("small", "the disk has 7 sectors; the cases need 8"),
        ("short", "queue 0 has at most 4 descriptors; the cases need 8"),
    ],
)
def test_needs_of_the_tool(changed, how, why):
    """A device that lacks what only the cases need is not broken, and the reason is named."""
    _, report, _ = changed(how)
    assert cases(report, "broken") == {"flush_offered"}
    assert why in {row["seen"] for row in report["cases"] if row["result"] == "not tested"}


@pytest.mark.soak(
    "each wait for an interrupt lasts its five seconds; line_falls and interrupt use the line in each run"
)
def test_a_line_that_never_rises(changed):
    """A guest waits for the line, whatever InterruptStatus says."""
    code, report, _ = changed("no line")
    assert {"interrupt", "event", "packed_interrupt"} <= cases(report, "broken") and code == 1


def test_a_word_of_its_own(changing):
    """Each case of it is broken, so the first one is enough."""
    words = [program(), "blk", "--model", *changing, "word"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        row = json.loads(process.stdout.readline())
        process.terminate()
        process.communicate(timeout=60)
    assert row["result"] == "broken" and "the model answered 'what' and not 'value'" in row["seen"], row


def test_a_relative_program(tmp_path, monkeypatch):
    """A command is found where the user is, wherever the run takes place. A clause that says SHOULD counts if asked for."""
    monkeypatch.chdir(guests.built("tests/qemu/process/process_model").parent)
    code, report, _ = conform(tmp_path, "model", "blk", "--start", "./process_model", "--level", "should")
    assert code == 1 and cases(report, "broken") == {"flush_offered"}


# Stands for a VMM: it says what a guest says on its console, and runs on; the second says more than the image.
VMM = """#!/bin/sh
[ "$(dd if="$1" bs=1 skip=56 count=3 2>/dev/null)" = ARM ] && [ -f "$2" ] || exit 1
printf 'firmware\\r\\nTAP version 14\\r\\n# device: blk0 virtio-mmio 0xa003e00 modern\\r\\nok 1 - blk0 version_1 (rfeat.dev.1)\\r\\n'
printf 'not ok 2 - blk0 not_ready (mmio.dev.7)\\n# seen: a buffer was used\\n# expected: No access.\\n'
printf 'ok 3 - blk0 in_order (rfeat.dev.5) # SKIP the device does not offer IN_ORDER\\n'
[ "$3" = stops ] && exit 1
[ "$3" = hangs ] || printf '1..3\\n# conform: end, 1 kept, 1 broken, 1 not tested\\n'
echo $$ >"$0.pid.new"
mv "$0.pid.new" "$0.pid"
sleep 3600
"""


@pytest.fixture(name="vmm")
def _vmm(tmp_path):
    if shutil.which("aarch64-linux-gnu-gcc") is None:
        pytest.skip("no aarch64-linux-gnu-gcc")
    program = tmp_path / "vmm"
    program.write_text(VMM)
    program.chmod(0o755)
    return lambda how: subprocess.Popen(
        [sys.executable, str(guests.ROOT / "codegen"), "conform", "vmm", "--arch", "aarch64"]
        + ["--start", f"'{program}' KERNEL IMAGE {how}", "--build", str(tmp_path)]
        + ["-o", str(tmp_path / "page.html"), "--json", str(tmp_path / "page.json")],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_vmm(vmm, tmp_path):
    """Its guest's console becomes the report, and it is ended after the last line."""
    with vmm("runs") as process:
        process.communicate(timeout=100)
    assert process.returncode == 1
    report = json.loads((tmp_path / "page.json").read_text())
    assert [(row["case"], row["result"]) for row in report["cases"]] == [
        ("blk0 version_1", "kept"),
        ("blk0 not_ready", "broken"),
        ("blk0 in_order", "not tested"),
    ]
    assert report["cases"][1]["seen"] == "a buffer was used" and report["cases"][1]["expects"] == "No access."
    assert clauses(report, "broken") == {"mmio.dev.7"} and report["lacks"] == ""
    assert {"blk.dev.3", "mmio.dev.1"} <= clauses(report, "not tested")
    pid = int((tmp_path / "vmm.pid").read_text())
    until(lambda: not runs(pid))


def test_signal_while_a_vmm_runs(vmm, tmp_path):
    """The VMM ends, and the cases before have a report."""
    with vmm("hangs") as process:
        until((tmp_path / "vmm.pid").exists)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1 and "the console ended after blk0 in_order" in said
    pid = int((tmp_path / "vmm.pid").read_text())
    until(lambda: not runs(pid))


def test_a_vmm_that_stops(tmp_path):
    """The report has the cases before, and says that it is not whole; without a case there is none."""
    program = tmp_path / "vmm"
    program.write_text(VMM.replace('[ "$(dd', 'true || [ "$(dd'))
    program.chmod(0o755)
    (cases_, lacks), devices = vmm_of.run([str(program), "KERNEL", "IMAGE", "stops"], 60, tmp_path / "kernel")
    assert len(cases_) == 3 and lacks.startswith("the console ended after blk0 in_order")
    assert devices == ["blk", "mmio"]
    with pytest.raises(Stop, match="(?s)the console shows no case.*no kernel"):
        vmm_of.run(["echo", "no kernel"], 60, tmp_path / "kernel")


PAIR = guests.ROOT / "tests" / "qemu" / "process" / "pair_back_end.py"


def pair(mode, *more):
    """The command of a network card that serves neither queue of a pair before both are there."""
    return " ".join(f"'{word}'" for word in (sys.executable, PAIR, "SOCKET", mode, *more))


def test_a_pair_of_queues(tmp_path):
    """A back end that waits for both queues of a pair, as DPDK's does, is accused of nothing."""
    code, report, _ = conform(tmp_path, "vhost", "net", "--start", pair("pair"))
    assert cases(report, "broken") == set()
    assert {"feat.dev.2", "feat.dev.5", "status.dev.1", "reset.dev.2", "split.dev.usednotif.2"} <= clauses(
        report, "kept"
    )
    assert code == 0 and report["lacks"] == ""


def test_not_enabled(tmp_path):
    """On a vhost-user socket a ring that is started and not enabled stands for the time before DRIVER_OK."""
    code, report, _ = conform(tmp_path, "vhost", "net", "--start", pair("early"))
    assert cases(report, "broken") == {"before_driver_ok"} and clauses(report, "broken") == {"status.dev.1"}
    (row,) = (row for row in report["cases"] if row["case"] == "before_driver_ok")
    assert "started and not enabled" in row["seen"] and "started and not enabled" in row["expects"]
    assert code == 1


def test_what_cannot_be_tried(tmp_path):
    """A device that never uses a buffer may wait for something: no case accuses it."""
    code, report, _ = conform(tmp_path, "vhost", "net", "--start", pair("never"))
    assert cases(report, "broken") == set()
    assert cases(report, "kept") == {"version_1"}
    (row,) = (row for row in report["clauses"] if row["clause"] == "feat.dev.5")
    assert "has used no buffer yet" in row["because"], row
    assert code == 3 and report["lacks"] == "the device has used no buffer"


def program():
    return guests.built("hosted/programs/conform/vwr-conform")


def never(work):
    """A back end that serves nothing."""
    return guests.Server([sys.executable, PAIR, "s", "never"], work / "s", cwd=work)


def rows_of(text):
    return [json.loads(line) for line in text.splitlines()]


def test_signal(work):
    """The cases that were tried keep their lines, and the others are not tested."""
    words = [program(), "net", "s"]
    with never(work), subprocess.Popen(words, cwd=work, stdout=subprocess.PIPE, text=True) as process:
        first = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rows = rows_of(first + process.communicate(timeout=60)[0])
    assert process.returncode == 1
    assert rows[0]["case"] == "version_1" and rows[0]["result"] == "kept"
    assert {row["result"] for row in rows[1:]} == {"not tested"}
    assert rows[-1]["case"] == "packed_notified_after_reset" and "a signal" in rows[-1]["seen"]
    names = [row["case"] for row in rows]
    assert len(names) == len(set(names)) > 50


def test_time(work):
    """A run ends when its time is over."""
    with never(work):
        done = subprocess.run(
            [program(), "net", "--seconds", "1", "s"],
            cwd=work, stdout=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    rows = rows_of(done.stdout)
    assert done.returncode == 1 and len(rows) > 50
    assert rows[-1]["result"] == "not tested" and "the time of the run, 1 s, was over" in rows[-1]["seen"]


def test_slow(work):
    """A case with many packets does not take the time of the others."""
    words = [sys.executable, PAIR, "s", "slow"]
    with guests.Server(words, work / "s", cwd=work):
        done = subprocess.run(
            [program(), "net", "--seconds", "2", "s"],
            cwd=work, stdout=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    rows = {row["case"]: row for row in rows_of(done.stdout)}
    late = [row for row in rows.values() if "did not end in 500 ms: the device is too slow" in row["seen"]]
    assert late and {row["result"] for row in late} == {"not tested"}
    assert "broken" not in {row["result"] for row in rows.values()}


# Stands for a QEMU: it says nothing, and would do so for an hour.
SILENT = """#!/bin/sh
echo $$ > "$0.pid.new"
mv "$0.pid.new" "$0.pid"
exec sleep 3600
"""


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_signal_while_qemu_is_silent(work):
    """Its QEMU ends with it."""
    emulator = work / "silent"
    emulator.write_text(SILENT)
    emulator.chmod(0o755)
    with subprocess.Popen(
        [program(), "rng", "--qemu", emulator], stdout=subprocess.PIPE, text=True
    ) as process:
        until((work / "silent.pid").exists)
        process.send_signal(signal.SIGINT)
        rows = rows_of(process.communicate(timeout=15)[0])
    assert process.returncode == 1
    assert {row["result"] for row in rows} == {"not tested"} and len(rows) > 50
    pid = int((work / "silent.pid").read_text())
    until(lambda: not runs(pid))


def test_signal_of_the_verb(work):
    """It makes the page of the cases that were tried."""
    data, connected = work / "page.json", work / "connected"
    with subprocess.Popen(
        [sys.executable, str(guests.ROOT / "codegen"), "conform", "vhost", "--type", "net"]
        + ["--start", pair("never", connected), "--build", str(guests.built("."))]
        + ["-o", str(work / "page.html"), "--json", str(data)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        until(connected.exists)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 3 and "0 broken" in said, said
    assert "this run does not show what the device keeps: the run ended before its last case" in said
    assert "cases: a signal ended the run before this case" in said
    assert "a signal ended the run" in (work / "page.html").read_text("utf-8")
    assert cases(json.loads(data.read_text("utf-8")), "broken") == set()


def test_no_qemu(tmp_path):
    done = subprocess.run(
        [sys.executable, str(guests.ROOT / "codegen"), "conform", "qemu", "--type", "gpu"]
        + ["--build", str(guests.built(".")), "--qemu", str(tmp_path / "none")],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Next: " in done.stderr


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
[       OK ] G26_types_of_messages split 0
[  FAILED  ] G26_types_of_messages packed 0
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
        "9p.G26_types_of_messages"
    ]
    assert found["files.G30_buffer_of_a_message"]["result"] == "kept"
    assert found["fs.G26_types_of_messages"]["result"] == "not tested"
