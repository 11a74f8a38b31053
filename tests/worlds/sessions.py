# SPDX-License-Identifier: MIT
"""Classes whose device keeps more than the last request: units, connections, keys and streams."""

import struct
from typing import Any

import described
from classes import Class, pattern
from rings import Chain

# ---- SCSI ----

GOOD, CHECK_CONDITION = 0, 2  # of the SCSI standards, as are the opcodes below
ATTENTION, ILLEGAL_REQUEST = (6, 0x29), (5, 0x20)


class Target(Class):
    """A SCSI host whose target 1 has a disk, unit 2."""

    PLACE = (1, 2)
    MEDIA = described.value("device/scsi", "flags", "async-event", "MEDIA_CHANGE")
    BAD_TARGET = described.value("device/scsi", "enums", "response", "BAD_TARGET")
    KINDS = {name: described.message("device/scsi", name) for name in ("TMF", "AN_QUERY", "AN_SUBSCRIBE")}

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.blocks: dict[int, bytes] = {}
        self.disk = self.world["disk"]
        self.attentions = self.disk["attentions"]
        self.tags: set[int] = set()

    def handle(self, index: int, chain: Chain) -> None:
        if index == 1:
            super().handle(index, chain)
        elif index == 0:
            self._control(chain)
        else:
            self._command(index, chain)

    def _is_here(self, lun: bytes) -> bool:
        if lun[0] != 1 or any(lun[4:]):
            self.device.broke(f"the unit {lun.hex()} is in no form that the device knows")
        return (lun[1], (lun[2] & 0x3F) << 8 | lun[3]) == self.PLACE

    def _command(self, index: int, chain: Chain) -> None:
        head, out = chain.readable[:51], chain.readable[51:]
        tag, attribute, priority, reference = struct.unpack("<QBBB", head[8:19])
        room = chain.capacity() - 108
        if len(head) < 51 or room < 0:
            self.device.broke(f"a command of {len(head)} bytes with {room + 108} for the answer")
            return
        if attribute or priority or reference:
            self.device.broke("task_attr, prio and crn are not 0 (scsi.drv.req.1)")
        if out and room and "INOUT" not in self.device.names():
            self.device.broke("data in both directions without INOUT")
        status, sense, data, response = GOOD, b"", b"", 0
        if not self._is_here(head[:8]):
            response = self.BAD_TARGET
        elif self.attentions:
            self.attentions -= 1
            status, sense = CHECK_CONDITION, self._sense(*ATTENTION)
        else:
            status, sense, data = self._execute(head[19:], out, room)
        data = data[:room]
        left = 0 if out and status == GOOD else len(out) + room - len(data)
        answer = struct.pack("<IIHBB", len(sense), left, 0, status, response)
        self.device.use(index, chain, answer + sense.ljust(96, b"\0") + data)

    def _sense(self, key: int, code: int) -> bytes:
        """Of either format: fixed, or descriptors."""
        if self.disk["descriptors"]:
            return bytes([0x72, key, code, 0, 0, 0, 0, 0])
        return bytes([0x70, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, code, 0, 0, 0, 0, 0])

    def _execute(self, cdb: bytes, out: bytes, room: int) -> tuple[int, bytes, bytes]:
        size, last = self.disk["block"], self.disk["blocks"] - 1
        if cdb[0] in (0x28, 0x2A):
            block, count = struct.unpack(">xxIxH", cdb[:9])
        else:
            block, count = struct.unpack(">xxQI", cdb[:14])
        if cdb[0] in (0x88, 0x8A, 0x9E) and self.disk["ten"]:
            return CHECK_CONDITION, self._sense(*ILLEGAL_REQUEST), b""
        if cdb[0] in (0x28, 0x2A, 0x88, 0x8A) and (
            block + count > last + 1 or count * size != len(out) + room
        ):
            self.device.broke(f"{count} blocks at {block} in buffers of {len(out) + room} bytes")
        data = {
            0x12: bytes([0, 0, 6, 2, 31, 0, 0, 0]) + b"VIRTWORLDISK OF A WORLD 0001",
            0x9E: struct.pack(">QI", last, size) + bytes(20),
            0x25: struct.pack(">II", min(last, 0xFFFFFFFF), size),
            0xA0: struct.pack(">II", 8, 0) + bytes([0, self.PLACE[1]]) + bytes(6),
        }.get(cdb[0], b"")
        if cdb[0] in (0x28, 0x88):
            data = b"".join(self.blocks.get(block + i, pattern(size, 1)) for i in range(count))
        elif cdb[0] in (0x2A, 0x8A):
            for i in range(count):
                self.blocks[block + i] = out[i * size : (i + 1) * size]
        elif cdb[0] not in (0x00, 0x35, 0x12, 0x9E, 0x25, 0xA0):
            return CHECK_CONDITION, self._sense(*ILLEGAL_REQUEST), b""
        return GOOD, b"", data

    def _control(self, chain: Chain) -> None:
        """The answer of a task management function, or the events of a unit and then the answer."""
        kind = struct.unpack("<I", chain.readable[:4])[0]
        response = bytes([0])
        if kind == self.KINDS["TMF"]:
            here = self._is_here(chain.readable[8:16])
            self.device.use(0, chain, response if here else bytes([12]))
            return
        requested = struct.unpack("<I", chain.readable[12:16])[0]
        here = self._is_here(chain.readable[4:12])
        actual = requested & self.MEDIA if here else 0
        self.device.use(
            0, chain, struct.pack("<I", actual) + (response if here else bytes([self.BAD_TARGET]))
        )
        if kind == self.KINDS["AN_SUBSCRIBE"] and actual:
            self._tell(described.message("device/scsi", "ASYNC_NOTIFY"), actual)
            if "CHANGE" in self.device.names():
                self._tell(
                    described.message("device/scsi", "PARAM_CHANGE"), 0x092A
                )  # capacity data has changed

    def _tell(self, event: int, reason: int) -> None:
        if not self.kept.get(1):
            self.device.serve(1)
        if self.kept.get(1):
            missed = described.value("device/scsi", "flags", "event-flag", "EVENTS_MISSED")
            event |= missed if self.disk["misses"] else 0
            place = bytes([1, self.PLACE[0], 0x40, self.PLACE[1], 0, 0, 0, 0])
            self.device.use(1, self.kept[1].pop(0), struct.pack("<I8sI", event, place, reason))


