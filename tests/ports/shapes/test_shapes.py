# SPDX-License-Identifier: MIT
"""The code of docs/four-hooks.md, block-device.md, one-call.md, one-call-devices.md and screen.md in kernels of their shapes, on QEMU's real devices.

What the guest read it writes elsewhere, each bit turned over: the disk image, compared here, tells whether both
went well. What it draws is compared with QEMU's own copy of the screen."""
import contextlib
import itertools
import random
import re
import socket
import subprocess
import time

import pytest

import boot
from boot import Disk
from qmp import Monitor, Refused

SECTOR = 512
PAGE = 4096


def make_disk(work, sectors, **options):
    """A disk full of what nobody would guess, and its bytes."""
    path = work / "disk.img"
    content = random.Random(path.name).randbytes(sectors * SECTOR)
    path.write_bytes(content)
    return Disk(path, read_only=False, **options), bytearray(content)


def invert(content, source, target, sectors):
    """What the guest is to have done."""
    data = content[source * SECTOR : (source + sectors) * SECTOR]
    content[target * SECTOR : (target + sectors) * SECTOR] = bytes(255 - byte for byte in data)


def run(image, version, disk, **options):
    """The console of a kernel that has found nothing to complain of."""
    console = boot.boot(version, [disk], image=f"../../tests/ports/shapes/{image}", **options)
    assert console.last == "shape: OK"
    return console


