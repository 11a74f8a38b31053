# SPDX-License-Identifier: MIT
"""Linux uses our devices, each in a process of its own; most of them are watched by vwr-monitor."""

import contextlib
import hashlib
import os
import random
import socket
import subprocess
import threading
from pathlib import Path

import pytest

import guest_packages as debian
import vhost_guests as guests

BYTES = 2 << 20
TAKEN = 64  # MiB, as many as a file of the guest has used
# fmt: off
DAEMON = (
    "qemu-storage-daemon --blockdev driver=file,node-name=f,filename=other"
    " --export type=vhost-user-blk,id=e,node-name=f,writable=on,addr.type=unix,addr.path=qsd"
).split()
# fmt: on
WATCHED = {
    "qsd": "blk",
    "scsi": "scsi",
    "net0": "net",
    "vsock": "vsock",
    "console": "console",
}  # and its class
# The sockets in the order in which a guest finds the devices; two of them are only for User Mode Linux.
LINUX = [("blk", "blk"), ("qsd.seen", "blk"), ("scsi.seen", "scsi"), ("fs", "fs"), ("net0.seen", "net"), ("net1", "net"),
         ("vsock.seen", "vsock")]  # fmt: skip
OURS = [("console.seen", "console"), ("balloon", "balloon")]


def content(seed, count):
    return random.Random(seed).randbytes(count)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def answer_once(listener):
    """A program of the host at port 52 of the guest's sockets."""
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb") as lines:
        lines.write(b"the host got: " + lines.readline())


def talk(terminal, lines, balloon, work, amounts):
    """The other end of the console, a pseudo terminal: it answers when the guest is ready, and when it has used memory."""
    with contextlib.suppress(OSError), open(terminal, "r+b", buffering=0) as end:  # until the back end goes
        for line in end:
            lines.append(line.strip())
            if lines[-1] == b"ready":
                end.write(b"from the host\n")
            if lines[-1] == b"filled":
                amounts.append(stored(work))
                inflate(balloon, TAKEN)
                amounts.append(stored(work))
                end.write(b"was inflated\n")


def stored(work):
    """Bytes of the guest's memory that the host stores: of the front end's deleted file."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if Path(os.readlink(process / "cwd")) == work:
                for file in (process / "fd").iterdir():
                    there = file.stat()
                    if os.readlink(file).endswith("(deleted)") and there.st_size > TAKEN << 20:
                        return there.st_blocks * 512
    raise AssertionError("the front end has no file of its memory")


def inflate(balloon, mib):
    """Asks for so much memory of the guest, and waits until the guest has given it."""
    balloon.stdin.write(b"%d\n" % mib)
    balloon.stdin.flush()
    for line in balloon.stdout:
        if int(line) == mib:
            return


def by_uml(work):
    """User Mode Linux with all devices; what it says."""
    programs = [
        ("bin/sockets", guests.built("tests/qemu/process/process_sockets").read_bytes()),
        ("bin/net.sh", guests.script("net.sh")),
    ]
    initrd = guests.uml_initrd(guests.script("init.sh"), programs)
    return guests.uml(work, initrd, [*LINUX, *OURS])


def by_qemu(work):
    """Debian's kernel in QEMU, and for what QEMU 7.2 lacks our own front end; what both say."""
    modules = [
        "virtio_pci",
        *(name for name in guests.UML_WANTS if name not in ("virtio_console", "virtio_balloon")),
    ]
    try:
        guest = debian.prepare(debian.home(), modules)
        sockets = debian.static(work, "sockets", Path(__file__).with_name("sockets.c"))
    except debian.NoLinux as why:
        pytest.skip(str(why))
    programs = [("bin/sockets", sockets), ("bin/net.sh", guests.script("net.sh"))]
    output = guests.qemu(work, guest, debian.initrd(guest, guests.script("init.sh"), programs), LINUX)
    front = [guests.built("tests/qemu/process/process_front"), *(place for place, _ in OURS)]
    done = subprocess.run(
        front, cwd=work, capture_output=True, text=True, check=False, timeout=guests.BOOT_TIMEOUT
    )
    return output + done.stdout


def test_all_classes(work, note):
    """By User Mode Linux, or where that does not run by QEMU and our own front end."""
    why = guests.no_uml()
    if why is None:
        note("all devices by User Mode Linux")
    else:
        note(f"console and balloon by our front end, the others by a guest of QEMU: {why}")
    check_all_classes(work, by_qemu if why else by_uml)


