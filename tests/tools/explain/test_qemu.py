# SPDX-License-Identifier: MIT
"""What a real QEMU prints, explained: the demo image's start-up, and the threads' drivers played over qtest.

VWR_UPDATE_GOLDEN=1 writes what traces.txtar has of them anew. Pointers differ with each run of QEMU and are masked.
"""

import fcntl
import re
import subprocess

import pytest

import drivers
import qemu_machine as machine
import traces

from golden import LICENCE, UPDATE
from processes import completed
from vwr import txtar

DEMO = machine.BUILD / "examples" / "demo" / "vwr_demo.elf"


def masked(trace):
    """Without pointers, and without what is no business of a VirtIO device."""
    lines = re.sub(r"(mr|vdev|vq) 0x[0-9a-f]+", r"\1 0x5500", trace).splitlines(keepends=True)
    return "".join(line for line in lines if "virtio" in line or "Guest" in line or "mmcfg" in line)


def keep(name, text):
    """The text of a kept file behind its first line; written where asked for."""
    if UPDATE:
        with traces.KEPT.open("r+b") as archive:
            fcntl.flock(archive, fcntl.LOCK_EX)  # test_pci.py writes it too
            comment = archive.read().partition(b"-- ")[0]
            files = {**txtar.read(traces.KEPT), name: (LICENCE + text).encode()}
            archive.seek(0)
            archive.write(
                comment + b"".join(b"-- %s --\n%s" % (key.encode(), files[key]) for key in sorted(files))
            )
            archive.truncate()
    return traces.kept(name).removeprefix(LICENCE)


def boot_demo(work, version, options):
    """QEMU's trace of the demo image with one disk."""
    (work / "disk.img").write_bytes(bytes(1 << 20))
    legacy = "true" if version == "legacy" else "false"
    done = completed(
        [
            "timeout",
            "-k",
            "5",
            str(machine.SECONDS),
            machine.PROGRAM,
            "-machine",
            "virt",
            "-cpu",
            "cortex-a72",
            "-m",
            "64M",
            "-kernel",
            str(DEMO),
            "-nodefaults",
            "-display",
            "none",
            "-monitor",
            "none",
            "-no-reboot",
            "-serial",
            "stdio",
            "-global",
            f"virtio-mmio.force-legacy={legacy}",
            "-drive",
            "if=none,id=d,format=raw,file=disk.img,read-only=on",
            "-device",
            "virtio-blk-device,drive=d",
            *machine.TRACE,
            *options,
        ],
        cwd=work,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr


@pytest.mark.parametrize("options", [(), machine.WITHOUT_LISTENING], ids=["as-it-is", "accesses"])
@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_demo(work, version, options):
    """A right start-up, from a real run, is explained as the kept one is; also where QEMU listens by an ioeventfd."""
    if not DEMO.is_file():
        pytest.skip(f"no demo image: {DEMO} is not built")
    trace = boot_demo(work, version, options)
    code, whole, err = traces.explain(trace)
    assert code == 0 and "0x0a003c00, 31 in all" in whole, whole + err
    assert re.search(r"\(requestq\): [3-9] notifications, [1-9]", whole), whole
    if not options:
        return
    of_the_disk = "".join(
        line
        for line in masked(trace).splitlines(keepends=True)
        if "virtio-mmio" not in line or " addr 0xa003e" in line or " addr 0xa003f" in line
    )
    keep(f"good/{version}.trace", of_the_disk)
    out = traces.explain(LICENCE + of_the_disk)[1]
    # Word for word with the kept trace only (test_threads.py): another QEMU offers other features.
    kept = keep(f"good/{version}.txt", out)
    assert steps(out) == steps(kept), out


def steps(text):
    """The titles of the steps."""
    return re.findall(r"^  (\S.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("thread", drivers.THREADS)
def test_thread(work, thread):
    """The drivers of the threads, played to this machine's QEMU: the same sentence."""
    driver = drivers.THREADS[thread]
    trace = driver.trace(work)
    keep(f"threads/{thread}.trace", masked(trace))
    assert traces.found(trace)[0] == driver.rule
    traces.check(trace, [], 3, ["\n  In one sentence: ", driver.words])


def test_what_qemu_does_not_say(work):
    """QEMU 7.2 takes QueueReady without any ring address, drops the notification, and says nothing of it."""
    with machine.Machine(work, "modern") as guest:
        guest.play(
            [*drivers.PROBE, *drivers.STEPS, f"w Status {drivers.ACCEPTED}", "r Status", *drivers.SIZED]
        )
        guest.play(["w QueueReady 1", f"w Status {drivers.RUNNING}", "w QueueNotify 0"])
    trace = guest.trace()
    rules = traces.found(trace)
    assert {"version-1", "ready-before-address", "features-unread", "no-answer"} <= set(rules)
    assert (
        rules[0] == "ready-before-address"
    )  # and not VERSION_1, without which the device has taken the set of features


def test_dump_of_a_device(work):
    """All registers as a debugger would read them, after the start-up of thread 88."""
    with machine.Machine(work, "modern") as guest:
        words = [
            int(guest.ask(f"readl 0x{guest.base + at:x}")[0], 16) for at in range(0, machine.BOOK.size, 4)
        ]
    rows = [
        f"{guest.base + 4 * at:016x}: " + " ".join(f"0x{word:08x}" for word in words[at : at + 4])
        for at in range(0, len(words), 4)
    ]
    code, out, _ = traces.explain("\n".join(rows))
    assert code == 3 and "0x0a003e00: Block device, modern (version 2)" in out
    assert "capacity = 2048 (Capacity of the disk; in 512-byte sectors)" in out
    assert "In one sentence: Status is 0x0" in out