def test_four_hooks(work, version):
    """Buffers on a stack whose pages lie apart: three whole pages, and begun anywhere within one."""
    disk, content = make_disk(work, 2048)
    console = run("shape_four_hooks", version, disk)
    for i in range(4):
        invert(content, 32 * i, 1024 + 32 * i, 24)
    assert disk.path.read_bytes() == content
    buffers = re.findall(r"^buffer at ([0-9a-f]+) lies in((?: [0-9a-f]+)+)$", console.text, re.M)
    frames = [[int(frame, 16) for frame in words.split()] for _, words in buffers]
    assert [int(address, 16) % PAGE for address, _ in buffers] == [0, 512, 100, 4095]
    assert [len(pages) for pages in frames] == [3, 4, 4, 4]
    for pages in frames:
        assert all(after != before + PAGE for before, after in zip(pages, pages[1:]))
        assert all(int(address, 16) // PAGE not in (page // PAGE for page in pages) for address, _ in buffers)


def test_block_device(work, version):
    """Eight tasks copy blocks, each with a waiter for its request; the processor sleeps when all wait."""
    path = work / "disk.img"
    disk, content = make_disk(
        work, 2048, drive=f"driver=raw,file.driver=file,file.filename={path}," "throttling.iops-total=2000"
    )
    console = run("shape_block_device", version, disk, machine="virt,gic-version=2")
    invert(content, 0, 1024, 8 * 24)
    assert disk.path.read_bytes() == content
    counts = {what: int(n) for what, n in re.findall(r"^([a-z ]+) (\d+)$", console.text, re.M)}
    assert counts["slept"] == counts["woken"] + counts["overslept"]
    assert counts["woken"] > 0 and counts["processor idle"] > 0
    assert counts["asleep at once"] > 1
    assert 0 < counts["serviced"] <= 2 * 8 * 24


def test_one_call(work, version):
    """Requests of two segments on two queues, answered in the interrupt handler; then the calls that wait."""
    disk, content = make_disk(work, 2048, device=",num-queues=2")
    console = run("shape_one_call", version, disk, machine="virt,gic-version=2")
    invert(content, 3, 1024, 256)
    content[1280 * SECTOR : 1281 * SECTOR] = content[259 * SECTOR : 260 * SECTOR]
    assert disk.path.read_bytes() == content
    counts = {what: int(n) for what, n in re.findall(r"^([a-z ]+) (\d+)$", console.text, re.M)}
    assert counts["bytes"] == 2 * 257 * SECTOR
    assert counts["kicks"] == 2 * 2 + 2  # one for all requests of a queue
    assert counts["interrupts"] >= 2
    assert counts["capacity"] == 2048


def test_one_call_without_queues(version):
    """A feature that was asked for and is not there: the error has their name and our words."""
    console = boot.boot(
        version,
        [Disk("none", drive="driver=null-co,size=1M", device=",num-queues=1")],
        image="../../tests/ports/shapes/shape_one_call",
        machine="virt,gic-version=2",
    )
    assert re.fullmatch("shape: FAILED: EFEATURE: .*", console.last)


@contextlib.contextmanager
def beside(image, work, devices, pass_fds=()):
    """A kernel's QEMU, stopped but there when it has ended by itself: its monitor."""
    (work / "console.txt").write_text("", encoding="utf-8")
    ours, theirs = socket.socketpair()
    command = [
        "timeout",
        "-k",
        "5",
        str(boot.TIMEOUT),
        "qemu-system-aarch64",
        "-machine",
        "virt,gic-version=2",
        "-cpu",
        "cortex-a72",
        "-m",
        "64M",
        "-kernel",
        boot.BUILD / "tests" / "ports" / "shapes" / f"{image}.elf",
        "-nodefaults",
        "-display",
        "none",
        "-no-shutdown",
        "-serial",
        f"file:{work / 'console.txt'}",
        "-global",
        "virtio-mmio.force-legacy=false",
        "-chardev",
        f"socket,id=m,fd={theirs.fileno()}",
        "-mon",
        "chardev=m,mode=control",
        *devices,
    ]
    with ours, theirs, subprocess.Popen(command, pass_fds=[theirs.fileno(), *pass_fds]) as process:
        theirs.close()
        monitor = Monitor(ours)
        try:
            yield monitor
        finally:
            monitor("quit")
            process.wait(boot.TIMEOUT + 30)


def types(monitor, console, first):
    """Presses keys, one after the other, until the guest has ended. Its first line tells that it waits for them."""
    end = time.monotonic() + boot.TIMEOUT
    while not console.read_text(encoding="utf-8").startswith(first):
        assert time.monotonic() < end, f"the guest does not say {first!r}"
        time.sleep(0.02)
    for key in itertools.cycle("abcdef"):
        if monitor("query-status")["status"] == "shutdown":
            return
        with contextlib.suppress(Refused):  # it has ended just now
            monitor.press(key)
        time.sleep(0.02)


def squares(codes):
    """What the kernel has drawn: a PPM of six squares, each in a color made of the key's code."""
    rows = bytearray(b"P6\n320 200\n255\n")
    for y in range(200):
        for x in range(320):
            rows += (codes[x // 40] * 0x010305).to_bytes(3, "big") if y < 40 and x < 240 else b"\0\0\0"
    return bytes(rows)


def test_screen(work):
    """Somebody types; each key wakes a task, which draws a square of it. QEMU has a keyboard and a gpu for modern drivers alone."""
    with beside(
        "shape_screen", work, ["-device", "virtio-gpu-device,id=gpu", "-device", "virtio-keyboard-device"]
    ) as monitor:
        types(monitor, work / "console.txt", "waiting\n")
        monitor("screendump", filename=str(work / "screen.ppm"), device="gpu", head=0)
    lines = (work / "console.txt").read_text(encoding="utf-8").splitlines()
    codes = [int(line.removeprefix("key ")) for line in lines if line.startswith("key ")]
    counts = {what: int(n) for what, n in re.findall(r"^([a-z ]+) (\d+)$", "\n".join(lines), re.M)}
    assert lines[-1] == "shape: OK"
    order = [30, 48, 46, 32, 18, 33]  # of Linux's input-event-codes.h: A to F
    first = order.index(codes[0])
    assert codes == [order[(first + i) % 6] for i in range(6)]
    assert counts["woken"] >= 2 and counts["processor idle"] > 0
    assert (work / "screen.ppm").read_bytes() == squares(codes)


def test_one_call_devices(work):
    """Five devices whose handlers are callbacks: each is heard, and what was typed at the console comes back."""
    ours, theirs = socket.socketpair()
    devices = [
        "-netdev",
        "user,id=n,restrict=on",
        "-device",
        "virtio-net-device,netdev=n",
        "-chardev",
        f"socket,id=c,fd={theirs.fileno()}",
        "-device",
        "virtio-serial-device",
        "-device",
        "virtconsole,chardev=c",
        "-device",
        "virtio-keyboard-device",
        "-device",
        "virtio-gpu-device,id=gpu",
        "-device",
        "virtio-rng-device",
    ]
    text = random.Random(3).randbytes(3000).replace(b"\n", b" ") + b"\n"
    with ours, theirs, beside("shape_one_call_devices", work, devices, [theirs.fileno()]) as monitor:
        ours.settimeout(boot.TIMEOUT)
        ours.sendall(text)
        back = b""
        while len(back) < len(text):
            back += ours.recv(len(text)) or pytest.fail("the console is closed")
        types(monitor, work / "console.txt", "begun\n")
        monitor("screendump", filename=str(work / "screen.ppm"), device="gpu", head=0)
    lines = (work / "console.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "begun" and lines[-1] == "shape: OK" and int(lines[1].removeprefix("interrupts ")) >= 4
    assert back == text
    assert (work / "screen.ppm").read_bytes() == b"P6\n160 100\n255\n" + bytes.fromhex("204060") * (160 * 100)