def test_all_classes_by_qemu(work):
    """What test_all_classes does without User Mode Linux, on the machines that have it, too."""
    if guests.no_uml() is not None:
        pytest.skip("process.all_classes has done the same")
    check_all_classes(work, by_qemu)


def test_a_linux_that_does_not_start(work, monkeypatch):
    """The reason is what it says itself, as on an Intel processor with AMX."""
    said = "userspace - ptrace set fp regs failed, errno = 14"
    program = work / "linux.uml"
    program.write_text(f"#!/bin/sh\necho Core dump limits :\necho '{said}'\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.delenv("VWR_WITHOUT", raising=False)
    monkeypatch.setattr(guests, "UML", str(program))
    assert guests.no_uml.__wrapped__() == f"User Mode Linux does not start: {said}"
    monkeypatch.setattr(guests, "UML", str(work / "absent"))
    assert guests.no_uml.__wrapped__() == f"no {work}/absent (Debian: user-mode-linux)"


def check_all_classes(work, front_end):
    program = guests.program()
    disk, unit, folder = work / "disk", work / "unit", work / "folder"
    folder.mkdir()
    other = work / "other"
    files = ((disk, 1, BYTES), (unit, 2, BYTES), (folder / "given", 3, 300001), (other, 4, BYTES))
    for path, seed, count in files:
        path.write_bytes(content(seed, count))
    said_by_console, amounts = [], []
    with contextlib.ExitStack() as stack:

        def serve(words, *sockets, **more):
            server = guests.Server(
                [program, *words], *(work / name for name in sockets), log=work / "log", cwd=work, **more
            )
            return stack.enter_context(server)

        servers = [
            serve(["blk", "--socket", "blk", "--file", disk, "--packed"], "blk"),
            serve(["scsi", "--socket", "scsi", "--file", unit], "scsi"),
            serve(["fs", folder, "--socket", "fs", "--packed"], "fs"),
            serve(["net", "--socket", "net0", "--socket", "net1"], "net0", "net1"),
            serve(["vsock", "--socket", "vsock", "--cid", "3", "--host", "v.sock"], "vsock", "v.sock"),
            serve(
                ["balloon", "--socket", "balloon"], "balloon", stdin=subprocess.PIPE, stdout=subprocess.PIPE
            ),
            serve(["console", "--socket", "console", "--pty"], "console", stdout=subprocess.PIPE),
        ]
        stack.enter_context(guests.Server(DAEMON, work / "qsd", log=work / "log", cwd=work))
        monitors = [
            stack.enter_context(guests.Monitor(work, name, "--device", kind))
            for name, kind in WATCHED.items()
        ]
        listener = stack.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(f"{stack.enter_context(guests.short(work))}/v.sock_52")
        listener.listen(1)
        threading.Thread(target=answer_once, args=(listener,), daemon=True).start()
        terminal = servers[-1].process.stdout.readline().decode().strip()
        balloon = servers[-2].process
        threading.Thread(
            target=talk, args=(terminal, said_by_console, balloon, work, amounts), daemon=True
        ).start()
        output = front_end(work)
        reports = {name: monitor.report() for name, monitor in zip(WATCHED, monitors)}
        assert [server.stop() for server in servers] == [0] * len(servers), (work / "log").read_text("utf-8")
    half = content(2, BYTES)[BYTES // 2 :]
    assert guests.said(output) == {
        "blk": ["sum " + digest(content(1, BYTES)), "written"],
        "qsd": ["sum " + digest(content(4, BYTES)), "written"],
        "scsi": ["sum " + digest(content(2, BYTES)), "written"],
        "fs": ["sum " + digest(content(3, 300001)), "written"],
        "console": ["used"],
        "balloon": ["was inflated"],
        "vsock": ["the host got: from the guest"],
        "net": ["sum " + digest(half)],
    }, output
    assert disk.read_bytes() == content(1, BYTES)[BYTES // 2 :] * 2
    assert unit.read_bytes() == half * 2
    assert other.read_bytes() == content(4, BYTES)[BYTES // 2 :] * 2
    for name, report in reports.items():
        assert report["verdict"] == "clean" and report["findings"] == [], (name, report)
        assert report["buffers"] > report["not_judged"], (name, report)
    assert (folder / "folder" / "copied").read_bytes() == content(3, 300001)
    assert b"the guest read: from the host" in said_by_console
    assert (
        amounts[0] - amounts[1] >= TAKEN << 18
    ), amounts  # the guest gives pages that it has never used, too
    assert not any(
        (work / name).exists()
        for name in ("blk", "scsi", "fs", "net0", "vsock", "v.sock", "console", "balloon")
    )
