# SPDX-License-Identifier: MIT
"""Drivers of Linux 7.2 on devices of vwr-vhost behind QEMU 11.1: ./vwr soak modules."""

import contextlib
import os
import re
import socket
import struct
import threading
import time

import guest_packages as debian
import newest
import pytest
import vhost_guests as guests

FRAMES = 10000 * int(os.environ.get("VWR_TIMES", "1"))  # ./vwr soak modules sets it
EFF, RTR, ERR = 0x80000000, 0x40000000, 0x20000000  # linux/can.h
BUSOFF = 0x40
LENGTHS = (4, 8, 12, 16, 20, 24, 32, 48, 64)
FRAME = struct.Struct("=IBB2x")
# Two of the tools of examples/hypervisor, whose own program has more, for other libraries.
MAIN = """
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"
void fail(const char *what)
{
    printf("guest: FAILED: %s: %s\\n", what, strerror(errno));
    exit(1);
}
int main(int argc, char **argv)
{
    return argc > 2 && strcmp(argv[1], "i2c") == 0 ? i2c_main(argc - 2, argv + 2) : gpio_main(argc - 2, argv + 2);
}
"""


@pytest.fixture
def linux():
    try:
        return newest.prepare()
    except debian.NoLinux as why:
        (pytest.fail if "VWR_TIMES" in os.environ else pytest.skip)(f"no Debian sid: {why}")


def back_end(work, kind, name, *words):
    """A vwr-vhost that connects to QEMU."""
    command = [guests.program(), kind, "--socket", name, "--client", *words]
    return guests.Server(command, log=work / f"{name}.log", cwd=work)


def frame(sender, number):
    """As guest/can.c makes it."""
    fd, rtr = number % 2 == 1, number % 16 == 2
    name = sender if number % 4 < 2 else EFF | sender << 20 | number
    length = LENGTHS[number % 9] if fd else number // 16 % 9 if rtr else 4 + number % 5
    data = bytes(number >> 8 * i & 0xFF if i < 4 else (sender + i + number) & 0xFF for i in range(length))
    data = b"" if rtr else data
    return FRAME.pack(name | (RTR if rtr else 0), length, 0) + data.ljust(64 if fd else 8, b"\0")


def number_of(data):
    """The number in a frame of the first sender."""
    name = FRAME.unpack(data[: FRAME.size])[0]
    number = name & 0xFFFFF if name & EFF else int.from_bytes(data[8:11], "little")
    assert data == frame(1, number), data
    return number


class Bus:
    """The bus, on a Unix socket: what an end sends goes to all others, and is kept."""

    def __init__(self, path):
        self.listens = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listens.bind(str(path))
        self.listens.listen()
        self.listens.settimeout(newest.PATIENCE)
        self.ends, self.seen = [], []

    def add(self, reads=True):
        """The next end that connects; its number."""
        self.ends.append(self.listens.accept()[0])
        self.seen.append([])
        if reads:
            self.read(len(self.ends) - 1)
        return len(self.ends) - 1

    def read(self, number):
        threading.Thread(target=self.run, args=(number,), daemon=True).start()

    def run(self, number):
        with contextlib.suppress(OSError):
            while data := self.ends[number].recv(100):
                self.seen[number].append(data)
                for other, end in enumerate(self.ends):
                    if other != number:
                        end.send(data)

    def quiet(self, number):
        """What this end has sent, when no more comes."""
        before = -1
        while before != len(self.seen[number]):
            before = len(self.seen[number])
            time.sleep(1)
        return self.seen[number]


@contextlib.contextmanager
def controllers(work, linux, count):
    """A guest with controllers on one bus, whose interfaces are up."""
    with guests.short(work) as folder, contextlib.ExitStack() as stack:
        bus = Bus(f"{folder}/bus")
        back = [back_end(work, "can", f"s{n}", "--host", "bus") for n in range(count)]
        for one in back:
            stack.enter_context(one)
            bus.add()
        can = newest.static(work, "can", newest.HERE / "guest/can.c")
        devices = [("can", f"s{n}") for n in range(count)]
        guest = stack.enter_context(newest.machine(work, linux, devices, [("bin/can", can)]))
        for n in range(count):
            guest.ask(f"ip link set can{n} up")
        yield guest, bus, back


def confirmed(lines):
    """The frames that the device has reported as sent; the last line."""
    numbers = []
    for line in lines[:-1]:
        first, last = map(int, line.rsplit(" ", 1)[1].split("-"))
        numbers += range(first, last + 1)
    return numbers, lines[-1]


def check(sent, numbers):
    """On the bus, frames are in order, and none is doubled; each one that was reported is there."""
    order = [number_of(data) for data in sent]
    assert all(a < b for a, b in zip(order, order[1:])), "a frame is doubled, or was overtaken"
    assert set(numbers) <= set(order), sorted(set(numbers) - set(order))[:10]
    return order


