# SPDX-License-Identifier: MIT
"""What stands around the guests: packing, reading traces and consoles, the archive. And that a wrong run is noticed."""

import re
import shutil
import struct
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

import exits
import guest
import machine
import report
from count import Failed, NotMeasured
from limits import Figure
from others import Others
from rows import holds, row


def accesses(*what):
    """Lines of a trace: ("w", register) and ("r", register) of the disk, other words as they are."""
    kinds = {"w": "write", "r": "read"}
    return [
        (
            one
            if isinstance(one, str)
            else f"memory_region_ops_{kinds[one[0]]} cpu 0 mr 0x55 addr "
            f"0x{0xa003e00 + exits.OFFSET[one[1]]:x} value 0x0 size 4 name 'virtio-mmio'\n"
        )
        for one in what
    ]


def console(text):
    return [
        f"memory_region_ops_write cpu 0 mr 0x7 addr 0x9000000 value 0x{ord(c):x} size 4 name 'pl011'\n"
        for c in text
    ]


NOTIFY = "virtio_queue_notify vdev 0x55 n 0 vq 0x7f\n"
RAISED = "virtio_notify vdev 0x55 vq 0x7f\n"
TRACE = [
    *accesses(("w", "QueueNotify"), NOTIFY),
    *console("x\nguest: begin\r\n"),
    *accesses(("w", "QueueNotify"), NOTIFY, RAISED, RAISED, ("r", "InterruptStatus"), ("w", "InterruptACK")),
    *console("guest: end\n"),
    *accesses(("w", "QueueNotify"), NOTIFY, RAISED),
]


def test_only_what_is_measured_is_counted():
    assert exits.windows(TRACE) == [
        {"notifications": 1, "raised": 2, "notify writes": 1, "taken": 1, "mmio": 3}
    ]
    assert len(exits.windows(TRACE + TRACE)) == 2


@pytest.mark.parametrize(
    "figures, words",
    [
        ({"notifications": 2, "interrupts": 1}, "2 notifications"),
        ({"interrupts": 2}, "2 interrupts"),
        (None, "0 measurements"),
    ],
)
def test_guest_and_trace_have_to_agree(tmp_path, figures, words):
    (tmp_path / exits.FILE).write_text("".join(TRACE if figures else []), encoding="utf-8")
    with pytest.raises(Failed, match=words):
        exits.counted(tmp_path, [figures])


def test_guest_and_trace_agree(tmp_path):
    (tmp_path / exits.FILE).write_text("".join(TRACE), encoding="utf-8")
    assert exits.counted(tmp_path, [{"notifications": 1, "interrupts": 1}])[0]["mmio"] == 3
    assert exits.counted(tmp_path, [{"interrupts": 2}], slack=1)


def test_a_notification_without_its_write_is_noticed(tmp_path):
    text = "".join(TRACE).replace("write cpu 0 mr 0x55 addr 0xa003e50", "write cpu 0 mr 0x55 addr 0xa003e54")
    (tmp_path / exits.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Failed, match="1 notifications in 0 writes"):
        exits.counted(tmp_path, [{"interrupts": 1}])


def constant(text, name):
    return int(re.search(rf"{name}(?: =)? (0x[0-9a-f]+|\d+)", text).group(1), 0)


def test_python_and_c_mean_the_same():
    header, reader = (HERE / "guest.h").read_text(), (HERE / "linux/reader.c").read_text()
    assert constant(header, "GUEST_RUN_ADDRESS") == machine.RUN_ADDRESS
    assert constant(header, "GUEST_RUN_MAGIC") == machine.RUN_MAGIC
    assert constant(header, "GUEST_STAMP_BYTES") == constant(reader, "STAMP_BYTES") == machine.STAMP_BYTES
    assert constant(header, "GUEST_STRIDE") == constant(reader, "STRIDE")
    assert {name: constant(header, f"GUEST_{name.upper()}") for name in machine.LEVELS} == machine.LEVELS
    assert [constant(header, f"GUEST_{name}") for name in ("RATE", "COUNT")] == [machine.RATE, machine.COUNT]
    fields = re.search(r"struct guest_run \{(.*?)\n\};", header, re.DOTALL).group(1)
    names = re.findall(r"uint32_t (\w+)", fields)
    block = struct.unpack(
        "<13I", machine.run_block("ring", machine.COUNT, 32, 4096, 7, True, False, (0, 29, 34))
    )
    run = dict(zip(names, block))
    assert len(names) + 3 == len(block)  # the last one is four words
    assert run == {
        "magic": machine.RUN_MAGIC,
        "level": 1,
        "measure": 1,
        "sleep": 1,
        "depth": 32,
        "bytes": 4096,
        "batches": 7,
        "sectors": machine.DISK_BYTES // 512,
        "check": 0,
        "want": 1 | 1 << 29,
    }
    assert block[-3:] == (1 << 2, 0, 0)


