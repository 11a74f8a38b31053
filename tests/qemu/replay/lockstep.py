# SPDX-License-Identifier: MIT
"""QEMU, a line of its trace at a time.

Its standard error is a pipe of packets with room for one. So QEMU stands still, in the thread that has something to
tell, until the line before has been read: what a driver has put into memory is looked at when QEMU has said that the
device is notified, and before the device looks.
"""

import fcntl
import os
import select
import subprocess
import threading

PIPE_SIZE = 1031  # F_SETPIPE_SZ
SECONDS = 300
LINE = 4096
EVENTS = (
    "memory_region_ops_read",
    "memory_region_ops_write",
    "virtio_mmio_write_offset",
    "virtio_queue_notify",
    "virtqueue_pop",
    "virtqueue_fill",
    "virtqueue_flush",
    "virtio_blk_req_complete",
    "virtio_notify",
)


END = object()  # what `talk` answers when the recording is complete


class Stopped(Exception):
    """QEMU has ended, or says something that is no event."""


class Machine:
    """One run of QEMU in `folder`; `talk` gets what the guest says and answers what is to be typed, or END."""

    def __init__(self, folder, command, talk):
        reading, writing = os.pipe2(os.O_DIRECT)
        if fcntl.fcntl(writing, PIPE_SIZE, LINE) != LINE:
            raise Stopped("this kernel has no pipe with room for one packet")
        events = [word for event in EVENTS for word in ("-trace", event)]
        self.trace, self.talk, self.console, self.ended = reading, talk, "", False
        self.process = subprocess.Popen(
            ["timeout", "-k", "5", str(SECONDS), *command, *events],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=writing,
        )
        os.close(writing)
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        while True:
            text = os.read(self.process.stdout.fileno(), LINE)
            if not text:
                return
            self.console += text.decode("utf-8", errors="replace").replace("\r", "")
            answer = self.talk(self.console)
            if answer is END:
                self.ended = True
                self.process.terminate()
            elif answer is not None:
                os.write(self.process.stdin.fileno(), answer.encode())

    def events(self, before):
        """The lines; `before()` is called when one is there that has not been read: QEMU stands still, or soon will."""
        while True:
            select.select([self.trace], [], [])
            before()
            line = os.read(self.trace, LINE).decode("utf-8", errors="replace")
            if not line:
                break
            if not line.startswith(EVENTS) and self.ended:
                continue  # that it is being ended
            if not line.startswith(EVENTS):
                raise Stopped(line.strip())
            yield line
        self.thread.join(timeout=10)
        if self.process.wait(timeout=10) != 0 and not self.ended:
            raise Stopped(f"QEMU ends with code {self.process.returncode}: {self.console[-300:]}")