def test_can_frames(work, linux):
    """Two controllers send at the same time: the guest compares all frames, and so does the bus."""
    with controllers(work, linux, 2) as (guest, bus, _):
        assert guest.ask(f"can exchange can0 can1 {FRAMES}") == [
            f"can exchanged {FRAMES} and {FRAMES} frames"
        ]
        for sender in range(2):
            assert bus.seen[sender] == [frame(sender + 1, number) for number in range(FRAMES)]


def test_can_bus_off(work, linux):
    """In the middle of frames, the bus is off; the guest is told, and goes on after another start."""
    with controllers(work, linux, 1) as (guest, bus, _):
        guest.say(f"can send can0 0 {FRAMES}")
        while len(bus.seen[0]) < FRAMES // 4:
            time.sleep(0.001)
        bus.ends[0].send(FRAME.pack(ERR | BUSOFF, 8, 0) + bytes(8))
        numbers, last = confirmed(guest.ends())
        assert last.endswith("bus off") and FRAMES // 4 <= len(numbers) < FRAMES, last
        check(bus.quiet(0), numbers)
        guest.ask("ip link set can0 down; ip link set can0 up")
        more, last = confirmed(guest.ask(f"can send can0 {FRAMES} 1000"))
        assert more == list(range(FRAMES, FRAMES + 1000)) and last.endswith("failed 0, bus on"), last
        check(bus.quiet(0), numbers + more)


def test_can_killed(work, linux):
    """A back end is killed with frames in flight: each one that was reported is on the bus, once."""
    with controllers(work, linux, 1) as (guest, bus, back):
        guest.say(f"can send can0 0 {FRAMES}")
        while len(bus.seen[0]) < FRAMES // 4:
            time.sleep(0.001)
        for child in guests.children(back[0].process.pid):
            os.kill(child, guests.signal.SIGKILL)
        back[0].kill()
        numbers, last = confirmed(guest.ends())
        assert last.endswith("failed 0, bus on"), last
        assert FRAMES // 4 - 64 < len(numbers) < int(re.search(r"sent up to (\d+)", last)[1]) < FRAMES, last
        check(bus.quiet(0), numbers)


def test_chips_lines_and_clocks(work, linux):
    """A memory on an I2C bus, linked lines, chips in each mode, and the clocks of the host."""
    kinds = ("i2c", "gpio", "spi", "rtc")
    runtime = [
        guests.ROOT / path
        for path in ("runtime/include", "generated/include", "runtime/port/host", "hosted/posix")
    ]
    (work / "main.c").write_text(MAIN, "utf-8")
    programs = [
        (
            "bin/spi",
            newest.static(
                work, "spi", newest.HERE / "guest/spi.c", runtime[-1] / "vwr_posix_spi.c", include=runtime
            ),
        ),
        (
            "bin/tool",
            newest.static(
                work,
                "tool",
                work / "main.c",
                *(newest.TOOLS / f"{one}.c" for one in ("gpio", "i2c")),
                include=[newest.TOOLS],
            ),
        ),
        ("bin/clock", newest.static(work, "clock", newest.HERE / "guest/clock.c")),
        ("spi_chips.ko", linux.chips),
    ]
    with contextlib.ExitStack() as stack:
        for kind in kinds:
            stack.enter_context(back_end(work, kind, f"s-{kind}"))
        devices = [(kind, f"s-{kind}") for kind in kinds]
        guest = stack.enter_context(newest.machine(work, linux, devices, programs, "spidev.bufsiz=8192"))
        buses(guest)
        clocks(guest)


def buses(guest):
    assert guest.ask("tool i2c detect") == ["i2c 0x50 answers", "i2c 117 addresses asked"]
    assert guest.ask("tool i2c memory") == ["i2c 256 bytes are right"]
    assert guest.ask("tool i2c refused") == ["i2c errors are right"]
    assert guest.ask("tool gpio info") == ["gpio 8 lines: a-0 a-1 a-2 a-3 b-0 b-1 b-2 b-3"]
    assert guest.ask("tool gpio links") == ["gpio 166 edges are right"]
    guest.ask("insmod /spi_chips.ko")
    chips = guest.ask("ls -1 /dev/spidev*")
    assert len(chips) == 2
    for chip in chips:
        assert guest.ask(f"spi {chip}") == ["spi 96 transfers are right"]


def clocks(guest):
    """UTC, TAI and the monotonic clock, which are those of this machine."""
    names = guest.ask("cat /sys/class/ptp/*/clock_name")
    assert len(names) == 3 and all("irtio" in name for name in names), names
    host = [time.CLOCK_REALTIME, time.CLOCK_TAI, time.CLOCK_MONOTONIC]
    before = [time.clock_gettime_ns(one) for one in host]
    times = [int(line) for line in guest.ask("clock /dev/ptp0 /dev/ptp1 /dev/ptp2")]
    for one, first, now in zip(host, before, times):
        assert first <= now <= time.clock_gettime_ns(one), (first, now)