# ---- sockets ----


class Peer(Class):
    """A host that returns what a socket sends, connects to a listener, and may lose all connections once."""

    HOST, ECHO, RESETS, LISTENER, OURS = 2, 7, 13, 99, 1024
    OPS = {
        name: described.message("device/vsock", name)
        for name in ("REQUEST", "RESPONSE", "RST", "SHUTDOWN", "RW", "CREDIT_UPDATE", "CREDIT_REQUEST")
    }
    HEADER = struct.Struct("<QQIIIHHIII")
    STREAM, SEQPACKET = (
        described.value("device/vsock", "enums", "type", name) for name in ("STREAM", "SEQPACKET")
    )
    BOTH = 3  # bits of SHUTDOWN
    SHOWN = b"from the host"

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.shape = self.world["sockets"]
        self.waiting: list[bytes] = []  # packets for which there is no buffer yet
        self.sockets: dict[tuple[int, int, int], dict[str, Any]] = {}
        self.called: set[int] = set()  # types of sockets of which the host has connected one

    def handle(self, index: int, chain: Chain) -> None:
        if index != 1:
            super().handle(index, chain)
            return
        self.device.use(1, chain, b"")
        data = chain.readable[44:]
        source, target, port, our, size, kind, op, flags, room, taken = self.HEADER.unpack(
            chain.readable[:44]
        )
        if source != self.world["config"]["guest_cid"]:
            self.device.broke(f"a packet comes from {source}, not from guest_cid (vsock.drv.xfer.1)")
        if size != len(data) or target != self.HOST:
            self.device.broke(f"a packet for {target} has {len(data)} bytes, and says {size}")
        key = (port, our, kind)
        if op == self.OPS["REQUEST"]:
            self._connect(key, room)
        elif key in self.sockets:
            self.sockets[key] |= {"room": room, "taken": taken}
            self._take(key, op, flags, data)
        elif op != self.OPS["RST"]:
            self._send(key, "RST")
        if not self.kept.get(0):
            self.device.serve(0)

    def _kinds(self) -> set[int]:
        names = self.device.names()
        stream = {self.STREAM} if "STREAM" in names or "NO_IMPLIED_STREAM" not in names else set()
        return stream | ({self.SEQPACKET} if "SEQPACKET" in names else set())

    def _connect(self, key: tuple[int, int, int], room: int) -> None:
        _, our, kind = key
        if our == self.RESETS and self.shape["resets"]:
            self._reset()
            return
        known = kind in self._kinds() and our == self.ECHO
        if known:
            self.sockets[key] = self._new(room)
        self._send(key, "RESPONSE" if known else "RST")
        if known and kind not in self.called:
            self.called.add(kind)
            call = (self.LISTENER, self.OURS, kind)
            self.sockets[call] = self._new(0)
            self._send(call, "REQUEST")

    def _reset(self) -> None:
        """The transport is reset: connections are lost, and the context ID may be another one."""
        self.sockets, self.waiting = {}, []
        self.world["config"]["guest_cid"] += self.shape["moves"]
        self.device.config[0:8] = struct.pack("<Q", self.world["config"]["guest_cid"])
        self.device.generation = (self.device.generation + self.shape["moves"]) & 0xFF
        if not self.kept.get(2):
            self.device.serve(2)
        if self.kept.get(2):
            self.device.use(2, self.kept[2].pop(0), struct.pack("<I", 0))

    def _new(self, room: int) -> dict[str, Any]:
        return {"room": room, "taken": 0, "got": 0, "sent": 0, "data": b"", "ends": []}

    def _take(self, key: tuple[int, int, int], op: int, flags: int, data: bytes) -> None:
        socket = self.sockets[key]
        if op == self.OPS["RW"]:
            socket["got"] += len(data)
            socket["data"] += data
            if len(socket["data"]) > self.shape["room"]:
                self.device.broke("more data than buf_alloc has room for (vsock.drv.flow.1)")
            if flags & 1:
                socket["ends"].append(socket["got"])
        elif op == self.OPS["CREDIT_REQUEST"]:
            self._send(key, "CREDIT_UPDATE")
        elif op == self.OPS["RST"] or (op == self.OPS["SHUTDOWN"] and flags == self.BOTH):
            if op != self.OPS["RST"]:
                self._send(key, "RST")
            del self.sockets[key]
            return
        elif op == self.OPS["RESPONSE"]:
            self._send(key, "RW", self.SHOWN, 1)
            socket["sent"] += len(self.SHOWN)
        self._echo(key)

    def _echo(self, key: tuple[int, int, int]) -> None:
        """Parts of any size: what the guest has room for, and no more than the world's part."""
        socket = self.sockets[key]
        while socket["data"]:
            size = min(
                len(socket["data"]), self.shape["part"], socket["room"] - socket["sent"] + socket["taken"]
            )
            end = next((end for end in socket["ends"] if end > socket["sent"]), 0)
            size = min(size, end - socket["sent"]) if end else size
            if size <= 0:
                break
            part, socket["data"] = socket["data"][:size], socket["data"][size:]
            socket["sent"] += size
            self._send(key, "RW", part, int(socket["sent"] == end))

    def _send(self, key: tuple[int, int, int], op: str, data: bytes = b"", flags: int = 0) -> None:
        port, our, kind = key
        socket = self.sockets.get(key, {"got": 0, "data": b""})
        taken = socket["got"] - len(socket["data"])
        cid = self.world["config"]["guest_cid"]
        head = (self.HOST, cid, our, port, len(data), kind, self.OPS[op], flags, self.shape["room"], taken)
        self.waiting.append(self.HEADER.pack(*head) + data)

    def work(self) -> None:
        while self.waiting and self.kept.get(0):
            self.device.use(0, self.kept[0].pop(0), self.waiting.pop(0))


