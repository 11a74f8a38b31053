# SPDX-License-Identifier: MIT
"""A CAN controller on a Unix socket, with frames in both directions and in order; clocks; an I2C bus, GPIO lines, chips, sensors."""

import contextlib
import os
import random
import socket
import struct
import time

import good
import vhost_guests as guests
from front import USUAL, Front
from good import DATA

TXQ, RXQ, CONTROLQ = 0, 1, 2
CLASSIC, WITH_FD, ALARM = 1, 2, 1  # features
OK, NOT_OK = b"\0", b"\1"
HEADER = struct.Struct("<HHBBHII")  # type, length, reserved, flags, identifier
FD, EXTENDED = 0x4000, 0x8000
FRAME = struct.Struct("=IB3x")  # linux/can.h: identifier, length; then 8 bytes of data, or 64
EFF = 0x80000000
FRAMES = 10000
ROOM = 80  # of a received frame


class Node(good.Guest):
    """A controller on the bus."""

    rings = 3

    def control(self, start):
        self.front.memory[DATA : DATA + 2] = struct.pack("<H", 0x201 if start else 0x202)
        self.front.rings[CONTROLQ].put((DATA, 2, False), (DATA + 16, 1, True))
        assert self.front.rings[CONTROLQ].wait() == 1
        return self.front.memory[DATA + 16 : DATA + 17]

    def place(self, number):
        return DATA + 0x1000 + 0x100 * (number % 16)

    def put(self, number):
        """Sends a frame: of either type, with either identifier."""
        data = content(number)
        flags = (FD if number % 2 else 0) | (EXTENDED if number % 3 else 0)
        at = self.place(number)
        message = HEADER.pack(1, len(data), 0, 0, 0, flags, number % 0x7FF) + data
        self.front.memory[at : at + len(message)] = message
        self.front.rings[TXQ].put((at, len(message), False), (at + 0xF0, 1, True))

    def ends(self, number):
        assert self.front.rings[TXQ].wait() == 1
        at = self.place(number) + 0xF0
        return self.front.memory[at : at + 1]

    def post(self, number):
        self.front.rings[RXQ].put((self.place(number) + 0x8000, ROOM, True))

    def get(self, number):
        """The next frame: flags, identifier, data."""
        count = self.front.rings[RXQ].wait()
        at = self.place(number) + 0x8000
        kind, length, _, _, _, flags, name = HEADER.unpack(self.front.memory[at : at + HEADER.size])
        assert kind == 0x101 and count == HEADER.size + length
        return flags, name, self.front.memory[at + HEADER.size : at + count]


def content(number):
    return struct.pack("<I", number) + bytes([number & 0xFF]) * (number % (37 if number % 2 else 5))


def packed(number):
    """The frame as Linux has it."""
    data = content(number)
    name = number % 0x7FF | (EFF if number % 3 else 0)
    return FRAME.pack(name, len(data)) + data.ljust(64 if number % 2 else 8, b"\0")


