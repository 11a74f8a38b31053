# SPDX-License-Identifier: MIT
"""Takes each driver of a Linux guest from its devices and binds it anew, while the devices are used."""

import threading
from pathlib import Path

import checks

COPY_MIB, TREE_MIB, BALLOON_MIB, UNIT_MIB, CRYPTO_KIB = 1, 2, 128, 1, 16  # that each device moves afterwards
HAMMER = (Path(__file__).parent / "guest" / "hammer.sh").read_bytes()
# What Linux breaks: it gives the statistics queue its buffer, and notifies, before DRIVER_OK.
TRUE = r"monitor of balloon: driver, init\.drv\.15 "
# What the kernel says while a driver is not bound.
UNBOUND = (
    "9pnet_virtio: no channels available",
    "I/O error, dev vda|Buffer I/O error on dev",
    r"(I/O|device offline) error, dev sd",
    r"\[sd[a-z]+\] (Asking for cache data failed|No Caching mode page found|Assuming drive cache)",
)


class Repeat(threading.Thread):
    """Does something of the host's again and again, within a context."""

    def __init__(self, do):
        super().__init__(daemon=True)
        self.do, self.over = do, threading.Event()

    def run(self):
        number = 0
        while not self.over.wait(0.02):
            self.do(number)
            number += 1

    def __enter__(self):
        self.start()

    def __exit__(self, *_):
        self.over.set()
        self.join()


def hammer(machine, times, driver, *more):
    machine.guests[0].ask(" ".join(["hammer", driver, str(times), *more]), 300)


def bind_anew(machine, times):
    """Each driver of the left guest, while its devices are used; after each, the devices do what they are for."""
    left = machine.guests[0]
    machine.addressed()
    hammer(machine, times, "virtio_net", machine.addresses[0], machine.card, machine.addresses[1])
    checks.network(machine, COPY_MIB)
    with Repeat(lambda number: machine.monitor.press("abcd"[number % 4])):
        hammer(machine, times, "virtio_input")
    checks.keys(machine)
    checks.leds(machine)
    hammer(machine, times, "9pnet_virtio")
    checks.folder(machine, 0, TREE_MIB, 1)
    with Repeat(lambda number: machine.balloon(0, number % 2 * BALLOON_MIB)):
        hammer(machine, times, "virtio_balloon")
    checks.balloon(machine, 0, BALLOON_MIB)
    hammer(machine, times, "virtio_scsi")
    checks.scsi(machine, 0, UNIT_MIB)
    hammer(machine, times, "vmw_vsock_virtio_transport")
    checks.sockets(machine, 0, 1)
    left.ask(f"crypto_anew {times}", 300)
    checks.crypto(machine, 0, CRYPTO_KIB)
    hammer(machine, times, "virtio_rng")
    hammer(machine, times, "virtio_blk")
    left.ask(
        "dd if=/dev/vda of=/dev/null bs=64k iflag=direct && dd if=/dev/hwrng of=/dev/null bs=64 count=16"
    )
    checks.warnings(machine, UNBOUND)
    hammer(machine, times, "virtio_gpu")  # its kernel leaks what is in flight then, and says so
    checks.screen(machine)
    left.begin(f"hammer virtio_console {times}").lines_until("^guest: again$", 300)
    left.ask("devices")