# ---- crypto ----


class Crypto(Class):
    """A crypto device whose algorithms are stand-ins: the driver does not compute them. It checks all lengths."""

    CONTROL = {
        name: described.message("device/crypto", name + "_CREATE_SESSION") for name in described.SERVICES
    }
    CREATE = {"CIPHER": 56, "HASH": 8, "MAC": 16, "AEAD": 24, "AKCIPHER": 56}  # bytes of the fixed part
    DATA = {"CIPHER": 48, "HASH": 8, "MAC": 8, "AEAD": 24, "AKCIPHER": 8}
    READY = described.value("device/crypto", "flags", "config-status", "HW_READY")
    INVALID, UNSUPPORTED = (
        described.value("device/crypto", "enums", "status", name) for name in ("INVSESS", "NOTSUPP")
    )

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.sessions: dict[int, dict[str, Any]] = {}
        self.next = self.world["first_session"]
        self.reads = 0

    def before_read(self) -> None:
        """The hardware becomes ready after some readings."""
        self.reads += 1
        if self.reads > self.world["ready_after"] and not self.device.config[0] & self.READY:
            self.device.config[0] |= self.READY
            self.device.generation = (self.device.generation + 1) & 0xFF

    def handle(self, index: int, chain: Chain) -> None:
        if not self.device.config[0] & self.READY:
            self.device.broke("a request before HW_READY (crypto.drv.cfg.3)")
        if index == self.world["config"]["max_dataqueues"]:
            self._control(chain)
        else:
            self._data(index, chain)

    def _fixed(self, size: int, padded: int) -> int:
        return size if "REVISION_1" in self.device.names() else padded

    def _control(self, chain: Chain) -> None:
        opcode = struct.unpack("<I", chain.readable[:4])[0]
        queue = self.world["config"]["max_dataqueues"]
        service = next((name for name, code in self.CONTROL.items() if code | 1 == opcode | 1), "")
        if not service:
            self.device.broke(f"control request {opcode:#x}")
        elif opcode == self.CONTROL[service]:
            flf = chain.readable[16:]
            size = self._fixed(self.CREATE[service], 56)
            session = self._session(service, flf[:size])
            session["key"] = flf[size:]
            if len(session["key"]) != session["bytes"]:
                self.device.broke(f"{service}: a key of {len(session['key'])} bytes, not {session['bytes']}")
            self.sessions[self.next] = session
            self.device.use(queue, chain, struct.pack("<QII", self.next, 0, 0))
            self.next = (self.next + 1) & 0xFFFFFFFFFFFFFFFF
        else:
            size = self._fixed(8, 56)
            known = struct.unpack("<Q", chain.readable[16:24])[0]
            if len(chain.readable) != 16 + size or chain.capacity() != 1:
                self.device.broke(f"a destroy request of {len(chain.readable)} bytes")
            there = self.sessions.pop(known, None)
            self.device.use(queue, chain, bytes([0 if there else 1]))

    def _session(self, service: str, flf: bytes) -> dict[str, Any]:
        words = struct.unpack(f"<{len(flf) // 4}I", flf)
        if service == "CIPHER":
            if words[12] != 1:
                self.device.broke(f"op_type {words[12]} of a session without a chain")
            return {"service": service, "bytes": words[1], "op": words[2]}
        place = {"HASH": None, "MAC": 2, "AEAD": 1, "AKCIPHER": 2}[service]
        session = {"service": service, "bytes": 0 if place is None else words[place], "op": 0}
        if service == "AEAD":
            session |= {"tag": words[2], "op": words[4]}
        return session

    def _data(self, index: int, chain: Chain) -> None:
        opcode, _, known, flag, _ = struct.unpack("<IIQII", chain.readable[:24])
        session = self.sessions.get(known)
        room = chain.capacity() - 1
        if session is None or (flag != 1 and "REVISION_1" in self.device.names()):
            self.device.broke(f"a request of session {known:#x} with flag {flag}")
            self.device.use(index, chain, bytes(room) + bytes([self.INVALID]))
            return
        service = session["service"]
        size = self._fixed(self.DATA[service], 48)
        words = struct.unpack(f"<{size // 4}I", chain.readable[24 : 24 + size])
        rest = chain.readable[24 + size :]
        iv, source, target, more = 0, words[0], words[1], 0
        if service == "CIPHER":
            iv, source, target = words[0:3]
        elif service == "AEAD":
            iv, more, source, target = words[0:4]
            iv = 16
        if len(rest) != iv + source + more or room != target:
            self.device.broke(
                f"{service}: {len(rest)} and {room} bytes for {iv} + {source} + {more} and {target}"
            )
        result = self._result(session, opcode, rest[:iv], rest[iv : iv + source])
        self.device.use(index, chain, result.ljust(room, b"\0") + b"\0")

    def _result(self, session: dict[str, Any], opcode: int, iv: bytes, data: bytes) -> bytes:
        """Data: exclusive or with key and IV. Hash: the sum of all bytes, counted up."""
        key = session["key"] or b"\0"
        if session["service"] in ("HASH", "MAC"):
            return bytes((sum(data) + sum(key) + i) & 0xFF for i in range(32))
        tag = session.get("tag", 0)
        source = data[: len(data) - tag] if opcode & 1 and tag else data
        mixed = bytes(
            byte ^ key[i % len(key)] ^ (iv[i % len(iv)] if iv else 0) for i, byte in enumerate(source)
        )
        return mixed + (bytes([sum(source) & 0xFF]) * tag if tag and not opcode & 1 else b"")