@contextlib.contextmanager
def bus(work, *words):
    """A vwr-vhost, and the other end of its bus."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listens, guests.short(work) as folder:
        listens.bind(f"{folder}/bus")
        listens.listen()
        listens.settimeout(10)
        command = [guests.program(), "can", "--socket", "can", "--host", "bus", *words]
        with guests.Server(command, work / "can", log=work / "log", cwd=work) as server:
            with listens.accept()[0] as end, Front(work / "can") as front:
                end.settimeout(10)
                yield end, Node(front.begin(Node.rings, USUAL | CLASSIC | WITH_FD))
            assert server.stop() == 0


def test_frames_of_the_guest(work):
    """None is lost, doubled or overtaken; a frame is refused before the start, and after the stop."""
    with bus(work) as (end, node):
        node.put(0)
        assert node.ends(0) == NOT_OK
        assert node.control(True) == OK
        for number in range(FRAMES):
            node.put(number)
            assert end.recv(100) == packed(number), number
            assert node.ends(number) == OK
        assert node.control(False) == OK
        node.put(1)
        assert node.ends(1) == NOT_OK


def test_frames_of_the_bus(work):
    """Frames wait for buffers of the guest; what is none is dropped."""
    chance = random.Random(1)
    with bus(work) as (end, node):
        assert node.control(True) == OK
        sent = 0
        for number in range(FRAMES):
            while sent < FRAMES and sent < number + 4 + chance.randrange(4):
                if chance.randrange(8) == 0:
                    end.send(
                        chance.choice((b"", b"x" * 15, b"x" * 17, FRAME.pack(1, 9) + bytes(8)))[:72] or b"y"
                    )
                end.send(packed(sent))
                sent += 1
            node.post(number)
            flags, name, data = node.get(number)
            assert (name, data) == (number % 0x7FF, content(number)), number
            assert flags == (FD if number % 2 else 0) | (EXTENDED if number % 3 else 0)


def soon(happens):
    """Within a second. A slow machine makes the bus less full than it could be."""
    end = time.monotonic() + 1
    while not happens() and time.monotonic() < end:
        time.sleep(0.0005)
    return happens()


def test_the_bus_has_no_room(work):
    """A frame of the guest waits for room, also if one of the bus comes meanwhile."""
    with bus(work) as (end, node):
        assert node.control(True) == OK
        number = 0
        node.put(0)
        while soon(node.front.rings[TXQ].done):
            number += 1
            node.put(number)
        node.post(0)
        end.send(packed(0))
        assert node.get(0)[1:] == (0, content(0))
        for one in range(number + 1):
            assert end.recv(100) == packed(one)
        assert node.ends(number) == OK


def test_the_bus_is_gone(work):
    """The controller is bus off: its configuration says so, and its frames fail, also after another start."""
    with bus(work) as (end, node):
        assert node.control(True) == OK
        node.put(0)
        assert node.ends(0) == OK
        end.shutdown(socket.SHUT_RDWR)
        end.close()
        asks = struct.pack("=III", 0, 2, 0) + bytes(2)
        good.until(lambda: node.front.ask("GET_CONFIG", asks)[12:] == b"\1\0", "it is not bus off")
        node.put(1)
        assert node.ends(1) == NOT_OK
        assert node.control(True) == OK
        assert node.front.ask("GET_CONFIG", asks)[12:] == b"\0\0"
        node.put(2)
        assert node.ends(2) == NOT_OK


def test_words(work):
    """An interface that there is not, and none at all."""
    place = work / "can"
    for words, code, text in (
        (("--interface", "nocan0"), 1, "nocan0: No such device"),
        ((), 2, "--interface NAME or --host PATH"),
        (("--host", "nobody"), 1, "nobody: No such file or directory"),
    ):
        run = guests.subprocess.run(
            [guests.program(), "can", "--socket", place, *words],
            cwd=work,
            capture_output=True,
            text=True,
            timeout=20,
        )
        assert run.returncode == code and text in run.stderr, run.stderr


class Clocks(good.Guest):
    """Reads clocks, and sets their alarms."""

    rings = 2
    READ, CFG, SET_ALARM = 1, 0x1000, 0x1004

    def ask(self, kind, room, body=b""):
        message = struct.pack("<HHI", kind, 0, 0) + body
        self.front.memory[DATA : DATA + len(message)] = message
        self.front.rings[0].put((DATA, len(message), False), (DATA + 0x1000, room, True))
        assert self.front.rings[0].wait() == room
        answer = self.front.memory[DATA + 0x1000 : DATA + 0x1000 + room]
        assert answer[0] == 0
        return answer[8:]


def test_clocks(work):
    command = [guests.program(), "rtc", "--socket", "rtc"]
    with guests.Server(command, work / "rtc", log=work / "log", cwd=work) as server:
        with Front(work / "rtc") as front:
            clocks = Clocks(front.begin(Clocks.rings, USUAL | ALARM))
            assert struct.unpack("<H", clocks.ask(clocks.CFG, 16)[:2]) == (3,)
            before = time.time_ns()
            utc = struct.unpack("<Q", clocks.ask(clocks.READ, 16, struct.pack("<HHI", 0, 0, 0)))[0]
            assert before <= utc <= time.time_ns()
            front.rings[1].put((DATA + 0x2000, 16, True))
            clocks.ask(clocks.SET_ALARM, 8, struct.pack("<QHBBI", utc, 0, 1, 0, 0))
            assert front.rings[1].wait() == 16
            assert front.memory[DATA + 0x2000 : DATA + 0x2002] == b"\0\x20"
        assert server.stop() == 0


class Platform(good.Guest):
    """A platform with sensors."""

    rings = 2

    def ask(self, protocol, message, body=b"", room=140):
        """The status, and the return values."""
        request = struct.pack("<I", message | protocol << 10 | 5 << 18) + body
        self.front.memory[DATA : DATA + len(request)] = request
        self.front.rings[0].put((DATA, len(request), False), (DATA + 0x1000, room, True))
        answer = bytes(self.front.memory[DATA + 0x1000 : DATA + 0x1000 + self.front.rings[0].wait()])
        assert answer[:4] == request[:4]
        return struct.unpack("<i", answer[4:8])[0], answer[8:]


def test_sensors(work):
    """The values are those of the files when they are read; what is no number fails."""
    names = [f"temp{number}_input" for number in range(8)]
    for number, name in enumerate(names):
        (work / name).write_text(f"{1000 * number - 3000}\n", encoding="utf-8")
    files = [word for name in names for word in ("--file", work / name)]
    with guests.Server(
        [guests.program(), "scmi", "--socket", "scmi", *files], work / "scmi", log=work / "log", cwd=work
    ) as server:
        with Front(work / "scmi") as front:
            platform = Platform(front.begin(Platform.rings, USUAL | 1))
            assert platform.ask(0x10, 6, bytes(4)) == (0, struct.pack("<II", 1, 0x15))
            assert platform.ask(0x15, 1) == (0, struct.pack("<IIII", 8, 0, 0, 0))
            described = []
            while len(described) < len(names):
                status, values = platform.ask(0x15, 3, struct.pack("<I", len(described)))
                count = struct.unpack("<I", values[:4])[0]
                assert (status, len(values)) == (0, 4 + 28 * (count & 0xFFF))
                described += [values[at : at + 28] for at in range(4, len(values), 28)]
                assert count >> 16 == len(names) - len(described)
            assert described == [
                struct.pack("<III16s", number, 0, 2 | 0x1D << 11, name.encode())
                for number, name in enumerate(names)
            ]
            for number in range(8):
                assert platform.ask(0x15, 6, struct.pack("<II", number, 0)) == (
                    0,
                    struct.pack("<q", 1000 * number - 3000),
                )
            (work / names[1]).write_text("-5", encoding="utf-8")
            assert platform.ask(0x15, 6, struct.pack("<II", 1, 0)) == (0, struct.pack("<q", -5))
            (work / names[1]).write_text("hot", encoding="utf-8")
            assert platform.ask(0x15, 6, struct.pack("<II", 1, 0)) == (-9, b"")
            (work / names[2]).unlink()
            os.mkfifo(work / names[2])
            assert platform.ask(0x15, 6, struct.pack("<II", 2, 0)) == (-9, b"")
            assert platform.ask(0x15, 6, struct.pack("<II", 0, 1)) == (-1, b"")
            assert platform.ask(0x15, 6, struct.pack("<II", 8, 0)) == (-4, b"")
            assert platform.ask(0x15, 3, struct.pack("<I", 8)) == (-5, b"")
        assert server.stop() == 0


class Messages(good.Guest):
    """Sends messages on the first queue."""

    def __init__(self, front, rings, features):
        self.rings = rings
        super().__init__(front.begin(rings, USUAL | features))

    def ask(self, out, room):
        self.front.memory[DATA : DATA + len(out)] = out
        self.front.rings[0].put((DATA, len(out), False), (DATA + 0x4000, room, True))
        count = self.front.rings[0].wait()
        return self.front.memory[DATA + 0x4000 : DATA + 0x4000 + count]


@contextlib.contextmanager
def chips(work, rings, kind, features=0):
    command = [guests.program(), kind, "--socket", kind]
    with guests.Server(command, work / kind, log=work / "log", cwd=work) as server:
        with Front(work / kind) as front:
            yield Messages(front, rings, features)
        assert server.stop() == 0


def test_memory_on_the_i2c_bus(work):
    """The memory at 0x50 keeps what is written; nothing is at another address, and the rest of a transfer fails."""
    head = struct.Struct("<HHI")
    with chips(work, 1, "i2c", 1) as guest:
        assert guest.ask(head.pack(0x50 << 1, 0, 0) + bytes([16]) + b"kept", 1) == OK
        assert guest.ask(head.pack(0x50 << 1, 0, 1) + bytes([16]), 1) == OK
        assert guest.ask(head.pack(0x50 << 1, 0, 2), 5) == b"kept\0"
        assert guest.ask(head.pack(0x51 << 1, 0, 0) + b"x", 1) == NOT_OK


def test_lines_in_pairs(work):
    """A level arrives at the other end, in both directions, with an interrupt; a line that is an output again is low."""
    ask = struct.Struct("<HHI")
    direction, get, put, irq, out, rising = 3, 4, 5, 6, 1, 1
    with chips(work, 2, "gpio", 1) as guest:
        assert guest.ask(ask.pack(1, 0, 0), 1 + 32)[1:5] == b"a-0\0"
        assert guest.ask(ask.pack(direction, 1, out), 2) == OK * 2
        for line in (5, 1):
            assert guest.ask(ask.pack(get, line, 0), 2) == OK * 2
        assert guest.ask(ask.pack(irq, 5, rising), 2) == OK * 2
        memory, events = guest.front.memory, guest.front.rings[1]
        memory[DATA + 0x6000 : DATA + 0x6002] = struct.pack("<H", 5)
        events.put((DATA + 0x6000, 2, False), (DATA + 0x6010, 1, True))
        assert guest.ask(ask.pack(put, 1, 1), 2) == OK * 2
        assert events.wait() == 1 and memory[DATA + 0x6010] == 1
        assert guest.ask(ask.pack(get, 5, 0), 2) == b"\0\1"
        assert guest.ask(ask.pack(get, 6, 0), 2) == OK * 2
        assert guest.ask(ask.pack(direction, 1, 0), 2) == OK * 2
        assert guest.ask(ask.pack(get, 5, 0), 2) == OK * 2


def test_chips_of_the_program(work):
    """Two chips return what they receive. A third one, and a delay, are refused."""
    head = struct.Struct("<BBBBB3x6I")
    data = bytes(range(64))
    with chips(work, 1, "spi") as guest:
        for mode in range(32):
            for width in (0, 1, 2, 4, 8):
                sent = head.pack(mode % 2, 8, 0, width, width, mode, 1000000, 0, 0, 0, 0) + data
                assert guest.ask(sent, 65) == data + OK
        assert guest.ask(head.pack(2, 8, 0, 0, 0, 0, 1, 0, 0, 0, 0) + data, 65)[-1:] == NOT_OK
        assert guest.ask(head.pack(0, 8, 0, 0, 0, 0, 1, 1, 0, 0, 0) + data, 65)[-1:] == NOT_OK


def test_chips_of_the_host(work):
    """A chip that there is not, and a file that is none."""
    for path, text in (("/dev/nospidev", "No such file or directory"), ("/dev/null", "Inappropriate ioctl")):
        run = guests.subprocess.run(
            [guests.program(), "spi", "--socket", work / "spi", "--chip", path],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert run.returncode == 1 and f"{path}: {text}" in run.stderr, run.stderr