def test_what_the_guest_says():
    good = "x\nguest: begin\nguest: end\nguest: ring requests=5 ticks=7 hertz=9\nguest: OK\n"
    assert machine.results(good) == [("ring", {"requests": 5, "ticks": 7, "hertz": 9})]
    with pytest.raises(Failed, match="status"):
        machine.results("guest: FAILED: status\n")
    with pytest.raises(NotMeasured, match="^features: EVENT_IDX$"):
        machine.results("guest: LEFT OUT: features: EVENT_IDX\n")
    with pytest.raises(Failed, match="did not finish: .*panic"):
        machine.results("guest: ring requests=5\npanic\n")


def test_compared(monkeypatch):
    monkeypatch.setitem(guest.LIMITS_RATE, "x, of Linux", Figure(least=2.5))
    fine, broken = (guest.compared("x", ours, 10.0, "Linux") for ours in (25.1, 24.9))
    assert holds(fine) and not holds(broken)
    assert broken["ratio"] == pytest.approx(2.49) and holds(guest.compared("y", 1.0, 10.0, "Linux"))


def test_judge():
    kept, missing = row("guest exits", "n", "u", 1.0, limit=2.0), row("icount", "n", "", reason="no gcc")
    broken = row("guest exits", "n", "u", 3.0, limit=2.0)
    results = [kept], [kept, missing], [missing], [kept, broken]
    assert [report.judge(result, {}) for result in results] == [0, 0, 77, 1]


@pytest.mark.parametrize("busy, code", [(9.0, 1), (11.0, 0)])
def test_a_rate_counts_where_the_machine_is_quiet(busy, code):
    rows = [row("guest rate", report.OTHERS, "percent", busy), row("guest rate", "n", "u", 3.0, limit=2.0)]
    assert report.judge(rows, {}) == code
    assert report.judge([*rows, row("guest exits", "n", "u", 3.0, limit=2.0)], {}) == 1


def test_others():
    others = Others()
    others.begin = (others.begin[0] - 100.0, others.begin[1] - 30.0, others.begin[2] - 10.0)
    assert others.percent() == pytest.approx(20.0, abs=1.0)


def test_no_packages_are_a_reason(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("VWR_BUILD_DIR", str(tmp_path))
    assert guest.linux_guest(tmp_path) == "no Linux guest: apt-get is not installed (apt-get install apt)"


@pytest.fixture(scope="module", name="image")
def fixture_image(tmp_path_factory):
    for tool in (machine.GCC, machine.QEMU):
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool} here")
    out = tmp_path_factory.mktemp("guest")
    machine.build(ROOT, ROOT / "runtime", out)
    return out


def disk_of(out, blocks):
    """A disk that begins with these stamped blocks, and what QEMU calls it."""
    rest = bytes(machine.STAMP_BYTES - 8)
    with open(out / machine.DISK, "wb") as file:
        file.write(b"".join(struct.pack("<Q", block) + rest for block in blocks))
        file.truncate(machine.DISK_BYTES)
    return machine.FILE_DISK


@pytest.mark.parametrize("level, sleep", [("hand", False), ("ring", False), ("ring", True)])
def test_the_image_reads_what_it_should(image, level, sleep):
    block = machine.run_block(level, machine.RATE, 8, 8192, 3, sleep)
    disk = disk_of(image, range(512))
    if sleep:  # slow enough that it does sleep, again and again
        disk = [*disk[:-1], disk[-1] + ",throttling.iops-total=100"]
    figures, _ = machine.run_image(image, block, disk, exits.OPTIONS)
    (window,) = exits.counted(image, [figures])
    assert figures["requests"] == 24 and window["notifications"] == 3
    assert window["mmio"] == 3 + 2 * figures["interrupts"] and (sleep or figures["interrupts"] == 0)


def test_wrong_data_is_noticed(image):
    blocks = [*range(211), 7, *range(212, 512)]  # 211: of request 21 of 0 to 23, the second block
    block = machine.run_block("ring", machine.RATE, 8, 8192, 3)
    with pytest.raises(Failed, match="data read is not what the disk has"):
        machine.run_image(image, block, disk_of(image, blocks))


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"depth": 86}, "makes no sense"),
        ({"size": 100}, "makes no sense"),
        ({"batches": 0}, "makes no sense"),
        ({"level": "hand", "sleep": True}, "polls"),
        ({"measure": machine.COUNT}, "does not count instructions"),
    ],
)
def test_nonsense_is_refused(image, changed, words):
    run = {"level": "ring", "measure": machine.RATE, "depth": 1, "size": 4096, "batches": 1, **changed}
    with pytest.raises(Failed, match=words):
        machine.run_image(image, machine.run_block(**run), machine.NULL_DISK)


def test_a_run_without_orders_is_refused(image):
    with pytest.raises(Failed, match="nobody said"):
        machine.run_image(image, bytes(52), machine.NULL_DISK)


def test_a_missing_feature_is_left_out(image):
    run = machine.run_block(
        "ring", machine.RATE, 1, 4096, 1, check=False, features=(guest.FEATURES_OF_ALL.named("SR_IOV").value,)
    )
    with pytest.raises(NotMeasured, match="features"):
        machine.run_image(image, run, machine.NULL_DISK)
