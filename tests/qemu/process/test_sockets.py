# SPDX-License-Identifier: MIT
"""Linux and our sockets, with buffers of unlike sizes."""

import socket
import threading
import time

import pytest

import vhost_guests as guests

BYTES = 1 << 20  # in each direction, as in sockets.sh
TINY = 5000  # writes of a byte, as in sockets.c
PACED = 200  # of them: more packets than the adapter sends before it collects bytes
SIZES = [4096, 16384, 65536, 262144, 1048576]  # of the guest's buffers, likewise
PATTERN = bytes((at ^ at >> 8 ^ at >> 16) & 0xFF for at in range(BYTES))


def serve(listener, found):
    """A program of the host: reads each connection's bytes, and sends as many of its own."""
    for _ in SIZES:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(guests.BOOT_TIMEOUT)
            got = bytearray()
            while len(got) < BYTES and (part := connection.recv(1 << 16)):
                got += part
            found.append(len(got) if got == PATTERN[: len(got)] else "wrong bytes")
            if found[-1] == BYTES:
                connection.sendall(PATTERN)
    connection, _ = listener.accept()
    with connection:
        for at in range(TINY):
            connection.sendall(PATTERN[at : at + 1])
            if at < PACED:
                time.sleep(0.001)  # else one read takes several of them
        found.append(connection.recv(1))


def check_buffers(work, capsys, ours):
    """Every pair of a guest's buffer with one of ours; while one end sends, the other is silent."""
    why = guests.no_uml()
    if why is not None:
        pytest.skip(why)
    programs = [("bin/sockets", guests.built("tests/qemu/process/process_sockets").read_bytes())]
    initrd = guests.uml_initrd(guests.script("sockets.sh"), programs)
    command = [guests.program(), "vsock", "--socket", "vsock", "--cid", "3", "--host", "v", "--buffer", ours]
    found = []
    with (
        guests.Server(command, work / "vsock", log=work / "log", cwd=work) as server,
        socket.socket(socket.AF_UNIX) as listener,
        guests.short(work) as folder,
    ):
        listener.bind(f"{folder}/v_52")
        listener.listen(1)
        thread = threading.Thread(target=serve, args=(listener, found), daemon=True)
        thread.start()
        output = guests.uml(work, initrd, [("vsock", "vsock")], 2 * guests.BOOT_TIMEOUT)
        assert server.stop() == 0, (work / "log").read_text("utf-8")
    with capsys.disabled():  # for a reader of ./vwr test -R '^process.buffers' -V
        for theirs in SIZES:
            print(
                f"guest's buffer {theirs}, ours {ours}:", *guests.said(output).get(str(theirs), ["nothing"])
            )
    expected = {str(n): [f"sent {BYTES} received {BYTES}"] for n in SIZES}
    assert guests.said(output) == {**expected, "tiny": [f"received {TINY}"]}, (output, found)
    assert found == [BYTES] * len(SIZES) + [b""], (output, found)


def test_buffers(work, capsys):
    check_buffers(work, capsys, 65536)


@pytest.mark.soak("process.buffers: the guest's buffers are smaller and larger than ours")
@pytest.mark.parametrize("ours", [4096, 16384, 262144, 1048576])
def test_buffers_soak(work, capsys, ours):
    check_buffers(work, capsys, ours)
