# SPDX-License-Identifier: MIT
"""The GDB commands of hosted/programs/gdb on QEMU's stub: the demo image, while it waits for its first request."""

import re
import subprocess
import time

from boot import BUILD
from processes import completed
from vwr import ROOT

ELF = BUILD / "examples/demo/vwr_demo.elf"
DEVICE = "0xa003e00"  # the first disk of QEMU's virt board
COMMANDS = (
    f"source {ROOT / 'hosted/programs/gdb/vwr_gdb.py'}",
    "target remote stub",
    f"vwr dev {DEVICE}",
    "vwr dev 0x40000000",
    "break vwr_queue_get_used",
    "continue",
    "up",
    f"vwr dev {DEVICE}",
    "vwr queue q",
    "vwr queue *q",
    "vwr queue &q->queue",
    "vwr queue r",
    "vwr chain q 0",
    "vwr chain q 9999",
    "print q->queue.split.desc[0]",
    "print *vwr_mmio_modern.usable",
    "kill",
)


def started(folder):
    """A QEMU that waits for GDB."""
    (folder / "disk.img").write_bytes(bytes(1 << 20))
    words = [
        "timeout",
        "-k",
        "5",
        "90",
        "qemu-system-aarch64",
        "-machine",
        "virt",
        "-cpu",
        "cortex-a72",
        "-m",
        "64M",
    ]
    words += ["-kernel", str(ELF), "-nodefaults", "-display", "none", "-monitor", "none", "-serial", "null"]
    words += ["-global", "virtio-mmio.force-legacy=false", "-drive", "if=none,id=d,format=raw,file=disk.img"]
    words += ["-device", "virtio-blk-device,drive=d", "-S", "-gdb", "unix:stub,server=on,wait=off"]
    machine = subprocess.Popen(words, cwd=folder)
    while machine.poll() is None and not (folder / "stub").exists():
        time.sleep(0.05)
    return machine


def test_gdb_shows_device_queue_and_chain(tmp_path):
    machine = started(tmp_path)
    words = ["timeout", "-k", "5", "90", "gdb-multiarch", "-q", "-batch", "-nx", str(ELF)]
    for command in COMMANDS:
        words += ["-ex", command]
    done = completed(words, cwd=tmp_path)
    machine.kill()
    machine.wait()
    text = done.stdout + done.stderr
    print(text)
    assert "Python Exception" not in text
    before, after = re.split(r"Breakpoint [\d.]+, ", text)
    assert re.search(r"DeviceID +0x2  Block device\n.*\nQueueSizeMax +0x400\n", before)
    assert "Status           0x0  -\n" in before
    assert "Status           0xf  ACKNOWLEDGE DRIVER DRIVER_OK FEATURES_OK\n" in after
    assert after.count("split ring of ") == 3 and after.count("\nin flight 1, stopped 0\n") == 3
    assert re.search(r"avail: flags [01], idx 1\nused: flags 0, idx [01]\n", after)
    rows = re.findall(r"^ +(\d+): addr 0x4\w+ len (\d+) next \d+ flags (.*)$", after, re.M)
    assert rows[0] == ("0", "48", "INDIRECT") and rows[1] == ("0", "16", "NEXT")
    assert rows[2][2] == "NEXT WRITE" and rows[3][1:] == ("1", "WRITE") and len(rows) == 4
    assert re.search(r"\$1 = addr 0x4\w+ len 48 next \d+ flags INDIRECT\n", after)
    assert re.search(r"\$2 = .*\bINDIRECT_DESC EVENT_IDX VERSION_1\b", after)
    for said in (
        "no virtio-mmio device at 0x40000000",
        "r is neither a struct vwr_queue",
        "descriptor 9999 is not in",
    ):
        assert said in text, said