# ---- sound ----


class Sound(Class):
    """A sound card whose streams play what they get, and record a pattern."""

    CODES = {
        name: described.message("device/sound", name)
        for name in (
            *("JACK_INFO", "JACK_REMAP", "PCM_INFO", "PCM_SET_PARAMS", "PCM_PREPARE", "PCM_RELEASE"),
            *("PCM_START", "PCM_STOP", "CHMAP_INFO"),
        )
    }
    OK, BAD, ERROR = (
        described.value("device/sound", "enums", "status", name) for name in ("OK", "BAD_MSG", "IO_ERR")
    )
    ALLOWED = {  # the command before: from the figure of the section PCM Control Messages
        "PCM_SET_PARAMS": ("", "PCM_SET_PARAMS", "PCM_PREPARE", "PCM_RELEASE"),
        "PCM_PREPARE": ("PCM_SET_PARAMS", "PCM_PREPARE", "PCM_RELEASE"),
        "PCM_START": ("PCM_PREPARE", "PCM_STOP"),
        "PCM_STOP": ("PCM_START",),
        "PCM_RELEASE": ("PCM_PREPARE", "PCM_STOP"),
    }
    XRUNS = 4
    PLAYED = 192

    def __init__(self, device: Any) -> None:
        super().__init__(device)
        self.before = [""] * len(self.world["streams"])
        self.params: dict[int, tuple[int, ...]] = {}
        self.frames: dict[int, bytes] = {}
        self.held: dict[int, list[tuple[int, Chain]]] = {}

    def handle(self, index: int, chain: Chain) -> None:
        if index == 0:
            self._command(chain)
        elif index == 1:
            super().handle(index, chain)
        else:
            stream = struct.unpack("<I", chain.readable[:4])[0]
            direction = self.world["streams"][stream]["direction"] if stream < len(self.before) else -1
            if direction != index - 2 or self.before[stream] not in ("PCM_PREPARE", "PCM_START", "PCM_STOP"):
                self.device.broke(f"frames of stream {stream} in queue {index} after {self.before[stream]}")
                return
            self.held.setdefault(stream, []).append((index, chain))
            if self.before[stream] == "PCM_START":
                self._flow(stream)

    def _flow(self, stream: int) -> None:
        """The stream plays or records all periods, except one if the world says so."""
        while len(self.held.get(stream, [])) > self.world["keeps"]:
            index, chain = self.held[stream].pop(0)
            self._return(index, chain, stream, self.OK)

    def _return(self, index: int, chain: Chain, stream: int, status: int) -> None:
        frames = b""
        if index == 2 and status == self.OK:
            self.frames[stream] = self.frames.get(stream, b"") + chain.readable[4:]
        if index == 3:
            frames = pattern(chain.capacity() - 8, 12)
        period = self.params[stream][1]
        if max(len(chain.readable) - 4, chain.capacity() - 8) > period:
            self.device.broke(f"a period of more than {period} bytes (sound.drv.pcmout.1)")
        self.device.use(index, chain, frames + struct.pack("<II", status, self.world["latency"]))

    def _command(self, chain: Chain) -> None:
        code = struct.unpack("<I", chain.readable[:4])[0]
        name = next((name for name, value in self.CODES.items() if value == code), "")
        status, items = self.OK, b""
        if name.endswith("_INFO"):
            items = self._items(name, *struct.unpack("<III", chain.readable[4:16]))
        elif name == "JACK_REMAP":
            if struct.unpack("<III", chain.readable[4:16]) != (1, 3, 4):
                self.device.broke("JACK_REMAP has other fields than the driver's")
        elif name:
            status = self._stream_command(name, chain.readable)
        else:
            self.device.broke(f"request {code:#x}")
        self.device.use(0, chain, struct.pack("<I", status) + items)
        if name == "PCM_START":
            self._events(struct.unpack("<I", chain.readable[4:8])[0])

    def _items(self, name: str, first: int, count: int, size: int) -> bytes:
        rows = {"JACK_INFO": self._jack, "PCM_INFO": self._pcm, "CHMAP_INFO": self._chmap}[name]
        total = self.world["config"][
            {"JACK_INFO": "jacks", "PCM_INFO": "streams", "CHMAP_INFO": "chmaps"}[name]
        ]
        if first + count > total:
            self.device.broke(f"{name} of {first} to {first + count - 1} of {total} (sound.drv.info.1)")
        return b"".join(rows(i).ljust(size, b"\0")[:size] for i in range(first, first + count))

    def _jack(self, i: int) -> bytes:
        return struct.pack("<IIIIB7x", i, i & 1, 0x100 + i, 0x200 + i, i & 1)

    def _pcm(self, i: int) -> bytes:
        row = self.world["streams"][i]
        masks = (row["features"], 1 << row["format"], 1 << row["rate"])
        return struct.pack("<IIQQBBB5x", i, *masks, row["direction"], row["channels"][0], row["channels"][1])

    def _chmap(self, i: int) -> bytes:
        return struct.pack("<IBB18s", i, i & 1, 1 + i % 18, bytes([3] * (1 + i % 18)))

    def _stream_command(self, name: str, data: bytes) -> int:
        stream = struct.unpack("<I", data[4:8])[0]
        if stream >= len(self.before) or self.before[stream] not in self.ALLOWED[name]:
            self.device.broke(f"{name} of stream {stream} after {self.before[stream : stream + 1]}")
            return self.BAD
        self.before[stream] = name
        if name == "PCM_SET_PARAMS":
            self._set_params(stream, struct.unpack("<IIIBBBB", data[8:24]))
        elif name == "PCM_START":
            self._flow(stream)
        elif name == "PCM_RELEASE":  # sound.dev.pcmrelease.1: first the periods
            for index, chain in self.held.pop(stream, []):
                self._return(index, chain, stream, self.OK)
            played = self.frames.pop(stream, b"")
            if self.world["streams"][stream]["direction"] == 0 and played != pattern(self.PLAYED, 11):
                self.device.broke(
                    f"stream {stream} has played {len(played)} bytes, which are not the driver's"
                )
        return self.OK

    def _set_params(self, stream: int, params: tuple[int, ...]) -> None:
        buffer, period, features, channels, form, rate, padding = params
        row = self.world["streams"][stream]
        if buffer % period or padding:
            self.device.broke("buffer_bytes is no multiple of period_bytes (sound.drv.pcmparams.1)")
        in_range = row["channels"][0] <= channels <= row["channels"][1]
        if features & ~row["features"] or form != row["format"] or rate != row["rate"] or not in_range:
            self.device.broke("parameters that the stream does not have (sound.drv.pcmparams.2)")
        self.params[stream] = params

    def _events(self, stream: int) -> None:
        rows = [("PCM_XRUN", stream)] if self.params[stream][2] >> self.XRUNS & 1 else []
        if self.world["config"]["jacks"]:
            rows.append(("JACK_CONNECTED", 0))
        for name, number in rows:
            if not self.kept.get(1):
                self.device.serve(1)
            if self.kept.get(1):
                event = struct.pack("<II", described.message("device/sound", name), number)
                self.device.use(1, self.kept[1].pop(0), event)


CLASSES: dict[str, type[Class]] = {"scsi": Target, "vsock": Peer, "crypto": Crypto, "sound": Sound}
