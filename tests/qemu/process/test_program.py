# SPDX-License-Identifier: MIT
"""The command line of vwr-vhost: wrong input, its socket, and its tap."""

import os
import re
import signal
import socket
import subprocess
import sys
import time

import pytest

import vhost_guests as guests


def run(work, *words):
    return subprocess.run(
        [guests.program(), *words],
        cwd=work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(name="place")
def fixture_place(work):
    (work / "disk").write_bytes(bytes(1 << 20))
    (work / "folder").mkdir()
    (work / "there").write_bytes(b"")
    return work


WRONG = [
    (["disk"], "disk is no class: blk, "),
    (["blk", "--socket", "s"], "a disk has one of --file, --nbd, --rbd and --null"),
    (
        ["blk", "--socket", "s", "--file", "disk", "--null", "1"],
        "a disk has one of --file, --nbd, --rbd and --null",
    ),
    (["blk", "--file", "disk"], "--socket PATH is missing"),
    (["blk", "--socket"], "--socket needs a value"),
    (["blk", "--socket", "there", "--file", "disk"], "there is there already. Next: "),
    (["blk", "--socket", "s" * 200, "--file", "disk"], "the path of a socket has at most 96 bytes"),
    (["blk", "--socket", "no/s", "--file", "disk"], "no/s: No such file or directory"),
    (["blk", "--socket", "s", "--file", "folder"], "folder is a folder, not the image of a disk"),
    (["blk", "--socket", "s", "--file", "absent"], "absent: No such file or directory"),
    (["blk", "--socket", "s", "--nbd", "nbd+unix:///?socket=absent"], "No such file or directory"),
    (["blk", "--socket", "s", "--file", "disk", "--queues", "0"], "--queues 0: it is a number from 1 to 64"),
    (["blk", "--socket", "s", "--file", "disk", "--queues", "x"], "--queues x: it is a number from 1 to 64"),
    (["blk", "--socket", "s", "--socket", "t", "--file", "disk"], "one --socket; only net has several"),
    (
        ["blk", "--socket", "s" * 200, "--client", "--file", "disk"],
        "the path of a socket has at most 96 bytes",
    ),
    (["blk", "--socket", "disk/s", "--client", "--file", "disk"], "disk/s: Not a directory"),
    (["rng", "--socket", "s", "--tolerate", "all"], "--tolerate all: the only value is qemu"),
    (["blk", "--socket", "s", "--file", "disk", "--tolerate"], "--tolerate needs a value"),
    (["rng", "--socket", "s", "--file", "disk"], "--file is no option of rng: vwr-vhost rng --socket PATH"),
    (["scsi", "--socket", "s"], "a SCSI host has a --file for each unit"),
    (["scsi", "--socket", "s", "--file", "folder"], "folder is a folder"),
    (["fs", "--socket", "s"], "which folder?"),
    (["9p", "disk", "--socket", "s"], "disk: Not a directory"),
    (["fs", "folder", "--socket", "s", "--tag", "t" * 40], "is the tag too long?"),
    (["fs", "folder", "--socket", "s", "--valid", "86401"], "--valid 86401: it is a number from 1 to 86400"),
    (["9p", "folder", "--socket", "s", "--valid", "1"], "--valid is no option of 9p"),
    (["vsock", "--socket", "s", "--cid", "3"], "sockets need --cid N and --host PATH"),
    (["vsock", "--socket", "s", "--cid", "3", "--host", "there"], "there is there already"),
    (["vsock", "--socket", "s", "--cid", "2", "--host", "h"], "--cid 2: "),
    (
        ["vsock", "--socket", "s", "--cid", "3", "--host", "h", "--buffer", "5000"],
        "--buffer 5000: it is a power of 2 from 4 to 1048576",
    ),
    (["net", "--socket", "s", "--mac", "01:02"], "--mac 01:02: it is six bytes of a station"),
    (
        ["net", "--socket", "s", "--tap", "a-name-that-is-too-long"],
        "the name of a tap has at most 15 characters",
    ),
]


def test_wrong_input(place):
    """A sentence, exit code 2, and nothing is left behind."""
    before = sorted(place.iterdir())
    for words, sentence in WRONG:
        done = run(place, *words)
        assert (done.returncode, done.stdout) == (2, ""), (words, done)
        assert re.fullmatch(r"vwr-vhost: .*\n", done.stderr) and sentence in done.stderr, (words, done.stderr)
        assert sorted(place.iterdir()) == before, words


def test_few_descriptors(place):
    """A folder does not begin to share what would end for want of descriptors."""
    limited = ["sh", "-c", 'ulimit -n 100 && exec "$@"', "sh", guests.program()]
    done = subprocess.run(
        [*limited, "9p", "folder", "--socket", "s"],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done
    assert done.stderr == "vwr-vhost: RLIMIT_NOFILE is 100; for a folder it is 144 at least\n"


def test_help(work):
    done = run(work, "--help")
    assert done.returncode == 0 and done.stdout.startswith("usage: vwr-vhost CLASS --socket PATH")
    assert all(
        f"\n  {name} " in done.stdout
        for name in ("blk", "console", "rng", "9p", "fs", "scsi", "vsock", "net", "balloon")
    )


def test_socket_goes(place):
    """A front end may come and go, and say nonsense; the socket goes with the program."""
    with guests.Server(
        [guests.program(), "blk", "--socket", "s", "--file", "disk"],
        place / "s",
        log=place / "log",
        cwd=place,
    ) as server:
        guests.say(place, "s", b"")
        guests.say(place, "s", b"nonsense, and more than a header of it")
        assert server.process.poll() is None
        assert server.stop() == 0
    assert not (place / "s").exists()
    assert len((place / "log").read_text("utf-8").splitlines()) >= 2


def ask_features(listener):
    """A front end that listens, for one connection."""
    back, _ = listener.accept()
    with back:
        back.settimeout(10)
        back.sendall(GET_FEATURES)
        assert len(back.recv(4096)) == len(GET_FEATURES) + 8


def test_client(place):
    """A front end that listens may come later, leave, and come again; its socket is not the program's."""
    command = [guests.program(), "blk", "--socket", "s", "--client", "--file", "disk"]
    with guests.Server(command, log=place / "log", cwd=place) as server:
        for _ in range(3):
            (place / "s").unlink(missing_ok=True)
            with socket.socket(socket.AF_UNIX) as front, guests.short(place) as folder:
                front.bind(f"{folder}/s")
                front.listen(1)
                front.settimeout(10)
                ask_features(front)
                ask_features(front)
        end = time.monotonic() + 10
        while (lines := (place / "log").read_text("utf-8").splitlines())[-1:] != [WAITS]:
            assert server.process.poll() is None and time.monotonic() < end, lines
            time.sleep(0.01)
        assert server.stop() == 0
    assert (place / "s").exists()
    assert sum("The front end has closed the connection" in line for line in lines) == 6, lines
    assert all(
        "The front end has closed" in line or "; waiting for a front end" in line for line in lines
    ), lines


def test_silent_server(place):
    """An NBD server that accepts and says nothing holds the program; a signal ends it, with a sentence."""
    with socket.socket(socket.AF_UNIX) as server, guests.short(place) as folder:
        server.bind(f"{folder}/nbd")
        server.listen(1)
        server.settimeout(10)
        command = [guests.program(), "blk", "--socket", "s", "--nbd", "nbd+unix:///?socket=nbd"]
        with subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, text=True) as process:
            try:
                connection, _ = server.accept()
            except TimeoutError:
                process.kill()
                assert "no libnbd" in (said := process.communicate()[1]), said
                pytest.skip("this build has no libnbd")
            with connection:
                process.send_signal(signal.SIGTERM)
                try:
                    _, said = process.communicate(timeout=20)
                finally:
                    process.kill()
    assert process.returncode == 1 and "holds the program" in said, said
    assert not (place / "s").exists()


WAITS = "vwr-vhost: s: Connection refused; waiting for a front end that listens"
GET_FEATURES = bytes([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])  # of vhost-user
FRAMES = 200
BURST = f"""
import socket
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind(("vwr0", 0))
for _ in range({FRAMES}):
    s.send(bytes.fromhex("ffffffffffff 020000000001 88b5") + bytes(50))
"""


def frames_read(pid):
    """The frames that the program has read from its tap."""
    with open(f"/proc/{pid}/net/dev", encoding="ascii") as rows:
        return next(int(row.split()[10]) for row in rows if row.split()[0] == "vwr0:")


def test_burst_on_the_tap(work):
    """Frames that arrive while the program does not look are all read, though nothing comes after them."""
    why = guests.no_tap()
    if why is not None:
        pytest.skip(why)
    command = ["unshare", "--net", guests.program(), "net", "--socket", "card", "--tap", "vwr0"]
    with guests.Server(command, work / "card", log=work / "log", cwd=work) as server:
        pid = server.process.pid
        inside = ["nsenter", "-t", str(pid), "--net"]
        subprocess.run([*inside, "busybox", "ip", "link", "set", "vwr0", "up"], check=True)
        os.kill(pid, signal.SIGSTOP)
        subprocess.run([*inside, sys.executable, "-c", BURST], check=True)
        os.kill(pid, signal.SIGCONT)
        end = time.monotonic() + 10
        while frames_read(pid) < FRAMES:
            assert server.process.poll() is None and time.monotonic() < end, frames_read(pid)
            time.sleep(0.01)
