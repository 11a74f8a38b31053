# SPDX-License-Identifier: MIT
"""What outlives a front end, although each has a process of its own: hosted/programs/vhost/README.md lists it."""

import socket
import struct
import subprocess

import good
import vhost_guests as guests
from front import Front
from good import DATA
from stage import Stage

ROOM = 64  # bytes of a buffer for input
CONFIG = struct.pack("=III", 0, 4, 0) + bytes(4)  # the first field


def tell(stage, line):
    stage.server.process.stdin.write(line)
    stage.server.process.stdin.flush()


def test_input_of_a_console(work):
    """What a guest has not accepted belongs to the next one."""
    with Stage(work, "console", stdin=subprocess.PIPE) as stage:
        tell(stage, b"line\n")
        with Front(stage.place) as front:
            assert front.begin(stage.rings).heard()
        with Front(stage.place) as front:
            front.begin(stage.rings).rings[0].put((DATA, ROOM, True))
            count = front.rings[0].wait()
            assert front.memory[DATA : DATA + count] == b"line\n"
        stage.stop()


def test_target_of_a_balloon(work):
    """A new target on standard input is that of the next guest too."""

    def pages(front):
        return struct.unpack("=I", front.ask("GET_CONFIG", CONFIG)[12:16])[0]

    with Stage(work, "balloon", stdin=subprocess.PIPE) as stage:
        with Front(stage.place) as front:
            front.begin(stage.rings)
            assert pages(front) == 256
            tell(stage, b"0\n")
            good.until(lambda: pages(front) == 0, "the target does not change")
        with Front(stage.place) as front:
            front.begin(stage.rings)
            assert pages(front) == 0
        stage.stop()


def test_socket_of_the_host(work):
    """Programs of the host find the same socket before, between and after front ends."""
    with Stage(work, "vsock") as stage:
        host = work / "host"
        before = host.stat().st_ino
        for _ in range(2):
            stage.check()
            assert host.stat().st_ino == before
            with guests.short(work) as folder, socket.socket(socket.AF_UNIX) as program:
                program.connect(f"{folder}/host")
        stage.stop()
    assert not host.exists()
