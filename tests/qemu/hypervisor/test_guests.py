# SPDX-License-Identifier: MIT
"""Two Linux guests with all devices; the names are those of the demo's checks."""

import hashlib
import mmap
import socketserver
import threading

import agent
import anew
import checks
import host
import pytest
import saves

TIMES = 2  # that a driver is taken from its devices and bound anew; ./vwr soak linux has 50
TREE_MIB = 2  # in a folder
FILES_SECONDS = 1  # ./vwr soak linux has a minute
SAVES = 3  # of the guests' devices; ./vwr soak saves has 100
READ_MIB = 4  # of its disk, of which the host looks at all
CONNECTIONS = 64  # as many as a guest may have
PINGS = 60  # of the right guest, while the left one restarts
LEAST_MEGABYTES = 512  # end where the left guest's memory does
DEVICES = 13  # of the left guest
BEHIND = {"left": 0x48000000, "right": 0x60000000}  # where the plan has the guests' memory


def said_of_devices(machine):
    """The hypervisor's sentences about devices that it has not."""
    return [
        line.split(": ")[1]
        for line in machine.session.lines
        if line.startswith(("hypervisor: no ", "hypervisor: folders "))
    ]


def test_devices_that_the_machine_lacks(folder, full):
    """A sentence for each; the guest boots, its kernel says nothing, and its devices do what they can without."""
    with agent.Behind(folder, full, count=1, real=("keyboard", "tablet")) as machine:
        (guest,) = machine.ready().guests
        assert said_of_devices(machine) == ["no network card, so guests reach only each other", "no screen"]
        checks.leds(machine)
        checks.keys(machine, number=8)
        guest.ask("draw 1 4 && undraw && ip link set eth0 up && dd if=/dev/vda of=/dev/null bs=64k count=16")
        guest.ask("ping -c 1 -W 1 10.0.2.2", may_fail=True)
        checks.warnings(machine)
        machine.off()
    with agent.Behind(
        folder, full, count=1, real=("network", "screen"), megabytes=LEAST_MEGABYTES
    ) as machine:
        (guest,) = machine.ready().guests
        assert said_of_devices(machine) == ["no keyboard", "no tablet", "folders of 0 KiB"]
        assert len(guest.ask("devices")) == DEVICES
        guest.ask("tool leds 1 1 1; net_up")
        assert "No space left" in " ".join(
            guest.ask(f"mount_folder {agent.TAG}; echo no 2>&1 >/folder/new", may_fail=True)
        )
        checks.screen(machine)
        checks.warnings(machine)
        machine.off()


def memory_has(machine, name, words):
    """Are these bytes in the memory of a guest? By QEMU, from outside."""
    path = machine.folder / "memory"
    machine.monitor("pmemsave", val=BEHIND[name], size=host.RAM_BYTES, filename=str(path))
    try:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
            return memory.find(words) >= 0
    finally:
        path.unlink()


class Sink(socketserver.BaseRequestHandler):
    """Takes what comes, and throws it away."""

    def handle(self):
        while self.request.recv(1 << 16):
            pass


@pytest.fixture
def sink():
    """A port of this machine's that takes everything."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def shows_rest(machine):
    """What ./vwr demo linux shows, but for that of which anew.bind_anew asks again."""
    machine.addressed()
    checks.fs(machine, 0, TREE_MIB, FILES_SECONDS)
    checks.folder(machine, 1, TREE_MIB, FILES_SECONDS, seed=2)
    checks.balloon(machine, 1, anew.BALLOON_MIB)
    checks.scsi(machine, 1, anew.UNIT_MIB)
    checks.sockets(machine, 1, anew.COPY_MIB)
    checks.crypto(machine, 1, anew.CRYPTO_KIB)
    checks.warnings(machine)


def restarts(machine, sink):
    """The left one is reset in the middle of all that it does; nothing of it comes to the right one."""
    left, right = machine.guests
    turned = bytes(
        byte + 1 & 255 for byte in machine.data[4096 : 4096 + 32]
    )  # only the left guest makes that of it
    wanted = (
        checks.tree_sums(machine.data, TREE_MIB),
        f"{PINGS} packets received",
        hashlib.sha256(host.right_window()[: READ_MIB << 20]).hexdigest(),
    )
    right.ask(f"mount_folder {agent.TAG}; plant /folder/tree {TREE_MIB}")
    right.begin(
        f"ping -c {PINGS} -i 0.1 10.0.2.2 & sums /folder/tree; dd if=/dev/vda bs=1M count={READ_MIB} iflag=direct | sha256sum; wait"
    )
    left.begin(f"tool vsock hold {CONNECTIONS} & busy {sink}").lines_until("^vsock holds")
    left.lines_until("^sent$")
    left.lines_until("^sent$")
    assert memory_has(machine, "left", turned), "the test would not see it"
    machine.reset(0)
    left.ready()
    left.found("tool vsock many 1", "^vsock 1 connections")  # the hypervisor has closed its ends
    said = "\n".join(right.finish())
    assert all(one in said for one in wanted), said
    assert not memory_has(machine, "right", turned)
    assert host.window(machine.folder, 1) == host.right_window()
    right.ask("rm -rf /folder/tree; umount /folder")


def test_all_devices(folder, full, sink):
    """In one machine, since two Linux guests take long to boot."""
    with agent.Behind(folder, full, more=anew.HAMMER + saves.MOVING) as machine:
        shows_rest(machine.ready())
        restarts(machine, sink)
        saves.save_under_traffic(machine, SAVES, 0.2)
        anew.bind_anew(machine, TIMES)
        machine.off()
