# SPDX-License-Identifier: MIT
"""examples/small/console.c and entropy.c with each kind of ring. The other ends of the ports are sockets."""
import socket
import sys
import threading
import time

import pytest

sys.dont_write_bytecode = True
import boot
from processes import need
from test_small import host

KINDS = [
    (version, ring)
    for version in ("legacy", "modern")
    for ring in ("split", "packed")
    if (version, ring) != ("legacy", "packed")
]
LINES = [b"a line for people\n", b"\0\xff" * 300 + b" a longer one for the program\n"]


@pytest.fixture(autouse=True)
def tools():
    need("qemu-system-aarch64", "aarch64-linux-gnu-gcc")


def packed(ring):
    return ",packed=on" if ring == "packed" else ""


class End:
    """The other end of a port: connects when QEMU listens, keeps all that comes, says its line when it may."""

    def __init__(self, path, when, line):
        self.path, self.when, self.line, self.got = path, when, line, b""
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        with socket.socket(socket.AF_UNIX) as end:
            end.settimeout(boot.TIMEOUT)
            for _ in range(boot.TIMEOUT * 20):
                try:
                    end.connect(self.path)
                    break
                except OSError:
                    time.sleep(0.05)
            said = self.when == b""
            if said:
                end.sendall(self.line)
            while more := end.recv(4096):
                self.got += more
                if not said and self.got == self.when:
                    end.sendall(self.line)
                    said = True


@pytest.mark.parametrize("version,ring", KINDS)
def test_console(version, ring, work, monkeypatch):
    """A line before the device runs; then what either end says comes back, whole, and nothing else."""
    image = (boot.BUILD / "examples" / "small" / "console").absolute()
    monkeypatch.chdir(work)  # a socket's name is short
    extra = ["-device", f"virtio-serial-device,max_ports=2{packed(ring)}"]
    for number, device in enumerate(("virtconsole", "virtserialport,name=org.example.echo")):
        extra += [
            "-chardev",
            f"socket,id=c{number},path=c{number}.sock,server=on,wait=on",
            "-device",
            f"{device},chardev=c{number},nr={number}",
        ]
    # The first speaks when it has read the early line, the second at once: QEMU keeps it until the port is open.
    ends = [End("c0.sock", b"early\n", LINES[0]), End("c1.sock", b"", LINES[1])]
    console = boot.boot(version, [], image=image, machine="virt,gic-version=2", extra=extra)
    for end in ends:
        end.thread.join()
    print([end.got for end in ends])
    assert console.lines == [f"{ring} rings", "org.example.echo", "example: OK"]
    assert [end.got for end in ends] == [b"early\n" + LINES[0], LINES[1]]


@pytest.mark.parametrize("version,ring", KINDS)
def test_entropy(version, ring):
    extra = ["-device", f"virtio-rng-device{packed(ring)}"]
    console = boot.boot(version, [], image="../small/entropy", machine="virt,gic-version=2", extra=extra)
    assert console.lines == [f"{ring} rings", "a seed of 32 bytes", "example: OK"]


@pytest.mark.parametrize("version", ["legacy", "modern"])
def test_on_the_fakes(version):
    assert host("console", version, "fast") == [
        "port 0: early",
        "split rings",
        "port 0: a line for port 0",
        "org.example.echo",
        "port 1: a line for port 1",
        "example: OK",
    ]
