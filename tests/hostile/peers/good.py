# SPDX-License-Identifier: MIT
"""Well-behaved guests: the requests for each class while another front end is hostile."""

import struct
import threading
import time

from front import PATIENCE, Front, Hang

SECTOR = 512
SECTORS = 256
DATA = 0x40000  # of the guest's memory: buffers


def until(happens, what):
    """Waits for a condition. `what` is the error message if it never becomes true."""
    end = time.monotonic() + PATIENCE
    while not happens():
        if time.monotonic() > end:
            raise Hang(what() if callable(what) else what)
        time.sleep(0.0005)


def sector(number):
    """The contents of a disk sector."""
    return struct.pack("=Q", number * 0x9E3779B97F4A7C15 & (1 << 64) - 1) * (SECTOR // 8)


class Guest:
    """`one` makes a request and checks the answer."""

    rings = 1

    def __init__(self, front):
        self.front = front
        self.count = 0

    def prepare(self):
        """Nothing, unless the class has a session."""


class Blk(Guest):
    """Reads sectors, and compares them with the file."""

    def one(self):
        number = self.count % SECTORS
        memory = self.front.memory
        memory[DATA : DATA + 16] = struct.pack("=IIQ", 0, 0, number)
        memory[DATA + 0x1000 : DATA + 0x1000 + SECTOR + 1] = b"\xee" * (SECTOR + 1)
        ring = self.front.rings[0]
        ring.put((DATA, 16, False), (DATA + 0x1000, SECTOR + 1, True))
        ring.wait()
        assert memory[DATA + 0x1000 : DATA + 0x1000 + SECTOR + 1] == sector(number) + b"\0", number
        self.count += 1

    def write(self, number, data):
        """Its status."""
        memory = self.front.memory
        memory[DATA : DATA + 16] = struct.pack("=IIQ", 1, 0, number)
        memory[DATA + 0x1000 : DATA + 0x1000 + len(data)] = data
        ring = self.front.rings[0]
        ring.put((DATA, 16, False), (DATA + 0x1000, len(data), False), (DATA + 0x8000, 1, True))
        ring.wait()
        return memory[DATA + 0x8000]


class Rng(Guest):
    """Reads random bytes, which must differ from the previous ones."""

    def one(self):
        memory = self.front.memory
        memory[DATA : DATA + 32] = bytes(32)
        ring = self.front.rings[0]
        ring.put((DATA, 32, True))
        assert ring.wait() == 32 and memory[DATA : DATA + 32] != bytes(32)


class Fs(Guest):
    """Looks up a file in the shared folder, whose size is known."""

    rings = 2
    SIZE = 4321

    def message(self, operation, body, node=1, more=0):
        """A request; `more` bytes of it follow."""
        self.count += 1
        return struct.pack("=IIQQIIII", 40 + len(body) + more, operation, self.count, node, 0, 0, 0, 0) + body

    def ask(self, operation, body, room, node=1):
        message = self.message(operation, body, node)
        memory = self.front.memory
        memory[DATA : DATA + len(message)] = message
        memory[DATA + 0x1000 : DATA + 0x1000 + room] = bytes(room)
        ring = self.front.rings[1]
        ring.put((DATA, len(message), False), (DATA + 0x1000, room, True))
        count = ring.wait()
        answer = memory[DATA + 0x1000 : DATA + 0x1000 + count]
        length, error, number = struct.unpack("=IiQ", answer[:16])
        assert (length, error, number) == (count, 0, self.count)
        return answer[16:]

    def prepare(self):
        self.ask(26, struct.pack("=IIII", 7, 31, 0, 0), 16 + 64)  # FUSE_INIT

    def open(self):
        """The node of the file and a handle for it."""
        node = struct.unpack("=Q", self.ask(1, b"file\0", 16 + 128)[:8])[0]
        return node, struct.unpack("=Q", self.ask(14, struct.pack("=II", 2, 0), 32, node)[:8])[0]  # FUSE_OPEN

    def one(self):
        entry = self.ask(1, b"file\0", 16 + 128)  # FUSE_LOOKUP
        assert struct.unpack("=Q", entry[48:56])[0] == self.SIZE


class Vsock(Guest):
    """Requests a connection to a port on which nobody listens; it is refused."""

    rings = 3
    CID = 3
    PORTS = 1000

    def one(self):
        self.count += 1
        port = self.PORTS + self.count
        packet = struct.pack("=QQIIIHHIII", self.CID, 2, port, 7, 0, 1, 1, 0, 65536, 0)
        memory, rings = self.front.memory, self.front.rings
        rings[0].put((DATA + 0x1000, 4096, True))
        memory[DATA : DATA + len(packet)] = packet
        rings[1].put((DATA, len(packet), False))
        rings[1].wait()
        assert rings[0].wait() == len(packet)
        answer = struct.unpack("=QQIIIHHIII", memory[DATA + 0x1000 : DATA + 0x1000 + len(packet)])
        assert answer[:4] == (2, self.CID, 7, port) and answer[6] == 3, answer  # RST


class Console(Guest):
    """Writes bytes, which the program accepts."""

    rings = 2

    def one(self):
        self.front.memory[DATA : DATA + 16] = b"%15d\n" % self.count
        self.front.rings[1].put((DATA, 16, False))
        assert self.front.rings[1].wait() == 0
        self.count += 1


class Scsi(Guest):
    """Reads sectors of the first unit, and compares them with the file."""

    rings = 3
    HEAD, ANSWER = 51, 108  # bytes

    def ask(self, command, *parts):
        """Its status and the answer of the transport: 0 and 0, if all is well."""
        memory, ring = self.front.memory, self.front.rings[2]
        head = (
            bytes([1, 0, 0x40, 0, 0, 0, 0, 0])
            + struct.pack("=QBBB", self.count, 0, 0, 0)
            + command.ljust(32, b"\0")
        )
        memory[DATA : DATA + self.HEAD] = head
        answer = (DATA + 0x8000, self.ANSWER, True)
        ring.put((DATA, self.HEAD, False), answer, *parts)
        ring.wait()
        self.count += 1
        return memory[DATA + 0x8000 + 10 : DATA + 0x8000 + 12]

    def prepare(self):
        """A new unit reports first that it is new."""
        for _ in range(2):
            self.ask(bytes(6))  # TEST UNIT READY

    def one(self):
        number = self.count % SECTORS
        command = struct.pack(">BBIBHB", 0x28, 0, number, 0, 1, 0)  # READ (10)
        assert self.ask(command, (DATA + 0x1000, SECTOR, True)) == b"\0\0", self.count
        assert self.front.memory[DATA + 0x1000 : DATA + 0x1000 + SECTOR] == sector(number)


class P9(Guest):
    """Opens a session, and asks for the size of a file."""

    VERSION, ATTACH, WALK, ATTRIBUTES, CLUNK = 100, 104, 110, 24, 120
    NONE = 0xFFFFFFFF
    SIZE_AT = 56  # of the answer: the size

    @staticmethod
    def text(words):
        return struct.pack("=H", len(words)) + words

    def ask(self, kind, body):
        memory, ring = self.front.memory, self.front.rings[0]
        message = struct.pack("=IBH", 7 + len(body), kind, self.count & 0xFFF) + body
        memory[DATA : DATA + len(message)] = message
        ring.put((DATA, len(message), False), (DATA + 0x1000, 4096, True))
        count = ring.wait()
        answer = memory[DATA + 0x1000 : DATA + 0x1000 + count]
        assert struct.unpack("=IBH", answer[:7]) == (count, kind + 1, self.count & 0xFFF), answer
        self.count += 1
        return answer

    def prepare(self):
        self.ask(self.VERSION, struct.pack("=I", 8192) + self.text(b"9P2000.L"))
        body = struct.pack("=II", 0, self.NONE) + self.text(b"") + self.text(b"") + struct.pack("=I", 0)
        self.ask(self.ATTACH, body)

    def one(self):
        self.ask(self.WALK, struct.pack("=IIH", 0, 1, 1) + self.text(b"file"))
        answer = self.ask(self.ATTRIBUTES, struct.pack("=IQ", 1, 0x3FFF))
        assert struct.unpack("=Q", answer[self.SIZE_AT : self.SIZE_AT + 8])[0] == Fs.SIZE
        self.ask(self.CLUNK, struct.pack("=I", 1))


class Balloon(Guest):
    """Gives a page, whose content is gone then."""

    rings = 3  # pages that are given, that are taken back, that are free
    PAGE = 0x80

    def one(self):
        memory = self.front.memory
        page = self.PAGE + self.count % 16
        memory[page << 12 : (page << 12) + 8] = b"\xaa" * 8
        memory[DATA : DATA + 4] = struct.pack("=I", page)
        self.front.rings[0].put((DATA, 4, False))
        self.front.rings[0].wait()
        assert memory[page << 12 : (page << 12) + 8] == bytes(8), self.count
        self.front.rings[1].put((DATA, 4, False))
        self.front.rings[1].wait()
        self.count += 1


class Net(Guest):
    """
    Sends frames to another guest of the switch, which compares them. The other guest takes what comes while the frame
    waits: a third one may have filled its buffer. A frame that a switch has lost meanwhile is sent again.
    """

    rings = 2
    HEADER = 12
    AGAIN = 0.05  # seconds

    def __init__(self, front, peer, addresses):
        super().__init__(front)
        self.peer, self.addresses = peer, addresses

    def prepare(self):
        self.peer.rings[0].put((DATA + 0x4000, 2048, True))

    def send(self, frame):
        self.front.memory[DATA : DATA + self.HEADER + len(frame)] = bytes(self.HEADER) + frame
        self.front.rings[1].put((DATA, self.HEADER + len(frame), False))
        return time.monotonic() + self.AGAIN

    def receive(self):
        """The next frame from any guest; None: none yet."""
        ring = self.peer.rings[0]
        if not ring.done():
            time.sleep(0.0002)
            return None
        count = ring.wait()
        frame = self.peer.memory[DATA + 0x4000 + self.HEADER : DATA + 0x4000 + count]
        self.prepare()
        return frame

    def one(self):
        self.count += 1
        frame = b"".join(self.addresses) + b"\x88\xb5" + struct.pack("=Q", self.count) + bytes(40)
        end = time.monotonic() + PATIENCE
        again = self.send(frame)
        while self.receive() != frame:
            now = time.monotonic()
            if now > end:
                raise Hang(f"no frame comes within {PATIENCE} s")
            if now > again and self.front.rings[1].done():
                again = self.send(frame)
        self.front.rings[1].wait()


CLASSES = {
    "blk": Blk,
    "rng": Rng,
    "fs": Fs,
    "vsock": Vsock,
    "console": Console,
    "scsi": Scsi,
    "9p": P9,
    "balloon": Balloon,
}


def address(front):
    """The address of a card: the first six bytes of its configuration."""
    return front.ask("GET_CONFIG", struct.pack("=III", 0, 6, 0) + bytes(6))[12:18]


class Switch:
    """Two guests on a switch that continuously exchange frames, in a thread."""

    def __init__(self, *places):
        self.fronts = [Front(place).begin(Net.rings) for place in places]
        addresses = [address(front) for front in self.fronts]
        self.guest = Net(*self.fronts, addresses[::-1])
        self.guest.prepare()
        self.wrong = None
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        try:
            while not self.ends.is_set():
                self.guest.one()
        except (AssertionError, OSError) as wrong:
            self.wrong = wrong

    def more(self, count):
        """Waits until this many more frames have arrived."""
        wanted = self.guest.count + count
        until(lambda: self.guest.count >= wanted or self.wrong, f"{count} frames do not come")
        if self.wrong is not None:
            raise self.wrong

    def __enter__(self):
        self.thread.start()
        return self

    def finish(self):
        """Ends after the current frame, which waits for its deadline if the back end is gone."""
        self.ends.set()
        self.thread.join(2 * PATIENCE)

    def __exit__(self, *_):
        self.finish()
        for front in self.fronts:
            front.__exit__()


def serve(name, place, count=3):
    """A guest of this class connects, makes some requests, and disconnects."""
    with Front(place) as front:
        guest = CLASSES[name](front.begin(CLASSES[name].rings))
        guest.prepare()
        for _ in range(count):
            guest.one()
