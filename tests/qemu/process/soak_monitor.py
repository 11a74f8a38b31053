# SPDX-License-Identifier: MIT
"""User Mode Linux under load on a disk of ours and one of qemu-storage-daemon; vwr-monitor finds nothing (./vwr soak monitor)."""

import contextlib
import os

import pytest

import vhost_guests as guests

MINUTES = int(os.environ.get("VWR_MINUTES", "60"))
BYTES = 8 << 20
# fmt: off
DAEMON = (
    "qemu-storage-daemon --blockdev driver=file,node-name=f,filename=theirs"
    " --export type=vhost-user-blk,id=e,node-name=f,writable=on,addr.type=unix,addr.path=qsd"
).split()
# fmt: on


def test_load(work):
    if why := guests.no_uml():
        pytest.skip(f"nothing was tried: {why}")
    for name in ("ours", "theirs"):
        (work / name).write_bytes(bytes(BYTES))
    ours = [guests.program(), "blk", "--socket", "blk", "--file", "ours"]
    with contextlib.ExitStack() as stack:
        for command, name in ((ours, "blk"), (DAEMON, "qsd")):
            stack.enter_context(guests.Server(command, work / name, log=work / "log", cwd=work))
        monitors = [
            stack.enter_context(guests.Monitor(work, name, "--device", "blk")) for name in ("blk", "qsd")
        ]
        initrd = guests.uml_initrd(guests.script("load.sh"), [("bin/minutes", str(MINUTES).encode())])
        devices = [("blk.seen", "blk"), ("qsd.seen", "blk")]
        output = guests.uml(work, initrd, devices, MINUTES * 60 + 2 * guests.BOOT_TIMEOUT)
        reports = [monitor.report() for monitor in monitors]
    assert guests.said(output) == {"load": ["done"]}, output
    for report in reports:
        assert report["findings"] == [], report
        assert report["buffers"] > 2 * report["not_judged"], report
        print(report)
